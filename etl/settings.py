"""Where things are and how much they may take."""

import hashlib
import os
import re
from functools import cache
from pathlib import Path

from kpi.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "data" / "reference"
SOURCES = Path("data/sources")
DEMO = Path("data/demo")
WAREHOUSE = Path("data/warehouse.duckdb")
DEFINITIONS = Path("indicators.yaml")
CORRECTIONS = Path("data/corrections.yaml")
LIMITS = Path("data/limits.yaml")
MAPPINGS = Path("data/mappings")
REGION = Path("data/region.yaml")
CACHE = Path("data/cache")

_MEMORY = "MALBILD_MEMORY_LIMIT"
_MEMORY_USUAL = "1400MB"
_AMOUNT = re.compile(r"0*[1-9][0-9]*([.][0-9]+)?\s*[KMGT]i?B", re.IGNORECASE)


def memory_limit() -> str:
    """Return how much memory the engine may take in a build, such as `1400MB`.

    DuckDB keeps to this and spills to disk beside the warehouse. All else that a build
    needs, Python with it, takes half a gigabyte more. A file of some twenty million
    rows is the first to spill.

    Raises:
        SettingError: the environment asks for something that is no amount of memory.
    """
    written = os.environ.get(_MEMORY, "").strip()
    if not written:
        return _MEMORY_USUAL
    if not _AMOUNT.fullmatch(written):
        raise SettingError(
            f"{_MEMORY}={written!r}: expected an amount of memory such as "
            f"{_MEMORY_USUAL} or 4GB; mend it, or leave it out for {_MEMORY_USUAL}"
        )
    return written


def threads() -> int | None:
    """Return how many of the machine's cores the engine may take; None for all.

    Raises:
        SettingError: `MALBILD_THREADS` is no such number.
    """
    written = os.environ.get("MALBILD_THREADS", "")
    if not written:
        return None
    if not written.isdecimal() or int(written) == 0:
        raise SettingError(
            f"MALBILD_THREADS={written!r}: expected a whole number from 1; mend it, or "
            "leave it out to use every core"
        )
    return int(written)


@cache
def method() -> str:
    """Return a checksum of the program that makes figures out of files.

    A new release may read or count differently; files are then read again, so that no
    figure is a mixture of two ways of counting.
    """
    digest = hashlib.sha256()
    for path in _program():
        digest.update(path.read_bytes())
    return digest.hexdigest()


_BESIDE = ("demo", "fetch", "inspect")
"""Rooms that make up files, fetch them and look at them, and change no figure."""


def _program() -> list[Path]:
    """Return what makes figures out of files."""
    kernel = (ROOT / "kpi").rglob("*.py")
    rooms = (
        path
        for pattern in ("*.py", "*.sql")
        for path in (ROOT / "etl").rglob(pattern)
        if path.relative_to(ROOT / "etl").parts[0] not in _BESIDE
    )
    return sorted([*kernel, *rooms])
