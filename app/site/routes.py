"""The routes: which address shows which page, and the application around them."""

import logging
import re
from collections.abc import Mapping
from functools import partial
from html import escape
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

import dash
from dash import ClientsideFunction, Input, Output
from dash.development.base_component import Component
from flask import Response, request

from app.design.components import heading, links, notice
from app.design.visit import Visit
from app.queries.frame import read_frame
from app.queries.loads import told_through
from app.queries.reader import Reader, open_reader
from app.queries.unknown import Unknown
from app.site import frame, tour
from app.site.frame import Shown
from app.site.kept_pages import KeptPages
from app.site.page_help import page_help
from app.site.rooms import PAGES
from app.site.unknown import unknown_page
from app.web import html, preferences, timing
from app.web.bundles import ASSETS, bundle, register_bundle
from app.web.markup import html_of
from app.words import headings
from app.words.language import gettext as _
from kpi.errors import WarehouseError
from kpi.warehouse import Warehouse

_INDEX = """<!DOCTYPE html>
<html>
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
<link rel="preload" as="font" type="font/woff2"
 href="/assets/fonts/inter.93b0c53a.woff2" crossorigin>
<link rel="stylesheet" href="{styles}">
{%css%}
</head>
<body>
{%app_entry%}
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>"""

_FIRST = """<noscript><p class="banner">{no_script}</p></noscript>
<div id="first-page">{page}</div>
"""
_SCRIPT = re.compile(r'<script src="([^"]*)"></script>')
_LATER = (
    r'<link rel="preload" as="script" href="\1" data-src="\1">'  # Dash looks for src
)
_START = '<script defer id="_dash-renderer" src="{address}"></script>'
_ENTRY = '<div id="react-entry-point"></div>'

log = logging.getLogger(__name__)


class _App(dash.Dash):
    """Dash, whose first answer can be read before any script has come.

    `assets/60-navigation.js` takes that page away when Dash has drawn it anew.
    """

    def __init__(self, pages: KeptPages) -> None:
        self._pages = pages
        self._styles = bundle("css", "text/css")
        self._scripts = bundle("js", "text/javascript")
        super().__init__(
            "malbild",
            assets_folder=str(ASSETS),
            assets_ignore=r".*\.(css|js)$",  # they are in the bundles
            index_string=_INDEX.replace("{styles}", self._styles.address),
            update_title=None,  # type: ignore[arg-type]  # which Dash allows
            serve_locally=True,
            enable_mcp=False,
            suppress_callback_exceptions=True,  # pages bring their own components
            meta_tags=[{"name": "color-scheme", "content": "light dark"}],
        )
        for made in (self._styles, self._scripts):
            register_bundle(self.server, made)

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # Dash gives all by name
        """Return the page asked for, in the words and colours its visitor prefers."""
        query = request.query_string.decode("utf-8", "replace")
        page = self._pages.shown(quote(request.path), query and f"?{query}")
        attributes = " ".join(
            f'{name}="{value}"' for name, value in preferences.attributes().items()
        )
        with timing.step(timing.SERIALISE):
            first = _FIRST.format(
                no_script=escape(
                    _(
                        "Diagrammen behöver JavaScript, som är avstängt i din "
                        "webbläsare. Slå på det och ladda om sidan. Siffrorna på sidan "
                        "går att läsa ändå."
                    )
                ),
                page=html_of(frame.layout(page)),
            )
        parts |= {
            "title": escape(str(page.title)),
            "app_entry": _ENTRY,
            "renderer": _START.format(address=self._scripts.address),
        }
        written: str = super().interpolate_index(**parts)  # type: ignore[no-untyped-call]
        # Fetched at once, run by `assets/99-start.js`: what can be read is drawn first,
        # and no script stands in the page, so that the policy need not allow any.
        written = _SCRIPT.sub(_LATER, written)
        # Last, since a page may hold words that Dash would exchange.
        return written.replace("<html>", f"<html {attributes}>", 1).replace(
            _ENTRY, first + _ENTRY, 1
        )


def create_app(warehouse: Warehouse) -> dash.Dash:
    """Return the application that shows a warehouse."""
    pages = KeptPages(warehouse, partial(shown, warehouse))
    app = _App(pages)
    app.layout = frame.layout
    preferences.register_preferences(app.server)
    app.server.after_request(_not_found)
    _register(app, pages)
    return app


def route(pathname: str) -> tuple[ModuleType, dict[str, str]] | None:
    """Return the page at an address and what the address names; None if no page."""
    wanted = unquote(pathname).rstrip("/") or "/"
    for module in PAGES:
        if match := _pattern(_path_of(module)).fullmatch(wanted):
            return module, match.groupdict()
    return None


def _path_of(module: ModuleType) -> str:
    path: str = getattr(module, "PATH_TEMPLATE", None) or module.PATH
    return path


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", template))


def _not_found(response: Response) -> Response:
    """Say to machines, too, that an address leads to no page."""
    if preferences.is_page(request) and route(request.path) is None:
        response.status_code = 404
    return response


def _register(app: dash.Dash, pages: KeptPages) -> None:
    @app.callback(
        Output("menu", "children"),
        Output("preferences", "children"),
        Output("banner", "children"),
        Output("main", "children"),
        Output("tour", "children"),
        Output("footer", "children"),
        Output("page-title", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
    )
    def show(pathname: str | None, search: str | None) -> list[object]:
        return list(pages.shown(pathname or "/", search or ""))

    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash has no types
        ClientsideFunction("malbild", "arrived"),
        Output("page-title", "modified_timestamp"),
        Input("page-title", "data"),
    )


def shown(warehouse: Warehouse, pathname: str, search: str) -> Shown:
    """Return what an address shows."""
    place = route(pathname)
    params = dict(parse_qsl(search.removeprefix("?")))
    title = f"{place[0].NAME if place else headings.NO_PAGE} · {headings.APP}"
    menu, choices = frame.menu(pathname), frame.choices(pathname, search)
    try:
        with open_reader(warehouse) as reader:
            build = read_frame(reader).build
            through = max(told_through(reader).values(), default=build.last_month)
            main = _main(reader, place, params)
            guide = tour.panel(reader, pathname, params)
    except WarehouseError as error:
        log.warning("%s", error)
        return Shown(menu, choices, None, _no_warehouse(), None, None, title)
    footer = frame.footer(build, through, pathname, search)
    return Shown(menu, choices, frame.banner(build), main, guide, footer, title)


def _main(
    reader: Reader,
    place: tuple[ModuleType, dict[str, str]] | None,
    params: Mapping[str, str],
) -> Component:
    if place is None:
        return _no_page()
    module, path = place
    main = content_of(module, Visit(reader, params, path))
    if hasattr(module, "HELP"):
        return html.Div([page_help(module), main])
    return main


def content_of(module: ModuleType, visit: Visit) -> Component:
    """Return what a page shows, or that what it was asked for does not exist."""
    try:
        content: Component = module.content(visit)
    except Unknown as unknown:
        return unknown_page(visit, unknown)
    return content


def _no_warehouse() -> Component:
    return html.Div(
        [
            heading(_("Det finns inga siffror att visa än")),
            notice(
                _(
                    "Datalagret saknas eller kan inte läsas. Skapa det med kommandot "
                    "nedan och ladda sedan om sidan."
                ),
                html.Code("python -m etl build"),
            ),
        ]
    )


def _no_page() -> Component:
    ways = [(words, path) for path, words in frame.MENU]
    return html.Div(
        [
            heading(
                headings.NO_PAGE,
                _("Adressen leder inte till någon sida. Härifrån kommer du vidare:"),
            ),
            links(ways),
        ]
    )
