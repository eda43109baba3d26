"""The statements of the plans that were asked for, each with what follows it up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.outcome.latest import by_indicator, quarter_spans, shown_in
from app.queries.activities import activities
from app.queries.frame import Frame
from app.queries.kept import kept
from app.queries.outcomes import OutcomeRow, outcomes_within, parts_in, totals_in
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
    def key(self) -> "Key":
        """What is looked at, and when: what is followed by it is found by this."""
        return _key(self.link)

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
        for place, position, activity in _placed(document, stored)
        if _is_wanted(activity, place, wanted, frame)
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


def _placed(
    document: PlanDocument, stored: Activities
) -> Iterator[tuple[tuple[Section, ...], int, Activity]]:
    """Yield the statements of a document with their headings and positions."""
    places = {
        section.id: tuple(document.way_to(section.id)) for section in document.sections
    }
    for position, activity in enumerate(stored.of_plan(document.plan), start=1):
        yield places[activity.section], position, activity


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


Key = tuple[str, str | None, Period | None]
"""An indicator, the pathway and the period it is looked at for."""


def _key(link: FollowUp) -> Key:
    return link.indicator, link.svf, link.period


def _rows(
    reader: Reader,
    frame: Frame,
    unit: UnitRow,
    quarter: Period,
    links: Iterable[FollowUp],
) -> dict[Key, OutcomeRow]:
    """Return what stands for each link: of the quarter, or of the period it names."""
    keys = {_key(link) for link in links}
    of_periods = _of_periods(
        reader, unit.unit_id, frozenset(key for key in keys if key[2] is not None)
    )
    of_the_quarter = {indicator for indicator, _, period in keys if period is None}
    defined = [one for one in frame.definitions.indicators if one.id in of_the_quarter]
    spans = quarter_spans(defined, quarter)
    rows_of = by_indicator(outcomes_within(reader, spans, [unit.unit_id]))
    standing = {
        (one.id, None, None): shown_in(one, quarter, rows_of.get(one.id, []))
        for one in defined
    }
    return of_periods | {key: row for key, row in standing.items() if row is not None}


@kept
def _of_periods(
    reader: Reader, unit: str, keys: frozenset[Key]
) -> dict[Key, OutcomeRow]:
    """Return what stands in a unit for each period named, whatever quarter is shown."""
    wanted = [(name, svf, str(period)) for name, svf, period in keys]
    rows = totals_in(
        reader,
        sorted({name for name, svf, _ in wanted if svf is None}),
        unit,
        sorted({period for _, svf, period in wanted if svf is None}),
    )
    for name, period in {(name, period) for name, svf, period in wanted if svf}:
        rows += parts_in(reader, name, unit, period, "svf")
    outcomes = {
        (row.indicator, row.by_value or None, Period.parse(row.period)): row
        for row in rows
    }
    return {key: row for key, row in outcomes.items() if key in keys}
