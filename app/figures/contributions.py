"""What parts add, as bars from the largest to the smallest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.figures.axis import Axis
from app.figures.frame import INK, MUTED, PAPER, SIDE, VALUE, Figure, label, layout
from app.timing import drawing

_ROW, _TALL_ROW = 26, 42
"""Of a part, in pixels: with its name beside the bar, and above it."""
_LONGEST = 36
"""Letters of a name above a bar; more would not fit a telephone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What one part adds.

    Attributes:
        name: The part.
        number: What it adds, as it is written.
        words: What the pointer and the screen reader are told.
        cases: How long the bar is; to the left below 0.
        is_with: Whether it goes the same way as the whole.
        href: Where it leads; empty for nowhere.
    """

    name: str
    number: str
    words: str
    cases: float
    is_with: bool
    href: str


@drawing
def contributions_figure(
    bars: Sequence[Bar], axis: Axis, tick_words: Sequence[str]
) -> Figure:
    """Return the bars in the order given, the first on top."""
    rows = list(range(len(bars), 0, -1))
    beside = [f"{one.name}  {one.number}" for one in bars]
    names = {"tickvals": rows, "ticktext": beside}
    names |= {"range": [0.4, len(bars) + 0.6], "automargin": True}
    # Air between the numbers and the bars.
    names |= {"ticks": "outside", "ticklen": 6, "tickcolor": PAPER}
    ticks = {"tickvals": list(axis.ticks), "ticktext": list(tick_words)}
    frame = layout(
        _height(len(bars), _ROW),
        names,
        ticks | {"range": axis.range},
        is_upright=False,
    )
    frame["margin"] |= {"t": 22, "b": 36, "r": 2 * SIDE}
    frame["bargap"] = 0.35
    frame["annotations"] = [
        label(f"{one.number}  {_cut(one.name)}", 0, row, visible=False)
        | {"xref": "paper", "yanchor": "bottom", "yshift": 9}
        for one, row in zip(bars, rows, strict=True)
    ]
    # Where nothing is added; bars on either side of it work against each other.
    zero = {"x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1}
    frame["shapes"] = [{"type": "line", "line": {"color": INK, "width": 1}} | zero]
    frame["meta"] = {"order": "down"} | {
        width: _shape(width == "narrow", len(bars)) for width in ("wide", "narrow")
    }
    return {"data": [_bars(bars, rows)], "layout": frame}


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _height(number: int, row: int) -> int:
    return 65 + row * number


def _shape(is_narrow: bool, number: int) -> dict[str, Any]:
    return {
        "height": _height(number, _TALL_ROW if is_narrow else _ROW),
        "margin.l": SIDE if is_narrow else 48,
        "bargap": 0.65 if is_narrow else 0.35,
        "yaxis.showticklabels": not is_narrow,
        # It would run through the names.
        "shapes[0].visible": not is_narrow,
    } | {f"annotations[{at}].visible": is_narrow for at in range(number)}


def _bars(bars: Sequence[Bar], rows: Sequence[int]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": "value",
        "x": [one.cases for one in bars],
        "y": list(rows),
        "text": [one.words for one in bars],
        "textposition": "none",
        "customdata": [one.href for one in bars],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": [VALUE if one.is_with else MUTED for one in bars]},
    }
