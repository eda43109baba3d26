"""Parts that pages are made of: words in, Dash components out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from app.columns import Col, Columns, on_page
from app.web import html
from app.words import charts, headings, text
from kpi.assessment import Status

Content = str | Component | Sequence["str | Component"]

_WIDE = 7
"""From how many columns on a table needs more room than a small screen has."""

_FEW = 3
"""Up to how many columns a table has room almost everywhere."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")
"""A date, with or without the time: read as one word, though it has hyphens."""


def heading(title: Content, *lead: Content, over: Sequence[Content] = ()) -> Component:
    """Return a page's heading: its only h1, which takes focus after navigation.

    Args:
        title: The heading itself.
        *lead: Paragraphs below it.
        over: The places on the way to the page, which stand above it.
    """
    parts = [breadcrumbs(over)] if over else []
    parts.append(html.H1(title, id="title", tabIndex=-1))
    parts += [html.P(words, className="lead") for words in lead]
    return html.Div(parts, className="heading")


def breadcrumbs(places: Sequence[Content]) -> Component:
    """Return the way to a page: the places above it, the highest first."""
    return html.Nav(
        html.Ol([html.Li(place) for place in places]),
        className="breadcrumbs",
        **{"aria-label": headings.WAY_HERE},
    )


def section(
    title: Content, *children: Content | None, id: str | None = None, level: int = 2
) -> Component:
    """Return a section with its heading; an id makes it a place to link to."""
    tag = html.H2 if level == 2 else html.H3
    more = {"id": id} if id else {}
    present = [child for child in children if child is not None]
    return html.Section([tag(title), *present], className="section", **more)


def fold(
    title: Content,
    about: Sequence[Component],
    *children: Component | None,
    is_open: bool,
    level: int = 3,
) -> Component:
    """Return a part of a page that its heading unfolds; on paper it is open.

    Args:
        title: Its heading.
        about: What stands beside the heading, folded or not.
        *children: What is folded.
        is_open: Whether it is unfolded at first.
        level: Of the heading; one below a section's, or one more.
    """
    tag = html.H3 if level == 3 else html.H4
    summary = html.Summary([tag(title), *about])
    shown = [child for child in children if child is not None]
    return html.Details([summary, *shown], className="fold", open=is_open)


def badge(
    status: Status, title: str | None = None, words: str | None = None
) -> Component:
    """Return a status as symbol, word and colour.

    Args:
        status: Which one.
        title: What is told of it on hover.
        words: What it is called here; None for what it is called in general.
    """
    look = f"badge-{status}"
    return mark(look, text.SYMBOL[status], words or text.STATUS[status], title)


def mark(look: str, symbol: str, words: str, title: str | None = None) -> Component:
    """Return a judgement as symbol, word and the colour of its look.

    Args:
        look: A class of the style sheet.
        symbol: Not read aloud, since the words say it.
        words: What the symbol stands for.
        title: What the pointer is told.
    """
    more = {"title": title} if title else {}
    sign = html.Span(symbol, className="badge-symbol", **{"aria-hidden": "true"})
    return html.Span([sign, html.Span(words)], className=f"badge {look}", **more)


def link(content: Content, href: str, **more: str) -> Component:
    """Return a link; within the application it opens without a reload."""
    return html.A(content, href=href, **more)


def table(
    caption: str,
    columns: Columns,
    rows: Iterable[Any],
    *,
    shows_caption: bool = False,
    reflows: bool = True,
) -> Component:
    """Return an HTML table.

    Args:
        caption: What the table holds; read aloud, and visible if asked for.
        columns: What it shows of a row; those it does not show are left out.
        rows: What the columns read.
        shows_caption: Whether the caption is visible.
        reflows: Whether rows become cards on a narrow screen; otherwise the table
            scrolls sideways.
    """
    shown = on_page(columns)
    body = [
        html.Tr([_cell(column, read(row)) for column, read in shown]) for row in rows
    ]
    head = html.Thead(html.Tr([_column_heading(column) for column, _ in shown]))
    hidden = None if shows_caption else "visually-hidden"
    whole = html.Table(
        [
            html.Caption(caption, className=hidden),
            head,
            html.Tbody(body or html.Tr(_no_rows(len(shown)))),
        ],
        className=_table_class(len(shown), reflows),
    )
    if reflows:
        return html.Div(whole, className="table-frame")
    # What scrolls must be reached with the keyboard, and say what it is.
    return html.Div(
        whole,
        className="table-frame",
        tabIndex=0,
        role="region",
        **{"aria-label": caption},
    )


def filled(
    columns: Columns,
    rows: Sequence[Any],
    nothing: Sequence[str] = ("", text.NO_VALUE),
) -> list[Col]:
    """Return the columns of a page that hold more than nothing in any row."""
    return [
        column
        for column, read in on_page(columns)
        if any(read(row) not in nothing for row in rows)
    ]


def _table_class(columns: int, reflows: bool) -> str:
    if not reflows:
        return "table"
    if columns <= _FEW:
        return "table reflows few"
    return "table reflows wide" if columns >= _WIDE else "table reflows"


def _no_rows(columns: int) -> Component:
    return html.Td(headings.NO_ROWS, colSpan=columns, className="muted")


def _column_heading(column: Col) -> Component:
    more = {"title": column.hint} if column.hint else {}
    is_number = "number" if column.is_number else None
    return html.Th(column.title, scope="col", className=is_number, **more)


def _cell(column: Col, content: Content) -> Component:
    look = _look(column, content)
    more = {"data-label": column.title}
    if column.is_heading:
        return html.Th(content, scope="row", className=look, **more)
    return html.Td(content, className=look, **more)


def _look(column: Col, content: Content) -> str | None:
    if column.is_number:
        return "number"
    is_moment = isinstance(content, str) and _MOMENT.fullmatch(content)
    return "nowrap" if is_moment else None


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to choose in a filter.

    Attributes:
        name: The query parameter.
        label: What stands above it.
        options: (value, words) in order; an empty value chooses nothing.
        chosen: The value chosen now.
    """

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str | None = None


def filter_bar(
    path: str,
    choices: Sequence[Choice | None],
    apply_words: str,
    parameters: Mapping[str, str] | None = None,
) -> Component:
    """Return a form that writes its choices to the address.

    Selects of the browser's own: they work with keyboard, touch and screen reader as
    people are used to, and weigh nothing. `assets/60-navigation.js` writes a choice
    to the address, and the address decides what the page shows.

    Args:
        path: The page the form leads to.
        choices: What to choose; None for what there is nothing to choose of.
        apply_words: On the button.
        parameters: Parameters that stay as they are.
    """
    fields = [
        html.Label(
            [html.Span(choice.label), _select(choice)],
            className="field",
        )
        for choice in choices
        if choice
    ]
    button = html.Button(apply_words, type="submit", className="apply")
    kept_query = {
        f"data-keep-{name}": value for name, value in (parameters or {}).items()
    }
    return html.Form(
        [*fields, button],
        action=path,
        method="get",
        className="filters",
        role="search",
        **kept_query,
    )


def _select(choice: Choice) -> Component:
    return html.Select(
        [
            html.Option(words, value=value, selected=value == (choice.chosen or ""))
            for value, words in choice.options
        ],
        name=choice.name,
    )


def facts(pairs: Iterable[tuple[Content, Content | None]]) -> Component:
    """Return a list of names and what they are; pairs without content are left out."""
    return html.Dl(
        [
            html.Div([html.Dt(name), html.Dd(content)])
            for name, content in pairs
            if content
        ],
        className="facts",
    )


def notice(title: str, *paragraphs: Content, is_alert: bool = False) -> Component:
    """Return a box that says what is missing and what to do next."""
    return html.Div(
        [
            html.P(title, className="notice-title"),
            *(html.P(paragraph) for paragraph in paragraphs),
        ],
        className="notice",
        role="alert" if is_alert else None,
    )


def ways_on(pairs: Iterable[tuple[str, str]]) -> Component:
    """Return where to go from here, as a line of links: (words, address)."""
    ways = [html.Li(link(words, href)) for words, href in pairs]
    label = {"aria-label": headings.WAYS_ON}
    return html.Nav(html.Ul(ways, className="ways"), **label)


def file_link(words: str, href: str, name: str) -> Component:
    """Return a link that saves what it leads to under a name."""
    return html.A(words, href=href, download=name)


def downloads(*ways: Component, is_hidden: bool = False) -> Component:
    """Return the line of what can be had of a page: files, and pictures of a chart."""
    return html.Div(
        [html.Span(charts.DOWNLOAD), *ways], className="downloads", hidden=is_hidden
    )


def links(pairs: Iterable[tuple[str, str]]) -> Component:
    """Return a list of links: (words, address)."""
    return html.Ul(
        [html.Li(link(words, href)) for words, href in pairs], className="links"
    )
