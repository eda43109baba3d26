"""What a request names by its id."""

from app.api.faults import unknown_id
from app.queries.frame import Frame
from app.queries.units import UnitRow
from kpi.definitions import Indicator


def named_indicator(frame: Frame, id: str | None) -> Indicator:
    """Return the indicator that a request names.

    Raises:
        RequestFault: it names none, or one that is not known.
    """
    found = frame.indicator(id)
    if found is None:
        raise unknown_id("indicator", id)
    return found


def named_unit(frame: Frame, id: str | None) -> UnitRow:
    """Return the unit that a request names, or the region if it names none.

    Raises:
        RequestFault: the unit is not known.
    """
    found = frame.unit_or_top(id)
    if found is None:
        raise unknown_id("unit", id)
    return found
