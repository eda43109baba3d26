"""What a mapping leaves out or renames is what was meant, and nothing like it."""

import pytest

from kpi.errors import SourceError
from tests.etl.mappings.test_mapped_files import MONTHLY, named_tree
from tests.etl.rows import CLINIC, HOSPITAL, SECOND_CLINIC, Sources


def test_what_is_left_out_begins_with_whole_words(tmp_path):
    tree = named_tree()
    tree[3]["namn"] = "Totalrehab"
    tree[4]["namn"] = "Källared vårdcentral"
    sources = Sources(tmp_path, tree)
    lines = [
        "Klinik;Månad;Åter;Ut",
        "Totalrehab;2026-01;1;10",
        "Källared vårdcentral;2026-01;2;10",
        "Total;2026-01;3;20",
        " TOTAL 2026;2026-01;3;20",
        "Källa: Cosmic;;;",
    ]
    sources.write("p/a.csv", "\n".join((*lines, "")))
    sources.write_mapping(
        "p", MONTHLY.replace("columns:", "ignore: [Total, Källa]\n        columns:")
    )
    built = sources.build()
    assert built.rows("SELECT enhet_id, taljare FROM matningar ORDER BY ALL") == [
        (CLINIC, 1.0),
        (SECOND_CLINIC, 2.0),
    ]
    assert built.load("p/a.csv") == (2, 2, 0)
    assert built.rows("SELECT count FROM load_note") == [(3,)]


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("'>90': 2026-01", "<90"),
        ("'1': 2026-01", "-1"),
        ("'15': 2026-01", "1,5"),
        ("C: 2026-01", "C+"),
        ("C+: 2026-01", "C"),
        ("Jan: 2026-01", "Jan?"),
    ],
)
def test_a_sign_that_changes_what_is_said_is_not_overlooked(tmp_path, listed, text):
    sources = Sources(tmp_path, named_tree())
    very = listed.partition(":")[0].strip("'")
    lines = ["Klinik;Månad;Åter;Ut", f"{CLINIC};{text};1;2", f"{HOSPITAL};{very};1;2"]
    sources.write("p/a.csv", "\n".join((*lines, "")).replace("1,5", '"1,5"'))
    cell = f"{{heading: Månad, values: {{{listed}}}}}"
    sources.write_mapping("p", MONTHLY.replace("period: Månad", f"period: {cell}"))
    built = sources.build()
    assert built.rows("SELECT enhet_id, period FROM matningar") == [
        (HOSPITAL, "2026-01")
    ]
    assert f"period='{text}'" in built.messages("p/a.csv")[0]


@pytest.mark.parametrize(
    ("lines", "mapping"),
    [
        (
            ["Klinik;Månad;Åter;Ut;Not", "Summa;;;;av 19121212-1212"],
            MONTHLY.replace("columns:", "ignore: Summa\n        columns:"),
        ),
        (
            [
                "Nr;Klinik;Dag;Not",
                f"1;{CLINIC};2026-01-02;",
                f"1;{CLINIC};2026-01-02;19121212-1212",
            ],
            """
            files:
              - pattern: p/*
                dataset: matningar
                columns:
                  indikator: {constant: incident_reports}
                  enhet_id: Klinik
                  period: {heading: Dag, per: month}
                cases: {case: Nr, zeros: true}
            """,
        ),
    ],
)
def test_a_personnummer_in_a_row_that_is_none_is_refused(tmp_path, lines, mapping):
    sources = Sources(tmp_path, named_tree())
    sources.write("p/a.csv", "\n".join((*lines, "")))
    sources.write_mapping("p", mapping)
    with pytest.raises(SourceError) as refused:
        sources.build()
    [fault] = refused.value.faults
    assert f"(row {len(lines)}; not repeated here)" in fault
    assert "1212" not in fault


def test_a_year_in_a_column_of_months_is_rejected(tmp_path):
    sources = Sources(tmp_path, named_tree())
    lines = ["Klinik;Månad;Åter;Ut", f"{CLINIC};2025;1;2", f"{HOSPITAL};2;1;2"]
    sources.write("p/a.csv", "\n".join((*lines, "")))
    cell = "{heading: Månad, per: month, year: 2026}"
    sources.write_mapping("p", MONTHLY.replace("period: Månad", f"period: {cell}"))
    built = sources.build()
    assert built.rows("SELECT period FROM matningar") == [("2026-02",)]
    assert built.messages("p/a.csv") == [
        "Månad -> period='2025': expected a day, or a period of 1 months"
    ]


def test_rows_left_out_of_a_wide_table_are_counted_as_they_stand(tmp_path):
    sources = Sources(tmp_path, named_tree())
    lines = ["Klinik;jan;feb;mar", f"{CLINIC};1;2;3", "Summa;1;2;3", "Källa: x;;;"]
    sources.write("p/a.csv", "\n".join((*lines, "")))
    sources.write_mapping(
        "p",
        """
        files:
          - pattern: p/*
            dataset: matningar
            ignore: [Summa, Källa]
            columns: {indikator: {constant: incident_reports}, enhet_id: Klinik}
            each_row:
              - {period: {constant: 2026-01}, taljare: jan}
              - {period: {constant: 2026-02}, taljare: feb}
              - {period: {constant: 2026-03}, taljare: mar}
        """,
    )
    assert sources.build().rows("SELECT count FROM load_note") == [(2,)]
