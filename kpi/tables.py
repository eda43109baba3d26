"""How the tables of the warehouse are stated."""

from sqlalchemy import Column, MetaData, String, Table

metadata = MetaData()


def table(name: str, comment: str, *columns: Column) -> Table:
    """State a table; the comment says what a row is."""
    return Table(name, metadata, *columns, comment=comment)


def key(name: str, type_: type = String) -> Column:
    """State a column that is never empty."""
    return Column(name, type_, nullable=False)
