"""Excel files: how they are opened and their cells written."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.api.answer import Book
from app.columns import Columns, in_file
from app.queries.builds import Build
from app.words import downloads, text
from app.words.language import gettext as _
from kpi.as_csv import Cell

# Excel itself stops at 1 048 576 rows; well before that a visitor would wait longer
# than a proxy does. CSV has no limit.
MOST_ROWS = 50_000

HEADING = {"bold": True, "bottom": 1, "text_wrap": True}
# Drawn with the reader's own decimal sign and separator.
AS_DECIMAL = {"num_format": "0.0##"}
AS_COUNT = {"num_format": "#,##0"}


def workbook(
    build: Build,
    name: str,
    title: str,
    columns: Columns,
    rows: Iterable[Any],
    about: Iterable[tuple[str, str]],
    frozen: int = 2,
) -> Book:
    """Return a file of two sheets: rows, and what they are and where they come from.

    Args:
        build: What the rows were read from.
        name: Of the file, without ending.
        title: Of the first sheet.
        columns: What it holds of a row; those no file has are left out.
        rows: What the columns read, at most `MOST_ROWS`; gone through once.
        about: What else to tell: a heading alone, or words and what they are of.
        frozen: How many columns stay in sight.
    """
    with TemporaryDirectory(prefix="malbild-") as folder:
        path = Path(folder) / "rows.xlsx"
        with _opened(path) as book:
            _write_rows(book, title, columns, rows, frozen)
            _write_about(book, build, about)
        # At most some ten megabytes, by MOST_ROWS.
        return Book(path.read_bytes(), build, name)


def _opened(path: Path) -> xlsxwriter.Workbook:
    """Return a new workbook, to be used in a `with`; rows are written in order."""
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        # Text is text, whatever it begins with.
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": str(downloads.TITLE)})
    return book


def _write_row(
    sheet: Worksheet, at: int, cells: Sequence[Cell], formats: Sequence[Format | None]
) -> None:
    # None leaves a cell empty; one format is for all cells.
    for position, cell in enumerate(cells):
        style = formats[position] if position < len(formats) else None
        if len(formats) == 1:
            style = formats[0]
        if isinstance(cell, int | float):
            sheet.write_number(at, position, cell, style)
        elif cell is not None:
            sheet.write_string(at, position, str(cell), style)


def _write_rows(
    book: xlsxwriter.Workbook,
    title: str,
    columns: Columns,
    rows: Iterable[Any],
    frozen: int,
) -> None:
    sheet = book.add_worksheet(str(title))
    held = in_file(columns)
    for position, (column, __) in enumerate(held):
        sheet.set_column(position, position, column.width)
    sheet.freeze_panes(1, frozen)
    titles = [column.title for column, __ in held]
    _write_row(sheet, 0, titles, [book.add_format(HEADING)])
    formats = [
        book.add_format(dict(col.form)) if col.form else None for col, __ in held
    ]
    at = 0
    for at, row in enumerate(rows, start=1):
        _write_row(sheet, at, [read(row) for __, read in held], formats)
    sheet.autofilter(0, 0, max(at, 1), len(held) - 1)


def _write_about(
    book: xlsxwriter.Workbook, build: Build, lines: Iterable[tuple[str, str]]
) -> None:
    sheet = book.add_worksheet(_("Om"))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    heading = book.add_format(HEADING)
    demo = (
        [(_("Syntetiska demodata: siffrorna är påhittade."), "")]
        if build.is_demo
        else []
    )
    for at, line in enumerate([(downloads.TITLE, ""), *demo, *lines]):
        _write_row(sheet, at, line, [] if line[1] else [heading])


def build_facts(build: Build) -> list[tuple[str, str]]:
    """Return what the second sheet says of the build and of the file itself."""
    now = datetime.now(UTC).replace(tzinfo=None)
    return [
        (downloads.BUILD, build.build_id),
        (_("Bygget skapat (UTC)"), text.moment(build.built_at)),
        (_("Filen skapad (UTC)"), text.moment(now)),
    ]
