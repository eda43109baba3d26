"""How an answer is given out: as JSON or CSV, kept while a build stands, or refused."""

import json
from collections.abc import Iterator
from datetime import UTC
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import InternalServerError

from app.api.answer import Answer
from app.api.as_csv import csv_chunks
from app.api.faults import RequestFault
from app.api.protocol import API_VERSION, CSV, DEMO_HEADER, JSON
from app.queries.builds import Build
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.errors import WarehouseError

UNREADABLE = _l(
    "datalagret saknas, är av en annan version eller går inte att läsa; kör "
    "`python -m etl build` och se efter i serverns logg"
)
_RECORDS_A_CHUNK = 500


def conditional(response: Response, build: Build, variant: str = "") -> Response:
    """Let the caller keep what it has while the build and the variant are the same."""
    response.set_etag(f"{build.build_id}-{API_VERSION}{variant}")
    response.last_modified = build.built_at.replace(tzinfo=UTC)
    response.headers["Cache-Control"] = "no-cache"  # keep, but ask each time
    return response.make_conditional(request)


def as_json(answer: Answer) -> Response:
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


def as_table(answer: Answer, name: str) -> Response:
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
