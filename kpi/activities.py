"""`activities.yaml`: every goal and activity of the plans, and what follows it up."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from kpi.definitions import Definitions
from kpi.errors import DefinitionError
from kpi.model import Identifier, Model, PeriodField, Text, Word
from kpi.strict import validated
from kpi.yaml_lines import Location, YamlDocument


class ActivityKind(StrEnum):
    """What the plan calls it."""

    GOAL = "goal"
    ENDED_GOAL = "ended_goal"
    ACTION = "action"
    RECOMMENDATION = "recommendation"
    PRIORITISED_ACTIVITY = "prioritised_activity"


class ActivityStatus(StrEnum):
    """How far it has come, by the plan. Not stated: the plan says nothing."""

    NOT_STARTED = "not_started"
    ONGOING = "ongoing"
    WAITING = "waiting"
    COMPLETED = "completed"
    NOT_MET = "not_met"
    REPLACED = "replaced"
    NOT_STATED = "not_stated"


class Activity(Model):
    """One goal, action or activity of a plan.

    Attributes:
        number: As the plan numbers it; counted from its order where it does not.
        section: Where in the plan.
        goal: What is to be achieved or done.
        activities: What the plan has planned for it.
        measure: The measure or target as the plan words it.
        support: Functions that help those responsible.
        timeline: When, as the plan writes it; `since` and `until` where that is clear.
        status_note: What the plan says about the status.
        follow_up: How the plan says that it is followed up.
        followed_up_by: Indicators that show how it goes; empty only with a reason in
            `no_indicator`.
        replaced_by: The activity that took over, for a goal that has ended.
    """

    id: Identifier
    plan: Identifier
    number: str = Field(min_length=1)
    section: Text
    kind: ActivityKind = Word
    goal: Text
    activities: list[Text] = Field(default_factory=list)
    measure: Text | None = None
    responsible: Text | None = None
    support: Text | None = None
    timeline: str | None = Field(None, min_length=4)
    since: PeriodField | None = None
    until: PeriodField | None = None
    status: ActivityStatus = Word
    status_note: Text | None = None
    follow_up: Text | None = None
    followed_up_by: list[Identifier]
    no_indicator: Text | None = None
    replaced_by: Identifier | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = list(self._faults())
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _faults(self) -> Iterator[str]:
        if not self.followed_up_by and self.no_indicator is None:
            yield "no indicator follows it up; say why in `no_indicator`"
        if self.followed_up_by and self.no_indicator is not None:
            yield "it is followed up by indicators; remove `no_indicator`"
        if self.status is ActivityStatus.REPLACED and self.replaced_by is None:
            yield "a replaced goal needs `replaced_by`"
        if self.since and self.until and self.until.last < self.since.first:
            yield f"until {self.until} lies before since {self.since}"


class Activities(Model):
    """The whole of `activities.yaml`."""

    activities: list[Activity]

    def activity(self, id: str) -> Activity:
        """Return the activity with this id; KeyError if there is none."""
        for activity in self.activities:
            if activity.id == id:
                return activity
        raise KeyError(id)

    def of_plan(self, plan: str) -> list[Activity]:
        """Return a plan's activities, in the plan's order."""
        return [activity for activity in self.activities if activity.plan == plan]

    def within(self, definitions: Definitions) -> "Activities":
        """Return the activities that these definitions have a plan and indicators for.

        For definitions of one's own, which need not have all that the plans name.
        """
        plans = {plan.id for plan in definitions.plans}
        known = {indicator.id for indicator in definitions.indicators}
        known_activities = []
        for activity in self.activities:
            indicators = [name for name in activity.followed_up_by if name in known]
            if activity.plan in plans and (indicators or activity.no_indicator):
                known_activities.append(
                    activity.model_copy(update={"followed_up_by": indicators})
                )
        return self.model_copy(update={"activities": known_activities})

    def followed_up_by(self, indicator: str) -> list[Activity]:
        """Return the activities that this indicator follows up."""
        return [
            activity
            for activity in self.activities
            if indicator in activity.followed_up_by
        ]


def load_activities(path: Path, definitions: Definitions) -> Activities:
    """Read and check `activities.yaml` against the definitions it refers to.

    Raises:
        DefinitionError: with every fault, each with its line.
    """
    document = YamlDocument(path)
    activities = validated(document, Activities)
    faults = list(_cross_faults(document, activities, definitions))
    if faults:
        raise DefinitionError(*faults)
    return activities


def _cross_faults(
    document: YamlDocument, activities: Activities, definitions: Definitions
) -> Iterator[str]:
    plans = {plan.id for plan in definitions.plans}
    indicators = {indicator.id for indicator in definitions.indicators}
    ids = {activity.id for activity in activities.activities}
    seen: set[str] = set()
    numbers: dict[tuple[str, str, str], str] = {}
    for position, activity in enumerate(activities.activities):
        at: Location = ("activities", position)
        if activity.id in seen:
            yield document.fault((*at, "id"), f"{activity.id!r} is defined twice")
        seen.add(activity.id)
        if activity.plan not in plans:
            yield document.fault(
                (*at, "plan"),
                f"expected one of the plans {sorted(plans)}, got {activity.plan!r}",
            )
        first = numbers.setdefault(
            (activity.plan, activity.kind, activity.number), activity.id
        )
        if first != activity.id:
            yield document.fault(
                (*at, "number"),
                f"{activity.plan} already has the {activity.kind} "
                f"{activity.number!r}: {first!r}",
            )
        if activity.replaced_by is not None and activity.replaced_by not in ids - {
            activity.id
        }:
            yield document.fault(
                (*at, "replaced_by"),
                f"expected the id of another activity, got {activity.replaced_by!r}",
            )
        for place, indicator in enumerate(activity.followed_up_by):
            here: Location = (*at, "followed_up_by", place)
            if indicator not in indicators:
                yield document.fault(
                    here, f"no indicator has the id {indicator!r} in indicators.yaml"
                )
            elif indicator in activity.followed_up_by[:place]:
                yield document.fault(here, f"{indicator!r} stands twice; keep one")
