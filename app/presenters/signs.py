"""What the control chart says, to stand beside an outcome."""

from dataclasses import dataclass

from app.analysis.charted import Verdict
from app.analysis.deviations import Judged
from app.analysis.unit_series import UnitSeries
from app.presenters.analysis import control_chart_address
from kpi.period import Period
from kpi.spc.chart import Chart
from kpi.spc.points import Assurance, Variation


@dataclass(frozen=True, slots=True)
class Signs:
    """Has anything changed, and can the target be expected to be met?

    Attributes:
        variation: What the last point says.
        assurance: What the target can expect; None without a target to be held against.
        href: The control chart.
    """

    variation: Variation
    assurance: Assurance | None
    href: str


def signs(one: Judged | None, quarter: Period) -> Signs | None:
    """Return the signs of an indicator judged in a quarter; None without a chart."""
    if one is None:
        return None
    return _signs(one.verdict, one.indicator.id, one.unit.unit_id, quarter)


def series_signs(found: UnitSeries | None, quarter: Period) -> Signs | None:
    """Return the signs of a unit's series; None without a chart."""
    if found is None:
        return None
    row = found.rows[-1]
    return _signs(found.chart, row.indicator, row.unit, quarter)


def _signs(
    said: Verdict | Chart | None, indicator: str, unit: str, quarter: Period
) -> Signs | None:
    if said is None or said.variation is None:
        return None
    href = control_chart_address(indicator, unit, str(quarter))
    return Signs(said.variation, said.assurance, href)
