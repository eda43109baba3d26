"""A file that nothing is known of: its tables, headings, and what stands there."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from unicodedata import normalize

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from etl.files.find import describe
from etl.files.forms import encoding_of
from etl.files.workbook import UNREADABLE, unopened, written
from etl.sources.units import UNITS
from kpi.errors import SourceError

MOST_ROWS = 5000
"""Rows of a table that are looked at: enough to see what a column holds."""
_HEAD = 20
_DELIMITERS = ";,\t|"
_NO_ROW = re.compile(
    r"((del)?summa|totalt?|källa|medel(värde)?|genomsnitt|antal rader|utskriven|skapad)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_YEAR = re.compile("(19|20)[0-9]{2}")
_NUMBER = re.compile(r"[-+]?[0-9  ]+([.,][0-9]+)?\s*%?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        heading: As it stands.
        texts: What stands below it -> how often, the commonest first; without what is
            empty.
        rows: How many rows there are.
    """

    heading: str
    texts: Counter[str]
    rows: int

    @property
    def filled(self) -> int:
        """How many rows have something."""
        return self.texts.total()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file: the whole of a CSV, or one sheet.

    Attributes:
        sheet: Its name; empty for a CSV.
        header_row: Number of the row with the headings, from 1.
        columns: In their order, of those with a heading.
        rows: How many rows below it were looked at.
        ignored: How rows begin that look like sums and remarks.
    """

    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    rows: int
    ignored: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, in their order."""
        return tuple(column.heading for column in self.columns)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file is.

    Attributes:
        path: Of the file.
        form: In words: `CSV, utf-8, between cells ";"`.
        tables: Those with headings and rows.
        unread: Names of the other sheets, and of those that are hidden.
    """

    path: Path
    form: str
    tables: tuple[Table, ...]
    unread: tuple[str, ...] = ()


def survey(path: Path) -> Survey:
    """Look at a file.

    Raises:
        SourceError: it is no text and no workbook, or has no table.
    """
    if not path.is_file():
        raise SourceError(f"{path} is no file; give the path of one export")
    if path.suffix.casefold() == ".xlsx":
        form, hidden = "workbook (.xlsx)", _hidden(path)
        sheets = _sheets(path)
    else:
        hidden = []
        form, sheets = _lines(path)
    tables = tuple(
        table for name, rows in sheets.items() if (table := _table(name, rows))
    )
    if not tables:
        raise SourceError(
            f"{path}: no table; expected a row of headings with rows below it; see "
            "whether it is the right file"
        )
    of_tables = {table.sheet for table in tables}
    unread = [name for name in sheets if name not in of_tables]
    return Survey(path, form, tables, (*unread, *hidden))


def _lines(path: Path) -> tuple[str, dict[str, list[list[str]]]]:
    file = describe(path, path.name, UNITS)
    encoding = encoding_of(file)
    with path.open(encoding=encoding, newline="") as stream:
        lines = list(islice(stream, MOST_ROWS + _HEAD))
    by_delimiter = {
        sign: list(csv.reader(lines, delimiter=sign)) for sign in _DELIMITERS
    }

    def width(sign: str) -> tuple[int, int]:
        """How many rows agree in how many cells they have, of those with several."""
        widths = Counter(len(row) for row in by_delimiter[sign] if len(row) > 1)
        return widths.most_common(1)[0][::-1] if widths else (0, 0)

    delimiter = max(_DELIMITERS, key=width)
    if delimiter == "|":
        raise SourceError(
            f"{path}: cells seem to be parted by `|`; expected `;`, `,` or a tab; "
            "choose another separator in the export"
        )
    shown = "a tab" if delimiter == "\t" else repr(delimiter)
    return f"CSV, {encoding}, {shown} between cells", {"": by_delimiter[delimiter]}


def _hidden(path: Path) -> list[str]:
    """Return the names of hidden sheets, which are never read."""
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            return [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible != SheetVisibleEnum.Visible
            ]
    except UNREADABLE as error:
        raise SourceError(unopened(describe(path, path.name, UNITS), error)) from None


def _sheets(path: Path) -> dict[str, list[list[str]]]:
    file = describe(path, path.name, UNITS)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            visible = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
            ]
            return {
                name: [
                    [written(cell) for cell in row]
                    for row in workbook.get_sheet_by_name(name).to_python(
                        skip_empty_area=False, nrows=MOST_ROWS + _HEAD
                    )
                ]
                for name in visible
            }
    except UNREADABLE as error:
        raise SourceError(unopened(file, error)) from None


def _table(sheet: str, rows: Sequence[Sequence[str]]) -> Table | None:
    texts = [
        [normalize("NFC", cell.strip("\ufeff").strip()) for cell in r] for r in rows
    ]
    at = _header_at(texts)
    if at is None:
        return None
    header, below = texts[at], [row for row in texts[at + 1 :] if any(row)]
    ignored = [next(filter(None, row)) for row in below if _is_no_row(row, header)]
    kept = [row for row in below if not _is_no_row(row, header)][:MOST_ROWS]
    columns = []
    for n, heading in enumerate(header):
        if heading:
            cells = (row[n] for row in kept if n < len(row))
            columns.append(Column(heading, Counter(filter(None, cells)), len(kept)))
    words = (match[0] for text in ignored if (match := _NO_ROW.match(text)))
    return Table(sheet, at + 1, tuple(columns), len(kept), tuple(dict.fromkeys(words)))


def _header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which row has the headings: the first wide one, all different words."""
    head = rows[:_HEAD]
    widest = max((sum(map(bool, row)) for row in head), default=0)
    if widest < 2:
        return None
    for n, row in enumerate(head):
        cells = [cell for cell in row if cell]
        is_wide = len(cells) >= max(2, 0.6 * widest)
        numbers = [cell for cell in cells if _NUMBER.fullmatch(cell)]
        if is_wide and all(map(_YEAR.fullmatch, numbers)):
            return n
    return None


def _is_no_row(row: Sequence[str], header: Sequence[str]) -> bool:
    first = next(filter(None, row))
    few = sum(map(bool, row)) <= max(1, len(header) // 2)
    is_alone = bool(_NO_ROW.fullmatch(first))
    return is_alone or (bool(_NO_ROW.match(first)) and (few or first == row[0]))
