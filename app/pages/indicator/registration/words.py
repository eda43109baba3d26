"""A rate and its registration beside each other, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.address import indicator_address
from app.outcome.words import OutcomeWords, outcome_words, value_words
from app.pages.indicator.registration.find import (
    Registering,
    Registration,
    Silent,
    is_silent,
)
from app.pages.indicator.words import counts_shown
from app.queries.outcomes import OutcomeRow
from app.words import text
from app.words.language import gettext as _
from app.words.language import ngettext
from kpi.definitions import Indicator
from kpi.intervals import share_interval
from kpi.model import Kind


@dataclass(frozen=True, slots=True)
class RegisteringWords:
    """A unit as a row of the table; empty text where there is nothing to say.

    Attributes:
        rate: None without an outcome.
        registration: The same.
        counts: Contacts with a code, of how many.
        silent: Since when it registers nothing, or how many units in it do not.
    """

    unit: str
    href: str
    rate: OutcomeWords | None
    registration: OutcomeWords | None
    counts: str
    silent: str


@dataclass(frozen=True, slots=True)
class RegistrationWords:
    """What the section says.

    Attributes:
        finding: Whether anything is registered.
        rest: The rate without the units that register nothing; empty without any.
        silent: Each of them: (its name, its page, since when).
        rows: The unit looked at, then those directly below it.
    """

    finding: str
    rest: str
    silent: tuple[tuple[str, str, str], ...]
    rows: tuple[RegisteringWords, ...]


def silent_words(indicator: Indicator, silent: Silent) -> str:
    """Say of one unit that it registers nothing, and what that means."""
    since = None if silent.is_always else text.period(silent.since)
    return _silent(silent.unit.name, since, indicator.kind is Kind.COUNT)


def registration_words(
    indicator: Indicator,
    registered: Indicator,
    registration: Registration,
    silent: Sequence[Silent],
    period: str,
) -> RegistrationWords:
    """Return a rate and its registration in words.

    Args:
        indicator: The rate.
        registered: The registration.
        registration: Both in the unit and those below it.
        silent: Those of `registration.whole.silent`.
        period: The one shown.
    """
    by_unit = {silent_unit.unit.unit_id: silent_unit for silent_unit in silent}
    return RegistrationWords(
        _finding(registered, registration, period),
        _rest(indicator, registration),
        tuple(_silent_line(indicator, silent_unit, period) for silent_unit in silent),
        tuple(
            _row(indicator, registered, registering, by_unit, period)
            for registering in (registration.whole, *registration.below)
        ),
    )


def _finding(registered: Indicator, registration: Registration, period: str) -> str:
    registering = registration.whole
    sentences, row = [], registering.registration
    if row and row.value is not None:
        share, counts = value_words(registered, row), counts_shown(row)
        sentences.append(_covered(share, *counts))
    when = text.period(period)
    if registering.silent == (registering.unit.unit_id,):
        # A warning beside the outcome says the rest.
        return " ".join(sentences)
    if registering.silent:
        number = len(registering.silent)
        sentences.append(
            _(
                "{number} av {known} enheter har inte registrerat någon kod {period}."
            ).format(
                number=text.count(number),
                known=text.count(registering.known),
                period=when,
            )
        )
    elif registering.known:
        sentences.append(
            ngettext(
                "{known} enhet har registrerat koder {period}.",
                "Alla {known} enheter har registrerat koder {period}.",
                registering.known,
            ).format(known=text.count(registering.known), period=when)
        )
    return " ".join(sentences)


def _rest(indicator: Indicator, registration: Registration) -> str:
    rest, rate = registration.rest, registration.whole.rate
    if rest is None or rate is None:
        return ""
    lower, upper = share_interval(rest.numerator, rest.denominator)
    return _(
        "Bland dem som registrerar är andelen {share} (95 %-intervall {interval}), i "
        "stället för {whole}."
    ).format(
        share=text.value(indicator, 100 * rest.numerator / rest.denominator),
        interval=text.interval(indicator, 100 * lower, 100 * upper),
        whole=text.value(indicator, rate.value),
    )


def _silent_line(
    indicator: Indicator, silent: Silent, period: str
) -> tuple[str, str, str]:
    href = indicator_address(indicator.id, silent.unit.unit_id, period)
    return silent.unit.name, href, _since(silent)


def _since(silent: Silent) -> str:
    if silent.is_always:
        return _("har aldrig registrerat någon kod")
    return _("ingen kod sedan {period}").format(period=text.period(silent.since))


def _row(
    indicator: Indicator,
    registered: Indicator,
    registering: Registering,
    silent: Mapping[str, Silent],
    period: str,
) -> RegisteringWords:
    unit, row = registering.unit, registering.registration
    return RegisteringWords(
        unit.name,
        indicator_address(indicator.id, unit.unit_id, period),
        outcome_words(indicator, registering.rate) if registering.rate else None,
        outcome_words(registered, row) if row else None,
        _counts(*counts_shown(row)) if row and row.value is not None else "",
        _silence(registering, silent),
    )


def _silence(registering: Registering, silent: Mapping[str, Silent]) -> str:
    silence = silent.get(registering.unit.unit_id)
    if silence:
        return _since(silence)
    if registering.known > 1:
        return ngettext(
            "{number} av {known} enhet",
            "{number} av {known} enheter",
            registering.known,
        ).format(
            number=text.count(len(registering.silent)),
            known=text.count(registering.known),
        )
    return ""


def marks(registrations: Iterable[OutcomeRow]) -> dict[str, str]:
    """Return what to remark on beside the outcome of each unit without any code."""
    words = _("Registrerar ingen kod: säger inget om vad som görs.")
    return {row.unit: words for row in registrations if is_silent(row)}


def _silent(unit: str, since: str | None, is_count: bool) -> str:
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


def _covered(share: str, numerator: str, denominator: str) -> str:
    """Say how many of the contacts have any code."""
    words = _("{share} av kontakterna har någon kod ({numerator} av {denominator}).")
    return words.format(share=share, numerator=numerator, denominator=denominator)


def _counts(numerator: str, denominator: str) -> str:
    """Return how many of how many."""
    return _("{correct} av {observed}").format(correct=numerator, observed=denominator)
