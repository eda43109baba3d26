"""The grain between facts and outcomes: what a unit adds in a month or period."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Double,
    FromClause,
    Integer,
    MetaData,
    String,
    Subquery,
    Table,
    and_,
    select,
)

from kpi.active import has_columns
from kpi.datasets import Dataset
from kpi.definitions import Indicator
from kpi.measures import RowsMeasure
from kpi.schema import unit_path

part = Table(
    "part",
    MetaData(),
    Column("indicator", String),
    Column("unit_id", String),
    Column("path_from", Date),
    Column("first_month", Integer),
    Column("last_month", Integer),
    Column("by", String),
    Column("by_value", String),
    Column("numerator", Double),
    Column("denominator", Double),
    Column("value", Double),
    Column("is_masked", Boolean),
    Column("is_public", Boolean),
    prefixes=["TEMPORARY"],
    comment=None,
)
"""One row per indicator, unit, stretch of its way up, period and dimension value.

Attributes of a row: `value` is set where the producer gave no counts; `is_masked` where
it has masked them; `is_public` for Kolada's values, which do not say which periods a
region itself has reported.
"""


STANDING = ("unit_path", "build_load", "superseded")
"""What says which facts a build stands on, and where their units stood."""


def is_of_cases(dataset: Dataset) -> bool:
    """Say whether a row of a dataset is one case, on a day, and not counts of many."""
    return dataset.dated_by is not None and not dataset.is_counted


@dataclass(frozen=True, slots=True)
class Variant:
    """An indicator's total (`by` empty) or one of its breakdowns, over one dataset."""

    indicator: Indicator
    by: str
    measure: RowsMeasure


def paths_of(build_id: str) -> Subquery:
    """Return the way-up each unit has at a time, one row per unit and time."""
    return (
        select(unit_path.c.unit_id, unit_path.c.valid_from, unit_path.c.valid_to)
        .where(
            unit_path.c.build_id == build_id,
            unit_path.c.distance == 0,
            unit_path.c.is_succession.is_(False),
        )
        .subquery("path")
    )


def stands_in(facts: FromClause, path: FromClause) -> ColumnElement[bool]:
    """Return whether a fact's unit has this way up on the fact's day."""
    return and_(
        path.c.unit_id == facts.c.enhet_id,
        facts.c.datum.between(path.c.valid_from, path.c.valid_to),
    )


def are_known(facts: FromClause, columns: Iterable[str]) -> list[ColumnElement[bool]]:
    """Return what asks that a fact's file had all these columns; nothing for none."""
    return [has_columns(facts, columns)] if columns else []
