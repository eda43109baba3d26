"""Every page in every theme and language, judged by axe-core (WCAG 2.2 A and AA)."""

from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.heard import HEARD, heard
from tests.pages import PAGES, opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]

THEMES = ("light", "dark", "contrast")


def prefer(page, base, **choices):
    host = urlsplit(base).hostname
    page.context.add_cookies(
        [
            {"name": name, "value": value, "domain": host, "path": "/"}
            for name, value in choices.items()
        ]
    )


def faults(page, *rules):
    """What axe-core finds, a line for each element; by all rules or those named."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    found = Axe().run(page, options=options)
    return [
        f"{fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_fault_that_axe_can_see(page, demo_server, name, language):
    prefer(page, demo_server, theme=THEMES[0], lang=language)
    opened(page, PAGES[name])
    assert page.evaluate("document.documentElement.lang") == language
    assert faults(page) == []
    # A theme changes colours and nothing else, and a language no colours.
    for theme in THEMES[1:] if language == "sv" else ():
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        assert (theme, faults(page, "color-contrast")) == (theme, [])


def test_axe_sees_a_fault_where_there_is_one(page):
    opened(page, "/om")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=\"data:,\">'")
    assert any(fault.startswith("image-alt") for fault in faults(page))


@pytest.mark.parametrize("view", ["presentation", "print"])
def test_presentation_and_print_have_no_fault_either(page, demo_server, view):
    if view == "print":
        page.emulate_media(media="print")
    else:
        prefer(page, demo_server, view=view)
    found = {}
    for name in ("overview", "indicator", "unit"):
        opened(page, PAGES[name])
        if seen := faults(page):
            found[name] = seen
    assert found == {}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_main_heading_and_skips_no_level(page, name):
    opened(page, PAGES[name])
    levels = page.eval_on_selector_all(
        "h1, h2, h3, h4",
        "all => all.filter(one => one.checkVisibility()).map(one => +one.tagName[1])",
    )
    assert levels.count(1) == 1
    assert [after for before, after in pairwise(levels) if after - before > 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_it_said_when_somebody_last_listened(name, page, demo_server):
    kept = (HEARD / f"{name}.yaml").read_text(encoding="utf-8")
    told = heard(page, demo_server, name)
    # Compared as lines: the difference is then readable.
    assert told.splitlines() == kept.splitlines(), "meant? then run `make pictures`"
