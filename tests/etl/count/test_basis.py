"""What an outcome rests on is told beside it: left out, rejected, carried over."""

from datetime import date
from pathlib import Path

import pytest

from kpi.basis import BasisPart, stored
from kpi.vocabulary import Remark
from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    OTHER_HOSPITAL,
    REGION,
    SECOND_CLINIC,
    Built,
    Sources,
    cases,
    contacts,
    indicator,
    prem,
    prevalence,
    reported,
    tree,
    unit,
)

LEAD_TIME = "svf_lead_time"
GONE = "SE2321000081-TEST51"
HEIR = "SE2321000081-TEST52"
NO_HEIR = "SE2321000081-TEST53"


def register() -> list[dict[str, str]]:
    """Return units of which two have ended: GONE became HEIR, NO_HEIR nothing."""
    return [
        *tree(),
        unit(GONE, "klinik", HOSPITAL, giltig_till="2026-03-31", ersatt_av=HEIR),
        unit(HEIR, "klinik", HOSPITAL, giltig_fran="2026-04-01"),
        unit(NO_HEIR, "klinik", OTHER_HOSPITAL, giltig_till="2026-03-31"),
    ]


def without_maximum(count: int, ended: str, **changes: str) -> list[dict[str, str]]:
    """Return cases of an ending that the shipped register has no maximum for."""
    return cases(count, 10, ended, svf="prostata", kva_avslut="VG950", **changes)


def rejected(count: int, ended: str, **changes: str) -> list[dict[str, str]]:
    return cases(count, 10, ended, kon="X", **changes)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("basis"), register())
    sources.define(indicator("own_share"), indicator("other_share"))
    sources.write(
        "svf/svf_fall.csv",
        [
            # 34 of 81 in the region in the first quarter; 8 + 7 + 32 without a maximum
            *cases(20, 10, "2026-01-15"),
            *cases(14, 10, "2026-02-15", enhet_id=OTHER_CLINIC),
            *without_maximum(8, "2026-01-15"),
            *without_maximum(7, "2026-03-01", enhet_id=SECOND_CLINIC),
            *without_maximum(32, "2026-02-15", enhet_id=OTHER_CLINIC),
            # April: all that SECOND_CLINIC has sent is rejected, and a part of CLINIC's
            *rejected(6, "2026-04-10", enhet_id=SECOND_CLINIC),
            *cases(9, 10, "2026-04-10"),
            *rejected(5, "2026-04-10"),
            # rows of units that have ended
            *cases(12, 10, "2026-04-20", enhet_id=GONE),
            *cases(6, 10, "2026-04-20", enhet_id=NO_HEIR),
            *cases(7, 10, "2026-04-20", enhet_id=OTHER_CLINIC),
            # nothing can be read but the unit, nothing but the time
            *cases(2, 10, "2026-05-02", enhet_id=OTHER_CLINIC, datum_avslut="i maj"),
            *cases(3, 10, "2026-05-02", enhet_id="SE2321000081-NOWHERE"),
            # few are not told in numbers
            *cases(9, 10, "2026-06-10"),
            *without_maximum(3, "2026-06-10"),
            *cases(9, 10, "2026-06-10", enhet_id=OTHER_CLINIC),
            *without_maximum(20, "2026-06-10", enhet_id=OTHER_CLINIC),
            # nor where the outcome itself is hidden
            *cases(2, 10, "2026-07-10"),
            *without_maximum(9, "2026-07-10"),
        ],
    )
    sources.write(
        "lakemedel/kontakter.csv",
        [
            *contacts(6, vardform="sluten", lakemedelsberattelse="J"),
            *contacts(5, vardform="sluten", lakemedelsberattelse=""),
        ],
    )
    sources.write(
        "ppm/ppm.csv",
        [
            prevalence("20", "30"),
            prevalence("20", "2", matning="infarter"),
            prevalence("30", "20", matning="nagot_annat"),
        ],
    )
    sources.write(
        "prem/prem.csv",
        [prem("2026K1", "40", "101"), prem("2026K2", "40", "80")],
    )
    sources.write(
        "matningar/m.csv",
        [reported("own_share", "2026Q1", taljare="9", namnare="3")],
    )
    return sources.build()


def told(built: Built, *key: str) -> list[tuple[str, int | None, str | None]]:
    return [
        (part.kind, part.number, part.unit)
        for part in stored(built.outcome(*key)["basis"])
    ]


def test_cases_without_a_maximum_are_told_beside_the_lead_time(built):
    assert built.counts(LEAD_TIME, REGION, "2026Q1") == (34, 34)
    assert told(built, LEAD_TIME, REGION, "2026Q1") == [("no_maximum", 47, None)]
    assert told(built, LEAD_TIME, HOSPITAL, "2026Q1") == [("no_maximum", 15, None)]
    assert told(built, LEAD_TIME, CLINIC, "2026-01") == [("no_maximum", 8, None)]
    # of a measure that leaves nothing out there is nothing to tell
    assert told(built, "svf_cases_without_known_maximum", REGION, "2026Q1") == []


def test_contacts_without_an_answer_are_told(built):
    found = told(built, "medicine_report_at_discharge", CLINIC, "2026-02")
    assert found == [("no_answer", 5, None)]


def test_rejected_rows_are_told_for_their_unit_and_month_and_above(built):
    assert told(built, LEAD_TIME, CLINIC, "2026-04") == [("rejected_rows", 5, None)]
    assert told(built, LEAD_TIME, HOSPITAL, "2026-04") == [
        ("predecessor_rows", 12, GONE),
        ("rejected_rows", 11, None),
    ]
    assert told(built, LEAD_TIME, SECOND_CLINIC, "2026Q2") == [
        ("rejected_rows", 6, None)
    ]


def test_rows_of_an_ended_unit_that_nobody_took_over_are_told_above_it(built):
    assert told(built, LEAD_TIME, OTHER_HOSPITAL, "2026-04") == [
        ("rejected_rows", 6, None)
    ]
    assert told(built, LEAD_TIME, REGION, "2026-04") == [
        ("predecessor_rows", 12, GONE),
        ("rejected_rows", 17, None),
    ]


def test_rows_that_count_for_a_successor_are_told(built):
    assert built.counts(LEAD_TIME, HEIR, "2026-04") == (12, 12)
    assert told(built, LEAD_TIME, HEIR, "2026-04") == [("predecessor_rows", 12, GONE)]


def test_few_people_are_told_without_their_number(built):
    assert told(built, LEAD_TIME, CLINIC, "2026-06") == [("no_maximum", None, None)]
    # three of the hospital's, and all of them the clinic's
    assert told(built, LEAD_TIME, HOSPITAL, "2026-06") == [("no_maximum", None, None)]
    # the other hospital's twenty would tell the three, as the region has 23 in all
    other = told(built, LEAD_TIME, OTHER_HOSPITAL, "2026-06")
    assert other == [("no_maximum", None, None)]
    assert told(built, LEAD_TIME, OTHER_CLINIC, "2026-06") == other
    assert told(built, LEAD_TIME, REGION, "2026-06") == [("no_maximum", 23, None)]


def test_a_hidden_outcome_has_no_numbers_beside_it(built):
    assert built.status(LEAD_TIME, CLINIC, "2026-07") == ("too_few", "too_few")
    assert told(built, LEAD_TIME, CLINIC, "2026-07") == [("no_maximum", None, None)]


def test_rows_that_are_no_people_are_told_in_numbers_for_their_own_measure(built):
    assert told(built, "pressure_ulcers", CLINIC, "2026Q1") == [
        ("rejected_rows", 1, None)
    ]
    assert told(built, "line_care_compliance", CLINIC, "2026Q1") == []
    assert told(built, "prem_svf_overall", CLINIC, "2026Q1") == [
        ("rejected_rows", 1, None)
    ]
    assert told(built, "own_share", REGION, "2026Q1") == [("rejected_rows", 1, None)]
    assert told(built, "other_share", REGION, "2026Q1") == []


def test_delivered_but_rejected_is_never_called_not_reported(built):
    rejected = ("rejected", "rejected")
    assert built.status(LEAD_TIME, SECOND_CLINIC, "2026Q2") == rejected
    assert built.status(LEAD_TIME, SECOND_CLINIC, "2026T2") == ("not_reported",) * 2
    # it has reported nothing else, nor of any other time
    assert built.status("own_share", CLINIC, "2026Q1") == rejected
    assert built.status("prem_svf_overall", CLINIC, "2026Q1") == rejected
    # what is not delivered is not
    never = ("not_reported", "never_reported")
    assert built.status("own_share", CLINIC, "2026Q2") == never
    assert built.status("other_share", CLINIC, "2026Q1") == never


def test_a_row_whose_time_cannot_be_read_may_be_of_any_later_time(built):
    # June has a value; the two rows may be of the quarter after
    assert built.status(LEAD_TIME, OTHER_CLINIC, "2026Q3") == ("rejected", "rejected")
    assert built.status(LEAD_TIME, SECOND_CLINIC, "2026Q3") == ("not_reported",) * 2


def test_rows_that_belong_to_no_outcome_are_told_for_their_dataset(built):
    rows = built.rows("SELECT dataset, subject, unit, rows FROM unplaced ORDER BY ALL")
    assert rows == [
        ("ppm", None, CLINIC, 1),
        ("svf_fall", None, OTHER_CLINIC, 2),
        ("svf_fall", None, None, 3),
    ]


def test_a_file_of_which_all_is_rejected_leaves_no_false_word(tmp_path: Path):
    sources = Sources(tmp_path)
    rows = cases(30, 10, "2026-09-10")
    sources.write(
        "svf/svf_fall.csv", [row | {"datum_avslut": "10/09/2026"} for row in rows]
    )
    sources.write("ppm/ppm.csv", [prevalence("20", "3")])
    built = sources.build()
    assert built.status(LEAD_TIME, CLINIC, "2026Q1") == ("rejected", "rejected")
    assert built.status(LEAD_TIME, REGION, "2026Q1") == ("rejected", "rejected")
    assert built.status(LEAD_TIME, OTHER_CLINIC, "2026Q1") == (
        "not_reported",
        "never_reported",
    )


def test_without_a_single_fact_there_are_periods_to_say_so(tmp_path: Path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", rejected(8, "2026-09-10"))
    built = sources.build()
    assert built.status(LEAD_TIME, CLINIC, "2026Q3") == ("rejected", "rejected")
    assert built.rows("SELECT first_month, last_month FROM build") == [
        (2026 * 12 + 8, 2026 * 12 + 8)
    ]


def test_rows_sent_anew_are_no_longer_rejected(tmp_path: Path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall_1.csv", rejected(8, "2026-09-10"))
    sources.write("svf/svf_fall_2.csv", cases(8, 10, "2026-09-10"))
    built = sources.build(date(2026, 11, 1))
    assert built.counts(LEAD_TIME, CLINIC, "2026-09") == (8, 8)
    assert told(built, LEAD_TIME, CLINIC, "2026-09") == []


def test_the_stored_form_is_read_back():
    assert stored(None) == ()
    written = '[{"kind":"predecessor_rows","number":null,"unit":"SE-1"}]'
    assert stored(written) == (BasisPart(Remark.PREDECESSOR_ROWS, None, "SE-1"),)
