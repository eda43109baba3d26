"""All outcomes of one indicator in one unit -> the series that is charted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.outcome.charted import chart_of, fixed_target, rhythm, series_of
from app.queries.outcomes import OutcomeRow
from kpi.charting import NOT_EXPECTED, UNMEASURED
from kpi.definition_parts import Break
from kpi.definitions import Indicator
from kpi.period import PeriodKind
from kpi.spc.chart import Chart
from kpi.spc.choice import Choice
from kpi.spc.points import Series


def _begun(rows: Sequence[OutcomeRow]) -> Sequence[OutcomeRow]:
    """Return the rows from the first in which something was measured; all without one.

    The build may hold older facts of other units and indicators.
    """
    measured = (at for at, row in enumerate(rows) if row.status not in UNMEASURED)
    return rows[next(measured, 0) :]


@dataclass(frozen=True, slots=True)
class UnitSeries:
    """A series with its chart.

    Attributes:
        kind: The length of its periods.
        rows: One for each position of the series.
        series: As it is charted.
        choice: Which chart, and why.
        chart: None where the series is too short.
        target: The last one, if a process can be held against it.
    """

    kind: PeriodKind
    rows: tuple[OutcomeRow, ...]
    series: Series
    choice: Choice
    chart: Chart | None
    target: float | None


def breaks_in(indicator: Indicator, series: UnitSeries) -> list[Break]:
    """Return the breaks within a series, which are named by their own periods.

    Args:
        indicator: With the breaks of the unit's region only.
        series: Of the indicator.
    """
    since, until = series.rows[0].first_month, series.rows[-1].last_month
    within = (
        break_ for break_ in indicator.breaks if since < break_.since.first <= until
    )
    return sorted(within, key=lambda break_: break_.since.first)


def unit_series(
    indicator: Indicator, rows: Sequence[OutcomeRow], last_month: int
) -> UnitSeries | None:
    """Return the series of an indicator in a unit; None without any expected period.

    Args:
        indicator: With the breaks of the unit's region only.
        rows: Its totals in the unit, of all lengths, oldest first.
        last_month: No period that ends later.
    """
    by_kind: dict[PeriodKind, list[OutcomeRow]] = defaultdict(list)
    for row in rows:
        if row.last_month <= last_month and row.status not in NOT_EXPECTED:
            by_kind[PeriodKind(row.period_kind)].append(row)
    kind = rhythm(indicator, by_kind)
    outcomes = _begun(by_kind[kind])
    if not outcomes:
        return None
    target = fixed_target(outcomes[-1].target, outcomes[-1].target_rule)
    series = series_of(indicator, outcomes)
    choice, chart = chart_of(indicator, series, target)
    return UnitSeries(kind, tuple(outcomes), series, choice, chart, target)
