"""What a screen reader is told of each page, kept as text to be read and compared.

`make pictures` writes it anew, after a change that was meant.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Page

from docs.pictures import Shot, demo_page, opened
from tests.pages import PAGES

HEARD = Path(__file__).resolve().parent / "heard"
# Builds have the name of their contents, which changes with the program.
_BUILD = re.compile(r"\b\d{8}-[0-9a-f]{8,}\b|\b[0-9a-f]{12,64}\b")
# Addresses are not heard, and the choices of a list only when it is opened.
_UNHEARD = re.compile(r"^ *- (?:/url|option)\b.*\n", re.MULTILINE)
_TIME = re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d\b")


def heard(page: Page, base_url: str, name: str) -> str:
    """Return a page's accessibility tree as text, without what changes by itself."""
    opened(page, base_url, Shot(name, PAGES[name]))
    told = _UNHEARD.sub("", page.locator("body").aria_snapshot() + "\n")
    return _TIME.sub("TIME", _BUILD.sub("BUILD", told))


def main() -> int:
    """Write what every page says; return the exit code."""
    HEARD.mkdir(exist_ok=True)
    with demo_page() as (page, address):
        for name in PAGES:
            told = heard(page, address, name)
            (HEARD / f"{name}.yaml").write_text(told, encoding="utf-8")
            print(name, len(told), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
