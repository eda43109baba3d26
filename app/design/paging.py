"""Long lists, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from dash.development.base_component import Component

from app.address import address
from app.design.components import link
from app.web import html
from app.words import headings
from app.words.language import gettext as _

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is shown.

    Attributes:
        number: From 1.
        count: How many rows the whole list has.
        size: How many rows a page has.
    """

    number: int
    count: int
    size: int = PAGE_SIZE

    @property
    def first(self) -> int:
        """How many rows come before it."""
        return (self.number - 1) * self.size

    @property
    def last_number(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // self.size))


def page(written: str | None, count: int, size: int = PAGE_SIZE) -> Page:
    """Return the page asked for; the nearest one that exists if it does not."""
    wanted = written or "1"
    is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 9
    number = int(wanted) if is_number else 1
    last = Page(1, count, size).last_number
    return Page(max(1, min(number, last)), count, size)


def pager(
    shown: Page,
    path: str,
    params: Mapping[str, str],
    anchor: str,
    name: str = "page",
    title: str = "",
) -> Component:
    """Return where one is in a list, and links to the pages before and after.

    Args:
        shown: What is shown of the list.
        path: Of the page.
        params: What the address says besides.
        anchor: The id of the list.
        name: What the list's page is called in the address.
        title: What the list is called, where a page has several.
    """
    last = min(shown.first + shown.size, shown.count)
    sentence = headings.page_of(min(shown.first + 1, shown.count), last, shown.count)
    parts: list[Component] = [html.Span(sentence, className="muted")]
    for words, number in (
        (_("Föregående"), shown.number - 1),
        (_("Nästa"), shown.number + 1),
    ):
        if 1 <= number <= shown.last_number:
            href = address(path, {**params, name: str(number)})
            parts.append(link(words, f"{href}#{anchor}"))
    label = f"{title}: {headings.PAGES}" if title else headings.PAGES
    return html.Nav(parts, className="pager", **{"aria-label": label})
