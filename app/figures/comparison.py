"""Units beside each other, as dots with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.figures.frame import LOCAL, MUTED, VALUE, Figure, layout


@dataclass(frozen=True, slots=True)
class ComparedUnit:
    """A unit's value with its interval.

    Attributes:
        name: The unit.
        words: What the pointer is told.
        value: The outcome.
        lower: Of the 95 % interval; None without one.
        upper: Of the 95 % interval; None without one.
        is_chosen: Whether it is the unit looked at.
    """

    name: str
    words: str
    value: float
    lower: float | None
    upper: float | None
    is_chosen: bool


def comparison_figure(
    units: Sequence[ComparedUnit],
    target: float | None,
    target_words: str,
    suffix: str,
) -> Figure:
    """Return units as dots with intervals, in the order given, the first on top."""
    shown = list(reversed(units))
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [one.value for one in shown],
        "y": [one.name for one in shown],
        "text": [one.words for one in shown],
        "hovertemplate": "%{text}<extra></extra>",
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [_beyond(one.value, one.upper) for one in shown],
            "arrayminus": [_beyond(one.lower, one.value) for one in shown],
            "color": MUTED,
            "thickness": 1.5,
            "width": 3,
        },
        "marker": {
            "color": [LOCAL if one.is_chosen else VALUE for one in shown],
            "symbol": ["diamond" if one.is_chosen else "circle" for one in shown],
            "size": [12 if one.is_chosen else 9 for one in shown],
            "opacity": 1,
        },
        "showlegend": False,
    }
    frame = layout(suffix, height=90 + 26 * len(shown), is_upright=False)
    frame["yaxis"] |= {"type": "category"}
    if target is not None:
        line = {"color": LOCAL, "width": 2, "dash": "dash"}
        frame["shapes"] = [
            {"type": "line", "x0": target, "x1": target, "yref": "paper"}
            | {"y0": 0, "y1": 1, "line": line}
        ]
        frame["annotations"] = [
            {"x": target, "yref": "paper", "y": 1.0, "yanchor": "bottom"}
            | {"text": target_words, "showarrow": False, "font": {"color": LOCAL}}
        ]
    return {"data": [dots], "layout": frame}


def _beyond(low: float | None, high: float | None) -> float:
    return 0.0 if low is None or high is None else high - low
