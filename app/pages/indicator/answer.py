"""`/api/v1/indicators`: every indicator's definition."""

from collections.abc import Callable

from app.api.answer import Address, Answer, Listed, Record
from app.api.named import chosen_build
from app.api.parameters import OF_LISTS, Given
from app.columns import BUILD, Field, in_both_languages, integer, perhaps, text
from app.queries.definitions import definitions
from app.queries.reader import Reader
from kpi.definitions import Indicator
from kpi.model import Direction, Kind, Lifecycle


def _as_data(name: str) -> Callable[[Indicator], list[Record]]:
    return lambda indicator: [
        part.model_dump(mode="json") for part in getattr(indicator, name)
    ]


_INDICATOR = (
    text("id", "Id of the indicator; never changes."),
    *in_both_languages("name", "Name"),
    text("area", "Area of the plans."),
    text("kind", "How the value comes out of its counts.", Kind),
    *in_both_languages("unit", "The indicator's own unit of measure"),
    Field("decimals", "integer", "How many decimals the pages show."),
    integer("per", "1000 for a rate per 1 000; null for other kinds."),
    text("direction", "Which way is better.", Direction),
    text("lifecycle", "Whether it is measured at present.", Lifecycle),
    text("frequency", "How often it is measured."),
    *in_both_languages("numerator", "The numerator in words"),
    *in_both_languages("denominator", "The denominator in words", is_nullable=True),
    *in_both_languages("why", "Why it matters"),
    *in_both_languages("responsible", "Role that answers for it"),
    Field("minimum_denominator", "integer", "A smaller denominator is not shown."),
    Field("tolerance", "number", "How far from the target still counts as near."),
    perhaps(
        "dataset",
        "Dataset it is counted from; null if not measured yet.",
        read="measure.dataset",
    ),
    perhaps(
        "benchmark",
        "Id in Kolada of the value it is compared with.",
        read="benchmark.kpi",
    ),
    Field(
        "by",
        "array",
        "Dimensions it is broken down by.",
        lambda indicator: [breakdown.by for breakdown in indicator.breakdowns],
    ),
    Field("plans", "array", "Plans and sections it comes from.", _as_data("plans")),
    Field("targets", "array", "Every target, past and present.", _as_data("targets")),
    BUILD,
)


def indicators(reader: Reader, given: Given) -> Answer:
    """Return the definitions a build was made with."""
    reader = chosen_build(reader, given["build"])
    defined = definitions(reader).indicators
    return Answer(reader.build, {"indicators": defined})


INDICATORS = Address(
    "indicators",
    "Every indicator's definition.",
    OF_LISTS,
    indicators,
    lists=(Listed("indicators", "Indicator", _INDICATOR),),
    has_csv=True,
)
