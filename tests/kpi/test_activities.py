"""The loader of activities: each fault with its line."""

from pathlib import Path

import pytest

from kpi.activities import ActivityStatus, load_activities
from kpi.definitions import load_definitions
from kpi.errors import DefinitionError

ROOT = Path(__file__).parents[2]
DEFINITIONS = load_definitions(ROOT / "indicators.yaml")

FINE = """\
activities:
  - id: start_testing
    plan: cancer_blekinge
    number: "1"
    section: {sv: Testning, en: Testing}
    kind: goal
    goal: {sv: Testning införs., en: Testing is introduced.}
    since: 2026Q2
    until: 2026Q3
    status: ongoing
    followed_up_by: [svf_lead_time]
  - id: older_goal
    plan: cancer_blekinge
    number: "1"
    section: {sv: Bilaga 1, en: Appendix 1}
    kind: ended_goal
    goal: {sv: Äldre mål., en: An older goal.}
    status: replaced
    followed_up_by: []
    no_indicator: {sv: Avslutat., en: Ended.}
    replaced_by: start_testing
"""


@pytest.fixture
def load(tmp_path):
    path = tmp_path / "activities.yaml"

    def load_changed(*changes):
        text = FINE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        return load_activities(path, DEFINITIONS)

    return load_changed


def faults(load, *changes):
    with pytest.raises(DefinitionError) as caught:
        load(*changes)
    return [fault.split("activities.yaml:", 1)[1] for fault in caught.value.faults]


def test_a_whole_file_loads_in_its_order(load):
    found = load()
    assert [one.id for one in found.activities] == ["start_testing", "older_goal"]
    assert found.activity("start_testing").status is ActivityStatus.ONGOING
    assert [one.id for one in found.of_plan("cancer_blekinge")] == [
        "start_testing",
        "older_goal",
    ]
    assert found.of_plan("medicines_blekinge") == []


def test_an_indicator_finds_the_activities_it_follows_up(load):
    found = load()
    assert [one.id for one in found.followed_up_by("svf_lead_time")] == [
        "start_testing"
    ]
    assert found.followed_up_by("svf_inclusion") == []


def test_an_unknown_activity_is_a_key_error(load):
    with pytest.raises(KeyError, match="missing"):
        load().activity("missing")


def test_an_unknown_indicator_is_named_with_its_line(load):
    assert faults(load, ("[svf_lead_time]", "[svf_led_time]")) == [
        "11: activities.start_testing.followed_up_by.0: no indicator has the id "
        "'svf_led_time' "
        "in indicators.yaml"
    ]


def test_an_indicator_named_twice_is_a_fault(load):
    assert faults(load, ("[svf_lead_time]", "[svf_lead_time, svf_lead_time]")) == [
        "11: activities.start_testing.followed_up_by.1: 'svf_lead_time' stands twice; "
        "keep one"
    ]


def test_an_unknown_plan_is_named_with_the_known_ones(load):
    assert faults(load, ("plan: cancer_blekinge", "plan: cancer")) == [
        "3: activities.start_testing.plan: expected one of the plans "
        "['cancer_blekinge', "
        "'medication_review_audit_blekinge', 'medicines_blekinge', "
        "'patient_safety_kronoberg'], got 'cancer'"
    ]


def test_an_id_may_stand_only_once(load):
    assert faults(
        load,
        ("id: older_goal", "id: start_testing"),
        ("replaced_by: start_testing", ""),
        ("status: replaced", "status: completed"),
    ) == ["12: activities.start_testing.id: 'start_testing' is defined twice"]


def test_a_number_may_stand_only_once_in_a_plan_and_kind(load):
    assert faults(load, ("kind: ended_goal", "kind: goal")) == [
        "14: activities.older_goal.number: cancer_blekinge already has the goal '1': "
        "'start_testing'"
    ]


def test_no_indicator_needs_a_reason(load):
    assert faults(load, ("[svf_lead_time]", "[]")) == [
        "2: activities.start_testing: no indicator follows it up; say why in "
        "`no_indicator`"
    ]


def test_a_reason_and_an_indicator_do_not_go_together(load):
    assert faults(load, ("followed_up_by: []", "followed_up_by: [svf_inclusion]")) == [
        "12: activities.older_goal: it is followed up by indicators; remove "
        "`no_indicator`"
    ]


def test_a_replaced_goal_says_by_what(load):
    assert faults(load, ("replaced_by: start_testing", "")) == [
        "12: activities.older_goal: a replaced goal needs `replaced_by`"
    ]


@pytest.mark.parametrize("id", ["nothing", "older_goal"])
def test_what_took_over_is_another_activity(load, id):
    assert faults(load, ("replaced_by: start_testing", f"replaced_by: {id}")) == [
        f"21: activities.older_goal.replaced_by: expected the id of another activity, "
        f"got {id!r}"
    ]


def test_an_activity_does_not_end_before_it_starts(load):
    assert faults(load, ("until: 2026Q3", "until: 2026Q1")) == [
        "2: activities.start_testing: until 2026Q1 lies before since 2026Q2"
    ]


def test_an_unknown_status_is_named_with_the_known_ones(load):
    (fault,) = faults(load, ("status: ongoing", "status: stopped"))
    assert fault.startswith("10: activities.start_testing.status: ")
    assert "'not_stated'" in fault
    assert fault.endswith("got 'stopped'")


def test_a_misspelt_key_is_a_fault(load):
    (fault,) = faults(load, ("    until: 2026Q3", "    untill: 2026Q3"))
    assert fault.startswith("9: activities.start_testing.untill: ")


def test_both_languages_are_needed(load):
    (fault,) = faults(load, ("{sv: Testning, en: Testing}", "{sv: Testning}"))
    assert fault.startswith("5: activities.start_testing.section.en: ")


def test_every_fault_is_told_at_once(load):
    found = faults(
        load,
        ("[svf_lead_time]", "[svf_led_time]"),
        ("replaced_by: start_testing", "replaced_by: nothing"),
    )
    assert [fault.split(":")[0] for fault in found] == ["11", "21"]


def test_a_missing_file_is_a_fault(tmp_path):
    with pytest.raises(DefinitionError, match="does not exist"):
        load_activities(tmp_path / "activities.yaml", DEFINITIONS)


def test_a_due_date_is_called_until(load):
    (fault,) = faults(load, ("until: 2026Q3", "due: 2026Q3"))
    assert fault == (
        "9: activities.start_testing.due: Extra inputs are not permitted, got "
        "'2026Q3'; did you mean `until`?"
    )
