"""How long the patients of the cancer pathways wait: the curve and its numbers."""

from dash.development.base_component import Component

from app.columns import Col
from app.design.components import facts, notice, section, table
from app.outcome import analysis_words
from app.outcome.chart_figure import chart_figure
from app.pages.pathway.curve_words import curve_points, curve_shown, interval
from app.pages.pathway.find import Pathway
from app.pages.pathway.words import CURVE, TOO_FEW, TOO_FEW_HELP, some_days
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l

_COLUMNS = (
    Col(_l("Dagar"), lambda point: str(point.days), is_heading=True),
    Col(
        _l("Väntar fortfarande"),
        lambda point: text.per_cent(100 * point.waiting),
        is_number=True,
    ),
    Col(headings.INTERVAL, interval, is_number=True),
    Col(
        _l("Fall som väntat så länge"),
        lambda point: text.number(point.at_risk),
        is_number=True,
    ),
)


def curve_sections(pathway: Pathway) -> list[Component]:
    """Return the curve, and the table with the same numbers."""
    chart = curve_shown(pathway)
    if chart is None or pathway.curve is None:
        few = notice(TOO_FEW, TOO_FEW_HELP)
        return [section(CURVE, few, id="curve")]
    ends = [
        (_("Hälften väntar inte längre"), _until(pathway, 0.5)),
        (_("Nio av tio väntar inte längre"), _until(pathway, 0.9)),
        (_("Fall med misstanke i perioden"), text.number(pathway.curve.waited[0])),
    ]
    return [
        section(
            CURVE,
            chart_figure(chart, "waiting", "numbers"),
            facts(ends),
            id="curve",
        ),
        section(
            analysis_words.NUMBERS,
            table(analysis_words.NUMBERS, _COLUMNS, curve_points(pathway)),
            id="numbers",
        ),
    ]


def _until(pathway: Pathway, fraction: float) -> str:
    days = pathway.days_until(fraction)
    if days is None:
        return _("så långt når inte kurvan")
    return some_days(days)
