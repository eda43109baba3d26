"""The statements of the plans that were asked for, each with what follows it up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.outcome.latest import by_indicator, quarter_spans, shown_in
from app.queries.activities import activities
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow, outcomes_of, outcomes_within, parts_in
from app.queries.reader import Reader
from app.queries.units import UnitRow
from kpi.activities import (
    Activities,
    Activity,
    ActivityKind,
    ActivityStatus,
    FollowUp,
    PlanDocument,
    Proposal,
    Section,
    Timing,
)
from kpi.assessment import Status
from kpi.definitions import Indicator
from kpi.model import Text
from kpi.period import Period
from kpi.targets import Target
from kpi.vocabulary import Level


class FollowedBy(StrEnum):
    """What a statement is followed up by, as far as the plan itself goes."""

    INDICATOR = "indicator"
    TARGET = "target"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements are asked for; None for all.

    Attributes:
        section: A heading; what stands under its own headings is part of it.
        role: Who is responsible.
        indicator: What it follows up, or is proposed for.
        with_support: Whether what the role supports, or is reported, is wanted too.
    """

    plan: str | None = None
    section: str | None = None
    kind: ActivityKind | None = None
    role: str | None = None
    with_support: bool = False
    status: ActivityStatus | None = None
    followed_by: FollowedBy | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator beside a statement.

    Attributes:
        link: Of what, and of which period if not of the present.
        indicator: None if the build does not have it.
        row: What stands for it; None without any.
        coming: The first target that holds later, where none holds yet.
    """

    link: FollowUp
    indicator: Indicator | None
    row: OutcomeRow | None
    coming: Target | None

    @property
    def why(self) -> Text | None:
        """Why Målbild proposes it; None where it follows from the plan."""
        return self.link.why if isinstance(self.link, Proposal) else None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a plan, with where it stands and how it goes.

    Attributes:
        place: Its headings, the outermost first.
        position: Its number in the plan's own order, from 1.
        timing: Where the quarter lies, seen from the plan's time for it.
        replaced_by: The goal that took over.
    """

    activity: Activity
    document: PlanDocument
    place: tuple[Section, ...]
    position: int
    timing: Timing | None
    followed: tuple[Followed, ...]
    replaced_by: Activity | None

    @property
    def section(self) -> Section:
        """The heading it stands under."""
        return self.place[-1]

    @property
    def by_plan(self) -> list[Followed]:
        """What follows from the plan itself."""
        return [part for part in self.followed if part.why is None]

    @property
    def proposed(self) -> list[Followed]:
        """What Målbild proposes."""
        return [part for part in self.followed if part.why is not None]


def statements(
    reader: Reader, frame: Frame, unit: UnitRow, quarter: Period, wanted: Wanted
) -> list[Statement]:
    """Return the statements asked for: those of the unit's own region first."""
    stored = activities(reader)
    chosen = [
        (place, position, activity)
        for document in own_region_first(frame, unit, stored)
        for position, activity in enumerate(stored.of_plan(document.plan), start=1)
        if _is_wanted(
            activity,
            place := tuple(document.way_to(activity.section)),
            wanted,
            frame,
        )
    ]
    links = [link for _, _, activity in chosen for link in activity.links]
    rows = _rows(reader, frame, unit, quarter, links)
    by_id = {activity.id: activity for activity in stored.activities}
    return [
        Statement(
            activity,
            stored.document(activity.plan),
            place,
            position,
            activity.timing(quarter),
            tuple(
                _followed(frame, unit, link, rows.get(_key(link)))
                for link in activity.links
            ),
            by_id.get(activity.replaced_by or ""),
        )
        for place, position, activity in chosen
    ]


def _followed(
    frame: Frame, unit: UnitRow, link: FollowUp, row: OutcomeRow | None
) -> Followed:
    indicator = frame.indicator(link.indicator)
    if indicator is None or row is None or row.status != Status.NO_TARGET:
        return Followed(link, indicator, row, None)
    later = [
        target
        for target in indicator.targets
        if target.since.first > row.last_month
        and (target.svf, target.unit) == (row.by_value or None, None)
        and (
            target.level is Level.NATIONAL or is_of_own_region(frame, unit, target.plan)
        )
    ]
    first = min(later, key=lambda target: target.since.first, default=None)
    return Followed(link, indicator, row, first)


def own_region_first(
    frame: Frame, unit: UnitRow, stored: Activities
) -> list[PlanDocument]:
    """Return the documents, those of the unit's own region before the others'."""
    return sorted(
        stored.documents,
        key=lambda document: not is_of_own_region(frame, unit, document.plan),
    )


def is_of_own_region(frame: Frame, unit: UnitRow, plan: str) -> bool:
    """Say whether a plan is of the region that the unit belongs to."""
    known = frame.plan(plan)
    region = known.region if known else None
    return region == frame.units.kolada_id(unit.unit_id)


def _is_wanted(
    activity: Activity, place: Sequence[Section], wanted: Wanted, frame: Frame
) -> bool:
    roles = activity.every_role if wanted.with_support else activity.roles
    return (
        wanted.plan in (None, activity.plan)
        and (
            wanted.section is None
            or wanted.section in {section.id for section in place}
        )
        and wanted.kind in (None, activity.kind)
        and (wanted.role is None or wanted.role in roles)
        and (wanted.indicator is None or activity.names(wanted.indicator))
        and wanted.status in (None, activity.status)
        and (
            wanted.followed_by is None
            or wanted.followed_by in _follow_ups(activity, frame)
        )
    )


def _follow_ups(activity: Activity, frame: Frame) -> list[FollowedBy]:
    if not activity.followed_up_by:
        return [FollowedBy.NOTHING]
    indicators = [frame.indicator(link.indicator) for link in activity.followed_up_by]
    has_target = any(
        target.plan == activity.plan
        for indicator in indicators
        if indicator is not None
        for target in indicator.targets
    )
    return [FollowedBy.INDICATOR, *([FollowedBy.TARGET] if has_target else ())]


_Key = tuple[str, str | None, Period | None]


def _key(link: FollowUp) -> _Key:
    return link.indicator, link.svf, link.period


def _rows(
    reader: Reader,
    frame: Frame,
    unit: UnitRow,
    quarter: Period,
    links: Iterable[FollowUp],
) -> dict[_Key, OutcomeRow]:
    """Return what stands for each link: of the quarter, or of the period it names."""
    of_a_period: dict[tuple[str, Period], set[str | None]] = defaultdict(set)
    of_the_quarter = set()
    for link in links:
        if link.period is None:
            of_the_quarter.add(link.indicator)
        else:
            of_a_period[link.indicator, link.period].add(link.svf)
    found: dict[_Key, OutcomeRow] = {}
    for (indicator, period), pathways in of_a_period.items():
        rows = []
        if pathways - {None}:
            rows += parts_in(reader, indicator, unit.unit_id, str(period), "svf")
        if None in pathways:
            rows += [
                row
                for row in outcomes_of(reader, indicator, unit.unit_id)
                if row.period == str(period)
            ]
        found |= {(indicator, row.by_value or None, period): row for row in rows}
    defined = [one for one in frame.definitions.indicators if one.id in of_the_quarter]
    spans = quarter_spans(defined, quarter)
    rows_of = by_indicator(outcomes_within(reader, spans, [unit.unit_id]))
    standing = {
        (one.id, None, None): shown_in(one, quarter, rows_of.get(one.id, []))
        for one in defined
    }
    return found | {key: row for key, row in standing.items() if row is not None}
