"""`/api/v1/units`: every unit, in the order of the tree."""

from datetime import date

from app.api.answer import Answer, Record
from app.api.named import chosen_build
from app.pages.unit.fields import UNITS
from app.queries.builds import Build
from app.queries.reader import Reader
from app.queries.units import UnitRow, unit_tree


def units(reader: Reader, build_id: str | None) -> Answer:
    """Return every unit of a build, in the order of the drawn tree."""
    reader = chosen_build(reader, build_id)
    build = reader.build
    tree = unit_tree(reader)
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
