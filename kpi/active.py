"""Which facts a build stands on: those of its loads that no newer load replaced."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, FromClause, and_, exists, or_, select

from kpi import schema


def is_active(facts: FromClause, build_id: str) -> ColumnElement[bool]:
    """Return whether a fact counts in a build."""
    loads = select(schema.build_load.c.load_id).where(
        schema.build_load.c.build_id == build_id
    )
    replaced = schema.superseded
    return and_(
        facts.c.load_id.in_(loads),
        ~exists().where(
            replaced.c.load_id == facts.c.load_id,
            replaced.c.row_number == facts.c.row_number,
            replaced.c.by_load_id.in_(loads),
        ),
    )


def has_columns(facts: FromClause, columns: Iterable[str]) -> ColumnElement[bool]:
    """Return whether a fact's file had all these columns.

    A file may do without optional columns. What it does not say must not be counted as
    if it had said no.
    """
    missing = schema.load.c.missing_columns
    lacking = or_(*(missing.contains(f",{name},") for name in sorted(columns)))
    return facts.c.load_id.not_in(select(schema.load.c.load_id).where(lacking))
