from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.period import EXPECTED, Period, PeriodKind, last_month_over, month_number
from tests.strategies import CALENDAR, calendar_periods, periods, rolling_periods


@given(periods())
def test_what_is_written_is_read_back(period):
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "first_day", "last_day"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026K4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026k2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026T1", date(2026, 1, 1), date(2026, 4, 30)),
        ("2026t3", date(2026, 9, 1), date(2026, 12, 31)),
        ("2026H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("R12-2026Q1", date(2025, 4, 1), date(2026, 3, 31)),
        ("r12-2026k4", date(2026, 1, 1), date(2026, 12, 31)),
        ("  2026Q1 ", date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text, first_day, last_day):
    period = Period.parse(text)
    assert (period.first_day, period.last_day) == (first_day, last_day)


def test_a_quarter_may_be_written_with_k_and_is_kept_with_q():
    assert Period.parse("2026K3") == Period.parse("2026Q3")
    assert str(Period.parse("2026k3")) == "2026Q3"
    assert str(Period.parse("R12-2026K3")) == "R12-2026Q3"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "26Q1",
        "2026Q",
        "2026Q0",
        "2026Q5",
        "2026Q²",
        "202²",
        "２０２６",
        "2026\u212a1",
        "2026T4",
        "2026H3",
        "2026-00",
        "2026-13",
        "2026-1",
        "2026-²1",
        "2026-01-31",
        "0999",
        "3000",
        "2026Q1Q2",
        "2026 Q1",
        "2026X1",
        "R12-2026",
        "R12-2026Q5",
        "R13-2026Q1",
        "R12-2026T1",
        "kv 1 2026",
    ],
)
def test_what_is_not_a_period_is_refused_in_words(text):
    with pytest.raises(ValueError, match="expected a period") as caught:
        Period.parse(text)
    assert str(caught.value) == f"expected a period such as {EXPECTED}, got {text!r}"


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_refused_and_nothing_else(text):
    try:
        period = Period.parse(text)
    except ValueError:
        return
    assert Period.parse(str(period)) == period


def test_months_are_counted_from_year_0():
    assert month_number(date(2026, 1, 31)) == 2026 * 12
    assert month_number(date(2025, 12, 1)) == 2026 * 12 - 1


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 9, 29), "2026-08"),
        (date(2026, 9, 30), "2026-09"),  # over when its last day is
        (date(2026, 1, 1), "2025-12"),
    ],
)
def test_a_month_is_over_at_the_end_of_its_last_day(day, month):
    assert last_month_over(day) == Period.parse(month).last


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from(CALENDAR))
def test_a_day_lies_in_the_calendar_period_that_holds_it(day, kind):
    period = Period.holding(kind, day)
    assert period.first_day <= day <= period.last_day
    assert period.first <= month_number(day) <= period.last
    assert period.kind is kind
    assert period.first_day.day == 1
    assert (period.last_day + timedelta(1)).day == 1


def test_a_day_lies_in_twelve_rolling_periods():
    with pytest.raises(ValueError, match="not in one"):
        Period.holding(PeriodKind.ROLLING, date(2026, 1, 1))


@given(calendar_periods())
def test_a_period_is_found_by_its_kind_year_and_number(period):
    assert Period.numbered(period.kind, period.year, period.number) == period


@pytest.mark.parametrize(
    ("text", "year", "number"),
    [
        ("2026-03", 2026, 3),
        ("2026Q4", 2026, 4),
        ("2026T2", 2026, 2),
        ("2026H2", 2026, 2),
        ("2026", 2026, 1),
        ("R12-2026Q1", 2026, 1),
        ("R12-2026Q3", 2026, 3),
    ],
)
def test_a_period_has_a_year_and_a_number_within_it(text, year, number):
    period = Period.parse(text)
    assert (period.year, period.number) == (year, number)


@pytest.mark.parametrize(
    ("text", "steps", "other"),
    [
        ("2026-01", -1, "2025-12"),
        ("2026Q4", 1, "2027Q1"),
        ("2026T1", -1, "2025T3"),
        ("2026H1", 3, "2027H2"),
        ("2026", -4, "2022"),
        ("R12-2026Q1", -1, "R12-2025Q4"),
        ("R12-2026Q1", 4, "R12-2027Q1"),
        ("2026Q2", 0, "2026Q2"),
    ],
)
def test_a_period_is_shifted_by_its_own_length_and_r12_by_quarters(text, steps, other):
    assert Period.parse(text).shifted(steps) == Period.parse(other)


@given(periods(), st.integers(-40, 40))
def test_there_and_back_again(period, steps):
    assert period.shifted(steps).shifted(-steps) == period


@given(periods())
def test_the_year_before_is_the_same_period_twelve_months_earlier(period):
    before = period.year_before()
    assert (before.kind, before.number) == (period.kind, period.number)
    assert (before.year, before.last) == (period.year - 1, period.last - 12)


@pytest.mark.parametrize(
    ("text", "before"),
    [("2026Q1", "2025Q1"), ("2026-02", "2025-02"), ("R12-2026Q2", "R12-2025Q2")],
)
def test_the_year_before_of_a_written_period(text, before):
    assert str(Period.parse(text).year_before()) == before


@given(
    st.sampled_from(["2026Q1", "2026-05", "2026T2", "2026H1", "2026"]),
    st.integers(-9, 9),
    st.integers(-9, 9),
)
def test_written_periods_of_a_kind_sort_in_time(text, one, other):
    period = Period.parse(text)
    a, b = period.shifted(one), period.shifted(other)
    assert (str(a) < str(b)) == (a.first < b.first)


@given(rolling_periods())
def test_rolling_twelve_months_hold_exactly_their_four_quarters(rolling):
    last = Period.numbered(PeriodKind.QUARTER, rolling.year, rolling.number)
    assert rolling.last == last.last
    assert rolling.first == last.shifted(-3).first
    assert all(rolling.holds(last.shifted(-back)) for back in range(4))
    assert not rolling.holds(last.shifted(-4))
    assert not rolling.holds(last.shifted(1))


@pytest.mark.parametrize(
    ("whole", "part", "is_held"),
    [
        ("2026", "2026Q4", True),
        ("2026", "2026", True),
        ("2026Q1", "2026", False),
        ("2026Q1", "2026T1", False),
        ("2026T1", "2026Q1", True),
        ("2026T1", "2026Q2", False),
        ("2026H1", "2026-06", True),
        ("2026H1", "2026-07", False),
        ("R12-2026Q1", "2025", False),
        ("R12-2026Q1", "2025T3", True),
    ],
)
def test_a_period_holds_another_only_whole(whole, part, is_held):
    assert Period.parse(whole).holds(Period.parse(part)) is is_held
