"""A folder of files is tried before anything of it is stored."""

import csv

import pytest

from etl.__main__ import main
from kpi.errors import LossError
from tests.etl.files.test_workbooks import Tab, table, workbook
from tests.etl.rows import CLINIC, SHIPPED, Sources, case, contact, prevalence, tree

PERSON = "96 år, blind"


@pytest.fixture
def sources(tmp_path):
    sources = Sources(tmp_path)
    sources.write(
        "lakemedel/kontakter.csv",
        [
            contact("a"),
            contact("b", datum="2026-02-30"),
            contact("c", datum="2026-02-31"),
            contact("d", alder=PERSON),
            contact("e", vardform="=1+1"),
        ],
    )
    sources.write("svf/svf_fall.csv", [case("f"), case("g", svf="okänt")])
    sources.write("ppm/ppm.csv", [prevalence("20", "3")])
    return sources


def tried(sources, *more):
    call = ["check", "--definitions", str(SHIPPED), "--sources", str(sources.folder)]
    return main([*call, *more])


def test_every_file_is_read_and_told_of_and_nothing_is_stored(sources, capsys):
    before = sorted(sources.folder.parent.rglob("*"))
    assert tried(sources) == 0
    told = capsys.readouterr().out
    rows = {tuple(line.split()) for line in told.splitlines()}
    assert {
        ("lakemedel/kontakter.csv", "5", "1", "4"),
        ("svf/svf_fall.csv", "2", "1", "1"),
        ("ppm/ppm.csv", "1", "1", "0"),
    } <= rows
    assert "nothing was stored" in told
    assert sorted(sources.folder.parent.rglob("*")) == before


def test_each_reason_is_told_with_its_first_row_and_nothing_of_a_person(
    sources, capsys
):
    tried(sources)
    told = capsys.readouterr().out
    assert (
        "lakemedel/kontakter.csv: not_a_date 2; row 3: datum='2026-02-30': expected a "
        "date such as" in told
    )
    assert "svf/svf_fall.csv: unknown_code 1; row 3: svf='okänt'" in told
    assert "not_a_number 1; row 5, column alder (not repeated here)" in told
    assert PERSON not in told


def test_all_rejected_rows_are_written_to_a_file_that_runs_nothing(sources, tmp_path):
    target = tmp_path / "rejected.csv"
    assert tried(sources, "--rejected", str(target)) == 0
    with target.open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.DictReader(written, delimiter=";"))
    assert [(row["file"], row["row"], row["value"], row["reason"]) for row in rows] == [
        ("lakemedel/kontakter.csv", "3", "2026-02-30", "not_a_date"),
        ("lakemedel/kontakter.csv", "4", "2026-02-31", "not_a_date"),
        ("lakemedel/kontakter.csv", "5", "", "not_a_number"),
        ("lakemedel/kontakter.csv", "6", "'=1+1", "unknown_code"),
        ("svf/svf_fall.csv", "3", "okänt", "unknown_code"),
    ]
    assert rows[2]["message"] == ""


def test_a_fault_of_a_whole_file_is_told_with_all_others(sources, capsys):
    sources.write("bhk/bhk.csv", "matdatum;enhet_id\n")
    sources.write("prem/prem.csv", "period\n")
    assert tried(sources) == 1
    refused = capsys.readouterr().err
    assert "bhk/bhk.csv:1: missing column" in refused
    assert "prem/prem.csv:1: missing column" in refused


def test_units_are_those_of_the_register_in_the_folder(sources, capsys):
    sources.write("enheter/enheter.csv", tree()[:-1])
    sources.write(
        "ppm/ppm.csv",
        [prevalence("20", "3"), prevalence("20", "3", enhet_id=tree()[-1]["enhet_id"])],
    )
    assert tried(sources) == 0
    assert "ppm/ppm.csv: unknown_unit 1; row 3" in capsys.readouterr().out
    assert CLINIC in (sources.folder / "ppm/ppm.csv").read_text()


@pytest.mark.parametrize("is_tried", [True, False])
def test_a_row_of_a_workbook_is_told_by_its_sheet_and_its_number_there(
    tmp_path, capsys, is_tried
):
    sources = Sources(tmp_path)
    days = [prevalence("20", "3", matdatum=f"2026-01-0{n}") for n in (1, 2, 3)]
    wrong = [prevalence("x", "3", matdatum="2026-02-01")]
    book = workbook(Tab("Januari", table(days)), Tab("Februari", table(wrong)))
    sources.write("ppm/ppm.xlsx", book)
    target = tmp_path / "rejected.csv"
    if is_tried:
        assert tried(sources, "--rejected", str(target)) == 0
        told = capsys.readouterr().out
        with target.open(encoding="utf-8-sig", newline="") as written:
            [row] = csv.DictReader(written, delimiter=";")
        assert (row["file"], row["row"]) == ("ppm/ppm.xlsx: Februari", "2")
    else:
        with pytest.raises(LossError) as refused:
            sources.build(accepted=None)
        [told] = refused.value.faults
    assert "sheet 'Februari', row 2: antal_observerade='x'" in told
