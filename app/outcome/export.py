"""Outcomes as an Excel file: the same parameters and numbers as the API."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from app.api.answer import Answer
from app.api.as_csv import Cell
from app.api.faults import RequestFault
from app.api.parameters import OutcomeRequest
from app.api.workbook import (
    COUNTS,
    DECIMALS,
    HEADING,
    MOST_ROWS,
    build_facts,
    workbook,
    write_row,
)
from app.outcome.answer import choice as chosen
from app.outcome.answer import outcomes
from app.queries.builds import Build
from app.queries.definitions import definitions
from app.queries.listing import outcome_count
from app.queries.reader import open_reader
from app.queries.units import unit_tree
from app.words import downloads, language, text
from app.words.language import gettext as _
from kpi.assessment import Reason, Status
from kpi.warehouse import Warehouse

_WIDTHS = {"indicator": 28, "unit": 26, "status": 22, "reason": 34, "build": 24}
_WIDTH = 13
_DECIMALS = ("value", "lower", "upper", "target", "national_target")
_COUNTS = ("numerator", "denominator", "units_reporting", "units_expected")


def outcomes_workbook(
    warehouse: Warehouse, wanted: OutcomeRequest
) -> tuple[bytes, Build, str]:
    """Return the file, the build it is from, and its name without ending.

    Raises:
        RequestFault: it names something unknown, or the rows are too many.
    """
    with TemporaryDirectory(prefix="malbild-") as folder:
        path = Path(folder) / "outcomes.xlsx"
        with open_reader(warehouse) as opened:
            reader, choice = chosen(opened, wanted)
            build = reader.build
            found = outcome_count(reader, choice)
            kept = min(max(found - wanted.offset, 0), wanted.limit or found)
            if kept > MOST_ROWS:
                expected = _(
                    "högst {number} utfall i en arbetsbok: välj färre indikatorer, "
                    "enheter eller perioder, eller hämta CSV"
                ).format(number=MOST_ROWS)
                raise RequestFault("limit", str(kept), expected)
            answer = outcomes(reader, wanted)
            names = {
                one.id: language.of(one.name) for one in definitions(reader).indicators
            }
            tree = unit_tree(reader)
            units = {one.unit_id: one.name for one in tree}
            write_workbook(path, answer, wanted, names, units, kept)
        # At most some ten megabytes, by MOST_ROWS.
        content = path.read_bytes()
    return content, build, wanted.file_name


def write_workbook(
    path: Path,
    answer: Answer,
    wanted: OutcomeRequest,
    names: dict[str, str],
    units: dict[str, str],
    count: int,
) -> None:
    """Write outcomes as a workbook of two sheets: the numbers, and what they are.

    Args:
        path: Where to.
        answer: The outcomes; gone through once.
        wanted: What was asked for, to be told in the file.
        names: Of indicators, by id.
        units: Names of units, by id.
        count: How many outcomes.
    """
    with workbook(path) as book:
        heading = book.add_format(HEADING)
        _write_outcomes(book, heading, answer, names, units)
        _write_about(book, heading, answer, wanted, names, units, count)


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
    columns = [name for name in answer.columns() if name in downloads.COLUMNS]
    for position, name in enumerate(columns):
        sheet.set_column(position, position, _WIDTHS.get(name, _WIDTH))
    extra = len(columns)
    sheet.set_column(extra, extra + 1, 40)
    sheet.freeze_panes(1, 3)
    titles = [downloads.COLUMNS[name] for name in columns]
    write_row(sheet, 0, [*titles, *downloads.NAME_COLUMNS], [heading])
    row_formats = [formats.get(name) for name in columns]
    at = 0
    for at, record in enumerate(answer.records, start=1):
        cells = [_words(name, record[name]) for name in columns]
        named = [
            names.get(record["indicator"], ""),
            units.get(record["unit"], record["unit"]),
        ]
        write_row(sheet, at, [*cells, *named], row_formats)
    sheet.autofilter(0, 0, max(at, 1), extra + 1)


def _words(name: str, cell: Any) -> Cell:
    if name in ("status", "national_status") and cell:
        return text.STATUS[Status(cell)]
    if name == "reason" and cell:
        return text.REASON[Reason(cell)]
    return cell


def _write_about(
    book: xlsxwriter.Workbook,
    heading: Format,
    answer: Answer,
    wanted: OutcomeRequest,
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
    lines += _facts(answer.build, wanted, names, units, count)
    lines.append((downloads.EXPLANATION, downloads.EXPLANATIONS[0]))
    lines += [("", one) for one in downloads.EXPLANATIONS[1:]]
    lines.append((downloads.COLUMN_WORDS, ""))
    lines += [(words, name) for name, words in downloads.COLUMNS.items()]
    for at, line in enumerate(lines):
        is_heading = not line[1]
        write_row(sheet, at, line, [heading] if is_heading else [None, None])


def _facts(
    build: Build,
    wanted: OutcomeRequest,
    names: dict[str, str],
    units: dict[str, str],
    count: int,
) -> list[tuple[str, str]]:
    return [
        (downloads.CHOSEN_INDICATORS, _listed(wanted.indicators, names)),
        (downloads.CHOSEN_UNITS, _listed(wanted.units, units)),
        (downloads.CHOSEN_PERIODS, _periods(wanted)),
        (downloads.CHOSEN_BY, wanted.by or downloads.TOTALS),
        (downloads.ROWS, str(count)),
        *build_facts(build),
    ]


def _listed(ids: Sequence[str], names: dict[str, str]) -> str:
    named = [f"{names.get(one, one)} ({one})" for one in ids]
    return "; ".join(named) or downloads.ALL


def _periods(wanted: OutcomeRequest) -> str:
    parts = [str(one) for one in wanted.periods]
    if wanted.since or wanted.until:
        since = str(wanted.since or "")
        parts.append(downloads.since_until(since, str(wanted.until or "")))
    parts += [str(text.PERIOD_KINDS[kind]) for kind in wanted.kinds]
    return "; ".join(parts) or downloads.ALL
