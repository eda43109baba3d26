"""What a region writes in `region.yaml`: how it is read, and what is wrong with it."""

import json
from pathlib import Path

import pytest

from kpi.activities import load_activities
from kpi.definitions import load_definitions
from kpi.errors import DefinitionError
from kpi.model import Text
from kpi.region import Region, read_region, region_schema
from kpi.region_faults import parts_of, region_faults, smaller_numbers

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = load_definitions(ROOT / "indicators.yaml")
ACTIVITIES = load_activities(ROOT / "data/reference/activities.yaml", DEFINITIONS)

OWN_INDICATOR = """\
own_indicators:
  - id: comments_answered
    name: Besvarade synpunkter
    why: Den som hör av sig ska få svar.
    area: patient_safety
    numerator: Besvarade inom en månad
    denominator: Alla synpunkter
    kind: proportion
    unit: "%"
    direction: higher
    measure: {dataset: matningar}
    frequency: quarterly
    unit_kinds: [region, klinik]
    minimum_denominator: 5
"""
OWN_PLAN = """\
own_plans:
  - id: cancer_kronoberg
    title: Cancerplan
    date: 2026-02-01
    valid: 2026
    activities:
      - {id: see_more, text: Se fler, until: 2026-12, followed_up_by: [svf_lead_time]}
"""
OURS = 'kolada_id: "0007"\n'


def read(folder: Path, written: str) -> Region:
    path = folder / "region.yaml"
    path.write_text(written, encoding="utf-8")
    region = read_region(path)
    assert region is not None
    return region[0]


def faults(folder: Path, written: str, leaned_on: tuple[str, ...] = ()) -> list[str]:
    """Return every fault with its line, as the catalogue puts them together."""
    path = folder / "region.yaml"
    path.write_text(written, encoding="utf-8")
    try:
        region, lines = read_region(path) or (Region(), None)
    except DefinitionError as error:
        found = list(error.faults)
    else:
        wrong = region_faults(region, DEFINITIONS, ACTIVITIES, leaned_on)
        found = [lines.fault(at, words) for at, words in wrong]
    return [fault.removeprefix(f"{folder}/") for fault in found]


@pytest.mark.parametrize("written", ["", "# Bara en kommentar\n"])
def test_a_file_of_comments_decides_nothing(tmp_path, written):
    path = tmp_path / "region.yaml"
    assert read_region(path) is None
    path.write_text(written)
    assert read_region(path) is None


def test_english_is_the_swedish_where_there_is_none(tmp_path):
    written = "names: {a_b: Ledtid, c_d: {sv: Svar}, e_f: {sv: Mål, en: Aim}}"
    assert read(tmp_path, written).names == {
        "a_b": Text(sv="Ledtid", en="Ledtid"),
        "c_d": Text(sv="Svar", en="Svar"),
        "e_f": Text(sv="Mål", en="Aim"),
    }


def test_english_alone_is_not_enough(tmp_path):
    [fault] = faults(tmp_path, "names: {a_b: {en: Aim}}")
    assert fault == "region.yaml:1: names.a_b.sv: Field required"


def test_what_ships_still_needs_both_languages():
    with pytest.raises(ValueError, match="en\n  Field required"):
        Text.model_validate({"sv": "Ledtid"})


def test_every_fault_is_told_at_once_by_line_and_id(tmp_path):
    written = f"""\
{OURS}plans_in_use: [cancer_skane]
paused: {{prem_svf_ranks: Enkäten görs om}}
targets:
  svf_lead_time:
    - {{rule: ">=", value: 60, since: 2026, plan: cancer_blekinge}}
  svf_leadtime:
    - {{rule: ">=", value: 60, since: 2026}}
{OWN_INDICATOR.replace("comments_answered", "svf_inclusion")}
{OWN_PLAN.replace("see_more", "cancer_goal_5").replace("[svf_lead", "[svf_leat")}"""
    plans = sorted(plan.id for plan in DEFINITIONS.plans)
    assert faults(tmp_path, written) == [
        "region.yaml:2: plans_in_use.0: expected shipped plans, "
        f"{plans}, or the word all alone; got 'cancer_skane'",
        "region.yaml:3: paused.prem_svf_ranks: no indicator has the id "
        "'prem_svf_ranks': a slip, or it has gone from the catalogue; did you mean "
        "'prem_svf_rank'?",
        "region.yaml:7: targets.svf_leadtime: no indicator has the id "
        "'svf_leadtime': a slip, or it has gone from the catalogue; did you mean "
        "'svf_lead_time'?",
        "region.yaml:10: own_indicators.svf_inclusion.id: 'svf_inclusion' is taken "
        "already; choose another id; to decide something of a shipped indicator, write "
        "it under its id in targets, names, paused ...",
        "region.yaml:6: targets.svf_lead_time.0.plan: expected one of the region's own "
        "plans ['cancer_kronoberg'], or no plan at all; got 'cancer_blekinge'",
        "region.yaml:30: own_plans.cancer_kronoberg.activities.cancer_goal_5.id: "
        "'cancer_goal_5' is taken already; choose another id",
        "region.yaml:30: own_plans.cancer_kronoberg.activities.cancer_goal_5."
        "followed_up_by.0: no indicator has the id 'svf_leat_time' in the definitions",
    ]


def test_a_word_that_is_no_key_is_told_with_the_one_that_is_meant(tmp_path):
    written = OURS + OWN_PLAN.replace("until", "due")
    [fault] = faults(tmp_path, written)
    assert fault == (
        "region.yaml:8: own_plans.cancer_kronoberg.activities.see_more.due: Extra "
        "inputs are not permitted, got '2026-12'; did you mean `until`?"
    )


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("targets", 'targets: {svf_lead_time: [{rule: ">=", value: 60, since: 2026}]}'),
        ("breaks", "breaks: {svf_lead_time: [{since: 2026Q1, text: Nytt system}]}"),
        ("own_plans", OWN_PLAN),
    ],
)
def test_what_is_one_regions_needs_its_id(tmp_path, key, written):
    [fault] = faults(tmp_path, written)
    assert f"{key}: whose {key.replace('_', ' ')} they are is not said" in fault
    assert faults(tmp_path, OURS + written) == []


def test_what_has_gone_since_the_last_build_is_told_as_gone(tmp_path):
    [fault] = faults(tmp_path, "names: {old_one: Något}", leaned_on=("old_one",))
    assert "'old_one' was in the catalogue of the last build and has gone" in fault


@pytest.mark.parametrize("taken", ["cancer_blekinge", "region_decisions"])
def test_a_plan_of_ones_own_has_an_id_of_its_own(tmp_path, taken):
    written = OURS + OWN_PLAN.replace("id: cancer_kronoberg", f"id: {taken}")
    assert faults(tmp_path, written)[0] == (
        f"region.yaml:3: own_plans.{taken}.id: {taken!r} is taken already; choose "
        "another id"
    )


def test_a_target_must_go_with_its_indicator(tmp_path):
    rank = 'targets: {prem_svf_rank: [{rule: ">=", value: 3, since: 2026}]}'
    [fault] = faults(tmp_path, OURS + rank)
    assert "better_rank_than and the kind rank go together" in fault


def test_what_nobody_has_decided_how_to_measure_cannot_be_paused(tmp_path):
    undecided = next(each for each in DEFINITIONS.indicators if not each.is_decided)
    [fault] = faults(tmp_path, f"paused: {{{undecided.id}: Väntar}}")
    assert "under development" in fault


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"stretch": 60}, "expected stretch above value 60, got 60"),
        ({"rule": '"<="', "stretch": 61}, "expected stretch below value 60, got 61"),
        ({"rule": '"="', "stretch": 61}, "the rule '=' has no level beyond its value"),
        ({"until": 2025}, "until 2025 lies before since 2026"),
    ],
)
def test_a_target_that_cannot_be_is_refused(tmp_path, changes, fault):
    target = {"rule": '">="', "value": 60, "since": 2026} | changes
    written = ", ".join(f"{key}: {value}" for key, value in target.items())
    found = faults(tmp_path, f"{OURS}targets: {{svf_lead_time: [{{{written}}}]}}")
    assert found == [f"region.yaml:2: targets.svf_lead_time.0: {fault}"]


@pytest.mark.parametrize(("minimum", "is_told"), [(4, True), (5, False), (10, False)])
def test_who_shows_smaller_numbers_than_the_catalogue_is_told(minimum, is_told):
    region = Region.model_validate({"minimum_denominators": {"svf_lead_time": minimum}})
    told = [at for at, _ in smaller_numbers(region, DEFINITIONS)]
    assert told == [("minimum_denominators", "svf_lead_time")] * is_told


def test_parts_say_where_each_target_stands(tmp_path):
    path = tmp_path / "region.yaml"
    path.write_text(
        f"{OURS}targets:\n  svf_lead_time:\n"
        f'    - {{rule: ">=", value: 60, since: 2026}}\n{OWN_INDICATOR}'
    )
    region, lines = read_region(path)
    indicators, targets = parts_of(region, lines, DEFINITIONS)
    [sentence] = targets.fault(("indicators", 0, "targets", 0, "value"), "så")
    assert sentence == f"{path}:4: targets.svf_lead_time.0.value: så"
    # The measure is shipped, and what is wrong with it is told where it ships.
    assert list(targets.fault(("indicators", 0, "measure"), "så")) == []
    [sentence] = indicators.fault(("indicators", 0, "unit"), "så")
    assert sentence == f"{path}:13: own_indicators.comments_answered.unit: så"


def test_an_indicator_of_ones_own_names_plans_that_there_are(tmp_path):
    place = "    plans: [{plan: cancer_skane, section: Mål, quotation: Alla svar}]\n"
    plans = sorted(plan.id for plan in DEFINITIONS.plans)
    assert faults(tmp_path, OWN_INDICATOR + place) == [
        "region.yaml:15: own_indicators.comments_answered.plans.0.plan: expected one "
        f"of the plans {plans}, got 'cancer_skane'"
    ]
    twice = OWN_INDICATOR + OWN_INDICATOR.partition("\n")[2]
    assert faults(tmp_path, twice) == [
        "region.yaml:15: own_indicators.comments_answered.id: 'comments_answered' is "
        "defined twice"
    ]


def test_the_schema_takes_a_list_of_plans_or_the_word_all():
    chosen = region_schema()["properties"]["plans_in_use"]["anyOf"]
    assert chosen[:2] == [
        {"const": "all"},
        {"type": "array", "items": {"type": "string"}},
    ]


def test_the_schema_lets_english_be_left_out():
    words = region_schema()["$defs"]["Text"]["anyOf"]
    assert words[0]["type"] == "string"
    assert words[1]["required"] == ["sv"]
    shipped = json.loads((ROOT / "docs/indicators.schema.json").read_text())
    assert shipped["$defs"]["Text"]["required"] == ["sv", "en"]
