"""A tiny file for every source, worked out on paper, through build, API and page."""

import pytest

from app.pages.indicator import page as indicator
from app.server import wsgi
from kpi.warehouse import Warehouse
from tests.app.reading import words
from tests.app.visiting import page_of
from tests.etl.rows import (
    CLINIC,
    REGION,
    Sources,
    cases,
    contacts,
    inclusion,
    kolada,
    observation,
    prem,
    prevalence,
    reported,
)

# indicator, unit, period -> numerator, denominator, value, target, status, on the page
EXPECTED = {
    # 35 days are allowed; 6 of 10 within them; 55 % locally in 2026
    ("svf_lead_time", CLINIC, "2026Q1"): (6, 10, 60, 55, "met", "60,0 %"),
    # 35 of 50 expected cases is exactly the 70 % that is aimed at
    ("svf_inclusion", REGION, "2026Q1"): (35, 50, 70, 70, "met", "70,0 %"),
    # 3 of the 8 that are due; 4 more are too young
    ("medication_reviews", CLINIC, "2026Q1"): (3, 8, 37.5, None, "no_target", "37,5 %"),
    # (30 x 80 + 10 x 70) / 40 = 77,5, against 75 last year; the year is not over
    ("prem_svf_overall", CLINIC, "2026"): (3100, 40, 77.5, 75, "not_judged", "77,5"),
    # all eight items right in 7 of 9; one had h3 not applicable
    ("bhk_compliance", CLINIC, "2026Q1"): (
        *(7, 9, 700 / 9),
        *(None, "no_target", "77,8 %"),
    ),
    # 3 of 24 inpatients had a pressure ulcer
    ("pressure_ulcers", CLINIC, "2026Q1"): (3, 24, 12.5, None, "no_target", "12,5 %"),
    # 27 of 36 said in the year's survey that they got their medicine list; all should
    ("printed_medicine_list", CLINIC, "2026"): (27, 36, 75, 100, "not_met", "75,0 %"),
    # the third of four regions, two of them level above it
    ("prem_svf_rank", REGION, "2025"): (None, 4, 3, None, "no_target", "3"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    sources = Sources(tmp_path_factory.mktemp("end_to_end"))
    due = {"alder": "75", "antal_lakemedel": "5"}
    files = {
        "svf/svf_fall.csv": [*cases(6, 35, "2026-02-10"), *cases(4, 36, "2026-03-31")],
        "svf/svf_inklusion.csv": [inclusion("2026Q1", "35", "50")],
        "lakemedel/kontakter.csv": [
            *contacts(2, kva_kod="XV015", **due),
            *contacts(1, kva_kod="AV034 XV016", **due),
            *contacts(5, **due),
            *contacts(4, kva_kod="XV015", alder="74", antal_lakemedel="5"),
        ],
        "prem/prem.csv": [
            prem("2025", "40", "75"),
            prem("2026Q1", "30", "80"),
            prem("2026Q2", "10", "70"),
        ],
        "bhk/bhk.csv": [
            *(observation("11111111") for _ in range(6)),
            observation("11-11111"),
            observation("01111111"),
            observation("11111110"),
        ],
        "ppm/ppm.csv": [prevalence("24", "3")],
        "matningar/m.csv": [
            reported("printed_medicine_list", "2026", taljare="27", namnare="36")
        ],
        "kolada/k.csv": [
            kolada("N79178", "0010", "2025", "84,7"),
            kolada("N79178", "0007", "2025", "85,2"),
            kolada("N79178", "0004", "2025", "85,2"),
            kolada("N79178", "0014", "2025", "84,2"),
            kolada("N79178", "0000", "2025", "86,4"),
        ],
    }
    for name, rows in files.items():
        sources.write(name, rows)
    return sources.build()


@pytest.mark.parametrize(("key", "expected"), EXPECTED.items(), ids=lambda one: one[0])
def test_the_same_number_in_the_build_the_api_and_on_the_page(built, key, expected):
    numerator, denominator, value, target, status, on_page = expected
    name, unit, period = key
    row = built.outcome(name, unit, period)
    assert (row["numerator"], row["denominator"]) == (numerator, denominator)

    query = {"indicator": name, "unit": unit, "period": period}
    answer = wsgi(built.path).test_client().get("/api/v1/outcomes", query_string=query)
    (one,) = answer.json["outcomes"]
    assert (one["numerator"], one["denominator"]) == (numerator, denominator)
    assert one["value"] == pytest.approx(value)
    assert (one["target"], one["status"]) == (target, status)

    chosen = {"unit": unit, "period": period, "kind": one["period_kind"]}
    page = page_of(indicator, Warehouse(built.path), chosen, {"indicator": name})
    assert on_page in words(page).replace("\N{NO-BREAK SPACE}", " ")
