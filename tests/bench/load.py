"""How long a build takes: `python -m tests.bench.load 1 10 30` for millions of rows.

Prints a section of docs/benchmarks.md; `--rounds 1` makes it short. Contacts and cases
are written to CSV files in a temporary folder, and read in turn by `etl build`, by
DuckDB's own `CREATE TABLE AS SELECT * FROM read_csv(...)` with one `GROUP BY`, and, up
to two million rows, by pandas. Each run is a process of its own, and so is its peak
memory.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from etl.commands import build_warehouse
from tests.bench.load_pandas import load_in_pandas
from tests.bench.load_rows import (
    NEW_ROWS,
    cases_in,
    contacts_in,
    write_new_file,
    write_sources,
)

ROOT = Path(__file__).resolve().parent.parent.parent
AS_OF = date(2026, 6, 30)
SIZES, ROUNDS, PANDAS_MILLIONS = (1.0, 10.0), 3, 2.0


def build(sources: Path, target: Path) -> None:
    """Run `etl build`."""
    result, seconds = build_warehouse(sources, target / "warehouse.duckdb", as_of=AS_OF)
    said = ", ".join(f"{name} {spent:.2f}" for name, spent in seconds.items())
    print(f"  {result.build_id}: {said}", file=sys.stderr)


def plain(sources: Path, target: Path) -> None:
    """Let DuckDB read the files and count their rows, without a question asked."""
    file = duckdb.connect(
        str(target / "plain.duckdb"), config={"memory_limit": "4GB", "threads": 2}
    )
    for name, path in (("fall", cases_in(sources)), ("kontakt", contacts_in(sources))):
        file.execute(
            f"CREATE TABLE {name} AS SELECT * FROM read_csv('{path}', delim = ';')"
        )
    file.execute(
        """CREATE TABLE contact_cell AS
        SELECT enhet_id, date_trunc('month', datum), vardform, kon, alder, count(*),
            count(*) FILTER (kva_kod LIKE '%XV015%' OR kva_kod LIKE '%XV016%'),
            count(antal_lakemedel), count(lakemedelsberattelse), count(lakemedelslista),
            max(kontakt_id)
        FROM kontakt GROUP BY ALL"""
    )
    file.execute(
        """CREATE TABLE case_cell AS
        SELECT enhet_id, date_trunc('month', coalesce(datum_avslut,
                datum_valgrundad_misstanke)), svf, right(kva_avslut, 2),
            utokad_utredning, kon, alder, count(*), count(kva_start),
            sum(datum_avslut - datum_valgrundad_misstanke), max(fall_id)
        FROM fall GROUP BY ALL"""
    )
    file.execute("CHECKPOINT")


def in_pandas(sources: Path, target: Path) -> None:
    """Do the same work in pandas."""
    load_in_pandas(sources, target, pd.Timestamp(AS_OF))


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "build": build,
    "plain": plain,
    "pandas": in_pandas,
}
SHOWN = {
    "build": "`etl build`",
    "plain": "DuckDB alone",
    "pandas": "pandas",
    "unchanged": "the same files again",
    "new file": f"a new file of {NEW_ROWS} rows",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run: on the clock, of the processor, and the most memory it had."""

    seconds: float
    processor_seconds: float
    peak_mb: float


Costs = dict[str, Cost]


def measured(millions: float, rounds: int) -> Costs:
    """Return the medians of every way to load so many rows."""
    ways = [one for one in WAYS if one != "pandas" or millions <= PANDAS_MILLIONS]
    found: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="malbild-") as folder:
            sources, target = Path(folder, "sources"), Path(folder, "out")
            target.mkdir()
            write_sources(sources, int(millions * 1_000_000))
            for way in ways:
                found.setdefault(way, []).append(_cost(way, sources, target))
            found.setdefault("unchanged", []).append(_cost("build", sources, target))
            write_new_file(sources)
            found.setdefault("new file", []).append(_cost("build", sources, target))
    return {
        way: Cost(*map(statistics.median, zip(*map(astuple, runs), strict=True)))
        for way, runs in found.items()
    }


def _cost(way: str, sources: Path, target: Path) -> Cost:
    command = [sys.executable, "-m", "tests.bench.load", "--way", way]
    done = subprocess.run(
        [*command, "--sources", str(sources), "--target", str(target)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


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


def goal_table(found: dict[float, Costs]) -> str:
    """Return each goal beside what was reached at every size, in Markdown."""
    lines = [
        f"| goal | {' | '.join(f'{millions:g} million' for millions in found)} |",
        f"| --- |{' --: |' * len(found)}",
    ]
    for goal, reached in _GOALS.items():
        cells = [reached(costs) for costs in found.values()]
        lines.append(f"| {goal} | {' | '.join(cells)} |")
    if {10.0, 30.0} <= found.keys():
        some, many = (found[n]["build"].processor_seconds for n in (10.0, 30.0))
        blank = " |" * (len(found) - 1)
        lines.append(
            f"| from 10 to 30 million, at most 3.2 × |{blank} {many / some:.2f} × |"
        )
    return "\n".join(lines)


def _against(way: str, other: str) -> Callable[[Costs], str]:
    def reached(costs: Costs) -> str:
        if way not in costs:
            return "not run"
        ratio = costs[way].processor_seconds / costs[other].processor_seconds
        return f"{ratio:.2f} ×"

    return reached


_GOALS: dict[str, Callable[[Costs], str]] = {
    "a build, at most 2 × DuckDB alone": _against("build", "plain"),
    "pandas, at least 5 × a build": _against("pandas", "build"),
    "peak memory, at most 2 000 MB": lambda costs: f"{costs['build'].peak_mb:.0f} MB",
    "the same files again, at most 2 s": (
        lambda costs: f"{costs['unchanged'].seconds:.1f} s"
    ),
    f"a new file of {NEW_ROWS} rows, at most 0.05 × a build": _against(
        "new file", "build"
    ),
}


def section(sizes: Sequence[float] = SIZES, rounds: int = ROUNDS) -> str:
    """Return the section of docs/benchmarks.md."""
    found = {millions: measured(millions, rounds) for millions in sizes}
    return f"""## Loading

Medians of {rounds} builds, each in a process of its own; three rows in four are care
contacts, the others pathway cases. "DuckDB alone" is `CREATE TABLE AS SELECT * FROM
read_csv(...)` of each file and one `GROUP BY` over it, with no rules, repeats or
outcomes. pandas reads, casts, validates and groups, without outcomes. Ratios are of
processor seconds, of all threads together, since the machine is seldom alone.

{goal_table(found)}

{cost_table(found)}
"""


def main() -> None:
    """Compare, or run one way for the process that compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("millions", type=float, nargs="*", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--target", type=Path)
    chosen = parser.parse_args()
    if chosen.way is None:
        print(section(chosen.millions, chosen.rounds))
        return
    started, worked = time.perf_counter(), time.process_time()
    WAYS[chosen.way](chosen.sources, chosen.target)
    seconds, processor_seconds = (
        time.perf_counter() - started,
        time.process_time() - worked,
    )
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, processor_seconds, peak_mb]))


if __name__ == "__main__":
    main()
