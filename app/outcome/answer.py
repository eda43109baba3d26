"""`/api/v1/outcomes`: outcomes as the answers hold them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.api.answer import Answer, Record, whole
from app.api.faults import unknown_id
from app.api.fields import Field
from app.api.named import chosen_build, named_indicator, named_unit
from app.api.parameters import Given, OutcomeRequest
from app.outcome.fields import OUTCOMES
from app.queries.definitions import definitions
from app.queries.frame import Frame
from app.queries.listing import OUTCOME_COLUMNS, Choice, outcome_rows
from app.queries.outcomes import OutcomeRow, outcomes_of
from app.queries.reader import Reader
from app.queries.units import UnitRow, unit_tree
from kpi.definitions import Indicator


def choice(reader: Reader, request: OutcomeRequest) -> tuple[Reader, Choice]:
    """Return what to read for a request and from where, once all it names is found.

    Raises:
        RequestFault: there is no such build, indicator or unit.
    """
    reader = chosen_build(reader, request.build)
    indicators = {one.id for one in definitions(reader).indicators}
    _refuse_unknown("indicator", request.indicators, indicators)
    if request.units:
        units = {one.unit_id for one in unit_tree(reader)}
        _refuse_unknown("unit", request.units, units)
    return reader, Choice(
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


def outcomes(reader: Reader, request: OutcomeRequest) -> Answer:
    """Return the outcomes asked for."""
    reader, chosen = choice(reader, request)
    build = reader.build
    fields = OUTCOMES
    if request.by:
        about = f"Value of the dimension {request.by}."
        fields = (*OUTCOMES, Field(request.by, "string", about))
    make = _outcome_maker(build.build_id, request.by)
    rows = outcome_rows(reader, chosen)
    return Answer("outcomes", build, fields, (make(row) for row in rows))


_COLUMN_NAMES = tuple(column.name for column in OUTCOME_COLUMNS)
_POSITIONS = tuple(
    (field.name, _COLUMN_NAMES.index(field.name))
    for field in OUTCOMES
    if field.name != "build"
)


def _outcome_maker(build_id: str, by: str) -> Callable[[Sequence[Any]], Record]:
    def make(row: Sequence[Any]) -> Record:
        record = {name: row[position] for name, position in _POSITIONS}
        record["numerator"] = whole(record["numerator"])
        record["denominator"] = whole(record["denominator"])
        record["build"] = build_id
        if by:
            record[by] = record["by_value"]
        return record

    return make


def counts_of(row: OutcomeRow) -> Record:
    """Return an outcome's counts and value, as every answer has them."""
    return {
        "numerator": whole(row.numerator),
        "denominator": whole(row.denominator),
        "value": row.value,
    }


def totals_of(
    reader: Reader, frame: Frame, given: Given
) -> tuple[Indicator, UnitRow, Sequence[OutcomeRow]]:
    """Return what a request names, with the breaks of its region, and its totals."""
    indicator = named_indicator(frame, given["indicator"])
    unit = named_unit(frame, given["unit"])
    rows = outcomes_of(reader, indicator.id, unit.unit_id)
    return indicator.in_region(frame.units.kolada_id(unit.unit_id)), unit, rows
