"""What is asked of contributions -> what is read for it and worked out."""

from collections.abc import Sequence
from dataclasses import replace

from app.outcome.charted import fixed_target
from app.outcome.latest import shown_in
from app.outcome.ways import can_be_split
from app.pages.contributions.parts import (
    Contributions,
    are_counts,
    change_contributions,
    gap_contributions,
)
from app.pages.contributions.pooling import Cells
from app.pages.contributions.question import (
    Explanation,
    PartsQuestion,
    Why,
    counts_another_whole,
    published_by,
    way_of,
    ways_of,
)
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


def contributions_in(
    reader: Reader, frame: Frame, question: PartsQuestion
) -> Explanation:
    """Read what is asked for and work it out."""
    if not can_be_split(question.indicator):
        return Explanation(question, None, why=Why.NOT_COUNTED)
    unit_id = question.unit.unit_id
    totals = outcomes_of(reader, question.indicator.id, unit_id)
    row = _row(question.indicator, question.period, totals)
    ways = ways_of(question.indicator)
    to_try = _to_try(frame, question, ways)
    question = replace(question, by=to_try[0])
    explanation = Explanation(question, row, ways=ways)
    if row is None or row.value is None:
        return replace(explanation, why=Why.NO_OUTCOME)
    if row.numerator is None:
        return replace(explanation, why=Why.NOT_COUNTED)
    earlier = _earlier(row, totals)
    aim = _of_pathway(reader, frame, question, row) or row
    explanation = replace(explanation, earlier=earlier, target_row=aim)
    explanation = replace(explanation, before=_before(explanation))
    if question.since and not explanation.is_since_asked:
        question = replace(question, since=None)
    can_share = not any(
        counts_another_whole(question.indicator, dimension) for dimension in to_try
    )
    cells: list[Cells] = []
    for by in to_try:
        if not (cells and can_share):
            cells = _cells(reader, frame, explanation, to_try if can_share else [by])
        explanation = replace(explanation, question=replace(question, by=by))
        why, split = _split(explanation, cells)
        explanation = replace(explanation, why=why, split=split)
        if split is None or len(split.parts) > 1 or split.pooled:
            break
    if explanation.question.by != UNIT:
        return explanation
    return replace(explanation, silent=_silent(reader, frame, question, row))


def _of_pathway(
    reader: Reader, frame: Frame, wanted: PartsQuestion, row: OutcomeRow
) -> OutcomeRow | None:
    """Return the outcome of the pathway chosen, which may have a target of its own."""
    svf = wanted.where.get("svf")
    if svf is None:
        return None
    question = Question(
        wanted.indicator,
        wanted.unit.unit_id,
        Period.parse(row.period),
        "svf",
        svf,
    )
    return outcome_at(reader, question)


def _row(
    indicator: Indicator, period: Period, totals: Sequence[OutcomeRow]
) -> OutcomeRow | None:
    if period.kind is not PeriodKind.QUARTER:
        exact = next(
            (outcome for outcome in totals if outcome.period == str(period)), None
        )
        if exact:
            return exact
    quarter = Period.holding(PeriodKind.QUARTER, period.last_day)
    return shown_in(indicator, quarter, totals)


def _to_try(frame: Frame, question: PartsQuestion, ways: Sequence[str]) -> list[str]:
    """Return the way asked for; else some, the first of which may tell nothing."""
    left = [way for way in ways if way not in question.where]
    if question.by in left:
        return [question.by]
    has_below = bool(frame.units.children(question.unit.unit_id))
    return [dimension for dimension in left if dimension != UNIT or has_below][
        :_TRIED
    ] or [UNIT]


def _earlier(row: OutcomeRow, totals: Sequence[OutcomeRow]) -> tuple[OutcomeRow, ...]:
    """Return what the outcome may be compared with: whole periods, if it is one."""
    past = [
        outcome
        for outcome in totals
        if outcome.period_kind == row.period_kind
        and outcome.last_month < row.first_month
        and outcome.numerator is not None
        and outcome.is_whole
        and row.is_whole
    ]
    return tuple(past[::-1][:_EARLIER])


def _is_around(row: OutcomeRow, period: Period) -> bool:
    is_longer = row.last_month - row.first_month > period.last - period.first
    return (
        is_longer and row.first_month <= period.first <= period.last <= row.last_month
    )


def _before(explanation: Explanation) -> OutcomeRow | None:
    """Return the outcome asked for; a year before where there is no target either."""
    row, earlier, since = (
        explanation.row,
        explanation.earlier,
        explanation.question.since,
    )
    if since:
        # The same, or the year around a quarter where the measure is taken once a year.
        same = (outcome for outcome in earlier if outcome.period == str(since))
        around = (outcome for outcome in earlier if _is_around(outcome, since))
        if before := next(same, None) or next(around, None):
            return before
    if explanation.has_target or row is None:
        return None
    a_year = (
        outcome for outcome in earlier if outcome.last_month == row.last_month - 12
    )
    return next(a_year, earlier[0] if earlier else None)


def _cells(
    reader: Reader, frame: Frame, explanation: Explanation, ways: Sequence[str]
) -> list[Cells]:
    """Return the cells of the period, and of the earlier one if there is one."""
    question = explanation.question
    unit, least = question.unit.unit_id, question.indicator.minimum_denominator
    chain = [*(ancestor.unit_id for ancestor in frame.units.ancestors(unit)), unit]
    # In a fixed order, so that the same parts are told as one whichever way one came.
    dimensions = sorted({*question.where, *ways} - {UNIT})
    published = published_by(question.indicator, dimensions)
    explained = []
    for row in (explanation.row, explanation.before):
        if row is not None:
            period = Period.parse(row.period)
            cells = cells_of(reader, question.indicator, chain, period, dimensions)
            explained.append(Cells(chain, dimensions, cells, least, published))
    return explained


def _split(
    explanation: Explanation, cells: Sequence[Cells]
) -> tuple[Why | None, Contributions | None]:
    question, aim = explanation.question, explanation.target_row
    by, where = question.by or UNIT, question.where
    split = [cell.parts(by, where) for cell in cells]
    for counted, parts in zip(cells, split, strict=True):
        cases = sum(cases for _, cases in parts.values())
        if not cases:
            return Why.NO_CASES, None
        if cases < question.indicator.minimum_denominator or not counted.is_open(where):
            return Why.TOO_FEW, None
    if not are_counts(question.indicator, split):
        return Why.NOT_COUNTED, None
    few: frozenset[str] = frozenset().union(*(cell.pooled(by, where) for cell in cells))
    if len(split) > 1:
        now, before = split
        return None, change_contributions(question.indicator, now, before, few)
    target = fixed_target(aim.target, aim.target_rule) if aim else None
    if aim is None or target is None:
        return Why.NOTHING_TO_COMPARE, None
    way = way_of(question.indicator, aim.target_rule)
    return None, gap_contributions(question.indicator, split[0], few, target, way)


def _silent(
    reader: Reader, frame: Frame, question: PartsQuestion, row: OutcomeRow
) -> tuple[UnitRow, ...]:
    rows = outcomes_in(reader, question.indicator.id, row.period)
    without = {
        outcome.unit
        for outcome in rows
        if outcome.status == Status.NOT_REPORTED
        and outcome.reason != Reason.NEVER_REPORTED
    }
    children = frame.units.children(question.unit.unit_id)
    return tuple(unit for unit in children if unit.unit_id in without)
