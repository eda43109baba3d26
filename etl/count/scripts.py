"""The roll-up's SQL files, each a step: what it reads and what it leaves behind."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection

from etl.count.rules import FOREVER
from etl.labels import labelled, lend
from kpi.intervals import FEWEST_FOR_BYAR, Z95, poisson_interval, share_intervals

_SQL = Path(__file__).parent / "sql"
_EXACT = [poisson_interval(count) for count in range(FEWEST_FOR_BYAR)]
_NUMBERS = {
    "z": Z95,
    "events": FEWEST_FOR_BYAR,
    "exact_lower": [lower for lower, _ in _EXACT],
    "exact_upper": [upper for _, upper in _EXACT],
    "forever": FOREVER,
}
"""What stands in braces in the scripts."""


def run_script(connection: Connection, name: str) -> None:
    """Run the statements of a file in `etl/count/sql`, one by one."""
    script = (_SQL / name).read_text(encoding="utf-8")
    for field, number in _NUMBERS.items():
        script = script.replace(f"{{{field}}}", repr(number))
    without_comments = "\n".join(
        line for line in script.splitlines() if not line.lstrip().startswith("--")
    )
    for statement in without_comments.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def _script(
    name: str, file: str, *, reads: Iterable[str] = (), writes: Iterable[str]
) -> Callable[[Connection], None]:
    @labelled(name, reads=reads, writes=writes)
    def run(connection: Connection) -> None:
        run_script(connection, file)

    return run


state_arithmetic = _script(
    "state the rules of arithmetic",
    "0_rules.sql",
    writes=(
        *("wilson_lower", "wilson_upper", "byar_lower", "byar_upper"),
        *("poisson_lower", "poisson_upper"),
        *("target_shortfall", "assess", "is_settled", "assess_so_far", "assess_known"),
        *("month_bits", "value_of", "showing_of", "exact_sum"),
    ),
)


@labelled(
    "work out the intervals of shares",
    reads=("total", "line", "rule"),
    writes=("share_counts", "share_interval"),
)
def work_out_shares(connection: Connection) -> None:
    """State the interval of every share of whole cases: the engine has no mid-p."""
    pairs = connection.exec_driver_sql(_SHARES).cursor.fetchnumpy()
    lower, upper = share_intervals(pairs["numerator"], pairs["denominator"])
    frame = pd.DataFrame(pairs | {"lower": lower, "upper": upper})
    lend(connection, "share_counts", frame)
    connection.exec_driver_sql(
        "CREATE OR REPLACE TEMP TABLE share_interval AS SELECT * FROM share_counts"
    )


_SHARES = """
SELECT DISTINCT numerator, denominator
FROM total JOIN line USING (line) JOIN rule USING (indicator)
WHERE kind = 'proportion' AND numerator BETWEEN 0 AND denominator AND denominator > 0
    AND numerator = floor(numerator) AND denominator = floor(denominator)
"""

ROLL_UP = (
    _script(
        "lay out the periods",
        "1_periods.sql",
        reads=("part", "left_out", "given_reach"),
        writes=("reach", "period"),
    ),
    _script(
        "sum by unit and period",
        "2_unit_sums.sql",
        reads=(
            *("this_build", "unit", "part", "period", "rule"),
            *("month_bits", "exact_sum"),
        ),
        writes=(
            *("series", "lifetime", "halved", "dated", "unfitting", "unit_sum"),
            "last_report",
        ),
    ),
    _script(
        "sum up the unit tree",
        "3_totals.sql",
        reads=(
            *("this_build", "unit_path", "applies", "rule", "period"),
            *("series", "lifetime", "unfitting", "unit_sum", "last_report"),
            *("month_bits", "exact_sum"),
        ),
        writes=(
            *("reaching", "line", "total", "not_nested", "partial", "monthly"),
            "step_report",
        ),
    ),
    _script(
        "see what is expected",
        "4_expected.sql",
        reads=(
            *("this_build", "unit_path", "part", "rule", "applies"),
            *("period", "reach", "series", "lifetime", "unit_sum", "line", "monthly"),
        ),
        writes=("presence", "expected", "grid"),
    ),
    work_out_shares,
    _script(
        "work out values and intervals",
        "5_values.sql",
        reads=(
            *("grid", "total", "expected", "not_nested", "partial"),
            *("line", "rule", "period", "this_build", "reach", "share_interval"),
            *("wilson_lower", "wilson_upper", "poisson_lower", "poisson_upper"),
            *("lifetime", "value_of", "showing_of", "month_bits", "exact_sum"),
        ),
        writes=("valued", "same_months"),
    ),
    _script(
        "find the targets in force",
        "6_targets.sql",
        reads=(
            *("this_build", "unit", "unit_path", "line", "rule", "target", "break"),
            "period",
        ),
        writes=("home", "aim", "broken"),
    ),
    _script(
        "see what outcomes rest on",
        "7_basis.sql",
        reads=(
            *("this_build", "unit", "unit_path", "left_out", "concerned", "unplaced"),
            *("period", "rule", "line", "valued"),
        ),
        writes=("basis_sum", "basis_told", "doubtful"),
    ),
    _script(
        "compare with targets and store",
        "8_outcomes.sql",
        reads=(
            *("this_build", "total", "line", "lifetime", "monthly", "valued"),
            *("period", "aim", "rule", "basis_told", "doubtful", "step_report"),
            *("assess_known", "same_months", "broken"),
        ),
        writes=("outcome", "unit_outcome"),
    ),
)
"""In order: from parts to stored outcomes."""
