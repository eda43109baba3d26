"""Specifications of whole files: what they hold and what becomes of it, in Markdown.

A chapter (`#`) is a build. A file's name in code, alone on its line, says what the
table below it holds; the files stand before the first heading. A heading (`##`) begins
what is expected of the build, in tables: outcomes, loaded files (`file` is the first
column) or all that a check noticed (`check` is the first column).
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.etl.count.specification import Table, tables

FOLDER = Path(__file__).parent / "specifications"
_FILE = re.compile(r"^`(\S+\.csv)`\n\n((?:^\|.*\n)+)", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """What is expected of a build, under one heading."""

    name: str
    expected: list[Table]


@dataclass(frozen=True, eq=False)
class Chapter:
    """The files of a build, by name, and what is expected of it.

    Told from others by being itself.
    """

    name: str
    files: dict[str, Table]
    sections: list[Section]


def chapters(file: Path) -> list[Chapter]:
    """Return the chapters of a file."""
    written = f"\n{file.read_text(encoding='utf-8')}"
    return [_chapter(chapter) for chapter in written.split("\n# ")[1:]]


def _chapter(written: str) -> Chapter:
    reported, *sections = written.split("\n## ")
    return Chapter(
        reported.partition("\n")[0],
        {name: tables(rows)[0] for name, rows in _FILE.findall(reported)},
        [
            Section(section.partition("\n")[0].strip(), tables(section))
            for section in sections
        ],
    )
