"""What the answer about a comparison holds, and what can be asked of it."""

from app.api.fields import Field, integer, number, perhaps, text
from app.api.parameters import LANG, THE_INDICATOR
from app.outcome.fields import COUNTS, QUARTER, UNIT_KIND
from kpi.funnel import Place
from kpi.funnel_limits import Method
from kpi.model import UnitKind

OF_FUNNEL = (THE_INDICATOR, QUARTER, UNIT_KIND, LANG)
PLACES = (
    text("unit", "Id of the unit (HSA-id)."),
    text("unit_name", "Its name."),
    *COUNTS,
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
