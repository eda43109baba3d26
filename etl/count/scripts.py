"""The roll-up's SQL files, each a step: what it reads and what it leaves behind."""

from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import Connection

from etl.labels import labelled
from kpi.intervals import Z95

_SQL = Path(__file__).parent / "sql"


def run_script(connection: Connection, name: str) -> None:
    """Run the statements of a file in `etl/count/sql`, one by one."""
    script = (_SQL / name).read_text(encoding="utf-8").replace("{z}", repr(Z95))
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
        *("target_shortfall", "assess", "exact_sum"),
    ),
)

ROLL_UP = (
    _script(
        "lay out the periods",
        "1_periods.sql",
        reads=("part", "left_out"),
        writes=("reach", "period"),
    ),
    _script(
        "sum by unit and period",
        "2_unit_sums.sql",
        reads=("part", "period", "rule", "exact_sum"),
        writes=("series", "unit_sum"),
    ),
    _script(
        "sum up the unit tree",
        "3_totals.sql",
        reads=(
            *("this_build", "unit", "unit_path", "applies"),
            *("series", "unit_sum", "exact_sum"),
        ),
        writes=("lifetime", "reaching", "line", "total"),
    ),
    _script(
        "see what is expected",
        "4_expected.sql",
        reads=(
            *("this_build", "unit_path", "part", "rule", "applies"),
            *("period", "reach", "lifetime", "line"),
        ),
        writes=("presence", "expected", "grid"),
    ),
    _script(
        "work out values and intervals",
        "5_values.sql",
        reads=(
            *("grid", "total", "expected", "line", "rule"),
            *("wilson_lower", "wilson_upper", "byar_lower", "byar_upper"),
        ),
        writes=("valued",),
    ),
    _script(
        "find the targets in force",
        "6_targets.sql",
        reads=("this_build", "unit", "unit_path", "line", "target", "period"),
        writes=("home", "aim"),
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
            *("this_build", "total", "line", "valued", "period", "aim", "rule"),
            *("assess", "basis_told", "doubtful"),
        ),
        writes=("outcome", "unit_outcome"),
    ),
)
"""In order: from parts to stored outcomes."""
