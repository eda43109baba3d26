"""Excel files: how they are opened and their cells written."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.api.as_csv import Cell
from app.queries.builds import Build
from app.words import downloads, text

# Excel itself stops at 1 048 576 rows; well before that a visitor would wait longer
# than a proxy does. CSV has no limit.
MOST_ROWS = 50_000

HEADING = {"bold": True, "bottom": 1, "text_wrap": True}
# Drawn with the reader's own decimal sign and separator.
DECIMALS = {"num_format": "0.0##"}
COUNTS = {"num_format": "#,##0"}


def workbook(path: Path) -> xlsxwriter.Workbook:
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


def write_row(
    sheet: Worksheet, at: int, cells: Sequence[Cell], formats: Sequence[Format | None]
) -> None:
    """Write a row of cells.

    Args:
        sheet: Where to.
        at: Which row, from 0.
        cells: None leaves a cell empty.
        formats: One for each cell, or one for all of them.
    """
    for position, cell in enumerate(cells):
        style = formats[position] if position < len(formats) else None
        if len(formats) == 1:
            style = formats[0]
        if isinstance(cell, int | float):
            sheet.write_number(at, position, cell, style)
        elif cell is not None:
            sheet.write_string(at, position, str(cell), style)


def build_facts(build: Build) -> list[tuple[str, str]]:
    """Return what the second sheet says of the build and of the file itself."""
    now = datetime.now(UTC).replace(tzinfo=None)
    return [
        (downloads.BUILD, build.build_id),
        (downloads.BUILT_AT, text.moment(build.built_at)),
        (downloads.WRITTEN_AT, text.moment(now)),
    ]
