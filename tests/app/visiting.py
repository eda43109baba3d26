"""Pages as a visitor is shown them, asked for without a server."""

from collections.abc import Mapping
from types import ModuleType

from dash.development.base_component import Component

from app.design.visit import Visit
from app.queries.reader import open_reader
from app.site.routes import content_of
from kpi.warehouse import Warehouse


def page_of(
    module: ModuleType,
    warehouse: Warehouse,
    params: Mapping[str, str],
    path: Mapping[str, str] | None = None,
) -> Component:
    with open_reader(warehouse) as reader:
        return content_of(module, Visit(reader, params, path or {}))
