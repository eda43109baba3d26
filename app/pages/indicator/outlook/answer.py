"""`/api/v1/forecast`: whether a year's target has been, or will be, met."""

from typing import NamedTuple

from app.api.answer import Address, Answer
from app.api.parameters import LANG, THE_INDICATOR, THE_UNIT, Given, periods
from app.columns import Field, integer, number, of, perhaps, text, written
from app.outcome.answer import totals_of
from app.outcome.question import reach
from app.pages.indicator.outlook.find import Silence, YearOutlook, year_outlook
from app.queries.frame import read_frame
from app.queries.reader import Reader
from app.queries.units import UnitRow
from kpi.definitions import Indicator
from kpi.forecast import Outlook
from kpi.period import Period, PeriodKind

_YEAR = periods(
    "period", "The year that holds its end; that of the latest quarter without it."
)


class _Forecast(NamedTuple):
    indicator: Indicator
    unit: UnitRow
    year: YearOutlook


_FORECAST = (
    text("indicator", "Id of the indicator.", read="indicator.id"),
    text("unit", "Id of the unit (HSA-id).", read="unit.unit_id"),
    written("period", "The year.", "year.year"),
    *of(
        "year.row",
        number("target", "In force at its end, 0-100."),
        perhaps("target_rule", "How the year's value is compared with it."),
    ),
    *of(
        "year",
        perhaps("outlook", "How the year stands; null with a silence.", Outlook),
        perhaps("silence", "Why nothing can be said.", Silence),
    ),
    *of(
        "year.basis.so_far",
        integer("numerator", "So far this year; null for a year that is over."),
        integer("denominator", "So far this year."),
    ),
    *of(
        "year.basis.until",
        perhaps("until", "The last period that the counts hold.", read=str),
    ),
    *of(
        "year.basis.forecast",
        integer(
            "remaining", "Cases expected: as many as in the same part of last year."
        ),
        integer(
            "bound", "Of those, the fewest (or most) that may be in the numerator."
        ),
        Field("is_at_least", "boolean", "Whether it is the fewest.", is_nullable=True),
        number("probability", "That the target is met, 0-1; beta-binomial."),
    ),
    *of(
        "year.basis.last_year",
        integer("last_year_numerator", "Of the whole of last year.", "numerator"),
        integer(
            "last_year_denominator", "Null where it is not comparable.", "denominator"
        ),
    ),
    number(
        "prior_cases",
        "How many of last year's cases the probability rests on.",
        "year.basis.forecast.prior_cases",
    ),
)


def forecast(reader: Reader, given: Given) -> Answer:
    """Return whether a year's target will be met."""
    frame = read_frame(reader)
    indicator, unit, rows = totals_of(reader, frame, given)
    period: Period = given["period"] or frame.build.latest_quarter()
    year = Period.numbered(PeriodKind.YEAR, period.year, 1)
    outlook = year_outlook(indicator, rows, year, reach(frame.build))
    return Answer(frame.build, whole=_Forecast(indicator, unit, outlook))


FORECAST = Address(
    "forecast",
    "Whether a year's target will be met, and what the rest must reach.",
    (THE_INDICATOR, THE_UNIT, _YEAR, LANG),
    forecast,
    _FORECAST,
)
ANSWERS = (FORECAST,)
