"""Standardised cancer pathways: cases, inclusion, maximum lead times."""

from etl.sources.layout import (
    KVA_CODE,
    PSEUDONYM,
    SEXES,
    Fault,
    Field,
    FieldType,
    Layout,
    optional,
)
from etl.sources.lead_times import state_lead_times
from kpi.vocabulary import DatasetName, Rejection

ENDINGS = {
    "50": "kirurgi",
    "52": "lakemedel",
    "54": "stralning",
    "58": "palliativ",
    "59": "annan",
    "60": "exspektans",
    "73": "ingen_ytterligare_atgard",
}
"""KVÅ suffix -> ending of a pathway that belongs to the lead-time measure."""

OUTSIDE = {
    "70": "kriterier_ej_uppfyllda",
    "72": "annan_cancer",
    "74": "medicinska_skal",
    "76": "patientens_val",
    "78": "misstanke_avskriven",
}
"""Ended, but outside the measure; 70 is excluded everywhere."""

UNTIL_2018 = ("42", "56", "65")

AOS = "allvarliga_ospecifika_symtom"

ENDING_NAMES = (*ENDINGS.values(), "avslutande_samtal")

_CASE = " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in ENDINGS.items())
_CASE_OUTSIDE = " ".join(
    f"WHEN '{code}' THEN '{name}'" for code, name in OUTSIDE.items()
)
_SUFFIX = "right(text_kva_avslut, 2)"
_ENDING = (
    f"CASE WHEN svf = '{AOS}' AND suffix IN ('72', '78') THEN 'avslutande_samtal' "
    f"ELSE CASE suffix {_CASE} {_CASE_OUTSIDE} END END"
)
_KNOWN = ", ".join(f"'{code}'" for code in (*ENDINGS, *OUTSIDE))
_KVA = f"'{KVA_CODE}', 'i'"

# A region's own register goes before the one that ships with the program.
_MAXIMUM = """
LEFT JOIN lead_time_in_force
    ON in_pathway = svf
    AND in_ending = ending
    AND in_extended = is_extended
    AND datum_avslut BETWEEN in_force_from AND in_force_to
"""

_IN_MEASURE = (
    "is_of_measure AND (ending <> 'ingen_ytterligare_atgard' OR max_dagar IS NOT NULL)"
)
_ENDINGS_OF_MEASURE = ", ".join(f"'{name}'" for name in ENDING_NAMES)

CASES = Layout(
    dataset=DatasetName.CASES,
    pattern=r"svf/svf_fall.*",
    fields=(
        Field("fall_id", about=PSEUDONYM),
        Field("enhet_id", FieldType.UNIT),
        Field("svf", FieldType.CODE, codes=("@svf",)),
        Field("kva_start"),
        Field("datum_valgrundad_misstanke", FieldType.DATE),
        optional("datum_forsta_besok", FieldType.DATE),
        optional("datum_mdk", FieldType.DATE),
        optional("datum_behandlingsbeslut", FieldType.DATE),
        Field("datum_avslut", FieldType.DATE, needs_value=False),
        Field("kva_avslut", needs_value=False),
        optional("utokad_utredning", FieldType.YES_NO),
        optional("avvikelse", FieldType.CODE, codes=("PvV", "MoV", "VoV")),
        optional("kon", FieldType.CODE, codes=("K", "M"), names=SEXES),
        optional("alder", FieldType.INTEGER, lowest=0, highest=125),
        optional("lan"),
    ),
    faults=(
        Fault(
            Rejection.UNKNOWN_CODE,
            "kva_start",
            "right(text_kva_start, 2) <> '10'"
            f" OR NOT regexp_full_match(text_kva_start, {_KVA})",
            "a KVÅ code that ends in 10, decision of well-founded suspicion",
        ),
        Fault(
            Rejection.UNKNOWN_CODE,
            "kva_avslut",
            # A list of this length would be a join, which does away with the order.
            "text_kva_avslut IS NOT NULL AND ("
            f"(TRY_CAST({_SUFFIX} AS ENUM({_KNOWN})) IS NULL AND NOT"
            f" ({_SUFFIX} IN {UNTIL_2018} AND datum_avslut < DATE '2018-01-01'))"
            f" OR NOT regexp_full_match(text_kva_avslut, {_KVA}))",
            "a KVÅ code that ends in 50, 52, 54, 58, 59, 60, 70, 72, 73, 74, 76 or 78",
        ),
        Fault(
            Rejection.UNKNOWN_CODE,
            "lan",
            "NOT regexp_full_match(text_lan, '[0-9]{1,2}')",
            "a county code of two digits such as 08",
        ),
        Fault(
            Rejection.MISSING_VALUE,
            "kva_avslut",
            "datum_avslut IS NOT NULL AND text_kva_avslut IS NULL",
            "the code that ended the pathway on datum_avslut",
        ),
        Fault(
            Rejection.MISSING_VALUE,
            "datum_avslut",
            "text_datum_avslut IS NULL AND text_kva_avslut IS NOT NULL",
            "the day of the code in kva_avslut",
        ),
        Fault(
            Rejection.NEGATIVE_LEAD_TIME,
            "datum_avslut",
            "datum_avslut < datum_valgrundad_misstanke",
            "a day on or after datum_valgrundad_misstanke",
        ),
    ),
    terms={
        "suffix": _SUFFIX,
        "ending": _ENDING,
        "is_of_measure": f"coalesce(ending IN ({_ENDINGS_OF_MEASURE}), false)",
        "is_extended": "coalesce(utokad_utredning, false)",
        "days": "datediff('day', datum_valgrundad_misstanke, datum_avslut)",
    },
    derived={
        "kva_start": "upper(text_kva_start)",
        "kva_avslut": "upper(text_kva_avslut)",
        "utokad_utredning": "is_extended",
        # A spreadsheet makes 8 of 08.
        "lan": "lpad(text_lan, 2, '0')",
        "datum": "coalesce(datum_avslut, datum_valgrundad_misstanke)",
        "utredning": "CASE WHEN is_extended THEN 'utokad' ELSE 'ordinarie' END",
        "avslut": "ending",
        "ledtid_dagar": "days",
        "max_dagar": "max_dagar",
        "ar_matbart_avslut": _IN_MEASURE,
        "ingar_i_ledtid": f"{_IN_MEASURE} AND max_dagar IS NOT NULL",
        "inom_max": "coalesce(days <= max_dagar, false)",
        "ar_oppen": "datum_avslut IS NULL",
        "ar_startad_behandling": "coalesce(suffix IN"
        " ('50', '52', '54', '58', '59', '60'), false)",
    },
    joins=_MAXIMUM,
    leans_on=(DatasetName.LEAD_TIMES,),
    key=("fall_id",),
    observation="fall_id",
    replaces=("enhet_id", "ar_oppen"),
    # A newer list of open cases is the whole list; an ended case was open before.
    replaces_also="old.fall_id = new.fall_id",
)

INCLUSION = Layout(
    dataset=DatasetName.INCLUSION,
    pattern=r"svf/svf_inklusion.*",
    fields=(
        Field("period", FieldType.PERIOD),
        Field("enhet_id", FieldType.UNIT),
        Field("svf", FieldType.CODE, codes=("@svf", "alla")),
        Field(
            "antal_svf_behandling",
            FieldType.NUMBER,
            lowest=0,
            may_be_masked=True,
            is_count=True,
        ),
        Field(
            "beraknat_antal_cancerfall",
            FieldType.NUMBER,
            lowest=0,
            may_be_masked=True,
            is_count=True,
        ),
    ),
    derived={"svf": "nullif(svf, 'alla')"},
    key=("enhet_id", "svf", "period"),
)

LEAD_TIMES = Layout(
    dataset=DatasetName.LEAD_TIMES,
    pattern=r"(svf|reference)/ledtider.*",
    fields=(
        Field("svf", FieldType.CODE, codes=("@svf",)),
        Field("avslut", FieldType.CODE, codes=ENDING_NAMES),
        Field("utokad_utredning", FieldType.YES_NO),
        Field(
            "max_dagar",
            FieldType.INTEGER,
            needs_value=False,
            lowest=0,
            highest=400,
            is_count=True,
        ),
        Field("giltig_fran", FieldType.DATE, needs_value=False, may_be_future=True),
        optional("giltig_till", FieldType.DATE, may_be_future=True),
        optional("kalla"),
    ),
    faults=(
        Fault(
            Rejection.MISSING_VALUE,
            "giltig_fran",
            "max_dagar IS NOT NULL AND text_giltig_fran IS NULL",
            "the first day the maximum is in force",
        ),
        Fault(
            Rejection.PERIOD_BACKWARDS,
            "giltig_till",
            "giltig_till < giltig_fran",
            "a day on or after giltig_fran",
        ),
    ),
    derived={
        "giltig_fran": "coalesce(giltig_fran, DATE '0001-01-01')",
        "giltig_till": "coalesce(giltig_till, DATE '9999-12-31')",
    },
    key=("svf", "avslut", "utokad_utredning", "giltig_fran"),
    replaces=("svf", "avslut", "utokad_utredning"),
    replaces_period=False,
    register=state_lead_times,
)
