"""Goals beside what was measured, and what was tried where they are not met."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal and what came of it.

    Attributes:
        says: The goal, with its limit.
        measured: What was found, with its unit.
        ratio: The same against what it is compared with; empty without such a thing.
        is_met: Whether the goal is met.
        tried: What was tried, and what stands in the way; shown where it is not met.
    """

    says: str
    measured: str
    ratio: str
    is_met: bool
    tried: str = ""


def goal_table(goals: Iterable[Goal]) -> str:
    """Return goals as a table in Markdown, and below it why some are not met."""
    goals = list(goals)
    rows = [
        f"| {one.says} | {one.measured} | {one.ratio or '–'} "
        f"| {'yes' if one.is_met else 'no'} |"
        for one in goals
    ]
    table = ["| goal | measured | ratio | met |", "| --- | --: | --: | --- |", *rows]
    tried = [
        f"- {one.says}: {one.tried}" for one in goals if one.tried and not one.is_met
    ]
    return "\n".join([*table, *(["", *tried] if tried else [])])
