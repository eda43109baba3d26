"""The visible sheets of an Excel workbook -> one relation of text.

A cell is read as it shows: a share of 0.834 as 83.4, a month typed as a date as the
month, an error as its word. Every visible sheet that has the layout's columns is read,
one below the other; the others are named, but for those of a template that help whoever
fills it in.
"""

import zlib
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

import pandas as pd
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
)
from sqlalchemy import Connection

from etl.files.find import SourceFile
from etl.files.header import columns_in, header_at, missing_in, shown_name
from etl.files.marks import (
    MOST_CELLS,
    Book,
    Format,
    Marks,
    book_of,
    has_cells,
    marks_of,
)
from etl.files.raw import (
    CELL_GAP,
    FIRST_TEXT,
    OTHER_CELLS,
    SHEET,
    Note,
    Part,
    Raw,
    cells_of,
    relation,
)
from etl.labels import lend
from etl.sources import LAYOUTS
from etl.sources.beside import is_beside
from etl.sources.layout import Field, FieldType, Layout
from kpi.errors import SourceError
from kpi.period import Period, PeriodKind
from kpi.vocabulary import Finding

_HEAD = 20
"""Rows from the top among which a header is looked for."""
UNREADABLE = (
    *(CalamineError, BadZipFile, OSError, EOFError, zlib.error, RuntimeError),
    *(ParseError, ExpatError, KeyError, ValueError),
)
_KNOWN_ERRORS = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
)
"""Errors that the library can read; newer ones refuse the whole workbook."""
_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_ARCHIVES = {
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "mimetype": "a document of LibreOffice (.ods)",
}


@dataclass(frozen=True, slots=True)
class _Table:
    """A visible sheet: its uppermost rows as text, from column A, and all its cells."""

    name: str
    head: list[tuple[str, ...]]
    cells: CalamineSheet
    marks: Marks
    titles: int
    """Rows above the header, which a mapping passes over."""

    @property
    def header(self) -> tuple[str, ...]:
        return self.head[self.titles] if self.head else ()

    @property
    def is_beside(self) -> bool:
        """Whether it is a template's help for whoever fills in, and nothing more."""
        end = self.cells.end
        if end is None or not self.head[:1] or not self.head[0]:
            return False
        return is_beside(self.head[0][0], end[0] + 1, end[1] + 1)


def read_workbook(connection: Connection, file: SourceFile, scratch: Path) -> Raw:
    """Return a relation of the rows of a workbook's visible sheets.

    Raises:
        SourceError: it is no workbook, or no visible sheet has the columns.
    """
    try:
        with ZipFile(file.path) as archive:
            book = book_of(archive)
            hidden = [
                sheet.name
                for sheet in book.sheets
                if not sheet.is_visible and has_cells(archive, sheet)
            ]
            tables = _tables(archive, file, book, scratch)
    except UNREADABLE as error:
        raise SourceError(unopened(file, error)) from None
    tables = [table for table in tables if not table.is_beside]
    left_out = [table for table in tables if not _is_taken(file, table)]
    tables = [table for table in tables if table not in left_out]
    chosen = [table for table in tables if not missing_in(file.table, table.header)]
    unread = [table for table in tables if table not in chosen and table.head]
    meant = [table for table in unread if _is_meant(file.table, table)]
    if not chosen or meant:
        raise SourceError(*_why_none(file, meant if chosen else tables))
    notes = [_not_read(name, "it is hidden") for name in hidden]
    notes += [
        _not_read(table.name, "the mapping does not name it") for table in left_out
    ]
    for table in unread:
        missing = ", ".join(missing_in(file.table, table.header))
        notes.append(_not_read(table.name, f"it has no column {missing}"))
    return _united(
        connection, file, chosen, notes, [sheet.name for sheet in book.sheets]
    )


def _tables(
    archive: ZipFile, file: SourceFile, book: Book, scratch: Path
) -> list[_Table]:
    sheets = [sheet for sheet in book.sheets if sheet.is_visible]
    marks = {sheet.part: marks_of(archive, book, sheet) for sheet in sheets}
    far = [
        f"{_place(file, sheet.name)}: its cells reach to row {marks[sheet.part].rows} "
        f"and column {marks[sheet.part].columns}; expected at most {MOST_CELLS} cells; "
        "clear what stands far from the table (Ctrl+End goes there)"
        for sheet in sheets
        if marks[sheet.part].rows * marks[sheet.part].columns > MOST_CELLS
    ]
    if far:
        raise SourceError(*far)
    with _for_the_library(archive, file, marks, scratch) as path:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            tables = []
            for sheet in sheets:
                cells = workbook.get_sheet_by_name(sheet.name)
                rows = cells.to_python(skip_empty_area=False, nrows=_HEAD)
                head = [tuple(_name(cell) for cell in row) for row in rows]
                titles = header_at(file, head) if head else 0
                tables.append(
                    _Table(sheet.name, head, cells, marks[sheet.part], titles)
                )
    return tables


@contextmanager
def _for_the_library(
    archive: ZipFile, file: SourceFile, marks: dict[str, Marks], scratch: Path
) -> Iterator[Path]:
    """Give the path of a workbook in which every error is one the library knows."""
    unknown = {
        error
        for mark in marks.values()
        for error in mark.errors.values()
        if error not in _KNOWN_ERRORS
    }
    if not unknown:
        yield file.path
        return
    path = scratch / f"{file.sha256}.xlsx"
    with ZipFile(path, "w") as copy:
        for part in archive.namelist():
            content = archive.read(part)
            if part in marks:
                for error in unknown:
                    # What a cell shows is kept in its mark.
                    content = content.replace(f">{error}<".encode(), b">#VALUE!<")
            copy.writestr(part, content)
    try:
        yield path
    finally:
        path.unlink()


def _place(file: SourceFile, sheet: str) -> str:
    return f"{file.name}: sheet {shown_name(sheet)!r}"


def _header_place(file: SourceFile, table: _Table) -> str:
    return f"{_place(file, table.name)}, row {table.titles + 1}"


def _is_taken(file: SourceFile, table: _Table) -> bool:
    return file.mapped is None or file.mapped.mapping.takes_sheet(table.name)


def _is_meant(layout: Layout, table: _Table) -> bool:
    """Say whether a sheet without the columns holds such rows all the same.

    The columns stand on a row further down, or are there but for a few, and the sheet
    is no other layout's.
    """
    if any(not missing_in(layout, row) for row in table.head):
        return True
    if any(not missing_in(candidate, table.header) for candidate in LAYOUTS):
        return False
    return 2 * len(missing_in(layout, table.header)) < len(layout.required)


def _not_read(sheet: str, why: str) -> Note:
    return Note(
        Finding.SHEET_NOT_READ, f"the sheet {shown_name(sheet)!r} was not read: {why}"
    )


def _why_none(file: SourceFile, tables: list[_Table]) -> list[str]:
    """Return what is wrong with sheets that lack the columns."""
    faults: list[str] = []
    for table in tables:
        if not table.head:
            continue
        try:
            columns_in(file, table.header, _header_place(file, table), table.head)
        except SourceError as error:
            faults += error.faults
    if faults:
        return faults
    names = ", ".join(repr(shown_name(table.name)) for table in tables) or "none"
    return [
        f"{file.name}: every visible sheet is empty ({names}); expected a header row "
        "in one of them"
    ]


# Rows


def _united(
    connection: Connection,
    file: SourceFile,
    tables: list[_Table],
    notes: list[Note],
    sheets: list[str],
) -> Raw:
    """Return one relation of the rows of these sheets, one below the other."""
    positions = [
        columns_in(file, table.header, _header_place(file, table)) for table in tables
    ]
    _refuse_unlike(file, tables, positions)
    fields = [field for field in file.table.fields if field.name in positions[0]]
    names = [field.name for field in fields]
    # What a mapping asks for beside the cells would cost other files for nothing.
    beside = (FIRST_TEXT, SHEET) if file.mapped else ()
    columns = [*names, OTHER_CELLS, "is_blank", "unsaved", *beside]
    blank = (*("" for _ in names), "", "1", "", *("" for _ in beside))
    rows: list[tuple[object, ...]] = []
    parts: list[Part] = []
    for table, its in zip(tables, positions, strict=True):
        if parts:
            rows.append(blank)  # in the place of its first row
        left = table.cells.start[1] if table.cells.start else 0
        extra = [n for n in range(left, len(table.header)) if n not in its.values()]
        parts.append(
            Part(table.name, len(rows) + 1, tuple(table.header[at] for at in extra))
        )
        end = len(rows)
        places = [its[name] for name in names]
        for row, texts in _rows(table, fields, places, extra, left):
            if row:
                first = next(filter(None, map(str.strip, texts)), "")
                rows.append((*row, first, table.name) if beside else row)
                end = len(rows)
            else:
                rows.append(blank)
        # Blank rows below the table are none: one may stand a million rows down.
        del rows[end:]
    lend(connection, "workbook_rows", pd.DataFrame(rows, columns=columns).astype(str))
    cells = cells_of(file.table, {name: f'"{name}"' for name in names}, [OTHER_CELLS])
    cells += "".join(f", {name}" for name in beside)
    return Raw(
        "xlsx",
        None,
        tuple(dict.fromkeys(name for table in tables for name in table.header)),
        [
            relation(
                cells, "workbook_rows", is_blank="is_blank = '1'", unsaved="unsaved"
            )
        ],
        parts=tuple(parts),
        sheets=tuple(sheets),
        notes=tuple(notes),
    )


def _refuse_unlike(
    file: SourceFile, tables: list[_Table], positions: list[dict[str, int]]
) -> None:
    """Refuse sheets of unlike columns: a column one lacks would be without a value."""
    every = {
        name: table.name
        for table, its in zip(tables, positions, strict=True)
        for name in its
    }
    faults = [
        f"{_header_place(file, table)}: missing column {name}, which the sheet "
        f"{shown_name(sheet)!r} has; expected the same columns in every sheet; add it, "
        "or put the sheets in files of their own"
        for table, its in zip(tables, positions, strict=True)
        for name, sheet in every.items()
        if name not in its
    ]
    if faults:
        raise SourceError(*faults)


def _rows(
    table: _Table,
    fields: list[Field],
    positions: list[int],
    extra: list[int],
    left: int,
) -> Iterator[tuple[tuple[object, ...] | None, list[str]]]:
    """Give the rows below the first as text, and all their texts.

    None for a row without any text, the header, and what stands above it. Positions are
    columns of the sheet; its cells begin with the column `left`.
    """
    by_row: dict[int, list[int]] = defaultdict(list)
    marks = table.marks
    for row, column in (*marks.errors, *marks.formulas, *marks.formats):
        by_row[row].append(column)
    kinds = dict(zip(positions, fields, strict=True))
    for number, cells in enumerate(table.cells.iter_rows()):
        if number == 0:
            continue
        if number <= table.titles:
            yield None, []
            continue
        texts = [cell if type(cell) is str else written(cell) for cell in cells]
        unsaved = ","
        for column in by_row.get(number, ()):
            place, field = (number, column), kinds.get(column)
            if place in marks.errors:
                texts[column - left] = marks.errors[place]
            elif place in marks.formulas:
                texts[column - left] = marks.formulas[place]
                unsaved += f"{field.name}," if field else ""
            else:
                texts[column - left] = _shown(
                    cells[column - left], marks.formats[place], field
                )
        line = "".join(texts)
        if not line.isascii():
            texts = [normalize("NFC", text) for text in texts]
        texts_of_row = (
            *(texts[at - left] for at in positions),
            CELL_GAP.join(texts[at - left] for at in extra),
            "0",
            unsaved,
        )
        yield texts_of_row if line.strip() else None, texts


# Cells


def written(cell: object) -> str:
    """Return a cell's value as it would be written in a CSV file."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else _plain(Decimal(repr(cell)))
    return str(cell).upper() if isinstance(cell, bool) else str(cell)


def _name(cell: object) -> str:
    return normalize("NFC", written(cell)).strip()


def _shown(cell: object, form: Format, field: Field | None) -> str:
    """Return a cell as its format shows it, where that changes what it says."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        section = form.section_for(cell)
        # A number is kept with more digits than Excel shows of any.
        exact = Decimal(f"{cell:.15g}")
        text = _plain(exact.scaleb(2 * section.per_cents))
        return text.zfill(section.digits) if text.isdecimal() else text
    if isinstance(cell, date) and form.period and field is not None:
        # A day other than the first was not made of a month that was typed.
        is_typed = field.type is FieldType.DATE and cell.day == 1
        if field.type is FieldType.PERIOD or is_typed:
            return str(Period.holding(PeriodKind(form.period), cell))
    return written(cell)


def _plain(number: Decimal) -> str:
    """Return a number without an exponent and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# What is no workbook


def unopened(file: SourceFile, error: Exception) -> str:
    """Return what a file is that cannot be opened as a workbook, and what to do."""
    content = file.path.read_bytes()
    start = content[:_HEAD].removeprefix(BOM_UTF8).lstrip()
    if not content:
        what = "the file is empty; export it again"
    elif isinstance(error, PasswordError) or _ENCRYPTED in content:
        what = "it is protected by a password; take the password away and save it again"
    elif start.startswith(_OLD_EXCEL):
        what = (
            "it is in the old format of Excel (.xls) under another name; open it in "
            "Excel and save it as .xlsx"
        )
    elif start.startswith(b"<"):
        what = (
            "it is a web page (HTML) or XML under another name; open it in Excel and "
            "save it as .xlsx"
        )
    elif start.startswith(b"PK"):
        what = _archive_of(file)
    elif b"\0" in content:
        what = "it may be cut off; export it again"
    else:
        what = "it is text, such as CSV; name it .csv"
    return (
        f"{file.name}: cannot be opened as an Excel workbook "
        f"({type(error).__name__}): {what}"
    )


def _archive_of(file: SourceFile) -> str:
    try:
        with ZipFile(file.path) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError):
        names = []
    kind = next((kind for part, kind in _OTHER_ARCHIVES.items() if part in names), None)
    if kind is None:
        return "it may be cut off; export it again"
    return f"it is {kind} under another name; open it in Excel and save it as .xlsx"
