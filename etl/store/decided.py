"""What a region decides that rows of files are read by: kinds of units, lead times."""

import os
from csv import writer
from dataclasses import replace
from pathlib import Path

from etl import settings
from etl.files.find import SourceFile, describe
from etl.folding import folded
from etl.sources.layout import Field, Layout
from etl.sources.svf import LEAD_TIMES
from etl.sources.units import UNITS
from kpi.region import Region
from kpi.vocabulary import DECIDED, DatasetName

_IN_FOLDER = settings.REGION.name


def region_file(sources: Path | None) -> Path:
    """Return where the decisions of a region lie: beside its files, or in `data`.

    A folder of files may have a `region.yaml` of its own, as that of the demo has, so
    that its files are not held against what another region has decided.
    """
    beside = sources / _IN_FOLDER if sources else None
    return beside if beside and beside.exists() else settings.REGION


def lead_time_file(region: Region, written: Path, scratch: Path) -> SourceFile | None:
    """Write the region's maximum lead times as a file that a build can read.

    Args:
        region: Whose; None is returned if it has decided none.
        written: The file that they stand in, whose time they have.
        scratch: A folder that stays until the build is done.
    """
    if not region.lead_times:
        return None
    path = scratch / "ledtider.csv"
    header = ("svf", "avslut", "utokad_utredning", "max_dagar")
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = writer(stream, delimiter=";")
        rows.writerow((*header, "giltig_fran", "giltig_till", "kalla"))
        for pathway, maxima in region.lead_times.items():
            for maximum in maxima:
                extended = "J" if maximum.extended else "N"
                held = (maximum.since, maximum.until or "", str(written))
                row = (pathway, maximum.ending, extended, maximum.days, *held)
                rows.writerow(row)
    time = int(written.stat().st_mtime)
    os.utime(path, (time, time))
    return describe(path, f"{DECIDED}/{path.name}", LEAD_TIMES)


def as_called(layout: Layout, region: Region) -> Layout:
    """Return a layout that knows what the region calls the kinds of its units."""
    if layout.dataset is not DatasetName.UNITS or not region.unit_kinds:
        return layout
    fields = (
        _called(field, region) if field.name == "typ" else field
        for field in UNITS.fields
    )
    return replace(layout, fields=tuple(fields))


def _called(field: Field, region: Region) -> Field:
    decided = {folded(word): str(kind) for word, kind in region.unit_kinds.items()}
    names = {
        code: tuple(
            name
            for name in field.names.get(code, ())
            if decided.get(folded(name), code) == code
        )
        for code in field.codes
    }
    for word, kind in region.unit_kinds.items():
        names[kind] = (*names[kind], word)
    return replace(field, names=names)
