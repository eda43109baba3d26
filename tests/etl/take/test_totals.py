"""A row that is the sum of others in its file is told of, as it counts once more."""

import pytest

from tests.etl.mappings.test_mapped_files import named_tree
from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    OTHER_HOSPITAL,
    REGION,
    SECOND_CLINIC,
    Sources,
    prevalence,
    reported,
)


def counts(unit, met, every, period="2026-01"):
    return reported(
        "readmission_30_days", period, enhet_id=unit, taljare=met, namnare=every
    )


def notes(tmp_path, name, rows):
    sources = Sources(tmp_path, named_tree())
    sources.write(name, rows)
    return sources.build().rows(
        "SELECT count, message FROM load_note WHERE \"check\" = 'total_of_units'"
    )


def test_sums_at_every_level_are_told(tmp_path):
    rows = [
        counts(CLINIC, "1", "10"),
        counts(SECOND_CLINIC, "2", "20"),
        counts(HOSPITAL, "3", "30"),
        counts(OTHER_HOSPITAL, "4", "40"),
        counts(REGION, "7", "70"),
    ]
    [(number, message)] = notes(tmp_path, "matningar/a.csv", rows)
    assert number == 2
    assert message.endswith("leave them out; the first is in row 4")


@pytest.mark.parametrize(
    ("unit", "met", "every", "period"),
    [
        (HOSPITAL, "3", "31", "2026-01"),
        (HOSPITAL, "4", "30", "2026-01"),
        (HOSPITAL, "3", "30", "2026-02"),
        # The hospital that none of the clinics belongs to.
        (OTHER_HOSPITAL, "3", "30", "2026-01"),
    ],
)
def test_what_is_no_sum_is_not_told(tmp_path, unit, met, every, period):
    rows = [counts(CLINIC, "1", "10"), counts(SECOND_CLINIC, "2", "20")]
    rows.append(counts(unit, met, every, period))
    assert notes(tmp_path, "matningar/a.csv", rows) == []


def test_one_unit_below_and_nothing_at_every_level_are_no_sums(tmp_path):
    rows = [
        counts(OTHER_CLINIC, "1", "10"),
        counts(OTHER_HOSPITAL, "1", "10"),
        reported("incident_reports", "2026-01", enhet_id=CLINIC, taljare="0"),
        reported("incident_reports", "2026-01", enhet_id=SECOND_CLINIC, taljare="0"),
        reported("incident_reports", "2026-01", enhet_id=HOSPITAL, taljare="0"),
    ]
    assert notes(tmp_path, "matningar/a.csv", rows) == []


def test_counts_of_patients_are_told_as_well(tmp_path):
    rows = [
        prevalence("10", "1", enhet_id=CLINIC),
        prevalence("20", "0", enhet_id=SECOND_CLINIC),
        prevalence("30", "1", enhet_id=HOSPITAL),
    ]
    assert [number for number, _ in notes(tmp_path, "ppm/ppm.csv", rows)] == [1]
