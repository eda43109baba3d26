from datetime import date

import pytest

from app.pages.overview import page as overview
from app.words.language import speaking
from kpi.period import Period
from kpi.warehouse import Warehouse
from tests.app.answering import answered
from tests.app.reading import (
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
    ENDED_CLINIC,
    PLAN,
    REGION,
    benchmark,
    build,
    hidden,
    indicator,
    outcome,
    target,
    warehouse,
    yearly,
)
from tests.builders import words as both

SECOND = indicator(
    id="deviations",
    name=both("Avvikelser"),
    area="patient_safety",
    themes=["focus_1"],
    responsible=both("Chefläkaren"),
    direction="neutral",
    targets=[],
)
WAITING = indicator(
    id="new_measure",
    name=both("Nytt mått"),
    lifecycle="under_development",
    measure=None,
    breakdowns=[],
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Warehouse:
    rank = {"indicator": "prem_svf_rank", "target": 20.0}
    rank |= {"target_rule": "better_rank_than", "national_rule": None}
    rank |= {"national_target": None, "numerator": None, "denominator": None}
    rank |= {"lower": None, "upper": None}
    return warehouse(
        tmp_path_factory.mktemp("overview"),
        [
            outcome(period="2026Q2", value=56.0, status="met", numerator=56.0),
            outcome(),
            outcome(unit=CLINIC, period="2026Q2", value=49.0),
            outcome(unit=CLINIC, value=50.0, numerator=10.0, denominator=20.0),
            outcome(**rank, period="2025", value=20.0, status="not_met"),
            outcome(
                indicator="deviations",
                target=None,
                target_rule=None,
                target_level=None,
                status="no_target",
            ),
            hidden(
                indicator="new_measure",
                status="under_development",
                reason="under_development",
            ),
        ],
        [indicator(), yearly(), SECOND, WAITING],
        [
            benchmark(),
            benchmark(kolada_region_id="0010", region="Blekinge", value=40.0, rank=20),
            benchmark(year=2024, value=45.0),
            benchmark(year=2027, value=99.0),
        ],
    )


def page(warehouse, **params):
    return page_of(overview, warehouse, params)


def test_each_indicator_is_a_row_with_all_that_is_to_be_compared(filled):
    _name, value, target, gap, status, _, public = row_starting(
        page(filled), "Ledtid i vårdförlopp"
    )
    assert value == "42,0 % (32,8–51,8 %)"
    assert target == "≥ 55 % (lokalt) ≥ 80 % (nationellt)"
    assert gap == "−13,0 procentenheter 13 till hade behövts"
    assert status == "✗ Når inte målet"
    assert public == "Riket 47,0 % (2025) Blekinge 40,0 % (2025)"


def test_a_yearly_indicator_keeps_its_own_period(filled):
    assert "2025" in row_starting(page(filled), "Nationell placering")[1]


def test_trend_lines_are_told_in_words(filled):
    alts = [image.alt for image in of_type(page(filled), "Drawing")]
    assert any("från 56,0" in alt for alt in alts)


def test_indicators_stand_under_their_area(filled):
    assert headings(page(filled)) == [
        ("H1", "Region Demo"),
        ("H2", "Längst från målet"),
        ("H2", "Vad har ändrats sedan förra kvartalet"),
        ("H2", "Cancer"),
        ("H2", "Patientsäkerhet: Ökad kunskap om inträffade vårdskador"),
    ]


def test_what_is_furthest_from_its_target_is_named_first(filled):
    (first,) = of_type(page(filled), "Ol")
    assert words(first).startswith("Ledtid i vårdförlopp 42,0 % mot målet ≥ 55 %")
    assert "till hade behövts" in words(first)


def test_what_furthest_means_is_told(filled):
    said = "Längst från målet Störst avvikelse i förhållande till målet först. Ledtid"
    assert said in words(page(filled))


def test_nothing_is_furthest_where_every_target_is_met(filled):
    assert of_type(page(filled, status="met"), "Ol") == []


def test_measures_under_development_are_named_apart(filled):
    details, *_ = of_type(page(filled), "Details")
    assert words(details) == "1 mått under utveckling eller pausat Nytt mått"


NOT_TARGETED = {"target": None, "target_rule": None, "target_level": None}


def test_lines_without_a_target_are_folded_below_the_others(tmp_path):
    names = ("targeted", "untargeted", "unreported")
    indicators = [indicator(id=one, name=both(one)) for one in names]
    rows = [
        outcome(indicator="untargeted", status="no_target", **NOT_TARGETED),
        outcome(indicator="targeted"),
        hidden(indicator="unreported", **NOT_TARGETED),
    ]
    filled = warehouse(tmp_path, rows, indicators)
    shown = page(filled)
    (details,) = of_type(shown, "Details")
    assert words(of_type(details, "Summary")) == "Utan målvärde (1)"
    assert getattr(details, "open", None) is None
    folded = of_type(details, "Table")
    assert [row[0] for row in table_rows(folded[0])] == ["untargeted"]
    assert words(folded[0].children[0]) == "Cancer, utan målvärde"
    # What should be there and is not is a problem, with a target or without.
    first = of_type(shown, "Table")[0]
    assert [row[0] for row in table_rows(first)] == ["targeted", "unreported"]
    assert of_type(page(filled, status="no_target"), "Details") == []
    assert of_type(page(filled, sort="gap"), "Details") == []


def test_lines_without_a_target_are_folded_where_there_is_nothing_else_too(filled):
    *_, last = of_type(page(filled), "Details")
    assert words(of_type(last, "Summary")) == "Utan målvärde (1)"
    assert getattr(last, "open", None) is None


def test_a_table_without_targets_has_no_columns_to_hold_against_them(filled):
    targeted, untargeted = of_type(page(filled), "Table")
    ours = ["Indikator", "Utfall", "Mål", "Avvikelse", "Status", "Utveckling"]
    assert _titles(targeted) == [*ours, "Jämförelse"]
    assert _titles(untargeted) == ["Indikator", "Utfall", "Status", "Utveckling"]
    assert row_starting(untargeted, "Avvikelser")[2] == "○ Inget målvärde"


def _titles(table):
    (head,) = of_type(table, "Thead")
    return [words(one) for one in of_type(head, "Th")]


def tiles(shown):
    (found,) = [
        one
        for one in of_type(shown, "Ul")
        if getattr(one, "className", None) == "tiles"
    ]
    return of_type(found, "A")


def test_every_indicator_is_counted_in_a_tile(filled):
    shown = page(filled)
    (found,) = [
        one
        for one in of_type(shown, "Ul")
        if getattr(one, "className", None) == "tiles"
    ]
    assert [words(one) for one in of_type(found, "Li")] == [
        "2 ✗ Når inte målet",
        "0 ≈ Nära målet",
        "0 ✓ Når målet",
        "1 ○ Inget målvärde",
        "1 – Inget värde",
    ]
    assert len(tiles(shown)) == 4
    assert "Inget värde" not in words(page(filled, responsible="Chefläkaren"))


def test_the_tile_of_the_chosen_status_says_so(filled):
    def chosen(shown):
        return [
            words(one) for one in tiles(shown) if getattr(one, "aria-current", None)
        ]

    assert chosen(page(filled)) == []
    assert chosen(page(filled, status="not_met")) == ["2 ✗ Når inte målet"]


def test_a_tile_counts_what_it_leads_to(filled):
    shown = page(filled, status="not_met", plan="cancer_blekinge")
    untargeted = tiles(shown)[-1]
    assert words(untargeted) == "1 ○ Inget målvärde"
    assert untargeted.href == (
        f"/?unit={REGION}&period=2026Q3&status=no_target&plan=cancer_blekinge"
    )


def test_the_line_of_totals_counts_what_is_shown(filled):
    assert "4 indikatorer. Enhetens sida" in words(page(filled))
    assert "1 indikator." in words(page(filled, responsible="Chefläkaren"))


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"status": "not_met"}, ["Ledtid i vårdförlopp", "Nationell placering"]),
        ({"responsible": "Chefläkaren"}, ["Avvikelser"]),
        ({"area": "patient_safety"}, ["Avvikelser"]),
        ({"status": "under_development"}, ["Nytt mått"]),
        (
            {"sort": "gap"},
            ["Ledtid i vårdförlopp", "Nationell placering", "Avvikelser"],
        ),
    ],
)
def test_filters_and_order(filled, params, names):
    shown = page(filled, **params)
    found = [row[0] for one in of_type(shown, "Table") for row in table_rows(one)]
    assert found == names


def test_an_indicator_of_two_plans_is_found_by_each(tmp_path):
    other = PLAN | {"id": "medicines_blekinge", "title": both("Läkemedel")}
    twice = [
        {"plan": one["id"], "section": "1", "quotation": "mål"} for one in (PLAN, other)
    ]
    indicators = [indicator(plans=twice), indicator(id="second", plans=twice[:1])]
    rows = [outcome(), outcome(indicator="second")]
    made = warehouse(tmp_path, rows, indicators, plans=(PLAN, other))
    for plan, number in ((PLAN, 2), (other, 1)):
        found = of_type(page(made, plan=plan["id"]), "Table")
        assert [len(table_rows(one)) for one in found] == [number]


def test_a_filter_that_leaves_nothing_helps_on(filled):
    shown = page(filled, status="paused")
    assert "Inga indikatorer passar urvalet" in words(shown)
    assert f"/?unit={REGION}&period=2026Q3" in hrefs(shown)
    chosen = [one.value for one in of_type(shown, "Option") if one.selected]
    assert "paused" in chosen


def test_a_plan_that_does_not_exist_is_told(filled):
    shown = page(filled, plan="nope")
    assert "Planen finns inte i det här bygget." in words(shown)
    assert f"/?unit={REGION}&period=2026Q3" in hrefs(shown)


def test_where_nothing_can_be_compared_nothing_is_said_of_changes(filled):
    changes = ("H2", "Vad har ändrats sedan förra kvartalet")
    assert changes in headings(page(filled))
    assert changes not in headings(page(filled, period="2026Q2"))


def test_what_changed_since_the_quarter_before_is_told(filled):
    shown_page = page(filled)
    shown = words(shown_page)
    assert "Ledtid i vårdförlopp 42,0 % (kv 3 2026) ✓ Når målet →" in shown
    (changes,) = [one for one in of_type(shown_page, "Ul") if _is_changes(one)]
    assert len(of_type(changes, "Li")) == 1
    assert "Ingen indikator har bytt status" in words(page(filled, unit=CLINIC))
    others = page(filled, responsible="Chefläkaren")
    assert not any(_is_changes(one) for one in of_type(others, "Ul")), "not chosen"


def test_a_new_target_or_a_first_value_is_no_change_in_care(tmp_path):
    """56 % before and after: met is only the word for it since there is a target."""
    names = ("aimed_at", "reported", "judged")
    indicators = [indicator(id=one, name=both(one)) for one in names]
    same = {"value": 56.0, "numerator": 56.0}
    rows = [
        outcome(
            **same,
            indicator="aimed_at",
            period="2026Q2",
            status="no_target",
            **NOT_TARGETED,
        ),
        outcome(**same, indicator="aimed_at", status="met"),
        hidden(indicator="reported", period="2026Q2"),
        outcome(**same, indicator="reported", status="met"),
    ]
    (tmp_path / "new").mkdir()
    new = words(page(warehouse(tmp_path / "new", rows, indicators)))
    assert "Vad har ändrats" not in new
    rows += [
        outcome(**same, indicator="judged", period="2026Q2", status="met"),
        outcome(**same, indicator="judged", status="met"),
    ]
    judged = words(page(warehouse(tmp_path, rows, indicators)))
    assert "Ingen indikator har bytt status" in judged


def test_a_step_whose_day_has_passed_has_changed(tmp_path):
    step = indicator(
        id="step",
        name=both("Pilot startad"),
        kind="milestone",
        frequency="once",
        denominator=None,
        measure={"dataset": "matningar"},
        breakdowns=[],
        unit={"sv": "steg nått", "en": "milestone reached"},
        decimals=0,
        benchmark=None,
        targets=[target(rule="=", value=1.0, since="2026Q2", until="2026Q3")],
    )
    known = {"indicator": "step", "value": 0.0, "target": 1.0, "target_rule": "="}
    rows = [
        outcome(**known, period="2026Q2", status="planned"),
        outcome(**known, status="not_met"),
    ]
    shown = words(page(warehouse(tmp_path, rows, [step])))
    assert "Pilot startad nej (kv 3 2026) ◷ Planerad → ✗ Inte nådd" in shown


def _is_changes(part):
    return getattr(part, "className", "") == "changes"


def test_another_quarter_and_unit_can_be_chosen(filled):
    shown = page(filled, period="2026Q2")
    assert row_starting(shown, "Ledtid i vårdförlopp")[1].startswith("56,0 %")
    clinic = page(filled, unit=CLINIC)
    assert row_starting(clinic, "Ledtid i vårdförlopp")[1].startswith("50,0 %")
    assert hrefs(clinic)[0] == f"/enhet/{REGION}?period=2026Q3"


def year_and_tertial(folder) -> Warehouse:
    """Three lengths that must not be mixed: 42 % of a quarter, 50 and 60 % else."""
    yearly_rank = {"indicator": "prem_svf_rank", "value": 19.0, "target": 20.0}
    yearly_rank |= {"target_rule": "better_rank_than", "national_target": None}
    return warehouse(
        folder,
        [
            outcome(period="2025Q4", value=41.0),
            outcome(period="2026Q3"),
            outcome(period="2024", value=52.0, status="not_met"),
            outcome(period="2025", value=60.0, status="met", target=55.0),
            outcome(period="2026T1", value=58.0, status="met"),
            outcome(period="2026T2", value=50.0, status="not_met"),
            outcome(**yearly_rank, period="2025", status="met"),
            hidden(
                indicator="prem_svf_rank",
                period="2026T2",
                status="not_measured",
                reason="not_measured",
            ),
        ],
        [indicator(), yearly()],
    )


def test_a_year_in_the_address_shows_the_outcomes_of_that_year(tmp_path):
    made = year_and_tertial(tmp_path)
    shown = page(made, period="2025")
    assert "Översikt, 2025" in words(shown)
    assert row_starting(shown, "Ledtid i vårdförlopp")[1].startswith("60,0 %")
    assert row_starting(shown, "Nationell placering")[1].startswith("plats 19")
    assert "2 ✓ Når målet" in map(words, tiles(shown))
    assert "kv 4 2025" not in words(shown).partition("Visa")[2]
    assert f"/indikator/svf_lead_time?unit={REGION}&period=2025&kind=year" in hrefs(
        shown
    )
    assert ("H2", "Vad har ändrats sedan 2024") in headings(shown)


def test_a_tertial_in_the_address_shows_the_outcomes_of_that_tertial(tmp_path):
    shown = page(year_and_tertial(tmp_path), period="2026T2")
    assert "Översikt, tertial 2 2026" in words(shown)
    assert row_starting(shown, "Ledtid i vårdförlopp")[1].startswith("50,0 %")
    assert row_starting(shown, "Nationell placering")[1] == "–"
    assert "0 ✓ Når målet" in map(words, tiles(shown))
    assert "1 ✗ Når inte målet" in map(words, tiles(shown))
    changes = [one for one in of_type(shown, "Ul") if _is_changes(one)]
    assert "✓ Når målet → ✗ Når inte målet" in words(changes[0])


def test_years_and_tertials_that_are_over_can_be_chosen(tmp_path):
    shown = page(year_and_tertial(tmp_path))
    offered = [one.value for one in of_type(shown, "Option")]
    assert {"2025", "2025T3", "2026T2"} <= set(offered)
    assert not {"2026", "2026T3"} & set(offered)


def test_a_half_year_is_shown_where_it_is_asked_for(tmp_path):
    made = warehouse(tmp_path, [outcome(period="2026H1", value=44.0)])
    shown = page(made, period="2026H1")
    assert row_starting(shown, "Ledtid i vårdförlopp")[1].startswith("44,0 %")
    chosen = [one.value for one in of_type(shown, "Option") if one.selected]
    assert "2026H1" in chosen


OF_SAFETY = {"themes": ["focus_3", "focus_5"], "area": "patient_safety"}
CONTROLLED = {
    "plan": "cancer_blekinge",
    "section": "1",
    "quotation": "Följs upp via internkontroll",
}


@pytest.fixture(scope="module")
def of_themes(tmp_path_factory) -> Warehouse:
    made = [
        indicator(themes=["focus_2"]),
        indicator(id="risk", name=both("Riskbedömda"), **OF_SAFETY),
        indicator(id="plain", name=both("Utan tema"), responsible=None),
        indicator(
            id="staff",
            name=both("Nyanställda"),
            area="patient_safety",
            themes=["knowledge", "focus_5"],
            internal_control=CONTROLLED,
        ),
    ]
    rows = [outcome(indicator=one.id) for one in made]
    return warehouse(tmp_path_factory.mktemp("themes"), rows, made)


def groups_of(shown) -> dict[str, list[str]]:
    """Return the names of the rows by the caption of their table."""
    return {
        words(of_type(one, "Caption")[0]): [row[0] for row in table_rows(one)]
        for one in of_type(shown, "Table")
    }


def test_an_indicator_stands_under_its_area_and_each_of_its_themes(of_themes):
    safety = "Patientsäkerhet: "
    focus_2 = "Tillförlitliga och säkra system, enhetliga processer och rutiner"
    assert groups_of(page(of_themes)) == {
        "Cancer": ["Ledtid i vårdförlopp", "Utan tema"],
        f"{safety}Adekvat kunskap och kompetens": ["Nyanställda"],
        f"{safety}{focus_2}": ["Ledtid i vårdförlopp"],
        f"{safety}Öka medvetenheten om hur säker vården är idag": ["Riskbedömda"],
        f"{safety}Öka riskmedvetenhet och beredskap": ["Riskbedömda", "Nyanställda"],
    }
    # Whatever it stands under, it is counted once.
    assert "4 indikatorer." in words(page(of_themes))
    assert "4 ✗ Når inte målet" in map(words, tiles(page(of_themes)))


@pytest.mark.parametrize(
    ("params", "groups"),
    [
        (
            {"theme": "focus_5"},
            {"Patientsäkerhet: Öka riskmedvetenhet och beredskap": 2},
        ),
        (
            {"question": "is_awareness_growing"},
            {
                "Patientsäkerhet: Adekvat kunskap och kompetens": 1,
                "Patientsäkerhet: Öka medvetenheten om hur säker vården är idag": 1,
                "Patientsäkerhet: Öka riskmedvetenhet och beredskap": 2,
            },
        ),
        (
            {"internal_control": "yes"},
            {
                "Patientsäkerhet: Adekvat kunskap och kompetens": 1,
                "Patientsäkerhet: Öka riskmedvetenhet och beredskap": 1,
            },
        ),
    ],
)
def test_theme_question_and_internal_control_are_filters(of_themes, params, groups):
    shown = page(of_themes, **params)
    found = groups_of(shown)
    assert {name: len(rows) for name, rows in found.items()} == groups
    # Counted are those alone, not what stands under other headings.
    number = len({row for rows in found.values() for row in rows})
    assert f"{number} indikator" in words(shown)
    assert f"{number} ✗ Når inte målet" in map(words, tiles(shown))


def test_what_the_public_value_lacks_stands_beside_it(tmp_path):
    about = {"kpi": "U79062", "name": both("Prostata")}
    about |= {"note": both("Gäller bara prostatacancer.")}
    made = warehouse(tmp_path, [outcome()], [indicator(benchmark=about)], [benchmark()])
    public = row_starting(page(made), "Ledtid i vårdförlopp")[-1]
    assert public == "Riket 47,0 % (2025) Gäller bara prostatacancer."


def test_another_regions_plan_is_not_summed_up_with_our_outcomes(tmp_path):
    theirs = PLAN | {"id": "patient_safety_kronoberg", "region": "0007"}
    place = {"plan": theirs["id"], "section": "1", "quotation": "mål"}
    made = warehouse(
        tmp_path, [outcome()], [indicator(plans=[place])], plans=(PLAN, theirs)
    )
    shown = page(made, plan=theirs["id"])
    assert "Planen är Region Kronobergs. Dess mål gäller inte här" in words(shown)
    lists = [getattr(one, "className", "") for one in of_type(shown, "Ul")]
    assert "tiles" not in lists
    assert tiles(page(made))


def roles_in(shown):
    return [
        words(one)
        for select in of_type(shown, "Select")
        if select.name == "responsible"
        for one in of_type(select, "Option")
    ]


def test_indicators_are_chosen_by_role_however_a_plan_words_it(tmp_path):
    counts = outcome(indicator="deviations", target=None, national_target=None)
    made = answered(tmp_path, "0010", [outcome(), counts], [indicator(), SECOND])

    def listed(role):
        shown = page(made, responsible=role)
        return [row[0] for one in of_type(shown, "Table") for row in table_rows(one)]

    roles = ["Alla", "Chefläkaren", "Processledare", "Verksamhetschef"]
    assert roles_in(page(made)) == roles
    assert listed("Verksamhetschef") == ["Ledtid i vårdförlopp"]
    assert listed("Processledare") == ["Ledtid i vårdförlopp"]
    assert listed("Chefläkaren") == ["Avvikelser"], "no plan names it: its own words"
    assert listed("LPO cancer") == [], "the plan's roles go before its own words"
    assert listed("Analysgruppen") == [], "not their plan"


def test_who_answers_is_by_the_plans_of_ones_own_region(tmp_path):
    assert roles_in(page(answered(tmp_path, "0007"))) == ["Alla", "Analysgruppen"]


def test_where_no_plan_names_anybody_there_is_no_role_to_choose(tmp_path):
    made = warehouse(tmp_path, [outcome()], [indicator(responsible=None)])
    assert roles_in(page(made)) == []


def test_what_a_plan_does_not_have_is_told_where_the_plan_is_chosen(tmp_path):
    ours = indicator(id="ours", own=both("Planen har inte måttet."))
    rows_ = [outcome(), outcome(indicator="ours")]
    made = warehouse(tmp_path, rows_, [indicator(), ours])
    told = "2 indikatorer. 1 av dem är Målbilds egen och står inte i planen."
    assert told in words(page(made, plan="cancer_blekinge"))
    assert "Målbilds" not in words(page(made))


def test_plans_to_choose_are_the_regions_own_first_and_others_with_whose(tmp_path):
    theirs = PLAN | {"id": "patient_safety_kronoberg", "region": "0007"}
    made = warehouse(tmp_path, [outcome()], plans=(theirs, PLAN))
    (select,) = [one for one in of_type(page(made), "Select") if one.name == "plan"]
    assert [words(one) for one in of_type(select, "Option")] == [
        "Alla",
        "Aktivitetsplan cancer",
        "Region Kronoberg: Aktivitetsplan cancer",
    ]


def test_what_only_holds_targets_is_no_plan_to_choose(tmp_path):
    plans = [PLAN | {"id": name} for name in ("national_targets", "region_decisions")]
    made = warehouse(tmp_path, [outcome()], plans=(PLAN, *plans))
    (select,) = [each for each in of_type(page(made), "Select") if each.name == "plan"]
    options = [words(option) for option in of_type(select, "Option")]
    assert options == ["Alla", "Aktivitetsplan cancer"]


def test_a_period_before_the_data_is_told_with_the_way_to_the_newest(filled):
    shown = page(filled, period="1999Q1", status="met")
    said = (
        "Det finns inga utfall för kv 1 1999. "
        "Uppgifterna finns från kv 1 2022 till kv 3 2026."
    )
    assert said in words(shown)
    assert f"/?unit={REGION}&period=2026Q3&status=met" in hrefs(shown)
    assert "Inga indikatorer" not in words(shown)


def test_a_period_after_the_data_is_told_and_the_newest_shown(filled):
    shown = page(filled, period="2031Q1")
    assert "Det finns inga utfall för kv 1 2031. Här visas kv 3 2026." in words(shown)
    assert row_starting(shown, "Ledtid i vårdförlopp")[1].startswith("42,0 %")


def test_a_year_that_is_not_over_is_shown_as_far_as_it_goes(tmp_path):
    made = warehouse(
        tmp_path, [outcome(period="2026", status="not_judged", is_whole=False)]
    )
    shown = page(made, period="2026")
    assert "Översikt, 2026" in words(shown)
    assert "Kan inte bedömas än" in row_starting(shown, "Ledtid i vårdförlopp")[4]


def test_an_address_that_names_no_unit_is_told_and_the_region_shown(filled):
    said = "Adressen anger en enhet som inte finns. Här visas Region Demo."
    assert said in words(page(filled, unit="xx"))
    assert said not in words(page(filled, unit=REGION.lower()))


def test_an_overview_of_a_unit_that_had_ended_leads_to_when_it_was_there(filled):
    shown = page(filled, unit=ENDED_CLINIC)
    assert "Gamla kliniken fanns inte kv 3 2026." in words(shown)
    assert f"/?unit={ENDED_CLINIC}&period=2024Q4" in hrefs(shown)
    assert "Välj ”Alla”" not in words(shown)


def test_ended_units_are_chosen_only_by_address(filled):
    def units(shown):
        return [one.value for one in of_type(shown, "Option")]

    assert ENDED_CLINIC not in units(page(filled))
    shown = page(filled, unit=ENDED_CLINIC)
    assert ENDED_CLINIC in units(shown)
    assert "Gamla kliniken (upphörd)" in words(shown)


def test_the_page_speaks_english(filled):
    with speaking("en"):
        shown = page(filled, responsible="Chefläkaren")
        (role,) = [
            one for one in of_type(shown, "Option") if one.value == "Chefläkaren"
        ]
        assert role.selected
        assert words(role) == "Chefläkaren (en)"
        assert row_starting(shown, "Avvikelser (en)")[1].startswith("42.0%")
        assert "1 indicator." in words(shown)
        said = row_starting(page(filled), "Ledtid i vårdförlopp (en)")
    assert said[3] == "−13.0 percentage points 13 more were needed"
    assert said[6] == "Sweden 47.0% (2025) Blekinge 40.0% (2025)"


def test_a_quarter_still_going_on_says_so(tmp_path):
    running = build(as_of=date(2026, 9, 10), last_month=Period.parse("2026-08").last)
    shown = page(
        warehouse(
            tmp_path, [outcome(is_whole=False, reason="ongoing")], builds=[running]
        ),
        period="2026Q3",
    )
    status = row_starting(shown, "Ledtid i vårdförlopp")[4]
    assert status == "✗ Når inte målet Pågår, t.o.m. augusti 2026."


def test_every_value_leads_to_its_rows(filled):
    wanted = "/underlag/utfall?indicator=svf_lead_time"
    assert any(href.startswith(wanted) for href in hrefs(page(filled)))


def test_an_unknown_unit_is_told(filled):
    shown = page(filled, unit="SE2321000081-NONE")
    assert headings(shown) == [("H1", "Enheten finns inte")]
    assert f"/enhet/{REGION}" in hrefs(shown)


def test_a_warehouse_without_outcomes_says_so(tmp_path):
    assert "Inga indikatorer" in words(page(warehouse(tmp_path)))


def test_text_from_files_stays_text(tmp_path):
    evil = indicator(name=both("<b onload=x>fet</b>"))
    shown = page(warehouse(tmp_path, [outcome()], [evil]))
    assert row_starting(shown, "<b onload=x>fet</b>")


def test_a_length_that_nothing_is_measured_by_is_told_with_a_way_on(tmp_path):
    made = warehouse(tmp_path, [outcome()], [indicator()])
    shown = page(made, period="2026H1")
    assert "Här finns inga utfall för halvår 1 2026. Visa kv 3 2026" in words(shown)
    assert "gäller den här enheten" not in words(shown)
