"""What a target can expect of a process: nothing is promised of one that has moved."""

from typing import NamedTuple

import numpy as np

from kpi.model import Direction
from kpi.spc.choice import FEWEST_FOR_CONTROL
from kpi.spc.limits import limits_of
from kpi.spc.points import Assurance, ChartKind, Signal
from kpi.spc.rules import IN_A_ROW, Marks, sides_of, signals, slack_of
from kpi.spc.segments import Flags, Numbers, Process, Segments, Signs, Words, at


def assurances(
    lower: Numbers, upper: Numbers, targets: Numbers, direction: Direction
) -> Words:
    """Say of each process whether it will, as it is, meet its target.

    A target on a limit can be missed, so it is hit or miss. Only where the process
    does not vary at all (always 100 %, say) is it met by being reached exactly, as
    everywhere else; NHSRplotthedots calls that hit or miss too.
    """
    if direction is Direction.NEUTRAL:
        return np.full(len(targets), None, dtype=object)
    levels = np.stack([lower, upper, targets], axis=1)
    slack = slack_of(levels)[:, 0]
    if_below, if_above = Assurance.PASSING, Assurance.FAILING
    if direction is Direction.LOWER:
        if_below, if_above = if_above, if_below
    words = [None, Assurance.PASSING, if_above, if_below, Assurance.HIT_OR_MISS]
    is_still = (upper - lower <= slack) & (np.abs(targets - upper) <= slack)
    is_above, is_below = targets > upper + slack, targets < lower - slack
    is_unknown = np.isnan(levels).any(axis=1)
    cases = np.stack([is_unknown, is_still, is_above, is_below, ~is_unknown])
    promised: Words = np.array(words, dtype=object)[cases.argmax(axis=0)]
    return promised


def assurances_now(
    kind: ChartKind,
    process: Process,
    segments: Segments,
    targets: Numbers,
    direction: Direction,
) -> Words:
    """Say of each process whether it will, as it is now, meet its target.

    Limits describe a process only while it is stable. One that has moved (seven in a
    row on one side, or a trend) is judged by its points since, if they are as many as a
    control chart needs, with limits of their own; they may show that it moved again.
    With fewer, nothing is said while the run goes on; where it is over, the limits of
    all points may still say hit or miss, which promises nothing.

    Args:
        kind: Any control chart; a run chart has no limits, and so says nothing.
        process: What the limits hang on.
        segments: The last of each series, without excluded points.
        targets: What each is held against; NaN without a target.
        direction: Which way is better.

    Returns:
        By the widest limits among the points the process is judged by: few cases in a
        period give wide ones, and such a period comes again. None without a target or
        limits, with too few points since it moved, where the last point is a signal,
        and where one of the last seven is outside the limits.
    """
    words = np.full(len(targets), None, dtype=object)
    rows = np.flatnonzero(~np.isnan(targets))
    if kind is ChartKind.RUN or direction is Direction.NEUTRAL:
        return words
    while len(rows):
        stretch = _looked_at(kind, process, segments[rows])
        is_enough = stretch.since >= FEWEST_FOR_CONTROL
        is_again = (stretch.moved > 0) & is_enough
        promised = assurances(stretch.lower, stretch.upper, targets[rows], direction)
        is_promise = (promised != Assurance.HIT_OR_MISS) & (stretch.moved > 0)
        promised[~stretch.is_calm | stretch.goes_on | is_promise] = None
        words[rows] = promised
        segments, process = segments.since(rows, stretch.moved), process.unfrozen
        rows = rows[is_again]
    return words


class _Stretch(NamedTuple):
    """Processes as their limits see them: an element for each.

    Attributes:
        moved: How many points there are before it last moved; 0 if it has not.
        since: How many there are from then on.
        goes_on: Whether it moved by a run that its last point is part of.
        is_calm: Whether its last point is no signal, and none of the last seven is
            outside the limits.
        lower: The lowest limit of a point.
        upper: The highest.
    """

    moved: Signs
    since: Signs
    goes_on: Flags
    is_calm: Flags
    lower: Numbers
    upper: Numbers


def _looked_at(kind: ChartKind, process: Process, segments: Segments) -> _Stretch:
    limits, slack = limits_of(process, kind, segments), slack_of(segments.values)
    order = np.argsort(np.isnan(segments.values), axis=1, kind="stable")
    values, theirs = segments.values[at(order)], limits.at(order)
    is_point = ~np.isnan(values)
    points = np.count_nonzero(is_point, axis=1)
    marks, ways = signals(values, theirs, slack)
    sides = sides_of(values, theirs, slack)
    moved, goes_on = _moved(marks, sides, points)
    last = np.maximum(points - 1, 0)[:, None]
    is_late = np.arange(values.shape[1]) > last - IN_A_ROW
    is_outside = (marks[Signal.OUTSIDE] & is_late).any(axis=1)
    is_calm = ~is_outside & (ways[at(last)][:, 0] == 0)
    lower = np.fmin.reduce(np.where(is_point, theirs.lower, np.nan), axis=1)
    upper = np.fmax.reduce(np.where(is_point, theirs.upper, np.nan), axis=1)
    return _Stretch(moved, points - moved, goes_on, is_calm, lower, upper)


def _moved(marks: Marks, sides: Signs, points: Signs) -> tuple[Signs, Flags]:
    """Return how many points come before the level that each process has now.

    A run that goes on (the second answer) is that level; after one that is over, what
    follows it is. The top of a trend is where a level begins.
    """
    position = np.arange(sides.shape[1])
    is_new = np.ones(sides.shape, dtype=bool)
    is_new[:, 1:] = sides[:, 1:] != sides[:, :-1]
    begun = np.maximum.accumulate(np.where(is_new, position, 0), axis=1)
    run_end, trend_end = (
        np.where(marks[rule], position, -1).max(axis=1, initial=-1)
        for rule in (Signal.SHIFT, Signal.TREND)
    )
    goes_on = (run_end == points - 1) & (run_end >= 0)
    of_run = begun[at(np.maximum(run_end, 0)[:, None])][:, 0]
    return np.where(goes_on, of_run, np.maximum(run_end + 1, trend_end)), goes_on
