"""How an indicator is counted: conditions and sums over the columns of a dataset."""

from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from kpi.datasets import DATASETS, Column, ColumnType
from kpi.model import Identifier, Model

Plain = str | int | float | bool


class Condition(Model):
    """What a column must be, beyond equal to one value.

    Exactly one of the keys. `present` asks whether there is a value at all; `has_any`
    is for columns with several codes in one text.
    """

    is_in: list[Plain] | None = Field(None, alias="in", min_length=1)
    not_in: list[Plain] | None = Field(None, min_length=1)
    at_least: float | None = None
    at_most: float | None = None
    has_any: list[str] | None = Field(None, min_length=1)
    present: bool | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [key for key, value in self if value is not None]
        if len(given) != 1:
            raise ValueError(f"expected exactly one condition, got {given or 'none'}")
        return self


def _plain_or_condition(value: object) -> str:
    return "condition" if isinstance(value, dict | Condition) else "plain"


Where = dict[
    str,
    Annotated[
        Annotated[Plain, Tag("plain")] | Annotated[Condition, Tag("condition")],
        Discriminator(_plain_or_condition),
    ],
]


class Aggregate(Model):
    """A count of rows that meet the conditions, or the sum of a column over them."""

    sum: Identifier | None = None
    where: Where = Field(default_factory=dict)


LeftOut = Literal["no_maximum", "excepted", "no_answer"]
"""Those of `kpi.vocabulary.Remark` that a definition can say which rows have."""


class RowsMeasure(Model):
    """Counted from the rows of a dataset.

    `where` holds for the numerator and the denominator; a numerator without `sum`
    counts rows among those of the denominator. `left_out` says which rows a reader
    would look for in vain, by why: conditions of their own, of rows that are not among
    those counted. How many they are is told beside the outcome.
    """

    dataset: Literal[
        "svf_fall", "svf_inklusion", "kontakter", "prem", "bhk", "bhk_moment", "ppm"
    ]
    where: Where = Field(default_factory=dict)
    numerator: Aggregate
    denominator: Aggregate | None = None
    left_out: dict[LeftOut, Where] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _columns_exist(self) -> Self:
        columns = DATASETS[self.dataset].columns
        faults = [
            fault
            for where in self.wheres()
            for name, condition in where.items()
            if (fault := _fault(self.dataset, columns, name, condition))
        ]
        for aggregate in (self.numerator, self.denominator):
            summed = aggregate.sum if aggregate else None
            if summed is None:
                continue
            if summed not in columns or columns[summed].type is not ColumnType.NUMBER:
                faults.append(_unknown(self.dataset, columns, summed, "sum"))
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def wheres(self) -> list[Where]:
        """Return the conditions of the whole, the numerator and the denominator."""
        parts = (self.numerator, self.denominator)
        conditions = [self.where, *(part.where for part in parts if part)]
        return [*conditions, *self.left_out.values()]


class ReportedMeasure(Model):
    """Already counted by the producer: rows of `matningar/` with the indicator's id."""

    dataset: Literal["matningar"]


class KoladaMeasure(Model):
    """A region's yearly value in Kolada, or its rank among the regions."""

    dataset: Literal["kolada"]
    kpi: str = Field(pattern=r"^[NU]\d{5}$")
    statistic: Literal["value", "rank"]


Measure = Annotated[
    RowsMeasure | ReportedMeasure | KoladaMeasure, Field(discriminator="dataset")
]


def named_in(condition: Plain | Condition) -> list[Plain]:
    """Return the values that a condition names."""
    if not isinstance(condition, Condition):
        return [condition]
    lists = (condition.is_in, condition.not_in, condition.has_any)
    return [value for values in lists for value in values or []]


def _fault(
    dataset: str, columns: dict[str, Column], name: str, condition: Plain | Condition
) -> str | None:
    if name not in columns:
        return _unknown(dataset, columns, name, "use")
    kind = columns[name].type
    values: list[Plain] = []
    if isinstance(condition, Condition):
        if (condition.has_any is not None) != (kind is ColumnType.WORDS):
            if condition.has_any is not None or condition.present is None:
                return f"has_any is for columns of several codes; {name} is {kind}"
        if condition.at_least is not None or condition.at_most is not None:
            if kind is not ColumnType.NUMBER:
                return f"at_least and at_most are for numbers; {name} is {kind}"
        values = [*(condition.is_in or []), *(condition.not_in or [])]
    else:
        values = [condition]
    expected: dict[ColumnType, tuple[type, ...]] = {
        ColumnType.TEXT: (str,),
        ColumnType.NUMBER: (int, float),
        ColumnType.FLAG: (bool,),
    }
    for value in values:
        fits = type(value) in expected.get(kind, ())
        if not fits:
            return f"{name} holds {kind}, got {value!r}"
    return None


def _unknown(dataset: str, columns: dict[str, Column], name: str, what: str) -> str:
    known = ", ".join(
        column
        for column, about in columns.items()
        if what == "use" or about.type is ColumnType.NUMBER
    )
    return f"{dataset} has no column {name!r} to {what}; it has {known}"
