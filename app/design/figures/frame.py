"""What all charts share: colours, axes and fonts.

The colours are those of paper. On the screen the style sheet gives each of them the
shade of the theme, which is why they are named here and nowhere else, and why the same
thing has the same colour in every chart.
"""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

Figure = dict[str, Any]
_T = TypeVar("_T")


class Told(Protocol):
    """What the pointer and the screen reader are told of a point, and its way on."""

    @property
    def words(self) -> str:
        """What is told of it."""

    @property
    def href(self) -> str:
        """Where it leads; empty for nowhere."""


class Dated(Protocol):
    """What stands at a place of the axis of time, and is called something."""

    @property
    def middle(self) -> float:
        """Where it stands."""

    @property
    def label(self) -> str:
        """What it is called."""


# Lines and the words at their ends: each at least 4.5:1 against the paper.
VALUE, BAND = "#1f6cab", "rgba(31,108,171,0.2)"
LOCAL, NATIONAL = "#a2530f", "#6f4fa0"
NATION, OWN = "#3f4853", "#2a7567"
MUTED = "#6b7580"
INK, PAPER, GRID = "#17202a", "#ffffff", "rgba(107,117,128,0.25)"

TEXT_SIZE = 13
LINE_HEIGHT = 17
"""Of a label, in pixels, with air."""
SIDE = 14
"""The least margin, in pixels: at the side of a chart on a narrow screen."""


def layout(
    height: int, words: dict[str, Any], numbers: dict[str, Any], is_upright: bool = True
) -> Figure:
    """Return the layout of a chart; upright ones have their numbers on the left.

    Args:
        height: In pixels.
        words: The axis of periods or names.
        numbers: The axis of values.
        is_upright: Whether the values run upwards.
    """
    numbers = {"gridcolor": GRID, "zeroline": False, "automargin": True} | numbers
    words = {"showgrid": False, "zeroline": False, "tickangle": 0} | words
    across, up = (words, numbers) if is_upright else (numbers, words)
    return {
        "height": height,
        "margin": {"l": 48, "r": SIDE, "t": 30, "b": 44},
        "font": {
            "family": "system-ui, sans-serif",
            "size": TEXT_SIZE,
            "color": INK,
        },
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "hoverlabel": {
            "align": "left",
            "bgcolor": INK,
            "bordercolor": PAPER,
            "font": {"color": PAPER, "size": TEXT_SIZE},
        },
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": False,
        "xaxis": across | {"fixedrange": True},
        "yaxis": up | {"fixedrange": True},
    }


def label(
    words: str, x: float | str, y: float | str, color: str = INK, **more: Any
) -> dict[str, Any]:
    """Return words in a chart at a place of its axes."""
    font = {"color": color, "size": TEXT_SIZE}
    place = {"x": x, "y": y, "text": words, "showarrow": False, "font": font}
    return place | {"xanchor": "left", "align": "left"} | more


def points(
    x: Sequence[float | None], y: Sequence[float | None], tolds: Sequence[Told | None]
) -> dict[str, Any]:
    """Return a trace of points that can be reached; None where a line is broken."""
    return {
        "type": "scatter",
        "name": "value",
        "cliponaxis": False,
        "x": list(x),
        "y": list(y),
        "text": [told_point.words if told_point else "" for told_point in tolds],
        "customdata": [told_point.href if told_point else "" for told_point in tolds],
        "hovertemplate": "%{text}<extra></extra>",
    }


def apart(parts: Sequence[Sequence[_T]]) -> list[_T | None]:
    """Return the parts in a row, with None between them: no line joins them."""
    joined: list[_T | None] = []
    for part in parts:
        joined += [*([None] if joined else []), *part]
    return joined


def time_ticks(periods: Sequence[Dated], step: int) -> dict[str, Any]:
    """Return the ticks of an axis of time: the newest period and every so many back."""
    shown = periods[::-1][::step][::-1]
    return {
        "tickvals": [dated.middle for dated in shown],
        "ticktext": [_two_lines(dated.label) for dated in shown],
    }


def _two_lines(words: str) -> str:
    before, _, year = words.rpartition(" ")
    return f"{before}<br>{year}" if before else year
