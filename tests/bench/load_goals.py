"""What loading should reach, what it costs, and both as tables of Markdown."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.load_rows import NEW_ROWS

SHOWN = {
    "build": "`etl build`",
    "plain": "DuckDB alone",
    "pandas": "pandas",
    "unchanged": "the same files again",
    "new file": f"a new file of {NEW_ROWS} rows",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run.

    Attributes:
        seconds: On the clock.
        processor_seconds: Of all threads together.
        peak_mb: The most memory it had.
        same_seconds: On the clock, of what pandas does too.
    """

    seconds: float
    processor_seconds: float
    peak_mb: float
    same_seconds: float


Costs = dict[str, Cost]


def cost_table(found: dict[float, Costs]) -> str:
    """Return what every run took, in Markdown."""
    lines = [
        "| million rows | | seconds | processor seconds | × DuckDB alone | MB |",
        "| --: | --- | --: | --: | --: | --: |",
    ]
    for millions, costs in found.items():
        base = costs["plain"].processor_seconds
        for way, one in costs.items():
            lines.append(
                f"| {millions:g} | {SHOWN[way]} | {one.seconds:.1f} "
                f"| {one.processor_seconds:.1f} | {one.processor_seconds / base:.2f} "
                f"| {one.peak_mb:.0f} |"
            )
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that a load should keep.

    Attributes:
        says: In words.
        limit: Of what was measured.
        unit: After the number.
        reached: What was, by the processor (or the one number there is) and by the
            clock; None where it was not run.
        is_least: Whether the limit is to be passed, instead of kept.
    """

    says: str
    limit: float
    unit: str
    reached: Callable[[Costs], tuple[float, float | None] | None]
    is_least: bool = False

    def row(self, millions: float, costs: Costs) -> str:
        """Return the row of the table, with whether the goal is met."""
        found = self.reached(costs)
        if found is None:
            return f"| {self.says} | {millions:g} | not run | | |"
        number, clock = found
        by_clock = "" if clock is None else f"{clock:.2f} {self.unit}"
        is_met = number >= self.limit if self.is_least else number <= self.limit
        written = f"{number:.0f}" if self.unit == "MB" else f"{number:.2f}"
        return (
            f"| {self.says} | {millions:g} | {written} {self.unit} | {by_clock} "
            f"| {'yes' if is_met else 'no'} |"
        )


def _against(
    way: str, other: str
) -> Callable[[Costs], tuple[float, float | None] | None]:
    def reached(costs: Costs) -> tuple[float, float | None] | None:
        if way not in costs or other not in costs:
            return None
        one, base = costs[way], costs[other]
        ratio = one.processor_seconds / base.processor_seconds
        return ratio, one.seconds / base.seconds

    return reached


GOALS = (
    Limit("a build, at most 2 × DuckDB alone", 2, "×", _against("build", "plain")),
    Limit(
        "pandas, at least 5 × a build",
        5,
        "×",
        _against("pandas", "build"),
        is_least=True,
    ),
    Limit(
        "peak memory, at most 2 000 MB",
        2000,
        "MB",
        lambda costs: (costs["build"].peak_mb, None),
    ),
    Limit(
        "the same files again, at most 2 s",
        2,
        "s",
        lambda costs: (costs["unchanged"].seconds, None),
    ),
    Limit(
        f"a new file of {NEW_ROWS} rows, at most 0.05 × a build",
        0.05,
        "×",
        _against("new file", "build"),
    ),
)


def goal_table(found: dict[float, Costs]) -> str:
    """Return each goal beside what was reached at every size, in Markdown."""
    lines = [
        "| goal | million rows | by the processor | by the clock | met |",
        "| --- | --: | --: | --: | --- |",
    ]
    for goal in GOALS:
        lines += [goal.row(millions, costs) for millions, costs in found.items()]
    if {10.0, 30.0} <= found.keys():
        both = {"more": found[30.0]["build"], "fewer": found[10.0]["build"]}
        growth = Limit(
            "from 10 to 30 million, at most 3.2 ×", 3.2, "×", _against("more", "fewer")
        )
        lines.append(growth.row(30.0, both))
    return "\n".join(lines)


def floor(found: dict[float, Costs]) -> str:
    """Return how far ahead of pandas DuckDB is without a question asked."""
    said = []
    for millions, costs in found.items():
        if "pandas" not in costs:
            continue
        pandas, plain, own = costs["pandas"], costs["plain"], costs["build"]
        by_processor = pandas.processor_seconds / plain.processor_seconds
        said.append(
            f"At {millions:g} million rows pandas takes {by_processor:.2f} × DuckDB "
            f"alone by the processor and {pandas.seconds / plain.seconds:.2f} × by the "
            "clock: the floor, how far ahead a build would be that had no rules and no "
            "outcomes. What a build and pandas both do (all but outcomes, checks and "
            f"publishing) takes a build {own.same_seconds:.1f} s by the clock, and "
            f"pandas {pandas.seconds / own.same_seconds:.2f} × that."
        )
    return "\n\n".join(textwrap.fill(one, 88) for one in said)


TRIED = """Tried where a goal is not met, and without gain: words of few kinds as
enumerations in the fact tables, leaving out kinds of compression, fewer settings when a
file is read (reading is a sixth of a build, and as fast as DuckDB alone reads), and
counting by other means than `sum` of a `CASE`. A new file makes a build of its own: all
outcomes are worked out and written, and that alone is more than the goal."""
