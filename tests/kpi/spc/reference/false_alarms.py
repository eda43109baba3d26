"""How many of these charts would show a signal if nothing had changed."""

from collections.abc import Sequence

from kpi.spc.false_alarms import Where, signal_probability
from kpi.spc.points import ChartKind
from kpi.spc.runs import false_signal_probability
from tests.kpi.spc.reference.chart import Chart, Segment
from tests.kpi.spc.reference.runs import last_signal_probability


def expected_false_alarms(charts: Sequence[Chart], where: Where = Where.LAST) -> float:
    """Return how many of these charts would show a signal if nothing had changed.

    Args:
        charts: Each counts once; one without points not at all.
        where: Whether a chart shows a signal if its last point does, as in a list of
            what is new, or if any point does.

    Returns:
        The sum of the charts' probabilities, which holds however they hang together.

    Source:
        Control charts by simulation, see `PROBABILITIES`; run charts by counting.
    """
    return sum(_probability(one, where) for one in charts)


def _probability(chart: Chart, where: Where) -> float:
    segments = [one for one in chart.segments if one.measured]
    if where is Where.LAST:
        segments = segments[-1:]
    none = 1.0
    for one in segments:
        none *= 1 - (_of(chart, one, where) if one.is_judged else 0.0)
    return 1 - none


def _of(chart: Chart, segment: Segment, where: Where) -> float:
    if chart.kind is not ChartKind.RUN:
        return signal_probability(
            chart.kind, segment.measured, where, segment.has_few_cases
        )
    runs = segment.runs
    if runs is None:
        return 0.0
    above, below = runs.above, runs.below
    if where is not Where.LAST:
        return false_signal_probability(above, below)
    if chart.has_kept_median:
        above, below = runs.useful // 2, runs.useful - runs.useful // 2
    return runs.useful / segment.measured * last_signal_probability(above, below)
