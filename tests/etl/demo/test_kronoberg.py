"""A demo of Kronoberg's shape: its units, its levels, what its own plan names."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from etl.__main__ import main
from etl.commands import build_warehouse
from etl.demo import write_demo
from etl.demo.pathways import PATHWAYS
from etl.demo.regions import KRONOBERG, MERGED_CENTRE
from etl.demo.stories import STORIES
from kpi.definitions import Definitions, load_definitions
from kpi.measures import ReportedMeasure
from kpi.model import Lifecycle
from tests.etl.demo.test_demo import looks_like_a_person, read
from tests.etl.rows import SHIPPED, Built

REGION = "SE2321000065-DEMO001"


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions(SHIPPED)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Path:
    """Two years of all units; faults are planted in the first of them."""
    folder = tmp_path_factory.mktemp("kronoberg")
    write_demo(folder, definitions, region=KRONOBERG, years=2)
    return folder


@pytest.fixture(scope="module")
def built(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    path = tmp_path_factory.mktemp("built") / "kronoberg.duckdb"
    result, _ = build_warehouse(folder, path, SHIPPED, as_of=date(2026, 11, 1))
    return Built(path, result)


@pytest.fixture(scope="module")
def units(folder: Path) -> pd.DataFrame:
    return read(folder / "enheter/enheter_demo.csv").drop_duplicates(
        "unit", keep="last"
    )


def test_it_has_the_regions_units(units: pd.DataFrame) -> None:
    assert units["typ"].value_counts().to_dict() == {
        "region": 1,
        "omrade": 4,
        "sjukhus": 2,
        "klinik": 16,
        "vardcentral": 33,
        "avdelning": 15,
        "folktandvard": 17,
    }
    top = units[units["typ"] == "region"].iloc[0]
    assert (top["namn"], top["kolada_id"]) == ("Region Kronoberg", "0007")
    assert set(units["namn"][units["typ"] == "sjukhus"]) == {
        "Centrallasarettet Växjö",
        "Lasarettet Ljungby",
    }
    clinics = " ".join(units["namn"][units["typ"] == "klinik"])
    assert "Vuxenpsykiatriska kliniken" in clinics
    assert "Rättspsykiatriska regionkliniken" in clinics
    ended = units[units["giltig_till"] != ""]
    assert set(ended["namn"]) == {MERGED_CENTRE}


def test_its_ids_are_its_own_and_cannot_exist(units: pd.DataFrame) -> None:
    assert units["unit"].str.fullmatch(r"SE2321000065-DEMO\d{3}").all()
    assert not set(units["unit"]) & set(KRONOBERG.unknown_units)


def test_every_unit_is_called_something_else(units: pd.DataFrame) -> None:
    assert units["namn"].is_unique
    # Whatever something happens to is in every region.
    for story in STORIES:
        if story.subject and story.subject not in {pathway.id for pathway in PATHWAYS}:
            assert story.subject in set(units["namn"]), story.id


@pytest.mark.parametrize("number", [8, 21, 60, 120])
def test_it_can_be_of_any_size(
    tmp_path: Path, definitions: Definitions, number: int
) -> None:
    write_demo(tmp_path, definitions, region=KRONOBERG, units=number, years=1)
    rows = read(tmp_path / "enheter/enheter_demo.csv")
    ids = set(rows["unit"])
    assert len(ids) == number
    assert set(rows["overordnad"]) <= ids | {""}
    assert rows["unit"][rows["overordnad"] == ""].tolist() == [REGION]


def test_the_same_seed_gives_the_same_bytes(
    tmp_path: Path, definitions: Definitions
) -> None:
    made = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        written = write_demo(
            *(tmp_path / name, definitions),
            **{"region": KRONOBERG, "units": 12, "years": 1, "seed": seed},
        )
        made.append({file: (tmp_path / name / file).read_bytes() for file in written})
    assert made[0] == made[1]
    assert all(made[0][name] != made[2][name] for name in made[0] if "fall" in name)


def test_only_what_was_meant_is_rejected(built: Built) -> None:
    # Each fault that is planted, in the files of each dataset.
    assert built.result.rejections == {
        "duplicate": 4,  # cases, contacts, surveys, reports
        "future_date": 2,  # a contact, a case
        "missing_value": 7,  # an item, 3 contacts, 2 scores, a report
        "negative_lead_time": 1,
        "not_a_date": 1,
        "not_a_number": 1,
        "numerator_over_denominator": 1,
        "out_of_range": 3,  # a contact, a score, a report
        "overlapping_period": 4,  # the quarters beside their year
        "unknown_code": 4,  # 2 items, a measurement, a category
        "unknown_unit": 9,  # an observation, and 2 of each other dataset with any
    }
    unknown = built.rows(
        "SELECT DISTINCT value FROM rejection WHERE reason = 'unknown_unit'"
    )
    assert {unit for (unit,) in unknown} == set(KRONOBERG.unknown_units)


def test_it_says_that_it_is_a_demo(built: Built) -> None:
    assert built.rows("SELECT is_demo FROM build") == [(True,)]


def test_what_its_own_plan_names_is_reported_and_nothing_else(
    folder: Path, definitions: Definitions
) -> None:
    named = {
        indicator.id
        for indicator in definitions.indicators
        if isinstance(indicator.measure, ReportedMeasure)
        and indicator.lifecycle is Lifecycle.ACTIVE
        and "patient_safety_kronoberg" in {place.plan for place in indicator.plans}
    }
    assert len(named) > 40
    files = (folder / "matningar").iterdir()
    rows = pd.concat([read(path) for path in files])
    assert set(rows["indikator"]) == named


def test_every_active_indicator_of_its_plan_has_a_value(
    built: Built, definitions: Definitions
) -> None:
    with_value = built.rows(
        "SELECT DISTINCT indicator FROM outcome WHERE unit = :region"
        " AND value IS NOT NULL",
        region=REGION,
    )
    active = {
        indicator.id
        for indicator in definitions.indicators
        if indicator.lifecycle is Lifecycle.ACTIVE
        and "patient_safety_kronoberg" in {place.plan for place in indicator.plans}
    }
    # Every second year, in the year that the demo does not reach the end of.
    later = {"npe_primary_care", "npe_emergency_care"}
    assert active - {indicator for (indicator,) in with_value} == later


# Published for Kronoberg in Kolada: N79198, N70641 and N70642 (2023), U79134,
# U70425, U79149.
@pytest.mark.parametrize(
    ("indicator", "level", "within"),
    [
        ("svf_lead_time", 49, 4),
        ("adverse_events_injuries_somatic", 9.2, 2),
        ("adverse_events_preventable_somatic", 5.1, 1.2),
        ("displaced_patients_somatic", 3.6, 0.6),
        ("overcrowding_somatic", 0.8, 0.3),
        ("overcrowding_psychiatric", 0, 0),
    ],
)
def test_it_is_at_the_published_level(
    built: Built, indicator: str, level: float, within: float
) -> None:
    value = built.outcome(indicator, REGION, "2025")["value"]
    assert value == pytest.approx(level, abs=within)


def test_forensic_psychiatry_answers_for_itself(
    built: Built, units: pd.DataFrame
) -> None:
    rows = built.rows(
        "SELECT DISTINCT indikator, enhet_id FROM matningar WHERE indikator LIKE"
        " 'adverse_events_injuries_%'"
    )
    names = dict(zip(units["unit"], units["namn"], strict=True))
    by: dict[str, set[str]] = {
        "forensic": set(),
        "psychiatric": set(),
        "somatic": set(),
    }
    for indicator, unit in rows:
        by[indicator.rpartition("_")[2]].add(names[unit])
    assert by["forensic"] == {"Rättspsykiatriska avdelningen"}
    assert by["psychiatric"] == {
        "Psykiatriavdelningen",
        "Akutpsykiatriska avdelningen",
    }
    assert not any("sykiatri" in name for name in by["somatic"])


def test_nearly_all_patients_live_in_its_county(folder: Path) -> None:
    counties = read(folder / "svf/svf_fall_demo_2026.csv")["lan"]
    assert counties.value_counts(normalize=True)["07"] > 0.9


def test_nothing_looks_like_a_person(folder: Path) -> None:
    for path in (folder / "svf").iterdir():
        frame = read(path)
        for column in frame:
            assert not any(map(looks_like_a_person, frame[column].unique()))


def test_the_command_writes_each_region_to_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    small = ["demo", "--units", "8", "--years", "1", "--definitions", str(SHIPPED)]
    assert main([*small, "--region", "kronoberg"]) == 0
    assert "data/demo-kronoberg: " in capsys.readouterr().out
    rows = read(tmp_path / "data/demo-kronoberg/enheter/enheter_demo.csv")
    assert rows["namn"][0] == "Region Kronoberg"
    assert main(small) == 0
    rows = read(tmp_path / "data/demo/enheter/enheter_demo.csv")
    assert rows["namn"][0] == "Region Blekinge"


def test_a_region_that_has_no_demo_is_refused() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["demo", "--region", "skane"])
    assert stopped.value.code == 2
