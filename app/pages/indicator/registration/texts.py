"""The words of registration: are codes registered at all?"""

from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext

REGISTRATION = _l("Har någon kod")
SILENT_UNITS = _l("Enheter utan kod")
REGISTERS_NOTHING = _l("Registrerar ingen kod: säger inget om vad som görs.")
WHAT = _l(
    "Bara det som registreras syns. Läs därför siffran tillsammans med hur stor del av "
    "kontakterna som har någon kod alls."
)
NEVER = _l("har aldrig registrerat någon kod")
FEW_CASES = _l("Enheter med för få fall räknas inte med.")


def title(period: str) -> str:
    """Return the heading of a period's registration."""
    return _("Registreras åtgärden, {period}?").format(period=period)


def silent(unit: str, since: str | None, is_count: bool) -> str:
    """Say that a unit registers nothing, and since when; None if it never did.

    Args:
        unit: Its name.
        since: The first period without any code, in words.
        is_count: Whether the figure is a number and not a share.
    """
    words = _(
        "{unit} har aldrig registrerat någon kod: andelen säger inget om vad som görs."
    )
    if is_count:
        words = _(
            "{unit} har aldrig registrerat någon kod: antalet säger inget om vad som "
            "görs."
        )
    if since:
        words = _(
            "{unit} har inte registrerat någon kod från och med {since}: andelen säger "
            "inget om vad som görs."
        )
        if is_count:
            words = _(
                "{unit} har inte registrerat någon kod från och med {since}: antalet "
                "säger inget om vad som görs."
            )
    return words.format(unit=unit, since=since)


def silent_among(number: int, known: int, period: str) -> str:
    """Say how many units register nothing in a period."""
    words = _("{number} av {known} enheter har inte registrerat någon kod {period}.")
    return words.format(
        number=text.count(number), known=text.count(known), period=period
    )


def all_register(known: int, period: str) -> str:
    """Say that every unit registers something in a period."""
    words = ngettext(
        "{known} enhet har registrerat koder {period}.",
        "Alla {known} enheter har registrerat koder {period}.",
        known,
    )
    return words.format(known=text.count(known), period=period)


def covered(share: str, numerator: str, denominator: str) -> str:
    """Say how many of the contacts have any code."""
    words = _("{share} av kontakterna har någon kod ({numerator} av {denominator}).")
    return words.format(share=share, numerator=numerator, denominator=denominator)


def rest(share: str, interval: str, whole: str) -> str:
    """Say what the rate is among the units that do register."""
    words = _(
        "Bland dem som registrerar är andelen {share} (95 %-intervall {interval}), i "
        "stället för {whole}."
    )
    return words.format(share=share, interval=interval, whole=whole)


def of_units(number: int, known: int) -> str:
    """Return how many of a unit's units register nothing."""
    words = ngettext("{number} av {known} enhet", "{number} av {known} enheter", known)
    return words.format(number=text.count(number), known=text.count(known))


def since(period: str) -> str:
    """Say since when a unit has registered nothing."""
    return _("ingen kod sedan {period}").format(period=period)


def counts(numerator: str, denominator: str) -> str:
    """Return how many of how many."""
    return _("{correct} av {observed}").format(correct=numerator, observed=denominator)
