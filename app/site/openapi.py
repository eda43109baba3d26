"""The OpenAPI description, made from the parameters and fields that are in use."""

from typing import Any

from app.api.answer import Address, Download
from app.api.parameters import Parameter
from app.api.protocol import API_VERSION, CSV, DEMO_HEADER, JSON, PREFIX, XLSX
from app.columns import HEAD, Field
from app.site.rooms import ADDRESSES, DOWNLOADS, HEALTH
from app.words.language import speaking

Node = dict[str, Any]

PATH = f"{PREFIX}/openapi.json"
ABOUT = (
    "Targets and outcomes of regional health care: the same numbers as the pages. "
    "Aggregates only. A number too small to show is null and has a status that says "
    "so; null is never zero."
)


def description() -> Node:
    """Return the whole OpenAPI 3.1 document, in English."""
    with speaking("en"):
        return _description()


def _description() -> Node:
    paths: Node = {HEALTH: _health()}
    schemas: Node = {"Error": _ERROR}
    for address in ADDRESSES:
        paths |= _paths(address)
        schemas |= {listed.record: _object(listed.fields) for listed in address.lists}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Målbild", "version": API_VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "paths": paths | {download.path: _download(download) for download in DOWNLOADS},
        "components": {"schemas": schemas},
    }


def _paths(address: Address) -> Node:
    name, about, parameters = address.name, address.about, address.parameters
    whole = _object((*HEAD, *address.fields))
    for listed in address.lists:
        whole["properties"][listed.name] = _list(listed.record)
        whole["required"].append(listed.name)
    paths = {address.path: _get(name, about, parameters, _json(whole))}
    if address.has_csv:
        about = f"{about} CSV: `;`, decimal comma, UTF-8 with BOM, CRLF."
        table = {CSV: {"schema": {"type": "string"}}}
        _, path = address.paths
        paths[path] = _file(f"{name}_csv", about, parameters, table)
    return paths


def _download(download: Download) -> Node:
    book = {XLSX: {"schema": {"type": "string", "format": "binary"}}}
    return _file(f"{download.name}_xlsx", download.about, download.parameters, book)


_DEMO_HEADERS: Node = {
    DEMO_HEADER: {
        "description": "Synthetic demo data; not sent with other data.",
        "schema": {"type": "string", "enum": ["true"]},
    }
}


def _object(fields: tuple[Field, ...]) -> Node:
    properties = {field.name: field.schema() for field in fields}
    return _node(properties, *(field.name for field in fields if field.is_optional))


def _node(properties: Node, *optional: str) -> Node:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


_ERROR = _node(
    {
        "error": _node(
            {
                "parameter": {"type": "string"},
                "found": {"type": "string"},
                "expected": {"type": "string"},
                "message": {"type": "string"},
            },
            "parameter",
            "found",
            "expected",
        )
    }
)


def _list(record: str) -> Node:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{record}"}}


def _json(schema: Node) -> Node:
    return {JSON: {"schema": schema}}


def _answer(about: str, content: Node) -> Node:
    return {"description": about, "content": content}


def _get(id: str, summary: str, parameters: tuple[Parameter, ...], ok: Node) -> Node:
    error = _json({"$ref": "#/components/schemas/Error"})
    return {
        "get": {
            "operationId": id,
            "summary": summary,
            "parameters": [_parameter(parameter) for parameter in parameters],
            "responses": {
                "200": _answer("What was asked for.", ok),
                "304": {"description": "Unchanged since the ETag or date given."},
                "400": _answer("A parameter is not what it should be.", error),
                "404": _answer("No such build, indicator or unit.", error),
                "503": _answer("The warehouse cannot be read.", error),
            },
        }
    }


def _file(id: str, summary: str, parameters: tuple[Parameter, ...], ok: Node) -> Node:
    node = _get(id, summary, parameters, ok)
    node["get"]["responses"]["200"]["headers"] = _DEMO_HEADERS
    return node


def _parameter(parameter: Parameter) -> Node:
    schema: Node = (
        {"type": "array", "items": parameter.schema}
        if parameter.is_list
        else parameter.schema
    )
    node: Node = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.is_required,
        "description": f"{parameter.about} Expected: {parameter.expected()}.",
        "schema": schema,
    }
    if parameter.is_list:
        node |= {"style": "form", "explode": False}  # a,b; repeated is read as well
    return node


def _health() -> Node:
    state = _node(
        {
            "status": {"type": "string", "enum": ["ok", "unavailable"]},
            "build": {"type": "string"},
            "schema_version": {"type": "integer"},
            "message": {"type": "string"},
        },
        "build",
        "schema_version",
        "message",
    )
    return {
        "get": {
            "operationId": "healthz",
            "summary": "Whether the warehouse can be read.",
            "responses": {
                "200": _answer("It can.", _json(state)),
                "503": _answer("It cannot; the message says why.", _json(state)),
            },
        }
    }
