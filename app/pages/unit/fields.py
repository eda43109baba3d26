"""What the answer about units holds."""

from app.api.fields import BUILD, integer, perhaps, text
from kpi.model import UnitKind

UNITS = (
    text("unit", "Id of the unit (HSA-id)."),
    text("name", "Name of the unit, in Swedish."),
    text("kind", "What kind of unit.", tuple(UnitKind)),
    perhaps("parent", "Id of the unit above; null for the region."),
    integer("depth", "0 for the region."),
    perhaps("valid_from", "First day; null if it has always been."),
    perhaps("valid_to", "Last day; null if it still is."),
    perhaps("replaced_by", "Id of the unit that took over."),
    perhaps("kolada_id", "Id in Kolada of a region."),
    BUILD,
)
