"""A value is of its months: which ones it covers, when that is all, what it is held to.

The one rule behind every period. A report covers the months of the period it is for,
and is part of longer periods that reports of its length fill from end to end. A period
is whole when every month of it that the unit existed in is reported, or, of what is
measured on a date, when as many measurements lie in it as the frequency promises. What
is not whole, or not over, is shown, but not judged, unless more months cannot change
the answer (`kpi.assessment.assess_so_far`) or it was given as the value of its term. It
is compared over the same months of the year before, where these are known.
`etl/count/sql` says the same of all units at once; the tests compare.
"""

from collections import Counter
from collections.abc import Collection

from kpi.definitions import Indicator
from kpi.model import Kind
from kpi.period import MONTHS_IN, Period, PeriodKind
from kpi.targets import Target

Months = tuple[int, int]
"""First and last month of a report or a life, inclusive; `kpi.period.month_number`."""

_LENGTHS = sorted(set(MONTHS_IN.values()), reverse=True)


def grows_with_time(indicator: Indicator) -> bool:
    """Say whether a longer period has a larger value for no other reason.

    Counts do, and rates per a stock, such as prescriptions per inhabitant. Shares,
    means and stocks are as large over a year as over one of its months.
    """
    averaged = indicator.averaged_over_time
    if "numerator" in averaged:
        return False
    return indicator.kind is Kind.COUNT or "denominator" in averaged


def only_grows(indicator: Indicator) -> bool:
    """Say whether months to come can make a value larger, but never smaller."""
    is_sum = indicator.kind is Kind.COUNT and grows_with_time(indicator)
    return is_sum or indicator.kind is Kind.MILESTONE


def adds_up(indicator: Indicator) -> bool:
    """Say whether a unit that has told nothing leaves the total above it too small.

    Numbers do, of beds as of reports; a share or rate is of those that have told. Of
    cases nobody knows: a unit without any may have had none.
    """
    return indicator.kind is Kind.COUNT and indicator.frequency != "once"


def months_of_target(indicator: Indicator, target: Target) -> int | None:
    """Return how long the periods are that a target is for.

    As it declares; else, for a number to be reached by what grows with time, those of
    the indicator's frequency, or the longest kind of period that is no longer. Better
    than last year can be asked of every length.

    Returns:
        Months; None where the target holds for periods of every length.
    """
    if target.length is not None:
        return MONTHS_IN[target.length]
    if target.rule == "better_than_last_year" or not grows_with_time(indicator):
        return None
    return next(one for one in _LENGTHS if one <= indicator.months_expected())


def may_be_dated(indicator: Indicator) -> bool:
    """Say whether a report may be a measurement on a date instead of a sum of months.

    A survey twice a year is filed under the month it was made in. What is measured
    every quarter or month is shown for quarters and months: a part of one is a part.
    """
    is_seldom = indicator.months_expected() not in (1, 3)
    return is_seldom and not grows_with_time(indicator)


def is_dated(indicator: Indicator, reports: Collection[Months]) -> bool:
    """Say whether a unit's reports are measurements on dates: never two in one term.

    Args:
        indicator: What is reported.
        reports: All of the unit, of whatever year.
    """
    terms = Counter(first // indicator.months_expected() for first, _ in set(reports))
    return may_be_dated(indicator) and max(terms.values(), default=0) <= 1


def nests(report: Months, period: Period) -> bool:
    """Say whether reports as long as this one fill a period from end to end.

    A quarter nests in a year, and in twelve months that begin with a quarter; in no
    tertial, though one may lie within it.

    Args:
        report: One that shares a month with the period.
        period: Which one.
    """
    first, last = report
    months = last - first + 1
    is_within = period.first <= first and last <= period.last
    is_fitting = period.first % months == (period.last + 1) % months == 0
    return is_within and is_fitting


def is_filled(period: Period, reports: Collection[Months], life: Months) -> bool:
    """Say whether every month of a period that the unit existed in is reported.

    Args:
        period: Which one.
        reports: Those of the unit that lie in it.
        life: The unit's first and last month.
    """
    covered = {month for first, last in reports for month in range(first, last + 1)}
    first, last = max(period.first, life[0]), min(period.last, life[1])
    return covered.issuperset(range(first, last + 1))


def is_given(
    indicator: Indicator, period: Period, reports: Collection[Months], life: Months
) -> bool:
    """Say whether a unit has given what a period is, even if it goes on.

    A survey of the year that is handed in as the year's value is that; more can come of
    a sum, and of a share that is told quarter by quarter.

    Args:
        indicator: What is reported.
        period: Which one.
        reports: Those of the unit that lie in it.
        life: The unit's first and last month.
    """
    term = min(indicator.months_expected(), MONTHS_IN[PeriodKind.YEAR])
    whole_terms = [(first, last) for first, last in reports if last - first + 1 >= term]
    return may_be_dated(indicator) and is_filled(period, whole_terms, life)


def same_months(units: Collection[tuple[Collection[int], Months]]) -> set[int]:
    """Return the months that what is not whole may be compared over, a year apart.

    Those that the units have told of, if they are the same ones; none if one of them
    has left out a month, while it existed, that another has told of. A year earlier
    they must be whole, as periods of one length.

    Args:
        units: Of each, the months that its reports cover, and its first and last one.
    """
    told = {month for covered, _ in units for month in covered}
    is_same = all(
        {month for month in told if life[0] <= month <= life[1]} <= set(covered)
        for covered, life in units
    )
    return told if is_same else set()


def is_broken(indicator: Indicator, period: Period) -> bool:
    """Say whether a period is not comparable with the same one a year earlier.

    Args:
        indicator: With the breaks of the unit's region only.
        period: The later one.
    """
    return bool(indicator.breaks_parting(period.year_before(), period))


def has_as_many_as_promised(
    indicator: Indicator, period: Period, reports: Collection[Months]
) -> bool:
    """Say whether as many measurements lie in a period as the frequency promises."""
    months = period.last - period.first + 1
    return len(set(reports)) >= months // indicator.months_expected()


def is_whole(
    indicator: Indicator,
    period: Period,
    months: Collection[Collection[int]],
    life: Months,
) -> bool:
    """Say whether what several units have reported stands for their whole period.

    A sum lacks what one of them has left out, be it a month or all of them. Of a share
    or mean it is enough that every month is there from some of them, as it is where a
    unit is missing.

    Args:
        indicator: What is reported.
        period: Which one.
        months: Of each unit, those it covers; None of them missing for a unit whose own
            period is filled, or measured as often as promised. None at all of a unit
            that was expected and has told nothing.
        life: First and last month of the unit that they add up to.
    """
    first, last = max(period.first, life[0]), min(period.last, life[1])
    wanted = set(range(first, last + 1))
    if adds_up(indicator) and not all(months):
        return False
    if grows_with_time(indicator):
        return all(wanted.issubset(month) for month in months)
    return wanted.issubset({month for one in months for month in one})


def is_reported_by_month(indicator: Indicator, months: Collection[int]) -> bool:
    """Say whether a month without a value is a gap: monthly, or once a quarter of them.

    Args:
        indicator: What is reported.
        months: Those that a unit has reports for.
    """
    quarters = Counter(month // 3 for month in set(months))
    return indicator.months_expected() == 1 or 3 in quarters.values()
