"""A mapping that says the time of all rows is not used for a file of another time."""

import pytest

from kpi.errors import SourceError
from tests.etl.mappings.test_mapped_files import MONTHLY, named_tree
from tests.etl.rows import CLINIC, HOSPITAL, Sources, prevalence


def built(tmp_path, name, period):
    sources = Sources(tmp_path, named_tree())
    sources.write(f"p/{name}.csv", f"Klinik;Månad;Åter;Ut\n{CLINIC};jan;1;2\n")
    sources.write_mapping("p", MONTHLY.replace("period: Månad", f"period: {period}"))
    return sources.build()


@pytest.mark.parametrize(
    "period", ["{heading: Månad, year: 2025}", "{constant: 2025-01}"]
)
@pytest.mark.parametrize("name", ["bred 2026", "2026/bred", "bred_20260105"])
def test_a_name_of_another_year_refuses_the_file(tmp_path, name, period):
    if "0105" in name:
        period = period.replace("2025", "2024")
    with pytest.raises(SourceError) as refused:
        built(tmp_path, name, period)
    [fault] = refused.value.faults
    assert "says that its rows are of 202" in fault
    assert "its name tells" in fault


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("bred 2025", "{heading: Månad, year: 2025}"),
        # Exported in January, of the year before.
        ("bred 2026-01-05", "{heading: Månad, year: 2025}"),
        ("bred", "{constant: 2025-01}"),
        ("bred 2024-2025", "{constant: 2025-01}"),
        # The rows tell it themselves.
        ("bred 2027", "{heading: Månad, values: {jan: 2025-01}}"),
    ],
)
def test_other_names_are_fine(tmp_path, name, period):
    rows = built(tmp_path, name, period).rows("SELECT period FROM matningar")
    assert rows == [("2025-01",)]


def test_a_day_may_stand_as_yaml_has_it(tmp_path):
    sources = Sources(tmp_path, named_tree())
    sources.write("x/a.csv", f"Enhet;Antal;Med\n{CLINIC};20;2\n")
    sources.write_mapping(
        "x",
        """
        files:
          - pattern: x/a.csv
            dataset: ppm
            columns:
              matdatum: {constant: 2026-03-18}
              enhet_id: Enhet
              matning: {constant: trycksar}
              antal_observerade: Antal
              antal_uppfyller: Med
        """,
    )
    assert sources.build().rows("SELECT CAST(datum AS VARCHAR) FROM ppm") == [
        ("2026-03-18",)
    ]


def test_the_number_of_a_day_in_a_spreadsheet_is_told_to_be_one(tmp_path):
    sources = Sources(tmp_path, named_tree())
    row = prevalence("20", "2", matdatum="46099", enhet_id=CLINIC)
    sources.write("ppm/ppm.csv", [row, prevalence("20", "2", enhet_id=CLINIC)])
    assert (
        "(it may be the number that a spreadsheet has for a day; "
        in (sources.build().messages("ppm/ppm.csv")[0])
    )


@pytest.mark.parametrize("is_day_first", ["true", "false"])
@pytest.mark.parametrize("dataset", ["ppm", "matningar"])
def test_a_file_that_settles_the_day_otherwise_is_refused(
    tmp_path, dataset, is_day_first
):
    day = "3/13/2026" if is_day_first == "true" else "13/3/2026"
    sources = Sources(tmp_path, named_tree())
    rows = [f"{CLINIC};3/4/2026;20;2", f"{HOSPITAL};{day};20;2"]
    sources.write("x/a.csv", "\n".join(("Enhet;Dag;Antal;Med", *rows, "")))
    columns = {
        "ppm": "matdatum: Dag, matning: {constant: trycksar}, "
        "antal_observerade: Antal, antal_uppfyller: Med",
        "matningar": "period: {heading: Dag, per: month}, taljare: Med, "
        "namnare: Antal, indikator: {constant: readmission_30_days}",
    }
    sources.write_mapping(
        "x",
        f"""
        files:
          - pattern: x/a.csv
            dataset: {dataset}
            day_first: {is_day_first}
            columns: {{enhet_id: Enhet, {columns[dataset]}}}
        """,
    )
    with pytest.raises(SourceError) as refused:
        sources.build()
    [fault] = refused.value.faults
    first, other = ("day", "month") if is_day_first == "true" else ("month", "day")
    assert f"says that the {first} comes first" in fault
    assert f"only be read with the {other} first" in fault
