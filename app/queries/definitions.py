"""The definitions that a build was made with."""

import json
from functools import lru_cache

from sqlalchemy import select

from app.queries.kept import kept
from app.queries.reader import Reader
from app.words import language
from kpi import schema
from kpi.definitions import Definitions
from kpi.errors import WarehouseError
from kpi.model import Text


def definitions(reader: Reader) -> Definitions:
    """Return the indicators and plans a build was made with."""
    content = definition_content(reader, "indicators")
    if content is None:
        raise WarehouseError(
            f"build {reader.build_id} has no definitions; run `python -m etl build`"
        )
    return _parsed(content)


def pathway_names(reader: Reader) -> dict[str, str]:
    """Return each cancer pathway's name, in the language now spoken, by its id."""
    content = definition_content(reader, "pathways")
    names = _pathways(content) if content else ()
    return {slug: language.of(name) for slug, name in names}


def value_names(reader: Reader) -> dict[str, dict[str, str]]:
    """Return what values are called, by dimension, where the build has the names."""
    categories = {
        category: language.of(name)
        for indicator in definitions(reader).indicators
        for category, name in indicator.categories.items()
    }
    return {"svf": pathway_names(reader), "category": categories}


@kept
def definition_content(reader: Reader, name: str) -> str | None:
    """Return one of a build's definition documents as JSON; None if it has none."""
    table = schema.definition.c
    statement = select(table.content).where(
        table.build_id == reader.build_id, table.name == name
    )
    return reader.connection.execute(statement).scalar()


# Keyed by the text itself: it changes only with a new build, and parsing it takes
# longer than every query of a page.
@lru_cache(maxsize=4)
def _parsed(content: str) -> Definitions:
    return Definitions.model_validate_json(content)


@lru_cache(maxsize=4)
def _pathways(content: str) -> tuple[tuple[str, Text], ...]:
    return tuple(
        (row["slug"], Text(sv=row["namn"], en=row["namn_en"]))
        for row in json.loads(content)
    )
