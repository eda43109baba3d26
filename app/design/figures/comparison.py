"""Units beside each other, as dots with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.design.figures.axis import Axis
from app.design.figures.ends import COLOUR
from app.design.figures.frame import (
    LINE_HEIGHT,
    MUTED,
    PAPER,
    SIDE,
    VALUE,
    Figure,
    label,
    layout,
    points,
)
from app.design.figures.rows import height, names_above, row_axis, shapes
from app.web.timing import drawing


@dataclass(frozen=True, slots=True)
class ComparedUnit:
    """A unit's value with its interval.

    Attributes:
        name: The unit.
        words: What the pointer and the screen reader are told.
        value: The outcome.
        lower: Of the 95 % interval; None without one.
        upper: Of the 95 % interval; None without one.
        is_chosen: Whether it is the unit looked at.
        href: Where the dot leads.
        is_hollow: Whether the value is no outcome to compare with the others.
    """

    name: str
    words: str
    value: float
    lower: float | None
    upper: float | None
    is_chosen: bool
    href: str = ""
    is_hollow: bool = False

    @property
    def symbol(self) -> str:
        """The mark it is drawn with."""
        shape = "diamond" if self.is_chosen else "circle"
        return f"{shape}-open" if self.is_hollow else shape


@dataclass(frozen=True, slots=True)
class Aim:
    """The target that all the units have."""

    level: float
    words: str
    part: Literal["local", "national"]


@drawing
def comparison_figure(
    units: Sequence[ComparedUnit],
    axis: Axis,
    tick_words: Sequence[str],
    aim: Aim | None = None,
) -> Figure:
    """Return units as dots with intervals, in the order given, the first on top."""
    names = [unit.name for unit in units]
    # A dot at the axis does not touch its name.
    down = row_axis(names) | {"ticklabelstandoff": 8}
    rows = down["tickvals"]
    ticks = {"tickvals": list(axis.ticks), "ticktext": list(tick_words)}
    top = LINE_HEIGHT + 12
    frame = layout(
        height(len(units)),
        down,
        ticks | {"range": axis.range},
        is_upright=False,
    )
    frame["margin"] |= {"t": top, "b": 36, "r": 2 * SIDE}
    # On a ground of its own, which no line of the chart crosses.
    above = names_above(names, rows, 5, bgcolor=PAPER)
    frame["annotations"] = above
    if aim:
        frame["shapes"] = [_aim_line(aim)]
        frame["annotations"] = [*above, _aim_words(aim, axis)]
    frame["meta"] = {"order": "down"} | {
        width: shapes(len(units), width == "narrow") for width in ("wide", "narrow")
    }
    return {"data": [_dots(units, rows)], "layout": frame}


def _dots(units: Sequence[ComparedUnit], rows: Sequence[int]) -> dict[str, Any]:
    return points([unit.value for unit in units], rows, units) | {
        "mode": "markers",
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [_beyond(unit.value, unit.upper) for unit in units],
            "arrayminus": [_beyond(unit.lower, unit.value) for unit in units],
            "color": MUTED,
            "thickness": 1.5,
            "width": 3,
        },
        "marker": {
            "color": VALUE,
            "symbol": [unit.symbol for unit in units],
            "size": [14 if unit.is_chosen else 9 for unit in units],
            "line": {
                "color": VALUE,
                "width": [2 if unit.is_hollow else 0 for unit in units],
            },
            "opacity": 1,
        },
    }


def _aim_line(aim: Aim) -> dict[str, Any]:
    line = {"color": COLOUR[aim.part], "width": 2, "dash": "dash"}
    ends = {"x0": aim.level, "x1": aim.level, "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "line", "line": line, "layer": "below"} | ends


def _aim_words(aim: Aim, axis: Axis) -> dict[str, Any]:
    place = (aim.level - axis.low) / (axis.high - axis.low)
    anchor = "left" if place < 0.3 else "right" if place > 0.7 else "center"
    return label(aim.words, aim.level, 1, COLOUR[aim.part]) | {
        "xanchor": anchor,
        "yref": "paper",
        "yanchor": "bottom",
    }


def _beyond(low: float | None, high: float | None) -> float:
    return 0.0 if low is None or high is None else high - low
