"""How an answer is given out: as JSON or CSV, kept while a build stands, or refused."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import InternalServerError

from app.api.answer import Address, Answer, Download
from app.api.faults import RequestFault
from app.api.parameters import given_of
from app.api.protocol import API_VERSION, CSV, DEMO_HEADER, JSON, XLSX
from app.queries.builds import Build
from app.queries.reader import open_reader
from app.words import language
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.as_csv import csv_chunks
from kpi.errors import WarehouseError
from kpi.warehouse import Warehouse

UNREADABLE = _l(
    "datalagret saknas, är av en annan version eller går inte att läsa; kör "
    "`python -m etl build` och se efter i serverns logg"
)
_RECORDS_A_CHUNK = 500

View = Callable[[], Response]


def view_of(address: Address, warehouse: Warehouse, is_csv: bool) -> View:
    """Return what answers at an address, as JSON or as CSV."""
    send = _as_table if is_csv else _as_json

    def respond() -> Response:
        given = given_of(request.args, address.parameters)
        with ExitStack() as stack:
            answer = address.make(stack.enter_context(open_reader(warehouse)), given)
            response = send(address, answer)
            # The rows are read while they are sent; the reader stays that long.
            response.call_on_close(stack.pop_all().close)
        return _conditional(response, answer.build)

    return respond


def file_of(download: Download, warehouse: Warehouse) -> View:
    """Return what answers with an Excel file."""

    def respond() -> Response:
        given = given_of(request.args, download.parameters)
        with open_reader(warehouse) as reader:
            book = download.make(reader, given)
        response = Response(book.content, mimetype=XLSX)
        _as_file(response, book.build, f"{book.name}.xlsx")
        # Another visitor's cookie may name another language.
        response.vary.add("Cookie")
        return _conditional(response, book.build, f"-{language.language()}")

    return respond


def _conditional(response: Response, build: Build, variant: str = "") -> Response:
    """Let the caller keep what it has while the build and the variant are the same."""
    response.set_etag(f"{build.build_id}-{API_VERSION}{variant}")
    response.last_modified = build.built_at.replace(tzinfo=UTC)
    response.headers["Cache-Control"] = "no-cache"  # keep, but ask each time
    response.make_conditional(request)
    return response


def _as_json(address: Address, answer: Answer) -> Response:
    head = address.head(answer)
    if address.fields:
        return jsonify(head | address.content(answer))
    (listed,) = address.lists

    def parts() -> Iterator[str]:
        yield f'{json.dumps(head)[:-1]}, "{listed.name}": ['
        chunk: list[str] = []
        separator = ""
        for record in listed.texts(answer):
            chunk.append(record)
            if len(chunk) == _RECORDS_A_CHUNK:
                yield separator + ",\n".join(chunk)
                chunk, separator = [], ",\n"
        yield (separator if chunk else "") + ",\n".join(chunk) + "]}\n"

    return Response(parts(), mimetype=JSON)


def _as_table(address: Address, answer: Answer) -> Response:
    listed = address.lists[0]
    chunks = csv_chunks(listed.columns(answer), listed.cells(answer))
    name = f"{answer.file_name or address.name}.csv"
    return _as_file(Response(chunks, mimetype=CSV), answer.build, name)


def _as_file(response: Response, build: Build, name: str) -> Response:
    """Have an answer saved as a file whose name tells demo data from others."""
    disposition = "attachment"
    if build.is_demo:
        stem, dot, ending = name.rpartition(".")
        disposition = f"attachment; filename={stem}_demo{dot}{ending}"
        response.headers[DEMO_HEADER] = "true"
    # Other data without a name: a link to the file can then give it a better one.
    response.headers["Content-Disposition"] = disposition
    return response


def refused(message: str, status: HTTPStatus) -> Response:
    """Return a refusal in words."""
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
        return refused(UNREADABLE, HTTPStatus.SERVICE_UNAVAILABLE)

    @blueprint.errorhandler(InternalServerError)
    def failed(error: InternalServerError) -> Response:
        # Flask has logged the traceback; the caller has no use for it.
        message = _("servern kunde inte svara; skälet står i dess logg")
        return refused(message, HTTPStatus.INTERNAL_SERVER_ERROR)
