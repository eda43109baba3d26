"""Rows that did not become facts, and rows that were corrected."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, func, select

from app.queries.kept import FEW, keeping
from app.queries.loads import in_build, place_in_file
from app.queries.reader import Reader
from kpi import schema
from kpi.datasets import PERSONAL, TELLS_OF_A_PERSON

_LOAD = schema.load.c
_ROWS_A_FETCH = 2000


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many rows of a dataset were rejected for a reason."""

    dataset: str
    reason: str
    files: int
    rows: int


@dataclass(frozen=True, slots=True)
class ProducerCount:
    """How many rows of a producer were rejected."""

    producer: str
    files: int
    rows: int


@dataclass(frozen=True, slots=True)
class RejectionRow:
    """One rejected row. Value and message are None where they are about a person.

    The file is named with its sheet where several of a workbook were read; the heading
    is what it calls the column where a mapping says so.
    """

    dataset: str
    producer: str
    file: str
    row_number: int
    column_name: str | None
    heading: str | None
    value: str | None
    reason: str
    message: str | None
    is_personal: bool

    @property
    def column_in_file(self) -> str | None:
        """What the file calls the column; None for the whole row."""
        return self.heading or self.column_name


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One declared correction in one file."""

    correction_id: str
    file: str
    column_name: str
    found: str | None
    corrected: str | None
    reason: str
    told: str
    rows: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """Which rejected rows to show; None for any."""

    dataset: str | None = None
    reason: str | None = None
    load_id: str | None = None
    producer: str | None = None


@keeping(FEW)
def unplaced_rows(reader: Reader, dataset: str | None = None) -> dict[str, int]:
    """Return how many rejected rows belong to no outcome, by dataset.

    Their unit, their time or what they measure cannot be read.
    """
    table = schema.unplaced.c
    statement = (
        select(table.dataset, func.sum(table.rows))
        .where(table.build_id == reader.build_id)
        .group_by(table.dataset)
        .order_by(table.dataset)
    )
    if dataset is not None:
        statement = statement.where(table.dataset == dataset)
    return {name: int(rows) for name, rows in reader.connection.execute(statement)}


@keeping(FEW)
def rejection_reasons(reader: Reader) -> list[ReasonCount]:
    """Return why rows were rejected and how often, the most frequent first."""
    rejection = schema.rejection.c
    rows = func.count()
    statement = (
        select(
            _LOAD.dataset,
            rejection.reason,
            func.count(rejection.load_id.distinct()),
            rows,
        )
        .join_from(schema.rejection, schema.load, _LOAD.load_id == rejection.load_id)
        .where(in_build(reader.build_id))
        .group_by(_LOAD.dataset, rejection.reason)
        .order_by(rows.desc(), _LOAD.dataset, rejection.reason)
    )
    return [ReasonCount(*row) for row in reader.connection.execute(statement)]


@keeping(FEW)
def rejecting_producers(reader: Reader) -> list[ProducerCount]:
    """Return whose rows were rejected and how many, the most first."""
    rejection = schema.rejection.c
    rows = func.count()
    statement = (
        select(_LOAD.producer, func.count(rejection.load_id.distinct()), rows)
        .join_from(schema.rejection, schema.load, _LOAD.load_id == rejection.load_id)
        .where(in_build(reader.build_id))
        .group_by(_LOAD.producer)
        .order_by(rows.desc(), _LOAD.producer)
    )
    return [ProducerCount(*row) for row in reader.connection.execute(statement)]


def _rejected(build_id: str, which: Rejected) -> ColumnElement[bool]:
    wanted = [in_build(build_id)]
    if which.dataset:
        wanted.append(_LOAD.dataset == which.dataset)
    if which.reason:
        wanted.append(schema.rejection.c.reason == which.reason)
    if which.load_id:
        wanted.append(_LOAD.load_id == which.load_id)
    if which.producer:
        wanted.append(_LOAD.producer == which.producer)
    return and_(*wanted)


def rejection_count(reader: Reader, which: Rejected) -> int:
    """Return how many rejected rows there are."""
    statement = (
        select(func.count())
        .join_from(
            schema.rejection, schema.load, _LOAD.load_id == schema.rejection.c.load_id
        )
        .where(_rejected(reader.build_id, which))
    )
    return reader.connection.execute(statement).scalar_one()


def rejections(
    reader: Reader, which: Rejected, *, first: int = 0, most: int | None = None
) -> Iterator[RejectionRow]:
    """Ask for rejected rows, in the order of files and rows; yield them as used.

    Args:
        reader: Of the build.
        which: Of which files, and for which reasons.
        first: Leave out this many first.
        most: At most this many; None for all.
    """
    rejection = schema.rejection.c
    statement = (
        select(
            _LOAD.dataset,
            _LOAD.producer,
            _LOAD.load_id,
            _LOAD.file,
            rejection.row_number,
            rejection.column_name,
            rejection.heading,
            rejection.value,
            rejection.reason,
            rejection.message,
        )
        .join_from(schema.rejection, schema.load, _LOAD.load_id == rejection.load_id)
        .where(_rejected(reader.build_id, which))
        .order_by(_LOAD.sequence.desc(), _LOAD.file, rejection.row_number)
        .offset(first or None)
        .limit(most)
    )
    place = place_in_file(reader)  # Asked for now: the rows take up the connection.
    result = reader.connection.execute(statement.execution_options(stream_results=True))
    return (
        _without_person(
            row.dataset,
            row.producer,
            *place(row.load_id, row.file, row.row_number),
            row.column_name,
            row.heading,
            row.value,
            row.reason,
            row.message,
        )
        for rows in result.partitions(_ROWS_A_FETCH)
        for row in rows
    )


def _without_person(
    dataset: str,
    producer: str,
    file: str,
    row_number: int,
    column_name: str | None,
    heading: str | None,
    value: str | None,
    reason: str,
    message: str,
) -> RejectionRow:
    """Leave out a value that is about one person, and a message that repeats it."""
    is_personal = column_name in PERSONAL
    tells = re.search(TELLS_OF_A_PERSON, message) is not None
    return RejectionRow(
        dataset,
        producer,
        file,
        row_number,
        column_name,
        heading,
        None if is_personal else value,
        reason,
        None if tells else message,
        is_personal or tells,
    )


@keeping(FEW)
def corrections(reader: Reader) -> list[CorrectionRow]:
    """Return the declared corrections as they were applied, and to how many rows."""
    correction = schema.correction.c
    keys = (
        correction.correction_id,
        _LOAD.file,
        correction.column_name,
        correction.found,
        correction.corrected,
        correction.reason,
        correction.told,
    )
    statement = (
        select(*keys, func.count())
        .join_from(schema.correction, schema.load, _LOAD.load_id == correction.load_id)
        .where(in_build(reader.build_id))
        .group_by(*keys)
        .order_by(correction.correction_id, _LOAD.file, correction.column_name)
    )
    return [
        _without_value(CorrectionRow(*row))
        for row in reader.connection.execute(statement)
    ]


def _without_value(correction_row: CorrectionRow) -> CorrectionRow:
    is_personal = correction_row.column_name in PERSONAL
    return (
        replace(correction_row, found=None, corrected=None)
        if is_personal
        else correction_row
    )
