"""`indicators.yaml`: every indicator, where it comes from, its measure and targets."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, ValidationInfo, field_validator, model_validator

from kpi.datasets import DATASETS
from kpi.definition_parts import (
    Benchmark,
    Break,
    Breakdown,
    PlanNote,
    PlanReference,
    Review,
)
from kpi.errors import DefinitionError
from kpi.measures import KoladaMeasure, Measure, ReportedMeasure, RowsMeasure
from kpi.model import (
    Area,
    Direction,
    Identifier,
    Kind,
    KoladaRegion,
    Lifecycle,
    Model,
    Text,
    UnitKind,
    Word,
)
from kpi.period import Period
from kpi.spc.points import ChartKind, charts_that_fit
from kpi.strict import repeated_ids, validated
from kpi.targets import Target
from kpi.yaml_lines import Location, YamlDocument, yaml_document

Frequency = Literal[
    "monthly",
    "every_second_month",
    "quarterly",
    "tertially",
    "half_yearly",
    "yearly",
    "every_second_year",
    "once",
]
MONTHS_BETWEEN: dict[Frequency, int] = {
    "monthly": 1,
    "every_second_month": 2,
    "quarterly": 3,
    "tertially": 4,
    "half_yearly": 6,
    "yearly": 12,
    "every_second_year": 24,
    "once": 120,
}

Theme = Literal[
    "leadership",
    "safety_culture",
    "knowledge",
    "patient_as_partner",
    "focus_1",
    "focus_2",
    "focus_3",
    "focus_4",
    "focus_5",
]
Question = Literal["has_care_been_safe", "is_care_safe_now", "is_awareness_growing"]

THEMES: tuple[Theme, ...] = get_args(Theme)
QUESTIONS: tuple[Question, ...] = get_args(Question)
QUESTION_OF: dict[Theme, Question] = {
    "focus_1": "has_care_been_safe",
    "focus_2": "is_care_safe_now",
    "focus_3": "is_care_safe_now",
    "focus_4": "is_awareness_growing",
    "focus_5": "is_awareness_growing",
}
"""The question of its time that a focus area answers; a prerequisite has none."""


class Plan(Model):
    """A plan that indicators, targets and activities come from.

    Attributes:
        region: Whose plan it is, by its id in Kolada.
        valid: The years it is for; None where it gives none.
    """

    id: Identifier
    title: Text
    region: KoladaRegion
    valid: str | None = Field(None, min_length=4)


class Indicator(Model):
    """One indicator, target or follow-up measure of the plans.

    Attributes:
        plans: Where the plans ask for it; of a measure of our own, what it belongs to.
            Empty where no plan in use has it; in `indicators.yaml` each has one.
        own: That no plan has the measure, and why it is here; None for a plan's own.
        own_parts: What of a plan's measure is not in the plan but chosen here.
        themes: Prerequisites and focus areas of patient safety that it stands under.
        internal_control: Where a plan says that it belongs to internal control.
        responsible: Who answers for it, where no statement in `activities.yaml` says
            so: in definitions of one's own, whose plans are not there.
        per: What a rate is given per (1000 for per 1 000); None otherwise.
        scale: Lowest and highest possible mean, which gives it an interval.
        averaged_over_time: Counts that are a stock, such as inhabitants; they are
            averaged over the months of a period instead of summed.
        chart: The control chart to use where the series is long enough for it; None
            leaves the choice to `kpi.spc.choice`.
        baseline: Of how many measured points from a series' first, and from each
            break, its limits are made and then kept; None makes them of all.
        frequency: How often it is measured; a shorter period without data is "not
            measured", a longer one "not reported".
        measured_in: The quarters of the year it is measured in, where fixed.
        unit_kinds: Which kinds of unit are expected to have it.
        minimum_denominator: Smallest denominator that is shown; for a count, the
            smallest count above zero.
        tolerance: How far on the wrong side of the target still counts as near, in
            the indicator's own unit. No plan has one: it is the region's own choice.
        plan_notes: What is to be known of how each plan words it.
        note: What is to be known whatever plan has it.
        review: Who has looked the definition over; None if nobody has.
    """

    id: Identifier
    name: Text
    why: Text
    plans: list[PlanReference] = Field(default_factory=list)
    area: Area = Word
    themes: list[Theme] = Field(default_factory=list)
    internal_control: PlanReference | None = None
    own: Text | None = None
    own_parts: list[Text] = Field(default_factory=list)
    responsible: Text | None = None
    numerator: Text
    denominator: Text | None = None
    kind: Kind = Word
    unit: Text
    decimals: int = Field(1, ge=0, le=3)
    per: int | None = Field(None, ge=1)
    scale: tuple[float, float] | None = Field(None, strict=False)
    averaged_over_time: list[Literal["numerator", "denominator"]] = Field(
        default_factory=list
    )
    direction: Direction = Word
    lifecycle: Lifecycle = Field(Lifecycle.ACTIVE, strict=False)
    measure: Measure | None = None
    chart: ChartKind | None = Field(None, strict=False)
    baseline: int | None = Field(None, ge=10)
    breakdowns: list[Breakdown] = Field(default_factory=list)
    frequency: Frequency
    measured_in: list[Literal["Q1", "Q2", "Q3", "Q4"]] = Field(default_factory=list)
    unit_kinds: list[Annotated[UnitKind, Word]] = Field(min_length=1)
    minimum_denominator: int = Field(ge=1)
    tolerance: float = Field(0, ge=0)
    targets: list[Target] = Field(default_factory=list)
    benchmark: Benchmark | None = None
    breaks: list[Break] = Field(default_factory=list)
    plan_notes: list[PlanNote] = Field(default_factory=list)
    note: Text | None = None
    review: Review | None = None

    @field_validator("chart")
    @classmethod
    def _chart_fits(
        cls, chart: ChartKind | None, info: ValidationInfo
    ) -> ChartKind | None:
        kind: Kind | None = info.data.get("kind")
        if chart is None or kind is None:
            return chart
        is_average = "numerator" in info.data.get("averaged_over_time", ())
        is_published = isinstance(info.data.get("measure"), KoladaMeasure)
        fit = charts_that_fit(kind, has_counts=not (is_average or is_published))
        if chart not in fit:
            raise ValueError(
                f"expected a chart that fits the kind {kind} and its counts: "
                f"{', '.join(sorted(fit))}"
            )
        return chart

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = list(self.faults())
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def faults(self) -> Iterator[str]:
        """Find what of it does not go together."""
        if (self.per is None) == (self.kind is Kind.RATE):
            yield "`per` belongs to the kind rate, and only to it"
        if self.scale is not None and self.kind is not Kind.MEAN:
            yield "`scale` belongs to the kind mean"
        if self.scale is not None and self.scale[0] >= self.scale[1]:
            yield f"expected the scale's lowest before its highest, got {self.scale}"
        if self.direction is Direction.NEUTRAL and self.targets:
            yield "a neutral indicator has no better or worse, so it takes no targets"
        if self.measure is None and self.lifecycle is Lifecycle.ACTIVE:
            yield "an active indicator needs a measure"
        for target in self.targets:
            if (target.rule == "better_rank_than") != (self.kind is Kind.RANK):
                yield "the rule better_rank_than and the kind rank go together"
        yield from self._measure_faults()

    def _measure_faults(self) -> Iterator[str]:
        needs_denominator = self.kind in (Kind.PROPORTION, Kind.RATE, Kind.MEAN)
        if isinstance(self.measure, RowsMeasure):
            if (self.measure.denominator is None) == needs_denominator:
                yield f"the kind {self.kind} and the measure's denominator disagree"
        if isinstance(self.measure, KoladaMeasure):
            if (self.measure.statistic == "rank") != (self.kind is Kind.RANK):
                yield "the statistic rank and the kind rank go together"
        if isinstance(self.measure, KoladaMeasure | None):
            if self.breakdowns:
                yield "breakdowns need a dataset with dimensions"
            return
        if isinstance(self.measure, ReportedMeasure):
            if any(breakdown.measure for breakdown in self.breakdowns):
                yield "what is reported is broken down by its own rows, not another's"
            if self.breakdowns and self.frequency == "once":
                yield "what is done once has no categories"
        for breakdown in self.breakdowns:
            dataset = (breakdown.measure or self.measure).dataset
            if (
                breakdown.measure
                and (breakdown.measure.denominator is None) == needs_denominator
            ):
                yield f"the kind {self.kind} and the breakdown's denominator disagree"
            if breakdown.by not in DATASETS[dataset].dimensions:
                known = ", ".join(DATASETS[dataset].dimensions) or "none"
                yield f"{dataset} has no dimension {breakdown.by!r}; it has {known}"

    @property
    def questions(self) -> list[Question]:
        """The questions it answers, by its focus areas."""
        asked = (QUESTION_OF.get(theme) for theme in self.themes)
        return list(dict.fromkeys(question for question in asked if question))

    def stands_under(
        self,
        theme: str | None = None,
        question: str | None = None,
        internal_control: bool = False,
    ) -> bool:
        """Say whether it belongs to all that is asked for; None leaves a choice open.

        Args:
            theme: A prerequisite or focus area.
            question: One of the three questions.
            internal_control: Whether it has to belong to internal control.
        """
        return (
            (theme is None or theme in self.themes)
            and (question is None or question in self.questions)
            and (not internal_control or self.internal_control is not None)
        )

    def answered_by(self, named: list[Text]) -> list[Text]:
        """Return who answers for it: whom the plans name, or else the words here."""
        return named or ([self.responsible] if self.responsible else [])

    @property
    def chosen_here(self) -> list[Text]:
        """What of it is in no plan but chosen here: in the measure and its breaks."""
        of_breaks = (break_.chosen for break_ in self.breaks)
        return [*self.own_parts, *filter(None, of_breaks)]

    @property
    def datasets(self) -> set[str]:
        """The datasets that it and its breakdowns are counted from."""
        measures = [self.measure, *(part.measure for part in self.breakdowns)]
        return {measure.dataset for measure in measures if measure}

    @property
    def notes(self) -> list[Text]:
        """What is to be known of it: of the plans first."""
        return [*self.plan_notes, *([self.note] if self.note else [])]

    @property
    def is_decided(self) -> bool:
        """Whether it is settled what is measured, in which unit and how often."""
        return self.lifecycle is not Lifecycle.UNDER_DEVELOPMENT

    @property
    def categories(self) -> dict[str, Text]:
        """What each of its categories is called, by id; empty if it has none."""
        return {
            category: name
            for breakdown in self.breakdowns
            for category, name in breakdown.categories.items()
        }

    def months_expected(self) -> int:
        """Return how many months may pass between two measurements."""
        return MONTHS_BETWEEN[self.frequency]

    def in_region(self, region: str | None) -> "Indicator":
        """Return the indicator with the breaks of one region (its Kolada id).

        None, a region without an id, keeps all of them.
        """
        breaks = [
            break_
            for break_ in self.breaks
            if region in (None, break_.region or region)
        ]
        if len(breaks) == len(self.breaks):
            return self
        return self.model_copy(update={"breaks": breaks})

    def breaks_within(self, since: Period, until: Period) -> list[Break]:
        """Return the breaks between two periods, in order."""
        within = (
            break_
            for break_ in self.breaks
            if since.first <= break_.since.first <= until.last
        )
        return sorted(within, key=lambda break_: break_.since.first)

    def breaks_parting(self, since: Period, until: Period) -> list[Break]:
        """Return the breaks that keep two periods from being compared, in order.

        One that came with the first of them parts nothing: both lie after it.
        """
        return [
            break_
            for break_ in self.breaks_within(since, until)
            if break_.since.first > since.first
        ]


class Definitions(Model):
    """The whole of `indicators.yaml`."""

    plans: list[Plan]
    indicators: list[Indicator]

    def indicator(self, id: str) -> Indicator:
        """Return the indicator with this id; KeyError if there is none."""
        for indicator in self.indicators:
            if indicator.id == id:
                return indicator
        raise KeyError(id)

    def in_use(self) -> "Definitions":
        """Return the definitions without the indicators that are switched off."""
        used = [
            indicator
            for indicator in self.indicators
            if indicator.lifecycle is not Lifecycle.SWITCHED_OFF
        ]
        return self.model_copy(update={"indicators": used})


def load_definitions(path: Path) -> Definitions:
    """Read and check `indicators.yaml`.

    Raises:
        DefinitionError: with every fault, each with its line.
    """
    definitions, _ = read_definitions(path)
    return definitions


def read_definitions(path: Path) -> tuple[Definitions, YamlDocument]:
    """Read and check `indicators.yaml`; return it with the lines it stands on.

    Raises:
        DefinitionError: with every fault, each with its line.
    """
    document = yaml_document(path)
    try:
        definitions = validated(document, Definitions)
    except DefinitionError as error:
        raise DefinitionError(
            *error.faults, *repeated_ids(document, "indicators")
        ) from None
    faults = [
        document.fault(at, message) for at, message in references_at_fault(definitions)
    ]
    faults += [
        document.fault(
            ("indicators", number, "plans"),
            "expected where a plan asks for it, or which plan it belongs to",
        )
        for number, indicator in enumerate(definitions.indicators)
        if not indicator.plans
    ]
    if faults:
        raise DefinitionError(*faults)
    return definitions, document


def references_at_fault(definitions: Definitions) -> Iterator[tuple[Location, str]]:
    """Find ids that stand twice, and plans and categories that are not what they say.

    Returns:
        Where in the definitions, and what is wrong there.
    """
    plans = {plan.id for plan in definitions.plans}
    seen: set[str] = set()
    categories: dict[str, Text] = {}
    for number, indicator in enumerate(definitions.indicators):
        at: Location = ("indicators", number)
        if indicator.id in seen:
            yield (*at, "id"), f"{indicator.id!r} is defined twice"
        seen.add(indicator.id)
        for category, name in indicator.categories.items():
            if categories.setdefault(category, name) != name:
                yield (
                    (*at, "breakdowns"),
                    f"the category {category!r} is called "
                    f"{categories[category].sv!r} elsewhere, got {name.sv!r}",
                )
        references: list[tuple[Location, str]] = [
            (("plans", n), reference.plan)
            for n, reference in enumerate(indicator.plans)
        ]
        references += [
            (("targets", n), target.plan) for n, target in enumerate(indicator.targets)
        ]
        references += [
            (("plan_notes", n), note.plan)
            for n, note in enumerate(indicator.plan_notes)
        ]
        if indicator.internal_control:
            references.append((("internal_control",), indicator.internal_control.plan))
        for place, plan in references:
            if plan not in plans:
                yield (
                    (*at, *place, "plan"),
                    f"expected one of the plans {sorted(plans)}, got {plan!r}",
                )
