"""What each step of a build reads and writes, as data, and what it ran.

The steps speak to each other through tables, views and macros, most of them temporary.
A label says by name which of them a step asks for and which it makes or fills, so that
one sees where a table comes from. `tests/etl/test_labels.py` holds the labels against
the statements of a whole build.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, event

_P = ParamSpec("_P")
_R = TypeVar("_R")
_RUN, _ABOUT, _WAY = "run", "about", "way"


@dataclass(frozen=True, slots=True)
class Label:
    """What a step is called and what it touches.

    Attributes:
        name: What it does.
        reads: Tables, views and macros it asks for that are there when it begins.
        writes: Those that it makes, fills or changes.
    """

    name: str
    reads: frozenset[str]
    writes: frozenset[str]


@dataclass(eq=False, slots=True)
class Run:
    """A step as it was taken once.

    Attributes:
        label: Of the step.
        about: The dataset whose files it was taken for; empty for the whole build.
        statements: What it ran, in order.
        lent: Names under which it lent the engine what Python holds.
    """

    label: Label
    about: str
    statements: list[str] = field(default_factory=list)
    lent: set[str] = field(default_factory=set)


def labelled(
    name: str, *, reads: Iterable[str] = (), writes: Iterable[str] = ()
) -> Callable[
    [Callable[Concatenate[Connection, _P], _R]],
    Callable[Concatenate[Connection, _P], _R],
]:
    """Make a function a step; its first argument is the connection to the draft."""
    label = Label(name, frozenset(reads), frozenset(writes))

    def make(
        function: Callable[Concatenate[Connection, _P], _R],
    ) -> Callable[Concatenate[Connection, _P], _R]:
        @wraps(function)
        def step(connection: Connection, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
            run = Run(label, connection.info.get(_ABOUT, ""))
            way: Way | None = connection.info.get(_WAY)
            if way is not None:
                way.runs.append(run)
            with _set(connection, _RUN, run):
                return function(connection, *args, **kwargs)

        step.label = label  # type: ignore[attr-defined]  # a function may hold one
        return step

    return make


@contextmanager
def about(connection: Connection, dataset: str) -> Iterator[None]:
    """Say for which dataset the steps within are taken."""
    with _set(connection, _ABOUT, dataset):
        yield


@contextmanager
def _set(connection: Connection, name: str, value: object) -> Iterator[None]:
    before = connection.info.get(name)
    connection.info[name] = value
    try:
        yield
    finally:
        if before is None:
            del connection.info[name]
        else:
            connection.info[name] = before


def lend(connection: Connection, name: str, frame: object) -> None:
    """Let the engine read what Python holds under a name, without a copy."""
    engine = connection.connection.driver_connection
    assert engine is not None, "the connection is open"
    engine.register(name, frame)
    run = connection.info.get(_RUN)
    if run is not None:
        run.lent.add(name)


class Way:
    """Notes the steps of a build and their statements, in order.

    Attributes:
        runs: Every time a step was taken.
        unlabelled: Statements outside of all steps.
    """

    def __init__(self, connection: Connection) -> None:
        self.runs: list[Run] = []
        self.unlabelled: list[str] = []
        connection.info[_WAY] = self
        event.listen(connection, "before_cursor_execute", self._note)

    def _note(
        self, connection: Connection, cursor: object, statement: str, *_: object
    ) -> None:
        run: Run | None = connection.info.get(_RUN)
        noted = self.unlabelled if run is None else run.statements
        noted.append(statement)
