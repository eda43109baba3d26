"""The addresses of the Excel files."""

from flask import Blueprint, Flask, Response, request

from app.api import spoken
from app.api.parameters import outcome_request
from app.api.protocol import XLSX
from app.api.respond import as_file, conditional, handle_faults
from app.outcome.export import outcomes_workbook
from app.pages.deviations.export import deviations_workbook
from app.queries.builds import Build
from app.words import language
from kpi.warehouse import Warehouse


def register_exports(server: Flask, warehouse: Warehouse) -> None:
    """Add `/export/outcomes.xlsx` and `/export/deviations.xlsx` to a server."""
    exports = Blueprint("exports", __name__)

    @exports.get("/export/outcomes.xlsx")
    def outcomes_xlsx() -> Response:
        wanted = outcome_request(request.args)
        return _file(*outcomes_workbook(warehouse, wanted))

    @exports.get("/export/deviations.xlsx")
    def deviations_xlsx() -> Response:
        return _file(*deviations_workbook(warehouse, request.args))

    spoken.answer_in(exports, spoken.of_visitor)
    handle_faults(exports)
    server.register_blueprint(exports)


def _file(content: bytes, build: Build, name: str) -> Response:
    response = Response(content, mimetype=XLSX)
    as_file(response, build, f"{name}.xlsx")
    # Another visitor's cookie may name another language.
    response.vary.add("Cookie")
    return conditional(response, build, f"-{language.language()}")
