"""A CSV file -> one relation of text, read by the engine."""

from collections.abc import Iterator
from pathlib import Path

from etl.files.find import SourceFile
from etl.files.forms import BLANK, TextForm, text_form, write_plain
from etl.files.header import columns_in
from etl.files.raw import (
    FIRST_TEXT,
    SHEET,
    SPACES,
    Note,
    Part,
    Raw,
    cells_of,
    in_engine,
    relation,
)
from kpi.vocabulary import Finding

_SPARE = (3, 500)
"""Cells beyond the header that a row may have and still be read: few at first, since
every one of them costs time, and many where that was not enough."""
_WRITTEN = {"\t": "\\t", "\n": "\\n", "\r\n": "\\r\\n"}


def read_lines(file: SourceFile, scratch: Path) -> Raw:
    """Return a relation of the rows of a CSV file.

    Raises:
        SourceError: it is empty, no text, or lacks columns.
    """
    form = text_form(file)
    where = f"{file.name}:{form.lines_above + 1}"
    positions = columns_in(file, form.header, where, form.head)
    extra = tuple(
        name for at, name in enumerate(form.header) if at not in positions.values()
    )
    copy = scratch / f"{file.sha256}.plain.csv"
    notes: tuple[Note, ...] = ()
    if not form.ends_whole:
        message = (
            "the last line has no end, as in a file that was cut off; see whether its "
            "last row is whole"
        )
        notes = (Note(Finding.NO_LAST_LINE_END, message),)
    return Raw(
        form.encoding,
        form.delimiter,
        form.header,
        _relations(file, form, positions, copy),
        parts=(Part(first_row=1, extra=extra),),
        first_row=form.lines_above + 2,
        notes=notes,
        close=lambda: copy.unlink(missing_ok=True),
    )


def _relations(
    file: SourceFile, form: TextForm, positions: dict[str, int], copy: Path
) -> Iterator[str]:
    """Give the ways to read a file; the last, where it has quotes, from a copy."""
    is_copied = not form.is_plain
    if is_copied:
        write_plain(file, form, copy)
    for spare in _SPARE:
        path, new_line = (copy, "\n") if is_copied else (file.path, form.new_line)
        yield _relation(file, form, path, new_line, positions, spare)
    if form.has_quotes:
        if not is_copied:
            write_plain(file, form, copy)
        # Line breaks in cells, where several threads read, can be too much for it.
        slowly = "parallel = false, "
        yield _relation(file, form, copy, "\n", positions, _SPARE[-1], slowly)


def _relation(
    file: SourceFile,
    form: TextForm,
    path: Path,
    new_line: str,
    positions: dict[str, int],
    spare: int,
    how: str = "",
) -> str:
    width = len(form.header)
    names = [f"cell_{n}" for n in range(width + spare)]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    # An absent cell is NULL and an empty one '': no text is taken for NULL.
    source = (
        f"read_csv({in_engine(path)}, header = true, skip = {form.lines_above}, "
        "auto_detect = false, "
        f"delim = '{_WRITTEN.get(form.delimiter, form.delimiter)}', "
        f"quote = '\"', escape = '\"', new_line = '{_WRITTEN[new_line]}', "
        "null_padding = true, nullstr = '\\x00', all_varchar = true, "
        f"hive_partitioning = false, {how}"
        f"max_line_size = 4000000, columns = {{{columns}}})"
    )
    cells = names
    if not form.is_composed:
        cells = [f"nfc_normalize({name})" for name in names]
    extra = [cell for at, cell in enumerate(cells) if at not in positions.values()]
    fields = {name: cells[at] for name, at in positions.items()}
    least = _fewest_cells(file, form, positions)
    return relation(
        cells_of(file.table, fields, extra) + _beside(file, names),
        source,
        too_short=f"{names[least - 1]} IS NULL",
        ends_early=f"{names[width - 1]} IS NULL",
        too_long=_has_text_beyond(names[width:]),
        is_blank=_is_blank(names),
        holds_rows=_holds_rows(names, form) if form.has_quotes else "false",
    )


def _beside(file: SourceFile, names: list[str]) -> str:
    """Return SQL of what a mapping asks for beside the cells of its headings."""
    if not file.mapped:
        return ""
    first = "NULL::VARCHAR"
    if file.mapped.mapping.ignore:
        texts = ", ".join(f"nullif(trim({name}, '{SPACES}'), '')" for name in names)
        first = (
            f"CASE WHEN {_begins_seen(names[0])} THEN {names[0]} "
            f"ELSE coalesce({texts}) END"
        )
    return f", {first} AS {FIRST_TEXT}, NULL::VARCHAR AS {SHEET}"


def _fewest_cells(file: SourceFile, form: TextForm, positions: dict[str, int]) -> int:
    """Return how many cells a row needs: to the last column that needs a value.

    Excel leaves out what is empty at the end of a row. Where the file's last line has
    no end, a row that ends early is more probably cut off.
    """
    width = len(form.header)
    if not form.ends_whole:
        return width
    needed = [
        positions[field.name] + 1
        for field in file.table.fields
        if field.needs_value and field.name in positions
    ]
    return max(needed, default=width)


def _has_text_beyond(names: list[str]) -> str:
    """Return SQL that holds for a row with a text in a cell that no column has."""
    text = f"trim(concat_ws('', {', '.join(names)}), '{SPACES}')"
    return f"CASE WHEN {names[0]} IS NOT NULL THEN {text} <> '' ELSE false END"


def _is_blank(names: list[str]) -> str:
    """Return SQL that holds for a row without any text, whatever its cells."""
    first, text = names[0], f"trim(concat_ws('', {', '.join(names)}), '{SPACES}')"
    return (
        f"CASE WHEN {_begins_seen(first)} THEN false "
        f"WHEN {first} = '{BLANK}' THEN true ELSE {text} = '' END"
    )


def _begins_seen(text: str) -> str:
    """Return SQL that holds for a text that begins with a sign that is seen.

    Trimming is dear, and most do.
    """
    return f"unicode({text}) BETWEEN {ord('!')} AND {ord('~')}"


def _holds_rows(names: list[str], form: TextForm) -> str:
    """Return SQL that holds for a row with a cell that looks like several rows.

    It has line breaks, and as many delimiters as a row; in prose a space follows them.
    """
    delimiter = _WRITTEN.get(form.delimiter, form.delimiter)
    fewest = len(form.header) - 1
    marks = f"E'{delimiter}'"
    return " OR ".join(
        f"((contains({name}, E'\\n') OR contains({name}, E'\\r')) "
        f"AND len({name}) - len(replace({name}, {marks}, ''))"
        f" - len(string_split({name}, {marks} || ' ')) + 1 >= {fewest})"
        for name in names
    )
