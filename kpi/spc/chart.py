"""Charts: limits, signals, what the last point says and what the target can expect.

Many series are charted at once, as arrays with a row for each segment. The chart of one
series has all its points; of many, only what the last point says.

Excluded points are neither part of the limits nor of a run; like all points, they are
compared with the limits (as in qicharts2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import isnan
from typing import NamedTuple

import numpy as np

from kpi.model import Direction, Kind
from kpi.spc.assurance import assurances_now
from kpi.spc.choice import chart_choices
from kpi.spc.false_alarms import Where, signal_probability
from kpi.spc.limits import limits_of, moving_ranges
from kpi.spc.points import (
    OF_COUNTS,
    Assurance,
    ChartKind,
    Limits,
    Point,
    Series,
    Signal,
    Variation,
    Way,
)
from kpi.spc.rules import IN_A_ROW, Marks, outside, signals, signs, slack_of
from kpi.spc.runs import (
    by_number,
    can_be_tested,
    far_out,
    last_signal_chances,
    run_signals,
    runs,
)
from kpi.spc.segments import (
    Flags,
    LimitsOfMany,
    Numbers,
    Process,
    Segments,
    Signs,
    Words,
    at,
)

_WAYS = {1: Way.UP, 0: None, -1: Way.DOWN}


@dataclass(frozen=True, slots=True)
class Chart:
    """A charted series.

    Attributes:
        kind: How it is charted.
        points: One for each position of the series.
        last: Position of the last point that has a value and is not excluded; None if
            there is none.
        variation: What the last point says; None without one, and where nothing can
            be judged: without limits, or with a median that most points lie on. Of a
            value that is far out it is said there too.
        assurance: What the target can expect; None for a neutral direction, without a
            target or limits, and of a process that is not stable now.
    """

    kind: ChartKind
    points: tuple[Point, ...]
    last: int | None
    variation: Variation | None
    assurance: Assurance | None


def control_chart(
    kind: ChartKind,
    series: Series,
    direction: Direction,
    target: float | None = None,
    is_screened: bool = True,
) -> Chart:
    """Chart one series.

    Args:
        kind: Any kind but none; see `kpi.spc.choice`.
        series: In the indicator's unit, in time order.
        direction: Which way is better.
        target: The last target, in the same unit; None if there is none.
        is_screened: Whether unusually large moving ranges are left out of the limits.

    Raises:
        ValueError: the series lacks what the chart is made of.

    Source:
        Variation as in NHSRplotthedots, by the last point. Assurance by the last target
        against limits as there, but only while they describe the process; see
        `kpi.spc.assurance`.
    """
    if kind in OF_COUNTS and len(series.numerators) < len(series.values):
        raise ValueError(f"a chart of the kind {kind} needs counts")
    measured = [value for value in series.values if value is not None]
    least = min(measured, default=0)
    if kind in (ChartKind.C, ChartKind.G, ChartKind.T) and least < 0:
        raise ValueError(f"expected values of 0 or more, got {least}")
    segments, process = Segments.of(series), Process.of(series, is_screened)
    is_tested = ~np.isnan(segments.values) & ~segments.is_excluded
    with np.errstate(invalid="ignore", divide="ignore"):
        limits = limits_of(process, kind, segments)
        signalled = _signals_of_all(kind, process, segments.values, is_tested, limits)
    points = _points(series, direction, limits, signalled)
    tested = (
        at
        for at, value in enumerate(series.values)
        if value is not None and at not in series.excluded
    )
    last = max(tested, default=None)
    if last is None:
        return Chart(kind, points, None, None, None)
    targets = np.array([np.nan if target is None else target])
    ending = segments.tested[
        np.array([sum(break_ <= last for break_ in series.breaks)])
    ]
    with np.errstate(invalid="ignore", divide="ignore"):
        [assurance] = assurances_now(kind, process, ending, targets, direction)
    return Chart(kind, points, last, points[last].variation, assurance)


class _Signalled(NamedTuple):
    """What segments signal.

    Attributes:
        marks: Which points each rule marks.
        ways: Where the first signal of each point goes.
        is_judged: Of each segment: whether there is anything to judge it by.
    """

    marks: Marks
    ways: Signs
    is_judged: Flags


def _signals_of_all(
    kind: ChartKind,
    process: Process,
    values: Numbers,
    is_tested: Flags,
    limits: LimitsOfMany,
) -> _Signalled:
    """Return every position's signals."""
    if is_tested.all():
        return _signals(kind, process, values, limits)
    order = np.argsort(~is_tested, axis=1, kind="stable")
    tested = np.where(is_tested, values, np.nan)[at(order)]
    marks, ways, is_judged = _signals(kind, process, tested, limits.at(order))
    back = at(np.argsort(order, axis=1))
    marks = {signal: is_marked[back] for signal, is_marked in marks.items()}
    beyond = outside(values, limits, slack_of(tested))
    marks[Signal.OUTSIDE] = beyond != 0
    return _Signalled(marks, np.where(beyond, beyond, ways[back]), is_judged)


def _signals(
    kind: ChartKind, process: Process, tested: Numbers, limits: LimitsOfMany
) -> _Signalled:
    slack = slack_of(tested)
    if kind is ChartKind.RUN:
        sides = signs(tested - limits.centre, slack)
        marks, ways = run_signals(runs(sides))
        is_judged = can_be_tested(sides, process.baseline)
    else:
        marks, ways = signals(tested, limits, slack)
        is_judged = has_limits(limits)
    marks = {rule: marked & is_judged[:, None] for rule, marked in marks.items()}
    ways = np.where(is_judged[:, None], ways, 0)
    if kind is ChartKind.RUN:
        marks[Signal.FAR_OUT] = far_out(tested - limits.centre, slack)
        ways = np.where(marks[Signal.FAR_OUT] & (ways == 0), sides, ways)
    return _Signalled(marks, ways, is_judged)


def has_limits(limits: LimitsOfMany) -> Flags:
    """Say of each segment whether it has any; none are without a moving range."""
    is_unknown: Flags = np.isnan(limits.upper)
    return np.logical_not(is_unknown.all(axis=1))


def _points(
    series: Series,
    direction: Direction,
    limits: LimitsOfMany,
    signalled: _Signalled,
) -> tuple[Point, ...]:
    marks, ways, is_judged = signalled
    every = [
        (signal, marks[signal].tolist())
        for signal in Signal
        if signal in marks and marks[signal].any()
    ]
    variations = {way: variation_of(way, direction) for way in _WAYS.values()}
    segments = zip(
        series.spans,
        _limits_of_points(limits, ways.shape[1]),
        ways.tolist(),
        is_judged.tolist(),
        strict=True,
    )
    points = []
    for row, ((start, stop), levels, numbers, can_tell) in enumerate(segments):
        for position, value in enumerate(series.values[start:stop]):
            if value is None:
                points.append(Point(None, levels[position], (), None, None))
                continue
            way = _WAYS[numbers[position]]
            why = tuple(name for name, marked in every if marked[row][position])
            variation = variations[way] if can_tell else None
            if why == (Signal.FAR_OUT,):
                variation = Variation.FAR_OUT
            points.append(Point(value, levels[position], why, way, variation))
    return tuple(points)


def _limits_of_points(limits: LimitsOfMany, width: int) -> Iterator[list[Limits]]:
    levels = (
        [[None if isnan(at) else at for at in row] for row in level.tolist()]
        for level in np.broadcast_arrays(*limits[:5])
    )
    for row in zip(*levels, strict=True):
        points = [Limits(*point) for point in zip(*row, strict=True)]
        yield points * width if len(points) == 1 else points


def variation_of(way: Way | None, direction: Direction) -> Variation:
    """Say whether a signal is for the better or the worse."""
    if way is None:
        return Variation.COMMON_CAUSE
    if direction is Direction.NEUTRAL:
        return Variation.NEUTRAL
    is_better = (way is Way.UP) == (direction is Direction.HIGHER)
    return Variation.IMPROVING if is_better else Variation.CONCERNING


@dataclass(frozen=True, slots=True)
class LastPoints:
    """What the charts say, an element for each series.

    Attributes:
        chart: Words of `ChartKind`.
        why: Words of `kpi.spc.choice.Why`.
        variation: Words of `Variation`, of the last point; None without a chart, and
            where there is nothing to judge it by.
        assurance: Words of `Assurance`; None where nothing can be said.
        false_alarms: How probable a signal at the last point is by chance alone; 0
            where it is not judged.
        points: Measured points of the segment.
    """

    chart: Words
    why: Words
    variation: Words
    assurance: Words
    false_alarms: Numbers
    points: Signs


def last_points(
    kind: Kind,
    direction: Direction,
    process: Process,
    segments: Segments,
    is_counted: Flags,
    targets: Numbers,
    declared: ChartKind | None = None,
) -> LastPoints:
    """Chart series and return what each says of its last measured point.

    Args:
        kind: How the indicator's value comes out of its counts.
        direction: Which way is better.
        process: What limits hang on.
        segments: The last of each series, without excluded points.
        is_counted: Of each: whether its values are made of whole counts.
        targets: What each is held against; NaN without a target.
        declared: The chart the definition asks for.
    """
    points = np.count_nonzero(~np.isnan(segments.values), axis=1)
    ranges = moving_ranges(process, segments)
    charts, whys = chart_choices(
        kind, segments, is_counted, points, ranges, declared, baseline=process.baseline
    )
    variations, words = (np.full(len(points), None, dtype=object) for _ in range(2))
    chances = np.zeros(len(points))
    every = [variation_of(_WAYS[way], direction) for way in (-1, 0, 1)]
    for chart in set(charts) - {ChartKind.NONE}:
        rows = np.flatnonzero(charts == chart)
        charted = segments[rows]
        with np.errstate(invalid="ignore", divide="ignore"):
            ways, chance, is_judged, is_far = _last_of(
                chart, process, charted, points[rows]
            )
            words[rows] = assurances_now(
                chart, process, charted, targets[rows], direction
            )
        variations[rows[is_judged]] = np.array(every, dtype=object)[ways[is_judged] + 1]
        variations[rows[is_far]] = Variation.FAR_OUT
        chances[rows] = np.where(is_judged, chance, 0)
    return LastPoints(charts, whys, variations, words, chances, points)


def _last_of(
    kind: ChartKind, process: Process, segments: Segments, points: Signs
) -> tuple[Signs, Numbers, Flags, Flags]:
    """Return what there is to say of last points.

    Returns:
        Where they are signalled to go, by what chance, if they can be judged, and
        whether they are far out, and nothing else.
    """
    limits, slack = limits_of(process, kind, segments), slack_of(segments.values)
    order = np.argsort(np.isnan(segments.values), axis=1, kind="stable")
    if kind is ChartKind.RUN:
        differences = segments.values[at(order)] - limits.centre
        sides, last = signs(differences, slack), (np.arange(len(points)), points - 1)
        is_judged = can_be_tested(sides, process.baseline)
        ways = np.where(is_judged, run_signals(runs(sides))[1][last], 0)
        is_far = far_out(differences, slack)[last] & (ways == 0)
        chances = last_signal_chances(sides, points, process.baseline)
        return ways, chances, is_judged, is_far
    seven = order[at(points[:, None] + np.arange(-IN_A_ROW, 0))]
    _, ways = signals(segments.values[at(seven)], limits.at(seven), slack)
    is_few = (limits.beside > 0).any(axis=1) & np.ones(len(points), dtype=bool)
    chances = np.zeros(len(points))
    for few in (False, True):
        rows = is_few == few
        chances[rows] = by_number(
            points[rows], partial(_last_chance, kind, has_few_cases=few)
        )
    is_judged = has_limits(limits)
    ways = np.where(is_judged, ways[:, -1], 0)
    return ways, chances, is_judged, np.zeros_like(is_judged)


def _last_chance(kind: ChartKind, points: int, has_few_cases: bool) -> float:
    return signal_probability(kind, points, Where.LAST, has_few_cases)
