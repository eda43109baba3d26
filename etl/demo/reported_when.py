"""Which units report an indicator, and for which periods."""

from etl.demo.reported_levels import Play
from etl.demo.scope import Scope
from etl.demo.units import Unit
from kpi.definitions import Frequency, Indicator
from kpi.model import Kind, UnitKind
from kpi.period import Period, PeriodKind
from kpi.steps import due, is_step, step_target

_PERIOD_KIND: dict[Frequency, PeriodKind] = {
    "monthly": PeriodKind.MONTH,
    "every_second_month": PeriodKind.MONTH,
    "quarterly": PeriodKind.QUARTER,
    "tertially": PeriodKind.TERTIAL,
    "half_yearly": PeriodKind.HALF,
    "yearly": PeriodKind.YEAR,
    "every_second_year": PeriodKind.YEAR,
    "once": PeriodKind.QUARTER,
}
_STEP_QUARTERS_BEFORE = 3
"""A yes or no is asked for so long before a step is due, and ever after."""
_WITH_PATIENTS = {
    UnitKind.CLINIC,
    UnitKind.HEALTH_CENTRE,
    UnitKind.WARD,
    UnitKind.DENTAL,
}


def reporting_units(scope: Scope, indicator: Indicator, play: Play) -> tuple[Unit, ...]:
    """Return the units expected to have it with no such unit below them.

    Regions, areas and hospitals report only what no unit with patients does. A
    milestone is the region's, and so is what no unit of a small demo can report.
    """
    region = scope.units[:1]
    kinds = set(indicator.unit_kinds)
    kinds = kinds & _WITH_PATIENTS or kinds
    if indicator.kind is Kind.MILESTONE or kinds == {UnitKind.REGION}:
        return region
    among = play.among
    if play.rather in {unit.specialty for unit in scope.of_kind(*kinds)} - {""}:
        among = (play.rather,)
    chosen = [
        unit
        for unit in scope.of_kind(*kinds)
        if (not among or unit.specialty in among) and unit.specialty not in play.without
    ]
    above = {unit.id: unit.parent for unit in scope.units}
    with_some_below: set[str] = set()
    for unit in chosen:
        parent = unit.parent
        while parent:
            with_some_below.add(parent)
            parent = above[parent]
    return tuple(unit for unit in chosen if unit.id not in with_some_below) or region


def reporting_periods(scope: Scope, indicator: Indicator) -> tuple[Period, ...]:
    """Return the periods it is measured in that have ended, in order.

    A demo too short for any has the last quarter instead.
    """
    if is_step(indicator):
        return _step_periods(scope, indicator)
    if indicator.measured_in:
        numbers = {int(quarter[1]) for quarter in indicator.measured_in}
        in_them = tuple(
            quarter for quarter in scope.quarters if quarter.number in numbers
        )
        return in_them or scope.quarters[-1:]
    kind = _PERIOD_KIND[indicator.frequency]
    period = Period.holding(kind, scope.first_day)
    periods = []
    while period.last <= scope.last.last:
        periods.append(period)
        period = period.shifted(1)
    if indicator.frequency == "every_second_month":
        periods = [period for period in periods if period.number % 2]
    if indicator.frequency == "every_second_year":
        # A demo of one whole year still has a measurement.
        periods = [period for period in periods if period.year % 2 == 0] or periods[-1:]
    return tuple(periods) or scope.quarters[-1:]


def quarter_due(scope: Scope, indicator: Indicator) -> Period:
    """Return the quarter by whose end a step is to be reached, if it has one."""
    target = step_target(indicator.targets, scope.last)
    if target is None:
        return scope.quarters[len(scope.quarters) * 3 // 4]
    return Period.holding(PeriodKind.QUARTER, due(target).last_day)


def _step_periods(scope: Scope, indicator: Indicator) -> tuple[Period, ...]:
    day = quarter_due(scope, indicator)
    if indicator.kind is not Kind.MILESTONE:
        return (min(scope.quarters, key=lambda q: abs(q.last - day.last)),)
    first = day.shifted(-_STEP_QUARTERS_BEFORE).last
    recent = tuple(quarter for quarter in scope.quarters if quarter.last >= first)
    return recent or scope.quarters[-1:]
