"""The workbooks to fill in by hand, as the newest build made them."""

from sqlalchemy import select

from app.queries.reader import Reader
from kpi import schema


def templates(reader: Reader) -> list[str]:
    """Return the datasets that there is a template of, by name."""
    statement = select(schema.template.c.dataset).order_by(schema.template.c.dataset)
    return list(reader.connection.execute(statement).scalars())


def template_of(reader: Reader, dataset: str) -> bytes | None:
    """Return the workbook of a dataset; None if there is none."""
    statement = select(schema.template.c.content).where(
        schema.template.c.dataset == dataset
    )
    return reader.connection.execute(statement).scalar()
