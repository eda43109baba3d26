"""Units: the tree as it is now, and what a unit was called before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from app.queries.kept import kept
from app.queries.reader import Reader
from kpi import schema


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it is now, or was when it ended.

    Attributes:
        name: What it is called everywhere. In a tree where others have the same name it
            is followed by the units above it that tell them apart.
        registered_name: As it stands in the register of units.
    """

    unit_id: str
    name: str
    kind: str
    parent_id: str | None
    valid_from: date
    valid_to: date
    replaced_by: str | None
    kolada_id: str | None
    tree_order: int | None
    depth: int | None
    registered_name: str = ""

    def has_ended(self, day: date) -> bool:
        """Say whether the unit was no longer there on the day."""
        return self.valid_to < day


class UnitTree:
    """All units of a build in the order of the drawn tree."""

    def __init__(self, rows: Iterable[UnitRow]) -> None:
        self._rows = _told_apart({row.unit_id: row for row in rows})
        self._children: dict[str | None, list[UnitRow]] = defaultdict(list)
        self._predecessors: dict[str | None, list[UnitRow]] = defaultdict(list)
        for row in self:
            self._children[row.parent_id].append(row)
            self._predecessors[row.replaced_by].append(row)

    def __iter__(self) -> Iterator[UnitRow]:
        return iter(self._rows.values())

    def find(self, unit_id: str | None) -> UnitRow | None:
        """Return the unit with this id; None if there is none."""
        return self._rows.get(unit_id) if unit_id else None

    def name(self, unit_id: str) -> str:
        """Return the unit's name, or its id if it is not known."""
        unit = self._rows.get(unit_id)
        return unit.name if unit else unit_id

    def top(self) -> UnitRow | None:
        """Return the first unit of the tree: the region."""
        return next(iter(self._rows.values()), None)

    def children(self, unit_id: str) -> list[UnitRow]:
        """Return the units directly under this one."""
        return list(self._children.get(unit_id, ()))

    def ancestors(self, unit_id: str) -> list[UnitRow]:
        """Return the units above this one, the topmost first."""
        units: list[UnitRow] = []
        at = self.find(unit_id)
        while at and (at := self.find(at.parent_id)) and at not in units:
            units.insert(0, at)
        return units

    def predecessors(self, unit_id: str) -> list[UnitRow]:
        """Return the units this one has replaced."""
        return list(self._predecessors.get(unit_id, ()))

    def kolada_id(self, unit_id: str) -> str | None:
        """Return the Kolada region the unit belongs to."""
        at = self.find(unit_id)
        for unit in reversed([*self.ancestors(unit_id), *([at] if at else [])]):
            if unit.kolada_id:
                return unit.kolada_id
        return None


def _told_apart(rows: dict[str, UnitRow]) -> dict[str, UnitRow]:
    """Return units with names of their own, where units of one time share one."""
    by_name: dict[str, list[UnitRow]] = defaultdict(list)
    for row in rows.values():
        by_name[row.name.casefold()].append(row)
    named = {}
    for unit_id, row in rows.items():
        twins = [
            unit
            for unit in by_name[row.name.casefold()]
            if unit.valid_from <= row.valid_to and row.valid_from <= unit.valid_to
        ]
        name = row.name if len(twins) == 1 else _apart(row, twins, rows)
        named[unit_id] = replace(row, name=name, registered_name=row.name)
    return named


def _apart(row: UnitRow, twins: list[UnitRow], rows: dict[str, UnitRow]) -> str:
    """Return a name with as many units above as tell it from its twins, else its id."""
    names = _names_above(row, rows)
    others = [_names_above(unit, rows) for unit in twins if unit is not row]
    for number in range(1, len(names) + 1):
        if all(other[:number] != names[:number] for other in others):
            return f"{row.name} ({', '.join(names[:number])})"
    return f"{row.name} ({row.unit_id})"


def _names_above(row: UnitRow, rows: dict[str, UnitRow]) -> list[str]:
    """Return the names of the units above one, the nearest first."""
    units: list[UnitRow] = []
    at = rows.get(row.parent_id or "")
    while at is not None and at not in units:
        units.append(at)
        at = rows.get(at.parent_id or "")
    return [unit.name for unit in units]


_COLUMNS = tuple(
    schema.unit.c[name]
    for name in (
        "unit_id",
        "name",
        "kind",
        "parent_id",
        "valid_from",
        "valid_to",
        "replaced_by",
        "kolada_id",
        "tree_order",
        "depth",
    )
)


@kept
def unit_tree(reader: Reader) -> UnitTree:
    """Return every unit's latest version, in the order of the drawn tree."""
    table = schema.unit.c
    statement = (
        select(*_COLUMNS)
        .where(table.build_id == reader.build_id, table.is_current)
        .order_by(table.tree_order, table.name)
    )
    return UnitTree(UnitRow(*row) for row in reader.connection.execute(statement))


def unit_versions(reader: Reader, unit_id: str) -> list[UnitRow]:
    """Return what a unit has been called and belonged to, oldest first."""
    table = schema.unit.c
    statement = (
        select(*_COLUMNS)
        .where(table.build_id == reader.build_id, table.unit_id == unit_id)
        .order_by(table.valid_to)
    )
    return [UnitRow(*row) for row in reader.connection.execute(statement)]
