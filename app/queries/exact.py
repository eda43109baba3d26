"""Sums that are the same in whatever order the engine meets the rows."""

from sqlalchemy import ColumnElement, Double, Numeric, cast, func, type_coerce

_PARTS = 2.0**60
_WHOLE = Numeric(38, 0)


def exact_sum(
    amounts: ColumnElement[float], where: ColumnElement[bool] | None = None
) -> ColumnElement[float]:
    """Return the sum of amounts, made of whole numbers of 2^-60.

    Fractions in floating point do not add up to the same in every order, and several
    threads read in no certain one. As `exact_sum` in the build, so that a sum made
    here is the one made there.

    Args:
        amounts: Below 10^15 each; their sum below 10^19.
        where: Only of the rows for which it holds; of all without it.
    """
    total = func.sum(cast(amounts * _PARTS, _WHOLE))
    chosen = total if where is None else total.filter(where)
    return type_coerce(cast(chosen, Double) / _PARTS, Double)
