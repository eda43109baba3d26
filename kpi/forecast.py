"""What the rest of the year must reach to meet the year's target, and how likely."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

import numpy as np
from scipy.special import betaln, gammaln

from kpi.counted import exactly
from kpi.model import Direction
from kpi.period import Period
from kpi.targets import Rule

MOST_PRIOR_CASES = 30
"""Last year counts for at most so many cases: enough to speak in January, too few to
speak against this year in autumn."""


class Outlook(StrEnum):
    """How the year stands, with the cases that are expected to remain.

    Certain and impossible go for the number of cases expected; met and not met are the
    whole year, nothing remaining.
    """

    OPEN = "open"
    CERTAIN = "certain"
    IMPOSSIBLE = "impossible"
    MET = "met"
    NOT_MET = "not_met"


QUARTERS_VARY = 0.2
"""How much the shares of quarters vary about the year's own level beside chance, on the
logit scale: 80 % one quarter, 77 or 83 % another."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases that meet the criterion, of all cases."""

    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What remains to be done.

    Attributes:
        outlook: How the year stands.
        bound: Of the remaining cases, the fewest that have to meet the criterion; the
            most that may, where lower is better. Below 0 or above `remaining` where it
            is settled.
        is_at_least: Whether `bound` is the fewest.
        remaining: Cases expected in the rest of the year.
        probability: That the year's target is met, 0-1; 0 or 1 where it is settled.
        prior_cases: How many of last year's cases the probability rests on, beside
            this year's.
    """

    outlook: Outlook
    bound: int
    is_at_least: bool
    remaining: int
    probability: float
    prior_cases: float


def cases_expected(
    remaining: Iterable[Period], denominators: Mapping[Period, float | None]
) -> int | None:
    """Return how many cases to expect: as many as in the same periods last year.

    Args:
        remaining: The periods of the year without data yet.
        denominators: By period; None where they are not shown.

    Returns:
        Whole cases; None if one of last year's periods is missing or not shown.
    """
    year_before = [denominators.get(period.year_before()) for period in remaining]
    known = [number for number in year_before if number is not None]
    return round(sum(known)) if len(known) == len(year_before) else None


def forecast(
    so_far: Tally,
    remaining: int | None,
    target_per_cent: float | None,
    rule: Rule | None,
    direction: Direction = Direction.HIGHER,
    last_year: Tally | None = None,
    most_prior_cases: float = MOST_PRIOR_CASES,
    quarters_vary: float = QUARTERS_VARY,
) -> Forecast | None:
    """Say what the rest of the year must reach to meet the year's target of a share.

    The number that meets the criterion among the remaining cases is beta-binomial: the
    share is what this year's cases say, together with Jeffreys' half a case each way
    and last year's share, which weighs as much as its number of cases, at most
    `most_prior_cases`. Quarters are allowed to vary about the year's level
    (`QUARTERS_VARY`), so that many cases so far do not make sure what the rest will be.
    The number of remaining cases is taken as known.

    Args:
        so_far: This year's counts.
        remaining: Cases expected in the rest of the year; None if not known.
        target_per_cent: 0-100; for `better_than_last_year` last year's share.
        rule: How they are compared; `=` only where nothing is beyond the target, at
            100 % and at 0 %.
        direction: Which way is better; asked only by `better_than_last_year`.
        last_year: The whole of last year's counts.
        most_prior_cases: The most that last year weighs.
        quarters_vary: Standard deviation of their shares' logits; 0 for one level.

    Returns:
        None without a target or a number of remaining cases, if the year has no cases
        at all, and for rules that are not about a share.

    Raises:
        ValueError: counts that form no proportion, or fewer than no cases remaining.

    Source:
        Beta-binomial prediction: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed.,
        chapter 2 and appendix A.
    """
    for tally in (so_far, last_year or so_far):
        if not 0 <= tally.numerator <= tally.denominator:
            raise ValueError(
                f"not a proportion: {tally.numerator} of {tally.denominator}"
            )
    if target_per_cent is None or rule is None or remaining is None:
        return None
    if remaining < 0:
        raise ValueError(f"expected 0 or more remaining cases, got {remaining}")
    cases = so_far.denominator + remaining
    needed = exactly(target_per_cent) * cases / 100 - so_far.numerator
    needed_rest = _bound(needed, target_per_cent, rule, direction)
    if needed_rest is None or cases == 0:
        return None
    bound, is_at_least = needed_rest
    prior, prior_cases = (0.5, 0.5), 0.0
    if last_year is not None and last_year.denominator > 0:
        prior_cases = min(float(last_year.denominator), most_prior_cases)
        share = last_year.numerator / last_year.denominator
        prior = (0.5 + prior_cases * share, 0.5 + prior_cases * (1 - share))
    if bound <= 0 if is_at_least else bound >= remaining:
        outlook, probability = Outlook.CERTAIN, 1.0
    elif bound > remaining if is_at_least else bound < 0:
        outlook, probability = Outlook.IMPOSSIBLE, 0.0
    else:
        met = prior[0] + so_far.numerator
        unmet = prior[1] + so_far.denominator - so_far.numerator
        outlook = Outlook.OPEN
        loosened = _loosened(met, unmet, remaining / cases, quarters_vary)
        probability = _probability(bound, is_at_least, remaining, *loosened)
    if remaining == 0:
        outlook = Outlook.MET if outlook is Outlook.CERTAIN else Outlook.NOT_MET
    return Forecast(outlook, bound, is_at_least, remaining, probability, prior_cases)


def _bound(
    needed: Fraction, target_per_cent: float, rule: Rule, direction: Direction
) -> tuple[int, bool] | None:
    """Return the fewest, or the most, and which of the two; None for other rules."""
    match rule:
        case ">=":
            return ceil(needed), True
        case "<=":
            return floor(needed), False
        case "=" if target_per_cent == 100:
            return ceil(needed), True
        case "=" if target_per_cent == 0:
            return floor(needed), False
        case "better_than_last_year" if direction is Direction.LOWER:
            return ceil(needed) - 1, False
        case "better_than_last_year":
            return floor(needed) + 1, True
        case _:
            return None


def _loosened(
    met: float, unmet: float, rest: float, quarters_vary: float
) -> tuple[float, float]:
    """Return fewer cases of the same share, as sure as quarters that vary leave it.

    The level of the rest of the year is as many quarters' mean, and so is that of the
    year so far, from which it is known: their variances add to that of the cases. A
    part of a quarter counts as a whole one.

    Args:
        met: Cases that meet the criterion, those before the year among them.
        unmet: Those that do not.
        rest: How much of the year's cases remain, 0-1.
        quarters_vary: See `forecast`.
    """
    cases, share = met + unmet, met / (met + unmet)
    single = share * (1 - share)
    quarters = max(4 * rest, 1.0), max(4 * (1 - rest), 1.0)
    of_quarters = (quarters_vary * single) ** 2 * sum(
        1 / quarter for quarter in quarters
    )
    variance = single / (cases + 1) + of_quarters
    fewer = single / variance - 1
    return fewer * share, fewer * (1 - share)


def _probability(
    bound: int, is_at_least: bool, remaining: int, met: float, unmet: float
) -> float:
    """Return the beta-binomial probability of the counts that meet the bound."""
    counts = np.arange(bound, remaining + 1) if is_at_least else np.arange(bound + 1)
    others = remaining - counts
    ways = gammaln(remaining + 1) - gammaln(counts + 1) - gammaln(others + 1)
    weights = betaln(met + counts, unmet + others) - betaln(met, unmet)
    return min(1.0, float(np.exp(ways + weights).sum()))
