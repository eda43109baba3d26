"""CSV and JSON that is unusual: read for what it is, or refused with the place."""

import json
from unicodedata import normalize

import pytest

from kpi.errors import SourceError
from tests.etl.rows import (
    CLINIC,
    SECOND_CLINIC,
    Built,
    Row,
    Sources,
    case,
    contact,
    csv_text,
    observation,
    prem,
    prevalence,
    reported,
)


def answer(*records: dict[str, object], **more: object) -> str:
    """Return an answer of the Kolada API v3."""
    return json.dumps({"values": list(records)} | more)


def record(
    year: int, *figures: dict[str, object], **changes: object
) -> dict[str, object]:
    fine = {"kpi": "N79178", "municipality": "0010", "period": year}
    return fine | {"values": list(figures)} | changes


def total(value: object) -> dict[str, object]:
    return {"gender": "T", "value": value}


def women(value: object) -> dict[str, object]:
    return {"gender": "K", "value": value}


def noted(rows: list[Row], mark: str) -> str:
    """Return rows as CSV in which a mark stands for a cell with quotation marks."""
    return csv_text(rows).replace("MARK", mark)


def comments(unit: str = CLINIC) -> list[Row]:
    return [
        reported(
            "my_care_plan",
            f"2026Q{n}",
            enhet_id=unit,
            taljare="80",
            namnare="100",
            kommentar=kommentar,
        )
        for n, kommentar in enumerate(("MARK", "x"), 1)
    ]


# A cell with marks as it is written -> as it is read
MARKS = {
    '19" skärm': '19" skärm',
    'skärm 19"': 'skärm 19"',
    '"rad 1\n""citat"" rad 2"': 'rad 1\n"citat" rad 2',
    '"""citat"" först"': '"citat" först',
    '"a;b"': "a;b",
    '"rad 1\rrad 2"': "rad 1\nrad 2",
    '"rad 1\nrad 2; med; några; skiljetecken; till; och; så; vidare"': (
        "rad 1\nrad 2; med; några; skiljetecken; till; och; så; vidare"
    ),
}
ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
PPM_HEADER, PPM_ROW = csv_text([prevalence("20", "3")]).splitlines()


IN_APRIL = PPM_ROW.replace("2026-03", "2026-04")
WHOLE = {
    "sep": f"sep=;\n{PPM_HEADER}\n\n{PPM_ROW}\n{PPM_ROW}x\n",
    "sep_quoted": '"sep=,"\n' + f"{PPM_HEADER}\n{PPM_ROW}\n".replace(";", ","),
    "rows_end_with_a_delimiter": f"{PPM_HEADER}\n{PPM_ROW};\n{IN_APRIL};;; ;;;;\n",
    "header_ends_with_delimiters": f"{PPM_HEADER};;\n{PPM_ROW}\n{IN_APRIL};;\n",
    "last_column_left_out": f"{PPM_HEADER};not\n{PPM_ROW}\n{IN_APRIL};x\n",
}
LOADED = {
    "sep": (2, 1, 1),
    "sep_quoted": (1, 1, 0),
    "rows_end_with_a_delimiter": (2, 2, 0),
    "header_ends_with_delimiters": (2, 2, 0),
    "last_column_left_out": (2, 2, 0),
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("odd text"))
    for ends, end in ENDS.items():
        for place, mark in enumerate(MARKS):
            lines = noted(comments(), mark).splitlines(keepends=True)
            # The line break within a cell stays as it is, as Excel saves it.
            whole = (
                "".join(lines)
                .replace(";x\n", f";x{end}")
                .replace("kommentar\n", f"kommentar{end}")
                .replace(f"{mark}\n", f"{mark}{end}")
            )
            encoding = "cp1252" if place % 2 else "utf-8"
            sources.write(f"{ends}{place}/matningar/m.csv", whole.encode(encoding))
    blank = csv_text([*comments(), reported("x", "2026Q3", varde="1")]).splitlines()
    blank[2:2] = ["", ""]
    blank[1] = blank[1].replace("MARK", '19" skärm')
    sources.write("blank/matningar/m.csv", "\n".join(blank) + "\n")
    for name, content in WHOLE.items():
        sources.write(f"{name}/ppm/ppm.csv", content)
    short = [";".join([*list(case("short").values())[:7], ""]).rstrip(";")]
    sources.write(
        "short/svf/svf_fall.csv",
        csv_text([case("a"), case("b")]) + "\n".join([*short, "half;"]) + "\n",
    )
    parted = [observation(yrkeskategori=form("NFC", "sjuksköterska")) for form in FORMS]
    sources.write("nfd/bhk/bhk.csv", parted)
    sources.write_workbook(
        "nfd/bhk/bhk.xlsx", [list(parted[0]), *(list(row.values()) for row in parted)]
    )
    # Words of CP1252 whose last letter and mark look like one letter of UTF-8.
    sources.write(
        "cp1252/bhk/bhk.csv",
        csv_text([observation(yrkeskategori="läkare ”VÅRBÖ” – Å”")]).encode("cp1252"),
    )
    cut = csv_text([prevalence("301", "17", enhet_id=SECOND_CLINIC)]).rstrip("\n")
    sources.write("cut/ppm/ppm.csv", cut[:-1])
    sources.write(
        "none/prem/prem.csv", csv_text([prem("2026Q1", "1", "1")]).split("\n")[0] + "\n"
    )
    sources.write(
        "kolada/small.json",
        answer(
            record(2020, total(0.00001), women(3)),
            record(2021, total("4e-05")),
            record(2022, women(83.4)),
            record(2023, total(None)),
        ),
    )
    return sources.build()


FORMS = (lambda _, text: normalize("NFC", text), lambda _, text: normalize("NFD", text))


def findings(built: Built, check: str) -> list[tuple[object, ...]]:
    return built.rows(
        "SELECT message, count FROM finding WHERE build_id = :build"
        ' AND "check" = :check ORDER BY message',
        build=built.build_id,
        check=check,
    )


@pytest.mark.parametrize("ends", ENDS)
def test_a_quotation_mark_is_read_the_same_however_lines_end(read, ends):
    for place, text in enumerate(MARKS.values()):
        file = f"{ends}{place}/matningar/m.csv"
        assert read.load(file) == (2, 2, 0)
        [first, _] = read.rows(
            "SELECT kommentar FROM matningar JOIN load USING (load_id)"
            " WHERE file = :file ORDER BY row_number",
            file=file,
        )
        assert first == (text,)


def test_blank_lines_after_a_quotation_mark_move_no_row_number(read):
    file = "blank/matningar/m.csv"
    assert read.load(file) == (3, 2, 1)
    assert [one[0] for one in read.rejections(file)] == [6]


@pytest.mark.parametrize("name", WHOLE)
def test_what_other_programs_add_to_a_table_is_no_cell(read, name):
    assert read.load(f"{name}/ppm/ppm.csv") == LOADED[name]


def test_a_line_above_the_header_is_counted(read):
    # sep=;, header, blank, row, row
    [rejection] = read.rejections("sep/ppm/ppm.csv")
    assert (rejection[0], rejection[1]) == (5, "antal_uppfyller")


def test_a_row_may_end_before_columns_that_need_no_value_and_it_is_told(read):
    file = "short/svf/svf_fall.csv"
    assert read.load(file) == (4, 3, 1)
    assert [(one[0], one[3]) for one in read.rejections(file)] == [
        (5, "too_few_columns")
    ]
    assert findings(read, "ends_early") == [
        (f"{name}: {SHORT}", 1) for name in ("last_column_left_out/ppm/ppm.csv", file)
    ]


SHORT = (
    "rows end before the last columns, which were read as empty; see whether the "
    "export leaves out empty cells"
)


def test_text_is_one_word_whether_its_letters_are_whole_or_parted(read):
    assert read.rows(
        "SELECT yrkeskategori, count(*) FROM bhk GROUP BY ALL ORDER BY 1"
    ) == [("läkare ”vårbö” – å”", 1), ("sjuksköterska", 4)]


def test_a_file_whose_last_line_has_no_end_is_told(read):
    assert [message for message, _ in findings(read, "no_last_line_end")] == [
        "cut/ppm/ppm.csv: the last line has no end, as in a file that was cut off; see "
        "whether its last row is whole"
    ]


def test_a_file_without_rows_is_told(read):
    assert findings(read, "no_rows") == [
        ("none/prem/prem.csv: the file has no rows", None)
    ]


def test_small_numbers_of_an_answer_and_years_without_a_total(read):
    assert read.rows("SELECT year, value FROM kolada ORDER BY year") == [
        (2020, 0.00001),
        (2021, 0.00004),
    ]
    assert read.rejections("kolada/small.json") == [(4, "value", "", "missing_value")]
    [(message, count)] = findings(read, "no_total")
    assert message.startswith(
        "kolada/small.json: records without a value of both sexes"
    )
    assert count == 1


BHK = csv_text([observation(yrkeskategori="sjuksköterska")] * 3).encode()
HIDING = noted(comments(), '"se bilaga')
REFUSED = {
    # one bad byte, and a file cut in a letter
    "bad_byte/bhk/bhk.csv": (
        BHK + b"2026-03-10;x;l\xc3;1;1;1;1;1;1;1;1\n",
        ":5: expected text in one encoding; it is UTF-8, but byte",
    ),
    "cut/bhk/bhk.csv": (
        BHK + "2026-03-10;x;lä".encode()[:-1],
        ":5: expected text in one encoding; it is UTF-8, but the last character is cut",
    ),
    "put_together/matningar/m.csv": (
        csv_text([comments()[0] | {"kommentar": "å"}] * 9).encode("cp1252")
        + "x;x;x;x;x;x;ö\n".encode(),
        ":2: expected text in one encoding",
    ),
    "mark/lakemedel/kontakter.csv": (
        b"\xef\xbb\xbf" + csv_text([contact("a")]).encode() + b"\xff",
        ":3: expected text in one encoding; it is UTF-8, but byte",
    ),
    # a dash as in Word, in UTF-8, among rows in CP1252
    "dash/matningar/m.csv": (
        csv_text([comments()[0] | {"kommentar": "å"}] * 9).encode("cp1252")
        + "x;x;x;x;x;x;a – b\n".encode(),
        ":2: expected text in one encoding",
    ),
    "mac/bhk/bhk.csv": (
        csv_text([observation(yrkeskategori="sjuksköterska")]).encode("mac_roman"),
        ":2: expected text in UTF-8 or CP1252; as UTF-8 byte",
    ),
    "dos/prem/prem.csv": (
        csv_text([prem("2026Q1", "40", "80", dimension="på ön")]).encode("cp850"),
        "is 0x86, a sign within a word, as in text of a Mac or of MS-DOS; export",
    ),
    "title/ppm/ppm.csv": (
        f"Rapport PPM 2026;;;;\n\n{PPM_HEADER}\n{PPM_ROW}\n",
        "the column names stand on row 3, and the header must be row 1; remove",
    ),
    **{
        f"hidden_{ends}/matningar/m.csv": (
            (HIDING + noted(comments(SECOND_CLINIC), 'klart"')).replace("\n", end),
            ": row 2: a cell has line breaks and as many delimiters as a row; a",
        )
        for ends, end in ENDS.items()
    },
    "after/matningar/m.csv": (
        noted(comments(), '"citat" och mer').replace("\n", "\r\n"),
        ":2: the rows cannot be told apart (';' expected after '\"')",
    ),
    "nothing/kolada/a.json": ("", "the file is empty"),
    "object/kolada/a.json": ("{}", "expected one object with a list of `values`"),
    "page/kolada/a.json": ('{"detail": "Not Found"}', "with a list of `values`"),
    "null/kolada/a.json": ('{"values": null}', "with a list of `values`"),
    "list/kolada/a.json": (
        json.dumps([record(2024, total(1))]),
        "expected one object with a list of `values`",
    ),
    "two/kolada/a.json": (answer() + "\n" + answer(), "expected one object"),
    "flat/kolada/a.json": (
        answer(record(2023, total(2)), {**record(2024), "values": 83.4}),
        "1 of its `values`, the first of them number 2, are not a record with kpi",
    ),
    "no_unit/kolada/a.json": (
        answer({"kpi": "N79178", "period": 2024, "values": [total(83.4)]}),
        "1 of its `values`",
    ),
    "no_value/kolada/a.json": (
        answer(record(2024, {"gender": "T"})),
        "1 of its `values`",
    ),
    "page_of_many/kolada/a.json": (
        answer(record(2024, total(1)), next_url="https://example.se?page=2"),
        "it is one page of several, and names the next; expected all of them",
    ),
    "gender/kolada/a.json": (
        answer(record(2024, {"gender": "Total", "value": 83.4})),
        "each with gender (T, K or M) and value",
    ),
    "html/kolada/a.json": ("<html>Proxy</html>", "Malformed JSON in file the file"),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    sources = Sources(tmp_path_factory.mktemp("refused"))
    for name, (content, _) in REFUSED.items():
        sources.write(name, content)
    with pytest.raises(SourceError) as caught:
        sources.build()
    faults = caught.value.faults
    return {name: fault for name in REFUSED for fault in faults if name in fault}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_misread_is_refused_with_its_place(refused, name):
    message = refused[name]
    assert message.startswith(f"{name}:")
    assert REFUSED[name][1] in message
