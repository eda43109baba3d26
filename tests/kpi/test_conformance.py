"""The table of conformance in the documentation is what the comparisons now give.

`make conformance` writes it anew.
"""

import math
import sys
from pathlib import Path

from tests.kpi import simulations, test_evidence, test_funnel, test_waiting
from tests.kpi.conformance import Comparison, needs_oracle
from tests.kpi.spc import test_spc_conformance

DOCUMENT = Path(__file__).parents[2] / "docs" / "conformance.md"
PARTS = (
    ("Control charts and runs", test_spc_conformance),
    ("Funnels", test_funnel),
    ("Evidence", test_evidence),
    ("Waiting times", test_waiting),
)

HEAD = """# Conformance

Our numbers beside those of the programs and books that the methods come from. Made by
the tests (`make conformance`), which fail when the table is old. A difference is the
largest absolute one between two numbers, rounded up to a power of ten (from 1e-9, where
the noise of floating point begins); flags are answers of yes or no, such as whether a
point is a signal.
"""


SIMULATED = """
## By simulation

What is promised on the pages, tried on thousands of units made up for it, seeded. Made
by `make conformance`, in minutes; the suite holds short forms of it. Where a goal is
not reached it says so, and why.
"""


def power(difference: float) -> str:
    """Return a difference as the power of ten it stays below; 1e-9 at the least."""
    if difference == 0:
        return "0"
    return f"< 1e{max(-9, math.ceil(math.log10(difference)))}"


def row(one: Comparison) -> str:
    flags = f"{one.flags_agreeing} of {one.flags_compared}" * bool(one.flags_compared)
    cells = (
        one.reference,
        one.what,
        f"{one.points}",
        power(one.largest_difference),
        flags,
        one.deviations,
    )
    return f"| {' | '.join(cells)} |"


def document() -> str:
    parts = [HEAD]
    for title, module in PARTS:
        parts.append(
            f"\n## {title}\n\n"
            "| reference | what | numbers | largest difference | flags that agree "
            "| differs on purpose |\n| --- | --- | --: | --: | --: | --- |\n"
            + "\n".join(row(one) for one in module.comparisons())
            + "\n"
        )
    return "".join(parts)


@needs_oracle
def test_the_table_of_conformance_is_current():
    compared, heading, _ = DOCUMENT.read_text(encoding="utf-8").partition(SIMULATED)
    assert (compared, heading) == (document(), SIMULATED), "run `make conformance`"


@needs_oracle
def test_every_flag_agrees_and_every_number_but_for_what_is_said():
    for _, module in PARTS:
        for one in module.comparisons():
            assert one.is_in_full or one.deviations, one


if __name__ == "__main__":
    whole = document() + SIMULATED + simulations.document()
    DOCUMENT.write_text(whole, encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT}\n")
