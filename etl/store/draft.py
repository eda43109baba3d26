"""One build in the making: the steps from files to a checked draft."""

from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection

from etl import settings
from etl.count.rollup import roll_up
from etl.files.find import SourceFile
from etl.files.read import read
from etl.in_force import facts_in_force
from etl.judge.verdicts import judge
from etl.sources import LAYOUTS
from etl.sources.layout import Layout
from etl.stating import state
from etl.steps import Steps
from etl.store.catalogue import Catalogue
from etl.store.checks import check, note_findings
from etl.store.known import Known, digest
from etl.store.result import Summary, summary_of
from etl.take.cast import Setting
from etl.take.corrections import Correction
from etl.take.load import load_file
from etl.take.replace import replace_older
from kpi import schema
from kpi.errors import DefinitionError, SourceError


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
    ) -> None:
        self.connection = connection
        self.build_id = build_id
        self.catalogue = catalogue
        self.known = known
        self.as_of = as_of
        self.steps = steps
        self.setting = Setting(catalogue.pathways, as_of)
        self.sequence = max((one for one, _ in known.loads.values()), default=0)
        self.contexts: dict[str, str] = {}
        self.faults: list[str] = []
        self.new_files = 0

    def run(self, files: list[SourceFile], scratch: Path) -> Summary:
        """Load, roll up and check."""
        schema.metadata.create_all(self.connection)
        self._forget_half_a_build()
        for layout in LAYOUTS:
            own = [one for one in files if one.layout is layout]
            self._prepare(layout)
            self._load_all(layout, own, scratch)
        self.faults += [
            f"data/corrections.yaml: {one.id}: no file is called {one.file!r}; mend "
            "the name, or remove the correction if the file is gone"
            for one in self.catalogue.corrections
            if not any(one.applies_to(file) for file in files)
        ]
        if self.faults:
            raise SourceError(*self.faults)
        self._write_build_row(files)
        roll_up(self.connection, self.build_id, self.catalogue.definitions, self.steps)
        with self.steps.step("check"):
            self._state_coverage()
        with self.steps.step("judge"):
            judge(
                self.connection,
                self.build_id,
                self.catalogue.definitions,
                self.as_of,
            )
        with self.steps.step("check"):
            note_findings(self.connection, self._relations())
            check(self.connection)
        return summary_of(self.connection, self.build_id, files, self.new_files)

    def _forget_half_a_build(self) -> None:
        for table in schema.metadata.sorted_tables:
            if "build_id" in table.c:
                self.connection.exec_driver_sql(
                    f"DELETE FROM \"{table.name}\" WHERE build_id = '{self.build_id}'"
                )

    def _prepare(self, layout: Layout) -> None:
        """State what a layout's rows are checked against, and note what it says."""
        against: list[object] = []
        if layout.is_of_unit:
            against += [self._loads_of(one.dataset) for one in LAYOUTS if one.is_ground]
        against += [self._loads_of(dataset) for dataset in layout.leans_on]
        if layout.has_pathways:
            against.append(self.catalogue.pathways)
        if layout.lookup:
            against.append(layout.lookup(self.connection, self.catalogue.definitions))
        self.contexts[layout.dataset] = digest(*against)

    def _loads_of(self, dataset: str) -> list[str]:
        return list(
            self.connection.exec_driver_sql(
                "SELECT load_id FROM build_load JOIN load USING (load_id) "
                f"WHERE build_id = '{self.build_id}' AND dataset = '{dataset}' "
                "ORDER BY sequence"
            ).scalars()
        )

    def _load_all(self, layout: Layout, files: list[SourceFile], scratch: Path) -> None:
        by_producer: dict[str, list[str]] = defaultdict(list)
        new: set[str] = set()
        for file in files:
            corrections = [
                one for one in self.catalogue.corrections if one.applies_to(file)
            ]
            load_id = self._load_id(file, corrections)
            if load_id not in self.known.loads:
                if not self._load(file, load_id, corrections, scratch):
                    continue
            if load_id not in self.known.of_build:
                new.add(load_id)
            self.connection.exec_driver_sql(
                "INSERT INTO build_load VALUES (?, ?)", (self.build_id, load_id)
            )
            by_producer["" if layout.is_shared else file.producer].append(load_id)
        with self.steps.step("replace older facts", is_shown=bool(new)):
            for loads in by_producer.values():
                replace_older(self.connection, layout, loads, new)
        if layout.is_ground and self.faults:
            raise SourceError(*self.faults)
        if layout.register:
            layout.register(self.connection, self.build_id)

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
                    load_file(
                        self.connection,
                        file,
                        raw,
                        load_id,
                        self.sequence,
                        self.setting,
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

    def _load_id(self, file: SourceFile, corrections: list[Correction]) -> str:
        parts = [
            settings.method(),
            file.producer,
            file.layout.dataset,
            file.sha256,
            self.contexts[file.layout.dataset],
            [one.model_dump_json() for one in corrections],
        ]
        load_id = digest(*parts)
        # What lay in the future when it was read may have become the past.
        while (found := self.known.loads.get(load_id)) and (
            found[1] is not None and found[1] <= self.as_of
        ):
            load_id = digest(load_id, str(found[1]))
        return load_id

    def _relation(self, layout: Layout) -> str:
        return facts_in_force(self.connection, layout.dataset, self.build_id)

    def _relations(self) -> dict[str, str]:
        return {one.dataset: self._relation(one) for one in LAYOUTS}

    def _write_build_row(self, files: list[SourceFile]) -> None:
        self.connection.execute(
            schema.build.insert(),
            {
                "build_id": self.build_id,
                "sequence": self.known.sequence + 1,
                "schema_version": schema.VERSION,
                "built_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
                "as_of": self.as_of,
                "is_demo": bool(
                    self.connection.exec_driver_sql(
                        "SELECT count(*) FROM unit WHERE unit_id LIKE '%-DEMO%' "
                        f"AND build_id = '{self.build_id}'"
                    ).scalar()
                ),
            },
        )
        for name, content in self.catalogue.documents().items():
            self.connection.execute(
                schema.definition.insert(),
                {"build_id": self.build_id, "name": name, "content": content},
            )
        state(
            self.connection,
            "review",
            "indicator VARCHAR, next_review DATE",
            [
                (one.id, one.review.next_review)
                for one in self.catalogue.definitions.indicators
            ],
        )

    def _state_coverage(self) -> None:
        for layout in LAYOUTS:
            if not layout.is_of_unit:
                continue
            self.connection.exec_driver_sql(
                f"""INSERT INTO coverage
                SELECT '{self.build_id}', '{layout.dataset}', enhet_id, first_month,
                    last_month, count(*) FROM {self._relation(layout)} GROUP BY ALL"""
            )
        self.connection.exec_driver_sql(
            f"""UPDATE build SET first_month = reach.first_month,
                last_month = reach.last_month
            FROM (SELECT min(first_month) AS first_month, max(last_month) AS last_month
                FROM coverage WHERE build_id = '{self.build_id}') AS reach
            WHERE build_id = '{self.build_id}'"""
        )
