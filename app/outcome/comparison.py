"""Units beside each other: what the chart draws and what it says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol, TypeVar

from app.design.figures.comparison import Aim, ComparedUnit, comparison_figure
from app.outcome.chart import (
    Chart,
    aim_label,
    axis_of,
    axis_words,
    plain,
    tick_words,
    told,
)
from app.outcome.finding import compared_finding
from app.outcome.words import OutcomeWords, outcome_words
from app.queries.builds import Build
from app.queries.outcomes import OutcomeRow
from app.queries.units import UnitRow, UnitTree
from app.words import charts, text
from app.words.language import gettext as _
from app.words.language import ngettext
from kpi.alphabet import swedish
from kpi.coverage import grows_with_time
from kpi.definitions import Indicator
from kpi.model import Direction, UnitKind


class ComparedLine(NamedTuple):
    """A unit by id and name, and its outcome."""

    unit: str
    name: str
    words: OutcomeWords


@dataclass(frozen=True, slots=True)
class Compared:
    """Units of one kind in one period.

    Attributes:
        chart: With the units that have a value.
        rows: Best first, those without value last.
    """

    chart: Chart
    rows: list[ComparedLine]


class Shown(Protocol):
    """An outcome to be shown beside others, whichever query it came from."""

    @property
    def value(self) -> float | None:
        """None unless shown."""

    @property
    def is_whole(self) -> bool | None:
        """Whether all of its months are in; None without a value."""


_Shown = TypeVar("_Shown", bound=Shown)


def side_by_side(indicator: Indicator, rows: Iterable[_Shown]) -> list[_Shown]:
    """Return the outcomes of a period that may stand beside each other.

    What grows with time is less of fewer months, so that what lacks some stands beside
    nothing: not what is whole, and not what may lack others.
    """
    is_sum = grows_with_time(indicator)
    return [
        row for row in rows if row.value is not None and (row.is_whole or not is_sum)
    ]


def kinds_compared(rows: Iterable[OutcomeRow], units: UnitTree) -> dict[str, int]:
    """Return the kinds of unit to compare, the highest first, with their outcomes."""
    counts: dict[str, int] = {}
    for row in rows:
        if row.value is not None and (unit := units.find(row.unit)):
            counts[unit.kind] = counts.get(unit.kind, 0) + 1
    order = [*UnitKind, *counts]  # kinds of another region's own come last
    kinds = [kind for kind, number in counts.items() if number > 1]
    return {kind: counts[kind] for kind in sorted(kinds, key=order.index)}


def compared(
    indicator: Indicator,
    rows: Iterable[OutcomeRow],
    units: UnitTree,
    unit_kind: str,
    chosen_unit: str,
    build: Build,
    marks: Mapping[str, str],
) -> Compared:
    """Return the units of one kind, sorted by value, best first.

    `marks` holds, by unit, why an outcome says nothing of what is done there.
    """
    of_kind = [
        (unit, row)
        for row in rows
        if (unit := units.find(row.unit)) and unit.kind == unit_kind
    ]
    is_low_best = indicator.direction is Direction.LOWER
    beside = {row.unit for row in side_by_side(indicator, (row for __, row in of_kind))}
    shown = sorted(
        (pair for pair in of_kind if pair[1].unit in beside),
        key=lambda pair: pair[1].value or 0.0,
        reverse=not is_low_best,
    )
    hidden = sorted(
        (pair for pair in of_kind if pair[1].unit not in beside),
        key=lambda pair: swedish(pair[0].name),
    )
    worded = {
        row.unit: outcome_words(indicator, _certain(row, marks), build)
        for __, row in of_kind
    }
    dots = [
        ComparedUnit(
            plain(unit.name),
            _told(plain(unit.name), worded[row.unit], marks.get(row.unit)),
            row.value or 0.0,
            *((None, None) if row.unit in marks else (row.lower, row.upper)),
            unit.unit_id == chosen_unit,
            worded[row.unit].href,
            row.unit in marks,
        )
        for unit, row in shown
    ]
    kinds = str(text.UNIT_KINDS.get(unit_kind, unit_kind))
    title = _title(indicator, shown, kinds, marks)
    chart = Chart(None, title, "")
    if dots:
        chart = _comparison(indicator, dots, aim_of(indicator, [r for __, r in shown]))
        silent = sum(row.unit in marks for __, row in shown)
        counted = charts.compared(len(shown) - silent, len(hidden), silent)
        about = f"{counted} {chart.about}"
        chart = replace(chart, title=title, about=about.strip())
    table = [
        ComparedLine(unit.unit_id, unit.name, worded[row.unit])
        for unit, row in shown + hidden
    ]
    return Compared(chart, table)


def _certain(row: OutcomeRow, marks: Mapping[str, str]) -> OutcomeRow:
    """Return an outcome, without interval where nothing is known of what is done."""
    return row._replace(lower=None, upper=None) if row.unit in marks else row


def _told(name: str, worded: OutcomeWords, mark: str | None) -> str:
    words = told(f"<b>{name}</b>", worded)
    return f"{words}<br>{mark}" if mark else words


def _title(
    indicator: Indicator,
    shown: Sequence[tuple[UnitRow, OutcomeRow]],
    kinds: str,
    marks: Mapping[str, str],
) -> str:
    heard = [(unit.name, row) for unit, row in shown if row.unit not in marks]
    silent = len(shown) - len(heard)
    parts = [compared_finding(indicator, heard, kinds)] if len(heard) > 1 else []
    if silent:
        words = ngettext(
            "{number} registrerar ingen kod (ihålig punkt).",
            "{number} registrerar ingen kod (ihåliga punkter).",
            silent,
        )
        parts.append(words.format(number=silent))
    return " ".join(parts)


def _comparison(
    indicator: Indicator, dots: Sequence[ComparedUnit], aim: Aim | None
) -> Chart:
    bounds = [(dot.value, dot.lower, dot.upper) for dot in dots]
    drawn = [level for three in bounds for level in three if level is not None]
    axis = axis_of(indicator, [*drawn, *([aim.level] if aim else [])])
    figure = comparison_figure(dots, axis, tick_words(indicator, axis), aim)
    parts = list(axis_words(indicator, axis))
    if any(dot.lower is not None for dot in dots):
        parts.insert(0, _("Strecken är 95 %-intervall."))
    return Chart(figure, "", " ".join(parts))


def aim_of(indicator: Indicator, rows: Sequence[OutcomeRow]) -> Aim | None:
    """Return the target of units beside each other; None if they do not share one."""
    targets = {(row.target, row.target_rule, row.target_level) for row in rows}
    level, rule, set_by = targets.pop() if len(targets) == 1 else (None, None, None)
    if level is None:
        return None
    words = aim_label(indicator, level, rule, set_by)
    return Aim(level, words, "national" if set_by == "national" else "local")
