"""What a reader of the figures should know of a file, beside its rows."""

from pathlib import Path

from sqlalchemy import Connection

from etl.files.find import SourceFile
from etl.files.raw import FLAGS, Note, Part, Raw
from etl.labels import labelled
from etl.sources.layout import Layout
from etl.take.mapped import LeftOut
from etl.take.totals import notes_of_totals
from kpi.vocabulary import Finding

_FRACTIONS = (
    "counts with exactly three decimals, such as 1,234, which were read as decimals; "
    "if they are thousands, write them without a separator"
)
_LEFT_OUT = {
    LeftOut.IGNORED: "rows were left out, as `ignore` in {} says",
    LeftOut.SAME_CASE: "rows of cases that stand again were left out, as `case` in {} "
    "says; each counts once",
}
_SHORT = (
    "rows end before the last columns, which were read as empty; see whether the "
    "export leaves out empty cells"
)


def note_file(
    connection: Connection, file: SourceFile, raw: Raw, load_id: str, rows: int
) -> None:
    """Store what is to be told of a file, and its sheets where it has several.

    Args:
        connection: To the draft.
        file: The file.
        raw: What was read of the file.
        load_id: Of its load.
        rows: How many it has.
    """
    notes = [*raw.notes, *_notes_of_rows(connection)]
    notes += notes_of_totals(connection, file.layout.dataset, load_id)
    if file.mapped:
        notes += _notes_of_mapping(connection, file.layout, raw, file.mapped.path)
    if not rows:
        notes.append(Note(Finding.NO_ROWS, "the file has no rows"))
    if notes:
        _store_notes(connection, load_id, notes)
    if len(raw.parts) > 1:
        _store_parts(connection, load_id, raw.parts)


@labelled("see what is to be told of the rows", reads=("judged", "place"))
def _notes_of_rows(connection: Connection) -> list[Note]:
    fractions, first, short = connection.exec_driver_sql(
        """SELECT count(*) FILTER (has_thousandths),
            place(min(row_number) FILTER (has_thousandths)),
            count(*) FILTER (ends_early)
        FROM judged WHERE fault IS NULL"""
    ).one()
    notes = []
    if fractions:
        message = f"{_FRACTIONS}; the first is in {first}"
        notes.append(Note(Finding.FRACTIONAL_COUNT, message, fractions))
    if short:
        notes.append(Note(Finding.ENDS_EARLY, _SHORT, short))
    return notes


@labelled("see what the mapping leaves out", reads=("taken",))
def _notes_of_mapping(
    connection: Connection, layout: Layout, raw: Raw, path: Path
) -> list[Note]:
    at = len(layout.fields) + 1 + [*FLAGS].index("left_out") + 1
    counts = connection.exec_driver_sql(
        # A row of the file may give several, which are left out together.
        f"""SELECT cells[{at}],
            count(DISTINCT (rowid + {raw.first_row}) // {raw.rows_per_line}) FROM taken
        WHERE NOT is_plain AND cells[{at}] IS NOT NULL GROUP BY ALL ORDER BY ALL"""
    )
    return [
        Note(Finding.ROWS_LEFT_OUT, _LEFT_OUT[LeftOut(why)].format(path), count)
        for why, count in counts
    ]


@labelled("note what is to be told of the file", writes=("load_note",))
def _store_notes(connection: Connection, load_id: str, notes: list[Note]) -> None:
    for note in notes:
        connection.exec_driver_sql(
            "INSERT INTO load_note VALUES (?, ?, ?, ?)",
            (load_id, note.finding, note.count, note.message),
        )


@labelled("note the sheets", writes=("load_part",))
def _store_parts(connection: Connection, load_id: str, parts: tuple[Part, ...]) -> None:
    for part in parts:
        connection.exec_driver_sql(
            "INSERT INTO load_part VALUES (?, ?, ?)",
            (load_id, part.name, part.first_row),
        )
