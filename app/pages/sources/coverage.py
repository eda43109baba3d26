"""Which quarters a unit has data for, and where there is a gap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.queries.loads import CoverageRow
from kpi.period import Period

# Data that come all the time, so that an empty quarter between two others is a gap;
# measurements come a few times a year. The same as the check `coverage_gap` looks at.
CONTINUOUS = frozenset({"svf_fall", "svf_inklusion", "kontakter"})


class Cell(StrEnum):
    """What a unit and quarter without facts means."""

    GAP = "gap"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class UnitCoverage:
    """A unit and, for each quarter, how many facts or what their absence means."""

    unit: str
    cells: tuple[int | Cell, ...]


def unit_coverage(
    dataset: str,
    quarters: Sequence[Period],
    units: Iterable[str],
    rows: Iterable[CoverageRow],
) -> list[UnitCoverage]:
    """Return the coverage of the units that have any facts, in the units' order."""
    facts: dict[str, dict[int, int]] = {}
    for row in rows:
        facts.setdefault(row.unit, {})[row.quarter] = row.facts
    known = list(units)
    order = [*known, *sorted(set(facts) - set(known))]
    return [
        UnitCoverage(unit, _cells(dataset, quarters, facts[unit]))
        for unit in order
        if unit in facts
    ]


def _cells(
    dataset: str, quarters: Sequence[Period], facts: dict[int, int]
) -> tuple[int | Cell, ...]:
    first, last = min(facts), max(facts)
    cells: list[int | Cell] = []
    for quarter in quarters:
        if quarter.first in facts:
            cells.append(facts[quarter.first])
        elif dataset in CONTINUOUS and first < quarter.first < last:
            cells.append(Cell.GAP)
        else:
            cells.append(Cell.NOTHING)
    return tuple(cells)
