"""Steps: which there are, when each is due, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.outcome.latest import by_indicator
from app.outcome.over_time import target_of
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow, outcomes_within
from app.queries.reader import Reader
from app.queries.spans import Span
from app.queries.units import UnitRow
from kpi.assessment import Status
from kpi.definitions import Indicator, Plan
from kpi.period import Period, PeriodKind, last_month_over
from kpi.steps import due, is_step
from kpi.targets import Target
from kpi.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Step:
    """A step in a unit, at the end of a quarter.

    Attributes:
        indicator: The step.
        outcome: What is known of it then.
        target: The target it has then; None without one.
        plan: The plan that sets it; None without a target.
        due: By the end of which period it is to be reached; None without a target.
        is_passed: Whether that period is over.
        known_in: The period that what is known was reported for; None if nothing is.
        reached_in: The period that it was first reported reached for; None if it is
            not reached.
    """

    indicator: Indicator
    outcome: OutcomeRow
    target: Target | None
    plan: Plan | None
    due: Period | None
    is_passed: bool
    known_in: str | None
    reached_in: str | None

    @property
    def status(self) -> Status:
        """How far it has come."""
        return Status(self.outcome.status)

    @property
    def is_missed(self) -> bool:
        """Whether it should have been reached, and is not known to be."""
        return self.is_passed and self.status is not Status.MET


def steps_in(
    reader: Reader, frame: Frame, unit: UnitRow, quarter: Period
) -> list[Step]:
    """Return the steps of a unit in the order they are due, those without a day last.

    Steps that neither have a target in the unit nor were reported are left out, and
    so are those of other regions' plans.
    """
    region = frame.units.kolada_id(unit.unit_id)
    indicators = [
        one
        for one in frame.definitions.indicators
        if is_step(one) and _is_of(frame, one, region)
    ]
    span = Span(
        PeriodKind.QUARTER, tuple(one.id for one in indicators), 0, quarter.last, False
    )
    rows = by_indicator(outcomes_within(reader, [span], [unit.unit_id]))
    steps = [
        _step(frame, indicator, rows[indicator.id], quarter)
        for indicator in indicators
        if rows[indicator.id] and rows[indicator.id][-1].last_month == quarter.last
    ]
    steps = [step for step in steps if step.status is not Status.NOT_MEASURED]
    return sorted(steps, key=_when)


def _is_of(frame: Frame, indicator: Indicator, region: str | None) -> bool:
    """Say whether a step has a target in a region; one without any is everybody's."""
    regions = {plan.id: plan.region for plan in frame.definitions.plans}
    return not indicator.targets or any(
        target.level is Level.NATIONAL or region in (None, regions[target.plan])
        for target in indicator.targets
    )


def _step(
    frame: Frame, indicator: Indicator, rows: Sequence[OutcomeRow], quarter: Period
) -> Step:
    outcome = rows[-1]
    target = target_of(indicator, outcome)
    day = due(target) if target else None
    until = min(quarter.last, last_month_over(frame.build.as_of))
    return Step(
        indicator,
        outcome,
        target,
        frame.plan(target.plan) if target else None,
        day,
        is_passed=day is not None and day.last <= until,
        known_in=None if outcome.value is None else _known_in(outcome),
        reached_in=_reached_in(rows),
    )


def _known_in(outcome: OutcomeRow) -> str:
    return outcome.reported_in or outcome.period


def _reached_in(rows: Sequence[OutcomeRow]) -> str | None:
    """Return the period since which it has been reached, quarter after quarter."""
    since = None
    for row in reversed(rows):
        if row.status != Status.MET:
            break
        since = _known_in(row)
    return since


def _when(step: Step) -> tuple[bool, int, str]:
    last = step.due.last if step.due else 0
    return step.due is None, last, step.indicator.id
