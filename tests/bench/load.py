"""How long a build takes: `python -m tests.bench.load 10` for ten million rows.

Care contacts are written to one CSV file, and read in turn by `etl build`, by DuckDB's
own `CREATE TABLE AS SELECT * FROM read_csv(...)` with one `GROUP BY`, and, up to two
million rows, by pandas. Each run is a process of its own, so that its peak memory is
its own too. The machine is seldom alone: the ratios of one run mean something, seconds
less, and processor seconds, of all threads together, more than seconds on the clock.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from etl.commands import build_warehouse

ROOT = Path(__file__).resolve().parent.parent.parent
PLACE = ROOT / "build" / "bench"
AS_OF = date(2026, 6, 30)
UNITS = 40
NEW_ROWS = 10_000
PANDAS_MILLIONS = 2

REGISTER = [
    "enhet_id;namn;typ;overordnad;giltig_fran;kolada_id",
    "SE2321000081-B000;Region;region;;2010-01-01;0010",
    *(
        f"SE2321000081-B{n:03};Central {n};vardcentral;SE2321000081-B000;2010-01-01;"
        for n in range(1, UNITS + 1)
    ),
]

# The faults are such that DuckDB can cast every cell, and so read the file at all.
# hash() instead of random(): the same rows every time, however many threads write them.
CONTACTS = """
COPY (
    SELECT '{series}-' || lpad(n::VARCHAR, 9, '0') AS kontakt_id,
        CASE WHEN roll(n, 1, 20000) = 0 THEN 'SE2321000081-UNKNOWN'
            ELSE 'SE2321000081-B' || lpad((1 + roll(n, 2, {units}))::VARCHAR, 3, '0')
            END AS enhet_id,
        CASE WHEN roll(n, 3, 20000) = 0 THEN DATE '2031-01-01' ELSE day END AS datum,
        ['oppen', 'sluten', 'hemsjukvard'][1 + roll(n, 4, 3)] AS vardform,
        60 + roll(n, 5, 40) AS alder,
        CASE WHEN roll(n, 6, 20000) = 0 THEN 999 ELSE roll(n, 7, 15) END
            AS antal_lakemedel,
        ['K', 'M'][1 + roll(n, 8, 2)] AS kon,
        ['', '', 'XV015', 'XV016', 'XV015 XV016', 'AV034'][1 + roll(n, 9, 6)]
            AS kva_kod,
        ['', 'J', 'N'][1 + roll(n, 10, 3)] AS lakemedelsberattelse,
        ['', 'J', 'N'][1 + roll(n, 11, 3)] AS lakemedelslista
    FROM (
        SELECT n, DATE '{first}' + (n * {days} // {rows})::INTEGER AS day
        FROM range({rows}) AS series(n)
    )
) TO '{path}' (HEADER, DELIMITER ';', QUOTE '"')
"""


def sources_of(millions: float) -> Path:
    """Write a folder of sources, unless it is there since before."""
    sources = PLACE / f"{millions:g}"
    if (sources / "done").exists():
        return sources
    shutil.rmtree(sources, ignore_errors=True)
    (sources / "enheter").mkdir(parents=True)
    (sources / "lakemedel").mkdir()
    (sources / "enheter" / "enheter.csv").write_text("\n".join(REGISTER) + "\n")
    rows = int(millions * 1_000_000)
    _write_contacts(sources / "lakemedel" / "kontakter.csv", "K", "2022-01-01", rows)
    _write_contacts(sources / "kontakter_new.csv", "N", "2026-04-01", NEW_ROWS, 90)
    (sources / "done").touch()
    return sources


def _write_contacts(
    path: Path, series: str, first: str, rows: int, days: int = 1551
) -> None:
    memory = duckdb.connect()
    memory.execute(
        "CREATE MACRO roll(n, salt, sides) AS (hash(n, salt) % sides)::INTEGER"
    )
    memory.execute(
        CONTACTS.format(
            series=series, first=first, rows=rows, days=days, units=UNITS, path=path
        )
    )


def build(sources: Path, target: Path) -> None:
    """Run `etl build`."""
    result, seconds = build_warehouse(sources, target / "warehouse.duckdb", as_of=AS_OF)
    said = ", ".join(f"{name} {spent:.2f}" for name, spent in seconds.items())
    print(f"  {result.build_id}: {said}", file=sys.stderr)


def ctas(sources: Path, target: Path) -> None:
    """Let DuckDB read the file and count its rows, without a question asked."""
    file = duckdb.connect(
        str(target / "plain.duckdb"), config={"memory_limit": "4GB", "threads": 2}
    )
    path = sources / "lakemedel" / "kontakter.csv"
    file.execute(
        f"CREATE TABLE kontakter AS SELECT * FROM read_csv('{path}', delim = ';')"
    )
    file.execute(
        """CREATE TABLE cell AS
        SELECT enhet_id, date_trunc('month', datum), vardform, kon, alder, count(*),
            count(*) FILTER (kva_kod LIKE '%XV015%' OR kva_kod LIKE '%XV016%'),
            count(antal_lakemedel), count(lakemedelsberattelse), count(lakemedelslista),
            max(kontakt_id)
        FROM kontakter GROUP BY ALL"""
    )
    file.execute("CHECKPOINT")


def in_pandas(sources: Path, target: Path) -> None:
    """Do in pandas what a build does with the file: cast, refuse, find repeats, sum."""
    path = sources / "lakemedel" / "kontakter.csv"
    raw = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    text = raw.apply(lambda column: column.str.strip())
    text = text.mask(text.isin(["", "-", "UNK", "INV", "MSK"]))
    compact = text["datum"].str.replace("-", "")
    day = pd.to_datetime(compact, format="%Y%m%d", errors="coerce")
    age = pd.to_numeric(text["alder"], errors="coerce")
    medicines = pd.to_numeric(text["antal_lakemedel"], errors="coerce")
    person = text["kontakt_id"].str.contains(r"[0-9]{6}[-+]?[0-9]{4}(?:[^0-9]|$)")
    units = {line.split(";")[0] for line in REGISTER}
    good = (
        text["kontakt_id"].notna()
        & text["enhet_id"].str.upper().isin(units)
        & day.between(pd.Timestamp(1990, 1, 1), pd.Timestamp(AS_OF))
        & text["vardform"].isin(["oppen", "sluten", "hemsjukvard"])
        & age.between(0, 125)
        & medicines.between(0, 200)
        & ~person
        & ~text["kontakt_id"].duplicated()
    )
    facts = text[good].assign(
        month=day.dt.to_period("M"),
        group=pd.cut(age, [-1, 17, 64, 74, 84, 999]),
        due=(age >= 75) & (medicines >= 5),
        simple=text["kva_kod"].str.contains("XV015", na=False),
        deep=text["kva_kod"].str.contains("XV016", na=False),
    )
    facts["reviewed"] = facts["due"] & (facts["simple"] | facts["deep"])
    keys = ["enhet_id", "month", "vardform", "kon", "group"]
    cells = facts.groupby(keys, observed=True)[["due", "deep", "reviewed"]].sum()
    cells.to_pickle(target / "cells.pickle")
    facts.to_pickle(target / "facts.pickle")
    raw[~good].to_csv(target / "rejected.csv")


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "build": build,
    "ctas": ctas,
    "pandas": in_pandas,
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run: on the clock, of the processor, and the most memory it had."""

    seconds: float
    processor_seconds: float
    peak_mb: float


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


def compare(millions: float, rounds: int) -> None:
    """Print the medians of every way and their ratios."""
    sources = sources_of(millions)
    ways = [one for one in WAYS if one != "pandas" or millions <= PANDAS_MILLIONS]
    found: dict[str, list[Cost]] = {}
    target = PLACE / "out"
    late = sources / "lakemedel" / "kontakter_new.csv"
    late.unlink(missing_ok=True)
    for _ in range(rounds):
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for way in ways:
            found.setdefault(way, []).append(_cost(way, sources, target))
        found.setdefault("unchanged", []).append(_cost("build", sources, target))
        shutil.copyfile(sources / late.name, late)
        found.setdefault("one new file", []).append(_cost("build", sources, target))
        late.unlink()
    shutil.rmtree(target)
    print(f"{millions:g} million rows, medians of {rounds}")
    print(f"{'':14}{'seconds':>9}{'x ctas':>8}{'processor':>11}{'x ctas':>8}{'MB':>7}")
    base = _median(found["ctas"])
    for way, runs in found.items():
        one = _median(runs)
        print(
            f"{way:14}{one.seconds:9.2f}{one.seconds / base.seconds:8.2f}"
            f"{one.processor_seconds:11.2f}"
            f"{one.processor_seconds / base.processor_seconds:8.2f}{one.peak_mb:7.0f}"
        )


def _median(runs: list[Cost]) -> Cost:
    return Cost(
        *(statistics.median(column) for column in zip(*map(astuple, runs), strict=True))
    )


def main() -> None:
    """Compare, or run one way for the process that compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("millions", type=float, nargs="?", default=1.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--target", type=Path)
    chosen = parser.parse_args()
    if chosen.way is None:
        compare(chosen.millions, chosen.rounds)
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
