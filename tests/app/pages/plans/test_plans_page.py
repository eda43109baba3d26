import json

import pytest

from app.pages.plans import page as plans
from app.pages.plans.words import KIND, LOOK, STATUS, SYMBOL, counted, in_brackets
from app.words.language import speaking
from kpi import schema
from kpi.activities import Activities, ActivityKind, ActivityStatus
from tests import builders as make
from tests.app import rows
from tests.app.reading import headings, hrefs, of_type, row_starting, words
from tests.app.visiting import page_of


def activity(number, **changes):
    fine = {
        "id": f"goal_{number}",
        "plan": "cancer_blekinge",
        "number": str(number),
        "section": make.words("Patientprocessen"),
        "kind": "goal",
        "goal": make.words(f"Ledtiderna kortas {number}"),
        "activities": [make.words("Mötas varje månad")],
        "responsible": make.words("LPO cancer"),
        "timeline": "2026",
        "status": "ongoing",
        "followed_up_by": ["svf_lead_time"],
    }
    return fine | changes


ACTIVITIES = [
    activity(1),
    activity(
        2,
        status="not_stated",
        responsible=None,
        timeline=None,
        followed_up_by=[],
        no_indicator=make.words("Planen anger inget mått."),
    ),
    activity(
        3,
        kind="ended_goal",
        status="replaced",
        replaced_by="goal_1",
        status_note=make.words("Omformulerat"),
        section=make.words("Bilaga"),
    ),
]


def warehouse(folder, **plan):
    warehouse = make.warehouse(folder, [make.outcome()], plans=[make.PLAN | plan])
    content = {"activities": ACTIVITIES}
    Activities.model_validate_json(json.dumps(content))
    rows.add(
        warehouse,
        schema.definition,
        {
            "build_id": make.BUILD,
            "name": "activities",
            "content": json.dumps(content),
        },
    )
    return warehouse


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return warehouse(tmp_path_factory.mktemp("plans"))


def page(warehouse, **params):
    return page_of(plans, warehouse, params)


def test_an_activity_has_responsible_time_status_and_indicators(filled):
    found = row_starting(
        page(filled),
        "Mål 1 Ledtiderna kortas 1 Mer om aktiviteten Planerade aktiviteter "
        "Mötas varje månad",
    )
    assert found[1:4] == ["LPO cancer", "2026", "◐ Pågår"]
    assert found[4] == "Ledtid i vårdförlopp 42,0 % ✗ Når inte målet"


def test_an_indicator_leads_to_its_page_and_its_number_to_the_rows(filled):
    ways = hrefs(page(filled))
    where = f"unit={make.REGION.replace('-', '-')}&period=2026Q3"
    assert f"/indikator/svf_lead_time?{where}" in ways
    assert any(one.startswith("/underlag/utfall?indicator=svf_lead") for one in ways)


def test_what_the_plan_does_not_state_is_said(filled):
    said = words(page(filled, status="not_stated"))
    assert "Anges inte Anges inte – Anges inte i planen" in said
    assert "Ingen indikator: Planen anger inget mått." in said


def test_a_plan_says_how_its_indicators_stand(filled):
    said = words(page(filled))
    assert "1 indikator: 1 når inte målet." in said
    assert "Patientprocessen 2 punkter ✗ 1 indikator når inte målet" in said
    assert said.count("1 indikator når inte målet") == 1, "also told of ended goals"


def test_beside_a_value_there_is_one_pair_of_brackets():
    assert in_brackets("(antal rum)", "2025") == "(antal rum, 2025)"
    assert in_brackets("index 0–100", "2025") == "index 0–100 (2025)"
    assert in_brackets("", "2025") == "(2025)"
    assert in_brackets("(antal rum)", "") == "(antal rum)"
    assert in_brackets("", "") == ""


def test_a_plan_of_another_region_than_the_unit_says_so(filled, tmp_path):
    assert "En annan regions plan" not in words(page(filled))
    said = words(page(warehouse(tmp_path, region="0007")))
    assert "En annan regions plan. Statusen är ändå den som gäller Region Demo." in said


def test_a_plan_without_an_end_holds_from_its_year(tmp_path):
    said = words(page(warehouse(tmp_path, valid="2025–")))
    assert "Gäller från 2025." in said


def test_a_long_plan_is_folded_and_a_short_one_is_not(filled, monkeypatch):
    def folds():
        every = of_type(page(filled), "Details")
        return [one.open for one in every if hasattr(one, "open")]

    assert set(folds()) == {True}
    monkeypatch.setattr(plans, "_FEW", 2)
    assert set(folds()) == {False}


def test_ended_goals_stand_last_in_a_part_of_their_own(filled):
    titles = [title for level, title in headings(page(filled)) if level == "H3"]
    assert titles == ["Patientprocessen", "Avslutade mål"]
    said = words(page(filled))
    assert "Avslutat mål 3" in said
    assert "Ersatt av Mål 1" in said
    assert "#goal_1" in hrefs(page(filled))


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        ({"plan": "cancer_blekinge"}, "3 mål och aktiviteter."),
        ({"status": "ongoing"}, "1 av 3"),
        ({"responsible": "LPO cancer"}, "2 av 3"),
        ({"responsible": "LPO cancer", "status": "replaced"}, "1 av 3"),
        ({"status": "nonsense"}, "3 mål och aktiviteter."),
    ],
)
def test_activities_are_chosen_by_plan_status_and_responsible(filled, choice, count):
    assert count in words(page(filled, **choice))


def test_in_english_a_choice_keeps_its_address(filled):
    with speaking("en"):
        shown = page(filled, responsible="LPO cancer")
        said = words(shown)
    assert "2 of 3 goals and activities." in said
    assert "Goal 1" in said
    assert "Ledtiderna kortas 1 (en)" in said
    options = {words(one): one.value for one in of_type(shown, "Option")}
    assert options["LPO cancer (en)"] == "LPO cancer"


def test_one_activity_is_not_told_as_several():
    assert counted(1, 1) == "1 mål eller aktivitet."
    with speaking("en"):
        assert counted(1, 1) == "1 goal or activity."
        assert counted(2, 2) == "2 goals and activities."


def test_nothing_left_has_a_way_back(filled):
    shown = page(filled, responsible="Ingen")
    assert "Inga aktiviteter passar urvalet" in words(shown)
    assert any(one.startswith("/handlingsplaner?unit=") for one in hrefs(shown))


def test_a_plan_that_does_not_exist_is_told(filled):
    shown = page(filled, plan="nope")
    assert "Planen finns inte i det här bygget." in words(shown)
    assert any(one.startswith("/handlingsplaner?unit=") for one in hrefs(shown))


def test_what_the_address_has_wrong_is_told(filled):
    before = page(filled, period="1999Q1", status="ongoing", unit="xx")
    assert "Här visas Region Demo." in words(before)
    assert "Uppgifterna finns från kv 1 2022 till kv 3 2026." in words(before)
    assert "Indikatorernas status gäller" not in words(before)
    ways = [one for one in hrefs(before) if one.startswith("/handlingsplaner?")]
    assert "period=2026Q3" in ways[0]
    assert "status=ongoing" in ways[0]
    after = words(page(filled, period="2031Q1"))
    assert "Det finns inga utfall för kv 1 2031. Här visas kv 3 2026." in after
    assert "42,0 %" in after


def test_a_dash_leads_nowhere(tmp_path):
    filled = make.warehouse(tmp_path, [make.hidden()])
    content = {"activities": ACTIVITIES}
    place = {"build_id": make.BUILD, "name": "activities"}
    rows.add(filled, schema.definition, place | {"content": json.dumps(content)})
    shown = page(filled)
    assert "– ? Inte rapporterat" in words(shown)
    assert not any(one.startswith("/underlag/utfall") for one in hrefs(shown))


def test_an_indicators_name_and_value_stand_on_lines_of_their_own(filled):
    name, value = next(
        one.children
        for one in of_type(page(filled), "Li")
        if words(one).startswith("Ledtid")
    )
    assert words(name) == "Ledtid i vårdförlopp"
    assert (type(value).__name__, words(value)) == ("Div", "42,0 % ✗ Når inte målet")


def test_status_is_told_for_the_unit_and_quarter_chosen(filled):
    shown = page(filled, unit=make.CLINIC, period="2025Q1")
    assert "Indikatorernas status gäller Kirurgkliniken, kv 1 2025." in words(shown)
    assert "42,0 %" not in words(shown)


def test_a_build_without_activities_says_so(tmp_path):
    said = words(page(make.warehouse(tmp_path)))
    assert "Det finns inga aktiviteter i det här bygget." in said


def test_every_status_and_kind_has_word_symbol_and_look():
    for one in ActivityStatus:
        assert STATUS[one]
        assert SYMBOL[one]
        assert LOOK[one]
    assert set(KIND) == set(ActivityKind)
    assert len(set(SYMBOL.values())) == len(ActivityStatus)


def test_a_badge_has_its_word_beside_a_symbol_that_is_not_read_aloud():
    badge = plans.activity_badge(ActivityStatus.COMPLETED)
    symbol, word = of_type(badge, "Span")[1:]
    assert getattr(symbol, "aria-hidden") == "true"
    assert words(word) == "Klar"
