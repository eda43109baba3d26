from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from app.pages.accessibility import contact
from app.pages.accessibility import page as accessibility
from app.site import routes
from app.words.prose import Table, beside
from tests import builders as make
from tests.app.reading import headings, hrefs, of_type, table_rows, words
from tests.app.visiting import page_of


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    return make.warehouse(tmp_path_factory.mktemp("accessibility"))


@pytest.fixture
def shown(warehouse, monkeypatch):
    def show(setting=None, **params):
        monkeypatch.delenv(contact.SETTING, raising=False)
        if setting is not None:
            monkeypatch.setenv(contact.SETTING, setting)
        return page_of(accessibility, warehouse, params)

    return show


def letter(part):
    """Return the address, subject and body of the letter that is begun."""
    (written,) = [one for one in hrefs(part) if one.startswith("mailto:")]
    parts = urlsplit(written)
    query = dict(parse_qsl(parts.query, strict_parsing=True))
    return unquote(parts.path), query["subject"], query["body"]


def test_the_page_has_its_address():
    assert routes.route("/tillganglighet") == (accessibility, {})


def test_the_statement_has_every_part_that_is_asked_for(shown):
    assert [title for level, title in headings(shown()) if level != "H3"] == [
        "Tillgänglighet i Målbild",
        "Hur tillgänglig är Målbild?",
        "Rapportera en brist",
        "Tillsyn",
        "Det här fungerar inte",
        "Det här har vi inte prövat",
        "Undantag",
        "Så har vi prövat",
        "Datum",
    ]


@pytest.mark.parametrize(
    "part",
    [
        "Region Demo svarar för Målbild",
        "lagen (2018:1937) om tillgänglighet till digital offentlig service",
        "delvis förenligt med lagen",
        "WCAG 2.1 på nivå AA",
        "EN 301 549",
        "oskäligt betungande anpassning",
        "Vi har själva granskat",
        "2026-11-22",
    ],
)
def test_the_statement_says(shown, part):
    assert part in words(shown())


def test_the_authority_is_a_link_whose_address_can_be_read(shown):
    (found,) = [one for one in of_type(shown(), "A") if "digg" in one.href]
    assert found.href == "https://www.digg.se/tdosanmalan"
    assert found.href in words(found)


def known_faults():
    """Return the rows of the table of faults, as they are written."""
    sections = beside(accessibility.__file__).sections
    blocks = [block for section in sections for block in section.blocks]
    (table,) = [block for block in blocks if isinstance(block, Table)]
    return table.rows


def test_every_known_fault_tells_whom_it_hinders_its_criterion_and_a_way_around(shown):
    (table,) = of_type(shown(), "Table")
    rows = table_rows(table)
    assert len(rows) == len(known_faults()) > 0
    for row in rows:
        assert all(row)
        assert row[2][0].isdigit()


def test_a_letter_is_begun_with_the_page_and_the_build(shown):
    page = "/karta?area=cancer&period=2026Q3"
    address, subject, body = letter(shown("fel@region.example", fran=page))
    assert (address, subject) == ("fel@region.example", "Fel i Målbild")
    assert f"Sida: {page}\r\n" in body
    assert "Bygge: b0001\r\n" in body
    assert "Skriv inga uppgifter om patienter" in body


def test_the_link_from_a_page_carries_its_address(shown):
    href = accessibility.href("/karta", "?area=cancer")
    params = dict(parse_qsl(urlsplit(href).query))
    assert "/karta?area=cancer" in words(shown(**params))


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "felsida",
        "/a\nBcc: b",
    ],
)
def test_an_address_that_is_not_ours_is_not_repeated(shown, elsewhere):
    page = shown("fel@region.example", fran=elsewhere)
    assert elsewhere not in words(page)
    assert "Sida: \r\n" in letter(page)[2]


def test_a_page_to_report_on_is_a_link(shown):
    page = shown("https://region.example/felanmalan")
    assert "https://region.example/felanmalan" in hrefs(page)
    assert "b0001" in words(page)


@pytest.mark.parametrize(
    "setting",
    [
        None,
        "",
        "ring oss",
        "fel@region",
        "http://region.example",
        "javascript:alert(1)",
        "https://",
        "https://anna@region.example",
        "https://[region.example",
        "fel@region.example?bcc=annan@region.example",
    ],
)
def test_without_a_sensible_contact_no_address_is_made_up(shown, setting):
    page = shown(setting)
    assert [one for one in hrefs(page) if "digg" not in one] == ["/om#ord-build"]
    assert "MALBILD_CONTACT" in words(page)
    assert "den som förvaltar Målbild" in words(page)


def test_a_contact_that_makes_no_sense_is_told_in_the_log(shown, caplog):
    shown("ring växeln")
    assert "MALBILD_CONTACT is 'ring växeln'" in caplog.text


def test_spaces_around_the_contact_do_no_harm(shown):
    assert letter(shown(" fel@region.example "))[0] == "fel@region.example"
