"""Templates: what they hold, and that what is filled in is read as it stands."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copy

import pytest
from python_calamine import CalamineWorkbook

from etl.__main__ import main
from etl.commands import build_warehouse
from etl.demo import write_demo
from etl.files.find import find_files
from etl.sources import LAYOUTS
from etl.sources.beside import is_beside, mark_of
from etl.sources.layout import Layout
from etl.store.catalogue import load_catalogue
from etl.template import words
from etl.template.allowed import Ground, UnitLine, choices, must_be_filled
from etl.template.book import file_name, template
from kpi import schema
from kpi.definitions import load_definitions
from tests.etl.demo.test_demo import read
from tests.etl.files.test_workbooks import Tab, table, workbook
from tests.etl.rows import (
    AS_OF,
    CLINIC,
    HOSPITAL,
    SHIPPED,
    Built,
    Row,
    Sources,
    case,
    contact,
    inclusion,
    kolada,
    maximum,
    observation,
    prem,
    prevalence,
    reported,
    tree,
    unit,
)
from tests.etl.template.filling import filled

BY_NAME = {str(layout.dataset): layout for layout in LAYOUTS}
EXAMPLE = words.COLUMNS["bhk"]["enhet_id"].example
FINE: dict[str, Row] = {
    "enheter": unit(CLINIC, "klinik"),
    "ledtider": maximum("brost", "kirurgi", "28"),
    "svf_fall": case("a"),
    "svf_inklusion": inclusion("2026Q1", "8", "10"),
    "kontakter": contact("a"),
    "prem": prem("2026Q1", "40", "80,1"),
    "bhk": observation(),
    "ppm": prevalence("20", "3"),
    "matningar": reported("incident_reports", "2026Q1", taljare="3"),
    "kolada": kolada("N79198", "0010", "2025", "84.7"),
}


@pytest.fixture(scope="module")
def ground() -> Ground:
    catalogue = load_catalogue(SHIPPED, AS_OF)
    units = [UnitLine(CLINIC, "=1+1", "klinik", "Sjukhuset")]
    return Ground(units, catalogue.pathways, catalogue.definitions.indicators)


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: [
            [str(cell) for cell in row]
            for row in book.get_sheet_by_name(name).to_python()
        ]
        for name in book.sheet_names
    }


@pytest.mark.parametrize("layout", LAYOUTS, ids=BY_NAME)
def test_a_template_has_the_layouts_headings_and_no_row(
    layout: Layout, ground: Ground
) -> None:
    first, *_ = sheets(template(layout, ground)).values()
    assert first == [[field.name for field in layout.fields]]
    assert layout.matches(layout.folder, f"{file_name(layout)}.xlsx")


@pytest.mark.parametrize("layout", LAYOUTS, ids=BY_NAME)
def test_every_column_is_explained(layout: Layout, ground: Ground) -> None:
    names = [field.name for field in layout.fields]
    assert list(words.COLUMNS[layout.dataset]) == names
    explained = sheets(template(layout, ground))["Förklaringar"]
    lines = {line[0]: line for line in explained}
    for name, told in words.COLUMNS[layout.dataset].items():
        assert told.meaning in lines[name]
        assert told.example in lines[name]
    assert words.ROW_IS[layout.dataset] in explained[2][0]


def test_what_must_be_filled_in_is_marked(ground: Ground) -> None:
    must = {
        name: [field.name for field in layout.fields if must_be_filled(layout, field)]
        for name, layout in BY_NAME.items()
    }
    # An item without an answer rejects its row, though it may be not applicable.
    assert must["bhk"] == [
        *("matdatum", "enhet_id"),
        *("h1", "h2", "h3", "h4", "k1", "k2", "k3", "k4"),
    ]
    assert must["matningar"] == ["indikator", "enhet_id", "period"]
    said = {
        line[0]: line[2]
        for line in sheets(template(BY_NAME["matningar"], ground))["Förklaringar"][6:]
    }
    assert (said["period"], said["taljare"], said["kommentar"]) == (
        *("Ja", "Ibland"),
        "Nej",
    )


@pytest.mark.parametrize("layout", LAYOUTS, ids=BY_NAME)
def test_text_is_never_a_formula(layout: Layout, ground: Ground) -> None:
    content = template(layout, ground)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)
    assert [CLINIC, "=1+1", "klinik", "Sjukhuset"] in sheets(content)["Enheter"]


def test_the_same_ground_gives_the_same_bytes(ground: Ground) -> None:
    content = template(BY_NAME["ppm"], ground)
    assert template(BY_NAME["ppm"], ground) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # Whenever it is made.
        assert b">2020-01-01T00:00:00Z</dcterms:created>" in archive.read(
            "docProps/core.xml"
        )


def test_a_pathway_is_chosen_by_name_unless_two_have_it() -> None:
    (svf,) = (field for field in BY_NAME["prem"].fields if field.name == "svf")
    names = {"aa": ("Bröst",), "bb": ("Bröst",), "cc": ("Lunga", "Lung"), "dd": ()}
    listed = choices(BY_NAME["prem"], svf, Ground((), names, ()))
    assert listed == ["aa", "bb", "Lunga", "dd", "alla"]


def test_a_list_holds_what_stands_on_the_sheet_it_points_to(ground: Ground) -> None:
    layout = BY_NAME["matningar"]
    content = template(layout, ground)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    rules = dict(
        re.findall(r'sqref="([A-Z])2:\1\d+"><formula1>([^<]*)</formula1>', sheet)
    )
    values = sheets(content)["Värden"]
    column = values[1].index("indikator")
    known = [row[column] for row in values[2:] if row[column]]
    assert known == [indicator.id for indicator in ground.reported]
    letter = "ABCDEF"[column]
    assert rules["A"] == f"'Värden'!${letter}$3:${letter}${len(known) + 2}"
    assert rules["B"] == "'Enheter'!$A$3:$A$3"


def every_choice(ground: Ground) -> Iterator[tuple[str, str, str]]:
    for name, layout in BY_NAME.items():
        for field in layout.fields:
            for choice in choices(layout, field, ground):
                yield name, field.name, choice


UNREADABLE = {
    *("unknown_code", "unknown_indicator", "unknown_unit", "not_a_region"),
    *("not_a_unit_id", "missing_value", "not_a_date", "not_a_number", "not_a_period"),
}
"""What rejects a row for how it is written; of equal rows all but one are rejected."""


def test_whatever_can_be_chosen_is_read(tmp_path: Path, ground: Ground) -> None:
    sources = Sources(tmp_path)
    rows: dict[str, list[Row]] = {name: [] for name in BY_NAME}
    for number, (name, column, choice) in enumerate(every_choice(ground)):
        row = FINE[name] | {column: choice}
        if name == "enheter":
            row["enhet_id"] = f"SE2321000081-X{number}"
            row["overordnad"] = "" if choice == "region" else CLINIC
        if name == "matningar":
            row |= {"taljare": "1", "namnare": "1"}
        rows[name].append(row)
    assert sum(map(len, rows.values())) > 150
    for name, layout in BY_NAME.items():
        content = filled(template(layout, ground), layout, rows[name])
        sources.write(f"{layout.folder}/{file_name(layout)}.xlsx", content)
    built = sources.build()
    wrong = built.rows("SELECT column_name, value, reason FROM rejection")
    assert [row for row in wrong if row[2] in UNREADABLE] == []


def test_the_example_is_a_row_that_is_read(tmp_path: Path, ground: Ground) -> None:
    sources = Sources(tmp_path, [*tree(), unit(EXAMPLE, "klinik", HOSPITAL)])
    for name, layout in BY_NAME.items():
        row = {column: told.example for column, told in words.COLUMNS[name].items()}
        if name == "enheter":
            row |= {"overordnad": HOSPITAL, "ersatt_av": "", "kolada_id": ""}
            row |= {"enhet_id": "SE2321000081-NEW"}
        content = filled(template(layout, ground), layout, [row])
        sources.write(f"{layout.folder}/{file_name(layout)}.xlsx", content)
    built = sources.build()
    assert built.rows("SELECT value, message FROM rejection") == []


def facts(built: Built) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: built.rows(f"SELECT * EXCLUDE (load_id) FROM {name} ORDER BY ALL")
        for name in (*schema.FACTS, "enheter", "ledtider")
    }


def test_what_is_filled_in_becomes_the_facts_of_the_same_csv(
    tmp_path: Path, ground: Ground
) -> None:
    demo, by_hand = tmp_path / "demo", tmp_path / "by_hand"
    write_demo(demo, load_definitions(SHIPPED), units=16, years=1)
    by_hand.mkdir()
    copy(demo / "region.yaml", by_hand)
    files = find_files(demo).files
    assert {file.layout.dataset for file in files} == set(BY_NAME)
    for file in files:
        target = (by_hand / file.name).with_suffix(".xlsx")
        target.parent.mkdir(parents=True, exist_ok=True)
        rows = read(file.path).to_dict("records")
        empty = template(file.layout, ground)
        target.write_bytes(filled(empty, file.layout, rows))
    made = []
    for folder in (demo, by_hand):
        path = tmp_path / f"{folder.name}.duckdb"
        result, _ = build_warehouse(folder, path, SHIPPED, as_of=date(2026, 11, 1))
        made.append(Built(path, result))
    exported, by_template = facts(made[0]), facts(made[1])
    assert min(map(len, exported.values())) > 10
    assert by_template == exported
    assert made[1].result.rejections == made[0].result.rejections
    # The sheets beside the rows are no surprise to anybody.
    assert not any("sheet" in note for note in made[1].result.notes)


def test_a_template_without_rows_is_only_that(tmp_path: Path, ground: Ground) -> None:
    sources = Sources(tmp_path)
    layout = BY_NAME["ppm"]
    sources.write("ppm/ppm_mall.xlsx", template(layout, ground))
    built = sources.build()
    assert built.result.notes == ["ppm/ppm_mall.xlsx: the file has no rows"]


# The sheets that are not read.


@pytest.mark.parametrize(
    ("rows", "columns", "is_so"),
    [(24, 5, True), (3, 1, True), (25, 5, False), (24, 6, False)],
)
def test_a_marked_sheet_is_left_alone_as_far_as_it_reaches(
    rows: int, columns: int, is_so: bool
) -> None:
    assert is_beside(mark_of(24, 5), rows, columns) is is_so


@pytest.mark.parametrize("columns", [1, 26, 27, 52, 53, 702])
def test_a_mark_says_how_many_columns(columns: int) -> None:
    assert is_beside(mark_of(9, columns), 9, columns)
    assert not is_beside(mark_of(9, columns), 9, columns + 1)


def test_other_words_are_no_mark() -> None:
    assert not is_beside("Förklaringar", 1, 1)
    assert not is_beside(mark_of(9, 2) + " Januari", 1, 1)


HELP = [[mark_of(3, 2)], ["Id", "Namn"], [CLINIC, "Kirurgkliniken"]]


def notes_of(tmp_path: Path, *tabs: Tab) -> list[str]:
    sources = Sources(tmp_path)
    rows = Tab("Rader", table([prevalence("20", "3")]))
    sources.write("ppm/ppm.xlsx", workbook(rows, *tabs))
    built = sources.build()
    assert built.load("ppm/ppm.xlsx") == (1, 1, 0)
    return list(built.result.notes)


def test_help_is_not_told_of(tmp_path: Path) -> None:
    assert notes_of(tmp_path, Tab("Enheter", HELP)) == []


@pytest.mark.parametrize(
    "more",
    [[*HELP, ["", "12"]], [*HELP[:2], [*HELP[2], "12"]]],
    ids=["below", "beside"],
)
def test_what_somebody_wrote_outside_of_the_help_is_told(
    tmp_path: Path, more: list[list[str]]
) -> None:
    [note] = notes_of(tmp_path, Tab("Enheter", more))
    assert "the sheet 'Enheter' was not read" in note


# The command.


def command(tmp_path: Path, *more: str) -> int:
    return main(
        [
            *("template", "--definitions", str(SHIPPED)),
            *("--warehouse", str(tmp_path / "warehouse.duckdb")),
            *("--sources", str(tmp_path / "sources")),
            *more,
        ]
    )


def units_in(path: Path) -> list[str]:
    return [row[0] for row in sheets(path.read_bytes()).get("Enheter", [])[2:]]


def test_units_come_from_the_warehouse_or_else_from_the_register(
    tmp_path: Path,
) -> None:
    out = tmp_path / "a.xlsx"
    assert command(tmp_path, "ppm", "--out", str(out)) == 0
    assert units_in(out) == []
    ended = unit("SE2321000081-OLD", "klinik", CLINIC, giltig_till="2020-12-31")
    sources = Sources(tmp_path)
    register = sources.folder / "enheter" / "enheter.csv"
    sources.write("enheter/gamla/enheter/enheter.csv", [ended])
    assert command(tmp_path, "ppm", "--out", str(tmp_path / "b.xlsx")) == 0
    listed = units_in(tmp_path / "b.xlsx")
    assert CLINIC in listed
    assert ended["enhet_id"] not in listed
    sources.build()
    register.unlink()
    assert command(tmp_path, "ppm", "--out", str(tmp_path / "c.xlsx")) == 0
    assert units_in(tmp_path / "c.xlsx") == listed


def test_a_file_that_may_be_filled_in_is_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.xlsx"
    out.write_bytes(b"filled in")
    assert command(tmp_path, "ppm", "--out", str(out)) == 1
    assert out.read_bytes() == b"filled in"
    assert f"{out}: is there already" in capsys.readouterr().err
    assert command(tmp_path, "ppm", "--out", str(tmp_path / "a.csv")) == 1
    assert not (tmp_path / "a.csv").exists()


def test_all_templates_are_written_where_a_build_looks_for_them(
    tmp_path: Path,
) -> None:
    assert command(tmp_path, "--all", str(tmp_path / "new")) == 0
    folder = find_files(tmp_path / "new")
    assert {file.layout.dataset for file in folder.files} == set(BY_NAME)
    assert folder.unread == []
    # Of several that cannot be written, none is.
    (tmp_path / "new/ppm/ppm_mall.xlsx").unlink()
    assert command(tmp_path, "--all", str(tmp_path / "new")) == 1
    assert not (tmp_path / "new/ppm/ppm_mall.xlsx").exists()


@pytest.mark.parametrize("call", [[], ["x"], ["ppm", "--all", "there"]])
def test_a_call_that_cannot_be_meant(tmp_path: Path, call: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command(tmp_path, *call)
    assert stopped.value.code == 2
