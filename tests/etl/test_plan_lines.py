"""The list of the plans' lines, held against what the program has of them."""

import csv

import pytest

from app.site.rooms import PAGES, every_path
from etl import settings
from etl.plan_lines import load_plan_lines, plans_page
from kpi.activities import load_activities
from kpi.definitions import load_definitions
from kpi.errors import DefinitionError

LIST = settings.REFERENCE / "plan_lines.csv"
DEFINITIONS = load_definitions(settings.ROOT / "indicators.yaml")
ACTIVITIES = load_activities(settings.REFERENCE / "activities.yaml", DEFINITIONS)
LINES = load_plan_lines(LIST, ACTIVITIES)


def without(id):
    left = [one for one in ACTIVITIES.activities if one.id != id]
    return ACTIVITIES.model_copy(update={"activities": left})


def faults(path, activities):
    with pytest.raises(DefinitionError) as caught:
        load_plan_lines(path, activities)
    return [fault.removeprefix(f"{path}:") for fault in caught.value.faults]


@pytest.fixture
def written(tmp_path):
    def write(*rows):
        path = tmp_path / "lines.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(["plan", "activity", "quotation", "at", "note"])
            writer.writerows(rows)
        return path

    return write


FRAILTY = (
    "patient_safety_kronoberg",
    "safety_frailty_assessment",
    "Öka användande av skörhetsskattning",
)


def only(*ids):
    left = [one for one in ACTIVITIES.activities if one.id in ids]
    return ACTIVITIES.model_copy(update={"activities": left})


def test_every_line_that_was_looked_over_is_there():
    listed = [line.activity for line in LINES if line.activity]
    assert listed == [activity.id for activity in ACTIVITIES.activities]
    assert len(listed) == 316


def test_a_line_that_is_lost_is_told_with_its_plan_and_words():
    (fault,) = faults(LIST, without("safety_frailty_assessment"))
    assert fault.endswith(
        "patient_safety_kronoberg has lost 'safety_frailty_assessment' ('Öka "
        "användande av skörhetsskattning'); put it back in activities.yaml, or say in "
        "`note` why it is left out"
    )


def test_other_words_than_those_looked_over_are_told(written):
    path = written((*FRAILTY[:2], "Använda skörhet", "", ""))
    assert faults(path, only(FRAILTY[1])) == [
        "2: expected 'safety_frailty_assessment' to begin with 'Använda skörhet', got "
        "'Öka användande av skörhetsskattning'"
    ]


def test_what_is_not_in_the_list_is_told(written):
    path = written((*FRAILTY, "", ""))
    assert faults(path, only(FRAILTY[1], "safety_values")) == [
        "2: 'safety_values' is not in the list; add it, with its first words"
    ]


def test_a_line_may_be_left_out_with_a_reason_only(written):
    path = written((*FRAILTY, "", ""), ("", "", "Numbers", "", ""))
    assert faults(path, only(FRAILTY[1])) == [
        "3: 'Numbers' has neither `activity` nor `note`"
    ]
    path = written((*FRAILTY, "", ""), ("", "", "Numbers", "", "None are there."))
    assert len(load_plan_lines(path, only(FRAILTY[1]))) == 2


def test_the_places_that_are_named_are_addresses_of_the_program():
    known = {getattr(page, "PATH", None) for page in PAGES}
    known |= {getattr(page, "PATH_TEMPLATE", None) for page in PAGES}
    named = {address for line in LINES for address in line.at.split()}
    assert named - known - set(every_path()) == set()


def row(start):
    page = plans_page(LINES, ACTIVITIES, DEFINITIONS)
    return next(line for line in page if f"| `{start}`" in line)


def test_a_row_has_section_words_place_and_targets():
    cells = [cell.strip() for cell in row("cancer_ended_goal_13").split("|")]
    assert cells[1] == "Mål som är avklarade eller inte längre relevanta, 13"
    assert cells[2].startswith("Följande SVF har specifika mål")
    assert cells[4] == "`cancer_ended_goal_13`"
    assert "`svf_lead_time` urinblasa_urinvagar, 2025: >= 20" in cells[5]
    assert "55" not in cells[5]


def test_a_row_says_who_is_named_and_as_what():
    assert "| Läkemedelsgruppen<br>supports: LSG Hälsodata |" in row(
        "medicines_medication_reviews"
    )
    analysis = row("safety_quarterly_analysis")
    assert "| regional analysgrupp<br>is reported to: Hälso och" in analysis


def test_a_row_says_what_is_deliberately_not_done():
    assert "An oral report leaves nothing to measure." in row("safety_report_to_board")
    assert "Målbild does not hold the areas' own plans." in row(
        "safety_areas_local_plans"
    )


def test_a_row_has_the_measures_and_the_answer_of_the_plan():
    assert "Utse kontaktpersoner inom apotek<br>Genomför samverkansmöten" in row(
        "medicines_pharmacy_communication"
    )
    assert "Beslut finns i nämndens verksamhetsplan" in row("audit_who_to_offer")
