"""`/api/v1/deviations`: every deviation of a quarter."""

from collections.abc import Sequence

from app.api.answer import Address, Answer, Listed
from app.api.fields import BUILD, Field, number, of, perhaps, text
from app.api.named import named_unit, quarter_of
from app.api.parameters import LANG, THE_UNIT_AND_BELOW, Given, one_of
from app.outcome.answer import COUNTS, QUARTER, UNIT_KIND
from app.outcome.asked import Asked, deviations, judged_within
from app.outcome.deviations import Judged, Order, detectable_gap_of
from app.queries.frame import Frame, read_frame
from app.queries.reader import Reader
from kpi.assessment import Reason, Status
from kpi.evidence import Evidence
from kpi.model import Area, UnitKind
from kpi.period import PeriodKind
from kpi.spc.points import Assurance, ChartKind, Variation

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

_DEVIATION = (
    text("indicator", "Id of the indicator.", read="indicator.id"),
    text("indicator_name", "Its name, in Swedish.", read="indicator.name.sv"),
    text("unit", "Id of the unit (HSA-id).", read="row.unit"),
    text("unit_name", "Its name.", read="unit.name"),
    text("unit_kind", "What kind of unit.", UnitKind, "unit.kind"),
    *of(
        "row",
        text("period", "The outcome's period; the latest measured one of the quarter."),
        text("period_kind", "How long it is.", PeriodKind),
    ),
    *COUNTS,
    *of(
        "row",
        number("lower", "Lower bound of the 95 % interval."),
        number("upper", "Upper bound of the 95 % interval."),
        number("target", "The outcome is judged by it."),
        perhaps("target_rule", "How value and target are compared."),
        perhaps("target_level", "Who has set the target."),
        text("status", "What can be said of the outcome.", Status),
        perhaps("reason", "Why it is not shown, or what to know of it.", Reason),
    ),
    number("cases", "Cases more (or fewer, below 0) that would have met the target."),
    perhaps("evidence", "What the interval says of the target.", Evidence),
    number(
        "detectable_gap",
        "Smallest true gap, in points, that so many cases show.",
        lambda judged: detectable_gap_of(judged.indicator, judged.row),
    ),
    number("p", "How often chance alone brings a value so far from the target."),
    perhaps(
        "chart", "Which control chart fits the series.", ChartKind, "verdict.chart"
    ),
    perhaps("variation", "What its last point says.", Variation),
    perhaps("assurance", "What the target can expect.", Assurance, "verdict.assurance"),
    Field("missed", "integer", "Measured periods in a row that missed the target."),
    BUILD,
)


def answer_deviations(reader: Reader, given: Given) -> Answer:
    """Return the deviations asked for."""
    frame = read_frame(reader)
    return Answer(frame.build, {"deviations": found_in(reader, frame, given)})


DEVIATIONS = Address(
    "deviations",
    "Deviations of a quarter.",
    OF_DEVIATIONS,
    answer_deviations,
    lists=(Listed("deviations", "Deviation", _DEVIATION),),
    has_csv=True,
)


def asked_in(frame: Frame, given: Given) -> Asked:
    """Return which deviations a request asks for.

    Raises:
        RequestFault: the unit is not known.
    """
    return Asked(
        quarter_of(frame, given),
        named_unit(frame, given["unit"]),
        given["unit_kind"],
        given["area"],
        Order(given["sort"] or Order.PATIENTS),
    )


def found_in(reader: Reader, frame: Frame, given: Given) -> Sequence[Judged]:
    """Return the rows that a request asks for, in their order."""
    asked = asked_in(frame, given)
    if given["view"] == "matrix":
        return judged_within(reader, frame, asked)
    return deviations(reader, frame, asked)
