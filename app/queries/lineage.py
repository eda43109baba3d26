"""From an outcome to the units, files and rows behind it.

The amounts come from `kpi.counting`, as in the roll-up, so that rows and outcome cannot
disagree. What identifies a person (case and contact ids, sex, age, county) is never
selected.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    func,
    select,
)

from app.queries.behind import Behind, Question
from app.queries.exact import exact_sum
from app.queries.loads import place_in_file
from app.queries.outcomes import OutcomeRow, outcomes_asked
from app.queries.reader import Reader, Statement
from app.queries.units import UnitRow
from app.queries.unknown import Unknown
from kpi import schema
from kpi.definitions import Indicator


@dataclass(frozen=True, slots=True)
class Sums:
    """What rows add up to.

    Attributes:
        rows: Rows that bear on the outcome, counted or not.
        counted: Of them, rows that are counted.
        masked: Of them, rows that the producer has masked.
        numerator: Their sum; None if no row has one.
        denominator: Their sum; None if the measure has none.
    """

    rows: int
    counted: int
    masked: int
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True)
class UnitSums:
    """What the rows of one unit itself add up to."""

    unit: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class LoadSums:
    """What the rows of one file add up to."""

    load_id: str
    file: str
    producer: str
    received_at: object
    sums: Sums


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of a file: what it adds to the outcome.

    Attributes:
        file: With its sheet where several of a workbook were read.
        place: The unit's id, or the region's name where the measure is a public one.
        under: The id in the file, where the unit has taken over from that one.
        when: The day or the period, as the file says.
        value: Where the row has no counts.
        details: As named in `DETAILS`, in that order; None where empty.
    """

    file: str
    row_number: int
    place: str
    under: str | None
    when: str
    is_counted: bool
    is_masked: bool
    numerator: float | None
    denominator: float | None
    value: float | None
    details: tuple[object, ...]


class UnknownOutcome(Unknown):
    """An outcome that the build does not have.

    Args:
        indicator: Whose outcome it would be; None if that is not known either.
        unit: The same.
    """

    def __init__(
        self, indicator: Indicator | None = None, unit: UnitRow | None = None
    ) -> None:
        super().__init__("")
        self.indicator = indicator
        self.unit = unit


def outcome_at(reader: Reader, question: Question) -> OutcomeRow | None:
    """Return the outcome itself; None if there is no such one."""
    outcomes = _outcomes(reader, question, [question.unit])
    return outcomes[0] if outcomes else None


def outcomes_at(
    reader: Reader, question: Question, units: Sequence[str]
) -> list[OutcomeRow]:
    """Return the same outcome of other units."""
    return _outcomes(reader, question, units) if units else []


def _outcomes(
    reader: Reader, question: Question, units: Sequence[str]
) -> list[OutcomeRow]:
    outcomes, rows = outcomes_asked(units, question.by)
    table = outcomes.c
    statement = select(*(table[name] for name in OutcomeRow._fields)).where(
        table.build_id == reader.build_id,
        table.indicator == question.indicator.id,
        table.period == str(question.period),
        rows,
        table.by_value == question.by_value,
    )
    return [OutcomeRow(*row) for row in reader.connection.execute(statement)]


def sums(reader: Reader, rows: Behind | None) -> Sums:
    """Return what all rows behind an outcome add up to."""
    if rows is None:
        return Sums(0, 0, 0, None, None)
    statement = _sums(rows)
    return _read_sums(reader.connection.execute(statement).one())


def unit_sums(reader: Reader, rows: Behind | None) -> list[UnitSums]:
    """Return what each unit's own rows add up to."""
    if rows is None:
        return []
    place = rows.place.label("place")
    statement = _sums(rows, place).group_by(place).order_by(place)
    return [
        UnitSums(row.place, _read_sums(row))
        for row in reader.connection.execute(statement)
    ]


def load_sums(reader: Reader, rows: Behind | None) -> list[LoadSums]:
    """Return what the rows of each file add up to, newest file first."""
    if rows is None:
        return []
    by_load = (
        _sums(rows, rows.facts.c.load_id).group_by(rows.facts.c.load_id).subquery()
    )
    load = schema.load
    statement = (
        select(load.c.file, load.c.producer, load.c.received_at, by_load)
        .join_from(load, by_load, by_load.c.load_id == load.c.load_id)
        .order_by(load.c.sequence.desc(), load.c.file)
    )
    return [
        LoadSums(row.load_id, row.file, row.producer, row.received_at, _read_sums(row))
        for row in reader.connection.execute(statement)
    ]


def fact_rows(
    reader: Reader,
    rows: Behind | None,
    *,
    only_counted: bool,
    first: int,
    most: int,
) -> list[FactRow]:
    """Return some of the rows behind an outcome, in the order of files and rows.

    Args:
        reader: What to read.
        rows: Those behind the outcome, from `behind`.
        only_counted: Leave out rows that bear on the measure but are not counted.
        first: How many rows to pass over.
        most: How many rows to return at most.
    """
    if rows is None:
        return []
    load = schema.load
    statement = (
        select(
            load.c.load_id,
            load.c.file,
            rows.facts.c.row_number,
            rows.place,
            rows.under,
            rows.when,
            rows.is_counted,
            rows.is_masked,
            rows.numerator,
            rows.denominator,
            rows.value,
            *rows.details,
        )
        .join_from(rows.facts, load, load.c.load_id == rows.facts.c.load_id)
        .where(rows.belongs)
        .order_by(load.c.sequence.desc(), load.c.file, rows.facts.c.row_number)
        .order_by(*rows.details)
        .offset(first or None)
        .limit(most)
    )
    if only_counted:
        statement = statement.where(rows.is_counted)
    # A type checker follows no star into a row of named fields.
    fact: Callable[..., FactRow] = FactRow
    place = place_in_file(reader)
    rows_read = map(tuple, reader.connection.execute(statement))
    return [
        fact(*place(*columns[:3]), *columns[3:11], columns[11:])
        for columns in rows_read
    ]


def _sums(rows: Behind, *keys: ColumnElement[Any]) -> Statement:
    usable = ~rows.is_masked
    return (
        select(
            *keys,
            func.count().label("rows"),
            func.count().filter(rows.is_counted).label("counted"),
            func.count().filter(rows.is_masked).label("masked"),
            exact_sum(rows.numerator, usable).label("numerator"),
            exact_sum(rows.denominator, usable).label("denominator"),
        )
        .select_from(rows.facts)
        .where(rows.belongs)
    )


def _read_sums(row: Any) -> Sums:
    return Sums(
        row.rows,
        row.counted,
        row.masked,
        _number(row.numerator),
        _number(row.denominator),
    )


def _number(amount: Decimal | float | None) -> float | None:
    # Sums of whole numbers come as Decimal.
    return None if amount is None else float(amount)
