"""Outcomes as series: many indicators and units at once, period by period."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, or_, select

from kpi import schema
from kpi.assessment import Reason, Status
from kpi.period import PeriodKind


class Measured(NamedTuple):
    """One period of a series; counts and value are None unless they are shown.

    A named tuple, since a page reads tens of thousands of them.
    """

    last_month: int
    numerator: float | None
    denominator: float | None
    value: float | None
    status: str


SeriesKey = tuple[str, str]
"""Indicator and unit."""
Rhythms = dict[PeriodKind, list[Measured]]
"""The same series in periods of several lengths, each oldest first."""

_NOT_EXPECTED = (Status.NOT_MEASURED, Status.UNDER_DEVELOPMENT, Status.PAUSED)
_SHORT = (PeriodKind.MONTH, PeriodKind.QUARTER)
_LONG = (PeriodKind.TERTIAL, PeriodKind.HALF, PeriodKind.YEAR)


def series_until(
    connection: Connection,
    build_id: str,
    last_month: int,
    indicators: Sequence[str],
    seldom: Collection[str],
    units: Sequence[str] | None = None,
) -> dict[SeriesKey, Rhythms]:
    """Return every series of totals, in one question.

    Args:
        connection: To the warehouse.
        build_id: The build to read.
        last_month: No period that ends later.
        indicators: Their ids.
        seldom: Those measured so seldom that longer periods than quarters are read.
        units: Only of these; None for all.
    """
    table = schema.outcome.c
    of_length = or_(
        table.period_kind.in_(_SHORT),
        and_(table.period_kind.in_(_LONG), table.indicator.in_(seldom)),
    )
    columns = (table[name] for name in Measured._fields)
    statement = (
        select(table.indicator, table.unit, table.period_kind, *columns)
        .where(
            table.build_id == build_id,
            table.by == "",
            of_length,
            table.last_month <= last_month,
            table.indicator.in_(indicators),
            # A period in which nothing is measured is no gap in a series.
            table.status.not_in(_NOT_EXPECTED),
            table.reason.is_distinct_from(Reason.NEVER_REPORTED),
        )
        .order_by(table.last_month)
    )
    if units is not None:
        statement = statement.where(table.unit.in_(units))
    kinds = {str(kind): kind for kind in PeriodKind}
    found: dict[SeriesKey, Rhythms] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(statement).cursor.fetchall():
        found[row[0], row[1]][kinds[row[2]]].append(Measured._make(row[3:]))
    return dict(found)
