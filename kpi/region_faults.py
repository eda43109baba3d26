"""What a region decides, held against the catalogue that it is laid over."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from kpi.activities import Activities, links_at_fault
from kpi.definitions import Definitions, Indicator, references_at_fault
from kpi.meant import Fault
from kpi.overlay import DECISIONS, activities_of, as_targets, plans_with
from kpi.region import BY_INDICATOR, EVERY_PLAN, Region
from kpi.yaml_lines import Location, YamlDocument


@dataclass(frozen=True, slots=True)
class Part:
    """Definitions, and where each of them is written.

    Attributes:
        document: The file.
        definitions: Those that it holds, or a part of them.
        place: Where in the file a place of the definitions is; None for what the part
            does not hold.
    """

    document: YamlDocument
    definitions: Definitions
    place: Callable[[Location], Location | None] = lambda at: at

    def fault(self, at: Location, message: str) -> Iterator[str]:
        """Give a message with the line of a place; none of what is held elsewhere."""
        place = self.place(at)
        if place is not None:
            yield self.document.fault(place, message)


def parts_of(
    region: Region, document: YamlDocument, definitions: Definitions
) -> list[Part]:
    """Return what a region's file holds of definitions: indicators, and targets.

    Args:
        region: What it decides.
        document: Its lines.
        definitions: What it is laid over.
    """
    plans = plans_with(definitions, region)
    parts = [
        Part(
            document,
            Definitions(plans=plans, indicators=region.own_indicators),
            lambda at: ("own_indicators", *at[1:]),
        )
    ]
    indicators = {each.id: each for each in _every(definitions, region)}
    for key, decided in region.targets.items():
        if key in indicators:
            aimed = indicators[key].model_copy(update={"targets": as_targets(decided)})
            part = Definitions(plans=plans, indicators=[aimed])
            parts.append(Part(document, part, _within_targets(key)))
    return parts


def _within_targets(id: str) -> Callable[[Location], Location | None]:
    return lambda at: ("targets", id, *at[3:]) if at[2:3] == ("targets",) else None


def region_faults(
    region: Region,
    definitions: Definitions,
    activities: Activities,
    leaned_on: Collection[str] = (),
) -> Iterator[Fault]:
    """Find what does not hold together with the catalogue, each with its place.

    Args:
        region: What it decides.
        definitions: Those that ship.
        activities: Those that ship.
        leaned_on: Shipped indicators that the build before this one had and that the
            region had decided something of.
    """
    yield from _without_region(region)
    yield from _plan_faults(region, definitions)
    yield from _unknown_indicators(region, definitions, leaned_on)
    yield from _own_indicator_faults(region, definitions)
    yield from _target_faults(region, definitions)
    yield from _own_plan_faults(region, definitions, activities)


def _every(definitions: Definitions, region: Region) -> list[Indicator]:
    return [*definitions.indicators, *region.own_indicators]


def _without_region(region: Region) -> Iterator[Fault]:
    if region.kolada_id is None:
        for key in ("targets", "breaks", "own_plans"):
            if getattr(region, key):
                yield (
                    (key,),
                    f"whose {key.replace('_', ' ')} they are is not said; write "
                    '`kolada_id` at the top, such as kolada_id: "0007"',
                )


def _plan_faults(region: Region, definitions: Definitions) -> Iterator[Fault]:
    shipped = [plan.id for plan in definitions.plans]
    for position, plan in enumerate(region.plans_in_use or ()):
        if not region.uses_every_plan and plan not in shipped:
            yield (
                ("plans_in_use", position),
                f"expected shipped plans, {sorted(shipped)}, or the word "
                f"{EVERY_PLAN} alone; got {plan!r}",
            )
    seen = {*shipped, DECISIONS}
    for position, own_plan in enumerate(region.own_plans):
        if own_plan.id in seen:
            yield ("own_plans", position, "id"), _taken(own_plan.id)
        seen.add(own_plan.id)


def _unknown_indicators(
    region: Region, definitions: Definitions, leaned_on: Collection[str]
) -> Iterator[Fault]:
    known = {each.id for each in _every(definitions, region)}
    for key, indicator in region.named():
        if indicator not in known:
            is_listed = key not in BY_INDICATOR
            at = getattr(region, key).index(indicator) if is_listed else indicator
            yield (key, at), _no_indicator(indicator, known, leaned_on)


def _no_indicator(id: str, known: set[str], leaned_on: Collection[str]) -> str:
    if id in leaned_on:
        return (
            f"the indicator {id!r} was in the catalogue of the last build and has gone "
            "with this release; remove what is decided of it, or define it yourself in "
            "`own_indicators`"
        )
    near = get_close_matches(id, sorted(known), n=1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    return (
        f"no indicator has the id {id!r}: a slip, or it has gone from the catalogue"
        f"{meant}"
    )


def _own_indicator_faults(region: Region, definitions: Definitions) -> Iterator[Fault]:
    shipped = {indicator.id for indicator in definitions.indicators}
    for position, indicator in enumerate(region.own_indicators):
        if indicator.id in shipped:
            yield (
                ("own_indicators", position, "id"),
                f"{_taken(indicator.id)}; to decide something of a shipped indicator, "
                "write it under its id in targets, names, paused ...",
            )
    every = Definitions(
        plans=plans_with(definitions, region),
        indicators=[
            *definitions.indicators,
            *(own for own in region.own_indicators if own.id not in shipped),
        ],
    )
    first = len(definitions.indicators)
    for at, message in references_at_fault(every):
        if isinstance(at[1], int) and at[1] >= first:
            yield ("own_indicators", at[1] - first, *at[2:]), message


def _target_faults(region: Region, definitions: Definitions) -> Iterator[Fault]:
    own_plans = sorted(plan.id for plan in region.own_plans)
    indicators = {each.id: each for each in _every(definitions, region)}
    for key, decided in region.targets.items():
        for position, target in enumerate(decided):
            if target.plan is not None and target.plan not in own_plans:
                yield (
                    ("targets", key, position, "plan"),
                    f"expected one of the region's own plans {own_plans}, or no plan "
                    f"at all; got {target.plan!r}",
                )
        if key in indicators:
            aimed = indicators[key].model_copy(update={"targets": as_targets(decided)})
            for message in aimed.faults():
                yield ("targets", key), message
    for key in region.paused:
        if key in indicators and not indicators[key].is_decided:
            yield (
                ("paused", key),
                "it is under development, so there is nothing to pause",
            )


def _own_plan_faults(
    region: Region, definitions: Definitions, activities: Activities
) -> Iterator[Fault]:
    if region.kolada_id is None:
        return  # They are nobody's, which is a fault by itself.
    taken = {activity.id for activity in activities.activities}
    places = [
        ("own_plans", position, "activities", number)
        for position, plan in enumerate(region.own_plans)
        for number, _ in enumerate(plan.activities)
    ]
    own = activities_of(region, activities.roles)
    for activity, place in zip(own.activities, places, strict=True):
        if activity.id in taken:
            yield (*place, "id"), _taken(activity.id)
    every = Definitions(
        plans=plans_with(definitions, region), indicators=_every(definitions, region)
    )
    for at, message in links_at_fault(own, every):
        if at[0] == "activities" and isinstance(at[1], int):
            yield (*places[at[1]], *at[2:]), message


def _taken(id: str) -> str:
    return f"{id!r} is taken already; choose another id"


def smaller_numbers(region: Region, definitions: Definitions) -> Iterator[Fault]:
    """Find where a region shows smaller numbers than the catalogue does.

    Args:
        region: What it decides.
        definitions: Those that ship.
    """
    shipped = {each.id: each.minimum_denominator for each in definitions.indicators}
    for key, minimum in region.minimum_denominators.items():
        if minimum < shipped.get(key, 0):
            yield (
                ("minimum_denominators", key),
                f"{minimum} shows smaller numbers than the catalogue's {shipped[key]}; "
                "see that nobody can be told from them",
            )
