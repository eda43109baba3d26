"""What the control chart says, to stand beside an outcome."""

from dataclasses import dataclass

from app.address import control_chart_address
from app.outcome import analysis_words
from app.outcome.charted import points_met
from app.outcome.deviations import Judged
from app.outcome.series import UnitSeries
from kpi.definitions import Indicator
from kpi.period import Period, PeriodKind
from kpi.spc.points import Assurance, Variation


@dataclass(frozen=True, slots=True)
class Signs:
    """Has anything changed, and can the target be expected to be met?

    Attributes:
        variation: What the last point says.
        assurance: What the target can expect; None without a target to be held against.
        href: The control chart.
        basis: Which periods the assurance is of, and how many of them meet the target,
            where the outcome beside it may seem to say something else; else empty.
    """

    variation: Variation
    assurance: Assurance | None
    href: str
    basis: str = ""


def signs(deviation: Judged | None, quarter: Period) -> Signs | None:
    """Return the signs of an indicator judged in a quarter; None without a chart."""
    if deviation is None or deviation.verdict is None:
        return None
    verdict, variation = deviation.verdict, deviation.verdict.variation
    if variation is None:
        return None
    href = control_chart_address(
        deviation.indicator.id, deviation.unit.unit_id, str(quarter)
    )
    basis = ""
    if verdict.assurance:
        beside = PeriodKind(deviation.row.period_kind)
        basis = analysis_words.basis(verdict.kind, beside, verdict.met, verdict.aimed)
    return Signs(variation, verdict.assurance, href, basis)


def series_signs(
    indicator: Indicator,
    series: UnitSeries | None,
    quarter: Period,
    beside: PeriodKind,
) -> Signs | None:
    """Return the signs of a unit's series; None without a chart.

    Args:
        indicator: What it is a series of.
        series: The series.
        quarter: The one looked at.
        beside: The length of the period that the signs stand beside.
    """
    if series is None or series.chart is None:
        return None
    row, chart, basis = series.rows[-1], series.chart, ""
    variation = chart.variation
    if variation is None:
        return None
    if chart.assurance:
        met = points_met(series.rows, series.series, chart.assurance)
        basis = analysis_words.basis(series.kind, beside, *(met or (None, None)))
    href = control_chart_address(row.indicator, row.unit, str(quarter))
    return Signs(variation, chart.assurance, href, basis)
