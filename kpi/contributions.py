"""A gap or a change, split over the parts of the whole; exact, so that it adds up."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import ceil

from kpi.counted import Counted, check_counts, exactly
from kpi.model import Direction, Kind


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part adds to a gap.

    Attributes:
        part: Its counts.
        cases: How many cases it alone is on the wrong side of the target; below 0 has
            cases to spare, which lessen the gap. Exact; all parts add up to the gap.
        whole_cases: The same in whole cases, rounded so that they add up to the gap in
            whole cases.
        share: Of what all parts on the wrong side are short, 0-1; 0 for the others.
        cumulative_share: Of this part and those before it.
    """

    part: Counted
    cases: Fraction
    whole_cases: int
    share: float
    cumulative_share: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap and its parts, the largest contribution first.

    Attributes:
        cases: On the wrong side; 0 or below has reached the target. Exact.
        whole_cases: The fewest whole cases that would reach the target.
        contributions: One for each part, in Pareto order.
    """

    cases: Fraction
    whole_cases: int
    contributions: tuple[Contribution, ...]


def gap_by_part(
    parts: Sequence[Counted],
    kind: Kind,
    target: float,
    direction: Direction,
    per: float = 100,
) -> Gap | None:
    """Split the gap to a target over parts, in cases (patients, events).

    Each part is measured with the target of the whole. A part without cases
    contributes nothing.

    Args:
        parts: Together the whole, none counted twice.
        kind: A proportion or a rate.
        target: In the indicator's own unit.
        direction: Which way is better.
        per: What the target is per: 100 for per cent, 1000 for per 1 000.

    Returns:
        None if no part has any cases.

    Raises:
        ValueError: counts that form no such proportion or rate; a neutral indicator.
    """
    check_counts(parts, kind)
    if direction is Direction.NEUTRAL:
        raise ValueError("a neutral indicator has no wrong side of a target")
    if not any(counted.denominator for counted in parts):
        return None
    fraction = exactly(target) / exactly(per)
    sign = 1 if direction is Direction.HIGHER else -1
    short = [
        sign * (fraction * exactly(counted.denominator) - exactly(counted.numerator))
        for counted in parts
    ]
    whole = _adding_up(short)
    order = sorted(range(len(parts)), key=lambda at: (-short[at], parts[at].name))
    wrong = sum(missing for missing in short if missing > 0)
    shares = [max(short[at], Fraction(0)) / (wrong or 1) for at in order]
    return Gap(
        sum(short, Fraction(0)),
        sum(whole),
        tuple(
            Contribution(parts[at], short[at], whole[at], float(share), float(so_far))
            for at, share, so_far in zip(order, shares, accumulate(shares), strict=True)
        ),
    )


def _adding_up(numbers: list[Fraction]) -> list[int]:
    """Round to whole numbers that add up to the sum rounded up.

    By largest remainder (Hamilton): what is missing goes to those cut off the most.
    """
    rounded = [number // 1 for number in numbers]
    missing = ceil(sum(numbers)) - sum(rounded)
    cut_off = sorted(range(len(numbers)), key=lambda at: rounded[at] - numbers[at])
    for at in cut_off[:missing]:
        rounded[at] += 1
    return rounded


@dataclass(frozen=True, slots=True)
class Shift:
    """What one part adds to a change of the whole's fraction.

    Attributes:
        name: The part's id.
        rate: Because its own fraction changed, with its share of the cases as it is on
            average of the two periods. 0 for a part that is new or has ended.
        mix: Because its share of the cases changed: above 0 if a part that does better
            than the whole grew, or one that does worse shrank.
    """

    name: str
    rate: Fraction
    mix: Fraction


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A change of the whole's fraction: rate + mix = change, exactly.

    Attributes:
        change: The later fraction less the earlier.
        rate: The sum of the parts' `rate`.
        mix: The sum of the parts' `mix`.
        cases: All cases of the later period; times a fraction, it is cases.
        shifts: One for each part, in the order of their names.
    """

    change: Fraction
    rate: Fraction
    mix: Fraction
    cases: Fraction
    shifts: tuple[Shift, ...]


def change_by_part(
    now: Sequence[Counted], before: Sequence[Counted], kind: Kind
) -> Decomposition | None:
    """Split a change into what parts do differently and who was cared for.

    A part without cases in one of the periods has no fraction then; its coming or going
    is a change of mix alone. The mix of a part is reckoned from the average of the two
    wholes, which moves nothing in the sum and makes each part's own mix readable.

    Args:
        now: The parts of the later period, each name once.
        before: Those of the earlier one.
        kind: A proportion or a rate.

    Returns:
        None if one of the periods has no cases.

    Raises:
        ValueError: counts that form no such proportion or rate, or a repeated name.

    Source:
        Kitagawa (1955), J. Am. Stat. Assoc. 50(272), 1168-1194.
    """
    later, earlier = _by_name(now, kind), _by_name(before, kind)
    cases_now = sum(cases for _, cases in later.values())
    cases_before = sum(cases for _, cases in earlier.values())
    if not cases_now or not cases_before:
        return None
    whole_now = sum(met for met, _ in later.values()) / cases_now
    whole_before = sum(met for met, _ in earlier.values()) / cases_before
    middle = (whole_now + whole_before) / 2
    none = (Fraction(0), Fraction(0))
    shifts = []
    for name in sorted(later.keys() | earlier.keys()):
        met_now, of_now = later.get(name, none)
        met_before, of_before = earlier.get(name, none)
        if not of_now and not of_before:
            shifts.append(Shift(name, Fraction(0), Fraction(0)))
            continue
        fraction_now = met_now / of_now if of_now else met_before / of_before
        fraction_before = met_before / of_before if of_before else fraction_now
        weight_now, weight_before = of_now / cases_now, of_before / cases_before
        rate = (fraction_now - fraction_before) * (weight_now + weight_before) / 2
        apart = (fraction_now + fraction_before) / 2 - middle
        shifts.append(Shift(name, rate, (weight_now - weight_before) * apart))
    return Decomposition(
        whole_now - whole_before,
        sum((shift.rate for shift in shifts), Fraction(0)),
        sum((shift.mix for shift in shifts), Fraction(0)),
        cases_now,
        tuple(shifts),
    )


def _by_name(
    parts: Sequence[Counted], kind: Kind
) -> dict[str, tuple[Fraction, Fraction]]:
    check_counts(parts, kind)
    counts = {
        counted.name: (exactly(counted.numerator), exactly(counted.denominator))
        for counted in parts
    }
    if len(counts) < len(parts):
        raise ValueError("expected each part once")
    return counts
