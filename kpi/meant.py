"""Targets that cannot be meant: a slip that would judge every outcome wrongly.

A target of 0.6 where 60 per cent is meant turns everything green, and nobody looks for
faults among what is green.
"""

from collections.abc import Iterable, Iterator, Mapping

from kpi.definitions import Definitions, Indicator
from kpi.model import Direction, Kind
from kpi.targets import Target
from kpi.vocabulary import Level
from kpi.yaml_lines import Location

Fault = tuple[Location, str]
"""Where in the definitions, and what is wrong there."""

_WRONG_WAY = {(Direction.HIGHER, "<="): ">=", (Direction.LOWER, ">="): "<="}


def targets_not_meant(definitions: Definitions) -> Iterator[Fault]:
    """Find targets that no indicator of its kind can have, or that are never used."""
    regions = {plan.id: plan.region for plan in definitions.plans}
    for number, indicator in enumerate(definitions.indicators):
        here: Location = ("indicators", number, "targets")
        for position, target in enumerate(indicator.targets):
            for key, message in _faults(indicator, target):
                yield (*here, position, key), message
        for position, other in _rivals(indicator.targets, regions):
            yield (
                (*here, position, "since"),
                f"{indicator.targets[position].since} is also where target {other + 1} "
                "begins, for the same units; one of them has to go",
            )


def targets_to_doubt(definitions: Definitions) -> Iterator[Fault]:
    """Find targets that may be meant, and may be a share in place of per cent."""
    for number, indicator in enumerate(definitions.indicators):
        for position, target in enumerate(indicator.targets):
            value = target.value
            if value is None or not _is_of_hundred(indicator) or not 0 < value <= 1:
                continue
            if indicator.direction is Direction.LOWER or value == 1:
                yield (
                    ("indicators", number, "targets", position, "value"),
                    f"{value:g} is {value:g} {indicator.unit.en}; if a share is meant, "
                    f"write {100 * value:g}",
                )


def _faults(indicator: Indicator, target: Target) -> Iterator[tuple[str, str]]:
    better = _WRONG_WAY.get((indicator.direction, target.rule))
    if better:
        yield (
            "rule",
            f"{target.rule!r} where {indicator.direction} is better would call what is "
            f"worse met; expected {better!r}, or another direction",
        )
    if target.svf and all(part.by != "svf" for part in indicator.breakdowns):
        yield (
            "svf",
            f"{target.svf!r} is never used: outcomes are not given by pathway; add the "
            "breakdown svf, or remove the target",
        )
    for key in ("value", "stretch"):
        value: float | None = getattr(target, key)
        if value is not None:
            yield from _value_faults(indicator, key, value)


def _value_faults(
    indicator: Indicator, key: str, value: float
) -> Iterator[tuple[str, str]]:
    lowest, highest = _possible(indicator)
    if not lowest <= value <= highest:
        top = "" if highest == float("inf") else f" and at most {highest:g}"
        yield (
            key,
            f"expected at least {lowest:g}{top}, as outcomes are, got {value:g}",
        )
    elif (
        _is_of_hundred(indicator)
        and indicator.direction is Direction.HIGHER
        and 0 < value < 1
    ):
        yield (
            key,
            f"expected {indicator.unit.en}, where {value:g} would be next to nothing; "
            f"write {100 * value:g} if that is meant",
        )


def _possible(indicator: Indicator) -> tuple[float, float]:
    """Return the lowest and the highest outcome that there can be."""
    match indicator.kind:
        case Kind.PROPORTION:
            return 0, 100
        case Kind.MILESTONE:
            return 0, 1
        case Kind.RANK:
            return 1, float("inf")
        case Kind.MEAN:
            return indicator.scale or (float("-inf"), float("inf"))
        case Kind.RATE | Kind.COUNT:
            return 0, float("inf")


def _is_of_hundred(indicator: Indicator) -> bool:
    """Say whether outcomes are per cent, or points on a scale to a hundred."""
    is_rate = indicator.kind is Kind.RATE and indicator.per == 100
    is_index = indicator.scale is not None and indicator.scale == (0, 100)
    return indicator.kind is Kind.PROPORTION or is_rate or is_index


def _rivals(
    targets: Iterable[Target], regions: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """Find targets of which none goes before the other: (position, the first one's)."""
    first: dict[object, int] = {}
    for position, target in enumerate(targets):
        region = "" if target.level is Level.NATIONAL else regions.get(target.plan)
        key = (target.level, region, target.unit, target.svf, target.since.first)
        if key in first:
            yield position, first[key]
        first.setdefault(key, position)
