"""What a screen reader is told of each page, kept as text to be read and compared.

Short enough to be read: of siblings of one kind only the first are kept, and how many
more there are. What every page says around its contents is kept once, with the page of
components. `make pictures` writes it anew, after a change that was meant.
"""

import re
import sys
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Page

from docs.pictures import Shot, demo_page, opened
from tests.pages import PAGES

HEARD = Path(__file__).resolve().parent / "heard"
WHOLE = "style"
"""The page whose frame is kept too: menu, preferences, footer."""

MOST = 2
"""Of how many siblings of one kind each is kept; of more, only the first."""

# Builds have the name of their contents, which changes with the program.
_BUILD = re.compile(r"\b\d{8}-[0-9a-f]{8,}\b|\b[0-9a-f]{12,64}\b")
# Addresses are not heard, and the choices of a list only when it is opened.
_UNHEARD = re.compile(r"^ *- (?:/url|option)\b.*\n", re.MULTILINE)
_TIME = re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d\b")
_ROLE = re.compile(r"- '?(?P<role>[a-z]+)")


@dataclass(slots=True)
class Heard:
    """An element as a screen reader tells of it, and what it holds."""

    line: str
    parts: list["Heard"] = field(default_factory=list)

    @property
    def role(self) -> str:
        """What kind of element it is said to be."""
        match = _ROLE.match(self.line)
        return match["role"] if match else ""


def heard(page: Page) -> str:
    """Return what is told of a page's contents, without what changes by itself."""
    return shortened(page.locator("main").aria_snapshot())


def heard_around(page: Page) -> str:
    """Return what is told of a whole page."""
    return shortened(page.locator("body").aria_snapshot())


def shortened(told: str) -> str:
    """Return of a tree the first of what is alike, and how many more there are."""
    told = _TIME.sub("TIME", _BUILD.sub("BUILD", _UNHEARD.sub("", told + "\n")))
    return "".join(f"{line}\n" for line in _lines(_tree(told)))


def _tree(told: str) -> list[Heard]:
    top = Heard("")
    above = [(-1, top)]
    for line in told.splitlines():
        indent = len(line) - len(line.lstrip())
        element = Heard(line.strip())
        while above[-1][0] >= indent:
            above.pop()
        above[-1][1].parts.append(element)
        above.append((indent, element))
    return top.parts


def _lines(elements: list[Heard], indent: str = "") -> list[str]:
    lines = []
    for role, siblings in groupby(elements, key=lambda element: element.role):
        alike = list(siblings)
        kept = alike if len(alike) <= MOST else alike[:1]
        for element in kept:
            lines.append(f"{indent}{element.line}")
            # A row is told with the words of its cells.
            parts = [] if role == "row" else element.parts
            lines += _lines(parts, f"{indent}  ")
        if more := len(alike) - len(kept):
            lines.append(f"{indent}- and {more} more: {role}")
    return lines


def main() -> int:
    """Write what every page says; return the exit code."""
    HEARD.mkdir(exist_ok=True)
    with demo_page() as (page, address):
        for name, path in PAGES.items():
            opened(page, address, Shot(name, path))
            told = heard_around(page) if name == WHOLE else heard(page)
            (HEARD / f"{name}.yaml").write_text(told, encoding="utf-8")
            print(name, told.count("\n"), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
