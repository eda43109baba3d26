"""What the answer about a year's target holds, and what can be asked of it."""

from dataclasses import replace

from app.analysis.year_outlook import Silence
from app.api.fields import Field
from app.api.parameters import INDICATOR, LANG, PERIOD, UNIT
from kpi.forecast import Outlook

_INDICATOR = replace(INDICATOR, about="The indicator; required.", is_list=False)
_UNIT = replace(UNIT, about="The unit; the region without it.", is_list=False)
_PERIOD = replace(
    PERIOD,
    about="The year that holds its end; that of the latest quarter without it.",
    is_list=False,
)
OF_FORECAST = (_INDICATOR, _UNIT, _PERIOD, LANG)


def _count(name: str, about: str) -> Field:
    return Field(name, "integer", about, is_nullable=True)


def _number(name: str, about: str) -> Field:
    return Field(name, "number", about, is_nullable=True)


def _perhaps(name: str, about: str, words: tuple[str, ...] = ()) -> Field:
    return Field(name, "string", about, is_nullable=True, words=words)


FORECAST = (
    Field("indicator", "string", "Id of the indicator."),
    Field("unit", "string", "Id of the unit (HSA-id)."),
    Field("period", "string", "The year."),
    _number("target", "In force at its end, 0-100."),
    _perhaps("target_rule", "How the year's value is compared with it."),
    _perhaps("outlook", "How the year stands; null with a silence.", tuple(Outlook)),
    _perhaps("silence", "Why nothing can be said.", tuple(Silence)),
    _count("numerator", "So far this year; null for a year that is over."),
    _count("denominator", "So far this year."),
    _perhaps("until", "The last period that the counts hold."),
    _count("remaining", "Cases expected: as many as in the same part of last year."),
    _count("bound", "Of those, the fewest (or most) that may be in the numerator."),
    Field("is_at_least", "boolean", "Whether it is the fewest.", is_nullable=True),
    _number("probability", "That the target is met, 0-1; beta-binomial."),
    _count("last_year_numerator", "Of the whole of last year."),
    _count("last_year_denominator", "Null where it is not comparable."),
    _number("prior_cases", "How many of last year's cases the probability rests on."),
)
