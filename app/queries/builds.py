"""The builds a warehouse holds: the newest, and those that went before it."""

from sqlalchemy import Connection, select

from app.queries.definitions import Build, definitions
from app.queries.frame import Frame, read_frame
from app.queries.kept import kept
from app.queries.units import unit_tree
from kpi import schema


@kept
def builds(connection: Connection) -> list[Build]:
    """Return every build, newest first."""
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
    return [Build(*row) for row in connection.execute(statement)]


def find_build(connection: Connection, build_id: str | None) -> Build | None:
    """Return the build with this id, the newest without one; None if unknown."""
    if not build_id:
        return read_frame(connection).build
    return next((one for one in builds(connection) if one.build_id == build_id), None)


def find_frame(connection: Connection, build_id: str | None) -> Frame | None:
    """Return a build with its definitions and units; None if it is unknown."""
    if not build_id:
        return read_frame(connection)
    build = find_build(connection, build_id)
    if build is None:
        return None
    return Frame(
        build,
        definitions(connection, build.build_id),
        unit_tree(connection, build.build_id),
    )
