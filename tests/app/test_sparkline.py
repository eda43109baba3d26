from itertools import product
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.presenters.sparkline import (
    DARK_TARGET,
    DARK_VALUE,
    HEIGHT,
    TARGET,
    VALUE,
    WIDTH,
    TrendPoint,
    sparkline,
    sparkline_svg,
)

SVG = "{http://www.w3.org/2000/svg}"
levels = st.none() | st.floats(-1e6, 1e6)


def lines(points, name):
    tree = ElementTree.fromstring(sparkline_svg(points))
    return [
        [tuple(map(float, place.split(","))) for place in one.get("points").split()]
        for one in tree.iter(f"{SVG}polyline")
        if one.get("class") == name
    ]


def point(month, value, target=None):
    return TrendPoint(month, value, target)


def test_a_period_without_a_value_is_a_gap_not_a_zero():
    found = lines([point(0, 1.0), point(3, 2.0), point(6, None), point(9, 4.0)], "l")
    assert [len(line) for line in found] == [2, 1]


def test_higher_values_are_drawn_higher():
    ((first, second),) = lines([point(0, 1.0), point(3, 2.0)], "l")
    assert second[1] < first[1]
    assert second[0] > first[0]


def test_a_target_is_a_line_with_steps():
    (line,) = lines([point(0, 1.0, 50.0), point(3, 2.0, 55.0)], "t")
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = line
    assert (y0, y2) == (y1, y3)
    assert x1 == x2
    assert x0 < x1 < x3


def test_the_target_of_a_single_period_is_not_drawn():
    assert lines([point(0, 1.0), point(3, 2.0, 55.0)], "t") == []


def test_a_level_target_lies_in_the_middle_of_pixels():
    ((first, last),) = lines([point(0, 7.0, 55.0), point(3, 2.0, 55.0)], "t")
    assert first[1] == last[1]
    assert first[1] % 1 == 0.5


def test_nothing_to_draw_is_an_empty_picture():
    tree = ElementTree.fromstring(sparkline_svg([]))
    assert [one.tag for one in tree] == [f"{SVG}style"]


@given(st.lists(st.tuples(levels, levels), max_size=14))
def test_everything_is_drawn_within_the_picture(pairs):
    points = [point(3 * n, *pair) for n, pair in enumerate(pairs)]
    places = [
        place for name in ("l", "t") for line in lines(points, name) for place in line
    ]
    assert all(-1 <= x <= WIDTH + 1 and 0 <= y <= HEIGHT for x, y in places)


def test_the_picture_is_an_address_that_holds_the_svg():
    points = [point(0, 1.0), point(3, 2.0)]
    kind, _, written = sparkline(points).partition(",")
    assert kind == "data:image/svg+xml"
    assert unquote(written) == sparkline_svg(points)
    assert "#" not in written
    assert '"' not in written


def luminance(colour):
    def light(part):
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (light(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("lines", "surfaces"),
    [
        ((VALUE, TARGET), ("#ffffff", "#eef1f4")),
        ((DARK_VALUE, DARK_TARGET), ("#1f2730", "#000000")),
    ],
)
def test_the_lines_are_seen_on_light_and_dark_surfaces(lines, surfaces):
    for line, surface in product(lines, surfaces):
        lower, higher = sorted((luminance(line), luminance(surface)))
        # Thin lines are blurred: more than the three to one that pictures need.
        assert (higher + 0.05) / (lower + 0.05) >= 4.5


def test_values_have_the_colour_they_have_in_charts():
    tokens = Path("assets/10-tokens.css").read_text(encoding="utf-8")
    assert f"--chart-value: light-dark({VALUE}, {DARK_VALUE});" in tokens
    picture = sparkline_svg([point(0, 1.0), point(3, 2.0)])
    _, dark = picture.split("@media (prefers-color-scheme:dark)")
    assert DARK_VALUE in dark
    assert DARK_TARGET in dark
