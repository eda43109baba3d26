"""Messages as they are printed: in Swedish where the terminal speaks it.

Messages are written in English where they arise, and stay so in the warehouse, in files
and in tests. Only the lines that are printed pass here, one by one, on their way out.
"""

import os
import re

from etl.words.catalogue import swedish

_SPEAKS = ("LC_ALL", "LC_MESSAGES", "LANG")
"""What says which language a terminal speaks; the first that is set counts."""

_ROW = re.compile(r"([0-9.]+ {2})(.*)")


def is_swedish() -> bool:
    """Say whether the terminal speaks Swedish."""
    chosen = next(filter(None, map(os.environ.get, _SPEAKS)), "")
    return chosen.casefold().startswith("sv")


def spoken(message: str) -> str:
    """Return a message in the language of the terminal.

    One that the catalogue does not know is returned as it is.
    """
    if not is_swedish():
        return message
    return swedish().read(message) or spoken_lines(message)


def spoken_lines(text: str) -> str:
    """Return lines, and the cells of tables, in the language of the terminal."""
    if not is_swedish():
        return text
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    words = line.lstrip(" ")
    indent = line[: len(line) - len(words)]
    return indent + (swedish().read(words) or _row(words))


def _row(line: str) -> str:
    """Return a line that is a number and words, as in a table, in Swedish."""
    row = _ROW.fullmatch(line)
    return f"{row[1]}{swedish().cell(row[2])}" if row else line
