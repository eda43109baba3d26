"""The words of the pages on what the figures rest on: `/underlag` and below it."""

from app import text
from app.text_pages import SOURCES
from kpi.assessment import Status

TITLE = SOURCES
LEAD = (
    "Varje siffra kommer från rader i filer. Här ser du vilka filer som har lästs in, "
    "vad som har avvisats och var det saknas data."
)

DATASET: dict[str, str] = {
    "enheter": "Enhetsregister",
    "svf_fall": "Vårdförlopp, fall",
    "svf_inklusion": "Vårdförlopp, inklusion",
    "ledtider": "Register över maximala ledtider",
    "kontakter": "Läkemedelskontakter",
    "prem": "Patientenkät (PREM)",
    "bhk": "Basala hygienrutiner och klädregler",
    "bhk_moment": "Basala hygienrutiner och klädregler, per moment",
    "ppm": "Punktprevalensmätningar",
    "matningar": "Mätningar som enheterna har räknat",
    "kolada": "Kolada",
}

REJECTED_FOR: dict[str, str] = {
    "too_long": "Raden har fler celler än rubrikraden",
    "too_short": "Raden har färre celler än rubrikraden",
    "missing_value": "Ett värde saknas",
    "unknown_code": "Okänd kod",
    "not_a_date": "Inte ett datum",
    "not_a_period": "Inte en period",
    "not_a_number": "Inte ett tal",
    "not_a_unit_id": "Inte ett HSA-id",
    "not_a_kolada_id": "Inte ett Kolada-id",
    "out_of_range": "Talet ligger utanför det möjliga",
    "future_date": "Dagen eller perioden har inte varit än",
    "unknown_unit": "Enheten finns inte i enhetsregistret",
    "unit_not_in_force": "Enheten gällde inte då",
    "unknown_indicator": "Okänd indikator",
    "numerator_over_denominator": "Täljaren är större än nämnaren",
    "contradiction": "Värdet stämmer inte med täljare och nämnare",
    "negative_lead_time": "Förloppet slutar innan det börjar",
    "period_backwards": "Perioden slutar innan den börjar",
    "own_parent": "Enheten är sin egen överordnade",
    "duplicate": "Raden finns flera gånger",
    "overlapping_period": "Perioden överlappar en annan rad",
    "declared_error": "Känt fel i källan",
}

DETAIL: dict[str, str] = {
    "svf": "Vårdförlopp",
    "ledtid_dagar": "Ledtid, dagar",
    "max_dagar": "Högst, dagar",
    "vardform": "Vårdform",
    "enkat": "Enkät",
    "dimension": "Frågeområde",
    "yrkeskategori": "Yrkeskategori",
    "moment": "Moment",
    "matning": "Mätning",
}
DIMENSION_OF_DETAIL = {
    "svf": "svf",
    "vardform": "care_form",
    "dimension": "dimension",
    "yrkeskategori": "profession",
    "moment": "item",
}

# Contents of the page
ON_THIS_PAGE = "På den här sidan"
BUILD = "Bygge"
BUILDS = "Tidigare byggen"
BUILDS_LEAD = (
    "Ett bygge är alla utfall räknade vid ett tillfälle. Tidigare byggen finns kvar, "
    "så att det som har visats går att följa upp."
)
NEWEST = "senaste"
BUILT_AT = "Skapat (UTC)"
AS_OF = "Räknat till och med"
DATA_THROUGH = "Data till och med"
SHOWN_NOW = "visas nu"
SHOW = "Visa"
BUILD_FIELD = "Bygge"
DATASET_FIELD = "Datamängd"
REASON_FIELD = "Skäl"

FRESHNESS = "Hur färska är uppgifterna?"
DATASET_COLUMN = "Datamängd"
FILES = "Filer"
ROWS = "Rader"
FACTS = "Godkända"
REJECTED = "Avvisade"
RECEIVED = "Mottagen (UTC)"
NEWEST_FILE = "Senaste fil (UTC)"
FIRST_DAY = "Från"
LAST_DAY = "Till"

LOADS = "Inlästa filer"
LOADS_LEAD = "Godkända och avvisade rader är tillsammans alla rader i filen."
FILE = "Fil"
PRODUCER = "Källa"
IGNORED = "Kolumner som inte används"
REPLACED = "Ersatta av nyare fil"
NO_LOADS = "Inga filer har lästs in."

REJECTIONS = "Avvisade rader"
REJECTIONS_LEAD = (
    "En rad som inte går att räkna avvisas med ett skäl. Ingen rad tappas."
)
NO_REJECTIONS = "Inga rader har avvisats."
REASON = "Skäl"
ALL_REJECTIONS = "Visa alla avvisade rader"
ROW = "Rad"
COLUMN = "Kolumn"
VALUE = "Värde"
MESSAGE = "Beskrivning"
PERSONAL = "Visas inte: uppgiften gäller en person."
EMPTY = "tomt"
WHOLE_ROW = "hela raden"

CORRECTIONS = "Rättelser"
CORRECTIONS_LEAD = "Kända fel i källan som har rättats vid inläsningen."
NO_CORRECTIONS = "Inga rättelser har gjorts."
CORRECTION = "Rättelse"
FOUND = "Stod"
CORRECTED = "Rättat till"
TOLD = "Meddelat"

COVERAGE = "Täckning"
COVERAGE_LEAD = (
    "Antal rader per enhet och kvartal. Ett uppehåll har data både före och efter."
)
NO_COVERAGE = "Inga enheter har rapporterat till datamängden."
UNIT = "Enhet"
GAP_SYMBOL = "✗"
GAP = "saknas"
NOT_YET_SYMBOL = "·"
NOT_YET = "ej rapporterat"
COVERAGE_KEY = (
    f"{GAP_SYMBOL} {GAP}: uppehåll mellan två kvartal med data. "
    f"{NOT_YET_SYMBOL} {NOT_YET}: före den första eller efter den senaste rapporten."
)

FINDINGS = "Vad kontrollerna har sett"
FINDINGS_LEAD = "Sådant som är värt att känna till, men som inte hindrar publicering."
NO_FINDINGS = "Kontrollerna har inget att anmärka på."
CHECK = "Kontroll"
INDICATOR = "Indikator"
COUNT = "Antal"
CHECKS: dict[str, str] = {
    "coverage_gap": "Uppehåll i rapporteringen",
    "no_known_maximum": "Avslutade förlopp utan känd maximal ledtid",
    "review_overdue": "Definitionen skulle ha setts över",
    "no_data": "Aktiv indikator som ingen fil har uppgifter till",
    "reported_at_two_levels": "Rapporterat både av enheten och av enheter under den",
}

# One outcome
LINEAGE = "Underlag för ett utfall"
THE_OUTCOME = "Utfallet"
OUTCOME = "Utfall"
TARGET = "Mål"
STATUS = "Status"
NOTE = "Anmärkning"
NUMERATOR = "Täljare"
DENOMINATOR = "Nämnare"
INTERVAL = "95 % intervall"
REPORTING = "Rapporterande enheter"
HOW = "Så här räknas det"
HOW_SUM = "Beräkning"
FROM_DATASET = "Datamängd"
SHOWN_FROM = "Visas från"
FULL_DEFINITION = "Hela definitionen"
UNITS_BEHIND = "Enheter bakom utfallet"
FILES_BEHIND = "Filer bakom utfallet"
ROWS_BEHIND = "Rader bakom utfallet"
TO_ROWS = "Till raderna"
COUNTED_ROWS = "Räknade rader"
DAY_OR_PERIOD = "Dag eller period"
IN_NUMERATOR = "I täljaren"
IN_DENOMINATOR = "I nämnaren"
COUNTED = "Räknas"
YES, NO = "Ja", "Nej"
MASKED_ROW = "maskerad av källan"
FEW = "för få"
FEW_UNIT = "Enhet med för få fall"
NO_ROWS = "Det finns inga rader bakom utfallet i det här bygget."
REGION = "Region"
PERIOD = "Period"
REGIONS = "Antal regioner"
ONLY_COUNTED = "Bara räknade rader"
EVERY_ROW = "Alla rader som prövats"
SHOWING = "Visar"
NO_OUTCOME = "Utfallet finns inte"
NO_OUTCOME_HELP = (
    "Det finns inget utfall för det som står i adressen. Välj ett utfall i översikten."
)
NO_BUILD = "Bygget finns inte"
NO_BUILD_HELP = "Välj ett av byggena i listan:"
OF_EVERY_REGION = "Placeringen räknas på alla regioners värden i Kolada samma år."
WITHHELD_PERSON = (
    "Rader visas inte uppdelade efter kön eller ålder, eftersom de då säger något om "
    "en enskild person."
)
DOWNLOAD = "Ladda ned"
CSV, XLSX = "CSV", "Excel"

FORMULA = {
    "proportion": "Summan av täljarna delad med summan av nämnarna, i procent. Andelar "
    "räknas aldrig om till medelvärden.",
    "rate": "Summan av täljarna delad med summan av nämnarna, gånger {per}.",
    "mean": "Summan av alla poäng delad med antalet svar.",
    "count": "Summan av alla räknade.",
    "rank": "Plats bland regionerna, där 1 är bäst. Lika värden delar den bättre "
    "platsen.",
    "milestone": "Ja eller nej, som det har rapporterats.",
}


def withheld(status: Status) -> str:
    """Say why units, sums and rows are not shown."""
    if status is Status.MASKED:
        return (
            "Källan har maskerat uppgifterna. Därför visas bara vilka filer de kommer "
            "från."
        )
    if status is Status.PAUSED:
        return "Mätningen är pausad. Därför visas bara vilka filer som finns."
    return (
        "Det är för få fall för att visa antal och rader utan att peka ut någon. "
        "Därför visas bara vilka filer de kommer från."
    )


def agreement(numerator: float | None, denominator: float | None) -> str:
    """Say that the rows add up to the outcome."""
    if numerator is None:
        return ""
    parts = text.count(numerator)
    if denominator is not None:
        parts = f"{parts} av {text.count(denominator)}"
    return f"Raderna summerar till {parts}, samma som utfallet."


def averaged(numerator: float | None, denominator: float | None) -> str:
    """Say what the rows add up to where the outcome is an average over time."""
    return (
        f"Raderna summerar till {text.count(numerator)} och {text.count(denominator)}. "
        "Utfallet bygger på genomsnittet över periodens månader."
    )


def page_of(first: int, last: int, count: int) -> str:
    """Say which rows of how many are shown."""
    shown = f"{text.count(first)}{text.DASH}{text.count(last)}"
    return f"Rad {shown} av {text.count(count)}"


PREVIOUS, NEXT = "Föregående", "Nästa"
PAGES = "Sidor"


def minimum(count: int) -> str:
    """Say from how many cases an outcome is shown."""
    return f"{count} fall"


def units(reporting: int | None, expected: int | None) -> str:
    """Say how many units have reported, of those expected."""
    if not reporting:
        return ""
    if expected is None:
        return text.count(reporting)
    return f"{text.count(reporting)} av {text.count(expected)}"


def build_name(build_id: str, built_at: str, is_newest: bool) -> str:
    """Return a build as it is chosen in a list."""
    return f"{build_id}, {built_at}" + (f" ({NEWEST})" if is_newest else "")


SIZE, ENCODING, SHA256, NONE = "Storlek", "Teckenkodning", "Kontrollsumma", "Inga"


def bytes_words(size: int) -> str:
    """Return a size in kilobytes, rounded up."""
    return f"{text.count(-(-size // 1000))}{text.NO_BREAK}kB"


def coverage_of(dataset: str) -> str:
    """Say what a table of coverage shows."""
    return f"Antal rader per enhet och kvartal: {dataset}"
