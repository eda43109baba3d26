"""What a target can expect of one process, in plain Python."""

from dataclasses import replace

from kpi.model import Direction
from kpi.spc.points import Assurance, ChartKind, Limits, Series, Signal
from tests.kpi.spc.reference.limits import half_a_case, segment_limits
from tests.kpi.spc.reference.rules import runs_of, sides_of, signals, slack_of

FEWEST_SINCE = 20
RECENT = 7


def assurance_of(
    limits: Limits, target: float | None, direction: Direction
) -> Assurance | None:
    """Say whether a process within these limits will meet the target.

    A target on a limit can be missed, so it is hit or miss. Only where the process
    does not vary at all (always 100 %, say) is it met by being reached exactly, as
    everywhere else; NHSRplotthedots calls that hit or miss too.
    """
    lower, upper = limits.lower, limits.upper
    if target is None or lower is None or upper is None:
        return None
    if direction is Direction.NEUTRAL:
        return None
    slack = slack_of((lower, upper, target))
    is_higher = direction is Direction.HIGHER
    if upper - lower <= slack and abs(target - upper) <= slack:
        return Assurance.PASSING
    if target > upper + slack:
        return Assurance.FAILING if is_higher else Assurance.PASSING
    if target < lower - slack:
        return Assurance.PASSING if is_higher else Assurance.FAILING
    return Assurance.HIT_OR_MISS


def assurance_now(
    kind: ChartKind,
    series: Series,
    start: int,
    stop: int,
    target: float | None,
    direction: Direction,
    is_screened: bool = True,
) -> Assurance | None:
    """Say it of a segment's process as it is now: since it last moved."""
    tested = [
        at
        for at in range(start, stop)
        if series.values[at] is not None and at not in series.excluded
    ]
    if kind is ChartKind.RUN or not tested:
        return None
    every = segment_limits(kind, series, start, stop, is_screened)
    limits = [every[at - start] for at in tested]
    values = [series.values[at] for at in tested]
    half = half_a_case(kind, series, start, stop)
    beside = [half[at - start] for at in tested]
    marks, ways = signals(values, limits, beside)
    sides = sides_of(values, limits, slack_of(values), beside)
    moved, goes_on = _moved(marks, sides)
    if moved and len(tested) - moved >= FEWEST_SINCE:
        earlier = frozenset(tested[:moved])
        since = replace(series, excluded=series.excluded | earlier, baseline=None)
        return assurance_now(kind, since, start, stop, target, direction, is_screened)
    if goes_on:
        return None
    if ways[-1] or any(Signal.OUTSIDE in one for one in marks[-RECENT:]):
        return None
    known = [one for one in limits if one.lower is not None and one.upper is not None]
    if not known:
        return None
    widest = Limits(
        lower=min(one.lower for one in known), upper=max(one.upper for one in known)
    )
    said = assurance_of(widest, target, direction)
    return None if moved and said is not Assurance.HIT_OR_MISS else said


def _moved(marks: list[tuple[Signal, ...]], sides: list[int]) -> tuple[int, bool]:
    """Return the first point of the level of now, and whether a run made it goes on."""
    after_run = 0
    for _, first, after in runs_of(sides):
        if Signal.SHIFT in marks[first]:
            if after == len(sides):
                return first, True
            after_run = after
    trends = [at for at, found in enumerate(marks) if Signal.TREND in found]
    return max([after_run, *trends[-1:]]), False
