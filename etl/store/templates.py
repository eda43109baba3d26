"""Templates as a build keeps them for the pages, and what they are made for."""

from datetime import date

from sqlalchemy import Connection, text

from etl.labels import labelled
from etl.sources import layouts_of
from etl.sources.kolada import KOLADA
from etl.store.catalogue import Catalogue
from etl.template.allowed import Ground, UnitLine
from etl.template.book import template
from kpi import schema

_UNITS = text(
    """SELECT unit.unit_id, unit.name, unit.kind, coalesce(above.name, '')
    FROM unit LEFT JOIN unit AS above
        ON above.build_id = unit.build_id AND above.unit_id = unit.parent_id
        AND above.is_current
    WHERE unit.build_id = :build AND unit.is_current AND unit.valid_to >= :as_of
    ORDER BY unit.tree_order, unit.unit_id"""
)


@labelled("make templates of the layouts", reads=("unit",), writes=("template",))
def write_templates(
    connection: Connection, build_id: str, catalogue: Catalogue, as_of: date
) -> None:
    """Store templates of what the indicators need, in place of those that were there.

    Nobody should fill in what no indicator is counted from.

    Whoever fills one in does so now, with the units that there are now, so earlier
    builds have none of their own.
    """
    ground = ground_of(connection, build_id, catalogue, as_of)
    connection.execute(schema.template.delete())
    indicators = catalogue.definitions.indicators
    layouts = layouts_of(indicators)
    if KOLADA not in layouts and any(each.benchmark for each in indicators):
        layouts.append(KOLADA)
    for layout in layouts:
        row = {"dataset": layout.dataset, "content": template(layout, ground)}
        connection.execute(schema.template.insert(), row)


def ground_of(
    connection: Connection, build_id: str, catalogue: Catalogue, as_of: date
) -> Ground:
    """Return what templates are made for: the units of a build still in force."""
    units = connection.execute(_UNITS, {"build": build_id, "as_of": as_of})
    return Ground(
        [UnitLine(*unit) for unit in units],
        catalogue.pathways,
        catalogue.definitions.indicators,
    )
