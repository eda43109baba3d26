"""An indicator over time.

Time runs in months (`kpi.period.month_number`), so that quarters, years and breaks
stand on one axis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.figures.frame import (
    BAND,
    LOCAL,
    MUTED,
    NATION,
    NATIONAL,
    OWN,
    VALUE,
    Figure,
    layout,
)

_MOST_TICKS = 6  # more would run into each other on a telephone


@dataclass(frozen=True, slots=True)
class TrendMark:
    """One period of a trend chart; None where there is nothing to draw.

    Attributes:
        first: First month.
        last: Last month.
        label: The period in words.
        words: What the pointer is told.
        value: The outcome.
        lower: Of the 95 % interval.
        upper: Of the 95 % interval.
        local: The local target in force.
        national: The national target in force.
        is_measured: Whether the indicator is measured in such a period at all; a line
            is drawn past those where it is not, but is broken at a missing value.
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

    @property
    def middle(self) -> float:
        """Where the period stands on the axis."""
        return (self.first + self.last + 1) / 2


@dataclass(frozen=True, slots=True)
class YearLine:
    """Yearly public values of one region: (year, value, words)."""

    name: str
    is_nation: bool
    points: Sequence[tuple[int, float, str]]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the parts of a chart are called."""

    value: str
    interval: str
    local: str
    national: str


def trend_figure(
    marks: Sequence[TrendMark],
    breaks: Sequence[tuple[int, str]],
    years: Sequence[YearLine],
    legend: Legend,
    suffix: str,
    target_words: Sequence[tuple[float, float, str, bool]] = (),
) -> Figure:
    """Return an indicator's trend with interval, targets, breaks and public values.

    Args:
        marks: The periods, oldest first.
        breaks: (first month after it, words).
        years: Public values.
        legend: What the parts are called.
        suffix: After each number on the value axis.
        target_words: (month, level, words, is national) to write beside a target.
    """
    measured = [one for one in marks if one.is_measured]
    data = _band(measured, legend)
    data += [
        _steps(
            [(one, one.national) for one in marks], legend.national, NATIONAL, "dot"
        ),
        _steps([(one, one.local) for one in marks], legend.local, LOCAL, "dash"),
        *(_year_line(line) for line in years),
        _values(measured, legend),
    ]
    frame = layout(suffix, height=400)
    frame["xaxis"] |= _ticks(marks)
    frame["shapes"] = [_break_line(month) for month, _ in breaks]
    frame["annotations"] = [_break_words(*one) for one in breaks]
    frame["annotations"] += [_target_words(*one) for one in target_words]
    return {"data": [trace for trace in data if trace["x"]], "layout": frame}


def _values(marks: Sequence[TrendMark], legend: Legend) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": legend.value,
        "x": [one.middle for one in marks],
        "y": [one.value for one in marks],
        "text": [one.words for one in marks],
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "line": {"color": VALUE, "width": 2.5},
        "marker": {"color": VALUE, "size": 7},
    }


def _band(marks: Sequence[TrendMark], legend: Legend) -> list[dict[str, Any]]:
    traces = []
    for run in _runs(marks):
        # A period alone has no width to fill; half a period to each side gives it one.
        ends = [(one.middle, one) for one in run]
        if len(run) == 1:
            ends = [(one.first + 0.5, one) for one in run]
            ends += [(one.last + 0.5, one) for one in run]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": legend.interval,
                "x": [x for x, _ in ends] + [x for x, _ in reversed(ends)],
                "y": [one.lower for _, one in ends]
                + [one.upper for _, one in reversed(ends)],
                "fill": "toself",
                "fillcolor": BAND,
                "line": {"width": 0, "color": BAND},
                "hoverinfo": "skip",
                "legendgroup": "interval",
                "showlegend": not traces,
            }
        )
    return traces


def _runs(marks: Sequence[TrendMark]) -> list[list[TrendMark]]:
    runs: list[list[TrendMark]] = [[]]
    for one in marks:
        if one.lower is None or one.upper is None:
            runs.append([])
        else:
            runs[-1].append(one)
    return [run for run in runs if run]


def _steps(
    levels: Sequence[tuple[TrendMark, float | None]], name: str, color: str, dash: str
) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for one, level in levels:
        if level is None:
            continue
        # A period that does not follow on the last one is another line.
        if x and x[-1] != one.first:
            x.append(None)
            y.append(None)
        x += [one.first, one.last + 1]
        y += [level, level]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "line": {"color": color, "width": 2, "dash": dash},
    }


def _year_line(line: YearLine) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "x": [year * 12 + 6 for year, _, _ in line.points],
        "y": [value for _, value, _ in line.points],
        "text": [words for _, _, words in line.points],
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": NATION if line.is_nation else OWN, "width": 1.5},
        "marker": {
            "color": NATION if line.is_nation else OWN,
            "size": 8,
            "symbol": "diamond" if line.is_nation else "square",
        },
    }


def _ticks(marks: Sequence[TrendMark]) -> dict[str, Any]:
    step = max(1, -(-len(marks) // _MOST_TICKS))
    shown = list(reversed(list(reversed(marks))[::step]))
    found: dict[str, Any] = {
        "tickvals": [one.middle for one in shown],
        "ticktext": [_two_lines(one.label) for one in shown],
    }
    if marks:
        found["range"] = [marks[0].first - 0.5, marks[-1].last + 1.5]
    return found


def _two_lines(label: str) -> str:
    before, _, year = label.rpartition(" ")
    return f"{before}<br>{year}" if before else year


def _break_line(month: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": month,
        "x1": month,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": MUTED, "width": 1.5, "dash": "dashdot"},
    }


def _break_words(month: int, words: str) -> dict[str, Any]:
    return {
        "x": month,
        "yref": "paper",
        "y": 1.0,
        "yanchor": "bottom",
        "xanchor": "center",
        "text": words,
        "showarrow": False,
        "font": {"size": 12},
    }


def _target_words(
    month: float, level: float, words: str, is_national: bool
) -> dict[str, Any]:
    return {
        "x": month,
        "y": level,
        "xanchor": "left",
        "yanchor": "bottom",
        "text": words,
        "showarrow": False,
        "font": {"size": 12, "color": NATIONAL if is_national else LOCAL},
    }


def target_steps(
    marks: Sequence[TrendMark],
) -> list[tuple[float, float, bool]]:
    """Return where targets begin or change: (month, level, is national)."""
    found: list[tuple[float, float, bool]] = []
    for is_national in (False, True):
        levels = [
            (one.first, one.national if is_national else one.local) for one in marks
        ]
        before = [(None, None), *levels]
        found += [
            (float(month), level, is_national)
            for (_, last), (month, level) in pairwise(before)
            if level is not None and level != last and month is not None
        ]
    return found
