"""What the number of an outcome rests on, where that is not all that was delivered."""

import json
from dataclasses import dataclass
from typing import Protocol

from kpi.vocabulary import Remark


@dataclass(frozen=True, slots=True)
class BasisPart:
    """Something to know of the rows behind an outcome.

    Attributes:
        kind: What became of them.
        number: How many rows or cases, or units; None where so few that the number
            would say too much, or where the outcome itself is hidden. Never 0.
        unit: The ended unit under whose id the rows stand; else None.
    """

    kind: Remark
    number: int | None
    unit: str | None = None


class _Outcome(Protocol):
    """A row of `kpi.schema.outcome`, or what is kept of it."""

    @property
    def value(self) -> float | None: ...
    @property
    def units_reporting(self) -> int | None: ...
    @property
    def units_expected(self) -> int | None: ...
    @property
    def basis(self) -> str | None: ...


def basis_of(outcome: _Outcome) -> tuple[BasisPart, ...]:
    """Return what to know of the rows behind an outcome: as stored, then the units.

    Units are missing from a value only; without one, its reason tells of them.
    """
    parts = stored(outcome.basis)
    missing = (outcome.units_expected or 0) - (outcome.units_reporting or 0)
    if outcome.value is not None and missing > 0:
        parts = (*parts, BasisPart(Remark.UNITS_MISSING, missing))
    return parts


def stored(written: str | None) -> tuple[BasisPart, ...]:
    """Return the parts that a build has stored with an outcome, in its order.

    Args:
        written: As in `kpi.schema.outcome`: JSON, a list of objects; None for nothing.
    """
    if written is None:
        return ()
    return tuple(
        BasisPart(Remark(part["kind"]), part["number"], part["unit"])
        for part in json.loads(written)
    )


def codes_of(parts: tuple[BasisPart, ...]) -> str:
    """Return the parts as one word each: `no_maximum=47 rejected_rows=few`.

    `few` is a number that is not told. Rows under the id of an ended unit have the id
    with them: `predecessor_rows:SE2321000081-DEMO001=12`. Empty for nothing.
    """
    return " ".join(
        f"{part.kind}{f':{part.unit}' if part.unit else ''}="
        f"{'few' if part.number is None else part.number}"
        for part in parts
    )
