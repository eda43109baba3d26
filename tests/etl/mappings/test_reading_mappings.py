"""What is wrong with a mapping is said all at once, with its line, in words."""

import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from etl.mappings.model import FileMapping
from etl.mappings.read import load_mapping, load_mappings, schema_of_mappings
from kpi.errors import DefinitionError

PATHWAYS = ("brost", "melanom", "hudcancer")
INDICATORS = {"readmission_30_days": (), "incident_reports": ("fall",)}

FINE = """\
files:
  - pattern: svf/*
    dataset: svf_fall
    columns:
      fall_id: Nr
      enhet_id: Enhet
      svf: {heading: Förlopp, values: {Hud: melanom}}
      kva_start: {constant: VG910}
      datum_valgrundad_misstanke: VM
      datum_avslut: Slut
      kva_avslut: Avslut
"""


def faults(tmp_path, written):
    path = tmp_path / "p.yaml"
    path.write_text(written, encoding="utf-8")
    try:
        load_mapping(path, PATHWAYS, INDICATORS)
    except DefinitionError as error:
        return [fault.removeprefix(f"{path}:") for fault in error.faults]
    return []


def test_a_mapping_that_is_fine(tmp_path):
    assert faults(tmp_path, FINE) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "svf/*",
            "svf/*\n    pattern: x",
            "3: files.0.pattern: the key 'pattern' stands twice; keep one",
        ),
        (
            "svf_fall",
            "svf_falla",
            "3: files.0.dataset: expected one of enheter, ledtider, svf_fall, "
            "svf_inklusion, kontakter, prem, bhk, ppm, matningar, got 'svf_falla'",
        ),
        (
            "fall_id: Nr",
            "fal_id: Nr",
            "5: files.0.columns.fal_id: svf_fall has no column 'fal_id'; did you mean "
            "'fall_id'?",
        ),
        (
            "      fall_id: Nr\n",
            "",
            "4: files.0.columns: no column says where fall_id is found, which every "
            "row of svf_fall needs",
        ),
        (
            "{Hud: melanom}",
            "{Hud: melanomm}",
            "7: files.0.columns.svf: 'melanomm' can be no svf; expected one such as "
            "'melanom'",
        ),
        (
            "VM",
            "'?'",
            "9: files.0.columns.datum_valgrundad_misstanke: '?' is a question; put "
            "what is right in its place",
        ),
        (
            "VM",
            "'%'",
            "4: files.0.columns: the heading '%' has no letter or digit to know it by; "
            "give the column another name in the export",
        ),
        (
            "{constant: VG910}",
            "{constant: VG910, heading: Start}",
            "8: files.0.columns.kva_start: expected one of `heading`, `sheet: true` "
            "and `constant`",
        ),
        (
            "VM",
            "{heading: VM, year: 2026}",
            "9: files.0.columns.datum_valgrundad_misstanke: only a period has `per` "
            "and `year`",
        ),
        (
            "VM",
            "{heading: VM, within: kl}",
            "9: files.0.columns.datum_valgrundad_misstanke: within: expected one `*`, "
            "got 'kl'",
        ),
        (
            "    columns:",
            "    units: {Kirurgen: E111}\n    columns:",
            "4: files.0.units.Kirurgen: 'E111' is no id of a unit; expected an HSA-id "
            "such as SE2321000081-DEMO001",
        ),
        (
            "    columns:",
            "    cases: {zeros: true}\n    columns:",
            "4: files.0.cases: expected `dataset: matningar`",
        ),
        (
            "    columns:",
            "    colums: 1\n    columns:",
            "4: files.0.colums: Extra inputs are not permitted, got 1; did you mean "
            "`columns`?",
        ),
    ],
)
def test_a_fault_says_where_what_and_what_to_do(tmp_path, old, new, fault):
    assert old in FINE
    assert faults(tmp_path, FINE.replace(old, new)) == [fault]


def test_cases_have_no_counts_of_their_own_and_say_their_period(tmp_path):
    written = """\
files:
  - pattern: s/*
    dataset: matningar
    columns:
      indikator: {constant: incident_report}
      enhet_id: Enhet
      period: Dag
      taljare: Antal
    cases: {zeros: true, units: [E1]}
    additions: true
"""
    assert faults(tmp_path, written) == [
        "5: files.0.columns.indikator: 'incident_report' can be no indikator; expected "
        "one such as 'incident_reports'",
        "8: files.0.columns.taljare: cases are counted; expected no such column",
        "7: files.0.columns.period: expected `per`, such as `per: month`",
        "9: files.0.cases.units: 'E1' is no id of a unit; expected an HSA-id such as "
        "SE2321000081-DEMO001",
        "10: files.0.additions: matningar has no observations to add to",
    ]


def test_flags_that_are_not_answered_say_so(tmp_path):
    written = """\
files:
  - pattern: s/*
    dataset: matningar
    day_first: '?'
    columns: {indikator: {constant: incident_reports}, enhet_id: E, period: D}
    cases: {zeros: '?'}
"""
    question = "'?' is a question; put true or false in its place"
    assert faults(tmp_path, written) == [
        f"4: files.0.day_first: {question}",
        f"6: files.0.cases.zeros: {question}",
    ]


def test_every_fault_of_every_file_of_a_folder_is_told(tmp_path):
    for name in ("a", "b"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(FINE.replace("svf_fall", "svf"), encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_mappings(tmp_path, PATHWAYS, INDICATORS)
    assert [Path(fault.partition(":")[0]).name for fault in refused.value.faults] == [
        "a.yaml",
        "b.yaml",
    ]


def test_a_region_without_mappings_has_none(tmp_path):
    assert load_mappings(tmp_path / "none", PATHWAYS, INDICATORS) == []


def test_the_schema_takes_a_heading_for_a_column():
    [of_columns] = [
        schema["properties"]["columns"]["additionalProperties"]["anyOf"]
        for name, schema in schema_of_mappings()["$defs"].items()
        if name == "FileMapping"
    ]
    assert of_columns[0] == {"type": "string"}
    assert json.dumps(schema_of_mappings())


def test_what_a_mapping_says_survives_being_written():
    mapping = FileMapping.model_validate(
        {
            "pattern": "a/*",
            "dataset": "matningar",
            "columns": {"period": {"sheet": True, "year": 2026}, "enhet_id": "Enhet"},
        }
    )
    again = TypeAdapter(FileMapping).validate_json(mapping.model_dump_json())
    assert again.columns == mapping.columns
