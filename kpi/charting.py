"""What of an indicator decides in which periods it is read, and how it is charted."""

from datetime import date

from kpi.assessment import Status
from kpi.definitions import Indicator
from kpi.model import Kind
from kpi.period import MONTHS_IN, PeriodKind, last_month_over
from kpi.steps import is_step

UNMEASURED = frozenset(
    {
        *(Status.NOT_MEASURED, Status.NOT_REPORTED),
        *(Status.REJECTED, Status.OTHER_PERIODS),
    }
)
"""What says that there is no outcome of a period."""

NOT_EXPECTED = (Status.NOT_MEASURED, Status.UNDER_DEVELOPMENT, Status.PAUSED)
"""Periods in which nothing is measured are no gaps in a series."""

HIDDEN = (Status.TOO_FEW, Status.MASKED)
SHOWN_TO_HIDDEN = 3
"""Months are charted if at most one in four is hidden. The ones that are shown would
otherwise be the months with many cases, which need not be like the others."""

FIXED_RULES = (">=", "<=", "=")
"""The rules of targets that a process can be held against."""


def kinds_in_order(indicator: Indicator) -> tuple[PeriodKind, ...]:
    """Return the kinds of period an indicator may be read in, the usual one first.

    The others are for sources that report in another rhythm than the plan's: a
    half-yearly survey that gives a year, a yearly one with a date in a quarter. What is
    known of a step stands in every quarter.
    """
    if is_step(indicator):
        return (PeriodKind.QUARTER,)
    months = indicator.months_expected()
    if months <= 3:
        return (PeriodKind.QUARTER,)
    if months == 4:
        return (PeriodKind.TERTIAL, PeriodKind.QUARTER, PeriodKind.YEAR)
    if months == 6:
        return (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
    return (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER)


def months_valid(indicator: Indicator, kind: PeriodKind) -> int:
    """Return for how many months, its own included, an outcome may stand."""
    if is_step(indicator):
        return MONTHS_IN[kind]
    return max(indicator.months_expected(), MONTHS_IN[kind])


def months_until_old(indicator: Indicator) -> int:
    """Return how long after its last point a chart still says something."""
    return max(3, indicator.months_expected())


def reach(as_of: date, last_month: int | None) -> int:
    """Return the last month that has data and is over: later ones may still change.

    Args:
        as_of: The day of the build.
        last_month: Of all facts; None without any.
    """
    over = last_month_over(as_of)
    return over if last_month is None else min(over, last_month)


def possible_values(indicator: Indicator) -> tuple[float | None, float | None]:
    """Return the least and the largest value that can be; None where there is none."""
    match indicator.kind:
        case Kind.PROPORTION:
            return 0.0, 100.0
        case Kind.RATE | Kind.COUNT:
            return 0.0, None
        case Kind.MEAN if indicator.scale:
            return indicator.scale
        case _:
            return None, None


def process_kind(indicator: Indicator) -> Kind:
    """Return the kind to choose a chart by: what is done once is no process."""
    return Kind.MILESTONE if is_step(indicator) else indicator.kind


def can_be_counted(indicator: Indicator) -> bool:
    """Say whether its values are shares or rates of cases that can be told."""
    is_average = "numerator" in indicator.averaged_over_time
    return indicator.kind in (Kind.PROPORTION, Kind.RATE) and not is_average
