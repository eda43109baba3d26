"""Every page, opened once and judged in every way: looks, words, widths, themes, paper.

Colours, view and width are style sheets' work, so they are changed on the open page.
"""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from docs.pictures import STILL, Shot, opened
from tests.conftest import visitor, watched, watched_page
from tests.heard import HEARD, WHOLE, heard, heard_around
from tests.pages import PAGES
from tests.snapshots import HELP, SNAPSHOTS, TOLERANCE, difference, photographed

pytestmark = pytest.mark.browser

THEMES = ("light", "dark", "contrast")
VIEWS = ("normal", "presentation")
ALSO_SHOWN = ("overview", "indicator", "unit")
ALSO_PRINTED = (*ALSO_SHOWN, "map", "lineage")
WINDOW = {"width": 1280, "height": 1200}
# 640 and 320 are also what 1280 is at 200 and at 400 per cent zoom.
WIDTHS = (320, 640, 768, 1280, 1920)
A4_WITHIN_MARGINS = {"width": 718, "height": 1000}

PREFER = """choices => {
  for (const [name, value] of Object.entries(choices))
    document.documentElement.dataset[name] = value;
}"""
# Charts are drawn for the width that their place has.
FOLLOWED = """() => [...document.querySelectorAll("figure.graph .js-plotly-plot")]
  .every(chart => Math.abs(chart._fullLayout.width - chart.clientWidth) < 2)"""
BLOCKS = """main => {
  const charts = [...main.querySelectorAll("figure.graph")];
  charts.forEach(chart => { chart.style.display = "none"; });
  const words = main.innerText;
  charts.forEach(chart => { chart.style.display = ""; });
  return words;
}"""


@pytest.fixture(scope="module", params=PAGES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def reader(chromium, demo_server):
    """Who opens one page after the other, and so has the scripts after the first."""
    with visitor(chromium, demo_server, device_scale_factor=1) as reader:
        yield reader


@pytest.fixture(scope="module")
def visit(reader, demo_server, name):
    """A page in Swedish and light colours, as `make pictures` takes it."""
    with watched(reader, demo_server) as page:
        opened(page, demo_server, Shot(name, PAGES[name], **WINDOW))
        yield page


@pytest.fixture
def page(visit):
    """The page as it was when it was opened, whatever the last test did with it."""
    visit.emulate_media(media="screen")
    prefer(visit, theme="light", view="normal")
    widen(visit, **WINDOW)
    return visit


def prefer(page, **choices):
    page.evaluate(PREFER, choices)


def widen(page, width, height):
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})
        settle(page)


def settle(page):
    """Wait for what a change of width leads to: fonts, and charts drawn anew.

    All else is laid out by the time it is asked for, and need not be waited for.
    """
    page.evaluate("document.fonts.ready.then(() => null)")
    if page.locator("figure.graph").count():
        page.wait_for_function(FOLLOWED)
        page.evaluate(STILL)


def faults(page, **options):
    """What axe-core finds, a line for each element; `options` are its own."""
    options = {"resultTypes": ["violations"]} | options
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    violations = page.evaluate(
        "options => axe.run(options).then(result => result.violations)", options
    )
    return [
        f"{fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in violations
        for node in fault["nodes"]
    ]


def words_of(page):
    """What main says, a line for each block; charts say nothing."""
    lines = page.locator("main").first.evaluate(BLOCKS).splitlines()
    return [line.strip() for line in lines if line.strip()]


def test_it_looks_as_it_did(page, name):
    with Image.open(SNAPSHOTS / f"{name}.png") as kept:
        assert difference(kept, photographed(page)) <= TOLERANCE, HELP


def test_it_says_what_it_said_when_somebody_last_listened(page, name):
    kept = (HEARD / f"{name}.yaml").read_text(encoding="utf-8")
    now = heard_around(page) if name == WHOLE else heard(page)
    # Compared as lines: the difference is then readable.
    assert now.splitlines() == kept.splitlines(), "meant? then run `make pictures`"


def test_it_has_one_main_heading_and_skips_no_level(page):
    levels = page.eval_on_selector_all(
        "h1, h2, h3, h4",
        "all => all.filter(each => each.checkVisibility()).map(h => +h.tagName[1])",
    )
    assert levels.count(1) == 1
    assert [after for before, after in pairwise(levels) if after - before > 1] == []


@pytest.fixture(scope="module")
def without_scripts(chromium, demo_server):
    with visitor(
        chromium, demo_server, viewport=WINDOW, java_script_enabled=False
    ) as reader:
        yield reader


def test_what_is_sent_first_is_what_is_drawn_then(page, without_scripts, name):
    first = without_scripts.new_page()
    first.goto(PAGES[name])
    sent = words_of(first)
    first.close()
    assert sent == words_of(page)
    assert len(sent) > 3


def test_it_has_no_fault_that_axe_can_see(page):
    assert page.evaluate("document.documentElement.lang") == "sv"
    assert faults(page) == []
    # A theme changes colours and nothing else.
    for theme in THEMES[1:]:
        prefer(page, theme=theme)
        assert (theme, faults(page, runOnly=["color-contrast"])) == (theme, [])


@pytest.mark.parametrize("name", ALSO_SHOWN, indirect=True)
def test_it_has_no_fault_in_presentation_or_print_either(page):
    prefer(page, view="presentation")
    assert faults(page) == []
    prefer(page, view="normal")
    page.emulate_media(media="print")
    assert faults(page) == []


@pytest.mark.parametrize("name", ALSO_PRINTED, indirect=True)
def test_paper_holds_the_whole_page(page, tmp_path):
    page.emulate_media(media="print")
    widen(page, **A4_WITHIN_MARGINS)
    assert page.get_by_text("Syntetiska demodata").first.is_visible()
    assert not page.get_by_role("navigation", name="Huvudmeny").is_visible()
    assert page.locator("form.filters").count() == 0 or not (
        page.locator("form.filters").first.is_visible()
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_it_fits_every_width_in_both_views_and_says_it_is_demo(page):
    sideways = {}
    for width in WIDTHS:
        widen(page, width, height=900)
        for view in VIEWS:
            prefer(page, view=view)
            settle(page)
            assert page.get_by_text("Syntetiska demodata").first.is_visible()
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                sideways[width, view] = wide
    assert sideways == {}


def test_in_english_it_has_no_fault_either(reader, demo_server, name):
    with watched(reader, demo_server) as page:
        opened(page, demo_server, Shot("english", PAGES[name], language="en"))
        assert page.evaluate("document.documentElement.lang") == "en"
        # A language changes words and no colours, which take four fifths of the time.
        assert faults(page, rules={"color-contrast": {"enabled": False}}) == []


def test_axe_sees_a_fault_where_there_is_one(chromium, demo_server):
    with watched_page(chromium, demo_server) as page:
        opened(page, demo_server, Shot("about", PAGES["about"]))
        page.evaluate(
            "document.querySelector('main').innerHTML += '<img src=\"data:,\">'"
        )
        assert any(fault.startswith("image-alt") for fault in faults(page))
