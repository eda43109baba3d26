"""What the answer about a year's target holds, and what can be asked of it."""

from app.api.fields import Field, integer, number, perhaps, text
from app.api.parameters import LANG, THE_INDICATOR, THE_UNIT, periods
from app.pages.indicator.outlook.find import Silence
from kpi.forecast import Outlook

_PERIOD = periods(
    "period", "The year that holds its end; that of the latest quarter without it."
)
OF_FORECAST = (THE_INDICATOR, THE_UNIT, _PERIOD, LANG)


FORECAST = (
    text("indicator", "Id of the indicator."),
    text("unit", "Id of the unit (HSA-id)."),
    text("period", "The year."),
    number("target", "In force at its end, 0-100."),
    perhaps("target_rule", "How the year's value is compared with it."),
    perhaps("outlook", "How the year stands; null with a silence.", tuple(Outlook)),
    perhaps("silence", "Why nothing can be said.", tuple(Silence)),
    integer("numerator", "So far this year; null for a year that is over."),
    integer("denominator", "So far this year."),
    perhaps("until", "The last period that the counts hold."),
    integer("remaining", "Cases expected: as many as in the same part of last year."),
    integer("bound", "Of those, the fewest (or most) that may be in the numerator."),
    Field("is_at_least", "boolean", "Whether it is the fewest.", is_nullable=True),
    number("probability", "That the target is met, 0-1; beta-binomial."),
    integer("last_year_numerator", "Of the whole of last year."),
    integer("last_year_denominator", "Null where it is not comparable."),
    number("prior_cases", "How many of last year's cases the probability rests on."),
)
