"""The addresses of the API: read the request, ask, give out JSON or CSV."""

from collections.abc import Callable
from contextlib import ExitStack
from http import HTTPStatus

from flask import Blueprint, Flask, Response, jsonify, request
from sqlalchemy import Connection
from werkzeug.exceptions import MethodNotAllowed

from app.api import rows, spoken
from app.api.answer import Answer
from app.api.parameters import build_request, outcome_request
from app.api.protocol import PREFIX
from app.api.respond import (
    UNREADABLE,
    as_json,
    as_table,
    conditional,
    handle_faults,
    refused,
)
from app.queries.definitions import newest_build
from app.site.openapi import ABOUT, description
from app.words.language import gettext as _
from app.words.language import speaking
from kpi import schema
from kpi.errors import WarehouseError
from kpi.warehouse import Warehouse

_LISTS = ("indicators", "units", "outcomes", "deviations")
_FILES = ("/export/outcomes.xlsx", "/export/deviations.xlsx")

Make = Callable[[Connection], Answer]


def register_api(server: Flask, warehouse: Warehouse) -> None:
    """Add the API and `/healthz` to a server."""
    api = Blueprint("api", __name__)

    def answered(make: Make, is_csv: bool, file_name: str = "") -> Response:
        with ExitStack() as stack:
            answer = make(stack.enter_context(warehouse.connect()))
            name = f"{file_name or answer.name}.csv"
            response = as_table(answer, name) if is_csv else as_json(answer)
            # The rows are read while they are sent; the connection stays that long.
            response.call_on_close(stack.pop_all().close)
        return conditional(response, answer.build)

    def indicators(is_csv: bool = False) -> Response:
        build = build_request(request.args)
        return answered(lambda one: rows.indicators(one, build), is_csv)

    def units(is_csv: bool = False) -> Response:
        build = build_request(request.args)
        return answered(lambda one: rows.units(one, build), is_csv)

    def outcomes(is_csv: bool = False) -> Response:
        wanted = outcome_request(request.args)
        return answered(
            lambda one: rows.outcomes(one, wanted), is_csv, wanted.file_name
        )

    for view in (indicators, units, outcomes):
        name = view.__name__
        path = f"{PREFIX}/{name}"
        api.add_url_rule(path, name, view)
        as_csv = {"is_csv": True}
        api.add_url_rule(f"{path}.csv", f"{name}_csv", view, defaults=as_csv)
    api.add_url_rule(f"{PREFIX}/openapi.json", "openapi", _openapi)
    api.add_url_rule(PREFIX, "index", _index)
    api.add_url_rule(f"{PREFIX}/", "index_slash", _index)
    api.add_url_rule("/api/<path:rest>", "unknown", _unknown)
    api.add_url_rule("/healthz", "healthz", lambda: _health(warehouse))
    spoken.answer_in(api, spoken.of_api)
    handle_faults(api)
    server.register_blueprint(api)
    server.register_error_handler(MethodNotAllowed, _method_not_allowed)


def _openapi() -> Response:
    return jsonify(description())


def _index() -> Response:
    addresses = [f"{PREFIX}/{name}{end}" for name in _LISTS for end in ("", ".csv")]
    return jsonify(
        about=ABOUT,
        addresses=[*addresses, *_FILES, "/healthz"],
        description=f"{PREFIX}/openapi.json",
    )


def _health(warehouse: Warehouse) -> Response:
    try:
        with warehouse.connect() as connection:
            build = newest_build(connection)
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
