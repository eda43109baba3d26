"""Workbooks: a cell is read as it shows, every sheet is accounted for."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from app.queries.reader import open_reader
from app.queries.rejected import Rejected, rejections
from kpi.errors import SourceError
from kpi.warehouse import Warehouse
from tests.etl.rows import (
    CLINIC,
    SECOND_CLINIC,
    Built,
    Row,
    Sources,
    case,
    cases,
    contact,
    csv_text,
    inclusion,
    maximum,
    observation,
    prem,
    prevalence,
    reported,
    tree,
    unit,
)


@dataclass(frozen=True)
class Shown:
    """A value under a number format, by its code or its number."""

    value: object
    form: str | int


@dataclass(frozen=True)
class Formula:
    """A formula with what was saved of its value; '' is nothing."""

    text: str
    saved: object = ""


@dataclass(frozen=True)
class Tab:
    """A sheet of a workbook."""

    name: str
    rows: Iterable[Iterable[object]]
    is_hidden: bool = False


def table(rows: Iterable[Row]) -> list[list[object]]:
    """Return a header and the cells of rows."""
    rows = list(rows)
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def workbook(*tabs: Tab) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"default_date_format": "yyyy-mm-dd"}) as book:
        for tab in tabs:
            sheet = book.add_worksheet(tab.name)
            if tab.is_hidden:
                sheet.hide()
            else:
                sheet.activate()
            for place in enumerate(tab.rows):
                _write_row(book, sheet, *place)
    return written.getvalue()


def _write_row(book: Any, sheet: Any, number: int, row: Iterable[object]) -> None:
    for column, cell in enumerate(row):
        at = (number, column)
        match cell:
            case Formula(text, saved):
                sheet.write_formula(*at, text, None, saved)
            case Shown(value, form):
                style = book.add_format({"num_format": form})
                is_day = isinstance(value, date)
                write = sheet.write_datetime if is_day else sheet.write_number
                write(*at, value, style)
            case date():
                sheet.write_datetime(*at, cell)
            case _:
                sheet.write(*at, cell)


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook with another text in one of its parts."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            text = before.read(name)
            if name.endswith(part):
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            after.writestr(name, text)
    return written.getvalue()


MISSING = Formula("=NA()", "#N/A")
DIVIDED = Formula("=1/0", "#DIV/0!")


def with_cell(row: Row, column: str, cell: object) -> list[list[object]]:
    """Return a header and one row with another cell in one column."""
    return table([row | {column: cell}])  # type: ignore[dict-item]


# Errors and formulas: dataset, row, column, cell -> value and reason of its rejection
UNREAD: dict[str, tuple[str, Row, str, object, str, str]] = {
    "optional_code": (
        "svf/svf_fall",
        case("a"),
        "avvikelse",
        MISSING,
        "#N/A",
        "cell_error",
    ),
    "optional_flag": (
        *("svf/svf_fall", case("a"), "utokad_utredning", DIVIDED),
        *("#DIV/0!", "cell_error"),
    ),
    "end_of_case": (
        "svf/svf_fall",
        case("a"),
        "datum_avslut",
        MISSING,
        "#N/A",
        "cell_error",
    ),
    "words": (
        "lakemedel/kontakter",
        contact("a"),
        "kva_kod",
        MISSING,
        "#N/A",
        "cell_error",
    ),
    "formula": (
        *("lakemedel/kontakter", contact("a"), "kva_kod", Formula('="XV015"')),
        *('="XV015"', "unsaved_formula"),
    ),
    "formula_left_at_0": (
        *("ppm/ppm", prevalence("20", "3"), "antal_uppfyller", Formula("=1+2", 0)),
        *("=1+2", "unsaved_formula"),
    ),
    "text": ("bhk/bhk", observation(), "yrkeskategori", MISSING, "#N/A", "cell_error"),
    "item": ("bhk/bhk", observation(), "h3", MISSING, "#N/A", "cell_error"),
    "number": (
        "ppm/ppm",
        prevalence("20", "3"),
        "antal_observerade",
        DIVIDED,
        "#DIV/0!",
        "cell_error",
    ),
    "comment": (
        *("matningar/m", reported("my_care_plan", "2026Q1", varde="80"), "kommentar"),
        *(MISSING, "#N/A", "cell_error"),
    ),
    "optional_count": (
        *("matningar/m", reported("my_care_plan", "2026Q1", varde="80"), "taljare"),
        *(MISSING, "#N/A", "cell_error"),
    ),
    "optional_pathway": (
        "prem/prem",
        prem("2026Q1", "40", "80"),
        "svf",
        MISSING,
        "#N/A",
        "cell_error",
    ),
    "last_day": (
        *("svf/ledtider", maximum("brost", "kirurgi", "28"), "giltig_till", MISSING),
        *("#N/A", "cell_error"),
    ),
    "spilled": (
        *("ppm/ppm", prevalence("20", "3"), "matning"),
        *(Formula("=A1:A9", "#N/A"), "#SPILL!", "cell_error"),
    ),
}


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("unread"))
    for name, (file, row, column, cell, shown, _) in UNREAD.items():
        content = workbook(Tab("Data", with_cell(row, column, cell)))
        if shown == "#SPILL!":
            content = changed(content, "sheet1.xml", "#N/A", shown)
        sources.write(f"{name}/{file}.xlsx", content)
    # The same words in a CSV, and the Swedish ones.
    sources.write(
        "csv/lakemedel/kontakter.csv",
        [contact("a", kva_kod="#N/A"), contact("b", kva_kod="#SAKNAS!"), contact("c")],
    )
    units = [*tree(), unit("SE2321000081-TEST90", "klinik", CLINIC)]
    rows = table(units)
    rows[-1][rows[0].index("ersatt_av")] = MISSING
    sources.write("enheter/enheter.xlsx", workbook(Tab("Enheter", rows)))
    (sources.folder / "enheter/enheter.csv").unlink()
    return sources.build()


@pytest.mark.parametrize("name", UNREAD)
def test_an_error_or_an_unsaved_formula_is_never_no_value(unread, name):
    file, _, column, _, shown, reason = UNREAD[name]
    file = f"{name}/{file}.xlsx"
    assert unread.load(file) == (1, 0, 1)
    assert unread.rejections(file) == [(2, column, shown, reason)]
    [message] = unread.messages(file)
    expected = {
        "cell_error": "expected a value; the cell holds an error",
        "unsaved_formula": "expected a value; the cell holds a formula without a saved "
        "value; open the file in Excel and save it",
    }
    assert message.startswith(f"{column}='{shown}': {expected[reason]}")


def test_an_error_in_a_csv_or_in_the_unit_register_is_one_too(unread):
    assert unread.rejections("csv/lakemedel/kontakter.csv") == [
        (2, "kva_kod", "#N/A", "cell_error"),
        (3, "kva_kod", "#SAKNAS!", "cell_error"),
    ]
    assert unread.rejections("enheter/enheter.xlsx") == [
        (8, "ersatt_av", "#N/A", "cell_error")
    ]


# What a cell shows


REPORT = ["indikator", "enhet_id", "period", "varde", "taljare", "namnare"]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("shown"))
    shares = {
        "2025-01": Shown(0.834, "0.0%"),
        "2025-02": Shown(0.834, 10),
        "2025-03": Shown(0.5, 9),
        "2025-04": Shown(0.07, "0.0 %;[Red]-0.0 %"),
        "2025-05": Shown(83.4, '0.0"%"'),
        "2025-06": Shown(83.4, r"0.0\%"),
        "2025-07": Shown(0.29, "[$-41D]0%"),
        "2025-08": Shown(0.00004, "General"),
        "2025-09": 0.00004,
        "2025-10": Formula("=1-0.2", 0.8),
        # a format for small numbers and one for others, and one for none
        "2025-11": Shown(0.834, "[<=1]0.0%;0.0"),
        "2025-12": Shown(83.4, "[<=1]0.0%;0.0"),
        "2026-01": Shown(0.834, "[>100]0;[<=1]0,0 %;0.0"),
        "2026-02": Shown(0, '0%;-0%;"-"'),
        "2026-03": Shown(0.5, "# ?/?"),
        "2026-04": Shown(83.4, "0.00E+00"),
        "2026-05": Shown(83.4, "#,##0.0 [$kr-41D]"),
    }
    rows = [["my_care_plan", CLINIC, period, cell] for period, cell in shares.items()]
    content = workbook(Tab("Andelar", [REPORT[:4], *rows]))
    # As a program writes it that has worked out its formulas.
    content = changed(content, "workbook.xml", ' fullCalcOnLoad="1"', "")
    sources.write("matningar/andelar.xlsx", content)
    sources.write(
        "prem/prem.xlsx",
        workbook(
            Tab("P", with_cell(prem("2026Q1", "40", ""), "poang", Shown(0.815, "0.0%")))
        ),
    )
    # A number shown with the zeros that its id has.
    region: dict[str, object] = {"kpi": "N79178", "region": "Blekinge"}
    region["kolada_region_id"] = Shown(10, "0000")
    yearly = region | {"year": 2024, "value": Shown(0.834, "0.00%")}
    sources.write("kolada/k.xlsx", workbook(Tab("K", table([yearly]))))  # type: ignore[list-item]
    months = {
        "mmm-yy": date(2026, 1, 1),
        "yyyy-mm": date(2026, 2, 1),
        "yyyy\\-mm;@": date(2026, 3, 31),
        "[$-41D]mmmm yyyy": datetime(2026, 4, 1),  # noqa: DTZ001
        17: date(2026, 5, 1),
        "yyyy": date(2024, 1, 1),
        "yyyy-mm-dd": date(2026, 6, 1),
        'yyyy"K"q': date(2025, 4, 1),
        "mmmm": date(2025, 1, 1),
    }
    rows = [
        ["my_care_plan", SECOND_CLINIC, Shown(day, form), None, 7, 20]
        for form, day in months.items()
    ]
    sources.write("matningar/manader.xlsx", workbook(Tab("M", [REPORT, *rows])))
    day = Shown(date(2026, 3, 10), "mmm-yy")
    sources.write(
        "ppm/ppm.xlsx",
        workbook(Tab("P", with_cell(prevalence("20", "3"), "matdatum", day))),
    )
    typed = [
        with_cell(case("a"), "datum_valgrundad_misstanke", months_first("mmm-yy")),
        with_cell(case("b"), "datum_avslut", months_first("yyyy")),
        with_cell(case("c"), "datum_avslut", months_first("yyyy-mm-dd")),
    ]
    content = workbook(Tab("S", [typed[0][0], *(row for _, row in typed)]))
    sources.write("svf/svf_fall.xlsx", content)
    ticked = observation() | {"h1": True, "k4": False}
    sources.write("bhk/bhk.xlsx", workbook(Tab("B", table([ticked]))))
    counted = with_cell(contact("a"), "antal_lakemedel", True)
    sources.write("lakemedel/kontakter.xlsx", workbook(Tab("K", counted)))
    return sources.build()


def months_first(form: str) -> Shown:
    return Shown(date(2026, 1, 1), form)


def test_a_cell_shown_as_per_cent_is_per_cent(shown):
    found = shown.rows(
        "SELECT period, varde FROM matningar JOIN load USING (load_id)"
        " WHERE file = 'matningar/andelar.xlsx' ORDER BY period"
    )
    assert [value for _, value in found] == [
        *(83.4, 83.4, 50, 7, 83.4, 83.4, 29, 0.00004, 0.00004, 0.8),
        *(83.4, 83.4, 83.4, 0, 0.5, 83.4, 83.4),
    ]
    assert shown.rows("SELECT poang, poang_summa FROM prem") == [(81.5, 3260)]
    assert shown.rows("SELECT year, value FROM kolada") == [(2024, 83.4)]


def test_a_month_typed_as_a_date_is_the_month_that_is_shown(shown):
    file = "matningar/manader.xlsx"
    found = shown.rows(
        "SELECT period FROM matningar JOIN load USING (load_id)"
        " WHERE file = :file ORDER BY row_number",
        file=file,
    )
    months = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2024", "2025Q2"]
    assert [period for (period,) in found] == months
    assert shown.rejections(file) == [
        (8, "period", "2026-06-01", "not_a_period"),
        (10, "period", "2025-01-01", "not_a_period"),
    ]


def test_a_day_is_the_day_however_it_is_shown_but_a_month_that_was_typed_is_none(shown):
    assert shown.rows("SELECT CAST(datum AS VARCHAR) FROM ppm") == [("2026-03-10",)]
    assert shown.load("svf/svf_fall.xlsx") == (3, 1, 2)
    assert shown.rejections("svf/svf_fall.xlsx") == [
        (2, "datum_valgrundad_misstanke", "2026-01", "not_a_date"),
        (3, "datum_avslut", "2026", "not_a_date"),
    ]


def test_yes_and_no_are_no_numbers(shown):
    assert shown.load("bhk/bhk.xlsx") == (1, 1, 0)
    assert shown.rows("SELECT h1, k4 FROM bhk") == [(True, False)]
    assert shown.rejections("lakemedel/kontakter.xlsx") == [
        (2, "antal_lakemedel", "TRUE", "not_a_number")
    ]


# Sheets


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("sheets"))
    old = table([reported("my_care_plan", "2026Q1", taljare="10", namnare="100")])
    new = table([reported("my_care_plan", "2026Q1", taljare="90", namnare="100")])
    sources.write(
        "hidden/matningar/m.xlsx",
        workbook(Tab("gammal", old, is_hidden=True), Tab("Data", new)),
    )
    wards = [
        table([prevalence("20", "3", matdatum=f"2026-01-{n:02}") for n in (1, 2)]),
        [],
        [["Om mätningen"], ["Fri text"]],
        table(
            [
                prevalence("30", "7", matdatum="2026-02-01"),
                prevalence("x", "7", matdatum="2026-02-02"),
                prevalence("20", "4", matdatum="2026-01-02"),
            ]
        ),
    ]
    wards[3].insert(2, ["", " ", "", "", ""])
    names = ("Januari", "Blad2", "Läs mig", "Februari")
    sources.write("wards/ppm/ppm.xlsx", workbook(*map(Tab, names, wards)))
    sources.write(
        "right/ppm/ppm.xlsx",
        # The table need not begin in column A, nor its columns stand in order.
        workbook(
            Tab(
                "Blad1",
                [
                    [None, *reversed(row)]
                    for row in table([prevalence("9", "3", matdatum="2026-05-05")])
                ],
            )
        ),
    )
    return sources.build()


def test_a_hidden_sheet_is_not_read_and_is_named(sheets):
    assert sheets.counts("my_care_plan", CLINIC, "2026Q1") == (90, 100)
    assert (
        "hidden/matningar/m.xlsx: the sheet 'gammal' was not read: it is hidden"
        in noted(sheets)
    )


def noted(built: Built) -> list[str]:
    return [
        message
        for (message,) in built.rows(
            "SELECT message FROM finding WHERE \"check\" = 'sheet_not_read'"
            " AND build_id = :build_id ORDER BY 1",
            build_id=built.build_id,
        )
    ]


def test_every_visible_sheet_with_the_columns_is_read_and_the_others_are_named(sheets):
    file = "wards/ppm/ppm.xlsx"
    assert sheets.load(file) == (5, 3, 2)
    assert [line for line in noted(sheets) if "wards" in line] == [
        f"{file}: the sheet 'Läs mig' was not read: it has no column matdatum, "
        "enhet_id, matning, antal_observerade, antal_uppfyller"
    ]


def test_a_row_of_a_later_sheet_keeps_its_sheet_and_its_number_there(sheets):
    file = "wards/ppm/ppm.xlsx"
    parts = sheets.rows(
        "SELECT sheet, first_row FROM load_part JOIN load USING (load_id)"
        " WHERE file = :file ORDER BY first_row",
        file=file,
    )
    assert parts == [("Januari", 1), ("Februari", 4)]
    # header, first, blank, x, again
    assert [(one[0] - 4 + 1, *one[1:]) for one in sheets.rejections(file)] == [
        (4, "antal_observerade", "x", "not_a_number"),
        (5, "enhet_id", CLINIC, "duplicate"),
    ]
    assert (
        "the same as row 3 of the sheet Januari; expected it once"
        in sheets.messages(file)
    )


def test_the_pages_name_the_sheet_of_a_row_and_its_number_there(sheets):
    with open_reader(Warehouse(sheets.path)) as reader:
        found = list(rejections(reader, Rejected(), first=0, most=10))
    assert [(one.file, one.row_number) for one in found] == [
        ("wards/ppm/ppm.xlsx: Februari", 4),
        ("wards/ppm/ppm.xlsx: Februari", 5),
    ]


def test_a_table_may_begin_in_another_column(sheets):
    assert sheets.load("right/ppm/ppm.xlsx") == (1, 1, 0)


def test_a_sheet_that_would_be_lost_for_a_title_or_a_slip_is_a_fault(tmp_path):
    sources = Sources(tmp_path)
    rows = table([observation()])
    titled = [["Rapport februari"], [], *rows]
    sources.write("bhk/bhk.xlsx", workbook(Tab("Jan", rows), Tab("Feb", titled)))
    rows = table([inclusion("2026Q1", "5", "9")])
    slip = [["Period (kv)", *rows[0][1:]], *rows[1:]]
    sources.write("svf/svf_inklusion.xlsx", workbook(Tab("A", rows), Tab("B", slip)))
    # Of another layout, though most of what this one needs is there.
    rows = table([reported("my_care_plan", "2026Q1", taljare="7", namnare="20")])
    other = table([prem("2026Q1", "40", "80")])
    sources.write("matningar/m.xlsx", workbook(Tab("M", rows), Tab("PREM", other)))
    with pytest.raises(SourceError) as caught:
        sources.build()
    slipped, titled_one = sorted(caught.value.faults, reverse=True)
    assert slipped.startswith(
        "svf/svf_inklusion.xlsx: sheet 'B', row 1: missing column period; found "
    )
    assert titled_one.startswith("bhk/bhk.xlsx: sheet 'Feb', row 1: missing column ")
    assert titled_one.endswith(
        "the column names stand on row 3, and the header must be row 1; remove the "
        "rows above it"
    )


def test_sheets_of_unlike_columns_are_refused(tmp_path):
    sources = Sources(tmp_path)
    full = table([contact("a", lakemedelslista="J")])
    short = [row[:-1] for row in table([contact("b")])]
    sources.write(
        "lakemedel/kontakter.xlsx", workbook(Tab("Öst", full), Tab("Väst", short))
    )
    title = [["Rapport"], [], *table([prevalence("20", "3")])]
    sources.write("ppm/ppm.xlsx", workbook(Tab("Blad", title)))
    sources.write("bhk/bhk.xlsx", workbook(Tab("Tomt", [])))
    with pytest.raises(SourceError) as caught:
        sources.build()
    needed = "matdatum, enhet_id, matning, antal_observerade, antal_uppfyller"
    assert sorted(caught.value.faults) == [
        "bhk/bhk.xlsx: every visible sheet is empty ('Tomt'); expected a header row in "
        "one of them",
        "lakemedel/kontakter.xlsx: sheet 'Väst', row 1: missing column "
        "lakemedelslista, which the sheet 'Öst' has; expected the same columns in "
        "every sheet; add it, or put the sheets in files of their own",
        f"ppm/ppm.xlsx: sheet 'Blad', row 1: missing column {needed}; found Rapport, "
        "(not a name), (not a name), (not a name), (not a name); the column names "
        "stand on row 3, and the header must be row 1; remove the rows above it",
    ]


# Blank rows and stray cells


def stray(rows: list[list[object]], cell: str, row: int) -> bytes:
    """Return a workbook with a space in a cell far below its rows."""
    far = (
        f'<row r="{row}"><c r="{cell}{row}" t="inlineStr"><is>'
        '<t xml:space="preserve"> </t></is></c></row></sheetData>'
    )
    return changed(workbook(Tab("Data", rows)), "sheet1.xml", "</sheetData>", far)


def test_a_row_without_any_text_is_no_row(tmp_path):
    sources = Sources(tmp_path)
    rows = table([*cases(2, 10, "2026-01-20"), case("c", svf="x")])
    rows.insert(2, [" ", "\u00a0"])
    rows.insert(3, [])
    sources.write("svf/svf_fall.xlsx", stray(rows, "A", 200_000))
    lines = csv_text(
        contact(f"{n}", kon=kon) for n, kon in enumerate("KX")
    ).splitlines()
    lines[2:2] = [";" * 9, "; \u00a0;;", ";" * 30]
    sources.write("lakemedel/kontakter.csv", "\n".join([*lines, ";" * 9]))
    built = sources.build()
    assert built.load("svf/svf_fall.xlsx") == (3, 2, 1)
    assert built.rejections("svf/svf_fall.xlsx") == [(6, "svf", "x", "unknown_code")]
    assert built.load("lakemedel/kontakter.csv") == (2, 1, 1)
    assert built.rejections("lakemedel/kontakter.csv") == [
        (6, "kon", "X", "unknown_code")
    ]


def test_a_cell_far_from_the_table_is_a_fault_of_that_file(tmp_path):
    sources = Sources(tmp_path)
    rows = table([observation()])
    sources.write("bhk/bhk.xlsx", stray(rows, "XFD", 1_048_576))
    sources.write("ppm/ppm.xlsx", b"")
    with pytest.raises(SourceError) as caught:
        sources.build()
    assert any(
        fault.startswith(
            "bhk/bhk.xlsx: sheet 'Data': its cells reach to row 1048576 and column "
            "16384; expected at most 50000000 cells"
        )
        for fault in caught.value.faults
    )
    assert len(caught.value.faults) == 2


# What is no workbook

OLD = bytes.fromhex("d0cf11e0a1b11ae1")
NO_WORKBOOKS: Mapping[str, tuple[bytes, str]] = {
    "csv": (b"matdatum;enhet_id\n", "it is text, such as CSV; name it .csv"),
    "html": (b"\xef\xbb\xbf\n<html><table></table></html>", "it is a web page (HTML)"),
    "xls": (OLD + bytes(600), "it is in the old format of Excel (.xls)"),
    "password": (
        OLD + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "it is protected by a password; take the password away",
    ),
    "empty": (b"", "the file is empty"),
    "half": (workbook(Tab("a", [["x"]]))[:600], "it may be cut off; export it again"),
}


def archive(part: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        parts.writestr(part, "x")
    return written.getvalue()


def test_what_is_no_workbook_is_told_with_what_to_do(tmp_path):
    sources = Sources(tmp_path)
    kinds = {
        **NO_WORKBOOKS,
        "xlsb": (archive("xl/workbook.bin"), "it is a binary workbook (.xlsb)"),
        "ods": (archive("mimetype"), "it is a document of LibreOffice (.ods)"),
    }
    for name, (content, _) in kinds.items():
        sources.write(f"{name}/bhk/bhk.xlsx", content)
    with pytest.raises(SourceError) as caught:
        sources.build()
    told = {fault.partition("/")[0]: fault for fault in caught.value.faults}
    assert told.keys() == kinds.keys()
    for name, (_, advice) in kinds.items():
        assert told[name].startswith(
            f"{name}/bhk/bhk.xlsx: cannot be opened as an Excel"
        )
        assert advice in told[name]


def test_sheets_written_in_another_way_are_read_the_same(tmp_path: Path):
    """A prefix for the namespace and cells that do not say where they stand."""
    rows = with_cell(prevalence("20", ""), "antal_uppfyller", Shown(0.03, "0%"))
    content = workbook(Tab("Data", rows))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        before = parts.read("xl/worksheets/sheet1.xml").decode()
    other = before
    for name in ("worksheet", "sheetData", "row", "c", "v"):
        for start in (f"<{name} ", f"<{name}>", f"</{name}>"):
            other = other.replace(start, start.replace(name, f"x:{name}"))
    other = other.replace("<x:worksheet xmlns=", "<x:worksheet xmlns:x=").replace(
        '"', "'"
    )
    other = (
        other[: other.index("<x:sheetData")].partition("<dimension")[0]
        + other[other.index("<x:sheetData") : other.index("</x:sheetData>")]
        + "</x:sheetData></x:worksheet>"
    )
    sources = Sources(tmp_path)
    sources.write("ppm/ppm.xlsx", changed(content, "sheet1.xml", before, other))
    assert sources.build().rows(
        "SELECT antal_observerade, antal_uppfyller FROM ppm"
    ) == [(20, 3)]
