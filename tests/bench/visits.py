"""A first visit beside the least Dash page: `make bench ONLY=visits`.

Both are opened in a new browser profile, in turn, served the same way. A page is
readable when its numbers stand on the screen, and interactive when a choice on it is
answered in place and the browser has no long task left.
"""

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from app.server import THREADS, WORKERS
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
    goals = "\n".join(
        f"| {goal} | {said} | {'yes' if is_met else 'no'} |"
        for goal, said, is_met in _goals(found)
    )
    return f"""## A first visit

Medians of {ROUNDS} openings in new profiles, in turn, 1280 × 900 pixels, demo data.
The minimal page is Dash with one table of 20 rows, one line and one dropdown. "Again"
is the same page a second time.

| page | readable, ms | interactive, ms | longest task, ms | shift | kB | again, kB |
| --- | --: | --: | --: | --: | --: | --: |
{chr(10).join(lines)}

| goal | measured | met |
| --- | --- | --- |
{goals}
"""


def _goals(found: dict[str, list[Visit]]) -> list[tuple[str, str, bool]]:
    over, chart = found["overview"], found["chart"]

    def ratio(field: str) -> float:
        return middle(over, field) / middle(found["minimal"], field)

    readable, interactive = ratio("readable_ms"), ratio("interactive_ms")
    weight, heavy = middle(over, "kilobytes"), middle(chart, "kilobytes")
    shift = max(middle(over, "layout_shift"), middle(chart, "layout_shift"))
    task = middle(over, "longest_task_ms")
    rows = [
        ("overview readable <= 0.5 x the minimal page", readable, 0.5, "{:.2f} x"),
        (
            "overview interactive <= 0.8 x the minimal page",
            interactive,
            0.8,
            "{:.2f} x",
        ),
        ("overview <= 700 kB", weight, 700, "{:.0f} kB"),
        ("first page with a chart <= 1 900 kB", heavy, 1900, "{:.0f} kB"),
        ("no layout shift", shift, 0.001, "{:.3f}"),
        ("no task over 100 ms on the overview", task, 100, "{:.0f} ms"),
    ]
    for page, seen in (("overview", over), ("indicator", chart)):
        for field in seen[0].switch_ms:
            shown, drawn = (
                statistics.median(one.switch_ms[field][at] for one in seen)
                for at in (0, 1)
            )
            goal = f"another {field} on the {page} <= 60 ms in the browser"
            # What is on the screen first is said; all of it decides.
            said = (
                "{:.0f} ms"
                if page == "overview"
                else f"{shown:.0f} ms, its charts {{:.0f}} ms"
            )
            rows.append((goal, drawn, 60, said))
    return [(goal, form.format(is_), is_ <= most) for goal, is_, most, form in rows]


if __name__ == "__main__":
    print(section())
