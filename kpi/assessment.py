"""Is the target met? One question, one answer, and a reason where there is none."""

from enum import StrEnum

from kpi.model import Direction, Kind
from kpi.targets import Rule


class Status(StrEnum):
    """What can be said of an outcome; the value is the word kept in the database."""

    MET = "met"
    NEAR = "near"
    NOT_MET = "not_met"
    NO_TARGET = "no_target"
    NOT_JUDGED = "not_judged"
    PLANNED = "planned"
    TOO_FEW = "too_few"
    MASKED = "masked"
    REJECTED = "rejected"
    NOT_REPORTED = "not_reported"
    OTHER_PERIODS = "other_periods"
    NOT_MEASURED = "not_measured"
    UNDER_DEVELOPMENT = "under_development"
    PAUSED = "paused"


MISSED = (Status.NEAR, Status.NOT_MET)
"""The statuses of outcomes that do not meet their target."""

JUDGED = frozenset({Status.MET, Status.NEAR, Status.NOT_MET})
SAME = 1e-9
"""Values closer than this are the same: counts have no such small differences, but
decimals do not always add up (0.8 - 0.7 is more than 0.1)."""

SHOWN = JUDGED | {Status.NO_TARGET, Status.NOT_JUDGED, Status.PLANNED}
"""The statuses of outcomes that have a value; what is planned may have none yet."""


class Reason(StrEnum):
    """Why a value is missing, or what to know of one that is shown."""

    TOO_FEW = "too_few"
    NO_CASES = "no_cases"
    MASKED = "masked"
    REJECTED = "rejected"
    NOT_REPORTED = "not_reported"
    NEVER_REPORTED = "never_reported"
    NOT_MEASURED = "not_measured"
    PLANNED = "planned"
    UNDER_DEVELOPMENT = "under_development"
    PAUSED = "paused"
    PARTLY_MASKED = "partly_masked"
    UNITS_MISSING = "units_missing"
    PERIODS_MISSING = "periods_missing"
    ONGOING = "ongoing"
    NO_COUNTS = "no_counts"
    NOT_NESTED = "not_nested"


def shortfall(value: float, target: float, rule: Rule, direction: Direction) -> float:
    """Return how far a value is on the wrong side of a target, in its own unit.

    Zero or less has met the target, except that the two "better than" rules need
    more than zero to spare.
    """
    match rule:
        case ">=":
            return target - value
        case "<=" | "better_rank_than":
            return value - target
        case "=":
            return abs(value - target)
        case "better_than_last_year":
            is_lower = direction is Direction.LOWER
            return value - target if is_lower else target - value


def assess(
    value: float | None,
    target: float | None,
    rule: Rule | None,
    direction: Direction,
    tolerance: float = 0.0,
) -> Status:
    """Compare a shown outcome with the target in force.

    Args:
        value: The outcome in the indicator's own unit; None if it is not shown.
        target: In the same unit; None if none was in force in that period.
        rule: How they are compared; None without a target.
        direction: Which way is better.
        tolerance: How far on the wrong side still counts as near, in the same unit;
            never negative.

    Returns:
        Met, near, not met or no target. A value exactly on the target has met it,
        except where it has to be better than that.

    Raises:
        ValueError: there is no value to judge; the reason for that is known
            elsewhere and must not be lost here.
    """
    if value is None:
        raise ValueError("an outcome without a value is not judged")
    if target is None or rule is None:
        return Status.NO_TARGET
    short = shortfall(value, target, rule, direction)
    is_strict = rule in ("better_than_last_year", "better_rank_than")
    if short < -SAME or (short <= SAME and not is_strict):
        return Status.MET
    is_near = tolerance > 0 and short <= tolerance + SAME
    return Status.NEAR if is_near else Status.NOT_MET


def is_settled(
    value: float, target: float, rule: Rule, direction: Direction, kind: Kind
) -> bool:
    """Say whether a value that only grows has its answer before its period is whole.

    One report is at least one, whatever comes; one too many stays too many.

    Args:
        value: So far, in the indicator's own unit.
        target: In the same unit.
        rule: How they are compared.
        direction: Which way is better.
        kind: A count, or a milestone, which once reached stays so.
    """
    over = value - target
    match rule:
        case ">=":
            return over >= -SAME
        case "<=":
            return over > SAME
        case "=":
            return over > SAME or (kind is Kind.MILESTONE and over >= -SAME)
        case "better_than_last_year":
            return over >= -SAME if direction is Direction.LOWER else over > SAME
        case "better_rank_than":
            return False


def assess_so_far(
    value: float | None,
    target: float | None,
    rule: Rule | None,
    direction: Direction,
    tolerance: float,
    *,
    kind: Kind,
    is_whole: bool,
    only_grows: bool,
) -> Status:
    """Compare a shown outcome with its target, if its months allow an answer.

    Args:
        value: As `assess` takes it.
        target: As `assess` takes it.
        rule: As `assess` takes it.
        direction: As `assess` takes it.
        tolerance: As `assess` takes it.
        kind: Of the indicator.
        is_whole: Whether the period is over and every month of it is in.
        only_grows: Whether more months cannot make the value smaller; `kpi.coverage`.

    Returns:
        As `assess`; not judged where months that are missing may change the answer.
    """
    status = assess(value, target, rule, direction, tolerance)
    if is_whole or value is None or target is None or rule is None:
        return status
    if only_grows and is_settled(value, target, rule, direction, kind):
        return status
    return Status.NOT_JUDGED
