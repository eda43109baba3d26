"""Whether a source is as new as what is measured by it asks for."""

from collections.abc import Iterable
from datetime import date

from app.queries.behind import dataset_of
from kpi.counting import rows_of
from kpi.definitions import MONTHS_BETWEEN, Indicator
from kpi.period import month_number


def months_between(indicators: Iterable[Indicator]) -> dict[str, int]:
    """Return the shortest time between measurements, by dataset, in months."""
    shortest: dict[str, int] = {}
    for indicator in indicators:
        months = MONTHS_BETWEEN[indicator.frequency]
        if dataset := dataset_of(indicator, ""):
            shortest[dataset] = min(months, shortest.get(dataset, months))
    return shortest


def fewest(indicators: Iterable[Indicator], dataset: str) -> int:
    """Return the fewest cases that all indicators of a dataset show; 0 without any."""
    return max(
        (
            indicator.minimum_denominator
            for indicator in indicators
            if rows_of(dataset_of(indicator, "") or "") == dataset
        ),
        default=0,
    )


def expected_from(reach: int, months: int) -> int:
    """Return the month from which on the newest fact of a source is expected.

    Args:
        reach: The last month that all sources should tell of.
        months: Between two measurements; the first begins with a year.

    Returns:
        The first month of the last such span that was over then.
    """
    return (reach + 1) // months * months - months


def is_as_expected(last_day: date, reach: int, months: int) -> bool:
    """Say whether a source reaches into the last span that was over."""
    return month_number(last_day) >= expected_from(reach, months)
