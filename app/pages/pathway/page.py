"""`/analys/forlopp`: the cancer pathways step by step, and their cases."""

from collections.abc import Mapping
from dataclasses import dataclass

from dash.development.base_component import Component

from app.address import (
    PATHWAY,
    Selection,
    deviations_address,
    identifier,
    indicator_address,
    unit_address,
)
from app.columns import Col
from app.design.choices import optional, quarter_choice, unit_choice, way_to
from app.design.components import (
    Choice,
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
from app.outcome.ways import WITHOUT
from app.pages.pathway import answer
from app.pages.pathway.cases import (
    CasesView,
    ended_section,
    open_section,
    pages_asked,
    within_reach,
)
from app.pages.pathway.curve import curve_sections
from app.pages.pathway.find import DAYS_AHEAD, Pathway, Question, pathway
from app.pages.pathway.words import (
    PATHWAY_LABEL,
    STEPS_HEADING,
    TOO_FEW,
    TOO_FEW_HELP,
    finding,
    in_time,
    maxima_in_words,
    some_days,
    steps_in_words,
)
from app.queries.definitions import pathway_names
from app.queries.frame import Frame
from app.queries.units import UnitRow
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.alphabet import swedish
from kpi.period import Period, PeriodKind

PATH = PATHWAY
NAME = headings.PATHWAY_STEPS
HELP = "help"
ANSWERS = (answer.PATHWAY,)
_INDICATOR = "svf_lead_time"
_KINDS = (PeriodKind.QUARTER, PeriodKind.ROLLING)

_STEPS = (
    Col(_l("Steg"), "name", is_heading=True),
    Col(_l("Fall"), "cases", is_number=True, hint=_l("Fall med båda datumen.")),
    Col(_l("Median, dagar"), "median", is_number=True),
    Col(
        _l("90:e percentil"),
        "p90",
        is_number=True,
        hint=_l("Nio av tio fall tog steget inom så många dagar."),
    ),
    Col(
        _l("Ett år tidigare"),
        "before",
        is_number=True,
        hint=_l("Median, dagar, samma period ett år tidigare."),
    ),
    Col(
        _l("Utan datum"),
        "missing",
        is_number=True,
        hint=_l("Fall som saknar något av datumen. De fylls aldrig i."),
    ),
    Col(
        _l("I omvänd ordning"),
        "backwards",
        is_number=True,
        hint=_l("Fall där det senare datumet ligger före det tidigare. Räknas inte."),
    ),
)
_MAXIMA = (
    Col(_l("Avslut"), "ending", is_heading=True),
    Col(_l("Dagar"), "ordinary", is_number=True),
    Col(
        _l("Utökad utredning"),
        "extended",
        is_number=True,
        hint=_l("Dagar efter utökad utredning."),
    ),
)


@dataclass(frozen=True, slots=True)
class View:
    """What the page was asked for, and what was found."""

    frame: Frame
    unit: UnitRow
    quarter: Period
    pathways: Mapping[str, str]
    question: Question
    pathway: Pathway


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    reader, params = visit.reader, visit.params
    unit, quarter = visit.unit, visit.quarter
    pathways = pathway_names(reader)
    svf = identifier(params.get("svf"))
    svf = svf if svf in pathways else None
    question = Question(
        unit.unit_id,
        period_asked(visit.selection, quarter, bool(svf)),
        svf,
        params.get("without") == WITHOUT,
        _days(params.get("days")),
        **pages_asked(params),
    )
    whole = pathway(reader, question)
    nearest = within_reach(question, whole)
    if nearest != question:
        question, whole = nearest, pathway(reader, nearest)
    view = View(visit.frame, unit, quarter, pathways, question, whole)
    return html.Div(
        [
            _heading(view),
            _filters(view),
            visit.notice_of_unit(),
            notice(_("Vårdförloppet finns inte. Alla visas."))
            if params.get("svf") and not svf
            else None,
            visit.notice_of_quarter(visit.way_from(PATH)),
            *_parts(view),
            _ways(view),
        ]
    )


def period_asked(selection: Selection, quarter: Period, is_one: bool) -> Period:
    """Return the quarter, or the twelve months that end with it.

    Twelve months unless a quarter is asked for where all is of one pathway: most of
    them have too few cases in a quarter.
    """
    kind = selection.kind
    if kind not in _KINDS and selection.period:
        kind = Period.parse(selection.period).kind
    if kind not in _KINDS:
        kind = PeriodKind.ROLLING if is_one else PeriodKind.QUARTER
    if kind == PeriodKind.QUARTER:
        return quarter
    return Period(PeriodKind.ROLLING, quarter.last - 11, quarter.last)


def _days(written: str | None) -> int:
    known = {str(days): days for days in DAYS_AHEAD}
    return known.get(written or "", DAYS_AHEAD[0])


def _name(view: View) -> str:
    svf = view.question.svf
    return view.pathways[svf] if svf else _("Alla vårdförlopp")


def _heading(view: View) -> Component:
    period = text.period_words(view.question.period)
    unit = view.unit
    return heading(
        f"{_name(view)}: {unit.name}, {period}",
        _(
            "Var i vårdförloppet dagarna går, hur länge patienterna väntar, och vilka "
            "öppna fall som snart passerar sin maximala ledtid."
        ),
        over=[
            *way_to(view.frame.units, unit.unit_id),
            link(unit.name, unit_address(unit.unit_id)),
        ],
    )


def _filters(view: View) -> Component:
    question = view.question
    named = sorted(
        view.pathways.items(), key=lambda named_pathway: swedish(named_pathway[1])
    )
    kinds = [(str(kind), text.PERIOD_KINDS[kind]) for kind in _KINDS]
    waits = [
        ("", _("Alla fall (nationellt mått)")),
        (WITHOUT, _("Utan PvV och MoV (lokal vy)")),
    ]
    ahead = [(str(days), some_days(days)) for days in DAYS_AHEAD]
    return filter_bar(
        PATH,
        [
            optional("svf", PATHWAY_LABEL, named, question.svf),
            unit_choice(view.frame, question.unit),
            Choice("kind", headings.KIND_FIELD, kinds, str(question.period.kind)),
            quarter_choice(view.frame, view.quarter),
            Choice(
                "without",
                _("Väntan"),
                waits,
                WITHOUT if question.is_local else "",
            ),
            Choice("days", _("Framåt"), ahead, str(question.days)),
        ],
        headings.APPLY,
    )


def _parts(view: View) -> list[Component | None]:
    question = view.question
    local = notice(
        _("Lokal vy utan PvV och MoV"),
        _(
            "Fall med patientvald (PvV) eller medicinskt orsakad väntan (MoV) är "
            "borttagna överallt på sidan. Det nationella måttet tar inte bort några "
            "fall."
        ),
    )
    cases = CasesView(question, view.pathway, view.frame.units, view.pathways)
    return [
        local if question.is_local else None,
        _steps(view),
        open_section(cases),
        *curve_sections(view.pathway),
        ended_section(cases),
    ]


def _steps(view: View) -> Component:
    whole = view.pathway
    if whole.is_few(whole.now.cases):
        none = not whole.now.cases
        why = _("Inga förlopp har avslutats i perioden") if none else TOO_FEW
        return section(STEPS_HEADING, notice(why, TOO_FEW_HELP), id="steps")
    sentence = finding(whole, view.question)
    return section(
        STEPS_HEADING,
        html.P(sentence, className="chart-title") if sentence else None,
        html.P(
            ngettext(
                "{cases} förlopp avslutades i perioden med start av behandling, eller "
                "på annat sätt som ledtiden mäts till.",
                "{cases} förlopp avslutades i perioden med start av behandling, eller "
                "på annat sätt som ledtiden mäts till.",
                whole.now.cases,
            ).format(cases=text.number(whole.now.cases))
        ),
        table(STEPS_HEADING, _STEPS, steps_in_words(whole)),
        facts(
            [
                (
                    _("Inom maximal ledtid (nationellt mått)"),
                    in_time(whole, whole.now.national),
                ),
                (
                    _(
                        "Inom maximal ledtid, utan patientvald (PvV) eller medicinskt "
                        "orsakad väntan (MoV): lokalt mått"
                    ),
                    in_time(whole, whole.now.local),
                ),
            ]
        ),
        _maxima(view),
        id="steps",
    )


def _maxima(view: View) -> Component:
    if view.question.svf is None:
        return html.P(_("Välj ett vårdförlopp för att se dess maximala ledtid."))
    maxima = maxima_in_words(view.pathway)
    return table(_("Maximal ledtid"), _MAXIMA, maxima, shows_caption=True)


def _ways(view: View) -> Component:
    unit, period = view.unit.unit_id, str(view.quarter)
    ways = [(analysis_words.ALL_DEVIATIONS, deviations_address(period, unit))]
    if view.frame.indicator(_INDICATOR):
        href = indicator_address(_INDICATOR, unit, str(view.question.period))
        ways.insert(0, (_("Ledtid som indikator"), href))
    return ways_on(ways)
