"""What an edited definition of an indicator would change, before anything is published.

The published build says what is; a trial says what would be: only the files of the
datasets that the indicator needs are read, and only this indicator is counted.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from sqlalchemy import Connection, Row, select

from etl.commands import source_folder
from etl.count.rollup import roll_up
from etl.files.find import SourceFile, first_of_each
from etl.sources import layouts_of
from etl.steps import Steps
from etl.store.build_rows import write_build_row
from etl.store.catalogue import Catalogue, load_catalogue
from etl.store.decided import region_file
from etl.store.known import known_of, oldest_first
from etl.store.pipeline import trial
from kpi import schema
from kpi.definitions import Definitions, Frequency, Indicator
from kpi.errors import DefinitionError, SourceError
from kpi.model import Lifecycle
from kpi.vocabulary import DatasetName
from kpi.warehouse import Warehouse

_PERIODS = 4
"""Shown, the latest of the indicator's own length."""
_LARGEST = 5
"""Units shown beside the region where no target is for a unit: of those with no such
unit below them."""
_LENGTHS: Mapping[Frequency, str] = {
    "half_yearly": "half",
    "tertially": "tertial",
    "yearly": "year",
    "every_second_year": "year",
}
"""Of periods, where they are not quarters."""

FIELDS = ("numerator", "denominator", "value", "target", "status")
"""What is compared of two outcomes; the rule of a target with it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is compared of an outcome.

    Attributes:
        target: Rule and value as one, such as `>= 55`; empty if there is none.
        last_month: Of its period, so that periods can be put in order.
    """

    numerator: float | None
    denominator: float | None
    value: float | None
    target: str
    status: str
    last_month: int

    def differs(self, other: "Outcome") -> list[str]:
        """Return in which of `FIELDS` it is not as another."""
        return [
            name
            for name in FIELDS
            if not _is_same(getattr(self, name), getattr(other, name))
        ]


Key = tuple[str, str, str, str, str]
"""Unit, kind of period, period, dimension, value of it (both empty for the total)."""
Outcomes = Mapping[Key, Outcome]


@dataclass(frozen=True, slots=True)
class Preview:
    """An indicator as it is published, and as it would be.

    Attributes:
        definition: As edited.
        source: Where the edited definition stands.
        build_id: Of the published build.
        as_of: Its day, which the trial has too.
        changed: Which parts of the definition differ; None if it was not published.
        published: Its outcomes; empty if it is not in the build.
        edited: Those of the trial.
        units: Those shown, id and name, in order.
        remarks: What else may make a difference.
    """

    definition: Indicator
    source: Path
    build_id: str
    as_of: date
    changed: list[str] | None
    published: Outcomes
    edited: Outcomes
    units: Sequence[tuple[str, str]]
    remarks: Sequence[str]

    @property
    def periods(self) -> list[str]:
        """The latest periods of the indicator's own length, in order."""
        length = _LENGTHS.get(self.definition.frequency, "quarter")
        every = {
            period: outcome.last_month
            for outcomes in (self.published, self.edited)
            for (_, kind, period, _, _), outcome in outcomes.items()
            if kind == length
        }
        return sorted(every, key=lambda period: every[period])[-_PERIODS:]

    def pair(self, unit: str, period: str) -> tuple[Outcome | None, Outcome | None]:
        """Return a unit's total as published and as edited; None for none."""
        length = _LENGTHS.get(self.definition.frequency, "quarter")
        key = (unit, length, period, "", "")
        return self.published.get(key), self.edited.get(key)

    @property
    def differences(self) -> dict[Key, list[str]]:
        """In which fields outcomes differ that are in both; those that do not, not."""
        return {
            key: fields
            for key in self.published.keys() & self.edited.keys()
            if (fields := self.published[key].differs(self.edited[key]))
        }


def preview(
    id: str,
    definitions: Path,
    *,
    sources: Path,
    warehouse: Path,
    steps: Steps | None = None,
) -> Preview:
    """Return an indicator as published, and as an edited definition would have it.

    Args:
        id: Of the indicator.
        definitions: The edited `indicators.yaml`.
        sources: The folder of source files.
        warehouse: What is published; it stays as it is.
        steps: To be shown; nothing is, without.

    Raises:
        DefinitionError: the edited definitions have faults, or no such indicator.
        SourceError: a file that is needed cannot be read.
        WarehouseError: nothing is published.
    """
    with Warehouse(warehouse).connect() as connection:
        build = connection.execute(
            select(schema.build).order_by(schema.build.c.sequence.desc()).limit(1)
        ).one()
        was = _published_definition(connection, build.build_id, id)
        published = _outcomes(connection, build.build_id, id)
        loads = _loads(connection, build.build_id)
    region = region_file(sources)
    catalogue = load_catalogue(definitions, build.as_of, region=region)
    definition = _edited_definition(catalogue, definitions, id)
    known, _ = known_of(warehouse)
    layouts = layouts_of([definition])
    datasets = {layout.dataset for layout in layouts}
    is_empty = build.reach_first is None
    reach = None if is_empty else (build.reach_first, build.reach_last)
    steps = steps or Steps(0, is_quiet=True)
    with source_folder(sources, catalogue, region) as folder:
        if folder.faults:
            raise SourceError(*folder.faults)
        files = [
            file
            for file in first_of_each(oldest_first(folder.files, known))[0]
            if file.layout.dataset in datasets
        ]
        with trial(catalogue, files, build.as_of, steps, layouts) as run:
            # Of the plans in use, which the register says: others' targets are not.
            in_use = run.catalogue.definitions
            definition = next(
                (each for each in in_use.indicators if each.id == id), definition
            )
            write_build_row(run.connection, run.build_id, catalogue, build.as_of, 1)
            alone = in_use.model_copy(update={"indicators": [definition]})
            roll_up(run.connection, run.build_id, alone, build.as_of, steps, reach)
            edited = _outcomes(run.connection, run.build_id, id)
            names, above = _tree(run.connection, run.build_id)
    made = Preview(
        definition,
        definitions,
        build.build_id,
        build.as_of,
        None if was is None else _changed(was, definition),
        published,
        edited,
        (),
        _remarks(files, loads, datasets),
    )
    units = _units_to_show(made, was, above)
    return replace(made, units=[(unit, names[unit]) for unit in units])


def _published_definition(
    connection: Connection, build_id: str, id: str
) -> Indicator | None:
    table = schema.definition.c
    content = connection.execute(
        select(table.content).where(
            table.build_id == build_id, table.name == "indicators"
        )
    ).scalar_one()
    definitions = Definitions.model_validate_json(content)
    return next((each for each in definitions.indicators if each.id == id), None)


def _edited_definition(catalogue: Catalogue, source: Path, id: str) -> Indicator:
    """Return the indicator to be tried.

    Raises:
        DefinitionError: there is none, or it would not be built.
    """
    written = {
        each.id: each
        for part in catalogue.parts
        for each in part.definitions.indicators
    }
    if id not in written:
        near = get_close_matches(id, written, n=1)
        hint = f"; is {near[0]} meant?" if near else ""
        raise DefinitionError(f"{source}: no indicator has the id {id!r}{hint}")
    if written[id].lifecycle is Lifecycle.SWITCHED_OFF:
        raise DefinitionError(
            f"{source}: {id} is switched off, so a build would have no outcome of it; "
            "take `lifecycle: switched_off` away to see any"
        )
    return catalogue.definitions.indicator(id)


def _outcomes(connection: Connection, build_id: str, id: str) -> dict[Key, Outcome]:
    table = schema.outcome.c
    rows = connection.execute(
        select(schema.outcome).where(table.build_id == build_id, table.indicator == id)
    )
    return {
        (row.unit, row.period_kind, row.period, row.by, row.by_value): Outcome(
            row.numerator,
            row.denominator,
            row.value,
            _target(row),
            row.status,
            row.last_month,
        )
        for row in rows
    }


def _target(row: Row[tuple[object, ...]]) -> str:
    if row.target_rule is None:
        return ""
    value = "" if row.target is None else f" {row.target:g}"
    return f"{row.target_rule}{value}"


def _loads(connection: Connection, build_id: str) -> set[tuple[str, str, str]]:
    """Return dataset, file and checksum of what the build was made from."""
    rows = connection.execute(
        select(schema.load.c.dataset, schema.load.c.file, schema.load.c.sha256)
        .join(schema.build_load, schema.build_load.c.load_id == schema.load.c.load_id)
        .where(schema.build_load.c.build_id == build_id)
    )
    return {(dataset, file, sha256) for dataset, file, sha256 in rows}


def _tree(
    connection: Connection, build_id: str
) -> tuple[dict[str, str], dict[str, str | None]]:
    """Return names and parents of units by id, in the order of the tree."""
    table = schema.unit.c
    rows = connection.execute(
        select(table.unit_id, table.name, table.parent_id)
        .where(table.build_id == build_id, table.is_current)
        .order_by(table.tree_order, table.unit_id)
    ).all()
    return {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}


def _changed(was: Indicator, now: Indicator) -> list[str]:
    """Return which parts of a definition differ, by their names in the file."""
    before = was.model_dump(mode="json", by_alias=True)
    after = now.model_dump(mode="json", by_alias=True)
    return [name for name in after if before.get(name) != after[name]]


def _remarks(
    files: Sequence[SourceFile],
    loads: set[tuple[str, str, str]],
    datasets: set[DatasetName],
) -> list[str]:
    """Return which files are not those that the published build was made from."""
    there = {(str(file.layout.dataset), file.sha256): file.name for file in files}
    built = {
        (dataset, sha256): name
        for dataset, name, sha256 in loads
        if dataset in {str(each) for each in datasets}
    }
    new = sorted(there[key] for key in there.keys() - built.keys())
    gone = sorted(built[key] for key in built.keys() - there.keys())
    lists = [
        f"{', '.join(names)} {single if len(names) == 1 else several}"
        for names, single, several in (
            (new, "is new or changed", "are new or changed"),
            (gone, "is gone", "are gone"),
        )
        if names
    ]
    if not lists:
        return []
    return [
        f"since that build {', and '.join(lists)}: what differs may come of the files "
        "and not of the definition; build first to see the definition alone"
    ]


def _units_to_show(
    made: Preview, was: Indicator | None, above: Mapping[str, str | None]
) -> list[str]:
    """Return the top of the tree, and units with targets or else the largest.

    Args:
        made: What there is of outcomes.
        was: The published definition; None if there is none.
        above: Unit -> its parent, in the order of the tree.
    """
    tops = list(above)[:1]
    aimed = {
        target.unit
        for indicator in (was, made.definition)
        if indicator
        for target in indicator.targets
        if target.unit is not None
    }
    if chosen := [unit for unit in above if unit in aimed]:
        return list(dict.fromkeys([*tops, *chosen]))
    sizes: dict[str, float] = {}
    for unit in above:
        for period in made.periods:
            for outcome in made.pair(unit, period):
                if outcome is not None:
                    size = outcome.denominator or outcome.numerator or 0
                    sizes[unit] = max(sizes.get(unit, 0), size)
    with_some_below = {above[unit] for unit in sizes}
    largest = sorted(
        (unit for unit in sizes if sizes[unit] and unit not in with_some_below),
        key=lambda unit: -sizes[unit],
    )
    return list(dict.fromkeys([*tops, *largest[:_LARGEST]]))


def _is_same(before: object, after: object) -> bool:
    if isinstance(before, float) and isinstance(after, float):
        return math.isclose(before, after, rel_tol=1e-9, abs_tol=1e-9)
    return before == after
