"""An indicator over time.

Time runs in months (`kpi.period.month_number`), so that quarters, years and breaks
stand on one axis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any, Literal

from app.design.figures.axis import Axis
from app.design.figures.breaks import Span, break_labels, break_line
from app.design.figures.ends import COLOUR, End, end_labels, margin
from app.design.figures.frame import (
    BAND,
    LINE_HEIGHT,
    SIDE,
    VALUE,
    Figure,
    apart,
    label,
    layout,
    points,
    time_ticks,
)
from app.design.figures.years import YearLine, year_line
from app.web.timing import drawing

HEIGHT = 380
_TOP = 0.15
"""Of the axis: the part at its top where words would reach above the chart."""
_MOST_TICKS = 6  # more would run into each other on a telephone
_DASH: dict[str, str] = {"local": "dash", "national": "dot"}
_SHORT_DASH = "3px,2px"
"""Of a target with steps that may be shorter than a usual dash."""


@dataclass(frozen=True, slots=True)
class TrendMark:
    """One period of a trend chart; None where there is nothing to draw.

    Attributes:
        first: First month.
        last: Last month.
        label: The period in words.
        words: What the pointer and the screen reader are told.
        value: The outcome.
        lower: Of the 95 % interval.
        upper: Of the 95 % interval.
        local: The local target in force.
        national: The national target in force.
        is_measured: Whether the indicator is measured in such a period at all; a line
            is drawn past those where it is not, but is broken at a missing value.
        is_ongoing: Whether the period is not over.
        href: Where the point leads.
    """

    first: int
    last: int
    label: str
    words: str
    value: float | None
    lower: float | None
    upper: float | None
    local: float | None
    national: float | None
    is_measured: bool = True
    is_ongoing: bool = False
    href: str = ""

    @property
    def middle(self) -> float:
        """Where the period stands on the axis."""
        return (self.first + self.last + 1) / 2

    @property
    def levels(self) -> list[float]:
        """Every value that is drawn."""
        drawn = (self.value, self.lower, self.upper, self.local, self.national)
        return [level for level in drawn if level is not None]


@dataclass(frozen=True, slots=True)
class Step:
    """Where a target begins or changes.

    Attributes:
        month: From which month.
        level: The target.
        part: Whose target.
        is_last: Whether it is the one that its line ends with.
        words: Its number.
    """

    month: float
    level: float
    part: Literal["local", "national"]
    is_last: bool
    words: str = ""


@drawing
def trend_figure(
    marks: Sequence[TrendMark],
    axis: Axis,
    tick_words: Sequence[str],
    ends: Sequence[End],
    breaks: Sequence[tuple[int, str]] = (),
    years: Sequence[YearLine] = (),
    steps: Sequence[Step] = (),
    height: int = HEIGHT,
) -> Figure:
    """Return an indicator's trend with interval, targets, breaks and public values.

    Args:
        marks: The periods, oldest first.
        axis: Of values.
        tick_words: One for each of its ticks.
        ends: The words at the ends of the lines.
        breaks: (first month after it, words).
        years: Public values.
        steps: Numbers to write beside targets.
        height: In pixels.
    """
    # Before and after a break the values are not comparable, so no line joins them.
    parts = _parted([mark for mark in marks if mark.is_measured], breaks)
    data = [
        *(trace for part in parts for trace in _band(part)),
        _steps([(mark, mark.national) for mark in marks], "national"),
        _steps([(mark, mark.local) for mark in marks], "local"),
        *(year_line(line) for line in years),
        _values(parts),
    ]
    numbers = {"range": axis.range, "tickvals": list(axis.ticks)}
    frame = layout(height, _ticks(marks), numbers | {"ticktext": list(tick_words)})
    broken, rows = break_labels(breaks, _span(marks))
    frame["margin"]["t"] = 12 + rows * LINE_HEIGHT
    plot = height - frame["margin"]["t"] - frame["margin"]["b"]
    low, high = axis.range
    at_ends = end_labels(ends, low, high, plot)
    # Above the highest targets stand the words of breaks.
    top = high - _TOP * (high - low) if breaks else inf
    beside = [_step_label(step, marks, step.level > top) for step in steps]
    frame["shapes"] = [break_line(month) for month, _ in breaks]
    frame["annotations"] = [*at_ends, *beside, *broken]
    frame["margin"]["r"] = margin(ends)
    # What the charts' script changes where the screen is too narrow for the labels.
    last = [len(at_ends) + at for at, step in enumerate(steps) if step.is_last]
    frame["meta"] = {
        is_wide: {"margin.r": right}
        | {
            f"annotations[{at}].visible": is_wide == "wide"
            for at in range(len(at_ends))
        }
        | {f"annotations[{at}].visible": is_wide == "narrow" for at in last}
        for is_wide, right in (("wide", margin(ends)), ("narrow", SIDE))
    }
    return {"data": [trace for trace in data if trace["x"]], "layout": frame}


def _parted(
    marks: Sequence[TrendMark], breaks: Sequence[tuple[int, str]]
) -> list[list[TrendMark]]:
    edges = [-inf, *(month for month, _ in breaks), inf]
    pieces = [
        [mark for mark in marks if since <= mark.last < until]
        for since, until in pairwise(edges)
    ]
    return [part for part in pieces if part]


def _values(parts: Sequence[Sequence[TrendMark]]) -> dict[str, Any]:
    marks = apart(parts)
    x = [mark.middle if mark else None for mark in marks]
    y = [mark.value if mark else None for mark in marks]
    ongoing = [mark is not None and mark.is_ongoing for mark in marks]
    return points(x, y, marks) | {
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": VALUE, "width": 2.5},
        "marker": {
            "color": VALUE,
            "size": 8,
            "symbol": [
                "circle-open" if is_ongoing else "circle" for is_ongoing in ongoing
            ],
            "line": {"color": VALUE, "width": 2 if any(ongoing) else 0},
        },
    }


def _band(marks: Sequence[TrendMark]) -> list[dict[str, Any]]:
    traces = []
    for run in _runs(marks):
        # A period alone has no width to fill; half a period to each side gives it one.
        ends = [(mark.middle, mark) for mark in run]
        if len(run) == 1:
            ends = [(mark.first + 0.5, mark) for mark in run]
            ends += [(mark.last + 0.5, mark) for mark in run]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": "interval",
                "x": [x for x, _ in ends] + [x for x, _ in reversed(ends)],
                "y": [mark.lower for _, mark in ends]
                + [mark.upper for _, mark in reversed(ends)],
                "fill": "toself",
                "fillcolor": BAND,
                "line": {"width": 0, "color": BAND},
                "hoverinfo": "skip",
            }
        )
    return traces


def _runs(marks: Sequence[TrendMark]) -> list[list[TrendMark]]:
    runs: list[list[TrendMark]] = [[]]
    for mark in marks:
        if mark.lower is None or mark.upper is None:
            runs.append([])
        else:
            runs[-1].append(mark)
    return [run for run in runs if run]


def _steps(
    levels: Sequence[tuple[TrendMark, float | None]],
    part: Literal["local", "national"],
) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for mark, level in levels:
        if level is None:
            continue
        # A period that does not follow on the last one is another line.
        if x and x[-1] != mark.first:
            x.append(None)
            y.append(None)
        x += [mark.first, mark.last + 1]
        y += [level, level]
    held = [level for _, level in levels if level is not None]
    changes = sum(before != after for before, after in pairwise(held))
    dash = _SHORT_DASH if 2 * changes > len(held) else _DASH[part]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": part,
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "line": {"color": COLOUR[part], "width": 2, "dash": dash},
    }


def _ticks(marks: Sequence[TrendMark]) -> dict[str, Any]:
    step = max(1, -(-len(marks) // _MOST_TICKS))
    return time_ticks(marks, step) | {"range": [*_span(marks)]}


def _span(marks: Sequence[TrendMark]) -> Span:
    return Span(marks[0].first - 0.5, marks[-1].last + 1.5) if marks else Span(0, 1)


def _step_label(
    step: Step, marks: Sequence[TrendMark], is_under: bool
) -> dict[str, Any]:
    is_late = _span(marks).part(step.month) > 0.8
    place = marks[-1].last + 1 if is_late else step.month
    return label(step.words, place, step.level, COLOUR[step.part]) | {
        "xanchor": "right" if is_late else "left",
        # A target often begins at a break, whose line the words must not touch.
        "xshift": 0 if is_late else 8,
        "yanchor": "top" if is_under else "bottom",
        "visible": not step.is_last,
    }


def target_steps(marks: Sequence[TrendMark]) -> list[Step]:
    """Return where targets begin or change, without words."""
    steps: list[Step] = []
    for part in ("local", "national"):
        levels = [(mark.first, getattr(mark, part)) for mark in marks]
        begun = [
            (float(month), level)
            for (_, last), (month, level) in pairwise([(0, None), *levels])
            if level is not None and level != last
        ]
        is_in_force = bool(levels) and levels[-1][1] is not None
        steps += [
            Step(month, level, part, is_in_force and at == len(begun))
            for at, (month, level) in enumerate(begun, 1)
        ]
    return steps
