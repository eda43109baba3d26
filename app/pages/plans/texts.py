"""The words of `/handlingsplaner`."""

from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import lazy_pgettext, ngettext
from app.words.text import in_force
from kpi.activities import ActivityKind, ActivityStatus

LEAD = _l(
    "Målen och aktiviteterna i planerna, hur långt de har kommit och de indikatorer "
    "som följer upp dem."
)
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

GOAL = lazy_pgettext("handlingsplan", "Målbild")
PLANNED = _l("Planerade aktiviteter")
MEASURE = _l("Mått enligt planen")
RESPONSIBLE = _l("Ansvarig")
SUPPORT = _l("Stöd")
TIMELINE = _l("Tidplan")
STATUS_COLUMN = _l("Status")
STATUS_NOTE = _l("Planen skriver")
FOLLOW_UP = _l("Uppföljning enligt planen")
FOLLOWED_BY = _l("Följs upp av")
NO_INDICATOR = _l("Ingen indikator:")
REPLACED_BY = _l("Ersatt av")
NOT_STATED = _l("Anges inte")
ENDED = _l("Avslutade mål")
MORE = _l("Mer om aktiviteten")
NOTHING_LEFT = _l("Inga aktiviteter passar urvalet")
NOTHING_LEFT_HELP = _l("Välj ”Alla” i något av filtren, eller börja om:")
ALL = _l("Visa alla aktiviteter")
NO_ACTIVITIES = _l("Det finns inga aktiviteter i det här bygget.")


def counted(shown: int, every: int) -> str:
    """Say how many activities are shown."""
    if shown == every:
        return ngettext(
            "{number} mål eller aktivitet.", "{number} mål och aktiviteter.", every
        ).format(number=every)
    return _("{shown} av {every} mål och aktiviteter.").format(shown=shown, every=every)


def items(number: int) -> str:
    """Say how many goals and activities a part of a plan has."""
    words = ngettext("{number} punkt", "{number} punkter", number)
    return words.format(number=number)


def missed(number: int) -> str:
    """Say how many indicators of a part of a plan miss their target."""
    words = ngettext(
        "{number} indikator når inte målet",
        "{number} indikatorer når inte målet",
        number,
    )
    return words.format(number=number)


def shown_for(unit: str, quarter: str) -> str:
    """Say whose outcomes stand beside the activities."""
    return _("Indikatorernas status gäller {unit}, {quarter}.").format(
        unit=unit, quarter=quarter
    )


def of_other_region(unit: str) -> str:
    """Say that the outcomes beside a plan are not of the region that decided it."""
    words = _("En annan regions plan. Statusen är ändå den som gäller {unit}.")
    return words.format(unit=unit)


def beside(unit: str, period: str) -> str:
    """Return what stands beside a value, in one pair of brackets at most."""
    if not unit or not period:
        return unit or (period and f"({period})")
    return f"{unit[:-1]}, {period})" if unit.endswith(")") else f"{unit} ({period})"


def valid(decided: str, years: str) -> str:
    """Say when a plan was decided and for which years."""
    return _("Beslutad {decided}. Gäller {years}.").format(
        decided=decided, years=in_force(years)
    )


def number(kind: ActivityKind, number: str) -> str:
    """Return what the plan calls an activity: `Mål 5`."""
    return f"{KIND[kind]} {number}"
