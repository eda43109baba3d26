"""Which build is shown, and the definitions it was made with."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection, select

from app.queries.kept import kept
from app.words import language
from kpi import schema
from kpi.definitions import Definitions
from kpi.errors import WarehouseError
from kpi.model import Text
from kpi.period import Period, PeriodKind, quarter_of, quarters_between


@dataclass(frozen=True, slots=True)
class Build:
    """A published build; months as `kpi.period.month_number`, None without facts."""

    build_id: str
    sequence: int
    built_at: datetime
    as_of: date
    first_month: int | None
    last_month: int | None
    is_demo: bool

    def quarters(self) -> list[Period]:
        """Return the quarters that can be chosen, oldest first.

        The quarter still running at `as_of` is among them if it has facts.
        """
        if self.first_month is None or self.last_month is None:
            return []
        return quarters_between(self.first_month, self.last_month)

    def latest_quarter(self) -> Period:
        """Return the latest quarter that was over when the build was made."""
        running = Period.holding(PeriodKind.QUARTER, self.as_of)
        over = running if self.as_of == running.last_day else running.shifted(-1)
        if self.last_month is None:
            return over
        return min(over, quarter_of(self.last_month), key=lambda one: one.first)


def newest_build(connection: Connection) -> Build:
    """Return the build with the highest sequence."""
    table = schema.build.c
    statement = (
        select(
            table.build_id,
            table.sequence,
            table.built_at,
            table.as_of,
            table.first_month,
            table.last_month,
            table.is_demo,
        )
        .order_by(table.sequence.desc())
        .limit(1)
    )
    found = connection.execute(statement).first()
    if found is None:
        raise WarehouseError("the warehouse has no build; run `python -m etl build`")
    return Build(*found)


def definitions(connection: Connection, build_id: str) -> Definitions:
    """Return the indicators and plans a build was made with."""
    content = definition_content(connection, build_id, "indicators")
    if content is None:
        raise WarehouseError(
            f"build {build_id} has no definitions; run `python -m etl build`"
        )
    return _parsed(content)


def pathway_names(connection: Connection, build_id: str) -> dict[str, str]:
    """Return each cancer pathway's name, in the language now spoken, by its id."""
    content = definition_content(connection, build_id, "pathways")
    names = _pathways(content) if content else ()
    return {slug: language.of(name) for slug, name in names}


@kept
def definition_content(connection: Connection, build_id: str, name: str) -> str | None:
    """Return one of a build's definition documents as JSON; None if it has none."""
    table = schema.definition.c
    statement = select(table.content).where(
        table.build_id == build_id, table.name == name
    )
    return connection.execute(statement).scalar()


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
