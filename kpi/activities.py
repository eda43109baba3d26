"""`activities.yaml`: what stands in the plans, and what follows it up.

Words of a plan are quotations (`Quote`): as they stand in the document, with its own
spelling and mistakes, but without its white space, hyphens at the ends of lines and
marks of layout. The English beside them is a translation. What Målbild itself says
stands apart, in `remark` and `proposed`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from kpi.definitions import Definitions, Question, Theme
from kpi.errors import DefinitionError
from kpi.meant import Fault
from kpi.model import Identifier, Model, PeriodField, Text, Word
from kpi.period import Period
from kpi.strict import validated
from kpi.yaml_lines import Location, YamlDocument, yaml_document

Quote = Text
"""Swedish as it stands in the document, and a translation."""


class ActivityKind(StrEnum):
    """What the plan calls it, or what it is where the plan has no word for it."""

    VISION = "vision"
    OVERALL_GOAL = "overall_goal"
    PURPOSE = "purpose"
    PRINCIPLE = "principle"
    FOCUS_AREA = "focus_area"
    GOAL = "goal"
    ENDED_GOAL = "ended_goal"
    ACTION = "action"
    PRIORITISED_ACTIVITY = "prioritised_activity"
    RECOMMENDATION = "recommendation"
    ASSIGNMENT = "assignment"
    RESPONSIBILITY = "responsibility"
    MEASURE = "measure"
    FOLLOW_UP = "follow_up"


class ActivityStatus(StrEnum):
    """How far it has come, where the plan says so in so many words."""

    ONGOING = "ongoing"
    WAITING = "waiting"
    COMPLETED = "completed"
    NOT_MET = "not_met"
    REPLACED = "replaced"


class Timing(StrEnum):
    """Where a period lies, seen from the time that the plan gives."""

    PLANNED = "planned"
    DUE = "due"
    PASSED = "passed"


class DateKind(StrEnum):
    """What the date of a document is."""

    DECISION = "decision"
    REVISION = "revision"
    DOCUMENT = "document"


class Section(Model):
    """A heading of a document.

    Attributes:
        number: Only where the document numbers it.
        intro: What stands below the heading and is no statement of its own.
        part_of: The heading it stands under.
        theme: The prerequisite or focus area it is about, where it is about one.
    """

    id: Identifier
    number: str | None = Field(None, min_length=1)
    name: Quote
    intro: list[Quote] = Field(default_factory=list)
    part_of: Identifier | None = None
    theme: Theme | None = None


class PlanDocument(Model):
    """What a plan's document says of itself, and its headings in their order.

    Attributes:
        plan: The plan in `indicators.yaml` that it is the document of.
        region: Whose it is.
        subtitle: What else stands on top of it.
        number: Of the document, as it writes it.
        diary_number: Under which it is registered.
        revision: Which one it is, as it writes it.
        date: As exact as the document has it, and what kind of date it is.
        decided_by: Who decided it.
        responsible: Who answers for the document.
        next_revision: When it is to be revised.
    """

    plan: Identifier
    region: str = Field(min_length=1)
    title: Quote
    subtitle: Quote | None = None
    number: str | None = Field(None, min_length=1)
    diary_number: str | None = Field(None, min_length=1)
    revision: str | None = Field(None, min_length=1)
    date: str = Field(pattern=r"^\d{4}-\d\d(-\d\d)?$")
    date_kind: DateKind = Word
    decided_by: Quote | None = None
    responsible: Quote | None = None
    next_revision: str | None = Field(None, min_length=4)
    sections: list[Section] = Field(min_length=1)

    def section(self, id: str) -> Section:
        """Return one of its sections; KeyError if it has none with this id."""
        for section in self.sections:
            if section.id == id:
                return section
        raise KeyError(id)

    def way_to(self, id: str) -> list[Section]:
        """Return a section with those it is part of, the outermost first."""
        section = self.section(id)
        return [*(self.way_to(section.part_of) if section.part_of else ()), section]


class Role(Model):
    """Someone who may be responsible, so that all wordings of it are found as one."""

    id: Identifier
    name: Text


class FollowUp(Model):
    """An indicator that shows how it goes.

    Attributes:
        svf: Of which pathway; None for the total.
        period: Of which period, where the plan speaks of one; None for the present.
    """

    indicator: Identifier
    svf: Identifier | None = None
    period: PeriodField | None = None

    @model_validator(mode="after")
    def _names_a_period(self) -> Self:
        if self.svf is not None and self.period is None:
            raise ValueError("the outcome of a pathway is of a period; name `period`")
        return self


class Proposal(FollowUp):
    """An indicator that Målbild proposes where the plan names none, and why."""

    why: Text


def _link(written: object) -> object:
    return {"indicator": written} if isinstance(written, str) else written


Link = Annotated[FollowUp, BeforeValidator(_link)]
"""Written as the indicator's id alone where there is no more to say."""


class Activity(Model):
    """One goal, activity, measure or other statement of a plan.

    Attributes:
        section: Where in the document.
        number: Only where the document numbers it.
        part_of: The statement it stands under.
        question: Which question of the follow-up it is, where it is one.
        quote: The statement itself.
        activities: What the plan has planned for it.
        measures: The measures or targets as the plan words them.
        responsible: Who is responsible; `roles` says whom that means.
        support: Functions that help those responsible; `support_roles` likewise.
        recipients: Who is reported to; `recipient_roles` likewise.
        timeline: When, as the plan writes it; `since` and `until` where that is clear.
        status_quote: What the plan writes of the status; `status` where that is one.
        answer: What was answered to a recommendation.
        follow_up: How the plan says that it is followed up.
        followed_up_by: Indicators of what the plan itself says.
        proposed: Indicators that Målbild proposes; the plan does not name them.
        replaced_by: The goal that took over, for one that has ended.
        remark: Målbild's own, never the plan's.
    """

    id: Identifier
    plan: Identifier
    section: Identifier
    kind: ActivityKind = Word
    number: str | None = Field(None, min_length=1)
    part_of: Identifier | None = None
    question: Question | None = None
    quote: Quote
    activities: list[Quote] = Field(default_factory=list)
    measures: list[Quote] = Field(default_factory=list)
    responsible: list[Quote] = Field(default_factory=list)
    roles: list[Identifier] = Field(default_factory=list)
    support: list[Quote] = Field(default_factory=list)
    support_roles: list[Identifier] = Field(default_factory=list)
    recipients: list[Quote] = Field(default_factory=list)
    recipient_roles: list[Identifier] = Field(default_factory=list)
    timeline: Quote | None = None
    since: PeriodField | None = None
    until: PeriodField | None = None
    status: ActivityStatus | None = Field(None, strict=False)
    status_quote: Quote | None = None
    answer: Quote | None = None
    follow_up: Quote | None = None
    followed_up_by: list[Link] = Field(default_factory=list)
    proposed: list[Proposal] = Field(default_factory=list)
    replaced_by: Identifier | None = None
    remark: Text | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = list(self._faults())
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _faults(self) -> Iterator[str]:
        if self.status is not None and self.status_quote is None:
            yield "a status is what the plan writes; quote it in `status_quote`"
        if self.status is ActivityStatus.REPLACED and self.replaced_by is None:
            yield "a replaced goal needs `replaced_by`"
        if bool(self.responsible) != bool(self.roles):
            yield "`responsible` and `roles` go together: the words, and whom they mean"
        if bool(self.support) != bool(self.support_roles):
            yield "`support` and `support_roles` go together"
        if bool(self.recipients) != bool(self.recipient_roles):
            yield "`recipients` and `recipient_roles` go together"
        if (self.since or self.until) and self.timeline is None:
            yield "a time is what the plan writes; quote it in `timeline`"
        if self.since and self.until and self.until.last < self.since.first:
            yield f"until {self.until} lies before since {self.since}"
        links = self.links
        for position, link in enumerate(links):
            if _key(link) in map(_key, links[:position]):
                yield f"{link.indicator!r} stands twice; keep it once"

    @property
    def links(self) -> list[FollowUp]:
        """The indicators of the plan, then those proposed."""
        return [*self.followed_up_by, *self.proposed]

    def names(self, indicator: str) -> bool:
        """Say whether an indicator follows it up, or is proposed for it."""
        return any(link.indicator == indicator for link in self.links)

    @property
    def quotes(self) -> list[Quote]:
        """Everything that is said in the plan's own words."""
        words = (
            self.timeline,
            self.status_quote,
            self.answer,
            self.follow_up,
        )
        return [
            self.quote,
            *self.activities,
            *self.measures,
            *self.responsible,
            *self.support,
            *self.recipients,
            *(quote for quote in words if quote is not None),
        ]

    @property
    def every_role(self) -> list[Identifier]:
        """Whom it names, as whatever."""
        return [*self.roles, *self.support_roles, *self.recipient_roles]

    def timing(self, at: Period) -> Timing | None:
        """Say whether a period is before, within or after the plan's time for it.

        None where the plan gives no time, or none that is clear.
        """
        if self.since is None and self.until is None:
            return None
        if self.since is not None and at.last < self.since.first:
            return Timing.PLANNED
        if self.until is not None and at.last > self.until.last:
            return Timing.PASSED
        return Timing.DUE


def _key(link: FollowUp) -> tuple[str, str | None, Period | None]:
    return link.indicator, link.svf, link.period


class Activities(Model):
    """The whole of `activities.yaml`."""

    documents: list[PlanDocument] = Field(default_factory=list)
    roles: list[Role] = Field(default_factory=list)
    activities: list[Activity]

    def activity(self, id: str) -> Activity:
        """Return the activity with this id; KeyError if there is none."""
        for activity in self.activities:
            if activity.id == id:
                return activity
        raise KeyError(id)

    def document(self, plan: str) -> PlanDocument:
        """Return the document of a plan; KeyError if there is none."""
        for document in self.documents:
            if document.plan == plan:
                return document
        raise KeyError(plan)

    def of_plan(self, plan: str) -> list[Activity]:
        """Return a plan's activities, in the plan's order."""
        return [activity for activity in self.activities if activity.plan == plan]

    def under(self, plan: str, section: str) -> list[Activity]:
        """Return a plan's activities under a heading, and under those below it."""
        below = {section}
        for one in self.document(plan).sections:  # A heading precedes those under it.
            if one.part_of in below:
                below.add(one.id)
        return [one for one in self.of_plan(plan) if one.section in below]

    def answered_for(self, plans: Collection[str]) -> dict[str, list[Activity]]:
        """Return, by indicator, the statements that say who answers for it.

        Those that the plan itself follows up by it. Nobody answers for a goal that has
        ended, nor by a plan for what Målbild proposes.

        Args:
            plans: Whose statements, by the ids of the plans.
        """
        statements: dict[str, list[Activity]] = defaultdict(list)
        for activity in self.activities:
            is_ended = activity.kind is ActivityKind.ENDED_GOAL
            if activity.plan in plans and activity.roles and not is_ended:
                for link in activity.followed_up_by:
                    statements[link.indicator].append(activity)
        return statements

    def within(self, definitions: Definitions) -> "Activities":
        """Return the activities that these definitions have a plan for.

        For definitions of one's own, which need not have all that the plans name:
        links to indicators that are not there are left out.
        """
        plans = {plan.id for plan in definitions.plans}
        known = {indicator.id for indicator in definitions.indicators}
        applied = [
            activity.model_copy(
                update={
                    "followed_up_by": _known(activity.followed_up_by, known),
                    "proposed": _known(activity.proposed, known),
                }
            )
            for activity in self.activities
            if activity.plan in plans
        ]
        documents = [document for document in self.documents if document.plan in plans]
        return self.model_copy(update={"documents": documents, "activities": applied})


_L = TypeVar("_L", bound=FollowUp)


def _known(links: list[_L], indicators: set[str]) -> list[_L]:
    return [link for link in links if link.indicator in indicators]


def load_activities(path: Path, definitions: Definitions) -> Activities:
    """Read and check `activities.yaml` against the definitions it refers to.

    Raises:
        DefinitionError: with every fault, each with its line.
    """
    return read_activities(path, definitions)[0]


def read_activities(
    path: Path, definitions: Definitions
) -> tuple[Activities, YamlDocument]:
    """Do as `load_activities`; return the document too, which knows the lines.

    Raises:
        DefinitionError: with every fault, each with its line.
    """
    document = yaml_document(path)
    activities = validated(document, Activities)
    faults = [
        document.fault(at, words)
        for at, words in links_at_fault(activities, definitions)
    ]
    if faults:
        raise DefinitionError(*faults)
    return activities, document


def links_at_fault(activities: Activities, definitions: Definitions) -> Iterator[Fault]:
    """Find what refers to a plan, section, role, statement or indicator not there."""
    plans = sorted(plan.id for plan in definitions.plans)
    sections: dict[str, str] = {}
    for position, document in enumerate(activities.documents):
        at: Location = ("documents", position)
        if document.plan not in plans:
            yield (*at, "plan"), _expected(f"one of the plans {plans}", document.plan)
        for place, section in enumerate(document.sections):
            here: Location = (*at, "sections", place)
            if section.id in sections:
                yield (*here, "id"), f"{section.id!r} is defined twice"
            if section.part_of and sections.get(section.part_of) != document.plan:
                expected = "a section that stands before it in the same document"
                yield (*here, "part_of"), _expected(expected, section.part_of)
            sections.setdefault(section.id, document.plan)
    yield from _activity_faults(activities, definitions, sections)


def _activity_faults(
    activities: Activities, definitions: Definitions, sections: dict[str, str]
) -> Iterator[Fault]:
    indicators = {indicator.id: indicator for indicator in definitions.indicators}
    roles = {role.id for role in activities.roles}
    ids = {activity.id for activity in activities.activities}
    before: dict[str, Activity] = {}
    numbers: dict[tuple[str, str, str], str] = {}
    for position, activity in enumerate(activities.activities):
        at: Location = ("activities", position)
        if activity.id in before:
            yield (*at, "id"), f"{activity.id!r} is defined twice"
        if sections.get(activity.section) != activity.plan:
            expected = f"a section of the document of {activity.plan!r}"
            yield (*at, "section"), _expected(expected, activity.section)
        if activity.number is not None:
            key = (activity.plan, activity.kind, activity.number)
            first = numbers.setdefault(key, activity.id)
            if first != activity.id:
                yield (
                    (*at, "number"),
                    f"{activity.plan} already has the {activity.kind} "
                    f"{activity.number!r}: {first!r}",
                )
        whole = before.get(activity.part_of or "")
        if activity.part_of and (whole is None or whole.section != activity.section):
            expected = "the id of a statement before it in the same section"
            yield (*at, "part_of"), _expected(expected, activity.part_of)
        if activity.replaced_by and activity.replaced_by not in ids - {activity.id}:
            expected = "the id of another activity"
            yield (*at, "replaced_by"), _expected(expected, activity.replaced_by)
        for name in ("roles", "support_roles", "recipient_roles"):
            for place, role in enumerate(getattr(activity, name)):
                if role not in roles:
                    expected = "a role that is listed in `roles`"
                    yield (*at, name, place), _expected(expected, role)
        for name in ("followed_up_by", "proposed"):
            for place, link in enumerate(getattr(activity, name)):
                indicator = indicators.get(link.indicator)
                if indicator is None:
                    words = f"no indicator has the id {link.indicator!r}"
                    yield (*at, name, place), f"{words} in the definitions"
                elif link.svf and "svf" not in {by.by for by in indicator.breakdowns}:
                    words = f"{link.indicator!r} is not broken down by `svf`"
                    yield (*at, name, place), words
        before.setdefault(activity.id, activity)


def _expected(what: str, written: str) -> str:
    return f"expected {what}, got {written!r}"
