"""What the answers on contributions hold, and what can be asked of them."""

from dataclasses import replace

from app.analysis.contributions_found import Why
from app.api.fields import Field
from app.api.parameters import BY, INDICATOR, LANG, PERIOD, UNIT, Parameter
from app.language import lazy_gettext as _l
from kpi.datasets import DIMENSIONS
from kpi.evidence import Evidence

WAYS = ("unit", *DIMENSIONS)
PART_KINDS = ("part", "own", "unknown", "few")


def _way(written: str) -> str:
    if written not in WAYS:
        raise ValueError(written)
    return written


def _value(written: str) -> str:
    if len(written) > 80:
        raise ValueError(written)
    return written


_INDICATOR = replace(INDICATOR, about="The indicator; required.", is_list=False)
_UNIT = replace(UNIT, about="The unit; the region without it.", is_list=False)
_PERIOD = replace(
    PERIOD,
    about="A quarter stands for the latest period measured by then; the latest "
    "without it.",
    is_list=False,
)
_SINCE = replace(
    PERIOD,
    name="since",
    about="Contributions to the change since this earlier period, instead of to the "
    "gap to the target.",
    is_list=False,
)
_BY = replace(
    BY,
    about="What the parts are; without it the first way that tells any apart.",
    read=_way,
    schema={"type": "string", "enum": list(WAYS)},
    limits=", ".join(WAYS),
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

OF_CONTRIBUTIONS = (_INDICATOR, _UNIT, _PERIOD, _SINCE, _BY, *_WHERE, LANG)


def _text(name: str, about: str, words: tuple[str, ...] = ()) -> Field:
    return Field(name, "string", about, words=words)


def _perhaps(name: str, about: str, words: tuple[str, ...] = ()) -> Field:
    return Field(name, "string", about, is_nullable=True, words=words)


def _number(name: str, about: str) -> Field:
    return Field(name, "number", about, is_nullable=True)


_ADDS = (
    _number("cases", "What it adds to the gap or the change, in cases, unrounded."),
    Field("whole_cases", "integer", "To a gap, in whole cases.", is_nullable=True),
    _number("rate", "Of a change: because parts' own shares or rates changed."),
    _number("mix", "Of a change: because the cases are spread otherwise on the parts."),
)
_COUNTS = (
    _number("numerator", "In the period."),
    _number("denominator", "In the period."),
    _number("value", "In the indicator's own unit; shares are 0-100."),
    _number("lower", "Lower bound of the 95 % interval."),
    _number("upper", "Upper bound of the 95 % interval."),
    _number("numerator_before", "In the earlier period; null of a gap."),
    _number("denominator_before", "In the earlier period; null of a gap."),
    _number("value_before", "In the earlier period; null of a gap or without cases."),
)

PARTS = (
    _text("part", "Id of the unit or value of the dimension; empty unless a part."),
    _text(
        "part_kind",
        "own: the unit's own facts; unknown: the facts do not say; few: parts with too "
        "few cases, together.",
        PART_KINDS,
    ),
    _text("name", "What the part is called, in the language of the answer."),
    *_ADDS,
    _number("cumulative_share", "Of what goes the same way as the whole, 0-1."),
    *_COUNTS,
    _perhaps("evidence", "What the interval says of the target.", tuple(Evidence)),
    _text("build", "Id of the build the answer was read from."),
)
"""One part, and one row of the CSV."""

CONTRIBUTIONS = (
    _text("indicator", "Id of the indicator."),
    _text("unit", "Id of the unit (HSA-id)."),
    _text("period", "The period told apart; the one asked for if there is none."),
    _perhaps("since", "The earlier period; null of a gap."),
    _perhaps("by", "What the parts are.", WAYS),
    Field("where", "object", "Values of the dimensions restricted.", is_plain=False),
    _perhaps("why", "Why there are no parts.", tuple(Why)),
    _number("target", "What the parts of a gap are measured with."),
    _perhaps("target_rule", "How value and target are compared."),
    *_ADDS,
    *_COUNTS,
    Field("pooled", "integer", "How many parts are told as one.", is_nullable=True),
    Field(
        "not_reported",
        "array",
        "Units below that should have reported and have not.",
        is_plain=False,
    ),
)
"""Beside `parts`, a list of `PARTS`."""
