import flask
import pytest

from app.pages.chart import page as page_module
from app.queries.reader import open_reader
from app.queries.verdicts import verdicts_in
from app.site.api import register_api
from app.words.language import speaking
from kpi.period import Period
from tests import builders as make
from tests.app.reading import components, hrefs, of_type, row_starting, words
from tests.app.visiting import page_of
from tests.builders import CLINIC, HOSPITAL, REGION, SECOND_CLINIC

STEADY = [60, 62, 58, 61, 59, 60, 63, 57] * 3
"""24 months of chance about 60 of 100: limits are 60 ± 14.7 by p = 1440 / 2400."""

RANKED = make.yearly()
AVERAGED = make.indicator(
    id="averaged",
    kind="rate",
    unit=make.words("per 100"),
    per=100,
    averaged_over_time=["numerator"],
    breaks=[],
)


def months(unit, values, last="2026-09", **changes):
    end = Period.parse(last)
    return [
        make.hidden(unit=unit, period=str(period), status="too_few", reason="too_few")
        if value is None
        else make.outcome(
            **{
                "unit": unit,
                "period": str(period),
                "numerator": float(value),
                "denominator": 100.0,
                "value": float(value),
            }
            | changes
        )
        for at, value in enumerate(values)
        for period in [end.shifted(at - len(values) + 1)]
    ]


DECLARED = make.indicator(id="declared", chart="xmr", breaks=[])
PUBLISHED = make.indicator(id="published", chart="p", breaks=[])


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return make.warehouse(
        tmp_path_factory.mktemp("control_chart"),
        [
            # 24 steady months and one at 20: far below 45
            *months(CLINIC, [*STEADY, 20]),
            make.outcome(unit=CLINIC, period="2026Q3", value=50.0, numerator=50.0),
            # steady
            *months(REGION, [*STEADY, 60]),
            make.outcome(period="2026Q3"),
            # half of the months are hidden, so the quarters are charted
            *months(SECOND_CLINIC, [60, None] * 12),
            *(
                make.outcome(unit=SECOND_CLINIC, period=period)
                for period in ("2026Q1", "2026Q2", "2026Q3")
            ),
            # a level of 60, a break in 2025-01, a level of 30
            *months(HOSPITAL, [60, 61] * 12 + [30, 31] * 10 + [30], last="2026-09"),
            make.outcome(unit=HOSPITAL, period="2026Q3"),
            make.outcome(indicator="prem_svf_rank", period="2025", value=20.0),
            *months(REGION, [2.5, 2.0] * 11, indicator="averaged", numerator=2.0),
            *months(REGION, STEADY, indicator="declared"),
            # values that came without their counts
            *months(REGION, STEADY, indicator="published", numerator=None),
        ],
        [
            make.indicator(
                breaks=[{"since": "2025-01", "text": make.words("Nytt system")}]
            ),
            RANKED,
            AVERAGED,
            DECLARED,
            PUBLISHED,
        ],
    )


@pytest.fixture(scope="module")
def client(filled):
    server = flask.Flask("test")
    register_api(server, filled)
    return server.test_client()


def page(warehouse, unit=REGION, indicator="svf_lead_time", **params):
    asked = {"indicator": indicator, "unit": unit} | params
    return page_of(page_module, warehouse, asked)


def title(shown):
    (one,) = [
        x for x in components(shown) if getattr(x, "className", "") == "chart-title"
    ]
    return words(one)


def facts(shown):
    (listed,) = of_type(shown, "Dl")
    return {words(one.children[0]): words(one.children[1]) for one in listed.children}


def traces(shown):
    (graph,) = of_type(shown, "Graph")
    return graph.figure["data"]


def test_a_fall_beyond_the_limits_is_told_in_one_sentence(filled):
    assert title(page(filled, CLINIC)) == (
        "Sämre än slumpen förklarar (september 2026): utanför gränserna. "
        "Om målet 55 % nås så som det är nu kan inte sägas: utfallet har inte varit "
        "stabilt tillräckligt länge."
    )


def test_old_points_are_counted_by_the_target_that_held_then(tmp_path):
    """21 months about 52: 12 against 50, of which 10 met it, then 9 against 55."""
    values = [
        52,
        54,
        49,
        55,
        51,
        53,
        50,
        54,
        49,
        53,
        52,
        54,
        51,
        53,
        50,
        54,
        52,
        53,
        51,
    ]
    values += [54, 52]
    year_of_50 = months(REGION, values[:12], "2025-12", target=50.0)
    rows = [
        row._replace(status="met" if row.value >= row.target else "not_met")
        for row in (*year_of_50, *months(REGION, values[12:]))
    ]
    made = make.warehouse(
        tmp_path, [*rows, make.outcome()], [make.indicator(breaks=[])]
    )
    assert "Sedan januari 2025 har det mål som gällde då nåtts 10 av 21 månader." in (
        title(page(made))
    )
    with open_reader(made) as reader:
        (judged,) = verdicts_in(reader, Period.parse("2026Q3"))
    assert (judged.verdict.met, judged.verdict.aimed) == (10, 21)


def test_nothing_is_promised_after_a_fall_below_the_target(tmp_path):
    """23 months of 98 of 100, then ten of 74: none of the ten reaches 80 %."""
    rows = months(REGION, [98] * 23 + [74] * 10, target=80.0)
    made = make.warehouse(
        tmp_path, [*rows, make.outcome(target=80.0)], [make.indicator(breaks=[])]
    )
    said = title(page(made))
    assert said.startswith("Sämre än slumpen förklarar (september 2026)")
    assert said.endswith("utfallet har inte varit stabilt tillräckligt länge.")
    assert facts(page(made))["Klaras målet stadigt?"] == "Kan inte sägas"
    with open_reader(made) as reader:
        (judged,) = verdicts_in(reader, Period.parse("2026Q3"))
    assert judged.verdict.assurance is None


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (100, "Målet 90 % har nåtts varje gång."),
        (0, "Målet 90 % har inte nåtts någon gång: något måste ändras."),
    ],
)
def test_what_never_varies_is_told_as_what_has_been(tmp_path, value, told):
    rows = months(REGION, [value] * 24, target=90.0)
    made = make.warehouse(
        tmp_path, [*rows, make.outcome()], [make.indicator(breaks=[])]
    )
    assert title(page(made)).endswith(told)


def test_values_that_seldom_follow_on_each_other_have_no_limits(tmp_path):
    """Every second month, without counts; 95 at the end has nothing to be held to."""
    values = [
        value for pair in zip([50, 51] * 17, [None] * 34, strict=True) for value in pair
    ]
    plain = {"indicator": "published", "numerator": None, "denominator": None}
    rows = [
        row._replace(**plain, status="not_reported" if row.value is None else "met")
        for row in months(REGION, [*values, 95])
    ]
    made = make.warehouse(
        tmp_path,
        [*rows, make.outcome(indicator="published")],
        [make.indicator(id="published", breaks=[])],
    )
    shown = page(made, indicator="published")
    assert facts(shown)["Diagram"] == "Seriediagram"
    assert facts(shown)["Varför det"].startswith("För få av värdena följer direkt")
    # 44 above a median that the others lie one from, in a chart without limits.
    assert title(shown).startswith(
        "Det senaste värdet (september 2026) ligger långt från de andra. Om det är mer "
        "än slump kan inte sägas"
    )
    assert facts(shown)["Förändring"] == "◇ Enstaka värde långt bort"
    assert row_starting(shown, "september 2026")[5] == (
        "◇ Enstaka värde långt bort långt från de andra"
    )
    (last,) = [one for one in traces(shown) if one["name"] == "value"]
    assert last["marker"]["symbol"][-1] == "diamond"


def test_a_run_chart_speaks_of_the_order_of_its_points_only(tmp_path):
    made = make.warehouse(tmp_path, months(REGION, [40, 44, 41, 45] * 4))
    shown = page(made)
    assert facts(shown)["Diagram"] == "Seriediagram"
    assert title(shown) == (
        "Inget i mätpunkternas ordning tyder på en förändring (september 2026)."
    )


def test_a_steady_series_is_told_as_unchanged(filled):
    shown = page(filled)
    assert title(shown).startswith("Inget tyder på en förändring (september 2026).")
    assert facts(shown)["Förändring"] == "● Oförändrat"


def test_the_page_says_which_chart_it_is_and_why(filled):
    said = facts(page(filled))
    assert said["Diagram"] == "Styrdiagram för andelar (p)"
    assert said["Varför det"].startswith("Värdena varierar så mycket som antalen")
    assert said["Mätpunkter"] == "25 (månader)"
    assert said["Klaras målet stadigt?"] == "~ Målet: slumpen avgör"
    assert said["Mål"].startswith("≥ 55 % (lokalt)")


def test_the_table_has_the_numbers_of_the_chart(filled):
    shown = page(filled)
    # From 2025-01 on there are 21 months: 1259 of 2100 is 59.95 %.
    assert row_starting(shown, "september 2026") == [
        "september 2026",
        "60,0 %",
        "60,0 %",
        "45,3–74,7 %",
        "≥ 55 % (lokalt) ≥ 80 % (nationellt)",
        "",
        "Visa underlag",
    ]
    fallen = row_starting(page(filled, CLINIC), "september 2026")
    assert fallen[5] == "▼ Sämre utanför gränserna"
    values = next(one for one in traces(shown) if one["name"] == "value")
    assert [one for one in values["y"] if one is not None] == [
        *map(float, STEADY),
        60.0,
    ]


def test_each_part_between_breaks_has_a_centre_of_its_own(filled, client):
    shown = page(filled, HOSPITAL)
    centres = [one["y"][0] for one in traces(shown) if one["name"] == "centre"]
    # 2023-01 to 2024-12: 24 months of 60 and 61; from 2025-01: 11 of 30 and 10 of 31
    assert centres == [pytest.approx(60.5), pytest.approx(640 / 21)]
    assert "Nytt system" in words(of_type(shown, "Figcaption"))
    asked = {"indicator": "svf_lead_time", "unit": HOSPITAL}
    given = client.get("/api/v1/spc", query_string=asked).json
    assert [one["segment"] for one in given["points"]] == [0] * 24 + [1] * 21
    assert given["breaks"] == ["2025-01"]


def test_months_are_left_for_quarters_where_many_of_them_are_hidden(filled):
    said = facts(page(filled, SECOND_CLINIC))
    assert said["Mätpunkter"] == "3 (kvartal)"


@pytest.mark.parametrize(
    ("region", "segments"),
    [("0007", [0] * 15 + [1] * 9), ("0010", [0] * 24)],  # 9 months since January 2026
)
def test_a_break_holds_in_the_nearest_region_above(tmp_path, region, segments):
    """The hospital is a region of its own, 0007, within the region 0010."""
    within = [
        one | {"kolada_id": "0007"} if one["unit_id"] == HOSPITAL else one
        for one in make.UNITS
    ]
    since = {"since": "2026-01", "text": make.words("Nytt system"), "region": region}
    made = make.warehouse(
        tmp_path,
        [*months(CLINIC, STEADY), make.outcome(unit=CLINIC)],
        [make.indicator(breaks=[since])],
        units=within,
    )
    server = flask.Flask("test")
    register_api(server, made)
    asked = {"indicator": "svf_lead_time", "unit": CLINIC}
    told = server.test_client().get("/api/v1/spc", query_string=asked).json["points"]
    assert [one["segment"] for one in told] == segments
    with open_reader(made) as reader:
        (judged,) = verdicts_in(reader, Period.parse("2026Q3"))
    assert judged.verdict.points == segments.count(segments[-1])


@pytest.mark.parametrize(
    ("hidden", "points", "kind"),
    [
        (
            {3, 7, 11},
            "9 med värde, 3 utan (månader)",
            "month",
        ),  # 3 of 12: exactly one in four
        ({3, 6, 7, 11}, "4 (kvartal)", "quarter"),  # 4 of 12
    ],
)
def test_months_are_charted_up_to_one_hidden_in_four(tmp_path, hidden, points, kind):
    """12 months, of which 9 or 8 are shown: more in either case than 4 quarters."""
    values = [None if month in hidden else 60 for month in range(12)]
    quarters = ("2025Q4", "2026Q1", "2026Q2", "2026Q3")
    made = make.warehouse(
        tmp_path,
        [*months(REGION, values), *(make.outcome(period=one) for one in quarters)],
        [make.indicator(breaks=[])],
    )
    assert facts(page(made))["Mätpunkter"] == points
    with open_reader(made) as reader:
        (judged,) = verdicts_in(reader, Period.parse("2026Q3"))
    assert f"{judged.verdict.points} ({judged.verdict.kind})" == (
        f"{points.split()[0]} ({kind})"
    )


def test_a_short_series_is_not_judged_and_shows_its_intervals(filled):
    shown = page(filled, SECOND_CLINIC)
    assert title(shown) == (
        "3 mätpunkter är för lite för att bedöma om något har förändrats."
    )
    assert "minst 10 mätpunkter" in facts(shown)["Varför det"]
    assert row_starting(shown, "kv 3 2026")[2:4] == ["", "32,8–51,8 %"]
    assert "centre" not in {one["name"] for one in traces(shown)}


def test_a_series_ends_with_the_quarter_asked_for(filled):
    shown = page(filled, CLINIC, period="2026Q2")
    assert title(shown) == (
        "Inget i mätpunkternas ordning tyder på en förändring (juni 2026)."
    )


def test_a_rank_has_no_variation_to_judge(filled):
    assert title(page(filled, indicator="prem_svf_rank")).startswith("En placering")


def test_averages_are_not_taken_for_counts(filled):
    said = facts(page(filled, indicator="averaged"))
    assert said["Diagram"] == "Styrdiagram för enskilda värden (XmR)"


def test_a_chart_named_in_the_definition_is_used_and_it_is_said(filled):
    said = facts(page(filled, indicator="declared"))
    assert said["Diagram"] == "Styrdiagram för enskilda värden (XmR)"
    assert said["Varför det"] == "Valt i indikatorns definition."


def test_limits_may_be_kept_from_the_first_periods(tmp_path):
    rows = months(REGION, [*STEADY, *[70] * 12])
    kept = make.indicator(breaks=[], baseline=24)
    free = make.indicator(breaks=[])
    centres = []
    for at, one in enumerate((kept, free)):
        (folder := tmp_path / str(at)).mkdir()
        shown = page(make.warehouse(folder, rows, [one]))
        (centre,) = [line for line in traces(shown) if line["name"] == "centre"]
        centres.append(centre["y"][-1])
        assert ("Gränsernas underlag" in facts(shown)) is (one is kept)
    # 24 months of 60 on average; with the 12 of 70 it is 63.3
    assert centres == pytest.approx([60.0, 63.33], abs=0.01)


def test_limits_are_kept_of_as_few_points_as_the_definition_says(tmp_path):
    """Twelve values without counts have eleven moving ranges: 2, 1, 1, 2, 2, 1 ..."""
    values = [*[20, 22, 21, 22] * 3, *[23, 20, 22, 21] * 3]
    rows = [
        row._replace(numerator=None, denominator=None) for row in months(REGION, values)
    ]
    kept = make.indicator(breaks=[], baseline=12)
    (whole := tmp_path / "whole").mkdir()
    shown = page(make.warehouse(whole, rows, [kept]))
    assert facts(shown)["Diagram"] == "Styrdiagram för enskilda värden (XmR)"
    assert "Gränsernas underlag" in facts(shown)
    # 21.25 on average, and 2.66 times 16 / 11 on each side.
    assert row_starting(shown, "september 2026")[3] == "17,4–25,1 %"
    # With a gap there are ten: only the median is kept.
    (gap := tmp_path / "gap").mkdir()
    missing = make.hidden(period=rows[5].period, status="masked", reason="masked")
    rows = [*rows[:5], missing, *rows[6:]]
    shown = page(make.warehouse(gap, rows, [kept]))
    assert facts(shown)["Diagram"] == "Seriediagram"
    assert facts(shown)["Medianens underlag"].startswith("De första 12 mätpunkterna")
    assert "Gränsernas underlag" not in facts(shown)


def test_a_named_chart_of_counts_is_not_drawn_of_values_without_counts(filled):
    said = facts(page(filled, indicator="published"))
    assert said["Diagram"] == "Styrdiagram för enskilda värden (XmR)"
    assert said["Varför det"].startswith("Värdena kommer inte ur antal")


def test_a_point_leads_to_the_rows_behind_it(filled):
    values = next(one for one in traces(page(filled)) if one["name"] == "value")
    assert values["customdata"][-1] == (
        f"/underlag/utfall?indicator=svf_lead_time&unit={REGION}&period=2026-09"
    )


def test_from_the_chart_one_comes_to_the_deviations_and_the_funnel(filled):
    found = hrefs(page(filled, CLINIC))
    assert f"/analys?unit={CLINIC}&period=2026Q3" in found
    funnel = "/analys/jamforelse?indicator=svf_lead_time&period=2026Q3&unit_kind=klinik"
    assert funnel in found


def test_an_indicator_that_does_not_exist_is_told(filled):
    assert "finns_inte" in words(page(filled, indicator="finns_inte"))


def test_a_unit_without_the_indicator_has_nothing_to_draw(filled):
    shown = page(filled, CLINIC, indicator="prem_svf_rank")
    assert "Inga utfall att visa" in words(shown)


def test_the_api_gives_what_is_drawn(filled, client):
    asked = {"indicator": "svf_lead_time", "unit": CLINIC}
    given = client.get("/api/v1/spc", query_string=asked).json
    assert (given["chart"], given["variation"]) == ("p", "concerning")
    last = given["points"][-1]
    assert (last["period"], last["numerator"], last["signals"]) == (
        "2026-09",
        20,
        ["outside"],
    )
    drawn = [one for one in traces(page(filled, CLINIC)) if one["name"] == "centre"]
    assert last["centre"] == drawn[-1]["y"][-1]


def test_the_api_hides_what_the_warehouse_hides(client):
    asked = {"indicator": "svf_lead_time", "unit": SECOND_CLINIC}
    given = client.get("/api/v1/spc", query_string=asked).json
    assert given["chart"] == "none"
    assert client.get("/api/v1/spc?indicator=nope").status_code == 404


def test_the_page_speaks_english(filled):
    with speaking("en"):
        assert "Ledtid i vårdförlopp (en)" in words(page(filled))


def test_the_target_line_is_of_the_level_that_its_words_name(tmp_path):
    national = {"target": 80.0, "target_level": "national"}
    first = months(REGION, STEADY[:12], last="2025-09", **national)
    made = make.warehouse(
        tmp_path, [*first, *months(REGION, STEADY[:12])], [make.indicator(breaks=[])]
    )
    (graph,) = of_type(page(made), "Graph")
    (line,) = [one for one in graph.figure["data"] if one["name"] == "target"]
    assert line["y"] == [None] * 12 + [55.0] * 12


def test_a_value_just_short_of_its_target_is_not_written_as_the_target(tmp_path):
    """7 996 of 10 000 every month, against 80 %."""
    plain = {"numerator": 7996.0, "denominator": 10000.0, "target": 80.0}
    rows = months(REGION, [79.96] * 24, **plain)
    made = make.warehouse(
        tmp_path, [*rows, make.outcome()], [make.indicator(breaks=[])]
    )
    shown = page(made)
    told = words(shown)
    assert "Utfall 79,96 %" in told
    assert "80,0 %" not in told
