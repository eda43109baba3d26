"""Making Data Count's rules of when a point is more than chance.

They look at the measured points of one segment, a row of arrays. A gap is passed over:
it neither breaks a run nor adds to it (as in qicharts2; NHSRplotthedots knows no gaps).
A point exactly on the centre is on no side and so breaks a run (as in NHSRplotthedots);
where few cases are expected, so is the whole number of cases nearest to it.
"""

import numpy as np

from kpi.spc.points import Signal
from kpi.spc.segments import Flags, LimitsOfMany, Numbers, Signs

IN_A_ROW = 7
"""Points on one side of the centre, or rising or falling, that are a signal."""

SAME = 1e-12
"""Part of a segment's largest value within which two numbers are the same: what is on
the centre or a limit must not hang on how decimals were rounded."""

Marks = dict[Signal, Flags]
"""Which points each rule marks."""


def slack_of(values: Numbers) -> Numbers:
    """Return how far apart two numbers of a row are still the same, as a column."""
    largest = np.fmax.reduce(np.abs(values), axis=1, initial=0.0, keepdims=True)
    return SAME * largest


def signs(differences: Numbers, slack: Numbers | float) -> Signs:
    """Return 1 for what is more than nothing, -1 for what is less, else 0."""
    return (differences > slack).astype(np.int64) - (differences < -slack)


def sides_of(values: Numbers, limits: LimitsOfMany, slack: Numbers) -> Signs:
    """Return 1 for each value above the centre, -1 below it, 0 on it or beside it."""
    return signs(values - limits.centre, limits.beside + slack)


def outside(values: Numbers, limits: LimitsOfMany, slack: Numbers) -> Signs:
    """Return 1 for each value above its limits, -1 below them, else 0."""
    is_above = values > limits.upper + slack
    return np.where(is_above, 1, -(values < limits.lower - slack).astype(np.int64))


def signals(
    values: Numbers, limits: LimitsOfMany, slack: Numbers
) -> tuple[Marks, Signs]:
    """Return every point's signals, and where the first of them points: 1 up, -1 down.

    What is said of a point hangs on the six before it and the six after it: of the
    last point, seven are enough.

    Args:
        values: The measured points of each segment, without gaps; NaN after its end.
        limits: Theirs.
        slack: Of `slack_of`.

    Source:
        NHSRplotthedots 0.2 (NHS-R community), `ptd_calculate_point_type`: outside the
        limits; seven rising or falling *points*, that is six steps; two of three
        between two and three standard deviations, all three on the same side of the
        centre; seven on one side. All points of a trend or run are marked, and of the
        three those near the limit. A turning point of two trends goes with the later.
    """
    beyond = outside(values, limits, slack)
    sides = sides_of(values, limits, slack)
    is_near = values > limits.near_upper + slack
    is_near |= values < limits.near_lower - slack
    rising = trends(values, slack)
    marks = {
        Signal.OUTSIDE: beyond != 0,
        Signal.TREND: rising != 0,
        Signal.TWO_OF_THREE: two_of_three(sides, is_near & (beyond == 0)),
        Signal.SHIFT: lasting(sides, IN_A_ROW),
    }
    aside = sides * (marks[Signal.TWO_OF_THREE] | marks[Signal.SHIFT])
    return marks, np.where(beyond, beyond, np.where(rising, rising, aside))


def trends(values: Numbers, slack: Numbers | float = 0.0) -> Signs:
    """Return 1 for points of seven or more that rise all the time, -1 that fall."""
    steps = signs(np.diff(values, axis=1), slack)
    steps *= lasting(steps, IN_A_ROW - 1)
    ways = np.zeros(values.shape, dtype=np.int64)
    ways[:, 1:] = steps
    np.copyto(ways[:, :-1], steps, where=steps != 0)
    return ways


def two_of_three(sides: Signs, is_near: Flags) -> Flags:
    """Return the points near a limit that have another within three on their side."""
    is_close = _sums(is_near.astype(np.int64), 3) >= 2
    return is_near & _held(is_close & (np.abs(_sums(sides, 3)) == 3), sides)


def lasting(sides: Signs, number: int) -> Flags:
    """Return the points of so many or more in a row that are on one side (1 or -1)."""
    return _held(np.abs(_sums(sides, number)) == number, sides)


def _sums(signs: Signs, number: int) -> Signs:
    """Return the sum of every so many neighbours."""
    windows = max(signs.shape[1] - number + 1, 0)
    none = np.zeros((len(signs), windows), dtype=np.int64)
    return sum((signs[:, at : at + windows] for at in range(number)), start=none)


def _held(windows: Flags, points: Signs) -> Flags:
    """Return the points that any of these windows of neighbours holds."""
    is_held = np.zeros(points.shape, dtype=bool)
    number = windows.shape[1]
    for at in range(points.shape[1] - number + 1 if number else 0):
        is_held[:, at : at + number] |= windows
    return is_held
