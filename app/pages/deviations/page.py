"""`/analys`: every deviation of a quarter, the gravest first."""

from collections.abc import Sequence

from dash.development.base_component import Component

from app.address import address
from app.design.choices import (
    area_choice,
    areas,
    optional,
    quarter_choice,
    unit_choice,
    way_to,
)
from app.design.components import (
    Choice,
    downloads,
    file_link,
    filter_bar,
    heading,
    notice,
    section,
    table,
)
from app.design.paging import page, pager
from app.design.visit import Visit
from app.outcome import analysis_words
from app.outcome.deviations import Judged, Order, Signals, part_of_another
from app.outcome.question import Question, deviations, judged_within, signals
from app.pages.deviations import answer, export
from app.pages.deviations.columns import COLUMNS
from app.pages.deviations.sign_matrix import matrix
from app.pages.deviations.signs import sign_matrix
from app.pages.deviations.views import (
    LIST,
    MATRIX,
    PATH,
    copy_button,
    params_of,
    ready_made,
    view_switch,
)
from app.pages.deviations.words import (
    DEVIATIONS_HEADING,
    ORDERS,
    SIGN_MATRIX,
    deviation_words,
    number_found,
    seen_above,
    signals_words,
)
from app.queries.frame import Frame
from app.web import html
from app.words import charts, headings, text
from app.words.language import gettext as _

NAME = analysis_words.ANALYSIS
HELP = "help"
ANSWERS = (answer.DEVIATIONS,)
DOWNLOADS = (export.DEVIATIONS_FILE,)

_PAGE_SIZE = 20
"""Each is a card on a telephone, and the gravest come first."""


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    reader, frame, params = visit.reader, visit.frame, visit.params
    unit, quarter, selection = visit.unit, visit.quarter, visit.selection
    question = Question(
        quarter, unit, selection.unit_kind, selection.area, order(params.get("sort"))
    )
    view = MATRIX if params.get("view") == MATRIX else LIST
    counted = signals(reader, frame, question)
    if view == MATRIX:
        judged = judged_within(reader, frame, question)
        shown = _matrix(frame, question, judged, counted)
    else:
        judged = deviations(reader, frame, question)
        shown = _listed(frame, question, judged, counted, params.get("page"))
    period = text.period_words(quarter)
    return html.Div(
        [
            heading(
                f"{NAME}: {unit.name}, {period}",
                _(
                    "Vad styrdiagrammen säger om varje indikator i varje enhet: om den "
                    "har förändrats mer än slumpen förklarar, och om målet klaras."
                )
                if view == MATRIX
                else _(
                    "Alla avvikelser i ett kvartal: mål som inte nås, och utfall som "
                    "har blivit sämre mer än slumpen förklarar."
                ),
                over=way_to(frame.units, unit.unit_id, str(quarter)),
            ),
            _filters(frame, question, view),
            visit.notice_of_unit(),
            visit.notice_of_quarter(visit.way_from(PATH)),
            ready_made(question, {each.kind for each in frame.units}, areas(frame)),
            view_switch(question, view),
            shown,
        ]
    )


def order(written: str | None) -> Order:
    """Return the order asked for; patients first if it is none."""
    return Order(written) if written in tuple(Order) else Order.PATIENTS


def _filters(frame: Frame, question: Question, view: str) -> Component:
    kinds = dict.fromkeys(unit.kind for unit in frame.units)
    of_kind = [(kind, text.capital(text.UNIT_KINDS.get(kind, kind))) for kind in kinds]
    orders = [(str(order), words) for order, words in ORDERS.items()]
    choices = [
        unit_choice(frame, question.unit.unit_id),
        quarter_choice(frame, question.quarter),
        area_choice(frame, question.area),
        optional("unit_kind", headings.UNIT_KIND_FIELD, of_kind, question.unit_kind),
    ]
    if view == MATRIX:
        return filter_bar(PATH, choices, headings.APPLY, {"view": MATRIX})
    choices.append(Choice("sort", _("Ordning"), orders, str(question.order)))
    return filter_bar(PATH, choices, headings.APPLY)


def _matrix(
    frame: Frame, question: Question, judged: Sequence[Judged], counted: Signals
) -> Component:
    part = html.P(signals_words(counted))
    shown = sign_matrix(judged, frame.units, question.quarter)
    if not shown.units:
        nothing = notice(
            _("Ingen serie i urvalet är lång nog för ett styrdiagram"),
            _("Välj en högre enhet eller ett annat område."),
        )
        return html.Div([nothing, part])
    return section(
        SIGN_MATRIX,
        html.P(
            _(
                "Varje indikator är en rad och varje enhet en kolumn. Först står "
                "förändringen, sedan om målet klaras. Välj en ruta för att se "
                "diagrammet."
            )
        ),
        part,
        *matrix(shown, str(question.quarter)),
        _downloads(question, MATRIX),
        id="signs",
    )


def _listed(
    frame: Frame,
    question: Question,
    listed: Sequence[Judged],
    signals: Signals,
    page_number: str | None,
) -> Component:
    part = html.P(signals_words(signals))
    if not listed:
        return html.Div(
            [
                notice(
                    _("Inga avvikelser i urvalet"),
                    _(
                        "Inget mål missas och inget utfall har blivit sämre än slumpen "
                        "förklarar."
                    ),
                ),
                part,
            ]
        )
    shown = page(page_number, len(listed), _PAGE_SIZE)
    wordeds = [
        deviation_words(deviation, question.quarter, frame.build)
        for deviation in listed[shown.first : shown.first + _PAGE_SIZE]
    ]
    return section(
        DEVIATIONS_HEADING,
        html.P(_number_found(frame, listed)),
        part,
        table(DEVIATIONS_HEADING, COLUMNS, wordeds),
        pager(shown, PATH, params_of(question), "deviations"),
        _downloads(question, LIST),
        id="deviations",
    )


def _number_found(frame: Frame, listed: Sequence[Judged]) -> str:
    indicators = len({deviation.indicator.id for deviation in listed})
    sentence = number_found(len(listed), indicators)
    above = seen_above(part_of_another(frame.units, listed))
    return f"{sentence} {above}".strip()


def _downloads(question: Question, view: str) -> Component:
    params = params_of(question, view)
    name = "deviations" if view == LIST else "signs"
    csv, xlsx = answer.DEVIATIONS.paths[-1], export.DEVIATIONS_FILE.path
    return downloads(
        file_link(charts.CSV, address(csv, params), f"{name}.csv"),
        file_link(charts.XLSX, address(xlsx, params), f"{name}.xlsx"),
        copy_button(question, view),
    )
