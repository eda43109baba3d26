"""What the answer about hygiene items holds, and what can be asked of it."""

from dataclasses import replace

from app.api.fields import Field, integer, number, perhaps, text
from app.api.parameters import INDICATOR, LANG, THE_UNIT, periods
from kpi.schema import BHK_ITEMS

_INDICATOR = replace(
    INDICATOR, about="One counted from hygiene items; required.", is_list=False
)
_PERIOD = periods("period", "Of any kind; the latest quarter without it.")
OF_HYGIENE = (_INDICATOR, THE_UNIT, _PERIOD, LANG)


HYGIENE = (
    text("indicator", "Id of the indicator."),
    text("unit", "Id of the unit (HSA-id)."),
    text("period", "The period counted."),
    Field("minimum", "integer", "Fewest observations that are shown."),
)
CELLS = (
    text("item", "The item.", words=BHK_ITEMS),
    Field("is_whole", "boolean", "All professions together."),
    perhaps(
        "profession",
        "As in the file; null for the whole, and for professions that stand together.",
    ),
    integer("numerator", "Observations in which it was correct; null unless shown."),
    integer("denominator", "Observations in which it applied; null unless shown."),
    number("value", "Per cent, 0-100."),
    number("lower", "Lower bound of the 95 % interval."),
    number("upper", "Upper bound of the 95 % interval."),
    Field(
        "is_hidden",
        "boolean",
        "Too few, or hidden so that another cannot be worked out; otherwise a cell "
        "without value has no observations.",
    ),
)
