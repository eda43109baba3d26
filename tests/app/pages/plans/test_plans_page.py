import pytest

from app.pages.plans import page as plans
from app.pages.plans import words as said
from app.pages.plans.find import FollowedBy
from app.words.language import speaking
from kpi.activities import ActivityKind, ActivityStatus
from tests import builders as make
from tests.app.pages.plans.stored import ACTIVITIES, OTHER, activity, warehouse
from tests.app.reading import headings, hrefs, of_type, words
from tests.app.visiting import page_of


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return warehouse(tmp_path_factory.mktemp("plans"))


def page(warehouse, **params):
    return page_of(plans, warehouse, params)


def item(shown, id):
    return next(
        words(one) for one in of_type(shown, "Li") if getattr(one, "id", None) == id
    )


def test_a_statement_has_all_that_the_plan_says_of_it(filled):
    assert item(page(filled), "goal_1") == (
        "Mål 1 Ledtiderna ska kortas 1 Planerade aktiviteter Mötas varje månad "
        "Ansvarig Verksamhetschefer och LPPL. Tidplan Q3 2026 – tiden går ut kv 3 2026 "
        "Status Pågående Målbilds anmärkning: Vår kommentar Följs upp av "
        "Ledtid i vårdförlopp 42,0 % Mål ≥ 55 % (lokalt), ≥ 80 % (nationellt) "
        "✗ Når inte målet "
        "Förslag från Målbild Nationell placering inget utfall Liknar"
    )


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026Q2", "Q3 2026 – tiden börjar kv 3 2026"),
        ("2026Q3", "Q3 2026 – tiden går ut kv 3 2026"),
    ],
)
def test_the_time_of_the_plan_is_told_from_the_quarter_looked_at(filled, period, words):
    assert words in item(page(filled, period=period), "goal_1")


def test_a_time_that_has_passed_is_told(tmp_path):
    late = activity(1, timeline=make.words("2025"), since="2025", until="2025")
    shown = page(warehouse(tmp_path, activities=[late]))
    assert "Tidplan 2025 – tiden gick ut 2025" in item(shown, "goal_1")


def test_an_ended_goal_is_shown_with_the_outcomes_of_its_own_time(filled):
    ended = item(page(filled), "goal_3")
    assert "Ledtid i vårdförlopp: Bröst 30,0 % (2025) Mål ≥ 20 %" in ended
    assert "Ledtid i vårdförlopp 40,0 % (2025) Mål ≥ 50 %" in ended
    assert "Ledtid i vårdförlopp inget utfall för 2024" in ended
    assert "42,0 %" not in ended
    assert "tiden" not in ended
    assert ended.startswith("Avslutat mål 3")
    assert "Ersatt av Mål 1" in ended
    assert "#goal_1" in hrefs(page(filled))


def test_an_indicator_leads_to_its_page_and_its_number_to_the_rows(filled):
    ways = hrefs(page(filled))
    assert f"/indikator/svf_lead_time?unit={make.REGION}&period=2026Q3" in ways
    assert f"/indikator/svf_lead_time?unit={make.REGION}&period=2025" in ways
    assert any(
        way.startswith("/underlag/utfall") and "by_value=brost" in way for way in ways
    )


def test_what_the_plan_does_not_state_is_said_once_for_each_part(filled, tmp_path):
    # Of the two goals one has it all; the other has nobody but who is responsible.
    assert "Anges inte" not in words(page(filled, section="process"))
    second = words(page(warehouse(tmp_path, activities=[ACTIVITIES[1]])))
    assert second.count("Anges inte i planen: tidplan, status, mått.") == 1
    measures = words(page(filled, plan="safety"))
    assert "Anges inte" not in measures, "a measure has neither status nor responsible"


def test_what_a_part_states_is_not_denied_where_a_filter_leaves_it_out(filled):
    second = words(page(filled, section="process", followed_by="nothing"))
    assert "1 av 5 " in second
    assert "Anges inte" not in second


def test_what_the_measures_of_a_part_state_is_stated_there(tmp_path):
    measure = activity(
        9, kind="measure", followed_up_by=[], timeline=make.words("Varje kvartal")
    )
    shown = page(warehouse(tmp_path, activities=[ACTIVITIES[1], measure]))
    assert "Anges inte i planen: status." in words(shown)


def test_who_is_reported_to_is_told_and_found_beside_what_is_supported(tmp_path):
    report = activity(
        9,
        kind="follow_up",
        number=None,
        recipients=[make.words("Ledningsgruppen, varje kvartal")],
        recipient_roles=["lppl"],
        followed_up_by=[],
    )
    filled = warehouse(tmp_path, activities=[report])
    assert item(page(filled), "goal_9") == (
        "Ledtiderna ska kortas 9 Rapporteras till Ledningsgruppen, varje kvartal"
    )
    nothing = page(filled, role="lppl")
    assert "0 av 1 " in words(nothing)
    assert any("role=lppl&support=included" in way for way in hrefs(nothing))
    both = words(page(filled, role="lppl", support="included"))
    assert "1 punkt ur planerna." in both


def test_a_choice_holds_what_stands_in_the_plan_and_what_is_chosen(filled):
    def choices(shown, name):
        (select,) = [one for one in of_type(shown, "Select") if one.name == name]
        return [one.value for one in of_type(select, "Option")]

    assert choices(page(filled), "role") == ["", "lppl", "verksamhetschef"]
    assert choices(page(filled, plan="safety"), "role") == [""]
    assert choices(page(filled, plan="safety"), "kind") == ["", "measure"]
    kept = page(filled, plan="safety", role="lppl", status="ongoing")
    assert choices(kept, "role") == ["", "lppl"]
    assert choices(kept, "status") == ["", "ongoing"]


def test_a_plan_tells_how_what_it_names_stands_but_not_of_ended_goals(filled):
    shown = words(page(filled))
    assert "1 indikator: 1 når inte målet." in shown
    assert shown.count("1 indikator når inte målet") == 1, "also of ended goals"
    assert "Patientprocessen 2 punkter ✗ 1 indikator når inte målet" in shown


def test_headings_are_those_of_the_document_with_its_numbers(filled):
    titles = [title for level, title in headings(page(filled)) if level != "H1"]
    assert titles == [
        *("Cancerplanen", "Vårdkedjan", "Patientprocessen", "Bilaga 1"),
        *("Säkerhetsplanen", "Uppföljning", "5 Fokusområde", "5.1 Mätetal"),
    ]
    levels = [level for level, _ in headings(page(filled))]
    assert levels == ["H1", "H2", "H3", "H4", "H3", "H2", "H3", "H4", "H5"]


def overviews(shown):
    here = f"/?unit={make.REGION}&period=2026Q3"
    ways = [way for way in hrefs(shown) if way.startswith(here)]
    return [way.removeprefix(here) for way in ways]


def test_a_plan_and_a_focus_area_lead_to_their_indicators_in_the_overview(filled):
    assert overviews(page(filled)) == ["&plan=cancer_blekinge", "&theme=focus_5"]
    # Of a part of a plan the overview has no choice.
    assert overviews(page(filled, role="lppl")) == []


def test_in_a_year_the_ways_lead_to_the_overview_of_that_year(filled):
    year = page(filled, plan="cancer_blekinge", period="2025")
    assert "Här visas kv 4 2025, det sista i 2025." in words(year)
    ways = [way for way in hrefs(year) if way.startswith("/?")]
    assert ways == [
        "/?period=2025&plan=cancer_blekinge",
        f"/?unit={make.REGION}&period=2025&plan=cancer_blekinge",
    ]


def test_a_question_leads_to_the_indicators_that_answer_it(tmp_path):
    asked = activity(9, kind="follow_up", question="is_care_safe_now")
    shown = page(warehouse(tmp_path, activities=[asked | {"followed_up_by": []}]))
    assert overviews(shown) == ["&question=is_care_safe_now"]


def test_what_stands_under_a_statement_is_a_list_within_it(filled):
    assert item(page(filled), "goal_4").endswith("Per vårdförlopp")
    assert item(page(filled), "goal_5") == "Per vårdförlopp"


def test_a_document_is_told_by_what_its_date_is(filled):
    shown = words(page(filled))
    assert (
        "Region Demo · Reviderad 2025-11, beslut av: Regiondirektör · "
        "Gäller 2024–2026 · Revision 03 · Dokumentansvarig LSG Hälsodata · "
        "Nästa revidering 2028" in shown
    )
    assert (
        "Region Annan · Dokumentets datum 2025-11-03 · Gäller från 2025 · "
        "Diarienummer 25HSN1" in shown
    )


def test_a_plan_that_gives_no_years_is_told_without_any(tmp_path):
    undated = make.PLAN | {"valid": None}
    shown = words(page(warehouse(tmp_path, plans=[undated, OTHER])))
    assert "beslut av: Regiondirektör · Revision 03" in shown


def test_who_supports_is_told_in_the_words_of_the_plans_tables(filled, tmp_path):
    assert "Deltagare från stödfunktion Berörd" in item(page(filled), "goal_2")
    in_text = activity(1, kind="responsibility", number=None)
    in_text |= {"support": [make.words("Gruppen")], "support_roles": ["lppl"]}
    shown = page(warehouse(tmp_path, activities=[in_text]))
    assert "Stöd Gruppen" in item(shown, "goal_1")


@pytest.mark.parametrize(
    ("since", "plan", "level", "is_told"),
    [
        ("2026Q4", "cancer_blekinge", "local", True),
        ("2026Q3", "cancer_blekinge", "local", False),
        ("2026Q4", "safety", "local", False),
        ("2026Q4", "safety", "national", True),
    ],
)
def test_a_target_that_holds_later_in_the_region_is_told(
    tmp_path, since, plan, level, is_told
):
    first = make.target(since=since, plan=plan, level=level)
    later = first | {"since": "2028", "value": 99.0}
    row = make.outcome(target=None, national_target=None, status="no_target")
    filled = warehouse(
        tmp_path, [row], indicators=[make.indicator(targets=[later, first])]
    )
    told = "○ Inget målvärde målet från kv 4 2026: ≥ 55 %"
    assert (told in item(page(filled), "goal_1")) is is_told


def test_a_step_is_told_in_its_own_words(tmp_path):
    step = make.indicator(
        kind="milestone",
        frequency="once",
        denominator=None,
        measure={"dataset": "matningar"},
        breakdowns=[],
        minimum_denominator=1,
        tolerance=0.0,
        targets=[make.target(rule="=", value=1.0, until="2026Q2")],
    )
    filled = warehouse(tmp_path, [make.outcome(value=0.0)], indicators=[step])
    assert "✗ Inte nådd" in item(page(filled), "goal_1")


def test_what_is_not_stated_is_told_of_a_heading_with_headings_below(tmp_path):
    above = activity(1, section="chain")
    below = ACTIVITIES[0] | {"id": "goal_2", "number": "2"}
    shown = words(page(warehouse(tmp_path, activities=[above, below])))
    assert (
        shown.count("Vårdkedjan Anges inte i planen: ansvarig, tidplan, status.") == 1
    )


def test_the_plan_of_the_units_own_region_stands_first(filled, tmp_path):
    own = [title for level, title in headings(page(filled)) if level == "H2"]
    assert own == ["Cancerplanen", "Säkerhetsplanen"]
    units = [make.unit(make.REGION, "Region Annan", "region", kolada_id="0007")]
    moved = page(warehouse(tmp_path, units=units))
    there = [title for level, title in headings(moved) if level == "H2"]
    assert there == ["Säkerhetsplanen", "Cancerplanen"]


def test_a_plan_of_another_region_says_whose_it_is_and_judges_nothing(filled):
    shown = words(page(filled, plan="safety"))
    assert (
        "En plan i Region Annan. Utfallen gäller Region Demo, mot de mål som gäller "
        "där." in shown
    )
    assert "når inte målet." not in shown
    assert "En plan i" not in words(page(filled, plan="cancer_blekinge"))


def test_a_long_plan_is_folded_and_a_short_one_is_not(filled, monkeypatch):
    def folds(**choice):
        every = of_type(page(filled, **choice), "Details")
        return [one.open for one in every if hasattr(one, "open")]

    assert set(folds()) == {True}
    monkeypatch.setattr(plans, "_FEW", 1)
    assert set(folds()) == {False}
    assert set(folds(section="chain")) == {True}, "a heading that was chosen is open"


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        ({"plan": "cancer_blekinge"}, "3 av 5"),
        ({"section": "chain"}, "2 av 5"),
        ({"section": "safety_5"}, "2 av 5"),
        ({"status": "ongoing"}, "1 av 5"),
        ({"role": "lppl"}, "2 av 5"),
        ({"role": "verksamhetschef"}, "1 av 5"),
        ({"role": "verksamhetschef", "support": "included"}, "2 av 5"),
        ({"kind": "ended_goal"}, "1 av 5"),
        ({"followed_by": "indicator"}, "3 av 5"),
        ({"followed_by": "target"}, "2 av 5"),
        ({"followed_by": "nothing"}, "2 av 5"),
        ({"indicator": "svf_lead_time"}, "3 av 5"),
        ({"indicator": "prem_svf_rank"}, "1 av 5"),
        ({"role": "lppl", "status": "replaced"}, "0 av 5"),
        ({"status": "nonsense"}, "5 punkter"),
    ],
)
def test_statements_are_chosen(filled, choice, count):
    assert f"{count} " in words(page(filled, **choice))


def test_an_indicator_is_a_choice_once_its_page_has_led_here(filled):
    assert "Indikator Alla" not in words(page(filled))
    shown = page(filled, indicator="svf_lead_time")
    assert "Indikator Alla Ledtid i vårdförlopp Enhet" in words(shown)
    assert any("indicator=svf_lead_time&unit=" in way for way in hrefs(shown))
    unknown = words(page(filled, indicator="nope"))
    assert "Indikator Alla nope Enhet" in unknown
    assert "Inget i planerna passar urvalet" in unknown


def test_the_choice_is_what_is_downloaded(filled):
    ways = hrefs(page(filled, role="lppl", support="included", plan="cancer_blekinge"))
    query = (
        "?plan=cancer_blekinge&role=lppl&support=included"
        f"&unit={make.REGION}&period=2026Q3"
    )
    assert f"/api/v1/plans.csv{query}" in ways
    assert f"/export/plans.xlsx{query}" in ways


def test_in_english_the_plans_own_words_stand_beside_the_translation(filled):
    with speaking("en"):
        shown = page(filled)
        stands = item(shown, "goal_1")
    assert stands.startswith("Goal 1 Ledtiderna ska kortas 1 (en) Planned activities")
    assert "Målbild's remark: Vår kommentar (en)" in stands
    assert "The plan's own words in Swedish Ledtiderna ska kortas 1 Mötas" in stands
    originals = [one for one in of_type(shown, "P") if getattr(one, "lang", "") == "sv"]
    assert "Pågående" in {words(one) for one in originals}
    assert "Vår kommentar" not in {words(one) for one in originals}


def test_nothing_left_has_a_way_back(filled):
    shown = page(filled, role="lppl", kind="vision")
    assert "Inget i planerna passar urvalet" in words(shown)
    assert any(way.startswith("/handlingsplaner?unit=") for way in hrefs(shown))
    assert not any("plans.csv" in way for way in hrefs(shown))


def test_a_plan_that_does_not_exist_is_told(filled):
    shown = page(filled, plan="nope")
    assert "Planen finns inte i det här bygget." in words(shown)
    assert any(way.startswith("/handlingsplaner?unit=") for way in hrefs(shown))


def test_what_the_address_has_wrong_is_told(filled):
    before = page(filled, period="1999Q1", status="ongoing", unit="xx")
    assert "Här visas Region Demo." in words(before)
    assert "Uppgifterna finns från kv 1 2022 till kv 3 2026." in words(before)
    assert "Indikatorernas utfall" not in words(before)
    ways = [way for way in hrefs(before) if way.startswith("/handlingsplaner?")]
    assert "period=2026Q3" in ways[0]
    assert "status=ongoing" in ways[0]
    after = words(page(filled, period="2031Q1"))
    assert "Det finns inga utfall för kv 1 2031. Här visas kv 3 2026." in after
    assert "42,0 %" in after


def test_a_dash_leads_nowhere(tmp_path):
    shown = page(warehouse(tmp_path, [make.hidden()]))
    assert "– Mål ≥ 55 % (lokalt), ≥ 80 % (nationellt) ? Inte rapporterat" in words(
        shown
    )
    assert not any(way.startswith("/underlag/utfall") for way in hrefs(shown))


def test_outcomes_are_told_for_the_unit_and_quarter_chosen(filled):
    shown = page(filled, unit=make.CLINIC, period="2025Q1")
    assert "gäller Kirurgkliniken, kv 1 2025." in words(shown)
    assert "42,0 %" not in words(shown)


def test_a_build_without_activities_says_so(tmp_path):
    shown = words(page(make.warehouse(tmp_path)))
    assert "Det finns inga planer i det här bygget." in shown
    assert "väljer planer, eller skriver in regionens egna, i data/region.yaml" in shown


def test_beside_a_value_there_is_one_pair_of_brackets():
    assert said.in_brackets("(antal rum)", "2025") == "(antal rum, 2025)"
    assert said.in_brackets("index 0–100", "2025") == "index 0–100 (2025)"
    assert said.in_brackets("", "2025") == "(2025)"
    assert said.in_brackets("(antal rum)", "") == "(antal rum)"
    assert said.in_brackets("", "") == ""


def test_one_statement_is_not_told_as_several():
    assert said.counted(1, 1) == "1 punkt ur planerna."
    with speaking("en"):
        assert said.counted(1, 1) == "1 statement of the plans."
        assert said.counted(2, 2) == "2 statements of the plans."


def test_every_kind_and_status_has_its_word():
    assert set(said.KIND) == set(ActivityKind)
    assert set(said.STATUS) == set(ActivityStatus)
    assert set(said.FOLLOWED_BY) == set(FollowedBy)
