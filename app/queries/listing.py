"""Outcomes as long lists: what the API and the exports give out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, func, select

from app.queries.outcomes import one_of, outcomes_asked
from app.queries.reader import Reader
from kpi import schema
from kpi.period import Period, PeriodKind

_ROWS_A_FETCH = 2000

OUTCOME_COLUMNS = tuple(
    column for column in schema.outcome.columns if column.name != "build_id"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which outcomes of the build; empty and None choose all.

    Attributes:
        by: Dimension; empty for totals.
        by_value: Only this value of it; None for all.
    """

    indicators: Sequence[str] = ()
    units: Sequence[str] = ()
    periods: Sequence[Period] = ()
    since: Period | None = None
    until: Period | None = None
    by: str = ""
    by_value: str | None = None
    kinds: Sequence[PeriodKind] = ()
    limit: int | None = None
    offset: int = 0


def outcome_count(reader: Reader, choice: Choice) -> int:
    """Return how many outcomes were chosen, whatever the limit and offset."""
    table, rows = _chosen(reader, choice)
    statement = select(func.count()).select_from(table).where(rows)
    number: int = reader.connection.execute(statement).scalar_one()
    return number


def outcome_rows(reader: Reader, choice: Choice) -> Iterator[Row[*tuple[Any, ...]]]:
    """Ask for the chosen outcomes; yield them as rows of `OUTCOME_COLUMNS`.

    The question is put at once, so that it fails before anything has been sent; the
    rows are fetched as they are used, so that a long list needs little memory.
    """
    table, rows = _chosen(reader, choice)
    statement = (
        select(*(table.c[column.name] for column in OUTCOME_COLUMNS))
        .where(rows)
        .order_by(
            table.c.indicator,
            table.c.unit,
            table.c.by_value,
            table.c.period_kind,
            table.c.first_month,
        )
        .offset(choice.offset or None)
        .limit(choice.limit)
    )
    result = reader.connection.execute(statement.execution_options(stream_results=True))
    return (row for rows in result.partitions(_ROWS_A_FETCH) for row in rows)


def _chosen(reader: Reader, choice: Choice) -> tuple[Table, ColumnElement[bool]]:
    """Return the table to ask, and which of its rows were chosen."""
    table, rows = outcomes_asked(choice.units, choice.by)
    conditions = [table.c.build_id == reader.build_id, rows]
    if choice.by_value is not None:
        conditions.append(table.c.by_value == choice.by_value)
    if choice.indicators:
        conditions.append(one_of(table.c.indicator, choice.indicators))
    if choice.periods:
        written = [str(period) for period in choice.periods]
        conditions.append(one_of(table.c.period, written))
    if choice.kinds:
        conditions.append(one_of(table.c.period_kind, choice.kinds))
    if choice.since:
        conditions.append(table.c.first_month >= choice.since.first)
    if choice.until:
        conditions.append(table.c.last_month <= choice.until.last)
    return table, and_(*conditions)
