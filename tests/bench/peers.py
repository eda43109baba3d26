"""The same page in Streamlit and Vizro beside ours: `make bench ONLY=peers`.

28 800 outcomes (60 units, 20 indicators, 24 quarters); a page with a table of every
indicator of a unit (value, target, status), a chart of one indicator over time, and a
choice of unit and of indicator. Ours is the overview, with each trend in its table, and
the page of an indicator, with its chart. Streamlit and Vizro run in `.venv-bench`, each
written as its documentation says and with what it caches by itself (`peer_pages`).
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass
from importlib.metadata import distributions
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from app.server import THREADS, WORKERS
from tests import builders as make
from tests.bench import peer_data, tried
from tests.bench.goals import Goal, goal_table
from tests.bench.peer_data import INDICATORS, QUARTERS, UNITS
from tests.bench.serving import ROOT, launched, memory_mb, ours, served
from tests.bench.visits import SETTLED_MS

VENV = ROOT / ".venv-bench"
PEER_PAGES = ROOT / "tests" / "bench" / "peer_pages"
ROUNDS = 5

# In the newest quarter every indicator of unit 7 is 7.5 or 7,5: found when it is shown.
SHOWN = """([selector, number]) => {
  const wanted = new RegExp(`(^|[^0-9])${number}[.,]5`);
  return [...document.querySelectorAll(selector)].some(
    one => one.offsetParent && wanted.test(one.innerText));
}"""

# A page that is still busy with its scripts would count them as part of the choice.
WATCH_TASKS = """
  window.__busyUntil = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries())
      window.__busyUntil = Math.max(window.__busyUntil, one.startTime + one.duration);
  }).observe({type: 'longtask', buffered: true});
"""
SETTLED = "quiet => performance.now() - window.__busyUntil > quiet"


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to show the page.

    Attributes:
        name: Said in the table.
        serve: Starts it; gives the port and the process.
        path: Where the page is.
        table: Selects what holds the numbers.
        choose: Chooses a unit, by its number, on the page.
    """

    name: str
    serve: Callable[[], AbstractContextManager[tuple[int, int]]]
    path: str
    table: str
    choose: Callable[[Page, int], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """One page, opened once with nothing cached, and another unit chosen on it."""

    ready_ms: float
    kilobytes: float
    switch_ms: float
    switch_kilobytes: float


def peers(warehouse: Path) -> list[Peer]:
    """Return ours and those that are installed."""
    first = "?unit=SE2321000081-C001&period=2026Q3"

    def here() -> AbstractContextManager[tuple[int, int]]:
        return ours(warehouse, WORKERS, THREADS)

    def select(page: Page, number: int) -> None:
        page.get_by_label("Enhet").first.select_option(label=f"Enhet {number}")

    found = [
        Peer("ours: overview", here, f"/{first}", "main table", select),
        Peer(
            "ours: indicator",
            here,
            f"/indikator/measure_0{first}",
            "main .result",  # the units beside it hold the numbers of others
            select,
        ),
    ]
    binary = VENV / "bin"
    options = (
        "--server.address=127.0.0.1",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
    )
    streamlit = [binary / "streamlit", "run", PEER_PAGES / "streamlit_page.py"]
    gunicorn = [binary / "gunicorn", "--chdir", PEER_PAGES, "vizro_page:app"]
    sizes = (
        "--worker-class=gthread",
        "--no-control-socket",
        f"--workers={WORKERS}",
        f"--threads={THREADS}",
    )
    commands = {
        "Streamlit": ([*streamlit, *options], "--server.port={port}"),
        "Vizro": ([*gunicorn, *sizes], "--bind=127.0.0.1:{port}"),
    }
    tables = {"Streamlit": "[data-testid=stTable]", "Vizro": ".ag-row"}
    ways = {"Streamlit": _in_streamlit, "Vizro": _in_vizro}
    versions = _installed()
    for name, (command, port) in commands.items():
        if name.lower() in versions:

            def there(
                command: list[object] = command, port: str = port
            ) -> AbstractContextManager[tuple[int, int]]:
                return served([str(part) for part in command], port)

            said = f"{name} {versions[name.lower()]}"
            found.append(Peer(said, there, "/", tables[name], ways[name]))
    return found


def _in_streamlit(page: Page, number: int) -> None:
    page.get_by_role("combobox").first.click()
    page.keyboard.type(f"Enhet {number}")
    page.keyboard.press("Enter")


def _in_vizro(page: Page, number: int) -> None:
    page.locator(".dash-dropdown").first.click()
    page.get_by_placeholder("Search").fill(f"Enhet {number}")
    page.get_by_text(f"Enhet {number}", exact=True).last.click()


def _installed() -> dict[str, str]:
    places = [str(one) for one in VENV.glob("lib/python*/site-packages")]
    return {one.name.lower(): one.version for one in distributions(path=places)}


def seen(browser: Browser, base: str, peer: Peer, number: int) -> Seen:
    """Open the page in a new profile and choose a unit."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        spent = _bytes_of(page)
        page.add_init_script(WATCH_TASKS)
        page.goto(base + peer.path)
        page.wait_for_function(SHOWN, arg=[peer.table, 1], timeout=120_000)
        ready = page.evaluate("performance.now()")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1000)
        page.wait_for_function(SETTLED, arg=SETTLED_MS, timeout=120_000)
        before = sum(spent)
        began = time.perf_counter()
        peer.choose(page, number)
        page.wait_for_function(SHOWN, arg=[peer.table, number], timeout=120_000)
        switched = 1000 * (time.perf_counter() - began)
        page.wait_for_timeout(1000)
        return Seen(ready, before / 1000, switched, (sum(spent) - before) / 1000)
    finally:
        context.close()


def _bytes_of(page: Page) -> list[float]:
    """Return a list that grows by every answer and every message of a web socket."""
    spent: list[float] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.loadingFinished", lambda one: spent.append(one["encodedDataLength"])
    )
    session.on(
        "Network.webSocketFrameReceived",
        # Binary ones are told in base 64.
        lambda one: spent.append(len(one["response"]["payloadData"]) * 3 / 4),
    )
    return spent


def measured(browser: Browser, warehouse: Path) -> dict[str, tuple[Seen, float]]:
    """Open every page several times; return its medians and its server's memory."""
    middles = {}
    for peer in peers(warehouse):
        with peer.serve() as (port, process):
            base = f"http://127.0.0.1:{port}"
            # A worker of Dash knows its scripts when it has once sent a page.
            for _ in range(4 * WORKERS):
                with urlopen(f"{base}{peer.path}") as answer:
                    answer.read()
            seen(browser, base, peer, 2)  # the first visit warms the program
            found = [seen(browser, base, peer, 3 + at) for at in range(ROUNDS)]
            rows = zip(*map(astuple, found), strict=True)
            middles[peer.name] = Seen(*map(statistics.median, rows)), memory_mb(process)
        print(peer.name, middles[peer.name], file=sys.stderr)
    return middles


def table(found: dict[str, tuple[Seen, float]]) -> str:
    """Return the medians as a table in Markdown."""
    lines = [
        "| page | table can be read, ms | kB | another unit, ms | kB | server, MB |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for name, (one, memory) in found.items():
        cells = [f"{number:.0f}" for number in (*astuple(one), memory)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def goals(found: dict[str, tuple[Seen, float]]) -> list[Goal]:
    """Return whether both of our pages do better than the best of the others."""
    own = [one for name, one in found.items() if name.startswith("ours")]
    others = [one for name, one in found.items() if not name.startswith("ours")]

    def goal(says: str, number: Callable[[tuple[Seen, float]], float]) -> Goal:
        worst, best = max(map(number, own)), min(map(number, others))
        return Goal(
            f"{says}: our slower or heavier page against the best of the others",
            f"{worst:.0f} against {best:.0f}",
            f"{worst / best:.2f} x",
            worst <= best,
            tried.PEERS,
        )

    return [
        goal("page ready, ms", lambda one: one[0].ready_ms),
        goal("another unit, ms", lambda one: one[0].switch_ms),
        goal("page, kB", lambda one: one[0].kilobytes),
        goal("server, MB", lambda one: one[1]),
    ]


def section() -> str:
    """Return the section of docs/benchmarks.md."""
    with (
        tempfile.TemporaryDirectory(prefix="malbild-") as folder,
        sync_playwright() as playwright,
    ):
        place = Path(folder)
        made = make.warehouse(
            place, peer_data.outcomes(), peer_data.indicators(), units=peer_data.units()
        )
        os.environ["PEER_DATA"] = str(place / "outcomes.parquet")
        peer_data.as_parquet(made.path, place / "outcomes.parquet")
        browser = launched(playwright)
        found = measured(browser, made.path)
        browser.close()
    return f"""## The same page in other programs

{UNITS * INDICATORS * QUARTERS} outcomes, a table of {INDICATORS} indicators, a
trend, a choice of unit; medians of {ROUNDS} openings with nothing cached, and of
choosing another unit. Ours shows table and chart on two pages.

{goal_table(goals(found))}

{table(found)}
"""


def main() -> None:
    """Measure and print."""
    print(section())


if __name__ == "__main__":
    main()
