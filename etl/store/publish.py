"""A draft beside the warehouse, swapped in when it is whole."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.steps import Steps
from kpi.errors import WarehouseError


@contextmanager
def only_build(warehouse: Path) -> Iterator[None]:
    """Hold the right to build; two builds at once would overwrite each other.

    Raises:
        WarehouseError: another build is running.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    lock = warehouse.with_name(f"{warehouse.name}.lock")
    with lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WarehouseError(
                f"{warehouse}: another build is running; wait until it is done"
            ) from None
        yield


@contextmanager
def draft_of(warehouse: Path, base: Path | None, steps: Steps) -> Iterator[Path]:
    """Give the path of a draft, which is removed unless it has been published.

    Args:
        warehouse: What it will replace.
        base: The file to go on from; None to begin with nothing.
        steps: Of the build, to be timed.
    """
    draft = warehouse.with_name(f"{warehouse.name}.draft")
    scratch = warehouse.with_name(f"{warehouse.name}.draft.tmp")
    _remove(draft, scratch)
    scratch.mkdir()
    try:
        if base is not None:
            with steps.step("copy the warehouse"):
                shutil.copyfile(base, draft)
        yield draft
    finally:
        _remove(draft, scratch)


def publish(draft: Path, warehouse: Path) -> None:
    """Put the draft in the warehouse's place, in one step.

    Readers who have the old file open keep it until they let go of it.
    """
    with draft.open("rb+") as stream:
        os.fsync(stream.fileno())
    os.replace(draft, warehouse)


def _remove(draft: Path, scratch: Path) -> None:
    draft.unlink(missing_ok=True)
    draft.with_name(f"{draft.name}.wal").unlink(missing_ok=True)
    shutil.rmtree(scratch, ignore_errors=True)
