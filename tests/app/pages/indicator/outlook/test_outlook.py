from math import sqrt

import flask
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, binom

from app.outcome.deviations import detectable_gap_of
from app.pages.chart import page as control_chart
from app.pages.indicator import page as page_module
from app.pages.indicator.outlook.find import Silence, year_outlook
from app.pages.indicator.outlook.words import (
    evidence_words,
    open_outlook,
    outlook_words,
)
from app.site.api import register_api
from kpi.forecast import Outlook, Tally
from kpi.period import Period
from tests import builders as make
from tests.app.reading import headings, hrefs, of_type, words
from tests.app.visiting import page_of
from tests.builders import CLINIC, HOSPITAL, REGION, SECOND_CLINIC

YEAR, REACH = Period.parse("2026"), Period.parse("2026-09").last
"""Nine months have data, as in the warehouse of the builders."""

STEADY = make.indicator(breaks=[])


def row(period, met, cases, target=80.0, **changes):
    fine = {
        "period": period,
        "numerator": float(met),
        "denominator": float(cases),
        "value": 100 * met / cases,
        "target": target,
    }
    return make.outcome(**(fine | changes))


def parts(year, counts, kind="-{:02}", **changes):
    """Periods of a year from its beginning; None is one without a shown value."""
    for number, one in enumerate(counts, start=1):
        period = f"{year}{kind.format(number)}"
        if one is None:
            yield make.hidden(period=period, status="too_few", reason="too_few")
        else:
            yield row(period, *one, **changes)


# Jan-Sep 2026: 86 of 99. Oct-Dec 2025: 61 cases. 80 % of 160 is 128, so 42 are missing.
THIS_YEAR = [(10, 11)] * 5 + [(9, 11)] * 4
LAST_YEAR = [(16, 21)] * 9 + [(16, 20), (20, 20), (20, 21)]
ROWS = [
    *parts(2026, THIS_YEAR),
    row("2026", 86, 99),
    *parts(2025, LAST_YEAR),
    row("2025", 200, 250, status="met"),
]


def outlook(rows, indicator=STEADY, year=YEAR):
    return year_outlook(indicator, rows, year, REACH)


def said(rows, indicator=STEADY, year=YEAR):
    return outlook_words(indicator, outlook(rows, indicator, year))


def but(rows, *changed):
    periods = {one.period for one in changed}
    return [one for one in rows if one.period not in periods] + list(changed)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    elsewhere = [one._replace(unit=CLINIC) for one in parts(2026, THIS_YEAR)]
    return make.warehouse(
        tmp_path_factory.mktemp("outlook"),
        [
            *ROWS,
            row("2026Q3", 27, 34, lower=63.2, upper=89.7, status="near"),
            *elsewhere,
            row("2026Q3", 28, 33, status="met")._replace(unit=CLINIC),
            make.hidden(unit=HOSPITAL, status="too_few", reason="too_few"),
            make.hidden(
                unit=HOSPITAL, period="2026", status="too_few", reason="too_few"
            ),
            make.outcome(indicator="prem_svf_rank", period="2025"),
        ],
        [STEADY, make.yearly()],
    )


@pytest.fixture(scope="module")
def client(filled):
    server = flask.Flask("test")
    register_api(server, filled)
    return server.test_client()


def page(warehouse, id="svf_lead_time", **params):
    return page_of(page_module, warehouse, params, {"indicator": id})


def fact(shown, name):
    """Return what a list of facts says of a name."""
    for pair in of_type(shown, "Div"):
        if isinstance(pair.children, list) and len(pair.children) == 2:
            key, content = pair.children
            if type(key).__name__ == "Dt" and words(key) == name:
                return words(content)
    return None


# What is not whole is no part to add a year up from.


def part_of(period, met, cases, **changes):
    """A period of which a month has not been reported."""
    return row(period, met, cases, is_whole=False, reason="periods_missing", **changes)


def test_a_quarter_that_lacks_a_month_is_not_taken_for_a_quarter():
    by_quarter = make.indicator(breaks=[], frequency="every_second_month")
    quarters = [
        *parts(2026, [(30, 33)] * 3, "Q{}"),
        part_of("2026", 90, 99, status="not_judged"),
        *parts(2025, [(50, 63), (50, 63), (50, 63), (50, 61)], "Q{}"),
        row("2025", 200, 250),
    ]
    assert outlook(quarters, by_quarter).basis is not None
    lacking = but(quarters, part_of("2026Q2", 10, 11, status="not_judged"))
    assert outlook(lacking, by_quarter).silence is Silence.PARTS_MISSING
    # nor is last year's for how many cases are to come
    few = but(quarters, part_of("2025Q4", 10, 12, status="not_judged"))
    assert outlook(few, by_quarter).silence is Silence.LAST_YEAR_UNKNOWN


def test_a_year_that_lacks_months_weighs_nothing_for_the_next():
    known = outlook(ROWS).basis
    lacking = outlook(but(ROWS, part_of("2025", 100, 110))).basis
    assert known.last_year == Tally(200, 250)
    assert lacking.last_year is None


def test_a_year_that_is_over_and_lacks_a_month_is_not_called_hidden():
    past = but(ROWS, part_of("2025", 200, 250, status="not_judged"))
    assert outlook(past, year=Period.parse("2025")).silence is Silence.PARTS_MISSING


# Will we make it?


def test_42_of_the_remaining_61(filled):
    shown = words(page(filled))
    assert "minst 42 av ungefär 61 återstående fall uppfyller kriteriet" in shown


def test_the_probability_is_that_of_a_beta_binomial(client):
    answer = client.get("/api/v1/forecast?indicator=svf_lead_time").json
    # 30 of last year's cases, of which 24 met it, and half a case each way.
    met, cases = 86 + 24 + 0.5, 99 + 30 + 1
    # 61 of 160 cases are 1.525 quarters' of four, and each quarter varies by 0.2.
    single = met / cases * (1 - met / cases)
    of_quarters = (0.2 * single) ** 2 * (1 / 1.525 + 1 / 2.475)
    fewer = single / (single / (cases + 1) + of_quarters) - 1
    slow = betabinom(61, fewer * met / cases, fewer * (1 - met / cases)).sf(41)
    assert answer["probability"] == pytest.approx(slow, abs=1e-9)
    assert answer == answer | {
        "indicator": "svf_lead_time",
        "unit": REGION,
        "period": "2026",
        "target": 80.0,
        "target_rule": ">=",
        "outlook": "open",
        "silence": None,
        "numerator": 86,
        "denominator": 99,
        "until": "2026-09",
        "remaining": 61,
        "bound": 42,
        "is_at_least": True,
        "last_year_numerator": 200,
        "last_year_denominator": 250,
        "prior_cases": 30,
    }


def test_the_method_stands_on_the_page_with_the_numbers_used(filled):
    shown = page(filled)
    (folded,) = [one for one in of_type(shown, "Details") if fact(one, "Metod")]
    assert words(folded).startswith("Så är det räknat")
    assert fact(folded, "Hittills i år") == (
        "86 av 99 (86,9 %), till och med september 2026"
    )
    assert fact(folded, "Resten av året") == (
        "61 fall väntas, lika många som oktober 2025 till december 2025"
    )
    assert fact(folded, "Det som krävs") == "42 av 61 (68,9 %)"
    assert fact(folded, "Förra årets vikt") == (
        "30 fall av 250 med andelen 80,0 % från 2025"
    )
    assert fact(folded, "Sannolikhet") == "Mer än 99 %"


months = st.lists(
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=12,
    max_size=12,
)


@given(months, months, st.sets(st.integers(0, 8), max_size=4), st.integers(0, 100))
def test_what_has_come_is_added_and_what_has_not_is_taken_from_last_year(
    this_year, last_year, late, target
):
    rows = [
        make.hidden(period=one.period) if at in late else one
        for at, one in enumerate(parts(2026, this_year[:9], target=target))
    ]
    rows += [*parts(2025, last_year), row("2026", 1, 2, target=target)]
    found = outlook(rows)
    come = [one for at, one in enumerate(this_year[:9]) if at not in late]
    cases = sum(denominator for _, denominator in come)
    if cases < 10:
        assert found.silence is Silence.FEW_CASES
        return
    waits = [one for at, one in enumerate(last_year) if at in late or at > 8]
    assert found.basis.so_far == Tally(sum(one for one, _ in come), cases)
    assert found.basis.forecast.remaining == sum(cases for _, cases in waits)
    assert len(found.basis.waiting) == len(waits)


@pytest.mark.parametrize(
    ("probability", "words_said"),
    [
        (0.004, "nås nästan säkert inte 2026: sannolikheten är mindre än 1\xa0%."),
        (0.2, "nås troligen inte 2026: sannolikheten är ungefär 20\xa0%."),
        (0.21, "Det är osäkert om målet (≥ 80 %) nås 2026: sannolikheten är ungefär"),
        (0.8, "Målet (≥ 80 %) nås troligen 2026: sannolikheten är ungefär 80\xa0%."),
        (0.999, "nås troligen 2026: sannolikheten är mer än 99\xa0%."),
    ],
)
def test_the_sentence_follows_the_probability(probability, words_said):
    assert words_said in open_outlook("≥ 80 %", YEAR, probability)


def test_where_lower_is_better_the_rest_has_a_most():
    # 20 % of 160 is 32, of which 13 are used up: at most 19 of 61.
    fewer = [(one[1] - one[0], one[1]) for one in THIS_YEAR]
    rows = but(ROWS, *parts(2026, fewer), row("2026", 13, 99, 20, target_rule="<="))
    assert said(rows).more == (
        "Högst 19 av ungefär 61 återstående fall får räknas i täljaren.",
    )


def test_a_target_that_is_settled_is_said_plainly():
    # 30 % of 160 is 48, and 86 have met it; 95 % is 152, and only 147 can.
    sure = said(but(ROWS, row("2026", 86, 99, 30)))
    assert words(sure.answer).startswith("Målet (≥ 30 %) nås 2026")
    assert "hur resten av året än går" in sure.answer
    lost = said(but(ROWS, row("2026", 86, 99, 95)))
    assert words(lost.answer).startswith("Målet (≥ 95 %) kan inte längre nås 2026, hur")
    assert (sure.more, lost.more) == ((), ())
    assert "Sannolikhet" not in dict(lost.method)


def test_a_target_without_exceptions_cannot_be_met_after_one_whatever_comes():
    lost = said(but(ROWS, row("2026", 86, 99, 100, target_rule="=")))
    assert "det tillåter inga undantag" in lost.answer
    assert "väntas" not in lost.answer


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("met", "Målet (≥ 80 %) nåddes 2025: 200 av 250 (80,0 %)."),
        ("near", "Målet (≥ 80 %) nåddes inte 2025: 200 av 250 (80,0 %)."),
        ("not_met", "Målet (≥ 80 %) nåddes inte 2025: 200 av 250 (80,0 %)."),
    ],
)
def test_of_a_year_that_is_over_the_result_is_said(status, answer):
    rows = but(ROWS, row("2025", 200, 250, status=status))
    told = said(rows, year=Period.parse("2025"))
    assert told.title == "Nåddes målet 2025?"
    assert (words(told.answer), told.method) == (answer, ())


def test_a_hidden_month_is_passed_over_by_taking_quarters():
    hidden = [(10, 11), None, *THIS_YEAR[2:]]
    quarters = [(30, 33), (29, 33)]
    last = [(48, 63), (48, 63), (48, 63), (56, 62)]
    rows = but(
        ROWS,
        *parts(2026, hidden),
        *parts(2026, [*quarters, (27, 33)], "Q{}"),
        *parts(2025, last, "Q{}"),
    )
    found = outlook(rows).basis
    assert found.so_far == Tally(86, 99)
    assert (str(found.until), found.forecast.remaining) == ("2026Q3", 62)


def test_a_month_of_last_year_that_is_hidden_leaves_the_rest_unknown():
    rows = but(ROWS, *parts(2025, [*LAST_YEAR[:11], None]))
    assert outlook(rows).silence is Silence.LAST_YEAR_UNKNOWN


def test_months_without_cases_are_no_cases():
    none = {"status": "too_few", "reason": "no_cases"}
    rows = but(
        ROWS,
        make.hidden(period="2026-09", **none),
        make.hidden(period="2025-12", **none),
    )
    found = outlook(rows).basis
    assert (found.so_far.denominator, found.forecast.remaining) == (88, 40)


def test_a_month_that_is_late_is_among_those_that_remain():
    rows = but(ROWS, make.hidden(period="2026-09"))
    found = outlook(rows).basis
    assert str(found.until) == "2026-08"
    assert found.forecast.remaining == 61 + 21
    late = but(ROWS, make.hidden(period="2026-06"))
    assert dict(said(late).method)["Resten av året"].endswith(
        "lika många som juni 2025 och oktober 2025 till december 2025"
    )


@pytest.mark.parametrize("since", ["2026Q2", "2026Q4", "2025-11", "2026Q1"])
def test_a_break_within_what_is_compared_leaves_no_forecast(since):
    broken = make.indicator(breaks=[{"since": since, "text": make.words("Nytt")}])
    assert outlook(ROWS, broken).silence is Silence.BREAK


def test_a_break_early_last_year_leaves_its_level_out():
    broken = make.indicator(breaks=[{"since": "2025Q2", "text": make.words("Nytt")}])
    found = outlook(ROWS, broken)
    assert found.basis.last_year is None
    assert found.basis.forecast.prior_cases == 0
    told = dict(outlook_words(broken, found).method)
    assert told["Förra årets vikt"].startswith("Ingen:")
    older = make.indicator(breaks=[{"since": "2025Q1", "text": make.words("Nytt")}])
    assert outlook(ROWS, older).basis.last_year == Tally(200, 250)


NO_COUNTS = {"numerator": None, "denominator": None}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ([row("2026", 86, 99, None, target_rule=None)], Silence.NO_TARGET),
        ([row("2026", 86, 99, 70, target_rule="=")], Silence.NO_TARGET),
        ([make.hidden(period="2026-01", status="masked")], Silence.NOT_SHOWN),
        ([row("2026-01", 10, 11, **NO_COUNTS)], Silence.NO_COUNTS),
        (list(parts(2026, [(1, 1)] * 9)), Silence.FEW_CASES),
    ],
)
def test_why_nothing_is_forecast(changed, why):
    assert outlook(but(ROWS, *changed)).silence is why


def test_a_hidden_quarter_leaves_no_forecast_and_says_why():
    quarters = list(parts(2026, [(30, 33), None, (27, 33)], "Q{}"))
    rows = [row("2026", 86, 99), *quarters, *parts(2025, [(48, 63)] * 4, "Q{}")]
    quarterly = make.indicator(breaks=[], frequency="every_second_month")
    assert outlook(rows, quarterly).silence is Silence.NOT_SHOWN
    assert "visas inte" in said(rows, quarterly).answer


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": "rate", "per": 100, "unit": make.words("per 100")}, "not_a_share"),
        ({"frequency": "yearly"}, "measured_once"),
        ({"averaged_over_time": ["denominator"]}, "not_a_sum"),
    ],
)
def test_some_indicators_have_no_forecast(changes, why):
    assert outlook(ROWS, make.indicator(breaks=[], **changes)).silence == why


def test_the_page_is_silent_where_nobody_would_ask(filled):
    title = ("H2", "Når vi målet i år?")
    assert title in headings(page(filled))
    assert title not in headings(page(filled, unit=CLINIC))  # no year to judge
    assert title not in headings(page(filled, "prem_svf_rank"))


def test_a_hidden_year_says_so_and_shows_no_number(filled, client):
    shown = page(filled, unit=HOSPITAL)
    assert "Ingen prognos: inget har kommit in för året än." in words(shown)
    answer = client.get(f"/api/v1/forecast?indicator=svf_lead_time&unit={HOSPITAL}")
    assert answer.json["silence"] == "nothing_yet"
    assert answer.json["numerator"] is answer.json["denominator"] is None


def test_units_that_have_not_reported_are_remembered():
    rows = but(ROWS, row("2026", 86, 99, reason="units_missing", units_reporting=1))
    assert any("1 av 2 enheter har rapporterat" in one for one in said(rows).more)


def test_an_earlier_year_can_be_asked_for(client):
    answer = client.get("/api/v1/forecast?indicator=svf_lead_time&period=2025Q2").json
    assert (answer["period"], answer["outlook"]) == ("2025", Outlook.MET)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404),
        ("indicator=nothing", 404),
        ("indicator=svf_lead_time&unit=SE2321000081-NONE", 404),
        ("indicator=svf_lead_time&period=2026Q5", 400),
        ("indicator=svf_lead_time&years=2", 400),
    ],
)
def test_a_mistake_is_answered_with_what_is_wrong(client, query, status):
    answer = client.get(f"/api/v1/forecast?{query}")
    assert answer.status_code == status
    assert "expected" in answer.json["error"]


# How sure is it?


def upper(count, cases, z=1.959963984540054):
    """Wilson's upper bound, written out."""
    p, shrink = count / cases, 1 + z * z / cases
    half = z * sqrt(p * (1 - p) / cases + z * z / (4 * cases * cases))
    return (p + z * z / (2 * cases) + half) / shrink


def slow_gap(cases, target):
    """Look for the gap that shows in four years of five, a hundredth at a time."""
    worst = max(count for count in range(cases) if upper(count, cases) < target)
    steps = np.arange(int(10_000 * target))
    shows = binom.cdf(worst, cases, target - steps / 10_000) >= 0.8
    return steps[shows][0] / 100


@pytest.mark.parametrize(("cases", "target"), [(34, 80), (100, 55), (12, 90)])
def test_the_gap_that_shows_is_found_by_trying_them_all(cases, target):
    one = row("2026Q3", 1, cases, target)
    slow = slow_gap(cases, target / 100)
    assert detectable_gap_of(STEADY, one) == pytest.approx(slow, abs=0.011)
    lower = row("2026Q3", 1, cases, 100 - target, target_rule="<=")
    assert detectable_gap_of(STEADY, lower) == pytest.approx(slow, abs=0.011)


@pytest.mark.parametrize(
    "changes",
    [
        {"target": None, "target_rule": None},
        {"target_rule": "better_than_last_year"},
        {"target_rule": "="},
        {"numerator": None, "denominator": None},
    ],
)
def test_without_counts_or_a_target_on_one_side_no_gap_is_told(changes):
    assert detectable_gap_of(STEADY, row("2026Q3", 20, 34, **changes)) is None


def test_the_page_says_what_so_few_cases_could_have_shown(filled):
    sure = fact(page(filled), "Är det säkert?")
    assert sure == (
        "Kan inte avgöras . Intervallet rymmer målet. Med 34 fall och målet 80 % "
        "upptäcks en verklig avvikelse på 21 procentenheter fyra gånger av fem. Mindre "
        "avvikelser missas oftare."
    )


@pytest.mark.parametrize(
    ("lower", "upper", "word", "meaning"),
    [
        (81.0, 90.0, "Når målet", "rätt sida"),
        (60.0, 79.0, "Når inte målet", "fel sida"),
        (60.0, 80.0, "Kan inte avgöras", "rymmer"),
    ],
)
def test_three_answers_to_whether_it_is_sure(lower, upper, word, meaning):
    told = evidence_words(STEADY, row("2026Q3", 27, 34, lower=lower, upper=upper))
    assert told.word == word
    assert meaning in told.more[0]


def test_without_an_interval_nothing_is_said_of_how_sure_it_is():
    open_ended = {"lower": None, "upper": None}
    assert evidence_words(STEADY, row("2026Q3", 27, 34, **open_ended)) is None


def test_the_series_is_judged_as_its_control_chart_judges_it(tmp_path):
    values = [(value, 100) for value in (60, 62, 58, 61, 59, 60, 63, 57) * 4]
    rows = [
        *parts(2024, values[:12]),
        *parts(2025, values[:12]),
        *parts(2026, [*values[:8], (20, 100)]),
        row("2026Q3", 141, 300),
    ]
    filled = make.warehouse(tmp_path, rows, [STEADY])
    shown = page(filled)
    chart = page_of(
        control_chart, filled, {"indicator": "svf_lead_time", "period": "2026Q3"}
    )
    for drawn in (shown, chart):
        assert fact(drawn, "Förändring").startswith("▼ Sämre")
    # A month so far below says that the process is not what its limits are of.
    assert fact(shown, "Klaras målet stadigt?") is None
    assert fact(chart, "Klaras målet stadigt?") == "Kan inte sägas"
    href = f"/analys/styrdiagram?indicator=svf_lead_time&unit={REGION}&period=2026Q3"
    assert href in hrefs(shown)


def test_a_short_series_has_no_sign(filled):
    assert fact(page(filled, unit=SECOND_CLINIC), "Förändring") is None


def test_deviations_tell_the_gap_that_shows(client):
    listed = client.get("/api/v1/deviations?unit_kind=region").json["deviations"]
    gaps = {one["indicator"]: one["detectable_gap"] for one in listed}
    assert gaps["prem_svf_rank"] is None
    assert gaps["svf_lead_time"] == pytest.approx(slow_gap(34, 0.8), abs=0.011)
