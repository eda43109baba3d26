"""The application: its frame on every page, and which address shows which page."""

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qsl, unquote

import dash
from dash import ClientsideFunction, Input, Output, dcc, html
from dash.development.base_component import Component

from app import text, text_pages
from app.components import heading, link, links, notice
from app.pages import (
    about,
    heatmap,
    indicator,
    lineage,
    overview,
    plans,
    sources,
    unit,
    units,
)
from app.queries.definitions import Build, newest_build
from kpi.errors import WarehouseError
from kpi.warehouse import Warehouse

ASSETS = Path(__file__).resolve().parent.parent / "assets"

_MENU = (
    ("/", text_pages.OVERVIEW),
    ("/karta", text_pages.HEATMAP),
    ("/enhet", text_pages.UNITS),
    ("/handlingsplaner", text_pages.PLANS),
    ("/underlag", text_pages.SOURCES),
    ("/om", text_pages.ABOUT),
)

_INDEX = """<!DOCTYPE html>
<html lang="sv">
<head>
{%metas%}
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>"""

log = logging.getLogger(__name__)


def create_app(warehouse: Warehouse) -> dash.Dash:
    """Return the application that shows a warehouse."""
    app = dash.Dash(
        "malbild",
        assets_folder=str(ASSETS),
        index_string=_INDEX,
        title=text_pages.APP,
        update_title=None,
        serve_locally=True,
        enable_mcp=False,
        suppress_callback_exceptions=True,  # pages bring their own components
        meta_tags=[{"name": "color-scheme", "content": "light dark"}],
    )
    app.layout = _layout
    _register(app, warehouse)
    return app


PAGES: tuple[ModuleType, ...] = (
    overview,
    heatmap,
    indicator,
    unit,
    units,
    sources,
    lineage,
    plans,
    about,
)


def route(pathname: str) -> tuple[ModuleType, dict[str, str]] | None:
    """Return the page at an address and what the address names; None if no page."""
    wanted = unquote(pathname).rstrip("/") or "/"
    for module in PAGES:
        if found := _pattern(_path_of(module)).fullmatch(wanted):
            return module, found.groupdict()
    return None


def _path_of(module: ModuleType) -> str:
    return getattr(module, "PATH_TEMPLATE", None) or module.PATH


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", template))


def _register(app: dash.Dash, warehouse: Warehouse) -> None:
    @app.callback(
        Output("menu", "children"),
        Output("banner", "children"),
        Output("main", "children"),
        Output("footer", "children"),
        Output("page-title", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
    )
    def show(pathname: str | None, search: str | None) -> tuple:
        return shown(warehouse, pathname or "/", search or "")

    app.clientside_callback(
        ClientsideFunction("malbild", "arrived"),
        Output("page-title", "modified_timestamp"),
        Input("page-title", "data"),
    )
    for module in PAGES:
        if hasattr(module, "register_callbacks"):
            module.register_callbacks(app, warehouse)


def shown(warehouse: Warehouse, pathname: str, search: str) -> tuple:
    """Return the menu, banner, main content, footer and title at an address."""
    found = route(pathname)
    name = found[0].NAME if found else text_pages.NO_PAGE
    try:
        with warehouse.connect() as connection:
            build = newest_build(connection)
        main = _main(warehouse, found, dict(parse_qsl(search.removeprefix("?"))))
    except WarehouseError as error:
        log.warning("%s", error)
        return _menu(pathname), None, _no_warehouse(), None, text_pages.page_title(name)
    title = text_pages.page_title(name)
    return _menu(pathname), _banner(build), main, _footer(build), title


def _main(
    warehouse: Warehouse,
    found: tuple[ModuleType, dict[str, str]] | None,
    params: Mapping[str, str],
) -> Component:
    if found is None:
        return _no_page()
    module, path = found
    return module.content(warehouse, params, path)


def _layout() -> Component:
    return html.Div(
        [
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="page-title"),
            html.A(text_pages.SKIP, href="#main", className="skip"),
            html.Header(
                [
                    html.A(
                        [
                            html.Span(text_pages.APP, className="brand-name"),
                            html.Span(text_pages.TAGLINE, className="brand-line"),
                        ],
                        href="/",
                        className="brand",
                    ),
                    html.Nav(_menu("/"), id="menu", **{"aria-label": text_pages.MENU}),
                ],
                className="header",
            ),
            html.Div(id="banner"),
            html.Main(
                html.P(text_pages.LOADING, className="muted"), id="main", tabIndex=-1
            ),
            html.Footer(id="footer", className="footer"),
        ]
    )


def _menu(pathname: str) -> Component:
    return html.Ul(
        [
            html.Li(link(words, path, **_current(path, pathname)))
            for path, words in _MENU
        ]
    )


def _current(path: str, pathname: str) -> dict[str, str]:
    is_here = pathname == path or (path != "/" and pathname.startswith(path))
    return {"aria-current": "page"} if is_here else {}


def _banner(build: Build) -> Component | None:
    if not build.is_demo:
        return None
    return html.P(
        [html.Strong(text_pages.DEMO), f". {text_pages.DEMO_MORE}"],
        className="banner",
        role="note",
    )


def _footer(build: Build) -> list[Component]:
    built = text_pages.build_words(build.build_id, text.moment(build.built_at))
    return [html.P(text_pages.data_through(build.last_month)), html.P(built)]


def _no_warehouse() -> Component:
    return html.Div(
        [
            heading(text_pages.NO_WAREHOUSE),
            notice(text_pages.NO_WAREHOUSE_HELP, html.Code(text_pages.BUILD_COMMAND)),
        ]
    )


def _no_page() -> Component:
    ways = [(words, path) for path, words in _MENU]
    return html.Div([heading(text_pages.NO_PAGE, text_pages.NO_PAGE_HELP), links(ways)])
