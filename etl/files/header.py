"""The header of a file: which columns it has, lacks, and has beside those known."""

import re
from collections.abc import Iterable, Sequence

from etl.files.find import SourceFile
from etl.folding import folded
from etl.sources.layout import Layout
from kpi.errors import SourceError

_FEWEST_OF_A_PERSON = 9
_NAME = re.compile(r"[^\W\d][\w ./%()-]{0,60}")


def columns_in(
    file: SourceFile,
    header: Sequence[str],
    where: str = "",
    head: Sequence[Sequence[str]] = (),
) -> dict[str, int]:
    """Return where each field of the layout stands in the header.

    Args:
        file: Whose header it is.
        header: The names as they stand.
        where: How to name the row in a message; without it the file's first line.
        head: The uppermost rows, to see whether the header stands below the first.

    Raises:
        SourceError: required columns are missing, or a name stands twice.
    """
    positions: dict[str, int] = {}
    faults = []
    where = where or f"{file.name}:1"
    known = {field.name for field in file.table.fields}
    for position, written in enumerate(header):
        name = folded(written)
        if name in positions and name in known:
            faults.append(f"{where}: the column {written!r} stands twice; keep one")
        positions.setdefault(name, position)
    missing = missing_in(file.table, header)
    if missing:
        below = [n for n, row in enumerate(head, 1) if not missing_in(file.table, row)]
        advice = "add it to the export"
        if file.mapped:
            advice = f"mend {file.mapped.path}, or the export"
        elif below:
            advice = (
                f"the column names stand on row {below[0]}, and the header must be row "
                "1; remove the rows above it"
            )
        faults.append(
            f"{where}: missing column {', '.join(missing)}; found {_shown(header)}; "
            f"{advice}"
        )
    if faults:
        raise SourceError(*faults)
    return {name: at for name, at in positions.items() if name in known}


def missing_in(layout: Layout, header: Iterable[str]) -> list[str]:
    """Return the columns without which a file is refused that are not in a header."""
    written = {folded(name) for name in header}
    return [
        field.in_file
        for field in layout.fields
        if field.is_required and field.name not in written
    ]


def header_at(file: SourceFile, head: Sequence[Sequence[str]]) -> int:
    """Return which of the uppermost rows has the column names, from 0.

    The first, unless a mapping says so or leaves it to the file.
    """
    if not file.mapped:
        return 0
    if file.mapped.mapping.header_row:
        return min(file.mapped.mapping.header_row, len(head)) - 1
    whole = (n for n, row in enumerate(head) if not missing_in(file.table, row))
    return next(whole, 0)


def missing_columns(file: SourceFile, header: Iterable[str]) -> list[str]:
    """Return the optional columns of the layout that the file does without."""
    written = {folded(name) for name in header}
    if file.mapped:
        written = {name for cells in file.mapped.mapping.rows for name in cells}
    return [field.name for field in file.layout.fields if field.name not in written]


def _shown(header: Iterable[str]) -> str:
    """Return column names for a message; a row taken for a header is not repeated."""
    names = [name if _NAME.fullmatch(name) else "(not a name)" for name in header]
    return ", ".join(names) or "nothing"


def shown_name(name: str) -> str:
    """Return the name of a sheet for a message, unless it could hold a person's number.

    Such a name is found out with the cells, when every file has been looked at.
    """
    digits = sum(letter.isdigit() for letter in name)
    return name if digits < _FEWEST_OF_A_PERSON else "(a name with many digits)"


def extra_columns(file: SourceFile, header: Iterable[str]) -> list[str]:
    """Return the columns that the layout does not know, which are ignored."""
    known = {field.name for field in file.table.fields}
    extra = (name for name in header if name and folded(name) not in known)
    return [name if _NAME.fullmatch(name) else "(not a name)" for name in extra]
