"""Outcomes and the public values beside them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    and_,
    literal,
    or_,
    select,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.queries.reader import Reader, Statement
from app.queries.spans import Span, listed
from kpi import schema
from kpi.basis import BasisPart, basis_of
from kpi.charting import UNMEASURED
from kpi.tables import unit_key


class OutcomeRow(NamedTuple):
    """One outcome as the build worked it out; see the comments in `kpi.schema`.

    A named tuple, as all rows here: a page reads thousands.
    """

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
    is_whole: bool | None
    same_months_before: float | None
    reported_as: str | None
    reported_in: str | None = None
    ended_in: str | None = None
    ended_target: float | None = None
    ended_rule: str | None = None
    basis: str | None = None

    def rests_on(self) -> tuple[BasisPart, ...]:
        """Return what to know of the rows behind the outcome; empty for nothing."""
        return basis_of(self)


class StatusRow(NamedTuple):
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
    is_whole: bool | None = True


_OUTCOME = tuple(schema.outcome.c[name] for name in OutcomeRow._fields)


def outcomes_within(
    reader: Reader,
    spans: Iterable[Span],
    units: Sequence[str] | None = None,
) -> list[OutcomeRow]:
    """Return totals within the spans, oldest first; of all units if none are named."""
    statement = _totals(OutcomeRow, reader.build_id, spans, units)
    return _rows(reader, statement, OutcomeRow)


def statuses_within(
    reader: Reader,
    spans: Iterable[Span],
    units: Sequence[str] | None = None,
) -> list[StatusRow]:
    """Return the same as `outcomes_within`, with fewer columns."""
    statement = _totals(StatusRow, reader.build_id, spans, units)
    return _rows(reader, statement, StatusRow)


def outcomes_of(reader: Reader, indicator: str, unit: str) -> list[OutcomeRow]:
    """Return an indicator's totals in one unit in all periods, oldest first."""
    table = schema.unit_outcome.c
    known = _TOTAL | {"indicator": indicator, "unit": unit}
    statement = (
        select(*_columns(table, OutcomeRow, known))
        .where(
            table.build_id == reader.build_id,
            table.indicator == indicator,
            _of_units([unit]),
        )
        .order_by(*_oldest_first(table))
    )
    return _rows(reader, statement, OutcomeRow)


def totals_in(
    reader: Reader, indicators: Sequence[str], unit: str, periods: Sequence[str]
) -> list[OutcomeRow]:
    """Return totals of some indicators in one unit in some periods."""
    if not indicators or not periods:
        return []
    table = schema.unit_outcome.c
    known = _TOTAL | {"unit": unit}
    statement = select(*_columns(table, OutcomeRow, known)).where(
        table.build_id == reader.build_id,
        one_of(table.indicator, indicators),
        one_of(table.period, periods),
        _of_units([unit]),
    )
    return _rows(reader, statement, OutcomeRow)


def parts_of(reader: Reader, indicator: str, unit: str, by: str) -> list[OutcomeRow]:
    """Return an indicator's outcomes by a dimension in one unit, oldest first."""
    table = schema.outcome.c
    known = {"indicator": indicator, "unit": unit, "by": by}
    statement = (
        select(*_columns(table, OutcomeRow, known))
        .where(
            table.build_id == reader.build_id,
            table.indicator == indicator,
            table.unit == unit,
            table.by == by,
        )
        .order_by(*_oldest_first(table), table.by_value)
    )
    return _rows(reader, statement, OutcomeRow)


def outcomes_in(reader: Reader, indicator: str, period: str) -> list[OutcomeRow]:
    """Return an indicator's totals in every unit in one period."""
    table = schema.outcome.c
    known = _TOTAL | {"indicator": indicator, "period": period}
    statement = select(*_columns(table, OutcomeRow, known)).where(
        table.build_id == reader.build_id,
        table.indicator == indicator,
        table.period == period,
        table.by == "",
    )
    return _rows(reader, statement, OutcomeRow)


def parts_in(
    reader: Reader,
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
            table.build_id == reader.build_id,
            table.indicator == indicator,
            table.unit == unit,
            table.period == period,
            table.by == by,
        )
        .order_by(table.by_value)
    )
    return _rows(reader, statement, OutcomeRow)


def totals_and_parts(
    reader: Reader,
    indicators: Sequence[str],
    units: Sequence[str],
    periods: Sequence[str],
    by: str,
) -> list[OutcomeRow]:
    """Return outcomes of several units and periods, whole and by a dimension."""
    table = schema.outcome.c
    statement = (
        select(*_OUTCOME)
        .where(
            table.build_id == reader.build_id,
            table.indicator.in_(indicators),
            table.unit.in_(units),
            table.period.in_(periods),
            table.by.in_(["", by]),
        )
        .order_by(*_oldest_first(table), table.indicator, table.unit, table.by_value)
    )
    return _rows(reader, statement, OutcomeRow)


def _totals(
    kind: type[OutcomeRow] | type[StatusRow],
    build_id: str,
    spans: Iterable[Span],
    units: Sequence[str] | None,
) -> Statement:
    outcomes = schema.outcome if units is None else schema.unit_outcome
    table = outcomes.c
    wanted = list(spans)
    span = listed(wanted)
    statement = (
        select(*_columns(table, kind, _TOTAL))
        .join_from(
            outcomes,
            span,
            and_(
                span.c.indicator == table.indicator,
                span.c.period_kind == table.period_kind,
                table.last_month.between(span.c.first_month, span.c.last_month),
            ),
        )
        .where(
            table.build_id == build_id,
            # The spans are joined to what has been read: this is what is passed over.
            table.last_month
            >= min((asked_period.first_month for asked_period in wanted), default=0),
            table.last_month
            <= max((asked_period.last_month for asked_period in wanted), default=0),
            or_(~span.c.only_measured, table.status.not_in(UNMEASURED)),
        )
        .order_by(*_oldest_first(table))
    )
    if units is None:
        return statement.where(table.by == "")
    return statement.where(_of_units(units))


def outcomes_asked(units: Sequence[str], by: str) -> tuple[Table, ColumnElement[bool]]:
    """Return where the outcomes of units lie, and which of its rows they are.

    Totals of named units are read from `unit_outcome`, which has each unit's together.

    Args:
        units: Whose; of all if none are named.
        by: Dimension; empty for totals.
    """
    if units and not by:
        return schema.unit_outcome, _of_units(units)
    table = schema.outcome
    rows = table.c.by == by
    return table, and_(rows, one_of(table.c.unit, units)) if units else rows


def _of_units(units: Sequence[str]) -> ColumnElement[bool]:
    """Say whose rows of `unit_outcome` are wanted; the keys pass over all others."""
    table = schema.unit_outcome.c
    keys = [unit_key(unit) for unit in units]
    return and_(one_of(table.unit_key, keys), one_of(table.unit, units))


def _columns(
    table: ReadOnlyColumnCollection[str, Column[Any]],
    kind: type[NamedTuple],
    known: Mapping[str, str],
) -> list[ColumnElement[Any]]:
    """Return the columns of a row; what is known of every row is not read."""
    return [
        literal(known[name]).label(name) if name in known else table[name]
        for name in kind._fields
    ]


def _oldest_first(
    table: ReadOnlyColumnCollection[str, Column[Any]],
) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    # Of those that end together the longest last, as a year says more than its end.
    return table.last_month, table.first_month.desc()


_TOTAL = {"by": "", "by_value": ""}

_R = TypeVar("_R", OutcomeRow, StatusRow)


def _rows(reader: Reader, statement: Statement, kind: type[_R]) -> list[_R]:
    # Past SQLAlchemy's own rows, which take as long as reading from the database.
    return [
        kind._make(row)
        for row in reader.connection.execute(statement).cursor.fetchall()
    ]


def one_of(column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Return whether a column has one of the values."""
    # DuckDB skips more of the table for one value than for a list of one.
    return column == values[0] if len(values) == 1 else column.in_(values)
