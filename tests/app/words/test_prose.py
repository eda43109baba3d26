"""What a long text may hold, how it is read, and what is refused."""

import pytest

from app.words import prose
from app.words.language import speaking
from app.words.prose import Code, Field, Link, List, Paragraph, Section, Strong, Table


@pytest.fixture
def read(tmp_path):
    def of(written):
        path = tmp_path / "page.sv.md"
        path.write_text(written, encoding="utf-8")
        prose.read.cache_clear()
        return prose.read(path)

    return of


def test_a_text_is_read_to_sections_within_each_other(read):
    assert read(
        "# Om\n\nInledning.\n\n## Metod {#metod}\n\n### Mål\n\nSå.\n\n## Sist"
    ) == (
        Section(
            title="Om",
            id=None,
            level=1,
            blocks=(Paragraph(("Inledning.",)),),
            sections=(
                Section(
                    title="Metod",
                    id="metod",
                    level=2,
                    blocks=(),
                    sections=(Section("Mål", None, 3, (Paragraph(("Så.",)),), ()),),
                ),
                Section("Sist", None, 2, (), ()),
            ),
        )
    )


def block(text):
    (only,) = text.blocks
    return only


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Två rader\nblir en.", ("Två rader blir en.",)),
        ("**Vikt** {name} sist", (Strong(("Vikt",)), " ", Field("name"), " sist")),
        ("{first}{second}", (Field("first"), Field("second"))),
        ("Se [dit](/karta?a=b).", ("Se ", Link(("dit",), "/karta?a=b"), ".")),
        ("Skriv `{a} **b**`.", ("Skriv ", Code("{a} **b**"), ".")),
        ("A & B, 3 > 2, ”x”", ("A & B, 3 > 2, ”x”",)),
    ],
)
def test_a_paragraph_is_read_to_words_fields_links_and_bold(read, written, line):
    assert block(read(f"# T\n\n{written}")) == Paragraph(line)


def test_a_number_and_its_per_cent_sign_stay_on_a_line_even_if_the_file_parts_them(
    read,
):
    assert block(read("# T\n\nEtt 95\n%-intervall")) == Paragraph(
        ("Ett 95\xa0%-intervall",)
    )


def test_lists_are_read(read):
    assert block(read("# T\n\n- a\n- b\n  c")) == List((("a",), ("b c",)), False)
    assert block(read("# T\n\n1. a\n2. b")) == List((("a",), ("b",)), True)


def test_a_table_is_read(read):
    table = "| A | B |\n| --- | --- |\n| a | **b** |\n| c | {d} |"
    assert block(read(f"# T\n\n{table}")) == Table(
        ("A", "B"), ((("a",), (Strong(("b",)),)), (("c",), (Field("d"),)))
    )


@pytest.mark.parametrize(
    ("written", "line", "fault"),
    [
        ("# T\n\nEn <b>tagg</b>.", 3, "got 'html_inline'"),
        ("# T\n\nA\n\n<script>alert(1)</script>", 5, "got 'html_block'"),
        ("# T\n\n<!-- hidden -->", 3, "got 'html_block'"),
        ("# T\n\n![bild](/b.png)", 3, "got 'image'"),
        ("# T\n\n*lutande*", 3, "got 'em'"),
        ("# T\n\n> citat", 3, "got 'blockquote'"),
        ("# T\n\n    kod", 3, "got 'code_block'"),
        ("# T\n\n```\nkod\n```", 3, "got 'fence'"),
        ("# T\n\n---", 3, "got 'hr'"),
        ("# T\n\nrad  \nny", 3, "got 'hardbreak'"),
        ("# T\n\n- a\n  - b", 3, "expected one paragraph in each item"),
        ("# T\n\n{Ett fält}", 3, "expected a field such as {name}, got '{Ett fält}'"),
        ("# T\n\nen } ensam", 3, "expected a field such as {name}"),
        ("# T\n\n# T", 3, "got 'heading'"),
        ("# T\n\n#### För djupt", 3, "got 'heading'"),
        ("## T", 1, "expected a heading of level 1, got 'h2'"),
        ("Ingen rubrik", 1, "expected a heading of level 1, got 'p'"),
        ("# **T**", 1, "expected plain words in a heading"),
        ("# T\n\n| **A** |\n| --- |\n| a |", 3, "expected plain words above a column"),
    ],
)
def test_what_is_not_known_is_refused_with_its_line(read, written, line, fault):
    with pytest.raises(ValueError, match="expected") as refused:
        read(written)
    assert f"page.sv.md:{line}: " in str(refused.value)
    assert fault in str(refused.value)


def test_an_empty_file_is_refused(read):
    with pytest.raises(
        ValueError, match=r"page\.sv\.md:1: expected a heading of level 1"
    ):
        read("")


def test_a_link_that_runs_a_script_is_no_link(read):
    assert block(read("# T\n\n[x](javascript:alert(1))")) == Paragraph(
        ("[x](javascript:alert(1))",)
    )


def test_the_fields_of_a_text_are_found_wherever_they_stand(read):
    text = read(
        "# T\n\n{a}\n\n## S\n\n- **{b}**\n\n### R\n\n[{c}](/x)\n\n"
        "| A |\n| --- |\n| {d} |"
    )
    assert sorted(prose.fields(text)) == ["a", "b", "c", "d"]


def test_words_alone_are_given_as_words(read):
    text = read("# T\n\n## A\n\nTvå\nrader.\n\n## B\n\n**a**\n\n## C\n\na\n\nb\n\n## D")
    plain, *others = text.sections
    assert prose.only_words(plain) == "Två rader."
    for other in others:
        with pytest.raises(ValueError, match=f"{other.title}: expected one paragraph"):
            prose.only_words(other)


def test_the_text_beside_a_module_is_in_the_language_spoken(tmp_path):
    for code, title in (("sv", "Svensk"), ("en", "English")):
        (tmp_path / f"help.{code}.md").write_text(f"# {title}", encoding="utf-8")
    module = str(tmp_path / "help.py")
    assert prose.beside(module).title == "Svensk"
    with speaking("en"):
        assert prose.beside(module).title == "English"
