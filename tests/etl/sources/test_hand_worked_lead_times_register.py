"""Which maximum lead time is in force: the region's own register before the shipped."""

import pytest

from tests.etl.rows import CLINIC, Built, Sources, cases, maximum

LEAD_TIME = "svf_lead_time"
LUNG = {"svf": "lunga", "kva_start": "VC010", "kva_avslut": "VC050"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Shipped: breast 28 days; the lung has none but placeholders."""
    sources = Sources(tmp_path_factory.mktemp("register"))
    sources.write(
        "svf/ledtider.csv",
        [
            maximum("brost", "kirurgi", "20"),
            maximum("brost", "lakemedel", ""),
            maximum("lunga", "kirurgi", "44", giltig_till="2025-11-15"),
            maximum("lunga", "kirurgi", "30", giltig_fran="2025-11-16"),
        ],
    )
    sources.write(
        "svf/svf_fall.csv",
        [
            *cases(3, 20, "2025-01-20"),
            *cases(3, 21, "2025-01-20"),
            # radiation is not in the region's own register: 28 as shipped
            *cases(5, 28, "2025-02-20", kva_avslut="VG954"),
            # a place left empty in the region's own register hides nothing
            *cases(5, 28, "2025-03-20", kva_avslut="VG952"),
            # after extended investigation: as shipped
            *cases(5, 28, "2025-04-20", utokad_utredning="J"),
            *cases(3, 44, "2025-11-15", **LUNG),
            *cases(2, 45, "2025-11-15", **LUNG),
            *cases(5, 30, "2025-12-15", **LUNG),
            *cases(4, 31, "2025-12-15", **LUNG),
        ],
    )
    sources.write("b/svf/svf_fall.csv", cases(7, 40, "2025-11-16", **LUNG))
    return sources.build()


@pytest.mark.parametrize(
    ("month", "within", "of"),
    [
        ("2025-01", 3, 6),
        ("2025-02", 5, 5),
        ("2025-03", 5, 5),
        ("2025-04", 5, 5),
        # the 15th: 3 of 5 within 44 days; the 16th: 40 days are more than 30
        ("2025-11", 3, 12),
        ("2025-12", 5, 9),
    ],
    ids=[
        "its_own_maximum_goes_before_the_shipped_one",
        "the_shipped_one_holds_for_other_endings",
        "a_placeholder_does_not_hide_the_shipped_one",
        "the_shipped_one_holds_after_extended_investigation",
        "the_maximum_is_the_one_in_force_on_the_last_day",
        "a_shorter_maximum_holds_from_its_first_day",
    ],
)
def test_the_maximum_in_force(built, month, within, of):
    assert built.counts(LEAD_TIME, CLINIC, month) == (within, of)


def test_a_change_of_the_register_changes_what_was_within(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", cases(5, 28, "2026-01-20"))
    first = sources.build()
    sources.write("svf/ledtider.csv", [maximum("brost", "kirurgi", "27")])
    second = sources.build()
    assert second.counts(LEAD_TIME, CLINIC, "2026Q1") == (0, 5)
    earlier = second.outcome(LEAD_TIME, CLINIC, "2026Q1", build_id=first.build_id)
    assert (earlier["numerator"], earlier["denominator"]) == (5, 5)


def test_two_producers_with_a_register_each_do_not_make_a_case_two(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/ledtider.csv", [maximum("brost", "kirurgi", "28")])
    sources.write("b/svf/ledtider.csv", [maximum("brost", "kirurgi", "30")])
    sources.write("svf/svf_fall.csv", cases(5, 28, "2026-01-20"))
    built = sources.build()
    assert built.load("svf/svf_fall.csv") == (5, 5, 0)
    assert built.counts(LEAD_TIME, CLINIC, "2026Q1") == (5, 5)


def test_a_revision_from_this_year_leaves_earlier_years_their_maximum(tmp_path):
    # shipped: 28 days from 2016; the region writes down what changes in 2026
    sources = Sources(tmp_path)
    sources.write(
        "svf/ledtider.csv",
        [maximum("brost", "kirurgi", "20", giltig_fran="2026-01-01")],
    )
    sources.write(
        "svf/svf_fall.csv",
        [*cases(5, 28, "2025-12-31"), *cases(5, 28, "2026-01-01")],
    )
    built = sources.build()
    assert built.counts(LEAD_TIME, CLINIC, "2025Q4") == (5, 5)
    assert built.counts(LEAD_TIME, CLINIC, "2026Q1") == (0, 5)


def test_an_open_end_lasts_until_the_next_maximum_begins(tmp_path):
    # giltig_till is optional: 20 days until 2026-01-14, 28 days from 2026-01-15
    sources = Sources(tmp_path)
    sources.write(
        "svf/ledtider.csv",
        [
            maximum("brost", "kirurgi", "20", giltig_fran="2020-01-01"),
            maximum("brost", "kirurgi", "28", giltig_fran="2026-01-15"),
        ],
    )
    sources.write(
        "svf/svf_fall.csv",
        [*cases(5, 25, "2026-01-14"), *cases(6, 25, "2026-02-15")],
    )
    built = sources.build()
    assert built.load("svf/ledtider.csv") == (2, 2, 0)
    assert built.counts(LEAD_TIME, CLINIC, "2026-01") == (0, 5)
    assert built.counts(LEAD_TIME, CLINIC, "2026-02") == (6, 6)
