"""A column is declared once; page, answer and Excel file take what is theirs."""

from datetime import UTC, date, datetime
from io import BytesIO
from types import SimpleNamespace as Row

import pandas as pd

from app.api.workbook import AS_COUNT, workbook
from app.columns import Col, in_answer, integer, text
from app.design.components import filled, table
from app.pages.deviations.columns import COLUMNS
from app.queries.builds import Build
from tests.app.reading import of_type, words

BUILD = Build(
    "b1", 1, datetime(2026, 10, 1, tzinfo=UTC), date(2026, 10, 1), None, None, False
)
UNIT = text("unit", "Id.")
CASES = Col(
    "Fall",
    lambda row: f"{row.cases} st",
    is_number=True,
    fields=(integer("cases", "So many."),),
    cell="cases",
    form=AS_COUNT,
)
NOTE = Col("Anmärkning", "note")
CHANCE = Col("Slump", cell=lambda row: row.chance.p if row.chance else None)
TABLE = (UNIT, CASES, NOTE, CHANCE)
ROWS = [
    Row(unit="A", cases=0, note="", chance=None),
    Row(unit="B", cases=7, note="–", chance=Row(p=0.25)),
]


def cells(shown, kind):
    return [words(one) for one in of_type(shown, kind)]


def test_a_page_shows_what_has_something_to_show():
    shown = table("Enheter", TABLE, ROWS)
    assert cells(shown, "Th") == ["Fall", "Anmärkning"]
    assert cells(shown, "Td") == ["0 st", "", "7 st", "–"]


def test_an_answer_has_the_fields_in_the_order_of_the_table():
    assert [one.name for one in in_answer(TABLE)] == ["unit", "cases"]
    assert [one.reading()(ROWS[1]) for one in in_answer(TABLE)] == ["B", 7]


def test_a_file_keeps_zero_and_nothing_apart():
    book = workbook(BUILD, "fall", "Blad", TABLE, iter(ROWS), [("Rader", "2")])
    file = BytesIO(book.content)
    # As it is written: otherwise a cell that says None is read as an empty one.
    sheet = pd.read_excel(file, "Blad", engine="calamine", keep_default_na=False)
    assert list(sheet) == ["Fall", "Slump"]
    assert list(sheet["Fall"]) == [0, 7]
    assert list(sheet["Slump"]) == ["", 0.25]


def test_a_column_that_says_nothing_in_any_row_can_be_left_out():
    assert filled(TABLE, ROWS) == [CASES]
    assert filled(TABLE, ROWS, nothing=("",)) == [CASES, NOTE]
    assert filled(TABLE, []) == []


def test_what_a_page_says_of_deviations_is_in_the_file_too():
    """But for the ways on, which lead to pages."""
    shown = [one for one in COLUMNS if isinstance(one, Col) and one.show]
    assert len(shown) > 5
    assert [one for one in shown if one.cell is None] == shown[-1:]
