"""Deviations and signs as an Excel file: what `/analys` shows, all of its pages."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter

from app.address import address
from app.api.answer import Book, Download
from app.api.as_csv import Cell
from app.api.faults import RequestFault
from app.api.parameters import Given
from app.api.workbook import (
    COUNTS,
    DECIMALS,
    HEADING,
    MOST_ROWS,
    build_facts,
    workbook,
    write_row,
)
from app.outcome import analysis_texts
from app.outcome.asked import Asked
from app.outcome.deviations import Judged
from app.pages.deviations import texts
from app.pages.deviations.answer import OF_DEVIATIONS, asked_in, found_in
from app.pages.deviations.signs import sign_matrix
from app.pages.deviations.views import LIST, MATRIX, PATH, params_of
from app.pages.deviations.words import deviation_words
from app.queries.builds import Build
from app.queries.frame import Frame, read_frame
from app.queries.reader import Reader
from app.words import downloads, headings, language, text
from kpi.period import Period

_WIDTH, _WIDE = 13, 34
_WIDE_COLUMNS = (0, 1, 10)
_NUMBERS = {3: DECIMALS, 5: DECIMALS, 6: DECIMALS, 9: COUNTS}


def deviations_workbook(reader: Reader, given: Given) -> Book:
    """Return the deviations asked for, or every sign, as a file.

    Raises:
        RequestFault: the unit is not known, or the rows are too many.
    """
    frame = read_frame(reader)
    asked = asked_in(frame, given)
    found = found_in(reader, frame, given)
    view = MATRIX if given["view"] == MATRIX else LIST
    if view == LIST and len(found) > MOST_ROWS:
        expected = texts.too_many_rows(MOST_ROWS)
        raise RequestFault("unit", str(len(found)), expected)
    with TemporaryDirectory(prefix="malbild-") as folder:
        path = Path(folder) / "deviations.xlsx"
        with workbook(path) as book:
            if view == MATRIX:
                number = _write_matrix(book, frame, asked, found)
            else:
                number = len(found)
                _write_list(book, asked.quarter, found, frame.build)
            _write_about(book, frame.build, asked, view, number)
        name = "deviations" if view == LIST else "signs"
        return Book(path.read_bytes(), frame.build, name)


DEVIATIONS_FILE = Download(
    "deviations",
    "Deviations, or what the control charts say, as an Excel file.",
    OF_DEVIATIONS,
    deviations_workbook,
)


def _write_list(
    book: xlsxwriter.Workbook, quarter: Period, found: Iterable[Judged], build: Build
) -> None:
    sheet = book.add_worksheet(str(texts.SHEET))
    titles = [
        headings.NAME,
        headings.UNIT,
        headings.PERIOD,
        headings.OUTCOME,
        texts.MEASURED_IN,
        texts.LOWER,
        texts.UPPER,
        headings.TARGET,
        texts.NATIONAL,
        analysis_texts.CASES,
        analysis_texts.EVIDENCE,
        analysis_texts.VARIATION,
        analysis_texts.DURATION,
    ]
    formats = [
        book.add_format(_NUMBERS[at]) if at in _NUMBERS else None
        for at in range(len(titles))
    ]
    for at in range(len(titles)):
        sheet.set_column(at, at, _WIDE if at in _WIDE_COLUMNS else _WIDTH)
    sheet.freeze_panes(1, 2)
    write_row(sheet, 0, titles, [book.add_format(HEADING)])
    at = 0
    for at, one in enumerate(found, start=1):
        write_row(sheet, at, _cells(one, quarter, build), formats)
    sheet.autofilter(0, 0, max(at, 1), len(titles) - 1)


def _cells(one: Judged, quarter: Period, build: Build) -> Sequence[Cell]:
    said, row = deviation_words(one, quarter, build), one.row
    changed = said.no_chart
    if said.variation:
        symbol = analysis_texts.VARIATION_SYMBOL[said.variation]
        changed = f"{symbol} {analysis_texts.VARIATION_WORDS[said.variation]}"
    return [
        said.name,
        said.unit,
        text.period(row.period),
        row.value,
        language.of(one.indicator.unit),
        row.lower,
        row.upper,
        said.outcome.target or None,
        said.outcome.national or None,
        one.cases or None,
        "; ".join(said.evidence) or None,
        changed or None,
        said.duration or None,
    ]


def _write_matrix(
    book: xlsxwriter.Workbook, frame: Frame, asked: Asked, found: Iterable[Judged]
) -> int:
    sheet = book.add_worksheet(str(texts.MATRIX_SHEET))
    shown = sign_matrix(found, frame.units, asked.quarter)
    sheet.set_column(0, 1, _WIDE)
    sheet.set_column(2, 1 + max(1, len(shown.units)), 2 * _WIDTH)
    sheet.freeze_panes(1, 2)
    titles = [texts.AREA_COLUMN, headings.NAME]
    titles += [one.name for one in shown.units]
    write_row(sheet, 0, titles, [book.add_format(HEADING)])
    lines = ((title, line) for title, lines in shown.groups for line in lines)
    for at, (title, line) in enumerate(lines, start=1):
        cells = [one and f"{one.symbols} {one.words}" for one in line.cells]
        write_row(sheet, at, [title, line.name, *cells], [])
    return shown.number


def _write_about(
    book: xlsxwriter.Workbook, build: Build, asked: Asked, view: str, number: int
) -> None:
    sheet = book.add_worksheet(str(downloads.ABOUT_SHEET))
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 1, 90)
    kind, area = asked.unit_kind, asked.area
    lines: list[tuple[str, str]] = [(downloads.TITLE, "")]
    if build.is_demo:
        lines.append((downloads.DEMO, ""))
    lines += [
        (texts.CHOSEN_QUARTER, text.period_words(asked.quarter)),
        (texts.CHOSEN_UNIT, asked.unit.name),
        (
            headings.UNIT_KIND_FIELD,
            text.UNIT_KINDS[kind] if kind else headings.EVERY,
        ),
        (headings.AREA_FIELD, text.AREA[area] if area else headings.EVERY),
    ]
    if view == MATRIX:
        lines.append((texts.JUDGED, str(number)))
    else:
        order = analysis_texts.ORDERS[asked.order]
        lines += [
            (texts.CHOSEN_ORDER, order),
            (downloads.ROWS, str(number)),
        ]
    lines += [
        (texts.ADDRESS, address(PATH, params_of(asked, view))),
        *build_facts(build),
    ]
    heading = book.add_format(HEADING)
    for at, line in enumerate(lines):
        write_row(sheet, at, line, [] if line[1] else [heading])
