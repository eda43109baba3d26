"""The steps of a build, in order."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from etl import settings
from etl.files.find import SourceFile, SourceFolder, Unread, first_of_each
from etl.labels import Way
from etl.sources import LAYOUTS
from etl.sources.layout import Layout
from etl.steps import Steps
from etl.store.catalogue import Catalogue
from etl.store.draft import Draft
from etl.store.known import Known, digest, known_of, oldest_first
from etl.store.losses import losses_told, refuse_losses
from etl.store.publish import draft_of, only_build, publish
from etl.store.remarks import remarks_on
from etl.store.result import Result, Tried, summary_of, tried_of, write_rejected
from etl.take.refusals import refuse_reason
from kpi import schema
from kpi.errors import SourceError
from kpi.warehouse import Warehouse, draft_engine


def build(
    catalogue: Catalogue,
    folder: SourceFolder,
    warehouse: Path,
    as_of: date,
    steps: Steps,
    accepted: str | None = None,
) -> Result:
    """Build and publish a warehouse from source files.

    Args:
        catalogue: What to build.
        folder: The files to build it from, with those that cannot be.
        warehouse: What is replaced.
        as_of: Later days are in the future.
        steps: To be shown and timed.
        accepted: Why losses beyond the limits are published; None refuses them.

    Raises:
        MalbildError: something was refused; the warehouse is as it was.
    """
    with only_build(warehouse):
        known, base = known_of(warehouse)
        files, copies = first_of_each(oldest_first(folder.files, known))
        unread = sorted([*folder.unread, *copies], key=str)
        build_id = _build_id(catalogue, files, unread, known, as_of)
        if build_id == known.build_id and not folder.faults:
            return _unchanged(warehouse, build_id, files, unread)
        with draft_of(warehouse, base, steps) as draft:
            with _written(draft) as connection:
                if accepted is not None:
                    refuse_reason(connection, accepted)
                run = Draft(
                    connection, build_id, catalogue, known, as_of, steps, accepted
                )
                result = run.run(files, unread, _scratch(draft), folder.faults)
                refuse_losses(connection, build_id)
                losses = losses_told(connection, build_id)
                remarks = remarks_on(connection, build_id, run.catalogue.definitions)
                with steps.step("publish"):
                    connection.exec_driver_sql("CHECKPOINT")
            with steps.step("publish"):
                publish(draft, warehouse)
    if known.is_too_old:
        remarks.append(_anew(warehouse))
    remarks += run.catalogue.doubts
    plans = run.catalogue.plans
    return Result(build_id, False, *result, unread, losses, remarks, plans)


def explain(
    catalogue: Catalogue,
    folder: SourceFolder,
    warehouse: Path,
    as_of: date,
    steps: Steps,
) -> Way:
    """Return the way of a build that begins with nothing; publish nothing.

    The statements depend on the files and the definitions, so the build is made, in a
    draft beside the warehouse that is then removed.

    Raises:
        MalbildError: something was refused.
    """
    with only_build(warehouse), draft_of(warehouse, None, steps) as draft:
        known = Known()
        files, _ = first_of_each(oldest_first(folder.files, known))
        build_id = _build_id(catalogue, files, [], known, as_of)
        with _written(draft) as connection:
            way = Way(connection)
            run = Draft(connection, build_id, catalogue, known, as_of, steps)
            run.run(files, [], _scratch(draft), folder.faults)
    return way


def try_files(
    catalogue: Catalogue,
    folder: SourceFolder,
    as_of: date,
    steps: Steps,
    layouts: Sequence[Layout] = LAYOUTS,
    rejected: Path | None = None,
) -> tuple[Catalogue, Tried]:
    """Read the files of a folder, with the units of targets; build nothing.

    Returns the catalogue of the plans that are in use, and what came of the files.

    Args:
        catalogue: What the rows and the register are held against.
        folder: The files, with those that cannot be read.
        as_of: Later days are in the future.
        steps: To be shown and timed.
        layouts: Of the files that are read.
        rejected: A CSV file to write every rejected row to, if one is wanted.

    Raises:
        SourceError: what cannot be read, every fault of the files, and every unit of a
            target that the register does not have.
    """
    files, copies = first_of_each(oldest_first(folder.files, Known()))
    datasets = {layout.dataset for layout in layouts}
    files = [file for file in files if file.layout.dataset in datasets]
    if folder.faults:
        raise SourceError(*folder.faults)
    with trial(catalogue, files, as_of, steps, layouts) as run:
        unread = sorted([*folder.unread, *copies], key=str)
        if rejected:
            write_rejected(run.connection, run.build_id, rejected)
        tried = tried_of(run.connection, run.build_id, files, unread)
        return run.catalogue, tried


@contextmanager
def trial(
    catalogue: Catalogue,
    files: list[SourceFile],
    as_of: date,
    steps: Steps,
    layouts: Sequence[Layout] = LAYOUTS,
) -> Iterator[Draft]:
    """Give a draft that files have been read into, and throw it away after.

    Args:
        catalogue: What the rows and the register are held against.
        files: Those that can be opened, oldest first, all of the layouts.
        as_of: Later days are in the future.
        steps: To be shown and timed.
        layouts: Of the files.

    Raises:
        SourceError: every fault of the files, and every unit of a target that the
            register does not have.
    """
    with TemporaryDirectory() as place:
        draft = Path(place) / "tried.duckdb"
        _scratch(draft).mkdir()
        with _written(draft) as connection:
            run = Draft(connection, "tried", catalogue, Known(), as_of, steps)
            run.read(layouts, files, _scratch(draft))
            yield run


def _anew(warehouse: Path) -> str:
    return (
        f"{warehouse}: its tables were of an earlier version, so it was built anew; "
        "earlier builds did not come along, and nothing was compared"
    )


@contextmanager
def _written(draft: Path) -> Iterator[Connection]:
    """Give a connection that writes to a draft, which is closed after it."""
    engine = draft_engine(
        draft, memory_limit=settings.memory_limit(), threads=settings.threads()
    )
    try:
        with engine.connect() as connection:
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            # The build has a bar of its own.
            connection.exec_driver_sql("SET enable_progress_bar = false")
            yield connection
    finally:
        engine.dispose()


def _scratch(draft: Path) -> Path:
    return draft.with_name(f"{draft.name}.tmp")


def _build_id(
    catalogue: Catalogue,
    files: list[SourceFile],
    unread: list[Unread],
    known: Known,
    as_of: date,
) -> str:
    due = sorted(
        load_id
        for load_id, (_, recheck_on) in known.loads.items()
        if load_id in known.of_build and recheck_on is not None and recheck_on <= as_of
    )
    ordered = sorted(range(len(files)), key=lambda n: files[n].layout.dataset)
    return digest(
        settings.method(),
        schema.VERSION,
        catalogue.digest,
        [[files[n].name, files[n].layout.dataset, files[n].sha256] for n in ordered],
        [file.mapped.digest for file in files if file.mapped],
        [str(file) for file in unread],
        due,
    )


def _unchanged(
    warehouse: Path, build_id: str, files: list[SourceFile], unread: list[Unread]
) -> Result:
    with Warehouse(warehouse).connect() as connection:
        return Result(
            build_id, True, *summary_of(connection, build_id, files, 0), unread
        )
