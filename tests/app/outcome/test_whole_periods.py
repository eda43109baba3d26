"""What lacks months is neither a point of a chart nor beside what is whole."""

import pytest

from app.outcome.comparison import side_by_side
from app.outcome.series import unit_series
from app.outcome.words import trend
from kpi.period import Period
from tests.builders import hidden, indicator, outcome

LAST = Period.parse("2026Q3").last
NO_TARGET = {"target": None, "target_rule": None, "status": "no_target"}
COUNT = {"kind": "count", "denominator": None, "breakdowns": [], "measure": None}
COUNT |= {"lifecycle": "under_development", "benchmark": None, "targets": []}
PART = {"is_whole": False, "reason": "periods_missing"}


def quarters(*values, since="2021Q1", **changes):
    first = Period.parse(since)
    return [
        outcome(
            **{"period": str(first.shifted(at)), "value": value, "numerator": value},
            **NO_TARGET | changes,
        )
        for at, value in enumerate(values)
    ]


def counted(**changes):
    return indicator(**COUNT | {"direction": "lower", "breaks": []} | changes)


def test_a_quarter_of_which_a_month_is_in_is_a_gap_in_the_chart():
    steady = [90.0, 92, 88, 91, 89, 90, 92, 88, 91, 89, 90, 92, 88, 91, 89]
    whole = quarters(*steady)
    part = outcome(period="2024Q4", value=30.0, numerator=30.0, **NO_TARGET | PART)
    found = unit_series(counted(), [*whole, part], LAST)
    assert found.series.values == (*steady, None)
    assert found.rows[-1].value == 30
    with_all = unit_series(counted(), [*whole, part._replace(is_whole=True)], LAST)
    assert with_all.series.values == (*steady, 30)


def test_a_part_tells_nothing_of_how_the_others_are_counted():
    share = indicator(breaks=[])
    rows = quarters(42.0, 43.0, denominator=100.0)
    half = outcome(period="2021Q3", numerator=None, denominator=None, **PART)
    assert unit_series(share, [*rows, half], LAST).series.numerators == (42, 43, None)


def test_a_series_begins_with_the_first_period_that_was_measured():
    before = [hidden(period=one) for one in ("2020Q3", "2020Q4")]
    rows = quarters(90.0, 91.0)
    gap = hidden(period="2021Q3")
    found = unit_series(counted(), [*before, *rows, gap], LAST)
    assert [row.period for row in found.rows] == ["2021Q1", "2021Q2", "2021Q3"]
    too_few = hidden(period="2020Q4", status="too_few", reason="too_few")
    found = unit_series(counted(), [before[0], too_few, *rows], LAST)
    assert found.rows[0].period == "2020Q4"


@pytest.mark.parametrize(("is_sum", "shown"), [(True, ["a"]), (False, ["a", "b"])])
def test_a_sum_of_some_months_stands_beside_no_whole_one(is_sum, shown):
    measured = counted() if is_sum else indicator()
    rows = [
        outcome(unit="a", value=90.0),
        outcome(unit="b", value=30.0, **PART),
        hidden(unit="c"),
    ]
    assert [row.unit for row in side_by_side(measured, rows)] == shown
    # While a period goes on none is whole, and they may lack different months.
    ongoing = [row._replace(is_whole=False) for row in rows[:2]]
    beside = [row.unit for row in side_by_side(measured, ongoing)]
    assert beside == ([] if is_sum else ["a", "b"])


def test_the_line_of_a_sum_does_not_fall_for_want_of_months():
    rows = quarters(90.0, 91.0, 92.0)
    part = outcome(period="2021Q4", value=30.0, **NO_TARGET | PART)
    gap = part._replace(value=None)
    assert trend(counted(), [*rows, part]).lines == trend(counted(), [*rows, gap]).lines
