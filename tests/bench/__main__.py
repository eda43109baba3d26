"""Measure, and write docs/benchmarks.md: `make bench`, or `make bench ONLY=queries`.

A run replaces the sections it measured and leaves the others as they were.
"""

import argparse
import re
from collections.abc import Callable

from playwright.sync_api import Browser, sync_playwright

from tests.bench import drawing, load, pages, peers, people, queries, visits
from tests.bench.serving import ROOT, launched

RESULT = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Made by `make bench`; `make bench ONLY=queries` measures one section anew. Times depend
on the machine: read what a section says against the rest of that section.
"""


def _in_browser(measure: Callable[[Browser], str]) -> Callable[[], str]:
    def measured() -> str:
        with sync_playwright() as playwright:
            browser = launched(playwright)
            try:
                return measure(browser)
            finally:
                browser.close()

    return measured


SECTIONS = {
    "visits": ("A first visit", visits.section),
    "pages": ("Pages in the browser", _in_browser(pages.section)),
    "drawing": ("Many units and signs", _in_browser(drawing.section)),
    "load": ("Loading", load.section),
    "queries": ("Answers of the server", queries.section),
    "people": ("Many visitors", people.section),
    "peers": ("The same page in other programs", peers.section),
}
"""What can be measured: its heading in the file and what writes it, heading and all."""


def put(written: str, found: dict[str, str]) -> str:
    """Return the file with the sections found in it, in their order.

    Args:
        written: The file as it was.
        found: Of the sections measured, the new text by heading.
    """
    parts = re.split(r"^(?=## )", written, flags=re.MULTILINE)[1:]
    kept = {part.partition("\n")[0].removeprefix("## "): part for part in parts} | found
    texts = [kept[title].strip() for title, _ in SECTIONS.values() if title in kept]
    return "\n\n".join([HEAD.strip(), *texts]) + "\n"


def main() -> None:
    """Measure the sections asked for, or all, and write each as soon as it is done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help=", ".join(SECTIONS))
    chosen = parser.parse_args().only
    if unknown := set(chosen) - set(SECTIONS):
        parser.error(f"{', '.join(unknown)}: expected any of {', '.join(SECTIONS)}")
    for name in chosen or SECTIONS:
        title, section = SECTIONS[name]
        text = section()
        print(text)
        before = RESULT.read_text(encoding="utf-8") if RESULT.exists() else ""
        RESULT.write_text(put(before, {title: text}), encoding="utf-8")


if __name__ == "__main__":
    main()
