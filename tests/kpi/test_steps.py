"""A step is planned, reached, or not, by hand."""

import pytest

from kpi.assessment import Status
from kpi.model import Direction
from kpi.period import Period
from kpi.steps import assess_step, due, step_target
from kpi.targets import Target
from tests import builders as make


def target(until, since="2025Q1", value=1.0):
    changes = {"rule": "=", "value": value, "since": since, "until": until}
    written = make.target(**changes)
    return Target.model_validate(written)


@pytest.mark.parametrize(
    ("value", "is_due", "status"),
    [
        (None, False, Status.PLANNED),
        (0.0, False, Status.PLANNED),
        (1.0, False, Status.MET),
        (None, True, Status.NOT_REPORTED),
        (0.0, True, Status.NOT_MET),
        (1.0, True, Status.MET),
    ],
)
def test_a_step_turns_red_the_day_it_is_due_and_is_reached_at_any_time(
    value, is_due, status
):
    said = assess_step(value, 1.0, "=", Direction.HIGHER, is_due=is_due)
    assert said is status


def test_a_share_just_short_of_it_is_near_only_within_a_tolerance():
    def said(tolerance):
        return assess_step(84.8, 85.0, ">=", Direction.HIGHER, tolerance, is_due=True)

    assert said(0.0) is Status.NOT_MET
    assert said(0.5) is Status.NEAR


def test_it_is_due_at_its_end_or_where_it_has_none_in_its_first_period():
    assert due(target("2026Q3")) == Period.parse("2026Q3")
    assert due(target(None)) == Period.parse("2025Q1")


def test_the_next_one_due_counts_and_after_all_the_last():
    first, second = target("2025Q4"), target("2026Q2", since="2026Q1", value=2.0)

    def counts(period):
        return step_target([second, first], Period.parse(period))

    assert counts("2024Q1") == first
    assert counts("2025Q4") == first
    assert counts("2026Q1") == second
    assert counts("2027Q1") == second
    assert step_target([], Period.parse("2026Q1")) is None
