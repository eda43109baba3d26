"""What the answers of the analysis hold, and what can be asked of it."""

from app.address import AREAS
from app.api.fields import Field, integer, number, perhaps, text
from app.api.parameters import (
    LANG,
    THE_INDICATOR,
    THE_UNIT,
    THE_UNIT_AND_BELOW,
    one_of,
    periods,
)
from app.outcome.deviations import Order
from kpi.assessment import Reason, Status
from kpi.evidence import Evidence
from kpi.funnel import Place
from kpi.funnel_limits import Method
from kpi.model import UnitKind
from kpi.period import PeriodKind
from kpi.spc.choice import Why
from kpi.spc.points import Assurance, ChartKind, Variation, Way

_QUARTER = periods("period", "The quarter that holds its end; the latest without it.")
_KIND = one_of("unit_kind", "Only units of this kind.", UnitKind)
_AREA = one_of("area", "Only indicators of this area.", AREAS)
_SORT = one_of("sort", "What comes first; patients without it.", Order)
_VIEW = one_of(
    "view",
    "list: what misses its target or gets worse; matrix: every indicator in every "
    "unit, in the order of the tree. The list without it.",
    ("list", "matrix"),
)
# No `build`: judged with the definitions of the newest one, as the pages are.
OF_DEVIATIONS = (_QUARTER, THE_UNIT_AND_BELOW, _KIND, _AREA, _SORT, _VIEW, LANG)
OF_SPC = (THE_INDICATOR, THE_UNIT, _QUARTER, LANG)
OF_FUNNEL = (THE_INDICATOR, _QUARTER, _KIND, LANG)


_CHARTS = tuple(ChartKind)


_OUTCOME = (
    number("numerator", "Null unless the outcome is shown."),
    number("denominator", "Null unless the outcome is shown."),
    number("value", "In the indicator's own unit; shares are 0-100."),
)

DEVIATIONS = (
    text("indicator", "Id of the indicator."),
    text("indicator_name", "Its name, in Swedish."),
    text("unit", "Id of the unit (HSA-id)."),
    text("unit_name", "Its name."),
    text("unit_kind", "What kind of unit.", tuple(UnitKind)),
    text("period", "The outcome's period; the latest measured one of the quarter."),
    text("period_kind", "How long it is.", tuple(PeriodKind)),
    *_OUTCOME,
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
    perhaps("chart", "Which control chart fits the series.", _CHARTS),
    perhaps("variation", "What its last point says.", tuple(Variation)),
    perhaps("assurance", "What the target can expect.", tuple(Assurance)),
    Field("missed", "integer", "Measured periods in a row that missed the target."),
    text("build", "Id of the build the answer was read from."),
)

POINTS = (
    text("period", "The point's period."),
    *_OUTCOME,
    number("target", "In force in the period."),
    number("centre", "Centre line."),
    number("lower", "Lower limit; without a chart, of the 95 % interval."),
    number("upper", "Upper limit; without a chart, of the 95 % interval."),
    Field("signals", "array", "Rules that the point breaks.", is_plain=False),
    perhaps("way", "Where the first signal points.", tuple(Way)),
    perhaps("variation", "What the point says.", tuple(Variation)),
    Field("segment", "integer", "Which part between breaks, from 0."),
)

PLACES = (
    text("unit", "Id of the unit (HSA-id)."),
    text("unit_name", "Its name."),
    *_OUTCOME,
    number("lower", "Lower bound of the value's own 95 % interval."),
    number("upper", "Upper bound of it."),
    number("lower_998", "Lower 99.8 % limit, in the indicator's own unit."),
    number("lower_95", "Lower 95 % limit."),
    number("upper_95", "Upper 95 % limit."),
    number("upper_998", "Upper 99.8 % limit."),
    text("place", "Where the unit lies.", tuple(Place)),
    number("z", "Deviation from the whole in standard errors."),
    number("p", "Two-sided probability of so large a deviation."),
    integer("rank", "1 is best; null if neutral."),
    integer("rank_best", "Of its 95 % interval."),
    integer("rank_worst", "Of its 95 % interval."),
)

SPC = (
    text("indicator", "Id of the indicator."),
    text("unit", "Id of the unit (HSA-id)."),
    perhaps("period_kind", "Length of the periods charted.", tuple(PeriodKind)),
    perhaps("chart", "Which chart fits; none where there are too few points.", _CHARTS),
    perhaps("why", "Why that chart.", tuple(Why)),
    number("target", "The last fixed one, in the indicator's own unit."),
    perhaps("variation", "What the last point says.", tuple(Variation)),
    perhaps("assurance", "What the target can expect.", tuple(Assurance)),
)
"""Beside `points`, a list of `POINTS`."""

FUNNEL = (
    text("indicator", "Id of the indicator."),
    text("period", "The period compared; the latest measured one of the quarter."),
    perhaps("unit_kind", "The kind of unit compared.", tuple(UnitKind)),
    perhaps("method", "How the limits were worked out.", tuple(Method)),
    number("centre", "The units' own whole, sum over sum."),
    Field("is_widened", "boolean", "Whether limits are widened.", is_nullable=True),
    number("phi", "Over-dispersion; null with fewer than 10 units."),
    integer("hidden", "Units without a shown value."),
)
"""Beside `units`, a list of `PLACES`."""
