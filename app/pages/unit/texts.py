"""The words of a unit's page."""

from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext

INDICATORS = _l("Enhetens indikatorer")
ABOUT = _l("Om enheten")
KIND = _l("Typ")
PART_OF = _l("Hör till")
UNITS_BELOW = _l("Underliggande enheter")
FORMERLY = _l("Tidigare namn och plats")
REPLACES = _l("Ersätter")
LATEST = _l("Senaste utfall")
COVERAGE = _l("Täckning och leveranser")
OVERVIEW_LINK = _l("Som tabell i översikten")


def lead(kind: str, quarter: str) -> str:
    """Return the line under the unit's name."""
    return f"{text.capital(kind)}, {quarter}"


def ended(day: str) -> str:
    """Say that the unit has ended."""
    return _("Enheten upphörde {day}.").format(day=day)


def ended_on(day: str, follower: str | None) -> str:
    """Say when a unit ended, and which one goes on with its outcomes."""
    if follower is None:
        return _("upphörd {day}").format(day=day)
    words = _("upphörd {day}, följs under {follower}")
    return words.format(day=day, follower=follower)


def follows(name: str) -> str:
    """Say which unit took over."""
    return _("Historiken följer med till {name}.").format(name=name)


def place(rank: int, units: int, kinds: str, is_shared: bool) -> str:
    """Return a place among units: `Plats 3 av 11 vårdcentraler`."""
    words = _("Plats {rank} av {units} {kinds}")
    if is_shared:
        words = _("Delad plats {rank} av {units} {kinds}")
    return words.format(rank=rank, units=units, kinds=kinds)


def overlapping(number: int) -> str:
    """Say how uncertain the place is."""
    if number == 0:
        return _("inget annat intervall överlappar")
    return ngettext(
        "intervallet överlappar {number} annan",
        "intervallet överlappar {number} andra",
        number,
    ).format(number=number)


def latest(period: str) -> str:
    """Say what the latest outcome is of."""
    return _("Senaste utfall: {period}").format(period=period)


def older(number: int) -> str:
    """Say how many outcomes are not of the quarter itself; empty for none."""
    if not number:
        return ""
    return ngettext(
        "{number} av dem mäts mer sällan eller har ett äldre utfall: kortet säger när.",
        "{number} av dem mäts mer sällan eller har ett äldre utfall: korten säger när.",
        number,
    ).format(number=number)


def without_value(number: int) -> str:
    """Say how many indicators have no value."""
    return ngettext(
        "{number} indikator utan värde", "{number} indikatorer utan värde", number
    ).format(number=number)


def formerly(name: str, parent: str, until: str) -> str:
    """Say what the unit was called and belonged to until a day."""
    return _("{name}, under {parent}, t.o.m. {day}").format(
        name=name, parent=parent, day=until
    )
