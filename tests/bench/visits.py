"""A first visit beside the least Dash page: `make bench ONLY=visits`.

Both are opened in a new browser profile, in turn, served the same way. A page is
readable when its numbers stand on the screen, and interactive when a choice on it is
answered in place and the browser has no long task left.
"""

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from app.server import THREADS, WORKERS
from tests.bench import tried
from tests.bench.goals import Goal, goal_table
from tests.bench.people import minimal_page
from tests.bench.serving import launched, serving
from tests.pages import PAGES

ROUNDS = 7
SETTLED_MS = 700
"""Without a long task for so long, a page has no more to do."""

WATCH = """(table, isReady) => {
  const told = window.__told = {shift: 0, tasks: [], there: 0, readable: 0, ready: 0};
  new PerformanceObserver(list => {
    for (const one of list.getEntries())
      if (!one.hadRecentInput) told.shift += one.value;
  }).observe({type: 'layout-shift', buffered: true});
  new PerformanceObserver(list => {
    for (const one of list.getEntries())
      told.tasks.push([one.startTime + one.duration, one.duration]);
  }).observe({type: 'longtask', buffered: true});
  const look = () => {
    const now = performance.now();
    const has = [...document.querySelectorAll(table)].some(
      one => /[0-9]/.test(one.textContent) && one.getBoundingClientRect().height);
    if (has && !told.there) told.there = now;
    const [painted] = performance.getEntriesByName('first-contentful-paint');
    // The frame after the numbers are there, which the script may hear of late.
    if (told.there && painted) told.readable = Math.max(told.there, painted.startTime);
    if (told.readable && !told.ready && isReady()) told.ready = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
READ = """() => ({
  ...window.__told,
  bytes: [...performance.getEntriesByType('navigation'),
          ...performance.getEntriesByType('resource')]
    .reduce((sum, one) => sum + one.transferSize, 0),
})"""
# From a choice to the frame that shows another page, to the one that shows its charts,
# and the server's part of both. A chart is drawn when it has its points.
SWITCH = """field => new Promise(resolve => {
  const list = document.querySelector(field);
  const main = document.getElementById('main');
  const began = performance.now();
  const watch = new MutationObserver(() => {
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => {
      const asked = performance.getEntriesByType('resource').filter(
        one => one.startTime >= began && one.name.includes('_dash-update-component'));
      const server = Math.max(...asked.map(one => one.responseEnd - one.startTime));
      const shown = performance.now() - began;
      const look = () => {
        const layers = [...main.querySelectorAll('.chart-points')];
        if (layers.every(one => one.childElementCount))
          resolve([shown, performance.now() - began, server]);
        else requestAnimationFrame(() => setTimeout(look));
      };
      look();
    }));
  });
  watch.observe(main, {childList: true, subtree: true});
  list.value = [...list.options].find(one => !one.selected && one.value).value;
  list.dispatchEvent(new Event('change', {bubbles: true}));
})"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A page to open.

    Attributes:
        path: Where it is.
        table: Selects what holds its numbers.
        ready: In JavaScript: whether a choice on it would be answered in place.
        fields: Selects the lists to choose in, by what they choose.
    """

    path: str
    table: str
    ready: str
    fields: dict[str, str]


_DRAWN = "!document.getElementById('first-page')"
OVERVIEW = Subject(
    PAGES["overview"],
    "main table td",
    _DRAWN,
    {"quarter": "main select[name=period]", "unit": "main select[name=unit]"},
)
CHART = Subject(
    PAGES["indicator"], "main", _DRAWN, {"quarter": "main select[name=period]"}
)
MINIMAL = Subject("/", "#rows td", "document.querySelector('.dash-dropdown')", {})


@dataclass(frozen=True, slots=True)
class Visit:
    """A page, opened once with nothing cached.

    Attributes:
        readable_ms, interactive_ms: Since navigation.
        longest_task_ms: Of the browser, until it was interactive.
        layout_shift: Cumulative, no unit.
        kilobytes, again_kilobytes: Over the wire, the first time and the second.
        switch_ms: Of each field, in the browser, without the server's answer: until
            the numbers stand there, and until the charts are drawn.
    """

    readable_ms: float
    interactive_ms: float
    longest_task_ms: float
    layout_shift: float
    kilobytes: float
    again_kilobytes: float
    switch_ms: dict[str, tuple[float, float]]


def visit(browser: Browser, base: str, subject: Subject) -> Visit:
    """Open a page in a new profile, choose on it, and open it again."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Page.enable")
        page.add_init_script(f"({WATCH})({subject.table!r}, () => {subject.ready})")
        first = _opened(page, base + subject.path)
        ended = [end for end, _ in first["tasks"]]
        switched = {name: _switch(page, one) for name, one in subject.fields.items()}
        again = _opened(page, base + subject.path)
    finally:
        context.close()
    return Visit(
        first["readable"],
        max([first["ready"], *ended]),
        max((long for _, long in first["tasks"]), default=0),
        first["shift"],
        first["bytes"] / 1000,
        again["bytes"] / 1000,
        switched,
    )


def _opened(page: Page, address: str) -> dict:
    page.goto(address)
    page.wait_for_function("() => window.__told.ready")
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "quiet => performance.now() - Math.max(window.__told.ready,"
        " ...window.__told.tasks.map(one => one[0])) > quiet",
        arg=SETTLED_MS,
    )
    return page.evaluate(READ)


def _switch(page: Page, field: str) -> tuple[float, float]:
    shown, drawn, server = page.evaluate(SWITCH, field)
    page.wait_for_timeout(300)
    return shown - server, drawn - server


def middle(found: list[Visit], field: str) -> float:
    """Return the median of a figure."""
    return statistics.median(getattr(one, field) for one in found)


def section() -> str:
    """Return the section of docs/benchmarks.md."""
    subjects = {"overview": OVERVIEW, "chart": CHART, "minimal": MINIMAL}
    found: dict[str, list[Visit]] = {name: [] for name in subjects}
    with (
        sync_playwright() as playwright,
        serving() as ours,
        minimal_page(WORKERS, THREADS) as (port, _),
    ):
        browser = launched(playwright)
        base = dict.fromkeys(subjects, ours) | {"minimal": f"http://127.0.0.1:{port}"}
        for at in range(ROUNDS + 1):
            for name, subject in subjects.items():
                seen = visit(browser, base[name], subject)
                if at:  # the first visit warms the programs
                    found[name].append(seen)
        browser.close()
    return report(found)


def report(found: dict[str, list[Visit]]) -> str:
    """Return the figures of every page and the goals as tables in Markdown."""
    names = {"overview": "overview", "chart": "indicator", "minimal": "minimal page"}
    lines = [
        f"| {names[name]} | "
        + " | ".join(
            f"{middle(seen, field):.{places}f}"
            for field, places in (
                ("readable_ms", 0),
                ("interactive_ms", 0),
                ("longest_task_ms", 0),
                ("layout_shift", 3),
                ("kilobytes", 0),
                ("again_kilobytes", 0),
            )
        )
        + " |"
        for name, seen in found.items()
    ]
    return f"""## A first visit

Medians of {ROUNDS} openings in new profiles, in turn, 1280 × 900 pixels, demo data.
The minimal page is Dash with one table of 20 rows, one line and one dropdown. "Again"
is the same page a second time.

| page | readable, ms | interactive, ms | longest task, ms | shift | kB | again, kB |
| --- | --: | --: | --: | --: | --: | --: |
{chr(10).join(lines)}

{goal_table(_goals(found))}
"""


def _goals(found: dict[str, list[Visit]]) -> list[Goal]:
    over, chart, minimal = found["overview"], found["chart"], found["minimal"]

    def against(field: str, says: str, most: float, why: str) -> Goal:
        ours, theirs = middle(over, field), middle(minimal, field)
        return Goal(
            f"overview {says} at most {most} x the minimal page",
            f"{ours:.0f} ms",
            f"{ours / theirs:.2f} x",
            ours / theirs <= most,
            why,
        )

    def at_most(says: str, number: float, most: float, unit: str) -> Goal:
        ratio = f"{number / most:.2f} x the goal" if most >= 1 else ""
        written = f"{number:.0f} {unit}" if unit else f"{number:.3f}"
        return Goal(says, written, ratio, number <= most, tried.TASK)

    shift = max(middle(one, "layout_shift") for one in (over, chart))
    goals = [
        against("readable_ms", "readable", 0.5, tried.READABLE),
        against("interactive_ms", "interactive", 0.8, tried.TASK),
        at_most("overview at most 700 kB", middle(over, "kilobytes"), 700, "kB"),
        at_most(
            "first page with a chart at most 1 900 kB",
            *(middle(chart, "kilobytes"), 1900, "kB"),
        ),
        at_most("no layout shift", shift, 0.0005, ""),
        at_most(
            "no task over 100 ms on the overview",
            *(middle(over, "longest_task_ms"), 100, "ms"),
        ),
    ]
    for page, seen, why in (
        ("overview", over, tried.SWITCH),
        ("indicator", chart, tried.SWITCH_CHART),
    ):
        for field in seen[0].switch_ms:
            shown, drawn = (
                statistics.median(one.switch_ms[field][at] for one in seen)
                for at in (0, 1)
            )
            # What is on the screen first is said; all of it decides.
            both = f"{shown:.0f} ms, its charts {drawn:.0f} ms"
            goals.append(
                Goal(
                    f"another {field} on the {page} at most 60 ms in the browser",
                    f"{drawn:.0f} ms" if page == "overview" else both,
                    f"{drawn / 60:.2f} x the goal",
                    drawn <= 60,
                    why,
                )
            )
    return goals


if __name__ == "__main__":
    print(section())
