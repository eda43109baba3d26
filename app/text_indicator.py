"""The words of an indicator's page."""

from app import text
from kpi.period import Period, PeriodKind

WHOLE = "alla"
LOCAL_TARGET = "Lokalt mål"
NATIONAL_TARGET = "Nationellt mål"
RESULT = "Utfall och mål"
TREND = "Utveckling över tid"
COMPARE = "Jämför enheter"
COMPARE_CAUTION = (
    "Intervallen visar osäkerheten. Enheter vars intervall överlappar kan inte säkert "
    "rangordnas."
)
BREAKDOWN = "Uppdelning"
BENCHMARK = "Jämfört med riket"
BENCHMARK_SOURCE = "Källa: Kolada"
NUMBERS = "Siffrorna"
DEFINITION = "Så mäts det"
TARGETS = "Målvärden"
NO_TARGETS = "Planerna sätter inget målvärde."
UNIT = "Enhet"
AS_TABLE = "Siffrorna bakom diagrammet som tabell"
ALL_REGIONS = "Alla regioner"
DOWNLOAD = "Hämta:"
CSV = "CSV"
XLSX = "Excel"
PNG = "Bild (PNG)"
NOTHING_TO_DRAW = (
    "Det finns inga värden att rita. Skälet står i tabellen under Siffrorna."
)
NO_OUTCOMES = "Den här enheten har inga utfall för måttet. Måttet gäller:"
NOT_MEASURED_YET = "Måttet mäts inte ännu. Så här är det tänkt:"
HIGHER_UNIT = "Visa för"
NOT_BROKEN_DOWN = "Inga uppdelade utfall finns för perioden."

# Names in the definition
WHY = "Varför"
NUMERATOR = "Täljare"
DENOMINATOR = "Nämnare"
UNIT_OF_MEASURE = "Anges i"
DIRECTION = "Riktning"
FREQUENCY = "Mäts"
MINIMUM = "Minsta underlag"
TOLERANCE = "Nära målet"
RESPONSIBLE = "Ansvarig"
PLANS = "Plan och avsnitt"
THEMES = "Område"
QUESTION = "Frågan måttet besvarar"
BREAK = "Brott"
BREAKS = "Brott i serien"
NOTE = "Att tänka på"
REVIEW = "Definitionen"
BENCHMARK_NAME = "Offentligt jämförelsetal"
REPORTING = "Underlag"


def title(name: str, unit: str) -> str:
    """Return the heading of the page for a unit."""
    return f"{name}, {unit}"


def public(region: str) -> str:
    """Return what a region's public values are called in a chart."""
    return f"{region} (Kolada, år)"


def compared(shown: int, hidden: int) -> str:
    """Say how many units are compared."""
    words = f"{shown} enheter med värde"
    if hidden:
        words += f", {hidden} utan värde (skälet står i tabellen)"
    return f"{words}."


def from_until(since: Period, until: Period | None) -> str:
    """Say when a target holds."""
    first = text.period_words(since)
    if until is None:
        return f"från {first}"
    last = text.period_words(until)
    return first if first == last else f"{first}{text.NO_BREAK}{text.DASH} {last}"


def place(region: str, rank: str, year: int) -> str:
    """Say a region's place among all: `Region Blekinge: 20 av 21 (2025)`."""
    return f"{region}: {rank} ({year})"


def short_period(written: str) -> str:
    """Return a period in words for the axis of a chart."""
    one = Period.parse(written)
    if one.kind is PeriodKind.MONTH:
        return f"{text.period_words(one)[:3]} {one.year}"
    if one.kind is PeriodKind.ROLLING:
        return f"t.o.m. kv{text.NO_BREAK}{one.number} {one.year}"
    return text.period_words(one)


def minimum(number: int, is_count: bool) -> str:
    """Say how few are too few to show."""
    what = "antal" if is_count else "nämnare"
    return f"{what} under {text.count(number)} visas inte"


def tolerance(amount: str) -> str:
    """Say how far from the target still counts as near."""
    return f"högst {amount} från målet"


def reviewed(owner: str, reviewed: str, next_review: str) -> str:
    """Say who answers for the definition and when it is looked over."""
    return f"Förvaltas av {owner}, granskad {reviewed}, granskas igen {next_review}"


def trend_sentence(alt: str, has_interval: bool, breaks: list[tuple[str, str]]) -> str:
    """Return the caption of the trend chart."""
    parts = [alt, *(["Bandet är 95 % intervall."] if has_interval else [])]
    parts += [f"{BREAK} {period}: {why}" for period, why in breaks]
    return " ".join(parts)


def reporting(reporting: int, expected: int) -> str:
    """Say how many units the outcome rests on."""
    return f"{reporting} av {expected} enheter har rapporterat"


def unit_kinds(kinds: list[str]) -> str:
    """Return the kinds of unit a measure is for."""
    return text.listed(kinds)
