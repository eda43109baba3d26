"""Specifications: tables of what is reported and what becomes of it, in Markdown.

A heading begins a case, which is an indicator of its own. Its block of YAML changes the
builders' definition; its first table is rows of the file, its second the outcomes, of
which a row may name any column. A dash is no value; a row of dashes is no outcome.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "specifications"
Table = list[dict[str, str]]


@dataclass(frozen=True)
class Case:
    """An indicator, its rows and its outcomes."""

    name: str
    indicator: str
    definition: dict[str, Any]
    rows: Table
    outcomes: Table


def cases(file: Path) -> list[Case]:
    """Return the cases of a file."""
    sections = file.read_text(encoding="utf-8").split("\n## ")[1:]
    return [_case(file.stem, nr, section) for nr, section in enumerate(sections)]


def _case(subject: str, nr: int, section: str) -> Case:
    [definition] = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    rows, outcomes = tables(section)
    return Case(
        section.partition("\n")[0],
        f"{subject}_{nr}",
        yaml.safe_load(definition),
        rows,
        outcomes,
    )


def tables(written: str) -> list[Table]:
    """Return the tables of a text, each as its rows by column."""
    return [
        _table(table) for table in re.findall(r"(?:^\|.*\n?)+", written, re.MULTILINE)
    ]


def _table(written: str) -> Table:
    lines = [
        [cell.strip() for cell in line.strip()[1:-1].split("|")]
        for line in written.splitlines()
    ]
    header, _, *body = lines
    return [dict(zip(header, line, strict=True)) for line in body]
