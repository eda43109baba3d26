"""`python -m etl region init`: a file to begin with, of which every example is one."""

import re
from datetime import date
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.store.catalogue import load_catalogue
from kpi.region import Region, read_region

SHIPPED = Path(__file__).parents[2] / "indicators.yaml"


def written(folder: Path, *more: str) -> Path:
    path = folder / "data" / "region.yaml"
    call = ["region", "init", "--out", str(path), "--definitions", str(SHIPPED), *more]
    assert main(call) == 0
    return path


def test_it_decides_nothing_but_which_region_it_is(tmp_path, capsys):
    path = written(tmp_path, "--kolada-id", "0010")
    assert read_region(path)[0] == Region.model_validate({"kolada_id": "0010"})
    assert "edit it, then run `python -m etl check`" in capsys.readouterr().out


def test_without_a_region_it_decides_nothing(tmp_path):
    assert read_region(written(tmp_path)) is None


def test_every_example_holds_without_its_mark(tmp_path):
    path = written(tmp_path)
    path.write_text(re.sub(r"(?m)^#(?=\S|  )", "", path.read_text()))
    catalogue = load_catalogue(SHIPPED, date(2026, 11, 1), region=path)
    decided = catalogue.region.model_dump(exclude_defaults=True)
    assert decided.keys() == set(Region.model_fields)
    assert catalogue.doubts == []


def test_it_is_never_written_over_another(tmp_path, capsys):
    path = written(tmp_path)
    path.write_text("names: {svf_lead_time: Vårt}")
    call = ["region", "init", "--out", str(path), "--definitions", str(SHIPPED)]
    assert main(call) == 1
    assert "is there already, and nothing was written" in capsys.readouterr().err
    assert path.read_text() == "names: {svf_lead_time: Vårt}"


def test_a_region_that_is_none_is_told_which_there_are(tmp_path, capsys):
    with pytest.raises(SystemExit):
        written(tmp_path, "--kolada-id", "07")
    assert "0007 Region Kronoberg" in capsys.readouterr().err
