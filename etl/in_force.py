"""Which facts a build stands on, asked in the way that is cheap for many rows."""

from sqlalchemy import ColumnElement, Connection, FromClause, or_, select

from kpi import schema
from kpi.active import is_active


def in_force(
    connection: Connection, facts: FromClause, build_id: str
) -> ColumnElement[bool]:
    """Return what `kpi.active.is_active` does, with the loads written out.

    The facts of a load lie together, so that comparing their load with a few words
    costs next to nothing; only facts of loads that newer ones replace in part are asked
    one by one.
    """
    loads = select(schema.build_load.c.load_id).where(
        schema.build_load.c.build_id == build_id
    )
    of_build = set(connection.execute(loads).scalars())
    replaced = set(
        connection.execute(
            select(schema.superseded.c.load_id)
            .where(schema.superseded.c.by_load_id.in_(loads))
            .distinct()
        ).scalars()
    )
    whole = facts.c.load_id.in_(sorted(of_build - replaced))
    if not of_build & replaced:
        return whole
    return or_(whole, is_active(facts, build_id))


def datasets_with_facts(connection: Connection, build_id: str) -> frozenset[str]:
    """Return what the build has facts of: nothing else need be asked.

    To ask an empty table costs as much as to ask one of a few thousand rows.
    """
    of_build = (
        select(schema.load.c.dataset)
        .join(schema.build_load, schema.build_load.c.load_id == schema.load.c.load_id)
        .where(schema.build_load.c.build_id == build_id, schema.load.c.facts > 0)
    )
    return frozenset(connection.execute(of_build).scalars())


def facts_in_force(connection: Connection, dataset: str, build_id: str) -> str:
    """Return SQL of a relation: the facts of a dataset that a build stands on."""
    table = schema.metadata.tables[dataset]
    statement = select(table).where(in_force(connection, table, build_id))
    compiled = statement.compile(connection, compile_kwargs={"literal_binds": True})
    return f"({compiled})"
