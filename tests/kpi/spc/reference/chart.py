"""A chart in plain Python, one point after the other, as a second opinion on `kpi.spc`.

Excluded points are neither part of the limits nor of a run; like all points, they are
compared with the limits (as in qicharts2).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.model import Direction
from kpi.spc.points import (
    Assurance,
    ChartKind,
    Limits,
    Point,
    Series,
    Signal,
    Variation,
    Way,
)
from tests.kpi.spc.reference.assurance import assurance_now
from tests.kpi.spc.reference.limits import half_a_case, segment_limits
from tests.kpi.spc.reference.rules import (
    Marks,
    outside,
    runs_of,
    sides_of,
    signals,
    slack_of,
)
from tests.kpi.spc.reference.runs import Runs, can_be_tested, far_out, runs

FEWEST_FOR_LIMITS = 13
"""Measured points below which NHSRplotthedots warns that limits are a first try."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a chart between two breaks.

    Attributes:
        start: Position of its first point.
        stop: The position after its last.
        measured: How many of its points have a value and are not excluded.
        runs: The runs about the median, in a run chart only.
        is_judged: Whether there is anything to judge it by.
        has_few_cases: Whether its counts are of few cases.
    """

    start: int
    stop: int
    measured: int
    runs: Runs | None
    is_judged: bool = True
    has_few_cases: bool = False

    @property
    def is_short(self) -> bool:
        """Whether the limits rest on few points."""
        return self.measured < FEWEST_FOR_LIMITS


@dataclass(frozen=True, slots=True)
class Chart:
    """A charted series.

    Attributes:
        kind: How it is charted.
        points: One for each position of the series.
        segments: At least one.
        last: Position of the last point that has a value and is not excluded; None if
            there is none.
        variation: What the last point says; None without one, and where nothing can
            be judged.
        assurance: What the target can expect; see `assurance_now`.
    """

    kind: ChartKind
    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    last: int | None
    variation: Variation | None
    assurance: Assurance | None
    has_kept_median: bool = False


def control_chart(
    kind: ChartKind,
    series: Series,
    direction: Direction,
    target: float | None = None,
    is_screened: bool = True,
) -> Chart:
    """Chart a series.

    Args:
        kind: Any kind but none; see `kpi.spc.choice`.
        series: In the indicator's unit, in time order.
        direction: Which way is better.
        target: The last target, in the same unit; None if there is none.
        is_screened: Whether unusually large moving ranges are left out of the limits.

    Raises:
        ValueError: the series lacks what the chart is made of.

    Source:
        Variation as in NHSRplotthedots, by the last point.
    """
    points: list[Point] = []
    segments: list[Segment] = []
    last, ending = None, (0, 0)
    for start, stop in series.spans:
        limits = segment_limits(kind, series, start, stop, is_screened)
        tested = [
            at
            for at in range(start, stop)
            if series.values[at] is not None and at not in series.excluded
        ]
        values = [series.values[at] for at in tested]
        theirs = [limits[at - start] for at in tested]
        half = half_a_case(kind, series, start, stop)
        if kind is ChartKind.RUN:
            marks, ways, found = _run_signals(values, theirs)
            sides = sides_of(values, theirs, slack_of(values))
            is_judged = can_be_tested(sides[: series.baseline], any(sides))
        else:
            beside = [half[at - start] for at in tested]
            (marks, ways), found = signals(values, theirs, beside), None
            is_judged = any(one.upper is not None for one in limits)
        if not is_judged:
            marks, ways = [()] * len(values), [None] * len(values)
        if kind is ChartKind.RUN:
            marks, ways = _with_far_out(values, theirs, marks, ways)
        segments.append(Segment(start, stop, len(tested), found, is_judged, any(half)))
        marked = dict(zip(tested, zip(marks, ways, strict=True), strict=True))
        slack = slack_of(values)
        for at in range(start, stop):
            value, limit = series.values[at], limits[at - start]
            if value is None:
                points.append(Point(None, limit, (), None, None))
                continue
            mark, way = marked.get(at) or _of_excluded(value, limit, slack)
            variation = variation_of(way, direction) if is_judged else None
            if mark == (Signal.FAR_OUT,):
                variation = Variation.FAR_OUT
            points.append(Point(value, limit, mark, way, variation))
        if tested:
            last, ending = tested[-1], (start, stop)
    ended = None if last is None else points[last]
    return Chart(
        kind,
        tuple(points),
        tuple(segments),
        last,
        ended and ended.variation,
        assurance_now(kind, series, *ending, target, direction, is_screened),
        series.baseline is not None,
    )


def _of_excluded(
    value: float, limits: Limits, slack: float
) -> tuple[tuple[Signal, ...], Way | None]:
    way = outside(value, limits, slack)
    return ((Signal.OUTSIDE,) if way else ()), way


def _run_signals(
    values: Sequence[float], limits: Sequence[Limits]
) -> tuple[Marks, list[Way | None], Runs | None]:
    """Return the signals of a run chart.

    A run that is too long is marked as such. Too few crossings say that the series has
    moved between levels; the last run is marked, as it is the level it is at now.
    """
    slack = slack_of(values)
    sides = sides_of(values, limits, slack)
    found = runs(sides)
    marks: Marks = [()] * len(values)
    ways: list[Way | None] = [None] * len(values)
    if found is None or not found.is_signal:
        return marks, ways, found
    useful = [at for at, side in enumerate(sides) if side]
    lasting = runs_of([sides[at] for at in useful])
    for number, (side, start, stop) in enumerate(lasting, 1):
        mark = []
        if stop - start > found.longest_usual:
            mark.append(Signal.LONG_RUN)
        if number == len(lasting) and found.has_too_few_crossings:
            mark.append(Signal.FEW_CROSSINGS)
        if mark:
            for at in range(useful[start], useful[stop - 1] + 1):
                marks[at] = tuple(mark)
                ways[at] = Way.UP if side > 0 else Way.DOWN
    return marks, ways, found


def _with_far_out(
    values: Sequence[float],
    limits: Sequence[Limits],
    marks: Marks,
    ways: list[Way | None],
) -> tuple[Marks, list[Way | None]]:
    """Return marks and ways with those of values far from the others."""
    differences = [
        value - (limit.centre or 0.0)
        for value, limit in zip(values, limits, strict=True)
    ]
    far = far_out(differences, slack_of(values))
    return (
        [
            (*mark, Signal.FAR_OUT) if is_far else mark
            for mark, is_far in zip(marks, far, strict=True)
        ],
        [
            (Way.UP if difference > 0 else Way.DOWN) if is_far and way is None else way
            for way, is_far, difference in zip(ways, far, differences, strict=True)
        ],
    )


def variation_of(way: Way | None, direction: Direction) -> Variation:
    """Say whether a signal is for the better or the worse."""
    if way is None:
        return Variation.COMMON_CAUSE
    if direction is Direction.NEUTRAL:
        return Variation.NEUTRAL
    is_better = (way is Way.UP) == (direction is Direction.HIGHER)
    return Variation.IMPROVING if is_better else Variation.CONCERNING
