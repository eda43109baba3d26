"""The way of a build in words: its steps in order, and every statement they ran."""

import re
from collections.abc import Iterable, Iterator
from textwrap import dedent, fill

from etl.labels import Label, Run, Way

_WIDTH = 88
_ROWS = re.compile(r"VALUES (\(\?(?:, \?)*\))((?:, \1)+)")
"""Rows that Python knows, written with a mark for each value."""


def explained(way: Way) -> str:
    """Return the steps in the order they were first taken, then their statements.

    A step that is taken for every file shows the statements of the first file of each
    dataset; those of the others differ in names and numbers alone.
    """
    numbers: dict[Label, int] = {}
    for run in way.runs:
        numbers.setdefault(run.label, len(numbers) + 1)
    lines = ["The way: each step, what it reads and what it writes.", ""]
    for label, number in numbers.items():
        lines += [f"{number:>3}  {label.name}", *_touched(label)]
    lines += ["", "The statements of each step."]
    shown: dict[tuple[Label, str], int] = {}
    for run in way.runs:
        place = run.label, run.about
        shown[place] = shown.get(place, 0) + 1
        if not run.statements or (run.about and shown[place] > 1):
            continue
        lines += ["", *_statements(run, numbers[run.label])]
    return "\n".join(lines)


def _touched(label: Label) -> Iterator[str]:
    for what, names in (("reads", label.reads), ("writes", label.writes)):
        if names:
            yield _listed(f"       {what:<7}", names)


def _listed(before: str, names: Iterable[str]) -> str:
    indent = " " * len(before)
    words = ", ".join(sorted(names))
    return fill(words, _WIDTH, initial_indent=before, subsequent_indent=indent)


def _statements(run: Run, number: int) -> Iterator[str]:
    dataset = f" ({run.about})" if run.about else ""
    yield f"-- {number} {run.label.name}{dataset}"
    for statement in run.statements:
        yield f"{dedent(_ROWS.sub(_first_row, statement)).strip()};"


def _first_row(rows: re.Match[str]) -> str:
    more = rows[2].count(rows[1])
    return f"VALUES {rows[1]} /* and {more} more rows */"
