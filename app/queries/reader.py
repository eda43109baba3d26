"""The one door to the data: what every query takes, and where it is opened."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, select

from app.queries.builds import Build
from app.queries.kept import Memory
from app.queries.unknown import UnknownBuild
from kpi import schema
from kpi.errors import WarehouseError
from kpi.warehouse import Warehouse

Statement = Select[*tuple[Any, ...]]
"""A query, whatever its columns."""


class Scope(StrEnum):
    """What whoever asks may see.

    Everybody may see all there is, so far. Who may see what will be decided where a
    reader is opened, and every query can hold to it, as each is given the reader.
    """

    ALL = "all"


@dataclass(frozen=True, slots=True)
class Reader:
    """What is read from, and on whose behalf.

    Attributes:
        connection: To the warehouse as it was when the reader was opened; for
            `app.queries` alone.
        build: The build that every query is about.
        scope: What may be seen of it.
    """

    connection: Connection
    build: Build
    scope: Scope = Scope.ALL

    @property
    def build_id(self) -> str:
        """The id of the build that every query is about."""
        return self.build.build_id

    def of_build(self, build_id: str | None) -> "Reader":
        """Return a reader of this build; of the newest one if none is named.

        Raises:
            UnknownBuild: the warehouse does not hold it.
        """
        every = builds(self)
        if not build_id:
            return replace(self, build=every[0])
        for build in every:
            if build.build_id == build_id:
                return replace(self, build=build)
        raise UnknownBuild(build_id)


@contextmanager
def open_reader(
    warehouse: Warehouse, build_id: str | None = None, scope: Scope = Scope.ALL
) -> Iterator[Reader]:
    """Open a warehouse as it is now, for as long as something is read from it.

    Args:
        warehouse: What to read.
        build_id: The build asked for; the newest if none is.
        scope: What may be seen.

    Raises:
        WarehouseError: there is no warehouse, or none that can be read.
        UnknownBuild: it does not hold the build.
    """
    with warehouse.connect() as connection:
        newest, *_ = _builds(connection)
        yield Reader(connection, newest, scope).of_build(build_id)


def builds(reader: Reader) -> list[Build]:
    """Return every build of the warehouse, newest first."""
    return _builds(reader.connection)


def newest_build(warehouse: Warehouse) -> Build:
    """Ask the warehouse for its newest build, anew: to know whether it answers.

    Raises:
        WarehouseError: it does not.
    """
    with warehouse.connect() as connection:
        return _read_builds(connection)[0]


def edition(warehouse: Warehouse) -> Hashable:
    """Return what is the same until the warehouse is replaced.

    Raises:
        WarehouseError: there is none, or none that can be read.
    """
    return warehouse.engine()


_known: Memory[list[Build]] = Memory()


def _builds(connection: Connection) -> list[Build]:
    return _known.answer(connection.engine, "builds", lambda: _read_builds(connection))


def _read_builds(connection: Connection) -> list[Build]:
    table = schema.build.c
    statement = select(
        table.build_id,
        table.sequence,
        table.built_at,
        table.as_of,
        table.first_month,
        table.last_month,
        table.is_demo,
    ).order_by(table.sequence.desc())
    builds = [Build(*row) for row in connection.execute(statement)]
    if not builds:
        raise WarehouseError("the warehouse has no build; run `python -m etl build`")
    return builds
