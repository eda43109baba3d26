"""What files of several producers tell of the same is counted, and told."""

import pytest

from etl.commands import remarks, summary
from tests.etl.rows import (
    CLINIC,
    SECOND_CLINIC,
    Built,
    Sources,
    case,
    contact,
    contacts,
    inclusion,
    observation,
    prem,
    prevalence,
    reported,
)

# Of each kind, the row of two producers and one that only one of them has
ROWS = {
    "svf/svf_fall": (case("a"), case("b"), "fall_id"),
    "lakemedel/kontakter": (contact("a"), contact("b"), "kontakt_id"),
    "bhk/bhk": (
        observation(observations_id="a"),
        observation(observations_id="b"),
        "observations_id",
    ),
    "ppm/ppm": (
        prevalence("20", "3"),
        prevalence("20", "3", matning="infarter"),
        "enhet_id, matning, datum",
    ),
    "prem/prem": (
        prem("2026Q1", "40", "80"),
        prem("2026Q2", "40", "80"),
        "enhet_id, enkat, dimension, period",
    ),
    "matningar/m": (
        reported("my_care_plan", "2026Q1", taljare="7", namnare="20"),
        reported("my_care_plan", "2026Q2", taljare="7", namnare="20"),
        "indikator, enhet_id, period",
    ),
    "svf/svf_inklusion": (
        inclusion("2026Q1", "5", "9"),
        inclusion("2026Q2", "5", "9"),
        "enhet_id, period",
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("twice"))
    for name, (row, other, _) in ROWS.items():
        sources.write(f"{name}.csv", [row])
        sources.write(f"norr/{name}_norr.csv", [row, other])
    # Without an id nobody can tell, and within a producer the newer replaces.
    sources.write(
        "bhk/bhk_utan.csv", [observation(observations_id="", enhet_id=SECOND_CLINIC)]
    )
    sources.write(
        "soder/bhk/bhk.csv", [observation(observations_id="", enhet_id=SECOND_CLINIC)]
    )
    sources.write("soder/ppm/ppm_1.csv", [prevalence("9", "1", enhet_id=SECOND_CLINIC)])
    sources.write("soder/ppm/ppm_2.csv", [prevalence("9", "2", enhet_id=SECOND_CLINIC)])
    return sources.build()


def told(built: Built) -> list[str]:
    return [
        message
        for (message,) in built.rows(
            "SELECT message FROM finding WHERE \"check\" = 'counted_twice'"
            " AND build_id = :build ORDER BY 1",
            build=built.build_id,
        )
    ]


def test_the_same_from_two_producers_is_told_once_and_nothing_else_is(built):
    files = {name: sorted((f"{name}.csv", f"norr/{name}_norr.csv")) for name in ROWS}
    assert told(built) == sorted(
        f"{' and '.join(files[name])}: 1 times the same {keys}, and all are counted; "
        "see whether one of them holds what another does"
        for name, (_, _, keys) in ROWS.items()
    )


def test_it_is_counted_and_stands_in_the_summary_and_when_quiet(built):
    assert built.counts("my_care_plan", CLINIC, "2026Q1") == (14, 40)
    for line in told(built):
        assert line in remarks(built.result)
        assert line in summary(built.result, {}, 0)


def test_a_total_of_one_producer_and_the_parts_of_another_are_the_same(tmp_path):
    sources = Sources(tmp_path)
    quarter = ("incident_reports", "2026Q1")
    total = reported(*quarter, slag="alla", taljare="20")
    parts = [
        reported(*quarter, slag="fall", taljare="12"),
        reported(*quarter, slag="annat", taljare="8"),
    ]
    sources.write("synergi/matningar/m.csv", [total])
    sources.write("lokal/matningar/m.csv", parts)
    built = sources.build()
    # Each producer's rows stand for themselves, so the twenty are counted twice.
    assert built.outcome("incident_reports", CLINIC, "2026Q1")["value"] == 40
    [line] = told(built)
    assert "1 times the same indikator, enhet_id, period, and all are counted" in line


def test_three_files_of_three_producers_are_one_line(tmp_path):
    sources = Sources(tmp_path)
    rows = contacts(3)
    for name in ("a", "b", "c"):
        sources.write(f"{name}/lakemedel/kontakter.csv", [*rows, contact(name)])
    [line] = told(sources.build())
    assert line.startswith(
        "a/lakemedel/kontakter.csv and b/lakemedel/kontakter.csv and "
        "c/lakemedel/kontakter.csv: 3 times the same kontakt_id, and all are counted"
    )


def test_other_ids_of_other_producers_are_nothing_to_tell(tmp_path):
    sources = Sources(tmp_path)
    for name in ("a", "b"):
        sources.write(f"{name}/lakemedel/kontakter.csv", contacts(3))
    assert told(sources.build()) == []
