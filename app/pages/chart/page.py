"""`/analys/styrdiagram`: one indicator in one unit, judged by its own variation."""

from dataclasses import dataclass

from dash.development.base_component import Component

from app.address import (
    CONTROL_CHART,
    deviations_address,
    funnel_address,
    indicator_address,
    unit_address,
)
from app.columns import Col
from app.design.choices import indicator_choice, quarter_choice, unit_choice, way_to
from app.design.components import (
    downloads,
    facts,
    filter_bar,
    heading,
    link,
    notice,
    section,
    table,
    ways_on,
)
from app.design.visit import Visit
from app.outcome import analysis_words
from app.outcome.chart_figure import chart_figure
from app.outcome.parts import rows_link, stacked, target_cell
from app.outcome.pictures import picture_buttons
from app.outcome.question import reach
from app.outcome.series import UnitSeries, unit_series
from app.outcome.sign_parts import assurance_badge, variation_badge
from app.outcome.ways import has_funnel
from app.outcome.words import outcome_words
from app.pages.chart import answer
from app.pages.chart.words import (
    CHARTS,
    LIMITS,
    WHY,
    PointWords,
    control_chart_shown,
    kinds_words,
    measured,
    points_in_words,
)
from app.queries.frame import Frame
from app.queries.outcomes import outcomes_of
from app.queries.units import UnitRow
from app.web import html
from app.words import charts, headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext, of
from kpi.definitions import Indicator
from kpi.period import Period
from kpi.spc.points import ChartKind

PATH = CONTROL_CHART
NAME = _l("Styrdiagram")
HELP = "help"
ANSWERS = (answer.SPC,)

_NEWEST = 12
"""Points of the table that are not folded: a year of months."""


@dataclass(frozen=True, slots=True)
class View:
    """What the page was asked for."""

    frame: Frame
    indicator: Indicator
    unit: UnitRow
    quarter: Period


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    frame = visit.frame
    indicator = visit.indicator_named(visit.params.get("indicator"))
    unit = visit.unit
    quarter = visit.selection.quarter(frame.build.latest_quarter())
    rows = outcomes_of(visit.reader, indicator.id, unit.unit_id)
    indicator = indicator.in_region(frame.units.kolada_id(unit.unit_id))
    view = View(frame, indicator, unit, quarter)
    last_month = min(quarter.last, reach(frame.build))
    series = unit_series(indicator, rows, last_month)
    return html.Div(
        [
            heading(
                f"{of(indicator.name)}, {unit.name}",
                _(
                    "Visar om ett utfall har förändrats mer än slumpen förklarar, och "
                    "om målet hålls."
                ),
                over=[
                    *way_to(frame.units, unit.unit_id),
                    link(unit.name, unit_address(unit.unit_id)),
                ],
            ),
            _filters(view),
            *(_parts(view, series) if series else [_nothing()]),
            _ways(view),
        ]
    )


def _nothing() -> Component:
    return notice(headings.NO_DATA, charts.NOTHING_TO_DRAW)


def _filters(view: View) -> Component:
    return filter_bar(
        PATH,
        [
            indicator_choice(view.frame, view.indicator.id),
            unit_choice(view.frame, view.unit.unit_id),
            quarter_choice(view.frame, view.quarter, _("Till och med")),
        ],
        headings.APPLY,
    )


def _parts(view: View, series: UnitSeries) -> list[Component]:
    chart = control_chart_shown(view.indicator, series)
    pictures = picture_buttons(
        f"{view.indicator.id}_{view.unit.unit_id}_spc",
        chart,
        f"{of(view.indicator.name)}, {view.unit.name}",
        view.frame.build,
    )
    return [
        section(
            NAME,
            chart_figure(chart, "control-chart", "numbers") or _nothing(),
            downloads(*pictures, is_hidden=chart.figure is None),
        ),
        _summary(view, series),
        _numbers(view, series),
    ]


def _summary(view: View, series: UnitSeries) -> Component:
    chart, choice = series.chart, series.choice
    worded = outcome_words(view.indicator, series.rows[-1])
    shown = sum(value is not None for value in series.series.values)
    return facts(
        [
            (
                _("Förändring"),
                variation_badge(chart.variation)
                if chart and chart.variation
                else _("Kan inte bedömas"),
            ),
            (
                analysis_words.ASSURANCE,
                assurance_badge(chart.assurance)
                if chart and chart.assurance
                else _("Kan inte sägas"),
            ),
            (
                headings.TARGET,
                stacked(worded.target, worded.national) if worded.target else None,
            ),
            (
                _("Diagram"),
                text.capital(str(CHARTS[choice.chart])),
            ),
            (_("Varför det"), WHY[choice.why]),
            _kept(view.indicator.baseline, choice.chart),
            (
                _("Mätpunkter"),
                measured(shown, len(series.rows) - shown, kinds_words(series.kind)),
            ),
        ]
    )


def _kept(baseline: int | None, kind: ChartKind) -> tuple[str, str | None]:
    """Return of what the limits, or else the median, are kept; None if they are not."""
    if kind is ChartKind.RUN:
        name = _("Medianens underlag")
        words = _(
            "De första {number} mätpunkterna, och efter ett brott de första {number} "
            "efter det. Medianen ligger sedan fast."
        )
    else:
        name = _("Gränsernas underlag")
        words = _(
            "De första {number} mätpunkterna, och efter ett brott de första {number} "
            "efter det. Gränserna ligger sedan fast."
        )
    is_kept = baseline is not None and kind is not ChartKind.NONE
    return name, words.format(number=baseline) if is_kept else None


def _numbers(view: View, series: UnitSeries) -> Component:
    limits = LIMITS if series.chart else headings.INTERVAL
    columns = (
        Col(headings.PERIOD, "period", is_heading=True),
        Col(headings.VALUE, "value", is_number=True),
        Col(_("Mittlinje"), "centre", is_number=True),
        Col(limits, "limits", is_number=True),
        Col(headings.TARGET, target_cell, is_number=True),
        Col(_("Signal"), _signal),
        Col(headings.ROWS_BEHIND, rows_link),
    )
    points = points_in_words(view.indicator, series)
    newest, older = points[:_NEWEST], points[_NEWEST:]
    title = ngettext(
        "{number} äldre mätpunkt", "{number} äldre mätpunkter", len(older)
    ).format(number=len(older))
    folded = html.Details([html.Summary(title), table(title, columns, older)])
    return section(
        analysis_words.NUMBERS,
        table(analysis_words.NUMBERS, columns, newest),
        folded if older else None,
        id="numbers",
    )


def _signal(point_words: PointWords) -> str | Component:
    if not point_words.variation:
        return point_words.signals
    return html.Div([variation_badge(point_words.variation), f" {point_words.signals}"])


def _ways(view: View) -> Component:
    unit, period = view.unit.unit_id, str(view.quarter)
    ways = [
        (analysis_words.INDICATOR_PAGE, indicator_address(view.indicator.id, unit)),
        (analysis_words.ALL_DEVIATIONS, deviations_address(period, unit)),
    ]
    if has_funnel(view.indicator.kind):
        funnel = funnel_address(view.indicator.id, period, view.unit.kind)
        ways.append((analysis_words.TO_FUNNEL, funnel))
    return ways_on(ways)
