"""Centre and limits of many series at once: arrays with a row for each of them.

As `kpi.spc.limits` has them of one series. NaN stands for what is None there: nothing
is more or less than it.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kpi.model import Direction, Kind
from kpi.spc.limits import LARGEST_RANGE, MEAN_RANGE, NELSON, WIDTH
from kpi.spc.points import OF_COUNTS, ChartKind

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Signs = NDArray[np.int64]
Words = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Process:
    """What all the series have in common; see `kpi.spc.points.Series`."""

    kind: Kind
    direction: Direction
    per: float = 100.0
    declared: ChartKind | None = None
    baseline: int | None = None
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True, slots=True)
class Segments:
    """The last segments of series: a row for each, a column for each position.

    Attributes:
        values: NaN for a gap, and after the end of a segment.
        numerators: Counts behind the values; of no use where there are none.
        denominators: As the numerators.
        is_counted: Of each series: whether its values are made of whole counts.
        targets: What each is held against; NaN without a target.
    """

    values: Numbers
    numerators: Numbers
    denominators: Numbers
    is_counted: Flags
    targets: Numbers

    def __getitem__(self, rows: NDArray[np.intp] | Flags) -> "Segments":
        return Segments(
            self.values[rows],
            self.numerators[rows],
            self.denominators[rows],
            self.is_counted[rows],
            self.targets[rows],
        )


class LimitsOfMany(NamedTuple):
    """As `kpi.spc.points.Limits`, for series (rows) and positions (columns)."""

    centre: Numbers
    lower: Numbers
    upper: Numbers
    near_lower: Numbers
    near_upper: Numbers

    def at(self, where: NDArray[np.intp]) -> "LimitsOfMany":
        """Return those of some positions of each series."""
        return LimitsOfMany(*(np.take_along_axis(one, where, axis=1) for one in self))


def limits_of(process: Process, kind: ChartKind, segments: Segments) -> LimitsOfMany:
    """Return centre and limits; as `kpi.spc.limits.segment_limits`."""
    values = segments.values
    baseline = values.shape[1] if process.baseline is None else process.baseline
    is_base = np.arange(values.shape[1]) < baseline
    if kind in OF_COUNTS:
        return _of_counts(process.per, kind, segments, is_base)
    kept = np.where(is_base, values, np.nan)
    mean = _means(kept)
    match kind:
        case ChartKind.RUN:
            found = _around(_medians(kept), np.full_like(mean, np.nan))
        case ChartKind.XMR:
            spread = WIDTH * _mean_moving_range(kept)
            found = _around(mean, spread, process.lowest, process.highest)
        case ChartKind.C:
            found = _around(mean, 3 * np.sqrt(mean), 0.0)
        case ChartKind.G:
            found = _around(mean, 3 * np.sqrt(mean * (mean + 1)), 0.0)
            found = found._replace(centre=_medians(kept))
        case ChartKind.T:
            even = kept ** (1 / NELSON)
            found = _around(_means(even), WIDTH * _mean_moving_range(even), 0.0)
            found = LimitsOfMany(*(np.maximum(one, 0.0) ** NELSON for one in found))
        case _:
            raise ValueError(f"a chart of the kind {kind} has no limits")
    return LimitsOfMany(*(np.broadcast_to(one[:, None], values.shape) for one in found))


def _around(
    centre: Numbers,
    spread: Numbers,
    lowest: float | None = None,
    highest: float | None = None,
) -> LimitsOfMany:
    lower, upper, near = centre - spread, centre + spread, 2 * spread / 3
    return LimitsOfMany(
        centre,
        lower if lowest is None else np.maximum(lower, lowest),
        upper if highest is None else np.minimum(upper, highest),
        centre - near,
        centre + near,
    )


def _of_counts(
    per: float, kind: ChartKind, segments: Segments, is_base: Flags
) -> LimitsOfMany:
    is_share = kind in (ChartKind.P, ChartKind.P_PRIME)
    known = counts_of(Kind.RATE, segments)
    parts, wholes = (np.where(is_base, one, np.nan) for one in known)
    mean, single = means_of(is_share, parts, wholes)
    factor = np.ones_like(mean)
    if kind in (ChartKind.P_PRIME, ChartKind.U_PRIME):
        factor = sigma_z_of(parts, wholes, mean, single)
    # A gap has limits too where its cases are known, but no point stands there.
    spread = 3 * per * (single * factor)[:, None] / np.sqrt(known[1])
    centre = np.broadcast_to(per * mean[:, None], spread.shape)
    return _around(centre, spread, 0.0, per if is_share else None)


def _means(kept: Numbers) -> Numbers:
    return np.nansum(kept, axis=1) / np.count_nonzero(~np.isnan(kept), axis=1)


def _medians(kept: Numbers) -> Numbers:
    number = np.count_nonzero(~np.isnan(kept), axis=1)[:, None]
    ordered = np.sort(kept, axis=1)  # NaN comes last
    low = np.take_along_axis(ordered, np.maximum(number - 1, 0) // 2, axis=1)
    high = np.take_along_axis(ordered, number // 2, axis=1)
    return (low + high)[:, 0] / 2


def counts_of(kind: Kind, segments: Segments) -> tuple[Numbers, Numbers]:
    """Return numerators and denominators; NaN where either is missing or nobody is."""
    if kind is Kind.COUNT:
        parts, wholes = segments.values, np.ones_like(segments.values)
    else:
        parts, wholes = segments.numerators, segments.denominators
    is_known = ~np.isnan(parts) & (wholes > 0)
    return np.where(is_known, parts, np.nan), np.where(is_known, wholes, np.nan)


def means_of(
    is_share: bool, parts: Numbers, wholes: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the mean of each series, and a single case's standard deviation."""
    mean = np.nansum(parts, axis=1) / np.nansum(wholes, axis=1)
    return mean, np.sqrt(mean * (1 - mean) if is_share else mean)


def sigma_z_of(
    parts: Numbers, wholes: Numbers, mean: Numbers, single: Numbers
) -> Numbers:
    """Return how much more they vary than counts; as `kpi.spc.limits.sigma_z`."""
    scores = (parts / wholes - mean[:, None]) * np.sqrt(wholes) / single[:, None]
    found = _mean_moving_range(scores, is_screened=False) / MEAN_RANGE
    return np.where(single == 0, 1.0, found)


def _mean_moving_range(kept: Numbers, is_screened: bool = True) -> Numbers:
    ranges = np.abs(np.diff(kept, axis=1))
    number = np.count_nonzero(~np.isnan(ranges), axis=1)
    mean = np.nansum(ranges, axis=1) / number
    if not is_screened:
        return mean
    usual = np.where(ranges < LARGEST_RANGE * mean[:, None], ranges, np.nan)
    fewer = np.count_nonzero(~np.isnan(usual), axis=1)
    total = np.nansum(usual, axis=1)
    return np.where(total > 0, total / fewer, mean)
