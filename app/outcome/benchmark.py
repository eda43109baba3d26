"""Public values beside an outcome, in words."""

from app.queries.benchmarks import BenchmarkRow
from app.words import headings, text
from app.words.language import of
from kpi.definitions import Indicator
from kpi.vocabulary import NATION


def benchmark_words(indicator: Indicator, row: BenchmarkRow) -> str:
    """Return a public value in words: `Riket 47,0 % (2025)`."""
    region = headings.NATION if row.kolada_region_id == NATION else row.region
    return headings.benchmark(region, benchmark_value(indicator, row), row.year)


def benchmark_caveat(indicator: Indicator) -> str:
    """Return in what the public value is another measure; empty where it is not."""
    note = indicator.benchmark.note if indicator.benchmark else None
    return of(note) if note else ""


def benchmark_value(indicator: Indicator, row: BenchmarkRow) -> str:
    """Return a public value with its unit, if that is per cent."""
    if indicator.unit.sv == text.PER_CENT:
        return text.value(indicator, row.value, 1)
    return text.bare(indicator, row.value, 1)
