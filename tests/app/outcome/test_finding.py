"""The sentences over charts, by hand for each case there is."""

import pytest

from app.outcome.comparison import kinds_compared
from app.outcome.finding import compared_finding, finding, may_be_chance
from app.queries.frame import read_frame
from app.queries.outcomes import outcomes_in
from app.queries.reader import open_reader
from kpi.intervals import wilson_interval
from kpi.model import UnitKind
from kpi.spc.points import Variation
from kpi.warehouse import Warehouse
from tests.builders import hidden, indicator, outcome, target, yearly


def said(row, *before, of=None, **more):
    breaks_none = indicator(breaks=[])
    words = finding(of or breaks_none, row, [*before, row], **more)
    return words.replace("\N{NO-BREAK SPACE}", " ")


def count(**changes):
    fine = {"kind": "count", "unit": {"sv": "rapporter", "en": "reports"}}
    fine |= {"decimals": 0, "denominator": None, "breakdowns": [], "measure": None}
    fine |= {"lifecycle": "under_development", "breaks": [], "benchmark": None}
    return indicator(**(fine | changes))


def rank(value, **changes):
    fine = {"indicator": "prem_svf_rank", "period": "2025", "value": value}
    fine |= {"lower": None, "upper": None, "target_rule": "better_rank_than"}
    fine |= {"target": 20.0, "national_target": None}
    return outcome(**(fine | changes))


def test_a_missed_target_is_told_with_how_far_it_is():
    assert said(outcome()) == (
        "42,0 % (kv 3 2026): 13,0 procentenheter under det lokala målet 55 %."
    )


def test_without_another_level_the_target_is_just_the_target():
    row = outcome(national_target=None, national_rule=None)
    assert said(row).endswith("under målet 55 %.")


def test_a_miss_that_the_interval_does_not_rule_out_may_be_chance():
    row = outcome(value=52.0, lower=42.0, upper=62.0)
    assert said(row) == (
        "52,0 % (kv 3 2026): 3,0 procentenheter under det lokala målet 55 %, "
        "men skillnaden kan bero på slumpen."
    )


def test_a_target_met_is_told_and_whether_by_more_than_chance():
    sure = outcome(value=70.0, lower=60.0, upper=80.0, status="met")
    unsure = outcome(value=56.0, lower=50.0, upper=62.0, status="met")
    assert said(sure) == "70,0 % (kv 3 2026): det lokala målet 55 % är nått."
    assert said(unsure).endswith("är nått, men det kan bero på slumpen.")


def test_above_a_target_that_is_a_most_is_a_miss():
    row = outcome(value=9.0, lower=7.0, upper=11.0, target=5.0, target_rule="<=")
    words = said(row, of=indicator(direction="lower", breaks=[]))
    assert words.startswith("9,0 % (kv 3 2026): 4,0 procentenheter över")


def test_a_gap_is_never_written_as_nothing():
    row = outcome(value=54.96, lower=54.9, upper=54.99)
    assert ": 0,04 procentenheter under" in said(row)


def test_an_outcome_without_a_target_is_just_told():
    row = outcome(status="no_target", target=None, target_rule=None)
    assert said(row) == "42,0 % (kv 3 2026). Inget målvärde gäller."


def test_an_outcome_from_before_the_target_is_told_with_the_target_to_come():
    row = outcome(status="no_target", target=None, target_rule=None)
    later = outcome(period="2026Q4", value=None, status="missing")
    assert said(row, later) == (
        "42,0 % (kv 3 2026). Inget målvärde gällde då. Målet från kv 4 2026: ≥ 55 %."
    )


def test_an_outcome_without_a_value_is_told_with_its_reason():
    assert said(hidden()) == (
        "Inget värde att visa (kv 3 2026). Inget har rapporterats för perioden."
    )


def test_a_change_beyond_chance_is_told():
    earlier = outcome(period="2025Q3", value=20.0, lower=13.0, upper=29.0)
    assert said(outcome(), earlier).endswith("Högre än ett år tidigare (20,0 %).")
    later = outcome(value=10.0, lower=6.0, upper=16.0)
    before = outcome(period="2025Q3")
    assert said(later, before).endswith("Lägre än ett år tidigare (42,0 %).")


def test_a_change_that_may_be_chance_is_not_called_a_change():
    earlier = outcome(period="2025Q3", value=39.0, lower=30.0, upper=48.0)
    assert said(outcome(), earlier).endswith(
        ". Jämfört bara med samma period ett år tidigare (39,0 %) kan skillnaden bero "
        "på slumpen."
    )


@pytest.mark.parametrize(
    ("charted", "word"),
    [(Variation.IMPROVING, "Bättre"), (Variation.CONCERNING, "Sämre")],
)
def test_a_change_that_the_control_chart_sees_is_told_before_the_doubt(charted, word):
    earlier = outcome(period="2025Q3", value=39.0, lower=30.0, upper=48.0)
    assert said(outcome(), earlier, charted=charted).endswith(
        f". {word} enligt styrdiagrammet, men jämfört bara med samma period ett år "
        "tidigare (39,0 %) kan skillnaden bero på slumpen."
    )


def test_the_year_before_is_the_same_period_and_no_other():
    earlier = outcome(period="2025Q2", value=20.0, lower=13.0, upper=29.0)
    assert "tidigare" not in said(outcome(), earlier)


def test_the_same_number_is_the_same_value():
    assert said(outcome(), outcome(period="2025Q3")).endswith(
        "Samma värde som ett år tidigare."
    )


@pytest.mark.parametrize(
    ("since", "is_between"),
    [("2025Q3", False), ("2025Q4", True), ("2026Q3", True), ("2026Q4", False)],
)
def test_values_are_not_compared_across_a_break(since, is_between):
    broken = indicator(breaks=[{"since": since, "text": {"sv": "Nytt", "en": "New"}}])
    earlier = outcome(period="2025Q3", value=20.0, lower=13.0, upper=29.0)
    words = said(outcome(), earlier, of=broken)
    assert ("Jämförs inte med ett år tidigare: brott" in words) is is_between
    assert ("Högre än ett år tidigare" in words) is not is_between


def test_an_ongoing_period_is_not_compared():
    earlier = outcome(period="2025Q3", value=20.0, lower=13.0, upper=29.0)
    words = said(outcome(is_whole=False), earlier, is_ongoing=True)
    assert words.endswith("Perioden pågår, så värdet kan ändras.")
    assert "tidigare" not in words


def test_a_place_is_told_with_its_rule():
    of = yearly()
    assert said(rank(20.0), of=of) == (
        "Plats 20 (2025): målet, bättre än plats 20, är inte nått."
    )
    met = rank(18.0, status="met")
    before = rank(20.0, period="2024")
    assert said(met, before, of=of) == (
        "Plats 18 (2025): målet, bättre än plats 20, är nått. "
        "En bättre placering än ett år tidigare (plats 20)."
    )
    assert "sämre placering" in said(rank(21.0), before, of=of)


def test_a_target_of_last_year_is_told_once():
    rule = {"target_rule": "better_than_last_year", "target": 41.0}
    row = outcome(**rule, status="met")
    before = outcome(period="2025Q3", value=41.0, lower=32.0, upper=50.0)
    assert said(row, before) == (
        "42,0 % (kv 3 2026): målet, bättre än i fjol (41,0 %), är nått, "
        "men skillnaden kan bero på slumpen."
    )


def test_a_count_is_told_without_its_unit():
    target_met = outcome(
        value=12.0, lower=None, upper=None, status="no_target", target=None
    )
    before = outcome(period="2025Q3", value=8.0, lower=None, upper=None)
    assert said(target_met, before, of=count(targets=[])) == (
        "12 (kv 3 2026). Inget målvärde gäller. Högre än ett år tidigare (8)."
    )


def test_a_step_is_reached_or_not():
    step = count(kind="milestone", targets=[target(rule="=", value=1.0)])
    reached = outcome(value=1.0, target=1.0, target_rule="=", status="met")
    assert said(reached, of=step) == "Steget är nått (kv 3 2026)."
    missed = outcome(value=0.0, target=1.0, target_rule="=")
    assert said(missed, of=step) == "Steget är inte nått (kv 3 2026)."


def share(cases, of, less=0.0):
    """An outcome of counts; `less` moves it and its interval down."""
    lower, upper = wilson_interval(cases, of)
    value, lower, upper = (100 * one - less for one in (cases / of, lower, upper))
    return outcome(value=value, lower=lower, upper=upper)


def test_the_difference_of_two_shares_has_the_interval_of_newcombe():
    # Newcombe (1998), table II, example (a): 56/70 less 48/80 is 0.20, and method 10
    # gives 0.0524 to 0.3339. Moved down by as much, it just touches no difference.
    other = share(48, 80)
    assert not may_be_chance(share(56, 70, less=5.23), other)
    assert may_be_chance(share(56, 70, less=5.25), other)
    assert may_be_chance(share(56, 70, less=33.38), other)
    assert not may_be_chance(share(56, 70, less=33.40), other)


def test_without_intervals_nothing_is_said_of_chance():
    assert not may_be_chance(outcome(), outcome(lower=None, upper=None))


def units(*values, **more):
    half = 10.0
    return [
        (
            f"Enhet {at}",
            outcome(value=value, lower=value - half, upper=value + half, **more),
        )
        for at, value in enumerate(values)
    ]


def compared(shown):
    words = compared_finding(indicator(), shown, "kliniker")
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_units_are_counted_against_their_target():
    aim = "det lokala målet 55 %"
    met = units(70.0, 60.0, status="met")
    missed = units(30.0, 20.0)
    assert compared(met) == f"Alla 2 kliniker når {aim}."
    assert compared(missed) == f"Ingen av 2 kliniker når {aim}."
    assert compared(met + missed) == f"2 av 4 kliniker når {aim}."


def test_units_whose_interval_holds_the_target_are_counted_too():
    words = compared(units(70.0, status="met") + units(50.0, 20.0))
    assert words.endswith(
        "För 1 av dem som inte når målet kan skillnaden bero på slumpen."
    )


def test_units_without_a_common_target_are_told_from_the_lowest_to_the_highest():
    more = {"status": "no_target", "target": None, "target_rule": None}
    assert compared(units(70.0, 20.0, **more)) == (
        "2 kliniker, från 20,0 % (Enhet 1) till 70,0 % (Enhet 0)."
    )
    assert compared(units(55.0, 50.0, **more)).endswith(
        "Alla intervall överlappar: skillnaderna kan bero på slumpen."
    )


def test_without_units_there_is_nothing_to_say():
    assert compared([]) == ""


def test_kinds_of_unit_stand_in_the_order_of_the_organisation(demo_warehouse):
    with open_reader(Warehouse(demo_warehouse)) as reader:
        frame = read_frame(reader)
        rows = outcomes_in(reader, "bhk_compliance", "2026Q3")
    found = kinds_compared(rows, frame.units)
    assert list(found) == [one for one in UnitKind if one in found]
    assert len(found) > 3


def test_a_part_of_a_year_is_neither_judged_nor_compared():
    whole = outcome(period="2025", value=360.0, target=None, target_rule=None)
    part = outcome(
        **{"period": "2026", "value": 120.0, "status": "not_judged"},
        **{"target": 300.0, "target_rule": "<=", "national_target": None},
        **{"reason": "periods_missing", "is_whole": False},
    )
    words = said(part, whole, of=count(direction="lower"))
    assert words == (
        "120 (2026). Kan inte bedömas mot målet 300 förrän perioden är hel. "
        "Alla delar av perioden har inte rapporterats."
    )
    # nor is the next year compared with a part of the one before
    later = whole._replace(period="2027", value=500.0, status="no_target")
    assert "tidigare" not in said(later, part, of=count())
    assert "tidigare" in said(later, whole._replace(period="2026"), of=count())


def test_what_is_not_whole_stands_beside_the_same_months_of_the_year_before():
    part = outcome(
        **{"period": "2026", "value": 360.0, "status": "not_judged"},
        **{"target": 400.0, "target_rule": "better_than_last_year"},
        **{"reason": "ongoing", "is_whole": False, "national_target": None},
        same_months_before=300.0,
    )
    words = said(part, of=count(direction="higher"), is_ongoing=True)
    assert words == (
        "360 (2026). Kan inte bedömas mot målet bättre än i fjol (400) förrän perioden "
        "är hel. Perioden pågår, så värdet kan ändras. Samma månader ett år tidigare: "
        "300."
    )
    # none is a value too
    none = said(part._replace(same_months_before=0.0), of=count(), is_ongoing=True)
    assert none.endswith("Samma månader ett år tidigare: 0.")


def test_a_target_of_another_length_is_told_with_its_length():
    of = count(frequency="yearly", targets=[target(value=1.0, since="2026")])
    row = outcome(
        **{"period": "2026Q2", "value": 0.0, "status": "no_target"},
        **{"target": None, "target_rule": None},
    )
    assert said(row, of=of).startswith("0 (kv 2 2026). Målet, ≥ 1, gäller per år.")
