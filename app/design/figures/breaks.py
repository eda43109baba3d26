"""Breaks in a series: lines from top to bottom, with their words above the chart."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.design.figures.frame import LINE_HEIGHT, MUTED, label

_ROOM = 2 / 5
"""Of a chart, for the words of one break: what they need on a telephone."""


class Span(NamedTuple):
    """Where the axis of time begins and ends, in months."""

    since: float
    until: float

    def part(self, month: float) -> float:
        """Return where a month stands between the two: 0 to 1."""
        return (month - self.since) / (self.until - self.since)


def break_line(month: int) -> dict[str, Any]:
    """Return the line of a break before a month."""
    line = {"color": MUTED, "width": 1.5, "dash": "dashdot"}
    place = {"x0": month, "x1": month, "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "line", "line": line} | place


def break_labels(
    breaks: Sequence[tuple[int, str]], span: Span
) -> tuple[list[dict[str, Any]], int]:
    """Return the words above breaks, and how many lines of text they take."""
    high = max((words.count("<br>") + 1 for _, words in breaks), default=0)
    annotations: list[dict[str, Any]] = []
    last_in_row: list[float] = []
    for month, words in sorted(breaks):
        place = span.part(month)
        row = next(
            (at for at, last in enumerate(last_in_row) if place - last >= _ROOM),
            len(last_in_row),
        )
        last_in_row[row : row + 1] = [place]
        above: dict[str, Any] = {"yref": "paper", "yanchor": "bottom"}
        above |= {"yshift": row * high * LINE_HEIGHT}
        aside = {"xanchor": _anchor(place), "align": _anchor(place)}
        annotations.append(label(words, month, 1) | above | aside)
    return annotations, high * len(last_in_row)


def _anchor(place: float) -> str:
    # Words in the middle of a place at the edge would be cut.
    return "left" if place < 0.2 else "right" if place > 0.8 else "center"
