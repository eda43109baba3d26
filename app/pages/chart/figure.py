"""A series with its centre, its limits, its target and its signals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.design.figures.axis import Axis
from app.design.figures.breaks import Span, break_labels, break_line
from app.design.figures.ends import End, end_labels, margin
from app.design.figures.frame import (
    BAND,
    LINE_HEIGHT,
    LOCAL,
    MUTED,
    SIDE,
    VALUE,
    Figure,
    apart,
    layout,
    points,
    time_ticks,
)
from app.web.timing import drawing

HEIGHT = 380
_MOST_TICKS = 6
"""More would run into each other on a telephone."""
_SYMBOL = {
    "": "circle",
    "worse": "triangle-down",
    "better": "triangle-up",
    "changed": "diamond",
}

Mark = Literal["", "worse", "better", "changed"]


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One period of a control chart; None where there is nothing to draw.

    Attributes:
        middle: Where it stands, in months.
        label: The period in words.
        words: What the pointer and the screen reader are told.
        value: The outcome.
        centre: The centre line there.
        lower: The lower limit, or the lower end of an interval without limits.
        upper: The upper one.
        target: In force there.
        mark: What a signal says; empty without one.
        segment: Which part between breaks it belongs to.
        href: Where it leads.
    """

    middle: float
    label: str
    words: str
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    target: float | None
    mark: Mark
    segment: int
    href: str

    @property
    def levels(self) -> list[float]:
        """Every value that is drawn."""
        drawn = (self.value, self.centre, self.lower, self.upper, self.target)
        return [level for level in drawn if level is not None]


@drawing
def control_chart_figure(
    series: Sequence[ChartPoint],
    axis: Axis,
    tick_words: Sequence[str],
    ends: Sequence[End],
    breaks: Sequence[tuple[int, str]],
) -> Figure:
    """Return a control chart.

    Args:
        series: Oldest first, at least one.
        axis: Of values.
        tick_words: One for each of its ticks.
        ends: The words at the ends of the lines.
        breaks: (first month after it, words).
    """
    first, last = series[0].middle, series[-1].middle
    span = Span(first - 1.5, last + 1.5)
    segments = [
        [point for point in series if point.segment == number]
        for number in sorted({point.segment for point in series})
    ]
    data = [
        *(_band(part) for part in segments),
        *(_line(part, "centre", MUTED, "solid") for part in segments),
        _line(series, "target", LOCAL, "dash"),
        _values(segments),
    ]
    numbers = {"range": axis.range, "tickvals": list(axis.ticks)}
    ticks = time_ticks(series, _step(len(series))) | {"range": [span.since, span.until]}
    frame = layout(HEIGHT, ticks, numbers | {"ticktext": list(tick_words)})
    broken, rows = break_labels(breaks, span)
    frame["margin"]["t"] = 12 + rows * LINE_HEIGHT
    plot = HEIGHT - frame["margin"]["t"] - frame["margin"]["b"]
    low, high = axis.range
    at_ends = end_labels(ends, low, high, plot)
    frame["shapes"] = [break_line(month) for month, _ in breaks]
    frame["annotations"] = [*at_ends, *broken]
    frame["margin"]["r"] = margin(ends)
    frame["meta"] = {
        width: {"margin.r": right}
        | {f"annotations[{at}].visible": width == "wide" for at in range(len(at_ends))}
        for width, right in (("wide", margin(ends)), ("narrow", SIDE))
    }
    return {"data": [trace for trace in data if trace["x"]], "layout": frame}


def _band(part: Sequence[ChartPoint]) -> dict[str, Any]:
    inside = [
        point for point in part if point.lower is not None and point.upper is not None
    ]
    x = [point.middle for point in inside]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "limits",
        "x": x + x[::-1],
        "y": [point.lower for point in inside]
        + [point.upper for point in inside][::-1],
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"width": 0, "color": BAND},
        "hoverinfo": "skip",
    }


def _line(
    series: Sequence[ChartPoint],
    part: Literal["centre", "target"],
    color: str,
    dash: str,
) -> dict[str, Any]:
    has_any = any(getattr(point, part) is not None for point in series)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": part,
        "x": [point.middle for point in series] if has_any else [],
        "y": [getattr(point, part) for point in series] if has_any else [],
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"color": color, "width": 2, "dash": dash, "shape": "hvh"},
    }


def _values(segments: Sequence[Sequence[ChartPoint]]) -> dict[str, Any]:
    # The line is broken where values are not comparable.
    shown = apart(segments)
    x = [point.middle if point else None for point in shown]
    y = [point.value if point else None for point in shown]
    return points(x, y, shown) | {
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": VALUE, "width": 1.5},
        "marker": {
            "color": VALUE,
            "symbol": [_SYMBOL[point.mark if point else ""] for point in shown],
            "size": [12 if point and point.mark else 7 for point in shown],
            "opacity": 1,
        },
    }


def _step(number: int) -> int:
    fewest = -(-number // _MOST_TICKS)
    # Whole years of months, or of quarters, rather than every tenth.
    return next((step for step in (1, 2, 3, 4, 6, 12, 24) if step >= fewest), fewest)
