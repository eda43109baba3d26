"""`/om`: method, symbols, definitions, glossary, sources, version."""

from importlib.metadata import PackageNotFoundError, version

from dash.development.base_component import Component

from app.address import indicator_address
from app.design.components import (
    Column,
    Content,
    badge,
    facts,
    fold,
    heading,
    link,
    links,
    section,
    table,
)
from app.design.visit import Visit
from app.pages.about import texts
from app.queries.frame import Frame
from app.web import html
from app.words import answers, glossary, headings, language, text
from app.words.term import Term, anchor
from kpi import schema
from kpi.alphabet import swedish
from kpi.assessment import Status

PATH = "/om"
NAME = headings.ABOUT

_DISTRIBUTION = "malbild"
_PLACES = (
    (texts.METHOD, "metod"),
    (texts.STATUSES, "status"),
    (texts.DEFINITIONS, "definitioner"),
    (texts.GLOSSARY, "ordlista"),
    (texts.SOURCES, "kallor"),
    (texts.API, "api"),
    (texts.VERSION, "version"),
)


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    frame = visit.frame
    return html.Div(
        [
            heading(f"{headings.ABOUT} {headings.APP}", texts.LEAD),
            html.Nav(
                links((words, f"#{place}") for words, place in _PLACES),
                **{"aria-label": headings.ON_THIS_PAGE},
            ),
            _method(),
            _statuses(),
            _definitions(frame),
            _glossary(),
            _sources(frame),
            _api(),
            _version(frame),
        ]
    )


def _method() -> Component:
    return section(
        texts.METHOD,
        *(
            section(title, *(html.P(one) for one in paragraphs), level=3)
            for title, paragraphs in texts.METHODS
        ),
        id="metod",
    )


def _statuses() -> Component:
    columns = [
        Column(texts.STATUS_COLUMN, is_heading=True),
        Column(texts.MEANING_COLUMN),
    ]
    rows = [[badge(status), answers.STATUS_MEANS[status]] for status in Status]
    return section(
        texts.STATUSES,
        html.P(texts.STATUSES_LEAD),
        table(texts.STATUSES, columns, rows),
        id="status",
    )


def _definitions(frame: Frame) -> Component:
    columns = [
        Column(texts.DEFINITION_COLUMN, is_heading=True),
        Column(texts.HOW_OFTEN),
    ]
    rows: dict[str, list[list[Content]]] = {}
    for one in frame.definitions.indicators:
        way = link(language.of(one.name), indicator_address(one.id))
        rows.setdefault(one.area, []).append([way, text.FREQUENCY[one.frequency]])
    return section(
        texts.DEFINITIONS,
        html.P(texts.DEFINITIONS_LEAD),
        *(
            fold(
                text.AREA[area],
                [html.Span(headings.indicators(len(own)), className="muted")],
                table(text.AREA[area], columns, own),
                is_open=False,
            )
            for area, own in rows.items()
        ),
        id="definitioner",
    )


def _glossary() -> Component:
    columns = [
        Column(texts.WORD_COLUMN, is_heading=True),
        Column(texts.OTHER_COLUMN),
        Column(texts.MEANING_COLUMN),
    ]
    terms = sorted(glossary.TERMS.items(), key=_place)
    words = texts.GLOSSARY
    rows = [_term(key, term) for key, term in terms]
    return section(words, table(words, columns, rows), id="ordlista")


def _term(key: str, term: Term) -> list[str | Component]:
    swedish = html.Span(term.sv, lang="sv")
    english = html.Span(term.en, lang="en")
    is_english = language.language() == "en"
    own, other = (english, swedish) if is_english else (swedish, english)
    return [html.Span(own, id=anchor(key)), other, term.meaning]


def _place(item: tuple[str, Term]) -> str:
    return swedish(item[1].word)


def _sources(frame: Frame) -> Component:
    is_demo = frame.build.is_demo
    plans = [
        texts.plan(language.of(plan.title), plan.decided, plan.valid)
        for plan in frame.definitions.plans
    ]
    return section(
        texts.SOURCES,
        html.P(texts.DEMO_DATA if is_demo else texts.OWN_DATA),
        html.P(texts.KOLADA),
        html.P(texts.NO_PERSON),
        html.P(texts.PLANS),
        html.Ul([html.Li(one) for one in plans]),
        html.P(
            [
                f"{texts.SOURCES_LEAD} ",
                link(texts.TO_SOURCES, "/underlag"),
            ]
        ),
        id="kallor",
    )


def _api() -> Component:
    return section(
        texts.API,
        html.P(texts.API_LEAD),
        links(texts.API_ADDRESSES),
        id="api",
    )


def _version(frame: Frame) -> Component:
    build = frame.build
    return section(
        texts.VERSION,
        facts(
            [
                (texts.PROGRAM, _program_version()),
                (texts.SCHEMA, str(schema.VERSION)),
                (texts.BUILD, build.build_id),
                (texts.BUILT_AT, text.moment(build.built_at)),
                (texts.AS_OF, text.day(build.as_of)),
            ]
        ),
        id="version",
    )


def _program_version() -> str | None:
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:  # run from its folder, not installed
        return None
