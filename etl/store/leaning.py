"""What a region's decisions lean on, so that an upgrade tells what has changed beneath.

Each build stores how the shipped indicators were of which the region had decided
something. What has changed since is told until the region's file changes, such as by a
new day in `looked_over`: somebody has seen it then. What was decided stands.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from etl.store.known import digest
from kpi.definitions import Definitions, Indicator
from kpi.meant import Fault
from kpi.region import Region
from kpi.targets import Target

LEANING = "region"
"""Under which name a build stores it, beside its definitions."""

Beneath = dict[str, dict[str, str]]
"""Indicator -> what of it decisions lean on, in words."""

_CALLED = {
    "unit": "its unit",
    "direction": "which way is better",
    "kind": "how it is worked out",
    "minimum_denominator": "its smallest denominator",
    "lifecycle": "whether it is measured",
    "targets": "its shipped targets",
}


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a region had decided, and what that leaned on.

    Attributes:
        decided: A checksum of its decisions; empty where there were none.
        beneath: How the indicators were when it had last changed them.
    """

    decided: str = ""
    beneath: Beneath = field(default_factory=dict)

    @classmethod
    def read(cls, content: str | None) -> "Leaning":
        """Return what a build has stored; nothing if it has stored nothing."""
        return cls(**json.loads(content)) if content else cls()

    def written(self) -> str:
        """Return it as a build stores it."""
        return json.dumps(
            {"decided": self.decided, "beneath": self.beneath}, ensure_ascii=False
        )


def leaning_of(region: Region, shipped: Definitions) -> Leaning:
    """Return what the decisions of a region lean on in the catalogue that ships."""
    named = {indicator for _, indicator in region.named()}
    beneath = {
        indicator.id: _beneath(indicator)
        for indicator in shipped.indicators
        if indicator.id in named
    }
    return Leaning(digest(region.model_dump_json()), beneath)


def to_be_stored(now: Leaning, before: Leaning) -> Leaning:
    """Return what the next build is compared with.

    As long as the region has changed nothing: how it was when it last did, so that what
    has not been seen to is told again.
    """
    if now.decided != before.decided:
        return now
    kept = {key: before.beneath.get(key, parts) for key, parts in now.beneath.items()}
    return Leaning(now.decided, kept)


def changes(now: Leaning, before: Leaning, region: Region) -> Iterator[Fault]:
    """Find what has changed beneath the decisions, each at its place in the file.

    Args:
        now: What they lean on.
        before: What they leaned on.
        region: The decisions.
    """
    places: Mapping[str, str] = {name: key for key, name in region.named()}
    for indicator, parts in now.beneath.items():
        earlier = before.beneath.get(indicator)
        if earlier is None:
            continue
        differences = [
            f"{_CALLED[part]}: {earlier[part]} before, {words} now"
            for part, words in parts.items()
            if part in earlier and earlier[part] != words
        ]
        if differences:
            yield (
                (places[indicator], indicator),
                "has changed in the catalogue since this was decided: "
                f"{'; '.join(differences)}; what was decided stands: see whether it "
                "still should, and write the day in `looked_over`",
            )


def _beneath(indicator: Indicator) -> dict[str, str]:
    return {
        "unit": indicator.unit.sv,
        "direction": str(indicator.direction),
        "kind": str(indicator.kind),
        "minimum_denominator": str(indicator.minimum_denominator),
        "lifecycle": str(indicator.lifecycle),
        "targets": ", ".join(map(_aim, indicator.targets)) or "none",
    }


def _aim(target: Target) -> str:
    value = "" if target.value is None else f" {target.value:g}"
    of = "".join(f" {part}" for part in (target.svf, target.unit) if part)
    return f"{target.level} {target.rule}{value}{of} {target.held}"
