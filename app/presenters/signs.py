"""What the control chart says, to stand beside an outcome."""

from dataclasses import dataclass

from app.analysis.deviations import Judged
from app.presenters.analysis import control_chart_address
from kpi.period import Period
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
    if one is None or one.verdict is None or one.verdict.variation is None:
        return None
    href = control_chart_address(one.indicator.id, one.unit.unit_id, str(quarter))
    return Signs(one.verdict.variation, one.verdict.assurance, href)
