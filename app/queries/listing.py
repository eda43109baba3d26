"""Outcomes as long lists: what the API and the exports give out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from app.queries.outcomes import one_of
from app.queries.reader import Reader, Statement
from kpi import schema
from kpi.period import Period, PeriodKind

_OUTCOME = schema.outcome.c
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
    statement = _chosen(
        reader, select(func.count()).select_from(schema.outcome), choice
    )
    number: int = reader.connection.execute(statement).scalar_one()
    return number


def outcome_rows(reader: Reader, choice: Choice) -> Iterator[Row[*tuple[Any, ...]]]:
    """Ask for the chosen outcomes; yield them as rows of `OUTCOME_COLUMNS`.

    The question is put at once, so that it fails before anything has been sent; the
    rows are fetched as they are used, so that a long list needs little memory.
    """
    statement = _chosen(reader, select(*OUTCOME_COLUMNS), choice).order_by(
        _OUTCOME.indicator,
        _OUTCOME.unit,
        _OUTCOME.by_value,
        _OUTCOME.period_kind,
        _OUTCOME.first_month,
    )
    statement = statement.offset(choice.offset or None).limit(choice.limit)
    result = reader.connection.execute(statement.execution_options(stream_results=True))
    return (row for rows in result.partitions(_ROWS_A_FETCH) for row in rows)


def _chosen(reader: Reader, statement: Statement, choice: Choice) -> Statement:
    statement = statement.where(
        _OUTCOME.build_id == reader.build_id, _OUTCOME.by == choice.by
    )
    if choice.by_value is not None:
        statement = statement.where(_OUTCOME.by_value == choice.by_value)
    if choice.indicators:
        statement = statement.where(one_of(_OUTCOME.indicator, choice.indicators))
    if choice.units:
        statement = statement.where(one_of(_OUTCOME.unit, choice.units))
    if choice.periods:
        written = [str(period) for period in choice.periods]
        statement = statement.where(one_of(_OUTCOME.period, written))
    if choice.kinds:
        statement = statement.where(one_of(_OUTCOME.period_kind, choice.kinds))
    if choice.since:
        statement = statement.where(_OUTCOME.first_month >= choice.since.first)
    if choice.until:
        statement = statement.where(_OUTCOME.last_month <= choice.until.last)
    return statement
