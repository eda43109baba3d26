"""What `etl template` does: workbooks to fill in by hand, with or without a build."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select

from etl.files.find import find_files
from etl.sources import LAYOUTS
from etl.sources.layout import Layout
from etl.sources.units import UNITS
from etl.steps import Steps
from etl.store.catalogue import Catalogue, load_catalogue
from etl.store.decided import region_file
from etl.store.pipeline import trial
from etl.store.templates import ground_of
from etl.template.allowed import Ground
from etl.template.book import file_name, template
from kpi import schema
from kpi.errors import NoWarehouseError, OldWarehouseError, SettingError
from kpi.warehouse import Warehouse


def write_template(
    dataset: str,
    out: Path | None,
    definitions: Path,
    *,
    warehouse: Path,
    sources: Path,
    as_of: date,
) -> Path:
    """Write the template of one dataset, and return where it is.

    Args:
        dataset: Whose layout it is of.
        out: The file; None for one in the folder one stands in.
        definitions: The indicators.
        warehouse: Whose units are listed, if there is one.
        sources: Where the register of units is looked for otherwise.
        as_of: Units that ended before are left out.

    Raises:
        MalbildError: the file is there already, or the definitions or the register
            have faults.
    """
    (layout,) = (layout for layout in LAYOUTS if layout.dataset == dataset)
    target = out or Path(f"{file_name(layout)}.xlsx")
    return _write([(layout, target)], _ground(definitions, warehouse, sources, as_of))[
        0
    ]


def write_templates(
    folder: Path, definitions: Path, *, warehouse: Path, sources: Path, as_of: date
) -> list[Path]:
    """Write the template of every dataset, each in the dataset's own folder.

    The arguments are those of `write_template`.

    Raises:
        MalbildError: as `write_template`; nothing is written.
    """
    targets = [
        (layout, folder / layout.folder / f"{file_name(layout)}.xlsx")
        for layout in LAYOUTS
    ]
    return _write(targets, _ground(definitions, warehouse, sources, as_of))


def _write(targets: Sequence[tuple[Layout, Path]], ground: Ground) -> list[Path]:
    faults = [
        f"{path}: is there already, and may be filled in; name another file, or move "
        "it away"
        for _, path in targets
        if path.exists()
    ]
    faults += [
        f"{path}: expected a name that ends in .xlsx; mend it"
        for _, path in targets
        if path.suffix.casefold() != ".xlsx"
    ]
    if faults:
        raise SettingError(*faults)
    for layout, path in targets:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(template(layout, ground))
    return [path for _, path in targets]


def _ground(definitions: Path, warehouse: Path, sources: Path, as_of: date) -> Ground:
    """Return what templates are made for; without units if nobody knows any."""
    catalogue = load_catalogue(definitions, as_of, region=region_file(sources))
    return (
        _published(catalogue, warehouse, as_of)
        or _registered(catalogue, sources, as_of)
        or Ground((), catalogue.pathways, catalogue.definitions.indicators)
    )


def _published(catalogue: Catalogue, warehouse: Path, as_of: date) -> Ground | None:
    try:
        with Warehouse(warehouse).connect() as connection:
            newest = connection.execute(
                select(schema.build.c.build_id)
                .order_by(schema.build.c.sequence.desc())
                .limit(1)
            ).scalar_one()
            return ground_of(connection, newest, catalogue, as_of)
    except (NoWarehouseError, OldWarehouseError):
        return None


def _registered(catalogue: Catalogue, sources: Path, as_of: date) -> Ground | None:
    if not sources.is_dir():
        return None
    files = [
        file
        for file in find_files(sources, catalogue.mappings).files
        if file.layout.dataset == UNITS.dataset
    ]
    if not files:
        return None
    steps = Steps(0, is_quiet=True)
    with trial(catalogue, files, as_of, steps, [UNITS]) as run:
        return ground_of(run.connection, run.build_id, catalogue, as_of)
