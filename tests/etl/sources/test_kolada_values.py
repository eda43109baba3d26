"""Kolada's yearly values: benchmarks, and ranks among the regions."""

import json
from pathlib import Path

import pytest

from kpi.vocabulary import KOLADA_REGIONS, NATION
from tests.etl.rows import REGION, Built, Sources, csv_text, kolada, tree, unit

REAL = Path(__file__).parents[3].parent / "shared/data/kolada_region_values.csv"


def benchmark(built: Built, indicator: str, region: str, year: int) -> tuple:
    [found] = built.rows(
        "SELECT value, rank, regions FROM benchmark WHERE build_id = :build_id"
        " AND indicator = :indicator AND kolada_region_id = :region AND year = :year",
        build_id=built.build_id,
        indicator=indicator,
        region=region,
        year=year,
    )
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Five regions: 90, 88, 88, 84.7 (0010) and 80; 0003 has no value in 2026."""
    sources = Sources(tmp_path_factory.mktemp("kolada"))
    sources.write(
        "kolada/varden.csv",
        [
            kolada("N79178", "0001", "2026", "90"),
            kolada("N79178", "0004", "2026", "88"),
            kolada("N79178", "0007", "2026", "88,0"),
            kolada("N79178", "0010", "2026", "84.7"),
            kolada("N79178", "0012", "2026", "80"),
            kolada("N79178", "0000", "2026", "86"),
            kolada("N79178", "0003", "2026", "-"),
            kolada("N79178", "0001", "2025", "85,4"),
            kolada("N79178", "0010", "2025", "85,4"),
            kolada("N79178", "0012", "2025", "85,3"),
            kolada("N79198", "0010", "2025", "40"),
            kolada("N79198", "0000", "2025", "47"),
            kolada("N79093", "0010", "2025", "1"),
            kolada("N79198", "0010", "2027", "40"),
            kolada("N79198", "0010", "2024", "140"),
            kolada("N70643", "0010", "2024", "103,3"),
            kolada("79198", "0010", "2024", "40"),
            kolada("N79198", "10", "2024", "40"),
            # Two municipalities and a county that is no more, better than any region.
            kolada("N79178", "0180", "2026", "99"),
            kolada("N79178", "1080", "2026", "98"),
            kolada("N79178", "0011", "2026", "97"),
        ],
    )
    return sources.build()


def test_the_rank_is_the_place_among_regions_with_a_value(built):
    one = built.outcome("prem_svf_rank", REGION, "2026")
    # behind 90, 88 and 88; Riket is no region and 0003 has no value
    assert (one["value"], one["denominator"]) == (4, 5)
    assert (one["numerator"], one["lower"], one["upper"]) == (None, None, None)


def test_ties_share_the_better_place(built):
    assert benchmark(built, "prem_svf_overall", "0004", 2026) == (88.0, 2, 5)
    assert benchmark(built, "prem_svf_overall", "0007", 2026) == (88.0, 2, 5)
    assert benchmark(built, "prem_svf_overall", "0010", 2026) == (84.7, 4, 5)
    assert built.outcome("prem_svf_rank", REGION, "2025")["value"] == 1


def test_riket_is_a_benchmark_without_a_rank(built):
    assert benchmark(built, "prem_svf_overall", "0000", 2026)[:2] == (86.0, None)


def test_rank_four_is_better_than_twenty(built):
    one = built.outcome("prem_svf_rank", REGION, "2026")
    assert (one["target"], one["target_rule"]) == (20.0, "better_rank_than")
    assert one["status"] == "met"
    # the target holds from 2026
    assert built.outcome("prem_svf_rank", REGION, "2025")["status"] == "no_target"


def test_values_that_cannot_be_are_rejections(built):
    assert built.rejections("kolada/varden.csv") == [
        (8, "value", "-", "missing_value"),
        (15, "year", "2027", "future_date"),
        (16, "value", "140", "out_of_range"),
        (18, "kpi", "79198", "unknown_code"),
        (19, "kolada_region_id", "10", "unknown_code"),
        (20, "kolada_region_id", "0180", "not_a_region"),
        (21, "kolada_region_id", "1080", "not_a_region"),
        (22, "kolada_region_id", "0011", "not_a_region"),
    ]
    # inclusion may exceed 100
    assert benchmark(built, "svf_inclusion", "0010", 2024)[0] == 103.3


@pytest.mark.parametrize(("better", "status"), [(18, "met"), (19, "not_met")])
def test_rank_nineteen_is_better_than_twenty_and_twenty_is_not(
    tmp_path, better, status
):
    sources = Sources(tmp_path)
    others = [one for one in KOLADA_REGIONS if one not in (NATION, "0010")]
    regions = others[:better]
    sources.write(
        "kolada/varden.csv",
        [
            *(kolada("N79178", region, "2026", "90") for region in regions),
            kolada("N79178", "0010", "2026", "84,7"),
            kolada("N79178", others[better], "2026", "84,2"),
        ],
    )
    one = sources.build().outcome("prem_svf_rank", REGION, "2026")
    assert (one["value"], one["status"]) == (better + 1, status)


def figure(kpi: str, region: str, year: int, value: float | None) -> dict:
    one = {"gender": "T", "status": "", "value": value, "isdeleted": False}
    return {"kpi": kpi, "municipality": region, "period": year, "values": [one]}


def answer(*figures: dict) -> str:
    """Return a file as `etl fetch kolada` writes it."""
    regions = sorted({one["municipality"] for one in figures})
    return json.dumps(
        {
            "source": "https://api.kolada.se/v3",
            "genders": ["T"],
            "municipalities": [
                {"id": one, "title": f"Region {one}"} for one in regions
            ],
            "values": list(figures),
        }
    )


def test_json_as_fetched_gives_the_same_as_csv(tmp_path):
    sources = Sources(tmp_path)
    sources.write(
        "kolada/kolada_20260820T120000Z_0123456789ab.json",
        answer(
            figure("N79178", "0010", 2025, 84.7),
            figure("N79178", "0012", 2025, 84.2),
            figure("N79178", "0001", 2025, 90.9),
            figure("N79178", "0000", 2025, 86.4),
        ),
    )
    built = sources.build()
    assert built.outcome("prem_svf_rank", REGION, "2025")["value"] == 2
    assert benchmark(built, "prem_svf_overall", "0000", 2025)[0] == 86.4
    [title] = built.rows(
        "SELECT DISTINCT region FROM kolada WHERE year = 2025"
        " AND kolada_region_id = '0012'"
    )
    assert title == ("Region 0012",)


def test_a_figure_without_a_value_is_a_rejection_in_json_as_in_csv(tmp_path):
    sources = Sources(tmp_path)
    name = "kolada/kolada_20260820T120000Z_0123456789ab.json"
    sources.write(
        name,
        answer(
            figure("N79178", "0010", 2025, 84.7), figure("N79178", "0012", 2025, None)
        ),
    )
    assert sources.build().load(name) == (2, 1, 1)


def test_a_later_file_replaces_a_regions_value_of_a_year(tmp_path):
    sources = Sources(tmp_path)
    sources.write("kolada/a.csv", [kolada("N79198", "0010", "2025", "40")])
    sources.write("kolada/b.json", answer(figure("N79198", "0010", 2025, 41.0)))
    built = sources.build()
    assert benchmark(built, "svf_lead_time", "0010", 2025)[0] == 41.0


def test_json_that_is_cut_off_is_refused_in_words(tmp_path):
    from kpi.errors import SourceError

    sources = Sources(tmp_path)
    whole = answer(figure("N79178", "0010", 2025, 84.7))
    sources.write("kolada/kolada.json", whole[: len(whole) // 2])
    with pytest.raises(SourceError, match=r"kolada/kolada\.json: cannot be read as an"):
        sources.build()


@pytest.mark.skipif(not REAL.exists(), reason=f"{REAL.name} is not beside the project")
def test_the_published_ranks_of_blekinge_come_out(tmp_path):
    sources = Sources(tmp_path)
    sources.write("kolada/kolada.csv", REAL.read_bytes())
    built = sources.build()
    for year, rank in (("2025", 20), ("2024", 19)):
        one = built.outcome("prem_svf_rank", REGION, year)
        assert (one["value"], one["denominator"]) == (rank, 21)
    assert benchmark(built, "svf_lead_time", "0010", 2025)[0] == 40.0
    assert benchmark(built, "svf_lead_time", "0000", 2025)[0] == 47.0
    assert built.load("kolada/kolada.csv") == (13_603, 13_603, 0)


def test_a_region_with_a_new_name_keeps_its_rank(tmp_path):
    rows = tree()
    rows[0] |= {"giltig_till": "2025-12-31"}
    renamed = unit(REGION, "region", namn="Nytt namn", giltig_fran="2026-01-01")
    sources = Sources(tmp_path, [*rows, renamed | {"kolada_id": "0010"}])
    sources.write(
        "kolada/kolada.csv",
        [
            kolada("N79178", region, year, value)
            for year in ("2025", "2026")
            for region, value in (("0010", "84,7"), ("0001", "90"), ("0012", "80"))
        ],
    )
    built = sources.build()
    for year in ("2025", "2026"):
        assert built.outcome("prem_svf_rank", REGION, year)["value"] == 2


def test_one_or_two_regions_are_no_ranking(tmp_path):
    sources = Sources(tmp_path)
    sources.write(
        "kolada/kolada.csv",
        [
            kolada("N79178", "0010", "2025", "84,7"),
            kolada("N79178", "0001", "2025", "90"),
            kolada("N79178", "0000", "2025", "86"),
        ],
    )
    built = sources.build()
    assert benchmark(built, "prem_svf_overall", "0010", 2025) == (84.7, None, None)


def test_the_csv_form_is_known_by_its_columns_in_any_order(tmp_path):
    sources = Sources(tmp_path)
    rows = [dict(reversed(kolada("N79198", "0010", "2025", "40").items()))]
    sources.write("kolada/kolada.csv", csv_text(rows).replace("kpi", "KPI"))
    assert benchmark(sources.build(), "svf_lead_time", "0010", 2025)[0] == 40.0
