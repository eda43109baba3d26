"""Our numbers beside those of the programs and books the methods are from.

Every module that compares with a reference has a function `comparisons()` which
returns what it compared, so that a table of conformance can be made of them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

import pytest

ORACLE = Path(__file__).parents[2].parent / "shared/data/oracle"
"""Results of other programs; beside the project, not in it."""

needs_oracle = pytest.mark.skipif(
    not ORACLE.is_dir(), reason=f"no results of other programs in {ORACLE.name}/"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far our numbers are from one reference's.

    Attributes:
        reference: Program or book, and its example.
        what: Which numbers of it.
        points: How many numbers were compared.
        largest_difference: The largest absolute difference between two of them.
        flags_compared: How many yes-or-no answers were compared; 0 if there are none.
        flags_agreeing: How many of these agree.
        deviations: What differs on purpose; empty if nothing does.
    """

    reference: str
    what: str
    points: int
    largest_difference: float
    flags_compared: int = 0
    flags_agreeing: int = 0
    deviations: str = ""

    @property
    def is_in_full(self) -> bool:
        """Whether every number is the same to 1e-6 and every flag is."""
        is_close = self.largest_difference <= 1e-6
        return is_close and self.flags_agreeing == self.flags_compared


def oracle(name: str) -> dict[str, list[Any]]:
    """Return one reference's results, columns as lists."""
    return json.loads((ORACLE / f"{name}.json").read_text(encoding="utf-8"))


def largest_difference(pairs: Iterable[tuple[float | None, float | None]]) -> float:
    """Return the largest difference; infinite where only one of two is missing."""
    largest = 0.0
    for one, other in pairs:
        if (one is None) != (other is None):
            return inf
        if one is not None and other is not None:
            largest = max(largest, abs(one - other))
    return largest


def agreeing(pairs: Iterable[tuple[Any, Any]]) -> int:
    """Return how many pairs are of two equal things."""
    return sum(one == other for one, other in pairs)
