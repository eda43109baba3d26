"""What the answers on contributions hold, and what can be asked of them."""

from app.api.fields import Field, integer, number, perhaps, text
from app.api.parameters import (
    LANG,
    THE_INDICATOR,
    THE_UNIT,
    Parameter,
    one_of,
    periods,
)
from app.pages.contributions.found import Why
from app.words.language import lazy_gettext as _l
from kpi.datasets import DIMENSIONS
from kpi.evidence import Evidence

WAYS = ("unit", *DIMENSIONS)
PART_KINDS = ("part", "own", "unknown", "few")


def _value(written: str) -> str:
    if len(written) > 80:
        raise ValueError(written)
    return written


_PERIOD = periods(
    "period",
    "A quarter stands for the latest period measured by then; the latest without it.",
)
_SINCE = periods(
    "since",
    "Contributions to the change since this earlier period, instead of to the gap to "
    "the target.",
)
_BY = one_of(
    "by", "What the parts are; without it the first way that tells any apart.", WAYS
)
_WHERE = tuple(
    Parameter(
        name,
        f"Only facts with this value of the dimension {name}.",
        _l("ett värde ur källan"),
        _value,
        {"type": "string"},
    )
    for name in DIMENSIONS
)

OF_CONTRIBUTIONS = (THE_INDICATOR, THE_UNIT, _PERIOD, _SINCE, _BY, *_WHERE, LANG)


_ADDS = (
    number("cases", "What it adds to the gap or the change, in cases, unrounded."),
    integer("whole_cases", "To a gap, in whole cases."),
    number("rate", "Of a change: because parts' own shares or rates changed."),
    number("mix", "Of a change: because the cases are spread otherwise on the parts."),
)
_COUNTS = (
    number("numerator", "In the period."),
    number("denominator", "In the period."),
    number("value", "In the indicator's own unit; shares are 0-100."),
    number("lower", "Lower bound of the 95 % interval."),
    number("upper", "Upper bound of the 95 % interval."),
    number("numerator_before", "In the earlier period; null of a gap."),
    number("denominator_before", "In the earlier period; null of a gap."),
    number("value_before", "In the earlier period; null of a gap or without cases."),
)

PARTS = (
    text("part", "Id of the unit or value of the dimension; empty unless a part."),
    text(
        "part_kind",
        "own: the unit's own facts; unknown: the facts do not say; few: parts with too "
        "few cases, together.",
        PART_KINDS,
    ),
    text("name", "What the part is called, in the language of the answer."),
    *_ADDS,
    number("cumulative_share", "Of what goes the same way as the whole, 0-1."),
    *_COUNTS,
    perhaps("evidence", "What the interval says of the target.", tuple(Evidence)),
    text("build", "Id of the build the answer was read from."),
)
"""One part, and one row of the CSV."""

CONTRIBUTIONS = (
    text("indicator", "Id of the indicator."),
    text("unit", "Id of the unit (HSA-id)."),
    text("period", "The period told apart; the one asked for if there is none."),
    perhaps("since", "The earlier period; null of a gap."),
    perhaps("by", "What the parts are.", WAYS),
    Field("where", "object", "Values of the dimensions restricted.", is_plain=False),
    perhaps("why", "Why there are no parts.", tuple(Why)),
    number("target", "What the parts of a gap are measured with."),
    perhaps("target_rule", "How value and target are compared."),
    *_ADDS,
    *_COUNTS,
    integer("pooled", "How many parts are told as one."),
    Field(
        "not_reported",
        "array",
        "Units below that should have reported and have not.",
        is_plain=False,
    ),
)
"""Beside `parts`, a list of `PARTS`."""
