import pytest

from app import text_about
from app.pages import about
from kpi.assessment import Status
from tests import builders as make
from tests.app.reading import headings, hrefs, of_type, table_rows, words


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    return about.content(make.warehouse(tmp_path_factory.mktemp("about")), {}, {})


def test_the_page_has_method_symbols_definitions_words_sources_and_version(shown):
    assert [title for level, title in headings(shown) if level != "H3"] == [
        "Om Målbild",
        "Så räknas siffrorna",
        "Status och symboler",
        "Indikatorer",
        "Ordlista",
        "Källor och villkor",
        "Öppet gränssnitt (API)",
        "Version",
    ]


def test_every_status_is_explained_with_its_symbol_and_word(shown):
    assert set(text_about.STATUS_MEANS) == set(Status)
    explained = table_rows(of_type(shown, "Table")[0])
    assert explained[0] == [
        "✓ Når målet",
        "Utfallet är på rätt sida om målet, eller precis på det.",
    ]
    assert len(explained) == len(Status)


@pytest.mark.parametrize(
    "said",
    [
        "Wilsons intervall",
        "Byars intervall",
        "Andelar räknas aldrig om till medelvärden",
        "Källa: Kolada",
        "Syntetiska demodata",
        "Aktivitetsplan cancer, beslutad 2025-11, gäller 2024–2026",
        "Bygge b0001",
        "2026-11-01 06:15",
    ],
)
def test_the_page_says(shown, said):
    assert said in words(shown)


def test_every_definition_has_a_link(shown):
    assert "/indikator/svf_lead_time" in hrefs(shown)
    assert "/indikator/prem_svf_rank" in hrefs(shown)


def test_the_words_are_in_order_and_each_stands_once():
    found = [word for word, _, _ in text_about.WORDS]
    assert len(set(found)) == len(found)
    swedish = str.maketrans("åäö", "{|}")
    keys = [word.lower().translate(swedish) for word in found]
    assert keys == sorted(keys)


def test_real_data_are_not_called_synthetic(tmp_path):
    builds = [make.build(is_demo=False)]
    page = about.content(make.warehouse(tmp_path, builds=builds), {}, {})
    assert "Syntetiska" not in words(page)
