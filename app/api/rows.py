"""Outcomes, units and indicators as the answers hold them."""

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import Connection, Row

from app.api.answer import Answer, Record, whole
from app.api.faults import unknown_id
from app.api.fields import INDICATORS, OUTCOMES, UNITS, Field
from app.api.named import chosen_build
from app.api.parameters import OutcomeRequest
from app.queries.definitions import Build, definitions
from app.queries.listing import OUTCOME_COLUMNS, Choice, outcome_rows
from app.queries.units import UnitRow, unit_tree
from kpi.definitions import Indicator
from kpi.model import Text


def choice(connection: Connection, request: OutcomeRequest) -> tuple[Build, Choice]:
    """Return what to read for a request, once everything it names is known to exist.

    Raises:
        RequestFault: there is no such build, indicator or unit.
    """
    build = chosen_build(connection, request.build)
    indicators = {one.id for one in definitions(connection, build.build_id).indicators}
    _refuse_unknown("indicator", request.indicators, indicators)
    if request.units:
        units = {one.unit_id for one in unit_tree(connection, build.build_id)}
        _refuse_unknown("unit", request.units, units)
    return build, Choice(
        build_id=build.build_id,
        indicators=request.indicators,
        units=request.units,
        periods=request.periods,
        since=request.since,
        until=request.until,
        by=request.by,
        kinds=request.kinds,
        limit=request.limit,
        offset=request.offset,
    )


def _refuse_unknown(name: str, asked: Iterable[str], known: set[str]) -> None:
    for one in asked:
        if one not in known:
            raise unknown_id(name, one)


def outcomes(connection: Connection, request: OutcomeRequest) -> Answer:
    """Return the outcomes asked for."""
    build, chosen = choice(connection, request)
    fields = OUTCOMES
    if request.by:
        about = f"Value of the dimension {request.by}."
        fields = (*OUTCOMES, Field(request.by, "string", about))
    make = _outcome_maker(build.build_id, request.by)
    rows = outcome_rows(connection, chosen)
    return Answer("outcomes", build, fields, (make(row) for row in rows))


_COLUMN_NAMES = tuple(column.name for column in OUTCOME_COLUMNS)
_POSITIONS = tuple(
    (field.name, _COLUMN_NAMES.index(field.name))
    for field in OUTCOMES
    if field.name != "build"
)


def _outcome_maker(build_id: str, by: str) -> Callable[[Row], Record]:
    def make(row: Row) -> Record:
        record = {name: row[position] for name, position in _POSITIONS}
        record["numerator"] = whole(record["numerator"])
        record["denominator"] = whole(record["denominator"])
        record["build"] = build_id
        if by:
            record[by] = record["by_value"]
        return record

    return make


def units(connection: Connection, build_id: str | None) -> Answer:
    """Return every unit of a build, in the order of the drawn tree."""
    build = chosen_build(connection, build_id)
    tree = unit_tree(connection, build.build_id)
    records = (_unit(one, build) for one in tree)
    return Answer("units", build, UNITS, records)


def _unit(row: UnitRow, build: Build) -> Record:
    return {
        "unit": row.unit_id,
        "name": row.name,
        "kind": row.kind,
        "parent": row.parent_id,
        "depth": row.depth,
        "valid_from": None if row.valid_from == date.min else str(row.valid_from),
        "valid_to": None if row.valid_to == date.max else str(row.valid_to),
        "replaced_by": row.replaced_by,
        "kolada_id": row.kolada_id,
        "build": build.build_id,
    }


def indicators(connection: Connection, build_id: str | None) -> Answer:
    """Return the definitions a build was made with."""
    build = chosen_build(connection, build_id)
    defined = definitions(connection, build.build_id).indicators
    records = (_indicator(one, build) for one in defined)
    return Answer("indicators", build, INDICATORS, records)


def _indicator(one: Indicator, build: Build) -> Record:
    return {
        "id": one.id,
        **_both("name", one.name),
        "area": one.area,
        "kind": str(one.kind),
        **_both("unit", one.unit),
        "decimals": one.decimals,
        "per": one.per,
        "direction": str(one.direction),
        "lifecycle": str(one.lifecycle),
        "frequency": one.frequency,
        **_both("numerator", one.numerator),
        **_both("denominator", one.denominator),
        **_both("why", one.why),
        **_both("responsible", one.responsible),
        "minimum_denominator": one.minimum_denominator,
        "tolerance": one.tolerance,
        "dataset": one.measure.dataset if one.measure else None,
        "benchmark": one.benchmark.kpi if one.benchmark else None,
        "by": [breakdown.by for breakdown in one.breakdowns],
        "plans": [plan.model_dump(mode="json") for plan in one.plans],
        "targets": [target.model_dump(mode="json") for target in one.targets],
        "build": build.build_id,
    }


def _both(name: str, words: Text | None) -> Record:
    return {
        name: words.sv if words else None,
        f"{name}_en": words.en if words else None,
    }
