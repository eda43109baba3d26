"""The form of a file: encodings, delimiters, headers, workbooks; what is refused."""

import json
from datetime import date

import pytest

from kpi.errors import MalbildError, SourceError
from tests.etl.rows import (
    CLINIC,
    Built,
    Row,
    Sources,
    case,
    cases,
    contact,
    csv_text,
    observation,
    prevalence,
    reported,
)


def measured(kommentar: str, period: str = "2026-01") -> Row:
    return reported(
        "my_care_plan", period, taljare="7", namnare="20", kommentar=kommentar
    )


def answer(kpi: str, year: int, value: object, **record: object) -> str:
    """Return an answer of the Kolada API v3 with one value of Region Blekinge."""
    figure = {"gender": "T", "value": value}
    one = {"kpi": kpi, "municipality": "0010", "period": year, "values": [figure]}
    return json.dumps({"values": [one | record]})


FORMS = {
    "comma": (csv_text([measured("åäö, och")], delimiter=","), "utf-8"),
    "semicolon": (csv_text([measured("åäö; och")], delimiter=";"), "utf-8"),
    "tab": (csv_text([measured("åäö\toch")], delimiter="\t"), "utf-8"),
    "bom": (csv_text([measured("åäö")]), "utf-8-sig"),
    "cp1252": (csv_text([measured("åäö – “så” €")]), "cp1252"),
    "crlf": (csv_text([measured("åäö")], newline="\r\n"), "utf-8"),
    "cp1252_crlf_tab": (
        csv_text([measured("åäö")], delimiter="\t", newline="\r\n"),
        "cp1252",
    ),
    "quoted_newline": (csv_text([measured("rad ett\nrad; två")]), "utf-8"),
    "quoted_crlf_in_lf": (csv_text([measured("rad ett\r\nrad; två")]), "utf-8"),
    "quoted_lf_in_crlf": (
        csv_text([measured("rad ett\nrad; två")], newline="\r\n"),
        "utf-8",
    ),
    "quoted_quotes": (csv_text([measured('så kallad "bra" vård')]), "utf-8"),
    "no_last_newline": (csv_text([measured("åäö")]).rstrip("\n"), "utf-8"),
}
SAID = {
    "comma": "åäö, och",
    "semicolon": "åäö; och",
    "tab": "åäö\toch",
    "cp1252": "åäö – “så” €",
    "quoted_newline": "rad ett\nrad; två",
    "quoted_crlf_in_lf": "rad ett\r\nrad; två",
    "quoted_lf_in_crlf": "rad ett\nrad; två",
    "quoted_quotes": 'så kallad "bra" vård',
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("forms"))
    for name, (content, encoding) in FORMS.items():
        sources.write(f"{name}/matningar/m.csv", content.encode(encoding))
    return sources.build()


@pytest.mark.parametrize("name", FORMS)
def test_the_same_row_is_read_in_every_form(forms, name):
    file = f"{name}/matningar/m.csv"
    assert forms.load(file) == (1, 1, 0)
    [row] = forms.rows(
        "SELECT taljare, namnare, kommentar FROM matningar JOIN load USING (load_id)"
        " WHERE file = :file",
        file=file,
    )
    assert row == (7, 20, SAID.get(name, "åäö"))


def test_lines_that_end_in_two_ways_lose_no_row(tmp_path):
    sources = Sources(tmp_path)
    lines = csv_text([case("a"), case("b"), case("c")]).splitlines()
    mixed = f"{lines[0]}\r\n{lines[1]}\n{lines[2]}\r\n{lines[3]}\n"
    sources.write("svf/svf_fall.csv", mixed)
    assert sources.build().load("svf/svf_fall.csv") == (3, 3, 0)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Files that are unusual and right, or wrong in a row."""
    sources = Sources(tmp_path_factory.mktemp("odd"))
    sources.write("svf/svf_fall[1].csv", [case("a")])
    sources.write("svf/svf_fall'*.csv", [case("b"), case("c")])
    lines = csv_text([case("d"), case("e"), case("f", svf="okänt")]).splitlines()
    lines.insert(2, "")
    sources.write("svf/svf_fall_blank.csv", "\n".join([*lines, "", ""]))
    whole = list(case("g").values())
    ragged = csv_text([case("h")]) + "\n".join(
        (
            ";".join([*whole, "x"]),
            ";".join(whole[:-1]),
            ";".join(whole[:1]),
            ";".join(["i", *whole[1:]]),
        )
    )
    sources.write("svf/svf_fall_ragged.csv", ragged)
    sources.write("svf/svf_fall_header.csv", csv_text([case("x")]).splitlines()[0])
    shouted = csv_text([dict(reversed(case("j").items()))]).splitlines()
    sources.write(
        "svf/svf_fall_shouted.csv",
        f"{shouted[0].upper()};Extra;extra\n{shouted[1]};1;2",
    )
    sources.write("bhk/anteckning.csv", "fri text")
    sources.write("bhk/README.md", "om mappen")
    return sources.build()


def test_brackets_and_stars_in_a_name_are_no_pattern(odd):
    assert odd.load("svf/svf_fall[1].csv") == (1, 1, 0)
    assert odd.load("svf/svf_fall'*.csv") == (2, 2, 0)


PATTERNS = {
    # a name with a pattern in it -> one that fits the pattern
    "svf/svf_fall[1].csv": "svf/svf_fall1.csv",
    "svf/svf_fall*.csv": "svf/svf_fall_b.csv",
    "svf/svf_fall?.csv": "svf/svf_fall2.csv",
    "svf/svf_fall[!a].csv": "svf/svf_fallb.csv",
    "ppm/ppm (1)['x'].csv": "ppm/ppm (1)x.csv",
    "a[b]/ppm/ppm.csv": "ab/ppm/ppm.csv",
    "a*/matningar/m*.csv": "ac/matningar/mn.csv",
    "år=2025/bhk/bhk[åä].csv": "år=2025/bhk/bhkä.csv",
    "kolada/svar[1].json": "kolada/svar1.json",
}


def test_each_file_has_its_own_rows_whatever_its_path_looks_like(tmp_path):
    # The warehouse too lies in the folder, and what is put beside a file to read it.
    sources = Sources(tmp_path / "prod[1]*")
    decoys = Sources(tmp_path / "prod1"), Sources(tmp_path / "prod1x")
    expected = []
    for place, name in enumerate(n for pair in PATTERNS.items() for n in pair):
        day = f"2026-01-{place + 1:02}"
        if "svf" in name:
            content = csv_text([case(f"{place}", datum_valgrundad_misstanke=day)])
        elif "ppm" in name:
            content = csv_text([prevalence("20", "3", matdatum=day)])
        elif "matningar" in name:
            content = csv_text(
                [measured("x", day[:7].replace("01", f"{place % 9 + 1:02}"))]
            )
        elif "bhk" in name:
            seen = observation(matdatum=day, yrkeskategori="läkare")
            content = csv_text([seen]).encode("cp1252")
        else:
            content = answer("N79178", 2000 + place, 50 + place)
        sources.write(name, content)
        for other in decoys:
            other.write(name, "annat\n")
        expected.append((name, 1, 1, 0))
    built = sources.build()
    assert built.rows(
        "SELECT file, rows, facts, rejections FROM load WHERE file NOT LIKE 'enheter%'"
        " AND file NOT LIKE 'reference%' ORDER BY file"
    ) == sorted(expected)
    assert built.rows(
        "SELECT file, CAST(day(datum_valgrundad_misstanke) AS INTEGER) FROM svf_fall"
        " JOIN load USING (load_id) ORDER BY 2"
    ) == [(name, n + 1) for n, (name, *_) in enumerate(expected) if "svf" in name]
    assert built.rows("SELECT year, value FROM kolada ORDER BY 1") == [
        (2000 + n, 50 + n) for n, (name, *_) in enumerate(expected) if "json" in name
    ]


def test_a_backslash_beside_a_pattern_is_said(tmp_path):
    sources = Sources(tmp_path)
    sources.write("ppm/ppm\\[1].csv", [prevalence("20", "3")])
    with pytest.raises(SourceError, match="expected no backslash"):
        sources.build()


def test_a_blank_line_is_no_row_and_moves_no_row_number(odd):
    file = "svf/svf_fall_blank.csv"
    assert odd.load(file) == (3, 2, 1)
    [rejection] = odd.rejections(file)
    # header, d, blank line, e, f
    assert rejection == (5, "svf", "okänt", "unknown_code")


def test_rows_with_too_many_or_too_few_cells_are_rejections(odd):
    file = "svf/svf_fall_ragged.csv"
    assert odd.load(file) == (5, 2, 3)
    assert [(one[0], one[3]) for one in odd.rejections(file)] == [
        (3, "too_many_columns"),
        (4, "too_few_columns"),
        (5, "too_few_columns"),
    ]


def test_a_row_with_many_cells_too_many_does_not_refuse_the_others(tmp_path):
    sources = Sources(tmp_path)
    rows = csv_text([case("a"), case("b")])
    sources.write("svf/svf_fall.csv", rows + ";".join(case("c").values()) + ";x" * 8)
    built = sources.build()
    assert built.load("svf/svf_fall.csv") == (3, 2, 1)
    [rejection] = built.rejections("svf/svf_fall.csv")
    assert (rejection[0], rejection[3]) == (4, "too_many_columns")


def test_a_header_without_rows_is_a_load_of_none(odd):
    assert odd.load("svf/svf_fall_header.csv") == (0, 0, 0)


def test_columns_are_known_in_any_case_and_order_and_others_are_named(odd):
    assert odd.load("svf/svf_fall_shouted.csv") == (1, 1, 0)
    [extra] = odd.rows(
        "SELECT extra_columns FROM load WHERE file = 'svf/svf_fall_shouted.csv'"
    )
    assert extra == ("Extra, extra",)


def test_a_file_that_no_layout_knows_is_named_and_a_readme_is_not(odd):
    assert [str(one) for one in odd.result.unread] == [
        "ignored: bhk/anteckning.csv: no layout knows this folder and name; expected "
        "bhk/bhk*.csv; rename it if it holds such rows"
    ]


HEADER = csv_text([case("x")]).splitlines()[0]
CASES = "svf/svf_fall.csv"
REFUSED = {
    "empty": (b"", ["is empty", "header row"]),
    "only_newlines": (b"\n\n", ["missing column fall_id"]),
    "utf_16": (HEADER.encode("utf-16"), ["UTF-16", "UTF-8 or CP1252"]),
    "utf_16_without_a_mark": (HEADER.encode("utf-16-le"), ["UTF-8 or CP1252"]),
    "random_bytes": (bytes(range(256)) * 4, ["UTF-8 or CP1252"]),
    "neither_utf_8_nor_cp1252": (
        HEADER.encode() + b"\nf\x81\xff\n",
        ["UTF-8 or CP1252", "0x81"],
    ),
    "missing_column": (
        HEADER.replace("kva_avslut", "kva").encode(),
        [":1", "missing column kva_avslut", "found fall_id, enhet_id"],
    ),
    "column_twice": (
        f"{HEADER};SVF\n".encode(),
        [":1", "'SVF'", "twice"],
    ),
    "unbalanced_quote": (
        csv_text([case("X"), case("b"), case("c")]).replace("X", '"a').encode(),
        ["quote"],
    ),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One build with every such file; what was in place stays byte for byte."""
    sources = Sources(tmp_path_factory.mktemp("refused"))
    for name, (content, _) in REFUSED.items():
        sources.write(f"{name}/{CASES}", content)
    whole = Sources(sources.folder.parent / "whole")
    whole.warehouse = sources.warehouse
    before = whole.build().path.read_bytes()
    with pytest.raises(SourceError) as caught:
        sources.build()
    assert sources.warehouse.read_bytes() == before
    return {fault.partition("/")[0]: fault for fault in caught.value.faults}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_words(refused, name):
    message = refused[name]
    assert message.startswith(f"{name}/{CASES}:")
    for part in REFUSED[name][1]:
        assert part in message


def test_a_mark_of_utf_8_alone_is_an_empty_file(tmp_path):
    sources = Sources(tmp_path)
    sources.write(CASES, b"\xef\xbb\xbf")
    with pytest.raises(SourceError, match=CASES):
        sources.build()


def test_every_faulty_file_is_named_at_once(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", b"")
    sources.write("bhk/bhk.csv", "matdatum;enhet_id\n")
    sources.write("ppm/ppm.csv", "a,b".encode("utf-16"))
    with pytest.raises(SourceError) as caught:
        sources.build()
    assert len(caught.value.faults) == 3


def test_an_unclosed_quote_at_the_end_hides_no_rows(tmp_path):
    sources = Sources(tmp_path)
    content = csv_text([measured("X"), measured("två", "2026-02")]).replace(
        "X", '"öppet'
    )
    sources.write("matningar/m.csv", content)
    with pytest.raises(SourceError, match="balanced quotes"):
        sources.build()


# Workbooks


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("workbooks"))
    header = list(contact("x"))
    typed = {
        "datum": date(2026, 2, 10),
        "alder": 80.0,
        "antal_lakemedel": 7,
        "kontakt_id": 1001,
    }
    rows = [
        list((contact("x") | typed | {"kontakt_id": 1001 + n}).values())
        for n in range(5)
    ]
    text = [str(cell) for cell in contact("text", datum="20260210").values()]
    part = list((contact("x") | typed | {"kontakt_id": 1, "alder": 80.5}).values())
    sources.write_workbook("lakemedel/kontakter.xlsx", [header, *rows, text, part])
    sources.write_workbook(
        "matningar/m.xlsx",
        [
            ["Indikator", "enhet_id", "period", "varde", "taljare", "namnare"],
            ["my_care_plan", CLINIC, 2025, 83.4, None, None],
            ["my_care_plan", CLINIC, "2026Q1", None, 7, 20.0],
            ["my_care_plan", CLINIC, "2026Q2", "MSK", None, None],
            ["my_care_plan", CLINIC, "2026Q3", None, "1 234", "2\u00a0468,0"],
        ],
    )
    sources.write_workbook("bhk/bhk.xlsx", [list(observation())])
    items = {name: int(value) for name, value in observation().items() if value == "1"}
    truth = observation() | items | {"matdatum": date(2026, 3, 10), "k4": True}
    sources.write_workbook("bhk/bhk_2.xlsx", [list(truth), list(truth.values())])
    return sources.build()


def test_typed_cells_are_read_as_they_would_be_written(workbooks):
    file = "lakemedel/kontakter.xlsx"
    assert workbooks.load(file) == (7, 6, 1)
    assert workbooks.rejections(file) == [(8, "alder", "80.5", "not_a_number")]
    assert workbooks.counts("medication_reviews", CLINIC, "2026-02") == (0, 6)
    assert workbooks.load("bhk/bhk_2.xlsx") == (1, 1, 0)


def test_numbers_and_tokens_in_cells(workbooks):
    assert workbooks.load("matningar/m.xlsx") == (4, 4, 0)
    assert workbooks.shown("my_care_plan", CLINIC, "2025")[2] == 83.4
    assert workbooks.counts("my_care_plan", CLINIC, "2026Q1") == (7, 20)
    assert workbooks.status("my_care_plan", CLINIC, "2026Q2") == ("masked", "masked")
    assert workbooks.counts("my_care_plan", CLINIC, "2026Q3") == (1234, 2468)


def test_a_workbook_with_a_header_alone_is_a_load_of_none(workbooks):
    assert workbooks.load("bhk/bhk.xlsx") == (0, 0, 0)


@pytest.mark.parametrize("kept", [600, -20, 0])
def test_a_truncated_workbook_is_refused(tmp_path, kept):
    sources = Sources(tmp_path)
    path = sources.write_workbook("bhk/bhk.xlsx", [list(observation())])
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(SourceError, match=r"bhk/bhk\.xlsx: cannot be opened"):
        sources.build()


def test_an_empty_sheet_is_refused(tmp_path):
    sources = Sources(tmp_path)
    sources.write_workbook("bhk/bhk.xlsx", [])
    with pytest.raises(
        SourceError, match=r"bhk/bhk\.xlsx: every visible sheet is empty"
    ):
        sources.build()


def test_the_same_content_under_two_names_counts_once(tmp_path):
    sources = Sources(tmp_path)
    rows = cases(5, 10, "2026-01-20")
    sources.write("svf/svf_fall.csv", rows)
    sources.write("svf/svf_fall (kopia).csv", rows)
    built = sources.build()
    assert built.counts("svf_lead_time", CLINIC, "2026Q1") == (5, 5)
    assert (
        sum(one.rows for one in built.result.loads if "svf_fall" in one.file.name) == 5
    )


def test_a_folder_that_is_not_there_is_said(tmp_path):
    sources = Sources(tmp_path)
    sources.folder = tmp_path / "nowhere"
    with pytest.raises(MalbildError, match="is not a folder"):
        sources.build()


def test_without_units_nothing_can_be_built(tmp_path):
    sources = Sources(tmp_path)
    (sources.folder / "enheter/enheter.csv").unlink()
    sources.write("svf/svf_fall.csv", [case("a")])
    with pytest.raises(MalbildError, match="no units"):
        sources.build()
