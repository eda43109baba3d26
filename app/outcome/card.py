"""One indicator of a unit, as it stands on a card."""

from dataclasses import dataclass

from app.outcome.signs import Signs
from app.outcome.words import OutcomeWords, Trend


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator of the unit.

    Attributes:
        is_older: Whether the outcome is of another period than the quarter looked at.
    """

    name: str
    href: str
    words: OutcomeWords
    trend: Trend
    signs: Signs | None
    place: str
    latest: str
    is_older: bool = False
