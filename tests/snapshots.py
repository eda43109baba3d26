"""How the pages looked when somebody last looked at them, to compare with.

`make pictures` takes them anew, after a change of looks that was meant.
"""

import io
import sys
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

from docs.pictures import Shot, demo_page, opened, screenshot
from tests.pages import PAGES

SNAPSHOTS = Path(__file__).resolve().parent / "snapshots"
SCALE = 2
"""Kept at half their size: what a person would not see makes no difference."""

NOTICED = 48
"""How much a pixel may differ in any colour, of 255, before it counts."""

TOLERANCE = 0.005
"""The share of pixels that may count: an id or a time of day (0.002 at most, measured),
not a lost column (0.008)."""

HELP = "looks different; if that was meant, run `make pictures` and look at the result"

PAGE_SHOTS: tuple[Shot, ...] = tuple(
    Shot(name, path, height=1200) for name, path in PAGES.items()
)
"""Every page once."""

OTHER_LOOKS: tuple[Shot, ...] = (
    Shot("style-narrow", PAGES["style"], 320, 900),
    Shot("style-dark", PAGES["style"], theme="dark"),
    Shot("style-contrast", PAGES["style"], theme="contrast"),
    Shot("style-english", PAGES["style"], language="en"),
    Shot("style-presentation", PAGES["style"], view="presentation"),
    Shot("overview-narrow", PAGES["overview"], 320, 900),
    Shot("indicator-narrow", PAGES["indicator"], 320, 900),
    Shot("indicator-contrast", PAGES["indicator"], theme="contrast"),
)
"""Every component in each look, and a table and a chart where they are drawn anew."""

SHOTS = PAGE_SHOTS + OTHER_LOOKS


def photographed(page: Page) -> Image.Image:
    """Photograph a page that is open, and return it as it is kept."""
    picture = Image.open(io.BytesIO(screenshot(page))).convert("RGB")
    return picture.reduce(SCALE)


def seen(page: Page, base_url: str, shot: Shot) -> Image.Image:
    """Open a page and photograph it."""
    opened(page, base_url, shot)
    return photographed(page)


def difference(kept: Image.Image, now: Image.Image) -> float:
    """Return the share of pixels that look different, 0-1; 1 if the sizes differ."""
    if kept.size != now.size:
        return 1.0
    apart = ImageChops.difference(kept.convert("RGB"), now.convert("RGB"))
    red, green, blue = apart.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    counts = most.histogram()
    return sum(counts[NOTICED + 1 :]) / (now.width * now.height)


def main() -> int:
    """Take every picture anew; return the exit code."""
    SNAPSHOTS.mkdir(exist_ok=True)
    for old in SNAPSHOTS.glob("*.png"):
        old.unlink()
    with demo_page() as (page, address):
        for shot in SHOTS:
            few = seen(page, address, shot).quantize(64, dither=Image.Dither.NONE)
            few.save(SNAPSHOTS / f"{shot.name}.png", optimize=True)
            print(shot.name, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
