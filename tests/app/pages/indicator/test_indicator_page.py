import pytest

from app.pages.indicator import page as page_module
from app.words.language import speaking
from tests.app.answering import answered
from tests.app.pages.plans import stored
from tests.app.reading import (
    components,
    headings,
    hrefs,
    of_type,
    row_starting,
    table_rows,
    words,
)
from tests.app.visiting import page_of
from tests.builders import (
    CLINIC,
    PLAN,
    REGION,
    SECOND_CLINIC,
    UNITS,
    benchmark,
    hidden,
    indicator,
    outcome,
    target,
    warehouse,
    yearly,
)
from tests.builders import words as both

OWN = {"kolada_region_id": "0010", "region": "Blekinge", "value": 40.0}
EARLIER = {"target": 50.0, "numerator": 48.0, "value": 48.0}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return warehouse(
        tmp_path_factory.mktemp("indicator"),
        [
            outcome(period="2025Q1", **EARLIER, status="near"),
            hidden(period="2026Q1", status="too_few", reason="too_few"),
            outcome(period="2026Q2", value=44.0, numerator=44.0),
            outcome(),
            outcome(period="2025", value=45.0),
            outcome(by="sex", by_value="K", value=40.0),
            outcome(by="sex", by_value="M", value=44.0),
            outcome(unit=CLINIC, value=50.0, lower=40.0, upper=60.0),
            outcome(unit=SECOND_CLINIC, value=60.0, lower=51.0, upper=70.0),
        ],
        [indicator(), yearly()],
        [
            benchmark(year=2024, value=45.0),
            benchmark(),
            benchmark(kolada_region_id="0010", region="Blekinge", value=40.0, rank=20),
            benchmark(kolada_region_id="0007", region="Kronoberg", value=50.0, rank=1),
        ],
    )


def page(warehouse, id="svf_lead_time", **params):
    return page_of(page_module, warehouse, params, {"indicator": id})


def _made(folder):
    folder.mkdir()
    return folder


def figures(shown):
    return [one.figure for one in of_type(shown, "Graph")]


def test_the_page_has_its_parts_in_order(filled):
    assert headings(page(filled, by="sex")) == [
        ("H1", "Ledtid i vårdförlopp"),
        ("H2", "Utveckling över tid"),
        ("H2", "Uppdelning: kön, kv 3 2026"),
        ("H2", "Jämför enheter: kliniker, kv 3 2026"),
        ("H2", "Jämfört med riket"),
        ("H2", "Siffrorna"),
        ("H2", "Målvärden"),
        ("H2", "Så mäts det"),
    ]


def test_what_the_plans_say_of_it_is_one_click_away(filled, tmp_path):
    planned = stored.warehouse(tmp_path)
    way = f"/handlingsplaner?indicator=svf_lead_time&unit={REGION}&period=2026Q3"
    assert way in hrefs(page(planned))
    of_a_year = hrefs(page(planned, period="2025", kind="year"))
    assert way.replace("2026Q3", "2025Q4") in of_a_year, "plans are read by quarter"
    without = page(planned, unit=CLINIC)
    assert way.replace(REGION, CLINIC) in hrefs(without)
    assert not any("/handlingsplaner" in way for way in hrefs(page(filled)))


def test_the_numbers_are_a_table_with_every_period(filled):
    shown = page(filled)
    assert row_starting(shown, "kv 3 2026") == [
        "kv 3 2026",
        "42",
        "100",
        "42,0 %",
        "32,8–51,8 %",
        "≥ 55 % (lokalt) ≥ 80 % (nationellt)",
        "✗ Når inte målet",
        "Visa underlag",
    ]
    assert row_starting(shown, "kv 1 2026")[1:5] == ["–", "–", "–", ""]
    assert "Färre än 5 visas inte." in row_starting(shown, "kv 1 2026")[6]


def test_a_past_quarter_keeps_the_target_then_in_force(filled):
    row = row_starting(page(filled), "kv 1 2025")
    assert row[5].startswith("≥ 50 % (lokalt)")
    assert row[6].startswith("≈ Nära målet")


def test_the_chart_has_the_same_numbers_as_the_table(filled):
    trend, _ = figures(page(filled))
    by_name = {trace["name"]: trace for trace in trend["data"]}
    assert by_name["value"]["y"] == [48.0, None, None, 44.0, 42.0]
    assert by_name["local"]["y"][:2] == [50.0, 50.0]
    assert by_name["nation"]["y"] == [47.0]


def test_each_chart_names_the_table_with_the_same_numbers(filled):
    shown = page(filled)
    ids = {one.id for one in components(shown) if getattr(one, "id", None)}
    (trend, compared) = of_type(shown, "Figure")
    assert hrefs(trend) == ["#numbers"]
    # Its table folds out right below.
    assert hrefs(compared) == []
    (below,) = [one for one in of_type(shown, "Summary") if hasattr(one, "className")]
    assert words(below) == "Siffrorna bakom diagrammet som tabell"
    for figure in (trend, compared):
        named = figure.to_plotly_json()["props"]
        assert named["aria-labelledby"] in ids
        assert named["aria-describedby"] in ids
    assert "numbers" in ids


def test_the_chart_says_what_it_shows(filled):
    trend, compared = (
        words(one)
        for one in components(page(filled))
        if getattr(one, "className", None) == "chart-title"
    )
    assert (
        trend == "42,0 % (kv 3 2026): 13,0 procentenheter under det lokala målet 55 %."
    )
    assert compared.startswith("Ingen av 2 kliniker når det lokala målet 55 %.")


def test_the_parts_of_the_chart_are_told_in_words(filled):
    (shown, _) = of_type(page(filled), "Figcaption")
    assert words(shown).startswith("Ledtid i vårdförlopp: från 44,0 % (kv 2 2026)")
    assert "Bandet är 95 %-intervall." in words(shown)
    assert "Brott kv 2 2025: Nytt journalsystem" in words(shown)


def test_lines_are_named_at_their_ends_and_in_a_key_for_narrow_screens(filled):
    shown = page(filled)
    (key,) = [one for one in of_type(shown, "Ul") if one.className == "chart-key"]
    expected = [
        "● Utfall 42,0 %",
        "▬ 95 %-intervall",
        "╌ Lokalt mål 55 %",
        "┄ Nationellt mål 80 %",
        "◆ Riket 47,0 % (2025)",
        "■ Blekinge i Kolada 40,0 % (2025)",
    ]
    assert [words(one) for one in of_type(key, "Li")] == expected
    at_ends = {one["text"] for one in figures(shown)[0]["layout"]["annotations"]}
    assert {" ".join(one.split()) for one in at_ends} >= set(expected)


def test_units_are_compared_with_intervals_best_first(filled):
    _, compared = figures(page(filled))
    (dots,) = compared["data"]
    assert dots["x"] == [60.0, 50.0]
    assert compared["layout"]["yaxis"]["ticktext"] == [
        "Kvinnokliniken",
        "Kirurgkliniken",
    ]
    assert dots["error_x"]["array"] == [10.0, 10.0]
    assert row_starting(page(filled), "Kvinnokliniken")[1] == "60,0 %"


def test_the_unit_looked_at_is_marked_among_the_others(filled):
    _, compared = figures(page(filled, unit=CLINIC))
    assert compared["data"][0]["marker"]["symbol"] == ["circle", "diamond"]


def test_a_dimension_can_be_chosen(filled):
    assert row_starting(page(filled, by="sex"), "Kvinnor")[1] == "40,0 %"
    assert "Uppdelning" not in str(headings(page(filled)))
    assert "Uppdelning" not in str(headings(page(filled, by="profession")))


def test_a_part_leads_to_its_own_rows(filled):
    assert any(
        href.endswith("&by=sex&by_value=K") for href in hrefs(page(filled, by="sex"))
    )


def test_another_kind_of_period_can_be_chosen(filled):
    shown = page(filled, kind="year")
    assert row_starting(shown, "2025")[3] == "45,0 %"
    assert "kind=year" in " ".join(hrefs(shown))


def test_a_period_in_the_address_is_the_one_shown(filled):
    shown = page(filled, period="2026Q2")
    assert "44,0 %" in words(shown).split("Utveckling över tid")[0]


def test_the_place_among_regions_and_all_of_them_are_told(filled):
    shown = page(filled)
    assert row_starting(shown, "Blekinge")[2] == "20 av 21"
    assert "Blekinge: 20 av 21 (2025)" not in words(shown)
    assert row_starting(shown, "Kronoberg") == ["Kronoberg", "50,0 %", "1 av 21"]


def test_targets_are_told_with_when_and_where(filled):
    table = next(
        one
        for one in of_type(page(filled), "Table")
        if words(one.children[0]) == "Målvärden"
    )
    assert table_rows(table) == [
        [
            *("≥ 55 %", "lokalt", "Region Blekinge", "från kv 1 2026"),
            "Aktivitetsplan cancer, Mål 5",
        ],
        [
            *("≥ 80 %", "nationellt", "alla regioner", "från 2015"),
            "Aktivitetsplan cancer, Mål 5",
        ],
    ]


def definition(shown) -> dict[str, str]:
    """Return what the definition says, by its terms."""
    (defined,) = [
        one
        for one in of_type(shown, "Section")
        if words(one.children[0]) == "Så mäts det"
    ]
    # A term that is explained is a button, with the explanation after it.
    terms = [
        words((of_type(one, "Button") or [one])[0]) for one in of_type(defined, "Dt")
    ]
    told = [words(one).replace(" :", ":") for one in of_type(defined, "Dd")]
    return dict(zip(terms, told, strict=True))


def defined(folder, **changes) -> dict[str, str]:
    return definition(page(warehouse(folder, [outcome()], [indicator(**changes)])))


def test_another_regions_target_is_shown_under_its_name_and_not_in_force(tmp_path):
    theirs = PLAN | {"id": "patient_safety_kronoberg", "region": "0007"}
    aims = [target(plan=theirs["id"], value=100.0), target(svf="lunga")]
    made = warehouse(
        tmp_path, [outcome()], [indicator(targets=aims)], plans=(PLAN, theirs)
    )
    tables = of_type(page(made), "Table")
    (shown,) = [one for one in tables if words(one.children[0]) == "Målvärden"]
    assert sorted(row[2] for row in table_rows(shown)) == [
        "Region Blekinge, Lunga",
        "Region Kronoberg; gäller inte här",
    ]


def test_a_level_beyond_the_target_is_told_beside_it(tmp_path):
    aims = [target(stretch=75.0)]
    made = warehouse(tmp_path, [outcome()], [indicator(targets=aims)])
    tables = of_type(page(made), "Table")
    (shown,) = [each for each in tables if words(each.children[0]) == "Målvärden"]
    [row] = table_rows(shown)
    assert row[0] == "≥ 55 %, gärna ≥ 75 %"


def test_an_indicator_of_no_plan_quotes_none(tmp_path):
    told = defined(tmp_path, plans=[])
    assert "Planen skriver" not in told
    assert told["Anges i"] == "%"


def test_the_plans_own_words_stand_by_its_name(tmp_path):
    told = defined(tmp_path)
    assert told["Planen skriver"] == (
        "Aktivitetsplan cancer, Mål 5: ”Lokalt ledtidsmål 55% 2026”"
    )
    assert "Målbilds egen definition" not in told
    assert "Målbilds egna val" not in told


def test_a_measure_of_our_own_says_so_and_what_it_belongs_to(tmp_path):
    told = defined(tmp_path, own=both("Planen har inte måttet."))
    assert told["Målbilds egen definition"] == "Planen har inte måttet."
    assert told["Hör till"].endswith("Mål 5: ”Lokalt ledtidsmål 55% 2026”")
    assert "Planen skriver" not in told


def test_what_is_chosen_within_a_plans_measure_is_told_apart(tmp_path):
    told = defined(tmp_path, own_parts=[both("Varje kvartal är valt.")])
    assert told["Målbilds egna val"] == "Varje kvartal är valt."


@pytest.mark.parametrize(
    ("region", "who"),
    [
        ("0010", "Verksamhetschefer och processledare"),
        ("0007", "Regional analysgrupp"),
        ("0012", "Anges inte i planen"),
    ],
)
def test_who_answers_is_said_by_the_plan_of_ones_own_region(tmp_path, region, who):
    assert definition(page(answered(tmp_path, region)))["Ansvarig"] == who


def test_nobody_answers_for_what_no_plan_gives_anybody(tmp_path):
    told = defined(tmp_path, responsible=None, review=None)
    assert told["Ansvarig"] == "Anges inte i planen"
    assert told["Definitionen"] == "Inte granskad"


def test_a_review_tells_by_whom_and_when(tmp_path):
    assert defined(tmp_path)["Definitionen"] == (
        "Förvaltas av Analysenheten, granskad 2026-01-15, granskas igen 2027-01-15"
    )


def test_near_is_a_limit_of_the_regions_own(tmp_path):
    told = defined(tmp_path)
    assert told["Nära målet"] == (
        "högst 5 procentenheter från målet; regionens egen gräns, inte planens"
    )
    assert "Nära målet" not in defined(_made(tmp_path / "none"), tolerance=0.0)


def test_what_is_not_decided_is_not_shown_as_a_fact(tmp_path):
    waiting = indicator(
        lifecycle="under_development", measure=None, breakdowns=[], targets=[]
    )
    row = hidden(status="under_development", reason="under_development")
    told = definition(page(warehouse(tmp_path, [row], [waiting])))
    for term in ("Anges i", "Riktning", "Mäts"):
        assert told[term] == "Inte bestämt"


def test_themes_questions_and_internal_control_are_told(tmp_path):
    place = {"plan": "cancer_blekinge", "section": "5.5.3"}
    place |= {"quotation": "via internkontroll"}
    told = defined(tmp_path, themes=["focus_2", "focus_5"], internal_control=place)
    assert told["Frågan måttet besvarar"] == (
        "Är vården säker här och nu? Ökar riskmedvetenhet och beredskap?"
    )
    assert told["Internkontroll"] == (
        "Aktivitetsplan cancer, avsnitt 5.5.3: ”via internkontroll”"
    )


def test_what_the_public_value_lacks_stands_beside_it(tmp_path):
    about = {"kpi": "U79092", "name": both("Återinskrivning")}
    about |= {"note": both("Kolada räknar 65 år och äldre.")}
    made = warehouse(tmp_path, [outcome()], [indicator(benchmark=about)], [benchmark()])
    by_title = {
        words(one.children[0]): words(one) for one in of_type(page(made), "Section")
    }
    for title in ("Utveckling över tid", "Jämfört med riket"):
        assert "Kolada räknar 65 år och äldre." in by_title[title], title


def test_the_numbers_can_be_fetched(filled):
    found = hrefs(page(filled))
    query = f"indicator=svf_lead_time&unit={REGION}&kind=quarter"
    assert f"/api/v1/outcomes.csv?{query}" in found
    assert f"/export/outcomes.xlsx?{query}" in found
    found = hrefs(page(filled, by="svf"))
    assert f"/api/v1/outcomes.csv?{query}&by=svf" in found


def test_every_period_leads_to_its_rows(filled):
    found = [
        href for href in hrefs(page(filled)) if href.startswith("/underlag/utfall")
    ]
    assert len({href for href in found if "period=2026Q2" in href}) == 1


def test_an_unknown_indicator_is_told(filled):
    shown = page(filled, "svf_led_time")
    assert headings(shown) == [("H1", "Indikatorn finns inte")]
    assert "/indikator/svf_lead_time" in hrefs(shown)
    assert "/om#definitioner" in hrefs(shown)
    assert headings(page(filled, "<b>")) == [("H1", "Indikatorn finns inte")]


def test_an_unknown_unit_is_told(filled):
    assert "Enheten finns inte" in words(page(filled, unit="SE2321000081-NONE"))


def test_an_address_that_names_no_unit_is_told_and_the_region_shown(filled):
    shown = words(page(filled, unit="xx"))
    assert "Adressen anger en enhet som inte finns. Här visas Region Demo." in shown
    assert "42,0 %" in shown


@pytest.mark.parametrize("unit", [REGION, CLINIC])
def test_an_indicator_under_development_says_how_it_is_meant(tmp_path, unit):
    waiting = indicator(
        lifecycle="under_development", measure=None, breakdowns=[], targets=[]
    )
    row = hidden(status="under_development", reason="under_development")
    shown = page(warehouse(tmp_path, [row], [waiting]), unit=unit)
    assert words(shown).count("Indikatorn mäts inte ännu. Under ”Så mäts det”") == 1
    assert [title for _, title in headings(shown)] == [
        "Ledtid i vårdförlopp",
        "Så mäts det",
        "Målvärden",
    ]
    leading = "/underlag", "/api", "/export"
    assert not any(href.startswith(leading) for href in hrefs(shown))


def test_the_words_of_the_definition_are_explained(filled):
    (defined,) = [
        one
        for one in of_type(page(filled), "Section")
        if words(one.children[0]) == "Så mäts det"
    ]
    assert [words(one) for one in of_type(defined, "Button")] == [
        "Täljare",
        "Nämnare",
        "Riktning",
        "Intervall",
        "Minsta underlag",
        "Nära målet",
    ]


def test_intervals_and_gaps_have_help_beside_them(filled):
    buttons = of_type(page(filled), "Button")
    names = [str(getattr(one, "aria-label", "")) for one in buttons]
    assert names.count("Hjälp: Vad säger intervallet?") == 1
    assert names.count("Hjälp: Vad är avvikelsen i antal fall?") == 1


def test_an_indicator_that_the_unit_does_not_have_says_who_has_it(filled):
    shown = page(filled, "prem_svf_rank", unit=CLINIC)
    assert "Måttet gäller: regioner." in words(shown)
    assert f"/indikator/prem_svf_rank?unit={REGION}" in hrefs(shown)
    assert "Så mäts det" in words(shown)


def test_without_any_value_there_is_no_chart_but_a_reason(tmp_path):
    shown = page(warehouse(tmp_path, [hidden()]))
    assert figures(shown) == []
    assert "Inget har rapporterats för perioden." in words(shown)


def test_a_rank_is_drawn_with_the_first_place_on_top(tmp_path):
    rank = {"indicator": "prem_svf_rank", "value": 20.0, "lower": None, "upper": None}
    rank |= {"target": 20.0, "target_rule": "better_rank_than", "national_target": None}
    shown = page(warehouse(tmp_path, [outcome(period="2025", **rank)]), "prem_svf_rank")
    axis = figures(shown)[0]["layout"]["yaxis"]
    assert axis["range"][0] > axis["range"][1]
    assert axis["ticktext"][0] == "1"
    labels = [one["text"] for one in figures(shown)[0]["layout"]["annotations"]]
    assert any("Bättre än plats" in one for one in labels)


def test_what_a_rank_has_not_is_not_asked_for(tmp_path):
    rank = {"indicator": "prem_svf_rank", "value": 20.0, "lower": None, "upper": None}
    rank |= {"numerator": None, "denominator": 21.0}
    rank |= {"target": None, "target_rule": None, "status": "no_target"}
    rank |= {"national_target": None, "national_rule": None}
    shown = page(warehouse(tmp_path, [outcome(period="2025", **rank)]), "prem_svf_rank")
    (numbers,) = [
        one for one in of_type(shown, "Section") if getattr(one, "id", "") == "numbers"
    ]
    heads = [words(one) for one in of_type(numbers, "Th")]
    assert heads[:3] == ["Period", "Antal regioner", "Värde"]
    assert "95 %-intervall" not in heads
    assert "Det som rangordnas" in words(shown)
    assert "Minsta underlag" not in words(shown)
    assert figures(shown)[0]["layout"]["yaxis"]["ticktext"][-1] == "21"


def test_a_chart_begins_with_the_first_value(tmp_path):
    missing = [hidden(period=f"2024Q{one}") for one in (1, 2, 3)]
    late = [outcome(period="2026Q2"), outcome()]
    drawn = page(warehouse(tmp_path, [*missing, *late]))
    values = figures(drawn)[0]["data"][-1]
    assert values["y"] == [42.0, 42.0]
    public = [benchmark(year=2024, value=45.0), benchmark()]
    (tmp_path / "public").mkdir()
    drawn = page(warehouse(tmp_path / "public", [*missing, *late], benchmarks=public))
    nation = {one["name"]: one for one in figures(drawn)[0]["data"]}["nation"]
    assert nation["y"] == [45.0, None, 47.0]


def test_public_values_without_a_rank_have_no_column_for_it(tmp_path):
    ranked, unranked = (
        page(warehouse(place, [outcome()], benchmarks=[benchmark(), own]))
        for place, own in (
            (_made(tmp_path / str(rank)), benchmark(**OWN, rank=rank, regions=21))
            for rank in (20, None)
        )
    )
    assert "Placering" in [words(one) for one in of_type(ranked, "Th")]
    assert "Placering" not in [words(one) for one in of_type(unranked, "Th")]


def test_names_from_files_are_not_markup_in_charts(tmp_path):
    named = [one | {"name": "<b>A & B</b>"} for one in UNITS]
    shown = page(
        warehouse(
            tmp_path,
            [outcome(unit=CLINIC), outcome(unit=SECOND_CLINIC)],
            units=named,
        ),
        unit=CLINIC,
    )
    hover = figures(shown)[1]["data"][0]["text"][0]
    assert hover.startswith("<b>&lt;b&gt;A &amp; B&lt;/b&gt; (SE")


def test_a_step_is_drawn_as_yes_or_no(tmp_path):
    step = {"kind": "milestone", "unit": {"sv": "steg nått", "en": "reached"}}
    step |= {"decimals": 0, "denominator": None, "breakdowns": [], "measure": None}
    step |= {"targets": [target(rule="=", value=1.0)], "frequency": "once"}
    step |= {"lifecycle": "under_development", "benchmark": None}
    reached = outcome(value=1.0, lower=None, upper=None, target=1.0, target_rule="=")
    shown = page(warehouse(tmp_path, [reached], [indicator(**step), yearly()]))
    assert figures(shown)[0]["layout"]["yaxis"]["ticktext"] == ["nej", "ja"]
    assert "Steget är nått (kv 3 2026)." in words(shown)


def test_a_doubtful_miss_is_remarked_on_in_the_numbers_too(tmp_path):
    near = outcome(value=52.0, numerator=52.0, lower=42.0, upper=62.0)
    shown = page(warehouse(tmp_path, [near]))
    assert "kan bero på slumpen" in row_starting(shown, "kv 3 2026")[6]


def test_what_the_status_says_is_not_said_again_beside_it(tmp_path):
    unmeasured = hidden(period="2026Q2", status="not_measured", reason="not_measured")
    shown = page(warehouse(tmp_path, [unmeasured, outcome()]))
    assert row_starting(shown, "kv 2 2026")[6] == "· Mäts inte denna period"


def test_pathways_stand_with_the_one_furthest_from_its_target_first(tmp_path):
    shown = page(
        warehouse(
            tmp_path,
            [
                outcome(),
                outcome(by="svf", by_value="a", value=50.0),
                hidden(by="svf", by_value="b", status="too_few", reason="too_few"),
                outcome(by="svf", by_value="d", value=20.0),
                outcome(by="svf", by_value="c", value=20.0),
            ],
        ),
        by="svf",
    )
    table = next(
        one
        for one in of_type(shown, "Table")
        if words(one.children[0]).startswith("Uppdelning")
    )
    assert [row[0] for row in table_rows(table)] == ["C", "D", "A", "B"]


def test_a_period_beyond_the_data_is_told_and_the_newest_shown(filled):
    shown = page(filled, period="2031Q1")
    assert "Det finns inga utfall för kv 1 2031. Här visas kv 3 2026." in words(shown)
    assert "42,0 %" in words(shown).split("Utveckling över tid")[0]
    for fine in ({}, {"period": "2026Q2"}, {"kind": "year", "period": "2026Q3"}):
        assert "Det finns inga utfall" not in words(page(filled, **fine))


def test_the_own_region_stands_among_its_neighbours(tmp_path):
    regions = [
        benchmark(
            kolada_region_id=f"{rank:04}", region=f"R{rank}", rank=rank, value=60.0
        )
        for rank in range(1, 22)
        if rank != 12
    ]
    own = benchmark(kolada_region_id="0010", region="Blekinge", rank=12, value=40.0)
    kept = [one for one in regions if one["kolada_region_id"] != "0010"]
    shown = page(warehouse(tmp_path, [outcome()], benchmarks=[benchmark(), own, *kept]))
    near, every = (
        table_rows(one)
        for one in of_type(shown, "Table")
        if "2025" in words(one.children[0])
    )
    assert [row[0] for row in near] == ["R1", "R11", "Blekinge", "R13", "Riket"]
    assert len(every) == 21


def test_a_rank_says_that_the_public_value_is_what_is_ranked(tmp_path):
    rank = outcome(
        indicator="prem_svf_rank", period="2025", value=20.0, lower=None, upper=None
    )
    public = benchmark(indicator="prem_svf_rank", value=84.7)
    shown = page(warehouse(tmp_path, [rank], benchmarks=[public]), "prem_svf_rank")
    assert "Värdet är det index som placeringen bygger på" in words(shown)


def test_an_interval_is_explained_where_there_is_one(filled, tmp_path):
    assert "Alla fall räknas, inte ett urval." in words(page(filled))
    without = page(warehouse(tmp_path, [outcome(lower=None, upper=None)]))
    assert "Alla fall räknas" not in words(without)


def test_the_picture_says_what_it_shows_its_source_and_that_it_is_demo(filled):
    button, other = [
        one.to_plotly_json()["props"]
        for one in of_type(page(filled), "Button")
        if one.className == "save-picture"
    ]
    assert (button["data-format"], other["data-format"]) == ("png", "svg")
    assert button["data-finding"].startswith("42,0\N{NO-BREAK SPACE}% (kv")
    assert button["data-below"] == "Ledtid i vårdförlopp, Region Demo"
    assert button["data-source"] == "Syntetiska demodata. Källa: Målbild, bygge b0001"


def test_numbers_in_charts_are_written_as_the_language_writes_them(filled):
    axis = figures(page(filled))[0]["layout"]["yaxis"]
    assert axis["ticktext"][1] == "20\N{NO-BREAK SPACE}%"
    with speaking("en"):
        trend, _ = figures(page(filled))
    assert trend["layout"]["yaxis"]["ticktext"][1] == "20%"
    assert trend["layout"]["xaxis"]["ticktext"][-1] == "Q3<br>2026"
    assert "42.0%" in trend["data"][-1]["text"][-1]


def test_what_is_reported_for_months_leads_from_the_quarter_to_them(tmp_path):
    """Months are shown where nothing else was asked for, and never as not reported."""
    months = [
        outcome(period=period, value=50.0, numerator=None, denominator=None)
        for period in ("2026-07", "2026-08")
    ]
    quarter = hidden(
        **{"period": "2026Q3", "status": "other_periods", "reason": "no_counts"},
        reported_as="month",
    )
    own = warehouse(tmp_path, [*months, quarter])
    assert "augusti 2026" in words(page(own, unit=REGION))
    asked = page(own, unit=REGION, kind="quarter")
    assert "Finns för andra perioder" in words(asked)
    assert "per månad" in words(asked)
    assert "Inte rapporterat" not in words(asked)
    assert any("kind=month" in href for href in hrefs(asked))


def test_the_kind_of_period_looked_at_is_the_one_chosen_though_it_has_no_values(
    tmp_path,
):
    quarter = hidden(
        **{"period": "2026Q3", "status": "other_periods", "reason": "no_counts"},
        reported_as="month",
    )
    own = warehouse(tmp_path, [outcome(period="2026-07"), quarter])
    chosen = [
        words(one)
        for one in of_type(page(own, unit=REGION, kind="quarter"), "Option")
        if one.selected
    ]
    assert "Kvartal" in chosen
