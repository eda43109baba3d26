"""`/om`: method, symbols, definitions, glossary, sources, version.

Its text is `page.sv.md` and `page.en.md`.
"""

from importlib.metadata import PackageNotFoundError, version

from dash.development.base_component import Component

from app.address import indicator_address
from app.design import prose
from app.design.components import (
    Column,
    Content,
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
    columns = [
        Column(texts.STATUS_COLUMN, is_heading=True),
        Column(texts.MEANING_COLUMN),
    ]
    rows = [[badge(status), answers.STATUS_MEANS[status]] for status in Status]
    return table(caption, columns, rows)


def _definitions(frame: Frame) -> list[Component]:
    columns = [
        Column(texts.DEFINITION_COLUMN, is_heading=True),
        Column(texts.HOW_OFTEN),
    ]
    rows: dict[str, list[list[Content]]] = {}
    for indicator in frame.definitions.indicators:
        way = link(language.of(indicator.name), indicator_address(indicator.id))
        row: list[Content] = [way, text.FREQUENCY[indicator.frequency]]
        rows.setdefault(indicator.area, []).append(row)
    return [
        fold(
            text.AREA[area],
            [html.Span(headings.indicators(len(of_area)), className="muted")],
            table(text.AREA[area], columns, of_area),
            is_open=False,
        )
        for area, of_area in rows.items()
    ]


def _glossary(caption: str) -> Component:
    columns = [
        Column(texts.WORD_COLUMN, is_heading=True),
        Column(texts.OTHER_COLUMN),
        Column(texts.MEANING_COLUMN),
    ]
    terms = sorted(glossary.terms().items(), key=_place)
    return table(caption, columns, [_term(key, term) for key, term in terms])


def _term(key: str, term: Term) -> list[str | Component]:
    swedish = html.Span(term.sv, lang="sv")
    english = html.Span(term.en, lang="en")
    is_english = language.language() == "en"
    own, other = (english, swedish) if is_english else (swedish, english)
    return [html.Span(own, id=anchor(key)), other, term.meaning]


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
