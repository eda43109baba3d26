"""Sheets of a template that stand beside its rows: what marks them as not to be read.

Such a sheet says in its first cell that it is not read, and how far it reaches. The
loader leaves it alone as long as nothing stands outside of that; where somebody has
written beside or below it, it is a sheet like any other, and is told of.
"""

import re

_SENTENCE = "Bladet hjälper den som fyller i och läses inte in. Det omfattar {cells}."
_MARK = re.compile(
    re.escape(_SENTENCE).replace(r"\{cells\}", "A1:([A-Z]{1,2})([0-9]+)")
)


def mark_of(rows: int, columns: int) -> str:
    """Return what the first cell of such a sheet says; rows and columns from 1."""
    return _SENTENCE.format(cells=f"A1:{_letters(columns)}{rows}")


def is_beside(first_cell: str, rows: int, columns: int) -> bool:
    """Say whether a sheet is marked as not to be read, and holds nothing more.

    Args:
        first_cell: The text of its cell A1.
        rows: The last of its rows that holds anything, from 1.
        columns: The last of its columns that does, from 1.
    """
    mark = _MARK.fullmatch(first_cell.strip())
    return mark is not None and rows <= int(mark[2]) and columns <= _number(mark[1])


def _letters(column: int) -> str:
    before, last = divmod(column - 1, 26)
    return (chr(ord("A") + before - 1) if before else "") + chr(ord("A") + last)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
