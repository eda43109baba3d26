"""Both versions of the charts behind one surface, so that a test asks each of them.

The product charts many series at once, as arrays; the reference charts one, in plain
Python, slowly.
"""

from collections.abc import Sequence
from dataclasses import astuple, replace
from math import nan
from types import SimpleNamespace

import numpy as np
import pytest

from kpi.model import Direction, Kind
from kpi.spc import assurance, chart, choice, limits, rules
from kpi.spc import runs as runs_in_rows
from kpi.spc import segments as rows
from kpi.spc.points import ChartKind, Limits, Series, Signal, Way
from tests.kpi.spc.reference import assurance as plain_assurance
from tests.kpi.spc.reference import chart as plain_chart
from tests.kpi.spc.reference import choice as plain_choice
from tests.kpi.spc.reference import limits as plain_limits
from tests.kpi.spc.reference import rules as plain_rules
from tests.kpi.spc.reference.runs import runs as plain_runs

Version = SimpleNamespace
"""The functions of one of them."""

WAYS = {1: Way.UP, 0: None, -1: Way.DOWN}


def row(numbers: Sequence[float | None], kind: type = float) -> np.ndarray:
    """Return one row of an array."""
    return np.array([numbers], dtype=kind).reshape(1, -1)


def number(column: np.ndarray) -> float | None:
    """Return what stands in an array of one row."""
    [[only]] = column.tolist()
    return None if np.isnan(only) else only


def assurance_of(of, target, direction):
    levels = ([nan if one is None else one] for one in (of.lower, of.upper, target))
    [said] = assurance.assurances(*map(np.array, levels), direction)
    return said


def mean_moving_range(kept, is_screened=True):
    with np.errstate(invalid="ignore", divide="ignore"):
        return number(limits.mean_moving_ranges(row(kept), is_screened))


def sigma_z(counts, mean, single):
    parts, wholes = (row([one and one[at] for one in counts]) for at in (0, 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return number(limits.sigma_z(parts, wholes, row([mean]), row([single])))


def segment_limits(
    kind: ChartKind, series: Series, start: int, stop: int, is_screened: bool = True
) -> list[Limits]:
    part = replace(
        series,
        values=series.values[start:stop],
        numerators=series.numerators[start:stop],
        denominators=series.denominators[start:stop],
        breaks=(),
        excluded=frozenset(at - start for at in series.excluded if start <= at < stop),
    )
    drawn = chart.control_chart(kind, part, Direction.HIGHER, is_screened=is_screened)
    return [point.limits for point in drawn.points]


def signals(values, theirs):
    levels = rows.LimitsOfMany(
        *(
            row([getattr(one, name) for one in theirs])
            for name in rows.LimitsOfMany._fields[:5]
        )
    )
    marks, ways = rules.signals(row(values), levels, rules.slack_of(row(values)))
    return (
        [
            tuple(
                signal for signal in Signal if signal in marks and marks[signal][0, at]
            )
            for at in range(len(values))
        ],
        [WAYS[way] for way in ways[0].tolist()],
    )


def shifts(sides):
    return set(np.flatnonzero(rules.lasting(row(sides, int), rules.IN_A_ROW)).tolist())


def trends(values, slack=0.0):
    ways = rules.trends(row(values), slack)[0].tolist()
    return {at: WAYS[way] for at, way in enumerate(ways) if way}


def two_of_three(sides, near):
    marked = rules.two_of_three(row(sides, int), row(near, bool))
    return set(np.flatnonzero(marked).tolist())


def runs(sides):
    """Return the runs of one series in numbers; None if all is on the centre."""
    many = runs_in_rows.runs(row(sides, int))
    if not many.useful[0]:
        return None
    names = (
        *("above", "below", "useful", "longest", "longest_usual", "crossings"),
        *("crossings_usual", "is_too_long", "has_too_few_crossings", "is_signal"),
    )
    return SimpleNamespace(**{name: getattr(many, name)[0].item() for name in names})


def signal_share(sides: np.ndarray) -> float:
    """Return how many of many series have a run that is a signal."""
    return runs_in_rows.runs(sides).is_signal.mean()


def segments(series, drawn):
    """Return the segments of a chart, which the product has no use for."""
    found = []
    for start, stop in series.spans:
        points = [
            drawn.points[at]
            for at in range(start, stop)
            if series.values[at] is not None and at not in series.excluded
        ]
        sides = plain_rules.sides_of(
            [point.value for point in points], [point.limits for point in points], 0.0
        )
        of = runs(sides) if drawn.kind is ChartKind.RUN else None
        found.append(plain_chart.Segment(start, stop, len(points), of))
    return found


def varies_more(kind: Kind, counts) -> bool:
    parts, wholes = (row([one and one[at] for one in counts]) for at in (0, 1))
    return choice.varies_more(kind, parts, wholes)[0].item()


def assert_same(ours, theirs):
    """Hold two charts against each other, levels but for their last decimals."""
    for ours_of, theirs_of in zip(ours.points, theirs.points, strict=True):
        expected = pytest.approx(levels(theirs_of), rel=1e-12, abs=1e-12, nan_ok=True)
        assert levels(ours_of) == expected
        bare, other = (
            replace(point, limits=Limits()) for point in (ours_of, theirs_of)
        )
        assert bare == other
    names = ("kind", "last", "variation", "assurance")
    assert [getattr(ours, one) for one in names] == [
        getattr(theirs, one) for one in names
    ]


def levels(point):
    return [nan if level is None else level for level in astuple(point.limits)]


ARRAYS = Version(
    control_chart=chart.control_chart,
    assurance_of=assurance_of,
    variation_of=chart.variation_of,
    chart_choice=choice.chart_choice,
    varies_more=varies_more,
    mean_moving_range=mean_moving_range,
    segment_limits=segment_limits,
    sigma_z=sigma_z,
    signals=signals,
    shifts=shifts,
    trends=trends,
    two_of_three=two_of_three,
    runs=runs,
    signal_share=signal_share,
    segments=segments,
)
PLAIN = Version(
    control_chart=plain_chart.control_chart,
    assurance_of=plain_assurance.assurance_of,
    variation_of=plain_chart.variation_of,
    chart_choice=plain_choice.chart_choice,
    varies_more=plain_choice.varies_more,
    mean_moving_range=plain_limits.mean_moving_range,
    segment_limits=plain_limits.segment_limits,
    sigma_z=plain_limits.sigma_z,
    signals=plain_rules.signals,
    shifts=plain_rules.shifts,
    trends=plain_rules.trends,
    two_of_three=plain_rules.two_of_three,
    runs=plain_runs,
    signal_share=lambda sides: np.mean(
        [plain_runs(row).is_signal for row in sides.tolist()]
    ),
    segments=lambda series, drawn: drawn.segments,
)
both = pytest.mark.parametrize("spc", [ARRAYS, PLAIN], ids=["arrays", "plain"])
