"""Words at the ends of lines, in the place of a legend.

They stand in the right margin. On a narrow screen there is no room for a margin: the
script of the charts then hides them and shows the same words below the chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.design.figures.frame import (
    LINE_HEIGHT,
    LOCAL,
    MUTED,
    NATION,
    NATIONAL,
    OWN,
    SIDE,
    VALUE,
    label,
)

Part = Literal["value", "interval", "centre", "local", "national", "nation", "own"]
"""What a line or band is; also the class of its words below the chart."""

COLOUR: dict[Part, str] = {
    "value": VALUE,
    "interval": VALUE,
    "centre": MUTED,
    "local": LOCAL,
    "national": NATIONAL,
    "nation": NATION,
    "own": OWN,
}
SIGN: dict[Part, str] = {
    "value": "●",
    "interval": "▬",
    "centre": "─",
    "local": "╌",
    "national": "┄",
    "nation": "◆",
    "own": "■",
}
SIGN_WIDTH = 7.3
"""Of a letter, in pixels, on average; a little more than most fonts need."""
_SHIFT = 8
"""From the plot to the words, in pixels."""
_WIDE = 20
"""What the widest signs, such as % and ●, need beyond the average, and air."""


@dataclass(frozen=True, slots=True)
class End:
    """The words at the end of a line.

    Attributes:
        part: Which line.
        level: Where it ends, on the axis of values.
        words: What it is called, and its last number.
    """

    part: Part
    level: float
    words: str

    @property
    def label(self) -> str:
        """The words after the sign of the line."""
        return f"{SIGN[self.part]} {self.words}"


def end_labels(
    ends: Sequence[End], low: float, high: float, height: float
) -> list[dict[str, Any]]:
    """Return the labels, moved apart where they would cover each other.

    Args:
        ends: In any order.
        low: The value at the bottom of the plot.
        high: The value at its top.
        height: Of the plot, in pixels.
    """
    per_pixel = (high - low) / height
    ordered = sorted(ends, key=lambda end: (end.level - low) / per_pixel)
    wanted = [(end.level - low) / per_pixel for end in ordered]
    return [
        label(end.label, 1, low + place * per_pixel, COLOUR[end.part])
        | {"xref": "paper", "xshift": _SHIFT, "yanchor": "middle"}
        for end, place in zip(ordered, spread(wanted, height), strict=True)
    ]


def spread(
    places: Sequence[float], most: float, least: float = LINE_HEIGHT
) -> list[float]:
    """Return ascending places moved as little as need be to stand `least` apart.

    Args:
        places: In ascending order.
        most: The highest place there is; the lowest is 0.
        least: How far apart.
    """
    groups: list[list[float]] = []
    for place in places:
        groups.append([place])
        while len(groups) > 1 and _top(groups[-2], least) + least > _bottom(
            groups[-1], least
        ):
            groups[-2:] = [groups[-2] + groups[-1]]
    heights = [
        _bottom(group, least) + number * least
        for group in groups
        for number in range(len(group))
    ]
    # What does not fit at the top pushes the rest down.
    for at in range(len(heights) - 1, -1, -1):
        above = most + least if at == len(heights) - 1 else heights[at + 1]
        heights[at] = min(heights[at], above - least)
    return heights


def _bottom(group: Sequence[float], least: float) -> float:
    middle = sum(group) / len(group)
    return max(middle - (len(group) - 1) * least / 2, 0.0)


def _top(group: Sequence[float], least: float) -> float:
    return _bottom(group, least) + (len(group) - 1) * least


def margin(ends: Sequence[End]) -> int:
    """Return how wide the right margin has to be, in pixels."""
    longest = max((len(end.label) for end in ends), default=0)
    return round(longest * SIGN_WIDTH) + _SHIFT + _WIDE if longest else SIDE
