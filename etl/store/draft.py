"""One build in the making: the steps from files to a checked draft."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from etl import settings
from etl.count.rollup import roll_up
from etl.files.find import SourceFile, Unread
from etl.files.raw import Raw
from etl.files.read import read
from etl.judge.verdicts import judge
from etl.labels import about
from etl.sources import LAYOUTS
from etl.sources.layout import Layout
from etl.steps import Steps
from etl.store.build_rows import (
    loads_of,
    make_tables,
    note_coverage,
    regions_registered,
    stand_on,
    targets_of_unknown_units,
    write_build_row,
)
from etl.store.catalogue import Catalogue
from etl.store.checks import check, note_findings, note_unread
from etl.store.decided import as_called
from etl.store.known import Known, digest
from etl.store.losses import note_losses
from etl.store.result import Summary, summary_of
from etl.store.templates import write_templates
from etl.store.twice import note_twice
from etl.take.cast import Setting
from etl.take.corrections import Correction
from etl.take.load import load_file
from etl.take.mapped import mapped_rows, unit_names
from etl.take.replace import replace_older
from kpi.errors import DefinitionError, SourceError
from kpi.warehouse import write_for_pages


class Draft:
    """One build in the making: the draft it writes to and what it knows so far."""

    def __init__(
        self,
        connection: Connection,
        build_id: str,
        catalogue: Catalogue,
        known: Known,
        as_of: date,
        steps: Steps,
        accepted: str | None = None,
    ) -> None:
        self.connection = connection
        self.build_id = build_id
        self.catalogue = catalogue
        self.known = known
        self.as_of = as_of
        self.steps = steps
        self.accepted = accepted
        self.setting = Setting(catalogue.pathways, as_of)
        self.sequence = max(
            (sequence for sequence, _ in known.loads.values()), default=0
        )
        self.contexts: dict[str, str] = {}
        self.faults: list[str] = []
        self.new_files = 0

    def run(
        self,
        files: list[SourceFile],
        unread: list[Unread],
        scratch: Path,
        faults: Sequence[str] = (),
    ) -> Summary:
        """Load, roll up and check.

        Args:
            files: Those that can be opened, oldest first.
            unread: What else lies among them.
            scratch: A folder for what is read anew from them.
            faults: What is told with the faults of the files.

        Raises:
            SourceError: every fault of every file.
        """
        self.faults += faults
        self._take(LAYOUTS, files, scratch)
        self.faults += [
            f"data/corrections.yaml: {correction.id}: no file is called "
            f"{correction.file!r}; mend the name, "
            "or remove the correction if the file is gone"
            for correction in self.catalogue.corrections
            if not any(correction.applies_to(file) for file in files)
        ]
        self._refuse_faults()
        definitions = self.catalogue.definitions
        write_for_pages(self.connection)
        write_build_row(
            self.connection,
            self.build_id,
            self.catalogue,
            self.as_of,
            self.known.sequence + 1,
        )
        write_templates(self.connection, self.build_id, self.catalogue, self.as_of)
        roll_up(self.connection, self.build_id, definitions, self.as_of, self.steps)
        with self.steps.step("check"):
            note_coverage(self.connection, self.build_id)
        with self.steps.step("judge"):
            judge(self.connection, self.build_id, definitions, self.as_of)
        with self.steps.step("check"):
            note_findings(self.connection, self.build_id)
            note_twice(self.connection, self.build_id)
            if unread:
                note_unread(self.connection, self.build_id, unread)
            note_losses(
                self.connection,
                self.build_id,
                self.known.build_id,
                self.catalogue.limits,
                self.accepted,
            )
            check(self.connection)
        return summary_of(self.connection, self.build_id, files, self.new_files)

    def read(
        self, layouts: Sequence[Layout], files: list[SourceFile], scratch: Path
    ) -> None:
        """Read files and count nothing; hold the units of targets against the register.

        Args:
            layouts: Of what is read; that of the register at least.
            files: Those that can be opened, oldest first.
            scratch: A folder for what is read anew from them.

        Raises:
            SourceError: every fault of the files, and every unit that is not there.
        """
        self._take(layouts, files, scratch)
        self._refuse_faults()

    def _take(
        self, layouts: Sequence[Layout], files: list[SourceFile], scratch: Path
    ) -> None:
        """Load the files of some layouts, into tables that are there."""
        make_tables(self.connection, self.build_id)
        for layout in layouts:
            of_layout = [
                replace(file, layout=as_called(file.layout, self.catalogue.region))
                for file in files
                if file.layout.dataset == layout.dataset
            ]
            with about(self.connection, layout.dataset):
                self._prepare(layout)
                self._load_all(layout, of_layout, scratch)
            if layout.is_ground:
                registered = regions_registered(self.connection, self.build_id)
                self.catalogue = self.catalogue.used_by(registered)

    def _refuse_faults(self) -> None:
        """Refuse what there is of faults, and of targets of units that are not here."""
        self.faults += targets_of_unknown_units(
            self.connection, self.build_id, self.catalogue
        )
        if self.faults:
            raise SourceError(*self.faults)

    def _prepare(self, layout: Layout) -> None:
        """State what a layout's rows are checked against, and note what it says."""
        against: list[object] = []
        grounds = (ground.dataset for ground in LAYOUTS if ground.is_ground)
        for dataset in (*(grounds if layout.is_of_unit else ()), *layout.leans_on):
            against.append(loads_of(self.connection, self.build_id, dataset))
        if layout.has_pathways:
            against.append(self.catalogue.pathways)
        if layout.is_ground:
            against.append(self.catalogue.region.model_dump(include={"unit_kinds"}))
        if layout.lookup:
            against.append(layout.lookup(self.connection, self.catalogue.definitions))
        self.contexts[layout.dataset] = digest(*against)

    def _load_all(self, layout: Layout, files: list[SourceFile], scratch: Path) -> None:
        faults_before = len(self.faults)
        by_producer: dict[str, dict[str, Layout]] = defaultdict(dict)
        new: set[str] = set()
        for file in files:
            corrections = [
                correction
                for correction in self.catalogue.corrections
                if correction.applies_to(file)
            ]
            load_id = self._load_id(file, corrections)
            if load_id not in self.known.loads:
                if not self._load(file, load_id, corrections, scratch):
                    continue
            if load_id not in self.known.of_build:
                new.add(load_id)
            stand_on(self.connection, self.build_id, load_id)
            by_producer["" if layout.is_shared else file.producer][load_id] = (
                file.layout
            )
        with self.steps.step("replace older facts", is_shown=bool(new)):
            for loads in by_producer.values():
                replace_older(self.connection, loads, new)
        if layout.is_ground and len(self.faults) > faults_before:
            raise SourceError(*self.faults)
        if layout.register:
            try:
                layout.register(self.connection, self.build_id)
            except DefinitionError as error:
                raise SourceError(*self.faults, *error.faults) from None

    def _load(
        self,
        file: SourceFile,
        load_id: str,
        corrections: list[Correction],
        scratch: Path,
    ) -> bool:
        self.sequence += 1
        try:
            with self.steps.reading(file.name, file.size):
                with self.steps.step("look at the file", is_shown=False):
                    raw = read(self.connection, file, scratch)
                try:
                    raw, setting = self._mapped(file, raw)
                    load_file(
                        self.connection,
                        file,
                        raw,
                        load_id,
                        self.sequence,
                        setting,
                        corrections,
                        self.steps,
                    )
                finally:
                    raw.close()
        except (SourceError, DefinitionError) as error:
            self.faults += error.faults
            return False
        self.new_files += 1
        return True

    def _mapped(self, file: SourceFile, raw: Raw) -> tuple[Raw, Setting]:
        """Return a file's rows in its dataset's form, and what they are judged by."""
        if not file.mapped:
            return raw, self.setting
        names = None
        if not file.layout.is_ground:
            names = unit_names(self.connection, self.build_id)
        setting = replace(
            self.setting,
            is_day_first=file.mapped.mapping.day_first,
            mapping=str(file.mapped.path),
            shared_names=names.shared if names else {},
            period_months=file.mapped.mapping.period_months,
        )
        return mapped_rows(self.connection, file, raw, names, setting), setting

    def _load_id(self, file: SourceFile, corrections: list[Correction]) -> str:
        parts = [
            settings.method(),
            file.producer,
            file.layout.dataset,
            file.sha256,
            self.contexts[file.layout.dataset],
            [correction.model_dump_json() for correction in corrections],
        ]
        # Only the name says whether the rows are additions.
        parts += [file.layout.replaces] if file.layout.observation else []
        parts += [file.mapped.digest] if file.mapped else []
        load_id = digest(*parts)
        # What lay in the future when it was read may have become the past.
        while (load := self.known.loads.get(load_id)) and (
            load[1] is not None and load[1] <= self.as_of
        ):
            load_id = digest(load_id, str(load[1]))
        return load_id
