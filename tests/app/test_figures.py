from app.figures.comparison import ComparedUnit, comparison_figure
from app.figures.trend import (
    Legend,
    TrendMark,
    YearLine,
    target_steps,
    trend_figure,
)

LEGEND = Legend("Utfall", "95 % intervall", "Lokalt mål", "Nationellt mål")


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


def traces(marks, years=(), breaks=()):
    figure = trend_figure(marks, breaks, years, LEGEND, " %")
    return {trace["name"]: trace for trace in figure["data"]}


def test_values_stand_in_the_middle_of_their_period():
    found = traces([mark(0, 42.0), mark(3, 44.0)])["Utfall"]
    assert found["x"] == [1.5, 4.5]
    assert found["y"] == [42.0, 44.0]


def test_a_quarter_without_a_value_is_a_gap_not_a_zero():
    found = traces([mark(0, 42.0), mark(3, None), mark(6, 44.0)])["Utfall"]
    assert found["y"] == [42.0, None, 44.0]
    assert found["connectgaps"] is False


def test_a_period_that_is_not_measured_is_passed_by():
    marks = [mark(0, 42.0), mark(3, None, is_measured=False), mark(6, 44.0)]
    assert traces(marks)["Utfall"]["y"] == [42.0, 44.0]


def test_the_band_runs_along_the_lower_bounds_and_back_along_the_upper():
    band = traces([mark(0, 40.0), mark(3, 50.0)])["95 % intervall"]
    assert band["x"] == [1.5, 4.5, 4.5, 1.5]
    assert band["y"] == [35.0, 45.0, 55.0, 45.0]


def test_a_lone_period_has_a_band_with_a_width():
    band = traces([mark(0, 40.0)])["95 % intervall"]
    assert band["x"] == [0.5, 2.5, 2.5, 0.5]
    assert band["y"] == [35.0, 35.0, 45.0, 45.0]


def test_targets_are_steps_over_whole_periods():
    marks = [mark(0, 40.0, local=50.0), mark(3, 40.0, local=55.0)]
    local = traces(marks)["Lokalt mål"]
    assert (local["x"], local["y"]) == ([0, 3, 3, 6], [50.0, 50.0, 55.0, 55.0])


def test_a_target_that_was_not_in_force_leaves_a_gap():
    marks = [mark(0, 40.0, local=50.0), mark(3, 40.0), mark(6, 40.0, local=50.0)]
    local = traces(marks)["Lokalt mål"]
    assert local["x"] == [0, 3, None, 6, 9]
    assert "Lokalt mål" not in traces([mark(0, 40.0)])


def test_target_steps_are_told_where_they_begin_or_change():
    marks = [mark(0, 40.0, local=50.0), mark(3, 40.0, local=50.0)]
    marks.append(mark(6, 40.0, local=55.0))
    assert target_steps(marks) == [
        (0.0, 50.0, False),
        (6.0, 55.0, False),
        (0.0, 80.0, True),
    ]


def test_breaks_are_lines_with_words():
    figure = trend_figure([mark(0, 40.0)], [(3, "Brott")], [], LEGEND, " %")
    (shape,) = figure["layout"]["shapes"]
    assert (shape["x0"], shape["x1"]) == (3, 3)
    assert [one["text"] for one in figure["layout"]["annotations"]] == ["Brott"]


def test_yearly_values_stand_in_the_middle_of_the_year():
    line = YearLine("Riket", True, [(2025, 47.0, "Riket 47,0 % (2025)")])
    assert traces([mark(0, 40.0)], [line])["Riket"]["x"] == [2025 * 12 + 6]


def test_units_are_drawn_with_the_first_on_top_and_their_intervals():
    units = [
        ComparedUnit("A", "A 50 %", 50.0, 40.0, 65.0, False),
        ComparedUnit("B", "B 30 %", 30.0, None, None, True),
    ]
    figure = comparison_figure(units, 55.0, "≥ 55 %", " %")
    (dots,) = figure["data"]
    assert dots["y"] == ["B", "A"]
    assert dots["error_x"]["array"] == [0.0, 15.0]
    assert dots["error_x"]["arrayminus"] == [0.0, 10.0]
    assert dots["marker"]["symbol"] == ["diamond", "circle"]
    assert figure["layout"]["shapes"][0]["x0"] == 55.0
    assert "shapes" not in comparison_figure(units, None, "", " %")["layout"]


def test_numbers_in_charts_have_a_decimal_comma():
    layout = trend_figure([mark(0, 40.0)], [], [], LEGEND, " %")["layout"]
    assert layout["separators"] == ",\N{NO-BREAK SPACE}"


def test_the_axis_names_few_periods_and_the_last_one():
    marks = [mark(3 * n, 40.0) for n in range(40)]
    axis = trend_figure(marks, [], [], LEGEND, " %")["layout"]["xaxis"]
    assert len(axis["tickvals"]) <= 6
    assert axis["tickvals"][-1] == marks[-1].middle
    assert axis["ticktext"][0] == "kv 1<br>2026"
