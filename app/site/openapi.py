"""The OpenAPI description, made from the parameters and fields that are in use."""

from typing import Any

from app.api.fields import Field
from app.api.parameters import OF_LISTS, OF_OUTCOMES, Parameter
from app.api.protocol import API_VERSION, CSV, DEMO_HEADER, JSON, PREFIX, XLSX
from app.outcome.fields import OUTCOMES
from app.pages.chart.fields import OF_SPC, POINTS, SPC
from app.pages.contributions.fields import CONTRIBUTIONS, OF_CONTRIBUTIONS, PARTS
from app.pages.deviations.fields import DEVIATIONS, OF_DEVIATIONS
from app.pages.funnel.fields import FUNNEL, OF_FUNNEL, PLACES
from app.pages.indicator.fields import INDICATORS
from app.pages.indicator.hygiene.fields import CELLS, HYGIENE, OF_HYGIENE
from app.pages.indicator.outlook.fields import FORECAST, OF_FORECAST
from app.pages.pathway.fields import CURVE, MAXIMA, OF_PATHWAY, PATHWAY, STEPS
from app.pages.unit.fields import UNITS
from app.words.language import speaking
from kpi.datasets import DIMENSIONS

Node = dict[str, Any]

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
    lists = (
        ("indicators", "Every indicator's definition.", "Indicator", OF_LISTS),
        ("units", "Every unit, in the order of the tree.", "Unit", OF_LISTS),
        ("outcomes", "Outcomes with targets and statuses.", "Outcome", OF_OUTCOMES),
        ("deviations", "Deviations of a quarter.", "Deviation", OF_DEVIATIONS),
    )
    paths: Node = {}
    for name, summary, record, parameters in lists:
        listing = _json(
            _object({"build": _BUILD, "is_demo": _IS_DEMO, name: _list(record)})
        )
        paths[f"{PREFIX}/{name}"] = _get(name, summary, parameters, listing)
        as_csv = {CSV: {"schema": {"type": "string"}}}
        about = f"{summary} CSV: `;`, decimal comma, UTF-8 with BOM, CRLF."
        paths[f"{PREFIX}/{name}.csv"] = _file(f"{name}_csv", about, parameters, as_csv)
    about = "One indicator in one unit as a control chart: limits, signals, verdicts."
    spc = _object(_head(SPC) | {"points": _list("Point")})
    paths[f"{PREFIX}/spc"] = _get("spc", about, OF_SPC, _json(spc))
    about = "Units of one kind compared: funnel limits, and ranks with their interval."
    funnel = _object(_head(FUNNEL) | {"units": _list("Place")})
    paths[f"{PREFIX}/funnel"] = _get("funnel", about, OF_FUNNEL, _json(funnel))
    about = "Whether a year's target will be met, and what the rest must reach."
    stands = _json(_object(_head(FORECAST)))
    paths[f"{PREFIX}/forecast"] = _get("forecast", about, OF_FORECAST, stands)
    about = "Which parts a gap to a target, or a change, comes from, in cases."
    parts = _object(_head(CONTRIBUTIONS) | {"parts": _list("Part")})
    name = f"{PREFIX}/contributions"
    paths[name] = _get("contributions", about, OF_CONTRIBUTIONS, _json(parts))
    about = f"{about} CSV: `;`, decimal comma, UTF-8 with BOM, CRLF."
    as_csv = {CSV: {"schema": {"type": "string"}}}
    paths[f"{name}.csv"] = _file("contributions_csv", about, OF_CONTRIBUTIONS, as_csv)
    about = "Hygiene items by profession in a unit and period."
    cells = _object(_head(HYGIENE) | {"cells": _list("Cell")})
    paths[f"{PREFIX}/hygiene"] = _get("hygiene", about, OF_HYGIENE, _json(cells))
    about = "The cancer pathways step by step: days, waiting curve, open cases in time."
    of_pathway = {"steps": "Step", "curve": "Waiting", "maxima": "Maximum"}
    listed = {key: _list(record) for key, record in of_pathway.items()}
    pathway = _object(_head(PATHWAY) | listed)
    paths[f"{PREFIX}/pathway"] = _get("pathway", about, OF_PATHWAY, _json(pathway))
    book = {XLSX: {"schema": {"type": "string", "format": "binary"}}}
    about = "Outcomes as an Excel file, with a sheet on where they come from."
    paths["/export/outcomes.xlsx"] = _file("outcomes_xlsx", about, OF_OUTCOMES, book)
    about = "Deviations, or what the control charts say, as an Excel file."
    paths["/export/deviations.xlsx"] = _file(
        "deviations_xlsx", about, OF_DEVIATIONS, book
    )
    paths["/healthz"] = _health()
    return {
        "openapi": "3.1.0",
        "info": {"title": "Målbild", "version": API_VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {
                "Indicator": _record(INDICATORS),
                "Unit": _record(UNITS),
                "Outcome": _outcome(),
                "Deviation": _record(DEVIATIONS),
                "Point": _record(POINTS),
                "Place": _record(PLACES),
                "Cell": _record(CELLS),
                "Part": _record(PARTS),
                "Step": _record(STEPS),
                "Waiting": _record(CURVE),
                "Maximum": _record(MAXIMA),
                "Error": _ERROR,
            }
        },
    }


_BUILD: Node = {"type": "string", "description": "Id of the build that was read."}
_IS_DEMO: Node = {"type": "boolean", "description": "Synthetic demo data."}
_DEMO_HEADERS: Node = {
    DEMO_HEADER: {
        "description": "Synthetic demo data; not sent with other data.",
        "schema": {"type": "string", "enum": ["true"]},
    }
}


def _object(properties: Node, *optional: str) -> Node:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


_ERROR = _object(
    {
        "error": _object(
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


def _head(fields: tuple[Field, ...]) -> Node:
    own = {one.name: one.schema() for one in fields}
    return {"build": _BUILD, "is_demo": _IS_DEMO} | own


def _record(fields: tuple[Field, ...]) -> Node:
    return _object({one.name: one.schema() for one in fields})


def _outcome() -> Node:
    own = {one.name: one.schema() for one in OUTCOMES}
    about = "Only with `by` set to this dimension: the same as `by_value`."
    added = {name: {"type": "string", "description": about} for name in DIMENSIONS}
    return _object(own | added, *DIMENSIONS)


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
            "parameters": [_parameter(one) for one in parameters],
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


def _parameter(one: Parameter) -> Node:
    schema: Node = {"type": "array", "items": one.schema} if one.is_list else one.schema
    node: Node = {
        "name": one.name,
        "in": "query",
        "required": False,
        "description": f"{one.about} Expected: {one.expected()}.",
        "schema": schema,
    }
    if one.is_list:
        node |= {"style": "form", "explode": False}  # a,b; repeated is read as well
    return node


def _health() -> Node:
    state = _object(
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
