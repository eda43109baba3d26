"""The columns of deviations: on the page, in the API and its CSV, in the Excel file.

The API reads a deviation (`Judged`), page and file its words (`DeviationWords`).
"""

from dash.development.base_component import Component

from app.api.workbook import AS_COUNT, AS_DECIMAL
from app.columns import BUILD, Col, Columns, Field, number, of, perhaps, text
from app.design.components import link
from app.outcome import analysis_words
from app.outcome.answer import COUNTS
from app.outcome.deviations import detectable_gap_of
from app.outcome.parts import outcome_cell, stacked, target_cell
from app.outcome.sign_parts import variation_badge
from app.pages.deviations.words import DeviationWords
from app.web import html
from app.words import headings, language
from app.words import text as words
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.assessment import Reason, Status
from kpi.evidence import Evidence
from kpi.model import UnitKind
from kpi.period import PeriodKind
from kpi.spc.points import Assurance, ChartKind, Variation

WIDE = 34


def _variation(worded: DeviationWords) -> Component | str:
    return variation_badge(worded.variation) if worded.variation else worded.no_chart


def _variation_in_words(worded: DeviationWords) -> str | None:
    if not worded.variation:
        return worded.no_chart or None
    symbol = analysis_words.VARIATION_SYMBOL[worded.variation]
    return f"{symbol} {analysis_words.VARIATION_WORDS[worded.variation]}"


def _ways(worded: DeviationWords) -> Component:
    ways = (
        (analysis_words.TO_CHART, worded.chart_href),
        (analysis_words.TO_FUNNEL, worded.funnel_href),
        (headings.CONTRIBUTIONS, worded.parts_href),
        (_("Steg för steg"), worded.steps_href),
        (_("Underlag"), worded.outcome.rows_href),
    )
    shown = [
        html.Span(link(way, href), className="first") for way, href in ways if href
    ]
    return html.Div(shown, className="stacked")


COLUMNS: Columns = (
    text("indicator", "Id of the indicator.", read="indicator.id"),
    Col(
        headings.NAME,
        lambda line: link(line.name, line.href),
        is_heading=True,
        fields=text(
            "indicator_name", "Its name, in Swedish.", read="indicator.name.sv"
        ),
        cell="name",
        width=WIDE,
    ),
    text("unit", "Id of the unit (HSA-id).", read="row.unit"),
    Col(
        headings.UNIT,
        "unit",
        fields=text("unit_name", "Its name.", read="unit.name"),
        cell="unit",
        width=WIDE,
    ),
    text("unit_kind", "What kind of unit.", UnitKind, "unit.kind"),
    Col(
        headings.PERIOD,
        fields=of(
            "row",
            text(
                "period",
                "The outcome's period; the latest measured one of the quarter.",
            ),
            text("period_kind", "How long it is.", PeriodKind),
        ),
        cell=lambda line: words.period(line.judged.row.period),
    ),
    Col(
        headings.OUTCOME,
        lambda line: outcome_cell(line.outcome, line.period),
        is_number=True,
        fields=COUNTS,
        cell="judged.row.value",
        form=AS_DECIMAL,
    ),
    Col(
        _l("Anges i"),
        cell=lambda line: language.of(line.judged.indicator.unit),
    ),
    Col(
        _l("95 %-intervall, nedre"),
        fields=number("lower", "Lower bound of the 95 % interval.", "row.lower"),
        cell="judged.row.lower",
        form=AS_DECIMAL,
    ),
    Col(
        _l("95 %-intervall, övre"),
        fields=number("upper", "Upper bound of the 95 % interval.", "row.upper"),
        cell="judged.row.upper",
        form=AS_DECIMAL,
    ),
    Col(
        headings.TARGET,
        lambda line: target_cell(line.outcome),
        is_number=True,
        fields=of(
            "row",
            number("target", "The outcome is judged by it."),
            perhaps("target_rule", "How value and target are compared."),
            perhaps("target_level", "Who has set the target."),
        ),
        cell=lambda line: line.outcome.target or None,
    ),
    Col(_l("Nationellt mål"), cell=lambda line: line.outcome.national or None),
    *of(
        "row",
        text("status", "What can be said of the outcome.", Status),
        perhaps("reason", "Why it is not shown, or what to know of it.", Reason),
    ),
    Col(
        _l("Fall till målet"),
        "cases",
        is_number=True,
        hint=_l(
            "Så många fall till (+), eller färre (−), hade behövts för att nå målet."
        ),
        fields=number(
            "cases",
            "Cases more (or fewer, below 0) that would have met the target.",
        ),
        cell=lambda line: line.judged.cases or None,
        form=AS_COUNT,
    ),
    Col(
        analysis_words.EVIDENCE,
        lambda line: stacked(*(line.evidence or ("",))),
        hint=analysis_words.EVIDENCE_HINT,
        fields=perhaps("evidence", "What the interval says of the target.", Evidence),
        cell=lambda line: "; ".join(line.evidence) or None,
        width=WIDE,
    ),
    number(
        "detectable_gap",
        "Smallest true gap, in points, that so many cases show.",
        lambda judged: detectable_gap_of(judged.indicator, judged.row),
    ),
    number("p", "How often chance alone brings a value so far from the target."),
    perhaps(
        "chart", "Which control chart fits the series.", ChartKind, "verdict.chart"
    ),
    Col(
        analysis_words.VARIATION,
        _variation,
        hint=_l("Vad den senaste punkten i styrdiagrammet säger."),
        fields=perhaps("variation", "What its last point says.", Variation),
        cell=_variation_in_words,
    ),
    perhaps("assurance", "What the target can expect.", Assurance, "verdict.assurance"),
    Col(
        _l("Har varat"),
        "duration",
        hint=_l(
            "Så många mätningar i rad som målet inte har nåtts, vilket mål som än "
            "gällde då. Ett brott i serien bryter inte raden."
        ),
        fields=Field(
            "missed", "integer", "Measured periods in a row that missed the target."
        ),
        cell=lambda line: line.duration or None,
    ),
    Col(headings.WAYS_ON, _ways),
    BUILD,
)
