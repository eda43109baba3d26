"""What a build is named after: the program that makes figures out of files."""

import pytest

from etl import settings

NAMES = [path.relative_to(settings.ROOT).as_posix() for path in settings._program()]


@pytest.mark.parametrize(
    "name",
    [
        "etl/take/judge.py",
        "etl/sources/svf.py",
        "etl/count/sql/7_outcomes.sql",
        "kpi/counting.py",
        "kpi/spc/chart.py",
    ],
)
def test_what_can_change_a_figure_is_in_the_name_of_a_build(name):
    assert name in NAMES


@pytest.mark.parametrize("folder", ["etl/demo/", "etl/fetch/", "app/", "tests/"])
def test_what_makes_no_figures_is_not(folder):
    assert [name for name in NAMES if name.startswith(folder)] == []
