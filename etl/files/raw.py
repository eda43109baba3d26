"""What a reader gives of a file: one relation of text, and what is to be known of it.

Every reader gives the rows in the order of the file, with one text column `raw_<field>`
per field of the layout; a field the file does not have is NULL throughout, an empty
cell is ''. `raw_other_cells` holds the cells of all other columns of the file.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from etl.sources.layout import Layout
from kpi.errors import SourceError
from kpi.vocabulary import Finding

OTHER_CELLS = "other_cells"
SPACES = (
    " \t\n\r\v\f\u0085\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""What is not seen at the ends of a cell, or between the codes in one: spaces, line
breaks, and signs without a width that follow text copied from the web or from Word."""
FIRST_TEXT = "first_text"
"""The first text of a row, where a mapping tells by it that the row is none."""
SHEET = "sheet"
"""The name of the row's sheet, where a mapping may ask for it; NULL in a CSV."""
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Signs without a width."""
CELL_GAP = "\x1f"
"""Between the cells in `raw_other_cells`."""
FLAGS = {
    "too_short": "false",
    "too_long": "false",
    "ends_early": "false",
    "holds_rows": "false",
    "is_blank": "false",
    "unsaved": "NULL::VARCHAR",
    "left_out": "NULL::VARCHAR",
}
"""What a reader says of a row, and what holds where it says nothing: it lacks cells
that need a value, or has a text beyond the header; it lacks any cells; one of its cells
looks like rows that a quotation mark hides; it has no text at all, and is counted and
no row; the fields, as `,one,two,`, where a formula has no saved value; why a mapping
leaves it out, so that it is no row either."""
_PATH = re.compile(r"""'[^']*/[^']*'|"[^"]*/[^"]*"|(?<!\w)/[^\s'"]+""")
_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader of the figures should know of a file that was taken in.

    Attributes:
        finding: What it is.
        message: In words; without the file's name.
        count: Of rows, where it is about some.
    """

    finding: Finding
    message: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the file: the whole of a CSV, or one sheet of a workbook.

    Attributes:
        name: Of the sheet; empty for the whole file.
        first_row: Number of its header among the rows of all parts, counted from 1.
        extra: Names of the columns whose cells are in `raw_other_cells`, in order;
            cells beyond the header come after them.
    """

    name: str = ""
    first_row: int = 1
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """What was read of a file: its form, and the relation that gives its rows.

    Attributes:
        encoding: Of the text, or the kind of file.
        delimiter: Between the cells of a CSV; None otherwise.
        header: The column names as they stand.
        relations: SQL of a SELECT with the columns named in the module's docstring and
            the `FLAGS`; the next one is for when the engine cannot read the file by the
            one before.
        parts: The tables whose rows the relation gives, one below the other, the header
            of every part but the first as a blank row.
        first_row: Number of the relation's first row, counted from 1.
        sheets: Names of all sheets of a workbook.
        notes: What is to be told of the file.
        rows_per_line: How many rows of the relation a row of the file gives, where a
            mapping makes several of it; the numbers of rows are counted in them.
        headings: Field -> what the file calls it, in each of those rows, where a
            mapping says so; empty where it is not under a heading.
        rewritten: Fields whose text a mapping changed: `file_<field>` has what stands
            in the file.
        close: Removes what was put beside the file for reading it.
    """

    encoding: str
    delimiter: str | None
    header: tuple[str, ...]
    relations: Iterable[str]
    parts: tuple[Part, ...] = (Part(),)
    first_row: int = 2
    sheets: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    rows_per_line: int = 1
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rewritten: tuple[str, ...] = ()
    close: Callable[[], None] = lambda: None


def relation(cells: str, source: str, **flags: str) -> str:
    """Return SQL of a relation of text: its columns, and the flags not as usual."""
    sentence = ", ".join(
        f"{flags.get(name, usual)} AS {name}" for name, usual in FLAGS.items()
    )
    return f"SELECT {cells}, {sentence} FROM {source}"


def cells_of(layout: Layout, cells: Mapping[str, str], extra: Iterable[str]) -> str:
    """Return SQL of the columns of a relation of text, but for its flags.

    Args:
        layout: Of the file.
        cells: Field -> SQL of its cell, of those fields that the file has.
        extra: SQL of the cells of all other columns, in order.
    """
    fields = [
        f"{cells.get(field.name, 'NULL::VARCHAR')} AS raw_{field.name}"
        for field in layout.fields
    ]
    listed = ", ".join(extra)
    joined = f"concat_ws('{CELL_GAP}', {listed})" if listed else "''"
    return ", ".join([*fields, f"{joined} AS raw_{OTHER_CELLS}"])


def in_engine(path: Path) -> str:
    """Return SQL of a path that the engine reads as this path and no other.

    It takes `*`, `?` and `[` in any part of a path for a pattern, and reads every file
    that fits.

    Raises:
        SourceError: a part has a backslash beside them, which it always misreads.
    """
    whole = str(path.absolute())
    if _PATTERN.search(whole) and "\\" in whole:
        raise SourceError(
            f"{whole}: expected no backslash in a path with `*`, `?` or `[`; "
            "rename the file or the folder"
        )
    return "'" + _PATTERN.sub(r"[\g<0>]", whole).replace("'", "''") + "'"


def first_line(error: DBAPIError) -> str:
    """Return what DuckDB complains of, without the SQL and the paths around it."""
    lines = [line.strip() for line in str(error.orig).splitlines() if line.strip()]
    sentence = _PATH.sub("the file", lines[0] if lines else "")
    return sentence.removesuffix(".")
