"""What refuses a file when its rows have been looked at."""

from typing import Any

from sqlalchemy import Connection, Row

from etl.files.find import SourceFile
from etl.files.header import shown_name
from etl.files.raw import CELL_GAP, FLAGS, Raw
from etl.labels import labelled
from etl.sources.layout import Layout
from etl.take.persons import (
    MACROS,
    cells_with_nine_digits,
    whose_name_is_of_a_person,
)
from kpi.errors import SettingError, SourceError


@labelled(
    "refuse personal identities",
    reads=("judged", "place", "has_person"),
)
def refuse_persons(connection: Connection, file: SourceFile, raw: Raw) -> None:
    """Refuse a file in which a cell or a name looks like a personnummer.

    Raises:
        SourceError: with the first places, and never with what stands there.
    """
    rows = list(
        connection.exec_driver_sql(
            """SELECT row_number, place(row_number), person_cell FROM judged
            WHERE person_cell IS NOT NULL ORDER BY row_number LIMIT 3"""
        )
    )
    has_nine = "SELECT count(*) FROM judged WHERE nine_cell IS NOT NULL"
    if not rows and connection.exec_driver_sql(has_nine).scalar():
        rows = _persons_without_zero(connection, file.layout)
    if not rows:
        _refuse_persons_left_out(connection, file, raw)
    if rows:
        places = [
            f"{place}, column {_column(raw, file.layout, row, cell)}"
            for row, place, cell in rows
        ]
        # A mapping may make several rows of the one that it stands in.
        where = "; ".join(dict.fromkeys(places))
        raise SourceError(
            f"{file.name}: a value looks like a personnummer ({where}; not repeated "
            "here); expected no personal identity; remove the column or replace it "
            "by a pseudonym"
        )
    names = [
        ("the file's", file.path.stem),
        *(("a sheet's", name) for name in raw.sheets),
        *(("a column's", name) for name in raw.header),
    ]
    if whose := whose_name_is_of_a_person(connection, names):
        raise SourceError(
            f"{file.producer}/({file.layout.dataset}): {whose} name looks like a "
            "personnummer (not repeated here); expected no personal identity; give "
            "it another name"
        )


@labelled(
    "refuse personal identities in rows that a mapping leaves out",
    reads=("taken", "place", "names_person"),
)
def _refuse_persons_left_out(
    connection: Connection, file: SourceFile, raw: Raw
) -> None:
    """Refuse a file with a row that is none, and looks like a personnummer.

    Raises:
        SourceError: with the first of them.
    """
    if not file.mapped:
        return
    left_out = len(file.layout.fields) + 1 + [*FLAGS].index("left_out") + 1
    places = connection.exec_driver_sql(
        f"""SELECT place(rowid + {raw.first_row}) FROM taken
        WHERE NOT is_plain AND cells[{left_out}] IS NOT NULL
            AND list_bool_or(list_transform(
                string_split(array_to_string(cells, '{CELL_GAP}'), '{CELL_GAP}'),
                lambda cell: names_person(cell)))
        ORDER BY rowid LIMIT 3"""
    ).scalars()
    where = "; ".join(dict.fromkeys(places))
    if where:
        raise SourceError(
            f"{file.name}: a row that the mapping leaves out has what looks like a "
            f"personnummer ({where}; not repeated here); expected no personal "
            "identity; take it out of the export"
        )


@labelled(
    "see whether numbers of nine digits are of persons",
    reads=("judged", "taken", "place", "is_luhn_valid"),
)
def _persons_without_zero(connection: Connection, layout: Layout) -> list[Row[Any]]:
    """Return rows with a number of nine digits that looks like a personnummer.

    None, where most such numbers in the column do not: then it is by chance.
    """
    rows = connection.exec_driver_sql(
        """SELECT min(row_number), place(min(row_number)), nine_cell FROM judged
        WHERE nine_cell IS NOT NULL GROUP BY nine_cell ORDER BY 1"""
    ).all()
    persons = []
    for row in rows:
        every, of_persons = connection.exec_driver_sql(
            cells_with_nine_digits(row.nine_cell, layout)
        ).one()
        if 2 * of_persons >= every:
            persons.append(row)
    return persons


def _column(raw: Raw, layout: Layout, row: int, cell: int) -> str:
    """Return the name of a cell's column for a message, also of one that is ignored."""
    if cell <= len(layout.fields):
        name = layout.fields[cell - 1].name
        headings = raw.headings.get(name, ("",))
        return shown_name(headings[row % raw.rows_per_line]) or name
    line = row // raw.rows_per_line
    part = next(part for part in reversed(raw.parts) if part.first_row <= line)
    nth = cell - len(layout.fields)
    if nth > len(part.extra):
        return "beyond the header"
    return shown_name(part.extra[nth - 1]) or "without a name"


@labelled("refuse rows hidden in a cell", reads=("judged", "place"))
def refuse_hidden_rows(connection: Connection, file: SourceFile) -> None:
    """Refuse a file in which a quotation mark that is not closed hides rows.

    Raises:
        SourceError: with the first such rows.
    """
    places = connection.exec_driver_sql(
        "SELECT place(row_number) FROM judged WHERE holds_rows ORDER BY row_number"
        " LIMIT 3"
    ).scalars()
    where = ", ".join(places)
    if where:
        raise SourceError(
            f"{file.name}: {where}: a cell has line breaks and as many delimiters as a "
            "row; a quotation mark that is not closed hides the rows below it; double "
            "the mark, or take it away"
        )


def refuse_reason(connection: Connection, reason: str) -> None:
    """Refuse a reason to publish a loss, which everybody reads, that names a person.

    Raises:
        SettingError: it looks so.
    """
    for macro in MACROS:
        connection.exec_driver_sql(macro)
    names_one = connection.exec_driver_sql("SELECT names_person(?)", (reason,)).scalar()
    if names_one:
        raise SettingError(
            "--accept: the reason has a number that looks like a personnummer (not "
            "repeated here); expected words that everybody may read; leave it out"
        )
