"""What makes the hundreds of small builds of these tests quick; none is left out."""

from functools import cache
from pathlib import Path

import pytest

from etl.store import catalogue
from kpi.definitions import Definitions, load_definitions


@pytest.fixture(autouse=True)
def small_builds(monkeypatch):
    """Build with one core, as each worker has one, and read no definitions twice.

    `tests/etl/take/test_replacing.py` holds that the number of cores changes nothing.
    """
    monkeypatch.setenv("MALBILD_THREADS", "1")
    monkeypatch.setattr(
        catalogue, "load_definitions", lambda path: _read(path, path.read_bytes())
    )


@cache
def _read(path: Path, _content: bytes) -> Definitions:
    return load_definitions(path)
