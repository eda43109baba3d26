"""What time makes of targets: steps that are due, and targets that have ended."""

from app.queries.outcomes import OutcomeRow
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.assessment import MISSED, Status
from kpi.definitions import Indicator
from kpi.period import Period
from kpi.steps import due, is_step, step_target
from kpi.targets import Target

_STEP_STATUS = {
    Status.MET: _l("Nådd"),
    Status.NEAR: _l("Nästan nådd"),
    Status.NOT_MET: _l("Inte nådd"),
    Status.PLANNED: _l("Planerad"),
}


def status_words(indicator: Indicator, status: Status) -> str:
    """Return a status in words: a step is reached or not, a target met or not."""
    of_step = _STEP_STATUS.get(status) if is_step(indicator) else None
    return str(of_step or text.STATUS[status])


def target_of(indicator: Indicator, row: OutcomeRow) -> Target | None:
    """Return the target that a step has in an outcome; None if it has none."""
    if row.target is None:
        return None
    targets = [
        target
        for target in indicator.targets
        if (target.value, target.rule, target.level)
        == (row.target, row.target_rule, row.target_level)
        and target.unit in (None, row.unit)
    ]
    return step_target(targets, Period.parse(row.period))


def due_in(indicator: Indicator, row: OutcomeRow) -> Period | None:
    """Return the period by whose end a step is to be reached; None without a day."""
    target = target_of(indicator, row) if is_step(indicator) else None
    return due(target) if target else None


def step_words(indicator: Indicator, row: OutcomeRow) -> list[str]:
    """Return by when a step is to be reached, and from when it is known, in sentences.

    Args:
        indicator: The step; of anything else there is nothing to tell.
        row: Its outcome.
    """
    sentences = []
    day, known_in = due_in(indicator, row), row.reported_in
    if day and row.status == Status.PLANNED:
        words = _("Ska vara nådd senast {period}.")
        sentences.append(words.format(period=text.period(str(day))))
    elif day and row.status in (*MISSED, Status.NOT_REPORTED):
        words = _("Skulle ha varit nådd senast {period}.")
        sentences.append(words.format(period=text.period(str(day))))
    if known_in:
        words = _("Senast rapporterat för {period}.")
        sentences.append(words.format(period=text.period(known_in)))
    return sentences


def ended_words(row: OutcomeRow, target: str) -> str:
    """Return that a target has ended without being met; empty if none has.

    Args:
        row: The outcome, of a period after it.
        target: The target that ended, with its rule.
    """
    if row.ended_in is None:
        return ""
    words = _("Målet {target} gällde {period}, nåddes inte, inget nytt mål finns.")
    return words.format(target=target, period=text.period(row.ended_in))
