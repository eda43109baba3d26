"""Random series for Hypothesis, and the rules once more, slowly, as they are worded."""

from itertools import pairwise

from hypothesis import strategies as st

from kpi.spc.points import ChartKind, Series

VALUES_ONLY = (ChartKind.RUN, ChartKind.XMR, ChartKind.C, ChartKind.G, ChartKind.T)
ALL = (*VALUES_ONLY, ChartKind.P, ChartKind.P_PRIME, ChartKind.U, ChartKind.U_PRIME)
CONTROL = tuple(kind for kind in ALL if kind is not ChartKind.RUN)


@st.composite
def series(draw: st.DrawFn, most: int = 40) -> Series:
    """Counts with gaps, excluded points, breaks and frozen limits, in per cent."""
    size = draw(st.integers(1, most))
    # Few different values, so that runs, trends and ties are common.
    wide = draw(st.sampled_from((3, 12, 100)))
    wholes = draw(
        st.lists(
            st.one_of(st.just(100), st.integers(0, 120), st.none()),
            min_size=size,
            max_size=size,
        )
    )
    parts = [
        None if whole is None else draw(st.integers(0, min(whole, wide)))
        for whole in wholes
    ]
    if draw(st.booleans()):
        parts = sorted(parts, key=lambda one: (one is None, one))
        parts = [
            one if one is None or whole is None else min(one, whole)
            for one, whole in zip(parts, wholes, strict=True)
        ]
    positions = st.integers(1, max(1, size - 1))
    breaks = draw(st.sets(positions, max_size=2)) if size > 1 else set()
    excluded = draw(st.sets(st.integers(0, size - 1), max_size=3))
    return Series.of_counts(
        parts,
        wholes,
        100,
        sorted(breaks),
        excluded,
        draw(st.one_of(st.none(), st.integers(2, 20))),
    )


def base_ranges(one):
    """Return how many neighbours are both measured and both of the limits' making."""
    part = one.current[: one.baseline]
    return sum(at + 1 in part for at in part)


# Each rule as it is worded: look at every window there is.


def windows(size: int, length: int) -> list[range]:
    return [range(at, at + length) for at in range(size - length + 1)]


def slow_shifts(sides: list[int]) -> set[int]:
    return {
        one
        for window in windows(len(sides), 7)
        if all(sides[at] == 1 for at in window) or all(sides[at] == -1 for at in window)
        for one in window
    }


def slow_trends(values: list[float]) -> set[int]:
    found = set()
    for window in windows(len(values), 7):
        seven = [values[at] for at in window]
        steps = [after - before for before, after in pairwise(seven)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            found |= set(window)
    return found


def slow_two_of_three(sides: list[int], near: list[bool]) -> set[int]:
    found = set()
    for window in windows(len(sides), 3):
        close = {at for at in window if near[at]}
        if len(close) >= 2 and {sides[at] for at in window} in ({1}, {-1}):
            found |= close
    return found
