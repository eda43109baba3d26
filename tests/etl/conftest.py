"""What makes the hundreds of small builds of these tests quick; none is left out."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from etl.store import catalogue

READ_ONCE = ("read_definitions", "load_definitions", "read_activities")


@pytest.fixture(scope="module", autouse=True)
def small_builds():
    """Build with one core, as each worker has one, and read no definitions twice.

    `tests/etl/take/test_replacing.py` holds that the number of cores changes nothing.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MALBILD_THREADS", "1")
        for name in READ_ONCE:
            read = getattr(catalogue, name)
            patch.setattr(catalogue, name, partial(_as_before, read))
        yield


def _as_before(read: Callable[..., Any], path: Path, *definitions: Any) -> Any:
    return _once(read, path, path.read_bytes(), *map(_Same, definitions))


@cache
def _once(
    read: Callable[..., Any], path: Path, _content: bytes, *definitions: "_Same"
) -> Any:
    return read(path, *(same.value for same in definitions))


class _Same:
    """Something that is told from others by being itself."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)
