"""Yearly public values beside a trend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.design.figures.ends import COLOUR


@dataclass(frozen=True, slots=True)
class YearLine:
    """Yearly public values of one region.

    Attributes:
        part: Whose they are.
        points: (year, value, words).
        breaks: First months of values that are not comparable with those before.
    """

    part: Literal["nation", "own"]
    points: Sequence[tuple[int, float, str]]
    breaks: Sequence[int] = ()


def middle_of(year: int) -> int:
    """Return where a year's value stands on the axis of months."""
    return year * 12 + 6


def year_line(line: YearLine) -> dict[str, Any]:
    """Return the yearly values as a line, each in the middle of its year."""
    color = COLOUR[line.part]
    x: list[int | None] = []
    y: list[float | None] = []
    texts: list[str] = []
    for year, value, words in line.points:
        month = middle_of(year)
        if x and any(month - 12 < break_ <= month for break_ in line.breaks):
            x.append(None)
            y.append(None)
            texts.append("")
        x.append(month)
        y.append(value)
        texts.append(words)
    symbol = "diamond" if line.part == "nation" else "square"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.part,
        "x": x,
        "y": y,
        "text": texts,
        "customdata": ["" for _ in x],
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": color, "width": 1.5},
        "marker": {"color": color, "size": 8, "symbol": symbol},
    }
