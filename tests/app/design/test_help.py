from pathlib import Path

import pytest

from app.design.help import (
    answer,
    help_button,
    script_words,
    status_help,
    status_legend,
    term,
)
from app.pages.map import page as heatmap
from app.site import rooms
from app.site.page_help import page_help
from app.words import answers, language, text
from app.words.glossary import terms
from kpi.assessment import Status
from tests.app.long_texts import long_texts
from tests.app.reading import components, hrefs, of_type, words

ROOT = Path(__file__).resolve().parents[3]


def box_of(part):
    (box,) = [one for one in components(part) if "popover" == one_class(one)]
    return box


def one_class(component):
    return getattr(component, "className", None)


@pytest.mark.parametrize("id", terms())
def test_every_word_of_the_glossary_can_be_explained_where_it_stands(id):
    shown = term(id)
    (button,) = of_type(shown, "Button")
    known = terms()[id]
    assert words(button) == words(known.sv)
    expected = words([known.sv, known.meaning])
    assert words(box_of(shown)).startswith(expected)
    assert hrefs(shown) == [f"/om#ord-{id}"]


def test_a_word_can_be_written_as_the_sentence_needs_it():
    assert words(of_type(term("numerator", "täljaren"), "Button")) == "täljaren"


def test_a_word_is_shown_in_the_visitors_language():
    with language.speaking("en"):
        assert words(of_type(term("numerator"), "Button")) == "numerator"


def test_a_word_that_is_not_in_the_glossary_is_a_fault():
    with pytest.raises(KeyError):
        term("nonsense")


def test_a_box_is_closed_and_follows_its_button():
    for shown in (term("gap"), help_button("Mål", "Så här.")):
        button, box = shown.children
        assert (button.type, getattr(button, "aria-expanded")) == ("button", "false")
        assert (box.hidden, box.role) == (True, "note")


def test_help_has_no_ids_so_that_it_can_be_repeated():
    many = [term("gap"), status_help(Status.MET), page_help(heatmap)]
    assert [one.id for one in components(many) if hasattr(one, "id")] == []


def test_a_question_mark_says_what_it_helps_with():
    (button,) = of_type(help_button("Mål", "Så här."), "Button")
    assert getattr(button, "aria-label") == "Hjälp: Mål"


@pytest.mark.parametrize("status", Status)
def test_every_status_tells_what_it_means_and_what_to_do_now(status):
    said = words(box_of(status_help(status)))
    start = f"{text.STATUS[status]} {answers.STATUS_MEANS[status]} Vad gör jag nu? "
    assert said.startswith(start)
    assert said == start + " ".join(map(str, answers.NEXT_STEPS[status]))
    assert answers.NEXT_STEPS[status]


def test_a_missed_target_is_first_held_against_chance_then_followed_to_its_rows():
    steps = [words(one) for one in of_type(status_help(Status.NOT_MET), "Li")]
    assert "intervallet" in steps[0]
    assert "Jämför enheter" in steps[1]
    assert "raderna" in steps[2]


def test_a_legend_names_each_status_and_helps_with_it():
    items = status_legend([Status.MET, Status.MASKED])
    assert [words(of_type(one, "Span")[2]) for one in items] == [
        "Når målet",
        "Maskerat av källan",
    ]
    assert [len(of_type(one, "Button")) for one in items] == [1, 1]


@pytest.mark.parametrize("id", answers.shared())
def test_an_answer_can_stand_beside_what_it_is_about(id):
    question = answers.shared()[id].title
    assert words(box_of(answer(id))).startswith(question)


HELPED = [one for one in rooms.PAGES if hasattr(one, "HELP")]


@pytest.mark.parametrize("page", HELPED, ids=lambda one: one.__name__)
def test_every_page_has_three_to_five_answers_and_ends_with_what_to_do(page):
    shown = page_help(page)
    questions = [words(one) for one in of_type(shown, "Dt")]
    assert 3 <= len(questions) <= 5
    assert questions[0] == "Vad visar sidan?"
    assert questions[-1] == "Vad gör jag nu?"
    assert len(of_type(of_type(shown, "Ol"), "Li")) >= 3
    assert hrefs(shown) == ["/om", "/?tur=1"]


def test_there_is_help_for_the_pages_that_offer_it_and_for_no_others():
    offered = {Path(one.__file__).with_name(one.HELP) for one in HELPED}
    written = {name for name in long_texts() if name.endswith("/help")}
    assert offered == {ROOT / name for name in written}
    rooms = {path.parent.name for path in offered}
    assert {"overview", "map", "indicator", "unit", "deviations"} <= rooms


def test_the_scripts_words_are_hidden_in_the_page():
    shown = script_words()
    assert (shown.id, shown.hidden) == ("script-words", True)
    assert str(getattr(shown, "data-retry")) == "Försök igen"
