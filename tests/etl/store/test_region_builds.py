"""What a region decides is what its build is made of, and nothing else is in it."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.queries.pathway_register import maxima
from app.queries.reader import open_reader
from etl import settings
from etl.store.decided import region_file
from kpi.errors import DefinitionError, LossError, SourceError
from kpi.warehouse import Warehouse
from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    REGION,
    Built,
    Sources,
    cases,
    maximum,
    reported,
    tree,
    unit,
)
from tests.kpi.test_region import OWN_INDICATOR, OWN_PLAN

OURS = 'kolada_id: "0010"\n'
KRONOBERGS = "patient_safety_kronoberg"
QUARTER = ("svf_lead_time", CLINIC, "2026Q1")


def of_region(folder: Path, kolada_id: str, written: str = "") -> Sources:
    units = [row | {"kolada_id": kolada_id * bool(row["kolada_id"])} for row in tree()]
    sources = Sources(folder, units)
    sources.decide(written)
    return sources


def stored(built: Built, name: str) -> dict:
    [(content,)] = built.rows(
        "SELECT content FROM definition WHERE name = :name", name=name
    )
    return json.loads(content)


def built_indicators(built: Built) -> set[str]:
    return {name for (name,) in built.rows("SELECT DISTINCT indicator FROM outcome")}


def test_a_region_builds_its_own_plans_and_nothing_of_another_is_in_the_build(tmp_path):
    sources = of_region(tmp_path, "0007")
    sources.write("svf/svf_fall.csv", cases(5, 10, "2026-01-20"))
    reports = [
        reported("my_care_plan", "2026Q1", taljare="7", namnare="20"),
        reported("hand_hygiene_trained", "2026Q1", taljare="7", namnare="20"),
    ]
    sources.write("matningar/m.csv", reports)
    built = sources.build()
    assert built.result.plans == [KRONOBERGS]
    assert [plan["plan"] for plan in stored(built, "activities")["documents"]] == [
        KRONOBERGS
    ]
    stored_ids = {each["id"] for each in stored(built, "indicators")["indicators"]}
    assert "my_care_plan" not in stored_ids  # Blekinge's alone
    assert built_indicators(built) <= stored_ids
    assert built.rejections("matningar/m.csv")[0] == (
        *(2, "indikator", "my_care_plan", "unknown_indicator"),
    )
    assert built.outcome(*QUARTER)["value"] == 100
    assert built.result.remarks[:-1] == []  # the last is of maximum lead times


def test_without_a_word_of_which_region_it_is_every_plan_is_used(tmp_path):
    built = of_region(tmp_path, "").build()
    assert len(built.result.plans) == 4


def test_a_region_without_a_plan_is_told_how_to_choose(tmp_path):
    built = of_region(tmp_path, "0012").build()
    assert built.result.plans == []
    [remark] = built.result.remarks
    assert remark == (
        "no plan that ships is of Region Skåne, so of what ships only the indicators "
        "are used that are no single region's; choose plans in `plans_in_use` of "
        "data/region.yaml, or write your own in `own_plans`"
    )
    chosen = of_region(tmp_path / "b", "0012", "plans_in_use: [cancer_blekinge]")
    built = chosen.build()
    assert (built.result.plans, built.result.remarks) == (["cancer_blekinge"], [])
    # Who has chosen none, or has a plan of its own, knows already.
    chosen.decide("plans_in_use: []")
    built = chosen.build()
    assert (built.result.plans, built.result.remarks) == ([], [])
    chosen.decide('kolada_id: "0012"\n' + OWN_PLAN)
    built = chosen.build()
    assert (built.result.plans, built.result.remarks) == (["cancer_kronoberg"], [])


def test_outcomes_are_judged_by_what_is_decided(tmp_path):
    """Six of ten within the maximum: enough for the plan's 55 per cent, not for 65."""
    plain, strict = of_region(tmp_path / "a", "0010"), of_region(tmp_path / "b", "0010")
    strict.decide(
        OURS
        + f"""\
targets:
  svf_lead_time:
    - {{rule: ">=", value: 65, since: 2026, unit: {CLINIC}}}
"""
    )
    statuses = []
    for sources in (plain, strict):
        rows = [*cases(6, 28, "2026-03-31"), *cases(4, 36, "2026-03-31")]
        sources.write("svf/svf_fall.csv", rows)
        built = sources.build()
        for unit_id in (CLINIC, HOSPITAL):
            outcome = built.outcome("svf_lead_time", unit_id, "2026Q1")
            statuses.append((outcome["target"], outcome["status"]))
    assert statuses == [(55, "met"), (55, "met"), (65, "not_met"), (55, "met")]


def test_a_target_for_a_unit_that_is_not_there_is_refused_by_its_line(tmp_path):
    sources = of_region(tmp_path, "0010")
    sources.decide(
        OURS
        + """\
targets:
  svf_lead_time:
    - {rule: ">=", value: 65, since: 2026, unit: SE2321000081-TEST99}
"""
    )
    with pytest.raises(SourceError) as refused:
        sources.build()
    [fault] = refused.value.faults
    assert fault.startswith(
        f"{sources.region}:4: targets.svf_lead_time.0.unit: 'SE2321000081-TEST99' is "
        "not a unit in the register"
    )


def test_slips_in_decided_targets_are_refused_as_in_the_catalogue(tmp_path):
    sources = of_region(tmp_path, "0010")
    sources.decide(
        OURS
        + """\
targets:
  svf_lead_time:
    - {rule: ">=", value: 0.6, since: 2026}
    - {rule: ">=", value: 60, since: 2027, svf: hudmelanom}
lead_times:
  prostat: [{ending: operation, days: 60, since: 2026-01-01}]
"""
    )
    with pytest.raises(DefinitionError) as refused:
        sources.build()
    ending, pathway, value, slip = (
        sorted(
            fault.removeprefix(f"{sources.region}:") for fault in refused.value.faults
        )[2:]
        + sorted(
            fault.removeprefix(f"{sources.region}:") for fault in refused.value.faults
        )[:2]
    )
    assert value.startswith("4: targets.svf_lead_time.0.value: expected %, where 0.6")
    assert slip.startswith("5: targets.svf_lead_time.1.svf: no pathway is 'hudmelanom'")
    assert pathway.startswith("7: lead_times.prostat: no pathway is 'prostat'")
    assert ending.startswith("7: lead_times.prostat.0.ending: no ending is 'operation'")


def test_decided_lead_times_go_before_every_register(tmp_path):
    """Ended after 20 days: within the 28 that ship and within 21, but not within 14."""
    sources = of_region(tmp_path, "0010")
    sources.write("svf/svf_fall.csv", cases(5, 20, "2026-02-20"))
    assert sources.build().outcome(*QUARTER)["value"] == 100
    decided = "lead_times: {brost: [{ending: kirurgi, days: 14, since: 2026-01-01}]}"
    sources.decide(decided)
    assert sources.build().outcome(*QUARTER)["value"] == 0
    sources.write("svf/ledtider.csv", [maximum("brost", "kirurgi", "21")])
    assert sources.build().outcome(*QUARTER)["value"] == 0
    # The pages ask for the register anew, by the same rule.
    with open_reader(Warehouse(sources.warehouse)) as reader:
        told = {
            each.days
            for each in maxima(reader, date(2026, 2, 20))
            if (each.svf, each.ending, each.is_extended) == ("brost", "kirurgi", False)
        }
    assert told == {14}
    sources.decide(decided.replace("2026-01-01", "2026-03-01"))
    assert sources.build().outcome(*QUARTER)["value"] == 100
    # What is no longer decided is no file that has gone.
    sources.decide("")
    built = sources.build(accepted=None)
    assert built.outcome(*QUARTER)["value"] == 100
    assert not [loss for loss in built.result.losses if "region.yaml" in loss]


def test_the_region_names_its_kinds_of_units(tmp_path):
    area, care = "SE2321000081-TEST5", "SE2321000081-TEST6"
    units = [
        *tree(),
        unit(area, "Distrikt öst", REGION),
        unit(care, "Förvaltning", REGION),
    ]
    sources = Sources(tmp_path, units)
    with pytest.raises(LossError, match="typ='Distrikt öst'"):
        sources.build(accepted=None)
    sources.decide(
        "plans_in_use: all\nunit_kinds: {distrikt öst: omrade, förvaltning: sjukhus}"
    )
    built = sources.build(accepted=None)
    kinds = dict(built.rows("SELECT unit_id, kind FROM unit"))
    assert (kinds[area], kinds[care]) == ("omrade", "sjukhus")
    # The same file is read by what is decided now.
    sources.decide("plans_in_use: all\nunit_kinds: {distrikt öst: vardcentral}")
    kinds = dict(sources.build().rows("SELECT unit_id, kind FROM unit"))
    assert (kinds[area], kinds[care]) == ("vardcentral", "omrade")


def test_own_indicators_and_plans_are_built_as_those_that_ship(tmp_path):
    sources = of_region(
        tmp_path, "0007", 'kolada_id: "0007"\n' + OWN_PLAN + OWN_INDICATOR
    )
    sources.write(
        "matningar/m.csv",
        [reported("comments_answered", "2026Q1", taljare="7", namnare="20")],
    )
    built = sources.build()
    outcome = built.outcome("comments_answered", CLINIC, "2026Q1")
    assert outcome["value"] == 35
    activities = stored(built, "activities")["activities"]
    [own] = [each for each in activities if each["plan"] == "cancer_kronoberg"]
    assert own["followed_up_by"][0]["indicator"] == "svf_lead_time"


def test_decisions_that_change_nothing_are_told(tmp_path):
    sources = of_region(tmp_path, "0010")
    sources.decide(
        """\
kolada_id: "0007"
switched_off: [bhk_dress]
names: {svf_lead_time: Väntetid, my_care_plan: Vårdplan, bhk_dress: Kläder}
minimum_denominators: {svf_lead_time: 2}
"""
    )
    small, disagrees, elsewhere, off = sources.build().result.remarks
    assert "4: minimum_denominators.svf_lead_time: 2 shows smaller numbers" in small
    assert (
        "1: kolada_id: 0007 is no region of the register, which has 0010" in disagrees
    )
    assert "3: names.my_care_plan: no plan in use has it" in elsewhere
    assert "3: names.bhk_dress: it is switched off" in off


def test_the_same_decisions_are_the_same_build(tmp_path):
    sources = of_region(tmp_path, "0010", "names: {svf_lead_time: Väntetid}")
    first = sources.build()
    sources.decide("# En kommentar\nnames: {svf_lead_time: Väntetid}")
    again = sources.build()
    assert (again.result.is_unchanged, again.build_id) == (True, first.build_id)
    sources.decide("names: {svf_lead_time: Ledtiden}")
    assert sources.build().build_id != first.build_id


def test_decisions_lie_beside_the_files_or_else_with_the_data(tmp_path):
    assert region_file(tmp_path) == settings.REGION == Path("data/region.yaml")
    (tmp_path / "region.yaml").touch()
    assert region_file(tmp_path) == tmp_path / "region.yaml"


def test_decisions_beside_the_files_are_no_file_that_is_ignored(tmp_path):
    assert of_region(tmp_path, "0010").build().result.unread == []
