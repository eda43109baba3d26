"""Everything that says what to build, read and checked together."""

import csv
import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from etl import settings
from etl.mappings.model import Mapped
from etl.mappings.read import load_mappings
from etl.store.leaning import Leaning, changes, leaning_of, to_be_stored
from etl.store.limits import Limits, load_limits
from etl.store.named import unknown_lead_times, unknown_names, unknown_pathways
from etl.take.corrections import Correction, load_corrections
from kpi.activities import Activities, read_activities
from kpi.definitions import Definitions, load_definitions, read_definitions
from kpi.errors import DefinitionError
from kpi.meant import targets_not_meant, targets_to_doubt
from kpi.measures import ReportedMeasure
from kpi.overlay import overlaid
from kpi.plans_in_use import (
    TARGETS_ALONE,
    narrowed,
    regions_of,
    uses_a_shipped_plan,
)
from kpi.region import BY_INDICATOR, Region, read_region
from kpi.region_faults import Part, parts_of, region_faults, smaller_numbers
from kpi.vocabulary import REGION_NAMES
from kpi.yaml_lines import Location, YamlDocument

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Indicators, activities, pathways, corrections and limits.

    Attributes:
        definitions: The indicators and plans to build: those that ship, and what the
            region decides laid over them.
        parts: All that is written of definitions, with indicators that are switched
            off, and where.
        activities: `data/reference/activities.yaml`, and the region's own plans.
        pathway_rows: `data/reference/svf.csv`, a mapping per pathway.
        corrections: `data/corrections.yaml`.
        limits: `data/limits.yaml`; they change no figure, so the checksum is without.
        mappings: `data/mappings/`; what they change is known by the files they read.
        region: `data/region.yaml`; decides nothing where there is none.
        decided: The lines of that file; None where there is none.
        leaning: What the next build is compared with of what they lean on.
        doubted: What of that has changed beneath them, and what they protect less than
            the catalogue does, a sentence for each.
        remarks: What is to be known of how they fit the register of units.
    """

    definitions: Definitions
    parts: Sequence[Part]
    activities: Activities
    pathway_rows: list[dict[str, str]]
    corrections: list[Correction]
    limits: Limits
    mappings: list[Mapped]
    region: Region = field(default_factory=Region)
    decided: YamlDocument | None = None
    leaning: Leaning = field(default_factory=Leaning)
    doubted: Sequence[str] = ()
    remarks: Sequence[str] = ()

    @property
    def plans(self) -> list[str]:
        """The ids of its plans, without what is one for the sake of its targets."""
        every = (plan.id for plan in self.definitions.plans)
        return [plan for plan in every if plan not in TARGETS_ALONE]

    @property
    def doubts(self) -> list[str]:
        """What may be meant and may be a slip, and what has changed beneath decisions.

        A sentence with its line for each.
        """
        return [*self.doubted, *self.remarks, *self._doubted()]

    def _doubted(self) -> Iterator[str]:
        return (
            sentence
            for part in self.parts
            for at, message in targets_to_doubt(part.definitions)
            for sentence in part.fault(at, message)
        )

    @property
    def unreviewed(self) -> str:
        """How many definitions nobody has reviewed, in a sentence; empty for none."""
        every = self.definitions.indicators
        missing = [indicator for indicator in every if indicator.review is None]
        if not missing:
            return ""
        return (
            f"{len(missing)} of {len(every)} indicators are not reviewed; whoever "
            "reviews one writes `review` under it: owner, reviewed, next_review"
        )

    @property
    def units_not_looked_up(self) -> str:
        """What to know of targets of units without a register; empty for none."""
        targets = sum(
            target.unit is not None
            for indicator in self.definitions.indicators
            for target in indicator.targets
        )
        if not targets:
            return ""
        return (
            f"{targets} targets name a unit, and there is no register to look them up "
            "in; say where it is with --sources"
        )

    @property
    def pathways(self) -> dict[str, tuple[str, ...]]:
        """The known slugs of `svf`, and the names of each."""
        names = ("namn", "namn_en")
        return {
            row["slug"]: tuple(row[name] for name in names if row.get(name))
            for row in self.pathway_rows
        }

    @property
    def reported(self) -> dict[str, tuple[str, ...]]:
        """Every indicator that producers have counted, with its categories."""
        return _reported(self.definitions)

    def used_by(self, registered: Collection[str]) -> "Catalogue":
        """Return it with the plans alone that are in use, and what to know of that.

        Args:
            registered: The ids in Kolada that the register of units has.
        """
        definitions, activities = narrowed(
            self.definitions, self.activities, self.region, registered
        )
        remarks = [*self._of_plans(registered), *self._not_shown(definitions)]
        return replace(
            self, definitions=definitions, activities=activities, remarks=remarks
        )

    def _of_plans(self, registered: Collection[str]) -> Iterator[str]:
        region = self.region
        if region.kolada_id and registered and region.kolada_id not in registered:
            yield self._at(
                ("kolada_id",),
                f"{region.kolada_id} is no region of the register, which has "
                f"{', '.join(sorted(registered))}: what is decided here holds for none "
                "of its units; mend one of them",
            )
        has_chosen = region.plans_in_use is not None or region.own_plans
        if not has_chosen and not uses_a_shipped_plan(
            self.definitions, region, registered
        ):
            names = sorted(REGION_NAMES[key] for key in regions_of(region, registered))
            yield (
                f"no plan that ships is of {', '.join(names)}, so of what ships only "
                "the indicators are used that are no single region's; choose plans in "
                f"`plans_in_use` of {settings.REGION}, or write your own in `own_plans`"
            )

    def _not_shown(self, definitions: Definitions) -> Iterator[str]:
        """Find what is decided of indicators that are not used."""
        used = {indicator.id for indicator in definitions.indicators}
        for key, indicator in self.region.named():
            if key in BY_INDICATOR and indicator not in used:
                is_off = indicator in self.region.switched_off
                yield self._at(
                    (key, indicator),
                    "it is switched off, so this changes nothing"
                    if is_off
                    else "no plan in use has it, so this changes nothing; write it in "
                    "`further_indicators` to use it all the same",
                )

    def _at(self, place: Location, message: str) -> str:
        return self.decided.fault(place, message) if self.decided else message

    def documents(self) -> dict[str, str]:
        """Return the definitions as they are stored beside the figures made by them."""
        return {
            "indicators": self.definitions.model_dump_json(by_alias=True),
            "activities": self.activities.model_dump_json(by_alias=True),
            "pathways": json.dumps(self.pathway_rows, ensure_ascii=False),
        }

    @property
    def digest(self) -> str:
        """A checksum of everything that can change a figure or what is said of it."""
        written = [*self.documents().values()]
        written += [correction.model_dump_json() for correction in self.corrections]
        written.append(self.region.model_dump_json())
        return hashlib.sha256("\n".join(written).encode()).hexdigest()


def load_catalogue(
    definitions: Path,
    as_of: date,
    *,
    activities: Path = settings.REFERENCE / "activities.yaml",
    pathways: Path = settings.REFERENCE / "svf.csv",
    corrections: Path = settings.CORRECTIONS,
    limits: Path = settings.LIMITS,
    mappings: Path = settings.MAPPINGS,
    region: Path = settings.REGION,
    leaned_on: Leaning | None = None,
) -> Catalogue:
    """Read and check all definitions.

    Args:
        definitions: The indicators that ship.
        as_of: Later days are in the future.
        activities: What the plans say that ship.
        pathways: The pathways that there are.
        corrections: Known errors of the files.
        limits: How much a build may lose.
        mappings: For files that are not in the form of their dataset.
        region: What the region decides.
        leaned_on: What that leaned on in the last build; None if that is not known.

    Raises:
        DefinitionError: every fault of every file.
    """
    faults: list[str] = []
    loaded, document = read_definitions(definitions)
    parts = [Part(document, loaded)]
    before = leaned_on or Leaning()
    rows = _unless_refused(faults, lambda: _load_pathways(pathways))
    slugs = {row["slug"] for row in rows or ()}
    applied = _unless_refused(
        faults, lambda: _activities(activities, definitions, loaded, slugs)
    )
    corrected = _unless_refused(faults, lambda: load_corrections(corrections, as_of))
    allowed = _unless_refused(faults, lambda: load_limits(limits))
    written = _unless_refused(faults, lambda: read_region(region))
    decided, lines = written or (Region(), None)
    if lines is not None:
        said = applied or Activities(activities=[])
        wrong = [
            *region_faults(decided, loaded, said, before.beneath),
            *unknown_lead_times(decided, slugs),
        ]
        faults += [lines.fault(at, what) for at, what in wrong]
        parts += parts_of(decided, lines, loaded)
    for part in parts:
        unknown = unknown_names(part.definitions, slugs) if rows is not None else ()
        for at, what in (*targets_not_meant(part.definitions), *unknown):
            faults += part.fault(at, what)
    if faults or (
        applied is None or rows is None or corrected is None or allowed is None
    ):
        raise DefinitionError(*faults)
    laid, followed = overlaid(loaded, applied, decided)
    in_use = laid.in_use()
    catalogue = Catalogue(
        in_use,
        parts,
        followed.within(in_use),
        rows,
        corrected,
        allowed,
        load_mappings(mappings, sorted(slugs), _reported(in_use)),
        decided,
        lines,
    )
    return catalogue if lines is None else _compared(catalogue, lines, loaded, before)


def _compared(
    catalogue: Catalogue, lines: YamlDocument, shipped: Definitions, before: Leaning
) -> Catalogue:
    """Return a catalogue that knows what has changed beneath the region's decisions."""
    now = leaning_of(catalogue.region, shipped)
    found = [
        *changes(now, before, catalogue.region),
        *smaller_numbers(catalogue.region, shipped),
    ]
    return replace(
        catalogue,
        leaning=to_be_stored(now, before),
        doubted=[lines.fault(at, words) for at, words in found],
    )


def _reported(definitions: Definitions) -> dict[str, tuple[str, ...]]:
    return {
        indicator.id: tuple(indicator.categories)
        for indicator in definitions.indicators
        if isinstance(indicator.measure, ReportedMeasure)
    }


def _unless_refused(faults: list[str], read: Callable[[], _T]) -> _T | None:
    """Return what is read; or None, its faults added to those there are."""
    try:
        return read()
    except DefinitionError as error:
        faults += error.faults
        return None


def _activities(
    path: Path, written: Path, loaded: Definitions, pathways: Collection[str]
) -> Activities:
    """Check the activities against the plans' own catalogue, and keep what applies."""
    shipped = settings.ROOT / settings.DEFINITIONS
    is_shipped = written.resolve() == shipped
    definitions = loaded if is_shipped else load_definitions(shipped)
    activities, document = read_activities(path, definitions)
    unknown = unknown_pathways(activities, pathways) if pathways else ()
    faults = [document.fault(at, what) for at, what in unknown]
    if faults:
        raise DefinitionError(*faults)
    return activities if is_shipped else activities.within(loaded)


def _load_pathways(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter=";"))
    except FileNotFoundError:
        raise DefinitionError(f"{path} does not exist") from None
    if not rows or "slug" not in rows[0]:
        raise DefinitionError(f"{path}:1: expected a column `slug` and rows below it")
    return rows
