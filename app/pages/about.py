"""`/om`: method, symbols, definitions, glossary, sources, version."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from dash.development.base_component import Component

from app import text_about
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
from app.queries.frame import Frame, read_frame
from app.web import html
from app.words import answers, glossary, headings, language, text
from app.words.term import Term, anchor
from kpi import schema
from kpi.alphabet import swedish
from kpi.assessment import Status
from kpi.warehouse import Warehouse

PATH = "/om"
NAME = headings.ABOUT

_DISTRIBUTION = "malbild"
_PLACES = (
    (text_about.METHOD, "metod"),
    (text_about.STATUSES, "status"),
    (text_about.DEFINITIONS, "definitioner"),
    (text_about.GLOSSARY, "ordlista"),
    (text_about.SOURCES, "kallor"),
    (text_about.API, "api"),
    (text_about.VERSION, "version"),
)


def content(
    warehouse: Warehouse, params: Mapping[str, str], path: Mapping[str, str]
) -> Component:
    """Return the page's main content."""
    with warehouse.connect() as connection:
        frame = read_frame(connection)
    return html.Div(
        [
            heading(f"{headings.ABOUT} {headings.APP}", text_about.LEAD),
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
        text_about.METHOD,
        *(
            section(title, *(html.P(one) for one in paragraphs), level=3)
            for title, paragraphs in text_about.METHODS
        ),
        id="metod",
    )


def _statuses() -> Component:
    columns = [
        Column(text_about.STATUS_COLUMN, is_heading=True),
        Column(text_about.MEANING_COLUMN),
    ]
    rows = [[badge(status), answers.STATUS_MEANS[status]] for status in Status]
    return section(
        text_about.STATUSES,
        html.P(text_about.STATUSES_LEAD),
        table(text_about.STATUSES, columns, rows),
        id="status",
    )


def _definitions(frame: Frame) -> Component:
    columns = [
        Column(text_about.DEFINITION_COLUMN, is_heading=True),
        Column(text_about.HOW_OFTEN),
    ]
    rows: dict[str, list[list[Content]]] = {}
    for one in frame.definitions.indicators:
        way = link(language.of(one.name), indicator_address(one.id))
        rows.setdefault(one.area, []).append([way, text.FREQUENCY[one.frequency]])
    return section(
        text_about.DEFINITIONS,
        html.P(text_about.DEFINITIONS_LEAD),
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
        Column(text_about.WORD_COLUMN, is_heading=True),
        Column(text_about.OTHER_COLUMN),
        Column(text_about.MEANING_COLUMN),
    ]
    terms = sorted(glossary.TERMS.items(), key=_place)
    words = text_about.GLOSSARY
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
        text_about.plan(language.of(plan.title), plan.decided, plan.valid)
        for plan in frame.definitions.plans
    ]
    return section(
        text_about.SOURCES,
        html.P(text_about.DEMO_DATA if is_demo else text_about.OWN_DATA),
        html.P(text_about.KOLADA),
        html.P(text_about.NO_PERSON),
        html.P(text_about.PLANS),
        html.Ul([html.Li(one) for one in plans]),
        html.P(
            [
                f"{text_about.SOURCES_LEAD} ",
                link(text_about.TO_SOURCES, "/underlag"),
            ]
        ),
        id="kallor",
    )


def _api() -> Component:
    return section(
        text_about.API,
        html.P(text_about.API_LEAD),
        links(text_about.API_ADDRESSES),
        id="api",
    )


def _version(frame: Frame) -> Component:
    build = frame.build
    return section(
        text_about.VERSION,
        facts(
            [
                (text_about.PROGRAM, _program_version()),
                (text_about.SCHEMA, str(schema.VERSION)),
                (text_about.BUILD, build.build_id),
                (text_about.BUILT_AT, text.moment(build.built_at)),
                (text_about.AS_OF, text.day(build.as_of)),
            ]
        ),
        id="version",
    )


def _program_version() -> str | None:
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:  # run from its folder, not installed
        return None
