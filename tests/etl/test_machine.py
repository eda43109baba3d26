"""What the machine refuses is told in a sentence, not a traceback, and harms nothing.

Rights are tried as another user where the tests run as root, whom nothing is refused.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

import pytest

import etl.commands  # noqa: F401  # loaded before the right to read it is gone
from etl.__main__ import main
from etl.machine import printable, refused
from tests.etl.rows import Sources, cases, contacts, observation

ROOT = Path(__file__).parents[2]
NOBODY = 65534


def call(*arguments: object, **more) -> subprocess.CompletedProcess[str]:
    """Run the program as it is run, and return how it ended."""
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
        **more,
    )


def building(sources: Sources, *more: object) -> list[object]:
    return [
        *("build", "--sources", sources.folder, "--warehouse", sources.warehouse),
        *("--as-of", "2026-11-01", *more),
    ]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def refusal(capsys, *arguments: object) -> list[str]:
    """Return what a command that is refused says, but for its last line."""
    assert main([str(one) for one in arguments]) == 1
    *said, last = capsys.readouterr().err.splitlines()
    assert last.startswith("refused: ")
    return said


# Files that are there and cannot be read.


def test_a_name_that_is_no_utf_8_is_one_fault_among_those_of_the_files(
    tmp_path, capsys
):
    sources = Sources(tmp_path)
    sources.write("bhk/bhk.csv", "matdatum;enhet_id\n")
    sources.write("svf/svf_fall.csv", cases(5, 10, "2026-01-20"))
    name = os.fsencode(sources.folder / "bhk") + b"/bhk_v\xe5r.csv"
    os.rename(sources.write("bhk/bhk_var.csv", [observation()]), name)
    os.rename(sources.write("x/var.txt", "x"), os.fsencode(sources.folder) + b"/\xe5.t")
    first, second = refusal(capsys, *building(sources, "--quiet"))
    assert first == (
        r"bhk/bhk_v\xe5r.csv: the name is not UTF-8, as from an old zip file; rename it"
    )
    assert second.startswith("bhk/bhk.csv:1: missing column yrkeskategori")
    os.unlink(name)
    sources.write("bhk/bhk.csv", [observation()])
    assert main([str(one) for one in building(sources)]) == 0
    assert r"ignored: \xe5.t" in capsys.readouterr().out


@contextmanager
def as_nobody() -> Iterator[None]:
    """Be a user whom nothing belongs to, within: nothing is refused to root."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        if not os.access(ROOT / "indicators.yaml", os.R_OK, effective_ids=True):
            pytest.skip("others may not read the program here")
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def guarded(tmp_path):
    """Sources that everybody may read, and a folder where everybody may write."""
    temporary = Path(gettempdir()).resolve()
    for path in (tmp_path, *tmp_path.parents):
        if temporary in path.parents:
            path.chmod(0o755)
    sources = Sources(tmp_path)
    sources.warehouse = tmp_path / "w/warehouse.duckdb"
    sources.warehouse.parent.mkdir()
    sources.warehouse.parent.chmod(0o777)
    return sources


def test_a_file_that_may_not_be_read_is_named_with_the_faults_of_the_others(
    guarded, capsys
):
    guarded.write("bhk/bhk.csv", "matdatum;enhet_id\n")
    guarded.write("svf/svf_fall.csv", cases(5, 10, "2026-01-20")).chmod(0)
    with as_nobody():
        first, second = refusal(capsys, *building(guarded, "--quiet"))
    assert first == (
        "svf/svf_fall.csv: cannot be read: Permission denied; give whoever builds the "
        "right to read it"
    )
    assert second.startswith("bhk/bhk.csv:1: missing column")


def test_a_warehouse_that_may_not_be_read_is_not_replaced(guarded, capsys):
    guarded.warehouse.write_bytes(b"old")
    guarded.warehouse.chmod(0)
    with as_nobody():
        [said] = refusal(capsys, *building(guarded, "--quiet"))
    assert said.startswith(
        f"{guarded.warehouse} cannot be read as a warehouse: Permission denied; "
    )
    guarded.warehouse.chmod(0o600)
    assert guarded.warehouse.read_bytes() == b"old"


def test_a_folder_that_may_not_be_written_to_is_named(guarded, capsys):
    guarded.warehouse.parent.chmod(0o555)
    with as_nobody():
        [said] = refusal(capsys, *building(guarded, "--quiet"))
    assert said == (
        f"{guarded.warehouse}.lock: Permission denied; give whoever runs this the "
        "right to read and write it"
    )


# What is no warehouse is not overwritten.


@pytest.mark.parametrize("content", [b"regions:\n  - Blekinge\n", b"SQLite format 3\0"])
def test_a_file_that_is_no_warehouse_is_not_overwritten(tmp_path, capsys, content):
    sources = Sources(tmp_path)
    sources.warehouse.write_bytes(content)
    [said] = refusal(capsys, *building(sources, "--quiet"))
    assert said.startswith(
        f"{sources.warehouse} cannot be read as a warehouse: it is no file of DuckDB; "
        "name another file with --warehouse, or move this one away"
    )
    assert sources.warehouse.read_bytes() == content


def test_a_folder_in_place_of_the_warehouse_is_told_before_anything_is_built(
    tmp_path, capsys
):
    sources = Sources(tmp_path)
    sources.warehouse.mkdir()
    [said] = refusal(capsys, *building(sources, "--quiet"))
    assert "cannot be read as a warehouse: Is a directory" in said


def test_half_a_warehouse_is_told_with_what_to_do_and_left(tmp_path, capsys):
    sources = Sources(tmp_path)
    sources.build()
    content = sources.warehouse.read_bytes()
    half = content[: len(content) // 3]
    sources.warehouse.write_bytes(half)
    [said] = refusal(capsys, *building(sources, "--quiet"))
    assert f"{sources.warehouse}" in said
    assert "put a copy from the backup in its place, or move it away" in said
    assert sources.warehouse.read_bytes() == half


# Places and settings that cannot be meant.


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("check", "--definitions", "{folder}"), "{folder}: Is a directory; name a"),
        (("check", "--definitions", "{file}/x.yaml"), "{file}/x.yaml: Not a directory"),
        (("demo", "--out", "{file}"), "{file}"),
        (
            ("fetch", "kolada", "--out", "{file}/x", "--cache", "{file}/y"),
            "{file}/x: expected a folder that can be written to",
        ),
        (("build", "--sources", "{file}"), "{file} is not a folder"),
        (("build", "--warehouse", "{file}/w", "--sources", "{folder}"), "{file}"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_a_place_that_cannot_be_meant_is_named(tmp_path, capsys, command, said):
    file = tmp_path / "file"
    file.write_text("x")
    names = {"folder": tmp_path, "file": file}
    first, *_ = refusal(capsys, *(one.format(**names) for one in command))
    assert first.startswith(said.format(**names))


def test_a_setting_that_cannot_be_meant_is_named(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("MALBILD_MEMORY_LIMIT", "50%")
    [said] = refusal(capsys, *building(Sources(tmp_path), "--quiet"))
    assert said.startswith("MALBILD_MEMORY_LIMIT='50%': expected an amount")


def test_too_little_memory_names_the_setting(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("MALBILD_MEMORY_LIMIT", "1MB")
    [said] = refusal(capsys, *building(Sources(tmp_path), "--quiet"))
    assert said.startswith("the engine needs more memory: ")
    assert "raise MALBILD_MEMORY_LIMIT" in said


# A full disk, and a stop.


def small_files_only() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))


def test_a_disk_that_takes_no_more_leaves_the_warehouse_as_it_was(tmp_path):
    sources = Sources(tmp_path)
    sources.build()
    before = sources.warehouse.read_bytes()
    sources.write("lakemedel/kontakter.csv", contacts(20))
    ended = call(*building(sources, "--quiet"), preexec_fn=small_files_only)
    assert ended.returncode == 1
    *_, sentence, last = ended.stderr.splitlines()
    assert "Traceback" not in ended.stderr
    assert "File too large" in sentence
    assert last == "refused: 1 fault"
    assert sources.warehouse.read_bytes() == before
    assert not list(tmp_path.glob("*.draft*"))


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (signal.SIGINT, 130, "interrupted: nothing has been published\n"),
        (signal.SIGTERM, 143, "told to stop: nothing has been published\n"),
    ],
)
def test_a_build_that_is_stopped_says_so_and_removes_its_draft(
    tmp_path, number, code, words
):
    sources = Sources(tmp_path)
    sources.write("lakemedel/kontakter.csv", contacts(20_000))
    draft = Path(f"{sources.warehouse}.draft")
    program = subprocess.Popen(
        [sys.executable, "-m", "etl", *map(str, building(sources, "--quiet"))],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(600):
        if draft.exists() or program.poll() is not None:
            break
        time.sleep(0.05)
    program.send_signal(number)
    _, said = program.communicate(timeout=60)
    assert (program.returncode, said) == (code, words)
    assert not list(tmp_path.glob("*.draft*"))
    assert not sources.warehouse.exists()


def test_a_fault_of_our_own_keeps_its_traceback(tmp_path, monkeypatch):
    sources = Sources(tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("etl.commands.build_warehouse", fail)
    with pytest.raises(ZeroDivisionError):
        main([str(one) for one in building(sources)])
    assert refused(ZeroDivisionError()) is None


def test_handlers_of_signals_are_given_back():
    before = signal.getsignal(signal.SIGTERM)
    main(["check"])
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_name_is_printed_as_it_is_if_it_can_be():
    assert printable("bhk/år.csv") == "bhk/år.csv"
    assert printable(os.fsdecode(b"bhk/\xe5r.csv")) == r"bhk/\xe5r.csv"
