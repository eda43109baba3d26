"""What every page reads first: the build, its definitions and its units."""

from dataclasses import dataclass
from functools import cached_property

from app.queries.builds import Build
from app.queries.definitions import definitions
from app.queries.kept import kept
from app.queries.reader import Reader
from app.queries.units import UnitRow, UnitTree, unit_tree
from kpi.definitions import Definitions, Indicator, Plan
from kpi.plans_in_use import TARGETS_ALONE


@dataclass(frozen=True)
class Frame:
    """A build with its definitions and units."""

    build: Build
    definitions: Definitions
    units: UnitTree

    def indicator(self, id: str | None) -> Indicator | None:
        """Return the indicator with this id; None if there is none."""
        return self._by_id.get(id or "")

    @cached_property
    def _by_id(self) -> dict[str, Indicator]:
        # A page of plans looks up hundreds.
        return {indicator.id: indicator for indicator in self.definitions.indicators}

    @property
    def plans(self) -> list[Plan]:
        """The plans that there are, without what is one for the sake of its targets."""
        return [plan for plan in self.definitions.plans if plan.id not in TARGETS_ALONE]

    def plan(self, id: str) -> Plan | None:
        """Return the plan with this id; None if there is none."""
        return next((plan for plan in self.definitions.plans if plan.id == id), None)

    def unit_or_top(self, unit_id: str | None) -> UnitRow | None:
        """Return the unit asked for, or the region if none was.

        None if the one asked for is not known, or if there are no units.
        """
        return self.units.find(unit_id) if unit_id else self.units.top()


@kept
def read_frame(reader: Reader) -> Frame:
    """Return the reader's build with its definitions and units."""
    return Frame(reader.build, definitions(reader), unit_tree(reader))
