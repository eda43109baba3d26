"""Parts put together, ways that are closed, and sums that are those of the build."""

from itertools import permutations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.outcome.latest import shown_in
from app.outcome.ways import can_be_split
from app.pages.contributions.parts import (
    FEW,
    change_contributions,
    estimate_of,
    gap_contributions,
)
from app.pages.contributions.pooling import Cells, added
from app.pages.contributions.question import Explanation, PartsQuestion, ways_of
from app.queries import outcomes
from app.queries.cells import UNIT, Cell, cells_of
from app.queries.frame import read_frame
from app.queries.outcomes import outcomes_of
from app.queries.reader import open_reader
from kpi.counted import Counted
from kpi.model import Direction
from kpi.period import Period
from kpi.warehouse import Warehouse
from tests import builders as make

LEAST = 5
SHARE = make.indicator(minimum_denominator=LEAST)
REGION, HOSPITAL, CLINIC = "region", "hospital", "clinic"

counts = st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
many = st.dictionaries(st.sampled_from("abcdefgh"), counts, min_size=1)
targets = st.integers(0, 100)


def with_cases(parts):
    return {name: one for name, one in parts.items() if one[1]}


def of_pathways(parts):
    """Cells of one unit, by pathway alone."""
    rows = [Cell(REGION, "", (name,), *one) for name, one in parts.items()]
    return Cells([REGION], ["svf"], rows, LEAST)


def pooled(parts):
    return of_pathways(parts).pooled("svf", {})


def changed(now, before):
    """Two periods that can be compared, and what each part adds to the change."""
    now, before = with_cases(now), with_cases(before)
    found = change_contributions(SHARE, now, before, pooled(now) | pooled(before))
    assume(found is not None)
    return now, before, found


# Parts with few cases.


def test_one_small_part_takes_the_next_smallest_with_it():
    assert pooled({"a": (1, 3), "b": (2, 9), "c": (5, 30)}) == {"a", "b"}


def test_small_parts_that_are_many_enough_together_take_nobody_with_them():
    assert pooled({"a": (1, 3), "b": (2, 4), "c": (5, 30)}) == {"a", "b"}


def test_small_parts_that_are_exactly_the_fewest_take_nobody_with_them():
    assert pooled({"a": (1, 2), "b": (2, 3), "c": (5, 30)}) == {"a", "b"}


def test_two_small_parts_that_are_too_few_together_take_a_third():
    assert pooled({"a": (1, 1), "b": (2, 2), "c": (5, 9), "d": (5, 30)}) == {*"abc"}


def test_where_no_part_is_small_none_is_told_together():
    assert pooled({"a": (1, 5), "c": (5, 30)}) == frozenset()


@given(many)
def test_no_small_count_can_be_worked_out_from_what_is_told(parts):
    parts = with_cases(parts)
    together = pooled(parts)
    told = [cases for name, (_, cases) in parts.items() if name not in together]
    hidden = sum(parts[name][1] for name in together)
    assert all(cases >= LEAST for cases in told)
    # All but the pooled row is told, so the whole less what is told is that row.
    assert hidden == 0 or hidden >= LEAST or not told
    assert len(together) != 1 or not told


@given(many, many)
def test_a_change_tells_no_small_count_of_either_period(now, before):
    now, before, found = changed(now, before)
    for one in found.parts:
        for period, parts in ((one.now, now), (one.before, before)):
            is_whole = period.denominator == sum(cases for _, cases in parts.values())
            assert period.denominator == 0 or period.denominator >= LEAST or is_whole


@pytest.mark.parametrize(
    ("since", "is_broken"),
    [
        ("2026-04", False),  # both quarters are after it
        ("2026-05", True),
        ("2026-07", True),
        ("2026-10", False),
    ],
)
def test_a_break_parts_two_quarters_unless_both_are_after_it(since, is_broken):
    broken = make.indicator(breaks=[{"since": since, "text": make.words("Nytt")}])
    asked = PartsQuestion(broken, None, Period.parse("2026Q3"))
    before, row = make.outcome(period="2026Q2"), make.outcome(period="2026Q3")
    assert Explanation(asked, row, before=before).has_break is is_broken


# What parts add.


@given(many, targets, st.sampled_from([Direction.HIGHER, Direction.LOWER]))
def test_contributions_add_up_to_the_gap_though_parts_are_put_together(
    parts, target, direction
):
    parts = with_cases(parts)
    found = gap_contributions(SHARE, parts, pooled(parts), target, direction)
    assume(found is not None)
    met, cases = map(sum, zip(*parts.values(), strict=True))
    sign = 1 if direction is Direction.HIGHER else -1
    assert float(found.cases) == pytest.approx(sign * (target * cases / 100 - met))
    assert sum(one.whole_cases for one in found.parts) == found.gap.whole_cases
    other = gap_contributions(
        SHARE,
        {name: (n - x, n) for name, (x, n) in parts.items()},
        pooled(parts),
        100 - target,
        Direction.LOWER if sign == 1 else Direction.HIGHER,
    )
    # Those who were not counted, held against what is left: the same gap.
    assert {one.name: one.cases for one in other.parts} == {
        one.name: one.cases for one in found.parts
    }


@given(many, many)
def test_rate_and_mix_add_up_to_the_change_in_cases(now, before):
    now, before, found = changed(now, before)
    met, cases = map(sum, zip(*now.values(), strict=True))
    met_before, cases_before = map(sum, zip(*before.values(), strict=True))
    change = met - cases * met_before / cases_before
    assert float(found.cases) == pytest.approx(change)
    assert sum(one.rate + one.mix for one in found.parts) == found.cases
    assert found.cases == found.change.cases * found.change.change


@given(many, many)
def test_the_part_that_goes_most_with_the_whole_comes_first(now, before):
    _, _, found = changed(now, before)
    way = -1 if found.change.change < 0 else 1
    order = [way * one.cases for one in found.parts]
    assert order == sorted(order, reverse=True)
    shares = [one.cumulative_share for one in found.parts]
    assert shares == sorted(shares)


def test_the_interval_of_a_part_is_that_of_its_kind():
    # mid-p of 42 of 100, and Byar of 13 events in 5 000 per 1 000.
    share = estimate_of(SHARE, Counted("a", 42, 100))
    assert (share.value, round(share.lower, 1), round(share.upper, 1)) == (
        42.0,
        32.6,
        51.8,
    )
    rate = make.indicator(kind="rate", per=1000, unit=make.words("per 1 000"))
    found = estimate_of(rate, Counted("a", 13, 5000))
    assert found.value == pytest.approx(2.6)
    # Breslow & Day: 13 * (1 - 1/117 - 1.96/(3*sqrt(13)))**3 = 6.914 and so on
    assert (found.lower, found.upper) == pytest.approx((1.383, 4.446), abs=0.001)
    assert estimate_of(SHARE, Counted("a", 0, 0)) is None


# Ways that are closed.


def cells(chain, *rows):
    """Cells of (place, child, pathway, sex, cases)."""
    found = [
        Cell(place, child, (svf, sex), 0.0, cases)
        for place, child, svf, sex, cases in rows
    ]
    return Cells(chain, ["svf", "sex"], found, LEAST)


def by_sex(**pathways):
    """Cells of the region: of each pathway, how many women and men."""
    rows = [
        (REGION, HOSPITAL, svf, sex, number)
        for svf, numbers in pathways.items()
        for sex, number in zip("KM", numbers, strict=True)
        if number
    ]
    return cells([REGION], *rows)


SEXES = by_sex(one=(17, 3), two=(20, 20), three=(40, 50))


def test_a_part_that_is_told_together_with_a_small_one_is_no_way_in():
    # 20 of pathway one less 17 women would give the 3 men away.
    assert not SEXES.is_open({"svf": "one", "sex": "K"})
    assert not SEXES.is_open({"svf": "one", "sex": "M"})
    assert SEXES.is_open({"svf": "one"})
    assert SEXES.pooled("sex", {"svf": "one"}) == {"K", "M"}


def test_a_table_that_gives_it_away_the_other_way_round_is_closed_too():
    # 77 women less those of pathways two and three would give the 17, and so the 3.
    assert SEXES.pooled("svf", {"sex": "K"}) == {"one", "two"}
    assert SEXES.pooled("svf", {"sex": "M"}) == {"one", "two"}
    assert SEXES.pooled("sex", {"svf": "two"}) == {"K", "M"}
    assert not SEXES.is_open({"svf": "two", "sex": "K"})
    assert SEXES.is_open({"svf": "three", "sex": "K"})
    assert SEXES.pooled("sex", {"svf": "three"}) == frozenset()


def test_the_order_of_the_steps_does_not_open_a_way():
    assert not SEXES.is_open({"sex": "K", "svf": "one"})
    assert not SEXES.is_open({"sex": "K", "svf": "unheard of"})


def test_what_the_build_gives_by_one_dimension_is_no_secret_of_the_units_beside():
    rows = [
        Cell(HOSPITAL, CLINIC, ("one", "K"), 0.0, 12),
        Cell(HOSPITAL, "other", ("one", "K"), 0.0, 2),
        Cell(CLINIC, "", ("one", "K"), 0.0, 12),
    ]
    dimensions, where = ["svf", "sex"], {"svf": "one"}
    found = Cells([HOSPITAL, CLINIC], dimensions, rows, LEAST, ["svf"])
    assert found.is_open(where)
    assert not found.is_open({"sex": "K"})
    assert not found.is_open({**where, "sex": "K"})
    # Where units stand beside each other, the small one is still not told.
    above = Cells([HOSPITAL], dimensions, rows, LEAST, ["svf"])
    assert above.pooled(UNIT, where) == {CLINIC, "other"}


def test_what_is_told_together_is_not_told_apart_further_down():
    # Pathway one is told with the small two; all of its cases are women's.
    found = by_sex(
        one=(6, 0), two=(0, 2), three=(30, 0), four=(31, 0), five=(0, 32), six=(0, 33)
    )
    assert found.pooled("svf", {}) == {"one", "two"}
    assert not found.is_open({"svf": "one", "sex": "K"})
    assert "one" in found.pooled("svf", {"sex": "K"})


def test_a_unit_told_together_with_a_small_one_is_no_way_in_to_a_restriction():
    found = cells(
        [HOSPITAL, CLINIC],
        (HOSPITAL, CLINIC, "one", "K", 12),
        (HOSPITAL, "other", "one", "K", 2),
        (CLINIC, "", "one", "K", 12),
        (HOSPITAL, CLINIC, "two", "K", 30),
        (CLINIC, "", "two", "K", 30),
    )
    assert not found.is_open({"svf": "one"})
    # Without a restriction it is an outcome, which the build has judged.
    assert found.is_open({})


table = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from("KM"),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=18,
    unique_by=lambda row: row[:3],
)


@given(table)
def test_no_table_on_any_way_down_leaves_one_part_or_a_small_sum_untold(rows):
    """Every table of a restricted unit, and of the units below, read as a visitor."""
    region = [(REGION, child, svf, sex, cases) for child, svf, sex, cases in rows]
    found = cells([REGION], *region)
    for where in (
        {"svf": "one"},
        {"svf": "two"},
        {"sex": "K"},
        {"sex": "M"},
        {"svf": "one", "sex": "K"},
    ):
        if not found.is_open(where):
            continue
        for by in {UNIT, "svf", "sex"} - where.keys():
            parts, untold = found.parts(by, where), found.pooled(by, where)
            hidden = sum(parts[name][1] for name in untold)
            if untold and untold != parts.keys():
                assert len(untold) > 1
                assert hidden >= LEAST
            for name in parts.keys() - untold:
                assert parts[name][1] >= LEAST
                if by != UNIT:
                    assert found.is_open({**where, by: name})


below = st.lists(
    st.tuples(
        st.sampled_from(
            [
                (REGION, HOSPITAL, CLINIC),
                (REGION, HOSPITAL, "other clinic"),
                (REGION, "other hospital", "third clinic"),
            ]
        ),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from("KM"),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=18,
)


def on_the_way(chain, facts):
    return [
        (place, (*path, "")[at + 1], svf, sex, cases)
        for path, svf, sex, cases in facts
        for at, place in enumerate(path)
        if place in chain
    ]


@given(below)
def test_a_part_that_a_table_tells_can_be_opened_and_the_others_cannot(facts):
    chain = [REGION, HOSPITAL]
    above = cells(chain, *on_the_way(chain, facts))
    inside = cells([*chain, CLINIC], *on_the_way([*chain, CLINIC], facts))
    for where in ({"svf": "one"}, {"sex": "K"}, {"svf": "two", "sex": "M"}):
        if CLINIC in above.parts(UNIT, where) and above.is_open(where):
            assert inside.is_open(where) == (CLINIC not in above.pooled(UNIT, where))


@given(below)
def test_what_is_told_as_one_does_not_depend_on_what_else_is_read(facts):
    chain = [REGION, HOSPITAL]
    rows = on_the_way(chain, facts)
    both = cells(chain, *rows)
    alone = [Cell(one[0], one[1], (one[2],), 0.0, one[4]) for one in rows]
    one = Cells(chain, ["svf"], alone, LEAST)
    assert both.pooled("svf", {}) == one.pooled("svf", {})
    assert both.pooled(UNIT, {"svf": "one"}) == one.pooled(UNIT, {"svf": "one"})


# On the demo, every indicator that can be told apart.


@pytest.fixture(scope="module")
def reader(demo_warehouse):
    with open_reader(Warehouse(demo_warehouse)) as opened:
        yield opened


def parts_of(reader, indicator, unit, period, by):
    found = cells_of(
        reader,
        indicator,
        [unit],
        Period.parse(period),
        [] if by == UNIT else [by],
    )
    return Cells([unit], [] if by == UNIT else [by], found, 1).parts(by, {})


def test_parts_add_up_to_the_outcome_of_every_indicator_of_the_demo(reader):
    frame = read_frame(reader)
    quarter = Period.parse("2026Q3")
    compared = 0
    for indicator in frame.definitions.indicators:
        if not can_be_split(indicator):
            continue
        own = {one.by for one in indicator.breakdowns if one.measure}
        for unit in list(frame.units)[:18]:
            rows = outcomes_of(reader, indicator.id, unit.unit_id)
            row = shown_in(indicator, quarter, rows)
            if row is None or row.numerator is None:
                continue
            for by in ways_of(indicator):
                if by in own:
                    continue
                parts = parts_of(reader, indicator, unit.unit_id, row.period, by)
                met, cases = map(sum, zip(*parts.values(), strict=True))
                assert met == pytest.approx(row.numerator), (indicator.id, unit, by)
                assert cases == pytest.approx(row.denominator), (indicator.id, unit)
                compared += 1
    assert compared > 300


def test_a_part_is_the_same_as_the_outcome_of_its_own(reader):
    frame = read_frame(reader)
    period = "R12-2026Q3"
    top = frame.units.top().unit_id
    compared = 0
    for name, by in product(("svf_lead_time", "medication_reviews"), ("sex", UNIT)):
        indicator = frame.indicator(name)
        parts = parts_of(reader, indicator, top, period, by)
        for part, amounts in parts.items():
            if by == UNIT:
                rows = outcomes_of(reader, name, part)
            else:
                found = outcomes.parts_of(reader, name, top, by)
                rows = [one for one in found if one.by_value == part]
            for row in rows:
                if row.period == period and row.numerator is not None:
                    assert amounts == (row.numerator, row.denominator)
                    compared += 1
    assert compared >= 6


def test_a_row_of_parts_put_together_has_a_name_no_unit_or_value_has():
    parts = {"a": (1, 3), "b": (2, 9), "c": (5, 30)}
    found = gap_contributions(SHARE, parts, pooled(parts), 50, Direction.HIGHER)
    assert {one.name for one in found.parts} == {FEW, "c"}
    (few,) = [one for one in found.parts if one.name == FEW]
    assert (few.now.numerator, few.now.denominator, found.pooled) == (3, 12, 2)


def test_parts_told_as_one_add_up_to_the_same_in_every_order():
    amounts = [(0.1, 0.3), (0.2, 1e9), (0.3, 0.1), (0.7, 0.2)]
    assert len({added(order) for order in permutations(amounts)}) == 1
