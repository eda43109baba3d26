"""Long texts on a page: elements of what is written, text of what is filled in."""

import pytest

from app.design import prose
from app.web import html
from app.web.markup import html_of
from app.words.language import lazy_gettext
from app.words.prose import read
from tests.app.reading import of_type


@pytest.fixture
def page(tmp_path):
    def of(written, *below, **filled):
        read.cache_clear()
        path = tmp_path / "page.sv.md"
        path.write_text(written, encoding="utf-8")
        return html_of(prose.page(read(path), filled, *below))

    return of


def test_a_text_becomes_headings_paragraphs_lists_and_links(page):
    written = (
        "# Om\n\nIngress.\n\n## Mål {#mal}\n\n**Vikt** och `kod`.\n\n"
        "### Djupare\n\n- [hit](/om) nu\n\n1. ett"
    )
    assert page(written, html.Nav("meny")) == (
        '<div><div class="heading"><h1 id="title" tabindex="-1">Om</h1>'
        '<p class="lead">Ingress.</p></div><nav>meny</nav>'
        '<section class="section" id="mal"><h2>Mål</h2>'
        "<p><strong>Vikt</strong> och <code>kod</code>.</p>"
        '<section class="section"><h3>Djupare</h3>'
        '<ul><li><a href="/om">hit</a> nu</li></ul><ol><li>ett</li></ol>'
        "</section></section></div>"
    )


def test_a_table_is_named_by_its_section_and_its_first_column_heads_the_rows(tmp_path):
    path = tmp_path / "page.sv.md"
    path.write_text("# T\n\n## Brister\n\n| A | B |\n| --- | --- |\n| a | b |")
    part = prose.page(read(path), {})
    (caption,) = of_type(part, "Caption")
    assert caption.children == "Brister"
    assert '<th data-label="A" scope="row">a</th>' in html_of(part)


def test_a_list_of_links_alone_looks_like_one(page):
    shown = page("# T\n\n## S\n\n- [hit](/om)\n- [dit](/)")
    assert '<ul class="links"><li><a href="/om">hit</a></li>' in shown


def test_what_is_filled_in_is_text_and_never_markdown_nor_html(page):
    shown = page("# T\n\n## S\n\nHej {name}.", name="<b>**Bo**</b> {other} [x](/y)")
    assert "<p>Hej &lt;b&gt;**Bo**&lt;/b&gt; {other} [x](/y).</p>" in shown


def test_letters_that_html_would_read_are_escaped(page):
    assert "<p>A &amp; B &lt; C</p>" in page("# T\n\n## S\n\nA & B < C")


def test_a_field_alone_is_what_it_holds_and_words_are_a_paragraph(page):
    written = "# T\n\n## S\n\n{part}\n\n{words}"
    assert "<dl>d</dl><p>ord</p>" in page(written, part=html.Dl("d"), words="ord")


def test_a_message_is_words_in_the_language_spoken(page):
    shown = page("# T\n\n## S\n\n{a}\n\n- {a}!", a=lazy_gettext("Översikt"))
    assert "<p>Översikt</p><ul><li>Översikt!</li></ul>" in shown


def test_an_element_among_words_does_not_stand_in_a_paragraph(page):
    shown = page("# T\n\n## S\n\nOrd {part}", part=html.Div("d"))
    assert "<div>Ord <div>d</div></div>" in shown


@pytest.mark.parametrize("filled", [{}, {"a": "1", "b": "2"}])
def test_the_page_fills_in_the_fields_of_the_text_and_no_others(page, filled):
    with pytest.raises(ValueError, match=r"T: the text has the fields \['a'\]"):
        page("# T\n\n{a}", **filled)


def test_only_paragraphs_stand_before_the_first_section(page):
    with pytest.raises(ValueError, match="expected paragraphs before the first"):
        page("# T\n\n- a")
