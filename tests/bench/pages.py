"""What the browser itself says of each page: `make bench ONLY=pages`.

Every page is opened several times in a new browser profile, so nothing is cached; the
medians are told. Times are of this machine: compare them with each other.
"""

import platform
import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.bench.serving import serving
from tests.pages import PAGES

ROUNDS = 5

# Layout shifts and paints are told to whoever asks before they happen.
WATCH = """
window.__shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput) window.__shift += entry.value;
}).observe({type: 'layout-shift', buffered: true});
window.__largest = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.__largest = entry.startTime;
}).observe({type: 'largest-contentful-paint', buffered: true});
"""
READ = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const bytes = [...performance.getEntriesByType('navigation'),
                 ...performance.getEntriesByType('resource')]
    .reduce((sum, one) => sum + one.transferSize, 0);
  return {first: paint.startTime, largest: window.__largest,
          shift: window.__shift, bytes};
}"""


@dataclass(frozen=True, slots=True)
class Figures:
    """One page, opened once.

    Attributes:
        first_paint_ms: Until something could be seen.
        largest_paint_ms: Until the largest part could be seen.
        readable_ms: Until the page's own heading stood there.
        layout_shift: Cumulative layout shift, no unit; at most 0.1 is called good.
        kilobytes: Over the wire.
        nodes: In the accessibility tree.
        nameless: Links, buttons and fields there without a name.
    """

    first_paint_ms: float
    largest_paint_ms: float
    readable_ms: float
    layout_shift: float
    kilobytes: float
    nodes: int
    nameless: int


def measured(browser: Browser, base: str, path: str) -> Figures:
    """Open a page in a new profile and return what the browser says of it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(base + path)
        page.wait_for_selector("main h1")
        readable = page.evaluate("performance.now()")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        said = page.evaluate(READ)
        session = context.new_cdp_session(page)
        tree = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        context.close()
    heard = [node for node in tree if not node.get("ignored")]
    return Figures(
        said["first"],
        said["largest"],
        readable,
        said["shift"],
        said["bytes"] / 1000,
        len(heard),
        sum(_is_nameless(node) for node in heard),
    )


def _is_nameless(node: dict) -> bool:
    is_used = node["role"]["value"] in ("link", "button", "combobox", "textbox")
    return is_used and not node.get("name", {}).get("value")


def table(found: dict[str, list[Figures]]) -> str:
    """Return the figures as a table in Markdown, a row for each page."""
    lines = [
        "| page | first paint, ms | readable, ms | largest paint, ms | layout shift "
        "| kB | accessibility tree, nodes | controls without a name |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for name, rounds in found.items():

        def middle(field: str, rounds: list[Figures] = rounds) -> float:
            return statistics.median(getattr(one, field) for one in rounds)

        lines.append(
            f"| {name} | {middle('first_paint_ms'):.0f} | {middle('readable_ms'):.0f} "
            f"| {middle('largest_paint_ms'):.0f} | {middle('layout_shift'):.3f} "
            f"| {middle('kilobytes'):.0f} | {middle('nodes'):.0f} "
            f"| {middle('nameless'):.0f} |"
        )
    return "\n".join(lines)


def section(browser: Browser) -> str:
    """Return the section of docs/benchmarks.md."""
    found: dict[str, list[Figures]] = {name: [] for name in PAGES}
    with serving() as base:
        measured(browser, base, "/")  # the first visit warms the program, not us
        for _ in range(ROUNDS):
            for name, path in PAGES.items():
                found[name].append(measured(browser, base, path))
    return f"""## Pages in the browser

Medians of {ROUNDS} openings with nothing cached, 1280 × 900 pixels, Chromium
{browser.version}, Python {platform.python_version()}, demo data. "Readable" is when the
page's own heading stands there; a layout shift of at most 0.1 counts as good.

{table(found)}
"""
