"""A file's form -> one relation of text: nothing is interpreted here.

Every reader gives the rows in the order of the file, with one text column `raw_<field>`
per field of the layout; a field the file does not have is NULL throughout, an empty
cell is ''. `raw_other_cells` holds the cells of all other columns of the file.
`too_short` and `too_long` say that a row has another number of cells than the header,
and `is_blank` that it is an empty line, which is counted and no row.
"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from etl.files.find import SourceFile, columns_in
from etl.files.forms import BLANK, TextForm, text_form, write_plain
from etl.labels import labelled, lend
from etl.sources.layout import Layout
from kpi.errors import SourceError

OTHER_CELLS = "other_cells"
_PATTERN = re.compile(r"[*?\[]")
_SPARE = (3, 500)
"""Cells beyond the header that a row may have and still be read: few at first, since
every one of them costs time, and many where that was not enough."""
_LEAST_BUFFER = 1 << 24
"""Bytes beyond the answer itself; the engine sets aside twice what it may be long."""


class Raw:
    """What was read of a file: its form, and the relation that gives its rows.

    Attributes:
        encoding: Of the text, or the kind of file.
        delimiter: Between the cells of a CSV; None otherwise.
        header: The column names as they stand.
        relations: SQL of a SELECT with the columns named in the module's docstring;
            the next one is for when the engine cannot read the file by the one before.
        close: Removes what was put beside the file for reading it.
    """

    def __init__(
        self,
        encoding: str,
        delimiter: str | None,
        header: tuple[str, ...],
        relations: list[str],
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self.encoding = encoding
        self.delimiter = delimiter
        self.header = header
        self.relations = relations
        self.close = close


@labelled("look at the file", writes=("workbook_rows",))
def read(connection: Connection, file: SourceFile, scratch: Path) -> Raw:
    """Return a relation of the file's rows.

    Raises:
        SourceError: the file as a whole cannot be taken in.
    """
    suffix = file.path.suffix.casefold()
    if suffix == ".xlsx":
        return _read_workbook(connection, file)
    if suffix == ".json":
        return _read_kolada_json(connection, file)
    return _read_csv(file, scratch)


def _read_csv(file: SourceFile, scratch: Path) -> Raw:
    form = text_form(file)
    positions = columns_in(file, form.header)
    path, close = file.path, lambda: None
    if not form.is_plain:
        path = scratch / f"{file.sha256}.plain.csv"
        write_plain(file, form, path)
        close = path.unlink
    relations = [_csv_relation(file, form, path, positions, n) for n in _SPARE]
    return Raw(form.encoding, form.delimiter, form.header, relations, close)


def _csv_relation(
    file: SourceFile, form: TextForm, path: Path, positions: dict[str, int], spare: int
) -> str:
    width = len(form.header)
    names = [f"cell_{n}" for n in range(width + spare)]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    written = {"\t": "\\t", "\n": "\\n", "\r\n": "\\r\\n"}
    new_line = form.new_line if form.is_plain else "\n"
    # An absent cell is NULL and an empty one '': no text is taken for NULL.
    source = (
        f"read_csv({_in_engine(path)}, header = true, auto_detect = false, "
        f"delim = '{written.get(form.delimiter, form.delimiter)}', "
        f"quote = '\"', escape = '\"', new_line = '{written[new_line]}', "
        "null_padding = true, nullstr = '\\x00', all_varchar = true, "
        "hive_partitioning = false, "
        f"max_line_size = 4000000, columns = {{{columns}}})"
    )
    cells = _cells(file.layout, names, positions)
    return (
        f"SELECT {cells}, {names[width - 1]} IS NULL AS too_short, "
        f"{names[width]} IS NOT NULL AS too_long, "
        f"coalesce({names[0]} = '{BLANK}', false) AS is_blank FROM {source}"
    )


def _read_workbook(connection: Connection, file: SourceFile) -> Raw:
    try:
        with CalamineWorkbook.from_path(str(file.path)) as workbook:
            rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, OSError, IndexError) as error:
        raise SourceError(
            f"{file.name}: cannot be opened as an Excel workbook "
            f"({type(error).__name__}); it may be cut off; export it again"
        ) from None
    if not rows:
        raise SourceError(
            f"{file.name}: the first sheet is empty; expected a header row"
        )
    header = tuple(str(cell).strip() for cell in rows[0])
    positions = columns_in(file, header)
    frame = pd.DataFrame(rows[1:], columns=[f"cell_{n}" for n in range(len(header))])
    written = frame.map(_written)
    lend(connection, "workbook_rows", written.astype(str))
    cells = _cells(file.layout, list(frame.columns), positions)
    relation = (
        f"SELECT {cells}, false AS too_short, false AS too_long, false AS is_blank "
        "FROM workbook_rows"
    )
    return Raw("xlsx", None, header, [relation])


def _written(cell: object) -> str:
    """Return a cell as it would be written in a CSV file."""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _read_kolada_json(connection: Connection, file: SourceFile) -> Raw:
    header = ("kpi", "kolada_region_id", "region", "year", "value")
    source = (
        f"read_json({_in_engine(file.path)}, format = 'auto', columns = "
        "{values: 'STRUCT(kpi VARCHAR, municipality VARCHAR, period VARCHAR, "
        'values STRUCT(gender VARCHAR, "value" VARCHAR, isdeleted BOOLEAN)[])[]\', '
        "municipalities: 'STRUCT(id VARCHAR, title VARCHAR)[]'}, "
        f"maximum_object_size = {file.size + _LEAST_BUFFER})"
    )
    relation = f"""
        WITH answer AS MATERIALIZED (FROM {source}),
        region AS (SELECT unnest(municipalities, recursive := true) FROM answer),
        record AS (SELECT unnest(values) AS one FROM answer),
        figure AS (
            SELECT one.kpi AS kpi, one.municipality AS municipality,
                one.period AS period, unnest(one.values) AS figure FROM record
        )
        SELECT kpi AS raw_kpi,
            municipality AS raw_kolada_region_id, coalesce(title, '') AS raw_region,
            period AS raw_year, coalesce(figure."value", '') AS raw_value,
            '' AS raw_other_cells,
            false AS too_short, false AS too_long, false AS is_blank
        FROM figure LEFT JOIN region ON region.id = municipality
        WHERE figure.gender = 'T' AND NOT coalesce(figure.isdeleted, false)
    """
    try:
        connection.exec_driver_sql(f"SELECT count(*) FROM ({relation})")
    except DBAPIError as error:
        raise SourceError(
            f"{file.name}: cannot be read as an answer of the Kolada API v3: "
            f"{first_line(error)}; fetch it again with `python -m etl fetch kolada`"
        ) from None
    return Raw("utf-8", None, header, [relation])


def _cells(layout: Layout, names: list[str], positions: dict[str, int]) -> str:
    """Return SQL of the layout's columns, and of all other cells of a row in one."""
    cells = [
        f"{names[positions[one.name]] if one.name in positions else 'NULL::VARCHAR'}"
        f" AS raw_{one.name}"
        for one in layout.fields
    ]
    others = [name for at, name in enumerate(names) if at not in positions.values()]
    joined = f"concat_ws(' | ', {', '.join(others)})" if others else "''"
    return ", ".join([*cells, f"{joined} AS raw_{OTHER_CELLS}"])


def _in_engine(path: Path) -> str:
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
    said = re.sub(r"'?(/[^\s'\"]+)+'?", "the file", lines[0] if lines else "")
    return said.removesuffix(".")
