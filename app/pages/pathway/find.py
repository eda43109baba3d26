"""What is asked of the cancer pathways -> what is read for it and found in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.queries.frame import Frame, read_frame
from app.queries.kept import keeping
from app.queries.pathway import (
    FACTS,
    Cases,
    Step,
    StepTime,
    Taken,
    last_day_told,
    step_days,
    taken_in,
    waits,
)
from app.queries.pathway_cases import (
    EndedCase,
    Group,
    Listing,
    OpenCase,
    ended_cases,
    open_cases,
)
from app.queries.pathway_register import Maximum, maxima
from app.queries.reader import Reader
from kpi.definitions import Definitions
from kpi.evidence import Change, Estimate, change
from kpi.model import Direction
from kpi.period import Period
from kpi.waiting import Curve, Wait, waiting_curve

DAYS_AHEAD = (7, 14)
LISTED = (Group.SOON, Group.PASSED)
PAGE_SIZE = 50
_REMEMBERED = 32
_LEAST = 5
"""Patients of a diagnosis and region, for the regional cancer centres to show them."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for.

    Attributes:
        unit: In this unit and all below it.
        period: A quarter or rolling twelve months.
        svf: Only this pathway; None for all.
        is_local: Without cases that waited by their own choice or for medical reasons.
        days: How many days ahead to look.
        soon: Page, from 1, of the open cases that soon pass their maximum.
        passed: Page of those that have passed it.
        ended: Page of the ended cases.
    """

    unit: str
    period: Period
    svf: str | None = None
    is_local: bool = False
    days: int = DAYS_AHEAD[0]
    soon: int = 1
    passed: int = 1
    ended: int = 1


@dataclass(frozen=True, slots=True)
class Lost:
    """Where most days go.

    Attributes:
        now: The step with the largest median; the first of those equally long.
        also: Other steps with the same median.
        before: `now` a year earlier; None with too few cases, or with `also`.
        change: Of the median; None where its interval cannot be told.
    """

    now: StepTime
    also: tuple[Step, ...]
    before: StepTime | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Pathway:
    """What is known of the pathways asked for.

    Attributes:
        today: The last day that the files tell of; open cases have waited until then.
        minimum: No number of fewer cases is told.
        now: What pathways took that ended in the period.
        before: The same a year earlier.
        lost: None without a step of enough cases.
        broken: When a break came between the two years; None if they can be compared.
        curve: How long the cases suspected in the period wait; None with too few.
        reach: The last day at which enough cases had waited so long for the curve.
        maxima: In force at the end of the period, of the pathway asked for.
        register: Ending -> maximum for each pathway, ordinary and extended, today.
        counts: How many open cases there are of each group, of those to be listed.
        open: Those shown, by group.
        ended_count: How many ended cases may be listed; 0 with too few.
        ended: Those shown.
    """

    today: date
    minimum: int
    now: Taken
    before: Taken
    lost: Lost | None
    broken: Period | None
    curve: Curve | None
    reach: int
    maxima: tuple[Maximum, ...]
    register: Mapping[tuple[str, bool], tuple[Maximum, ...]]
    counts: Mapping[Group, int]
    open: Mapping[Group, tuple[OpenCase, ...]]
    ended_count: int
    ended: tuple[EndedCase, ...]

    def is_few(self, number: int) -> bool:
        """Say whether so many cases are too few to tell anything of."""
        return number < self.minimum

    def days_until(self, fraction: float) -> float | None:
        """Return after how many days this fraction has ended; None beyond the reach."""
        days = self.curve.days_until(fraction) if self.curve else None
        return days if days is not None and days <= self.reach else None

    def median_interval(self) -> tuple[float | None, float | None]:
        """Return the 95 % interval of the median, each end within the reach."""
        ends = self.curve.interval_of_days_until(0.5) if self.curve else (None, None)
        lower, upper = (
            end if end is not None and end <= self.reach else None for end in ends
        )
        return lower, upper

    def maxima_of(self, case: OpenCase) -> tuple[Maximum, ...]:
        """Return the maxima that an open case can come to have, the shortest first."""
        return self.register.get((case.svf, case.is_extended), ())


@keeping(_REMEMBERED)
def pathway(reader: Reader, question: Question) -> Pathway:
    """Return what is known; remembered until the warehouse is replaced."""
    frame, period = read_frame(reader), question.period
    today = told_until(reader)
    cases = Cases(question.unit, question.svf, question.is_local)
    minimum = least_cases(frame.definitions)
    periods = [period, period.year_before()]
    now, before = taken_in(reader, cases, periods)
    waited = waits(reader, cases, period, today)
    curve = waiting_curve(waited) if _number(waited) >= minimum else None
    listing = Listing(cases, minimum, today, question.days)
    counts, shown = _open(reader, listing, question)
    passed_over = (question.ended - 1) * PAGE_SIZE
    ended_count, ended = (
        ended_cases(reader, listing, period, passed_over, PAGE_SIZE)
        if now.cases >= minimum
        else (0, [])
    )
    end = min(period.last_day, today)
    register = maxima(reader, today)
    then = register if end == today else maxima(reader, end)
    return Pathway(
        today,
        minimum,
        now,
        before,
        _lost(reader, cases, periods, (now, before), minimum),
        _break_between(frame, question),
        curve,
        _reach(curve, minimum),
        tuple(maximum for maximum in then if maximum.svf == question.svf),
        _by_pathway(register),
        counts,
        {group: tuple(o for o in shown if o.group is group) for group in LISTED},
        ended_count,
        tuple(ended),
    )


def told_until(reader: Reader) -> date:
    """Return the last day that the files of the build tell of.

    A case that was open when its file was made may have ended since. To count it as
    waiting until the build would make waits look longer than they are.
    """
    last_told = last_day_told(reader)
    as_of = reader.build.as_of
    return min(last_told, as_of) if last_told else as_of


def least_cases(definitions: Definitions) -> int:
    """Return how few cases may be told of: as few as any indicator of them allows."""
    return max(
        (
            indicator.minimum_denominator
            for indicator in definitions.indicators
            if indicator.measure and indicator.measure.dataset == FACTS.name
        ),
        default=_LEAST,
    )


def _break_between(frame: Frame, question: Question) -> Period | None:
    """Return the last break of what is counted from cases, since a year earlier."""
    region = frame.units.kolada_id(question.unit)
    before = question.period.year_before()
    periods = [
        broken.since
        for indicator in frame.definitions.indicators
        if indicator.measure and indicator.measure.dataset == FACTS.name
        for broken in indicator.in_region(region).breaks_parting(
            before, question.period
        )
    ]
    return max(periods, key=lambda period: period.first, default=None)


def _open(
    reader: Reader, listing: Listing, question: Question
) -> tuple[dict[Group, int], list[OpenCase]]:
    first = {
        Group.SOON: (question.soon - 1) * PAGE_SIZE,
        Group.PASSED: (question.passed - 1) * PAGE_SIZE,
    }
    return open_cases(reader, listing, first, PAGE_SIZE)


def _by_pathway(
    register: Sequence[Maximum],
) -> dict[tuple[str, bool], tuple[Maximum, ...]]:
    maxima: dict[tuple[str, bool], list[Maximum]] = defaultdict(list)
    for maximum in register:
        maxima[maximum.svf, maximum.is_extended].append(maximum)
    return {key: tuple(some) for key, some in maxima.items()}


def _number(waited: Sequence[Wait]) -> int:
    return sum(wait.cases for wait in waited)


def _reach(curve: Curve | None, minimum: int) -> int:
    if curve is None:
        return 0
    enough = zip(curve.waits, curve.waited, strict=True)
    return max((int(days) for days, cases in enough if cases >= minimum), default=0)


def _lost(
    reader: Reader,
    cases: Cases,
    periods: Sequence[Period],
    taken: tuple[Taken, Taken],
    minimum: int,
) -> Lost | None:
    now, before = (
        {step.step: step for step in each.steps if step.cases >= minimum}
        for each in taken
    )
    now.pop(Step.WHOLE, None)
    if not now:
        return None
    longest = max(step.median or 0.0 for step in now.values())
    step, *also = (time.step for time in now.values() if time.median == longest)
    if also or step not in before:
        return Lost(now[step], tuple(also), None, None)
    medians = [_median(days) for days in step_days(reader, cases, periods, step)]
    return Lost(now[step], (), before[step], _change(*medians))


def _median(days: Sequence[Wait]) -> Estimate | None:
    curve = waiting_curve(days)
    if curve is None:
        return None
    value = curve.days_until(0.5)
    lower, upper = curve.interval_of_days_until(0.5)
    if value is None or lower is None or upper is None:
        return None
    return Estimate(value, lower, upper)


def _change(now: Estimate | None, before: Estimate | None) -> Change | None:
    return change(now, before, Direction.NEUTRAL) if now and before else None
