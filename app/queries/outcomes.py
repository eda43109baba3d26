"""Outcomes and the public values beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    false,
    func,
    literal_column,
    or_,
    select,
)

from kpi import schema
from kpi.alphabet import swedish_sql
from kpi.assessment import Status
from kpi.period import PeriodKind

NATION = "0000"
"""Riket in Kolada."""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome as the build worked it out; see the comments in `kpi.schema`."""

    indicator: str
    unit: str
    period_kind: str
    period: str
    first_month: int
    last_month: int
    by: str
    by_value: str
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    target: float | None
    target_rule: str | None
    target_level: str | None
    status: str
    national_target: float | None
    national_rule: str | None
    national_status: str | None
    reason: str | None
    units_reporting: int | None
    units_expected: int | None
    has_predecessors: bool | None


@dataclass(frozen=True, slots=True)
class StatusRow:
    """The part of an outcome that a view of many units needs."""

    indicator: str
    unit: str
    period_kind: str
    period: str
    last_month: int
    status: str
    value: float | None
    lower: float | None
    upper: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Which periods to read for which indicators.

    Attributes:
        kind: The kind of period.
        indicators: Their ids.
        first_month: Of the last months of the periods, the first one.
        last_month: And the last one.
        only_measured: Whether rows that were not measured are left out.
    """

    kind: PeriodKind
    indicators: tuple[str, ...]
    first_month: int
    last_month: int
    only_measured: bool = False


@dataclass(frozen=True, slots=True)
class BenchmarkRow:
    """A region's yearly value in Kolada; rank 1 is best, None for Riket."""

    indicator: str
    kpi: str
    kolada_region_id: str
    region: str
    year: int
    value: float
    rank: int | None
    regions: int | None


_OUTCOME = tuple(schema.outcome.c[field.name] for field in fields(OutcomeRow))
_STATUS = tuple(schema.outcome.c[field.name] for field in fields(StatusRow))
_BENCHMARK = tuple(schema.benchmark.c[field.name] for field in fields(BenchmarkRow))


def outcomes_within(
    connection: Connection,
    build_id: str,
    spans: Iterable[Span],
    units: Sequence[str] | None = None,
) -> list[OutcomeRow]:
    """Return totals within the spans, oldest first; of all units if none are named."""
    statement = _totals(select(*_OUTCOME), build_id, spans, units)
    return [OutcomeRow(*row) for row in connection.execute(statement).all()]


def statuses_within(
    connection: Connection,
    build_id: str,
    spans: Iterable[Span],
    units: Sequence[str] | None = None,
) -> list[StatusRow]:
    """Return the same as `outcomes_within`, with fewer columns."""
    statement = _totals(select(*_STATUS), build_id, spans, units)
    return [StatusRow(*row) for row in connection.execute(statement).all()]


def outcomes_of(
    connection: Connection,
    build_id: str,
    indicator: str,
    unit: str,
    by: Sequence[str] = ("",),
) -> list[OutcomeRow]:
    """Return an indicator's outcomes in one unit in all periods, oldest first.

    Args:
        connection: To the warehouse.
        build_id: The build to read.
        indicator: Its id.
        unit: Its id.
        by: Dimensions; the empty one is the total.
    """
    table = schema.outcome.c
    statement = (
        select(*_OUTCOME)
        .where(
            table.build_id == build_id,
            table.indicator == indicator,
            table.unit == unit,
            one_of(table.by, by),
        )
        .order_by(table.last_month, table.by_value)
    )
    return [OutcomeRow(*row) for row in connection.execute(statement).all()]


def outcomes_in(
    connection: Connection, build_id: str, indicator: str, period: str
) -> list[OutcomeRow]:
    """Return an indicator's totals in every unit in one period."""
    table = schema.outcome.c
    statement = select(*_OUTCOME).where(
        table.build_id == build_id,
        table.indicator == indicator,
        table.period == period,
        table.by == "",
    )
    return [OutcomeRow(*row) for row in connection.execute(statement).all()]


def parts_in(
    connection: Connection,
    build_id: str,
    indicator: str,
    unit: str,
    period: str,
    by: str,
) -> list[OutcomeRow]:
    """Return an indicator's outcomes by a dimension in one unit and period."""
    table = schema.outcome.c
    statement = (
        select(*_OUTCOME)
        .where(
            table.build_id == build_id,
            table.indicator == indicator,
            table.unit == unit,
            table.period == period,
            table.by == by,
        )
        .order_by(table.by_value)
    )
    return [OutcomeRow(*row) for row in connection.execute(statement).all()]


def newest_benchmarks(
    connection: Connection, build_id: str, regions: Sequence[str], until_year: int
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
            table.build_id == build_id,
            table.kolada_region_id.in_(regions),
            table.year <= until_year,
        )
        .subquery()
    )
    columns = [inner.c[field.name] for field in fields(BenchmarkRow)]
    statement = select(*columns).where(inner.c.newest == 1)
    return [BenchmarkRow(*row) for row in connection.execute(statement)]


def benchmarks_of(
    connection: Connection, build_id: str, indicator: str
) -> list[BenchmarkRow]:
    """Return every region's values of one indicator, oldest first, best first."""
    table = schema.benchmark.c
    statement = (
        select(*_BENCHMARK)
        .where(table.build_id == build_id, table.indicator == indicator)
        .order_by(table.year, table.rank, literal_column(swedish_sql("region")))
    )
    return [BenchmarkRow(*row) for row in connection.execute(statement)]


def _totals(
    statement: Select,
    build_id: str,
    spans: Iterable[Span],
    units: Sequence[str] | None,
) -> Select:
    table = schema.outcome.c
    statement = statement.where(
        table.build_id == build_id,
        table.by == "",
        or_(false(), *(_within(span) for span in spans)),
    )
    if units is not None:
        statement = statement.where(one_of(table.unit, units))
    return statement.order_by(table.last_month)


def _within(span: Span) -> ColumnElement[bool]:
    table = schema.outcome.c
    wanted = [
        table.period_kind == str(span.kind),
        table.last_month >= span.first_month,
        table.last_month <= span.last_month,
        table.indicator.in_(span.indicators),
    ]
    if span.only_measured:
        unmeasured = (Status.NOT_MEASURED, Status.NOT_REPORTED)
        wanted.append(table.status.not_in(unmeasured))
    return and_(*wanted)


def one_of(column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Say that a column has one of these values."""
    # DuckDB skips more of the table for one value than for a list of one.
    return column == values[0] if len(values) == 1 else column.in_(values)
