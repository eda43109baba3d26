"""Units in the order of their values, each with its interval."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.design.figures.axis import Axis
from app.design.figures.comparison import Aim
from app.design.figures.ends import COLOUR, Part
from app.design.figures.frame import (
    INK,
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
from app.design.figures.patches import Patch, patches
from app.design.figures.rows import height, names_above, shapes
from app.web.timing import drawing

MOST_NAMED = 40
"""Units; more have no room for their names, which then stand in the table only."""
_MOST_TICKS = 10


@dataclass(frozen=True, slots=True)
class CaterpillarUnit:
    """A unit.

    Attributes:
        name: Beside it, where there is room.
        words: What the pointer and the screen reader are told.
        value: Its outcome.
        lower: Of its 95 % interval; None without one.
        upper: Of its 95 % interval; None without one.
        is_apart: Whether the interval does not hold the whole.
        href: Where it leads.
    """

    name: str
    words: str
    value: float
    lower: float | None
    upper: float | None
    is_apart: bool
    href: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The value of all units together, and what stands at its line."""

    level: float
    words: str


@drawing
def caterpillar_figure(
    units: Sequence[CaterpillarUnit],
    axis: Axis,
    tick_words: Sequence[str],
    whole: Whole,
    aim: Aim | None = None,
) -> Figure:
    """Return a caterpillar.

    Args:
        units: In their order, the first on top; at least one.
        axis: Of values.
        tick_words: One for each of its ticks.
        whole: Drawn as a line.
        aim: The target, if all units have the same one.
    """
    number = len(units)
    is_named = number <= MOST_NAMED
    rows = list(range(1, number + 1))
    places = rows if is_named else _places(number)
    names = [unit.name for unit in units]
    beside = names if is_named else [str(place) for place in places]
    air = 0.6 if is_named else 0.02 * number
    # A margin that follows the words would have thousands drawn twice.
    down = {"range": [number + air, 1 - air], "automargin": is_named}
    down |= {"tickvals": places, "ticktext": beside}
    across = {"tickvals": list(axis.ticks), "ticktext": list(tick_words)}
    frame = layout(
        height(min(number, MOST_NAMED)),
        down,
        across | {"range": axis.range},
        is_upright=False,
    )
    lines: list[tuple[float, str, Part, str]] = [
        (whole.level, whole.words, "nation", "solid")
    ]
    if aim:
        lines.append((aim.level, aim.words, aim.part, "dash"))
    frame["margin"] |= {"t": len(lines) * LINE_HEIGHT + 8, "b": 36, "r": 2 * SIDE}
    frame["shapes"] = [_line(level, part, dash) for level, _, part, dash in lines]
    # On a ground of their own, which no line of the chart crosses.
    above = names_above(names, rows, 5, bgcolor=PAPER) if is_named else []
    frame["annotations"] = above + [
        _words(level, words, part, axis) | {"yshift": row * LINE_HEIGHT}
        for row, (level, words, part, _) in enumerate(lines)
    ]
    frame["meta"] = {"order": "down"}
    if is_named:
        frame["meta"] |= {
            width: shapes(number, width == "narrow") for width in ("wide", "narrow")
        }
    data = (
        [_intervals(units), _dots(units)]
        if is_named
        else [
            patches("interval", _boxes(units, is_apart=False), MUTED),
            patches("apart", _boxes(units, is_apart=True), VALUE),
            _curve(units),
        ]
    )
    return {"data": data, "layout": frame}


def _places(number: int) -> list[int]:
    """Return the places written out: the first, the last, and some even ones."""
    step = next(
        factor * 10**power
        for power in range(9)
        for factor in (1, 2, 5)
        if number <= _MOST_TICKS * factor * 10**power
    )
    between = range(step, number - step // 2, step)
    return sorted({1, *between, number})


def _intervals(units: Sequence[CaterpillarUnit]) -> dict[str, Any]:
    across: list[float | None] = []
    down: list[int | None] = []
    for row, unit in enumerate(units, 1):
        if unit.lower is not None and unit.upper is not None:
            across += [unit.lower, unit.upper, None]
            down += [row, row, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "interval",
        "x": across,
        "y": down,
        "hoverinfo": "skip",
        "line": {"color": MUTED, "width": 1.5},
    }


def _boxes(units: Sequence[CaterpillarUnit], is_apart: bool) -> Iterator[Patch]:
    for row, unit in enumerate(units, 1):
        if unit.lower is None or unit.upper is None:
            continue
        if unit.is_apart is is_apart:
            yield Patch(unit.lower, unit.upper, row - 0.5, row + 0.5)


def _points(units: Sequence[CaterpillarUnit]) -> dict[str, Any]:
    return points([unit.value for unit in units], range(1, len(units) + 1), units)


def _dots(units: Sequence[CaterpillarUnit]) -> dict[str, Any]:
    marker = {
        "color": VALUE,
        "symbol": ["diamond" if unit.is_apart else "circle" for unit in units],
        "size": [12 if unit.is_apart else 9 for unit in units],
        "opacity": 1,
    }
    return _points(units) | {"mode": "markers", "marker": marker}


def _curve(units: Sequence[CaterpillarUnit]) -> dict[str, Any]:
    # So close to each other, dots in order are a line.
    line = {"color": INK, "width": 2.5}
    return _points(units) | {"mode": "lines", "line": line}


def _line(level: float, part: Part, dash: str) -> dict[str, Any]:
    line = {"color": COLOUR[part], "width": 2, "dash": dash}
    ends = {"x0": level, "x1": level, "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "line", "line": line} | ends


def _words(level: float, words: str, part: Part, axis: Axis) -> dict[str, Any]:
    place = (level - axis.low) / (axis.high - axis.low)
    anchor = "left" if place < 0.3 else "right" if place > 0.7 else "center"
    above = {"xanchor": anchor, "yref": "paper", "yanchor": "bottom"}
    return label(words, level, 1, COLOUR[part]) | above
