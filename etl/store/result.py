"""What a build did, for the table that closes it."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select, text

from etl.files.find import SourceFile, Unread
from etl.labels import labelled
from etl.rejected import FIRST_REJECTED, IS_OF_A_PERSON, REJECTED
from etl.take.load import Load
from kpi import schema
from kpi.as_csv import csv_chunks

Carried = list[tuple[str, str, str, int]]
Summary = tuple[list[Load], int, dict[str, int], Carried, tuple[int, int], list[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did.

    Attributes:
        build_id: Of the build that is now in force.
        is_unchanged: The same files and definitions as before; nothing was written.
        loads: Every load of the build: file, rows, facts, rejections.
        new_files: How many files were read.
        rejections: Reason -> rows.
        carried: File, id of an ended unit, its successor, and how many of the rows
            under that id count for it.
        outcomes: How many outcomes the build has, and how many of them have a value.
        notes: What is to be told of the files that were read, a line each.
        unread: What else lay in the folder.
        losses: A line for each thing that the build before had more of, or otherwise.
        remarks: Lines on what is not as somebody may think.
        plans: The ids of the plans in use.
    """

    build_id: str
    is_unchanged: bool
    loads: list[Load]
    new_files: int
    rejections: dict[str, int]
    carried: Carried
    outcomes: tuple[int, int]
    notes: list[str]
    unread: list[Unread]
    losses: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tried:
    """What was read of files of which nothing is built.

    Attributes:
        loads: File, rows, facts, rejections.
        rejected: A line for each file and reason: how many rows, and one of them.
        notes: What is to be told of the files, a line each.
        unread: What else lay in the folder.
    """

    loads: list[Load]
    rejected: list[str]
    notes: list[str]
    unread: list[Unread]

    @property
    def has_register(self) -> bool:
        """Whether one of the files is of the register of units."""
        return any(load.file.layout.is_ground for load in self.loads)


@labelled(
    "sum up the build",
    reads=("build_load", "load", "load_note", "rejection", "carried", "outcome"),
)
def summary_of(
    connection: Connection, build_id: str, files: list[SourceFile], new_files: int
) -> Summary:
    """Return what a `Result` says of a build's files, rows and outcomes."""
    reasons = connection.execute(
        text(
            "SELECT reason, count(*) FROM rejection JOIN build_load USING (load_id)"
            " WHERE build_id = :build GROUP BY ALL ORDER BY ALL"
        ),
        {"build": build_id},
    )
    rejections = {reason: rows for reason, rows in reasons}
    carried = connection.execute(
        text(
            "SELECT file, unit, successor, carried.rows FROM carried"
            " JOIN load USING (load_id) JOIN build_load USING (load_id)"
            " WHERE build_id = :build ORDER BY ALL"
        ),
        {"build": build_id},
    )
    outcomes = connection.execute(
        text("SELECT count(*), count(value) FROM outcome WHERE build_id = :build"),
        {"build": build_id},
    ).one()
    loads, notes = _loads(connection, build_id, files), _notes(connection, build_id)
    shown = (outcomes[0], outcomes[1])
    moved = [tuple(row) for row in carried]
    return loads, new_files, rejections, moved, shown, notes


def tried_of(
    connection: Connection,
    build_id: str,
    files: list[SourceFile],
    unread: list[Unread],
) -> Tried:
    """Return what was read of files; of a person no value is repeated."""
    rejected = connection.execute(
        text(
            "SELECT file || ': ' || reason || ' ' || count(*) || '; '"
            f" || {FIRST_REJECTED}"
            f" FROM {REJECTED} JOIN load USING (load_id)"
            " JOIN build_load USING (load_id)"
            " WHERE build_id = :build GROUP BY file, reason"
            " ORDER BY file, count(*) DESC, reason"
        ),
        {"build": build_id},
    ).scalars()
    loads, notes = _loads(connection, build_id, files), _notes(connection, build_id)
    return Tried(loads, list(rejected), notes, unread)


def write_rejected(connection: Connection, build_id: str, target: Path) -> None:
    """Write every rejected row to a CSV file, but for what is about a person."""
    rows = connection.execution_options(stream_results=True).exec_driver_sql(
        f"""SELECT file || coalesce(': ' || sheet, ''), row_in_part,
            coalesce(heading, column_name),
            CASE WHEN NOT {IS_OF_A_PERSON} THEN value END, reason,
            CASE WHEN NOT {IS_OF_A_PERSON} THEN message END
        FROM {REJECTED} JOIN load USING (load_id) JOIN build_load USING (load_id)
        WHERE build_id = '{build_id}' ORDER BY file, row_number"""
    )
    header = ("file", "row", "column", "value", "reason", "message")
    with target.open("w", encoding="utf-8", newline="") as writer:
        writer.writelines(csv_chunks(header, map(tuple, rows)))


def _loads(
    connection: Connection, build_id: str, files: list[SourceFile]
) -> list[Load]:
    of_build = select(schema.build_load.c.load_id).where(
        schema.build_load.c.build_id == build_id
    )
    by_content = {
        (file.producer, file.layout.dataset, file.sha256): file for file in files
    }
    return [
        Load(
            row.load_id,
            by_content[(row.producer, row.dataset, row.sha256)],
            row.rows,
            row.facts,
            row.rejections,
        )
        for row in connection.execute(
            select(schema.load)
            .where(schema.load.c.load_id.in_(of_build))
            .order_by(schema.load.c.file)
        )
    ]


def _notes(connection: Connection, build_id: str) -> list[str]:
    notes = connection.execute(
        text(
            "SELECT file || ': ' || message || coalesce(' (' || count || ')', '')"
            " FROM load_note JOIN load USING (load_id) JOIN build_load USING (load_id)"
            " WHERE build_id = :build ORDER BY ALL"
        ),
        {"build": build_id},
    ).scalars()
    return list(notes)
