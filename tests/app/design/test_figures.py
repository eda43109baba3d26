import pytest

from app.design.figures.axis import rank_axis, value_axis, yes_no_axis
from app.design.figures.comparison import Aim, ComparedUnit, comparison_figure
from app.design.figures.ends import End, end_labels, margin, spread
from app.design.figures.frame import PAPER
from app.design.figures.trend import Step, TrendMark, target_steps, trend_figure
from app.design.figures.years import YearLine

AXIS = value_axis([0, 80], most=100)
TICKS = ["0 %", "20 %", "40 %", "60 %", "80 %"]


def mark(first, value, **changes):
    fine = {
        "first": first,
        "last": first + 2,
        "label": "kv 1 2026",
        "words": "kv 1 2026: 42,0 %",
        "value": value,
        "lower": None if value is None else value - 5,
        "upper": None if value is None else value + 5,
        "local": None,
        "national": 80.0,
    }
    return TrendMark(**(fine | changes))


def figure(marks, ends=(), **more):
    return trend_figure(marks, AXIS, TICKS, ends, **more)


def traces(marks, **more):
    return {trace["name"]: trace for trace in figure(marks, **more)["data"]}


def test_values_stand_in_the_middle_of_their_period():
    found = traces([mark(0, 42.0), mark(3, 44.0)])["value"]
    assert found["x"] == [1.5, 4.5]
    assert found["y"] == [42.0, 44.0]


def test_a_target_that_changes_often_has_dashes_shorter_than_its_steps():
    often = [mark(3 * at, 42.0, local=40.0 + at) for at in range(8)]
    seldom = [mark(3 * at, 42.0, local=50.0) for at in range(8)]
    assert traces(often)["local"]["line"]["dash"] == "3px,2px"
    assert traces(seldom)["local"]["line"]["dash"] == "dash"


def test_a_quarter_without_a_value_is_a_gap_not_a_zero():
    found = traces([mark(0, 42.0), mark(3, None), mark(6, 44.0)])["value"]
    assert found["y"] == [42.0, None, 44.0]
    assert found["connectgaps"] is False


def test_no_line_joins_what_stands_on_two_sides_of_a_break():
    marks = [mark(month, 42.0) for month in (0, 3, 6, 9)]
    drawn = figure(marks, breaks=[(6, "Brott")])["data"]
    (value,) = (one for one in drawn if one["name"] == "value")
    assert value["x"] == [1.5, 4.5, None, 7.5, 10.5]
    assert len([one for one in drawn if one["name"] == "interval"]) == 2


def test_a_period_that_is_not_measured_is_passed_by():
    marks = [mark(0, 42.0), mark(3, None, is_measured=False), mark(6, 44.0)]
    assert traces(marks)["value"]["y"] == [42.0, 44.0]


def test_a_period_that_is_not_over_has_a_hollow_point():
    marks = [mark(0, 42.0), mark(3, 44.0, is_ongoing=True)]
    assert traces(marks)["value"]["marker"]["symbol"] == ["circle", "circle-open"]


def test_every_point_leads_somewhere():
    marks = [mark(0, 42.0, href="/underlag/utfall?period=2026Q1")]
    assert traces(marks)["value"]["customdata"] == ["/underlag/utfall?period=2026Q1"]


def test_the_band_runs_along_the_lower_bounds_and_back_along_the_upper():
    band = traces([mark(0, 40.0), mark(3, 50.0)])["interval"]
    assert band["x"] == [1.5, 4.5, 4.5, 1.5]
    assert band["y"] == [35.0, 45.0, 55.0, 45.0]


def test_a_lone_period_has_a_band_with_a_width():
    band = traces([mark(0, 40.0)])["interval"]
    assert band["x"] == [0.5, 2.5, 2.5, 0.5]
    assert band["y"] == [35.0, 35.0, 45.0, 45.0]


def test_targets_are_steps_over_whole_periods():
    marks = [mark(0, 40.0, local=50.0), mark(3, 40.0, local=55.0)]
    local = traces(marks)["local"]
    assert (local["x"], local["y"]) == ([0, 3, 3, 6], [50.0, 50.0, 55.0, 55.0])


def test_a_target_that_was_not_in_force_leaves_a_gap():
    marks = [mark(0, 40.0, local=50.0), mark(3, 40.0), mark(6, 40.0, local=50.0)]
    assert traces(marks)["local"]["x"] == [0, 3, None, 6, 9]
    assert "local" not in traces([mark(0, 40.0)])


def test_target_steps_are_told_where_they_begin_or_change():
    marks = [mark(0, 40.0, local=50.0), mark(3, 40.0, local=50.0)]
    marks.append(mark(6, 40.0, local=55.0))
    assert target_steps(marks) == [
        Step(0.0, 50.0, "local", is_last=False),
        Step(6.0, 55.0, "local", is_last=True),
        Step(0.0, 80.0, "national", is_last=True),
    ]


def test_a_target_that_has_ended_is_not_the_one_at_the_end_of_the_line():
    marks = [mark(0, 40.0, local=50.0, national=None), mark(3, 40.0, national=None)]
    assert target_steps(marks) == [Step(0.0, 50.0, "local", is_last=False)]


def test_the_words_at_the_ends_give_way_to_numbers_at_the_steps_where_it_is_narrow():
    step = Step(0.0, 80.0, "national", is_last=True, words="80 %")
    drawn = figure(
        [mark(0, 40.0)], [End("national", 80.0, "Nationellt mål 80 %")], steps=[step]
    )["layout"]
    end, number = drawn["annotations"]
    assert end["text"] == "┄ Nationellt mål 80 %"
    assert number["visible"] is False
    assert drawn["meta"]["wide"]["margin.r"] == drawn["margin"]["r"] > 100
    assert drawn["meta"]["narrow"] == {
        "margin.r": 14,
        "annotations[0].visible": False,
        "annotations[1].visible": True,
    }


def test_nothing_in_a_chart_is_smaller_than_twelve_pixels():
    drawn = figure([mark(0, 40.0)], [End("value", 40.0, "Utfall")], breaks=[(2, "B")])
    layout = drawn["layout"]
    sizes = [one["font"]["size"] for one in layout["annotations"]]
    sizes += [layout["font"]["size"], layout["hoverlabel"]["font"]["size"]]
    assert min(sizes) >= 12
    assert layout["showlegend"] is False
    assert layout["paper_bgcolor"] == PAPER


def test_labels_keep_apart_and_within_the_plot():
    assert spread([10, 100], 200, 20) == [10, 100]
    assert spread([50, 52, 54], 200, 20) == [32, 52, 72]
    assert spread([0, 1], 200, 20) == [0, 20]
    assert spread([199, 200], 200, 20) == [180, 200]


@pytest.mark.parametrize("low_and_high", [(0.0, 100.0), (21.0, 0.0)])
def test_the_labels_stand_at_their_levels_also_on_a_reversed_axis(low_and_high):
    low, high = low_and_high
    ends = [End("value", 5.0, "Utfall"), End("local", 15.0, "Mål")]
    found = {one["text"]: one["y"] for one in end_labels(ends, low, high, 300)}
    assert found == pytest.approx({"● Utfall": 5.0, "╌ Mål": 15.0})


def test_the_margin_has_room_for_the_longest_label():
    assert margin([]) == 14
    long = End("own", 1.0, "Västra Götaland 47,0 % (2025)")
    assert margin([long, End("value", 1.0, "Utfall")]) > 7 * len(long.label)
    # Measured in a browser: 103 pixels, which stand 8 from the plot.
    assert margin([End("value", 1.0, "Outcome 39.5%")]) >= 111


def test_breaks_are_lines_with_words():
    layout = figure([mark(0, 40.0)], breaks=[(2, "Brott")])["layout"]
    (shape,) = layout["shapes"]
    assert (shape["x0"], shape["x1"]) == (2, 2)
    assert [one["text"] for one in layout["annotations"]] == ["Brott"]


def test_the_words_of_breaks_close_together_stand_above_each_other():
    marks = [mark(3 * n, 40.0) for n in range(10)]
    breaks = [(3, "Brott"), (6, "Brott"), (27, "Brott")]
    drawn = figure(marks, breaks=breaks)["layout"]
    first, second, far = drawn["annotations"]
    assert first["yshift"] == far["yshift"] == 0
    assert second["yshift"] > 12
    assert (first["xanchor"], far["xanchor"]) == ("left", "right")
    alone = figure(marks, breaks=breaks[:1])["layout"]
    assert drawn["margin"]["t"] > alone["margin"]["t"]


def test_words_of_two_lines_have_room_for_both():
    marks = [mark(3 * n, 40.0) for n in range(10)]
    tops = [
        figure(marks, breaks=[(month, words) for month in (3, 6)])["layout"]["margin"]
        for words in ("Brott", "Inte jämförbart<br>före kv 2 2026")
    ]
    assert tops[1]["t"] - tops[0]["t"] == 2 * 17


def test_yearly_values_stand_in_the_middle_of_the_year():
    line = YearLine("nation", [(2025, 47.0, "Riket 47,0 % (2025)")])
    assert traces([mark(0, 40.0)], years=[line])["nation"]["x"] == [2025 * 12 + 6]


def test_no_line_joins_yearly_values_on_two_sides_of_a_break():
    points = [(year, 40.0, f"{year}") for year in (2022, 2023, 2024)]
    line = YearLine("own", points, [2024 * 12])
    found = traces([mark(0, 40.0)], years=[line])["own"]
    assert found["x"] == [2022 * 12 + 6, 2023 * 12 + 6, None, 2024 * 12 + 6]
    assert found["text"] == ["2022", "2023", "", "2024"]


def test_a_unit_that_registers_nothing_has_a_hollow_mark():
    units = [
        ComparedUnit("A", "", 50.0, 40.0, 65.0, False),
        ComparedUnit("B", "", 0.0, 0.0, 5.0, False, is_hollow=True),
        ComparedUnit("C", "", 0.0, 0.0, 5.0, True, is_hollow=True),
    ]
    marker = comparison_figure(units, AXIS, TICKS)["data"][0]["marker"]
    assert marker["symbol"] == ["circle", "circle-open", "diamond-open"]
    assert marker["line"]["width"] == [0, 2, 2]


def test_units_are_drawn_with_the_first_on_top_and_their_intervals():
    units = [
        ComparedUnit("A", "A 50 %", 50.0, 40.0, 65.0, False),
        ComparedUnit("B", "B 30 %", 30.0, None, None, True),
    ]
    drawn = comparison_figure(units, AXIS, TICKS, Aim(55.0, "Lokalt mål", "local"))
    (dots,) = drawn["data"]
    axis = drawn["layout"]["yaxis"]
    assert list(zip(axis["tickvals"], axis["ticktext"], strict=True)) == [
        (2, "A"),
        (1, "B"),
    ]
    assert dots["y"] == [2, 1]
    assert dots["error_x"]["array"] == [15.0, 0.0]
    assert dots["error_x"]["arrayminus"] == [10.0, 0.0]
    assert dots["marker"]["symbol"] == ["circle", "diamond"]
    assert drawn["layout"]["shapes"][0]["x0"] == 55.0
    assert "shapes" not in comparison_figure(units, AXIS, TICKS)["layout"]


def test_two_units_with_one_name_have_a_row_each():
    twins = [ComparedUnit("Avdelning 1", "", one, None, None, False) for one in (4, 2)]
    (dots,) = comparison_figure(twins, AXIS, TICKS)["data"]
    assert dots["y"] == [2, 1]


def test_where_it_is_narrow_names_stand_above_their_dots():
    units = [ComparedUnit("A", "", 50.0, None, None, False)]
    layout = comparison_figure(units, AXIS, TICKS)["layout"]
    assert layout["annotations"][0]["text"] == "A"
    assert layout["annotations"][0]["visible"] is False
    narrow = layout["meta"]["narrow"]
    assert narrow["annotations[0].visible"] is True
    assert narrow["yaxis.showticklabels"] is False
    assert narrow["height"] > layout["height"] == layout["meta"]["wide"]["height"]


def test_the_line_of_the_target_crosses_neither_names_nor_dots():
    units = [ComparedUnit("A", "", 50.0, None, None, False)]
    layout = comparison_figure(units, AXIS, TICKS, Aim(55.0, "", "local"))["layout"]
    assert layout["annotations"][0]["bgcolor"] == PAPER
    assert layout["shapes"][0]["layer"] == "below"


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([24.0, 55.0, 80.0], (0, 20, 40, 60, 80)),
        ([95.0, 98.2, 100.0], (95, 96, 97, 98, 99, 100)),
        ([0.1, 0.4], (0, 0.1, 0.2, 0.3, 0.4)),
        ([-3.0, 5.0], (-4, -2, 0, 2, 4, 6)),
        ([0.0, 0.0], (0, 0.2, 0.4, 0.6, 0.8, 1)),
    ],
)
def test_the_axis_begins_at_zero_unless_all_values_are_far_from_it(values, ticks):
    axis = value_axis(values, most=100)
    assert axis.ticks == pytest.approx(ticks)
    assert axis.low <= min(values) <= max(values) <= axis.high


def test_the_axis_of_counts_begins_at_zero_and_has_whole_numbers():
    assert value_axis([1200.0, 2100.0], is_whole=True).ticks == (
        0,
        500,
        1000,
        1500,
        2000,
        2500,
    )
    assert value_axis([1.0, 2.0], is_whole=True).ticks == (0, 1, 2)


def test_a_share_has_no_axis_beyond_all_of_it_but_for_values_there():
    assert value_axis([42.0, 97.0], most=100).ticks[-1] == 100
    assert value_axis([42.0, 130.0], most=100).ticks[-1] > 100


def test_the_first_place_is_on_top():
    axis = rank_axis([20.0, 18.0])
    assert axis.range == [21.0, 0.0]
    assert axis.ticks == (1, 5, 10, 15, 20)
    assert rank_axis([2.0]).ticks == (1, 5)


def test_the_axis_of_ranks_ends_with_the_last_place_there_is():
    axis = rank_axis([20.0], 21)
    assert axis.range == [22.0, 0.0]
    assert axis.ticks == (1, 5, 10, 15, 21)
    assert rank_axis([23.0], 21).ticks[-1] == 23


def test_a_step_is_taken_or_not():
    assert yes_no_axis().ticks == (0, 1)


def test_the_axis_names_few_periods_and_the_last_one():
    marks = [mark(3 * n, 40.0) for n in range(40)]
    axis = figure(marks)["layout"]["xaxis"]
    assert len(axis["tickvals"]) <= 6
    assert axis["tickvals"][-1] == marks[-1].middle
    assert axis["ticktext"][0] == "kv 1<br>2026"
