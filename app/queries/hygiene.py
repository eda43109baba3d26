"""Observed hygiene and dress: each item by profession, counted from the facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.queries.behind import Question, stands_under
from app.queries.reader import Reader
from kpi import schema


@dataclass(frozen=True, slots=True)
class ItemCount:
    """How often an item was correct; never shown as it is.

    What can be shown of it: `app.pages.indicator.hygiene.find`.

    Attributes:
        item: One of `kpi.schema.BHK_ITEMS`.
        profession: As in the file; None where it says none.
        correct: Observations in which the item was correct.
        observed: Observations in which it was applicable.
    """

    item: str
    profession: str | None
    correct: int
    observed: int


# To write seventeen columns anew would take a fifth of the answer.
@cache
def _counts(items: tuple[str, ...]) -> tuple[ColumnElement[Any], ...]:
    """Return the profession, and how often each item was correct and applicable."""
    facts = schema.FACTS["bhk"].c
    return (
        facts.yrkeskategori,
        *(func.count().filter(facts[item]) for item in items),
        *(func.count(facts[item]) for item in items),
    )


def item_counts(
    reader: Reader, question: Question, items: Sequence[str]
) -> list[ItemCount]:
    """Count items by profession in a unit and period, in one pass over the facts."""
    facts = schema.FACTS["bhk"]
    statement = (
        select(*_counts(tuple(items)))
        .where(stands_under(reader, facts, question))
        .group_by(facts.c.yrkeskategori)
    )
    return [
        ItemCount(item, profession, correct, observed)
        for profession, *counts in reader.connection.execute(statement)
        for item, correct, observed in zip(
            items, counts[: len(items)], counts[len(items) :], strict=True
        )
    ]
