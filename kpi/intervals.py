"""Value and 95 % interval of counts. There is no function that averages percentages."""

from math import inf, sqrt

Z95 = 1.959963984540054
"""Normal quantile of a two-sided 95 % interval."""


def wilson_interval(
    numerator: float, denominator: float, z: float = Z95
) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion.

    Chosen over the Wald interval because many units have few cases or a proportion
    close to 100 %, where Wald runs past 1 or collapses to a point.

    Args:
        numerator: Cases that meet the criterion, 0 <= numerator <= denominator. May
            be a fraction: the sum of scores between 0 and 1 (see `mean_interval`).
        denominator: All cases, above 0.
        z: Normal quantile; the default gives 95 % coverage.

    Returns:
        Lower and upper bound as fractions (0-1), not per cent.

    Raises:
        ValueError: the counts do not form a proportion.

    Source:
        Wilson (1927), J. Am. Stat. Assoc. 22(158), 209-212. Checked against Newcombe
        (1998), Stat. Med. 17, 857-872, table I, method 3.
    """
    if not (denominator > 0 and 0 <= numerator <= denominator):
        raise ValueError(f"not a proportion: {numerator} of {denominator}")
    centre = 2 * numerator + z * z
    others = denominator - numerator
    spread = z * sqrt(z * z + 4 * numerator * others / denominator)
    scale = 2 * (denominator + z * z)
    # Rounding can move the bound at none or all past the estimate it must hold.
    lower = 0.0 if numerator == 0 else (centre - spread) / scale
    upper = 1.0 if others == 0 else (centre + spread) / scale
    return lower, upper


def byar_interval(count: float, z: float = Z95) -> tuple[float, float]:
    """Return Byar's approximate Poisson interval of a count.

    For a rate, divide both bounds by the denominator; that takes the denominator as
    known, such as inhabitants or an expected number of cases.

    Args:
        count: Events, 0 or more.
        z: Normal quantile; the default gives 95 % coverage.

    Returns:
        Lower and upper bound of the expected count.

    Raises:
        ValueError: the count is negative.

    Source:
        Breslow & Day (1987), Statistical Methods in Cancer Research II, IARC
        Scientific Publications 82, p. 69; the method of Public Health England's
        technical guide to confidence intervals.
    """
    if not 0 <= count < inf:
        raise ValueError(f"not a count: {count}")
    lower = 0.0
    if count > 0:
        lower = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    above = count + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    return max(lower, 0.0), upper


def mean_interval(
    total: float, answers: float, lowest: float, highest: float, z: float = Z95
) -> tuple[float, float]:
    """Return a cautious interval of a mean of scores on a closed scale.

    The sources give a mean and a number of answers but no spread. Among all scores
    between `lowest` and `highest` with this mean, none varies more than those that
    take only the two end values, so the Wilson interval of that share is never too
    narrow for its number of answers.

    Args:
        total: Sum of the scores.
        answers: How many scores, above 0.
        lowest: Lowest possible score.
        highest: Highest possible score.
        z: Normal quantile; the default gives 95 % coverage.

    Returns:
        Lower and upper bound on the scale.

    Raises:
        ValueError: the mean lies outside the scale.

    Source:
        Bhatia & Davis (2000), Am. Math. Monthly 107(4), 353-357, for the largest
        variance; Wilson (1927) for the interval.
    """
    width = highest - lowest
    share = (total - lowest * answers) / width
    lower, upper = wilson_interval(share, answers, z)
    return lowest + width * lower, lowest + width * upper
