"""How long a build takes: `python -m tests.bench.load 1 10 30` for millions of rows.

Prints a section of docs/benchmarks.md; `--rounds 1` makes it short. Contacts and cases
are written to CSV files in a temporary folder, and read in turn by `etl build`, by
DuckDB's own `CREATE TABLE AS SELECT * FROM read_csv(...)` with one `GROUP BY`, and, up
to two million rows, by pandas. Each run is a process of its own, and so is its peak
memory. Thirty million rows take some 8 GB of the temporary folder while they are there.
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
from dataclasses import astuple
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from etl.commands import build_warehouse
from tests.bench.load_goals import TRIED, Cost, Costs, cost_table, floor, goal_table
from tests.bench.load_pandas import load_in_pandas
from tests.bench.load_rows import (
    cases_in,
    contacts_in,
    write_new_file,
    write_sources,
)

ROOT = Path(__file__).resolve().parent.parent.parent
AS_OF = date(2026, 6, 30)
SIZES, ROUNDS = (1.0, 10.0, 30.0), 3
FEW_MILLIONS = 2.0
"""So many are run in several rounds, and by pandas; more than these run once."""


SAME_AS_PANDAS = (
    *("look at the file", "read, cast and judge", "find repeats", "write facts"),
    "count facts",
)
"""The steps of a build that pandas does too."""


def build(sources: Path, target: Path) -> float:
    """Run `etl build`, and return the seconds of what pandas does too."""
    result, seconds = build_warehouse(sources, target / "warehouse.duckdb", as_of=AS_OF)
    said = ", ".join(f"{name} {spent:.2f}" for name, spent in seconds.items())
    print(f"  {result.build_id}: {said}", file=sys.stderr)
    return sum(seconds.get(name, 0.0) for name in SAME_AS_PANDAS)


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


WAYS: dict[str, Callable[[Path, Path], float | None]] = {
    "build": build,
    "plain": plain,
    "pandas": in_pandas,
}


def measured(millions: float, rounds: int) -> Costs:
    """Return the medians of every way to load so many rows."""
    is_few = millions <= FEW_MILLIONS
    ways = [one for one in WAYS if one != "pandas" or is_few]
    found: dict[str, list[Cost]] = {}
    for _ in range(rounds if is_few else 1):
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


def section(sizes: Sequence[float] = SIZES, rounds: int = ROUNDS) -> str:
    """Return the section of docs/benchmarks.md."""
    found = {millions: measured(millions, rounds) for millions in sizes}
    return f"""## Loading

Medians of {rounds} builds of up to {FEW_MILLIONS:g} million rows, and one of more, each
in a process of its own; three rows in four are care contacts, the others pathway cases.
"DuckDB alone" is `CREATE TABLE AS SELECT * FROM read_csv(...)` of each file and one
`GROUP BY` over it, with no rules, repeats or outcomes. pandas reads, casts, validates
and groups, without outcomes. A goal is met or not by processor seconds, of all threads
together, since the machine is seldom alone; pandas uses one core, the others two.

{goal_table(found)}

{floor(found)}

{TRIED}

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
    same_seconds = WAYS[chosen.way](chosen.sources, chosen.target) or 0.0
    seconds, processor_seconds = (
        time.perf_counter() - started,
        time.process_time() - worked,
    )
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, processor_seconds, peak_mb, same_seconds]))


if __name__ == "__main__":
    main()
