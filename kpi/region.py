"""`data/region.yaml`: what a region decides for itself, laid over what ships.

English is optional here: where there is none the Swedish is shown.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from kpi.activities import ActivityKind, ActivityStatus, Link
from kpi.definitions import Indicator
from kpi.model import (
    SWEDISH_ALONE,
    Identifier,
    KoladaRegion,
    Model,
    PeriodField,
    Text,
    UnitKind,
    Word,
)
from kpi.strict import validated
from kpi.targets import Aim
from kpi.vocabulary import REGION_NAMES
from kpi.yaml_lines import YamlDocument, yaml_document

EVERY_PLAN = "all"
"""In the place of a list of plans: every plan that there is."""


def _as_text(written: object) -> object:
    # A bare year is a number in YAML, and a day a day.
    return str(written) if isinstance(written, int | date) else written


Written = Annotated[
    str,
    BeforeValidator(_as_text),
    Field(min_length=1),
    WithJsonSchema({"type": ["string", "integer"]}),
]

Day = Annotated[
    str,
    BeforeValidator(_as_text),
    Field(pattern=r"^\d{4}-\d\d(-\d\d)?$"),
    WithJsonSchema({"type": "string", "examples": ["2026-03-01", "2026-03"]}),
]


def _plans(written: object) -> object:
    return [EVERY_PLAN] if written == EVERY_PLAN else written


Plans = Annotated[
    list[Identifier],
    BeforeValidator(_plans),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": EVERY_PLAN},
                {"type": "array", "items": {"type": "string"}},
            ]
        },
    ),
]

Minimum = Annotated[int, Field(ge=1)]
KindWord = Annotated[str, Field(pattern=r"^[^\W\d_][\w /&-]*$", max_length=60)]


class DecidedTarget(Aim):
    """A target of the region's own; it is local.

    Attributes:
        plan: One of the region's own plans that sets it; None for a decision by itself.
        decided: Where in the plan, or by whom and when it was decided.
    """

    plan: Identifier | None = None
    decided: str | None = Field(default=None, min_length=1)


class DecidedBreak(Model):
    """A place in time where the region's values before and after are not comparable."""

    since: PeriodField
    text: Text


class DecidedLeadTime(Model):
    """The region's maximum lead time of a pathway; goes before every register.

    Attributes:
        ending: How the pathway ended, as in the column `avslut` of `svf/ledtider*`.
        extended: Whether it is for extended investigation.
        days: From well-founded suspicion, at most.
        since: The first day it holds.
        until: The last; None if it still does.
    """

    ending: Identifier
    extended: bool = False
    days: int = Field(ge=0, le=400)
    since: date
    until: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"until {self.until} lies before since {self.since}")
        return self


class OwnActivity(Model):
    """A goal, an activity or another statement of a plan of the region's own.

    Attributes:
        section: The heading it stands under; None for that of the one before, or the
            plan's title.
        part_of: The statement before it, in the same section, that it stands under.
        text: What is to be done, or reached.
        activities: What is planned for it.
        measures: Measures or targets in words.
        responsible: Who is responsible; the same words are the same role.
        timeline: When, in words; made of `since` and `until` where there are none.
        status: How far it has come, and `status_text` in words.
        followed_up_by: Indicators that show how it goes.
    """

    id: Identifier
    section: Text | None = None
    kind: ActivityKind = Field(default=ActivityKind.ACTION, strict=False)
    number: Written | None = None
    part_of: Identifier | None = None
    text: Text
    activities: list[Text] = Field(default_factory=list)
    measures: list[Text] = Field(default_factory=list)
    responsible: list[Text] = Field(default_factory=list)
    timeline: Text | None = None
    since: PeriodField | None = None
    until: PeriodField | None = None
    status: ActivityStatus | None = Field(default=None, strict=False)
    status_text: Text | None = None
    follow_up: Text | None = None
    followed_up_by: list[Link] = Field(default_factory=list)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.since and self.until and self.until.last < self.since.first:
            raise ValueError(f"until {self.until} lies before since {self.since}")
        if self.status is not None and self.status_text is None:
            raise ValueError("a status is told in words too; write `status_text`")
        if self.status is ActivityStatus.REPLACED:
            raise ValueError("write what took over as a statement, and remove this one")
        links = [
            (link.indicator, link.svf, link.period) for link in self.followed_up_by
        ]
        for position, link in enumerate(links):
            if link in links[:position]:
                raise ValueError(f"{link[0]!r} stands twice; keep it once")
        return self


class OwnPlan(Model):
    """A plan that the region has and that does not ship.

    Attributes:
        valid: The years it is for; None where it gives none.
        date: When it was decided, as exactly as is known.
        next_revision: When it is to be revised.
    """

    id: Identifier
    title: Text
    valid: Annotated[str, BeforeValidator(_as_text), Field(min_length=4)] | None = None
    date: Day
    decided_by: Text | None = None
    responsible: Text | None = None
    next_revision: (
        Annotated[str, BeforeValidator(_as_text), Field(min_length=4)] | None
    ) = None
    activities: list[OwnActivity] = Field(min_length=1)


class Region(Model):
    """The whole of `data/region.yaml`.

    Attributes:
        kolada_id: Which region it is; None leaves it to the register of units.
        name: What it is called, where that is not the name in Kolada.
        looked_over: The last day somebody looked over what an upgrade has changed.
        plans_in_use: The shipped plans that are used, or `all`; None for those of the
            region itself.
        further_indicators: Shipped indicators that are used though no plan in use has
            them.
        switched_off: Indicators that the region does without.
        paused: Indicators that are not measured at present, and why.
        names: What the region calls shipped indicators.
        targets: By indicator. From the first of them on, for the same units and
            pathway, the local targets of the region's shipped plans hold no longer.
        breaks: By indicator, beside those that ship.
        minimum_denominators: By indicator: the smallest denominator that is shown.
        lead_times: By pathway: maximum lead times.
        unit_kinds: What the register calls a kind of unit -> one of ours.
        own_indicators: Indicators that do not ship, as in `indicators.yaml`; they need
            no plan.
        own_plans: Plans that do not ship; they are always used.
    """

    kolada_id: KoladaRegion | None = None
    name: str | None = Field(default=None, min_length=1)
    looked_over: date | None = None
    plans_in_use: Plans | None = None
    further_indicators: list[Identifier] = Field(default_factory=list)
    switched_off: list[Identifier] = Field(default_factory=list)
    paused: dict[Identifier, Text] = Field(default_factory=dict)
    names: dict[Identifier, Text] = Field(default_factory=dict)
    targets: dict[Identifier, list[DecidedTarget]] = Field(default_factory=dict)
    breaks: dict[Identifier, list[DecidedBreak]] = Field(default_factory=dict)
    minimum_denominators: dict[Identifier, Minimum] = Field(default_factory=dict)
    lead_times: dict[Identifier, list[DecidedLeadTime]] = Field(default_factory=dict)
    unit_kinds: dict[KindWord, Annotated[UnitKind, Word]] = Field(default_factory=dict)
    own_indicators: list[Indicator] = Field(default_factory=list)
    own_plans: list[OwnPlan] = Field(default_factory=list)

    @property
    def uses_every_plan(self) -> bool:
        """Whether every plan is chosen, with those of later releases."""
        return self.plans_in_use == [EVERY_PLAN]

    @property
    def called(self) -> str:
        """What the region is called; empty if that is not known."""
        return self.name or REGION_NAMES.get(self.kolada_id or "", "")

    def named(self) -> Iterator[tuple[str, str]]:
        """Give each indicator that something is decided of, and under which key."""
        for key in ("further_indicators", "switched_off", *BY_INDICATOR):
            for indicator in getattr(self, key):
                yield key, indicator

    @property
    def used_beside_plans(self) -> set[str]:
        """Indicators used even if no plan has them: chosen, or with a target."""
        return {*self.further_indicators, *self.targets}


BY_INDICATOR = ("paused", "names", "targets", "breaks", "minimum_denominators")
"""What is decided of one indicator at a time, under its id."""


def read_region(path: Path) -> tuple[Region, YamlDocument] | None:
    """Read what a region decides, with its lines; None if it decides nothing.

    Raises:
        DefinitionError: with every fault, each with its line.
    """
    if not path.exists():
        return None
    document = yaml_document(path)
    if document.value is None:
        return None
    return validated(document, Region, {SWEDISH_ALONE: True}), document


def region_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file, in which English is optional."""
    schema = Region.model_json_schema(by_alias=True)
    words = schema["$defs"]["Text"]
    schema["$defs"]["Text"] = {
        "anyOf": [{"type": "string", "minLength": 1}, words | {"required": ["sv"]}]
    }
    return schema
