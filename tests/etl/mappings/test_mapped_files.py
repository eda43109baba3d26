"""Files as systems give them, read by a mapping: hand-worked, from file to outcome."""

from datetime import date

import pytest

from etl.rejected import REJECTED
from kpi.errors import SourceError
from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    OTHER_HOSPITAL,
    REGION,
    SECOND_CLINIC,
    Sources,
    indicator,
    maximum,
    unit,
)


def facts(built, dataset, *columns):
    subject = {"svf_fall": "svf", "matningar": "indikator", "ppm": "matning"}
    names = ", ".join(("row_number", "enhet_id", subject[dataset], *columns))
    return built.rows(f"SELECT {names} FROM {dataset} ORDER BY ALL")


def named_tree():
    return [
        unit(REGION, "region", kolada_id="0010"),
        unit(HOSPITAL, "sjukhus", REGION, namn="Lasarettet Norr"),
        unit(OTHER_HOSPITAL, "sjukhus", REGION, namn="Lasarettet Söder"),
        unit(CLINIC, "klinik", HOSPITAL, namn="Kirurgkliniken"),
        unit(SECOND_CLINIC, "klinik", HOSPITAL, namn="Medicinkliniken"),
        unit(OTHER_CLINIC, "klinik", OTHER_HOSPITAL, namn="Medicinkliniken"),
    ]


SVF = """\
Uttag ur SVF-samordningen;;;;;;;
Skapad 2026-10-02;;;;;;;
;;;;;;;
Ärende;Utredande enhet;Förlopp;Start;Välgrundad misstanke;Avslutad;Avslut;Utökad?
1;Kirurgkliniken;Bröstcancer;VG910;3/2/2026;1/3/2026;Kirurgi;Nej
2;KIRURGKLINIKEN ;Bröstcancer;VG910;13/2/2026;14/5/2026;Kirurgi;Nej
3;Medicinkliniken;Bröstcancer;VG910;13/2/2026;14/5/2026;Kirurgi;Nej
4;Med Söder;Bröstcancer;VG910;13/2/2026;15/2/2026;Läkemedel;ja
5;Kirurgkliniken;Bröstcancer;VG910;13/2/2026;15/2/2026;Amputerad;Nej
;;;;;;;
Summa;5;;;;;;
Källa: samordningen;;;;;;;
"""

SVF_MAPPING = """
    units:
      Med Söder: SE2321000081-TEST21
    files:
      - pattern: samordning/*.csv
        dataset: svf_fall
        ignore: [Summa, Källa]
        columns:
          fall_id: Ärende
          enhet_id: Utredande enhet
          svf: Förlopp
          kva_start: Start
          datum_valgrundad_misstanke: Välgrundad misstanke
          datum_avslut: Avslutad
          kva_avslut:
            heading: Avslut
            values: {Kirurgi: VG950, Läkemedel: VG952}
          utokad_utredning: Utökad?
    """


def test_a_csv_below_a_title_with_names_words_and_a_sum(tmp_path):
    sources = Sources(tmp_path, named_tree())
    sources.write("samordning/uttag.csv", SVF)
    sources.write("svf/ledtider.csv", [maximum("brost", "kirurgi", "28")])
    sources.write_mapping("samordning", SVF_MAPPING)

    built = sources.build()

    assert facts(built, "svf_fall", "datum_valgrundad_misstanke", "datum_avslut") == [
        (5, CLINIC, "brost", date(2026, 2, 3), date(2026, 3, 1)),
        (6, CLINIC, "brost", date(2026, 2, 13), date(2026, 5, 14)),
        (8, OTHER_CLINIC, "brost", date(2026, 2, 13), date(2026, 2, 15)),
    ]
    assert built.load("samordning/uttag.csv") == (5, 3, 2)
    assert built.rejections("samordning/uttag.csv") == [
        (7, "enhet_id", "Medicinkliniken", "not_a_unit_id"),
        (9, "kva_avslut", "Amputerad", "unknown_code"),
    ]
    shared, unknown = built.messages("samordning/uttag.csv")
    assert shared == (
        "Utredande enhet -> enhet_id='Medicinkliniken': expected an HSA-id, or what "
        "one unit alone is called in the register; name the unit under `units` in "
        f"{sources.mappings}/samordning.yaml ({SECOND_CLINIC}, {OTHER_CLINIC} are "
        "called so)"
    )
    assert unknown.startswith("Avslut -> kva_avslut='Amputerad': expected a KVÅ code")
    left_out = f"as `ignore` in {sources.mappings}/samordning.yaml says"
    assert built.rows("SELECT message, count FROM load_note") == [
        (f"rows were left out, {left_out}", 2)
    ]


def test_a_workbook_with_a_sheet_for_each_month(tmp_path):
    sources = Sources(tmp_path, named_tree())
    head = [["Återinläggningar"], [], ["Avdelning", "Utskrivna", "Åter"]]
    sources.write_workbook(
        "blad/2026.xlsx",
        {
            "jan": [*head, ["Kirurgkliniken", 200, 30], ["Summa", 200, 30]],
            "feb": [*head, ["Kirurgkliniken", 100, 10], [], ["Ortopedi", 9, 1]],
            "Diagram": [["Åter per månad"]],
        },
    )
    sources.write_mapping(
        "blad",
        """
        files:
          - pattern: blad/*
            dataset: matningar
            sheets: [jan, feb]
            ignore: Summa
            columns:
              indikator: {constant: readmission_30_days}
              enhet_id: Avdelning
              period: {sheet: true, year: 2026}
              taljare: Åter
              namnare: Utskrivna
        """,
    )
    built = sources.build()
    assert built.load("blad/2026.xlsx") == (3, 2, 1)
    assert facts(built, "matningar", "period", "taljare", "namnare") == [
        (4, CLINIC, "readmission_30_days", "2026-01", 30.0, 200.0),
        (9, CLINIC, "readmission_30_days", "2026-02", 10.0, 100.0),
    ]
    [(sheet, row)] = built.rows(f"SELECT sheet, row_in_part FROM {REJECTED}")
    assert (sheet, row) == ("feb", 6)
    assert built.rows("SELECT message FROM load_note ORDER BY ALL") == [
        (f"rows were left out, as `ignore` in {sources.mappings}/blad.yaml says",),
        ("the sheet 'Diagram' was not read: the mapping does not name it",),
    ]


WIDE = """\
Klinik;Åter jan;Ut jan;Åter feb;Ut feb;Personnr
Kirurgkliniken;30;200;;;
Medicin Norr;x;80;7;70;
"""

WIDE_MAPPING = """
    units: {Medicin Norr: SE2321000081-TEST12}
    files:
      - pattern: bred/*.csv
        dataset: matningar
        columns:
          indikator: {constant: readmission_30_days}
          enhet_id: Klinik
        each_row:
          - {period: {constant: 2026-01}, taljare: Åter jan, namnare: Ut jan}
          - {period: {constant: 2026-02}, taljare: Åter feb, namnare: Ut feb}
    """


def test_a_wide_table_gives_a_row_for_each_month_that_has_something(tmp_path):
    sources = Sources(tmp_path, named_tree())
    sources.write("bred/b.csv", WIDE)
    sources.write_mapping("bred", WIDE_MAPPING)
    built = sources.build()
    assert built.load("bred/b.csv") == (3, 2, 1)
    assert [row[1:] for row in facts(built, "matningar", "period", "taljare")] == [
        (CLINIC, "readmission_30_days", "2026-01", 30.0),
        (SECOND_CLINIC, "readmission_30_days", "2026-02", 7.0),
    ]
    assert built.rows(
        f"SELECT row_in_part, column_name, heading, value FROM {REJECTED}"
    ) == [(3, "taljare", "Åter jan", "x")]
    assert built.messages("bred/b.csv")[0].startswith("Åter jan -> taljare='x': ")


def test_a_personnummer_in_a_wide_table_is_found_where_it_stands(tmp_path):
    sources = Sources(tmp_path, named_tree())
    sources.write("bred/b.csv", WIDE.replace("7;70;", "7;70;121212-1212"))
    sources.write_mapping("bred", WIDE_MAPPING)
    with pytest.raises(SourceError, match=r"\(row 3, column Personnr; not repeated"):
        sources.build()


SYNERGI = """\
Nr;Inträffade;Enhet;Typ
101;3.1.2026 14.07;Kirurgkliniken;Fall
101;3.1.2026 14.07;Kirurgkliniken;Fall
102;28.1.2026;Kirurgkliniken;Läkemedel
103;2.3.2026;Kirurgkliniken;
104;2.3.2026;Medicin;Fall
105;32.3.2026;Kirurgkliniken;Fall
"""


def test_cases_are_counted_and_a_month_without_one_is_zero(tmp_path):
    sources = Sources(tmp_path, named_tree())
    sources.write("synergi/export.txt", SYNERGI)
    sources.write_mapping(
        "synergi",
        f"""
        files:
          - pattern: synergi/*.txt
            dataset: matningar
            columns:
              indikator: {{constant: incident_reports}}
              enhet_id: Enhet
              period: {{heading: Inträffade, per: month}}
              slag:
                heading: Typ
                values: {{Fall: fall, Läkemedel: lakemedel}}
            cases: {{case: Nr, zeros: true, units: [{OTHER_CLINIC}]}}
            units: {{Medicin: {SECOND_CLINIC}}}
        """,
    )
    built = sources.build()
    # Five cases, one of them with a day that is none, which may lie in any month of
    # its clinic's; 101 stands twice.
    assert built.load("synergi/export.txt") == (5, 4, 1)
    counts = built.rows(
        "SELECT enhet_id, period, slag, ar_total, taljare, row_number FROM matningar "
        "ORDER BY enhet_id, period, slag NULLS FIRST"
    )
    assert counts == [
        (CLINIC, "2026-01", None, True, 2.0, 2),
        (CLINIC, "2026-01", "fall", False, 1.0, 2),
        (CLINIC, "2026-01", "lakemedel", False, 1.0, 4),
        (CLINIC, "2026-03", None, True, 1.0, 5),
        (SECOND_CLINIC, "2026-01", None, True, 0.0, 1),
        (SECOND_CLINIC, "2026-02", None, True, 0.0, 1),
        (SECOND_CLINIC, "2026-03", None, True, 1.0, 6),
        (SECOND_CLINIC, "2026-03", "fall", False, 1.0, 6),
        (OTHER_CLINIC, "2026-01", None, True, 0.0, 1),
        (OTHER_CLINIC, "2026-02", None, True, 0.0, 1),
        (OTHER_CLINIC, "2026-03", None, True, 0.0, 1),
    ]
    assert built.messages("synergi/export.txt")[0].startswith(
        "Inträffade -> period='32.3.2026': expected a period"
    )
    [(_, number)] = built.rows("SELECT message, count FROM load_note")
    assert number == 1


MONTHLY = """
    files:
      - pattern: p/*
        dataset: matningar
        columns:
          indikator: {constant: readmission_30_days}
          enhet_id: Klinik
          period: Månad
          taljare: Åter
          namnare: Ut
    """


def readmissions(tmp_path):
    """Sources of a region that follows readmissions alone, which is quickly built."""
    sources = Sources(tmp_path, named_tree())
    sources.define_alone(indicator("readmission_30_days"))
    return sources


@pytest.mark.parametrize(
    ("cell", "head", "texts", "periods"),
    [
        (
            "{heading: Månad, per: month, year: År}",
            "Månad;År",
            ["1;2026", "mars;2026", "13;2026", "2;"],
            ["2026-01", "2026-03", None, None],
        ),
        ("{heading: Månad, per: month, year: 2026}", "Månad", ["7"], ["2026-07"]),
        ("{heading: Månad, per: quarter, year: 2026}", "Månad", ["2"], ["2026Q2"]),
        ("{heading: Månad, per: tertial, year: 2026}", "Månad", ["2"], ["2026T2"]),
        ("{heading: Månad, per: half_year}", "Månad", ["2026-07-01"], ["2026H2"]),
        ("{heading: Månad, per: tertial}", "Månad", ["31.8.2026"], ["2026T2"]),
        ("{heading: Månad, per: year}", "Månad", ["20260214"], ["2026"]),
        (
            "{heading: Månad, per: month}",
            "Månad",
            ["2/3/2026", "13/3/2026 07:45"],
            ["2026-03", "2026-03"],
        ),
        (
            "{heading: Månad, within: 'PPM * (prel)'}",
            "Månad",
            ["PPM maj 2026 (prel)"],
            ["2026-05"],
        ),
        ("{heading: Månad, values: {'': 2026-09}}", "Månad", [" "], ["2026-09"]),
        (
            "{heading: Månad, values: {O'Brien: 2026-09}}",
            "Månad",
            ["o'brien"],
            ["2026-09"],
        ),
    ],
)
def test_periods_in_the_forms_that_systems_have(tmp_path, cell, head, texts, periods):
    sources = readmissions(tmp_path)
    clinics = (CLINIC, SECOND_CLINIC, OTHER_CLINIC, HOSPITAL)
    rows = [
        f"{clinic};1;2;{text}" for clinic, text in zip(clinics, texts, strict=False)
    ]
    sources.write("p/a.csv", "\n".join((f"Klinik;Åter;Ut;{head}", *rows, "")))
    sources.write_mapping("p", MONTHLY.replace("period: Månad", f"period: {cell}"))
    built = sources.build()
    read = dict(built.rows("SELECT row_number, period FROM matningar"))
    assert [read.get(row) for row in range(2, 2 + len(texts))] == periods


def test_a_day_that_can_be_read_two_ways_is_asked_about(tmp_path):
    sources = readmissions(tmp_path)
    sources.write("p/a.csv", f"Klinik;Åter;Ut;Månad\n{CLINIC};1;2;3/4/2026\n")
    by_day = MONTHLY.replace("period: Månad", "period: {heading: Månad, per: month}")
    sources.write_mapping("p", by_day)
    [message] = sources.build().messages("p/a.csv")
    assert message.endswith(
        "(no date in the file settles which is the day and which the month)"
    )
    sources.write_mapping(
        "p", by_day.replace("dataset:", "day_first: false\n        dataset:")
    )
    assert facts(sources.build(), "matningar", "period")[0][-1] == "2026-03"


def test_a_table_that_begins_below_and_beside_the_corner(tmp_path):
    sources = readmissions(tmp_path)
    head = ["Klinik", "Månad", "Åter", "Ut", "Noter"]
    sources.write_workbook(
        "p/a.xlsx",
        [
            [],
            [],
            [None, *head],
            [None, CLINIC, date(2026, 2, 14), 1, 2, "x"],
            [None, CLINIC, date(2026, 3, 1), "x", 2],
        ],
    )
    sources.write_mapping(
        "p", MONTHLY.replace("period: Månad", "period: {heading: Månad, per: month}")
    )
    built = sources.build()
    assert facts(built, "matningar", "period") == [
        (4, CLINIC, "readmission_30_days", "2026-02")
    ]
    assert built.rejections("p/a.xlsx") == [(5, "taljare", "x", "not_a_number")]


def test_a_personnummer_is_found_whatever_the_mapping_takes_away(tmp_path):
    sources = readmissions(tmp_path)
    sources.write("p/a.csv", f"Klinik;Åter;Ut;Månad\n{CLINIC};1;2;m 191212121212\n")
    sources.write_mapping(
        "p",
        MONTHLY.replace("period: Månad", "period: {heading: Månad, within: 'm *'}"),
    )
    with pytest.raises(SourceError, match=r"row 2, column Månad; not repeated"):
        sources.build()


@pytest.mark.parametrize(
    ("name", "changes", "fault"),
    [
        ("p/a.csv", ("namnare: Ut", "namnare: UT2"), ":1: missing column UT2; found "),
        ("p/a.pdf", ("x", "x"), "names it, and reads files with the ending .csv, .txt"),
        (
            "p/a.csv",
            ("period: Månad", "period: {sheet: true}"),
            "takes the name of its sheet, and it has no sheets; expected a workbook",
        ),
    ],
)
def test_a_file_that_its_mapping_cannot_read_is_refused(tmp_path, name, changes, fault):
    sources = readmissions(tmp_path)
    sources.write(name, f"Klinik;Åter;Ut;Månad\n{CLINIC};1;2;2026-01\n")
    sources.write_mapping("p", MONTHLY.replace(*changes))
    with pytest.raises(SourceError) as refused:
        sources.build()
    assert fault in refused.value.faults[0]


def test_two_mappings_of_one_file_are_refused(tmp_path):
    sources = readmissions(tmp_path)
    sources.write("p/a.csv", f"Klinik;Åter;Ut;Månad\n{CLINIC};1;2;2026-01\n")
    sources.write_mapping("p", MONTHLY)
    sources.write_mapping("q", MONTHLY.replace("p/*", "p/a*"))
    with pytest.raises(SourceError, match="2 mappings name it for matningar"):
        sources.build()


def test_a_mapping_that_changed_reads_its_files_again(tmp_path):
    sources = readmissions(tmp_path)
    sources.write("p/a.csv", f"Klinik;Åter;Ut;Månad\n{CLINIC};1;2;2026-01\n")
    sources.write_mapping("p", MONTHLY)
    first = sources.build()
    sources.write_mapping("p", MONTHLY.replace("taljare: Åter", "taljare: Ut"))
    second = sources.build()
    assert first.build_id != second.build_id
    newest = "SELECT taljare FROM matningar JOIN build_load USING (load_id)"
    assert second.rows(f"{newest} WHERE build_id = '{second.build_id}'") == [(2,)]
    sources.write_mapping("p", MONTHLY)
    assert sources.build().build_id == first.build_id


def test_a_register_that_names_the_unit_above(tmp_path):
    sources = Sources(tmp_path)
    (sources.folder / "enheter/enheter.csv").unlink()
    sources.write_workbook(
        "hsa/katalog.xlsx",
        [
            ["HSA-katalogen"],
            ["HSA-id", "Benämning", "Slag", "Del av"],
            [REGION, "Regionen", "Region", None],
            [HOSPITAL, "Lasarettet Norr", "Lasarett", "Regionen"],
            [CLINIC, "Kirurgkliniken", "Klinik", "lasarettet norr"],
            [SECOND_CLINIC, "Medicin", "Klinik", "Lasarettet Väst"],
        ],
    )
    sources.write_mapping(
        "hsa",
        """
        files:
          - pattern: hsa/*
            dataset: enheter
            columns: {enhet_id: HSA-id, namn: Benämning, typ: Slag, overordnad: Del av}
        """,
    )
    built = sources.build()
    assert built.rows("SELECT unit_id, parent_id FROM unit ORDER BY ALL") == [
        (REGION, None),
        (HOSPITAL, REGION),
        (CLINIC, HOSPITAL),
    ]
    [message] = built.messages("hsa/katalog.xlsx")
    assert message.startswith("Del av -> overordnad='Lasarettet Väst': expected an HSA")
