"""What a region decides, laid over a catalogue: worked out by hand."""

import pytest

from kpi.activities import Activities
from kpi.definitions import Definitions
from kpi.model import SWEDISH_ALONE, Lifecycle
from kpi.overlay import DECISIONS, overlaid
from kpi.region import Region
from tests import builders as make

NATIONAL = make.target(level="national", value=80.0, since="2015")
NOTHING = Activities(activities=[])


def region(**decided) -> Region:
    return Region.model_validate(
        {"kolada_id": "0010"} | decided, context={SWEDISH_ALONE: True}
    )


def definitions(*targets, **changes) -> Definitions:
    indicator = make.indicator(targets=list(targets), **changes)
    return Definitions.model_validate({"plans": [make.PLAN], "indicators": [indicator]})


def laid(catalogue: Definitions, **decided):
    """Return the only indicator as the region has it."""
    over, _ = overlaid(catalogue, NOTHING, region(**decided))
    return over.indicators[0]


def aims(indicator) -> list[tuple]:
    return [(t.value, t.held, t.unit, t.svf, t.plan) for t in indicator.targets]


def decided(value: float, since: str, **changes) -> dict:
    return {"rule": ">=", "value": value, "since": since} | changes


def test_who_decides_nothing_has_the_catalogue_as_it_is():
    catalogue = definitions(NATIONAL, make.target())
    over, said = overlaid(catalogue, NOTHING, region())
    assert over == catalogue
    assert said == NOTHING


def test_a_decision_holds_from_its_day_and_the_plans_target_until_then():
    """The plan says 50 for 2025 and 55 from 2026; the region decides 60 from July."""
    catalogue = definitions(
        NATIONAL,
        make.target(value=50.0, since="2025", until="2025"),
        make.target(value=55.0, since="2026"),
    )
    changed = laid(catalogue, targets={"svf_lead_time": [decided(60.0, "2026H2")]})
    assert aims(changed) == [
        (80.0, "2015–", None, None, "cancer_blekinge"),
        (50.0, "2025", None, None, "cancer_blekinge"),
        (55.0, "2026–2026-06", None, None, "cancer_blekinge"),
        (60.0, "2026H2–", None, None, DECISIONS),
    ]


@pytest.mark.parametrize("since", ["2026", "2026Q1", "2027"])
def test_what_the_plan_wants_from_then_on_gives_way_to_what_is_decided(since):
    catalogue = definitions(make.target(value=55.0, since=since))
    changed = laid(catalogue, targets={"svf_lead_time": [decided(60.0, "2026")]})
    assert [target.value for target in changed.targets] == [60.0]


@pytest.mark.parametrize("other", [{"unit": make.CLINIC}, {"svf": "brost"}])
def test_a_target_for_some_leaves_that_of_all_as_it_is(other):
    catalogue = definitions(make.target(value=55.0, since="2026"))
    changed = laid(
        catalogue, targets={"svf_lead_time": [decided(70.0, "2026", **other)]}
    )
    assert [target.value for target in changed.targets] == [55.0, 70.0]


def test_another_regions_target_stays_as_it_is():
    catalogue = definitions(make.target(value=55.0, since="2026"))
    over, _ = overlaid(
        catalogue,
        NOTHING,
        region(kolada_id="0007", targets={"svf_lead_time": [decided(60.0, "2026")]}),
    )
    assert [target.value for target in over.indicators[0].targets] == [55.0, 60.0]
    assert [plan.region for plan in over.plans] == ["0010", "0007"]


def test_a_step_has_the_day_that_the_region_decides():
    step = make.indicator(
        kind="milestone",
        unit=make.words("nådd"),
        denominator=None,
        measure={"dataset": "matningar"},
        breakdowns=[],
        frequency="once",
        benchmark=None,
        targets=[make.target(value=1.0, since="2025", until="2025")],
    )
    catalogue = Definitions.model_validate({"plans": [make.PLAN], "indicators": [step]})
    later = decided(1.0, "2026", until="2027")
    changed = laid(catalogue, targets={"svf_lead_time": [later]})
    assert [target.held for target in changed.targets] == ["2026–2027"]


def test_a_target_says_by_whom_it_was_decided_and_keeps_its_stretch():
    target = decided(60.0, "2026", stretch=75.0, decided="Nämnden 2026-03-01 § 12")
    changed = laid(definitions(), targets={"svf_lead_time": [target]})
    [aimed] = changed.targets
    assert (aimed.section, aimed.stretch) == ("Nämnden 2026-03-01 § 12", 75.0)
    assert str(aimed.level) == "local"


def test_names_pauses_minima_and_breaks_are_the_regions():
    changed = laid(
        definitions(),
        names={"svf_lead_time": "Väntetid"},
        paused={"svf_lead_time": "Nytt system införs"},
        minimum_denominators={"svf_lead_time": 10},
        breaks={"svf_lead_time": [{"since": "2026Q1", "text": "Nytt system"}]},
    )
    assert changed.name.sv == changed.name.en == "Väntetid"
    assert changed.lifecycle is Lifecycle.PAUSED
    assert changed.note.sv == "Pausad: Nytt system införs"
    assert changed.minimum_denominator == 10
    shipped, own = changed.breaks
    assert (shipped.region, own.region, str(own.since)) == (None, "0010", "2026Q1")


def test_a_pause_is_told_after_what_there_is_to_know():
    noted = definitions(note=make.words("Räknas nationellt."))
    changed = laid(noted, paused={"svf_lead_time": "Görs om"})
    assert changed.note.sv == "Räknas nationellt. Pausad: Görs om"


def test_what_is_switched_off_is_not_in_use_even_if_it_is_paused():
    over, _ = overlaid(
        definitions(),
        NOTHING,
        region(switched_off=["svf_lead_time"], paused={"svf_lead_time": "Görs om"}),
    )
    assert over.in_use().indicators == []


def test_a_plan_of_ones_own_becomes_a_document_with_headings_and_roles():
    plan = {
        "id": "own_plan",
        "title": "Vårt arbete",
        "date": "2026-02",
        "activities": [
            {"id": "a_one", "text": "Först", "responsible": ["Chefläkaren"]},
            {"id": "a_two", "section": "Mål", "text": "Sedan", "since": "2026Q1"},
            {
                "id": "a_three",
                "text": "Sist",
                "part_of": "a_two",
                "responsible": ["Chefläkaren", "Sjukhuschefen"],
                "since": "2026",
                "until": "2027",
                "followed_up_by": ["svf_lead_time"],
            },
        ],
    }
    over, said = overlaid(definitions(), NOTHING, region(own_plans=[plan]))
    assert [plan.id for plan in over.plans] == ["cancer_blekinge", "own_plan"]
    [document] = said.documents
    assert [(one.id, one.name.sv) for one in document.sections] == [
        ("own_plan_1", "Vårt arbete"),
        ("own_plan_2", "Mål"),
    ]
    assert document.region == "Region Blekinge"
    first, second, third = said.activities
    assert [one.section for one in said.activities] == [
        *("own_plan_1", "own_plan_2", "own_plan_2"),
    ]
    assert first.roles == [third.roles[0]]
    assert [role.name.sv for role in said.roles] == ["Chefläkaren", "Sjukhuschefen"]
    assert first.timeline is None
    assert second.timeline.sv == "från 2026Q1"
    assert third.timeline.sv == "2026–2027"
    assert third.names("svf_lead_time")
    shipped, own = over.indicators[0].plans
    assert shipped.plan == "cancer_blekinge"
    assert (own.plan, own.section, own.quotation) == ("own_plan", "Mål", "Sist")


def test_a_role_that_there_is_already_is_the_same_role():
    roles = [{"id": "head", "name": make.words("Sjukhuschefen")}]
    shipped = Activities.model_validate({"roles": roles, "activities": []})
    activity = {"id": "a_one", "text": "Gör", "responsible": ["Sjukhuschefen"]}
    plan = {
        "id": "own_plan",
        "title": "Plan",
        "date": "2026-02-01",
        "activities": [activity],
    }
    _, said = overlaid(definitions(), shipped, region(own_plans=[plan]))
    assert said.activities[0].roles == ["head"]
    assert len(said.roles) == 1
