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
from app.pages.style.words import (
    EXAMPLE,
    EXAMPLE_UNIT,
    HELP_TEXT,
    LEAD,
    LINES,
    NOTICE_HELP,
    PAGE_OF,
    PERIOD,
    PLACE,
    SURFACES,
    TARGET,
)
from app.web import html
from app.words import headings, text
from app.words import tour as words_tour
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.assessment import Status

PATH = "/stil"
NAME = _l("Stil")

_HERE = "/stil"


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    return html.Div(
        [
            heading(_("Byggstenar"), LEAD),
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
        html.Li([html.Span(_("Aa 41,5 %"), className=f"swatch on-{name}"), words])
        for name, words in SURFACES.items()
    ]
    lines = [
        html.Li([html.Span(className=f"swatch of-{name}"), words])
        for name, words in LINES.items()
    ]
    return section(
        _("Färger"),
        html.P(
            _("Färg står aldrig ensam: varje status har också en symbol och ett ord.")
        ),
        html.Ul(surfaces, className="swatches"),
        section(_("Färger i diagram"), html.Ul(lines, className="swatches"), level=3),
    )


def _type() -> Component:
    before, rest = _(
        "Brödtext med en {link} och ett {term} som förklaras där det står."
    ).split("{link}")
    between, after = rest.split("{term}")
    running: list[Content] = [
        before,
        link(_("länk"), _HERE),
        between,
        term("target", _("målvärde")),
        after,
    ]
    return section(
        _("Text"),
        html.P(text.per_cent(41.5), className="big"),
        html.H2(_("Rubrik på nivå två")),
        html.H3(_("Rubrik på nivå tre")),
        html.P(running),
        html.P(LEAD, className="lead"),
        html.P(_("Dämpad text för det som är bra att veta."), className="muted"),
        html.Div(
            html.P(
                _(
                    "Läkemedels\N{SOFT HYPHEN}genomgångs\N{SOFT HYPHEN}"
                    "dokumentations\N{SOFT HYPHEN}uppföljning"
                )
            ),
            className="narrow",
        ),
    )


def _statuses() -> Component:
    legend = html.Ul(status_legend(list(Status)), className="legend")
    return section(_("Status och teckenförklaring"), legend)


def _choices() -> Component:
    units = [("", headings.EVERY), ("one", EXAMPLE_UNIT)]
    quarters = [("2026Q3", PERIOD)]
    switch = [
        link(_("Vald"), _HERE, **{"aria-current": "true"}),
        link(_("Inte vald"), _HERE),
    ]
    pages = [link(words, _HERE) for words in (words_tour.PREVIOUS, words_tour.NEXT)]
    way = [link(headings.UNITS, _HERE), link(EXAMPLE_UNIT, _HERE)]
    return section(
        _("Val och knappar"),
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
                html.Button(_("Huvudknapp"), type="button", className="primary"),
                html.Button(_("Knapp"), type="button"),
                html.Button(_("Knapp som väntar"), type="button", disabled=True),
            ],
            className="downloads",
        ),
        html.P(switch, className="switch"),
        html.Nav(
            [html.Span(PAGE_OF, className="muted"), *pages],
            className="pager",
            **{"aria-label": PAGE_OF},
        ),
    )


def _notices() -> Component:
    undo = html.Button(_("Ångra"), type="button")
    return section(
        _("Meddelanden"),
        notice(headings.NO_DATA, NOTICE_HELP),
        notice(
            _("Servern svarar inte"),
            _("Vänta en stund och försök igen."),
            is_alert=True,
        ),
        html.Div([_("Filtren är rensade."), undo], className="undo example"),
        html.Div(className="progress example"),
        html.Details([html.Summary(_("Mer för den som vill veta")), html.P(LEAD)]),
        section(
            _("Fakta och listor"),
            facts(
                [
                    (PERIOD, PLACE),
                    (headings.TARGET, TARGET),
                ]
            ),
            links([(EXAMPLE, _HERE), (EXAMPLE_UNIT, _HERE)]),
            level=3,
        ),
    )


def _help() -> Component:
    tour = html.Section(
        [
            html.P(words_tour.progress(1, 6), className="tour-progress"),
            html.H3(words_tour.OVERVIEW, id="tour-example"),
            html.P(HELP_TEXT),
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
            html.P(NOTICE_HELP),
        ],
        className="popover example",
        role="note",
    )
    return section(
        _("Hjälp och rundtur"),
        html.Div(
            [
                HELP_TEXT,
                " ",
                term("numerator"),
                " ",
                help_button(str(headings.NO_DATA), NOTICE_HELP),
                status_help(Status.NOT_MET),
            ]
        ),
        box,
        tour,
    )
