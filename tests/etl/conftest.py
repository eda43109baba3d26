"""What makes the hundreds of small builds of these tests quick; none is left out.

And what is held of every one of these tests: what is refused in it has Swedish words.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from etl.store import catalogue
from etl.words.catalogue import swedish
from kpi.errors import MalbildError

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


@pytest.fixture(autouse=True)
def told_in_swedish(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """See that a Swedish terminal could tell everything that a test has refused."""
    told: list[str] = []
    made = MalbildError.__init__

    def noted(error: MalbildError, *faults: str) -> None:
        told.extend(faults)
        made(error, *faults)

    monkeypatch.setattr(MalbildError, "__init__", noted)
    yield
    missing = [fault for fault in told if swedish().read(fault) is None]
    assert missing == [], "add these to etl/words/sv.po"


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
