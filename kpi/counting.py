"""A measure as expressions over fact tables: what counts, row by row.

The roll-up sums these amounts; the pages that lead from a number to its rows show
them. One translation serves both, so they cannot disagree.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    case,
    false,
    literal,
    or_,
    select,
    true,
    union_all,
)

from kpi.datasets import DATASETS
from kpi.fact_tables import IN_FILE
from kpi.measures import Condition, RowsMeasure, Where
from kpi.schema import BHK_ITEMS, FACTS


@dataclass(frozen=True, slots=True)
class Counting:
    """What each fact adds to a measure.

    Attributes:
        facts: The fact table, with the columns `load_id`, `row_number`, `enhet_id`,
            `first_month`, `last_month` and those of the dataset.
        is_about: Whether a fact bears on the measure at all.
        is_counted: Whether a fact is among those counted: in the denominator, or in
            the numerator where there is none.
        is_masked: Whether the producer has masked the fact.
        numerator: What the fact adds to the numerator, 0 if nothing.
        denominator: What it adds to the denominator; None without one.
    """

    facts: FromClause
    is_about: ColumnElement[bool]
    is_counted: ColumnElement[bool]
    is_masked: ColumnElement[bool]
    numerator: ColumnElement[float]
    denominator: ColumnElement[float] | None


def counting(
    measure: RowsMeasure, by: str = "", facts: FromClause | None = None
) -> Counting:
    """Return what each fact adds to a measure, or to its breakdown by a dimension.

    A breakdown lifts the measure's own condition on the dimension's column. Where a
    producer reports totals of its own, the measure counts those, and a breakdown by
    that dimension the parts. `facts` may be a `facts_of` that a query already uses.
    """
    dataset = DATASETS[measure.dataset]
    facts = facts_of(measure.dataset) if facts is None else facts
    columns = facts.c
    lifted = dataset.dimensions.get(by)
    where = {
        name: condition for name, condition in measure.where.items() if name != lifted
    }
    about = [meets(where, facts)]
    if lifted is not None:
        about.append(columns[lifted].is_not(None))
    if dataset.own_totals and by not in dataset.own_totals:
        about.append(columns.ar_total)
    is_about = and_(*about)
    is_masked = columns.ar_maskerad if dataset.is_counted else false()
    usable = and_(is_about, ~is_masked) if dataset.is_counted else is_about
    denominator = measure.denominator
    base = and_(usable, meets(denominator.where, facts)) if denominator else usable
    in_numerator = and_(base, meets(measure.numerator.where, facts))
    return Counting(
        facts,
        is_about,
        base if denominator else in_numerator,
        and_(is_about, is_masked),
        _amount(in_numerator, measure.numerator.sum, facts),
        _amount(base, denominator.sum, facts) if denominator else None,
    )


def columns_used(measure: RowsMeasure, by: str = "") -> frozenset[str]:
    """Return the columns of a dataset that a measure, or its breakdown, looks at."""
    dataset = DATASETS[measure.dataset]
    lifted = dataset.dimensions.get(by)
    parts = [measure.numerator, *([measure.denominator] if measure.denominator else [])]
    used = {name for name in measure.where if name != lifted}
    for aggregate in parts:
        used |= {*aggregate.where, *([aggregate.sum] if aggregate.sum else [])}
    if lifted is not None:
        used.add(lifted)
    return frozenset("alder" if name == "aldersgrupp" else name for name in used)


def rows_of(dataset_id: str) -> str:
    """Return the dataset that holds the rows of another; items are parts of rows."""
    return "bhk" if dataset_id == "bhk_moment" else dataset_id


def facts_of(dataset_id: str) -> FromClause:
    """Return the facts of a dataset; the items of BHK are rows of their own."""
    if dataset_id != "bhk_moment":
        return FACTS[dataset_id]
    bhk = FACTS["bhk"]
    columns = [
        bhk.c[name]
        for name in (
            "load_id",
            "row_number",
            "enhet_id",
            IN_FILE,
            "first_month",
            "last_month",
            "datum",
            "yrkeskategori",
        )
    ]
    return union_all(
        *(
            select(
                *columns, literal(item).label("moment"), bhk.c[item].label("ratt")
            ).where(bhk.c[item].is_not(None))
            for item in BHK_ITEMS
        )
    ).subquery("bhk_moment")


def meets(where: Where, facts: FromClause) -> ColumnElement[bool]:
    """Return whether a fact meets every condition; a fact without a value does not.

    `not_in` is the exception: no value is none of the values named.
    """
    return and_(
        true(), *(_meets(facts.c[name], condition) for name, condition in where.items())
    )


def _meets(column: ColumnElement[Any], condition: object) -> ColumnElement[bool]:
    if not isinstance(condition, Condition):
        if isinstance(condition, bool):
            return column.is_(condition)
        return and_(column.is_not(None), column == condition)
    if condition.present is not None:
        return column.is_not(None) if condition.present else column.is_(None)
    if condition.not_in is not None:
        return or_(column.is_(None), column.not_in(condition.not_in))
    if condition.has_any is not None:
        spaced = literal(" ") + column + literal(" ")
        codes = (
            spaced.contains(f" {code} ", autoescape=True) for code in condition.has_any
        )
        return and_(column.is_not(None), or_(*codes))
    if condition.is_in is not None:
        return and_(column.is_not(None), column.in_(condition.is_in))
    if condition.at_least is not None:
        return and_(column.is_not(None), column >= condition.at_least)
    return and_(column.is_not(None), column <= condition.at_most)


def _amount(
    is_in: ColumnElement[bool], summed: str | None, facts: FromClause
) -> ColumnElement[float]:
    amount = literal(1) if summed is None else facts.c[summed]
    return case((is_in, amount), else_=literal(0))
