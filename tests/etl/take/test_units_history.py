"""The unit tree over time: moved, renamed and merged units keep their history."""

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
    indicator,
    observation,
    reported,
    target,
    tree,
    unit,
)

LEAD_TIME = "svf_lead_time"
MOVED = "SE2321000081-TEST41"
MERGED = "SE2321000081-TEST42"
LONG_GONE = "SE2321000081-TEST43"


def register() -> list[Row]:
    """Return units that change.

    MOVED goes from HOSPITAL to OTHER_HOSPITAL on 15 May 2026. CLINIC is renamed on
    1 February 2026. LONG_GONE became MERGED in 2025, which became OTHER_CLINIC, at
    another hospital, in 2026.
    """
    rows = tree()
    rows[3] |= {"namn": "Kirurgkliniken", "giltig_till": "2026-01-31"}
    return [
        *rows,
        unit(
            CLINIC,
            "klinik",
            HOSPITAL,
            namn="Kirurgi och urologi",
            giltig_fran="2026-02-01",
        ),
        unit(MOVED, "klinik", HOSPITAL, giltig_till="2026-05-14"),
        unit(MOVED, "klinik", OTHER_HOSPITAL, giltig_fran="2026-05-15"),
        unit(LONG_GONE, "klinik", HOSPITAL, giltig_till="2025-06-30", ersatt_av=MERGED),
        unit(
            MERGED, "klinik", HOSPITAL, giltig_till="2025-12-31", ersatt_av=OTHER_CLINIC
        ),
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("units"), register())
    sources.define(
        indicator(
            "staff",
            kind="count",
            denominator=None,
            minimum_denominator=1,
            averaged_over_time=["numerator"],
        )
    )
    sources.write(
        "svf/svf_fall.csv",
        [
            # MOVED: 5 of 6 on its last day in the old place, 6 of 7 on the next
            *cases(5, 10, "2026-05-14", enhet_id=MOVED),
            *cases(1, 90, "2026-05-14", enhet_id=MOVED),
            *cases(6, 10, "2026-05-15", enhet_id=MOVED),
            *cases(1, 90, "2026-05-15", enhet_id=MOVED),
            # CLINIC: 5 under each name
            *cases(5, 10, "2026-01-31"),
            *cases(5, 10, "2026-02-01"),
            # LONG_GONE 5 of 5 and 1 of 1, MERGED 7 of 7, OTHER_CLINIC 8 of 8
            *cases(5, 10, "2025-03-01", enhet_id=LONG_GONE),
            *cases(7, 10, "2025-09-01", enhet_id=MERGED),
            *cases(8, 10, "2026-03-01", enhet_id=OTHER_CLINIC),
        ],
    )
    sources.write(
        "matningar/m.csv",
        [
            *(reported("staff", f"2026-{n:02}", varde="10") for n in (1, 2, 3)),
            *(
                reported("staff", f"2026-{n:02}", varde="10", enhet_id=MOVED)
                for n in (4, 5, 6)
            ),
            # a quarter counts where the unit stood on its last day
            reported(
                "my_care_plan", "2026Q2", taljare="9", namnare="20", enhet_id=MOVED
            ),
            # it closed in the quarter, and counts where it stood last
            reported(
                "my_care_plan", "2025Q2", taljare="8", namnare="20", enhet_id=LONG_GONE
            ),
        ],
    )
    return sources.build()


def test_each_fact_counts_where_the_unit_stood_on_its_day(built):
    assert built.counts(LEAD_TIME, HOSPITAL, "2026-05") == (5, 6)
    assert built.counts(LEAD_TIME, OTHER_HOSPITAL, "2026-05") == (6, 7)
    assert built.counts(LEAD_TIME, REGION, "2026-05") == (11, 13)


def test_the_moved_unit_itself_keeps_its_whole_history(built):
    assert built.counts(LEAD_TIME, MOVED, "2026-05") == (11, 13)
    assert built.counts(LEAD_TIME, MOVED, "2026Q2") == (11, 13)
    assert built.outcome(LEAD_TIME, MOVED, "2026Q2")["has_predecessors"] is False


def test_a_reported_period_counts_where_the_unit_stood_last(built):
    assert built.counts("my_care_plan", OTHER_HOSPITAL, "2026Q2") == (9, 20)
    assert built.outcome("my_care_plan", HOSPITAL, "2026Q2")["value"] is None
    assert built.counts("my_care_plan", HOSPITAL, "2025Q2") == (8, 20)


def test_a_renamed_unit_is_one_unit(built):
    assert built.counts(LEAD_TIME, CLINIC, "2026Q1") == (10, 10)
    assert built.counts(LEAD_TIME, HOSPITAL, "2026Q1") == (10, 10)
    names = built.rows(
        "SELECT name, is_current FROM unit WHERE unit_id = :unit ORDER BY valid_from",
        unit=CLINIC,
    )
    assert names == [("Kirurgkliniken", False), ("Kirurgi och urologi", True)]


@pytest.mark.parametrize("unit", [CLINIC, HOSPITAL, REGION])
def test_a_new_name_does_not_double_a_stock(built, unit):
    # ten people in January, February and March
    assert built.outcome("staff", unit, "2026Q1")["value"] == 10


@pytest.mark.parametrize("unit", [MOVED, REGION])
def test_a_move_does_not_double_a_stock(built, unit):
    assert built.outcome("staff", unit, "2026Q2")["value"] == 10


def test_the_successor_holds_the_history_of_those_it_replaced(built):
    one = built.outcome(LEAD_TIME, OTHER_CLINIC, "2025Q3")
    assert (one["numerator"], one["denominator"]) == (7, 7)
    assert one["has_predecessors"] is True
    # and of those that they had replaced
    one = built.outcome(LEAD_TIME, OTHER_CLINIC, "2025Q1")
    assert (one["numerator"], one["has_predecessors"]) == (5, True)
    one = built.outcome(LEAD_TIME, OTHER_CLINIC, "2026Q1")
    assert (one["numerator"], one["has_predecessors"]) == (8, False)
    assert built.counts(LEAD_TIME, MERGED, "2025") == (12, 12)
    assert built.counts(LEAD_TIME, OTHER_CLINIC, "R12-2026Q1") == (15, 15)


def test_nothing_is_expected_of_a_successor_before_its_own_time(built):
    """MERGED reported then; of OTHER_CLINIC there is nothing before March 2026."""
    one = built.outcome(LEAD_TIME, OTHER_CLINIC, "2025Q3")
    assert (one["units_reporting"], one["units_expected"]) == (1, None)
    one = built.outcome(LEAD_TIME, OTHER_CLINIC, "2026Q1")
    assert (one["units_reporting"], one["units_expected"]) == (1, 1)


def test_facts_stay_with_the_unit_and_the_place_they_were_reported_for(built):
    assert built.counts(LEAD_TIME, LONG_GONE, "2025Q1") == (5, 5)
    assert built.counts(LEAD_TIME, HOSPITAL, "2025Q3") == (7, 7)
    # the successor's hospital has nothing of a time when it had no such clinic
    assert built.outcome(LEAD_TIME, OTHER_HOSPITAL, "2025Q3")["value"] is None
    assert built.counts(LEAD_TIME, REGION, "2025") == (12, 12)
    [[facts]] = built.rows(
        "SELECT count(*) FROM svf_fall WHERE enhet_id = :unit", unit=OTHER_CLINIC
    )
    assert facts == 8


def test_two_producers_with_the_same_register_do_not_double_the_facts(tmp_path):
    sources = Sources(tmp_path)
    sources.write("b/enheter/enheter.csv", [*tree(), unit(MOVED, "klinik", REGION)])
    sources.write("bhk/bhk.csv", [observation()] * 5)
    built = sources.build()
    assert built.load("bhk/bhk.csv") == (5, 5, 0)
    assert built.counts("bhk_compliance", CLINIC, "2026Q1") == (5, 5)


def test_regions_that_merge_keep_their_sums(tmp_path):
    old = "SE2321000081-TEST5"
    sources = Sources(
        tmp_path,
        [*tree(), unit(old, "region", giltig_till="2025-12-31", ersatt_av=REGION)],
    )
    sources.write(
        "svf/svf_fall.csv",
        [
            *cases(5, 10, "2025-03-01", enhet_id=old),
            *cases(6, 10, "2025-03-01", enhet_id=SECOND_CLINIC),
        ],
    )
    built = sources.build()
    assert built.counts(LEAD_TIME, old, "2025Q1") == (5, 5)
    assert built.counts(LEAD_TIME, REGION, "2025Q1") == (11, 11)


def test_a_version_ends_the_day_before_the_next_begins(tmp_path):
    """Neither row of the register says when it ends: no day is in both."""
    renamed = unit(CLINIC, "klinik", HOSPITAL, namn="Ny", giltig_fran="2026-02-01")
    sources = Sources(tmp_path, [*tree(), renamed])
    days = ("2026-01-31", "2026-02-01")
    sources.write(
        "svf/svf_fall.csv", [one for day in days for one in cases(5, 10, day)]
    )
    built = sources.build()
    assert built.counts(LEAD_TIME, CLINIC, "2026-01") == (5, 5)
    assert built.counts(LEAD_TIME, CLINIC, "2026-02") == (5, 5)


def test_a_unit_is_expected_for_a_year_after_it_last_reported(tmp_path):
    """SECOND_CLINIC has reported for the first quarter of 2025 and never since."""
    sources = Sources(tmp_path)
    sources.define(indicator("trial"))
    both = ("2025Q1", "2026Q1", "2026Q2")
    sources.write(
        "matningar/m.csv",
        [
            reported("trial", period, taljare="6", namnare="10", enhet_id=one)
            for one, periods in ((CLINIC, both), (SECOND_CLINIC, both[:1]))
            for period in periods
        ],
    )
    built = sources.build()
    expected = {
        period: (one["units_expected"], one["reason"])
        for period in both
        for one in [built.outcome("trial", HOSPITAL, period)]
    }
    assert expected == {
        "2025Q1": (2, None),
        "2026Q1": (2, "units_missing"),
        "2026Q2": (1, None),
    }


@pytest.mark.parametrize(
    ("months", "reason"),
    [(("2025-03", "2025-09"), None), (("2025-03",), "periods_missing")],
)
def test_a_year_lacks_no_period_when_it_is_measured_as_often_as_promised(
    tmp_path, months, reason
):
    """Twice a year is promised; that two months are not twelve is no gap."""
    sources = Sources(tmp_path)
    sources.define(indicator("trial", frequency="half_yearly"))
    sources.write(
        "matningar/m.csv",
        [reported("trial", one, taljare="6", namnare="10") for one in months],
    )
    assert sources.build().outcome("trial", CLINIC, "2025")["reason"] == reason


def test_local_targets_hold_in_the_nearest_region_above(tmp_path):
    """60 % reaches the 50 % of the region 0010, not the 90 % of 0007 within it."""
    within, clinic = "SE2321000081-TEST6", "SE2321000081-TEST61"
    sources = Sources(
        tmp_path,
        [
            *tree(),
            unit(within, "region", REGION, kolada_id="0007"),
            unit(clinic, "klinik", within),
        ],
    )
    targets = [
        target(50, "2026Q1"),
        target(90, "2026Q1", plan="patient_safety_kronoberg"),
    ]
    sources.define(indicator("trial", targets=targets))
    sources.write(
        "matningar/m.csv",
        [
            reported("trial", "2026Q1", taljare="6", namnare="10", enhet_id=one)
            for one in (clinic, CLINIC)
        ],
    )
    built = sources.build()
    for one, aim, status in (
        (clinic, 90, "not_met"),
        (within, 90, "not_met"),
        (CLINIC, 50, "met"),
        (REGION, 50, "met"),
    ):
        found = built.outcome("trial", one, "2026Q1")
        assert (found["target"], found["status"]) == (aim, status), one


def test_units_stand_in_swedish_order(tmp_path: Path):
    names = ["Zetterlund", "Åkroken", "Ängslyckan", "Österäng"]
    clinics = [
        unit(f"{CLINIC[:-1]}{at}", "klinik", HOSPITAL, namn=name)
        for at, name in enumerate(reversed(names))
    ]
    built = Sources(tmp_path, [*tree()[:2], *clinics]).build()
    found = built.rows(
        "SELECT name FROM unit WHERE kind = 'klinik' ORDER BY tree_order"
    )
    assert [name for (name,) in found] == names
