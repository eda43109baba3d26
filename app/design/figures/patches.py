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
    for one in boxes:
        x += [one.left, one.right, one.right, one.left, None]
        y += [one.low, one.low, one.high, one.high, None]
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
