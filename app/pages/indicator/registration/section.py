"""The section of registration beside a rate on an indicator's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash.development.base_component import Component

from app.columns import Col
from app.design.components import link, notice, section, table
from app.outcome.parts import stacked, value_link
from app.pages.indicator.registration.find import (
    Registration,
    Silent,
    registration,
    registration_of,
    silent_since,
)
from app.pages.indicator.registration.words import (
    RegisteringWords,
    RegistrationWords,
    marks,
    registration_words,
    silent_words,
)
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow, outcomes_in, statuses_within
from app.queries.reader import Reader
from app.queries.spans import Span
from app.queries.units import UnitRow
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.definitions import Indicator
from kpi.period import PeriodKind


@dataclass(frozen=True, slots=True)
class Beside:
    """What a page says of registration.

    Attributes:
        warning: Beside the outcome of a unit that registers nothing; None for others.
        section: The registration of the unit and those below it.
        marks: What to remark on in lists, by unit.
    """

    warning: Component | None
    section: Component
    marks: Mapping[str, str]


def registration_beside(
    reader: Reader,
    frame: Frame,
    indicator: Indicator,
    unit: UnitRow,
    row: OutcomeRow,
    rates: Sequence[OutcomeRow],
) -> Beside | None:
    """Read and word registration; None for an indicator that needs none.

    Args:
        reader: What to read.
        frame: What was read first.
        indicator: The rate.
        unit: The one looked at.
        row: Its outcome that is shown.
        rates: Every unit's outcome in the same period.
    """
    registered = registration_of(frame.definitions, indicator)
    if registered is None:
        return None
    rows = outcomes_in(reader, registered.id, row.period)
    registering = registration(indicator, frame.units, unit, rates, rows)
    silent = _silent(reader, frame, registered, registering, row)
    worded = registration_words(indicator, registered, registering, silent, row.period)
    is_own = [unit.unit_id] == [silent_unit.unit.unit_id for silent_unit in silent]
    return Beside(
        notice(silent_words(indicator, silent[0])) if is_own else None,
        _section(worded, row.period, is_own),
        marks(rows),
    )


def _silent(
    reader: Reader,
    frame: Frame,
    registered: Indicator,
    registering: Registration,
    row: OutcomeRow,
) -> list[Silent]:
    if not registering.whole.silent:
        return []
    kind = PeriodKind(row.period_kind)
    span = Span(kind, (registered.id,), 0, row.last_month)
    history = statuses_within(reader, [span], registering.whole.silent)
    return [
        silent_since(
            unit,
            [peer for peer in history if peer.unit == unit.unit_id],
        )
        for key in registering.whole.silent
        if (unit := frame.units.find(key))
    ]


def _rate(registering_words: RegisteringWords) -> str | Component:
    return (
        stacked(value_link(registering_words.rate), registering_words.rate.interval)
        if registering_words.rate
        else ""
    )


def _registration(registering_words: RegisteringWords) -> str | Component:
    if not registering_words.registration:
        return ""
    return stacked(value_link(registering_words.registration), registering_words.counts)


_COLUMNS = (
    Col(headings.UNIT, lambda line: link(line.unit, line.href), is_heading=True),
    Col(headings.VALUE, _rate, is_number=True),
    Col(_l("Har någon kod"), _registration, is_number=True),
    Col(_l("Enheter utan kod"), "silent", is_number=True),
)


def _section(worded: RegistrationWords, period: str, is_own: bool) -> Component:
    title = _("Registreras åtgärden, {period}?").format(period=text.period(period))
    listed = html.Ul(
        [
            html.Li([link(name, href), f": {since}"])
            for name, href, since in worded.silent
        ]
    )
    return section(
        title,
        html.P(worded.finding, className="chart-title") if worded.finding else None,
        html.P(worded.rest) if worded.rest else None,
        None if is_own or not worded.silent else listed,
        table(title, _COLUMNS, worded.rows),
        html.P(
            _(
                "Bara det som registreras syns. Läs därför siffran tillsammans med hur "
                "stor del av kontakterna som har någon kod alls."
            )
            + " "
            + _("Enheter med för få fall räknas inte med."),
            className="muted",
        ),
        id="registrering",
    )
