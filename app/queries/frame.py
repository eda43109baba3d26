"""What every page reads first: the build, its definitions and its units."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.queries.definitions import Build, definitions, newest_build
from app.queries.kept import kept
from app.queries.units import UnitRow, UnitTree, unit_tree
from kpi.definitions import Definitions, Indicator


@dataclass(frozen=True, slots=True)
class Frame:
    """The newest build with its definitions and units."""

    build: Build
    definitions: Definitions
    units: UnitTree

    def indicator(self, id: str | None) -> Indicator | None:
        """Return the indicator with this id; None if there is none."""
        return next((one for one in self.definitions.indicators if one.id == id), None)

    def unit_or_top(self, unit_id: str | None) -> UnitRow | None:
        """Return the unit asked for, or the region if none was.

        None if the one asked for is not known, or if there are no units.
        """
        return self.units.find(unit_id) if unit_id else self.units.top()


@kept
def read_frame(connection: Connection) -> Frame:
    """Return the newest build with its definitions and units."""
    build = newest_build(connection)
    return Frame(
        build,
        definitions(connection, build.build_id),
        unit_tree(connection, build.build_id),
    )
