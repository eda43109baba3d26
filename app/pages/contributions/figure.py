"""What parts add, as bars from the largest to the smallest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.design.figures.axis import Axis
from app.design.figures.frame import (
    INK,
    MUTED,
    PAPER,
    SIDE,
    VALUE,
    Figure,
    layout,
    points,
)
from app.design.figures.rows import height, names_above, row_axis, shapes
from app.web.timing import drawing


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
    down = row_axis([f"{bar.name}  {bar.number}" for bar in bars])
    rows = down["tickvals"]
    # Air between the numbers and the bars.
    down |= {"ticks": "outside", "ticklen": 6, "tickcolor": PAPER}
    ticks = {"tickvals": list(axis.ticks), "ticktext": list(tick_words)}
    frame = layout(
        height(len(bars)),
        down,
        ticks | {"range": axis.range},
        is_upright=False,
    )
    frame["margin"] |= {"t": 22, "b": 36, "r": 2 * SIDE}
    frame["bargap"] = 0.35
    above = [f"{bar.number}  {bar.name}" for bar in bars]
    frame["annotations"] = names_above(above, rows, 9, bgcolor=PAPER)
    # Where nothing is added; bars on either side of it work against each other.
    zero = {"x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1}
    frame["shapes"] = [{"type": "line", "line": {"color": INK, "width": 1}} | zero]
    frame["meta"] = {"order": "down"} | {
        width: _shape(len(bars), width == "narrow") for width in ("wide", "narrow")
    }
    return {"data": [_bars(bars, rows)], "layout": frame}


def _shape(number: int, is_narrow: bool) -> dict[str, Any]:
    return shapes(number, is_narrow) | {
        "bargap": 0.65 if is_narrow else 0.35,
        # It would run through the names.
        "shapes[0].visible": not is_narrow,
    }


def _bars(bars: Sequence[Bar], rows: Sequence[int]) -> dict[str, Any]:
    return points([bar.cases for bar in bars], rows, bars) | {
        "type": "bar",
        "orientation": "h",
        "textposition": "none",
        "marker": {"color": [VALUE if bar.is_with else MUTED for bar in bars]},
    }
