"""At what level, and on how many cases, each reported indicator is played."""

from dataclasses import dataclass, replace

from etl.demo.levels import Levels
from etl.demo.regions import CHILD_PSYCHIATRY, FORENSIC_PSYCHIATRY
from kpi.definitions import Indicator
from kpi.model import Direction, Kind

PRIMARY_CARE, DENTAL_CARE, PSYCHIATRY = "primarvard", "tandvard", "psykiatri"
_NOT_SOMATIC = (
    *(DENTAL_CARE, PRIMARY_CARE),
    *(PSYCHIATRY, FORENSIC_PSYCHIATRY, CHILD_PSYCHIATRY),
)
_CANCER = ("kirurgi", "medicin", "kvinnosjukvard", "onh", "hud", "onkologi")


@dataclass(frozen=True, slots=True)
class Play:
    """How an indicator is played.

    Attributes:
        level: The region's at the end of the demo, in the indicator's own unit; a count
            is a year's for the region.
        number: Denominator to expect of a unit in a period; None for the usual one.
        is_exact: The denominator is that number and no other, as where a unit counts
            itself as 1 of 1.
        among: Only units of these specialties; empty for all.
        rather: Only units of this specialty, where there are any, and not of `among`.
        without: No units of these specialties.
        part_of: The indicator whose numerator this one's is a part of, with the same
            denominator; `level` is then the share of that numerator, in per cent.
    """

    level: float
    number: float | None = None
    is_exact: bool = False
    among: tuple[str, ...] = ()
    rather: str = ""
    without: tuple[str, ...] = (DENTAL_CARE,)
    part_of: str = ""


def _each(level: float, without: tuple[str, ...] = (DENTAL_CARE,)) -> Play:
    """Every unit answers for itself, yes or no."""
    return Play(level, 1, is_exact=True, without=without)


def _somatic(level: float, number: float | None = None, part_of: str = "") -> Play:
    return Play(level, number, without=_NOT_SOMATIC, part_of=part_of)


def _psychiatric(level: float, number: float | None = None, part_of: str = "") -> Play:
    return Play(level, number, among=(PSYCHIATRY,), part_of=part_of)


def _forensic(level: float, number: float | None = None, part_of: str = "") -> Play:
    return replace(_psychiatric(level, number, part_of), rather=FORENSIC_PSYCHIATRY)


_REVIEWED = 12.0
"""Records reviewed on a ward in a quarter."""

# Published for Blekinge in Kolada: contact nurses (U79062, 97.3), injuries (N70641,
# N70642), readmissions (U79092, 15), overcrowding (U70425 8.3, U79149 5.8) and
# displaced patients (U79134 2.3). The rest is made up. What is published for another
# region stands in `etl.demo.levels`.
PLAYED = {
    "process_leader_role_description": Play(78, 9, is_exact=True),
    "contact_nurse_named": Play(97.3, 95, among=_CANCER),
    "contact_nurse_written_assignment": Play(88, 3, is_exact=True, among=_CANCER),
    "my_care_plan": Play(76, 80, among=_CANCER),
    "cancer_medicine_register_reports": Play(260, among=("onkologi", "medicin")),
    "pharmacist_reports_to_cancer_council": Play(2),
    "clinical_study_inclusion": Play(48, among=_CANCER),
    "printed_medicine_list": Play(73, 90),
    "medication_handling_self_control": _each(86, without=()),
    "medication_handling_deviations": Play(620, without=()),
    "appointed_medicine_nurse": _each(84),
    "cosmic_migrated_medicines": Play(86.4, 24_000),
    "clinical_pharmacists": Play(7),
    "units_with_clinical_pharmacist": Play(9),
    "medicine_dialogue_units": Play(14),
    "medicine_dialogues_count": Play(22),
    "drug_committee_indicators": Play(64, 10, is_exact=True),
    "pharmacy_cooperation_meetings": Play(4),
    "finance_staff_medicine_training": Play(3),
    "gcp_trained": Play(14),
    "clinical_trials": Play(11),
    "patient_safety_rounds": Play(83, 5, is_exact=True, without=()),
    "safety_engagement": Play(74.5, 24, without=()),
    "employee_engagement": Play(77.5, 24, without=()),
    "pulse_survey_analysed": _each(81),
    "new_staff_safety_training": Play(68, 7, without=()),
    "manager_safety_training": Play(61, 16, without=()),
    "fixed_care_contact": Play(47, 7200),
    "fixed_physician_contact": Play(41, 7200),
    "complaints_to_units": Play(520, without=()),
    "complaints_to_patients_board": Play(230),
    "adverse_events_injuries_somatic": _somatic(14.5, _REVIEWED),
    "adverse_events_preventable_somatic": _somatic(
        53, part_of="adverse_events_injuries_somatic"
    ),
    "healthcare_associated_infections_record_review": _somatic(
        36, part_of="adverse_events_injuries_somatic"
    ),
    "adverse_events_injuries_psychiatric": _psychiatric(17, _REVIEWED),
    "adverse_events_preventable_psychiatric": _psychiatric(
        55, part_of="adverse_events_injuries_psychiatric"
    ),
    "adverse_events_injuries_forensic": _forensic(11, _REVIEWED),
    "adverse_events_preventable_forensic": _forensic(
        45, part_of="adverse_events_injuries_forensic"
    ),
    "healthcare_associated_infections": _somatic(5.4, 130),
    "antibiotic_treatments_inpatient": _somatic(33, 130),
    "lex_maria": Play(9),
    "ivo_complaints": Play(14),
    "lof_claims": Play(115),
    "antibiotic_prescriptions": Play(58, 7200),
    "discharge_message": Play(91, 130, without=(DENTAL_CARE, PRIMARY_CARE)),
    "documentation_self_control": _each(77, without=()),
    "suicide_risk_assessment": Play(71, 30, among=(PSYCHIATRY, PRIMARY_CARE)),
    "family_support_offered": Play(66, 40, without=()),
    "overcrowding_somatic": _somatic(8.3, 20),
    "overcrowding_psychiatric": _psychiatric(5.8, 18),
    "displaced_patients_somatic": _somatic(2.3, 20),
    "displaced_patients_psychiatric": _psychiatric(0.5, 18),
    "care_transition_deviations": Play(280),
    "readmission_30_days": _somatic(15, 130),
    "emergency_visits_after_1177": Play(900),
    "risk_assessed_inpatients": Play(84, 130, without=(DENTAL_CARE, PRIMARY_CARE)),
    "self_monitoring_deviations": Play(60),
    "care_coordinator_at_health_centres": _each(80),
    "discharge_coordinator_on_wards": Play(
        70, 6, is_exact=True, without=(DENTAL_CARE, PRIMARY_CARE)
    ),
}


def played(id: str, levels: Levels) -> Play:
    """Return how one of `PLAYED` is played in a region of such levels."""
    play = PLAYED[id]
    return replace(play, level=levels.reported.get(id, play.level))


def play_of(indicator: Indicator, levels: Levels) -> Play:
    """Return how an indicator is played in a region of such levels.

    One that is not known here is played a little short of its target, so that some
    units reach it and some do not.
    """
    if indicator.id in PLAYED:
        return played(indicator.id, levels)
    aims = [target.value for target in indicator.targets if target.value is not None]
    if aims:
        short = 1.08 if indicator.direction is Direction.LOWER else 0.94
        return Play(aims[-1] * short, without=())
    return Play(_usual_level(indicator), without=())


def _usual_level(indicator: Indicator) -> float:
    match indicator.kind:
        case Kind.PROPORTION:
            usual = {Direction.HIGHER: 80.0, Direction.LOWER: 12.0}
            return usual.get(indicator.direction, 50.0)
        case Kind.MEAN:
            low, high = indicator.scale or (0.0, 100.0)
            return low + 0.76 * (high - low)
        case Kind.RATE:
            return 4.0
        case _:
            return 40.0
