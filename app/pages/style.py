"""`/stil`: every component in every state, without need of a warehouse."""

from collections.abc import Mapping

from dash.development.base_component import Component

from app import text_style
from app.design.components import (
    Choice,
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
from app.pages import style_outcomes as examples
from app.web import html
from app.words import headings, text
from app.words import tour as words_tour
from kpi.assessment import Status
from kpi.warehouse import Warehouse

PATH = "/stil"
NAME = text_style.NAME

_HERE = "/stil"


def content(
    warehouse: Warehouse, params: Mapping[str, str], path: Mapping[str, str]
) -> Component:
    """Return the page's main content."""
    return html.Div(
        [
            heading(text_style.TITLE, text_style.LEAD),
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
        html.Li([html.Span(text_style.SPECIMEN, className=f"swatch on-{name}"), words])
        for name, words in text_style.SURFACES.items()
    ]
    lines = [
        html.Li([html.Span(className=f"swatch of-{name}"), words])
        for name, words in text_style.LINES.items()
    ]
    return section(
        text_style.COLOURS,
        html.P(text_style.COLOURS_LEAD),
        html.Ul(surfaces, className="swatches"),
        section(
            text_style.CHART_COLOURS, html.Ul(lines, className="swatches"), level=3
        ),
    )


def _type() -> Component:
    before, _, rest = str(text_style.RUNNING).partition("{link}")
    between, _, after = rest.partition("{term}")
    running = [
        before,
        link(text_style.RUNNING_LINK, _HERE),
        between,
        term("target", str(text_style.RUNNING_TERM)),
        after,
    ]
    return section(
        text_style.TYPE,
        html.P(text.per_cent(41.5), className="big"),
        html.H2(text_style.HEADING_2),
        html.H3(text_style.HEADING_3),
        html.P(running),
        html.P(text_style.LEAD, className="lead"),
        html.P(text_style.MUTED, className="muted"),
        html.Div(html.P(text_style.LONG_WORD), className="narrow"),
    )


def _statuses() -> Component:
    legend = html.Ul(status_legend(list(Status)), className="legend")
    return section(text_style.STATUSES, legend)


def _choices() -> Component:
    units = [("", headings.EVERY), ("one", text_style.EXAMPLE_UNIT)]
    quarters = [("2026Q3", text_style.PERIOD)]
    switch = [
        link(text_style.CHOSEN, _HERE, **{"aria-current": "true"}),
        link(text_style.NOT_CHOSEN, _HERE),
    ]
    pages = [link(words, _HERE) for words in (words_tour.PREVIOUS, words_tour.NEXT)]
    way = [link(headings.UNITS, _HERE), link(text_style.EXAMPLE_UNIT, _HERE)]
    return section(
        text_style.CHOICES,
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
                html.Button(text_style.MAIN_BUTTON, type="button", className="primary"),
                html.Button(text_style.BUTTON, type="button"),
                html.Button(text_style.RESTING_BUTTON, type="button", disabled=True),
            ],
            className="downloads",
        ),
        html.P(switch, className="switch"),
        html.Nav(
            [html.Span(text_style.PAGE_OF, className="muted"), *pages],
            className="pager",
            **{"aria-label": text_style.PAGE_OF},
        ),
    )


def _notices() -> Component:
    undo = html.Button(text_style.UNDO, type="button")
    return section(
        text_style.NOTICES,
        notice(headings.NO_DATA, text_style.NOTICE_HELP),
        notice(text_style.ALERT, text_style.ALERT_HELP, is_alert=True),
        html.Div([text_style.UNDONE, undo], className="undo example"),
        html.Div(className="progress example"),
        html.Details([html.Summary(text_style.MORE), html.P(text_style.LEAD)]),
        section(
            text_style.FACTS,
            facts(
                [
                    (text_style.PERIOD, text_style.PLACE),
                    (headings.TARGET, text_style.TARGET),
                ]
            ),
            links([(text_style.EXAMPLE, _HERE), (text_style.EXAMPLE_UNIT, _HERE)]),
            level=3,
        ),
    )


def _help() -> Component:
    tour = html.Section(
        [
            html.P(words_tour.progress(1, 6), className="tour-progress"),
            html.H3(words_tour.OVERVIEW, id="tour-example"),
            html.P(text_style.HELP_TEXT),
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
            html.P(text_style.NOTICE_HELP),
        ],
        className="popover example",
        role="note",
    )
    return section(
        text_style.HELP,
        html.Div(
            [
                text_style.HELP_TEXT,
                " ",
                term("numerator"),
                " ",
                help_button(str(headings.NO_DATA), text_style.NOTICE_HELP),
                status_help(Status.NOT_MET),
            ]
        ),
        box,
        tour,
    )
