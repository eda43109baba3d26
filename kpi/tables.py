"""How the tables of the warehouse are stated."""

from hashlib import sha256
from typing import Any

from sqlalchemy import Column, MetaData, String, Table
from sqlalchemy.types import TypeEngine

metadata = MetaData()


def table(name: str, comment: str, *columns: Column[Any]) -> Table:
    """State a table; the comment says what a row is."""
    return Table(name, metadata, *columns, comment=comment)


def key(name: str, type_: type[TypeEngine[Any]] = String) -> Column[Any]:
    """State a column that is never empty."""
    return Column(name, type_, nullable=False)


def unit_key(unit: str) -> str:
    """Return eight letters that tell units apart, as `left(sha256(unit), 8)` in SQL.

    DuckDB passes over parts of a table by the first eight letters of their least and
    greatest word; in a region those of all HSA-id are the same.
    """
    return sha256(unit.encode()).hexdigest()[:8]
