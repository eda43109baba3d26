"""Thousands of small rectangles as one path: each as its own takes seconds to draw."""

from collections.abc import Iterable
from typing import Any, NamedTuple


class Patch(NamedTuple):
    """A rectangle, in the units of the axes."""

    left: float
    right: float
    low: float
    high: float


def patches(name: str, boxes: Iterable[Patch], color: str) -> dict[str, Any]:
    """Return rectangles of one colour as a trace that the pointer passes through."""
    x: list[float | None] = []
    y: list[float | None] = []
    for patch in boxes:
        x += [patch.left, patch.right, patch.right, patch.left, None]
        y += [patch.low, patch.low, patch.high, patch.high, None]
    return {
        "type": "scatter",
        "mode": "none",
        "name": name,
        "x": x,
        "y": y,
        "fill": "toself",
        "fillcolor": color,
        "hoverinfo": "skip",
    }
