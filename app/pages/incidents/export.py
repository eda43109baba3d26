"""Incident reports as an Excel file: what `/api/v1/incidents` answers."""

from app.address import INCIDENTS as PATH
from app.address import address
from app.api.answer import Book, Download
from app.api.parameters import Given
from app.api.workbook import build_facts, workbook
from app.pages.incidents.answer import OF_INCIDENTS, found_in
from app.pages.incidents.words import COLUMNS, NAME
from app.queries.frame import read_frame
from app.queries.reader import Reader
from app.words import downloads, headings, text
from app.words.language import gettext as _


def incidents_workbook(reader: Reader, given: Given) -> Book:
    """Return the incidents asked for as a file.

    Raises:
        RequestFault: the unit is not known.
    """
    frame = read_frame(reader)
    overview = found_in(reader, frame, given)
    unit, quarter = overview.unit, overview.quarter
    params = {"unit": unit.unit_id, "period": str(quarter)}
    about = [
        (_("Kvartal"), text.period_words(quarter)),
        (headings.UNIT, unit.name),
        (downloads.ROWS, str(len(overview.lines))),
        (_("Adress till samma vy"), address(PATH, params)),
        *build_facts(frame.build),
    ]
    return workbook(
        frame.build, "incidents", str(NAME), COLUMNS, overview.lines, about, frozen=3
    )


INCIDENTS_FILE = Download(
    "incidents",
    "Incident reports by unit, quarter and category as an Excel file.",
    OF_INCIDENTS,
    incidents_workbook,
)
