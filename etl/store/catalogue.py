"""Everything that says what to build, read and checked together."""

import csv
import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from etl import settings
from etl.mappings.model import Mapped
from etl.mappings.read import load_mappings
from etl.store.limits import Limits, load_limits
from etl.store.named import unknown_names, unknown_pathways
from etl.take.corrections import Correction, load_corrections
from kpi.activities import Activities, read_activities
from kpi.definitions import Definitions, load_definitions, read_definitions
from kpi.errors import DefinitionError
from kpi.meant import targets_not_meant, targets_to_doubt
from kpi.measures import ReportedMeasure
from kpi.yaml_lines import YamlDocument

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Indicators, activities, pathways, corrections and limits.

    Attributes:
        definitions: The indicators and plans to build, of `indicators.yaml`.
        written: All of it, with indicators that are switched off, as the lines are.
        activities: `data/reference/activities.yaml`.
        pathway_rows: `data/reference/svf.csv`, a mapping per pathway.
        corrections: `data/corrections.yaml`.
        limits: `data/limits.yaml`; they change no figure, so the checksum is without.
        mappings: `data/mappings/`; what they change is known by the files they read.
        document: The lines that the definitions stand on.
    """

    definitions: Definitions
    written: Definitions
    activities: Activities
    pathway_rows: list[dict[str, str]]
    corrections: list[Correction]
    limits: Limits
    mappings: list[Mapped]
    document: YamlDocument

    @property
    def doubts(self) -> list[str]:
        """What may be meant, and may be a slip; a sentence with its line for each."""
        return [
            self.document.fault(at, message)
            for at, message in targets_to_doubt(self.written)
        ]

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
            for indicator in self.written.indicators
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
        return _reported(self.written)

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
) -> Catalogue:
    """Read and check all definitions.

    Raises:
        DefinitionError: every fault of every file.
    """
    faults: list[str] = []
    loaded, document = read_definitions(definitions)
    faults += [document.fault(at, what) for at, what in targets_not_meant(loaded)]
    rows = _unless_refused(faults, lambda: _load_pathways(pathways))
    slugs = {row["slug"] for row in rows or ()}
    applied = _unless_refused(
        faults, lambda: _activities(activities, definitions, loaded, slugs)
    )
    corrected = _unless_refused(faults, lambda: load_corrections(corrections, as_of))
    allowed = _unless_refused(faults, lambda: load_limits(limits))
    mapped = _unless_refused(
        faults, lambda: load_mappings(mappings, sorted(slugs), _reported(loaded))
    )
    if rows is not None:
        unknown = unknown_names(loaded, slugs)
        faults += [document.fault(at, what) for at, what in unknown]
    if faults or (
        applied is None
        or rows is None
        or corrected is None
        or allowed is None
        or mapped is None
    ):
        raise DefinitionError(*faults)
    in_use = loaded.in_use()
    followed = applied.within(in_use)
    return Catalogue(
        in_use, loaded, followed, rows, corrected, allowed, mapped, document
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
