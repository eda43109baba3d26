"""Maximum lead times that are missing: through a build, on the page and in the API."""

import flask
import pytest

from app.pages.sources import page as sources_page
from app.site.api import register_api
from app.words.language import speaking
from kpi.warehouse import Warehouse
from tests.app.reading import hrefs, of_type, table_rows, words
from tests.app.visiting import page_of
from tests.etl.rows import Sources, case, cases, maximum, prevalence

TITLE = "Maximala ledtider som saknas"
LUNG = {"svf": "lunga", "kva_start": "VC010", "kva_avslut": "VC050"}
CERVIX = {"svf": "livmoderhals", "kva_start": "VH210", "kva_avslut": "VH250"}
KIDNEY = {"svf": "njure", "kva_start": "VK010", "kva_avslut": "VK050"}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """Lung: 20 + 6 of 30 without a maximum; cervix 9 + 2 of 11; kidney 3 of 3.

    The last one ends in September 2026, so the twelve months begin in October 2025.
    """
    sources = Sources(tmp_path_factory.mktemp("missing"))
    sources.write("svf/ledtider.csv", [maximum("lunga", "lakemedel", "40")])
    sources.write(
        "svf/svf_fall.csv",
        [
            *cases(12, 30, "2026-09-30", **LUNG),
            *cases(8, 30, "2025-10-01", **LUNG),
            *cases(7, 30, "2025-09-30", **LUNG),  # a day too early
            *cases(6, 30, "2026-03-10", **LUNG, utokad_utredning="J"),
            *cases(4, 30, "2026-03-10", **(LUNG | {"kva_avslut": "VC052"})),
            *cases(9, 30, "2026-03-10", **(LUNG | {"kva_avslut": "VC078"})),  # outside
            *cases(9, 30, "2026-03-10", **CERVIX),
            *cases(2, 30, "2026-03-10", **(CERVIX | {"kva_avslut": "VH258"})),
            *cases(3, 30, "2026-03-10", **KIDNEY),
            *cases(5, 30, "2026-03-10"),
            case("open", datum_avslut="", kva_avslut="", svf="lunga"),
        ],
    )
    sources.build(accepted=None)
    return Warehouse(sources.warehouse)


def section_of(warehouse):
    page = page_of(sources_page, warehouse, {})
    [section] = [part for part in of_type(page, "Section") if part.id == "ledtider"]
    return section


def test_the_page_lists_them_by_how_many_they_leave_out(warehouse):
    section = section_of(warehouse)
    assert words(section.children[0]) == TITLE
    assert "Förlopp som avslutades från oktober 2025 till september 2026" in words(
        section
    )
    assert table_rows(of_type(section, "Table")[0]) == [
        ["Lungcancer", "Kirurgi", "Utan utökad utredning", "20", "67 %"],
        ["Lungcancer", "Kirurgi", "Med utökad utredning", "6", "20 %"],
        ["Livmoderhalscancer", "Kirurgi", "Utan utökad utredning", "för få", "–"],
        [
            "Livmoderhalscancer",
            "Palliativ vård",
            "Utan utökad utredning",
            "för få",
            "–",
        ],
        ["Njurcancer", "Kirurgi", "Utan utökad utredning", "för få", "–"],
    ]
    assert "Färre än 5 visas inte." in words(section)
    assert "/analys/forlopp?svf=lunga" in hrefs(section)


def test_the_page_says_where_to_write_them(warehouse):
    section = section_of(warehouse)
    assert [words(code) for code in of_type(section, "Code")] == ["svf/ledtider*"]


def test_the_list_is_told_in_english(warehouse):
    with speaking("en"):
        said = words(section_of(warehouse))
    assert "Missing maximum lead times" in said
    assert "Lung cancer Surgery Without extended investigation 20 67%" in said
    assert "too few" in said
    assert "förlopp" not in said


def test_the_api_and_its_csv_have_the_same(warehouse):
    server = flask.Flask("missing")
    register_api(server, warehouse)
    client = server.test_client()
    [first, second, *few] = client.get("/api/v1/missing_maxima").json["missing_maxima"]
    assert first["share_per_cent"] == pytest.approx(200 / 3)
    assert {
        name: first[name] for name in first if name not in ("share_per_cent", "build")
    } == {
        "svf": "lunga",
        "ending": "kirurgi",
        "is_extended": False,
        "cases": 20,
        "ended": 30,
        "first_month": "2025-10",
        "last_month": "2026-09",
    }
    assert (second["is_extended"], second["cases"], second["share_per_cent"]) == (
        True,
        6,
        20,
    )
    assert {(row["cases"], row["ended"], row["share_per_cent"]) for row in few} == {
        (None, None, None)
    }
    lines = client.get("/api/v1/missing_maxima.csv").data.decode("utf-8-sig").split()
    assert lines[0].startswith("svf;ending;is_extended;cases;ended;share_per_cent;")
    assert lines[2].split(";")[:6] == ["lunga", "kirurgi", "true", "6", "30", "20,0"]
    assert client.get("/api/v1/missing_maxima?build=x").status_code == 404


def test_nothing_is_missing_where_every_ending_has_a_maximum(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", cases(5, 30, "2026-03-10"))
    sources.build(accepted=None)
    section = section_of(Warehouse(sources.warehouse))
    assert (
        "Alla förlopp som avslutades från april 2025 till mars 2026, och som "
        "ledtidsmåttet gäller, har en maximal ledtid i registret." in words(section)
    )
    assert of_type(section, "Table") == []


def test_without_ended_pathways_there_is_nothing_to_miss(tmp_path):
    sources = Sources(tmp_path)
    sources.write("ppm/ppm.csv", [prevalence("20", "3")])
    sources.build(accepted=None)
    section = section_of(Warehouse(sources.warehouse))
    assert words(section) == f"{TITLE} Inga vårdförlopp har avslutats."
