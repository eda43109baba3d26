"""Indicators by unit: lines of cells under headings, as the map has them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.address import indicator_address
from app.outcome.groups import group_order, group_title
from app.words.language import of
from kpi.definitions import Indicator
from kpi.period import Period

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Line(Generic[C]):
    """An indicator, and a cell for each unit; None where it is not measured."""

    name: str
    href: str
    cells: Sequence[C | None]


Groups = Sequence[tuple[str, Sequence[Line[C]]]]
"""(heading, its lines)."""


def lines_by_group(
    rows: Iterable[tuple[Indicator, Sequence[C | None]]], quarter: Period
) -> Groups[C]:
    """Return the lines of these indicators under their headings, all in order.

    Args:
        rows: Each indicator once, with its cells.
        quarter: That the links name.
    """
    groups: dict[str, list[Line[C]]] = defaultdict(list)
    for indicator, cells in sorted(rows, key=lambda row: group_order(row[0])):
        href = indicator_address(indicator.id, None, str(quarter))
        groups[group_title(indicator)].append(Line(of(indicator.name), href, cells))
    return list(groups.items())
