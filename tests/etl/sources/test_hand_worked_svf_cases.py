"""SVF lead times worked out on paper.

Breast cancer operated on has a maximum of 28 days (data/reference/ledtider.csv). The
targets are those of the plan: locally 50 % in 2025 and 55 % in 2026, nationally 80 %;
within 5 percentage points is near.
"""

import pytest

from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    OTHER_HOSPITAL,
    REGION,
    SECOND_CLINIC,
    Built,
    Sources,
    case,
    cases,
    maximum,
    mid_p,
)

LEAD_TIME = "svf_lead_time"
WITHOUT_WAITING = "svf_lead_time_without_patient_and_medical_waiting"
NO_MAXIMUM = "svf_cases_without_known_maximum"


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Three clinics of two hospitals.

    ```
                     2025Q2   2025Q4   2026Q1                       2026Q2
    CLINIC           4 of 5   10 of 20 5 of 8 in Jan + 6 of 12 in Mar
    SECOND_CLINIC                      10 of 20                     3 of 4
    OTHER_CLINIC              9 of 20  9 of 20                      0 of 5
    ```
    """
    sources = Sources(tmp_path_factory.mktemp("quarters"))
    sources.write(
        "svf/svf_fall.csv",
        [
            *cases(4, 28, "2025-05-15"),
            *cases(1, 29, "2025-05-15"),
            *cases(10, 28, "2025-12-31"),
            *cases(10, 29, "2025-10-01"),
            # January: 3 of 4 women, 2 of 4 men; 3 of 4 are 64, 2 of 4 are 65
            *cases(3, 28, "2026-01-01", alder="64"),
            *cases(1, 40, "2026-01-31", alder="64"),
            *cases(2, 0, "2026-01-31", kon="M", alder="65"),
            *cases(2, 60, "2026-01-31", kon="M", alder="65"),
            # March: 6 of 12 women
            *cases(6, 1, "2026-03-31", alder="64"),
            *cases(6, 29, "2026-03-01", alder="64"),
            *cases(10, 28, "2026-02-10", enhet_id=SECOND_CLINIC),
            *cases(10, 29, "2026-02-10", enhet_id=SECOND_CLINIC),
            *cases(3, 28, "2026-04-10", enhet_id=SECOND_CLINIC),
            *cases(1, 29, "2026-04-10", enhet_id=SECOND_CLINIC),
            *cases(9, 28, "2025-11-10", enhet_id=OTHER_CLINIC),
            *cases(11, 29, "2025-11-10", enhet_id=OTHER_CLINIC),
            *cases(9, 28, "2026-02-10", enhet_id=OTHER_CLINIC),
            *cases(11, 29, "2026-02-10", enhet_id=OTHER_CLINIC),
            *cases(5, 29, "2026-04-10", enhet_id=OTHER_CLINIC),
        ],
    )
    return sources.build()


def test_a_quarter_is_what_ended_in_it(quarters):
    # 5 of 8 + 6 of 12 = 11 of 20
    assert quarters.shown(LEAD_TIME, CLINIC, "2026Q1") == (
        11,
        20,
        55.0,
        *(pytest.approx(bound) for bound in mid_p(11, 20)),
    )


def test_units_above_get_the_sum_of_counts_not_a_mean_of_shares(quarters):
    # 11 of 20 + 10 of 20; the region adds 9 of 20
    assert quarters.counts(LEAD_TIME, HOSPITAL, "2026Q1") == (21, 40)
    assert quarters.counts(LEAD_TIME, OTHER_HOSPITAL, "2026Q1") == (9, 20)
    assert quarters.shown(LEAD_TIME, REGION, "2026Q1")[:3] == (30, 60, 50.0)


@pytest.mark.parametrize(
    ("period", "within", "of"),
    [
        ("2026-01", 5, 8),
        ("2026-03", 6, 12),
        ("2025Q4", 10, 20),
        ("2025T2", 4, 5),  # May-August
        ("2025T3", 10, 20),  # September-December
        ("2026T1", 11, 20),  # January-April
        ("2025", 14, 25),
        ("2026", 11, 20),
        ("R12-2026Q1", 25, 45),  # April 2025-March 2026: 4/5 + 10/20 + 11/20
    ],
)
def test_every_kind_of_period_sums_its_months(quarters, period, within, of):
    assert quarters.counts(LEAD_TIME, CLINIC, period) == (within, of)


def test_twelve_months_that_begin_before_the_first_facts_are_not_given(quarters):
    # the first case ended in May 2025, so January-December 2025 is not whole
    with pytest.raises(KeyError):
        quarters.outcome(LEAD_TIME, CLINIC, "R12-2025Q4")


def test_a_value_exactly_on_the_target_has_met_it(quarters):
    one = quarters.outcome(LEAD_TIME, CLINIC, "2026Q1")
    assert (one["value"], one["target"], one["status"]) == (55.0, 55.0, "met")
    assert (one["target_rule"], one["target_level"]) == (">=", "local")


def test_a_past_quarter_is_judged_by_the_target_then_in_force(quarters):
    # 50 % is met in 2025Q4 and would only have been near in 2026
    one = quarters.outcome(LEAD_TIME, CLINIC, "2025Q4")
    assert (one["value"], one["target"], one["status"]) == (50.0, 50.0, "met")
    one = quarters.outcome(LEAD_TIME, SECOND_CLINIC, "2026Q1")
    assert (one["value"], one["target"], one["status"]) == (50.0, 55.0, "near")


def test_exactly_the_tolerance_is_near_and_less_is_not_met(quarters):
    # 45 % in both: 5 below 50 in 2025, 10 below 55 in 2026
    assert quarters.status(LEAD_TIME, OTHER_CLINIC, "2025Q4") == ("near", None)
    assert quarters.status(LEAD_TIME, OTHER_CLINIC, "2026Q1")[0] == "not_met"


def test_twelve_months_are_judged_by_the_target_in_force_at_their_end(quarters):
    # 25 of 45 is 55.6 %
    one = quarters.outcome(LEAD_TIME, CLINIC, "R12-2026Q1")
    assert (one["target"], one["status"]) == (55.0, "met")


def test_the_national_target_stands_beside_the_local_one(quarters):
    one = quarters.outcome(LEAD_TIME, CLINIC, "2026Q1")
    assert (one["national_target"], one["national_rule"]) == (80.0, ">=")
    assert one["national_status"] == "not_met"


def test_with_five_of_five_late_the_value_is_zero_and_shown(quarters):
    assert quarters.shown(LEAD_TIME, OTHER_CLINIC, "2026Q2") == (
        0,
        5,
        0.0,
        0.0,
        pytest.approx(mid_p(0, 5)[1]),
    )
    # The cases end in April, so the quarter goes on.
    assert quarters.status(LEAD_TIME, OTHER_CLINIC, "2026Q2") == (
        "not_judged",
        "ongoing",
    )


def test_four_cases_are_too_few_and_leave_no_counts_behind(quarters):
    assert quarters.shown(LEAD_TIME, SECOND_CLINIC, "2026Q2") == (None,) * 5
    assert quarters.status(LEAD_TIME, SECOND_CLINIC, "2026Q2") == ("too_few",) * 2


def test_a_quarter_without_a_case_is_a_gap_not_a_zero(quarters):
    assert quarters.shown(LEAD_TIME, CLINIC, "2026Q2") == (None,) * 5
    assert quarters.status(LEAD_TIME, CLINIC, "2026Q2") == ("not_reported",) * 2


def test_by_sex_and_age_group(quarters):
    # January + March: women 3 + 6 of 4 + 12, men 2 of 4: too few
    assert quarters.counts(LEAD_TIME, CLINIC, "2026Q1", "sex", "K") == (9, 16)
    assert quarters.status(LEAD_TIME, CLINIC, "2026Q1", "sex", "M")[0] == "too_few"
    # 64 is the last year of a group, 65 the first of the next
    group = (LEAD_TIME, CLINIC, "2026Q1", "age_group")
    assert quarters.counts(*group, "18-64") == (9, 16)
    assert quarters.status(*group, "65-74")[0] == "too_few"
    assert quarters.counts(LEAD_TIME, REGION, "2026Q1", "svf", "brost") == (30, 60)


@pytest.fixture(scope="module")
def pathways(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Five cases of each pathway: two within (one for the bladder) in 2025Q4."""
    sources = Sources(tmp_path_factory.mktemp("pathways"))
    sources.write(
        "svf/ledtider.csv",
        [
            maximum("livmoderhals", "kirurgi", "20"),
            maximum("aggstock", "kirurgi", "20"),
        ],
    )
    rows = []
    for svf, kva, within in (
        ("tjock_andtarm", "VB2", 2),
        ("livmoderhals", "VH2", 2),
        ("aggstock", "VH4", 2),
        ("urinblasa_urinvagar", "VK1", 1),
        ("brost", "VG9", 2),
    ):
        codes = {"svf": svf, "kva_start": f"{kva}10", "kva_avslut": f"{kva}50"}
        for ended in ("2025-11-01", "2026-02-01"):
            rows += cases(within, 10, ended, **codes)
            rows += cases(5 - within, 90, ended, **codes)
    sources.write("svf/svf_fall.csv", rows)
    return sources.build()


@pytest.mark.parametrize(
    ("svf", "value", "target", "status"),
    [
        ("tjock_andtarm", 40.0, 40.0, "met"),
        ("livmoderhals", 40.0, 40.0, "met"),
        ("aggstock", 40.0, 40.0, "met"),
        ("urinblasa_urinvagar", 20.0, 20.0, "met"),
        ("brost", 40.0, 50.0, "not_met"),
    ],
)
def test_four_pathways_had_targets_of_their_own_in_2025(
    pathways, svf, value, target, status
):
    one = pathways.outcome(LEAD_TIME, CLINIC, "2025Q4", "svf", svf)
    assert (one["value"], one["target"], one["status"]) == (value, target, status)
    assert (one["national_target"], one["national_status"]) == (80.0, "not_met")


def test_in_2026_every_pathway_has_the_general_target(pathways):
    # Of February, the last month there are cases of: the quarter goes on.
    one = pathways.outcome(LEAD_TIME, CLINIC, "2026-02", "svf", "tjock_andtarm")
    assert (one["value"], one["target"], one["status"]) == (40.0, 55.0, "not_met")


def test_the_total_of_all_pathways_is_judged_by_the_general_target(pathways):
    # 2 + 2 + 2 + 1 + 2 = 9 of 25 = 36 %
    one = pathways.outcome(LEAD_TIME, CLINIC, "2025Q4")
    assert (one["value"], one["target"], one["status"]) == (36.0, 50.0, "not_met")


BLADDER = {"svf": "urinblasa_urinvagar", "kva_start": "VK110"}
COLON = {"svf": "tjock_andtarm", "kva_start": "VB210", "kva_avslut": "VB250"}
PROSTATE = {"svf": "prostata", "kva_start": "VJ110", "kva_avslut": "VJ150"}
AOS = {"svf": "allvarliga_ospecifika_symtom", "kva_start": "VP810"}


@pytest.fixture(scope="module")
def endings(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Every month has five cases within, and what the month is about beside them."""
    months = {
        "2025-01": [*cases(2, 5, "2025-01-20", kva_avslut="VG970")],
        "2025-02": [
            *cases(1, 5, "2025-02-20", kva_avslut="VG972"),
            *cases(1, 5, "2025-02-20", kva_avslut="VG974"),
            *cases(1, 5, "2025-02-20", kva_avslut="VG976"),
            *cases(1, 5, "2025-02-20", kva_avslut="VG978"),
        ],
        # the last talk has 22 days
        "2025-03": [
            *cases(1, 22, "2025-03-20", kva_avslut="VP872", **AOS),
            *cases(1, 23, "2025-03-20", kva_avslut="VP878", **AOS),
        ],
        "2025-04": [
            *cases(1, 5, "2025-04-20", kva_avslut="VP870", **AOS),
            *cases(1, 5, "2025-04-20", kva_avslut="VP874", **AOS),
            *cases(1, 5, "2025-04-20", kva_avslut="VP876", **AOS),
        ],
        # no further action: 22 days for the bladder, no maximum for the breast
        "2025-05": [
            *cases(1, 22, "2025-05-20", kva_avslut="VK173", **BLADDER),
            *cases(1, 23, "2025-05-20", kva_avslut="VK173", **BLADDER),
            *cases(1, 5, "2025-05-20", kva_avslut="VG973"),
        ],
        "2025-06": [*cases(1, 5, "2025-06-20", **PROSTATE)],
        # 39 days, 53 after extended investigation
        "2025-07": [
            *cases(1, 53, "2025-07-20", utokad_utredning="J", **COLON),
            *cases(1, 54, "2025-07-20", utokad_utredning="J", **COLON),
            *cases(1, 39, "2025-07-20", **COLON),
            *cases(1, 40, "2025-07-20", **COLON),
        ],
        "2025-08": [
            *cases(1, 29, "2025-08-20", avvikelse="PvV"),
            *cases(1, 29, "2025-08-20", avvikelse="MoV"),
            *cases(1, 29, "2025-08-20", avvikelse="VoV"),
        ],
        "2025-09": [
            case("open", datum_valgrundad_misstanke="2025-09-01")
            | {"datum_avslut": ""}
            | {"kva_avslut": ""}
        ],
        "2025-10": [*cases(1, 0, "2025-10-20")],
        # 52 medicine, 54 radiation, 58 palliative, 59 other: 28 days each; 60 none
        "2025-11": [
            *cases(1, 28, "2025-11-20", kva_avslut="VG952"),
            *cases(1, 29, "2025-11-20", kva_avslut="VG954"),
            *cases(1, 28, "2025-11-20", kva_avslut="VG958"),
            *cases(1, 29, "2025-11-20", kva_avslut="VG959"),
            *cases(1, 28, "2025-11-20", kva_avslut="VG960"),
        ],
    }
    rows = []
    for month, about in months.items():
        rows += [*cases(5, 10, f"{month}-25"), *about]
    sources = Sources(tmp_path_factory.mktemp("endings"))
    sources.write("svf/svf_fall.csv", rows)
    return sources.build()


@pytest.mark.parametrize(
    ("month", "within", "of"),
    [
        ("2025-01", 5, 5),
        ("2025-02", 5, 5),
        ("2025-03", 6, 7),
        ("2025-04", 5, 5),
        ("2025-05", 6, 7),
        ("2025-06", 5, 5),
        ("2025-07", 7, 9),
        ("2025-08", 5, 8),
        ("2025-09", 5, 5),
        ("2025-10", 6, 6),
        ("2025-11", 7, 9),
    ],
    ids=[
        "70_is_excluded_everywhere",
        "72_74_76_78_are_outside_the_measure",
        "72_and_78_end_serious_unspecific_symptoms",
        "70_74_and_76_do_not_even_there",
        "73_counts_only_where_it_has_a_maximum",
        "a_case_without_a_maximum_is_outside",
        "extended_investigation_has_its_own_maximum",
        "nationally_no_waiting_is_taken_out",
        "an_open_case_is_not_counted",
        "no_days_at_all_is_within",
        "every_treatment_counts_and_60_has_no_maximum_here",
    ],
)
def test_which_endings_count(endings, month, within, of):
    assert endings.counts(LEAD_TIME, CLINIC, month) == (within, of)


def test_the_local_view_leaves_out_patients_choice_and_medical_reasons(endings):
    # of the three late ones only VoV stays: 5 of 6
    assert endings.counts(WITHOUT_WAITING, CLINIC, "2025-08") == (5, 6)
    assert endings.outcome(WITHOUT_WAITING, CLINIC, "2025-08")["target"] is None


def test_a_case_without_a_maximum_is_seen_as_data_quality(endings):
    # June: the prostate case; November: the one of watchful waiting
    assert endings.counts(NO_MAXIMUM, CLINIC, "2025-06") == (1, 6)
    assert endings.counts(NO_MAXIMUM, CLINIC, "2025-11") == (1, 10)
    found = endings.rows(
        "SELECT message, count FROM finding WHERE \"check\" = 'no_known_maximum'"
        " ORDER BY message"
    )
    assert [(message.partition(":")[0], count) for message, count in found] == [
        ("brost", 1),
        ("prostata", 1),
    ]


@pytest.mark.parametrize("month", ["2025-01", "2025-02", "2025-04", "2025-09"])
def test_what_is_outside_the_measure_is_not_data_quality_either(endings, month):
    assert endings.counts(NO_MAXIMUM, CLINIC, month) == (0, 5)


def test_every_case_became_a_fact(endings):
    # 11 months of 5, and 2 + 4 + 2 + 3 + 3 + 1 + 4 + 3 + 1 + 1 + 5 = 29
    assert endings.load("svf/svf_fall.csv") == (84, 84, 0)


def test_a_case_belongs_to_the_month_it_ended_in(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", cases(5, 20, "2026-04-05"))
    built = sources.build()
    assert built.counts(LEAD_TIME, CLINIC, "2026-04") == (5, 5)
    assert built.counts(LEAD_TIME, CLINIC, "2026Q2") == (5, 5)
    with pytest.raises(KeyError):
        built.outcome(LEAD_TIME, CLINIC, "2026Q1")


def test_a_column_the_file_does_without_is_not_counted_as_no(tmp_path):
    # two files: one says when the conference was, or that there was none; the other
    # has no such column and must not turn its six cases into six without a conference
    sources = Sources(tmp_path)
    without = cases(6, 20, "2026-04-10")
    told = [
        one | {"datum_mdk": "2026-01-10" if n < 5 else ""}
        for n, one in enumerate(cases(8, 20, "2026-01-20"))
    ]
    sources.write("svf/svf_fall_a.csv", told)
    sources.write("svf/svf_fall_b.csv", without)
    built = sources.build()
    conference = "mdt_conference_before_treatment"
    assert built.counts(conference, CLINIC, "2026Q1") == (5, 8)
    assert built.status(conference, CLINIC, "2026Q2")[0] == "not_reported"
    assert built.counts(conference, CLINIC, "2026") == (5, 8)
    assert built.counts(LEAD_TIME, CLINIC, "2026") == (14, 14)
