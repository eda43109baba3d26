"""How many still wait after so many days, with its band and the maxima."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.design.figures.axis import Axis
from app.design.figures.breaks import Span, break_labels, break_line
from app.design.figures.frame import (
    BAND,
    INK,
    LINE_HEIGHT,
    VALUE,
    Figure,
    label,
    layout,
)
from app.web.timing import drawing

HEIGHT = 380


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """What the curve is from a day on, until the next one; 0-100."""

    days: float
    waiting: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class WaitingDot:
    """A day to read off: what the pointer and the screen reader are told."""

    days: float
    waiting: float
    words: str


@drawing
def waiting_figure(
    steps: Sequence[WaitingStep],
    until: float,
    dots: Sequence[WaitingDot],
    maxima: Sequence[tuple[int, str]],
    days_axis: tuple[Axis, str],
    share_axis: tuple[Axis, Sequence[str]],
) -> Figure:
    """Return the curve of those who still wait.

    Args:
        steps: In order, the first one on day 0.
        until: The last day that is drawn.
        dots: Days to read off.
        maxima: (days, words) of each line from top to bottom.
        days_axis: The axis of days, and what it is called.
        share_axis: The axis of shares, and the words of its ticks.
    """
    days, title = days_axis
    shares, share_words = share_axis
    # A point on day 0 must not stand on the numbers of the other axis.
    span = Span(days.low - days.high / 50, days.high)
    across = {"range": [*span], "tickvals": list(days.ticks)}
    up = {"range": shares.range, "tickvals": list(shares.ticks)}
    frame = layout(HEIGHT, across, up | {"ticktext": list(share_words)})
    above, rows = break_labels(maxima, span)
    frame["margin"] |= {"t": 12 + rows * LINE_HEIGHT, "b": 60}
    frame["shapes"] = [break_line(day) for day, _ in maxima]
    below = {"xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "top"}
    frame["annotations"] = [*above, label(title, 0.5, 0, INK) | below | {"yshift": -28}]
    return {
        "data": [_band(steps, until), _line(steps, until), _dots(dots)],
        "layout": frame,
    }


def _band(steps: Sequence[WaitingStep], until: float) -> dict[str, Any]:
    x: list[float] = []
    lower: list[float] = []
    upper: list[float] = []
    ends = [*(step.days for step in steps[1:]), until]
    for step, end in zip(steps, ends, strict=True):
        if step.lower is None or step.upper is None:
            break
        x += [step.days, end]
        lower += [step.lower] * 2
        upper += [step.upper] * 2
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "limits",
        "x": x + x[::-1],
        "y": lower + upper[::-1],
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"width": 0, "color": BAND},
        "hoverinfo": "skip",
    }


def _line(steps: Sequence[WaitingStep], until: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "curve",
        "x": [*(step.days for step in steps), until],
        "y": [*(step.waiting for step in steps), steps[-1].waiting],
        "hoverinfo": "skip",
        "line": {"color": VALUE, "width": 2, "shape": "hv"},
    }


def _dots(dots: Sequence[WaitingDot]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "value",
        "cliponaxis": False,
        "x": [waiting_dot.days for waiting_dot in dots],
        "y": [waiting_dot.waiting for waiting_dot in dots],
        "text": [waiting_dot.words for waiting_dot in dots],
        "customdata": ["" for _ in dots],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": VALUE, "symbol": "circle", "size": 7, "opacity": 1},
    }
