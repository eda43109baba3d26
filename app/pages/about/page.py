"""`/om`: method, symbols, definitions, glossary, sources, version.

Its text is `page.sv.md` and `page.en.md`.
"""

from functools import partial
from importlib.metadata import PackageNotFoundError, version

from dash.development.base_component import Component

from app.address import indicator_address
from app.columns import Col
from app.design import prose
from app.design.components import (
    badge,
    facts,
    fold,
    link,
    links,
    table,
)
from app.design.visit import Visit
from app.queries.frame import Frame
from app.web import html
from app.words import answers, glossary, headings, language, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import pgettext
from app.words.prose import beside
from app.words.term import Term, anchor
from app.words.text import in_force
from kpi import schema
from kpi.alphabet import swedish
from kpi.assessment import Status
from kpi.definitions import Indicator, Plan

PATH = "/om"
NAME = headings.ABOUT

_DISTRIBUTION = "malbild"

_MEANING_COLUMN = _l("Betydelse")


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    frame = visit.frame
    written = beside(__file__)
    titles = {part.id: part.title for part in written.sections}
    return prose.page(
        written,
        {
            "statuses": _statuses(titles["status"]),
            "definitions": _definitions(frame),
            "glossary": _glossary(titles["ordlista"]),
            "origin": _(
                "Syntetiska demodata: enheternas siffror är påhittade och beskriver "
                "inga verkliga enheter eller patienter."
            )
            if frame.build.is_demo
            else _(
                "Övriga uppgifter kommer från regionens egna system och från regionens "
                "mätningar."
            ),
            "plans": _plans(frame),
            "version": _version(frame),
        },
        html.Nav(
            links((title, f"#{place}") for place, title in titles.items()),
            **{"aria-label": headings.ON_THIS_PAGE},
        ),
    )


def _statuses(caption: str) -> Component:
    columns = (
        Col(_("Status"), badge, is_heading=True),
        Col(_MEANING_COLUMN, lambda status: answers.STATUS_MEANS[status]),
    )
    return table(caption, columns, Status)


def _definitions(frame: Frame) -> list[Component]:
    columns = (
        Col(_("Indikator"), _way, is_heading=True),
        Col(_("Hur ofta"), lambda indicator: text.FREQUENCY[indicator.frequency]),
    )
    rows: dict[str, list[Indicator]] = {}
    for indicator in frame.definitions.indicators:
        rows.setdefault(indicator.area, []).append(indicator)
    return [
        fold(
            text.AREA[area],
            [html.Span(headings.indicators(len(of_area)), className="muted")],
            table(text.AREA[area], columns, of_area),
            is_open=False,
        )
        for area, of_area in rows.items()
    ]


def _way(indicator: Indicator) -> Component:
    return link(language.of(indicator.name), indicator_address(indicator.id))


def _glossary(caption: str) -> Component:
    spoken, other = ("en", "sv") if language.language() == "en" else ("sv", "en")
    columns = (
        Col(_("Ord"), partial(_word, spoken), is_heading=True),
        Col(
            pgettext("det andra språket", "På engelska"),
            lambda item: _term(other, item[1]),
        ),
        Col(_MEANING_COLUMN, lambda item: item[1].meaning),
    )
    return table(caption, columns, sorted(glossary.terms().items(), key=_place))


def _word(code: str, item: tuple[str, Term]) -> Component:
    key, term = item
    return html.Span(_term(code, term), id=anchor(key))


def _term(code: str, term: Term) -> Component:
    return html.Span(getattr(term, code), lang=code)


def _place(item: tuple[str, Term]) -> str:
    return swedish(item[1].word)


def _plans(frame: Frame) -> Component:
    return html.Ul([html.Li(_plan(plan)) for plan in frame.plans])


def _plan(plan: Plan) -> str:
    title = text.plan_name(plan, region=None)
    if plan.valid is None:
        return title
    words = _("{title}, gäller {years}")
    return words.format(title=title, years=in_force(plan.valid))


def _version(frame: Frame) -> Component:
    build = frame.build
    return facts(
        [
            (_("Program"), _program_version()),
            (_("Datalagrets version"), str(schema.VERSION)),
            (_("Bygge"), build.build_id),
            (_("Skapat (UTC)"), text.moment(build.built_at)),
            (_("Räknat till och med"), text.day(build.as_of)),
        ]
    )


def _program_version() -> str | None:
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:  # run from its folder, not installed
        return None
