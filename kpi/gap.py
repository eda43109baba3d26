"""How far an outcome is from its target, in the indicator's unit and in cases."""

from fractions import Fraction
from math import ceil, floor

from kpi.model import Direction
from kpi.targets import Rule


def cases_to_target(
    numerator: float | None,
    denominator: float | None,
    target_per_cent: float | None,
    rule: Rule | None,
    direction: Direction = Direction.HIGHER,
) -> int | None:
    """Return how many cases more, or fewer, would have met the target of a share.

    Exact arithmetic: 55 % of 100 is 55 cases, but 0.55 * 100 is more than 55 in
    floating point and would ask for 56.

    Args:
        numerator: Cases counted; None if not shown.
        denominator: All cases; taken as unchanged.
        target_per_cent: 0-100, or above where a share can be.
        rule: How outcome and target are compared.
        direction: Which way is better; asked only by `better_than_last_year`.

    Returns:
        Above zero: so many more were needed. Below: so many fewer. 0: the target is
        met. None: there are no counts, or the rule is not about a share.
    """
    if numerator is None or denominator is None or target_per_cent is None:
        return None
    counted = Fraction(str(numerator))
    needed = Fraction(str(target_per_cent)) * Fraction(str(denominator)) / 100
    short = needed - counted
    match rule:
        case ">=":
            return max(0, ceil(short))
        case "<=":
            return min(0, floor(short))
        case "better_than_last_year" if direction is Direction.LOWER:
            return min(0, ceil(short) - 1)
        case "better_than_last_year":
            return max(0, floor(short) + 1)
        case "=":
            return ceil(short) if short > 0 else floor(short)
        case _:
            return None
