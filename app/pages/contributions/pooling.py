"""Parts with few cases: told as one, so that none of them can be worked out.

A part with fewer cases than may be shown is told together with the others like it. If
what is told together is itself too small, or is one part alone, it takes in the next
smallest, or the small one would be the whole less all the others. Parts of parts can be
come to in many orders, so a part told together in one table is so in all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from math import fsum

from app.queries.cells import UNIT, Cell

Amounts = tuple[float, float]
"""Numerator and denominator."""
NOTHING: Amounts = (0.0, 0.0)
Node = tuple[str, ...]
"""A unit on the way down; or such a unit, and a unit below it or its own facts."""
Key = tuple[Node, tuple[str | None, ...]]
Table = tuple[Node, tuple[str | None, ...], str]
"""A node, and a value of each dimension; None for all values."""


def added(amounts: Iterable[Amounts]) -> Amounts:
    """Return the sum of some amounts, the same in whatever order they come."""
    listed = list(amounts)
    return fsum(met for met, _ in listed), fsum(cases for _, cases in listed)


class Cells:
    """Every part of every part in a period, and which of them may be told.

    Args:
        chain: The unit, after those above it.
        dimensions: What the cells' values are of.
        cells: Of these units and the ones below each.
        least: The smallest denominator that may be shown.
        published: Dimensions that the build itself gives outcomes by, in every unit:
            by one of them alone, a unit is no secret to be kept by the units beside it.
    """

    def __init__(
        self,
        chain: Sequence[str],
        dimensions: Sequence[str],
        cells: Iterable[Cell],
        least: float,
        published: Collection[str] = (),
    ) -> None:
        self._chain, self._dimensions, self._least = chain, tuple(dimensions), least
        self._amounts = self._summed(cells)
        self._tables = self._told_apart()
        self._closed: set[Key] = set()
        self._published = published
        for level in range(1, len(dimensions) + 1):
            self._close(level)

    def parts(self, by: str, where: Mapping[str, str]) -> dict[str, Amounts]:
        """Return the parts of the unit that have cases, by unit below or by value."""
        return {
            self._name(by, key): self._amounts[key] for key in self._members(by, where)
        }

    def pooled(self, by: str, where: Mapping[str, str]) -> frozenset[str]:
        """Return which of these parts are told as one."""
        members = self._members(by, where)
        closed = {key for key in members if key in self._closed}
        closed |= {key for key in members if self._amounts[key][1] < self._least}
        closed |= self._taken_in(members, closed)
        return frozenset(self._name(by, key) for key in closed)

    def is_open(self, where: Mapping[str, str]) -> bool:
        """Say whether the unit may be shown with these values only.

        Without any it is an outcome, which the build has judged.
        """
        if not where:
            return True
        key = ((self._chain[-1],), self._values(where))
        return key in self._amounts and key not in self._closed

    def _values(self, where: Mapping[str, str]) -> tuple[str | None, ...]:
        return tuple(where.get(dimension) for dimension in self._dimensions)

    def _members(self, by: str, where: Mapping[str, str]) -> list[Key]:
        table = ((self._chain[-1],), self._values(where), by)
        return self._tables.get(table, [])

    def _name(self, by: str, key: Key) -> str:
        node, values = key
        return node[-1] if by == UNIT else values[self._dimensions.index(by)] or ""

    def _summed(self, cells: Iterable[Cell]) -> dict[Key, Amounts]:
        sums: dict[Key, Amounts] = defaultdict(lambda: NOTHING)
        size = len(self._dimensions)
        masks = [
            frozenset(some)
            for number in range(size + 1)
            for some in combinations(range(size), number)
        ]
        # The same few values stand in the cells of every unit.
        under: dict[tuple[str, ...], list[tuple[str | None, ...]]] = {}
        for cell in cells:
            met, cases = cell.numerator, cell.denominator
            if (met, cases) == NOTHING:
                continue
            nodes: list[Node] = [(cell.place,)]
            if cell.child not in self._chain:
                nodes.append((cell.place, cell.child))
            if cell.values not in under:
                under[cell.values] = [
                    tuple(
                        value if at in mask else None
                        for at, value in enumerate(cell.values)
                    )
                    for mask in masks
                ]
            for values in under[cell.values]:
                for node in nodes:
                    so_far = sums[node, values]
                    sums[node, values] = (so_far[0] + met, so_far[1] + cases)
        return dict(sums)

    def _told_apart(self) -> dict[Table, list[Key]]:
        """Return what stands in each table: a node, its values, and by what."""
        tables: defaultdict[Table, list[Key]] = defaultdict(list)
        above = dict(zip(self._chain[1:], self._chain, strict=False))
        for key in self._amounts:
            node, values = key
            place = node[0] if len(node) > 1 else above.get(node[0])
            if place is not None:
                tables[(place,), values, UNIT].append(key)
            for at, value in enumerate(values):
                if value is not None:
                    whole = (*values[:at], None, *values[at + 1 :])
                    tables[node, whole, self._dimensions[at]].append(key)
        return dict(tables)

    def _close(self, level: int) -> None:
        """Close what must not be told with so many dimensions restricted."""
        closed = self._closed
        tables = {
            table: members
            for table, members in self._tables.items()
            if self._closes(table, members[0], level)
        }
        for members in tables.values():
            closed |= {key for key in members if self._amounts[key][1] < self._least}
        is_changed = True
        while is_changed:
            before = len(closed)
            for (node, values, _), members in tables.items():
                # What is told together is not told apart either.
                if (node, values) in closed:
                    closed.update(members)
                else:
                    inside = {key for key in members if key in closed}
                    closed |= self._taken_in(members, inside)
            is_changed = len(closed) > before

    def _closes(
        self, table: tuple[Node, tuple[str | None, ...], str], member: Key, level: int
    ) -> bool:
        restricted = [
            name
            for name, value in zip(self._dimensions, member[1], strict=True)
            if value is not None
        ]
        is_published = level == 1 and {*restricted} <= {*self._published}
        return len(restricted) == level and not (table[2] == UNIT and is_published)

    def _taken_in(self, members: Sequence[Key], closed: set[Key]) -> set[Key]:
        """Return the parts that those told as one must take in."""
        if not closed:
            return set()
        number, cases = len(closed), added(self._amounts[key] for key in closed)[1]
        taken = set()
        left = [key for key in members if key not in closed]
        for key in sorted(
            left, key=lambda member: (self._amounts[member][1], str(member))
        ):
            if number > 1 and cases >= self._least:
                break
            taken.add(key)
            number, cases = number + 1, cases + self._amounts[key][1]
        return taken
