"""Numbers, periods and the words for what an outcome is, as all pages say them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import chain
from math import ceil

from app.words.customs import customs
from app.words.dimensions import VALUES
from app.words.language import gettext as _
from app.words.language import language, lazy_pgettext, ngettext, of
from app.words.language import lazy_gettext as _l
from kpi.assessment import SAME, Reason, Status
from kpi.definitions import Frequency, Indicator, Plan, Question, Theme
from kpi.model import Area, Direction, Kind, UnitKind
from kpi.period import Period, PeriodKind
from kpi.vocabulary import REGION_NAMES

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
PER_CENT = "%"
NO_VALUE = DASH
"""In the place of a number; the reason stands beside it in words."""

STATUS: dict[Status, str] = {
    Status.MET: _l("Når målet"),
    Status.NEAR: _l("Nära målet"),
    Status.NOT_MET: _l("Når inte målet"),
    Status.NO_TARGET: _l("Inget målvärde"),
    Status.NOT_JUDGED: _l("Kan inte bedömas än"),
    Status.PLANNED: _l("Planerat"),
    Status.TOO_FEW: _l("För få fall"),
    Status.MASKED: _l("Maskerat av källan"),
    Status.REJECTED: _l("Levererat men avvisat"),
    Status.NOT_REPORTED: _l("Inte rapporterat"),
    Status.OTHER_PERIODS: _l("Finns för andra perioder"),
    Status.NOT_MEASURED: _l("Mäts inte denna period"),
    Status.UNDER_DEVELOPMENT: _l("Mått under utveckling"),
    Status.PAUSED: _l("Pausat"),
}

SYMBOL: dict[Status, str] = {
    Status.MET: "✓",
    Status.NEAR: "≈",
    Status.NOT_MET: "✗",
    Status.NO_TARGET: "○",
    Status.NOT_JUDGED: "¬",
    Status.PLANNED: "◷",
    Status.TOO_FEW: "<",
    Status.MASKED: "▒",
    Status.REJECTED: "!",
    Status.NOT_REPORTED: "?",
    Status.OTHER_PERIODS: "»",
    Status.NOT_MEASURED: "·",
    Status.UNDER_DEVELOPMENT: "…",
    Status.PAUSED: "‖",
}
"""One to a status, so that status is never told by colour alone."""

REASON: dict[Reason, str] = {
    Reason.TOO_FEW: _l("För få fall för att visas."),
    Reason.NO_CASES: _l("Inga fall under perioden."),
    Reason.MASKED: _l("Källan har maskerat värdet."),
    Reason.REJECTED: _l("Rader har levererats, men ingen av dem gick att läsa in."),
    Reason.NOT_REPORTED: _l("Inget har rapporterats för perioden."),
    Reason.NEVER_REPORTED: _l("Enheten har aldrig rapporterat."),
    Reason.NOT_MEASURED: _l("Mäts inte den här perioden."),
    Reason.PLANNED: _l("Inget har rapporterats än."),
    Reason.UNDER_DEVELOPMENT: _l("Måttet är under utveckling."),
    Reason.PAUSED: _l("Mätningen är pausad."),
    Reason.PARTLY_MASKED: _l("En del av underlaget är maskerat av källan."),
    Reason.UNITS_MISSING: _l("Alla enheter har inte rapporterat."),
    Reason.PERIODS_MISSING: _l("Alla delar av perioden har inte rapporterats."),
    Reason.ONGOING: _l("Data når inte till periodens slut."),
    Reason.NO_COUNTS: _l("Källan lämnar värdet utan antal."),
    Reason.NOT_NESTED: _l("Rapporteras för perioder som inte ryms hela i den här."),
}

AREA: dict[str, str] = {
    Area.CANCER: _l("Cancer"),
    Area.MEDICINES: _l("Läkemedel"),
    Area.PATIENT_SAFETY: _l("Patientsäkerhet"),
}

THEME: dict[Theme, str] = {
    "leadership": _l("Engagerad ledning och tydlig styrning"),
    "safety_culture": _l("En god säkerhetskultur"),
    "knowledge": _l("Adekvat kunskap och kompetens"),
    "patient_as_partner": _l("Patienten som medskapare"),
    "focus_1": _l("Ökad kunskap om inträffade vårdskador"),
    "focus_2": _l("Tillförlitliga och säkra system, enhetliga processer och rutiner"),
    "focus_3": _l("Öka medvetenheten om hur säker vården är idag"),
    "focus_4": _l("Stärka analys, lärande och utveckling"),
    "focus_5": _l("Öka riskmedvetenhet och beredskap"),
}

QUESTION: dict[Question, str] = {
    "has_care_been_safe": _l("Har vården varit säker?"),
    "is_care_safe_now": _l("Är vården säker här och nu?"),
    "is_awareness_growing": _l("Ökar riskmedvetenhet och beredskap?"),
}

UNIT_KIND: dict[str, str] = {
    UnitKind.REGION: _l("region"),
    UnitKind.AREA: _l("område"),
    UnitKind.HOSPITAL: _l("sjukhus"),
    UnitKind.CLINIC: _l("klinik"),
    UnitKind.HEALTH_CENTRE: _l("vårdcentral"),
    UnitKind.WARD: _l("avdelning"),
    UnitKind.DENTAL: _l("folktandvård"),
}

UNIT_KINDS: dict[str, str] = {
    UnitKind.REGION: _l("regioner"),
    UnitKind.AREA: _l("områden"),
    UnitKind.HOSPITAL: lazy_pgettext("plural", "sjukhus"),
    UnitKind.CLINIC: _l("kliniker"),
    UnitKind.HEALTH_CENTRE: _l("vårdcentraler"),
    UnitKind.WARD: _l("avdelningar"),
    UnitKind.DENTAL: _l("folktandvårdskliniker"),
}

DIRECTION: dict[Direction, str] = {
    Direction.HIGHER: _l("Högre är bättre"),
    Direction.LOWER: _l("Lägre är bättre"),
    Direction.NEUTRAL: _l("Varken högre eller lägre är bättre i sig"),
}

FREQUENCY: dict[Frequency, str] = {
    "monthly": _l("varje månad"),
    "every_second_month": _l("varannan månad"),
    "quarterly": _l("varje kvartal"),
    "tertially": _l("varje tertial"),
    "half_yearly": _l("varje halvår"),
    "yearly": _l("varje år"),
    "every_second_year": _l("vartannat år"),
    "once": _l("en gång"),
}

PER_PERIOD: dict[PeriodKind, str] = {
    PeriodKind.MONTH: _l("per månad"),
    PeriodKind.QUARTER: _l("per kvartal"),
    PeriodKind.TERTIAL: _l("per tertial"),
    PeriodKind.HALF: _l("per halvår"),
    PeriodKind.YEAR: _l("per år"),
    PeriodKind.ROLLING: _l("per tolv månader"),
}

PERIOD_KINDS: dict[PeriodKind, str] = {
    PeriodKind.MONTH: _l("Månader"),
    PeriodKind.QUARTER: lazy_pgettext("plural", "Kvartal"),
    PeriodKind.TERTIAL: lazy_pgettext("plural", "Tertial"),
    PeriodKind.HALF: lazy_pgettext("plural", "Halvår"),
    PeriodKind.YEAR: lazy_pgettext("plural", "År"),
    PeriodKind.ROLLING: _l("Rullande 12 månader"),
}

DIMENSION: dict[str, str] = {
    "svf": _l("vårdförlopp"),
    "ending": _l("avslut"),
    "investigation": _l("utredning"),
    "sex": _l("kön"),
    "age_group": _l("åldersgrupp"),
    "care_form": _l("vårdform"),
    "dimension": _l("frågeområde"),
    "profession": _l("yrkeskategori"),
    "item": _l("moment"),
    "category": _l("slag"),
}


_MOST_DECIMALS = 6
_LAST_PLACES = [Decimal(1).scaleb(-places) for places in range(_MOST_DECIMALS + 1)]


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number: `1 234,5` or `1,234.5`; a dash for None."""
    return NO_VALUE if value is None else _number(value, decimals, language())


# A page writes many numbers more than once: in a cell, in the words of its trend.
@lru_cache(4096)
def _number(value: float, decimals: int, _language: str) -> str:
    # Halves are rounded up, as on paper; floats as they are written, not as they are.
    rounded = Decimal(str(value)).quantize(_LAST_PLACES[decimals], ROUND_HALF_UP)
    whole, point, parts = f"{abs(rounded):,f}".partition(".")
    used = customs()
    written = whole.replace(",", used.group)
    if point:
        written += used.decimal + parts
    return f"{MINUS}{written}" if rounded < 0 else written


def per_cent(value: float | None, decimals: int = 1) -> str:
    """Return a share given as 0-100: `83,4 %` or `83.4%`."""
    if value is None:
        return NO_VALUE
    return f"{number(value, decimals)}{customs().per_cent}"


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


def places(
    indicator: Indicator,
    amount: float | None,
    decimals: int | None = None,
    targets: Sequence[float | None] = (),
) -> int:
    """Return how many decimals tell a value from each target that it is not equal to.

    54.96 % against 55 % must not read `55,0 %`, near the target. All that is written of
    an indicator in its own unit goes through here.

    Args:
        indicator: Whose fixed targets are kept apart, whatever the value is beside.
        amount: The value.
        decimals: The fewest; None for as many as the indicator has.
        targets: Others to keep it apart from, such as last year's value.
    """
    fewest = indicator.decimals if decimals is None else decimals
    if amount is None:
        return fewest
    # What is a whole last decimal away is never rounded to the same.
    step = 1.01 * 10**-fewest
    near = [
        level
        for level in chain((target.value for target in indicator.targets), targets)
        if level is not None and SAME < abs(level - amount) < step
    ]
    if not near:
        return fewest
    return next(
        (
            most
            for most in range(fewest, _MOST_DECIMALS)
            if all(number(amount, most) != number(level, most) for level in near)
        ),
        _MOST_DECIMALS,
    )


def value(
    indicator: Indicator,
    amount: float | None,
    decimals: int | None = None,
    targets: Sequence[float | None] = (),
) -> str:
    """Return an outcome or a target in the indicator's own unit, short.

    The unit is left out where it is long; see `unit_after`. For decimals and targets
    see `places`.
    """
    written = bare(indicator, amount, decimals, targets)
    if indicator.unit.sv == PER_CENT and amount is not None:
        return f"{written}{customs().per_cent}"
    if indicator.kind is Kind.MILESTONE and amount in (0, 1):
        return _("ja") if amount else _("nej")
    if indicator.kind is Kind.RANK and amount is not None:
        return _("plats\xa0{number}").format(number=written)
    return written


def bare(
    indicator: Indicator,
    amount: float | None,
    decimals: int | None = None,
    targets: Sequence[float | None] = (),
) -> str:
    """Return the number alone of a value; see `value`."""
    return number(amount, places(indicator, amount, decimals, targets))


def unit_after(indicator: Indicator, among: float | None = None) -> str:
    """Return the unit to write out beside a value; empty if it is part of it.

    A place is one `among` so many.
    """
    if indicator.kind is Kind.RANK and among:
        return _("av {number}").format(number=count(among))
    if indicator.unit.sv == PER_CENT or indicator.kind in (Kind.MILESTONE, Kind.RANK):
        return ""
    if indicator.kind is Kind.COUNT:
        # The unit is in the plural, which "1" cannot stand before.
        return _("(antal {unit})").format(unit=of(indicator.unit))
    return of(indicator.unit)


def interval(indicator: Indicator, lower: float | None, upper: float | None) -> str:
    """Return a 95 % interval: `79,1–87,0 %`; empty without one."""
    if lower is None or upper is None:
        return ""
    return f"{bare(indicator, lower)}{DASH}{value(indicator, upper)}"


def difference_unit(indicator: Indicator, amount: float = 0) -> str:
    """Return what a difference between two values, this large, is counted in."""
    if indicator.unit.sv == PER_CENT:
        return _("procentenheter")
    if indicator.kind is Kind.RANK:
        return ngettext("placering", "placeringar", ceil(abs(amount)))
    if indicator.unit.sv.startswith("index"):
        return _("indexenheter")
    return of(indicator.unit)


def period(written: str) -> str:
    """Return a period in words: `kv 1 2026`, `2025`, `mars 2026`."""
    return _period(written, language())


@lru_cache(4096)
def _period(written: str, _language: str) -> str:
    # A page names the same few periods hundreds of times.
    return period_words(Period.parse(written))


def period_words(span: Period) -> str:
    """Return a period in words."""
    match span.kind:
        case PeriodKind.MONTH:
            return month(span.last)
        case PeriodKind.YEAR:
            return str(span.year)
        case PeriodKind.QUARTER:
            words = _("kv\xa0{number} {year}")
        case PeriodKind.TERTIAL:
            words = _("tertial\xa0{number} {year}")
        case PeriodKind.HALF:
            words = _("halvår\xa0{number} {year}")
        case PeriodKind.ROLLING:
            words = _("12\xa0mån t.o.m. kv\xa0{number} {year}")
    return words.format(number=span.number, year=span.year)


def month(number_of_month: int) -> str:
    """Return a `kpi.period.month_number` in words: `mars 2026`."""
    name = customs().months[number_of_month % 12]
    return f"{name} {number_of_month // 12}"


def day(when: date | None) -> str:
    """Return a day as `2026-03-31`, in every language; a dash for None."""
    return when.isoformat() if when else NO_VALUE


def moment(at: datetime) -> str:
    """Return a day and time of day as `2026-03-31 06:15`."""
    return at.strftime("%Y-%m-%d %H:%M")


def listed(words: Iterable[str]) -> str:
    """Return `a, b och c`."""
    *before, last = [str(word) for word in words] or [""]
    if not before:
        return last
    return _("{some} och {last}").format(some=", ".join(before), last=last)


ValueNames = Mapping[str, Mapping[str, str]]
"""Dimension -> value -> its name, where the build has the names."""


def dimension_value(by: str, by_value: str, names: ValueNames) -> str:
    """Return what a value of a dimension is called."""
    if by == "age_group":
        low, _dash, high = by_value.partition("-")
        words = _("{low}–{high} år") if high else _("{low} år och äldre")
        return words.format(low=low, high=high)
    known = names.get(by) or VALUES.get(by, {})
    return capital(known.get(by_value, by_value))


def capital(words: str) -> str:
    """Return words with a capital first letter."""
    return words[:1].upper() + words[1:]


def plan_name(plan: Plan, region: str | None) -> str:
    """Return what a plan is called: in another region than its own, with whose it is.

    Args:
        plan: The plan.
        region: Where it is read, by its id in Kolada; None outside every region.
    """
    title, whose = of(plan.title), REGION_NAMES[plan.region]
    is_told = plan.region == region or whose in title
    return title if is_told else f"{whose}: {title}"


def in_force(years: str) -> str:
    """Return years as they are read: those without an end as `från 2025`."""
    first, dash, last = years.partition(DASH)
    return _("från {first}").format(first=first) if dash and not last else years
