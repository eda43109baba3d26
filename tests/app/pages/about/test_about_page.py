import pytest

from app.pages.about import page as about
from app.words import answers
from app.words import glossary as words_glossary
from app.words.language import speaking
from kpi.assessment import Status
from tests import builders as make
from tests.app.reading import headings, hrefs, of_type, table_rows, words
from tests.app.visiting import page_of


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    return page_of(about, make.warehouse(tmp_path_factory.mktemp("about")), {})


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
    assert set(answers.STATUS_MEANS) == set(Status)
    explained = table_rows(of_type(shown, "Table")[0])
    assert explained[0] == [
        "✓ Når målet",
        "Utfallet är på rätt sida om målet, eller precis på det.",
    ]
    assert len(explained) == len(Status)


@pytest.mark.parametrize(
    "said",
    [
        "exakt intervall (mid-p)",
        "Byars intervall",
        "Andelar räknas aldrig om till medelvärden",
        "Källa: Kolada",
        "Syntetiska demodata",
        "Aktivitetsplan cancer, gäller 2024–2026",
        "Bygge b0001",
        "2026-11-01 06:15",
    ],
)
def test_the_page_says(shown, said):
    assert said in words(shown)


def test_every_definition_has_a_link(shown):
    assert "/indikator/svf_lead_time" in hrefs(shown)
    assert "/indikator/prem_svf_rank" in hrefs(shown)


def glossary(page):
    return of_type(page, "Table")[-1]


def test_the_words_are_in_swedish_order_and_each_stands_once(shown):
    found = [row[0] for row in table_rows(glossary(shown))]
    assert len(set(found)) == len(found) == len(words_glossary.terms())
    assert found[0] == "aktivitet"
    # å, ä and ö are the last letters
    assert found.index("täckning") > found.index("tolerans")
    assert found[-2:] == ["välgrundad misstanke", "överdispersion"]


@pytest.mark.parametrize("code", ["sv", "en"])
def test_a_word_stands_in_the_pages_language_with_the_other_beside_it(tmp_path, code):
    with speaking(code):
        table = glossary(page_of(about, make.warehouse(tmp_path), {}))
        found = {row[0]: row for row in table_rows(table)}
    swedish, english = "täljare", "numerator"
    own, other = (swedish, english) if code == "sv" else (english, swedish)
    assert found[own][1] == other
    langs = [one.lang for one in of_type(table, "Span") if hasattr(one, "lang")]
    assert langs[:2] == (["sv", "en"] if code == "sv" else ["en", "sv"])


def test_every_word_can_be_linked_to(shown):
    ids = [one.id for one in of_type(glossary(shown), "Span") if hasattr(one, "id")]
    assert sorted(ids) == sorted(f"ord-{key}" for key in words_glossary.terms())


def test_the_method_is_told_in_english(tmp_path):
    with speaking("en"):
        page = page_of(about, make.warehouse(tmp_path), {})
        said = words(page)
    assert headings(page)[0][0] == "H1"
    assert "Shares are never averaged" in said
    assert "Cancer plan, in force 2024–2026" in said


def test_real_data_are_not_called_synthetic(tmp_path):
    builds = [make.build(is_demo=False)]
    page = page_of(about, make.warehouse(tmp_path, builds=builds), {})
    assert "Syntetiska" not in words(page)
