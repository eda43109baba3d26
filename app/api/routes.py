"""The addresses of the API: read the request, ask, give out JSON or CSV."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC
from http import HTTPStatus

from flask import Blueprint, Flask, Response, jsonify, request
from sqlalchemy import Connection
from werkzeug.exceptions import InternalServerError, MethodNotAllowed

from app.api import rows, spoken
from app.api.as_csv import csv_chunks
from app.api.faults import RequestFault
from app.api.openapi import (
    ABOUT,
    API_VERSION,
    CSV,
    DEMO_HEADER,
    JSON,
    PREFIX,
    description,
)
from app.api.parameters import build_request, outcome_request
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.language import speaking
from app.queries.definitions import Build, newest_build
from kpi import schema
from kpi.errors import WarehouseError
from kpi.warehouse import Warehouse

UNREADABLE = _l(
    "datalagret saknas, är av en annan version eller går inte att läsa; kör "
    "`python -m etl build` och se efter i serverns logg"
)
_LISTS = ("indicators", "units", "outcomes", "deviations")
_FILES = ("/export/outcomes.xlsx", "/export/deviations.xlsx")
_RECORDS_A_CHUNK = 500

Make = Callable[[Connection], rows.Answer]


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


def conditional(response: Response, build: Build, variant: str = "") -> Response:
    """Let the caller keep what it has while the build and the variant are the same."""
    response.set_etag(f"{build.build_id}-{API_VERSION}{variant}")
    response.last_modified = build.built_at.replace(tzinfo=UTC)
    response.headers["Cache-Control"] = "no-cache"  # keep, but ask each time
    return response.make_conditional(request)


def as_json(answer: rows.Answer) -> Response:
    """Return an answer as JSON, sent as it is read."""
    head = {"build": answer.build.build_id, "is_demo": answer.build.is_demo}

    def parts() -> Iterator[str]:
        yield f'{json.dumps(head)[:-1]}, "{answer.name}": ['
        kept: list[str] = []
        separator = ""
        for record in answer.records:
            kept.append(json.dumps(record, ensure_ascii=False))
            if len(kept) == _RECORDS_A_CHUNK:
                yield separator + ",\n".join(kept)
                kept, separator = [], ",\n"
        yield (separator if kept else "") + ",\n".join(kept) + "]}\n"

    return Response(parts(), mimetype=JSON)


def as_table(answer: rows.Answer, name: str) -> Response:
    """Return an answer as a CSV file, sent as it is read."""
    chunks = csv_chunks(answer.columns(), answer.cells())
    return as_file(Response(chunks, mimetype=CSV), answer.build, name)


def as_file(response: Response, build: Build, name: str) -> Response:
    """Have an answer saved as a file whose name tells demo data from others."""
    disposition = "attachment"
    if build.is_demo:
        stem, dot, ending = name.rpartition(".")
        disposition = f"attachment; filename={stem}_demo{dot}{ending}"
        response.headers[DEMO_HEADER] = "true"
    # Other data without a name: a link to the file can then give it a better one.
    response.headers["Content-Disposition"] = disposition
    return response


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
    return _error(
        message.format(address=f"/api/{rest}", index=f"{PREFIX}/"), HTTPStatus.NOT_FOUND
    )


def _method_not_allowed(error: MethodNotAllowed) -> Response | MethodNotAllowed:
    if not request.path.startswith("/api/"):
        return error
    with speaking(spoken.of_api(request)):
        message = _("väntade GET, fick {method}").format(method=request.method)
    response = _error(message, HTTPStatus.METHOD_NOT_ALLOWED)
    response.headers["Allow"] = "GET, HEAD, OPTIONS"
    return response


def _error(message: str, status: HTTPStatus) -> Response:
    response = jsonify(error={"message": str(message)})
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def handle_faults(blueprint: Blueprint) -> None:
    """Answer a blueprint's faults in JSON, without a traceback."""

    @blueprint.errorhandler(RequestFault)
    def at_fault(fault: RequestFault) -> Response:
        response = jsonify(fault.content())
        response.status_code = fault.status
        response.headers["Cache-Control"] = "no-store"
        return response

    @blueprint.errorhandler(WarehouseError)
    def unreadable(error: WarehouseError) -> Response:
        return _error(UNREADABLE, HTTPStatus.SERVICE_UNAVAILABLE)

    @blueprint.errorhandler(InternalServerError)
    def failed(error: InternalServerError) -> Response:
        # Flask has logged the traceback; the caller has no use for it.
        message = _("servern kunde inte svara; skälet står i dess logg")
        return _error(message, HTTPStatus.INTERNAL_SERVER_ERROR)
