"""`/api/v1/deviations`: every deviation of a quarter."""

from collections.abc import Sequence

from app.api.answer import Address, Answer, Listed
from app.api.named import named_unit, quarter_of
from app.api.parameters import LANG, THE_UNIT_AND_BELOW, Given, one_of
from app.columns import in_answer
from app.outcome.answer import QUARTER, UNIT_KIND
from app.outcome.deviations import Judged, Order
from app.outcome.question import Question, deviations, judged_within
from app.pages.deviations.columns import COLUMNS
from app.queries.frame import Frame, read_frame
from app.queries.reader import Reader
from kpi.model import Area

_AREA = one_of("area", "Only indicators of this area.", Area)
_SORT = one_of("sort", "What comes first; patients without it.", Order)
_VIEW = one_of(
    "view",
    "list: what misses its target or gets worse; matrix: every indicator in every "
    "unit, in the order of the tree. The list without it.",
    ("list", "matrix"),
)
# No `build`: judged with the definitions of the newest one, as the pages are.
OF_DEVIATIONS = (QUARTER, THE_UNIT_AND_BELOW, UNIT_KIND, _AREA, _SORT, _VIEW, LANG)


def answer_deviations(reader: Reader, given: Given) -> Answer:
    """Return the deviations asked for."""
    frame = read_frame(reader)
    return Answer(frame.build, {"deviations": found_in(reader, frame, given)})


DEVIATIONS = Address(
    "deviations",
    "Deviations of a quarter.",
    OF_DEVIATIONS,
    answer_deviations,
    lists=(Listed("deviations", "Deviation", in_answer(COLUMNS)),),
    has_csv=True,
)


def asked_in(frame: Frame, given: Given) -> Question:
    """Return which deviations a request asks for.

    Raises:
        RequestFault: the unit is not known.
    """
    return Question(
        quarter_of(frame, given),
        named_unit(frame, given["unit"]),
        given["unit_kind"],
        given["area"],
        Order(given["sort"] or Order.PATIENTS),
    )


def found_in(reader: Reader, frame: Frame, given: Given) -> Sequence[Judged]:
    """Return the rows that a request asks for, in their order."""
    question = asked_in(frame, given)
    if given["view"] == "matrix":
        return judged_within(reader, frame, question)
    return deviations(reader, frame, question)
