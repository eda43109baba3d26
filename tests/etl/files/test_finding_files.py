"""What lies in the folder: each file is read once, or it is told why not."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

from etl.__main__ import main
from etl.files.find import find_files
from tests.etl.rows import (
    CLINIC,
    Sources,
    contacts,
    csv_text,
    observation,
    prevalence,
    reported,
)

ROOT = Path(__file__).parents[3]


def test_the_same_bytes_count_once_wherever_they_lie(tmp_path):
    sources = Sources(tmp_path)
    old = csv_text([*contacts(20, kva_kod="XV015"), *contacts(20, datum="2026-01-10")])
    sources.write("lakemedel/kontakter.csv", old)
    first = sources.build()
    assert first.counts("medication_reviews", CLINIC, "2026Q1") == (20, 40)
    # A copy that sorts before it, in a build that knows the first.
    sources.write("backup/lakemedel/kontakter_kopia.csv", old)
    again = sources.build()
    assert again.build_id != first.build_id
    assert again.counts("medication_reviews", CLINIC, "2026Q1") == (20, 40)
    said = (
        "backup/lakemedel/kontakter_kopia.csv: the same bytes as "
        "lakemedel/kontakter.csv, which was read; counted once; remove one of them"
    )
    assert [str(one) for one in again.result.unread] == [f"left out: {said}"]
    assert again.rows("SELECT message FROM finding WHERE \"check\" = 'file_twice'") == [
        (said,)
    ]
    # The one that was read goes on being the producer's: a newer file replaces it.
    sources.write(
        "lakemedel/kontakter_ny.csv", contacts(10, kva_kod="XV016", datum="2026-01-11")
    )
    newest = sources.build()
    assert newest.counts("medication_reviews", CLINIC, "2026Q1") == (30, 30)


def test_of_two_copies_of_the_same_time_the_one_nearest_is_read(tmp_path):
    sources = Sources(tmp_path)
    rows = contacts(5)
    sources.write("lakemedel/kontakter.csv", rows)
    path = sources.write("backup/lakemedel/kontakter.csv", rows)
    time = (sources.folder / "lakemedel/kontakter.csv").stat().st_mtime
    os.utime(path, (time, time))
    [copy] = sources.build().result.unread
    assert copy.name == "backup/lakemedel/kontakter.csv"


def test_links_are_followed_once_and_what_cannot_be_reached_is_told(tmp_path):
    sources = Sources(tmp_path / "a")
    away = tmp_path / "share"
    away.mkdir()
    (away / "ppm.csv").write_text(csv_text([prevalence("20", "3")]), encoding="utf-8")
    (sources.folder / "ppm").symlink_to(away)
    (sources.folder / "ppm/back").symlink_to(sources.folder)
    os.mkfifo(sources.folder / "enheter/pipe")
    found = find_files(sources.folder)
    assert [one.name for one in found.files] == ["enheter/enheter.csv", "ppm/ppm.csv"]
    assert [str(one) for one in found.unread] == [
        "ignored: enheter/pipe: not a file but a pipe, a socket or a device; remove it",
    ]
    (sources.folder / "bhk").mkdir()
    (sources.folder / "bhk/bhk.csv").symlink_to(tmp_path / "gone.csv")
    os.mkfifo(sources.folder / "bhk/bhk_2.csv")
    # A link to nothing may be to a whole folder of a share that is not mounted.
    (sources.folder / "lakemedel").symlink_to(sources.folder / "unmounted")
    (sources.folder / "unmounted").symlink_to(tmp_path / "nowhere")
    faults = find_files(sources.folder).faults
    assert [one.partition(":")[0] for one in faults] == [
        *("bhk/bhk.csv", "bhk/bhk_2.csv", "lakemedel", "unmounted"),
    ]
    assert faults[-1] == (
        f"unmounted: a link to {tmp_path / 'nowhere'}, where nothing is; mend the "
        "link, see whether a share is mounted, or remove it"
    )


def test_hidden_folders_hold_no_source_files_and_are_told(tmp_path):
    sources = Sources(tmp_path)
    sources.write(".snapshot/ppm/ppm.csv", [prevalence("20", "3")])
    found = find_files(sources.folder)
    assert [one.name for one in found.files] == ["enheter/enheter.csv"]
    [hidden] = found.unread
    assert str(hidden).startswith(
        "ignored: .snapshot/ppm/ppm.csv: a folder whose name begins with a dot is"
    )


def test_a_producer_is_one_whether_its_letters_are_whole_or_parted(tmp_path):
    sources = Sources(tmp_path)
    folders = (normalize(form, "Västerås") for form in ("NFC", "NFD"))
    for number, folder in enumerate(folders):
        row = reported("my_care_plan", "2026Q1", taljare=f"{number}", namnare="20")
        sources.write(f"{folder}/matningar/m{number}.csv", [row])
    # The newer replaces the older, as of one producer.
    assert sources.build().counts("my_care_plan", CLINIC, "2026Q1") == (1, 20)


def test_a_folder_that_may_not_be_read_is_a_fault(tmp_path):
    sources = Sources(tmp_path)
    sources.write("lakemedel/kontakter.csv", contacts(5))
    closed = sources.folder / "lakemedel"
    closed.chmod(0)
    command = [sys.executable, "-m", "etl", "build", "--quiet"]
    command += ["--sources", str(sources.folder)]
    command += ["--warehouse", str(sources.warehouse)]
    if os.geteuid() == 0:
        rights = "--bounding-set=-dac_override,-dac_read_search"
        command = ["setpriv", rights, *command]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False
        )
    finally:
        closed.chmod(0o755)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "lakemedel: the folder may not be read (Permission denied); expected one that "
        "whoever runs the build may read; change its rights\n"
    )
    assert not sources.warehouse.exists()


IGNORED = {
    "ppm/ppm.xls": "expected the ending .csv or .xlsx, found .xls; open it and save it "
    "as .xlsx",
    "svf/svf_fall.XLSM": "expected the ending .csv or .xlsx, found .xlsm; open it and "
    "save it as .xlsx",
    "bhk/bhk.csv.gz": "expected the ending .csv or .xlsx, found .gz; unpack it",
    "prem/prem_2026.txt": "expected the ending .csv or .xlsx, found .txt; give it the "
    "ending .csv or .xlsx if that is what it is",
    "svf/SVF-fall.csv": "no layout knows this folder and name; expected "
    "svf/ledtider*.csv, svf/svf_fall*.csv, svf/svf_inklusion*.csv; rename it if",
    "ovrigt/fil.csv": "no layout knows this folder and name; expected bhk/bhk*.csv, ",
}


def test_what_is_ignored_is_told_with_advice_even_when_the_build_is_quiet(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(ROOT)
    sources = Sources(tmp_path)
    sources.write("bhk/bhk.csv", [observation()])
    for name in IGNORED:
        sources.write(name, b"\xd0\xcf")
    today = datetime.now(UTC).date().isoformat()
    told = []
    for _ in range(2):  # the second time nothing has changed
        arguments = ["build", "--quiet", "--as-of", today]
        arguments += ["--sources", str(sources.folder)]
        assert main([*arguments, "--warehouse", str(sources.warehouse)]) == 0
        told.append(capsys.readouterr())
    assert told[0].out == told[1].out == ""
    assert told[0].err == told[1].err
    lines = told[0].err.splitlines()
    assert len(lines) == len(IGNORED)
    for name, why in IGNORED.items():
        assert any(line.startswith(f"ignored: {name}: {why}") for line in lines)
