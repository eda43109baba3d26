"""The control chart of an indicator in a unit: what it draws and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.design.figures.ends import End
from app.outcome.chart import Chart, axis_of, axis_words, tick_words
from app.outcome.charted import points_met
from app.outcome.series import UnitSeries, breaks_in
from app.outcome.words import outcome_words, target_number, value_words
from app.pages.chart.figure import ChartPoint, Mark, control_chart_figure
from app.queries.outcomes import OutcomeRow
from app.words import charts, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext, of
from kpi.assessment import JUDGED
from kpi.definitions import Indicator
from kpi.period import PeriodKind
from kpi.spc.choice import Why
from kpi.spc.points import Assurance, ChartKind, Point, Signal, Variation

_MARK: dict[Variation, Mark] = {
    Variation.CONCERNING: "worse",
    Variation.IMPROVING: "better",
    Variation.NEUTRAL: "changed",
    Variation.FAR_OUT: "changed",
}

LIMITS = _l("Gränser")
_SIGNALS: dict[Signal, str] = {
    Signal.OUTSIDE: _l("utanför gränserna"),
    Signal.TREND: _l("sju i rad åt samma håll"),
    Signal.TWO_OF_THREE: _l("två av tre nära samma gräns"),
    Signal.SHIFT: _l("sju i rad på samma sida om mittlinjen"),
    Signal.LONG_RUN: _l("ovanligt många i rad på samma sida om mittlinjen"),
    Signal.FEW_CROSSINGS: _l("ovanligt få växlingar över mittlinjen"),
    Signal.FAR_OUT: _l("långt från de andra"),
}
CHARTS: dict[ChartKind, str] = {
    ChartKind.NONE: _l("inget diagram"),
    ChartKind.RUN: _l("seriediagram"),
    ChartKind.XMR: _l("styrdiagram för enskilda värden (XmR)"),
    ChartKind.P: _l("styrdiagram för andelar (p)"),
    ChartKind.P_PRIME: _l("styrdiagram för andelar med vidgade gränser (p′)"),
    ChartKind.U: _l("styrdiagram för händelser per antal (u)"),
    ChartKind.U_PRIME: _l("styrdiagram för händelser med vidgade gränser (u′)"),
    ChartKind.C: _l("styrdiagram för antal (c)"),
    ChartKind.G: _l("styrdiagram för fall mellan händelser (g)"),
    ChartKind.T: _l("styrdiagram för dagar mellan händelser (t)"),
}
WHY: dict[Why, str] = {
    Why.DECLARED: _l("Valt i indikatorns definition."),
    Why.NOT_A_PROCESS: _l("En placering eller ett steg har ingen variation att mäta."),
    Why.TOO_FEW_POINTS: _l(
        "Det behövs minst 10 mätpunkter efter det senaste brottet för att säga något "
        "om deras ordning. Därför visas bara värdena med sina intervall."
    ),
    Why.SHORT_SERIES: _l(
        "Med 10–19 mätpunkter är gränser osäkra. Därför bedöms bara punkternas ordning "
        "kring medianen."
    ),
    Why.FEW_NEIGHBOURS: _l(
        "För få av värdena följer direkt på varandra för att sätta gränser efter hur "
        "mycket de skiljer. Därför bedöms bara punkternas ordning kring medianen. Om "
        "ett enstaka värde är mer än slump kan inte sägas."
    ),
    Why.NO_COUNTS: _l(
        "Värdena kommer inte ur antal som kan bedömas. Därför sätts gränserna efter "
        "hur mycket värdena brukar skilja från ett till nästa."
    ),
    Why.RARE_EVENTS: _l(
        "Händelserna är så sällsynta att gränser inte säger något. Därför bedöms bara "
        "punkternas ordning kring medianen, om inte för många av dem är lika. Fallen "
        "mellan två händelser (g-diagram) skulle säga mer, men när i månaden en "
        "händelse kom framgår inte av antalen."
    ),
    Why.VARIES_AS_COUNTS: _l(
        "Värdena varierar så mycket som antalen förklarar. Gränserna följer antalen."
    ),
    Why.VARIES_MORE: _l(
        "Värdena varierar mer än antalen förklarar. Gränserna är vidgade efter det."
    ),
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


def control_chart_shown(indicator: Indicator, series: UnitSeries) -> Chart:
    """Return the chart of a series, with intervals where it cannot be judged."""
    title = sentence(indicator, series)
    points = [
        _drawn(indicator, series, at, row, point)
        for at, (row, point) in enumerate(
            zip(series.rows, _points(series), strict=True)
        )
    ]
    if not any(point.value is not None for point in points):
        return Chart(None, title, "")
    axis = axis_of(indicator, [level for point in points for level in point.levels])
    breaks = [
        (break_.since.first, charts.not_comparable(text.period_words(break_.since)))
        for break_ in breaks_in(indicator, series)
    ]
    ends = _ends(indicator, series, points)
    words = tick_words(indicator, axis)
    figure = control_chart_figure(points, axis, words, ends, breaks)
    about = [*_about(indicator, series), *axis_words(indicator, axis)]
    return Chart(figure, title, " ".join(about), ends)


def sentence(indicator: Indicator, series: UnitSeries) -> str:
    """Return what the chart shows, by rule from the numbers."""
    chart = series.chart
    if chart is not None and chart.last is not None and chart.variation is None:
        return _(
            "För många av mätpunkterna är lika för att deras ordning ska kunna visa om "
            "något har förändrats."
        )
    if chart is None or chart.last is None or chart.variation is None:
        if series.choice.why is Why.NOT_A_PROCESS:
            return str(WHY[Why.NOT_A_PROCESS])
        has_breaks = bool(series.series.breaks)
        return _too_short(len(series.series.current), has_breaks)
    last = chart.points[chart.last]
    signals = [str(_SIGNALS[signal]) for signal in last.signals]
    period = text.period(series.rows[chart.last].period)
    is_run = chart.kind is ChartKind.RUN
    sentences = [_changed(chart.variation, period, signals, is_run)]
    if series.target is not None and last.limits.upper is not None:
        target = target_number(indicator, series.target)
        is_still = last.limits.lower == last.limits.upper
        sentences.append(_held(chart.assurance, target, is_still))
        sentences += _reached(series, chart.assurance)
    return " ".join(sentences)


def _reached(series: UnitSeries, assurance: Assurance | None) -> list[str]:
    met = points_met(series.rows, series.series, assurance)
    if not met:
        return []
    judged = [
        series.rows[at]
        for at in series.series.current
        if series.rows[at].status in JUDGED
    ]
    since = text.period(judged[0].period)
    return [_reached_words(*met, kinds_words(series.kind), since)]


def points_in_words(indicator: Indicator, series: UnitSeries) -> list[PointWords]:
    """Return the numbers of the chart, the latest period first."""
    rows = zip(series.rows, _points(series), strict=True)
    return [_in_words(indicator, row, point) for row, point in rows][::-1]


def _in_words(indicator: Indicator, row: OutcomeRow, point: Point | None) -> PointWords:
    worded = outcome_words(indicator, row)
    if point is None:
        limits, centre, signals = worded.interval, "", ""
    else:
        limits = text.interval(indicator, point.limits.lower, point.limits.upper)
        centre = _value(indicator, point.limits.centre)
        signals = text.listed(_SIGNALS[signal] for signal in point.signals)
    return PointWords(
        period=worded.period,
        value=worded.value,
        centre=centre,
        limits=limits,
        target=worded.target,
        national=worded.national,
        signals=signals or ("" if row.value is not None else worded.reason),
        variation=point.variation if point and point.signals else None,
        rows_href=worded.rows_href,
    )


def _value(indicator: Indicator, amount: float | None) -> str:
    return "" if amount is None else text.value(indicator, amount)


def _points(series: UnitSeries) -> Sequence[Point | None]:
    return series.chart.points if series.chart else [None] * len(series.rows)


def _drawn(
    indicator: Indicator,
    series: UnitSeries,
    at: int,
    row: OutcomeRow,
    point: Point | None,
) -> ChartPoint:
    point_words, last = _in_words(indicator, row, point), series.rows[-1]
    lower, upper, centre = row.lower, row.upper, None
    if point is not None:
        limits = point.limits
        lower, upper, centre = limits.lower, limits.upper, limits.centre
    lines = (f"<b>{point_words.period}</b>", point_words.value, point_words.signals)
    return ChartPoint(
        middle=(row.first_month + row.last_month + 1) / 2,
        label=charts.short_period(row.period),
        words="<br>".join(line for line in lines if line),
        value=row.value,
        centre=centre,
        lower=lower,
        upper=upper,
        # The line is of one level: the one that its words at the end name.
        target=row.target if row.target_level == last.target_level else None,
        mark=_MARK.get(point_words.variation, "") if point_words.variation else "",
        segment=sum(start <= at for start in series.series.breaks),
        href=point_words.rows_href,
    )


def _ends(
    indicator: Indicator, series: UnitSeries, points: Sequence[ChartPoint]
) -> list[End]:
    shown = [at for at, point in enumerate(points) if point.value is not None][-1]
    last = points[shown]
    value = value_words(indicator, series.rows[shown])
    ends = [End("value", last.value or 0.0, charts.outcome_label(value))]
    if last.upper is not None:
        words = LIMITS if series.chart else _("Intervall")
        ends.append(End("interval", last.upper, str(words)))
    if series.chart and last.centre is not None:
        centre = text.value(indicator, last.centre)
        words = _centre_label(series.chart.kind, centre)
        ends.append(End("centre", last.centre, words))
    if points[-1].target is not None:
        target = target_number(indicator, points[-1].target)
        level = series.rows[-1].target_level
        words = charts.target_label(level, target)
        ends.append(End("local", points[-1].target, words))
    return ends


def _about(indicator: Indicator, series: UnitSeries) -> list[str]:
    if series.chart is None:
        band = _("Bandet är 95 %-intervall.")
    elif series.chart.kind is ChartKind.RUN:
        band = _(
            "Den heldragna linjen är medianen. Trianglar visar signaler, uppåt för "
            "bättre och nedåt för sämre, romber det som varken är bättre eller sämre "
            "eller ett värde långt från de andra."
        )
    else:
        band = _(
            "Bandet är gränserna: tre standardavvikelser från mittlinjen. Trianglar "
            "visar signaler, uppåt för bättre och nedåt för sämre, romber en "
            "förändring som varken är bättre eller sämre."
        )
    sentences = [band]
    if series.series.breaks:
        sentences.append(_("Varje del mellan brott räknas för sig."))
        sentences += [
            charts.break_at(text.period_words(break_.since), of(break_.text))
            for break_ in breaks_in(indicator, series)
        ]
    return sentences


def kinds_words(kind: PeriodKind) -> str:
    """Return what periods of a length are called: `månader`."""
    return str(text.PERIOD_KINDS[kind]).lower()


def measured(number: int, hidden: int, kinds: str) -> str:
    """Say how many points there are, and of what length."""
    if hidden:
        words = _("{number} med värde, {hidden} utan ({kinds})")
        return words.format(number=number, hidden=hidden, kinds=kinds)
    return _("{number} ({kinds})").format(number=number, kinds=kinds)


def _changed(
    variation: Variation, period: str, signals: list[str], is_run: bool
) -> str:
    """Say what the last point of a chart shows; a run chart knows of order only."""
    why = text.listed(signals)
    match variation:
        case Variation.CONCERNING:
            words = _("Sämre än slumpen förklarar ({period}): {why}.")
        case Variation.IMPROVING:
            words = _("Bättre än slumpen förklarar ({period}): {why}.")
        case Variation.NEUTRAL:
            words = _("Förändrat mer än slumpen förklarar ({period}): {why}.")
        case Variation.FAR_OUT:
            words = _(
                "Det senaste värdet ({period}) ligger långt från de andra. Om det är "
                "mer än slump kan inte sägas, för diagrammet har inga gränser: ta reda "
                "på vad som ligger bakom det."
            )
        case _ if is_run:
            words = _(
                "Inget i mätpunkternas ordning tyder på en förändring ({period})."
            )
        case _:
            words = _("Inget tyder på en förändring ({period}).")
    return words.format(period=period, why=why)


def _held(assurance: Assurance | None, target: str, is_still: bool) -> str:
    """Say what the target can expect of the process as it is.

    Args:
        assurance: None where that cannot be said.
        target: In words.
        is_still: Whether the process has not varied at all: then there is only what has
            been, and no measure of what may come.
    """
    match assurance:
        case Assurance.PASSING if is_still:
            words = _("Målet {target} har nåtts varje gång.")
        case Assurance.FAILING if is_still:
            words = _("Målet {target} har inte nåtts någon gång: något måste ändras.")
        case Assurance.PASSING:
            words = _("Så som det är nu nås målet {target} varje gång.")
        case Assurance.FAILING:
            words = _("Så som det är nu nås inte målet {target}: något måste ändras.")
        case Assurance.HIT_OR_MISS:
            words = _("Så som det är nu avgör slumpen om målet {target} nås.")
        case _:
            words = _(
                "Om målet {target} nås så som det är nu kan inte sägas: utfallet har "
                "inte varit stabilt tillräckligt länge."
            )
    return words.format(target=target)


def _reached_words(met: int, number: int, kinds: str, since: str) -> str:
    """Say how often the target then in force was reached, where chance decides it."""
    words = _(
        "Sedan {since} har det mål som gällde då nåtts {met} av {number} {kinds}."
    )
    return words.format(since=since, met=met, number=number, kinds=kinds)


def _centre_label(kind: ChartKind, value: str) -> str:
    """Return what stands at the end of the centre line."""
    match kind:
        case ChartKind.RUN | ChartKind.G:
            return _("Median {value}").format(value=value)
        case _:
            return _("Mittlinje {value}").format(value=value)


def _too_short(number: int, has_breaks: bool) -> str:
    """Say that a series is too short to be judged."""
    if has_breaks:
        words = ngettext(
            "{number} mätpunkt efter det senaste brottet är för lite för att bedöma om "
            "något har förändrats.",
            "{number} mätpunkter efter det senaste brottet är för lite för att bedöma "
            "om något har förändrats.",
            number,
        )
    else:
        words = ngettext(
            "{number} mätpunkt är för lite för att bedöma om något har förändrats.",
            "{number} mätpunkter är för lite för att bedöma om något har förändrats.",
            number,
        )
    return words.format(number=number)
