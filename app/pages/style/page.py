"""`/stil`: every component in every state, without need of a warehouse."""

from dash.development.base_component import Component

from app.design.components import (
    Choice,
    Content,
    breadcrumbs,
    facts,
    filter_bar,
    heading,
    link,
    links,
    notice,
    section,
)
from app.design.help import help_button, status_help, status_legend, term
from app.design.visit import Visit
from app.pages.style import outcomes as examples
from app.pages.style import texts
from app.web import html
from app.words import headings, text
from app.words import tour as words_tour
from kpi.assessment import Status

PATH = "/stil"
NAME = texts.NAME

_HERE = "/stil"


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    return html.Div(
        [
            heading(texts.TITLE, texts.LEAD),
            _colours(),
            _type(),
            _statuses(),
            _choices(),
            examples.outcome(),
            examples.cards(),
            examples.tables(),
            examples.signs(),
            examples.status_map(),
            examples.chart(),
            _notices(),
            _help(),
        ]
    )


def _colours() -> Component:
    surfaces = [
        html.Li([html.Span(texts.SPECIMEN, className=f"swatch on-{name}"), words])
        for name, words in texts.SURFACES.items()
    ]
    lines = [
        html.Li([html.Span(className=f"swatch of-{name}"), words])
        for name, words in texts.LINES.items()
    ]
    return section(
        texts.COLOURS,
        html.P(texts.COLOURS_LEAD),
        html.Ul(surfaces, className="swatches"),
        section(texts.CHART_COLOURS, html.Ul(lines, className="swatches"), level=3),
    )


def _type() -> Component:
    before, _, rest = str(texts.RUNNING).partition("{link}")
    between, _, after = rest.partition("{term}")
    running: list[Content] = [
        before,
        link(texts.RUNNING_LINK, _HERE),
        between,
        term("target", str(texts.RUNNING_TERM)),
        after,
    ]
    return section(
        texts.TYPE,
        html.P(text.per_cent(41.5), className="big"),
        html.H2(texts.HEADING_2),
        html.H3(texts.HEADING_3),
        html.P(running),
        html.P(texts.LEAD, className="lead"),
        html.P(texts.MUTED, className="muted"),
        html.Div(html.P(texts.LONG_WORD), className="narrow"),
    )


def _statuses() -> Component:
    legend = html.Ul(status_legend(list(Status)), className="legend")
    return section(texts.STATUSES, legend)


def _choices() -> Component:
    units = [("", headings.EVERY), ("one", texts.EXAMPLE_UNIT)]
    quarters = [("2026Q3", texts.PERIOD)]
    switch = [
        link(texts.CHOSEN, _HERE, **{"aria-current": "true"}),
        link(texts.NOT_CHOSEN, _HERE),
    ]
    pages = [link(words, _HERE) for words in (words_tour.PREVIOUS, words_tour.NEXT)]
    way = [link(headings.UNITS, _HERE), link(texts.EXAMPLE_UNIT, _HERE)]
    return section(
        texts.CHOICES,
        section(headings.WAY_HERE, breadcrumbs(way), level=3),
        filter_bar(
            PATH,
            [
                Choice("unit", headings.UNIT_FIELD, units),
                Choice("period", headings.QUARTER_FIELD, quarters, "2026Q3"),
            ],
            headings.APPLY,
        ),
        html.Div(
            [
                html.Button(texts.MAIN_BUTTON, type="button", className="primary"),
                html.Button(texts.BUTTON, type="button"),
                html.Button(texts.RESTING_BUTTON, type="button", disabled=True),
            ],
            className="downloads",
        ),
        html.P(switch, className="switch"),
        html.Nav(
            [html.Span(texts.PAGE_OF, className="muted"), *pages],
            className="pager",
            **{"aria-label": texts.PAGE_OF},
        ),
    )


def _notices() -> Component:
    undo = html.Button(texts.UNDO, type="button")
    return section(
        texts.NOTICES,
        notice(headings.NO_DATA, texts.NOTICE_HELP),
        notice(texts.ALERT, texts.ALERT_HELP, is_alert=True),
        html.Div([texts.UNDONE, undo], className="undo example"),
        html.Div(className="progress example"),
        html.Details([html.Summary(texts.MORE), html.P(texts.LEAD)]),
        section(
            texts.FACTS,
            facts(
                [
                    (texts.PERIOD, texts.PLACE),
                    (headings.TARGET, texts.TARGET),
                ]
            ),
            links([(texts.EXAMPLE, _HERE), (texts.EXAMPLE_UNIT, _HERE)]),
            level=3,
        ),
    )


def _help() -> Component:
    tour = html.Section(
        [
            html.P(words_tour.progress(1, 6), className="tour-progress"),
            html.H3(words_tour.OVERVIEW, id="tour-example"),
            html.P(texts.HELP_TEXT),
            html.P(
                [
                    link(words_tour.PREVIOUS, _HERE, className="tour-previous"),
                    link(words_tour.NEXT, _HERE, className="tour-next"),
                    link(words_tour.END, _HERE, className="tour-end"),
                ],
                className="tour-ways",
            ),
        ],
        className="tour example",
        **{"aria-labelledby": "tour-example"},
    )
    box = html.Div(
        [
            html.P(headings.NO_DATA, className="popover-title"),
            html.P(texts.NOTICE_HELP),
        ],
        className="popover example",
        role="note",
    )
    return section(
        texts.HELP,
        html.Div(
            [
                texts.HELP_TEXT,
                " ",
                term("numerator"),
                " ",
                help_button(str(headings.NO_DATA), texts.NOTICE_HELP),
                status_help(Status.NOT_MET),
            ]
        ),
        box,
        tour,
    )
