"""Ranks with their uncertainty: few units have a place of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpi.counted import Counted, check_counts
from kpi.distributions import Numbers
from kpi.model import Direction, Kind

DRAWS = 4000
SEED = 19960301
"""Stated, so that the same counts always give the same interval."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One unit's place.

    Attributes:
        part: Its counts.
        rank: 1 is best. Ties share the better rank, and the next ones are skipped.
        best: The better end of the approximate 95 % interval of the rank.
        worst: The other end.
    """

    part: Counted
    rank: int
    best: int
    worst: int


def ranking(
    parts: Sequence[Counted], kind: Kind, direction: Direction
) -> tuple[Ranked, ...]:
    """Rank units with cases, best first, and say how certain each rank is.

    Each unit's true fraction is drawn 4 000 times from its posterior distribution under
    Jeffreys' prior (a proportion: beta; a rate: gamma), and each draw is ranked. Units
    with the same counts share one interval. The order of the parts does not matter.

    The interval is approximate: priors of their own spread the draws more than the
    units differ, so that where they are nearly alike it holds the true rank in four of
    five instead of 95 % (`docs/conformance.md`). It errs to the cautious side where it
    counts, and hardly ever says that a unit is not in the middle when all are alike.

    Args:
        parts: A unit without cases has no rank and moves nobody else's.
        kind: A proportion or a rate.
        direction: Which way is better.

    Raises:
        ValueError: counts that form no such proportion or rate; a neutral indicator.

    Source:
        Goldstein & Spiegelhalter (1996), J. R. Stat. Soc. A 159(3), 385-443; Marshall
        & Spiegelhalter (1998), BMJ 316, 1701-1705.
    """
    check_counts(parts, kind)
    if direction is Direction.NEUTRAL:
        raise ValueError("a neutral indicator has no best unit")
    sign = -1 if direction is Direction.HIGHER else 1
    placed = [counted for counted in parts if counted.denominator > 0]
    # The draws follow the counts, so that they do not depend on who is listed first.
    placed.sort(
        key=lambda counted: (counted.numerator, counted.denominator, counted.name)
    )
    if not placed:
        return ()
    counts = np.array([counted.numerator for counted in placed], dtype=float)
    sizes = np.array([counted.denominator for counted in placed], dtype=float)
    values = sign * counts / sizes
    ranks = 1 + np.searchsorted(np.sort(values), values)
    ends = _rank_intervals(counts, sizes, kind, sign)
    rankeds = [
        Ranked(counted, int(rank), int(best), int(worst))
        for counted, rank, (best, worst) in zip(placed, ranks, ends, strict=True)
    ]
    return tuple(sorted(rankeds, key=lambda ranked: (ranked.rank, ranked.part.name)))


def _rank_intervals(counts: Numbers, sizes: Numbers, kind: Kind, sign: int) -> Numbers:
    """Return the 2.5 and 97.5 percentile of the ranks, one row per unit."""
    dice = np.random.default_rng(SEED)
    shape = (DRAWS, len(counts))
    if kind is Kind.PROPORTION:
        drawn = dice.beta(counts + 0.5, sizes - counts + 0.5, shape)
    else:
        drawn = dice.gamma(counts + 0.5, 1 / sizes, shape)
    order = np.argsort(sign * drawn, axis=1)
    ranks = np.empty(shape, dtype=np.int32)
    np.put_along_axis(ranks, order, np.arange(1, len(counts) + 1), axis=1)
    pairs, same = np.unique(
        np.column_stack((counts, sizes)), axis=0, return_inverse=True
    )
    ends = np.empty((len(pairs), 2))
    for at in range(len(pairs)):
        pooled = ranks[:, same == at]
        ends[at] = np.quantile(pooled, (0.025, 0.975), method="inverted_cdf")
    return ends[same]
