"""The plans a region uses, and what is left of a catalogue with those alone."""

from collections import Counter
from pathlib import Path

import pytest

from kpi.activities import Activities, load_activities
from kpi.definitions import Definitions, load_definitions
from kpi.overlay import overlaid
from kpi.plans_in_use import NATIONAL, is_shared, narrowed, plans_in_use
from kpi.region import Region
from tests import builders as make

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = load_definitions(ROOT / "indicators.yaml")
ACTIVITIES = load_activities(ROOT / "data/reference/activities.yaml", DEFINITIONS)
BLEKINGE = {
    "cancer_blekinge",
    "medicines_blekinge",
    "medication_review_audit_blekinge",
}
KRONOBERG = {"patient_safety_kronoberg"}


def of(region: Region, *registered: str):
    laid = overlaid(DEFINITIONS, ACTIVITIES, region)
    return narrowed(*laid, region, registered)


def ids(things) -> set[str]:
    return {thing.id for thing in things}


def asked_for_by(plans: set[str]) -> set[str]:
    return {
        each.id
        for each in DEFINITIONS.indicators
        if any(place.plan in plans for place in each.plans)
    }


@pytest.mark.parametrize(
    ("region", "registered", "plans"),
    [
        ({}, [], None),
        ({}, ["0010"], BLEKINGE),
        ({}, ["0007"], KRONOBERG),
        ({}, ["0010", "0007"], BLEKINGE | KRONOBERG),
        ({}, ["0012"], set()),
        ({"kolada_id": "0007"}, [], KRONOBERG),
        ({"kolada_id": "0007"}, ["0010"], KRONOBERG),
        ({"plans_in_use": "all"}, ["0012"], None),
        ({"plans_in_use": ["cancer_blekinge"]}, ["0007"], {"cancer_blekinge"}),
        ({"plans_in_use": []}, ["0007"], set()),
    ],
)
def test_the_plans_of_the_region_are_used_unless_others_are_chosen(
    region, registered, plans
):
    used = plans_in_use(DEFINITIONS, Region.model_validate(region), registered)
    assert used == plans


@pytest.mark.parametrize(
    ("registered", "plans"), [("0010", BLEKINGE), ("0007", KRONOBERG)]
)
def test_nothing_of_another_regions_plan_is_left(registered, plans):
    definitions, activities = of(Region(), registered)
    assert ids(definitions.plans) - {NATIONAL} == plans
    assert ids(definitions.indicators) == asked_for_by(plans)
    for indicator in definitions.indicators:
        assert {place.plan for place in indicator.plans} <= plans
        assert {target.plan for target in indicator.targets} <= plans | {NATIONAL}
        assert {point.region for point in indicator.breaks} <= {None, registered}
        assert (
            indicator.internal_control is None
            or indicator.internal_control.plan in plans
        )
    assert {document.plan for document in activities.documents} == plans
    assert {activity.plan for activity in activities.activities} == plans
    named = {role for one in activities.activities for role in one.every_role}
    assert ids(activities.roles) == named
    links = {link.indicator for one in activities.activities for link in one.links}
    assert links <= ids(definitions.indicators)


def test_an_indicator_of_several_plans_stays_with_those_in_use():
    lead_time = of(Region(), "0007")[0].indicator("svf_lead_time")
    assert {place.plan for place in lead_time.plans} == KRONOBERG
    assert len(DEFINITIONS.indicator("svf_lead_time").plans) == 3


@pytest.mark.parametrize(
    ("registered", "plan", "other"),
    [
        ("0010", "medicines_blekinge", "Kronoberg"),
        ("0007", "patient_safety_kronoberg", "Blekinge"),
    ],
)
def test_what_is_to_be_known_of_a_plan_goes_with_the_plan(registered, plan, other):
    reviews = of(Region(), registered)[0].indicator("medication_reviews")
    assert [note.plan for note in reviews.plan_notes] == [plan]
    assert [other in note.sv for note in reviews.notes] == [False, False]
    assert reviews.note == DEFINITIONS.indicator("medication_reviews").note


def test_themes_are_those_of_the_plans_in_use_that_are_divided_by_them():
    themes = DEFINITIONS.indicator("svf_lead_time").themes
    assert themes
    assert of(Region(), "0007")[0].indicator("svf_lead_time").themes == themes
    for registered in ("0010", "0012"):
        definitions, _ = of(Region(), registered)
        assert {
            theme for each in definitions.indicators for theme in each.themes
        } == set()
    both, _ = of(Region(), "0010", "0007")
    assert both.indicator("svf_lead_time").themes == themes


def test_without_a_plan_nothing_is_said_of_what_the_plan_does_not_say():
    definitions, _ = of(Region(), "0012")
    for indicator in definitions.indicators:
        assert (indicator.own, indicator.own_parts, indicator.plan_notes) == (
            None,
            [],
            [],
        )
    assert of(Region(), "0010")[0].indicator("svf_lead_time").own_parts
    # What a region has defined for itself stays as it wrote it.
    theirs = make.indicator(plans=[], own=make.words("Vårt"))
    catalogue = Definitions(plans=DEFINITIONS.plans, indicators=[theirs])
    used, _ = narrowed(catalogue, Activities(activities=[]), Region(), ["0010"])
    assert used.indicators[0].own is not None


def test_internal_control_of_another_regions_plan_is_not_ours():
    place = {"plan": "cancer_blekinge", "section": "Mål 5", "quotation": "ledtidsmål"}
    theirs = make.indicator(
        plans=[place, place | {"plan": "patient_safety_kronoberg"}],
        internal_control=place,
    )
    catalogue = Definitions(plans=DEFINITIONS.plans, indicators=[theirs])
    nothing = Activities(activities=[])
    for registered, is_ours in (("0010", True), ("0007", False)):
        used, _ = narrowed(catalogue, nothing, Region(), [registered])
        assert (used.indicators[0].internal_control is not None) is is_ours


def test_a_national_target_stays_without_the_plan_that_quotes_it():
    """Blekinge's plan has the national 80 per cent, and local targets of its own."""
    definitions, _ = of(Region(), "0007")
    [target] = definitions.indicator("svf_lead_time").targets
    assert (str(target.level), target.value, target.plan) == ("national", 80, NATIONAL)
    assert "Mål 5" not in target.section
    assert "Brottet kv 1 2025" not in definitions.model_dump_json()
    plan = next(plan for plan in definitions.plans if plan.id == NATIONAL)
    assert plan.region == "0007"
    # Where its plan is used it stands in it, and there is no further plan.
    at_home, _ = of(Region(), "0010")
    assert NATIONAL not in ids(at_home.plans)


def test_a_region_without_a_plan_gets_what_is_no_single_regions():
    definitions, activities = of(Region(), "0012")
    used = ids(definitions.indicators)
    assert used == {
        each.id for each in DEFINITIONS.indicators if is_shared(each, DEFINITIONS.plans)
    }
    assert {"svf_lead_time", "npe_primary_care", "medication_reviews"} <= used
    assert "my_care_plan" not in used
    assert activities.activities == []
    assert {plan for each in definitions.indicators for plan in each.plans} == set()
    levels = Counter(
        str(t.level) for each in definitions.indicators for t in each.targets
    )
    assert levels == {"national": 2}


def test_what_is_chosen_beside_the_plans_is_used_without_them():
    region = Region.model_validate(
        {
            "kolada_id": "0007",
            "further_indicators": ["my_care_plan"],
            "targets": {
                "svf_inclusion": [{"rule": ">=", "value": 70.0, "since": "2026"}]
            },
        }
    )
    definitions, _ = of(region)
    added = ids(definitions.indicators) - asked_for_by(KRONOBERG)
    assert added == {"my_care_plan", "svf_inclusion"}
    assert definitions.indicator("my_care_plan").plans == []
    levels = [str(t.level) for t in definitions.indicator("svf_inclusion").targets]
    assert levels == ["national", "local"]


def test_own_plans_and_indicators_are_used_whatever_is_chosen():
    words = {"sv": "Ord", "en": "Words"}
    own = {
        "id": "comments_answered",
        **dict.fromkeys(("name", "why", "numerator", "denominator", "unit"), words),
        "area": "patient_safety",
        "kind": "proportion",
        "direction": "higher",
        "measure": {"dataset": "matningar"},
        "frequency": "quarterly",
        "unit_kinds": ["region"],
        "minimum_denominator": 5,
    }
    plan = {
        "id": "own_plan",
        "title": words,
        "date": "2026-01-01",
        "activities": [
            {"id": "own_act", "text": words, "followed_up_by": ["bhk_dress"]}
        ],
    }
    region = Region.model_validate(
        {
            "kolada_id": "0010",
            "plans_in_use": ["medicines_blekinge"],
            "own_indicators": [own],
            "own_plans": [plan],
        }
    )
    definitions, activities = of(region, "0010")
    assert ids(definitions.plans) == {"medicines_blekinge", "own_plan"}
    expected = asked_for_by({"medicines_blekinge"}) | {"comments_answered", "bhk_dress"}
    assert ids(definitions.indicators) == expected
    assert activities.activity("own_act").names("bhk_dress")


def test_where_nothing_says_which_region_it_is_every_plan_is_used():
    assert of(Region()) == (DEFINITIONS, ACTIVITIES)
