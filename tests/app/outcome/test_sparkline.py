from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from app.outcome.sparkline import HEIGHT, WIDTH, TrendPoint, sparkline

levels = st.none() | st.floats(-1e6, 1e6)


def lines(points, name):
    tree = ElementTree.fromstring(f"<svg>{sparkline(points)}</svg>")
    return [
        [tuple(map(float, place.split(","))) for place in one.get("points").split()]
        for one in tree.iter("polyline")
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
    assert sparkline([]) == ""


@given(st.lists(st.tuples(levels, levels), max_size=14))
def test_everything_is_drawn_within_the_picture(pairs):
    points = [point(3 * n, *pair) for n, pair in enumerate(pairs)]
    places = [
        place for name in ("l", "t") for line in lines(points, name) for place in line
    ]
    assert all(-1 <= x <= WIDTH + 1 and 0 <= y <= HEIGHT for x, y in places)
