"""A region among the others: yearly public values and places."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.outcome.benchmark import benchmark_caveat, benchmark_value
from app.queries.benchmarks import BenchmarkRow
from app.words import headings
from app.words.language import gettext as _
from kpi.definitions import Indicator
from kpi.model import Kind
from kpi.vocabulary import NATION


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One region's value and place in words; which ones are the unit's own."""

    region: str
    value: str
    place: str
    is_own: bool


def newest(rows: Sequence[BenchmarkRow]) -> list[BenchmarkRow]:
    """Return the rows of the last year there is, in the order given."""
    return [row for row in rows if row.year == rows[-1].year]


def near(rows: Sequence[BenchmarkRow], own_region: str | None) -> list[BenchmarkRow]:
    """Return Riket, the best region, the own one and those placed beside it.

    Args:
        rows: Of one year, the best first.
        own_region: Its id; None if the unit lies in none.
    """
    own_rank = next(
        (
            benchmark.rank
            for benchmark in rows
            if benchmark.kolada_region_id == own_region
        ),
        None,
    )
    places = {1} | ({own_rank - 1, own_rank, own_rank + 1} if own_rank else set())
    return [
        row
        for row in rows
        if row.kolada_region_id in (NATION, own_region) or row.rank in places
    ]


def public_lines(
    indicator: Indicator, rows: Sequence[BenchmarkRow], own_region: str | None
) -> list[PublicLine]:
    """Return public values in words, in the order given."""
    return [
        PublicLine(
            str(headings.NATION) if row.kolada_region_id == NATION else row.region,
            benchmark_value(indicator, row),
            headings.rank(row.rank, row.regions) if row.rank else "",
            row.kolada_region_id == own_region,
        )
        for row in rows
    ]


def rank_words(rows: Sequence[BenchmarkRow], own_region: str | None) -> list[str]:
    """Return the region's place in earlier years, the latest first."""
    return [
        f"{row.region}: {headings.rank(row.rank, row.regions)} ({row.year})"
        for row in reversed(rows)
        if row.kolada_region_id == own_region
        and row.rank is not None
        and row.year < rows[-1].year
    ]


def remark(indicator: Indicator) -> str:
    """Return what to know of the values; empty for nothing."""
    if indicator.kind is Kind.RANK:
        return _("Värdet är det index som placeringen bygger på, inte placeringen.")
    return benchmark_caveat(indicator)
