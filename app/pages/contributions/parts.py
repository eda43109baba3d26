"""Counts of parts -> what each adds to a gap or to a change, in cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from app.pages.contributions.pooling import NOTHING, Amounts, added
from kpi.contributions import Decomposition, Gap, change_by_part, gap_by_part
from kpi.counted import Counted
from kpi.definitions import Indicator
from kpi.evidence import Estimate
from kpi.intervals import poisson_interval, share_interval
from kpi.model import Direction, Kind

FEW = "*"
"""In the place of a part's name: several parts with few cases."""
WHOLE = "="


@dataclass(frozen=True, slots=True)
class Part:
    """One part and what it adds.

    Attributes:
        name: A unit, a value of a dimension, or `FEW`.
        now: Its counts in the period.
        before: In the earlier one; None where there is none.
        cases: What it adds to the gap or to the change; all parts add up to it.
        whole_cases: To a gap, in whole cases; None of a change.
        rate: Of a change, because the part's own share or rate changed; None of a gap.
        mix: Because the part's share of the cases changed; None of a gap.
        cumulative_share: Of all that goes the same way as the whole, of this part and
            those before it, 0-1.
    """

    name: str
    now: Counted
    before: Counted | None
    cases: Fraction
    whole_cases: int | None
    rate: Fraction | None
    mix: Fraction | None
    cumulative_share: float


@dataclass(frozen=True, slots=True)
class Contributions:
    """A gap or a change with its parts, the largest contribution first.

    Attributes:
        now: The whole in the period.
        before: The whole in the earlier one; None of a gap.
        gap: None of a change.
        change: None of a gap.
        parts: At least one.
        pooled: How many parts are told as one.
    """

    now: Counted
    before: Counted | None
    gap: Gap | None
    change: Decomposition | None
    parts: tuple[Part, ...]
    pooled: int

    @property
    def cases(self) -> Fraction:
        """What all parts add up to."""
        return sum((part.cases for part in self.parts), Fraction(0))


Parts = Mapping[str, Amounts]


def gap_contributions(
    indicator: Indicator,
    parts: Parts,
    few: frozenset[str],
    target: float,
    direction: Direction,
) -> Contributions | None:
    """Return what each part adds to the gap to a target; None without any cases.

    Args:
        indicator: A share or a rate.
        parts: All of them.
        few: Those told as one.
        target: In the indicator's own unit.
        direction: Which side of it is the right one.
    """
    counted = _counted(parts, few)
    per = float(indicator.per or 100)
    gap = gap_by_part(counted, indicator.kind, target, direction, per)
    if gap is None:
        return None
    parts_of_gap = tuple(
        Part(
            name=contribution.part.name,
            now=contribution.part,
            before=None,
            cases=contribution.cases,
            whole_cases=contribution.whole_cases,
            rate=None,
            mix=None,
            cumulative_share=contribution.cumulative_share,
        )
        for contribution in gap.contributions
    )
    return Contributions(_whole(parts), None, gap, None, parts_of_gap, len(few))


def change_contributions(
    indicator: Indicator, parts: Parts, before: Parts, few: frozenset[str]
) -> Contributions | None:
    """Return what each part adds to a change; None if a period has no cases.

    Args:
        indicator: A share or a rate.
        parts: All of the later period.
        before: All of the earlier one.
        few: Those told as one in either period. They are so in both, so that the
            change tells nothing that each period by itself does not.
    """
    now, then = _counted(parts, few), _counted(before, few)
    change = change_by_part(now, then, indicator.kind)
    if change is None:
        return None
    shifts = {shift.name: shift for shift in change.shifts}
    later, earlier = (
        {counted.name: counted for counted in some} for some in (now, then)
    )
    cases = {
        name: change.cases * (shift.rate + shift.mix) for name, shift in shifts.items()
    }
    way = -1 if change.change < 0 else 1
    order = sorted(cases, key=lambda name: (-way * cases[name], name))
    same_way = [max(way * cases[name], Fraction(0)) for name in order]
    total = sum(same_way) or 1
    parts_of_change = tuple(
        Part(
            name=name,
            now=later.get(name, Counted(name, *NOTHING)),
            before=earlier.get(name, Counted(name, *NOTHING)),
            cases=cases[name],
            whole_cases=None,
            rate=change.cases * shifts[name].rate,
            mix=change.cases * shifts[name].mix,
            cumulative_share=float(so_far / total),
        )
        for name, so_far in zip(order, accumulate(same_way), strict=True)
    )
    return Contributions(
        _whole(parts), _whole(before), None, change, parts_of_change, len(few)
    )


def _counted(parts: Parts, few: frozenset[str]) -> list[Counted]:
    counteds = [
        Counted(name, *amounts) for name, amounts in parts.items() if name not in few
    ]
    together = [parts[name] for name in few if name in parts]
    return [*counteds, Counted(FEW, *added(together))] if together else counteds


def _whole(parts: Parts) -> Counted:
    return Counted(WHOLE, *added(list(parts.values())))


def are_counts(indicator: Indicator, some: Sequence[Parts]) -> bool:
    """Say whether counts form the shares or rates of an indicator in every part."""
    is_share = indicator.kind is Kind.PROPORTION
    return all(
        0 <= met <= cases if is_share else 0 <= met and cases > 0
        for parts in some
        for met, cases in parts.values()
    )


def estimate_of(indicator: Indicator, part: Counted) -> Estimate | None:
    """Return a part's value with its interval; None without cases."""
    if not part.denominator:
        return None
    per = float(indicator.per or 100)
    if indicator.kind is Kind.PROPORTION:
        lower, upper = share_interval(part.numerator, part.denominator)
    else:
        bounds = poisson_interval(part.numerator)
        lower, upper = (bound / part.denominator for bound in bounds)
    return Estimate(per * part.numerator / part.denominator, per * lower, per * upper)
