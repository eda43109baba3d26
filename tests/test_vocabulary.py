"""What `etl` writes and what `app` has words for are the words of `kpi`, no more."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.pages.sources import codes
from app.words import headings, language, text
from etl.sources import LAYOUTS
from etl.store.checks import FINDINGS
from etl.store.losses import LOSSES
from etl.take.cast import Setting
from etl.take.judge import faults_of
from etl.take.repeats import DUPLICATE, NOT_ADDED, OVERLAP
from etl.take.stage import DECLARED
from kpi.assessment import Reason, Status
from kpi.datasets import DATASETS
from kpi.vocabulary import (
    OF_A_FILE,
    Area,
    DatasetName,
    Finding,
    Level,
    Loss,
    Rejection,
)

SETTING = Setting({"brost": ()}, date(2026, 11, 1))
ROOT = Path(__file__).parent.parent
OUTCOMES = (ROOT / "etl/count/sql/8_outcomes.sql").read_text(encoding="utf-8")
RULES = (ROOT / "etl/count/sql/0_rules.sql").read_text(encoding="utf-8")


def rejections_written():
    faults = [DECLARED, *(f for one in LAYOUTS for f in faults_of(one, SETTING))]
    return {DUPLICATE, OVERLAP, NOT_ADDED, *(fault.reason for fault in faults)}


def words_given(column):
    """Return the words that an outcome's column can get in the roll-up's SQL."""
    [cases] = re.findall(
        rf"^    CASE\n((?:(?!^    (?:CASE|END)\b).*\n)+)    END AS {column},",
        OUTCOMES,
        re.MULTILINE,
    )
    return set(re.findall(r"(?:THEN|ELSE) '(\w+)'", cases))


def words_of_assess():
    macros = re.findall(r"MACRO assess(?:_so_far)?\(.*?\nEND;", RULES, re.DOTALL)
    return set(re.findall(r"(?:THEN|ELSE) '(\w+)'", "".join(macros)))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (rejections_written(), Rejection),
        ({*DATASETS, *(layout.dataset for layout in LAYOUTS)}, DatasetName),
        ({*FINDINGS, *OF_A_FILE}, Finding),
        (set(LOSSES), Loss),
        (words_given("status") | words_of_assess(), Status),
        (words_given("reason"), Reason),
    ],
    ids=["rejections", "datasets", "findings", "losses", "statuses", "reasons"],
)
def test_a_build_writes_the_words_of_the_kernel_and_all_of_them(written, words):
    assert {str(word) for word in written} == {str(word) for word in words}


TABLES = {
    "rejections": (codes.REJECTED_FOR, Rejection),
    "datasets": (codes.DATASET, DatasetName),
    "findings": (codes.CHECKS, Finding),
    "losses": (codes.LOSSES, Loss),
    "statuses": (text.STATUS, Status),
    "reasons": (text.REASON, Reason),
    "areas": (text.AREA, Area),
    "levels": (headings.LEVEL_WORDS, Level),
}


@pytest.mark.parametrize(("table", "words"), TABLES.values(), ids=TABLES)
def test_the_pages_have_words_for_exactly_the_words_of_the_kernel(table, words):
    assert {str(word) for word in table} == {str(word) for word in words}


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("table", [table for table, _ in TABLES.values()], ids=TABLES)
def test_no_word_is_shown_as_its_code(table, lang):
    with language.speaking(lang):
        assert [
            word for word in table if "_" in str(table[word]) or not table[word]
        ] == []


def test_a_row_with_another_number_of_cells_than_the_header_has_words_for_it():
    words = codes.REJECTED_FOR
    assert str(words["too_many_columns"]) == "Raden har fler celler än rubrikraden"
    assert str(words["too_few_columns"]) == "Raden har färre celler än rubrikraden"
    with language.speaking("en"):
        assert "more cells" in str(words["too_many_columns"])
        assert "fewer cells" in str(words["too_few_columns"])
