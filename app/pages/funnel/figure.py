"""Units by size and value, in a funnel of what chance alone would give."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.design.figures.axis import Axis
from app.design.figures.ends import SIGN_WIDTH, End, end_labels, margin
from app.design.figures.frame import (
    INK,
    MUTED,
    SIDE,
    VALUE,
    Figure,
    label,
    layout,
    points,
)
from app.design.figures.patches import Patch, patches
from app.web.timing import drawing

HEIGHT = 420
MOST_MARKS = 300
"""Units; of more, those within the limits are specks of a single path."""
_SPECK = 5
"""How wide and high, in pixels, in a chart as wide as this, about."""
_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class LineEnd(End):
    """The words at the end of a line, with the sign of that very line."""

    @property
    def label(self) -> str:
        """The words as they are."""
        return self.words


@dataclass(frozen=True, slots=True)
class FunnelDot:
    """A unit.

    Attributes:
        size: Its denominator.
        value: Its outcome.
        words: What the pointer and the screen reader are told.
        is_outside: Whether it lies outside the 95 % limits.
        href: Where it leads.
    """

    size: float
    value: float
    words: str
    is_outside: bool
    href: str


@dataclass(frozen=True, slots=True)
class FunnelLines:
    """Limits by size, in the unit of the values; all of the same length."""

    sizes: Sequence[float]
    lower_998: Sequence[float]
    lower_95: Sequence[float]
    upper_95: Sequence[float]
    upper_998: Sequence[float]
    centre: float


@drawing
def funnel_figure(
    dots: Sequence[FunnelDot],
    lines: FunnelLines,
    axis: Axis,
    tick_words: Sequence[str],
    ends: Sequence[End],
    sizes_axis: tuple[Axis, Sequence[str], str],
) -> Figure:
    """Return a funnel.

    Args:
        dots: The units, those with the fewest cases first.
        lines: The limits.
        axis: Of values.
        tick_words: One for each of its ticks.
        ends: The words at the ends of the lines.
        sizes_axis: The axis of sizes, the words of its ticks, and its title.
    """
    data = [
        _line(lines, "lower_998", "solid"),
        _line(lines, "upper_998", "solid"),
        _line(lines, "lower_95", "dash"),
        _line(lines, "upper_95", "dash"),
        _centre(lines),
        *_units(dots, sizes_axis[0], axis),
    ]
    sizes, size_words, title = sizes_axis
    # No word at the corner, where the other axis begins with its own.
    sized = [tick for tick in zip(sizes.ticks, size_words, strict=True) if tick[0]]
    across = {
        "tickvals": [tick for tick, _ in sized],
        "ticktext": [words for _, words in sized],
    }
    numbers = {"tickvals": list(axis.ticks), "ticktext": list(tick_words)}
    # A margin that follows the words would have all of it drawn twice.
    left = round(max(map(len, tick_words)) * SIGN_WIDTH) + 12
    numbers |= {"automargin": False}
    frame = layout(
        HEIGHT, across | {"range": sizes.range}, numbers | {"range": axis.range}
    )
    frame["margin"] |= {"l": max(48, left), "t": 16, "b": 60, "r": margin(ends)}
    plot = HEIGHT - frame["margin"]["t"] - frame["margin"]["b"]
    low, high = axis.range
    at_ends = end_labels(ends, low, high, plot)
    below = {"xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "top"}
    frame["annotations"] = [*at_ends, label(title, 0.5, 0, INK) | below]
    frame["annotations"][-1]["yshift"] = -28
    frame["meta"] = {
        width: {"margin.r": right}
        | {f"annotations[{at}].visible": width == "wide" for at in range(len(at_ends))}
        for width, right in (("wide", margin(ends)), ("narrow", SIDE))
    }
    return {"data": data, "layout": frame}


def _line(lines: FunnelLines, name: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": list(lines.sizes),
        "y": list(getattr(lines, name)),
        "hoverinfo": "skip",
        "line": {"color": MUTED, "width": 1.5, "dash": dash},
    }


def _centre(lines: FunnelLines) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "centre",
        "x": [lines.sizes[0], lines.sizes[-1]],
        "y": [lines.centre, lines.centre],
        "hoverinfo": "skip",
        "line": {"color": INK, "width": 1.5},
    }


def _units(dots: Sequence[FunnelDot], sizes: Axis, axis: Axis) -> list[dict[str, Any]]:
    if len(dots) <= MOST_MARKS:
        return [_dots(dots)]
    inside = [dot for dot in dots if not dot.is_outside]
    outside = [dot for dot in dots if dot.is_outside]
    wide = (sizes.high - sizes.low) * _SPECK / _WIDTH / 2
    high = (axis.high - axis.low) * _SPECK / HEIGHT / 2
    specks = [
        Patch(dot.size - wide, dot.size + wide, dot.value - high, dot.value + high)
        for dot in inside
    ]
    # What the pointer and the keyboard reach is there, but not seen.
    unseen = {"mode": "lines", "name": "inside", "line": {"width": 0, "color": VALUE}}
    traces = [patches("specks", specks, VALUE), _points(inside) | unseen]
    return [*traces, _dots(outside)] if outside else traces


def _points(dots: Sequence[FunnelDot]) -> dict[str, Any]:
    return points([dot.size for dot in dots], [dot.value for dot in dots], dots)


def _dots(dots: Sequence[FunnelDot]) -> dict[str, Any]:
    marker = {
        "color": VALUE,
        "symbol": ["diamond" if dot.is_outside else "circle" for dot in dots],
        "size": [13 if dot.is_outside else 9 for dot in dots],
        "opacity": 1,
    }
    return _points(dots) | {"mode": "markers", "marker": marker}
