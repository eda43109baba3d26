"""A trend line small enough for a table cell, as the lines of an SVG drawing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

WIDTH, HEIGHT, MARGIN = 132, 32, 4


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of a trend: its place in time, its value and target, if any."""

    month: int
    value: float | None
    target: float | None


def sparkline(points: Sequence[TrendPoint]) -> str:
    """Return a trend as lines and dots; a period without a value is a gap.

    Their classes say what they are, for the style sheet: `l` and `d` are the values,
    `t` is the target.
    """
    x = _scale([point.month for point in points], MARGIN, WIDTH - MARGIN)
    levels = [
        level
        for point in points
        for level in (point.value, point.target)
        if level is not None
    ]
    y = _scale(levels, HEIGHT - MARGIN, MARGIN)
    drawn = [
        (x(point.month), y(point.value)) if point.value is not None else None
        for point in points
    ]
    aimed = [
        (x(point.month), _crisp(y(point.target))) if point.target is not None else None
        for point in points
    ]
    # The target of a single period is a dash that hangs in the air.
    parts = [_line("t", _steps(run)) for run in _runs(aimed) if len(run) > 1]
    parts += [_line("l", run) for run in _runs(drawn)]
    # A value with no neighbour makes no line; without a dot it would not be seen.
    parts += [_dot(run[0], 1.6) for run in _runs(drawn) if len(run) == 1]
    if drawn and drawn[-1]:
        parts.append(_dot(drawn[-1], 2.4))
    return "".join(parts)


def _scale(
    values: Sequence[float], start: float, end: float
) -> Callable[[float], float]:
    low, high = (min(values), max(values)) if values else (0, 0)

    def place(value: float) -> float:
        if high == low:
            return (start + end) / 2
        return start + (value - low) / (high - low) * (end - start)

    return place


def _crisp(place: float) -> float:
    """Return the middle of a pixel, where a thin level line is not blurred."""
    return floor(place) + 0.5


def _runs(
    places: Sequence[tuple[float, float] | None],
) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _steps(run: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a target's line: level in each period, with a step between them."""
    line = [run[0]]
    for (x, y), (next_x, next_y) in pairwise(run):
        middle = (x + next_x) / 2
        line += [(middle, y), (middle, next_y)] if y != next_y else []
        line.append((next_x, next_y))
    return line


def _line(name: str, run: Sequence[tuple[float, float]]) -> str:
    at = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
    return f'<polyline class="{name}" points="{at}"/>'


def _dot(place: tuple[float, float], radius: float) -> str:
    x, y = place
    return f'<circle class="d" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'
