"""Cases of a file as counts, where not every one of them can be read."""

import pytest

from kpi.errors import SourceError
from tests.etl.mappings.test_mapped_files import named_tree
from tests.etl.rows import CLINIC, HOSPITAL, SECOND_CLINIC, Sources

MAPPING = """
    files:
      - pattern: synergi/*.csv
        dataset: matningar
        ignore: Summa
        columns:
          indikator: {constant: incident_reports}
          enhet_id: Enhet
          period: {heading: Dag, per: month}
        cases: {case: Nr, zeros: true}
    """


def counts(tmp_path, mapping, lines):
    sources = Sources(tmp_path, named_tree())
    sources.write("synergi/a.csv", "\n".join((*lines, "")))
    sources.write_mapping("synergi", mapping)
    built = sources.build()
    rows = built.rows(
        "SELECT indikator, enhet_id, period, taljare FROM matningar WHERE ar_total "
        "ORDER BY ALL"
    )
    return built, rows


def test_a_month_with_a_rejected_case_is_not_told_to_have_none(tmp_path):
    lines = [
        "Nr;Enhet;Dag;Typ",
        "1;Kirurgkliniken;2026-01-03;Fall",
        "2;Kirurgkliniken;2026-03-03;Fall",
        # The category of the only case in February is unknown.
        "3;Kirurgkliniken;2026-02-03;Meteor",
        "4;Lasarettet Norr;2026-01-03;Fall",
        # Nobody knows in which month this was.
        "5;Lasarettet Norr;någon gång;Fall",
    ]
    mapping = MAPPING.replace(
        "cases:", "  slag: {heading: Typ, values: {Fall: fall}}\n        cases:"
    )
    built, rows = counts(tmp_path, mapping, lines)
    assert built.load("synergi/a.csv") == (5, 3, 2)
    assert rows == [
        ("incident_reports", HOSPITAL, "2026-01", 1.0),
        ("incident_reports", CLINIC, "2026-01", 1.0),
        ("incident_reports", CLINIC, "2026-03", 1.0),
    ]


def test_a_case_of_two_indicators_counts_in_both(tmp_path):
    lines = [
        "Nr;Enhet;Dag;Typ",
        "1;Kirurgkliniken;2026-01-03;Avvikelse",
        "1;Kirurgkliniken;2026-01-03;Lex Maria",
        "1;Kirurgkliniken;2026-01-03;lex maria",
    ]
    mapping = MAPPING.replace("zeros: true", "zeros: false").replace(
        "{constant: incident_reports}",
        "{heading: Typ, values: {Avvikelse: incident_reports, Lex Maria: lex_maria}}",
    )
    built, rows = counts(tmp_path, mapping, lines)
    assert built.load("synergi/a.csv") == (2, 2, 0)
    assert rows == [
        ("incident_reports", CLINIC, "2026-01", 1.0),
        ("lex_maria", CLINIC, "2026-01", 1.0),
    ]


def test_a_row_that_is_none_does_not_hide_the_case_below_it(tmp_path):
    lines = [
        "Dag;Enhet;Nr",
        "Summa jan;Kirurgkliniken;7",
        "2026-01-03;Kirurgkliniken;7",
    ]
    built, rows = counts(tmp_path, MAPPING, lines)
    assert built.load("synergi/a.csv") == (1, 1, 0)
    assert rows == [("incident_reports", CLINIC, "2026-01", 1.0)]


def test_a_case_told_of_the_year_alone_is_in_none_of_its_months(tmp_path):
    lines = [
        "Nr;Enhet;Dag",
        "1;Kirurgkliniken;2026-01-03",
        "2;Kirurgkliniken;2026",
        "3;Medicin;mars 2026",
    ]
    mapping = MAPPING + f"    units: {{Medicin: {SECOND_CLINIC}}}\n"
    built, rows = counts(tmp_path, mapping.replace("true", "false"), lines)
    assert built.load("synergi/a.csv") == (3, 2, 1)
    assert built.messages("synergi/a.csv") == [
        "Dag -> period='2026': expected a day, or a period of 1 months"
    ]
    assert rows == [
        ("incident_reports", CLINIC, "2026-01", 1.0),
        ("incident_reports", SECOND_CLINIC, "2026-03", 1.0),
    ]


def test_a_case_told_of_a_month_is_in_its_quarter(tmp_path):
    lines = [
        "Nr;Enhet;Dag",
        "1;Kirurgkliniken;2026-01-03",
        "2;Kirurgkliniken;2026-03",
        "3;Kirurgkliniken;februari 2026",
    ]
    mapping = MAPPING.replace("per: month", "per: quarter")
    built, rows = counts(tmp_path, mapping, lines)
    assert built.load("synergi/a.csv") == (3, 3, 0)
    assert rows == [("incident_reports", CLINIC, "2026Q1", 3.0)]


def test_a_unit_without_a_case_is_one_of_the_register(tmp_path):
    mapping = MAPPING.replace("true", "true, units: [SE2321000081-NOBODY]")
    with pytest.raises(SourceError) as refused:
        counts(tmp_path, mapping, ["Nr;Enhet;Dag", "1;Kirurgkliniken;2026-01-03"])
    [fault] = refused.value.faults
    assert "cases.units: SE2321000081-NOBODY is not in the register of units" in fault
