"""`/api/v1/units`: every unit, in the order of the tree."""

from datetime import date

from app.api.answer import Address, Answer, Listed, Written
from app.api.named import chosen_build
from app.api.parameters import OF_LISTS, Given
from app.columns import BUILD, integer, perhaps, text
from app.queries.kept import FEW, keeping
from app.queries.reader import Reader
from app.queries.units import unit_tree
from kpi.model import UnitKind

_UNIT = (
    text("unit", "Id of the unit (HSA-id).", read="unit_id"),
    text("name", "Name of the unit, in Swedish.", read="registered_name"),
    text("kind", "What kind of unit.", UnitKind),
    perhaps("parent", "Id of the unit above; null for the region.", read="parent_id"),
    integer("depth", "0 for the region."),
    perhaps(
        "valid_from",
        "First day; null if it has always been.",
        read=lambda row: None if row.valid_from == date.min else str(row.valid_from),
    ),
    perhaps(
        "valid_to",
        "Last day; null if it still is.",
        read=lambda row: None if row.valid_to == date.max else str(row.valid_to),
    ),
    perhaps("replaced_by", "Id of the unit that took over."),
    perhaps("kolada_id", "Id in Kolada of a region."),
    BUILD,
)


_LISTED = Listed("units", "Unit", _UNIT)


@keeping(FEW)
def _rows(reader: Reader) -> list[Written]:
    """Return the row of every unit, in the order of the drawn tree."""
    return _LISTED.written(Answer(reader.build, {_LISTED.name: unit_tree(reader)}))


def units(reader: Reader, given: Given) -> Answer:
    """Return every unit of a build, in the order of the drawn tree."""
    reader = chosen_build(reader, given["build"])
    return Answer(reader.build, {_LISTED.name: _rows(reader)}, is_written=True)


UNITS = Address(
    "units",
    "Every unit, in the order of the tree.",
    OF_LISTS,
    units,
    lists=(_LISTED,),
    has_csv=True,
)
