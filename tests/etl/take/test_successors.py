"""Rows dated after the end of a unit count for the unit that took over, and say so."""

from pathlib import Path

import pytest

from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    OTHER_HOSPITAL,
    REGION,
    SECOND_CLINIC,
    Built,
    Row,
    Sources,
    cases,
    contacts,
    inclusion,
    indicator,
    observation,
    prem,
    prevalence,
    reported,
    tree,
    unit,
)

LEAD_TIME = "svf_lead_time"
MERGED = "SE2321000081-TEST31"
AT_LAST = "SE2321000081-TEST32"
NO_HEIR = "SE2321000081-TEST33"
LATE_HEIR = "SE2321000081-TEST34"


def register() -> list[Row]:
    """Return units that end.

    CLINIC and SECOND_CLINIC became MERGED, at the other hospital, on 1 July 2026,
    and MERGED became AT_LAST on 1 September. NO_HEIR ended with June as well, and
    nobody took over. LATE_HEIR was to be followed by AT_LAST from April, which did not
    exist before September.
    """
    rows = tree()
    for row in rows[3:5]:
        row |= {"giltig_till": "2026-06-30", "ersatt_av": MERGED.lower()}
    return [
        *rows,
        unit(
            MERGED,
            "klinik",
            OTHER_HOSPITAL,
            giltig_fran="2026-07-01",
            giltig_till="2026-08-31",
            ersatt_av=AT_LAST,
        ),
        unit(AT_LAST, "klinik", OTHER_HOSPITAL, giltig_fran="2026-09-01"),
        unit(NO_HEIR, "klinik", HOSPITAL, giltig_till="2026-06-30"),
        unit(
            LATE_HEIR, "klinik", HOSPITAL, giltig_till="2026-03-31", ersatt_av=AT_LAST
        ),
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("successors"), register())
    staff = {"kind": "count", "denominator": None, "minimum_denominator": 1}
    sources.define(
        indicator("staff", averaged_over_time=["numerator"], **staff),
        indicator("meetings", **staff),
    )
    sources.write(
        "svf/svf_fall.csv",
        [
            *cases(6, 10, "2026-06-30"),  # the last day, the clinic's own
            *cases(7, 10, "2026-07-01"),
            *cases(8, 10, "2026-08-31", enhet_id=SECOND_CLINIC),
            *cases(9, 10, "2026-09-01", enhet_id=CLINIC),
            *cases(5, 10, "2026-09-02", enhet_id=MERGED),
            *cases(2, 10, "2026-07-02", enhet_id=NO_HEIR),
            *cases(1, 10, "2026-08-31", enhet_id=LATE_HEIR),
        ],
    )
    sources.write("lakemedel/kontakter.csv", contacts(6, datum="2026-07-05"))
    sources.write("bhk/bhk.csv", [observation(matdatum="2026-07-06")] * 7)
    sources.write(
        "ppm/ppm.csv",
        [
            prevalence("20", "3", matdatum="2026-07-10"),
            prevalence("10", "2", matdatum="2026-07-10", enhet_id=SECOND_CLINIC),
            prevalence("5", "1", matdatum="2026-07-10", enhet_id=MERGED),
            prevalence("5", "1", matdatum="2026-07-10", enhet_id=MERGED),
        ],
    )
    sources.write(
        "prem/prem.csv",
        [
            # a total of the one, a part of the other: neither stands for both
            prem("2026-07", "30", "80", enhet_id=CLINIC),
            prem("2026-07", "10", "40", enhet_id=SECOND_CLINIC, svf="brost"),
        ],
    )
    sources.write(
        "svf/svf_inklusion.csv",
        [
            inclusion("2026-08", "8", "10", enhet_id=CLINIC),
            inclusion("2026-08", "9", "20", enhet_id=SECOND_CLINIC),
        ],
    )
    sources.write(
        "matningar/m.csv",
        [
            # the quarter begins with the one, ends with the other; the first takes it
            reported("meetings", "2026Q3", taljare="4", enhet_id=CLINIC),
            reported("meetings", "2026Q3", taljare="3", enhet_id=SECOND_CLINIC),
            reported("meetings", "2026Q3", taljare="2", enhet_id=MERGED),
            # ten and twelve people, every month of the quarter
            *(
                reported("staff", f"2026-{month}", varde=number, enhet_id=one)
                for month in ("07", "08", "09")
                for one, number in ((CLINIC, "10"), (SECOND_CLINIC, "12"))
            ),
            reported("my_care_plan", "2026-07", varde="80", enhet_id=CLINIC),
            reported("my_care_plan", "2026-07", varde="90", enhet_id=MERGED),
            reported("my_care_plan", "2026-08", varde="80", enhet_id=SECOND_CLINIC),
            reported(
                *("my_care_plan", "2026-09"),
                **{"taljare": "9", "namnare": "20", "enhet_id": CLINIC},
            ),
            reported("my_care_plan", "2026-09", varde="50", enhet_id=MERGED),
        ],
    )
    return sources.build()


def test_the_date_decides_who_along_the_chain_counts_a_row(built):
    assert built.counts(LEAD_TIME, CLINIC, "2026-06") == (6, 6)
    assert built.counts(LEAD_TIME, MERGED, "2026-07") == (7, 7)
    assert built.counts(LEAD_TIME, MERGED, "2026-08") == (8, 8)
    assert built.counts(LEAD_TIME, AT_LAST, "2026-09") == (14, 14)
    assert built.counts(LEAD_TIME, OTHER_HOSPITAL, "2026Q3") == (29, 29)
    assert built.counts(LEAD_TIME, REGION, "2026Q3") == (29, 29)
    assert built.rows(
        "SELECT count(*) FROM outcome WHERE unit = :unit AND indicator = :indicator"
        " AND value IS NOT NULL AND first_month > 2026 * 12 + 5",
        unit=CLINIC,
        indicator=LEAD_TIME,
    ) == [(0,)]


def test_every_kind_of_row_counts_for_the_successor(built):
    assert built.counts("medication_reviews", MERGED, "2026-07") == (0, 6)
    assert built.counts("bhk_compliance", MERGED, "2026-07") == (7, 7)
    assert built.counts("pressure_ulcers", MERGED, "2026-07") == (6, 35)
    assert built.counts("svf_inclusion", MERGED, "2026-08") == (17, 30)
    assert built.outcome("prem_svf_overall", MERGED, "2026-07")["value"] == 70


def test_counts_of_two_units_that_became_one_are_added(built):
    assert built.outcome("meetings", MERGED, "2026Q3")["value"] == 9
    assert built.outcome("staff", MERGED, "2026-07")["value"] == 22
    # a stock is averaged over the months, each of them told of twice
    assert built.outcome("staff", MERGED, "2026Q3")["value"] == 22


def test_a_value_without_counts_is_not_added_and_says_so(built):
    assert built.outcome("my_care_plan", MERGED, "2026-07")["value"] == 90
    # alone it stands for the unit, as far as anyone has said
    assert built.outcome("my_care_plan", MERGED, "2026-08")["value"] == 80
    assert built.rejections("matningar/m.csv") == [
        (11, "enhet_id", CLINIC, "cannot_be_added"),
        (15, "enhet_id", MERGED, "cannot_be_added"),
    ]
    assert built.counts("my_care_plan", AT_LAST, "2026-09") == (9, 20)
    assert built.messages("matningar/m.csv") == [
        f"counts for the unit that took over, as row {row} does, and a value without "
        "counts cannot be added to another; expected taljare and namnare in both"
        for row in (12, 14)
    ]


def test_a_row_twice_under_one_id_is_still_twice(built):
    assert built.rejections("ppm/ppm.csv") == [(5, "enhet_id", MERGED, "duplicate")]


def test_without_a_successor_on_the_day_a_row_is_rejected_and_says_why(built):
    expected = "expected a unit that exists, with every unit above it, at that time"
    assert built.messages("svf/svf_fall.csv") == [
        *[
            f"enhet_id='{NO_HEIR}': {expected} (it ended 2026-06-30; name the unit "
            "that took over in ersatt_av, or mend the id)"
        ]
        * 2,
        f"enhet_id='{LATE_HEIR}': {expected} (it ended 2026-03-31; {AT_LAST}, which "
        "took over, has no place in the tree on that day either)",
    ]


def test_the_load_tells_which_rows_it_counts_for_whom(built):
    carried = built.rows(
        "SELECT file, unit, successor, carried.rows FROM carried"
        " JOIN load USING (load_id) WHERE dataset IN ('svf_fall', 'ppm') ORDER BY ALL"
    )
    assert carried == [
        ("ppm/ppm.csv", CLINIC, MERGED, 1),
        ("ppm/ppm.csv", SECOND_CLINIC, MERGED, 1),
        ("svf/svf_fall.csv", CLINIC, MERGED, 7),
        ("svf/svf_fall.csv", CLINIC, AT_LAST, 9),
        ("svf/svf_fall.csv", SECOND_CLINIC, MERGED, 8),
        ("svf/svf_fall.csv", MERGED, AT_LAST, 5),
    ]


def test_a_fact_keeps_the_id_of_its_file(built):
    assert built.rows(
        "SELECT DISTINCT enhet_id, enhet_i_filen FROM bhk UNION "
        "SELECT DISTINCT enhet_id, enhet_i_filen FROM svf_fall "
        "WHERE datum = '2026-06-30' ORDER BY ALL"
    ) == [(CLINIC, None), (MERGED, CLINIC)]


def test_newer_files_replace_what_is_told_of_the_same_unit(tmp_path: Path):
    sources = Sources(tmp_path, register())
    day = {"matdatum": "2026-07-10"}
    sources.write("ppm/ppm_1.csv", [prevalence("20", "1", **day)])
    other = {"enhet_id": SECOND_CLINIC, **day}
    sources.write("ppm/ppm_2.csv", [prevalence("20", "2", **other)])
    # a part of one beside a part of the other
    first = sources.build()
    assert first.counts("pressure_ulcers", MERGED, "2026-07") == (3, 40)
    # the same clinic once more, under the same old id
    sources.write("ppm/ppm_3.csv", [prevalence("20", "5", **day)])
    assert sources.build().counts("pressure_ulcers", MERGED, "2026-07") == (7, 40)
    # what the successor itself reports stands for all of it
    sources.write("ppm/ppm_4.csv", [prevalence("50", "9", enhet_id=MERGED, **day)])
    assert sources.build().counts("pressure_ulcers", MERGED, "2026-07") == (9, 50)


def test_an_unrelated_clinic_is_as_it_was(tmp_path: Path):
    sources = Sources(tmp_path, register())
    sources.write(
        "matningar/m.csv",
        [
            reported("my_care_plan", "2026-07", varde="80", enhet_id=OTHER_CLINIC),
            reported("my_care_plan", "2026Q2", varde="70", enhet_id=CLINIC),
        ],
    )
    built = sources.build()
    assert built.rejections("matningar/m.csv") == []
    assert built.outcome("my_care_plan", OTHER_CLINIC, "2026-07")["value"] == 80
    assert built.outcome("my_care_plan", CLINIC, "2026Q2")["value"] == 70
