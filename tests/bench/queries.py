"""How long every page and every address of the API takes: `make bench ONLY=queries`.

The server's part of each answer, from the request to the bytes as they are sent,
compressed, without a network. Every request asks for another indicator, unit or
quarter than those before it, so what the program remembers of them (judged quarters,
pathways) is of no use; definitions, units and what DuckDB keeps of the file are warm,
as they are for all but the first visitor of a build.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from app.server import collect_seldom, wsgi
from tests.bench import tried
from tests.bench.asked import addresses, api_addresses
from tests.bench.goals import Goal, goal_table
from tests.bench.serving import CALLBACK, page_asked
from tests.bench.sizes import SIZES
from tests.pages import PAGES

ROUNDS, FEWEST, SECONDS = 20, 3, 20
"""Requests of each, or as many as can be answered in these seconds but some."""

GOALS = {"region": 25, "nation": 60}
"""Milliseconds that 95 of 100 answers may take at most."""


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one answer: on the clock, of the processor, and in DuckDB."""

    clock: float
    processor: float
    database: float


class Database:
    """Milliseconds that statements have taken within DuckDB since the last reset."""

    def __init__(self) -> None:
        self.spent = 0.0
        event.listen(Engine, "before_cursor_execute", self._begin)
        event.listen(Engine, "after_cursor_execute", self._end)

    def _begin(self, *said: object) -> None:
        self._began = time.perf_counter()

    def _end(self, *said: object) -> None:
        self.spent += 1000 * (time.perf_counter() - self._began)


def asking(client: FlaskClient, address: str) -> Callable[[], object]:
    """Return what asks for an address: a page's callback, or the API as it is."""
    headers = {"Accept-Encoding": "br, gzip"}
    if address.startswith(("/api/", "/export/", "/healthz")):
        return lambda: client.get(address, headers=headers)
    return lambda: client.post(CALLBACK, json=page_asked(address), headers=headers)


def took(client: FlaskClient, database: Database, address: str) -> Took:
    """Ask once and return what it took; what is answered must be an answer."""
    ask = asking(client, address)
    database.spent = 0.0
    worked, began = time.thread_time(), time.perf_counter()
    answer = ask()
    size = len(answer.get_data())  # streamed answers are written as they are read
    clock, processor = time.perf_counter() - began, time.thread_time() - worked
    if answer.status_code != 200 or not size:
        raise RuntimeError(f"{address}: {answer.status}")
    return Took(1000 * clock, 1000 * processor, database.spent)


@contextmanager
def client_of(path: Path) -> Iterator[FlaskClient]:
    """Give a client of the whole server."""
    client = wsgi(path).test_client()
    collect_seldom()
    yield client


def measured(size: str, only: str = "") -> dict[str, list[Took]]:
    """Return what each page and address took at a size."""
    path = SIZES[size]()
    database = Database()
    number = ROUNDS + 1  # the first warms the program
    asked = {name: addresses(path, name, one, number) for name, one in PAGES.items()}
    del asked["nowhere"]
    asked |= dict(api_addresses(path, number))
    found = {}
    with client_of(path) as client:
        for name, ways in asked.items():
            if only not in name:
                continue
            took(client, database, ways[0])
            found[name] = rounds = []
            until = time.monotonic() + SECONDS
            for one in ways[1:]:
                if len(rounds) < FEWEST or time.monotonic() < until:
                    rounds.append(took(client, database, one))
            print(size, name, _cells(found[name]), file=sys.stderr)
    return found


def p95(values: list[float]) -> float:
    """Return what 95 of 100 stay under."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _cells(rounds: list[Took]) -> list[str]:
    clock = [one.clock for one in rounds]
    middle = statistics.median(clock)
    database = statistics.median(one.database for one in rounds)
    ratio = f"{middle / database:.1f}" if database else "–"
    processor = p95([one.processor for one in rounds])
    return [
        *(f"{middle:.0f}", f"{p95(clock):.0f}", f"{processor:.0f}"),
        *(f"{database:.1f}", ratio),
    ]


def table(size: str, found: dict[str, list[Took]]) -> str:
    """Return what was found at a size as a table in Markdown."""
    lines = [
        "| page or address | p50, ms | p95, ms | p95 of the processor's, ms "
        f"| in DuckDB, p50 ms | times DuckDB | p95 ≤ {GOALS[size]} ms |",
        "| --- | --: | --: | --: | --: | --: | --- |",
    ]
    for name, rounds in found.items():
        is_met = p95([one.clock for one in rounds]) <= GOALS[size]
        cells = " | ".join(_cells(rounds))
        lines.append(f"| {name} | {cells} | {'yes' if is_met else 'no'} |")
    return "\n".join(lines)


def goal(size: str, found: dict[str, list[Took]]) -> Goal:
    """Return how many addresses answer within the goal of a size."""
    slow = {
        name: p95([one.clock for one in rounds])
        for name, rounds in found.items()
        if p95([one.clock for one in rounds]) > GOALS[size]
    }
    worst = max(p95([one.clock for one in rounds]) for rounds in found.values())
    ratio = statistics.median(
        statistics.median(one.clock / one.database for one in rounds if one.database)
        for rounds in found.values()
        if any(one.database for one in rounds)
    )
    return Goal(
        f"{size}: p95 of every page and address at most {GOALS[size]} ms",
        f"{len(found) - len(slow)} of {len(found)}; the slowest {worst:.0f} ms",
        f"{ratio:.1f} x DuckDB",
        not slow,
        tried.QUERIES,
    )


def section(sizes: tuple[str, ...] = tuple(SIZES), only: str = "") -> str:
    """Return the section of docs/benchmarks.md."""
    found = {size: measured(size, only) for size in sizes}
    goals = goal_table(goal(size, took) for size, took in found.items())
    tables = "\n\n".join(
        f"### {size.capitalize()}\n\n{table(size, took)}"
        for size, took in found.items()
    )
    return f"""## Answers of the server

{ROUNDS} requests of each (fewer of those that take more than a second), every one for
another selection: nothing that the program remembers of earlier ones helps.
Definitions, units and what DuckDB keeps of the file are warm. Every indicator and
dimension: a region has 60 units and 24 quarters, a nation 1 990 and 40.

{goals}

{tables}
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, nargs="+", default=list(SIZES))
    parser.add_argument("--only", default="", help="part of a name")
    chosen = parser.parse_args()
    print(section(tuple(chosen.size), chosen.only))


if __name__ == "__main__":
    main()
