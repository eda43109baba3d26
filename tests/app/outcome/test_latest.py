from app.outcome.latest import quarter_spans, read_kind, shown_in, trend_of, trend_spans
from app.queries.outcomes import outcomes_of
from app.queries.reader import open_reader
from kpi.period import Period, PeriodKind
from tests.builders import (
    REGION,
    hidden,
    indicator,
    outcome,
    warehouse,
    yearly,
)

Q3 = Period.parse("2026Q3")
UNMEASURED = {"status": "not_measured", "reason": "not_measured"}


def test_a_quarterly_indicator_shows_the_quarter_itself():
    rows = [outcome(period="2026Q2"), hidden(period="2026Q3")]
    assert shown_in(indicator(), Q3, rows).period == "2026Q3"


def test_a_quarter_without_a_row_shows_nothing():
    assert shown_in(indicator(), Q3, [outcome(period="2026Q2")]) is None


def test_a_yearly_indicator_shows_its_latest_year_that_is_over():
    rows = [outcome(period=year) for year in ("2024", "2025", "2026")]
    assert shown_in(yearly(), Q3, rows).period == "2025"
    assert shown_in(yearly(), Period.parse("2026Q4"), rows).period == "2026"


def test_a_year_that_was_not_reported_is_not_replaced_by_an_older_one():
    rows = [outcome(period="2024"), hidden(period="2025")]
    assert shown_in(yearly(), Q3, rows).status == "not_reported"


def test_every_second_year_shows_the_latest_measured_one():
    rows = [outcome(period="2024"), hidden(period="2025", **UNMEASURED)]
    one = yearly(frequency="every_second_year")
    assert shown_in(one, Q3, rows).period == "2024"


def test_a_half_yearly_indicator_looks_back_two_quarters():
    one = indicator(frequency="half_yearly")
    rows = [outcome(period="2026Q2"), hidden(period="2026Q3", **UNMEASURED)]
    assert shown_in(one, Q3, rows).period == "2026Q2"
    older = [outcome(period="2026Q1"), hidden(period="2026Q3", **UNMEASURED)]
    assert shown_in(one, Q3, older).status == "not_measured"


def test_a_tertial_stands_for_the_quarter_that_ends_three_months_later():
    """The last tertial of 2025 ends in December: four months go on through March."""
    one = indicator(frequency="tertially")
    rows = [outcome(period="2025T3")]
    assert shown_in(one, Period.parse("2026Q1"), rows).period == "2025T3"
    assert shown_in(one, Period.parse("2026Q2"), rows) is None


def test_an_indicator_is_read_in_the_kind_of_period_it_is_reported_in():
    one = indicator(frequency="half_yearly")
    rows = [outcome(period="2025"), hidden(period="2026Q3", **UNMEASURED)]
    assert read_kind(one, rows) is PeriodKind.YEAR
    assert shown_in(one, Q3, rows).period == "2025"
    assert read_kind(one, []) is PeriodKind.QUARTER


def test_a_trend_has_twelve_quarters_and_nothing_later():
    first = Period.parse("2022Q1")
    rows = [outcome(period=str(first.shifted(number))) for number in range(24)]
    found = [row.period for row in trend_of(indicator(), Q3, rows)]
    assert len(found) == 12
    assert (found[0], found[-1]) == ("2023Q4", "2026Q3")


def test_spans_read_what_is_shown_and_no_more():
    (quarters,) = quarter_spans([indicator()], Q3)
    assert (quarters.first_month, quarters.last_month) == (Q3.last - 2, Q3.last)
    years = quarter_spans([yearly()], Q3)[0]
    assert (years.kind, years.first_month) == (PeriodKind.YEAR, Q3.last - 11)
    assert [one.only_measured for one in quarter_spans([yearly()], Q3)] == [
        False,
        True,
        True,
    ]
    (trend,) = trend_spans([indicator()], Q3)
    assert Q3.last - trend.first_month == 35


def test_of_periods_that_end_together_the_longest_is_read_last(tmp_path):
    written = ("2025", "2025-12", "2025Q4", "2025T3", "R12-2025Q3", "2025Q3")
    made = warehouse(tmp_path, [outcome(period=one) for one in written])
    with open_reader(made) as reader:
        found = outcomes_of(reader, "svf_lead_time", REGION)
    assert [row.period for row in found] == [
        *("2025Q3", "R12-2025Q3"),
        *("2025-12", "2025Q4", "2025T3", "2025"),
    ]


def test_a_year_is_shown_by_its_own_outcome_and_by_no_other():
    year = Period.parse("2025")
    rows = [outcome(period="2025Q4"), outcome(period="2025", value=60.0)]
    assert shown_in(indicator(), year, rows).value == 60.0
    assert shown_in(indicator(), year, rows[:1]) is None
    assert shown_in(yearly(), Period.parse("2026T2"), rows) is None


def test_the_trend_of_a_tertial_is_of_tertials():
    rows = [outcome(period=one) for one in ("2025T3", "2026T1", "2026Q2", "2026T2")]
    trend = trend_of(indicator(), Period.parse("2026T1"), rows)
    assert [row.period for row in trend] == ["2025T3", "2026T1"]


def test_what_is_read_for_a_year_are_years_of_every_indicator():
    (span,) = trend_spans([indicator(), yearly()], Period.parse("2025"))
    assert (span.kind, span.indicators) == (
        PeriodKind.YEAR,
        ("svf_lead_time", "prem_svf_rank"),
    )
    assert (span.first_month, span.last_month) == (2018 * 12, 2025 * 12 + 11)
