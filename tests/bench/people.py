"""Fifty visitors at once, and a minimal Dash page beside: `make bench ONLY=people`.

Each visitor walks a journey as a browser would send it: the frame, a callback for each
page and now and then a file, with a pause to read. Visitors are threads of this process
and share the processor with the server, so the times are those of a busier machine.
`--sweep` tries several numbers of workers and threads.
"""

import argparse
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from app.server import THREADS, WORKERS
from tests.bench import minimal, tried
from tests.bench.asked import selections
from tests.bench.goals import Goal, goal_table
from tests.bench.queries import p95
from tests.bench.serving import Visitor, memory_mb, minimal_page, ours, page_asked
from tests.bench.sizes import region

VISITORS = 50
SECONDS = 120
PAUSE = (1.0, 3.0)
GOAL_MS = 300
GROWTH = 1.1
"""What counts as no growth of memory: the pages that workers keep, and chance."""
WARM_UP_SECONDS = 10
FRAME = ("/_dash-layout", "/_dash-dependencies")

JOURNEYS = (
    ("/?period={period}&unit={unit}", "/indikator/{indicator}?unit={unit}", "{file}"),
    ("/enhet", "/enhet/{unit}?period={period}", "/analys?unit={unit}&period={period}"),
    (
        "/karta?period={period}&unit_kind=klinik",
        "/analys/styrdiagram?indicator={indicator}&unit={unit}&period={period}",
        "/underlag/utfall?indicator={indicator}&unit={unit}&period={period}",
    ),
    ("/?period={period}", "/analys/jamforelse?indicator={indicator}", "/om", "{file}"),
)
FILES = (
    "/export/outcomes.xlsx?unit={unit}&period={period}",
    "/api/v1/outcomes.csv?indicator={indicator}&unit={unit}",
)


@dataclass
class Heard:
    """What came back: milliseconds of each callback and file, and what went wrong."""

    pages: list[float] = field(default_factory=list)
    files: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Crowd:
    """A crowd's visit: what it heard, and the server's memory before and after."""

    heard: Heard
    before_mb: float
    after_mb: float


def crowd(warehouse: Path, workers: int, threads: int, seconds: float) -> Crowd:
    """Let the visitors walk for so long, after a while that is not counted."""
    chosen = selections(warehouse, 400)
    with ours(warehouse, workers, threads) as (port, process):

        def walk(number: int, until: float, heard: Heard) -> None:
            dice = random.Random(number)
            time.sleep(dice.uniform(0, PAUSE[1]))
            while time.monotonic() < until:
                one = dice.choice(chosen)
                said = {"indicator": one.indicator, "unit": one.unit}
                _journey(port, dice, said | {"period": one.period}, until, heard)

        _together(walk, WARM_UP_SECONDS, Heard())
        before, heard = memory_mb(process), Heard()
        _together(walk, seconds, heard)
        return Crowd(heard, before, memory_mb(process))


def _together(
    walk: Callable[[int, float, Heard], None], seconds: float, heard: Heard
) -> None:
    until = time.monotonic() + seconds
    people = [
        threading.Thread(target=walk, args=[number, until, heard])
        for number in range(VISITORS)
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()


def _journey(
    port: int, dice: random.Random, said: dict[str, str], until: float, heard: Heard
) -> None:
    visitor = Visitor(port)
    steps = dice.choice(JOURNEYS)
    try:
        for address in (steps[0].format(**said), *FRAME):
            visitor.get(address)
        for step in steps:
            if time.monotonic() >= until:
                return
            if step == "{file}":
                heard.files.append(visitor.get(dice.choice(FILES).format(**said)))
            else:
                asked = page_asked(step.format(**said))
                heard.pages.append(visitor.callback(asked))
            time.sleep(dice.uniform(*PAUSE))
    except (OSError, HTTPException) as error:
        heard.errors.append(repr(error))


def throughput(port: int, asked: list[object], seconds: float) -> float:
    """Return callbacks a second of eight visitors who never pause."""
    until = time.monotonic() + seconds

    def work(number: int) -> int:
        visitor, done = Visitor(port), 0
        while time.monotonic() < until:
            visitor.callback(asked[(number + 8 * done) % len(asked)])
            done += 1
        return done

    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(work, range(8))) / seconds


def throughputs(warehouse: Path, seconds: float) -> dict[str, float]:
    """Return callbacks a second of our pages and of the minimal one."""
    found = {}
    chosen = selections(warehouse, 100)
    for name, address in {
        "our indicator page": "/indikator/{}?unit={}&period={}",
        "our control chart": "/analys/styrdiagram?indicator={}&unit={}&period={}",
    }.items():
        asked = [
            page_asked(address.format(one.indicator, one.unit, one.period))
            for one in chosen
        ]
        with ours(warehouse, WORKERS, THREADS) as (port, _):
            throughput(port, asked, seconds / 4)
            found[name] = throughput(port, asked, seconds)
    with minimal_page(WORKERS, THREADS) as (port, _):
        throughput(port, [minimal.CALLBACK], seconds / 4)
        found["minimal Dash page"] = throughput(port, [minimal.CALLBACK], seconds)
    return found


def sweep(warehouse: Path, seconds: float) -> str:
    """Return p95 and memory for numbers of workers and threads, as a table."""
    lines = [
        "| workers | threads | p50, ms | p95, ms | errors | pages | MB |",
        "| --: | --: | --: | --: | --: | --: | --: |",
    ]
    for workers in (1, 2, 4):
        for threads in (1, 4, 8):
            found = crowd(warehouse, workers, threads, seconds)
            pages = found.heard.pages
            lines.append(
                f"| {workers} | {threads} | {statistics.median(pages):.0f} "
                f"| {p95(pages):.0f} | {len(found.heard.errors)} | {len(pages)} "
                f"| {found.after_mb:.0f} |"
            )
            print(lines[-1], file=sys.stderr)
    return "\n".join(lines)


def section(seconds: float = SECONDS) -> str:
    """Return the section of docs/benchmarks.md."""
    warehouse = region()
    found = crowd(warehouse, WORKERS, THREADS, seconds)
    rates = throughputs(warehouse, min(20.0, seconds))
    base = rates["minimal Dash page"]
    rows = "\n".join(
        f"| {name} | {rate:.0f} | {rate / base:.2f} |" for name, rate in rates.items()
    )
    heard, rest = found.heard, found.heard.files
    slow, growth = p95(heard.pages), found.after_mb / found.before_mb
    goals = goal_table(
        [
            Goal(
                f"p95 of a page's callback at most {GOAL_MS} ms",
                f"{slow:.0f} ms",
                f"{slow / GOAL_MS:.1f} x the goal",
                slow <= GOAL_MS,
                tried.PEOPLE,
            ),
            Goal("no errors", f"{len(heard.errors)}", "", not heard.errors),
            Goal(
                f"memory grows by at most {100 * GROWTH - 100:.0f} % in that time",
                f"{found.before_mb:.0f} to {found.after_mb:.0f} MB",
                f"{growth:.2f} x",
                growth <= GROWTH,
                tried.MEMORY,
            ),
        ]
    )
    files = f"{statistics.median(rest):.0f} / {p95(rest):.0f}" if len(rest) > 1 else "–"
    return f"""## Many visitors

{VISITORS} visitors for {seconds:.0f} seconds on a warehouse of a region's size,
{WORKERS} workers of {THREADS} threads, {PAUSE[0]:g}–{PAUSE[1]:g} seconds between pages;
visitors and server share the processor.

{goals}

| measured | found |
| --- | --: |
| pages asked for | {len(heard.pages)} |
| a page's callback, p50 / p95 ms | {statistics.median(heard.pages):.0f} / {slow:.0f} |
| a file, p50 / p95 ms | {files} |

Eight visitors who never pause, each asking for another selection every time:

| page | callbacks a second | of the minimal page |
| --- | --: | --: |
{rows}
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--sweep", action="store_true")
    chosen = parser.parse_args()
    print(sweep(region(), chosen.seconds) if chosen.sweep else section(chosen.seconds))


if __name__ == "__main__":
    main()
