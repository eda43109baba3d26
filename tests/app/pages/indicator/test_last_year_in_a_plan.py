"""From files to page and API: better than last year, in a plan's first and last."""

from datetime import date

import flask
import pytest

from app.pages.indicator import page as indicator_page
from app.site.api import register_api
from app.words.language import speaking
from kpi.warehouse import Warehouse
from tests.app.reading import words
from tests.app.visiting import page_of
from tests.etl.rows import REGION, Sources, indicator, reported, target

AS_OF = date(2028, 2, 1)
VALUES = {
    "known": {"2024": 80, "2025": 82, "2026": 81, "2027": 83},
    "begun": {"2025": 82, "2026": 82, "2027": 80},
}
"""Of each 100: the second has nothing from the year before the plan."""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    sources = Sources(tmp_path_factory.mktemp("plan"))
    better = target(None, "2025", rule="better_than_last_year", until="2026")
    defined = [
        indicator(name, frequency="yearly", unit_kinds=["region"], targets=[better])
        for name in VALUES
    ]
    sources.define_alone(*defined)
    sources.write(
        "matningar/years.csv",
        [
            reported(name, year, taljare=f"{met}", namnare="100", enhet_id=REGION)
            for name, years in VALUES.items()
            for year, met in years.items()
        ],
    )
    return Warehouse(sources.build(AS_OF).path)


@pytest.fixture(scope="module")
def client(warehouse):
    server = flask.Flask("test")
    register_api(server, warehouse)
    return server.test_client()


@pytest.mark.parametrize(
    ("name", "year", "told"),
    [
        ("known", "2024", (None, "no_target", None)),
        ("known", "2025", (80, "met", None)),
        ("known", "2026", (82, "not_met", None)),
        ("known", "2027", (None, "no_target", "2026")),
        ("begun", "2025", (None, "no_target", None)),
        ("begun", "2026", (82, "not_met", None)),
        ("begun", "2027", (None, "no_target", "2026")),
    ],
)
def test_each_year_is_held_to_the_one_before_it_and_none_after_the_plan(
    client, name, year, told
):
    query = f"indicator={name}&unit={REGION}&period={year}"
    [row] = client.get(f"/api/v1/outcomes?{query}").get_json()["outcomes"]
    assert (row["target"], row["status"], row["ended_in"]) == told


@pytest.mark.parametrize(
    ("name", "year", "said"),
    [
        ("known", "2025", ("82,0 %", "bättre än i fjol (80,0 %)", "Når målet")),
        ("known", "2026", ("81,0 %", "bättre än i fjol (82,0 %)", "Når inte målet")),
        ("known", "2027", ("83,0 %", "gällde 2026", "nåddes inte")),
        ("begun", "2026", ("82,0 %", "bättre än i fjol (82,0 %)", "Når inte målet")),
    ],
)
def test_the_page_says_the_same(warehouse, name, year, said):
    with speaking("sv"):
        page = page_of(
            indicator_page,
            warehouse,
            {"unit": REGION, "period": year},
            {"indicator": name},
        )
    text = words(page)
    assert [part for part in said if part not in text] == [], text[:1500]
