"""Deviations and signs as an Excel file: what `/analys` shows, all of its pages."""

from functools import partial
from operator import itemgetter

from app.address import address
from app.api.answer import Book, Download
from app.api.faults import RequestFault
from app.api.parameters import Given
from app.api.workbook import (
    MOST_ROWS,
    build_facts,
    workbook,
)
from app.columns import Col
from app.outcome.question import Question
from app.outcome.unit_lines import Line
from app.pages.deviations.answer import OF_DEVIATIONS, asked_in, found_in
from app.pages.deviations.columns import COLUMNS, WIDE
from app.pages.deviations.signs import SignCell, SignMatrix, sign_matrix
from app.pages.deviations.views import LIST, MATRIX, PATH, params_of
from app.pages.deviations.words import ORDERS, deviation_words
from app.queries.builds import Build
from app.queries.frame import read_frame
from app.queries.reader import Reader
from app.words import downloads, headings, text
from app.words.language import gettext as _


def deviations_workbook(reader: Reader, given: Given) -> Book:
    """Return the deviations asked for, or every sign, as a file.

    Raises:
        RequestFault: the unit is not known, or the rows are too many.
    """
    frame = read_frame(reader)
    question = asked_in(frame, given)
    deviations = found_in(reader, frame, given)
    view = MATRIX if given["view"] == MATRIX else LIST
    if view == LIST and len(deviations) > MOST_ROWS:
        expected = _(
            "högst {number} rader i en arbetsbok: välj en lägre enhet, ett område "
            "eller en enhetstyp, eller hämta CSV"
        ).format(number=MOST_ROWS)
        raise RequestFault("unit", str(len(deviations)), expected)
    if view == MATRIX:
        shown = sign_matrix(deviations, frame.units, question.quarter)
        about = _about(frame.build, question, view, shown.number)
        lines = ((title, line) for title, lines in shown.groups for line in lines)
        title, columns = _("Tecken"), _by_unit(shown)
        return workbook(frame.build, "signs", title, columns, lines, about)
    about = _about(frame.build, question, view, len(deviations))
    worded = (
        deviation_words(deviation, question.quarter, frame.build)
        for deviation in deviations
    )
    return workbook(frame.build, "deviations", _("Avvikelser"), COLUMNS, worded, about)


DEVIATIONS_FILE = Download(
    "deviations",
    "Deviations, or what the control charts say, as an Excel file.",
    OF_DEVIATIONS,
    deviations_workbook,
)


def _by_unit(shown: SignMatrix) -> list[Col]:
    return [
        Col(_("Område"), cell=itemgetter(0), width=WIDE),
        Col(headings.NAME, cell=lambda row: row[1].name, width=WIDE),
        *(
            Col(unit.name, cell=partial(_sign, at), width=26)
            for at, unit in enumerate(shown.units)
        ),
    ]


def _sign(at: int, row: tuple[str, Line[SignCell]]) -> str | None:
    cell = row[1].cells[at]
    return f"{cell.symbols} {cell.words}" if cell else None


def _about(
    build: Build, question: Question, view: str, number: int
) -> list[tuple[str, str]]:
    kind, area = question.unit_kind, question.area
    is_matrix = view == MATRIX
    every = headings.EVERY
    order = (_("Ordning"), ORDERS[question.order])
    return [
        (_("Kvartal"), text.period_words(question.quarter)),
        (_("Enhet och allt under den"), question.unit.name),
        (headings.UNIT_KIND_FIELD, text.UNIT_KINDS[kind] if kind else every),
        (headings.AREA_FIELD, text.AREA[area] if area else every),
        *([] if is_matrix else [order]),
        (_("Serier som bedöms") if is_matrix else downloads.ROWS, str(number)),
        (_("Adress till samma vy"), address(PATH, params_of(question, view))),
        *build_facts(build),
    ]
