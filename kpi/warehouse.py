"""Opening the warehouse: for readers who must see a newly published file at once."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from os import stat_result
from pathlib import Path

import duckdb
from duckdb_sqlalchemy import ConnectionWrapper
from sqlalchemy import Connection, Engine, ScalarSelect, create_engine, func, select
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.pool import QueuePool, StaticPool

from kpi import schema
from kpi.errors import NoWarehouseError, OldWarehouseError, WarehouseError

DEFAULT_PATH = Path("data/warehouse.duckdb")

# A failed write ends a transaction, and then has the name of that.
_DISK = re.compile("could not (read|write|open)|cannot open file|no space", re.I)

_MARK, _MARK_AT = b"DUCK", 8
"""What every file of the engine has, and at which byte."""


_HEADERS = 3 * 4096
"""Bytes before the first block of such a file."""


class Warehouse:
    """A published warehouse file, read-only, reopened when it has been replaced.

    The file is attached to a database in memory instead of being connected to:
    DuckDB hands a second connect() of the same path the instance already open, which
    would go on serving the replaced file. Readers that have a connection keep the old
    file until they give it back.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._engine: Engine | None = None

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Give a connection to the file as it is now.

        Raises:
            WarehouseError: there is no such file, it is of another version, or what is
                asked for within cannot be read from it.
        """
        with self.engine().connect() as connection:
            try:
                yield connection
            except (duckdb.Error, DBAPIError) as error:
                if _is_of_disk(_cause(error)):
                    raise _unread(self.path, _complaint(error), _DAMAGED) from None
                raise

    def engine(self) -> Engine:
        """Return what connects to the file as it is now: another when it is replaced.

        Raises:
            WarehouseError: there is no such file, or it is of another version.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            raise NoWarehouseError(
                f"{self.path} does not exist; run `python -m etl build`"
            ) from None
        except OSError as error:
            raise _unread(self.path, error.strerror) from None
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        with self._lock:
            if stamp != self._stamp or self._engine is None:
                engine = _engine(self.path)
                _check_version(engine, self.path)
                self._engine, self._stamp = engine, stamp
            return self._engine


def newest_definition(path: Path, name: str) -> str | None:
    """Return what the newest build stored under a name, whatever its tables' version.

    None if it stored nothing so called, or if the file cannot be asked: whoever needs
    to know why opens it as a `Warehouse`.
    """
    build, stored = schema.build.c, schema.definition.c
    statement = (
        select(stored.content)
        .join_from(schema.definition, schema.build, build.build_id == stored.build_id)
        .where(stored.name == name, build.sequence == _newest())
    )
    try:
        engine = _engine(path)
        try:
            with engine.connect() as connection:
                content: str | None = connection.execute(statement).scalar()
        finally:
            engine.dispose()
    except (WarehouseError, OSError, duckdb.Error, DBAPIError):
        return None
    return content


def _newest() -> ScalarSelect[int]:
    return select(func.max(schema.build.c.sequence)).scalar_subquery()


def _engine(path: Path) -> Engine:
    _check_mark(path)
    # One thread a query: pages ask small questions, and many people ask at once. Rows
    # are sorted as they are: to pack the few of a page takes longer than it saves.
    memory = duckdb.connect(
        ":memory:",
        config={"threads": 1, "disabled_optimizers": "compressed_materialization"},
    )
    before = path.stat()
    quoted = str(path).replace("'", "''")
    try:
        memory.execute(f"ATTACH '{quoted}' AS warehouse (READ_ONLY)")
    except duckdb.Error as error:
        raise _unread(path, _complaint(error), _DAMAGED) from None
    _check_length(memory, path, before)

    def cursor() -> ConnectionWrapper:
        attached = memory.cursor()
        attached.execute("USE warehouse")
        return ConnectionWrapper(attached)

    return create_engine(
        "duckdb://", creator=cursor, poolclass=QueuePool, pool_size=8, max_overflow=24
    )


def _check_mark(path: Path) -> None:
    """Tell what the engine would not: a folder, another file, one that is not ours."""
    if path.is_fifo() or path.is_socket() or path.is_char_device():
        raise _unread(path, "it is a pipe, a socket or a device", _NOT_OURS)
    try:
        with path.open("rb") as stream:
            start = stream.read(_MARK_AT + len(_MARK))
    except OSError as error:
        raise _unread(path, error.strerror) from None
    if start[_MARK_AT:] != _MARK:
        raise _unread(path, "it is no file of DuckDB", _NOT_OURS)


def _check_length(
    memory: duckdb.DuckDBPyConnection, path: Path, before: stat_result
) -> None:
    """Tell of a file that was cut off: the engine does not until it reads there.

    Blocks that are free may lie beyond the end of a whole file; those in use may not.
    Unless it has been replaced since it was attached: then it is not the one measured.
    """
    [(length,)] = memory.execute(
        f"SELECT {_HEADERS} + used_blocks * block_size FROM pragma_database_size() "
        "WHERE database_name = 'warehouse'"
    ).fetchall()
    now = path.stat()
    if now.st_ino == before.st_ino and now.st_size < length:
        why = f"it was cut off after {now.st_size} bytes of {length}"
        raise _unread(path, why, _DAMAGED)


def _check_version(engine: Engine, path: Path) -> None:
    statement = select(schema.build.c.schema_version).limit(1)
    try:
        with engine.connect() as connection:
            version = connection.execute(statement).scalar()
    except ProgrammingError:
        raise _unread(path, "it has other tables", _NOT_OURS) from None
    except DBAPIError as error:
        raise _unread(path, _complaint(error), _DAMAGED) from None
    if version is None:
        raise _unread(path, "it holds no build", _NOT_OURS)
    if version < schema.VERSION:
        raise OldWarehouseError(
            f"{path} has tables of version {version}, expected {schema.VERSION}; "
            "run `python -m etl build`"
        )
    if version > schema.VERSION:
        raise WarehouseError(
            f"{path} has tables of version {version}, expected {schema.VERSION}: a "
            "newer release made it; use that release, or put a warehouse of this one "
            "from the backup in its place"
        )


_NOT_OURS = (
    "name another file with --warehouse, or move this one away and run "
    "`python -m etl build`"
)
_DAMAGED = (
    "unless another program holds it, it is damaged: put a copy from the backup in its "
    "place, or move it away and run `python -m etl build` (earlier builds are then "
    "gone)"
)


def _unread(
    path: Path,
    why: str | None,
    advice: str = "expected a file made by `python -m etl build`, and the right to "
    "read it and its folder",
) -> WarehouseError:
    return WarehouseError(f"{path} cannot be read as a warehouse: {why}; {advice}")


def refused_by_engine(error: BaseException) -> str | None:
    """Return what the engine could not do for want of disk, rights or memory.

    None if the error is none of these, but a fault of the program.
    """
    # A write that fails makes the database unusable, and all after it fails too: the
    # first of the errors tells why.
    first = None
    later: BaseException | None = error
    while later is not None:
        first = _refused(_cause(later)) or first
        later = later.__cause__ or later.__context__
    return first


def _cause(error: BaseException) -> BaseException:
    """Return the engine's own error."""
    return (error.orig if isinstance(error, DBAPIError) else None) or error


def _is_of_disk(error: BaseException) -> bool:
    if isinstance(error, duckdb.IOException | duckdb.FatalException):
        return True
    return isinstance(error, duckdb.Error) and bool(_DISK.search(str(error)))


def _refused(error: BaseException) -> str | None:
    if isinstance(error, duckdb.OutOfMemoryException):
        return (
            f"the engine needs more memory: {_complaint(error)}; raise "
            "MALBILD_MEMORY_LIMIT if the machine has more, and see that the disk "
            "beside the warehouse has room"
        )
    if _is_of_disk(error):
        return (
            f"the engine cannot read or write: {_complaint(error)}; see that the disk "
            "is not full, and that the files may be read and written and are whole; a "
            "draft begins as a copy of the warehouse: if that is damaged, put a copy "
            "from the backup in its place, or move it away"
        )
    return None


def _complaint(error: BaseException) -> str:
    """Return the first line the engine says; after it come statements and advice."""
    lines = str(_cause(error)).splitlines()
    return lines[0].strip().removesuffix(".") if lines else type(error).__name__


# The engine's newest way to write words takes a quarter less time.
_WRITTEN = "STORAGE_VERSION 'latest', RECOVERY_MODE no_wal_writes"
_ROWS_FOR_PAGES = 16_384
"""A page reads a few rows of a few places, and all rows of a group that has one."""


def write_for_pages(connection: Connection) -> None:
    """Let what is written to a draft from now on lie in small groups of rows.

    Facts lie in large ones, which are faster to write and a third smaller.

    Args:
        connection: Of `draft_engine`, without a transaction.
    """
    path = connection.exec_driver_sql(
        "SELECT path FROM duckdb_databases() WHERE database_name = 'draft'"
    ).scalar_one()
    quoted = path.replace("'", "''")
    for statement in (
        "USE memory",
        "DETACH draft",
        f"ATTACH '{quoted}' AS draft ({_WRITTEN}, ROW_GROUP_SIZE {_ROWS_FOR_PAGES})",
        "USE draft",
    ):
        connection.exec_driver_sql(statement)


def draft_engine(path: Path, *, memory_limit: str, threads: int | None) -> Engine:
    """Open a file for writing, for a build that is not published yet.

    A draft that fails is thrown away, so no log of it is written.

    Args:
        path: The draft; created if it does not exist.
        memory_limit: Such as "4GB"; DuckDB spills to disk beside the file above it.
        threads: How many; None for one per core.

    Raises:
        WarehouseError: the path has a sign that the engine gives a meaning.
    """
    if "?" in str(path):
        # The engine takes what follows for no part of the name.
        raise WarehouseError(
            f"{path}: the engine cannot write to a path with `?`; name another place "
            "with --warehouse"
        )
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        # extension downloads would leave this machine
        "autoinstall_known_extensions": False,
        "temp_directory": f"{path}.tmp",
    }
    if threads is not None:
        config["threads"] = threads
    quoted = str(path).replace("'", "''")

    def connected() -> ConnectionWrapper:
        memory = duckdb.connect(":memory:", config=config)
        memory.execute(f"ATTACH '{quoted}' AS draft ({_WRITTEN})")
        memory.execute("USE draft")
        return ConnectionWrapper(memory)

    # After a write that failed nothing can be rolled back.
    return create_engine(
        "duckdb://", creator=connected, poolclass=StaticPool, pool_reset_on_return=None
    )
