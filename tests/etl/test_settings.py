"""What a build is named after, and how much of the machine it may take."""

import pytest

from etl import settings
from kpi.errors import SettingError

NAMES = [path.relative_to(settings.ROOT).as_posix() for path in settings._program()]


@pytest.mark.parametrize(
    "name",
    [
        "etl/take/judge.py",
        "etl/sources/svf.py",
        "etl/count/sql/8_outcomes.sql",
        "kpi/counting.py",
        "kpi/spc/chart.py",
    ],
)
def test_what_can_change_a_figure_is_in_the_name_of_a_build(name):
    assert name in NAMES


@pytest.mark.parametrize("folder", ["etl/demo/", "etl/fetch/", "app/", "tests/"])
def test_what_makes_no_figures_is_not(folder):
    assert [name for name in NAMES if name.startswith(folder)] == []


@pytest.mark.parametrize(("given", "threads"), [("", None), ("1", 1), ("12", 12)])
def test_the_engine_takes_as_many_cores_as_it_may(monkeypatch, given, threads):
    monkeypatch.setenv("MALBILD_THREADS", given)
    assert settings.threads() == threads


@pytest.mark.parametrize("given", ["0", "-1", "two", "1.5", " "])
def test_a_number_of_cores_that_is_none_is_named(monkeypatch, given):
    monkeypatch.setenv("MALBILD_THREADS", given)
    with pytest.raises(SettingError, match=f"MALBILD_THREADS='{given}'.*whole number"):
        settings.threads()


@pytest.mark.parametrize("written", ["4GB", "512 MiB", "1.5gb", " 900MB "])
def test_an_amount_of_memory_is_taken(monkeypatch, written):
    monkeypatch.setenv("MALBILD_MEMORY_LIMIT", written)
    assert settings.memory_limit() == written.strip()


@pytest.mark.parametrize("written", ["", "  ", None])
def test_no_amount_is_the_usual_one(monkeypatch, written):
    monkeypatch.delenv("MALBILD_MEMORY_LIMIT", raising=False)
    if written is not None:
        monkeypatch.setenv("MALBILD_MEMORY_LIMIT", written)
    assert settings.memory_limit() == "1400MB"


@pytest.mark.parametrize("written", ["50%", "abc", "0", "0GB", "-1GB", "4", "1,5GB"])
def test_what_is_no_amount_names_the_setting(monkeypatch, written):
    monkeypatch.setenv("MALBILD_MEMORY_LIMIT", written)
    with pytest.raises(SettingError) as refused:
        settings.memory_limit()
    assert str(refused.value).startswith(
        f"MALBILD_MEMORY_LIMIT={written!r}: expected an amount of memory such as "
    )
