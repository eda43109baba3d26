"""Medication reviews worked out on paper: due from 75 years and five medicines."""

import pytest

from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    REGION,
    SECOND_CLINIC,
    Built,
    Sources,
    contacts,
    mid_p,
)

REVIEWS = "medication_reviews"
IN_DEPTH = "medication_reviews_in_depth"
COUNT = "medication_reviews_count"
REGISTRATION = "medication_review_registration"
REPORT = "medicine_report_at_discharge"
LIST_AT_DISCHARGE = "medicine_list_at_discharge"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """CLINIC in 2026Q1, of those that are due (75 years, 5 medicines):

    ```
    XV015            3   2 of them in their 75th year, women, open care
    XV016            2   men of 85, home care
    XV015 and XV016  1   a woman of 84, inpatient
    another code     2   women of 80, open care
    no code          4   women of 80, open care
    ```
    12 due, 6 reviewed, 3 in depth, 8 registered. Not due: 5 with codes.
    """
    sources = Sources(tmp_path_factory.mktemp("contacts"))
    sources.write(
        "lakemedel/kontakter.csv",
        [
            *contacts(2, alder="75", antal_lakemedel="5", kva_kod="XV015"),
            *contacts(1, kva_kod="xv015"),
            *contacts(2, alder="85", kon="M", vardform="hemsjukvard", kva_kod="XV016"),
            *contacts(1, alder="84", vardform="sluten", kva_kod="XV015 XV016"),
            *contacts(2, kva_kod="QV012"),
            *contacts(4),
            *contacts(3, alder="74", kva_kod="XV015"),
            *contacts(2, antal_lakemedel="4", kva_kod="XV016"),
            # SECOND_CLINIC never registers; it discharges 5, 4 with both papers
            *contacts(
                4,
                enhet_id=SECOND_CLINIC,
                vardform="sluten",
                lakemedelsberattelse="J",
                lakemedelslista="j",
            ),
            *contacts(
                1,
                enhet_id=SECOND_CLINIC,
                vardform="sluten",
                lakemedelsberattelse="N",
                lakemedelslista="N",
            ),
            # no answer is not a no
            *contacts(3, enhet_id=SECOND_CLINIC, vardform="sluten"),
            # OTHER_CLINIC has nobody who is due
            *contacts(6, enhet_id=OTHER_CLINIC, alder="40"),
        ],
    )
    return sources.build()


def test_a_review_is_due_from_75_years_and_five_medicines(built):
    assert built.shown(REVIEWS, CLINIC, "2026Q1") == (
        6,
        12,
        50.0,
        *(pytest.approx(bound) for bound in mid_p(6, 12)),
    )
    assert built.status(REVIEWS, CLINIC, "2026Q1") == ("no_target", "ongoing")


def test_reviews_in_depth_apart(built):
    assert built.counts(IN_DEPTH, CLINIC, "2026Q1") == (3, 12)


def test_registration_is_the_share_of_those_due_with_any_code(built):
    assert built.counts(REGISTRATION, CLINIC, "2026Q1") == (8, 12)


def test_a_unit_that_never_registers_has_zero_not_a_gap(built):
    assert built.shown(REGISTRATION, SECOND_CLINIC, "2026Q1")[:3] == (0, 8, 0.0)
    assert built.counts(REVIEWS, SECOND_CLINIC, "2026Q1") == (0, 8)
    assert built.counts(REVIEWS, HOSPITAL, "2026Q1") == (6, 20)


def test_nobody_due_is_no_cases_not_zero_per_cent(built):
    assert built.shown(REVIEWS, OTHER_CLINIC, "2026Q1") == (None,) * 5
    assert built.status(REVIEWS, OTHER_CLINIC, "2026Q1") == ("too_few", "no_cases")
    assert built.counts(REVIEWS, REGION, "2026Q1") == (6, 20)


def test_the_number_of_reviews_counts_those_that_were_not_due_as_well(built):
    # 6 + 5; Byar's interval of 11
    one = built.outcome(COUNT, CLINIC, "2026Q1")
    assert (one["numerator"], one["denominator"], one["value"]) == (11, None, 11)
    # exact Poisson interval of 11: 5.49-19.68
    assert (one["lower"], one["upper"]) == (
        pytest.approx(5.49, abs=0.02),
        pytest.approx(19.68, abs=0.02),
    )


def test_a_count_of_none_is_shown_as_zero(built):
    assert built.shown(COUNT, SECOND_CLINIC, "2026Q1")[:3] == (0, None, 0.0)
    assert built.status(COUNT, SECOND_CLINIC, "2026Q1") == ("no_target", "ongoing")


def test_by_care_form(built):
    of = (REVIEWS, CLINIC, "2026Q1", "care_form")
    assert built.counts(*of, "oppen") == (3, 9)
    assert built.status(*of, "hemsjukvard") == ("too_few", "too_few")
    assert built.status(*of, "sluten") == ("too_few", "too_few")
    assert built.counts(REVIEWS, REGION, "2026Q1", "care_form", "sluten") == (1, 9)


def test_by_age_group_and_sex(built):
    # 75-84: 2 + 1 + 1 reviewed of 2 + 1 + 1 + 2 + 4; the two of 85 are too few
    of = (REVIEWS, CLINIC, "2026Q1", "age_group")
    assert built.counts(*of, "75-84") == (4, 10)
    assert built.status(*of, "85-")[0] == "too_few"
    assert built.counts(REVIEWS, CLINIC, "2026Q1", "sex", "K") == (4, 10)
    with pytest.raises(KeyError):  # nobody under 75 is due
        built.outcome(*of, "65-74")


def test_papers_at_discharge_are_counted_among_those_with_an_answer(built):
    assert built.counts(REPORT, SECOND_CLINIC, "2026Q1") == (4, 5)
    one = built.outcome(LIST_AT_DISCHARGE, SECOND_CLINIC, "2026Q1")
    assert (one["numerator"], one["denominator"]) == (4, 5)
    # Kronoberg's target does not hold in the region of Kolada id 0010
    assert (one["target"], one["status"]) == (None, "no_target")
