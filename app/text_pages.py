"""The words of the pages that show outcomes: headings, columns, sentences."""

from app import text
from kpi.assessment import Status

APP = "Målbild"
TAGLINE = "Mål och utfall i vården"
SKIP = "Hoppa till innehållet"
DEMO = "Syntetiska demodata"
DEMO_MORE = "Siffrorna är påhittade och beskriver inga verkliga enheter."
MENU = "Huvudmeny"
APPLY = "Visa"
CHOOSE = "Välj vad som visas"
LOADING = "Hämtar…"
EVERY = "Alla"

OVERVIEW = "Översikt"
HEATMAP = "Karta"
UNITS = "Enheter"
PLANS = "Handlingsplaner"
SOURCES = "Underlag"
ABOUT = "Om"
INDICATOR = "Indikator"
UNIT = "Enhet"

# Choices
UNIT_FIELD = "Enhet"
QUARTER_FIELD = "Kvartal"
PERIOD_FIELD = "Period"
STATUS_FIELD = "Status"
PLAN_FIELD = "Plan"
RESPONSIBLE_FIELD = "Ansvarig"
SORT_FIELD = "Ordning"
AREA_FIELD = "Område"
KIND_FIELD = "Periodlängd"
UNIT_KIND_FIELD = "Enhetstyp"
BY_FIELD = "Dela upp efter"
SORT_AREA = "Efter område"
SORT_GAP = "Störst avvikelse först"
NO_BREAKDOWN = "Ingen uppdelning"
ENDED = "upphörd"

# Columns
NAME = "Indikator"
OUTCOME = "Utfall"
TARGET = "Mål"
GAP = "Avvikelse"
STATUS = "Status"
TREND = "Utveckling"
BENCHMARK = "Jämförelse"
PERIOD = "Period"
NUMERATOR = "Täljare"
DENOMINATOR = "Nämnare"
VALUE = "Värde"
INTERVAL = "95 % intervall"
REASON = "Anmärkning"
ROWS_BEHIND = "Underlag"
SHOW_ROWS = "Visa underlag"
REGION = "Region"
RANK = "Placering"
YEAR = "År"
RULE = "Villkor"
LEVEL = "Nivå"
HOLDS_FOR = "Gäller"
HOLDS_WHEN = "När"
SET_IN = "Beslutat i"

NATIONAL = "nationellt"
LOCAL = "lokalt"
LEVEL_WORDS = {"national": NATIONAL, "local": LOCAL}
NATION = "Riket"
NO_TARGET = "Inget målvärde"

TOTALS = "Sammanfattning"
OWN_PAGE = "Enhetens sida"
CHANGES = "Vad har ändrats sedan förra kvartalet"
NO_CHANGES = "Ingen indikator har bytt status sedan förra kvartalet."
NOTHING_LEFT = "Inga indikatorer passar urvalet"
NOTHING_LEFT_HELP = "Välj ”Alla” i något av filtren, eller börja om:"
ALL_INDICATORS = "Visa alla indikatorer"
CANCER_GROUP = "Cancer"
OTHER_THEME = "Övrigt"
BY_GAP = "Alla indikatorer, störst avvikelse i förhållande till målet först"
HAS_PREDECESSORS = "Räknar in enheter som den har ersatt."
UNDECIDED = "Intervallet rymmer målet: skillnaden kan bero på slumpen."

MAP_LEAD = (
    "Varje ruta är en indikators status i en enhet. Mått som mäts mer sällan visar "
    "sin senaste period. Välj en ruta för att se mer."
)
UNITS_LEAD = (
    "Organisationen som den är nu. Upphörda enheter följs under sin efterföljare."
)
NO_UNITS = "Det finns inga enheter i datalagret."
LEGEND = "Teckenförklaring"
NOT_FOR_UNIT = "Tom ruta: enheten har aldrig rapporterat måttet."
MAP_EMPTY = (
    "Inga statusar för urvalet. Välj en annan enhetstyp, ett annat område eller "
)
MAP_EMPTY_LINK = "visa hela kartan"

# Missing things
NO_WAREHOUSE = "Det finns inga siffror att visa än"
NO_WAREHOUSE_HELP = (
    "Datalagret saknas eller kan inte läsas. Skapa det med kommandot nedan och ladda "
    "sedan om sidan."
)
BUILD_COMMAND = "python -m etl build"
NO_PAGE = "Sidan finns inte"
NO_PAGE_HELP = "Adressen leder inte till någon sida. Härifrån kommer du vidare:"
NO_UNIT = "Enheten finns inte"
NO_INDICATOR = "Indikatorn finns inte"
NO_DATA = "Inga utfall att visa"


def no_unit_help(unit: str) -> str:
    """Say that a unit is not known."""
    return f"Det finns ingen enhet med id {unit} i datalagret. Välj en av dessa:"


def no_indicator_help(indicator: str) -> str:
    """Say that an indicator is not known."""
    return f"Det finns ingen indikator med id {indicator}. Alla finns i översikten:"


def page_title(name: str) -> str:
    """Return what the browser's tab says."""
    return f"{name} · {APP}"


def data_through(month: int | None) -> str:
    """Say how far the data reach."""
    if month is None:
        return "Inga data ännu"
    return f"Data till och med {text.month(month)}"


def build_words(build_id: str, built_at: str) -> str:
    """Say which build is shown."""
    return f"Bygge {build_id}, skapat {built_at} UTC"


def totals_line(number: int, counts: dict[Status, int]) -> str:
    """Return the line of totals with how many indicators there are."""
    words = "indikator" if number == 1 else "indikatorer"
    return f"{number} {words}: {totals(counts)}."


def totals(counts: dict[Status, int]) -> str:
    """Return the line of totals: how many indicators meet their target, and so on."""
    words = {
        Status.MET: "når målet",
        Status.NEAR: "nära målet",
        Status.NOT_MET: "når inte målet",
        Status.NO_TARGET: "utan målvärde",
    }
    parts = [f"{counts.get(one, 0)} {said}" for one, said in words.items()]
    hidden = sum(number for one, number in counts.items() if one not in words)
    return f"{', '.join(parts)} och {hidden} utan värde"


def waiting(number: int) -> str:
    """Say how many indicators of a group are not measured yet."""
    return f"{number} mått under utveckling eller pausade"


def change(before: str, after: str) -> str:
    """Say which status an indicator had and has."""
    return f"{before} → {after}"


def cases(more: int) -> str:
    """Say how many cases would have met the target; empty for none."""
    if not more:
        return ""
    words = "fler" if more > 0 else "färre"
    return f"{text.count(abs(more))} {words} hade behövts"


def rule(rule: str, target: str) -> str:
    """Return a target with its rule: `≥ 55 %`."""
    signs = {">=": "≥", "<=": "≤", "=": "="}
    if rule in signs:
        return f"{signs[rule]}{text.NO_BREAK}{target}"
    if rule == "better_rank_than":
        return f"bättre än plats {target}"
    return "bättre än samma period i fjol"


def last_year(value: str) -> str:
    """Say what the value to beat is."""
    return f"bättre än i fjol ({value})"


def beside(level: str, target: str) -> str:
    """Return a target with who has set it."""
    return f"{target} ({LEVEL_WORDS[level]})"


def trend_alt(name: str, values: list[tuple[str, str]], target: str | None) -> str:
    """Return in a sentence what a trend line shows."""
    if not values:
        return f"{name}: inga värden att rita."
    if len(values) == 1:
        said = f"{name}: ett värde, {values[0][1]} ({values[0][0]})"
    else:
        (first_period, first), (last_period, last) = values[0], values[-1]
        said = f"{name}: från {first} ({first_period}) till {last} ({last_period})"
    return f"{said}. Mål {target}." if target else f"{said}."


def benchmark(region: str, value: str, year: int) -> str:
    """Return a value to compare with: `Riket 47,0 % (2025)`."""
    return f"{region} {value} ({year})"


def rank(rank: int, regions: int | None) -> str:
    """Return a place among the regions: `20 av 21`."""
    return f"{rank} av {regions}" if regions else str(rank)


def of_period(words: str, period: str) -> str:
    """Say which period something is of."""
    return f"{words} ({period})"


def minimum(number: int) -> str:
    """Say how few are too few."""
    return f"Färre än {text.count(number)} visas inte."


def units_missing(reporting: int | None, expected: int | None) -> str:
    """Say how many units are behind the outcome."""
    if reporting is None or expected is None:
        return "Alla enheter har inte rapporterat."
    return f"{reporting} av {expected} enheter har rapporterat."
