"""What pages say of what an address asks for and there is not."""

from collections.abc import Callable

from dash.development.base_component import Component

from app.address import (
    Selection,
    overview_address,
    unit_address,
    unit_id,
)
from app.design.choices import stood_in
from app.design.components import link, links, notice
from app.queries.frame import Frame
from app.queries.units import UnitRow
from app.web import html
from app.words import not_found, text
from app.words.language import gettext as _
from kpi.period import Period, PeriodKind

Way = Callable[[str], str]
"""From a quarter as it is written to the same page's address in that quarter."""


def quarter_shown(frame: Frame, selection: Selection) -> Period:
    """Return the quarter to show: what was chosen, if it can be shown.

    After the data the newest quarter is shown; before them there is nothing to show.
    """
    newest, known = frame.build.latest_quarter(), frame.build.quarters()
    quarter = selection.quarter(newest)
    if quarter in known or not known or precedes_data(frame, quarter):
        return quarter
    if selection.period is None:
        return quarter
    # A year whose last quarter is still to come begins before the data end.
    is_after = Period.parse(selection.period).first > known[-1].last
    return newest if is_after else known[-1]


def period_shown(frame: Frame, selection: Selection) -> Period:
    """Return the period to show: what was chosen, if the data reach into it.

    Otherwise the quarter to show.
    """
    known = frame.build.quarters()
    if selection.period is not None and known:
        chosen = Period.parse(selection.period)
        if known[0].first <= chosen.last and chosen.first <= known[-1].last:
            return chosen
    return quarter_shown(frame, selection)


def quarter_notice(frame: Frame, selection: Selection, way: Way) -> Component | None:
    """Return what to tell where what was chosen is not, or cannot be, shown."""
    newest, known = frame.build.latest_quarter(), frame.build.quarters()
    quarter = selection.quarter(newest)
    if selection.period is None or not known:
        return None
    chosen = Period.parse(selection.period)
    words = text.period_words(chosen)
    if quarter in known:
        return None if chosen == quarter else _only_quarters(chosen, quarter, selection)
    if precedes_data(frame, quarter):
        reach = (text.period_words(known[0]), text.period_words(known[-1]))
        return notice(not_found.before_data(words, *reach), _to(newest, way))
    if chosen.first > known[-1].last:
        return notice(not_found.other_period(words, text.period_words(newest)))
    return None


def _only_quarters(chosen: Period, quarter: Period, selection: Selection) -> Component:
    words = text.period_words(chosen)
    told = not_found.only_quarters(words, text.period_words(quarter))
    asked = Selection(
        unit=selection.unit,
        period=str(chosen),
        plan=selection.plan,
        area=selection.area,
    )
    return notice(told, link(not_found.in_overview(words), overview_address(asked)))


def precedes_data(frame: Frame, quarter: Period) -> bool:
    """Say whether a quarter was over before the first one with data."""
    known = frame.build.quarters()
    return bool(known) and quarter.last < known[0].first


def no_outcomes(
    frame: Frame, unit: UnitRow, quarter: Period, way: Way
) -> Component | None:
    """Return why a unit has no outcomes in a quarter, and where there are some.

    None before the data, where `quarter_notice` has said so.
    """
    if precedes_data(frame, quarter):
        return None
    if not stood_in(unit, quarter):
        there = [period for period in frame.build.quarters() if stood_in(unit, period)]
        nearest = sorted(there, key=lambda period: abs(period.first - quarter.first))[
            :1
        ]
        sentence = _("{unit} fanns inte {period}.").format(
            unit=unit.name, period=text.period_words(quarter)
        )
        return notice(sentence, *(_to(period, way) for period in nearest))
    if quarter.kind is not PeriodKind.QUARTER:
        sentence = _("Här finns inga utfall för {period}.")
        sentence = sentence.format(period=text.period_words(quarter))
        return notice(sentence, _to(frame.build.latest_quarter(), way))
    above = frame.units.ancestors(unit.unit_id)
    if not above:
        return notice(not_found.NO_INDICATORS)
    return html.Div(
        [
            notice(
                not_found.NO_INDICATORS,
                _("Måtten följs upp på en annan nivå. Se i stället:"),
            ),
            links(
                (unit_above.name, unit_address(unit_above.unit_id))
                for unit_above in above
            ),
        ]
    )


def _to(quarter: Period, way: Way) -> Component:
    return link(
        _("Visa {period}").format(period=text.period_words(quarter)), way(str(quarter))
    )


def other_unit(written: str | None, shown: UnitRow) -> Component | None:
    """Return that an address names no unit at all; None if it may be one, or none."""
    if not written or unit_id(written):
        return None
    return notice(
        _("Adressen anger en enhet som inte finns. Här visas {unit}.").format(
            unit=shown.name
        )
    )
