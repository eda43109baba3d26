"""What the answer about hygiene items holds, and what can be asked of it."""

from dataclasses import replace

from app.api.fields import Field
from app.api.parameters import INDICATOR, LANG, PERIOD, UNIT
from kpi.schema import BHK_ITEMS

_INDICATOR = replace(
    INDICATOR, about="One counted from hygiene items; required.", is_list=False
)
_UNIT = replace(UNIT, about="The unit; the region without it.", is_list=False)
_PERIOD = replace(
    PERIOD, about="Of any kind; the latest quarter without it.", is_list=False
)
OF_HYGIENE = (_INDICATOR, _UNIT, _PERIOD, LANG)


def _count(name: str, about: str) -> Field:
    return Field(name, "integer", about, is_nullable=True)


def _number(name: str, about: str) -> Field:
    return Field(name, "number", about, is_nullable=True)


HYGIENE = (
    Field("indicator", "string", "Id of the indicator."),
    Field("unit", "string", "Id of the unit (HSA-id)."),
    Field("period", "string", "The period counted."),
    Field("minimum", "integer", "Fewest observations that are shown."),
)
CELLS = (
    Field("item", "string", "The item.", words=BHK_ITEMS),
    Field("is_whole", "boolean", "All professions together."),
    Field(
        "profession",
        "string",
        "As in the file; null for the whole, and for professions that stand together.",
        is_nullable=True,
    ),
    _count("numerator", "Observations in which it was correct; null unless shown."),
    _count("denominator", "Observations in which it applied; null unless shown."),
    _number("value", "Per cent, 0-100."),
    _number("lower", "Lower bound of the 95 % interval."),
    _number("upper", "Upper bound of the 95 % interval."),
    Field(
        "is_hidden",
        "boolean",
        "Too few, or hidden so that another cannot be worked out; otherwise a cell "
        "without value has no observations.",
    ),
)
