"""A build that would lose much is refused; a smaller loss is told, and kept.

What is lost is asked of drafts that hold two builds, by hand; whole builds come last.
"""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import insert, text

from etl.store.limits import Limits, load_limits
from etl.store.losses import losses_told, note_losses, refuse_losses
from kpi import schema
from kpi.errors import DefinitionError, LossError, MalbildError
from kpi.warehouse import draft_engine
from tests import builders as make
from tests.etl.rows import (
    HOSPITAL,
    Sources,
    contacts,
    observation,
    tree,
    unit,
)

WHY = "Kliniken har bytt system"
Interval = tuple[float, float, float]


@dataclass
class File:
    """A load: its path, how many of its rows are rejected, and its content."""

    path: str
    rows: int = 10
    rejected: int = 0
    content: str = ""
    dataset: str = ""

    @property
    def kind(self) -> str:
        return self.dataset or self.path.split("/")[-2]


@dataclass
class Side:
    """What a build has: files, facts by dataset and unit, values with intervals."""

    files: Iterable[File] = ()
    facts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    values: Mapping[tuple[str, str, str], Interval | None] = field(default_factory=dict)
    is_demo: bool = False


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    path = tmp_path_factory.mktemp("losses") / "draft.duckdb"
    engine = draft_engine(path, memory_limit="1GB", threads=1)
    with engine.begin() as connection:
        schema.create_tables(connection)
    yield engine
    engine.dispose()


def write(connection, build_id: str, sequence: int, side: Side) -> None:
    connection.execute(
        insert(schema.build),
        make.build(build_id=build_id, sequence=sequence, is_demo=side.is_demo),
    )
    for file in side.files:
        load_id = f"{build_id} {file.path}"
        connection.execute(
            insert(schema.load),
            {
                "load_id": load_id,
                "sequence": sequence,
                "producer": file.path.rpartition("/")[0],
                "dataset": file.kind,
                "file": file.path,
                "sha256": file.content or f"{build_id} {file.path}",
                "bytes": 1,
                "encoding": "utf-8",
                "received_at": datetime(2026, 10, 1),  # noqa: DTZ001
                "rows": file.rows,
                "facts": file.rows - file.rejected,
                "rejections": file.rejected,
                "rows_per_line": 1,
            },
        )
        connection.execute(
            insert(schema.build_load), {"build_id": build_id, "load_id": load_id}
        )
        for row in range(file.rejected):
            fault = {"reason": "unknown_code", "message": f"svf='x{row}': expected y"}
            if row % 3 == 2:
                fault = {"reason": "not_a_date", "message": "datum='16/03': expected z"}
            connection.execute(
                insert(schema.rejection),
                {"load_id": load_id, "row_number": row + 2, **fault},
            )
    for (dataset, unit_id), facts in side.facts.items():
        connection.execute(
            insert(schema.coverage),
            {
                "build_id": build_id,
                "dataset": dataset,
                "unit": unit_id,
                "first_month": 24312,
                "last_month": 24312,
                "facts": facts,
            },
        )
    for (indicator, unit_id, period), interval in side.values.items():
        value, lower, upper = interval or (None, None, None)
        connection.execute(
            insert(schema.outcome),
            {
                "build_id": build_id,
                "indicator": indicator,
                "unit": unit_id,
                "period_kind": "quarter",
                "period": period,
                "first_month": 1,
                "last_month": 3,
                "by": "",
                "by_value": "",
                "value": value,
                "lower": lower,
                "upper": upper,
                "status": "no_target" if interval else "no_value",
            },
        )


@pytest.fixture
def compared(engine):
    """Return a function: two builds -> (kind, is_beyond, message) of every loss."""
    connection = engine.connect()

    def compare(before: Side | None, now: Side, limits=None, accepted=None):
        if before is not None:
            write(connection, "first", 1, before)
        write(connection, "second", 2, now)
        connection.execute(
            text(
                "CREATE OR REPLACE TEMP TABLE rule AS FROM (VALUES ('measured', "
                "'active'), ('paused', 'paused')) AS r(indicator, lifecycle)"
            )
        )
        note_losses(
            connection,
            "second",
            "first" if before is not None else None,
            limits or Limits(),
            accepted,
        )
        rows = connection.execute(
            text("SELECT kind, is_beyond, message FROM loss ORDER BY rowid")
        )
        compare.connection = connection
        return [tuple(row) for row in rows]

    yield compare
    connection.rollback()
    connection.close()


def kinds(losses) -> list[tuple[str, bool]]:
    return [(kind, is_beyond) for kind, is_beyond, _ in losses]


# A file by itself: the first build is held to it too.


@pytest.mark.parametrize(
    ("rows", "rejected", "lost"),
    [
        (10, 0, []),
        (10, 2, []),
        (10, 3, [("file_rejected", True)]),
        (9, 9, [("file_rejected", True)]),
        (0, 0, []),
    ],
)
def test_more_than_a_fifth_of_a_file_rejected_is_too_much(
    compared, rows, rejected, lost
):
    file = File("svf/fall.csv", rows, rejected, dataset="svf_fall")
    assert kinds(compared(None, Side([file]))) == lost


def test_a_rejected_file_is_told_with_reasons_and_a_row(compared):
    file = File("svf/fall.csv", 10, 4, dataset="svf_fall")
    [(_, _, message)] = compared(None, Side([file]))
    assert message == (
        "svf/fall.csv: 4 of 10 rows rejected (unknown_code 3, not_a_date 1); "
        "row 2: svf='x0': expected y"
    )


def test_any_rejected_row_of_the_unit_register_is_too_much(compared):
    file = File("enheter/enheter.csv", 80, 1)
    [(kind, is_beyond, message)] = compared(None, Side([file]))
    assert (kind, is_beyond) == ("register_rejected", True)
    assert message.startswith(
        "enheter/enheter.csv: 1 of 80 rows rejected (unknown_code"
    )


@pytest.mark.parametrize(
    ("path", "content", "before", "now", "lost"),
    [
        # The same file, as it was published before.
        ("bhk/a.csv", "same", 40, 40, []),
        ("bhk/renamed.csv", "same", 40, 40, []),
        # Written anew under the same name: it may waver by five of a hundred.
        ("bhk/a.csv", "", 40, 45, []),
        ("bhk/a.csv", "", 40, 46, [("file_rejected", True)]),
        # Another file: rejected more than its producer's usually are.
        ("bhk/b.csv", "", 40, 40, [("file_gone", False), ("file_rejected", True)]),
        ("bhk/b.csv", "", 10, 15, [("file_gone", False)]),
        ("bhk/b.csv", "", 10, 16, [("file_gone", False), ("file_rejected", False)]),
        ("bhk/b.csv", "", 10, 20, [("file_gone", False), ("file_rejected", False)]),
        ("bhk/b.csv", "", 10, 21, [("file_gone", False), ("file_rejected", True)]),
        ("ppm/b.csv", "", 0, 16, [("producer_gone", True)]),
    ],
)
def test_what_was_published_before_is_not_asked_about_again(
    compared, path, content, before, now, lost
):
    first = Side([File("bhk/a.csv", 100, before, content)])
    second = Side([File(path, 100, now, content)])
    assert sorted(kinds(compared(first, second))) == lost


def test_rows_of_the_register_that_were_rejected_before_are_not_asked_about(compared):
    first = Side([File("enheter/enheter.csv", 80, 2)])
    assert compared(first, Side([File("enheter/enheter.csv", 81, 2)])) == []


def test_one_more_rejected_row_of_the_register_is(compared):
    first = Side([File("enheter/enheter.csv", 80, 2)])
    losses = compared(first, Side([File("enheter/enheter.csv", 81, 3)]))
    assert kinds(losses) == [("register_rejected", True)]


# Files that are gone.


def test_a_producer_whose_files_are_all_gone(compared):
    first = Side([File("bhk/a.csv"), File("bhk/b.csv"), File("ppm/p.csv")])
    [loss] = compared(first, Side([File("ppm/p.csv")]))
    assert loss == (
        "producer_gone",
        True,
        "bhk: every file of bhk is gone: bhk/a.csv, bhk/b.csv; see whether the folder "
        "is there and may be read",
    )


def test_one_dataset_of_a_producer_that_is_gone(compared):
    first = Side(
        [
            File("svf/fall.csv", dataset="svf_fall"),
            File("svf/l.csv", dataset="ledtider"),
        ]
    )
    second = Side([File("svf/l.csv", dataset="ledtider")])
    assert kinds(compared(first, second)) == [("producer_gone", True)]


def test_one_file_of_several_is_told_and_no_more(compared):
    first = Side([File("bhk/a.csv", 6), File("bhk/b.csv", 20)])
    assert compared(first, Side([File("bhk/b.csv", 20)])) == [
        (
            "file_gone",
            False,
            "bhk/a.csv: was in the build before and is gone, with 6 facts",
        )
    ]


@pytest.mark.parametrize("path", ["bhk/z.csv", "norr/bhk/a.csv"])
def test_the_same_content_in_another_place_is_not_gone(compared, path):
    first = Side([File("bhk/a.csv", content="same")])
    assert compared(first, Side([File(path, content="same")])) == []


# Facts and units.


@pytest.mark.parametrize(("left", "lost"), [(10, [("facts_lost", True)]), (11, [])])
def test_a_dataset_that_keeps_half_its_facts(compared, left, lost):
    first = Side(facts={("bhk", "A"): 12, ("bhk", "B"): 8})
    second = Side(facts={("bhk", "A"): left - 8, ("bhk", "B"): 8})
    assert kinds(compared(first, second)) == lost


def test_a_dataset_without_facts_is_told_once_not_unit_by_unit(compared):
    first = Side(facts={("bhk", "A"): 12, ("bhk", "B"): 8})
    losses = compared(first, Side(facts={("ppm", "A"): 1}))
    assert losses == [("facts_lost", True, "bhk: 20 facts have become 0")]


@pytest.mark.parametrize(("others", "is_beyond"), [(4, True), (5, False)])
def test_a_unit_that_has_no_facts_any_more(compared, others, is_beyond):
    """One unit of five is a fifth; one of six is less."""
    kept = {("bhk", f"K{n}"): 9 for n in range(others)}
    first = Side(facts={**kept, ("bhk", "GONE"): 3})
    assert compared(first, Side(facts={**kept, ("bhk", "NEW"): 1})) == [
        (
            "unit_silent",
            is_beyond,
            f"bhk: GONE had 3 facts and has none; 1 of {others + 1} units have none "
            "any more",
        )
    ]


# Values.


def values(
    unit_id: str,
    periods: int,
    interval: Interval | None = (50, 40, 60),
    name="measured",
):
    return {(name, unit_id, f"{n}"): interval for n in range(periods)}


@pytest.mark.parametrize(
    ("before", "left", "lost"),
    [
        (12, 6, [("values_lost", True)]),
        (12, 7, []),
        (10, 0, [("values_lost", True)]),
        (9, 0, []),
    ],
)
def test_a_unit_that_keeps_half_its_values(compared, before, left, lost):
    shown = values("A", left)
    hidden = {key: None for key in values("A", before) if key not in shown}
    first = Side(values=values("A", before))
    assert kinds(compared(first, Side(values=shown | hidden))) == lost


def test_new_values_do_not_make_up_for_those_that_are_lost(compared):
    first = Side(values=values("A", 12))
    now = {("measured", "A", f"{n}"): (50.0, 40.0, 60.0) for n in range(8, 30)}
    assert compared(first, Side(values=now)) == [
        ("values_lost", True, "A: of 12 values that were shown 4 are left")
    ]


@pytest.mark.parametrize("name", ["paused", "no_longer_defined"])
def test_an_indicator_that_is_not_measured_any_more_is_no_loss(compared, name):
    first = Side(values=values("A", 30, name=name))
    assert compared(first, Side(values=values("A", 1))) == []


def test_values_that_move_beyond_their_intervals_are_told(compared):
    first = Side(values=values("A", 3) | values("B", 1, (8.75, 4, 16)))
    now = values("A", 3, (61, 60, 62)) | values("B", 1, (56, 40, 70))
    now[("measured", "A", "1")] = (61, 60.1, 62)
    assert compared(first, Side(values=now)) == [
        (
            "values_moved",
            False,
            "measured: 2 of 4 values that were shown have moved beyond their "
            "intervals; most: B 0, 8.8 is now 56.0",
        )
    ]


@pytest.mark.parametrize(("limit", "is_beyond"), [(25, True), (26, False)])
def test_values_that_move_can_be_too_much(compared, limit, is_beyond):
    first = Side(values=values("A", 4))
    now = values("A", 4) | values("A", 1, (5, 1, 9))
    limits = Limits(values_moved_per_cent=limit)
    assert kinds(compared(first, Side(values=now), limits)) == [
        ("values_moved", is_beyond)
    ]


# The demo.


def test_ones_own_files_are_not_compared_with_the_demo(compared):
    first = Side([File("bhk/a.csv")], {("bhk", "A"): 9}, is_demo=True)
    assert compared(first, Side([File("ppm/p.csv")])) == []


def test_the_demo_in_place_of_ones_own_files_is_too_much(compared):
    first = Side([File("bhk/a.csv")], {("bhk", "A"): 9})
    second = Side([File("ppm/p.csv")], is_demo=True)
    assert kinds(compared(first, second)) == [
        ("producer_gone", True),
        ("facts_lost", True),
    ]


# Refused, or accepted.


def test_all_that_is_too_much_is_raised_at_once_and_the_rest_is_not(compared):
    first = Side([File("bhk/a.csv"), File("ppm/p.csv"), File("ppm/q.csv")])
    compared(first, Side([File("ppm/p.csv", 10, 3), File("enheter/e.csv", 9, 1)]))
    with pytest.raises(LossError) as refused:
        refuse_losses(compared.connection, "second")
    assert [one.partition(":")[0] for one in refused.value.faults] == [
        "enheter/e.csv",
        "ppm/p.csv",
        "bhk",
    ]


def test_what_is_accepted_is_kept_with_its_reason(compared):
    first = Side([File("bhk/a.csv"), File("ppm/p.csv"), File("ppm/q.csv")])
    compared(first, Side([File("ppm/p.csv")]), accepted=WHY)
    refuse_losses(compared.connection, "second")
    gone, told = losses_told(compared.connection, "second")
    assert gone.startswith(f"accepted ({WHY}): bhk: every file of bhk is gone")
    assert told.startswith("ppm/q.csv: was in the build before and is gone")


# The settings.


def test_limits_of_ones_own_are_read(tmp_path):
    path = tmp_path / "limits.yaml"
    assert load_limits(path) == Limits()
    path.write_text("# none yet\n")
    assert load_limits(path) == Limits()
    path.write_text("file_rejected_per_cent: 7.5\nregister_rejected_rows: 2\n")
    limits = load_limits(path)
    assert (limits.file_rejected_per_cent, limits.register_rejected_rows) == (7.5, 2)
    assert limits.facts_lost_per_cent == Limits().facts_lost_per_cent


def test_limits_that_cannot_be_meant_are_named_with_their_lines(tmp_path):
    path = tmp_path / "limits.yaml"
    path.write_text("file_rejected_per_cent: 20 %\nregister: 0\n")
    with pytest.raises(DefinitionError) as refused:
        load_limits(path)
    first, second = refused.value.faults
    assert first.startswith(f"{path}:1: file_rejected_per_cent: ")
    assert second.startswith(f"{path}:2: register: ")


# Whole builds.


def refused_build(sources: Sources) -> list[str]:
    """Return what a build would have lost, and see that it changed nothing."""
    before = sources.warehouse.read_bytes() if sources.warehouse.exists() else None
    with pytest.raises(LossError) as refused:
        sources.build(accepted=None)
    after = sources.warehouse.read_bytes() if sources.warehouse.exists() else None
    assert before == after
    assert not list(sources.warehouse.parent.glob("*.draft*"))
    return list(refused.value.faults)


def test_the_first_build_is_held_to_what_files_lose_of_themselves(tmp_path):
    rows = [*tree(), unit("SE2321000081-TEST13", "mottagning", HOSPITAL)]
    sources = Sources(tmp_path, rows)
    sources.write("lakemedel/kontakter.csv", [*contacts(3), *contacts(1, alder="x")])
    register, file = refused_build(sources)
    assert register.startswith(
        "enheter/enheter.csv: 1 of 7 rows rejected (unknown_code 1); row 8: "
        "typ='mottagning'"
    )
    assert file.startswith(
        "lakemedel/kontakter.csv: 1 of 4 rows rejected (not_a_number 1); row 5, "
        "column alder (not repeated here)"
    ), "what is told of a person stays in the file"


def test_a_loss_is_asked_about_once(tmp_path):
    sources = Sources(tmp_path)
    sources.write("lakemedel/kontakter.csv", contacts(8))
    sources.write("bhk/bhk.csv", [observation()] * 6)
    sources.build(accepted=None)
    shutil.rmtree(sources.folder / "bhk")
    faults = refused_build(sources)
    assert faults[0].startswith("bhk: every file of bhk is gone: bhk/bhk.csv")
    accepted = sources.build(accepted=WHY)
    assert set(
        accepted.rows(
            "SELECT is_beyond, accepted FROM loss WHERE build_id = :build",
            build=accepted.build_id,
        )
    ) == {(True, WHY)}
    sources.write("lakemedel/kontakter_2.csv", contacts(3, datum="2026-05-10"))
    assert sources.build(accepted=None).result.losses == []


def test_an_empty_folder_is_not_published(tmp_path):
    sources = Sources(tmp_path)
    sources.build(accepted=None)
    before = sources.warehouse.read_bytes()
    shutil.rmtree(sources.folder)
    sources.folder.mkdir()
    with pytest.raises(MalbildError):
        sources.build(accepted=None)
    assert sources.warehouse.read_bytes() == before
