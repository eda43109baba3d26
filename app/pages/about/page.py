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
from app.pages.about import texts
from app.queries.frame import Frame
from app.web import html
from app.words import answers, glossary, headings, language, text
from app.words.prose import beside
from app.words.term import Term, anchor
from kpi import schema
from kpi.alphabet import swedish
from kpi.assessment import Status
from kpi.definitions import Indicator

PATH = "/om"
NAME = headings.ABOUT

_DISTRIBUTION = "malbild"


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
            "origin": texts.DEMO_DATA if frame.build.is_demo else texts.OWN_DATA,
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
        Col(texts.STATUS_COLUMN, badge, is_heading=True),
        Col(texts.MEANING_COLUMN, lambda status: answers.STATUS_MEANS[status]),
    )
    return table(caption, columns, Status)


def _definitions(frame: Frame) -> list[Component]:
    columns = (
        Col(texts.DEFINITION_COLUMN, _way, is_heading=True),
        Col(texts.HOW_OFTEN, lambda indicator: text.FREQUENCY[indicator.frequency]),
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
    own, other = ("en", "sv") if language.language() == "en" else ("sv", "en")
    columns = (
        Col(texts.WORD_COLUMN, partial(_word, own), is_heading=True),
        Col(texts.OTHER_COLUMN, lambda item: _term(other, item[1])),
        Col(texts.MEANING_COLUMN, lambda item: item[1].meaning),
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
    plans = [
        texts.plan(language.of(plan.title), plan.decided, plan.valid)
        for plan in frame.definitions.plans
    ]
    return html.Ul([html.Li(plan) for plan in plans])


def _version(frame: Frame) -> Component:
    build = frame.build
    return facts(
        [
            (texts.PROGRAM, _program_version()),
            (texts.SCHEMA, str(schema.VERSION)),
            (texts.BUILD, build.build_id),
            (texts.BUILT_AT, text.moment(build.built_at)),
            (texts.AS_OF, text.day(build.as_of)),
        ]
    )


def _program_version() -> str | None:
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:  # run from its folder, not installed
        return None
