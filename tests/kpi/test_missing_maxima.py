"""Which missing maxima are told, in which order, and with which numbers."""

from datetime import date

from kpi.missing_maxima import Without, fewest, missing_maxima, twelve_months
from tests import builders as make


def without(svf, ending, cases, ended, *, is_extended=False):
    return Without(svf, ending, is_extended, cases, ended)


def told(rows, minimum=5):
    return [
        (maximum.svf, maximum.ending, maximum.is_extended, maximum.cases, maximum.ended)
        for maximum in missing_maxima(rows, minimum)
    ]


def test_what_leaves_out_most_cases_stands_first():
    rows = [
        without("anal", "kirurgi", 5, 40),
        without("lunga", "kirurgi", 120, 300),
        without("lunga", "kirurgi", 30, 300, is_extended=True),
        without("njure", "kirurgi", 60, 60),
    ]
    assert told(rows) == [
        ("lunga", "kirurgi", False, 120, 300),
        ("njure", "kirurgi", False, 60, 60),
        ("lunga", "kirurgi", True, 30, 300),
        ("anal", "kirurgi", False, 5, 40),
    ]
    shares = [maximum.share_per_cent for maximum in missing_maxima(rows, 5)]
    assert shares == [40.0, 100.0, 10.0, 12.5]


def test_as_many_stand_by_pathway_ending_and_investigation():
    rows = [
        without("njure", "kirurgi", 7, 14),
        without("lunga", "stralning", 7, 28, is_extended=True),
        without("lunga", "stralning", 7, 28),
        without("lunga", "kirurgi", 7, 28),
    ]
    assert [row[:3] for row in told(rows)] == [
        ("lunga", "kirurgi", False),
        ("lunga", "stralning", False),
        ("lunga", "stralning", True),
        ("njure", "kirurgi", False),
    ]


def test_too_few_have_no_number_and_their_place_does_not_tell_it():
    rows = [
        without("anal", "kirurgi", 1, 50),
        without("njure", "kirurgi", 4, 50),
        without("testikel", "kirurgi", 5, 50),
    ]
    assert told(rows) == [
        ("testikel", "kirurgi", False, 5, 50),
        ("anal", "kirurgi", False, None, None),
        ("njure", "kirurgi", False, None, None),
    ]
    assert missing_maxima(rows, 5)[-1].share_per_cent is None


def test_few_of_a_pathway_do_not_follow_from_its_other_endings():
    """2 of 31 are what 20 and 9 leave, so the 9 are not told either: 11 are left."""
    rows = [
        without("lunga", "kirurgi", 20, 60),
        without("lunga", "lakemedel", 9, 60),
        without("lunga", "palliativ", 2, 60),
        without("njure", "lakemedel", 6, 60),
    ]
    assert [(row[0], row[1], row[3]) for row in told(rows)] == [
        ("lunga", "kirurgi", 20),
        ("njure", "lakemedel", 6),
        ("lunga", "lakemedel", None),
        ("lunga", "palliativ", None),
    ]


def test_the_twelve_months_end_with_that_of_the_last_day():
    months = twelve_months(date(2026, 9, 1))
    assert (months.first_day, months.last_day) == (date(2025, 10, 1), date(2026, 9, 30))
    months = twelve_months(date(2026, 12, 31))
    assert (months.first_day, months.last_day) == (date(2026, 1, 1), date(2026, 12, 31))


def test_the_strictest_measure_of_cases_says_how_few_are_too_few():
    assert fewest([]) == 1
    of_cases = [make.indicator(minimum_denominator=number) for number in (5, 8, 6)]
    of_answers = make.indicator(
        minimum_denominator=30,
        measure={"dataset": "matningar"},
        breakdowns=[],
    )
    assert fewest([*of_cases, of_answers]) == 8
