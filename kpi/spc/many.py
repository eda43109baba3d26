"""What the charts of many series say of their last points, all at once.

The rules are those of `kpi.spc.choice`, `rules`, `runs` and `chart`, which chart one
series with all its points; here is only the last point, in arrays with a row for each
series. `tests/kpi/spc/test_spc_many.py` holds one against the other.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kpi.model import Direction, Kind
from kpi.spc.chart import assurance_of, variation_of
from kpi.spc.choice import (
    FEWEST_FOR_CONTROL,
    FEWEST_FOR_RUNS,
    PLAIN,
    WIDER,
    Why,
    charts_that_fit,
    is_wider,
)
from kpi.spc.false_alarms import Where, signal_probability
from kpi.spc.many_limits import (
    Flags,
    LimitsOfMany,
    Numbers,
    Process,
    Segments,
    Signs,
    Words,
    counts_of,
    limits_of,
    means_of,
    sigma_z_of,
)
from kpi.spc.points import ChartKind, Limits, Way
from kpi.spc.rules import IN_A_ROW, SAME
from kpi.spc.runs import crossings_usual, false_signal_probability, longest_usual


@dataclass(frozen=True, slots=True)
class Said:
    """What the charts say, an element for each series.

    Attributes:
        chart: Words of `ChartKind`.
        why: Words of `kpi.spc.choice.Why`.
        variation: Words of `Variation`, of the last point; None without a chart.
        assurance: Words of `Assurance`; None where nothing can be said.
        false_alarms: How probable a signal at the last point is by chance alone.
        points: Measured points of the segment.
    """

    chart: Words
    why: Words
    variation: Words
    assurance: Words
    false_alarms: Numbers
    points: Signs


def last_points(process: Process, segments: Segments) -> Said:
    """Chart series and return what each says of its last measured point."""
    points = np.count_nonzero(~np.isnan(segments.values), axis=1)
    chart, why = _choices(process, segments, points)
    said = Said(chart, why, _none(points), _none(points), np.zeros(len(points)), points)
    for kind in set(chart) - {ChartKind.NONE}:
        rows = np.flatnonzero(chart == kind)
        _chart(process, kind, segments[rows], rows, said)
    return said


def _none(like: Signs) -> Words:
    return np.full(len(like), None, dtype=object)


def _choices(
    process: Process, segments: Segments, points: Signs
) -> tuple[Words, Words]:
    """Return the chart of each series, and why; as `kpi.spc.choice.chart_choice`."""
    chart, why = _none(points), _none(points)

    def choose(rows: Flags, kind: ChartKind, reason: Why) -> None:
        rows &= chart == None  # noqa: E711  element by element
        chart[rows], why[rows] = kind, reason

    every = np.ones(len(points), dtype=bool)
    if process.kind in (Kind.RANK, Kind.MILESTONE):
        choose(every, ChartKind.NONE, Why.NOT_A_PROCESS)
        return chart, why
    is_fit = np.array(
        [
            process.declared in charts_that_fit(process.kind, one)
            for one in (False, True)
        ]
    )[segments.is_counted.astype(int)]
    if process.declared in (ChartKind.NONE, ChartKind.RUN):
        is_long = points >= FEWEST_FOR_RUNS
        choose(is_fit & is_long, process.declared, Why.DECLARED)
    choose(points < FEWEST_FOR_RUNS, ChartKind.NONE, Why.TOO_FEW_POINTS)
    choose(points < FEWEST_FOR_CONTROL, ChartKind.RUN, Why.SHORT_SERIES)
    if process.declared:
        choose(is_fit.copy(), process.declared, Why.DECLARED)
    if process.kind not in PLAIN:
        choose(every, ChartKind.XMR, Why.NO_COUNTS)
        return chart, why
    choose(~segments.is_counted, ChartKind.XMR, Why.NO_COUNTS)
    rows = np.flatnonzero(chart == None)  # noqa: E711
    parts, wholes = counts_of(process.kind, segments[rows])
    is_rare, is_wide = np.zeros_like(every), np.zeros_like(every)
    is_rare[rows] = _is_rare(process.kind, parts, wholes)
    is_wide[rows] = _varies_more(process.kind, parts, wholes)
    choose(is_rare, ChartKind.RUN, Why.RARE_EVENTS)
    choose(is_wide, WIDER[process.kind], Why.VARIES_MORE)
    choose(every, PLAIN[process.kind], Why.VARIES_AS_COUNTS)
    return chart, why


def _is_rare(kind: Kind, parts: Numbers, wholes: Numbers) -> Flags:
    events, known = np.nansum(parts, axis=1), np.count_nonzero(~np.isnan(parts), axis=1)
    others = np.nansum(wholes - parts, axis=1)
    fewest = np.minimum(events, others) if kind is Kind.PROPORTION else events
    return (fewest > 0) & (fewest < known)


def _varies_more(kind: Kind, parts: Numbers, wholes: Numbers) -> Flags:
    known = np.count_nonzero(~np.isnan(parts), axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, single = means_of(kind is Kind.PROPORTION, parts, wholes)
        return is_wider(sigma_z_of(parts, wholes, mean, single), known)


def _chart(
    process: Process,
    kind: ChartKind,
    segments: Segments,
    rows: NDArray[np.intp],
    said: Said,
) -> None:
    """Chart series in one way, and put what they say in its place."""
    points = said.points[rows]
    order = np.argsort(np.isnan(segments.values), axis=1, kind="stable")
    values = np.take_along_axis(segments.values, order, axis=1)
    slack = SAME * np.nanmax(np.abs(values), axis=1)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        limits = limits_of(process, kind, segments)
        if kind is ChartKind.RUN:
            sides = _signs(values - limits.centre[:, :1], slack)
            ways, alarms = _run_signals(sides, points)
        else:
            recent = points[:, None] + np.arange(-IN_A_ROW, 0)
            where = np.take_along_axis(order, recent, axis=1)
            seven = np.take_along_axis(segments.values, where, axis=1)
            ways = _signals(seven, limits.at(where), slack)
            alarms = _by_number(
                points, lambda one: signal_probability(kind, one, Where.LAST)
            )
            said.assurance[rows] = _assurances(
                process.direction, limits.at(where[:, -1:]), segments.targets
            )
    said.variation[rows] = _variations(process.direction, ways)
    said.false_alarms[rows] = alarms


def _signs(differences: Numbers, slack: Numbers) -> Signs:
    return (differences > slack).astype(np.int64) - (differences < -slack)


def _signals(values: Numbers, limits: LimitsOfMany, slack: Numbers) -> Signs:
    """Return where the last of seven points is signalled to go: 1 up, -1 down, or 0.

    As `kpi.spc.rules.signals`.
    """
    is_above = values > limits.upper + slack
    is_below = ~is_above & (values < limits.lower - slack)
    is_beyond = values > limits.near_upper + slack
    is_beyond |= values < limits.near_lower - slack
    near = (is_beyond & ~is_above & ~is_below)[:, -3:]
    sides = _signs(values - limits.centre, slack)
    steps = _signs(np.diff(values, axis=1), slack).sum(axis=1)
    is_two_of_three = near[:, -1] & (near.sum(axis=1) >= 2)
    is_two_of_three &= np.abs(sides[:, -3:].sum(axis=1)) == 3
    is_shift = np.abs(sides.sum(axis=1)) == IN_A_ROW
    is_trend = np.abs(steps) == IN_A_ROW - 1
    return np.select(
        [is_above[:, -1], is_below[:, -1], is_trend, is_two_of_three | is_shift],
        [1, -1, np.sign(steps), sides[:, -1]],
        0,
    )


def _run_signals(sides: Signs, points: Signs) -> tuple[Signs, Numbers]:
    """Return the same of run charts, and how probable a signal is by chance alone.

    As `kpi.spc.runs.runs`; the last point is marked where it is of the last run.

    Args:
        sides: Of the measured points, which come first.
        points: How many are measured.
    """
    above, below = (sides > 0).sum(axis=1), (sides < 0).sum(axis=1)
    useful = above + below
    order = np.argsort(sides == 0, axis=1, kind="stable")
    packed = np.take_along_axis(sides, order, axis=1)
    run, crossings = np.zeros_like(useful), np.zeros_like(useful)
    for at in range(useful.max(initial=0)):
        is_within = at < useful
        is_same = packed[:, at] == packed[:, at - 1] if at else ~is_within
        run = np.where(is_within, np.where(is_same, run + 1, 1), run)
        crossings += is_within & ~is_same & (at > 0)
    usual = _by_number(useful, lambda one: longest_usual(one) if one else 0)
    is_signal = (run > usual) | (crossings < _by_number(useful, crossings_usual))
    last = np.take_along_axis(sides, points[:, None] - 1, axis=1)[:, 0]
    pairs, where = np.unique(np.stack([above, below]), axis=1, return_inverse=True)
    alarms = [false_signal_probability(int(one), int(two)) for one, two in pairs.T]
    return np.where(is_signal, last, 0), np.array(alarms)[where.ravel()]


def _by_number(numbers: Signs, of_one: Callable[[int], float]) -> Numbers:
    different, where = np.unique(numbers, return_inverse=True)
    return np.array([of_one(int(one)) for one in different])[where]


def _variations(direction: Direction, ways: Signs) -> Words:
    said = [variation_of(one, direction) for one in (Way.DOWN, None, Way.UP)]
    return np.array(said, dtype=object)[ways + 1]


def _assurances(direction: Direction, last: LimitsOfMany, targets: Numbers) -> Words:
    found = np.full(len(targets), None, dtype=object)
    lower, upper = last.lower[:, 0], last.upper[:, 0]
    for at in np.flatnonzero(~np.isnan(lower + upper + targets)):
        limits = Limits(lower=lower[at], upper=upper[at])
        found[at] = assurance_of(limits, targets[at], direction)
    return found
