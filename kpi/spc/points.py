"""What goes into a chart and what comes out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Self

from kpi.model import Kind


class ChartKind(StrEnum):
    """How a series is charted; `kpi.spc.limits` has the formula of each."""

    NONE = "none"
    RUN = "run"
    XMR = "xmr"
    P = "p"
    P_PRIME = "p_prime"
    U = "u"
    U_PRIME = "u_prime"
    C = "c"
    G = "g"
    T = "t"


OF_COUNTS = frozenset({ChartKind.P, ChartKind.P_PRIME, ChartKind.U, ChartKind.U_PRIME})
"""The charts that need numerators and denominators; the others need values only."""

OF_RANGES = frozenset(
    {ChartKind.XMR, ChartKind.T, ChartKind.P_PRIME, ChartKind.U_PRIME}
)
"""The charts whose limits are made of moving ranges."""

_ANY = frozenset({ChartKind.NONE, ChartKind.RUN, ChartKind.XMR})
_FITTING: dict[Kind, frozenset[ChartKind]] = {
    Kind.PROPORTION: _ANY | {ChartKind.P, ChartKind.P_PRIME},
    Kind.RATE: _ANY | {ChartKind.U, ChartKind.U_PRIME},
    # A number may be of events, or of the cases or days between two of them.
    Kind.COUNT: _ANY | {ChartKind.C, ChartKind.G, ChartKind.T},
    Kind.MEAN: _ANY | {ChartKind.T},
}


def charts_that_fit(kind: Kind, has_counts: bool = True) -> frozenset[ChartKind]:
    """Return the charts that a definition may ask for.

    Args:
        kind: How the indicator's value comes out of its counts.
        has_counts: Whether the values of a share or rate come with whole counts.
    """
    fit = _FITTING.get(kind, frozenset({ChartKind.NONE}))
    return fit if has_counts else fit - OF_COUNTS


class Signal(StrEnum):
    """Why a point is more than chance, the one that decides its direction first."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"
    LONG_RUN = "long_run"
    FEW_CROSSINGS = "few_crossings"
    FAR_OUT = "far_out"


class Way(StrEnum):
    """Where a signal points: above the centre or rising, below it or falling."""

    UP = "up"
    DOWN = "down"


class Variation(StrEnum):
    """What can be said of a point; neutral is a signal that is no better or worse.

    Far out is a value that stands alone, in a chart that has no limits to judge it by.
    """

    IMPROVING = "improving"
    CONCERNING = "concerning"
    NEUTRAL = "neutral"
    FAR_OUT = "far_out"
    COMMON_CAUSE = "common_cause"


class Assurance(StrEnum):
    """What the process, as it is now, will do to the target."""

    PASSING = "passing"
    HIT_OR_MISS = "hit_or_miss"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Series:
    """One unit's values of one indicator in time order, and what is known of them.

    Every position is a period in which a value was expected. Periods in which nothing
    is measured (every second month, say) are left out: they would be gaps.

    Attributes:
        values: In the indicator's own unit; None where there is none, which is a gap
            and not a zero.
        numerators: Counts behind the values; empty if there are none.
        denominators: As the numerators. A point with a denominator of 0 is a gap.
        per: What `numerator / denominator` is multiplied with: 100 for per cent.
        breaks: Positions of the first point after each break.
        excluded: Positions that neither centre nor limits are made of.
        baseline: Of how many measured points, from the first of each segment, the
            limits are made; None: of all.
        lowest: The least value possible; None if there is none.
        highest: The largest value possible; None if there is none.

    Raises:
        ValueError: the parts do not fit together.
    """

    values: tuple[float | None, ...]
    numerators: tuple[float | None, ...] = ()
    denominators: tuple[float | None, ...] = ()
    per: float = 1.0
    breaks: tuple[int, ...] = ()
    excluded: frozenset[int] = frozenset()
    baseline: int | None = None
    lowest: float | None = None
    highest: float | None = None

    def __post_init__(self) -> None:
        lengths = {len(self.numerators), len(self.denominators)}
        if lengths not in ({0}, {len(self.values)}):
            raise ValueError(f"{len(self.values)} values, but counts of {lengths}")
        starts = (0, *self.breaks, max(1, len(self.values)))
        if any(start >= other for start, other in pairwise(starts)):
            raise ValueError(f"breaks are not within the series in order: {starts}")
        if self.baseline is not None and self.baseline < 2:
            raise ValueError(f"expected a baseline of 2 or more, got {self.baseline}")

    @classmethod
    def of_counts(
        cls,
        numerators: Sequence[float | None],
        denominators: Sequence[float | None],
        per: float = 1.0,
        breaks: Sequence[int] = (),
        excluded: Sequence[int] = (),
        baseline: int | None = None,
    ) -> Self:
        """Return the series whose values are numerator / denominator * `per`."""
        values = (
            per * part / whole if part is not None and whole else None
            for part, whole in zip(numerators, denominators, strict=True)
        )
        return cls(
            tuple(values),
            tuple(numerators),
            tuple(denominators),
            per,
            tuple(breaks),
            frozenset(excluded),
            baseline,
        )

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Start and stop of every segment between breaks."""
        return list(pairwise((0, *self.breaks, len(self.values))))

    @property
    def current(self) -> list[int]:
        """The positions after the last break that have a value."""
        start, stop = self.spans[-1]
        return [at for at in range(start, stop) if self.values[at] is not None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Centre and limits of one point, in the unit of the values.

    Lower and upper are three standard deviations from the centre but never outside
    what is possible; near the limits is beyond two. None where there is no centre or
    nothing to tell the variation from.
    """

    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a chart.

    Attributes:
        value: None for a gap.
        limits: Also of a gap, except where they hang on its denominator.
        signals: In the order of `Signal`; the first decides the direction.
        way: Where the first signal points; None without one.
        variation: None for a gap, and in a segment that cannot be judged, except of a
            value that is far out.
    """

    value: float | None
    limits: Limits
    signals: tuple[Signal, ...]
    way: Way | None
    variation: Variation | None
