"""The control chart of an indicator in a unit: what it draws and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.design.figures.ends import End
from app.outcome.chart import Chart, axis_of, axis_words, tick_words
from app.outcome.charted import points_met
from app.outcome.series import UnitSeries
from app.outcome.words import outcome_words, target_number, value_words
from app.pages.chart import texts
from app.pages.chart.figure import ChartPoint, Mark, control_chart_figure
from app.queries.outcomes import OutcomeRow
from app.words import charts, text
from app.words.language import of
from kpi.assessment import JUDGED
from kpi.definition_parts import Break
from kpi.definitions import Indicator
from kpi.period import PeriodKind
from kpi.spc.choice import Why
from kpi.spc.points import Assurance, ChartKind, Point, Variation

_MARK: dict[Variation, Mark] = {
    Variation.CONCERNING: "worse",
    Variation.IMPROVING: "better",
    Variation.NEUTRAL: "changed",
}


@dataclass(frozen=True, slots=True)
class PointWords:
    """One period of the chart as a row of its table; empty text for nothing."""

    period: str
    value: str
    centre: str
    limits: str
    target: str
    national: str
    signals: str
    variation: Variation | None
    rows_href: str


def control_chart_shown(indicator: Indicator, found: UnitSeries) -> Chart:
    """Return the chart of a series, with intervals where it cannot be judged."""
    title = sentence(indicator, found)
    points = [
        _drawn(indicator, found, at, row, point)
        for at, (row, point) in enumerate(zip(found.rows, _points(found), strict=True))
    ]
    if not any(one.value is not None for one in points):
        return Chart(None, title, "")
    axis = axis_of(indicator, [level for one in points for level in one.levels])
    breaks = [
        (one.since.first, charts.not_comparable(text.period_words(one.since)))
        for one in _breaks(indicator, found)
    ]
    ends = _ends(indicator, found, points)
    words = tick_words(indicator, axis)
    figure = control_chart_figure(points, axis, words, ends, breaks)
    about = [*_about(indicator, found), *axis_words(indicator, axis)]
    return Chart(figure, title, " ".join(about), ends)


def sentence(indicator: Indicator, found: UnitSeries) -> str:
    """Return what the chart shows, by rule from the numbers."""
    chart = found.chart
    if chart is not None and chart.last is not None and chart.variation is None:
        return str(texts.ALIKE)
    if chart is None or chart.last is None or chart.variation is None:
        if found.choice.why is Why.NOT_A_PROCESS:
            return str(texts.WHY[Why.NOT_A_PROCESS])
        has_breaks = bool(found.series.breaks)
        return texts.too_short(len(found.series.current), has_breaks)
    last = chart.points[chart.last]
    signals = [str(texts.SIGNALS[one]) for one in last.signals]
    period = text.period(found.rows[chart.last].period)
    said = [texts.changed(chart.variation, period, signals)]
    if found.target is not None and last.limits.upper is not None:
        target = target_number(indicator, found.target)
        is_still = last.limits.lower == last.limits.upper
        said.append(texts.held(chart.assurance, target, is_still))
        said += _reached(found, chart.assurance)
    return " ".join(said)


def _reached(found: UnitSeries, assurance: Assurance | None) -> list[str]:
    met = points_met(found.rows, found.series, assurance)
    if not met:
        return []
    judged = [
        found.rows[at] for at in found.series.current if found.rows[at].status in JUDGED
    ]
    since = text.period(judged[0].period)
    return [texts.reached(*met, kinds_words(found.kind), since)]


def points_in_words(indicator: Indicator, found: UnitSeries) -> list[PointWords]:
    """Return the numbers of the chart, the latest period first."""
    rows = zip(found.rows, _points(found), strict=True)
    return [_in_words(indicator, row, point) for row, point in rows][::-1]


def _in_words(indicator: Indicator, row: OutcomeRow, point: Point | None) -> PointWords:
    said = outcome_words(indicator, row)
    if point is None:
        limits, centre, signals = said.interval, "", ""
    else:
        limits = text.interval(indicator, point.limits.lower, point.limits.upper)
        centre = _value(indicator, point.limits.centre)
        signals = text.listed(texts.SIGNALS[one] for one in point.signals)
    return PointWords(
        period=said.period,
        value=said.value,
        centre=centre,
        limits=limits,
        target=said.target,
        national=said.national,
        signals=signals or ("" if row.value is not None else said.reason),
        variation=point.variation if point and point.signals else None,
        rows_href=said.rows_href,
    )


def _value(indicator: Indicator, amount: float | None) -> str:
    return "" if amount is None else text.value(indicator, amount)


def _points(found: UnitSeries) -> Sequence[Point | None]:
    return found.chart.points if found.chart else [None] * len(found.rows)


def _drawn(
    indicator: Indicator,
    found: UnitSeries,
    at: int,
    row: OutcomeRow,
    point: Point | None,
) -> ChartPoint:
    said, last = _in_words(indicator, row, point), found.rows[-1]
    lower, upper, centre = row.lower, row.upper, None
    if point is not None:
        limits = point.limits
        lower, upper, centre = limits.lower, limits.upper, limits.centre
    told = (f"<b>{said.period}</b>", said.value, said.signals)
    return ChartPoint(
        middle=(row.first_month + row.last_month + 1) / 2,
        label=charts.short_period(row.period),
        words="<br>".join(one for one in told if one),
        value=row.value,
        centre=centre,
        lower=lower,
        upper=upper,
        # The line is of one level: the one that its words at the end name.
        target=row.target if row.target_level == last.target_level else None,
        mark=_MARK.get(said.variation, "") if said.variation else "",
        segment=sum(start <= at for start in found.series.breaks),
        href=said.rows_href,
    )


def _ends(
    indicator: Indicator, found: UnitSeries, points: Sequence[ChartPoint]
) -> list[End]:
    shown = [at for at, one in enumerate(points) if one.value is not None][-1]
    last = points[shown]
    value = value_words(indicator, found.rows[shown])
    ends = [End("value", last.value or 0.0, charts.outcome_label(value))]
    if last.upper is not None:
        words = texts.LIMITS if found.chart else texts.INTERVALS
        ends.append(End("interval", last.upper, str(words)))
    if found.chart and last.centre is not None:
        centre = text.value(indicator, last.centre)
        words = texts.centre_label(found.chart.kind, centre)
        ends.append(End("centre", last.centre, words))
    if points[-1].target is not None:
        target = target_number(indicator, points[-1].target)
        level = found.rows[-1].target_level
        words = charts.target_label(level, target)
        ends.append(End("local", points[-1].target, words))
    return ends


def _about(indicator: Indicator, found: UnitSeries) -> list[str]:
    if found.chart is None:
        band = texts.BAND_INTERVALS
    elif found.chart.kind is ChartKind.RUN:
        band = texts.LINE_MEDIAN
    else:
        band = texts.BAND_LIMITS
    said = [str(band)]
    if found.series.breaks:
        said.append(str(texts.BREAKS_APART))
        said += [
            charts.break_at(text.period_words(one.since), of(one.text))
            for one in _breaks(indicator, found)
        ]
    return said


def _breaks(indicator: Indicator, found: UnitSeries) -> list[Break]:
    """Return the breaks within the chart, which it names by their own periods."""
    since, until = found.rows[0].first_month, found.rows[-1].last_month
    return [one for one in indicator.breaks if since < one.since.first <= until]


def kinds_words(kind: PeriodKind) -> str:
    """Return what periods of a length are called: `månader`."""
    return str(text.PERIOD_KINDS[kind]).lower()
