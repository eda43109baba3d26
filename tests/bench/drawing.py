"""How long 2 000 units and 400 signs take to draw: `python -m tests.bench.drawing`.

`make bench` writes the same section to docs/benchmarks.md. A page is drawn when every
unit is a point that the keyboard reaches, or every sign a link; the longest task is how
long the browser cannot answer a click.
"""

import random
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from app.queries.outcomes import OutcomeRow
from kpi.definitions import Indicator
from kpi.intervals import wilson_interval
from kpi.period import Period, PeriodKind
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.bench.serving import launched, serving

UNITS, WARDS, MEASURES = 2000, 20, 20
ROUNDS = 5
QUARTER = Period.parse("2026Q3")

COMPARED = "/analys/jamforelse?indicator=svf_lead_time&period=2026Q3&unit_kind=klinik"
FEW = "/analys/jamforelse?indicator=measure_0&period=2026Q3&unit_kind=avdelning"
DRAWN = {
    f"funnel of {WARDS} units, to compare with": (FEW, ".chart-point", WARDS),
    f"funnel of {UNITS} units": (COMPARED, ".chart-point", UNITS),
    f"caterpillar of {UNITS} units": (
        f"{COMPARED}&chart=caterpillar",
        ".chart-point",
        UNITS,
    ),
    f"matrix of {WARDS * MEASURES} signs": (
        "/analys?period=2026Q3&unit_kind=avdelning&view=matrix",
        ".sign-matrix td a",
        WARDS * MEASURES,
    ),
}
"""What is drawn: its address, and how many of which elements are there when it is."""

WATCH = """
([selector, number]) => {
  window.__tasks = [];
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) window.__tasks.push(one.duration);
  }).observe({type: 'longtask', buffered: true});
  window.__keys = [];
  new PerformanceObserver(list => {
    for (const one of list.getEntries())
      if (one.name === 'keydown') window.__keys.push(one.duration);
  }).observe({type: 'event', buffered: true, durationThreshold: 16});
  const look = () => {
    if (document.querySelectorAll(selector).length < number)
      return requestAnimationFrame(look);
    requestAnimationFrame(() => { window.__drawn = performance.now(); });
  };
  look();
}
"""
READ = """() => {
  const page = performance.getEntriesByType('resource')
    .filter(one => one.name.includes('_dash-update-component'));
  return {
    drawn: window.__drawn,
    task: Math.max(0, ...window.__tasks),
    key: Math.max(0, ...window.__keys),
    answer: Math.max(...page.map(one => one.responseEnd - one.requestStart)),
    bytes: Math.max(...page.map(one => one.transferSize)),
  };
}"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page, drawn once.

    Attributes:
        answer_ms: Until the server's answer had come.
        drawn_ms: Since navigation.
        longest_task_ms: Of the browser.
        key_ms: Until an arrow key had moved the focus; 0 if under 16.
        kilobytes: Of the server's answer, over the wire.
    """

    answer_ms: float
    drawn_ms: float
    longest_task_ms: float
    key_ms: float
    kilobytes: float


def many(folder: Path) -> Warehouse:
    """Write a warehouse of many clinics with one measure, and wards with many."""
    units = [
        *make.UNITS[:2],
        *_units("klinik", "Klinik", "C", UNITS),
        *_units("avdelning", "Avdelning", "W", WARDS),
    ]
    measures = [
        make.indicator(
            id=f"measure_{at}", name=make.words(f"Mått {at}"), targets=[], breaks=[]
        )
        for at in range(MEASURES)
    ]
    rows = [*_clinics(), *_wards(measures)]
    return make.warehouse(folder, rows, [make.indicator(), *measures], units=units)


def _units(kind: str, name: str, letter: str, number: int) -> list[dict[str, Any]]:
    return [
        make.unit(
            f"SE2321000081-{letter}{at:04}",
            f"{name} {at}",
            kind,
            parent_id=make.HOSPITAL,
            tree_order=2 + at,
            depth=2,
        )
        for at in range(number)
    ]


def _clinics() -> Iterator[OutcomeRow]:
    dice = random.Random(1)
    for at in range(UNITS):
        size = dice.randint(20, 600)
        some = sum(dice.random() < 0.6 for _ in range(size))
        yield _outcome("svf_lead_time", f"SE2321000081-C{at:04}", QUARTER, some, size)


def _wards(measures: list[Indicator]) -> Iterator[OutcomeRow]:
    dice = random.Random(2)
    months = [
        Period(PeriodKind.MONTH, at, at)
        for at in range(QUARTER.last - 23, QUARTER.last + 1)
    ]
    for one in measures:
        for at in range(WARDS):
            for period in (*months, QUARTER):
                some = dice.randint(40, 60)
                unit = f"SE2321000081-W{at:04}"
                yield _outcome(one.id, unit, period, some, 100)


def _outcome(
    indicator: str, unit: str, period: Period, numerator: int, denominator: int
) -> OutcomeRow:
    low, high = wilson_interval(numerator, denominator)
    return make.outcome(
        indicator=indicator,
        unit=unit,
        period=str(period),
        numerator=float(numerator),
        denominator=float(denominator),
        value=100 * numerator / denominator,
        lower=100 * low,
        upper=100 * high,
    )


def drawn(browser: Browser, address: str, selector: str, number: int) -> Drawn:
    """Open a page in a new profile and return how long it took to draw."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.add_init_script(f"({WATCH})({[selector, number]!r})")
        page.goto(address)
        page.wait_for_selector("main h1")
        for _ in range(300):
            if page.evaluate("window.__drawn"):
                break
            page.wait_for_timeout(100)
        page.wait_for_timeout(300)
        page.locator(f"{selector}").first.focus()
        for _ in range(5):
            page.keyboard.press("ArrowDown")
            page.wait_for_timeout(50)
        said = page.evaluate(READ)
    finally:
        context.close()
    return Drawn(
        said["answer"], said["drawn"], said["task"], said["key"], said["bytes"] / 1000
    )


def table(browser: Browser) -> str:
    """Draw everything several times and return the medians as a table in Markdown."""
    lines = [
        "| drawn | answer, ms | drawn, ms | longest task, ms | arrow key, ms | kB |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    with tempfile.TemporaryDirectory(prefix="malbild-") as folder:
        warehouse = many(Path(folder))
        with serving("--warehouse", str(warehouse.path)) as base:
            for name, (path, selector, number) in DRAWN.items():
                found = [
                    drawn(browser, base + path, selector, number) for _ in range(ROUNDS)
                ]
                cells = [
                    f"{statistics.median(getattr(one, field) for one in found):.0f}"
                    for field in Drawn.__dataclass_fields__
                ]
                lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def section(browser: Browser) -> str:
    """Return the section of docs/benchmarks.md."""
    return f"""## Many units and signs

Medians of {ROUNDS} openings with nothing cached, 1280 × 900 pixels, made-up data.
"Answer" is the server's part; "drawn" is when every unit is a point that the keyboard
reaches, or every sign a link; the longest task is how long the browser cannot answer a
click. An arrow key that takes less than 16 ms counts as 0.

{table(browser)}
"""


def main() -> None:
    """Measure and print."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        print(section(browser))
        browser.close()


if __name__ == "__main__":
    main()
