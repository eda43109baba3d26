"""The words of `/handlingsplaner`."""

from kpi.activities import ActivityKind, ActivityStatus

LEAD = (
    "Målen och aktiviteterna i planerna, hur långt de har kommit och de indikatorer "
    "som följer upp dem."
)
STATUS: dict[ActivityStatus, str] = {
    ActivityStatus.NOT_STARTED: "Inte påbörjad",
    ActivityStatus.ONGOING: "Pågår",
    ActivityStatus.WAITING: "Avvaktar",
    ActivityStatus.COMPLETED: "Klar",
    ActivityStatus.NOT_MET: "Inte uppfyllt",
    ActivityStatus.REPLACED: "Ersatt",
    ActivityStatus.NOT_STATED: "Anges inte i planen",
}
SYMBOL: dict[ActivityStatus, str] = {
    ActivityStatus.NOT_STARTED: "○",
    ActivityStatus.ONGOING: "▶",
    ActivityStatus.WAITING: "‖",
    ActivityStatus.COMPLETED: "✓",
    ActivityStatus.NOT_MET: "✗",
    ActivityStatus.REPLACED: "→",
    ActivityStatus.NOT_STATED: "–",
}
LOOK: dict[ActivityStatus, str] = {
    ActivityStatus.NOT_STARTED: "no_target",
    ActivityStatus.ONGOING: "near",
    ActivityStatus.WAITING: "paused",
    ActivityStatus.COMPLETED: "met",
    ActivityStatus.NOT_MET: "not_met",
    ActivityStatus.REPLACED: "paused",
    ActivityStatus.NOT_STATED: "not_measured",
}
"""Which status of an outcome lends its colour; symbol and word are their own."""

KIND: dict[ActivityKind, str] = {
    ActivityKind.GOAL: "Mål",
    ActivityKind.ENDED_GOAL: "Avslutat mål",
    ActivityKind.ACTION: "Åtgärd",
    ActivityKind.RECOMMENDATION: "Rekommendation",
    ActivityKind.PRIORITISED_ACTIVITY: "Prioriterad aktivitet",
}

GOAL = "Målbild"
PLANNED = "Planerade aktiviteter"
MEASURE = "Mått enligt planen"
RESPONSIBLE = "Ansvarig"
SUPPORT = "Stöd"
TIMELINE = "Tidplan"
STATUS_COLUMN = "Status"
STATUS_NOTE = "Planen skriver"
FOLLOW_UP = "Uppföljning enligt planen"
FOLLOWED_BY = "Följs upp av"
NO_INDICATOR = "Ingen indikator:"
REPLACED_BY = "Ersatt av"
NOT_STATED = "Anges inte"
ENDED = "Avslutade mål"
MORE = "Mer om aktiviteten"
NOTHING_LEFT = "Inga aktiviteter passar urvalet"
NOTHING_LEFT_HELP = "Välj ”Alla” i något av filtren, eller börja om:"
ALL = "Visa alla aktiviteter"
NO_ACTIVITIES = "Det finns inga aktiviteter i det här bygget."


def counted(shown: int, every: int) -> str:
    """Say how many activities are shown."""
    if shown == every:
        return f"{every} mål och aktiviteter."
    return f"{shown} av {every} mål och aktiviteter."


def shown_for(unit: str, quarter: str) -> str:
    """Say whose outcomes stand beside the activities."""
    return f"Indikatorernas status gäller {unit}, {quarter}."


def valid(decided: str, years: str) -> str:
    """Say when a plan was decided and for which years."""
    return f"Beslutad {decided}. Gäller {years}."


def number(kind: ActivityKind, number: str) -> str:
    """Return what the plan calls an activity: `Mål 5`."""
    return f"{KIND[kind]} {number}"
