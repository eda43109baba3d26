"""What the answers of the analysis hold, and what can be asked of it."""

from app.address import AREAS
from app.api.fields import Field, number, perhaps, text
from app.api.parameters import (
    LANG,
    THE_UNIT_AND_BELOW,
    one_of,
)
from app.outcome.deviations import Order
from app.outcome.fields import CHARTS, COUNTS, QUARTER, UNIT_KIND
from kpi.assessment import Reason, Status
from kpi.evidence import Evidence
from kpi.model import UnitKind
from kpi.period import PeriodKind
from kpi.spc.points import Assurance, Variation

_AREA = one_of("area", "Only indicators of this area.", AREAS)
_SORT = one_of("sort", "What comes first; patients without it.", Order)
_VIEW = one_of(
    "view",
    "list: what misses its target or gets worse; matrix: every indicator in every "
    "unit, in the order of the tree. The list without it.",
    ("list", "matrix"),
)
# No `build`: judged with the definitions of the newest one, as the pages are.
OF_DEVIATIONS = (QUARTER, THE_UNIT_AND_BELOW, UNIT_KIND, _AREA, _SORT, _VIEW, LANG)


DEVIATIONS = (
    text("indicator", "Id of the indicator."),
    text("indicator_name", "Its name, in Swedish."),
    text("unit", "Id of the unit (HSA-id)."),
    text("unit_name", "Its name."),
    text("unit_kind", "What kind of unit.", tuple(UnitKind)),
    text("period", "The outcome's period; the latest measured one of the quarter."),
    text("period_kind", "How long it is.", tuple(PeriodKind)),
    *COUNTS,
    number("lower", "Lower bound of the 95 % interval."),
    number("upper", "Upper bound of the 95 % interval."),
    number("target", "The outcome is judged by it."),
    perhaps("target_rule", "How value and target are compared."),
    perhaps("target_level", "Who has set the target."),
    text("status", "What can be said of the outcome.", tuple(Status)),
    perhaps("reason", "Why it is not shown, or what to know of it.", tuple(Reason)),
    number("cases", "Cases more (or fewer, below 0) that would have met the target."),
    perhaps("evidence", "What the interval says of the target.", tuple(Evidence)),
    number("detectable_gap", "Smallest true gap, in points, that so many cases show."),
    number("p", "How often chance alone brings a value so far from the target."),
    perhaps("chart", "Which control chart fits the series.", CHARTS),
    perhaps("variation", "What its last point says.", tuple(Variation)),
    perhaps("assurance", "What the target can expect.", tuple(Assurance)),
    Field("missed", "integer", "Measured periods in a row that missed the target."),
    text("build", "Id of the build the answer was read from."),
)
