"""The public values of regions beside outcomes."""

from typing import NamedTuple

from sqlalchemy import func, literal_column, select

from app.queries.kept import kept
from app.queries.reader import Reader
from kpi import schema
from kpi.alphabet import swedish_sql


class BenchmarkRow(NamedTuple):
    """A region's yearly value in Kolada; rank 1 is best, None for Riket."""

    indicator: str
    kpi: str
    kolada_region_id: str
    region: str
    year: int
    value: float
    rank: int | None
    regions: int | None


_BENCHMARK = tuple(schema.benchmark.c[name] for name in BenchmarkRow._fields)


@kept
def newest_benchmarks(
    reader: Reader, regions: tuple[str, ...], until_year: int
) -> list[BenchmarkRow]:
    """Return each indicator's newest value of each region, not after the year."""
    table = schema.benchmark.c
    newest = (
        func.row_number()
        .over(
            partition_by=(table.indicator, table.kolada_region_id),
            order_by=table.year.desc(),
        )
        .label("newest")
    )
    inner = (
        select(*_BENCHMARK, newest)
        .where(
            table.build_id == reader.build_id,
            table.kolada_region_id.in_(regions),
            table.year <= until_year,
        )
        .subquery()
    )
    columns = [inner.c[name] for name in BenchmarkRow._fields]
    statement = select(*columns).where(inner.c.newest == 1)
    return [BenchmarkRow._make(row) for row in reader.connection.execute(statement)]


def benchmarks_of(reader: Reader, indicator: str) -> list[BenchmarkRow]:
    """Return every region's values of one indicator, oldest first, best first."""
    table = schema.benchmark.c
    statement = (
        select(*_BENCHMARK)
        .where(table.build_id == reader.build_id, table.indicator == indicator)
        .order_by(table.year, table.rank, literal_column(swedish_sql("region")))
    )
    return [BenchmarkRow._make(row) for row in reader.connection.execute(statement)]
