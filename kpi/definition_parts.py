"""The smaller parts of an indicator's definition."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from kpi.datasets import DIMENSIONS
from kpi.measures import RowsMeasure
from kpi.model import Identifier, KoladaRegion, Model, PeriodField, Text

EVERY_CATEGORY = "alla"
"""In a file, in the place of a category: the row is of all of them."""


SHORTEST_QUOTATION = 3
"""Letters of a plan's own words."""


class PlanReference(Model):
    """Where in which plan, and in which words.

    Attributes:
        plan: The plan's id.
        section: As the plan calls it, or the heading it stands under.
        quotation: The plan's own words, in Swedish and letter by letter, so that
            whoever wrote them finds them again.
    """

    plan: Identifier
    section: str = Field(min_length=1)
    quotation: str = Field(min_length=SHORTEST_QUOTATION)


class PlanNote(Text):
    """What is to be known of what a plan says; it goes with the plan.

    Attributes:
        plan: The plan's id.
    """

    plan: Identifier


class Benchmark(Model):
    """A public yearly value to compare with.

    `note` says in what it is another measure; it stands wherever the value does.
    """

    kpi: str = Field(pattern=r"^[NU]\d{5}$")
    name: Text
    last_year: int | None = None
    note: Text | None = None


class Break(Model):
    """A place in time where values before and after are not comparable.

    `region` is the only one it concerns; None for all. `chosen` is what of it stands in
    no plan but is chosen here; None if nothing is.
    """

    since: PeriodField
    text: Text
    region: KoladaRegion | None = None
    chosen: Text | None = None


class Review(Model):
    """Who answers for the definition, and when it was and will be looked over."""

    owner: Text
    reviewed: date
    next_review: date

    @model_validator(mode="after")
    def _next_comes_later(self) -> Self:
        if self.next_review <= self.reviewed:
            raise ValueError(
                f"next_review {self.next_review} is not after reviewed {self.reviewed}"
            )
        return self


class Breakdown(Model):
    """A dimension that outcomes are also given by.

    A breakdown lifts the measure's own condition on the dimension's column. `measure`
    is needed only where the dimension lives in another dataset. `categories` are
    the values that the dimension `category` may have, with what they are called, in the
    order to show them: each region has its own.
    """

    # pydantic reads the words as they are made; a checker wants them written out.
    by: Literal[DIMENSIONS]  # type: ignore[valid-type]
    measure: RowsMeasure | None = None
    categories: dict[Identifier, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _categories_are_named(self) -> Self:
        if (self.by == "category") != bool(self.categories):
            raise ValueError(
                "`categories` belong to the dimension category, and only to it"
            )
        if EVERY_CATEGORY in self.categories:
            raise ValueError(f"{EVERY_CATEGORY!r} stands for all, and is no category")
        return self
