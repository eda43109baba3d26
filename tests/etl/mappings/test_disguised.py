"""Rows in the dress of any system become the same facts and outcomes by a mapping."""

import csv
from random import Random

import pytest
import yaml

from etl.files.find import layout_of
from kpi.vocabulary import DatasetName
from tests.etl.mappings.disguise import as_csv, disguised
from tests.etl.rows import Sources, everything

_UNCHANGED = ("enheter", "kolada")


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    sources = everything(tmp_path_factory.mktemp("plain"))
    return sources, sources.build()


@pytest.mark.parametrize("seed", range(8))
def test_a_disguised_file_gives_the_same_outcomes(plain, seed, tmp_path):
    random = Random(seed)
    own_form, built = plain
    sources = Sources(tmp_path)
    names = {
        row["enhet_id"]: row["namn"]
        for row in read(own_form.folder / "enheter/enheter.csv")
    }
    mappings = []
    for path in sorted(own_form.folder.rglob("*.csv")):
        layout = layout_of(path)
        name = path.relative_to(own_form.folder).as_posix()
        if layout.dataset in (DatasetName.UNITS, DatasetName.KOLADA):
            sources.write(name, path.read_bytes())
            continue
        is_workbook = random.random() < 0.4
        suffix = "xlsx" if is_workbook else random.choice(("csv", "txt"))
        disguise = f"system/{path.stem}.{suffix}"
        sheets, mapping = disguised(read(path), layout, names, disguise, random)
        mappings.append(mapping)
        if is_workbook:
            sources.write_workbook(
                disguise, {k or "Blad": v for k, v in sheets.items()}
            )
        else:
            sources.write(disguise, as_csv(sheets[""], random))
    sources.write_mapping("system", yaml.safe_dump({"files": mappings}))
    again = sources.build()
    assert rejected(again) == rejected(built) == []
    assert outcomes(again) == outcomes(built)


def rejected(built):
    return built.rows("SELECT file, message FROM rejection JOIN load USING (load_id)")


def outcomes(built):
    return built.rows(
        "SELECT COLUMNS(* EXCLUDE (build_id)) FROM outcome"
        ' ORDER BY indicator, unit, period_kind, period, "by", by_value'
    )
