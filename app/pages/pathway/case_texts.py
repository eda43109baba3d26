"""The words of the cancer pathways case by case: open ones, and ended ones."""

from collections.abc import Mapping

from app.queries.pathway_cases import Group
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext

OPEN = _l("Öppna fall")
UNIT = _l("Enhet")
PASSED = _l("Har passerat sin sista maximala ledtid")
CASE = _l("Pseudonym")
WAITED = _l("Väntat, dagar")
LEFT = _l("Dagar kvar")
OVER = _l("Dagar över")
BY_ENDING = _l("Beroende på avslut")
REACHED = _l("Har nått")
NONE_PASSED = _l("Inget fall att visa har passerat sin sista maximala ledtid.")
WHICH_MAXIMUM = _l(
    "Den maximala ledtiden beror på hur förloppet slutar, och det vet ingen förrän det "
    "är slut. Dagar kvar räknas till nästa maximala ledtid i registret för fallets "
    "vårdförlopp, och dagar över från den sista, med eller utan utökad utredning så "
    "som det är registrerat nu."
)
ENDED = _l("Avslutade fall")
ENDED_HELP = _l(
    "Fall som avslutades i perioden med start av behandling, eller på annat sätt som "
    "ledtiden mäts till. Längst först, dagar för varje steg."
)
MAXIMUM_HELP = _l(
    "Välj ett vårdförlopp för att se fallens maximala ledtid. Bland flera skulle den "
    "visa vilket vårdförlopp fallet hör till."
)
IS_WITHIN = _l("Inom maximal ledtid")
LEAD_TIME = _l("Ledtid, dagar")
MAXIMUM_DAYS = _l("Högst, dagar")
YES, NO = _l("ja"), _l("nej")
NO_MAXIMUM = _l("ingen känd")
PLACES = (
    _l("Välgrundad misstanke"),
    _l("Första besök"),
    _l("Multidisciplinär konferens"),
    _l("Behandlingsbeslut"),
)
"""How far an open case has come."""


def soon(days: int) -> str:
    """Return the heading of the open cases that soon pass a maximum."""
    return _("Passerar en maximal ledtid inom {days} dagar").format(days=days)


def none_soon(days: int) -> str:
    """Say that no open case soon passes a maximum."""
    words = _("Inget fall att visa passerar en maximal ledtid inom {days} dagar.")
    return words.format(days=days)


def open_told(counts: Mapping[Group, int], days: int) -> str:
    """Say how the open cases stand."""
    number = sum(counts.values())
    if not number:
        return _("Inga öppna fall att visa.")
    words = _(
        "Av {number} öppna fall passerar {soon} en maximal ledtid inom {days} dagar, "
        "och {passed} har redan passerat sin sista."
    )
    return words.format(
        number=number,
        soon=counts[Group.SOON],
        days=days,
        passed=counts[Group.PASSED],
    )


def counted_until(day: str) -> str:
    """Say which day the open cases are counted from."""
    words = _(
        "Räknat till och med {day}, den sista dag som filerna berättar om. Ett fall "
        "kan ha avslutats sedan dess."
    )
    return words.format(day=day)


def unknown_maximum(number: int) -> str:
    """Say how many open cases have no maximum in the register."""
    words = ngettext(
        "{number} öppet fall saknar maximal ledtid i registret och visas inte.",
        "{number} öppna fall saknar maximal ledtid i registret och visas inte.",
        number,
    )
    return words.format(number=number)


def not_listed(minimum: int) -> str:
    """Say which cases are not listed one by one."""
    words = _(
        "Fall visas inte om enheten har haft färre än {minimum} fall i vårdförloppet "
        "under tolv månader."
    )
    return words.format(minimum=minimum)


def left(days: int) -> str:
    """Return how many days are left, or since when there are none."""
    if days < 0:
        words = ngettext(
            "passerad för {days} dag sedan", "passerad för {days} dagar sedan", -days
        )
        return words.format(days=-days)
    return ngettext("{days} dag kvar", "{days} dagar kvar", days).format(days=days)


def left_of(endings: list[str], days: int) -> str:
    """Return what is left if a pathway ends in one of some ways."""
    return f"{text.capital(text.listed(endings))}: {left(days)}"
