from datetime import date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import text, text_pages
from kpi.assessment import Reason, Status
from kpi.datasets import DIMENSIONS
from kpi.definitions import Frequency, Question, Theme
from kpi.model import Area, Direction, Lifecycle, UnitKind
from kpi.period import PeriodKind
from tests.builders import indicator, words, yearly

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (83.4, 1, "83,4"),
        (1234, 0, f"1{NBSP}234"),
        (1234567.891, 2, f"1{NBSP}234{NBSP}567,89"),
        (-0.5, 1, "−0,5"),
        (-0.04, 1, "0,0"),
        (0.25, 1, "0,3"),
        (2.675, 2, "2,68"),
        (None, 1, "–"),
    ],
)
def test_numbers_are_written_in_swedish(value, decimals, expected):
    assert text.number(value, decimals) == expected


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_can_be_read_back(number):
    written = text.number(number).replace(NBSP, "").replace("−", "-")
    assert int(written) == number


def test_a_share_has_a_no_break_space_before_the_sign():
    assert text.per_cent(83.4) == f"83,4{NBSP}%"
    assert text.per_cent(None) == "–"


@pytest.mark.parametrize(
    ("value", "expected"), [(2, "+2,0"), (-2, "−2,0"), (0, "±0,0"), (0.04, "±0,0")]
)
def test_a_difference_has_a_sign(value, expected):
    assert text.signed(value, 1) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026Q1", f"kv{NBSP}1 2026"),
        ("2025", "2025"),
        ("R12-2026Q1", f"12{NBSP}mån t.o.m. kv{NBSP}1 2026"),
        ("2026-03", "mars 2026"),
        ("2026T2", f"tertial{NBSP}2 2026"),
        ("2026H1", f"halvår{NBSP}1 2026"),
    ],
)
def test_periods_are_written_in_words(written, expected):
    assert text.period(written) == expected


def test_a_month_number_is_a_month():
    assert text.month(2026 * 12 + 2) == "mars 2026"


def test_days_are_iso_dates():
    assert text.day(date(2026, 3, 31)) == "2026-03-31"
    assert text.day(None) == "–"
    assert text.moment(datetime(2026, 3, 31, 6, 15)) == "2026-03-31 06:15"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (text.STATUS, Status),
        (text.SYMBOL, Status),
        (text.REASON, Reason),
        (text.AREA, get_args(Area)),
        (text.THEME, get_args(Theme)),
        (text.QUESTION, get_args(Question)),
        (text.UNIT_KIND, UnitKind),
        (text.UNIT_KINDS, UnitKind),
        (text.DIRECTION, Direction),
        (text.FREQUENCY, get_args(Frequency)),
        (text.LIFECYCLE, Lifecycle),
        (text.PERIOD_KINDS, PeriodKind),
        (text.DIMENSION, DIMENSIONS),
    ],
)
def test_every_word_of_the_database_has_words_for_people(table, keys):
    assert set(table) == set(keys)


def test_no_two_statuses_share_a_symbol():
    assert len(set(text.SYMBOL.values())) == len(Status)


def test_a_value_is_in_the_unit_of_its_indicator():
    assert text.value(indicator(), 41.46) == f"41,5{NBSP}%"
    assert text.unit_after(indicator()) == ""
    assert text.value(yearly(), 20.0) == "20"
    assert text.unit_after(yearly()) == "placering"


def test_a_milestone_is_reached_or_not():
    one = yearly(
        kind="milestone",
        unit=words("steg nått"),
        targets=[],
        measure={"dataset": "matningar"},
    )
    assert [text.value(one, 1.0), text.value(one, 0.0)] == ["ja", "nej"]


def test_an_interval_names_its_unit_once():
    assert text.interval(indicator(), 32.8, 51.8) == f"32,8–51,8{NBSP}%"
    assert text.interval(indicator(), None, 51.8) == ""


def test_a_gap_between_shares_is_in_percentage_points():
    assert text.difference_unit(indicator()) == "procentenheter"
    assert text.difference_unit(yearly()) == "placeringar"


@pytest.mark.parametrize(
    ("by", "value", "expected"),
    [
        ("svf", "lunga", "Lungcancer"),
        ("svf", "okand", "Okand"),
        ("sex", "K", "Kvinnor"),
        ("age_group", "65-74", "65–74 år"),
        ("age_group", "85-", "85 år och äldre"),
        ("care_form", "oppen", "Öppen vård"),
        ("profession", "lakare", "Läkare"),
        ("item", "k2", "Kort ärm"),
    ],
)
def test_values_of_dimensions_have_names(by, value, expected):
    assert text.dimension_value(by, value, {"lunga": "lungcancer"}) == expected


def test_words_are_listed():
    assert text.listed([]) == ""
    assert text.listed(["a"]) == "a"
    assert text.listed(["a", "b", "c"]) == "a, b och c"


@pytest.mark.parametrize(
    ("more", "expected"),
    [(13, "13 fler hade behövts"), (-2, "2 färre hade behövts"), (0, "")],
)
def test_cases_are_more_or_fewer(more, expected):
    assert text_pages.cases(more) == expected


def test_the_line_of_totals_counts_every_indicator():
    counts = {Status.MET: 2, Status.NOT_MET: 1, Status.TOO_FEW: 3, Status.PAUSED: 1}
    assert text_pages.totals_line(7, counts) == (
        "7 indikatorer: 2 når målet, 0 nära målet, 1 når inte målet, "
        "0 utan målvärde och 4 utan värde."
    )
