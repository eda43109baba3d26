"""A catalogue and what a region decides -> the catalogue as the region has it.

Pure, and all that comes after it knows nothing of it: what a region has decided stands
in the definitions as if it had always been there.
"""

from collections.abc import Iterable, Iterator, Sequence

from kpi.activities import Activities, Activity, DateKind, PlanDocument, Role, Section
from kpi.definition_parts import SHORTEST_QUOTATION, Break, PlanReference
from kpi.definitions import Definitions, Indicator, Plan
from kpi.model import Lifecycle, Text
from kpi.period import Period, PeriodKind
from kpi.region import DecidedTarget, OwnActivity, OwnPlan, Region
from kpi.steps import is_step
from kpi.targets import Target
from kpi.vocabulary import Level

DECISIONS = "region_decisions"
"""The plan that targets belong to which a region has decided by themselves."""

_DECIDED = "beslutat i regionen"
_Key = tuple[str | None, str | None]


def overlaid(
    definitions: Definitions, activities: Activities, region: Region
) -> tuple[Definitions, Activities]:
    """Return definitions and activities with what a region decides laid over them.

    Args:
        definitions: Those that ship.
        activities: Those that ship.
        region: Decisions that hold together with them (`kpi.region_faults`).
    """
    indicators = [*definitions.indicators, *region.own_indicators]
    laid = Definitions(
        plans=plans_with(definitions, region),
        indicators=[
            _laid_over(indicator, definitions, region) for indicator in indicators
        ],
    )
    own = activities_of(region, activities.roles)
    return laid, activities.model_copy(
        update={
            "documents": [*activities.documents, *own.documents],
            "roles": own.roles,
            "activities": [*activities.activities, *own.activities],
        }
    )


def plans_with(definitions: Definitions, region: Region) -> list[Plan]:
    """Return the plans that ship, the region's own, and that of its decisions."""
    if region.kolada_id is None:
        return definitions.plans
    own = [
        Plan(id=plan.id, title=plan.title, region=region.kolada_id, valid=plan.valid)
        for plan in region.own_plans
    ]
    every = [target for targets in region.targets.values() for target in targets]
    if any(target.plan is None for target in every):
        title = Text(
            sv=f"{region.called}: egna beslut", en=f"{region.called}: its own decisions"
        )
        own.append(Plan(id=DECISIONS, title=title, region=region.kolada_id, valid=None))
    return [*definitions.plans, *own]


def as_targets(decided: Iterable[DecidedTarget]) -> list[Target]:
    """Return what a region has decided as local targets."""
    return [
        Target(
            level=Level.LOCAL,
            plan=target.plan or DECISIONS,
            section=target.decided or _DECIDED,
            **{name: getattr(target, name) for name in _OF_AIM},
        )
        for target in decided
    ]


_OF_AIM = ("rule", "value", "stretch", "since", "until", "svf", "unit", "length")


def _laid_over(
    indicator: Indicator, definitions: Definitions, region: Region
) -> Indicator:
    key = indicator.id
    changes: dict[str, object] = {}
    places = [*_places(key, region)]
    if places:
        changes["plans"] = [*indicator.plans, *places]
    if key in region.names:
        changes["name"] = region.names[key]
    if key in region.switched_off:
        changes["lifecycle"] = Lifecycle.SWITCHED_OFF
    elif key in region.paused:
        changes["lifecycle"] = Lifecycle.PAUSED
        changes["note"] = _joined(indicator.note, region.paused[key])
    if key in region.minimum_denominators:
        changes["minimum_denominator"] = region.minimum_denominators[key]
    if key in region.breaks:
        decided = [
            Break(since=break_.since, text=break_.text, region=region.kolada_id)
            for break_ in region.breaks[key]
        ]
        changes["breaks"] = [*indicator.breaks, *decided]
    if key in region.targets:
        local = {
            plan.id for plan in definitions.plans if plan.region == region.kolada_id
        }
        targets = as_targets(region.targets[key])
        changes["targets"] = [*_beneath(indicator, targets, local), *targets]
    return indicator.model_copy(update=changes) if changes else indicator


def _places(indicator: str, region: Region) -> Iterator[PlanReference]:
    """Give each place in the region's own plans that an indicator follows up."""
    for plan in region.own_plans:
        for activity, heading in zip(plan.activities, _headings(plan), strict=True):
            links = (link.indicator for link in activity.followed_up_by)
            words = activity.text.sv
            if indicator in links and len(words) >= SHORTEST_QUOTATION:
                yield PlanReference(plan=plan.id, section=heading.sv, quotation=words)


def _joined(note: Text | None, why: Text) -> Text:
    """Return a note, and why the indicator is paused."""
    paused = Text(sv=f"Pausad: {why.sv}", en=f"Paused: {why.en}")
    if note is None:
        return paused
    return Text(sv=f"{note.sv} {paused.sv}", en=f"{note.en} {paused.en}")


def _beneath(
    indicator: Indicator, decided: Sequence[Target], plans: set[str]
) -> list[Target]:
    """Return the shipped targets, those of the region's plans until it has decided.

    From the first target decided for the same units and pathway on, none of theirs
    holds; of a step, which has one day, none at all.
    """
    first: dict[_Key, int] = {}
    for target in decided:
        key = (target.unit, target.svf)
        first[key] = min(first.get(key, target.since.first), target.since.first)
    beneath = []
    for target in indicator.targets:
        begins = first.get((target.unit, target.svf))
        if begins is None or target.level is Level.NATIONAL or target.plan not in plans:
            beneath.append(target)
        elif target.since.first < begins and not is_step(indicator):
            beneath.append(_ended(target, begins - 1))
    return beneath


def _ended(target: Target, month: int) -> Target:
    """Return a target that holds at most until a month."""
    if target.until is not None and target.until.last <= month:
        return target
    until = Period(PeriodKind.MONTH, month, month)
    return target.model_copy(update={"until": until})


def activities_of(region: Region, roles: Sequence[Role] = ()) -> Activities:
    """Return what the region's own plans say, and the roles with those they name.

    Args:
        region: Whose plans.
        roles: Those that there are: the same name is the same role.
    """
    known = {role.name.sv: role for role in roles}
    for plan in region.own_plans:
        for activity in plan.activities:
            for name in activity.responsible:
                role = Role(id=f"region_role_{len(known) + 1}", name=name)
                known.setdefault(name.sv, role)
    named = {name: role.id for name, role in known.items()}
    documents, activities = [], []
    for plan in region.own_plans:
        headings = _headings(plan)
        ids: dict[str, str] = {}
        for heading in headings:
            ids.setdefault(heading.sv, f"{plan.id}_{len(ids) + 1}")
        documents.append(_document(plan, region.called, headings, ids))
        activities += [
            _activity(plan.id, ids[heading.sv], activity, named)
            for activity, heading in zip(plan.activities, headings, strict=True)
        ]
    return Activities(
        documents=documents, roles=list(known.values()), activities=activities
    )


def _headings(plan: OwnPlan) -> list[Text]:
    """Return the heading that each statement of a plan stands under."""
    headings = [plan.title]
    for activity in plan.activities:
        headings.append(activity.section or headings[-1])
    return headings[1:]


def _document(
    plan: OwnPlan, region: str, headings: Sequence[Text], ids: dict[str, str]
) -> PlanDocument:
    names = {heading.sv: heading for heading in headings}
    return PlanDocument(
        plan=plan.id,
        region=region,
        title=plan.title,
        date=plan.date,
        date_kind=DateKind.DECISION,
        decided_by=plan.decided_by,
        responsible=plan.responsible,
        next_revision=plan.next_revision,
        number=None,
        diary_number=None,
        revision=None,
        sections=[
            Section(id=section, name=names[name], number=None)
            for name, section in ids.items()
        ],
    )


def _activity(
    plan: str, section: str, activity: OwnActivity, roles: dict[str, str]
) -> Activity:
    return Activity(
        id=activity.id,
        plan=plan,
        section=section,
        kind=activity.kind,
        number=activity.number,
        part_of=activity.part_of,
        quote=activity.text,
        activities=activity.activities,
        measures=activity.measures,
        responsible=activity.responsible,
        roles=[roles[name.sv] for name in activity.responsible],
        timeline=activity.timeline or _timeline(activity.since, activity.until),
        since=activity.since,
        until=activity.until,
        status=activity.status,
        status_quote=activity.status_text,
        follow_up=activity.follow_up,
        followed_up_by=activity.followed_up_by,
    )


def _timeline(since: Period | None, until: Period | None) -> Text | None:
    if since is None and until is None:
        return None
    if since == until:
        return Text(sv=f"{since}", en=f"{since}")
    if since is None:
        return Text(sv=f"till och med {until}", en=f"until {until}")
    if until is None:
        return Text(sv=f"från {since}", en=f"from {since}")
    return Text(sv=f"{since}–{until}", en=f"{since}–{until}")
