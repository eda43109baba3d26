"""What the answers of the analysis hold, and what can be asked of it."""

from dataclasses import replace

from app.analysis.deviations import Order
from app.api.fields import Field
from app.api.parameters import INDICATOR, OF_LISTS, PERIOD, UNIT, Parameter
from app.language import lazy_gettext as _l
from app.selection import AREAS
from kpi.assessment import Reason, Status
from kpi.evidence import Evidence
from kpi.funnel import Place
from kpi.funnel_limits import Method
from kpi.model import UnitKind
from kpi.period import PeriodKind
from kpi.spc.choice import Why
from kpi.spc.points import Assurance, ChartKind, Variation, Way


def _one_of(name: str, about: str, words: tuple[str, ...]) -> Parameter:
    def read(written: str) -> str:
        if written not in words:
            raise ValueError(written)
        return written

    schema: dict[str, object] = {"type": "string", "enum": [str(one) for one in words]}
    takes, limits = _l("någon av {limits}"), ", ".join(words)
    return Parameter(name, about, takes, read, schema, limits=limits)


_QUARTER = replace(
    PERIOD,
    about="The quarter that holds its end; the latest without it.",
    is_list=False,
)
_TOP = replace(
    UNIT, about="This unit and all below it; the region without it.", is_list=False
)
_KIND = _one_of("unit_kind", "Only units of this kind.", tuple(UnitKind))
_AREA = _one_of("area", "Only indicators of this area.", AREAS)
_SORT = _one_of("sort", "What comes first; patients without it.", tuple(Order))
_VIEW = _one_of(
    "view",
    "list: what misses its target or gets worse; matrix: every indicator in every "
    "unit, in the order of the tree. The list without it.",
    ("list", "matrix"),
)
_INDICATOR = replace(INDICATOR, about="The indicator; required.", is_list=False)
_UNIT = replace(UNIT, about="The unit; the region without it.", is_list=False)
# Judged with the definitions of the newest build, as the pages are.
_LANG = tuple(one for one in OF_LISTS if one.name == "lang")

OF_DEVIATIONS = (_QUARTER, _TOP, _KIND, _AREA, _SORT, _VIEW, *_LANG)
OF_SPC = (_INDICATOR, _UNIT, _QUARTER, *_LANG)
OF_FUNNEL = (_INDICATOR, _QUARTER, _KIND, *_LANG)


_CHARTS = tuple(ChartKind)


def _text(name: str, about: str, words: tuple[str, ...] = ()) -> Field:
    return Field(name, "string", about, words=words)


def _perhaps(name: str, about: str, words: tuple[str, ...] = ()) -> Field:
    return Field(name, "string", about, is_nullable=True, words=words)


def _number(name: str, about: str) -> Field:
    return Field(name, "number", about, is_nullable=True)


_OUTCOME = (
    _number("numerator", "Null unless the outcome is shown."),
    _number("denominator", "Null unless the outcome is shown."),
    _number("value", "In the indicator's own unit; shares are 0-100."),
)

DEVIATIONS = (
    _text("indicator", "Id of the indicator."),
    _text("indicator_name", "Its name, in Swedish."),
    _text("unit", "Id of the unit (HSA-id)."),
    _text("unit_name", "Its name."),
    _text("unit_kind", "What kind of unit.", tuple(UnitKind)),
    _text("period", "The outcome's period; the latest measured one of the quarter."),
    _text("period_kind", "How long it is.", tuple(PeriodKind)),
    *_OUTCOME,
    _number("lower", "Lower bound of the 95 % interval."),
    _number("upper", "Upper bound of the 95 % interval."),
    _number("target", "The outcome is judged by it."),
    _perhaps("target_rule", "How value and target are compared."),
    _perhaps("target_level", "Who has set the target."),
    _text("status", "What can be said of the outcome.", tuple(Status)),
    _perhaps("reason", "Why it is not shown, or what to know of it.", tuple(Reason)),
    _number("cases", "Cases more (or fewer, below 0) that would have met the target."),
    _perhaps("evidence", "What the interval says of the target.", tuple(Evidence)),
    _number("detectable_gap", "Smallest true gap, in points, that so many cases show."),
    _number("p", "How often chance alone brings a value so far from the target."),
    _perhaps("chart", "Which control chart fits the series.", _CHARTS),
    _perhaps("variation", "What its last point says.", tuple(Variation)),
    _perhaps("assurance", "What the target can expect.", tuple(Assurance)),
    Field("missed", "integer", "Measured periods in a row that missed the target."),
    _text("build", "Id of the build the answer was read from."),
)

POINTS = (
    _text("period", "The point's period."),
    *_OUTCOME,
    _number("target", "In force in the period."),
    _number("centre", "Centre line."),
    _number("lower", "Lower limit; without a chart, of the 95 % interval."),
    _number("upper", "Upper limit; without a chart, of the 95 % interval."),
    Field("signals", "array", "Rules that the point breaks.", is_plain=False),
    _perhaps("way", "Where the first signal points.", tuple(Way)),
    _perhaps("variation", "What the point says.", tuple(Variation)),
    Field("segment", "integer", "Which part between breaks, from 0."),
)

PLACES = (
    _text("unit", "Id of the unit (HSA-id)."),
    _text("unit_name", "Its name."),
    *_OUTCOME,
    _number("lower", "Lower bound of the value's own 95 % interval."),
    _number("upper", "Upper bound of it."),
    _number("lower_998", "Lower 99.8 % limit, in the indicator's own unit."),
    _number("lower_95", "Lower 95 % limit."),
    _number("upper_95", "Upper 95 % limit."),
    _number("upper_998", "Upper 99.8 % limit."),
    _text("place", "Where the unit lies.", tuple(Place)),
    _number("z", "Deviation from the whole in standard errors."),
    _number("p", "Two-sided probability of so large a deviation."),
    Field("rank", "integer", "1 is best; null if neutral.", is_nullable=True),
    Field("rank_best", "integer", "Of its 95 % interval.", is_nullable=True),
    Field("rank_worst", "integer", "Of its 95 % interval.", is_nullable=True),
)

SPC = (
    _text("indicator", "Id of the indicator."),
    _text("unit", "Id of the unit (HSA-id)."),
    _perhaps("period_kind", "Length of the periods charted.", tuple(PeriodKind)),
    _perhaps(
        "chart", "Which chart fits; none where there are too few points.", _CHARTS
    ),
    _perhaps("why", "Why that chart.", tuple(Why)),
    _number("target", "The last fixed one, in the indicator's own unit."),
    _perhaps("variation", "What the last point says.", tuple(Variation)),
    _perhaps("assurance", "What the target can expect.", tuple(Assurance)),
)
"""Beside `points`, a list of `POINTS`."""

FUNNEL = (
    _text("indicator", "Id of the indicator."),
    _text("period", "The period compared; the latest measured one of the quarter."),
    _perhaps("unit_kind", "The kind of unit compared.", tuple(UnitKind)),
    _perhaps("method", "How the limits were worked out.", tuple(Method)),
    _number("centre", "The units' own whole, sum over sum."),
    Field("is_widened", "boolean", "Whether limits are widened.", is_nullable=True),
    _number("phi", "Over-dispersion; null with fewer than 10 units."),
    Field("hidden", "integer", "Units without a shown value.", is_nullable=True),
)
"""Beside `units`, a list of `PLACES`."""
