"""What stands around every page: header, banner, footer and preferences."""

from typing import NamedTuple

from dash import dcc
from dash.development.base_component import Component

from app.design.components import link
from app.design.help import script_words
from app.outcome import analysis_words
from app.pages.accessibility import page as accessibility
from app.queries.builds import Build
from app.site import tour
from app.site.tour import TOUR
from app.web import html, preferences
from app.web.preferences import LANG, THEME, VIEW, Preference
from app.words import headings, text
from app.words.language import gettext as _

MENU = (
    ("/", headings.OVERVIEW),
    ("/karta", headings.HEATMAP),
    ("/enhet", headings.UNITS),
    ("/analys", analysis_words.ANALYSIS),
    ("/handlingsplaner", headings.PLANS),
    ("/underlag", headings.SOURCES),
    ("/om", headings.ABOUT),
)


class Shown(NamedTuple):
    """What the parts of the frame hold at an address; None for an empty part."""

    menu: Component
    preferences: list[Component]
    banner: Component | None
    main: Component
    tour: Component | None
    footer: list[Component] | None
    title: str


def layout(held: Shown | None = None) -> Component:
    """Return the frame, empty unless told what it holds."""
    if held is None:
        held = Shown(menu("/"), [], None, html.Div(), None, None, headings.APP)
    return html.Div(
        [
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="page-title"),
            html.A(_("Hoppa till innehållet"), href="#main", className="skip"),
            html.Header([_brand(), _navigation(held)], className="header"),
            html.Div(held.banner, id="banner"),
            html.Main(held.main, id="main", tabIndex=-1),
            html.Div(held.tour, id="tour", **{"aria-live": "polite"}),
            html.Footer(held.footer, id="footer", className="footer"),
            script_words(),
            html.Div(
                id="announcer",
                role="status",
                className="visually-hidden",
                **{"data-updated": _("Sidan är uppdaterad.")},
            ),
        ]
    )


def _brand() -> Component:
    return html.A(
        [
            html.Span(headings.APP, className="brand-name", lang="sv"),
            html.Span(_("Mål och utfall i vården"), className="brand-line"),
        ],
        href="/",
        className="brand",
    )


def _navigation(held: Shown) -> Component:
    return html.Div(
        [
            html.Nav(held.menu, id="menu", **{"aria-label": _("Huvudmeny")}),
            html.Div(held.preferences, id="preferences", className="preferences"),
        ],
        className="navigation",
    )


def menu(pathname: str) -> Component:
    """Return the main menu, with the place one is at marked."""
    return html.Ul(
        [html.Li(link(words, path, **_current(path, pathname))) for path, words in MENU]
    )


def _current(path: str, pathname: str) -> dict[str, str]:
    is_here = pathname == path or (path != "/" and pathname.startswith(path))
    return {"aria-current": "page"} if is_here else {}


def choices(pathname: str, search: str) -> list[Component]:
    """Return the other language as a link, and all preferences in a box that opens."""
    other = next(code for code in LANG.options if code != preferences.chosen(LANG))
    language = html.A(
        LANG.options[other],
        href=preferences.choosing(pathname, search, LANG, other),
        lang=other,
        className="language",
        **{"data-reload": ""},
    )
    box = html.Details(
        [
            html.Summary(_("Visning")),
            html.Div(
                [
                    _options(preference, pathname, search)
                    for preference in (THEME, VIEW)
                ],
                className="prefs-panel",
            ),
        ],
        className="prefs",
    )
    leave = html.A(
        _("Avsluta presentation"),
        href=preferences.choosing(pathname, search, VIEW, VIEW.default),
        className="leave-view",
        **{"data-reload": ""},
    )
    is_normal = preferences.chosen(VIEW) == VIEW.default
    return [language, box] if is_normal else [leave, language, box]


def _options(preference: Preference, pathname: str, search: str) -> Component:
    chosen = preferences.chosen(preference)
    return html.Div(
        [
            html.H2(preference.label),
            html.Ul(
                [
                    html.Li(
                        html.A(
                            words,
                            href=preferences.choosing(
                                pathname, search, preference, value
                            ),
                            **{"data-reload": ""},
                            **({"aria-current": "true"} if value == chosen else {}),
                        )
                    )
                    for value, words in preference.options.items()
                ]
            ),
        ]
    )


def banner(build: Build) -> Component | None:
    """Return the line that says the figures are made up; None for real ones."""
    if not build.is_demo:
        return None
    words = html.P(
        [
            html.Strong(headings.DEMO),
            ". " + _("Siffrorna är påhittade och beskriver inga verkliga enheter."),
        ]
    )
    return html.Aside(words, className="banner", **{"aria-label": headings.DEMO})


def footer(
    build: Build, through: int | None, pathname: str, search: str
) -> list[Component]:
    """Return what the figures are of, and the ways to read about them.

    Args:
        build: That was read.
        through: The last month that the data tell of; None without any.
        pathname: Of the page.
        search: Of its address.
    """
    built = _("Bygge {id}, skapat {moment} UTC").format(
        id=build.build_id, moment=text.moment(build.built_at)
    )
    ways = (
        (tour.start_href(), TOUR),
        ("/om", headings.ABOUT),
        (accessibility.href(pathname, search), _("Tillgänglighet")),
    )
    return [
        html.Nav(
            html.Ul([html.Li(link(words, path)) for path, words in ways]),
            className="footer-links",
            **{"aria-label": _("Om sidan och siffrorna")},
        ),
        html.P(headings.data_through(through)),
        html.P(built),
    ]
