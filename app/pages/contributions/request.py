"""What an address asks of contributions; what makes no sense is left out and told."""

from collections.abc import Iterator, Mapping

from app.address import Selection, period_text, unit_id
from app.pages.contributions import texts
from app.pages.contributions.found import Asked, Found, ways_of
from app.queries.frame import Frame
from app.queries.units import UnitRow
from app.words import text
from kpi.datasets import DIMENSIONS
from kpi.definitions import Indicator
from kpi.period import Period

_LONGEST = 80
"""Of a value; no source has a longer one."""


def asked_in(
    frame: Frame, indicator: Indicator, params: Mapping[str, str]
) -> Asked | None:
    """Return what an address asks for; None if there is no such unit."""
    selection = Selection.read(params)
    unit = frame.unit_or_top(selection.unit)
    if unit is None:
        return None
    ways = ways_of(indicator)
    where = {
        name: value
        for name, value in params.items()
        if name in DIMENSIONS and name in ways and 0 < len(value) <= _LONGEST
    }
    since, by = period_text(params.get("since")), params.get("by")
    latest = frame.build.latest_quarter()
    return Asked(
        indicator.in_region(frame.units.kolada_id(unit.unit_id)),
        unit,
        Period.parse(selection.period) if selection.period else latest,
        Period.parse(since) if since else None,
        by if by in ways else None,
        where,
        _steps(frame, unit, where, params.get("steps") or ""),
    )


def _steps(
    frame: Frame, unit: UnitRow, where: Mapping[str, str], written: str
) -> tuple[str, ...]:
    """Return the way here; without one that fits, the unit and then the dimensions."""
    steps = tuple(unit_id(one) or one for one in written.split(","))
    units = [one for one in steps if frame.units.find(one)]
    dimensions = [one for one in steps if one in where]
    fits = (
        units[-1:] == [unit.unit_id]
        and steps[0] == units[0]
        and len(set(steps)) == len(steps) == len(units) + len(dimensions)
        and len(dimensions) == len(where)
    )
    return steps if fits else (unit.unit_id, *where)


def notices(found: Found, params: Mapping[str, str]) -> Iterator[str]:
    """Yield what was asked for and is not shown."""
    if not found.ways:
        return
    asked = [name for name in params if name in DIMENSIONS]
    if by := params.get("by"):
        asked.append(by)
    for name in dict.fromkeys(asked):
        if name not in found.ways:
            words = str(text.DIMENSION.get(name, name[:_LONGEST]))
            yield texts.no_such_way(words)
    if (since := params.get("since")) and found.row and not found.is_since_asked:
        written = period_text(since)
        said = text.period(written) if written else since[:_LONGEST]
        yield texts.no_such_since(said)
