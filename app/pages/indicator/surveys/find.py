"""A region's place in a national survey: spread of the regions, and the next place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from app.queries.benchmarks import BenchmarkRow
from kpi.alphabet import swedish
from kpi.definitions import Indicator
from kpi.measures import RowsMeasure
from kpi.vocabulary import NATION

_FEWEST_REGIONS = 11
"""More than half of the 21: the spread of fewer is not that of the country."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The regions' values of a year."""

    year: int
    regions: int
    lowest: float
    median: float
    highest: float


@dataclass(frozen=True, slots=True)
class Place:
    """A region among the others.

    Attributes:
        ranked: Its value and rank.
        next: The regions at the nearest better place, or, of the first, those at the
            nearest worse one; empty if it is the only one ranked.
        gap: How far it is to them, never negative.
    """

    ranked: BenchmarkRow
    next: tuple[BenchmarkRow, ...]
    gap: float


def dimension_of(indicator: Indicator) -> str | None:
    """Return which dimension of a survey an indicator is; None if it is of none."""
    measure = indicator.measure
    if not isinstance(measure, RowsMeasure) or measure.dataset != "prem":
        return None
    written = measure.where.get("dimension")
    return written if isinstance(written, str) else None


def of_year(rows: Iterable[BenchmarkRow], until: int) -> list[BenchmarkRow]:
    """Return the values of the last year there are any of, not after this one."""
    known = [row for row in rows if row.year <= until]
    newest = max((row.year for row in known), default=None)
    return [row for row in known if row.year == newest]


def spread(rows: Sequence[BenchmarkRow]) -> Spread | None:
    """Return the spread of the regions in one year; None if too few have a value."""
    values = [row.value for row in rows if row.kolada_region_id != NATION]
    if len(values) < _FEWEST_REGIONS:
        return None
    return Spread(
        rows[0].year,
        len(values),
        min(values),
        median(values),
        max(values),
    )


def place(rows: Sequence[BenchmarkRow], region: str | None) -> Place | None:
    """Return the place of a region in one year; None if it has no rank."""
    ranked = {row.kolada_region_id: row for row in rows if row.rank is not None}
    own_place = ranked.get(region or "")
    if own_place is None:
        return None
    ranks = {row.rank or 0 for row in ranked.values()}
    better = [rank for rank in ranks if rank < (own_place.rank or 0)]
    worse = [rank for rank in ranks if rank > (own_place.rank or 0)]
    nearest = max(better) if better else min(worse, default=None)
    beside = sorted(
        (row for row in ranked.values() if row.rank == nearest),
        key=lambda row: swedish(row.region),
    )
    gap = abs(beside[0].value - own_place.value) if beside else 0.0
    return Place(own_place, tuple(beside), gap)
