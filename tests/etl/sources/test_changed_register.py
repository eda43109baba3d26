"""A register of maximum lead times that changes between two builds."""

from tests.etl.rows import CLINIC, Sources, cases, maximum

LEAD_TIME = "svf_lead_time"


def test_a_change_of_the_register_changes_what_was_within(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", cases(5, 28, "2026-01-20"))
    first = sources.build()
    sources.write("svf/ledtider.csv", [maximum("brost", "kirurgi", "27")])
    second = sources.build()
    assert second.counts(LEAD_TIME, CLINIC, "2026Q1") == (0, 5)
    earlier = second.outcome(LEAD_TIME, CLINIC, "2026Q1", build_id=first.build_id)
    assert (earlier["numerator"], earlier["denominator"]) == (5, 5)
