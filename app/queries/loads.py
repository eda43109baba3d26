"""What the figures rest on: files, coverage, freshness, findings."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select

from app.queries.kept import FEW, keeping, kept
from app.queries.reader import Reader
from kpi import schema
from kpi.period import Period, PeriodKind, month_number

_LOAD = schema.load.c


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One source file as it was taken in; `rows` = `facts` + `rejections`."""

    load_id: str
    producer: str
    dataset: str
    file: str
    sha256: str
    bytes: int
    encoding: str
    received_at: datetime
    rows: int
    facts: int
    rejections: int
    extra_columns: str | None
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How many facts a unit has itself in a quarter; `quarter` is its first month."""

    unit: str
    quarter: int
    facts: int


@dataclass(frozen=True, slots=True)
class FreshnessRow:
    """How fresh a dataset is."""

    dataset: str
    files: int
    facts: int
    received_at: datetime
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What a check noticed."""

    check: str
    indicator: str | None
    unit: str | None
    period: str | None
    count: int | None
    message: str


@dataclass(frozen=True, slots=True)
class LossRow:
    """What a build has less of than the one before it; see `kpi.schema.loss`."""

    kind: str
    dataset: str | None
    producer: str | None
    file: str | None
    unit: str | None
    indicator: str | None
    period: str | None
    count: int | None
    before: float | None
    now: float | None
    accepted: str | None


def in_build(build_id: str) -> ColumnElement[bool]:
    """Return whether a load is one that the build was made from."""
    table = schema.build_load.c
    return _LOAD.load_id.in_(select(table.load_id).where(table.build_id == build_id))


@keeping(FEW)
def _sheets(reader: Reader) -> dict[str, list[tuple[int, str]]]:
    """Return the number of the first row, and the name, of the sheets of each load.

    In their order, where several of a workbook were read.
    """
    part = schema.load_part.c
    statement = (
        select(part.load_id, part.first_row, part.sheet)
        .join_from(schema.load_part, schema.load, _LOAD.load_id == part.load_id)
        .where(in_build(reader.build_id))
        .order_by(part.load_id, part.first_row)
    )
    sheets: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for load_id, first_row, sheet in reader.connection.execute(statement):
        sheets[load_id].append((first_row, sheet))
    return dict(sheets)


@keeping(FEW)
def _widths(reader: Reader) -> dict[str, int]:
    """Return how many rows a row of the file gives, of loads where it gives several."""
    statement = select(_LOAD.load_id, _LOAD.rows_per_line).where(
        in_build(reader.build_id), _LOAD.rows_per_line > 1
    )
    return {
        row.load_id: row.rows_per_line for row in reader.connection.execute(statement)
    }


def place_in_file(reader: Reader) -> Callable[[str, str, int], tuple[str, int]]:
    """Return what tells where a row stands, by its load, its file and its number.

    That is its file, with its sheet as `file: sheet` where several of a workbook were
    read, and its number there: those in the warehouse go on from one to the next, and
    count every row that a mapping makes of a row of the file.
    """
    sheets, widths = _sheets(reader), _widths(reader)

    def place(load_id: str, file: str, row_number: int) -> tuple[str, int]:
        line = row_number // widths.get(load_id, 1)
        above = [part for part in sheets.get(load_id, ()) if part[0] <= line]
        if not above:
            return file, line
        first_row, sheet = above[-1]
        return f"{file}: {sheet}", line - first_row + 1

    return place


@keeping(FEW)
def loads(reader: Reader) -> list[LoadRow]:
    """Return the files a build was made from, newest first."""
    statement = (
        select(
            _LOAD.load_id,
            _LOAD.producer,
            _LOAD.dataset,
            _LOAD.file,
            _LOAD.sha256,
            _LOAD.bytes,
            _LOAD.encoding,
            _LOAD.received_at,
            _LOAD.rows,
            _LOAD.facts,
            _LOAD.rejections,
            _LOAD.extra_columns,
            _LOAD.first_day,
            _LOAD.last_day,
        )
        .where(in_build(reader.build_id))
        .order_by(_LOAD.sequence.desc(), _LOAD.file)
    )
    rows = reader.connection.execute(statement)
    return [LoadRow(*columns) for columns in map(tuple, rows)]


@keeping(FEW)
def superseded_counts(reader: Reader) -> dict[str, int]:
    """Return how many facts of each load a newer load of the build has replaced."""
    replaced, newer = (
        schema.build_load.alias("own"),
        schema.build_load.alias("newer"),
    )
    table = schema.superseded.c
    statement = (
        select(table.load_id, func.count())
        .join_from(
            schema.superseded,
            replaced,
            and_(
                replaced.c.load_id == table.load_id,
                replaced.c.build_id == reader.build_id,
            ),
        )
        .join(
            newer,
            and_(
                newer.c.load_id == table.by_load_id, newer.c.build_id == reader.build_id
            ),
        )
        .group_by(table.load_id)
    )
    return {load_id: count for load_id, count in reader.connection.execute(statement)}


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """Rows of a file under the id of an ended unit that count for its successor."""

    file: str
    dataset: str
    unit: str
    successor: str
    rows: int


@keeping(FEW)
def carried(reader: Reader) -> list[CarriedRow]:
    """Return which rows count for the successors of the units they name."""
    table = schema.carried.c
    statement = (
        select(_LOAD.file, _LOAD.dataset, table.unit, table.successor, table.rows)
        .join_from(schema.carried, schema.load, _LOAD.load_id == table.load_id)
        .where(in_build(reader.build_id))
        .order_by(_LOAD.file, table.unit, table.successor)
    )
    return [CarriedRow(*row) for row in reader.connection.execute(statement)]


@keeping(FEW)
def covered_datasets(reader: Reader) -> Sequence[str]:
    """Return the datasets that units have facts in, by name."""
    table = schema.coverage.c
    statement = (
        select(table.dataset)
        .where(table.build_id == reader.build_id)
        .distinct()
        .order_by(table.dataset)
    )
    return reader.connection.execute(statement).scalars().all()


def coverage(reader: Reader, dataset: str) -> list[CoverageRow]:
    """Return how many facts each unit has itself in each quarter.

    Facts of a longer period, such as a year, stand in the period's last quarter.
    """
    table = schema.coverage.c
    quarter = (table.last_month - table.last_month % 3).label("quarter")
    statement = (
        select(table.unit, quarter, func.sum(table.facts))
        .where(table.build_id == reader.build_id, table.dataset == dataset)
        .group_by(table.unit, quarter)
        .order_by(table.unit, quarter)
    )
    return [
        CoverageRow(unit, month, int(facts))
        for unit, month, facts in reader.connection.execute(statement)
    ]


@keeping(FEW)
def freshness(reader: Reader) -> list[FreshnessRow]:
    """Return how far each dataset reaches and when its newest file came."""
    statement = (
        select(
            _LOAD.dataset,
            func.count(),
            func.sum(_LOAD.facts),
            func.max(_LOAD.received_at),
            func.min(_LOAD.first_day),
            func.max(_LOAD.last_day),
        )
        .where(in_build(reader.build_id))
        .group_by(_LOAD.dataset)
        .order_by(_LOAD.dataset)
    )
    through = told_through(reader)
    return [
        FreshnessRow(
            dataset,
            files,
            int(facts or 0),
            received,
            first,
            _day_told(last, reader.build.as_of, through.get(dataset)),
        )
        for dataset, files, facts, received, first, last in reader.connection.execute(
            statement
        )
    ]


def _day_told(last: date | None, as_of: date, through: int | None) -> date | None:
    """Return the last day that a dataset tells of, none after that of the build.

    A period that goes on has been reported before it was over: then it is the last day
    of the months that were.
    """
    if last is None or last <= as_of:
        return last
    if through is None:
        return None
    return min(as_of, Period(PeriodKind.MONTH, through, through).last_day)


@kept
def told_through(reader: Reader) -> dict[str, int]:
    """Return the last month that each dataset tells of, by dataset.

    What is reported of a period that goes on tells of no month in it.
    """
    table = schema.coverage.c
    statement = (
        select(table.dataset, func.max(table.last_month))
        .where(
            table.build_id == reader.build_id,
            table.last_month <= month_number(reader.build.as_of),
        )
        .group_by(table.dataset)
    )
    return {dataset: month for dataset, month in reader.connection.execute(statement)}


@keeping(FEW)
def findings(reader: Reader) -> list[FindingRow]:
    """Return what the checks of a build noticed."""
    table = schema.finding.c
    statement = (
        select(
            table.check,
            table.indicator,
            table.unit,
            table.period,
            table.count,
            table.message,
        )
        .where(table.build_id == reader.build_id)
        .order_by(table.check, table.indicator, table.unit, table.period)
    )
    return [FindingRow(*row) for row in reader.connection.execute(statement)]


@keeping(FEW)
def losses(reader: Reader) -> list[LossRow]:
    """Return what the build has less of than the one before it, accepted ones first."""
    table = schema.loss.c
    statement = (
        select(
            table.kind,
            table.dataset,
            table.producer,
            table.file,
            table.unit,
            table.indicator,
            table.period,
            table.count,
            table.before,
            table.now,
            table.accepted,
        )
        .where(table.build_id == reader.build_id)
        .order_by(
            table.is_beyond.desc(),
            table.kind,
            table.dataset,
            table.file,
            table.unit,
            table.indicator,
        )
    )
    return [LossRow(*row) for row in reader.connection.execute(statement)]
