"""The pages of two regions that use their own plans alone, in a browser."""

from itertools import pairwise

import pytest

from docs.pictures import Shot, opened
from tests.conftest import served, visitor, watched
from tests.regions import BOTH
from tests.test_every_page import THEMES, WINDOW, faults, prefer, settle, widen

pytestmark = pytest.mark.browser

WIDTHS = (320, 1280)
PAGES = {
    "overview": ("/?period=2026Q3", "Region {name}"),
    "plans": ("/handlingsplaner", "Handlingsplaner"),
    "steps": ("/steg", "Steg i planerna, Region {name}, kv 3 2026"),
    "indicator": (
        "/indikator/svf_lead_time?period=2026Q3",
        "Ledtid i standardiserade vårdförlopp",
    ),
    "unit": ("/enhet/{top}?period=2026Q3", "Region {name}"),
    "map": ("/karta?period=2026Q3", "Karta, kv 3 2026"),
    "sources": ("/underlag", "Underlag"),
    "incidents": ("/avvikelser", "Avvikelserapporter, Region {name}, kv 3 2026"),
}


@pytest.fixture(scope="module", params=BOTH, ids=lambda region: region.name)
def region(request):
    return request.param


@pytest.fixture(scope="module")
def address(region, region_warehouses):
    with served(region_warehouses[region.name]) as address:
        yield address


@pytest.fixture(scope="module")
def reader(chromium, address):
    with visitor(chromium, address, device_scale_factor=1) as reader:
        yield reader


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_fits_and_has_no_fault_that_axe_can_see(
    reader, address, region, name
):
    path, title = (
        words.format(name=region.name.title(), top=region.top) for words in PAGES[name]
    )
    with watched(reader, address) as page:
        opened(page, address, Shot(name, path, **WINDOW))
        assert plain_spaces(page.inner_text("h1")) == title
        levels = page.eval_on_selector_all(
            "h1, h2, h3, h4",
            "all => all.filter(each => each.checkVisibility()).map(h => +h.tagName[1])",
        )
        assert levels.count(1) == 1
        assert [b for a, b in pairwise(levels) if b - a > 1] == []
        assert page.evaluate(EMPTY) == []
        assert faults(page) == []
        for theme in THEMES[1:]:
            prefer(page, theme=theme)
            assert (theme, faults(page, runOnly=["color-contrast"])) == (theme, [])
        prefer(page, theme="light")
        for width in WIDTHS:
            widen(page, width, height=900)
            settle(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert (width, wide) == (width, min(width, wide))
            assert (width, page.evaluate(BESIDE)) == (width, [])


EMPTY = """() => [...document.querySelectorAll(
    "main section, main ul, main ol, main table tbody, main details, main select")]
  .filter(part => part.tagName == "SELECT"
    ? part.options.length < 2 && !part.value
    : !part.textContent.trim() || part.tagName == "SECTION"
      && part.children.length == 1 && /^H[1-6]$/.test(part.children[0].tagName))
  .map(part => part.outerHTML.slice(0, 160))"""
"""What is there and holds nothing: a heading alone, a list, a choice of all alone."""

BESIDE = """() => [...document.querySelectorAll("main td.number, main th")]
  .filter(cell => {
    const words = document.createRange();
    words.selectNodeContents(cell);
    return words.getBoundingClientRect().right
      > cell.getBoundingClientRect().right + 1;
  })
  .map(cell => cell.innerText)"""
"""What stands in a cell and out of it: names of regions are long and short."""


def plain_spaces(words):
    return " ".join(words.split())
