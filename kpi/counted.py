"""Cases of one part of the whole: a unit, a pathway, a sex, an age group."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from kpi.model import Kind


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for one part.

    Attributes:
        name: The part's id, kept as it is.
        numerator: Cases that meet the criterion, or events; 0 or more.
        denominator: All cases, or what a rate is given per; 0 or more. 0 is a part
            without cases, which no method here lets weigh on the others. A part whose
            counts are not shown is not a part without cases: leave it out by design,
            or put what is left of the whole in one part.
    """

    name: str
    numerator: float
    denominator: float


def exactly(number: float) -> Fraction:
    """Return a number as it is written: 0.1 is a tenth, not the nearest binary."""
    return Fraction(str(number))


def check_counts(parts: Iterable[Counted], kind: Kind) -> None:
    """Refuse counts that form no proportion or rate.

    Raises:
        ValueError: with the first part that is wrong, or a kind that is neither.
    """
    if kind not in (Kind.PROPORTION, Kind.RATE):
        raise ValueError(f"expected a proportion or a rate, got {kind.value!r}")
    for counted in parts:
        most = counted.denominator if kind is Kind.PROPORTION else inf
        is_without = counted.denominator == 0 and counted.numerator != 0
        in_order = 0 <= counted.numerator <= most and 0 <= counted.denominator < inf
        if is_without or not in_order or counted.numerator == inf:
            raise ValueError(
                f"{counted.name}: not a {kind.value}: {counted.numerator} "
                f"of {counted.denominator}"
            )
