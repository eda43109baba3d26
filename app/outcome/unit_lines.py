"""Indicators by unit: lines of cells under headings, as the map has them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Generic, TypeVar

from app.address import indicator_address
from app.outcome.groups import in_groups
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
"""(heading, its lines). An indicator of several themes has a line under each."""


def indicators_in(groups: Groups[C]) -> int:
    """Return of how many indicators there are lines."""
    return len({line.href for _, lines in groups for line in lines})


def lines_by_group(
    rows: Iterable[tuple[Indicator, Sequence[C | None]]], quarter: Period
) -> Groups[C]:
    """Return the lines of these indicators under their headings, all in order.

    Args:
        rows: Each indicator once, with its cells.
        quarter: That the links name.
    """

    def line(indicator: Indicator, cells: Sequence[C | None]) -> Line[C]:
        href = indicator_address(indicator.id, None, str(quarter))
        return Line(of(indicator.name), href, cells)

    return [
        (title, [line(*one) for one in some])
        for title, some in in_groups(rows, itemgetter(0))
    ]
