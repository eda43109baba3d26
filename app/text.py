"""Swedish numbers, periods and the words for what an outcome is.

The words of each page are in `text_pages.py`. Nothing else in `app` holds Swedish, so
that a catalogue of translations can take the place of these two modules.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from app.text_dimensions import VALUES
from kpi.assessment import Reason, Status
from kpi.definitions import Frequency, Indicator, Question, Theme
from kpi.model import Area, Direction, Kind, Lifecycle, UnitKind
from kpi.period import Period, PeriodKind

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
PER_CENT = "%"
NO_VALUE = DASH
"""In the place of a number; the reason stands beside it in words."""

STATUS: dict[Status, str] = {
    Status.MET: "Når målet",
    Status.NEAR: "Nära målet",
    Status.NOT_MET: "Når inte målet",
    Status.NO_TARGET: "Inget målvärde",
    Status.TOO_FEW: "För få fall",
    Status.MASKED: "Maskerat av källan",
    Status.NOT_REPORTED: "Inte rapporterat",
    Status.NOT_MEASURED: "Mäts inte denna period",
    Status.UNDER_DEVELOPMENT: "Mått under utveckling",
    Status.PAUSED: "Pausat",
}

SYMBOL: dict[Status, str] = {
    Status.MET: "✓",
    Status.NEAR: "≈",
    Status.NOT_MET: "✗",
    Status.NO_TARGET: "○",
    Status.TOO_FEW: "<",
    Status.MASKED: "▒",
    Status.NOT_REPORTED: "?",
    Status.NOT_MEASURED: "·",
    Status.UNDER_DEVELOPMENT: "…",
    Status.PAUSED: "‖",
}
"""One to a status, so that status is never told by colour alone."""

REASON: dict[Reason, str] = {
    Reason.TOO_FEW: "För få fall för att visas.",
    Reason.NO_CASES: "Inga fall under perioden.",
    Reason.MASKED: "Källan har maskerat värdet.",
    Reason.NOT_REPORTED: "Inget har rapporterats för perioden.",
    Reason.NEVER_REPORTED: "Enheten har aldrig rapporterat.",
    Reason.NOT_MEASURED: "Mäts inte den här perioden.",
    Reason.UNDER_DEVELOPMENT: "Måttet är under utveckling.",
    Reason.PAUSED: "Mätningen är pausad.",
    Reason.PARTLY_MASKED: "En del av underlaget är maskerat av källan.",
    Reason.UNITS_MISSING: "Alla enheter har inte rapporterat.",
    Reason.PERIODS_MISSING: "Alla delar av perioden har inte rapporterats.",
    Reason.NO_COUNTS: "Källan lämnar värdet utan antal.",
}

AREA: dict[Area, str] = {
    "cancer": "Cancer",
    "medicines": "Läkemedel",
    "patient_safety": "Patientsäkerhet",
}

THEME: dict[Theme, str] = {
    "leadership": "Engagerad ledning och tydlig styrning",
    "safety_culture": "En god säkerhetskultur",
    "knowledge": "Adekvat kunskap och kompetens",
    "patient_as_partner": "Patienten som medskapare",
    "focus_1": "Öka kunskap om inträffade vårdskador",
    "focus_2": "Tillförlitliga och säkra system och processer",
    "focus_3": "Säker vård här och nu",
    "focus_4": "Stärka analys, lärande och utveckling",
    "focus_5": "Öka riskmedvetenhet och beredskap",
}

QUESTION: dict[Question, str] = {
    "has_care_been_safe": "Har vården varit säker?",
    "is_care_safe_now": "Är vården säker nu?",
    "is_awareness_growing": "Ökar riskmedvetenheten?",
}

UNIT_KIND: dict[str, str] = {
    UnitKind.REGION: "region",
    UnitKind.AREA: "område",
    UnitKind.HOSPITAL: "sjukhus",
    UnitKind.CLINIC: "klinik",
    UnitKind.HEALTH_CENTRE: "vårdcentral",
    UnitKind.WARD: "avdelning",
    UnitKind.DENTAL: "folktandvård",
}

UNIT_KINDS: dict[str, str] = {
    UnitKind.REGION: "regioner",
    UnitKind.AREA: "områden",
    UnitKind.HOSPITAL: "sjukhus",
    UnitKind.CLINIC: "kliniker",
    UnitKind.HEALTH_CENTRE: "vårdcentraler",
    UnitKind.WARD: "avdelningar",
    UnitKind.DENTAL: "folktandvårdskliniker",
}

DIRECTION: dict[Direction, str] = {
    Direction.HIGHER: "Högre är bättre",
    Direction.LOWER: "Lägre är bättre",
    Direction.NEUTRAL: "Varken högre eller lägre är bättre i sig",
}

FREQUENCY: dict[Frequency, str] = {
    "monthly": "varje månad",
    "every_second_month": "varannan månad",
    "quarterly": "varje kvartal",
    "tertially": "varje tertial",
    "half_yearly": "varje halvår",
    "yearly": "varje år",
    "every_second_year": "vartannat år",
    "once": "en gång",
}

LIFECYCLE: dict[Lifecycle, str] = {
    Lifecycle.ACTIVE: "Mäts",
    Lifecycle.UNDER_DEVELOPMENT: "Under utveckling",
    Lifecycle.PAUSED: "Pausat",
}

PERIOD_KINDS: dict[PeriodKind, str] = {
    PeriodKind.MONTH: "Månader",
    PeriodKind.QUARTER: "Kvartal",
    PeriodKind.TERTIAL: "Tertial",
    PeriodKind.HALF: "Halvår",
    PeriodKind.YEAR: "År",
    PeriodKind.ROLLING: "Rullande 12 månader",
}

DIMENSION: dict[str, str] = {
    "svf": "vårdförlopp",
    "sex": "kön",
    "age_group": "åldersgrupp",
    "care_form": "vårdform",
    "dimension": "frågeområde",
    "profession": "yrkeskategori",
    "item": "moment",
}

_MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number in Swedish: `1 234,5`; a dash for None."""
    if value is None:
        return NO_VALUE
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    written = f"{abs(rounded):,.{decimals}f}".replace(",", NO_BREAK).replace(".", ",")
    return f"{MINUS}{written}" if rounded < 0 else written


def per_cent(value: float | None, decimals: int = 1) -> str:
    """Return a share given as 0-100: `83,4 %`."""
    return NO_VALUE if value is None else f"{number(value, decimals)}{NO_BREAK}%"


def count(value: float | None) -> str:
    """Return a count; with a decimal only where it is an average or estimate."""
    if value is None:
        return NO_VALUE
    return number(value, 0 if value == int(value) else 1)


def signed(value: float, decimals: int) -> str:
    """Return a difference with its sign: `+2,0`, `−2,0`, `±0,0`."""
    written = number(abs(value), decimals)
    if not any(digit in written for digit in "123456789"):
        return f"±{written}"
    return f"{'+' if value > 0 else MINUS}{written}"


def value(
    indicator: Indicator, amount: float | None, decimals: int | None = None
) -> str:
    """Return an outcome or a target in the indicator's own unit, short.

    The unit is left out where it is long; see `unit_after`.
    """
    places = indicator.decimals if decimals is None else decimals
    if indicator.unit.sv == PER_CENT:
        return per_cent(amount, places)
    if indicator.kind is Kind.MILESTONE and amount in (0, 1):
        return "ja" if amount else "nej"
    return number(amount, places)


def unit_after(indicator: Indicator) -> str:
    """Return the unit to write out beside a value; empty if it is part of it."""
    is_told = indicator.unit.sv == PER_CENT or indicator.kind is Kind.MILESTONE
    return "" if is_told else indicator.unit.sv


def interval(indicator: Indicator, lower: float | None, upper: float | None) -> str:
    """Return a 95 % interval: `79,1–87,0 %`; empty without one."""
    if lower is None or upper is None:
        return ""
    low = number(lower, indicator.decimals)
    return f"{low}{DASH}{value(indicator, upper)}"


def difference_unit(indicator: Indicator) -> str:
    """Return what a difference between two values is counted in."""
    if indicator.unit.sv == PER_CENT:
        return "procentenheter"
    return "placeringar" if indicator.kind is Kind.RANK else indicator.unit.sv


def period(written: str) -> str:
    """Return a period in words: `kv 1 2026`, `2025`, `mars 2026`."""
    return period_words(Period.parse(written))


def period_words(one: Period) -> str:
    """Return a period in words."""
    match one.kind:
        case PeriodKind.MONTH:
            return f"{_MONTHS[one.number - 1]} {one.year}"
        case PeriodKind.QUARTER:
            return f"kv{NO_BREAK}{one.number} {one.year}"
        case PeriodKind.TERTIAL:
            return f"tertial{NO_BREAK}{one.number} {one.year}"
        case PeriodKind.HALF:
            return f"halvår{NO_BREAK}{one.number} {one.year}"
        case PeriodKind.YEAR:
            return str(one.year)
        case PeriodKind.ROLLING:
            return f"12{NO_BREAK}mån t.o.m. kv{NO_BREAK}{one.number} {one.year}"


def month(number_of_month: int) -> str:
    """Return a `kpi.period.month_number` in words: `mars 2026`."""
    return f"{_MONTHS[number_of_month % 12]} {number_of_month // 12}"


def day(one: date | None) -> str:
    """Return a day as `2026-03-31`; a dash for None."""
    return one.isoformat() if one else NO_VALUE


def moment(one: datetime) -> str:
    """Return a day and time of day as `2026-03-31 06:15`."""
    return one.strftime("%Y-%m-%d %H:%M")


def listed(words: Iterable[str]) -> str:
    """Return `a, b och c`."""
    *before, last = list(words) or [""]
    return f"{', '.join(before)} och {last}" if before else last


def dimension_value(by: str, by_value: str, pathways: dict[str, str]) -> str:
    """Return what a value of a dimension is called."""
    if by == "age_group":
        low, _, high = by_value.partition("-")
        return f"{low}{DASH}{high} år" if high else f"{low} år och äldre"
    known = pathways if by == "svf" else VALUES.get(by, {})
    return capital(known.get(by_value, by_value))


def capital(words: str) -> str:
    """Return words with a capital first letter."""
    return words[:1].upper() + words[1:]
