"""The shipped catalogue against facts typed from the plans and their sources."""

import csv
import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from kpi.activities import ActivityKind, ActivityStatus, load_activities
from kpi.definitions import THEMES, load_definitions
from kpi.measures import Condition, ReportedMeasure, RowsMeasure
from kpi.model import Direction, Kind, Lifecycle
from kpi.period import Period
from kpi.vocabulary import REGION_NAMES

ROOT = Path(__file__).parents[2]
DEFINITIONS = load_definitions(ROOT / "indicators.yaml")
ACTIVITIES = load_activities(ROOT / "data/reference/activities.yaml", DEFINITIONS)
INDICATORS = {one.id: one for one in DEFINITIONS.indicators}

PATHWAYS = """aml all huvud_hals matstrupe_magsack prostata urinblasa_urinvagar
    allvarliga_ospecifika_symtom brost bukspottkortel gallblasa_gallgang
    okand_primartumor hjarntumor lever lunga lymfom melanom myelom tjock_andtarm
    aggstock anal kll livmoderhals livmoderkropp njure penis skelett_mjukdelssarkom
    skoldkortel testikel vulva neuroendokrina_buktumorer buksarkom""".split()
ENDINGS = """kirurgi lakemedel stralning palliativ annan exspektans
    ingen_ytterligare_atgard avslutande_samtal""".split()


def read_csv(name):
    with (ROOT / "data/reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def targets(id):
    return {
        (
            one.level,
            one.rule,
            one.value,
            str(one.since),
            str(one.until) if one.until else None,
            one.svf,
        )
        for one in INDICATORS[id].targets
    }


# --- the plans ---


def test_the_four_plans_belong_to_their_regions():
    assert {plan.id: plan.region for plan in DEFINITIONS.plans} == {
        "cancer_blekinge": "0010",
        "medicines_blekinge": "0010",
        "medication_review_audit_blekinge": "0010",
        "patient_safety_kronoberg": "0007",
    }


def test_indicators_stand_by_area_in_the_order_of_the_plans():
    areas = [one.area for one in DEFINITIONS.indicators]
    order = ["cancer", "medicines", "patient_safety"]
    assert areas == sorted(areas, key=order.index)


@pytest.mark.parametrize(
    "id",
    [
        "svf_lead_time",
        "svf_inclusion",
        "medication_reviews",
        "prem_svf_overall",
        "prem_svf_rank",
        "bhk_compliance",
    ],
)
def test_the_indicators_others_rely_on_are_active(id):
    assert INDICATORS[id].lifecycle is Lifecycle.ACTIVE


# --- targets: (level, rule, value, since, until, pathway) ---


def test_lead_time_has_the_national_and_the_local_targets():
    assert targets("svf_lead_time") == {
        ("national", ">=", 80, "2024", "2026", None),
        ("local", ">=", 50, "2025", "2025", None),
        ("local", ">=", 55, "2026", "2026", None),
        ("local", ">=", 40, "2025", "2025", "livmoderhals"),
        ("local", ">=", 40, "2025", "2025", "aggstock"),
        ("local", ">=", 20, "2025", "2025", "urinblasa_urinvagar"),
        ("local", ">=", 40, "2025", "2025", "tjock_andtarm"),
    }


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("svf_inclusion", ("national", ">=", 70, "2024", "2026")),
        ("prem_svf_overall", ("local", "better_than_last_year", None, "2026", "2026")),
        ("prem_svf_rank", ("local", "better_rank_than", 20, "2026", "2026")),
        ("contact_nurse_named", ("local", "=", 100, "2024", "2026")),
        ("contact_nurse_written_assignment", ("local", "=", 100, "2024", "2026")),
        ("my_care_plan", ("local", "=", 100, "2024", "2026")),
        ("organised_prostate_testing_started", ("local", "=", 1, "2026Q2", "2026Q3")),
        (
            "cancer_medicine_register_reports",
            ("local", "better_than_last_year", None, "2024", "2026"),
        ),
        ("pharmacist_reports_to_cancer_council", ("local", ">=", 1, "2024", "2026")),
        ("process_review_meetings", ("local", ">=", 1, "2024", "2026")),
        ("palliative_care_programme_started", ("local", "=", 1, "2026Q1", "2026Q1")),
        ("clinical_pharmacy_financing_decided", ("local", "=", 1, "2025", "2025")),
        ("data_release_process_decided", ("local", "=", 1, "2026", "2026")),
        ("printed_medicine_list", ("local", "=", 100, "2025", "2027")),
        ("medication_handling_self_control", ("local", "=", 100, "2026", "2027")),
        ("medication_handling_routines", ("local", "=", 1, "2025", "2026")),
        ("appointed_medicine_nurse", ("local", "=", 100, "2025", "2025")),
        ("cosmic_migrated_medicines", ("local", ">=", 85, "2025", "2025")),
        ("medicine_indicators_in_cosmic", ("local", "=", 1, "2026", "2026")),
        ("medication_review_follow_up_possible", ("local", "=", 1, "2026", "2026")),
        ("medicine_report_follow_up_possible", ("local", "=", 1, "2026", "2026")),
        ("pharmacy_contact_persons", ("local", "=", 1, "2025", "2025")),
        ("supply_network_participation", ("local", "=", 1, "2025", "2027")),
        ("prescribing_fraud_network_participation", ("local", "=", 1, "2025", "2027")),
        ("requisition_follow_up_responsibility", ("local", "=", 1, "2025", "2027")),
        ("prescribing_fraud_follow_up_reports", ("local", "=", 1, "2025", "2027")),
        ("medicine_list_at_discharge", ("local", "=", 100, "2025", "2030")),
        ("discharge_message", ("local", "=", 100, "2025", "2030")),
        ("risk_assessed_inpatients", ("local", "=", 100, "2025", "2030")),
        ("care_coordinator_at_health_centres", ("local", "=", 100, "2025", "2030")),
        ("patient_safety_rounds", ("local", "=", 100, "2025", "2030")),
        ("dashboard_updated", ("local", "=", 1, "2025", "2030")),
        ("lex_maria_yearly_report", ("local", "=", 1, "2025", "2030")),
        ("patient_safety_report_on_time", ("local", "=", 1, "2025", "2030")),
    ],
)
def test_a_target_is_the_one_of_the_plan(id, expected):
    assert targets(id) == {(*expected, None)}


def test_no_other_indicator_has_a_target():
    assert sum(len(one.targets) for one in DEFINITIONS.indicators) == 7 + 34


def test_the_local_lead_time_target_changes_with_the_year():
    def local(period):
        return [
            one.value
            for one in INDICATORS["svf_lead_time"].targets
            if one.level == "local"
            and one.svf is None
            and one.is_in_force(Period.parse(period))
        ]

    assert local("2024Q4") == []
    assert local("2025Q1") == local("2025Q4") == [50]
    assert local("2026Q1") == local("2026Q4") == [55]


def test_a_target_belongs_to_a_plan_that_the_indicator_names():
    for one in DEFINITIONS.indicators:
        assert {target.plan for target in one.targets} <= {p.plan for p in one.plans}


def test_a_pathway_of_a_target_is_in_the_register():
    assert {target.svf for one in DEFINITIONS.indicators for target in one.targets} - {
        None
    } <= set(PATHWAYS)


def test_what_the_plans_give_no_level_for_has_no_target():
    for one in (
        "medication_reviews",
        "medicine_report_at_discharge",
        "antibiotic_prescriptions",
        "drug_committee_indicators",
        "bhk_compliance",
        "new_staff_safety_training",
    ):
        assert INDICATORS[one].targets == []


# --- measures ---


def test_lead_time_is_counted_over_cases_with_a_known_maximum():
    measure = INDICATORS["svf_lead_time"].measure
    assert measure.where == {}
    assert measure.denominator.where == {"ingar_i_ledtid": True}
    assert measure.numerator.where == {"inom_max": True}


def test_the_local_view_leaves_out_what_care_cannot_influence():
    measure = INDICATORS["svf_lead_time_without_patient_and_medical_waiting"].measure
    assert measure.where == {"avvikelse": Condition(not_in=["PvV", "MoV"])}


def test_inclusion_is_per_hundred_expected_cases_and_may_exceed_a_hundred():
    indicator = INDICATORS["svf_inclusion"]
    assert (indicator.kind, indicator.per, indicator.unit.sv) == (Kind.RATE, 100, "%")
    assert indicator.measure.numerator.sum == "antal_svf_behandling"
    assert indicator.measure.denominator.sum == "beraknat_antal_cancerfall"


def test_a_medication_review_is_due_from_75_years_and_five_medicines():
    measure = INDICATORS["medication_reviews"].measure
    assert measure.where == {
        "alder": Condition(at_least=75),
        "antal_lakemedel": Condition(at_least=5),
    }
    assert measure.numerator.where == {"kva_kod": Condition(has_any=["XV015", "XV016"])}


def test_prem_is_shown_from_thirty_answers_and_ranked_by_the_public_value():
    overall, rank = INDICATORS["prem_svf_overall"], INDICATORS["prem_svf_rank"]
    assert (overall.kind, overall.scale) == (Kind.MEAN, (0, 100))
    assert overall.minimum_denominator == 30
    assert (rank.measure.kpi, rank.measure.statistic) == ("N79178", "rank")


def test_every_survey_answered_by_patients_is_shown_from_thirty_answers():
    for one in DEFINITIONS.indicators:
        if getattr(one.measure, "dataset", None) == "prem":
            assert one.minimum_denominator == 30


def test_a_measure_over_rows_about_patients_hides_fewer_than_five():
    for one in DEFINITIONS.indicators:
        if isinstance(one.measure, RowsMeasure):
            assert one.minimum_denominator >= 5


@pytest.mark.parametrize(
    "id",
    [
        "medication_handling_deviations",
        "complaints_to_units",
        "complaints_to_patients_board",
        "incident_reports",
        "lex_maria",
        "incidents_led_to_lex_maria",
        "ivo_complaints",
        "lof_claims",
        "delayed_diagnoses_svf",
        "care_transition_deviations",
        "self_monitoring_deviations",
    ],
)
def test_more_reports_are_neither_better_nor_worse(id):
    assert INDICATORS[id].direction is Direction.NEUTRAL


@pytest.mark.parametrize(
    "id",
    [
        "delayed_diagnoses_svf",
        "medicine_related_injuries",
        "access_ftv",
        "access_prh",
        "access_prv",
        "realtime_risk_assessment",
    ],
)
def test_what_the_plan_has_not_decided_is_under_development(id):
    assert INDICATORS[id].lifecycle is Lifecycle.UNDER_DEVELOPMENT
    assert INDICATORS[id].measure is None


def test_nothing_else_is_under_development():
    waiting = [one for one in DEFINITIONS.indicators if one.measure is None]
    assert len(waiting) == 6


@pytest.mark.parametrize(
    ("id", "kpi", "last_year"),
    [
        ("svf_lead_time", "N79198", None),
        ("svf_inclusion", "N70643", None),
        ("prem_svf_overall", "N79178", None),
        ("bhk_compliance", "U70418", 2023),
        ("pressure_ulcers", "U79093", 2023),
        ("pressure_ulcers_hospital_acquired", "N79180", 2023),
        ("adverse_events_injuries_somatic", "N70641", 2023),
        ("adverse_events_preventable_somatic", "N70642", 2023),
        ("readmission_30_days", "U79092", None),
        ("overcrowding_somatic", "U70425", None),
        ("overcrowding_psychiatric", "U79149", None),
        ("displaced_patients_somatic", "U79134", None),
    ],
)
def test_the_public_comparison_ends_where_the_national_series_ended(id, kpi, last_year):
    benchmark = INDICATORS[id].benchmark
    assert (benchmark.kpi, benchmark.last_year) == (kpi, last_year)


def test_measures_from_the_record_system_mark_its_change():
    for one in DEFINITIONS.indicators:
        dataset = getattr(one.measure, "dataset", None)
        if dataset in ("svf_fall", "svf_inklusion", "kontakter"):
            assert [str(point.since) for point in one.breaks] == ["2025Q1"], one.id


def chosen(id):
    return " ".join(part.sv for part in INDICATORS[id].chosen_here)


def test_where_the_plan_contradicts_itself_it_is_said_what_was_chosen():
    assert "varannan månad" in chosen("pressure_ulcers")
    assert INDICATORS["pressure_ulcers"].frequency == "every_second_month"
    assert "2-4 fyra" in chosen("bhk_compliance")
    assert "antal" in INDICATORS["medication_reviews"].plan_notes[1].sv
    assert "frågetecken" in INDICATORS["access_ftv"].plan_notes[0].sv


# --- what no plan has is said to be ours ---


def test_the_measures_that_no_plan_has_are_called_our_own():
    assert {one.id for one in DEFINITIONS.indicators if one.own} == {
        "svf_lead_time_without_patient_and_medical_waiting",
        "svf_cases_without_known_maximum",
        "contact_nurse_prostate_cancer",
        "contact_nurse_breast_cancer",
        "mdt_conference_before_treatment",
        "mdt_conference_lung_cancer",
        "mdt_conference_colon_cancer",
        "mdt_conference_prostate_cancer",
        "medication_reviews_in_depth",
        "medication_review_registration",
        "adverse_events_injuries_somatic",
        "adverse_events_injuries_psychiatric",
        "adverse_events_injuries_forensic",
        "pressure_ulcers_hospital_acquired",
        "bhk_hygiene",
        "bhk_dress",
        "incident_reports",
        "incidents_handled_in_time",
    }


def test_a_measure_of_the_safety_plan_stands_by_every_statement_it_follows_up():
    plan = "patient_safety_kronoberg"
    sections = {one.id: one.number for one in ACTIVITIES.document(plan).sections}
    cited = {
        (one.id, place.section)
        for one in DEFINITIONS.indicators
        for place in one.plans
        if place.plan == plan
    }
    follows = {
        (link.indicator, sections[statement.section])
        for statement in ACTIVITIES.of_plan(plan)
        for link in statement.followed_up_by
    }
    proposed = {
        (link.indicator, sections[statement.section])
        for statement in ACTIVITIES.of_plan(plan)
        for link in statement.proposed
    }
    assert follows - cited == set()
    ours = {one.id for one in DEFINITIONS.indicators if one.own}
    assert {pair for pair in cited - follows - proposed if pair[0] not in ours} == set()
    assert {one for one, _ in follows} & ours == set()


def test_a_measure_of_our_own_has_no_target():
    assert not [one.id for one in DEFINITIONS.indicators if one.own and one.targets]


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("medication_reviews", "minst 75 år och minst fem läkemedel"),
        ("medication_reviews", "KVÅ-kod"),
        ("medication_reviews_count", "KVÅ-kod"),
        ("readmission_30_days", "oplanerade"),
        ("overcrowding_somatic", "varje månad"),
        ("overcrowding_psychiatric", "disponibla vårdplatser"),
        ("fixed_care_contact", "listade patienter"),
        ("documentation_self_control", "andelen verksamheter"),
        ("patient_safety_rounds", "12–18 månader"),
        ("prem_svf_overall", "helhetsintryck"),
    ],
)
def test_what_is_chosen_within_a_measure_of_a_plan_is_said(id, words):
    assert words in chosen(id)


def test_no_plan_gives_the_day_of_a_change_of_record_system():
    for one in DEFINITIONS.indicators:
        if any(point.region == "0010" for point in one.breaks):
            assert "Brottet kv 1 2025 står inte i någon plan" in chosen(one.id), one.id


def test_how_often_a_measure_is_taken_is_the_plans_word_or_said_to_be_chosen():
    # What a plan's own words settle, typed here from the documents. Kronoberg 6.1
    # settles the rest of its own: "Regional uppföljning planeras kvartalsvis".
    by_the_plan = """
        prem_svf_rank process_review_meetings pharmacist_reports_to_cancer_council
        medication_handling_self_control appointed_medicine_nurse
        supply_network_participation prescribing_fraud_network_participation
        safety_engagement employee_engagement pulse_survey_analysed
        manager_safety_training patient_safety_rounds lex_maria_yearly_report
        patient_safety_report_on_time
    """.split()
    for one in DEFINITIONS.indicators:
        plans = {place.plan for place in one.plans}
        is_by_quarter = plans == {"patient_safety_kronoberg"} and (
            one.frequency == "quarterly"
        )
        if one.own or not one.is_decided or one.frequency == "once" or is_by_quarter:
            continue
        if one.id not in by_the_plan:
            assert "vald" in chosen(one.id) or "valt" in chosen(one.id), one.id


def test_nobody_has_reviewed_a_definition_and_no_plan_has_a_tolerance():
    assert [one.id for one in DEFINITIONS.indicators if one.review] == []
    assert [one.id for one in DEFINITIONS.indicators if one.tolerance] == []


def test_who_answers_for_a_measure_is_said_by_the_plans_statements_alone():
    assert [one.id for one in DEFINITIONS.indicators if one.responsible] == []


def test_a_measure_of_the_safety_plan_has_nobody_named_as_responsible():
    assert ACTIVITIES.answered_for({"patient_safety_kronoberg"}) == {}


def test_the_measures_of_blekinge_have_those_that_its_plans_name():
    plans = {plan.id for plan in DEFINITIONS.plans if plan.region == "0010"}
    roles = {
        indicator: {role for one in statements for role in one.roles}
        for indicator, statements in ACTIVITIES.answered_for(plans).items()
    }
    assert roles["svf_lead_time"] == {"lpo_cancer", "verksamhetschef", "lppl"}
    assert roles["printed_medicine_list"] == {"verksamhetschef"}
    assert roles["clinical_trials"] == {"halso_och_sjukvardsdirektor"}
    named_nobody = "contact_nurse_named mdt_conference_lung_cancer fixed_care_contact"
    assert [name in roles for name in named_nobody.split()] == [True, False, False]


@pytest.mark.parametrize(
    "id",
    [
        "medication_reviews_in_depth",
        "mdt_conference_before_treatment",
        "mdt_conference_lung_cancer",
        "mdt_conference_colon_cancer",
        "mdt_conference_prostate_cancer",
        "medicine_related_injuries",
        "access_ftv",
        "access_prh",
        "access_prv",
        "realtime_risk_assessment",
    ],
)
def test_no_way_is_better_where_neither_plan_nor_measure_says_which(id):
    assert INDICATORS[id].direction is Direction.NEUTRAL


# --- themes, questions and internal control ---

THEME_OF_SECTION = {
    "4.1": "leadership",
    "4.2": "safety_culture",
    "4.3": "knowledge",
    "4.4": "patient_as_partner",
    "5.1": "focus_1",
    "5.2": "focus_2",
    "5.3": "focus_3",
    "5.4": "focus_4",
    "5.5": "focus_5",
}


def test_an_indicator_stands_under_each_theme_that_the_safety_plan_has_it_in():
    for one in DEFINITIONS.indicators:
        named = {
            THEME_OF_SECTION.get(place.section[:3])
            for place in one.plans
            if place.plan == "patient_safety_kronoberg"
        }
        assert set(one.themes) == named - {None}, one.id


def test_focus_area_five_has_the_measures_of_its_section():
    assert {one.id for one in DEFINITIONS.indicators if "focus_5" in one.themes} == set(
        SAFETY_MEASURES["5.5.3"].split()
    )


def test_a_question_is_the_one_of_the_time_that_a_focus_area_speaks_of():
    # Section 2: area 1 what has happened, 2 and 3 now, 4 and 5 what is to come.
    assert INDICATORS["lex_maria"].questions == [
        "has_care_been_safe",
        "is_awareness_growing",
    ]
    assert INDICATORS["medication_reviews"].questions == [
        "is_care_safe_now",
        "is_awareness_growing",
    ]
    assert INDICATORS["pressure_ulcers"].questions == [
        "has_care_been_safe",
        "is_care_safe_now",
    ]
    # The plan puts no question to a prerequisite.
    assert INDICATORS["complaints_to_units"].questions == []


def test_what_the_plan_puts_under_internal_control_is_marked():
    assert {
        one.id: one.internal_control.section
        for one in DEFINITIONS.indicators
        if one.internal_control
    } == {
        "safety_engagement": "4.2.3",
        "employee_engagement": "4.2.3",
        "pulse_survey_analysed": "4.2.3",
        "new_staff_safety_training": "5.5.3",
        "dashboard_updated": "5.4.3",
    }


SAFETY_MEASURES = {
    "4.2.3": "safety_engagement employee_engagement pulse_survey_analysed",
    "4.3.3": "new_staff_safety_training manager_safety_training",
    "4.4.3": """fixed_care_contact fixed_physician_contact complaints_to_units
        complaints_to_patients_board npe_primary_care npe_outpatient_care
        npe_inpatient_care npe_emergency_care""",
    "5.1.3": """adverse_events_injuries_somatic adverse_events_preventable_somatic
        adverse_events_injuries_psychiatric adverse_events_preventable_psychiatric
        adverse_events_injuries_forensic adverse_events_preventable_forensic
        pressure_ulcers pressure_ulcers_hospital_acquired
        healthcare_associated_infections
        healthcare_associated_infections_record_review
        lex_maria incidents_led_to_lex_maria ivo_complaints lof_claims
        delayed_diagnoses_svf medicine_related_injuries""",
    "5.2.3": """bhk_compliance bhk_hygiene bhk_dress line_care_compliance
        urinary_catheter_compliance pressure_ulcers pressure_ulcers_hospital_acquired
        medication_reviews_count printed_medicine_lists_count
        medicine_list_at_discharge antibiotic_prescriptions
        antibiotic_treatments_inpatient discharge_message documentation_self_control
        svf_lead_time suicide_risk_assessment family_support_offered""",
    "5.3.3": """overcrowding_somatic overcrowding_psychiatric displaced_patients_somatic
        displaced_patients_psychiatric care_transition_deviations fixed_care_contact
        readmission_30_days emergency_visits_after_1177 risk_assessed_inpatients
        access_ftv access_prh access_prv realtime_risk_assessment
        self_monitoring_deviations""",
    "5.4.3": "dashboard_updated lex_maria_yearly_report lex_maria",
    "5.5.3": """new_staff_safety_training manager_safety_training
        risk_assessed_inpatients safety_engagement medication_reviews
        medication_handling_self_control""",
}


@pytest.mark.parametrize("section", SAFETY_MEASURES)
def test_every_follow_up_measure_of_the_safety_plan_is_in(section):
    assert {
        one.id
        for one in DEFINITIONS.indicators
        for place in one.plans
        if (place.plan, place.section) == ("patient_safety_kronoberg", section)
    } == set(SAFETY_MEASURES[section].split())


def test_no_indicator_id_names_a_year():
    assert not [one for one in INDICATORS if "202" in one or "203" in one]


def test_already_counted_indicators_need_no_dataset_of_their_own():
    reported = [
        i for i in INDICATORS.values() if isinstance(i.measure, ReportedMeasure)
    ]
    by = {part.by for one in reported for part in one.breakdowns}
    assert by == {"category"}
    assert {one.id for one in reported if one.categories} == {
        "incident_reports",
        "incidents_handled_in_time",
        "incidents_led_to_lex_maria",
    }


# --- the pathway register ---


def test_the_register_has_the_31_pathways():
    assert [row["slug"] for row in read_csv("svf.csv")] == [
        *("aml all huvud_hals matstrupe_magsack prostata urinblasa_urinvagar".split()),
        *(slug for slug in PATHWAYS if slug not in PATHWAYS[:6]),
    ]
    assert len(PATHWAYS) == 31


def test_the_pathways_were_introduced_in_four_waves():
    years = [row["infort"] for row in read_csv("svf.csv")]
    assert [years.count(year) for year in ("2015", "2016", "2017", "2018")] == [
        5,
        13,
        10,
        3,
    ]


def test_a_prefix_is_given_only_where_it_was_found():
    prefixes = {row["slug"]: row["kva_prefix"] for row in read_csv("svf.csv")}
    assert {slug: prefix for slug, prefix in prefixes.items() if prefix} == {
        "huvud_hals": "VA9",
        "matstrupe_magsack": "VB0",
        "prostata": "VJ1",
        "urinblasa_urinvagar": "VK1",
        "allvarliga_ospecifika_symtom": "VP8",
        "brost": "VG9",
        "bukspottkortel": "VB6",
        "gallblasa_gallgang": "VB5",
        "hjarntumor": "VL2",
        "lever": "VB4",
        "lunga": "VC0",
        "melanom": "VE0",
        "tjock_andtarm": "VB2",
        "aggstock": "VH4",
        "livmoderhals": "VH2",
    }


# --- the lead times ---


def maximum(svf, avslut, utokad, day):
    return [
        row["max_dagar"]
        for row in read_csv("ledtider.csv")
        if (row["svf"], row["avslut"], row["utokad_utredning"]) == (svf, avslut, utokad)
        and row["giltig_fran"] <= day <= (row["giltig_till"] or "9999")
    ]


@pytest.mark.parametrize(
    ("svf", "avslut", "utokad", "day", "days"),
    [
        ("aml", "lakemedel", "N", "2018-12-31", "6"),
        ("aml", "lakemedel", "N", "2019-01-01", "9"),
        ("aml", "palliativ", "J", "2025-06-30", "9"),
        ("all", "lakemedel", "J", "2025-01-01", "9"),
        ("matstrupe_magsack", "kirurgi", "N", "2025-01-01", "38"),
        ("matstrupe_magsack", "lakemedel", "J", "2025-01-01", "31"),
        ("matstrupe_magsack", "stralning", "N", "2025-01-01", "38"),
        ("matstrupe_magsack", "palliativ", "N", "2025-01-01", "24"),
        ("matstrupe_magsack", "exspektans", "N", "2025-01-01", "24"),
        ("brost", "kirurgi", "N", "2024-01-23", "28"),
        ("brost", "kirurgi", "N", "2024-01-24", "35"),
        ("brost", "stralning", "J", "2026-03-31", "35"),
        ("bukspottkortel", "kirurgi", "N", "2025-01-01", "36"),
        ("bukspottkortel", "lakemedel", "N", "2025-01-01", "29"),
        ("bukspottkortel", "palliativ", "N", "2025-01-01", "22"),
        ("bukspottkortel", "exspektans", "N", "2025-01-01", "22"),
        ("bukspottkortel", "kirurgi", "J", "2025-01-01", "43"),
        ("bukspottkortel", "lakemedel", "J", "2025-01-01", "36"),
        ("bukspottkortel", "palliativ", "J", "2025-01-01", ""),
        ("gallblasa_gallgang", "palliativ", "N", "2025-01-01", "22"),
        ("okand_primartumor", "kirurgi", "N", "2025-01-01", "35"),
        ("okand_primartumor", "lakemedel", "N", "2025-01-01", "28"),
        ("okand_primartumor", "stralning", "J", "2025-01-01", "55"),
        ("okand_primartumor", "lakemedel", "J", "2025-01-01", "48"),
        ("okand_primartumor", "palliativ", "N", "2021-03-25", "24"),
        ("okand_primartumor", "palliativ", "J", "2021-03-25", "44"),
        ("okand_primartumor", "palliativ", "N", "2021-03-26", ""),
        ("lever", "palliativ", "J", "2025-01-01", "22"),
        ("lever", "exspektans", "N", "2025-01-01", "22"),
        ("lever", "exspektans", "J", "2025-01-01", "29"),
        ("anal", "palliativ", "N", "2025-01-01", "32"),
        ("myelom", "palliativ", "N", "2025-01-01", "15"),
        ("myelom", "lakemedel", "N", "2025-01-01", ""),
        ("melanom", "ingen_ytterligare_atgard", "N", "2025-06-23", "26"),
        ("melanom", "kirurgi", "N", "2025-06-23", "33"),
        ("melanom", "annan", "N", "2025-06-23", "57"),
        ("melanom", "kirurgi", "N", "2025-06-24", ""),
        ("aggstock", "kirurgi", "N", "2025-01-01", "24"),
        ("aggstock", "lakemedel", "N", "2025-01-01", "22"),
        ("penis", "kirurgi", "N", "2025-01-01", "31"),
        ("penis", "lakemedel", "N", "2025-01-01", "27"),
        ("penis", "palliativ", "N", "2025-01-01", "17"),
        ("tjock_andtarm", "kirurgi", "N", "2025-01-01", "39"),
        ("tjock_andtarm", "kirurgi", "J", "2025-01-01", "53"),
        ("tjock_andtarm", "annan", "N", "2025-01-01", "39"),
        ("tjock_andtarm", "palliativ", "N", "2025-01-01", "25"),
        ("tjock_andtarm", "palliativ", "J", "2025-01-01", "39"),
        ("tjock_andtarm", "ingen_ytterligare_atgard", "N", "2025-01-01", "25"),
        ("urinblasa_urinvagar", "kirurgi", "N", "2018-01-31", "35"),
        ("urinblasa_urinvagar", "kirurgi", "N", "2018-02-01", "37"),
        ("urinblasa_urinvagar", "lakemedel", "N", "2025-01-01", "39"),
        ("urinblasa_urinvagar", "stralning", "N", "2025-01-01", "43"),
        ("urinblasa_urinvagar", "ingen_ytterligare_atgard", "N", "2025-01-01", "22"),
        ("vulva", "kirurgi", "N", "2025-01-01", "30"),
        ("vulva", "stralning", "N", "2025-01-01", "34"),
        ("vulva", "lakemedel", "N", "2025-01-01", "27"),
        ("vulva", "palliativ", "N", "2025-01-01", "20"),
        ("lymfom", "lakemedel", "N", "2019-12-31", "18"),
        ("lymfom", "stralning", "N", "2019-12-31", "26"),
        ("lymfom", "exspektans", "N", "2019-12-31", "16"),
        ("lymfom", "lakemedel", "N", "2020-01-01", ""),
        ("kll", "lakemedel", "N", "2019-12-31", "22"),
        ("kll", "lakemedel", "N", "2020-01-01", ""),
        ("kll", "stralning", "N", "2019-12-31", "26"),
        ("kll", "exspektans", "N", "2019-12-31", "16"),
        ("kll", "exspektans", "N", "2020-01-01", ""),
        ("prostata", "kirurgi", "N", "2016-12-13", "60"),
        ("prostata", "exspektans", "N", "2016-12-13", "28"),
        ("prostata", "kirurgi", "N", "2020-03-02", "61"),
        ("prostata", "stralning", "N", "2020-03-02", "68"),
        ("prostata", "lakemedel", "N", "2020-03-02", "50"),
        ("prostata", "exspektans", "N", "2020-03-02", "47"),
        ("prostata", "kirurgi", "N", "2020-03-03", ""),
        ("huvud_hals", "palliativ", "N", "2025-01-01", "18"),
        ("huvud_hals", "kirurgi", "N", "2025-01-01", ""),
        ("allvarliga_ospecifika_symtom", "avslutande_samtal", "N", "2025-01-01", "22"),
        ("lunga", "kirurgi", "N", "2025-01-01", ""),
    ],
)
def test_a_found_maximum_is_in_force_on_its_days(svf, avslut, utokad, day, days):
    assert maximum(svf, avslut, utokad, day) == [days]


def test_a_placeholder_has_no_number_and_a_number_is_no_placeholder():
    for row in read_csv("ledtider.csv"):
        assert row["kalla"].startswith("platshållare") == (row["max_dagar"] == ""), row


def test_a_version_is_named_with_its_day_and_its_address():
    rows = [row for row in read_csv("ledtider.csv") if "fastställt" in row["kalla"]]
    assert {row["svf"] for row in rows} >= {"brost", "matstrupe_magsack", "penis"}
    for row in rows:
        established = re.search(r"fastställt ([\d-]{10}),.* https://\S+", row["kalla"])
        assert established, row
        assert date.fromisoformat(established[1]) <= date.fromisoformat(
            row["giltig_fran"]
        ), row


def test_every_pathway_has_a_lead_time_or_a_placeholder():
    rows = read_csv("ledtider.csv")
    assert {row["svf"] for row in rows} == set(PATHWAYS)
    assert {row["avslut"] for row in rows} <= set(ENDINGS)
    assert {row["utokad_utredning"] for row in rows} == {"J", "N"}


def test_only_these_pathways_have_numbers():
    assert {row["svf"] for row in read_csv("ledtider.csv") if row["max_dagar"]} == set(
        """aml all huvud_hals matstrupe_magsack prostata urinblasa_urinvagar
        allvarliga_ospecifika_symtom brost bukspottkortel gallblasa_gallgang
        okand_primartumor lever lymfom melanom myelom tjock_andtarm aggstock anal kll
        penis vulva""".split()
    )


def test_no_two_maximums_hold_on_the_same_day():
    spans = defaultdict(list)
    for row in read_csv("ledtider.csv"):
        until = row["giltig_till"] or "9999-12-31"
        spans[row["svf"], row["avslut"], row["utokad_utredning"]].append(
            (date.fromisoformat(row["giltig_fran"]), date.fromisoformat(until))
        )
    for key, times in spans.items():
        times.sort()
        for (since, until), (later, _) in pairwise(times):
            assert since <= until < later, key


# --- goals and activities ---


def of_kind(plan, kind):
    return [one for one in ACTIVITIES.of_plan(plan) if one.kind is kind]


def of_section(number, kind):
    document = ACTIVITIES.document("patient_safety_kronoberg")
    (section,) = [one.id for one in document.sections if one.number == number]
    return [
        one
        for one in of_kind("patient_safety_kronoberg", kind)
        if one.section == section
    ]


def test_the_cancer_plan_has_26_goals_and_eleven_that_have_ended():
    goals = of_kind("cancer_blekinge", ActivityKind.GOAL)
    ended = of_kind("cancer_blekinge", ActivityKind.ENDED_GOAL)
    assert [one.number for one in goals] == [str(number) for number in range(1, 27)]
    assert [one.number for one in ended] == "1 2 3 4 5 10 11 13 15 20 21".split()


def test_only_the_cancer_plan_numbers_its_statements():
    numbered = {one.plan for one in ACTIVITIES.activities if one.number}
    assert numbered == {"cancer_blekinge"}


def test_the_medicines_plan_has_17_actions_and_the_audit_six_recommendations():
    actions = of_kind("medicines_blekinge", ActivityKind.ACTION)
    recommendations = of_kind(
        "medication_review_audit_blekinge", ActivityKind.RECOMMENDATION
    )
    assert len(actions) == 17
    assert len(recommendations) == 6
    assert all(one.answer for one in recommendations)


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        # As counted in the document, bullet by bullet.
        (
            ActivityKind.GOAL,
            {
                **{"4.1.1": 2, "4.2.1": 2, "4.3.1": 3, "4.4.1": 7, "5.1.1": 3},
                **{"5.2.1": 6, "5.3.1": 3, "5.4.1": 4, "5.5.1": 1},
            },
        ),
        (
            ActivityKind.PRIORITISED_ACTIVITY,
            {
                **{"4.1.2": 8, "4.2.2": 5, "4.3.2": 10, "4.4.2": 3, "5.1.2": 7},
                **{"5.2.2": 14, "5.3.2": 11, "5.4.2": 8, "5.5.2": 9},
            },
        ),
        (
            ActivityKind.MEASURE,
            {
                **{"4.2.3": 2, "4.3.3": 2, "4.4.3": 3, "5.1.3": 6, "5.2.3": 11},
                **{"5.3.3": 9, "5.4.3": 2, "5.5.3": 6},
            },
        ),
    ],
)
def test_every_bullet_of_the_safety_plan_is_in(kind, numbers):
    assert {number: len(of_section(number, kind)) for number in numbers} == numbers
    every = of_kind("patient_safety_kronoberg", kind)
    assert len(every) == sum(numbers.values())


def test_every_measure_of_the_safety_plan_has_an_indicator():
    measures = of_kind("patient_safety_kronoberg", ActivityKind.MEASURE)
    assert [one.id for one in measures if not one.followed_up_by] == []


def test_every_indicator_follows_up_a_plan():
    followed = {
        link.indicator for activity in ACTIVITIES.activities for link in activity.links
    }
    assert set(INDICATORS) - followed == set()


def test_a_status_is_one_only_where_the_plan_writes_it():
    status = {one.id: one.status for one in ACTIVITIES.activities}
    assert status["cancer_goal_1"] is ActivityStatus.ONGOING
    assert status["cancer_goal_16"] is ActivityStatus.WAITING
    assert status["cancer_ended_goal_5"] is ActivityStatus.COMPLETED
    assert status["cancer_ended_goal_13"] is ActivityStatus.NOT_MET
    # An empty cell; of the target of the year before; a start to come; a project done.
    for number in (2, 5, 12, 18):
        assert status[f"cancer_goal_{number}"] is None
    quotes = {
        one.status_quote.sv: one.status for one in ACTIVITIES.activities if one.status
    }
    assert {
        quote for quote, one in quotes.items() if one is ActivityStatus.ONGOING
    } == {
        "Pågående",
        "Pågående på onkologen",
        "Pågår klinisk forskning i Blekinge både akademiska och i samarbete med "
        "industrin",
    }


def test_a_reworded_goal_leads_to_the_one_that_took_over():
    followers = {
        one.number: one.replaced_by
        for one in of_kind("cancer_blekinge", ActivityKind.ENDED_GOAL)
        if one.replaced_by
    }
    assert followers == {
        "10": "cancer_goal_4",
        "11": "cancer_goal_4",
        "13": "cancer_goal_5",
        "20": "cancer_goal_10",
    }


def test_an_ended_goal_is_followed_up_by_what_it_was_about():
    links = ACTIVITIES.activity("cancer_ended_goal_13").followed_up_by
    assert [(link.svf, str(link.period)) for link in links] == [
        ("livmoderhals", "2025"),
        ("aggstock", "2025"),
        ("urinblasa_urinvagar", "2025"),
        ("tjock_andtarm", "2025"),
    ]
    links = ACTIVITIES.activity("cancer_ended_goal_10").followed_up_by
    assert {str(link.period) for link in links} == {"2024", "2025"}


def test_every_action_of_the_medicines_plan_is_followed_up():
    without = [
        one.id
        for one in of_kind("medicines_blekinge", ActivityKind.ACTION)
        if not one.followed_up_by
    ]
    assert without == []


def test_goal_five_is_followed_up_by_lead_time_and_inclusion():
    links = ACTIVITIES.activity("cancer_goal_5").followed_up_by
    assert [link.indicator for link in links] == ["svf_lead_time", "svf_inclusion"]


@pytest.mark.parametrize(
    ("role", "words", "number"),
    [
        ("verksamhetschef", "verksamhetschef", 16),
        ("avdelningschef", "avdelningschef", 2),
        ("lppl", "lppl", 6),
        ("halso_och_sjukvardschef", "sjukvårdschef", 4),
        ("ekonomichef", "ekonomichef", 1),
    ],
)
def test_a_role_is_found_however_it_is_worded(role, words, number):
    worded = {
        one.id
        for one in ACTIVITIES.activities
        if any(words in quote.sv.casefold() for quote in one.responsible)
    }
    found = {one.id for one in ACTIVITIES.activities if role in one.roles}
    assert found == worded
    assert len(found) == number


def test_a_supporting_role_is_found_wherever_it_is_named():
    supported = [
        one.id
        for one in of_kind("medicines_blekinge", ActivityKind.ACTION)
        if "lakemedelsgruppen" in one.support_roles
    ]
    named = [
        one.id
        for one in of_kind("medicines_blekinge", ActivityKind.ACTION)
        if any("Läkemedelsgrupp" in quote.sv for quote in one.support)
    ]
    assert supported == named


def test_a_plan_is_called_what_its_document_is():
    titles = {plan.id: plan.title for plan in DEFINITIONS.plans}
    assert {one.plan: one.title for one in ACTIVITIES.documents} == titles
    whose = {plan.id: REGION_NAMES[plan.region] for plan in DEFINITIONS.plans}
    assert {one.plan: one.region for one in ACTIVITIES.documents} == whose


def test_a_measure_stands_under_the_part_of_the_plan_that_has_it():
    sections = ACTIVITIES.document("patient_safety_kronoberg").sections
    themes = {one.id: one.theme for one in sections if one.theme}
    assert tuple(themes.values()) == THEMES
    for section, theme in themes.items():
        for statement in ACTIVITIES.under("patient_safety_kronoberg", section):
            for link in statement.followed_up_by:
                assert theme in INDICATORS[link.indicator].themes, statement.id


def test_each_question_of_the_follow_up_stands_where_it_is_asked():
    asked = [(one.quote.sv, one.question) for one in ACTIVITIES.activities]
    assert [pair for pair in asked if pair[1]] == [
        ("Har vården varit säker?", "has_care_been_safe"),
        ("Är vården säker här och nu?", "is_care_safe_now"),
        ("Ökar riskmedvetenhet och beredskap?", "is_awareness_growing"),
    ]


def test_who_gets_which_report_when_is_as_the_safety_plan_has_it():
    reports = {
        one.id: (one.recipient_roles, one.timeline and one.timeline.sv)
        for one in ACTIVITIES.of_plan("patient_safety_kronoberg")
        if one.recipients
    }
    assert reports == {
        "safety_quarterly_analysis": (["ledningsgruppen"], "varje kvartal"),
        "safety_areas_yearly_report": (
            ["patientsakerhetsstrateg", "cheflakare"],
            "Årlig",
        ),
        "safety_quarterly_report": (["ledningsgruppen"], "Kvartalsvis"),
        "safety_yearly_report": (
            ["halso_och_sjukvardsdirektor", "halso_och_sjukvardsnamnden"],
            "senast 1 mars",
        ),
    }
