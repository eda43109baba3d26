"""Outcomes as an Excel file: the same parameters and numbers as the API."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.format import Format

from app.api.answer import Answer, Book, Download
from app.api.as_csv import Cell
from app.api.faults import RequestFault
from app.api.parameters import OF_OUTCOMES, Given
from app.api.workbook import (
    COUNTS,
    DECIMALS,
    HEADING,
    MOST_ROWS,
    build_facts,
    workbook,
    write_row,
)
from app.outcome.answer import LISTED, choice_in, file_name, outcomes
from app.queries.builds import Build
from app.queries.definitions import definitions
from app.queries.listing import Choice, outcome_count
from app.queries.reader import Reader
from app.queries.units import unit_tree
from app.words import downloads, language, text
from app.words.language import gettext as _
from kpi.assessment import Reason, Status

_WIDTHS = {"indicator": 28, "unit": 26, "status": 22, "reason": 34, "build": 24}
_WIDTH = 13
_DECIMALS = ("value", "lower", "upper", "target", "national_target")
_COUNTS = ("numerator", "denominator", "units_reporting", "units_expected")


def outcomes_workbook(reader: Reader, given: Given) -> Book:
    """Return the outcomes asked for as a file.

    Raises:
        RequestFault: it names something unknown, or the rows are too many.
    """
    reader, choice = choice_in(reader, given)
    every = outcome_count(reader, choice)
    count = min(max(every - choice.offset, 0), choice.limit or every)
    if count > MOST_ROWS:
        expected = _(
            "högst {number} utfall i en arbetsbok: välj färre indikatorer, "
            "enheter eller perioder, eller hämta CSV"
        ).format(number=MOST_ROWS)
        raise RequestFault("limit", str(count), expected)
    names = {one.id: language.of(one.name) for one in definitions(reader).indicators}
    units = {one.unit_id: one.name for one in unit_tree(reader)}
    with TemporaryDirectory(prefix="malbild-") as folder:
        path = Path(folder) / "outcomes.xlsx"
        write_workbook(path, outcomes(reader, given), choice, names, units, count)
        # At most some ten megabytes, by MOST_ROWS.
        return Book(path.read_bytes(), reader.build, file_name(choice))


OUTCOMES_FILE = Download(
    "outcomes",
    "Outcomes as an Excel file, with a sheet on where they come from.",
    OF_OUTCOMES,
    outcomes_workbook,
)


def write_workbook(
    path: Path,
    answer: Answer,
    choice: Choice,
    names: dict[str, str],
    units: dict[str, str],
    count: int,
) -> None:
    """Write outcomes as a workbook of two sheets: the numbers, and what they are.

    Args:
        path: Where to.
        answer: The outcomes; gone through once.
        choice: What was asked for, to be told in the file.
        names: Of indicators, by id.
        units: Names of units, by id.
        count: How many outcomes.
    """
    with workbook(path) as book:
        heading = book.add_format(HEADING)
        _write_outcomes(book, heading, answer, names, units)
        _write_about(book, heading, answer, choice, names, units, count)


def _write_outcomes(
    book: xlsxwriter.Workbook,
    heading: Format,
    answer: Answer,
    names: dict[str, str],
    units: dict[str, str],
) -> None:
    sheet = book.add_worksheet(str(downloads.SHEET))
    decimals, counts = book.add_format(DECIMALS), book.add_format(COUNTS)
    formats = dict.fromkeys(_DECIMALS, decimals) | dict.fromkeys(_COUNTS, counts)
    columns = [name for name in LISTED.columns(answer) if name in downloads.COLUMNS]
    for position, name in enumerate(columns):
        sheet.set_column(position, position, _WIDTHS.get(name, _WIDTH))
    extra = len(columns)
    sheet.set_column(extra, extra + 1, 40)
    sheet.freeze_panes(1, 3)
    titles = [downloads.COLUMNS[name] for name in columns]
    write_row(sheet, 0, [*titles, *downloads.NAME_COLUMNS], [heading])
    row_formats = [formats.get(name) for name in columns]
    at = 0
    for at, record in enumerate(LISTED.records(answer), start=1):
        cells = [_words(name, record[name]) for name in columns]
        named = [
            names.get(record["indicator"], ""),
            units.get(record["unit"], record["unit"]),
        ]
        write_row(sheet, at, [*cells, *named], row_formats)
    sheet.autofilter(0, 0, max(at, 1), extra + 1)


def _words(name: str, cell: Cell) -> Cell:
    if name in ("status", "national_status") and isinstance(cell, str):
        return text.STATUS[Status(cell)]
    if name == "reason" and isinstance(cell, str):
        return text.REASON[Reason(cell)]
    return cell


def _write_about(
    book: xlsxwriter.Workbook,
    heading: Format,
    answer: Answer,
    choice: Choice,
    names: dict[str, str],
    units: dict[str, str],
    count: int,
) -> None:
    sheet = book.add_worksheet(str(downloads.ABOUT_SHEET))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    lines = [(downloads.TITLE, "")]
    if answer.build.is_demo:
        lines.append((downloads.DEMO, ""))
    lines += _facts(answer.build, choice, names, units, count)
    lines.append((downloads.EXPLANATION, downloads.EXPLANATIONS[0]))
    lines += [("", one) for one in downloads.EXPLANATIONS[1:]]
    lines.append((downloads.COLUMN_WORDS, ""))
    lines += [(words, name) for name, words in downloads.COLUMNS.items()]
    for at, line in enumerate(lines):
        is_heading = not line[1]
        write_row(sheet, at, line, [heading] if is_heading else [None, None])


def _facts(
    build: Build,
    choice: Choice,
    names: dict[str, str],
    units: dict[str, str],
    count: int,
) -> list[tuple[str, str]]:
    return [
        (downloads.CHOSEN_INDICATORS, _listed(choice.indicators, names)),
        (downloads.CHOSEN_UNITS, _listed(choice.units, units)),
        (downloads.CHOSEN_PERIODS, _periods(choice)),
        (downloads.CHOSEN_BY, choice.by or downloads.TOTALS),
        (downloads.ROWS, str(count)),
        *build_facts(build),
    ]


def _listed(ids: Sequence[str], names: dict[str, str]) -> str:
    named = [f"{names.get(one, one)} ({one})" for one in ids]
    return "; ".join(named) or downloads.ALL


def _periods(choice: Choice) -> str:
    parts = [str(one) for one in choice.periods]
    if choice.since or choice.until:
        since = str(choice.since or "")
        parts.append(downloads.since_until(since, str(choice.until or "")))
    parts += [str(text.PERIOD_KINDS[kind]) for kind in choice.kinds]
    return "; ".join(parts) or downloads.ALL
