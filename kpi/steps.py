"""Steps: what is to be done once, by a day.

What was last reported of a step is known until it is reported anew, so every later
period has it. A step is planned until the day it is due, and reached as soon as it is
known to be, early or late. From the day it is due it is not reached, or not reported,
for as long as nothing better is known. `etl/count/sql` says the same of all units at
once; the tests compare.
"""

from collections.abc import Iterable

from kpi.assessment import Status, assess
from kpi.definitions import Indicator
from kpi.model import Direction
from kpi.period import Period
from kpi.targets import Rule, Target


def is_step(indicator: Indicator) -> bool:
    """Say whether an indicator is something to be done once."""
    return indicator.frequency == "once"


def due(target: Target) -> Period:
    """Return the period by whose end a step is to be reached."""
    return target.until or target.since


def step_target(targets: Iterable[Target], period: Period) -> Target | None:
    """Return the target of a step that counts at the end of a period.

    The next one due; when all have passed, the last: a step that was missed stays
    missed until it is reached or another day is set.

    Args:
        targets: Those of one level, for the same unit.
        period: The one looked at.
    """
    in_order = sorted(targets, key=lambda target: due(target).last)
    ahead = [target for target in in_order if due(target).last >= period.last]
    return next(iter(ahead), in_order[-1] if in_order else None)


def assess_step(
    value: float | None,
    target: float,
    rule: Rule,
    direction: Direction,
    tolerance: float = 0.0,
    *,
    is_due: bool,
) -> Status:
    """Say how far a step has come.

    Args:
        value: What was last reported, in the indicator's own unit; None if nothing
            was.
        target: In the same unit.
        rule: How they are compared.
        direction: Which way is better.
        tolerance: As `assess` takes it.
        is_due: Whether its day has passed, and lies no later than the end of the period
            looked at, which itself may go on.

    Returns:
        Met, at whatever time; planned before it is due; then near, not met or not
        reported.
    """
    status = (
        Status.NOT_REPORTED
        if value is None
        else assess(value, target, rule, direction, tolerance)
    )
    return status if is_due or status is Status.MET else Status.PLANNED
