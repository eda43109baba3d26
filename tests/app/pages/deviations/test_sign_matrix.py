import io
import json

import flask
import pandas as pd
import pytest

from app.pages.deviations import page as page_module
from app.site.api import register_api, register_exports
from app.words.language import speaking
from kpi.period import Period, PeriodKind
from tests import builders as make
from tests.app.api.test_exports import unpacked
from tests.app.pages.deviations.test_deviations import (
    INDICATORS,
    OTHER,
    ROWS,
    listed,
    page,
)
from tests.app.reading import components, hrefs, of_type, table_rows, words
from tests.app.visiting import page_of
from tests.builders import CLINIC, HOSPITAL, REGION, SECOND_CLINIC

XLSX = "/export/deviations.xlsx"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return make.warehouse(tmp_path_factory.mktemp("signals"), ROWS, INDICATORS)


@pytest.fixture(scope="module")
def client(filled):
    return serving(filled)


def serving(warehouse):
    server = flask.Flask("test")
    register_api(server, warehouse)
    register_exports(server, warehouse)
    return server.test_client()


def matrix(warehouse, **params):
    return page_of(page_module, warehouse, {"view": "matrix"} | params)


def cells(shown):
    """Each cell of the matrix with a link: (indicator, unit) -> (symbols, words)."""
    (table,) = of_type(shown, "Table")
    units = [one.title for one in of_type(of_type(table, "Thead"), "Th")[1:]]
    found = {}
    for row in of_type(of_type(table, "Tbody"), "Tr"):
        name, *rest = row.children if isinstance(row.children, list) else [row.children]
        for unit, cell in zip(units, rest, strict=False):
            for anchor in of_type(cell, "A"):
                said = getattr(anchor, "aria-label")
                found[words(name), unit] = (words(anchor), said, anchor.href)
    return found


def sheet(client, **params):
    answer = client.get(XLSX, query_string=params)
    assert answer.status_code == 200, answer.text
    book = pd.read_excel(
        io.BytesIO(answer.data), sheet_name=None, engine="calamine", dtype=object
    )
    return [one.fillna("") for one in book.values()]


# The matrix


def test_each_series_that_can_be_judged_is_a_cell_with_its_words(filled):
    assert cells(matrix(filled)) == {
        ("Annat mått", "Kirurgkliniken"): (
            "●",
            "Oförändrat",
            f"/analys/styrdiagram?indicator={OTHER}&unit={CLINIC}&period=2026Q3",
        ),
        ("Annat mått", "Kvinnokliniken"): (
            "▼",
            "Sämre",
            f"/analys/styrdiagram?indicator={OTHER}&unit={SECOND_CLINIC}&period=2026Q3",
        ),
    }


def test_with_a_target_the_cell_says_whether_it_holds(tmp_path):
    rows = [
        make.outcome(
            unit=CLINIC,
            period=f"{2024 + at // 12}-{at % 12 + 1:02}",
            numerator=70.0 + at % 3,
            value=70.0 + at % 3,
            status="met",
        )
        for at in range(33)
    ]
    rows += [make.outcome(unit=CLINIC, value=71.0, numerator=71.0, status="met")]
    indicator = make.indicator(breaks=[])
    held = make.warehouse(tmp_path, rows, [indicator])
    ((said, *_),) = cells(matrix(held)).values()
    assert said == "●✓"
    ((_, read, _),) = cells(matrix(held)).values()
    assert read == "Oförändrat, klarar målet stadigt"


def test_a_series_too_short_beside_one_that_is_not_is_a_dash_with_its_reason(tmp_path):
    few = make.outcome(indicator=OTHER, unit=REGION, target=None, target_rule=None)
    found = cells(
        matrix(make.warehouse(tmp_path, [*ROWS, few, *_charted(few)], INDICATORS))
    )
    assert found["Annat mått", "Region Demo"][:2] == (
        "–",
        "Kan inte bedömas: 1 mätpunkt av minst 10",
    )
    assert ("Ledtid i vårdförlopp", "Sjukhuset") not in found


def _charted(few):
    """Months that let the lead time of the region be judged, so that it is a column."""
    return [
        make.outcome(
            period=f"{2024 + at // 12}-{at % 12 + 1:02}", numerator=40.0 + at % 3
        )
        for at in range(33)
    ]


def test_the_matrix_follows_what_was_chosen(filled):
    assert {unit for _, unit in cells(matrix(filled, unit=CLINIC))} == {
        "Kirurgkliniken"
    }
    assert "Ingen serie i urvalet" in words(matrix(filled, area="cancer"))
    assert "Ingen serie i urvalet" in words(matrix(filled, unit_kind="region"))


def test_signals_are_counted_beside_chance_in_both_views(filled):
    for shown in (matrix(filled), page(filled)):
        assert (
            "Av 2 serier som går att bedöma har 1 ändrats: 1 har blivit sämre"
            in words(shown)
        )


def test_every_symbol_is_explained_in_words(filled):
    (legend,) = [
        one
        for one in of_type(matrix(filled), "Div")
        if getattr(one, "className", "") == "legends"
    ]
    assert [words(one) for one in of_type(legend, "H3")] == [
        "Första tecknet: har något förändrats?",
        "Andra tecknet, där det finns ett fast mål: klaras det stadigt?",
        "Utan tecken",
    ]
    said = words(legend)
    for symbol, meaning in (
        ("▼", "Sämre"),
        ("▲", "Bättre"),
        ("●", "Oförändrat"),
        ("✓", "Klarar målet stadigt"),
        ("~", "Målet: slumpen avgör"),
        ("✗", "Klarar inte målet"),
        ("–", "kan inte bedömas"),
    ):
        assert f"{symbol} {meaning}" in said


def test_four_hundred_cells_are_plain_html(tmp_path):
    units = [
        *make.UNITS[:2],
        *(
            make.unit(f"SE2321000081-W{at:02}", f"Avdelning {at}", "avdelning")
            | {"parent_id": HOSPITAL, "depth": 2, "tree_order": 10 + at}
            for at in range(20)
        ),
    ]
    many = [
        make.indicator(
            id=f"measure_{at}", name=make.words(f"Mått {at}"), targets=[], breaks=[]
        )
        for at in range(20)
    ]
    quarter = Period.parse("2026Q3")
    months = [
        Period(PeriodKind.MONTH, at, at)
        for at in range(quarter.last - 11, quarter.last + 1)
    ]
    rows = [
        make.outcome(
            indicator=one.id,
            unit=unit["unit_id"],
            period=str(period),
            numerator=50.0 + at % 5,
            value=50.0 + at % 5,
            target=None,
            target_rule=None,
            status="no_target",
        )
        for one in many
        for unit in units[2:]
        for at, period in enumerate([*months, quarter])
    ]
    shown = matrix(make.warehouse(tmp_path, rows, many, units=units))
    assert len(cells(shown)) == 400
    assert of_type(shown, "Graph") == []
    assert len(list(components(shown))) < 2000
    assert len(json.dumps(shown.to_plotly_json(), default=_plain)) < 400_000


def _plain(part):
    return part.to_plotly_json() if hasattr(part, "to_plotly_json") else str(part)


# Views in the address


def test_the_view_is_in_the_address_and_keeps_what_was_chosen(filled):
    found = hrefs(page(filled, unit=HOSPITAL, area="medicines", sort="evidence"))
    expected = f"/analys?period=2026Q3&unit={HOSPITAL}&area=medicines&view=matrix"
    assert expected in found
    (form,) = of_type(matrix(filled), "Form")
    assert form.to_plotly_json()["props"]["data-keep-view"] == "matrix"


def test_the_copied_address_leads_to_the_same_rows(filled):
    for given in ({}, {"sort": "duration", "area": "cancer"}, {"view": "matrix"}):
        shown = page(filled, **given)
        (button,) = [
            one for one in of_type(shown, "Button") if one.className == "copy-address"
        ]
        path, _, query = getattr(button, "data-address").partition("?")
        again = dict(one.split("=") for one in query.split("&"))
        assert path == "/analys"
        assert again["period"] == "2026Q3"
        assert table_rows(page(filled, **again)) == table_rows(shown)


def test_ready_made_views_keep_quarter_and_unit_and_name_only_kinds_there_are(filled):
    shown = page(filled, period="2026Q2")
    (ways,) = [
        one
        for one in of_type(shown, "Details")
        if getattr(one, "className", "") == "ready-made"
    ]
    assert f"/analys?period=2026Q2&unit={REGION}&area=cancer" in hrefs(ways)
    assert f"/analys?period=2026Q2&unit={REGION}&sort=evidence" in hrefs(ways)
    assert "Bara avdelningar" not in words(ways)


def test_wards_are_a_ready_made_view_where_there_are_wards(tmp_path):
    units = [*make.UNITS, make.unit("SE2321000081-W1", "A1", "avdelning")]
    shown = page(make.warehouse(tmp_path, ROWS, INDICATORS, units=units))
    (way,) = [one for one in of_type(shown, "A") if words(one) == "Bara avdelningar"]
    assert "unit_kind=avdelning" in way.href


# The workbook


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"sort": "duration"},
        {"sort": "evidence", "area": "cancer"},
        {"unit": HOSPITAL},
        {"unit_kind": "klinik", "period": "2026Q1"},
    ],
)
def test_the_workbook_holds_what_the_page_shows_in_the_same_order(
    filled, client, query
):
    rows, _about = sheet(client, **query)
    shown = [row for row in table_rows(page(filled, **query)) if len(row) > 1]
    assert len(rows) == len(shown)
    for (_, row), said in zip(rows.iterrows(), shown, strict=True):
        assert [row["Indikator"], row["Enhet"]] == said[:2]
        value = f"{row['Utfall']:.1f}".replace(".", ",")
        assert said[2].startswith(f"{value} %")
        assert said[3] == " ".join(
            one for one in (row["Mål"], row["Nationellt mål"]) if one
        ).replace("\N{NO-BREAK SPACE}", " ")
        signed = f"+{row['Fall till målet']}" if row["Fall till målet"] else ""
        assert said[4] == signed
        evidence = row["Är det säkert?"].replace(";", "")
        assert said[5] == evidence.replace("\N{NO-BREAK SPACE}", " ")
        assert said[6:8] == [row["Förändring"], row["Har varat"]]


def test_numbers_of_a_workbook_are_numbers(client):
    rows, _about = sheet(client)
    first = rows.iloc[0]
    assert (first["Utfall"], first["Fall till målet"]) == (42, 13)
    assert first["95\xa0%-intervall, nedre"] == pytest.approx(32.8)


def test_the_matrix_is_written_as_it_is_seen(filled, client):
    rows, about = sheet(client, view="matrix")
    seen = cells(matrix(filled))
    found = {
        (row["Indikator"], unit): row[unit]
        for _, row in rows.iterrows()
        for unit in rows.columns[2:]
        if row[unit]
    }
    assert found == {
        place: f"{symbols} {said}" for place, (symbols, said, _) in seen.items()
    }
    assert "view=matrix" in about.to_csv()


def test_the_second_sheet_says_what_was_chosen_and_where_to_see_it_again(client):
    _rows, about = sheet(client, area="cancer", unit=HOSPITAL, sort="evidence")
    said = about.to_csv()
    assert f"/analys?period=2026Q3&unit={HOSPITAL}&area=cancer&sort=evidence" in said
    for expected in ("Sjukhuset", "Cancer", "Säkrast först", make.BUILD, "demodata"):
        assert expected in said


def test_no_name_becomes_a_formula(tmp_path):
    units = [one | {"name": "=1+1"} for one in make.UNITS]
    client = serving(make.warehouse(tmp_path, ROWS, INDICATORS, units=units))
    for query in ({}, {"view": "matrix"}):
        answer = client.get(XLSX, query_string=query)
        assert "=1+1" in sheet(client, **query)[0].to_csv()
        assert b"<f>" not in unpacked(answer.data)


def test_the_workbook_is_refused_as_the_api_refuses(client):
    answer = client.get(f"{XLSX}?sort=size")
    assert (answer.status_code, answer.json["error"]["parameter"]) == (400, "sort")
    assert client.get(f"{XLSX}?unit=SE2321000081-NOPE").status_code == 404


def test_a_hidden_outcome_has_no_number_in_any_export(client):
    rows = client.get("/api/v1/deviations?view=matrix").json["deviations"]
    (hidden,) = [one for one in rows if one["unit"] == HOSPITAL]
    assert (hidden["status"], hidden["numerator"], hidden["value"]) == (
        "too_few",
        None,
        None,
    )


def test_the_api_gives_every_series_of_the_matrix(filled, client):
    rows = client.get("/api/v1/deviations?view=matrix").json["deviations"]
    judged = {
        (one["indicator_name"], one["unit_name"]) for one in rows if one["variation"]
    }
    assert judged == set(cells(matrix(filled)))


def test_the_page_names_the_files_with_its_own_choices(filled):
    (book,) = [one for one in hrefs(page(filled, area="cancer")) if "xlsx" in one]
    assert book == f"{XLSX}?period=2026Q3&unit={REGION}&area=cancer&sort=patients"
    (book,) = [one for one in hrefs(matrix(filled)) if "xlsx" in one]
    assert book == f"{XLSX}?period=2026Q3&unit={REGION}&view=matrix"


def test_the_matrix_and_its_workbook_speak_english(filled, client):
    with speaking("en"):
        assert "Annat mått (en)" in words(matrix(filled))
        assert listed(page(filled))
    rows, _about = sheet(client, view="matrix", lang="en")
    assert "Annat mått (en)" in rows.to_csv()


def test_a_value_far_from_the_others_is_a_sign_of_its_own(tmp_path):
    """Fifteen quarters at 80 to 85 %, and one at 20: too few for limits."""
    values = [82.0, 85.0, 80.0, 84.0] * 4
    values[-1] = 20.0
    rows = [
        make.outcome(
            period=str(Period.parse("2022Q4").shifted(at)), value=value, numerator=value
        )._replace(denominator=100.0, status="not_met" if value < 80 else "met")
        for at, value in enumerate(values)
    ]
    made = make.warehouse(tmp_path, rows, [make.indicator(breaks=[])])
    [(symbols, told, _)] = cells(matrix(made, period="2026Q3")).values()
    assert (symbols, told) == ("◇", "Enstaka värde långt bort")
    legend = words(matrix(made, period="2026Q3"))
    assert "◆ Förändrat ◇ Enstaka värde långt bort ● Oförändrat" in legend
    given = serving(made).get("/api/v1/deviations?period=2026Q3").json
    assert [row["variation"] for row in given["deviations"]] == ["far_out"]
    # Neither worse nor better: a chart without limits cannot say so.
    assert "0 har blivit sämre och 0 bättre" in words(page(made, period="2026Q3"))
