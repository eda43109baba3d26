"""Definitions that cannot be meant refuse a check and a build alike."""

from datetime import date

import pytest

from etl.__main__ import main
from etl.store.catalogue import load_catalogue
from kpi.definitions import load_definitions
from kpi.errors import DefinitionError, SourceError
from tests.etl.rows import (
    AS_OF,
    CLINIC,
    HOSPITAL,
    SHIPPED,
    Sources,
    case,
    indicator,
    reported,
    target,
    tree,
    unit,
)

UNKNOWN = "SE2321000081-TEST99"


def defined(folder, *targets, **changes) -> Sources:
    sources = Sources(folder)
    sources.define(indicator("trial", targets=list(targets), **changes))
    return sources


def faults(sources: Sources) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        load_catalogue(sources.definitions, AS_OF)
    return [one.partition("indicators.trial.")[2] for one in refused.value.faults]


def test_every_target_that_cannot_be_meant_is_told_at_once(tmp_path):
    sources = defined(
        tmp_path,
        target(0.6, "2026Q1"),
        target(600, "2026Q2"),
        target(60, "2026Q3", rule="<="),
        target(60, "2026Q4", svf="hudmelanom"),
        breakdowns=[],
    )
    first, second, third, fourth, fifth = faults(sources)
    assert first.startswith("targets.0.value: expected %, where 0.6 would be next to")
    assert second.startswith("targets.1.value: expected at least 0 and at most 100")
    assert third.startswith("targets.2.rule: '<=' where higher is better")
    assert fourth.startswith("targets.3.svf: 'hudmelanom' is never used")
    assert fifth == (
        "targets.3.svf: no pathway is 'hudmelanom'; did you mean 'melanom'?"
    )
    with pytest.raises(DefinitionError):
        sources.build()


def test_a_code_that_no_file_can_hold_is_told(tmp_path):
    wards = {"dataset": "ppm", "numerator": {"sum": "antal_uppfyller"}}
    wards["denominator"] = {"sum": "antal_observerade"}
    sources = defined(tmp_path, measure=wards | {"where": {"matning": "trycksarr"}})
    assert faults(sources) == [
        "measure: no code of matning is 'trycksarr'; did you mean 'trycksar'?"
    ]
    sources = defined(tmp_path, measure=wards | {"where": {"matning": "trycksar"}})
    assert load_catalogue(sources.definitions, AS_OF).doubts == []


def test_a_check_tells_what_cannot_be_meant_with_its_line(tmp_path, capsys):
    sources = defined(tmp_path, target(0.6, "2026Q1"))
    assert main(["check", "--definitions", str(sources.definitions)]) == 1
    [said, _] = capsys.readouterr().err.splitlines()
    file, line, place, *_ = said.split(":")
    assert (file, place) == (
        str(sources.definitions),
        " indicators.trial.targets.0.value",
    )
    written = sources.definitions.read_text(encoding="utf-8").splitlines()
    assert written[int(line) - 1].strip() == "value: 0.6"


def test_what_may_be_a_slip_is_told_and_hinders_nothing(tmp_path, capsys):
    sources = defined(tmp_path, target(0.5, "2026Q1", rule="<="), direction="lower")
    assert main(["check", "--definitions", str(sources.definitions)]) == 0
    [_, _, said, _] = capsys.readouterr().out.splitlines()
    assert said.startswith("to be known: ")
    assert said.endswith("0.5 is 0.5 %; if a share is meant, write 50")
    assert sources.build().result.remarks == [said.removeprefix("to be known: ")]


def test_a_target_of_a_unit_that_is_not_in_the_register_refuses_the_build(tmp_path):
    sources = defined(
        tmp_path,
        target(60, "2026Q1", unit=CLINIC),
        target(60, "2026Q1", unit=UNKNOWN),
        # Another region's: its units are in a register of its own.
        target(60, "2026Q1", unit=UNKNOWN, plan="patient_safety_kronoberg"),
    )
    sources.write("bhk/bhk.csv", "matdatum;enhet_id\n")
    with pytest.raises(SourceError) as refused:
        sources.build()
    file, unit = refused.value.faults
    assert file.startswith("bhk/bhk.csv:1: missing column")
    assert unit.endswith(
        f"indicators.trial.targets.1.unit: '{UNKNOWN}' is not a unit in the register; "
        "mend the id, or add the unit to enheter/enheter*"
    )


def test_the_check_looks_units_up_where_there_is_a_register(tmp_path, capsys):
    sources = defined(
        tmp_path,
        target(60, "2026Q1", unit=CLINIC),
        target(60, "2027Q1", unit=UNKNOWN),
    )
    call = ["check", "--definitions", str(sources.definitions)]
    assert main(call) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "to be known: 2 targets name a unit, and there is no register to look them up "
        "in; say where it is with --sources"
    )
    call += ["--sources", str(sources.folder)]
    assert main(call) == 1
    refused = capsys.readouterr().err
    assert f"targets.1.unit: '{UNKNOWN}' is not a unit in the register" in refused
    assert "targets.0" not in refused
    sources.write("enheter/enheter.csv", [*tree(), unit(UNKNOWN, "klinik", HOSPITAL)])
    assert main(call) == 0
    assert "register" not in capsys.readouterr().out


def test_the_check_tells_what_is_wrong_with_the_register(tmp_path, capsys):
    sources = defined(tmp_path, target(60, "2026Q1", unit=CLINIC))
    sources.write("enheter/enheter.csv", "enhet_id;namn\n")
    call = ["check", "--definitions", str(sources.definitions)]
    assert main([*call, "--sources", str(sources.folder)]) == 1
    assert "enheter/enheter.csv:1: missing column" in capsys.readouterr().err
    assert main([*call, "--sources", str(tmp_path / "nowhere")]) == 1
    assert "is not a folder" in capsys.readouterr().err


def test_the_shipped_definitions_leave_nothing_to_doubt():
    assert load_catalogue(SHIPPED, date(2026, 11, 1)).doubts == []


def switched_off(folder, id) -> Sources:
    """Return the shipped catalogue with one of its indicators switched off."""
    sources = Sources(folder)
    written = SHIPPED.read_text(encoding="utf-8")
    begins = written.index(f"  - id: {id}\n")
    place = written.index("    direction:", begins)
    sources.definitions = folder / "indicators.yaml"
    sources.definitions.write_text(
        f"{written[:place]}    lifecycle: switched_off\n{written[place:]}",
        encoding="utf-8",
    )
    return sources


def test_what_is_switched_off_is_not_built_and_follows_nothing_up(tmp_path):
    cases = [case(f"f{n}", datum_avslut=f"2026-01-{20 + n}") for n in range(10)]

    def built_indicators(sources):
        sources.write("svf/svf_fall.csv", cases)
        return {row[0] for row in sources.build().rows("SELECT indicator FROM outcome")}

    off = "mdt_conference_before_treatment"
    assert off in built_indicators(Sources(tmp_path / "on"))
    sources = switched_off(tmp_path, off)
    outcomes = built_indicators(sources)
    assert "svf_lead_time" in outcomes
    assert off not in outcomes
    catalogue = load_catalogue(sources.definitions, AS_OF)
    assert off not in {one.id for one in catalogue.definitions.indicators}
    assert "mdt_conference_lung_cancer" in catalogue.documents()["activities"]
    assert f'"{off}"' not in catalogue.documents()["activities"]
    assert f'"{off}"' not in catalogue.documents()["indicators"]


def test_reports_of_what_is_switched_off_are_rejected_by_its_name(tmp_path):
    sources = switched_off(tmp_path, "my_care_plan")
    report = reported("my_care_plan", "2026Q1", taljare="7", namnare="20")
    sources.write("matningar/m.csv", [report])
    assert sources.build().rejections("matningar/m.csv") == [
        (2, "indikator", "my_care_plan", "unknown_indicator")
    ]


def test_a_check_tells_once_how_many_definitions_nobody_has_reviewed(tmp_path, capsys):
    sources = defined(tmp_path)  # the shipped ones, and a reviewed one
    assert main(["check", "--definitions", str(sources.definitions)]) == 0
    [_, _, said] = capsys.readouterr().out.splitlines()
    shipped = len(load_definitions(SHIPPED).indicators)
    words = f"to be known: {shipped} of {shipped + 1} indicators are not reviewed"
    assert said.startswith(words)
