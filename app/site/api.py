"""The addresses of the API: read the request, ask, give out JSON or CSV."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request
from werkzeug.exceptions import MethodNotAllowed

from app.api import spoken
from app.api.answer import Answer
from app.api.parameters import Parameter, build_request, given_of, outcome_request
from app.api.protocol import PREFIX
from app.api.respond import (
    UNREADABLE,
    as_json,
    as_table,
    conditional,
    handle_faults,
    refused,
)
from app.outcome.answer import outcomes
from app.pages.chart.answer import control_chart
from app.pages.chart.fields import OF_SPC
from app.pages.contributions.answer import answer_contributions
from app.pages.deviations.answer import answer_deviations
from app.pages.deviations.fields import OF_DEVIATIONS
from app.pages.funnel.answer import funnel
from app.pages.funnel.fields import OF_FUNNEL
from app.pages.indicator.answer import indicators
from app.pages.indicator.hygiene.answer import hygiene
from app.pages.indicator.outlook.answer import forecast
from app.pages.indicator.outlook.fields import OF_FORECAST
from app.pages.pathway.answer import answer_pathway
from app.pages.unit.answer import units
from app.queries.frame import read_frame
from app.queries.reader import Reader, newest_build, open_reader
from app.site.openapi import ABOUT, description
from app.words.language import gettext as _
from app.words.language import speaking
from kpi import schema
from kpi.errors import WarehouseError
from kpi.warehouse import Warehouse

_LISTS = ("indicators", "units", "outcomes", "deviations")
_FILES = ("/export/outcomes.xlsx", "/export/deviations.xlsx")

Make = Callable[[Reader], Answer]
View = Callable[..., Response]


def register_api(server: Flask, warehouse: Warehouse) -> None:
    """Add the API and `/healthz` to a server."""
    api = Blueprint("api", __name__)

    def add(name: str, view: View, has_csv: bool = False) -> None:
        api.add_url_rule(f"{PREFIX}/{name}", name, view)
        if has_csv:
            as_csv = {"is_csv": True}
            path = f"{PREFIX}/{name}.csv"
            api.add_url_rule(path, f"{name}_csv", view, defaults=as_csv)

    for name, view in _lists(warehouse).items():
        add(name, view, has_csv=True)
    for name, view in _wholes(warehouse).items():
        add(name, view)
    add("contributions", partial(answer_contributions, warehouse), has_csv=True)
    api.add_url_rule(f"{PREFIX}/openapi.json", "openapi", _openapi)
    api.add_url_rule(PREFIX, "index", _index)
    api.add_url_rule(f"{PREFIX}/", "index_slash", _index)
    api.add_url_rule("/api/<path:rest>", "unknown", _unknown)
    api.add_url_rule("/healthz", "healthz", lambda: _health(warehouse))
    spoken.answer_in(api, spoken.of_api)
    handle_faults(api)
    server.register_blueprint(api)
    server.register_error_handler(MethodNotAllowed, _method_not_allowed)


def _lists(warehouse: Warehouse) -> Mapping[str, View]:
    """Return what answers with a list, as JSON or as CSV."""

    def answered(make: Make, is_csv: bool, file_name: str = "") -> Response:
        with ExitStack() as stack:
            answer = make(stack.enter_context(open_reader(warehouse)))
            name = f"{file_name or answer.name}.csv"
            response = as_table(answer, name) if is_csv else as_json(answer)
            # The rows are read while they are sent; the reader stays that long.
            response.call_on_close(stack.pop_all().close)
        return conditional(response, answer.build)

    def of_indicators(is_csv: bool = False) -> Response:
        build = build_request(request.args)
        return answered(lambda one: indicators(one, build), is_csv)

    def of_units(is_csv: bool = False) -> Response:
        build = build_request(request.args)
        return answered(lambda one: units(one, build), is_csv)

    def of_outcomes(is_csv: bool = False) -> Response:
        wanted = outcome_request(request.args)
        return answered(lambda one: outcomes(one, wanted), is_csv, wanted.file_name)

    def of_deviations(is_csv: bool = False) -> Response:
        given = given_of(request.args, OF_DEVIATIONS)
        return answered(lambda one: answer_deviations(one, given), is_csv)

    return {
        "indicators": of_indicators,
        "units": of_units,
        "outcomes": of_outcomes,
        "deviations": of_deviations,
    }


def _wholes(warehouse: Warehouse) -> Mapping[str, View]:
    """Return what answers with one whole, as JSON."""

    def drawn(parameters: tuple[Parameter, ...], make: Any) -> Response:
        given = given_of(request.args, parameters)
        with open_reader(warehouse) as reader:
            frame = read_frame(reader)
            content = make(reader, frame, given)
        head = {"build": frame.build.build_id, "is_demo": frame.build.is_demo}
        return conditional(jsonify(head | content), frame.build)

    return {
        "spc": partial(drawn, OF_SPC, control_chart),
        "funnel": partial(drawn, OF_FUNNEL, funnel),
        "forecast": partial(drawn, OF_FORECAST, forecast),
        "hygiene": partial(hygiene, warehouse),
        "pathway": partial(answer_pathway, warehouse),
    }


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
