"""Which months a value covers, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.assessment import Status, assess, assess_so_far
from kpi.coverage import (
    grows_with_time,
    has_as_many_as_promised,
    is_broken,
    is_dated,
    is_filled,
    is_given,
    is_reported_by_month,
    is_whole,
    may_be_dated,
    months_of_target,
    nests,
    only_grows,
    same_months,
)
from kpi.model import Direction, Kind
from kpi.period import Period, PeriodKind, kind_of_months
from tests import builders as make
from tests.strategies import calendar_periods

ALWAYS = (0, 10**6)
COUNT = {"kind": "count", "denominator": None, "breakdowns": [], "measure": None}
COUNT |= {"lifecycle": "under_development", "benchmark": None, "targets": []}
RATE = {"kind": "rate", "per": 1000, "benchmark": None, "targets": []}
STOCK = {"averaged_over_time": ["numerator"]}
PER_STOCK = {"averaged_over_time": ["denominator"]}


def months(written):
    one = Period.parse(written)
    return one.first, one.last


@pytest.mark.parametrize(
    ("changes", "grows", "only"),
    [
        ({}, False, False),
        (RATE, False, False),
        (RATE | PER_STOCK, True, False),
        (RATE | {"averaged_over_time": ["numerator", "denominator"]}, False, False),
        (COUNT, True, True),
        (COUNT | STOCK, False, False),
        (COUNT | {"kind": "milestone"}, False, True),
    ],
)
def test_counts_and_events_per_stock_grow_with_time(changes, grows, only):
    one = make.indicator(**changes)
    assert (grows_with_time(one), only_grows(one)) == (grows, only)


@pytest.mark.parametrize(
    ("frequency", "length"),
    [
        ("monthly", 1),
        ("every_second_month", 1),
        ("quarterly", 3),
        ("tertially", 4),
        ("half_yearly", 6),
        ("yearly", 12),
        ("every_second_year", 12),
        ("once", 12),
    ],
)
def test_a_target_of_a_count_is_for_as_long_as_it_is_measured(frequency, length):
    one = make.indicator(**COUNT, frequency=frequency)
    [held] = make.indicator(targets=[make.target(rule="<=")]).targets
    assert months_of_target(one, held) == length
    assert months_of_target(make.indicator(frequency=frequency), held) is None
    assert (
        months_of_target(
            one.model_copy(update={"averaged_over_time": ["numerator"]}), held
        )
        is None
    )
    declared = held.model_copy(update={"length": PeriodKind.HALF})
    assert months_of_target(one, declared) == 6
    better = held.model_copy(update={"rule": "better_than_last_year", "value": None})
    assert months_of_target(one, better) is None


@pytest.mark.parametrize(
    ("report", "period", "fits"),
    [
        ("2025Q1", "2025", True),
        ("2025Q1", "R12-2025Q3", True),
        ("2025Q1", "2025T1", False),  # lies in it, but three months do not make four
        ("2025Q2", "2025T1", False),
        ("2025", "2025Q1", False),
        ("2025H1", "R12-2025Q3", False),
        ("2025H1", "R12-2025Q4", True),
        ("2025T2", "2025H1", False),
        ("2025-04", "2025T1", True),
        ("2025Q3", "2025Q3", True),
    ],
)
def test_what_fills_a_period_end_to_end_nests_in_it(report, period, fits):
    assert nests(months(report), Period.parse(period)) == fits


@given(calendar_periods(), calendar_periods())
def test_what_nests_is_held_whole_times_and_nests_in_itself(one, other):
    assert nests((one.first, one.last), one)
    if nests((one.first, one.last), other):
        length = one.last - one.first + 1
        assert other.holds(one)
        assert (other.last - other.first + 1) % length == 0


def test_a_period_is_filled_by_the_months_the_unit_existed_in():
    year = Period.parse("2025")
    first_half = [months("2025Q1"), months("2025Q2")]
    assert not is_filled(year, first_half, ALWAYS)
    assert is_filled(year, first_half, (0, Period.parse("2025-06").last))
    assert is_filled(year, [months("2025")], ALWAYS)
    # two reports of the same months are no more months
    assert not is_filled(year, [*first_half, *first_half], ALWAYS)


def test_a_survey_is_dated_and_what_is_reported_twice_in_a_term_is_not():
    one = make.indicator(frequency="half_yearly")
    dated = [months("2025-03"), months("2025-09")]
    assert is_dated(one, dated)
    assert not is_dated(one, [*dated, months("2025-10")])
    assert has_as_many_as_promised(one, Period.parse("2025"), dated)
    assert not has_as_many_as_promised(one, Period.parse("2025"), dated[:1])
    assert has_as_many_as_promised(one, Period.parse("2025Q1"), dated[:1])
    for frequency in ("monthly", "quarterly"):
        assert not may_be_dated(make.indicator(frequency=frequency))
    assert not may_be_dated(make.indicator(**COUNT, frequency="yearly"))


def test_a_sum_lacks_what_one_unit_left_out_and_a_share_does_not():
    quarter = Period.parse("2025Q1")
    every = range(quarter.first, quarter.last + 1)
    units = [every, every[:1]]
    assert is_whole(make.indicator(), quarter, units, ALWAYS)
    assert not is_whole(make.indicator(), quarter, units[1:], ALWAYS)
    assert not is_whole(make.indicator(**COUNT), quarter, units, ALWAYS)
    assert is_whole(make.indicator(**COUNT), quarter, units[:1], ALWAYS)
    # A unit that was expected and has told nothing: a number lacks it, of beds too.
    silent = [*units[:1], set()]
    beds = make.indicator(**COUNT, averaged_over_time=["numerator"])
    assert is_whole(make.indicator(), quarter, silent, ALWAYS)
    assert not is_whole(make.indicator(**COUNT), quarter, silent, ALWAYS)
    assert not is_whole(beds, quarter, silent, ALWAYS)


def test_the_years_survey_is_given_and_sums_and_quarters_are_not():
    year, half = Period.parse("2025"), Period.parse("2025H2")
    survey = make.indicator(frequency="yearly")
    assert is_given(survey, year, [months("2025")], ALWAYS)
    quarters = [months(f"2025Q{number}") for number in (1, 2, 3, 4)]
    assert not is_given(survey, year, quarters, ALWAYS)
    count = make.indicator(**COUNT, frequency="yearly")
    assert not is_given(count, year, [months("2025")], ALWAYS)
    for frequency in ("monthly", "quarterly"):
        one = make.indicator(frequency=frequency)
        assert not is_given(one, year, [months("2025")], ALWAYS)
    twice = make.indicator(frequency="half_yearly")
    assert is_given(twice, half, [months("2025H2")], ALWAYS)
    assert not is_given(twice, year, [months("2025H2")], ALWAYS)
    assert is_given(twice, year, [months("2025H2")], (half.first, half.last))
    # no period is longer than a year
    seldom = make.indicator(frequency="every_second_year")
    assert is_given(seldom, year, [months("2025")], ALWAYS)


def test_units_are_compared_over_the_months_that_all_of_them_have_told_of():
    first = Period.parse("2025").first
    two, three = {first, first + 1}, {first, first + 1, first + 2}
    assert same_months([(two, ALWAYS)]) == two
    assert same_months([(two, ALWAYS), (two, ALWAYS)]) == two
    assert same_months([(two, ALWAYS), (three, ALWAYS)]) == set()
    assert same_months([(two, (0, first + 1)), (three, ALWAYS)]) == three


@pytest.mark.parametrize(
    ("since", "period", "breaks"),
    [
        ("2025Q3", "2025Q2", False),
        ("2025Q3", "2025Q3", True),
        ("2025Q3", "2026Q2", True),
        ("2025Q3", "2026Q3", False),
        ("2025Q3", "2025", True),
        ("2025Q3", "2026", True),
        ("2025Q3", "2027", False),
        # from the first day of what is compared with: all of it is new
        ("2025Q1", "2026", False),
    ],
)
def test_a_break_lies_between_a_period_and_the_year_before(since, period, breaks):
    new = {"since": since, "text": {"sv": "Nytt.", "en": "New."}}
    indicator = make.indicator(breaks=[new])
    assert is_broken(indicator, Period.parse(period)) == breaks


def test_a_month_is_a_gap_once_a_quarter_of_months_has_been_reported():
    first = Period.parse("2025Q1").first
    assert is_reported_by_month(make.indicator(), [first, first + 1, first + 2])
    assert not is_reported_by_month(make.indicator(), [first + 1, first + 2, first + 3])
    assert is_reported_by_month(make.indicator(frequency="monthly"), [])


def test_twelve_months_are_called_a_year():
    assert [kind_of_months(n) for n in (1, 3, 4, 6, 12)] == [
        *(PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.TERTIAL),
        *(PeriodKind.HALF, PeriodKind.YEAR),
    ]


# Judged before the period is whole.

UP, DOWN = Direction.HIGHER, Direction.LOWER
LAST_YEAR = "better_than_last_year"


def so_far(value, target, rule, direction, kind=Kind.COUNT, grows=True, whole=False):
    return assess_so_far(
        value, target, rule, direction, 0.0, kind=kind, is_whole=whole, only_grows=grows
    )


@pytest.mark.parametrize(
    ("value", "target", "rule", "direction", "status"),
    [
        (1, 1, ">=", UP, "met"),
        (0, 1, ">=", UP, "not_judged"),
        (11, 10, "<=", DOWN, "not_met"),
        (10, 10, "<=", DOWN, "not_judged"),
        (11, 10, "=", DOWN, "not_met"),
        (10, 10, "=", DOWN, "not_judged"),
        (401, 400, LAST_YEAR, UP, "met"),
        (400, 400, LAST_YEAR, UP, "not_judged"),
        (400, 400, LAST_YEAR, DOWN, "not_met"),
        (399, 400, LAST_YEAR, DOWN, "not_judged"),
        (5, None, ">=", UP, "no_target"),
    ],
)
def test_what_only_grows_is_judged_when_its_answer_is_settled(
    value, target, rule, direction, status
):
    assert so_far(value, target, rule, direction) == status


def test_a_step_taken_stays_taken_and_a_share_is_never_settled():
    assert so_far(1, 1, "=", UP, Kind.MILESTONE) == "met"
    assert so_far(0, 1, "=", UP, Kind.MILESTONE) == "not_judged"
    assert so_far(99, 80, ">=", UP, Kind.PROPORTION, grows=False) == "not_judged"
    assert so_far(99, 80, ">=", UP, Kind.PROPORTION, grows=False, whole=True) == "met"
    assert so_far(3, 20, "better_rank_than", DOWN, Kind.RANK) == "not_judged"


@given(
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from([(">=", UP), ("<=", DOWN), ("=", DOWN), (LAST_YEAR, UP)]),
)
def test_a_settled_answer_is_the_answer_of_the_whole(value, more, target, how):
    now = so_far(value, target, *how)
    then = assess(value + more, target, *how)
    assert now in (Status.NOT_JUDGED, then)
