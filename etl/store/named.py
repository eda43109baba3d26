"""What the definitions and activities name that no file can hold: pathways, codes.

A misspelt code meets no row, so that an indicator would say nothing, or 0 per cent,
without a word.
"""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from etl.sources import LAYOUTS
from etl.sources.svf import ENDING_NAMES
from kpi.activities import Activities
from kpi.definitions import Definitions, Indicator
from kpi.meant import Fault
from kpi.measures import RowsMeasure, named_in
from kpi.region import Region
from kpi.yaml_lines import Location

_PATHWAYS = "@svf"


def unknown_names(
    definitions: Definitions, pathways: Collection[str]
) -> Iterator[Fault]:
    """Find pathways of targets, and codes of conditions, that no file can hold.

    Args:
        definitions: Whose targets and measures are looked through.
        pathways: The slugs that are known.
    """
    codes = {
        (str(layout.dataset), field.name): _codes(field.codes, pathways)
        for layout in LAYOUTS
        for field in layout.fields
        if field.codes
    }
    for number, indicator in enumerate(definitions.indicators):
        here: Location = ("indicators", number)
        for position, target in enumerate(indicator.targets):
            if target.svf is not None and target.svf not in pathways:
                at = (*here, "targets", position, "svf")
                yield at, _unknown("pathway", target.svf, pathways)
        for place, measure in _measures(indicator):
            for where in measure.wheres():
                for column, condition in where.items():
                    known = codes.get((measure.dataset, column))
                    if known is None:
                        continue
                    for value in named_in(condition):
                        if value not in known:
                            at = (*here, *place)
                            yield at, _unknown(f"code of {column}", value, known)


def unknown_pathways(
    activities: Activities, pathways: Collection[str]
) -> Iterator[Fault]:
    """Find pathways that follow up an activity and that no file can hold."""
    for position, activity in enumerate(activities.activities):
        for name in ("followed_up_by", "proposed"):
            for place, link in enumerate(getattr(activity, name)):
                if link.svf is not None and link.svf not in pathways:
                    at = ("activities", position, name, place, "svf")
                    yield at, _unknown("pathway", link.svf, pathways)


def unknown_lead_times(region: Region, pathways: Collection[str]) -> Iterator[Fault]:
    """Find pathways and endings of maximum lead times that no case can have."""
    for pathway, maxima in region.lead_times.items():
        if pathways and pathway not in pathways:
            yield ("lead_times", pathway), _unknown("pathway", pathway, pathways)
        for position, maximum in enumerate(maxima):
            if maximum.ending not in ENDING_NAMES:
                at = ("lead_times", pathway, position, "ending")
                yield at, _unknown("ending", maximum.ending, ENDING_NAMES)


def _measures(indicator: Indicator) -> Iterator[tuple[Location, RowsMeasure]]:
    if isinstance(indicator.measure, RowsMeasure):
        yield ("measure",), indicator.measure
    for position, breakdown in enumerate(indicator.breakdowns):
        if breakdown.measure:
            yield ("breakdowns", position, "measure"), breakdown.measure


def _codes(codes: Collection[str], pathways: Collection[str]) -> set[str]:
    return {*codes} - {_PATHWAYS} | ({*pathways} if _PATHWAYS in codes else set())


def _unknown(what: str, name: object, known: Collection[str]) -> str:
    near = get_close_matches(str(name), sorted(known), n=1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    return f"no {what} is {name!r}{meant}"
