"""`/api/v1/incidents`: incident reports by unit, quarter and category."""

from app.api.answer import Address, Answer, Listed
from app.api.named import named_unit, quarter_of
from app.api.parameters import LANG, THE_UNIT, Given
from app.columns import in_answer
from app.outcome.answer import QUARTER
from app.pages.incidents.find import Overview, overview
from app.pages.incidents.words import COLUMNS
from app.queries.frame import Frame, read_frame
from app.queries.reader import Reader

OF_INCIDENTS = (QUARTER, THE_UNIT, LANG)


def found_in(reader: Reader, frame: Frame, given: Given) -> Overview:
    """Return the incidents that a request asks for.

    Raises:
        RequestFault: the unit is not known.
    """
    unit, quarter = named_unit(frame, given["unit"]), quarter_of(frame, given)
    return overview(reader, frame, unit, quarter)


def answer_incidents(reader: Reader, given: Given) -> Answer:
    """Return the incidents asked for."""
    frame = read_frame(reader)
    lines = found_in(reader, frame, given).lines
    return Answer(frame.build, {"incidents": lines})


INCIDENTS = Address(
    "incidents",
    "Incident reports by category: of a unit in a quarter and the four before it, and "
    "of the units directly below it in the quarter.",
    OF_INCIDENTS,
    answer_incidents,
    lists=(Listed("incidents", "IncidentLine", in_answer(COLUMNS)),),
    has_csv=True,
)
