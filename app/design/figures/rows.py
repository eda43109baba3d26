"""Rows of a chart, the first on top: named beside it, above it where that is narrow.

Beside its mark a long name leaves no room for the chart on a telephone.
"""

from collections.abc import Sequence
from typing import Any

from app.design.figures.frame import SIDE, label

_ROW, _TALL_ROW = 26, 42
"""Of a row, in pixels: with its name beside it, and above it."""
_LONGEST = 36
"""Letters of a name above a row; more would not fit a telephone."""


def height(number: int, is_narrow: bool = False) -> int:
    """Return how high a chart of so many rows is, in pixels."""
    return 65 + (_TALL_ROW if is_narrow else _ROW) * number


def row_axis(names: Sequence[str]) -> dict[str, Any]:
    """Return the axis of rows: numbered, since two of them may have the same name."""
    number = len(names)
    axis = {"tickvals": list(range(number, 0, -1)), "ticktext": list(names)}
    return axis | {"range": [0.4, number + 0.6], "automargin": True}


def names_above(
    names: Sequence[str], rows: Sequence[int], shift: int, **more: Any
) -> list[dict[str, Any]]:
    """Return the names as they stand where it is narrow, so many pixels above."""
    place = {"xref": "paper", "yanchor": "bottom", "yshift": shift}
    return [
        label(_cut(name), 0, row, visible=False, **more) | place
        for name, row in zip(names, rows, strict=True)
    ]


def shapes(number: int, is_narrow: bool) -> dict[str, Any]:
    """Return what the charts' script changes between a wide screen and a narrow one.

    The names above are the first annotations of the chart.
    """
    return {
        "height": height(number, is_narrow),
        "margin.l": SIDE if is_narrow else 48,
        "yaxis.showticklabels": not is_narrow,
    } | {f"annotations[{at}].visible": is_narrow for at in range(number)}


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
