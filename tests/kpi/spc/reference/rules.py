"""Making Data Count's rules of when a point is more than chance.

They look at the measured points of one segment. A gap is passed over: it neither
breaks a run nor adds to it (as in qicharts2; NHSRplotthedots knows no gaps). A point
exactly on the centre is on no side and so breaks a run (as in NHSRplotthedots).
"""

from collections.abc import Sequence
from itertools import pairwise

from kpi.spc.points import Limits, Signal, Way

IN_A_ROW = 7
"""Points on one side of the centre, or rising or falling, that are a signal."""

SAME = 1e-12
"""Part of a segment's largest value within which two numbers are the same: what is on
the centre or a limit must not hang on how decimals were rounded."""

Marks = list[tuple[Signal, ...]]


def slack_of(values: Sequence[float]) -> float:
    """Return how far apart two of these numbers are still the same."""
    return SAME * max(map(abs, values), default=0.0)


def outside(value: float, limits: Limits, slack: float) -> Way | None:
    """Say on which side, if any, a value is outside its limits."""
    if limits.upper is not None and value > limits.upper + slack:
        return Way.UP
    if limits.lower is not None and value < limits.lower - slack:
        return Way.DOWN
    return None


def signals(
    values: Sequence[float], limits: Sequence[Limits], beside: Sequence[float] = ()
) -> tuple[Marks, list[Way | None]]:
    """Return every point's signals, and where the first of them points.

    Args:
        values: The measured points of one segment, without gaps.
        limits: Theirs.
        beside: How near the centre each is on no side of it; none for nothing.

    Source:
        NHSRplotthedots 0.2 (NHS-R community), `ptd_calculate_point_type`: outside the
        limits; seven rising or falling *points*, that is six steps; two of three
        between two and three standard deviations, all three on the same side of the
        centre; seven on one side. All points of a trend or run are marked, and of the
        three those near the limit. A turning point of two trends goes with the later.
    """
    slack = slack_of(values)
    ways = [outside(*one, slack) for one in zip(values, limits, strict=True)]
    sides = sides_of(values, limits, slack, beside)
    near = [
        way is None and _is_near(value, one, slack)
        for value, one, way in zip(values, limits, ways, strict=True)
    ]
    trend = trends(values, slack)
    two = two_of_three(sides, near)
    shift = shifts(sides)
    marks: Marks = []
    for at, side in enumerate(sides):
        found = []
        if ways[at]:
            found.append(Signal.OUTSIDE)
        if at in trend:
            found.append(Signal.TREND)
            ways[at] = ways[at] or trend[at]
        if at in two:
            found.append(Signal.TWO_OF_THREE)
        if at in shift:
            found.append(Signal.SHIFT)
        if found and ways[at] is None:
            ways[at] = Way.UP if side > 0 else Way.DOWN
        marks.append(tuple(found))
    return marks, ways


def sides_of(
    values: Sequence[float],
    limits: Sequence[Limits],
    slack: float,
    beside: Sequence[float] = (),
) -> list[int]:
    """Return 1 for each value above the centre, -1 below it, 0 on or beside it."""
    return [
        0 if one.centre is None else _sign(value - one.centre, slack + near)
        for value, one, near in zip(
            values, limits, beside or [0.0] * len(values), strict=True
        )
    ]


def _sign(difference: float, slack: float) -> int:
    return (difference > slack) - (difference < -slack)


def _is_near(value: float, limits: Limits, slack: float) -> bool:
    if limits.near_upper is None or limits.near_lower is None:
        return False
    return value > limits.near_upper + slack or value < limits.near_lower - slack


def shifts(sides: Sequence[int]) -> set[int]:
    """Return the points of every run of seven or more on one side (1 or -1)."""
    return {
        at
        for side, start, stop in runs_of(sides)
        if side and stop - start >= IN_A_ROW
        for at in range(start, stop)
    }


def trends(values: Sequence[float], slack: float = 0.0) -> dict[int, Way]:
    """Return the points of seven or more that rise or fall all the time."""
    steps = [_sign(after - before, slack) for before, after in pairwise(values)]
    return {
        at: Way.UP if step > 0 else Way.DOWN
        for step, start, stop in runs_of(steps)
        if step and stop - start >= IN_A_ROW - 1
        for at in range(start, stop + 1)
    }


def two_of_three(sides: Sequence[int], near: Sequence[bool]) -> set[int]:
    """Return the points near a limit that have another within three on their side."""
    found = set()
    if sum(near) < 2:
        return found
    beside = {
        one
        for at, is_near in enumerate(near)
        if is_near
        for one in (at - 2, at - 1, at)
    }
    for at in beside & set(range(len(sides) - 2)):
        three = range(at, at + 3)
        close = [one for one in three if near[one]]
        if len(close) >= 2 and abs(sum(sides[at : at + 3])) == 3:
            found.update(close)
    return found


def runs_of(numbers: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return what is repeated, from where and to where (not included)."""
    if not numbers:
        return []
    changes = [
        at for at, (one, other) in enumerate(pairwise(numbers), 1) if one != other
    ]
    edges = pairwise((0, *changes, len(numbers)))
    return [(numbers[start], start, stop) for start, stop in edges]
