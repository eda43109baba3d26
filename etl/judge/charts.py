"""One indicator's outcomes as series -> what their charts say at each quarter's end.

As `app.outcome.charted` and `series` chart one unit's series, here for every unit
and quarter at once: rows of arrays. Positions of a series are the periods in which
something was measured, oldest first; what ends after a month is left out by its length.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kpi.charting import (
    SHOWN_TO_HIDDEN,
    can_be_counted,
    kinds_in_order,
    months_until_old,
    possible_values,
    process_kind,
)
from kpi.coverage import grows_with_time
from kpi.definitions import Indicator
from kpi.model import Kind
from kpi.period import PeriodKind
from kpi.spc.chart import last_points
from kpi.spc.points import Assurance
from kpi.spc.segments import Flags, Numbers, Process, Segments, Signs

_AT_A_TIME = 20_000
"""Series; at most 120 months each, four numbers a month: 80 MB."""
NEVER = 10**6
"""A month that does not come."""
KINDS = (
    *(PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.TERTIAL),
    *(PeriodKind.HALF, PeriodKind.YEAR),
)
"""What periods are numbered by."""
Columns = dict[str, NDArray[Any]]
"""Columns of the same length by name."""
_Kind = TypeVar("_Kind", bound=np.generic)

WORDS = ("series_kind", "chart", "why", "variation", "assurance")
_NUMBERS = ("false_alarms", "points", "aimed", "met")


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every unit's periods of one length: a row for each unit.

    Attributes:
        last_month: Of each period; far away after the last one.
        values: NaN unless shown, as numerators and denominators.
        numerators: Counts behind the values.
        denominators: As the numerators.
        newest: The last month, up to each, that has a value; 0 without one.
        shown: How many periods up to each have a value.
        hidden: How many hide theirs.
        is_counted: Whether all shown values up to each are made of whole counts.
        missed: How many in a row, up to each, have not met their target.
        aimed: How many up to each were judged by a target, the one in force then.
        met: How many of those met it.
        targets: Of each; NaN without one.
        rules: Numbers of their rules in FIXED_RULES, -1 for others and for none.
    """

    last_month: Signs
    values: Numbers
    numerators: Numbers
    denominators: Numbers
    newest: Signs
    shown: Signs
    hidden: Signs
    is_counted: Flags
    missed: Signs
    aimed: Signs
    met: Signs
    targets: Numbers
    rules: Signs

    @classmethod
    def of(cls, indicator: Indicator, rows: Columns, units: int) -> "Timeline":
        """Return the timeline of rows of one length, oldest first.

        Args:
            indicator: What the rows are of.
            rows: unit_nr, last_month, numerator, denominator, value, is_hidden,
                is_met, is_missed, target and rule.
            units: How many there are.
        """
        unit = rows["unit_nr"]
        order = np.argsort(unit, kind="stable")
        starts = np.searchsorted(unit[order], unit)
        at = np.empty_like(starts)
        at[order] = np.arange(len(unit)) - starts[order]
        shape = units, int(at.max(initial=-1)) + 1

        def laid(column: str, nothing: float) -> Numbers:
            numbers = np.full(shape, nothing)
            numbers[unit, at] = rows[column]
            return numbers

        values, parts = laid("value", np.nan), laid("numerator", np.nan)
        wholes, is_missed = laid("denominator", np.nan), laid("is_missed", 0)
        is_shown = ~np.isnan(values)
        missed = np.zeros(shape, dtype=np.int64)
        for nth in range(shape[1]):
            before = missed[:, nth - 1] if nth else 0
            missed[:, nth] = (before + 1) * (is_missed[:, nth] > 0)
        is_met = laid("is_met", 0) > 0
        is_whole = ~is_shown | _are_counts(indicator, values, parts, wholes)
        last_month = laid("last_month", NEVER).astype(np.int64)
        return cls(
            *(last_month, values, parts, wholes),
            np.maximum.accumulate(np.where(is_shown, last_month, 0), axis=1),
            np.cumsum(is_shown, axis=1),
            np.cumsum(laid("is_hidden", 0).astype(np.int64), axis=1),
            np.logical_and.accumulate(is_whole, axis=1),
            missed,
            np.cumsum(is_met | (missed > 0), axis=1),
            np.cumsum(is_met, axis=1),
            laid("target", np.nan),
            laid("rule", -1).astype(np.int64),
        )

    def lengths(self, unit: Signs, until: Signs) -> Signs:
        """Return how many periods of each unit end by a month."""
        lengths = np.zeros(len(unit), dtype=np.int64)
        for rows in _parts(len(unit)):
            ends = self.last_month[unit[rows]] <= until[rows, None]
            lengths[rows] = np.count_nonzero(ends, axis=1)
        return lengths

    def starts(self, breaks: Signs, unit: Signs, lengths: Signs) -> Signs:
        """Return the position after the last break within each length; 0 without one.

        Args:
            breaks: First months after the breaks of each unit.
            unit: Whose series each is.
            lengths: Of the series.
        """
        starts = np.zeros(len(unit), dtype=np.int64)
        for since in breaks.T:
            at = np.count_nonzero(self.last_month < since[:, None], axis=1)[unit]
            starts = np.maximum(starts, np.where(at < lengths, at, 0))
        return starts

    def segments(self, unit: Signs, starts: Signs, stops: Signs) -> Segments:
        """Return the part of each series between two positions."""
        width = np.arange(np.max(stops - starts, initial=0))
        at = starts[:, None] + width
        is_within = at < stops[:, None]
        at = np.where(is_within, at, 0)

        def cut(numbers: Numbers) -> Numbers:
            return np.where(is_within, numbers[unit[:, None], at], np.nan)

        return Segments(
            cut(self.values),
            cut(self.numerators),
            cut(self.denominators),
            is_excluded=np.broadcast_to(False, is_within.shape),
        )


def where(columns: Columns, rows: Flags | NDArray[np.intp]) -> Columns:
    """Return some rows of columns."""
    return {name: column[rows] for name, column in columns.items()}


def _parts(number: int) -> list[slice]:
    return [slice(at, at + _AT_A_TIME) for at in range(0, number, _AT_A_TIME)]


def _are_counts(
    indicator: Indicator, values: Numbers, parts: Numbers, wholes: Numbers
) -> Flags:
    if indicator.kind is Kind.COUNT:
        return _are_whole(values)
    if not can_be_counted(indicator):
        return np.zeros(values.shape, dtype=bool)
    is_share = indicator.kind is Kind.PROPORTION
    fits = (parts <= wholes) if is_share else np.ones(values.shape, dtype=bool)
    return _are_whole(parts) & (np.abs(wholes) > 0) & fits


def _are_whole(numbers: Numbers) -> Flags:
    return np.equal(numbers, np.trunc(numbers))


def _last(numbers: NDArray[_Kind], unit: Signs, lengths: Signs) -> NDArray[_Kind]:
    """Return what stands at the end of each series; nothing (0) if it is empty."""
    if not numbers.shape[1]:
        return np.zeros(len(unit), dtype=numbers.dtype)
    return np.where(lengths > 0, numbers[unit, np.maximum(lengths, 1) - 1], 0)


def _between(upto: Signs, unit: Signs, starts: Signs, stops: Signs) -> Signs:
    """Return how many there are of something from a position to before another."""
    before = np.where(starts > 0, upto[unit, np.maximum(starts, 1) - 1], 0)
    number: Signs = upto[unit, stops - 1] - before
    return number


def charted(
    indicator: Indicator,
    timelines: Mapping[PeriodKind, Timeline],
    standing: Columns,
    breaks: Signs,
    reach: int,
) -> Columns:
    """Return what the charts say of each unit at the end of each quarter.

    Args:
        indicator: With a better direction.
        timelines: Of months, and of every kind that it may be read in.
        standing: Outcomes that stand for quarters: unit_nr, `until` (the quarter's last
            month), kind and last_month of the outcome itself, its target, the number of
            its rule in FIXED_RULES (-1 for others), and whether it has missed it.
        breaks: First months after the breaks that hold for each unit, as rows.
        reach: The last month that is over and has data.

    Returns:
        A value for each row of `standing`, in columns of `kpi.schema.verdict`; None in
        series_kind, and in all after it, if the last point is too old.
    """
    unit, quarter_ends = standing["unit_nr"], standing["until"]
    until = np.minimum(quarter_ends, reach)
    lengths = {
        kind: timeline.lengths(unit, until) for kind, timeline in timelines.items()
    }
    kinds = _rhythms(indicator, timelines, unit, lengths)
    targets, rules = standing["target"].copy(), standing["rule"].copy()
    if grows_with_time(indicator):
        # Such a target is for periods of one length: the chart's own, or there is none.
        for kind, timeline in timelines.items():
            rows = np.flatnonzero(kinds == kind)
            ends = unit[rows], lengths[kind][rows]
            targets[rows] = _last(timeline.targets, *ends)
            rules[rows] = _last(timeline.rules, *ends)
    targets = np.where(rules >= 0, targets, np.nan)
    columns = {name: np.full(len(unit), None, dtype=object) for name in WORDS}
    columns |= {name: np.full(len(unit), np.nan) for name in _NUMBERS}
    for kind, timeline in timelines.items():
        newest = _last(timeline.newest, unit, lengths[kind])
        is_new = newest > quarter_ends - months_until_old(indicator)
        rows = np.flatnonzero((kinds == kind) & is_new)
        starts = timeline.starts(breaks, unit, lengths[kind])
        for part in _parts(len(rows)):
            at = rows[part]
            stops = lengths[kind][at]
            of_part = _last_points(
                indicator,
                kind,
                timeline.segments(unit[at], starts[at], stops),
                timeline.is_counted[unit[at], stops - 1],
                targets[at],
            )
            is_open = of_part["assurance"] == Assurance.HIT_OR_MISS
            for name, upto in (("aimed", timeline.aimed), ("met", timeline.met)):
                number = _between(upto, unit[at], starts[at], stops)
                of_part[name] = np.where(is_open, number, np.nan)
            for name, values in of_part.items():
                columns[name][at] = values
    return {"missed": _missed(timelines, standing, reach), **columns}


def _rhythms(
    indicator: Indicator,
    timelines: Mapping[PeriodKind, Timeline],
    unit: Signs,
    lengths: Mapping[PeriodKind, Signs],
) -> NDArray[np.object_]:
    """Return in which periods to chart; as `app.outcome.charted.rhythm`."""
    usual = kinds_in_order(indicator)
    shown = {
        kind: _last(timeline.shown, unit, lengths[kind])
        for kind, timeline in timelines.items()
    }
    kinds = np.full(len(unit), usual[0], dtype=object)
    most = shown[usual[0]]
    for kind in reversed(usual):
        kinds = np.where(shown[kind] > 0, kind, kinds)
        most = np.where(shown[kind] > 0, shown[kind], most)
    months = PeriodKind.MONTH
    hidden = _last(timelines[months].hidden, unit, lengths[months])
    is_fair = SHOWN_TO_HIDDEN * hidden <= shown[months]
    return np.where((shown[months] > most) & is_fair, months, kinds)


def _missed(
    timelines: Mapping[PeriodKind, Timeline], standing: Columns, reach: int
) -> Signs:
    missed = np.zeros(len(standing["unit_nr"]), dtype=np.int64)
    for kind, timeline in timelines.items():
        rows = np.flatnonzero(
            standing["is_missed"] & (standing["kind"] == KINDS.index(kind))
        )
        unit, last = standing["unit_nr"][rows], standing["last_month"][rows]
        lengths = timeline.lengths(unit, np.minimum(last, reach))
        missed[rows] = _last(timeline.missed, unit, lengths)
    return missed


def _last_points(
    indicator: Indicator,
    kind: PeriodKind,
    segments: Segments,
    is_counted: Flags,
    targets: Numbers,
) -> Columns:
    lowest, highest = possible_values(indicator)
    points = last_points(
        process_kind(indicator),
        indicator.direction,
        Process(float(indicator.per or 100), indicator.baseline, lowest, highest),
        segments,
        is_counted,
        targets,
        indicator.chart,
    )
    columns = {name: getattr(points, name) for name in (*WORDS[1:], *_NUMBERS[:2])}
    return {"series_kind": np.full(len(targets), kind, dtype=object), **columns}
