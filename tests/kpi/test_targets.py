import pytest
from pydantic import ValidationError

from kpi.period import Period
from kpi.targets import Target


def target(**changes):
    fine = {
        "level": "local",
        "rule": ">=",
        "value": 55.0,
        "since": "2026Q1",
        "plan": "cancer_blekinge",
        "section": "Mål 5",
    }
    return Target.model_validate(fine | changes)


def in_force(one, text):
    return one.is_in_force(Period.parse(text))


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        ("2025", "2025", "2025"),
        ("2024", "2026Q2", "2024–2026Q2"),
        ("2024", None, "2024–"),
    ],
)
def test_when_it_holds_is_written_once_for_one_period(since, until, held):
    assert target(since=since, until=until).held == held


@pytest.mark.parametrize(
    ("period", "is_in_force"),
    [
        ("2025Q4", False),
        ("2026Q1", True),
        ("2026Q4", True),
        ("2027Q1", False),
        ("2025-12", False),
        ("2026-01", True),
        ("2026-12", True),
        ("2027-01", False),
        ("2026", True),
        ("2025", False),
        ("2027", False),
        ("R12-2026Q1", True),
        ("R12-2025Q4", False),
        ("R12-2027Q1", False),
        ("2026T1", True),
    ],
)
def test_a_target_judges_the_periods_that_end_while_it_holds(period, is_in_force):
    assert in_force(target(since="2026Q1", until="2026Q4"), period) is is_in_force


def test_a_target_without_an_end_still_holds():
    assert in_force(target(since="2015"), "2999Q4")
    assert not in_force(target(since="2015"), "2014Q4")


def test_a_target_from_within_the_year_judges_the_year():
    assert in_force(target(since="2026Q3"), "2026")
    assert not in_force(target(since="2026Q3"), "2026H1")
    assert not in_force(target(since="2026Q1", until="2026Q3"), "2026")


def test_a_target_may_hold_for_a_single_period():
    assert in_force(target(since="2026Q2", until="2026Q2"), "2026Q2")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"rule": "better_than_last_year"},
            "better_than_last_year takes its value from the data; remove `value`",
        ),
        ({"value": None}, "the rule '>=' needs a value"),
        (
            {"rule": "better_rank_than", "value": None},
            "the rule 'better_rank_than' needs a value",
        ),
        ({"until": "2025Q4"}, "until 2025Q4 lies before since 2026Q1"),
        ({"rule": ">"}, "Input should be '>='"),
        ({"value": "55"}, "Input should be a valid number"),
        ({"level": "regional"}, "Input should be 'national' or 'local'"),
        ({"since": "2026Q5"}, "expected a period such as"),
        ({"since": None}, "expected a period such as"),
        ({"unit": "Kirurgen"}, "String should match pattern"),
        ({"svf": "Bröst"}, "String should match pattern"),
        ({"section": ""}, "at least 1 character"),
        ({"vaule": 55}, "Extra inputs are not permitted"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(changes, message):
    with pytest.raises(ValidationError) as caught:
        target(**changes)
    assert message in str(caught.value)


def test_better_than_last_year_needs_no_value():
    one = target(rule="better_than_last_year", value=None)
    assert one.value is None


def test_a_period_may_be_given_as_a_period_or_a_bare_year():
    assert target(since=2026).since == Period.parse("2026")
    assert target(since=Period.parse("2026Q2")).since == Period.parse("2026Q2")


def test_a_target_reads_back_what_it_writes():
    one = target(until="2026Q4", svf="brost", unit="SE2321000081-DEMO020")
    assert Target.model_validate_json(one.model_dump_json()) == one
