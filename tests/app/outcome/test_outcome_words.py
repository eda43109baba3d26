from datetime import date

import pytest

from app.outcome.words import (
    outcome_words,
    reason_words,
    relative_shortfall,
    target_words,
    trend,
)
from app.pages.indicator.words import remarks
from app.queries.builds import Build
from app.words.language import speaking
from kpi.assessment import Status
from kpi.period import Period
from tests import builders
from tests.builders import REGION, hidden, indicator, outcome, words, yearly

NBSP = "\N{NO-BREAK SPACE}"


def test_an_outcome_says_all_there_is_to_say():
    said = outcome_words(indicator(), outcome())
    assert said.value == f"42,0{NBSP}%"
    assert said.interval == f"32,8–51,8{NBSP}%"
    assert said.target == f"≥{NBSP}55{NBSP}% (lokalt)"
    assert said.national == f"≥{NBSP}80{NBSP}% (nationellt)"
    assert (said.gap, said.gap_unit) == ("−13,0", "procentenheter")
    assert said.cases == "13 till hade behövts"
    assert said.period == f"kv{NBSP}3 2026"
    assert said.href == (f"/indikator/svf_lead_time?unit={REGION}&period=2026Q3")
    assert said.rows_href == (
        f"/underlag/utfall?indicator=svf_lead_time&unit={REGION}&period=2026Q3"
    )


def test_a_missing_value_is_a_dash_with_its_reason():
    said = outcome_words(indicator(), hidden())
    assert (said.value, said.interval, said.gap, said.cases) == ("–", "", "", "")
    assert said.reason == "Inget har rapporterats för perioden."


def test_a_value_that_is_not_to_be_shown_is_not_shown():
    row = outcome(status="too_few", reason="too_few", value=42.0)
    assert outcome_words(indicator(), row).value == "–"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"reason": "too_few"}, "Färre än 5 visas inte."),
        ({"reason": "units_missing"}, "2 av 2 enheter har rapporterat."),
        ({"reason": "masked"}, "Källan har maskerat värdet."),
        ({"reason": None}, ""),
    ],
)
def test_reasons_are_sentences(changes, expected):
    assert reason_words(indicator(), hidden(**changes)) == expected


def test_a_value_that_holds_predecessors_says_so():
    row = outcome(has_predecessors=True)
    assert reason_words(indicator(), row) == "Räknar in enheter som den har ersatt."
    missing = outcome(has_predecessors=True, reason="units_missing")
    assert "har rapporterat" in reason_words(indicator(), missing)


def test_a_value_just_below_its_target_does_not_read_as_equal_to_it():
    said = outcome_words(indicator(), outcome(value=54.96, status="near"))
    assert said.value == f"54,96{NBSP}%"
    assert said.gap == "−0,04"
    on_target = outcome_words(indicator(), outcome(value=55.0, status="met"))
    assert on_target.value == f"55,0{NBSP}%"


def test_an_outcome_on_either_side_that_may_be_chance_says_so():
    within = outcome(value=50.0, lower=40.0, upper=60.0)
    assert outcome_words(indicator(), within).caution
    assert not outcome_words(indicator(), outcome()).caution
    met = outcome(value=56.0, lower=40.0, upper=60.0, status="met")
    assert outcome_words(indicator(), met).caution
    level = outcome(value=55.0, lower=40.0, upper=60.0, status="met")
    assert not outcome_words(indicator(), level).caution


@pytest.mark.parametrize(
    ("target", "rule", "expected"),
    [
        (55.0, ">=", "≥ 55 %"),
        (2.5, "<=", "≤ 2,5 %"),
        (100.0, "=", "100 %"),
        (84.6, "better_than_last_year", "bättre än i fjol (84,6 %)"),
        (None, "better_than_last_year", "bättre än samma period i fjol"),
        (None, None, ""),
    ],
)
def test_targets_are_written_with_their_rule(target, rule, expected):
    found = target_words(indicator(), target, rule)
    assert found.replace(NBSP, " ") == expected


def test_the_target_of_a_milestone_is_yes():
    one = yearly(
        kind="milestone",
        unit=words("steg nått"),
        targets=[],
        measure={"dataset": "matningar"},
    )
    assert target_words(one, 1.0, "=") == "ja"


def test_a_rank_is_a_place_among_so_many_without_cases():
    row = outcome(
        value=20.0,
        denominator=21.0,
        target=18.0,
        target_rule="better_rank_than",
        period="2025",
    )
    said = outcome_words(yearly(), row)
    assert (said.value, said.unit) == (f"plats{NBSP}20", "av 21")
    assert said.target == f"bättre än plats{NBSP}18 (lokalt)"
    assert (said.gap, said.gap_unit, said.cases) == ("+2", "placeringar", "")


def test_a_count_of_one_is_not_said_in_the_plural():
    one = yearly(
        kind="count",
        unit=words("dialoger"),
        targets=[],
        measure={"dataset": "matningar"},
    )
    said = outcome_words(one, outcome(value=1.0, target=2.0, denominator=None))
    assert (said.value, said.unit) == ("1", "(antal dialoger)")
    assert (said.gap, said.gap_unit) == ("−1", "")


def test_an_outcome_is_told_in_english():
    with speaking("en"):
        said = outcome_words(indicator(), outcome(value=50.0, lower=40.0, upper=60.0))
        alt = trend(indicator(), [outcome()]).alt
    assert (said.value, said.interval) == ("50.0%", "40.0–60.0%")
    assert (said.target, said.national) == (
        f"≥{NBSP}55% (local)",
        f"≥{NBSP}80% (national)",
    )
    assert (said.gap, said.gap_unit) == ("−5.0", "percentage points")
    assert said.cases == "13 more were needed"
    assert said.caution.startswith("The interval contains the target")
    assert alt == (
        f"Ledtid i vårdförlopp (en): one value, 42.0% (Q3 2026). Target: ≥{NBSP}55%."
    )


def reaching(as_of, last_month) -> Build:
    row = builders.build(as_of=date.fromisoformat(as_of))
    row["last_month"] = Period.parse(last_month).last
    return Build(**{name: row[name] for name in Build.__slots__})


@pytest.mark.parametrize(
    ("as_of", "last_month", "expected"),
    [
        ("2026-09-20", "2026-08", "Pågår, t.o.m. augusti 2026."),
        ("2026-09-20", "2026-12", "Pågår, t.o.m. september 2026."),
        ("2026-09-20", "2026-09", "Pågår, t.o.m. september 2026."),
        ("2026-10-20", "2026-08", "Data till och med augusti 2026."),
        ("2026-09-30", "2026-09", ""),
        ("2026-10-20", "2026-10", ""),
    ],
)
def test_a_period_that_is_not_over_says_how_far_it_has_come(
    as_of, last_month, expected
):
    build = reaching(as_of, last_month)
    part = outcome(is_whole=False)
    assert outcome_words(indicator(), part, build).reason == expected
    # what was given as the value of its term has come all the way
    assert outcome_words(indicator(), outcome(), build).reason == ""


def test_an_ongoing_period_is_told_beside_any_other_remark():
    build = reaching("2026-09-20", "2026-08")
    part = outcome(is_whole=False)
    missing = part._replace(reason="units_missing", units_reporting=1, units_expected=2)
    assert outcome_words(indicator(), missing, build).reason == (
        "Pågår, t.o.m. augusti 2026. 1 av 2 enheter har rapporterat."
    )
    unmeasured = hidden(status="not_measured", reason="not_measured")
    assert "Pågår" not in outcome_words(indicator(), unmeasured, build).reason
    with speaking("en"):
        said = outcome_words(indicator(), part, build).reason
    assert said == "Ongoing, to August 2026."


def test_a_status_is_not_repeated_but_that_the_period_goes_on_is_told():
    row = hidden(status="not_reported", reason="not_reported")
    over = outcome_words(indicator(), row, reaching("2026-10-20", "2026-09"))
    assert remarks(row, over) == []
    ongoing = outcome_words(indicator(), row, reaching("2026-09-20", "2026-08"))
    assert remarks(row, ongoing)[0].startswith("Pågår, t.o.m. augusti 2026.")


def test_gaps_in_different_units_are_compared_in_parts_of_the_target():
    assert relative_shortfall(indicator(), outcome(value=44.0)) == pytest.approx(0.2)
    lower = indicator(direction="lower", unit=words("dagar"))
    row = outcome(value=12.0, target=10.0, target_rule="<=")
    assert relative_shortfall(lower, row) == pytest.approx(0.2)
    assert relative_shortfall(indicator(), hidden()) is None
    assert relative_shortfall(indicator(), outcome(target=0.0)) is not None


def test_a_trend_is_told_in_a_sentence():
    rows = [outcome(period="2026Q1", value=40.0), hidden(period="2026Q2"), outcome()]
    said = trend(indicator(), rows).alt.replace(NBSP, " ")
    assert said == (
        "Ledtid i vårdförlopp: från 40,0 % (kv 1 2026) till 42,0 % (kv 3 2026). "
        "Mål: ≥ 55 %."
    )
    assert "inga värden" in trend(indicator(), [hidden()]).alt
    assert "ett värde, 42,0" in trend(indicator(), [outcome()]).alt


def test_values_from_before_a_break_are_not_told_with_those_after_it():
    def told(*periods):
        rows = [outcome(period=one) for one in periods]
        return trend(indicator(), rows).alt.replace(NBSP, " ")

    assert "från 42,0 % (kv 2 2025) till 42,0 % (kv 3 2025)" in told(
        "2024Q4", "2025Q1", "2025Q2", "2025Q3"
    )
    assert "från 42,0 % (kv 4 2024) till 42,0 % (kv 1 2025)" in told("2024Q4", "2025Q1")
    # A break with nothing after it leaves what there is.
    missing = hidden(period="2025Q2")
    before = [outcome(period="2024Q4"), outcome(period="2025Q1"), missing]
    assert "kv\xa04 2024" in trend(indicator(), before).alt


def test_a_single_value_is_no_picture():
    assert trend(indicator(), [hidden(period="2026Q2"), outcome()]).lines == ""
    assert trend(indicator(), [outcome(period="2026Q2"), outcome()]).lines


def test_only_targets_of_the_level_that_holds_now_are_drawn():
    national = {"target": 80.0, "target_level": "national"}
    periods = ("2025Q4", "2026Q1", "2026Q2", "2026Q3")

    def lines(*levels):
        rows = [
            outcome(period=one, **level)
            for one, level in zip(periods, levels, strict=True)
        ]
        return trend(indicator(), rows).lines.count('polyline class="t"')

    assert lines(national, national, {}, {}) == 1
    assert lines(national, national, national, {}) == 0
    assert lines(national, national, national, national) == 1


def test_a_line_is_not_drawn_across_a_break():
    def lines(*periods):
        rows = [outcome(period=one, target=None) for one in periods]
        return trend(indicator(), rows).lines.count("polyline")

    assert lines("2024Q4", "2025Q1") == 1
    assert lines("2025Q1", "2025Q2") == 2
    assert lines("2025Q2", "2025Q3") == 1


def test_periods_in_which_nothing_is_measured_do_not_break_the_line():
    def lines(rows):
        return trend(indicator(frequency="half_yearly"), rows).lines.count("polyline")

    first, last = outcome(period="2026Q1", target=None), outcome(target=None)
    unmeasured = hidden(period="2026Q2", status="not_measured", reason="not_measured")
    assert lines([first, unmeasured, last]) == 1
    assert lines([first, hidden(period="2026Q2", target=None), last]) == 2
    assert lines([outcome(period="2025Q1", target=None), last]) == 2


def test_every_status_can_be_put_in_words():
    for status in Status:
        assert outcome_words(indicator(), hidden(status=status)).status is status
