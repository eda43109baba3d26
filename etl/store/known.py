"""What the warehouse in place knows, so that a build reads only what is new."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from etl.files.find import SourceFile
from kpi import schema
from kpi.errors import NoWarehouseError, OldWarehouseError
from kpi.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Known:
    """What an existing warehouse knows.

    Attributes:
        build_id: Of its newest build.
        sequence: Of that build.
        loads: (load_id, sequence, recheck_on) of every load it keeps.
        received: (producer, dataset, sha256) -> sequence of the first such load.
        of_build: The loads that its newest build stands on.
        is_too_old: Its tables are of an earlier version, and its builds do not come
            along.
    """

    build_id: str | None = None
    sequence: int = 0
    loads: dict[str, tuple[int, date | None]] = field(default_factory=dict)
    received: dict[tuple[str, str, str], int] = field(default_factory=dict)
    of_build: frozenset[str] = frozenset()
    is_too_old: bool = False


def known_of(warehouse: Path) -> tuple[Known, Path | None]:
    """Return what the warehouse in place knows, and the file to go on from.

    Nothing, and None, if there is none, or if its tables are of an earlier version.

    Raises:
        WarehouseError: what is there is no warehouse, or cannot be read; a build would
            overwrite what it does not know.
    """
    try:
        with Warehouse(warehouse).connect() as connection:
            newest = connection.execute(
                select(schema.build).order_by(schema.build.c.sequence.desc()).limit(1)
            ).one()
            loads = connection.execute(
                select(schema.load).order_by(schema.load.c.sequence)
            ).all()
            of_build = connection.execute(
                select(schema.build_load.c.load_id).where(
                    schema.build_load.c.build_id == newest.build_id
                )
            ).scalars()
            received: dict[tuple[str, str, str], int] = {}
            for row in loads:
                key = (row.producer, row.dataset, row.sha256)
                received.setdefault(key, row.sequence)
            known = Known(
                newest.build_id,
                newest.sequence,
                {load.load_id: (load.sequence, load.recheck_on) for load in loads},
                received,
                frozenset(of_build),
            )
            return known, warehouse
    except NoWarehouseError:
        return Known(), None
    except OldWarehouseError:
        return Known(is_too_old=True), None


def oldest_first(files: list[SourceFile], known: Known) -> list[SourceFile]:
    """Sort files by when they were received: those known before come first."""
    last = len(known.received) + 1_000_000_000

    def received(file: SourceFile) -> tuple[int, datetime, int, str]:
        key = (file.producer, file.layout.dataset, file.sha256)
        # Of two copies of the same time the one in a folder of its own is the backup.
        depth = file.name.count("/")
        return known.received.get(key, last), file.received_at, depth, file.name

    return sorted(files, key=received)


def digest(*parts: object) -> str:
    """Return a short checksum of anything that can be written as JSON."""
    written = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:12]
