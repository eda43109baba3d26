"""What is asked of contributions -> what is read for it and worked out."""

from collections.abc import Sequence
from dataclasses import replace

from app.outcome.charted import fixed_target
from app.outcome.latest import shown_in
from app.outcome.ways import can_be_split
from app.pages.contributions.found import (
    Asked,
    Found,
    Why,
    counts_another_whole,
    published_by,
    way_of,
    ways_of,
)
from app.pages.contributions.parts import (
    Contributions,
    are_counts,
    change_contributions,
    gap_contributions,
)
from app.pages.contributions.pooling import Cells
from app.queries.behind import Question
from app.queries.cells import UNIT, cells_of
from app.queries.frame import Frame
from app.queries.lineage import outcome_at
from app.queries.outcomes import OutcomeRow, outcomes_in, outcomes_of
from app.queries.reader import Reader
from app.queries.units import UnitRow
from kpi.assessment import Reason, Status
from kpi.definitions import Indicator
from kpi.period import Period, PeriodKind

_TRIED = 3
"""More would take longer to read than to choose."""
_EARLIER = 12
"""How many earlier periods there are to choose from."""


def contributions_in(reader: Reader, frame: Frame, asked: Asked) -> Found:
    """Read what is asked for and work it out."""
    if not can_be_split(asked.indicator):
        return Found(asked, None, why=Why.NOT_COUNTED)
    unit_id = asked.unit.unit_id
    totals = outcomes_of(reader, asked.indicator.id, unit_id)
    row = _row(asked.indicator, asked.period, totals)
    ways = ways_of(asked.indicator)
    to_try = _to_try(frame, asked, ways)
    asked = replace(asked, by=to_try[0])
    found = Found(asked, row, ways=ways)
    if row is None or row.value is None:
        return replace(found, why=Why.NO_OUTCOME)
    if row.numerator is None:
        return replace(found, why=Why.NOT_COUNTED)
    earlier = _earlier(row, totals)
    aim = _of_pathway(reader, frame, asked, row) or row
    found = replace(found, earlier=earlier, target_row=aim)
    found = replace(found, before=_before(found))
    if asked.since and not found.is_since_asked:
        asked = replace(asked, since=None)
    can_share = not any(counts_another_whole(asked.indicator, one) for one in to_try)
    cells: list[Cells] = []
    for by in to_try:
        if not (cells and can_share):
            cells = _cells(reader, frame, found, to_try if can_share else [by])
        found = replace(found, asked=replace(asked, by=by))
        why, split = _split(found, cells)
        found = replace(found, why=why, split=split)
        if split is None or len(split.parts) > 1 or split.pooled:
            break
    if found.asked.by != UNIT:
        return found
    return replace(found, silent=_silent(reader, frame, asked, row))


def _of_pathway(
    reader: Reader, frame: Frame, asked: Asked, row: OutcomeRow
) -> OutcomeRow | None:
    """Return the outcome of the pathway chosen, which may have a target of its own."""
    svf = asked.where.get("svf")
    if svf is None:
        return None
    question = Question(
        asked.indicator,
        asked.unit.unit_id,
        Period.parse(row.period),
        "svf",
        svf,
    )
    return outcome_at(reader, question)


def _row(
    indicator: Indicator, period: Period, totals: Sequence[OutcomeRow]
) -> OutcomeRow | None:
    if period.kind is not PeriodKind.QUARTER:
        exact = next((one for one in totals if one.period == str(period)), None)
        if exact:
            return exact
    quarter = Period.holding(PeriodKind.QUARTER, period.last_day)
    return shown_in(indicator, quarter, totals)


def _to_try(frame: Frame, asked: Asked, ways: Sequence[str]) -> list[str]:
    """Return the way asked for; else some, the first of which may tell nothing."""
    left = [one for one in ways if one not in asked.where]
    if asked.by in left:
        return [asked.by]
    has_below = bool(frame.units.children(asked.unit.unit_id))
    return [one for one in left if one != UNIT or has_below][:_TRIED] or [UNIT]


def _earlier(row: OutcomeRow, totals: Sequence[OutcomeRow]) -> tuple[OutcomeRow, ...]:
    past = [
        one
        for one in totals
        if one.period_kind == row.period_kind
        and one.last_month < row.first_month
        and one.numerator is not None
    ]
    return tuple(past[::-1][:_EARLIER])


def _is_around(row: OutcomeRow, period: Period) -> bool:
    is_longer = row.last_month - row.first_month > period.last - period.first
    return (
        is_longer and row.first_month <= period.first <= period.last <= row.last_month
    )


def _before(found: Found) -> OutcomeRow | None:
    """Return the outcome asked for; a year before where there is no target either."""
    row, earlier, since = found.row, found.earlier, found.asked.since
    if since:
        # The same, or the year around a quarter where the measure is taken once a year.
        same = (one for one in earlier if one.period == str(since))
        around = (one for one in earlier if _is_around(one, since))
        if before := next(same, None) or next(around, None):
            return before
    if found.has_target or row is None:
        return None
    a_year = (one for one in earlier if one.last_month == row.last_month - 12)
    return next(a_year, earlier[0] if earlier else None)


def _cells(
    reader: Reader, frame: Frame, found: Found, ways: Sequence[str]
) -> list[Cells]:
    """Return the cells of the period, and of the earlier one if there is one."""
    asked = found.asked
    unit, least = asked.unit.unit_id, asked.indicator.minimum_denominator
    chain = [*(one.unit_id for one in frame.units.ancestors(unit)), unit]
    # In a fixed order, so that the same parts are told as one whichever way one came.
    dimensions = sorted({*asked.where, *ways} - {UNIT})
    published = published_by(asked.indicator, dimensions)
    told = []
    for row in (found.row, found.before):
        if row is not None:
            period = Period.parse(row.period)
            cells = cells_of(reader, asked.indicator, chain, period, dimensions)
            told.append(Cells(chain, dimensions, cells, least, published))
    return told


def _split(
    found: Found, cells: Sequence[Cells]
) -> tuple[Why | None, Contributions | None]:
    asked, aim = found.asked, found.target_row
    by, where = asked.by or UNIT, asked.where
    told = [one.parts(by, where) for one in cells]
    for one, parts in zip(cells, told, strict=True):
        cases = sum(cases for _, cases in parts.values())
        if not cases:
            return Why.NO_CASES, None
        if cases < asked.indicator.minimum_denominator or not one.is_open(where):
            return Why.TOO_FEW, None
    if not are_counts(asked.indicator, told):
        return Why.NOT_COUNTED, None
    few: frozenset[str] = frozenset().union(*(one.pooled(by, where) for one in cells))
    if len(told) > 1:
        now, before = told
        return None, change_contributions(asked.indicator, now, before, few)
    target = fixed_target(aim.target, aim.target_rule) if aim else None
    if aim is None or target is None:
        return Why.NOTHING_TO_COMPARE, None
    way = way_of(asked.indicator, aim.target_rule)
    return None, gap_contributions(asked.indicator, told[0], few, target, way)


def _silent(
    reader: Reader, frame: Frame, asked: Asked, row: OutcomeRow
) -> tuple[UnitRow, ...]:
    rows = outcomes_in(reader, asked.indicator.id, row.period)
    without = {
        one.unit
        for one in rows
        if one.status == Status.NOT_REPORTED and one.reason != Reason.NEVER_REPORTED
    }
    children = frame.units.children(asked.unit.unit_id)
    return tuple(one for one in children if one.unit_id in without)
