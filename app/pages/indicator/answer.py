"""`/api/v1/indicators`: every indicator's definition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.api.answer import Address, Answer, Listed, Record, Written
from app.api.named import chosen_build
from app.api.parameters import OF_INDICATORS, Given, is_asked_for
from app.columns import (
    BUILD,
    Field,
    in_both_languages,
    integer,
    of,
    perhaps,
    text,
)
from app.pages.indicator.responsible import joined, responsible_for
from app.queries.activities import answered_for
from app.queries.definitions import definitions
from app.queries.kept import FEW, keeping
from app.queries.reader import Reader
from kpi.definitions import Indicator
from kpi.model import Direction, Kind, Lifecycle, Text
from kpi.vocabulary import REGION_NAMES, Level


@dataclass(frozen=True, slots=True)
class Described:
    """An indicator, whose its plans are, and who answers for it by them."""

    indicator: Indicator
    regions: Mapping[str, str]
    responsible: Text | None


def _as_data(name: str) -> Callable[[Indicator], list[Record]]:
    return lambda indicator: [
        part.model_dump(mode="json") for part in getattr(indicator, name)
    ]


def _targets(described: Described) -> list[Record]:
    """Return targets with the region that a local one holds in."""
    return [
        target.model_dump(mode="json")
        | {
            "region": None
            if target.level is Level.NATIONAL
            else REGION_NAMES[described.regions[target.plan]]
        }
        for target in described.indicator.targets
    ]


def _once_decided(
    read: Callable[[Indicator], str],
) -> Callable[[Indicator], str | None]:
    return lambda indicator: read(indicator) if indicator.is_decided else None


_UNDECIDED = "; null before it is decided"
_ABOUT = (
    text("id", "Id of the indicator; never changes."),
    *in_both_languages("name", "Name"),
    text("area", "Area of the plans."),
    Field("themes", "array", "Prerequisites and focus areas it stands under."),
    Field("questions", "array", "Questions it answers, by its focus areas."),
    Field(
        "internal_control",
        "boolean",
        "Whether a plan puts it under internal control.",
        lambda indicator: indicator.internal_control is not None,
    ),
    text("kind", "How the value comes out of its counts.", Kind),
    perhaps(
        "unit",
        f"The indicator's own unit of measure, in Swedish{_UNDECIDED}.",
        read=_once_decided(lambda indicator: indicator.unit.sv),
    ),
    perhaps(
        "unit_en",
        f"The indicator's own unit of measure, in English{_UNDECIDED}.",
        read=_once_decided(lambda indicator: indicator.unit.en),
    ),
    Field("decimals", "integer", "How many decimals the pages show."),
    integer("per", "1000 for a rate per 1 000; null for other kinds."),
    text("direction", "Which way is better.", Direction),
    text("lifecycle", "Whether it is measured at present.", Lifecycle),
    perhaps(
        "frequency",
        f"How often it is measured{_UNDECIDED}.",
        read=_once_decided(lambda indicator: indicator.frequency),
    ),
    *in_both_languages("numerator", "The numerator in words"),
    *in_both_languages("denominator", "The denominator in words", is_nullable=True),
    *in_both_languages("why", "Why it matters"),
    *in_both_languages(
        "own",
        "Why it is here though no plan has it; null for the measure of a plan",
        is_nullable=True,
    ),
    Field(
        "own_parts",
        "array",
        "What of a plan's measure is not in the plan but chosen by Målbild.",
        _as_data("chosen_here"),
    ),
    Field("minimum_denominator", "integer", "A smaller denominator is not shown."),
    Field(
        "tolerance",
        "number",
        "How far from the target still counts as near: a limit of the region's own, "
        "in no plan. 0 for none.",
    ),
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
    perhaps(
        "benchmark_note",
        "In what that value is another measure, in Swedish; null where it is not.",
        read="benchmark.note.sv",
    ),
    perhaps(
        "benchmark_note_en",
        "In what that value is another measure, in English; null where it is not.",
        read="benchmark.note.en",
    ),
    Field(
        "by",
        "array",
        "Dimensions it is broken down by.",
        lambda indicator: [breakdown.by for breakdown in indicator.breakdowns],
    ),
    Field(
        "plans",
        "array",
        "Plans and sections it comes from, with their words in Swedish; of one of "
        "Målbild's own, what it belongs to.",
        _as_data("plans"),
    ),
    Field(
        "breaks",
        "array",
        "Breaks: since when values are not comparable with those before, why, and the "
        "only region it concerns; null for all.",
        _as_data("breaks"),
    ),
    perhaps(
        "reviewed",
        "Day the definition was last reviewed; null if nobody has.",
        read=lambda indicator: indicator.review and str(indicator.review.reviewed),
    ),
)
_INDICATOR = (
    *of("indicator", *_ABOUT),
    *in_both_languages(
        "responsible",
        "Who answers for it by the plans; null where none names anybody",
        is_nullable=True,
    ),
    Field(
        "targets",
        "array",
        "Every target, past and present; a local one holds in its region only.",
        _targets,
    ),
    BUILD,
)


_LISTED = Listed("indicators", "Indicator", _INDICATOR)


@keeping(FEW)
def _rows(reader: Reader) -> list[tuple[Indicator, Written]]:
    """Return every indicator with its row: to write all takes longer than to send."""
    defined = definitions(reader)
    regions = {plan.id: plan.region for plan in defined.plans}
    answered = answered_for(reader, region=None)
    described = [
        Described(
            indicator,
            regions,
            joined(responsible_for(indicator, answered.get(indicator.id, ()))),
        )
        for indicator in defined.indicators
    ]
    rows = _LISTED.written(Answer(reader.build, {_LISTED.name: described}))
    return list(zip(defined.indicators, rows, strict=True))


def indicators(reader: Reader, given: Given) -> Answer:
    """Return the definitions a build was made with."""
    reader = chosen_build(reader, given["build"])
    rows = [row for indicator, row in _rows(reader) if is_asked_for(indicator, given)]
    return Answer(reader.build, {_LISTED.name: rows}, is_written=True)


INDICATORS = Address(
    "indicators",
    "Every indicator's definition.",
    OF_INDICATORS,
    indicators,
    lists=(_LISTED,),
    has_csv=True,
)
