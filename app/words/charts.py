"""The words that charts share: what stands in them, beside them and in their files."""

from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.period import Period, PeriodKind

DOWNLOAD = _l("Hämta:")
CSV = "CSV"
XLSX = "Excel"
NOTHING_TO_DRAW = _l(
    "Det finns inga värden att rita. Skälet står i tabellen under Siffrorna."
)


def compared(shown: int, hidden: int, silent: int = 0) -> str:
    """Say how many units are compared.

    Args:
        shown: Those with a value that says something.
        hidden: Those without a value.
        silent: Those with a value but no code, which says nothing.
    """
    words = _("{shown} enheter med värde.")
    if hidden and silent:
        words = _(
            "{shown} enheter med värde, {silent} som inte registrerar någon kod, "
            "{hidden} utan värde (skälet står i tabellen)."
        )
    elif hidden:
        words = _(
            "{shown} enheter med värde, {hidden} utan värde (skälet står i tabellen)."
        )
    elif silent:
        words = _("{shown} enheter med värde, {silent} som inte registrerar någon kod.")
    return words.format(shown=shown, hidden=hidden, silent=silent)


def short_period(written: str) -> str:
    """Return a period in words for the axis of a chart."""
    period = Period.parse(written)
    if period.kind is PeriodKind.MONTH:
        return f"{text.period_words(period)[:3]} {period.year}"
    if period.kind is PeriodKind.ROLLING:
        words = _("t.o.m. kv\xa0{number} {year}")
        return words.format(number=period.number, year=period.year)
    return text.period_words(period)


def not_comparable(period: str) -> str:
    """Say above the line of a break what it means, in two lines."""
    return _("Inte jämförbart<br>före {period}").format(period=period)


def break_at(period: str, why: str) -> str:
    """Say where values stop being comparable, and why."""
    return _("Brott {period}: {why}").format(period=period, why=why)


def target_label(level: str | None, value: str) -> str:
    """Return what stands at the end of a target's line."""
    if level == "local":
        return _("Lokalt mål {value}").format(value=value)
    if level == "national":
        return _("Nationellt mål {value}").format(value=value)
    return _("Mål {value}").format(value=value)


def outcome_label(value: str) -> str:
    """Return what stands at the end of the outcomes' line."""
    return _("Utfall {value}").format(value=value)
