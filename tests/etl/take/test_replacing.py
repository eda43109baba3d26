"""The same files give the same outcomes; a newer file replaces, and nothing is lost."""

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from kpi.errors import MalbildError
from kpi.warehouse import Warehouse
from tests.etl.rows import (
    CLINIC,
    REGION,
    SECOND_CLINIC,
    Sources,
    case,
    cases,
    everything,
    observation,
)

LEAD_TIME = "svf_lead_time"


def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_files_again_change_nothing(tmp_path):
    sources = everything(tmp_path)
    first = sources.build()
    before = checksum(sources.warehouse)
    second = sources.build()
    assert second.result.is_unchanged
    assert second.build_id == first.build_id
    assert checksum(sources.warehouse) == before
    # touched, but not changed
    os.utime(sources.folder / "svf/svf_fall.csv")
    assert sources.build().result.is_unchanged
    # another name changes no figure
    (sources.folder / "ppm/ppm.csv").rename(sources.folder / "ppm/ppm_mars.csv")
    third = sources.build()
    assert third.exported().replace(third.build_id, "") == first.exported().replace(
        first.build_id, ""
    )


def test_two_warehouses_from_the_same_files_are_the_same_byte_for_byte(
    tmp_path, monkeypatch
):
    """However many cores there were."""
    one = everything(tmp_path / "one").build()
    monkeypatch.delenv("MALBILD_THREADS")
    other = everything(tmp_path / "other").build()
    assert one.build_id == other.build_id
    assert one.exported() == other.exported()
    assert one.exported().count("\n") > 1000


def test_a_newer_file_replaces_its_unit_and_period_and_no_other(tmp_path):
    sources = Sources(tmp_path)
    sources.write(
        "svf/svf_fall_1.csv",
        [
            *cases(5, 10, "2026-01-20"),
            *cases(5, 10, "2026-02-20"),
            *cases(5, 10, "2026-01-20", enhet_id=SECOND_CLINIC),
        ],
    )
    sources.write("bhk/bhk_1.csv", [observation()] * 6)
    first = sources.build()
    sources.write(
        "svf/svf_fall_2.csv", [*cases(3, 10, "2026-01-21"), *cases(4, 90, "2026-01-21")]
    )
    sources.write("bhk/bhk_2.csv", [observation("01111111")] * 5)
    second = sources.build()
    assert second.counts(LEAD_TIME, CLINIC, "2026-01") == (3, 7)
    assert second.counts(LEAD_TIME, CLINIC, "2026-02") == (5, 5)
    assert second.counts(LEAD_TIME, SECOND_CLINIC, "2026-01") == (5, 5)
    assert second.counts("bhk_compliance", CLINIC, "2026-03") == (0, 5)
    # what was shown before stays readable, and the rows it stood on
    earlier = second.outcome(LEAD_TIME, CLINIC, "2026-01", build_id=first.build_id)
    assert (earlier["numerator"], earlier["denominator"]) == (5, 5)
    assert second.load("svf/svf_fall_1.csv") == (15, 15, 0)
    assert second.rows("SELECT count(*) FROM build") == [(2,)]


def test_an_older_file_that_comes_late_does_not_replace_what_was_received(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall_b.csv", cases(5, 10, "2026-01-20"))
    sources.build()
    # received later, whatever its name
    sources.write("svf/svf_fall_a.csv", cases(6, 10, "2026-01-20"))
    assert sources.build().counts(LEAD_TIME, CLINIC, "2026-01") == (6, 6)
    # at once in another place: the time of the file says which is newer
    other = Sources(tmp_path / "other")
    other.write("svf/svf_fall_b.csv", cases(5, 10, "2026-01-20"))
    other.write("svf/svf_fall_a.csv", cases(6, 10, "2026-01-20"))
    assert other.build().counts(LEAD_TIME, CLINIC, "2026-01") == (6, 6)


def test_another_producer_replaces_nothing(tmp_path):
    sources = Sources(tmp_path)
    sources.write("bhk/bhk.csv", [observation()] * 5)
    sources.write("sjukhus/bhk/bhk.csv", [observation("01111111")] * 5)
    assert sources.build().counts("bhk_compliance", CLINIC, "2026Q1") == (5, 10)


def test_a_case_that_was_open_is_counted_once_when_it_has_ended(tmp_path):
    sources = Sources(tmp_path)
    still_open = {"datum_avslut": "", "kva_avslut": ""}
    sources.write(
        "svf/svf_fall_1.csv",
        [case("a", **still_open), case("b", **still_open), *cases(5, 9, "2026-01-31")],
    )
    sources.build()
    sources.write("svf/svf_fall_2.csv", [case("a", datum_avslut="2026-02-06")])
    built = sources.build()
    # 36 days, of 35 allowed
    assert built.counts(LEAD_TIME, CLINIC, "2026Q1") == (5, 6)
    replaced = built.rows(
        "SELECT fall_id FROM superseded JOIN svf_fall USING (load_id, row_number)"
    )
    assert replaced == [("a",)]


def test_a_newer_list_of_open_cases_is_the_whole_list(tmp_path):
    """Whoever is in it no more is open no more, whenever the suspicion was raised."""
    sources = Sources(tmp_path)

    def still_open(name, since):
        ended = {"datum_avslut": "", "kva_avslut": ""}
        return case(name, datum_valgrundad_misstanke=since, **ended)

    first = [still_open("a", "2026-01-10"), still_open("b", "2026-05-10")]
    sources.write("svf/svf_fall_1.csv", first)
    sources.build()
    sources.write("svf/svf_fall_2.csv", [still_open("b", "2026-05-10")])
    built = sources.build()
    replaced = built.rows(
        "SELECT fall_id FROM superseded JOIN svf_fall USING (load_id, row_number)"
        " ORDER BY fall_id"
    )
    assert replaced == [("a",), ("b",)]


def test_a_file_edited_in_place_and_a_file_taken_away(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", cases(5, 10, "2026-01-20"))
    sources.write("bhk/bhk.csv", [observation()] * 6)
    first = sources.build()
    sources.write("svf/svf_fall.csv", cases(6, 10, "2026-01-20"))
    (sources.folder / "bhk/bhk.csv").unlink()
    second = sources.build()
    assert second.counts(LEAD_TIME, CLINIC, "2026Q1") == (6, 6)
    assert second.outcome("bhk_compliance", CLINIC, "2026Q1")["value"] is None
    earlier = second.outcome(
        "bhk_compliance", CLINIC, "2026Q1", build_id=first.build_id
    )
    assert earlier["value"] == 100.0


@pytest.mark.parametrize("fault", ["source", "definitions", "units"])
def test_a_build_that_fails_leaves_the_warehouse_byte_for_byte(tmp_path, fault):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", cases(5, 10, "2026-01-20"))
    built = sources.build()
    before = checksum(sources.warehouse)
    beside = sorted(path.name for path in tmp_path.iterdir())
    if fault == "source":
        sources.write("svf/svf_fall_2.csv", [case("a", lan="198112189876")])
    elif fault == "units":
        sources.write("enheter/enheter_2.csv", "enhet_id;namn\n")
    else:
        sources.definitions = tmp_path / "trasig.yaml"
        sources.definitions.write_text("plans: []\n", encoding="utf-8")
        beside.append("trasig.yaml")
    with pytest.raises(MalbildError):
        sources.build()
    assert checksum(sources.warehouse) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(beside)
    assert built.counts(LEAD_TIME, CLINIC, "2026Q1") == (5, 5)


def test_a_reader_goes_on_with_the_old_file_and_the_next_one_sees_the_new(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", cases(5, 10, "2026-01-20"))
    sources.build()
    question = text(
        "SELECT count(DISTINCT build_id), max(denominator) FROM outcome"
        " WHERE indicator = 'svf_lead_time' AND period = '2026Q1'"
        " AND \"by\" = '' AND unit = :unit"
    )
    warehouse = Warehouse(sources.warehouse)
    with warehouse.connect() as reader:
        assert tuple(reader.execute(question, {"unit": REGION}).one()) == (1, 5)
        sources.write("svf/svf_fall.csv", cases(9, 10, "2026-01-20"))
        sources.build()
        assert tuple(reader.execute(question, {"unit": REGION}).one()) == (1, 5)
        with warehouse.connect() as newcomer:
            assert tuple(newcomer.execute(question, {"unit": REGION}).one()) == (2, 9)


def test_a_new_day_alone_makes_no_new_build(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", cases(5, 10, "2026-01-20"))
    sources.build(date(2026, 11, 1))
    assert sources.build(date(2026, 11, 2)).result.is_unchanged
