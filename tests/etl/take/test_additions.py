"""A file that only adds, by its name, replaces the same observations and no others."""

import pytest

from etl.files.find import layout_of
from kpi.errors import SourceError
from tests.etl.rows import (
    CLINIC,
    SECOND_CLINIC,
    Sources,
    case,
    contact,
    observation,
    prevalence,
)

RATE, ALL, BAD = "bhk_all_correct", "11111111", "01111111"


def observed(first: int, last: int, items: str = ALL, **changes: str):
    return [
        observation(items, observations_id=f"obs-{n}", **changes)
        for n in range(first, last + 1)
    ]


def counted(built) -> tuple[int, int]:
    """Return how many observations of the clinic are all correct, and how many all."""
    loads = "(SELECT load_id FROM build_load WHERE build_id = :build)"
    [(correct, every)] = built.rows(
        "SELECT count(*) FILTER (alla_ratt), count(*) FROM bhk WHERE enhet_id = :unit "
        f"AND load_id IN {loads} AND (load_id, row_number) NOT IN (SELECT (load_id, "
        f"row_number) FROM superseded WHERE by_load_id IN {loads})",
        unit=CLINIC,
        build=built.build_id,
    )
    return correct, every


@pytest.mark.parametrize(
    "name", ["bhk_tillagg_v37.csv", "bhk tillägg.csv", "BHK_TILLAGG.XLSX"]
)
def test_the_name_says_that_a_file_only_adds(tmp_path, name):
    layout = layout_of(tmp_path / "bhk" / name)
    assert layout is not None
    assert layout.replaces == ("observations_id",)
    assert "observations_id" in layout.required


@pytest.mark.parametrize("place", ["bhk/bhk_webb.csv", "ppm/ppm_tillagg.csv"])
def test_other_files_are_the_whole_of_their_units_and_months(tmp_path, place):
    layout = layout_of(tmp_path / place)
    assert layout is not None
    assert "observations_id" not in layout.required
    assert "enhet_id" in layout.replaces


def test_additions_add_and_mend_and_what_they_do_not_hold_stands(tmp_path):
    """Ten, then one new and one that is mended: eleven, of which one is not correct."""
    sources = Sources(tmp_path)
    sources.write("bhk/bhk_webb.csv", observed(1, 10))
    assert counted(sources.build(accepted=None)) == (10, 10)
    sources.write("bhk/bhk_tillagg_1.csv", [*observed(11, 11), *observed(3, 3, BAD)])
    built = sources.build(accepted=None)
    assert counted(built) == (10, 11)
    assert built.result.losses == []
    # The same additions again, in the next export, are no more.
    sources.write("bhk/bhk_tillagg_2.csv", [*observed(11, 12), *observed(3, 3)])
    assert counted(sources.build(accepted=None)) == (12, 12)


def test_the_order_of_files_read_at_once_is_that_of_their_age(tmp_path):
    sources = Sources(tmp_path)
    sources.write("bhk/bhk_webb.csv", observed(1, 10))
    sources.write("bhk/bhk_tillagg_1.csv", observed(3, 3, BAD))
    sources.write("bhk/bhk_a.csv", observed(1, 4, enhet_id=SECOND_CLINIC))
    assert counted(sources.build(accepted=None)) == (9, 10)


def test_rows_that_cannot_be_told_apart_are_replaced_and_that_is_told(tmp_path):
    sources = Sources(tmp_path)
    march = [observation()] * 10
    april = [observation(matdatum="2026-04-02")] * 3
    sources.write("bhk/bhk_webb.csv", [*march, *april])
    sources.write("bhk/bhk_tillagg.csv", observed(1, 2))
    built = sources.build(accepted=None)
    assert counted(built) == (5, 5), "two of March, three of April"
    assert built.result.losses == [
        "bhk/bhk_tillagg.csv: brings 2 rows and replaces 10 of bhk/bhk_webb.csv; see "
        "whether it is the whole of its units and months; if it only adds, put tillagg "
        "in its name and observations_id in every row, of older files too"
    ]


def test_a_newer_file_that_replaces_more_than_it_brings_is_told_once(tmp_path):
    sources = Sources(tmp_path)
    sources.write("bhk/bhk_webb.csv", [observation()] * 10)
    sources.build(accepted=None)
    sources.write("bhk/bhk_webb_2.csv", [observation()] * 6)
    [told] = sources.build(accepted=None).result.losses
    assert told.startswith(
        "bhk/bhk_webb_2.csv: brings 6 rows and replaces 10 of bhk/bhk_webb.csv; "
    )
    sources.write("ppm/ppm.csv", [prevalence("20", "3")])
    assert sources.build(accepted=None).result.losses == []


def test_additions_need_to_tell_observations_apart(tmp_path):
    sources = Sources(tmp_path)
    sources.write("bhk/bhk_tillagg.csv", [observation()])
    with pytest.raises(SourceError, match="missing column observations_id"):
        sources.build()
    rows = [*observed(1, 2), *observed(2, 2), observation(observations_id="")]
    sources.write("bhk/bhk_tillagg.csv", rows)
    built = sources.build()
    reasons = [row[3] for row in built.rejections("bhk/bhk_tillagg.csv")]
    assert reasons == ["duplicate", "missing_value"]


def test_cases_and_contacts_are_added_by_their_own_ids(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", [case("a"), case("b")])
    sources.write("svf/svf_fall_tillagg.csv", [case("c")])
    sources.write("lakemedel/kontakter.csv", [contact("a"), contact("b")])
    sources.write("lakemedel/kontakter_tillagg.csv", [contact("b"), contact("c")])
    built = sources.build(accepted=None)
    assert built.rows("SELECT count(*) FROM superseded") == [(1,)]


def test_a_file_that_is_named_otherwise_is_read_anew(tmp_path):
    sources = Sources(tmp_path)
    sources.write("bhk/bhk_1.csv", observed(1, 10))
    newer = sources.write("bhk/bhk_2.csv", observed(11, 16))
    assert counted(sources.build(accepted=None)) == (6, 6)
    newer.rename(newer.with_name("bhk_tillagg_2.csv"))
    assert counted(sources.build(accepted=None)) == (16, 16)
