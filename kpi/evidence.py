"""Is a deviation more than chance? From a target, and from an earlier period."""

from dataclasses import dataclass
from enum import StrEnum
from math import cbrt, sqrt

from scipy.special import bdtr, bdtri, ndtr

from kpi.distributions import at_least, at_most, mid_p
from kpi.intervals import FEWEST_FOR_BYAR, TAIL
from kpi.model import Direction, Kind
from kpi.targets import Rule

POWER = 0.8
"""Four times in five."""


class Evidence(StrEnum):
    """What an interval says of a target."""

    REACHES = "reaches"
    DOES_NOT_REACH = "does_not_reach"
    CANNOT_TELL = "cannot_tell"


class Movement(StrEnum):
    """What the interval of a change says. Changed: more than chance, neither better."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    CHANGED = "changed"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its 95 % interval, all in the same unit."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Change:
    """From one period to a later one, in the unit of the two estimates.

    Attributes:
        difference: The later less the earlier.
        lower: Of the difference's 95 % interval.
        upper: Of the same.
        movement: Whether it is more than chance, and whether it is for the better.
    """

    difference: float
    lower: float
    upper: float
    movement: Movement


def evidence(
    estimate: Estimate | None, target: float | None, rule: Rule | None
) -> Evidence | None:
    """Say whether an interval lies on one side of the target in force.

    An answer beside `kpi.assessment.assess`, never in its place: that one says what
    was counted, this one whether so many cases can show it. With an interval on the
    right side, its end on the target itself, the target is reached, as a value exactly
    on the target has met it. A target of 100 % that all cases met can therefore not be
    told, and one case that did not meet it may be enough to tell.

    Args:
        estimate: Value and interval; None for a value without one.
        target: In the same unit; None if none was in force.
        rule: How they are compared.

    Returns:
        None where there is no interval or no target, and for the two rules that do not
        compare with a fixed number: of last year's value ask `change`, which knows that
        it is uncertain too, and of a rank `kpi.ranking`.
    """
    if estimate is None or target is None:
        return None
    match rule:
        case ">=":
            reaches, misses = estimate.lower >= target, estimate.upper < target
        case "<=":
            reaches, misses = estimate.upper <= target, estimate.lower > target
        case "=":
            reaches = estimate.lower == estimate.upper == target
            misses = not estimate.lower <= target <= estimate.upper
        case _:
            return None
    if misses:
        return Evidence.DOES_NOT_REACH
    return Evidence.REACHES if reaches else Evidence.CANNOT_TELL


def detectable_gap(
    cases: int | None,
    target_per_cent: float | None,
    direction: Direction,
    power: float = POWER,
) -> float | None:
    """Return the smallest true gap that so many cases would show as not reaching.

    Every possible count is looked at: those whose interval (95 %, mid-p) misses the
    target are what `evidence` calls not reaching, and the gap is the one at which they
    come up with the probability `power`. More cases do not always detect more, since
    counts come in whole numbers.

    Args:
        cases: The denominator; None without counts.
        target_per_cent: 0-100.
        direction: On which side of the target the better values lie.
        power: How likely it has to be that such a gap shows.

    Returns:
        Percentage points, above 0. None if there are no cases or no target, if the
        indicator is neutral, or if no gap at all would show: not even the worst count
        possible misses the target.

    Raises:
        ValueError: the target is no share.
    """
    if not cases or target_per_cent is None or direction is Direction.NEUTRAL:
        return None
    if not 0 <= target_per_cent <= 100:
        raise ValueError(f"expected a target of 0-100 %, got {target_per_cent}")
    target = target_per_cent / 100
    if direction is Direction.LOWER:
        target = 1 - target
    # The more meet it the more often chance gives so few, so 0 to most of them miss.
    low, high = -1, cases
    while high - low > 1:
        middle = (low + high) // 2
        misses = _lower_mid_p(middle, cases, target) < TAIL
        low, high = (middle, high) if misses else (low, middle)
    if low < 0:
        return None
    shows_at = float(bdtri(low, cases, power))
    return 100 * (target - shows_at)


def _lower_mid_p(count: int, cases: int, share: float) -> float:
    # One number at a time: arrays would take twenty times as long, for each of a list.
    fewer = float(bdtr(count - 1, cases, share)) if count else 0.0
    return (fewer + float(bdtr(count, cases, share))) / 2


def p_of_deviation(
    kind: Kind,
    numerator: float | None,
    denominator: float | None,
    target: float | None,
    per: float = 100,
) -> float | None:
    """Return how often chance alone would bring a value as far from its target.

    For ranking deviations by evidence instead of by size or colour. Two-sided, and by
    the method of the value's interval, so that it is under 5 % where that leaves out
    the target and nowhere else: exact binomial mid-p for a proportion; for a rate and a
    count exact Poisson under 10 events, and from there on what Byar's formula gives.

    Args:
        kind: What the value is.
        numerator: Cases or events; None if not shown.
        denominator: All cases; None for a count.
        target: In the indicator's own unit.
        per: What the target is per: 100 for per cent, 1000 for per 1 000. Of no
            concern to a count.

    Returns:
        0-1. None where there are no counts to judge by: means, ranks, milestones,
        values reported without counts, and sums that are not whole numbers.

    Raises:
        ValueError: a share of more than all, or a target below none or above all.
    """
    if numerator is None or target is None or numerator != int(numerator):
        return None
    if kind is Kind.COUNT:
        denominator, per = 1, 1
    elif kind not in (Kind.PROPORTION, Kind.RATE) or not denominator:
        return None
    mean, is_share = target / per, kind is Kind.PROPORTION
    if mean < 0 or (is_share and (mean > 1 or numerator > denominator)):
        raise ValueError(f"{numerator} of {denominator} has no target of {target}")
    if is_share and denominator != int(denominator):
        return None
    if is_share:
        return float(mid_p(kind, numerator, denominator, mean))
    return poisson_p(numerator, denominator * mean)


def poisson_p(count: float, expected: float) -> float:
    """Return how often chance gives a number of events as far from one expected.

    The other way round from `kpi.intervals.poisson_interval`: the p at which an end of
    such an interval lies on what is expected.

    Args:
        count: Whole events, 0 or more.
        expected: 0 or more.
    """
    if expected == 0:
        return float(count == 0)
    if count < FEWEST_FOR_BYAR:
        tails = (tail(Kind.COUNT, count, 1, expected) for tail in (at_most, at_least))
        return min(1.0, 2 * float(min(tails)))
    above = count + 1
    z_below = 3 * sqrt(count) * (1 - 1 / (9 * count) - cbrt(expected / count))
    z_above = 3 * sqrt(above) * (cbrt(expected / above) - 1 + 1 / (9 * above))
    return min(1.0, 2 * float(ndtr(-max(z_below, z_above))))


def change(now: Estimate, before: Estimate, direction: Direction) -> Change:
    """Return the change between two periods with its 95 % interval.

    The distances from each value to its own bounds are squared and added. With Wilson
    intervals that is Newcombe's hybrid score interval, method 10; it serves all values
    with the intervals that they have, as Zou & Donner show. The periods must share no
    cases: two rolling twelve months that overlap are not independent.

    Source:
        Newcombe (1998), Stat. Med. 17, 873-890, method 10, checked against its table
        II. For other intervals: Zou & Donner (2008), Stat. Med. 27, 1693-1702.
    """
    difference = now.value - before.value
    down = sqrt((now.value - now.lower) ** 2 + (before.upper - before.value) ** 2)
    up = sqrt((now.upper - now.value) ** 2 + (before.value - before.lower) ** 2)
    lower, upper = difference - down, difference + up
    if lower <= 0 <= upper:
        movement = Movement.CANNOT_TELL
    elif direction is Direction.NEUTRAL:
        movement = Movement.CHANGED
    elif (lower > 0) == (direction is Direction.HIGHER):
        movement = Movement.IMPROVED
    else:
        movement = Movement.WORSENED
    return Change(difference, lower, upper, movement)
