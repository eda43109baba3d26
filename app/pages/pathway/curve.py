"""How long the patients of the cancer pathways wait: the curve and its numbers."""

from dash.development.base_component import Component

from app.columns import Col
from app.design.components import facts, notice, section, table
from app.outcome import analysis_texts
from app.outcome.chart_figure import chart_figure
from app.pages.pathway import texts
from app.pages.pathway.curve_words import curve_points, curve_shown, interval
from app.pages.pathway.find import Pathway
from app.words import headings, text

_COLUMNS = (
    Col(texts.DAYS, lambda one: str(one.days), is_heading=True),
    Col(
        texts.STILL_WAITING,
        lambda one: text.per_cent(100 * one.waiting),
        is_number=True,
    ),
    Col(headings.INTERVAL, interval, is_number=True),
    Col(texts.AT_RISK, lambda one: text.number(one.at_risk), is_number=True),
)


def curve_sections(pathway: Pathway) -> list[Component]:
    """Return the curve, and the table with the same numbers."""
    chart = curve_shown(pathway)
    if chart is None or pathway.curve is None:
        few = notice(texts.TOO_FEW, texts.TOO_FEW_HELP)
        return [section(texts.CURVE, few, id="curve")]
    ends = [
        (texts.MEDIAN_WAIT, _until(pathway, 0.5)),
        (texts.NINE_IN_TEN, _until(pathway, 0.9)),
        (texts.SUSPECTED, text.number(pathway.curve.waited[0])),
    ]
    return [
        section(
            texts.CURVE,
            chart_figure(chart, "waiting", "numbers"),
            facts(ends),
            id="curve",
        ),
        section(
            analysis_texts.NUMBERS,
            table(analysis_texts.NUMBERS, _COLUMNS, curve_points(pathway)),
            id="numbers",
        ),
    ]


def _until(pathway: Pathway, fraction: float) -> str:
    days = pathway.days_until(fraction)
    if days is None:
        return str(texts.NOT_REACHED)
    return texts.some_days(days)
