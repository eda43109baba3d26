"""How long the modules are: told when the tests begin, and held by a test."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONG, LONGEST = 400, 600
"""Lines from which a module is named, and from which a test fails."""


def longer_than(most):
    """Return the modules of more lines than so many, each with its number."""
    lines = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for package in ("kpi", "etl", "app")
        for path in sorted((ROOT / package).rglob("*.py"))
    }
    return {name: number for name, number in lines.items() if number > most}
