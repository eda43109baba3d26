"""`python -m etl build` as it is called: what it says, and its exit codes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from etl.__main__ import main
from tests.etl.rows import CLINIC, Sources, case, cases, csv_text, prevalence

ROOT = Path(__file__).parents[2]


def build(sources: Sources, *more: str) -> int:
    return main(
        [
            "build",
            *("--sources", str(sources.folder)),
            *("--warehouse", str(sources.warehouse)),
            *("--definitions", str(sources.definitions)),
            *("--as-of", "2026-11-01"),
            *more,
        ]
    )


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_a_build_says_what_became_of_every_row(tmp_path, capsys):
    sources = Sources(tmp_path)
    sources.write(
        "svf/svf_fall.csv",
        [*cases(8, 10, "2026-01-20"), case("a", svf="x"), case("b", svf="y")],
    )
    sources.write("svf/anteckning.txt", "fri text")
    sources.write(
        "ppm/ppm.csv", csv_text([prevalence("20", "3")]).split("\n")[0] + "\n"
    )
    assert build(sources) == 0
    said = capsys.readouterr().out
    [row] = [line for line in said.splitlines() if line.startswith("svf/svf_fall.csv")]
    assert row.split() == ["svf/svf_fall.csv", "10", "8", "2"]
    assert "2  unknown_code" in said
    assert "ignored: svf/anteckning.txt" in said
    assert "note: ppm/ppm.csv: the file has no rows" in said
    assert "published" in said
    seconds = said.partition("\nseconds\n")[2]
    assert re.search(r"^ +[0-9]+[.][0-9]  sum and judge$", seconds, re.MULTILINE)
    assert re.search(r"^ +[0-9]+[.][0-9]  in all$", seconds, re.MULTILINE)
    assert build(sources) == 0
    assert "nothing has changed" in capsys.readouterr().out


def test_a_build_can_be_explained_without_being_published(tmp_path, capsys):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", cases(5, 10, "2026-01-20"))
    assert build(sources, "--explain", "--quiet") == 0
    text = capsys.readouterr().out
    assert "find repeats\n       reads  keyed, staged\n       writes repeated" in text
    assert "CREATE OR REPLACE TEMP TABLE unit_sum AS" in text
    assert not sources.warehouse.exists()


def test_a_refused_build_names_every_fault_and_returns_one(tmp_path, capsys):
    sources = Sources(tmp_path)
    sources.build()
    in_place = sources.warehouse.read_bytes()
    sources.write("svf/svf_fall.csv", b"")
    sources.write("bhk/bhk.csv", "matdatum;enhet_id\n")
    assert build(sources, "--quiet") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "svf/svf_fall.csv: the file is empty" in said.err
    assert "bhk/bhk.csv:1: missing column yrkeskategori" in said.err
    assert "refused: 2 faults" in said.err
    assert "Traceback" not in said.err
    assert sources.warehouse.read_bytes() == in_place


def test_a_build_that_would_lose_much_says_how_to_publish_it(tmp_path, capsys):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", [*cases(3, 9, "2026-01-20"), case("a", svf="x")])
    assert build(sources, "--quiet") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert (
        "svf/svf_fall.csv: 1 of 4 rows rejected (unknown_code 1); row 5: svf='x'"
        in (said.err)
    )
    assert "refused: 1 fault" in said.err
    command = said.err.splitlines()[-1]
    assert command.startswith(f"python -m etl build --sources {sources.folder} ")
    assert command.endswith('--accept "REASON"')
    assert not sources.warehouse.exists()
    assert build(sources, "--quiet", "--accept", "Känt fel i källan") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("accepted (Känt fel i källan): svf/svf_fall.csv: 1 of 4")
    assert build(sources, "--quiet") == 0
    assert capsys.readouterr().err == ""


def test_what_is_lost_within_the_limits_is_told_in_the_summary_and_when_quiet(
    tmp_path, capsys
):
    sources = Sources(tmp_path)
    for n in (1, 2, 3):
        name = f"svf/svf_fall_{n}.csv"
        sources.write(name, cases(5, 10, "2026-01-20", datum_avslut=f"2026-0{n}-20"))
    assert build(sources) == 0
    assert "compared with" not in capsys.readouterr().out
    (sources.folder / "svf/svf_fall_1.csv").unlink()
    assert build(sources) == 0
    line = "svf/svf_fall_1.csv: was in the build before and is gone, with 5 facts"
    assert f"compared with the build before\n  {line}\n" in capsys.readouterr().out
    (sources.folder / "svf/svf_fall_2.csv").unlink()
    assert build(sources, "--quiet", "--accept", "Provar att ta bort") == 0
    assert "svf/svf_fall_2.csv: was in the build before" in capsys.readouterr().err


def test_what_is_to_be_known_of_files_is_told_when_quiet(tmp_path, capsys):
    sources = Sources(tmp_path)
    short = csv_text([*cases(5, 10, "2026-01-20")]).removesuffix("\n")
    sources.write("svf/svf_fall.csv", short)
    assert build(sources, "--quiet") == 0
    assert capsys.readouterr().err.startswith(
        "note: svf/svf_fall.csv: the last line has no end, as in a file that was cut"
    )
    # The second time nothing has changed, and nothing is to be done.
    assert build(sources, "--quiet") == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("number", ["19800101-1231", "800101\u20131231", "8001011231"])
def test_a_reason_that_names_a_person_is_refused_and_not_repeated(
    tmp_path, capsys, number
):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", [case("a", svf="x")])
    assert build(sources, "--accept", f"Patienten {number} är felregistrerad") == 1
    said = capsys.readouterr()
    assert (
        "--accept: the reason has a number that looks like a personnummer" in said.err
    )
    assert "1231" not in said.out + said.err
    assert not sources.warehouse.exists()


@pytest.mark.parametrize(
    "call",
    [
        [],
        ["bild"],
        ["build", "--as-of", "i dag"],
        ["build", "--unknown"],
        ["build", "--accept", "ok"],
        ["fetch", "scb"],
        ["demo", "--years", "0"],
        ["demo", "--years", "51"],
        ["demo", "--units", "7"],
        ["demo", "--last", "2026"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_returns_two(call, capsys):
    with pytest.raises(SystemExit) as ended:
        main(call)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_the_shipped_definitions_hold(capsys):
    assert main(["check"]) == 0
    assert "no faults" in capsys.readouterr().out


def test_the_process_ends_with_the_code_and_without_a_traceback(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", f"198112189876;{CLINIC}\n")
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "etl", "build", "--sources", str(sources.folder)),
            *("--warehouse", str(sources.warehouse), "--as-of", "2026-11-01"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "refused: 1 fault" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not sources.warehouse.exists()
