"""How many of these charts would show a signal if nothing had changed."""

from collections.abc import Sequence

from kpi.spc.false_alarms import Where, signal_probability
from kpi.spc.points import ChartKind
from kpi.spc.runs import false_signal_probability
from tests.kpi.spc.reference.chart import Chart


def expected_false_alarms(charts: Sequence[Chart], where: Where = Where.LAST) -> float:
    """Return how many of these charts would show a signal if nothing had changed.

    Args:
        charts: Each counts once; one without points not at all.
        where: Whether a chart shows a signal if its last point does, as in a list of
            what is new, or if any point does.

    Returns:
        The sum of the charts' probabilities, which holds however they hang together.
        For a run chart every signal counts, as it is of the whole chart.

    Source:
        Control charts by simulation, see `PROBABILITIES`; run charts by counting, see
        `kpi.spc.runs.false_signal_probability`.
    """
    return sum(_probability(one, where) for one in charts)


def _probability(chart: Chart, where: Where) -> float:
    segments = [one for one in chart.segments if one.measured]
    if where is Where.LAST:
        segments = segments[-1:]
    none = 1.0
    for one in segments:
        if chart.kind is ChartKind.RUN:
            runs = one.runs
            none *= 1 - (
                false_signal_probability(runs.above, runs.below) if runs else 0
            )
        else:
            none *= 1 - signal_probability(chart.kind, one.measured, where)
    return 1 - none
