"""`make gallery`: every page in every theme, width and language, to be looked at.

Written to build/gallery, with one sheet for each page, theme and language that shows
all widths beside each other.
"""

import io
import sys
from pathlib import Path

from PIL import Image

from docs.pictures import Shot, demo_page, opened
from tests.pages import PAGES

GALLERY = Path(__file__).resolve().parent.parent / "build" / "gallery"
THEMES = ("light", "dark", "contrast")
LANGUAGES = ("sv", "en")
WIDTHS = (320, 768, 1280, 1920)
_TALLEST = 2600  # of a picture on a sheet, in pixels of the page


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures beside each other on one, their tops in line."""
    wide = sum(one.width for one in pictures) + 20 * (len(pictures) - 1)
    tall = max(one.height for one in pictures)
    made = Image.new("RGB", (wide, tall), "#888888")
    left = 0
    for one in pictures:
        made.paste(one, (left, 0))
        left += one.width + 20
    return made


def main() -> int:
    """Take every picture; return the exit code."""
    wanted = sys.argv[1:] or list(PAGES)
    GALLERY.mkdir(parents=True, exist_ok=True)
    with demo_page() as (page, address):
        for name in wanted:
            for theme in THEMES:
                for language in LANGUAGES:
                    pictures = []
                    for width in WIDTHS:
                        shot = Shot(
                            name, PAGES[name], width, 900, theme, language=language
                        )
                        opened(page, address, shot)
                        png = page.screenshot(full_page=True, animations="disabled")
                        picture = Image.open(io.BytesIO(png)).convert("RGB")
                        height = min(picture.height, _TALLEST)
                        pictures.append(picture.crop((0, 0, picture.width, height)))
                    made = sheet(pictures)
                    made.save(GALLERY / f"{name}_{theme}_{language}.png")
                    print(f"{name} {theme} {language}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
