"""The API, the files and `/healthz`, as they are declared."""

from http import HTTPStatus

from flask import Blueprint, Flask, Response, jsonify, request
from werkzeug.exceptions import MethodNotAllowed

from app.api import spoken
from app.api.protocol import PREFIX
from app.api.respond import UNREADABLE, file_of, handle_faults, refused, view_of
from app.queries.reader import newest_build
from app.site.openapi import ABOUT, PATH, description
from app.site.rooms import ADDRESSES, DOWNLOADS, HEALTH, every_path
from app.words.language import gettext as _
from app.words.language import speaking
from kpi import schema
from kpi.errors import WarehouseError
from kpi.warehouse import Warehouse


def register_api(server: Flask, warehouse: Warehouse) -> None:
    """Add the API and `/healthz` to a server."""
    api = Blueprint("api", __name__)
    for address in ADDRESSES:
        for path in address.paths:
            is_csv = path != address.path
            name = f"{address.name}_csv" if is_csv else address.name
            api.add_url_rule(path, name, view_of(address, warehouse, is_csv))
    api.add_url_rule(PATH, "openapi", _openapi)
    api.add_url_rule(PREFIX, "index", _index)
    api.add_url_rule(f"{PREFIX}/", "index_slash", _index)
    api.add_url_rule("/api/<path:rest>", "unknown", _unknown)
    api.add_url_rule(HEALTH, "healthz", lambda: _health(warehouse))
    spoken.answer_in(api, spoken.of_api)
    handle_faults(api)
    server.register_blueprint(api)
    server.register_error_handler(MethodNotAllowed, _method_not_allowed)


def register_exports(server: Flask, warehouse: Warehouse) -> None:
    """Add the Excel files to a server."""
    exports = Blueprint("exports", __name__)
    for download in DOWNLOADS:
        exports.add_url_rule(download.path, download.name, file_of(download, warehouse))
    spoken.answer_in(exports, spoken.of_visitor)
    handle_faults(exports)
    server.register_blueprint(exports)


def _openapi() -> Response:
    return jsonify(description())


def _index() -> Response:
    return jsonify(about=ABOUT, addresses=every_path(), description=PATH)


def _health(warehouse: Warehouse) -> Response:
    try:
        build = newest_build(warehouse)
    except WarehouseError:
        response = jsonify(status="unavailable", message=str(UNREADABLE))
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    else:
        response = jsonify(
            status="ok", build=build.build_id, schema_version=schema.VERSION
        )
    response.headers["Cache-Control"] = "no-store"
    return response


def _unknown(rest: str) -> Response:
    message = _("ingen adress {address}, se {index}")
    return refused(
        message.format(address=f"/api/{rest}", index=f"{PREFIX}/"), HTTPStatus.NOT_FOUND
    )


def _method_not_allowed(error: MethodNotAllowed) -> Response | MethodNotAllowed:
    if not request.path.startswith("/api/"):
        return error
    with speaking(spoken.of_api(request)):
        message = _("väntade GET, fick {method}").format(method=request.method)
    response = refused(message, HTTPStatus.METHOD_NOT_ALLOWED)
    response.headers["Allow"] = "GET, HEAD, OPTIONS"
    return response
