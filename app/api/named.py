"""What a request names by its id."""

from http import HTTPStatus

from app.api.faults import RequestFault, unknown_id
from app.api.parameters import Given
from app.queries.frame import Frame
from app.queries.reader import Reader
from app.queries.units import UnitRow
from app.queries.unknown import UnknownBuild
from app.words.language import gettext as _
from kpi.definitions import Indicator
from kpi.period import Period, PeriodKind


def named_indicator(frame: Frame, id: str | None) -> Indicator:
    """Return the indicator that a request names.

    Raises:
        RequestFault: it names none, or one that is not known.
    """
    indicator = frame.indicator(id)
    if indicator is None:
        raise unknown_id("indicator", id)
    return indicator


def named_unit(frame: Frame, id: str | None) -> UnitRow:
    """Return the unit that a request names, or the region if it names none.

    Raises:
        RequestFault: the unit is not known.
    """
    unit = frame.unit_or_top(id)
    if unit is None:
        raise unknown_id("unit", id)
    return unit


def chosen_build(reader: Reader, build_id: str | None) -> Reader:
    """Return a reader of the build asked for.

    Raises:
        RequestFault: there is no such build.
    """
    try:
        return reader.of_build(build_id)
    except UnknownBuild as unknown:
        expected = _("id för ett bygge i datalagret, eller inget bygge för det senaste")
        raise RequestFault(
            "build", unknown.written, expected, HTTPStatus.NOT_FOUND
        ) from None


def quarter_of(frame: Frame, given: Given) -> Period:
    """Return the quarter that a request names; the latest if it names none."""
    quarter: Period | None = given["period"]
    if quarter is None:
        return frame.build.latest_quarter()
    return Period.holding(PeriodKind.QUARTER, quarter.last_day)
