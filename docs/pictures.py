"""`python -m docs.pictures`: take the pictures of the documentation anew.

Writes demo data to a temporary folder, builds and serves them, and photographs the
pages in Chromium. Run it when the pages look different: `make pictures`.
"""

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
)
AS_OF = date(2026, 10, 15)
_REGION = "SE2321000081-DEMO001"
_CLINIC = "SE2321000081-DEMO009"
_OF_REGION = f"unit={_REGION}&period=2026Q3"


# Dash has drawn what the server sent first, every chart is there with its points, and
# nothing on the page has moved for a while.
_DRAWN = """() => !document.getElementById("first-page")
  && !document.querySelector('#main[aria-busy="true"]')
  && document.querySelector("main h1")
  && [...document.querySelectorAll("figure.graph")].every(one => {
    const chart = one.querySelector(".js-plotly-plot");
    return chart && chart.querySelector(".main-svg")
      && (one.querySelector(".chart-points").childElementCount
        || !chart.data.some(trace => trace.customdata));
  })"""
STILL = """() => new Promise(resolve => {
  const over = () => {
    watch.disconnect();
    document.fonts.ready.then(() => resolve());
  };
  let timer = setTimeout(over, 100);
  const watch = new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(over, 100);
  });
  watch.observe(document, {subtree: true, childList: true, attributes: true});
})"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a page.

    Attributes:
        name: Of the file, without its ending.
        path: The address within the program.
        width, height: Of the window, in CSS pixels.
        theme, language, view: The visitor's preferences; see `app.web.preferences`.
        heading: Begin at the heading with this text; empty for the top of the page.
    """

    name: str
    path: str
    width: int = 1280
    height: int = 800
    theme: str = "light"
    language: str = "sv"
    view: str = "normal"
    heading: str = ""


SHOTS: tuple[Shot, ...] = (
    Shot("overview", f"/?{_OF_REGION}", height=1000),
    Shot("off-target", f"/?{_OF_REGION}&status=not_met", height=960),
    Shot("english-dark", f"/?{_OF_REGION}", theme="dark", language="en", height=640),
    Shot(
        "presentation",
        f"/indikator/svf_lead_time?{_OF_REGION}",
        view="presentation",
    ),
    Shot("map", f"/karta?{_OF_REGION}"),
    Shot("unit", f"/enhet/{_CLINIC}?period=2026Q3"),
    Shot("indicator", f"/indikator/svf_lead_time?{_OF_REGION}"),
    Shot(
        "compare",
        f"/indikator/svf_lead_time?{_OF_REGION}",
        heading="Jämför enheter",
        height=640,
    ),
    Shot(
        "lineage",
        f"/underlag/utfall?indicator=svf_lead_time&{_OF_REGION}",
        heading="Rader bakom utfallet",
        height=640,
    ),
    Shot("rejected", "/underlag", heading="Avvisade rader", height=520),
)


def take(page: Page, base_url: str, shot: Shot) -> bytes:
    """Photograph a page of the program.

    Args:
        page: Of a browser context with a device scale factor of 1.
        base_url: Where the program is served, without a final slash.
        shot: What to photograph.

    Returns:
        A PNG of 256 colours at most, the same bytes for the same pixels.
    """
    opened(page, base_url, shot)
    return screenshot(page)


def screenshot(page: Page) -> bytes:
    """Photograph what a window shows, as a PNG of few colours."""
    return _small(page.screenshot(animations="disabled", caret="hide"))


def opened(page: Page, base_url: str, shot: Shot) -> None:
    """Open a page of the program as a picture is to show it."""
    chosen = {"lang": shot.language, "theme": shot.theme, "view": shot.view}
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": name, "value": one, "url": base_url} for name, one in chosen.items()]
    )
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    page.set_viewport_size({"width": shot.width, "height": shot.height})
    page.goto(f"{base_url}{shot.path}")
    wait_until_drawn(page)
    if shot.heading:
        heading = page.get_by_role("heading", name=shot.heading).first
        heading.evaluate(
            "one => window.scrollBy(0, one.getBoundingClientRect().y - 16)"
        )


def wait_until_drawn(page: Page) -> None:
    """Wait until everything on a page has come and stands still."""
    page.wait_for_function(_DRAWN)
    page.evaluate(STILL)


def _small(png: bytes) -> bytes:
    """Return a picture with few colours; of flat surfaces nobody sees it."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        few.save(written, "PNG", optimize=True)
    return written.getvalue()


@contextmanager
def _served(warehouse: Path) -> Iterator[str]:
    """Serve a warehouse on a free port; give the address."""
    command = [sys.executable, "-m", "app", "--warehouse", str(warehouse)]
    with subprocess.Popen(
        [*command, "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            # It says where it is once it can answer.
            announced = server.stdout.readline() if server.stdout else ""
            if "http" not in announced:
                raise SystemExit("the program did not start; see above")
            yield announced[announced.index("http") :].strip()
        finally:
            server.terminate()


@contextmanager
def demo_served() -> Iterator[str]:
    """Make demo data of a fixed day, build and serve them; give the address."""
    from etl.commands import build_warehouse
    from etl.demo import write_demo
    from kpi.definitions import load_definitions

    definitions = ROOT / "indicators.yaml"
    with TemporaryDirectory(prefix="malbild-pictures-") as folder:
        warehouse = Path(folder) / "demo.duckdb"
        write_demo(Path(folder) / "demo", load_definitions(definitions))
        build_warehouse(Path(folder) / "demo", warehouse, definitions, as_of=AS_OF)
        with _served(warehouse) as address:
            yield address


@contextmanager
def demo_page() -> Iterator[tuple[Page, str]]:
    """Serve demo data and open a browser; give its page and the program's address.

    Raises:
        SystemExit: there is no Chromium here.
    """
    if CHROMIUM is None:
        raise SystemExit("no chromium here; install it: apt-get install chromium")
    with demo_served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        context = browser.new_context(device_scale_factor=1, locale="sv-SE")
        yield context.new_page(), address
        browser.close()


def main() -> int:
    """Take every picture; return the exit code."""
    PICTURES.mkdir(exist_ok=True)
    with demo_page() as (page, address):
        for shot in SHOTS:
            path = PICTURES / f"{shot.name}.png"
            path.write_bytes(take(page, address, shot))
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
    kept = {f"{shot.name}.png" for shot in SHOTS}
    for path in PICTURES.glob("*.png"):
        if path.name not in kept:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
