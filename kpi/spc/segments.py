"""Series as arrays: a row for each segment, so that many are charted as one is.

NaN stands for what is None in `kpi.spc.points`: nothing is more or less than it.
"""

from dataclasses import dataclass, replace
from math import nan
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from kpi.spc.points import Series

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Signs = NDArray[np.int64]
Words = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Process:
    """What limits hang on that is the same for every series; as in `Series`.

    Attributes:
        is_screened: Whether unusually large moving ranges are left out of the limits.
    """

    per: float = 100.0
    baseline: int | None = None
    lowest: float | None = None
    highest: float | None = None
    is_screened: bool = True

    @property
    def unfrozen(self) -> "Process":
        """The process with limits of all points."""
        return replace(self, baseline=None)

    @classmethod
    def of(cls, series: Series, is_screened: bool = True) -> Self:
        """Return what is known of a series."""
        known = series.per, series.baseline, series.lowest, series.highest
        return cls(*known, is_screened)


@dataclass(frozen=True, slots=True)
class Segments:
    """Parts of series between two breaks: a row for each, a column for each position.

    Attributes:
        values: NaN for a gap, and after the end of a segment.
        numerators: Counts behind the values; of no use where there are none.
        denominators: As the numerators.
        is_excluded: What neither centre, limits nor runs are made of.
    """

    values: Numbers
    numerators: Numbers
    denominators: Numbers
    is_excluded: Flags

    def __getitem__(self, rows: NDArray[np.intp] | Flags | slice) -> "Segments":
        return Segments(
            self.values[rows],
            self.numerators[rows],
            self.denominators[rows],
            self.is_excluded[rows],
        )

    def since(self, rows: NDArray[np.intp], measured: Signs) -> "Segments":
        """Return the segments, some without so many of their first measured points."""
        is_earlier = np.zeros(self.values.shape, dtype=bool)
        numbers = np.cumsum(~np.isnan(self.values[rows]), axis=1)
        is_earlier[rows] = numbers <= measured[:, None]
        return Segments(
            np.where(is_earlier, np.nan, self.values),
            self.numerators,
            self.denominators,
            self.is_excluded | is_earlier,
        )

    @property
    def tested(self) -> "Segments":
        """The segments with gaps where points are excluded."""
        values = np.where(self.is_excluded, np.nan, self.values)
        return Segments(values, self.numerators, self.denominators, self.is_excluded)

    @classmethod
    def of(cls, series: Series) -> Self:
        """Return the segments of one series, in their order."""
        width = max(stop - start for start, stop in series.spans)
        numbers = np.full((3, len(series.spans), width), nan)
        is_excluded = np.zeros(numbers.shape[1:], dtype=bool)
        parts = (series.values, series.numerators, series.denominators)
        for row, (start, stop) in enumerate(series.spans):
            for part, those in zip(numbers, parts, strict=True):
                if those:
                    part[row, : stop - start] = those[start:stop]
            for at in series.excluded:
                if start <= at < stop:
                    is_excluded[row, at - start] = True
        values, numerators, denominators = numbers
        return cls(values, numerators, denominators, is_excluded)


def at(positions: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return what picks some positions of each row out of an array."""
    return np.arange(len(positions))[:, None], positions


_NOTHING = np.zeros((1, 1))


class LimitsOfMany(NamedTuple):
    """As `kpi.spc.points.Limits`, for segments (rows) and positions (columns).

    There is but one column where every position of a segment has the same. `beside` is
    how near the centre a point may lie and still be on no side of it.
    """

    centre: Numbers
    lower: Numbers
    upper: Numbers
    near_lower: Numbers
    near_upper: Numbers
    beside: Numbers = _NOTHING

    def at(self, positions: NDArray[np.intp]) -> "LimitsOfMany":
        """Return those of some positions of each segment."""
        places = at(positions)
        return LimitsOfMany(
            *(limit if limit.shape[1] == 1 else limit[places] for limit in self)
        )
