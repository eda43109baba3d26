"""What a chart shows, in a sentence or two made by rule from the numbers.

A difference is called one only where chance is an unlikely reason for it. Values that
have no interval, such as counts, are told as they are.
"""

from collections.abc import Sequence

from app.outcome import finding_words
from app.outcome.over_time import step_words
from app.outcome.words import (
    estimate,
    interval_holds,
    outcome_words,
    reason_words,
    target_number,
    target_words,
    value_words,
)
from app.queries.outcomes import OutcomeRow
from app.words import text
from app.words.language import gettext as _
from kpi.assessment import JUDGED, SHOWN, Status
from kpi.coverage import months_of_target
from kpi.definitions import Indicator
from kpi.evidence import Movement, change
from kpi.model import Direction, Kind
from kpi.period import Period, kind_of_months
from kpi.spc.points import Variation
from kpi.steps import is_step
from kpi.targets import Target


def finding(
    indicator: Indicator,
    row: OutcomeRow,
    rows: Sequence[OutcomeRow],
    is_ongoing: bool = False,
    charted: Variation | None = None,
) -> str:
    """Return what there is to know of one outcome: its target and the year before.

    Args:
        indicator: With the breaks of the unit's region only.
        row: The outcome.
        rows: All outcomes of the same kind of period, in which a year before is found.
        is_ongoing: Whether the period is not over.
        charted: What the control chart says of the outcome; None without one.
    """
    if row.value is None or row.status not in SHOWN:
        period = text.period(row.period)
        parts = [
            _("Inget värde att visa ({period}).").format(period=period),
            outcome_words(indicator, row).reason,
        ]
    elif indicator.kind is Kind.MILESTONE:
        parts = [finding_words.milestone(text.period(row.period), row.value == 1)]
        parts += step_words(indicator, row)
    else:
        parts = [_against_target(indicator, row, rows)]
        if is_step(indicator):
            parts += step_words(indicator, row)
        elif not row.is_whole:
            ongoing = _("Perioden pågår, så värdet kan ändras.")
            said = ongoing if is_ongoing else reason_words(indicator, row)
            parts += [said, _same_months(indicator, row)]
        elif row.target_rule != "better_than_last_year":
            parts.append(_change(indicator, row, _year_before(row, rows), charted))
    return " ".join(part for part in parts if part)


def _against_target(
    indicator: Indicator, row: OutcomeRow, rows: Sequence[OutcomeRow]
) -> str:
    worded = outcome_words(indicator, row)
    value, period = text.capital(worded.value), worded.period
    if row.status == Status.NOT_JUDGED:
        return _(
            "{value} ({period}). Kan inte bedömas mot {aim} förrän perioden är hel."
        ).format(value=value, period=period, aim=_aim_or_rule(indicator, row))
    if row.status not in JUDGED or row.target is None or row.value is None:
        return _without_target(indicator, row, rows)
    is_met = row.status == Status.MET
    if row.target_rule in ("better_rank_than", "better_than_last_year"):
        rule = target_words(indicator, row.target, row.target_rule)
        before = None
        if row.target_rule == "better_than_last_year":
            before = _year_before(row, rows)
        is_sure = before is None or not may_be_chance(row, before)
        return finding_words.ruled(value, period, rule, is_met, is_sure)
    aim = aim_words(indicator, row)
    is_sure = not interval_holds(row, row.target)
    if is_met:
        return finding_words.met(value, period, aim, is_sure)
    gap = text.number(abs(row.value - row.target), places(indicator, row))
    gap = f"{gap} {worded.gap_unit}".strip()
    is_below = row.value < row.target
    return finding_words.missed(value, period, gap, aim, is_below, is_sure)


def _without_target(
    indicator: Indicator, row: OutcomeRow, rows: Sequence[OutcomeRow]
) -> str:
    worded = outcome_words(indicator, row)
    value = text.capital(worded.value)
    later = [
        outcome
        for outcome in rows
        if outcome.target_rule and outcome.first_month > row.last_month
    ]
    other = None if row.target_rule else _target_of_other_length(indicator, row)
    if other:
        months, held = other
        kind = str(text.PER_PERIOD[kind_of_months(months)])
        words = target_words(indicator, held.value, held.rule)
        return _("{value} ({period}). Målet, {target}, gäller {kind}.").format(
            value=value, period=worded.period, target=words, kind=kind
        )
    if row.target_rule or not later:
        return _("{value} ({period}). Inget målvärde gäller.").format(
            value=value, period=worded.period
        )
    first = later[0]
    target = target_words(indicator, first.target, first.target_rule)
    since = text.period(first.period)
    return _(
        "{value} ({period}). Inget målvärde gällde då. Målet från {since}: {target}."
    ).format(value=value, period=worded.period, since=since, target=target)


def _target_of_other_length(
    indicator: Indicator, row: OutcomeRow
) -> tuple[int, Target] | None:
    """Return a target in force that is for longer or shorter periods, and how long."""
    if row.by:
        return None
    period = Period.parse(row.period)
    months = period.last - period.first + 1
    for target in indicator.targets:
        length = months_of_target(indicator, target)
        is_general = target.unit in (None, row.unit) and target.svf is None
        if is_general and length not in (None, months) and target.is_in_force(period):
            return length, target
    return None


def _aim_or_rule(indicator: Indicator, row: OutcomeRow) -> str:
    if row.target_rule == "better_than_last_year":
        rule = target_words(indicator, row.target, row.target_rule)
        return finding_words.aim(rule, None)
    return aim_words(indicator, row)


def aim_words(indicator: Indicator, row: OutcomeRow) -> str:
    """Return an outcome's target as a part of a sentence."""
    level = row.target_level if row.national_target is not None else None
    return finding_words.aim(target_number(indicator, row.target or 0.0), level)


def places(indicator: Indicator, row: OutcomeRow) -> int:
    """Return how many decimals tell a difference from none."""
    difference = abs((row.value or 0.0) - (row.target or 0.0))
    return next(
        (
            decimals
            for decimals in range(indicator.decimals, 3)
            if round(difference, decimals) > 0
        ),
        3 if difference else indicator.decimals,
    )


def _year_before(row: OutcomeRow, rows: Sequence[OutcomeRow]) -> OutcomeRow | None:
    wanted = str(Period.parse(row.period).year_before())
    return next(
        (
            outcome
            for outcome in rows
            if outcome.period == wanted
            and outcome.value is not None
            and outcome.is_whole
        ),
        None,
    )


def _same_months(indicator: Indicator, row: OutcomeRow) -> str:
    before = row.same_months_before
    if before is None:
        return ""
    written = text.value(indicator, before, targets=(row.value,))
    return _("Samma månader ett år tidigare: {before}.").format(before=written)


def _change(
    indicator: Indicator,
    row: OutcomeRow,
    before: OutcomeRow | None,
    charted: Variation | None,
) -> str:
    if before is None or before.value is None or row.value is None:
        return ""
    since, until = Period.parse(before.period), Period.parse(row.period)
    if breaks := indicator.breaks_parting(since, until):
        return finding_words.after_break(text.period_words(breaks[-1].since))
    value = value_words(indicator, before)
    if value == value_words(indicator, row):
        return _("Samma värde som ett år tidigare.")
    if may_be_chance(row, before):
        return finding_words.unsure(value, charted)
    is_higher = row.value > before.value
    if indicator.kind is Kind.RANK:
        say = finding_words.worse_place if is_higher else finding_words.better_place
    else:
        say = finding_words.higher if is_higher else finding_words.lower
    return say(value)


def may_be_chance(row: OutcomeRow, before: OutcomeRow) -> bool:
    """Say whether two outcomes may differ by chance alone; False without intervals.

    Either way is asked: which of them is better makes no difference to chance.
    """
    now, then = estimate(row), estimate(before)
    if now is None or then is None:
        return False
    return change(now, then, Direction.NEUTRAL).movement is Movement.CANNOT_TELL


def compared_finding(
    indicator: Indicator, shown: Sequence[tuple[str, OutcomeRow]], kinds: str
) -> str:
    """Return what there is to know of units beside each other.

    Args:
        indicator: What is compared.
        shown: (name, outcome) of each unit with a value, best first.
        kinds: What the units are called.
    """
    rows = [row for __, row in shown]
    if not rows:
        return ""
    targets = {(row.target, row.target_rule, row.target_level) for row in rows}
    judged = [row for row in rows if row.status in JUDGED]
    if len(targets) == 1 and len(judged) == len(rows) and rows[0].target is not None:
        met = sum(row.status == Status.MET for row in rows)
        sentence = finding_words.units_met(
            met, len(rows), kinds, aim_words(indicator, rows[0])
        )
        missed = [row for row in rows if row.status != Status.MET]
        unsure = sum(interval_holds(row, row.target or 0.0) for row in missed)
        return (
            f"{sentence} {finding_words.units_unsure(unsure)}" if unsure else sentence
        )
    named = [f"{value_words(indicator, row)} ({name})" for name, row in shown]
    ends = (named[0], named[-1])
    lowest, highest = ends if indicator.direction is Direction.LOWER else ends[::-1]
    sentence = _("{number} {kinds}, från {lowest} till {highest}.").format(
        number=len(rows), kinds=kinds, lowest=lowest, highest=highest
    )
    return (
        f"{sentence} {finding_words.units_overlap()}"
        if _all_overlap(rows)
        else sentence
    )


def _all_overlap(rows: Sequence[OutcomeRow]) -> bool:
    bounds = [bound for bound in map(estimate, rows) if bound]
    if len(rows) < 2 or len(bounds) < len(rows):
        return False
    return max(bound.lower for bound in bounds) <= min(bound.upper for bound in bounds)
