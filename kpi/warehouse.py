"""Opening the warehouse: for readers who must see a newly published file at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb_sqlalchemy import ConnectionWrapper
from sqlalchemy import Connection, Engine, create_engine, select
from sqlalchemy.pool import QueuePool

from kpi import schema
from kpi.errors import WarehouseError

DEFAULT_PATH = Path("data/warehouse.duckdb")


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
            WarehouseError: there is no such file, or it is of another version.
        """
        with self.engine().connect() as connection:
            yield connection

    def engine(self) -> Engine:
        """Return what connects to the file as it is now: another when it is replaced.

        Raises:
            WarehouseError: there is no such file, or it is of another version.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            raise WarehouseError(
                f"{self.path} does not exist; run `python -m etl build`"
            ) from None
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        with self._lock:
            if stamp != self._stamp or self._engine is None:
                engine = _engine(self.path)
                _check_version(engine, self.path)
                self._engine, self._stamp = engine, stamp
            return self._engine


def _engine(path: Path) -> Engine:
    # One thread a query: pages ask small questions, and many people ask at once.
    memory = duckdb.connect(":memory:", config={"threads": 1})
    quoted = str(path).replace("'", "''")
    try:
        memory.execute(f"ATTACH '{quoted}' AS warehouse (READ_ONLY)")
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be read as a warehouse: {error}") from None

    def cursor() -> ConnectionWrapper:
        own = memory.cursor()
        own.execute("USE warehouse")
        return ConnectionWrapper(own)

    return create_engine(
        "duckdb://", creator=cursor, poolclass=QueuePool, pool_size=8, max_overflow=24
    )


def _check_version(engine: Engine, path: Path) -> None:
    statement = select(schema.build.c.schema_version).limit(1)
    try:
        with engine.connect() as connection:
            version = connection.execute(statement).scalar()
    except Exception as error:
        raise WarehouseError(
            f"{path} is not a warehouse of this program ({type(error).__name__}); "
            "remove it and run `python -m etl build`"
        ) from None
    if version != schema.VERSION:
        raise WarehouseError(
            f"{path} has tables of version {version}, expected {schema.VERSION}; "
            "run `python -m etl build`"
        )


def draft_engine(path: Path, *, memory_limit: str, threads: int | None) -> Engine:
    """Open a file for writing, for a build that is not published yet.

    Args:
        path: The draft; created if it does not exist.
        memory_limit: Such as "4GB"; DuckDB spills to disk beside the file above it.
        threads: How many; None for one per core.
    """
    config: dict[str, object] = {"memory_limit": memory_limit}
    # The engine's newest way to write words takes a quarter less time.
    config["storage_compatibility_version"] = "latest"
    if threads is not None:
        config["threads"] = threads
    # extension downloads would leave this machine
    config |= {"autoinstall_known_extensions": False, "temp_directory": f"{path}.tmp"}
    return create_engine(f"duckdb:///{path}", connect_args={"config": config})
