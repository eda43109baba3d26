"""The words of `/handlingsplaner`."""

from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import lazy_pgettext, ngettext
from kpi.activities import ActivityKind, ActivityStatus

STATUS: dict[ActivityStatus, str] = {
    ActivityStatus.NOT_STARTED: _l("Inte påbörjad"),
    ActivityStatus.ONGOING: _l("Pågår"),
    ActivityStatus.WAITING: _l("Avvaktar"),
    ActivityStatus.COMPLETED: _l("Klar"),
    ActivityStatus.NOT_MET: _l("Inte uppfyllt"),
    ActivityStatus.REPLACED: _l("Ersatt"),
    ActivityStatus.NOT_STATED: _l("Anges inte i planen"),
}
SYMBOL: dict[ActivityStatus, str] = {
    ActivityStatus.NOT_STARTED: "○",
    ActivityStatus.ONGOING: "◐",
    ActivityStatus.WAITING: "‖",
    ActivityStatus.COMPLETED: "✓",
    ActivityStatus.NOT_MET: "✗",
    ActivityStatus.REPLACED: "→",
    ActivityStatus.NOT_STATED: "–",
}
LOOK: dict[ActivityStatus, str] = {
    ActivityStatus.NOT_STARTED: "no_target",
    ActivityStatus.ONGOING: "ongoing",
    ActivityStatus.WAITING: "paused",
    ActivityStatus.COMPLETED: "met",
    ActivityStatus.NOT_MET: "not_met",
    ActivityStatus.REPLACED: "paused",
    ActivityStatus.NOT_STATED: "not_measured",
}
"""Which status of an outcome lends its colour; symbol and word are their own."""

KIND: dict[ActivityKind, str] = {
    ActivityKind.GOAL: lazy_pgettext("handlingsplan", "Mål"),
    ActivityKind.ENDED_GOAL: _l("Avslutat mål"),
    ActivityKind.ACTION: _l("Åtgärd"),
    ActivityKind.RECOMMENDATION: _l("Rekommendation"),
    ActivityKind.PRIORITISED_ACTIVITY: _l("Prioriterad aktivitet"),
}

NOT_STATED = _l("Anges inte")


def counted(shown: int, every: int) -> str:
    """Say how many activities are shown."""
    if shown == every:
        return ngettext(
            "{number} mål eller aktivitet.", "{number} mål och aktiviteter.", every
        ).format(number=every)
    return _("{shown} av {every} mål och aktiviteter.").format(shown=shown, every=every)


def in_brackets(unit: str, period: str) -> str:
    """Return what stands beside a value, in one pair of brackets at most."""
    if not unit or not period:
        return unit or (period and f"({period})")
    return f"{unit[:-1]}, {period})" if unit.endswith(")") else f"{unit} ({period})"


def numbered(kind: ActivityKind, number: str) -> str:
    """Return what the plan calls an activity: `Mål 5`."""
    return f"{KIND[kind]} {number}"
