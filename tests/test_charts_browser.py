"""Charts in a browser: by keyboard, aloud, by pointer, on a narrow screen, on paper."""

import re
from xml.etree import ElementTree

import pytest

from tests import pages

pytestmark = pytest.mark.browser

LEAD_TIME = "/indikator/svf_lead_time?period=2026Q3"
FOCUSED = "document.activeElement.getAttribute('aria-label')"


def opened(page, path=LEAD_TIME, width=1280):
    page.set_viewport_size({"width": width, "height": 900})
    pages.opened(page, path)
    return page


def focused(page):
    return page.evaluate(FOCUSED).replace("\N{NO-BREAK SPACE}", " ")


def eventually(page, truth):
    """Wait until a script is true; Playwright's own way needs what our CSP forbids."""
    for _ in range(100):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(100)
    raise AssertionError(truth)


def stop(page, chart="#trend"):
    return page.locator(f"{chart} .chart-point[tabindex='0']")


def test_a_chart_is_one_stop_and_the_arrows_move_between_its_points(page):
    opened(page)
    assert stop(page).count() == 1
    page.get_by_role("button", name="Bild (PNG)").focus()
    page.keyboard.press("Shift+Tab")  # Excel
    for _ in range(3):  # CSV, the table's link, the chart
        page.keyboard.press("Shift+Tab")
    newest = focused(page)
    assert newest.startswith("kv 3 2026, ")
    assert newest.endswith("≥ 55 % (lokalt), Når inte målet")
    page.keyboard.press("ArrowRight")
    assert focused(page) == newest
    page.keyboard.press("ArrowLeft")
    assert focused(page).startswith("kv 2 2026, ")
    page.keyboard.press("Home")
    assert focused(page).startswith("kv 1 2022, ")
    page.keyboard.press("ArrowUp")
    assert focused(page).startswith("Blekinge ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    assert focused(page) == newest
    assert stop(page).count() == 1


def test_the_point_with_focus_is_seen_and_its_words_too(page):
    opened(page)
    stop(page).focus()
    page.keyboard.press("ArrowLeft")
    hover = page.locator("#trend .hoverlayer")
    hover.get_by_text("kv\N{NO-BREAK SPACE}2 2026").first.wait_for()
    ring = stop(page).evaluate("one => getComputedStyle(one).outlineStyle")
    assert ring == "solid"
    page.keyboard.press("Tab")
    eventually(page, "!document.querySelector('#trend .hoverlayer').textContent")


def test_a_point_lies_where_its_mark_is_drawn(page):
    opened(page)
    mark = page.locator("#trend .scatterlayer .trace .points path").last.bounding_box()
    point = page.locator("#trend .chart-point").last.bounding_box()
    for start, size in (("x", "width"), ("y", "height")):
        middle = mark[start] + mark[size] / 2
        assert point[start] + point[size] / 2 == pytest.approx(middle, abs=1)


def test_enter_opens_the_rows_and_escape_leaves_for_the_table(page):
    opened(page)
    stop(page).focus()
    page.keyboard.press("Escape")
    named = page.evaluate("document.activeElement.textContent")
    assert named == "Samma siffror som tabell"
    stop(page).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/underlag/utfall.*period=2026Q3"))


def test_units_are_gone_through_from_the_top_down_and_lead_to_their_pages(page):
    opened(page)
    stop(page, "#compare").focus()
    first = focused(page)
    page.keyboard.press("ArrowDown")
    assert focused(page) != first
    page.keyboard.press("ArrowUp")
    assert focused(page) == first
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/indikator/svf_lead_time.*unit="))
    page.get_by_role("link", name=first.split(",")[0]).first.wait_for()


def test_the_points_follow_when_the_page_is_drawn_anew(page):
    opened(page)
    before = page.locator("#trend .chart-point").count()
    page.get_by_label("Periodlängd").select_option(label="År")
    page.wait_for_url(re.compile("kind=year"))
    eventually(
        page, f"document.querySelectorAll('#trend .chart-point').length < {before}"
    )
    stop(page).focus()
    assert re.match(r"20\d\d, ", focused(page))


def test_a_drawing_is_kept_and_changed_when_another_unit_is_chosen(page):
    opened(page)
    drawing = "document.querySelector('#trend .js-plotly-plot')"
    newest = f"{drawing}.data.at(-1).customdata.at(-1)"
    before = page.evaluate(f"{drawing}.isKept = true, {newest}")
    page.get_by_label("Enhet").first.select_option("SE2321000081-DEMO005")
    eventually(page, f"{drawing} && {newest} !== {before!r}")
    assert page.evaluate(f"{drawing}.isKept")
    after = page.locator("#trend .chart-point").last.get_attribute("href")
    assert page.evaluate(newest) == after


def test_the_drawing_is_silent_and_the_figure_has_a_name_and_a_description(page):
    opened(page)
    figure = page.get_by_role("figure").first
    heard = figure.aria_snapshot()
    assert "procentenheter under" in heard
    assert "Bandet är 95 %-intervall." in heard.replace("\N{NO-BREAK SPACE}", " ")
    assert heard.count('link "kv') == stop(page).locator("xpath=../a").count()
    assert "Nationellt mål" not in heard
    assert not page.locator("[aria-hidden=true] [tabindex]").count()


def test_the_pointer_still_shows_what_a_point_is(page):
    opened(page)
    page.locator("#trend .chart-frame").scroll_into_view_if_needed()
    place = page.locator("#trend .chart-point").last.bounding_box()
    page.mouse.move(place["x"] + 5, place["y"] + 5)
    page.mouse.move(place["x"] + 12, place["y"] + 12)
    page.locator("#trend .hoverlayer .hovertext").wait_for()


def is_shaped(is_narrow):
    """In JavaScript: the chart has the shape that the window asks for."""
    drawn = "document.querySelector('#trend .js-plotly-plot').layout.meta.drawn"
    shape = "narrow" if is_narrow else "wide"
    return f"({drawn} || 'wide 1').startsWith('{shape}')"


@pytest.mark.parametrize("chart", ["#trend", "#compare"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_words_of_a_chart_are_whole_and_do_not_cover_each_other(page, chart, width):
    opened(page, width=width)
    eventually(page, is_shaped(width == 320))
    boxes = page.eval_on_selector_all(
        f"{chart} .annotation-text, {chart} .xtick text, {chart} .ytick text",
        """all => all.filter(one => one.getBoundingClientRect().width)
            .map(one => [one.textContent, one.getBoundingClientRect()])""",
    )
    frame = page.locator(f"{chart} .chart-frame").bounding_box()
    assert len(boxes) > 8
    for name, box in boxes:
        assert frame["x"] - 1 <= box["left"], name
        assert box["right"] <= frame["x"] + frame["width"] + 1, name
        assert box["height"] >= 12, name
    covered = [
        (one, other)
        for at, (one, a) in enumerate(boxes)
        for other, b in boxes[at + 1 :]
        if a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] + 2 < b["bottom"] - 2
        and b["top"] + 2 < a["bottom"] - 2
    ]
    assert covered == []


def test_a_chart_widens_again_with_the_window(page):
    opened(page)
    names = page.locator("#compare .ytick text")
    key = page.locator(".chart-key").first
    for width, is_narrow in ((320, True), (1280, False)):
        page.set_viewport_size({"width": width, "height": 900})
        eventually(page, is_shaped(is_narrow))
        assert key.is_visible() is is_narrow
        names.first.wait_for(state="detached" if is_narrow else "visible")
        ticks = page.locator("#compare .xtick text")
        first, last = ticks.first.bounding_box(), ticks.last.bounding_box()
        drawn = page.locator("#compare").bounding_box()
        assert last["x"] - first["x"] > 0.5 * drawn["width"]


def test_the_picture_can_be_fetched_also_from_a_narrow_screen(page, tmp_path):
    opened(page, width=320)
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Bild (PNG)").click()
    file = tmp_path / "chart.png"
    fetched.value.save_as(file)
    assert file.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (
        int.from_bytes(file.read_bytes()[at : at + 4], "big") for at in (16, 20)
    )
    assert (width, height) == (2200, 1200)


FUNNEL = "/analys/jamforelse?indicator=printed_medicine_list&period=2026Q3"
CONTROL_CHART = (
    "/analys/styrdiagram?indicator=svf_lead_time&unit=SE2321000081-DEMO005"
    "&period=2026Q3"
)


@pytest.mark.parametrize(
    ("path", "figure"),
    [
        (LEAD_TIME, "trend"),
        (FUNNEL, "funnel"),
        (f"{FUNNEL}&chart=caterpillar", "caterpillar"),
        (CONTROL_CHART, "control-chart"),
    ],
)
def test_the_drawing_holds_what_the_chart_says_and_its_numbers(
    page, tmp_path, path, figure
):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(path)
    page.locator(f"#{figure} .chart-point").first.wait_for(state="attached")
    with page.expect_download() as fetched:
        page.locator(f".section:has(#{figure}) button[data-format=svg]").click()
    file = tmp_path / "chart.svg"
    fetched.value.save_as(file)
    assert fetched.value.suggested_filename.endswith(".svg")
    drawing = ElementTree.parse(file).getroot()
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    held = " ".join(" ".join(drawing.itertext()).split())
    finding = page.locator(f"#{figure}-title").inner_text()
    for word in finding.split():
        assert word in held
    assert "Syntetiska demodata. Källa: Målbild, bygge" in held
    # the numbers: of the axis, and of the lines
    lines = page.evaluate(
        f"""() => [...document.querySelectorAll(
            '#{figure} :is(.xtick, .ytick, .annotation) text')].flatMap(one => {{
                const parts = [...one.querySelectorAll('tspan.line')];
                return (parts.length ? parts : [one]).map(part => part.textContent);
        }})"""
    )
    assert len(lines) > 8
    for said in lines:
        for word in said.split():
            assert word in held
    marks = [one for one in drawing.iter() if "point" in one.get("class", "").split()]
    assert len(marks) == page.locator(f"#{figure} .chart-point").count() > 5


def test_the_copied_address_leads_to_the_very_same_rows(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, "/analys?area=cancer&sort=evidence")
    page.get_by_role("button", name="Kopiera adressen").click()
    page.get_by_role("status").get_by_text("Adressen är kopierad.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(
        r"/analys\?period=2026Q3&unit=.*&area=cancer&sort=evidence$", copied
    )
    before = page.locator("#deviations tbody").inner_text()
    opened(page, copied)
    page.locator("#deviations tbody").wait_for()
    assert page.locator("#deviations tbody").inner_text() == before


def test_an_address_is_copied_also_where_the_clipboard_is_locked(page):
    page.add_init_script(
        "Object.defineProperty(window, 'isSecureContext', {value: false})"
    )
    opened(page, "/analys?period=2026Q3")
    page.evaluate(
        "document.addEventListener('copy', () => { window.isCopied = true; })"
    )
    page.get_by_role("button", name="Kopiera adressen").click()
    page.get_by_role("status").get_by_text("Adressen är kopierad.").wait_for()
    assert page.evaluate("window.isCopied")


def test_a_sign_leads_to_its_control_chart(page):
    opened(page, "/analys?period=2026Q3&view=matrix&area=cancer")
    sign = page.locator(".sign-matrix tbody a[aria-label]").first
    words = sign.get_attribute("aria-label").split(",")[0]
    sign.click()
    page.wait_for_url(re.compile("/analys/styrdiagram"))
    page.get_by_text(words).first.wait_for()
