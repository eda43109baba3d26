"""The words of an indicator's page."""

from app import text, text_pages
from app.language import gettext as _
from app.language import lazy_gettext as _l
from kpi.period import Period, PeriodKind

WHOLE = _l("alla")
TREND = _l("Utveckling över tid")
COMPARE = _l("Jämför enheter")
COMPARE_CAUTION = _l(
    "Intervallen visar osäkerheten. Enheter vars intervall överlappar kan inte säkert "
    "rangordnas."
)
BREAKDOWN = _l("Uppdelning")
BENCHMARK = _l("Jämfört med riket")
NUMBERS = _l("Siffrorna")
DEFINITION = _l("Så mäts det")
TARGETS = _l("Målvärden")
NO_TARGETS = _l("Planerna sätter inget målvärde.")
UNIT = _l("Enhet")
AS_TABLE = _l("Siffrorna bakom diagrammet som tabell")
SAME_NUMBERS = _l("Samma siffror som tabell")
POINTS = _l(
    "Diagrammets punkter. Piltangenterna går mellan dem, Retur öppnar, Escape lämnar."
)
REGIONS_NEAR = _l("Riket, bäst, och regionerna närmast i rang")
ALL_REGIONS = _l("Alla regioner i Kolada")
RANKED_VALUES = _l("Värdet är det index som placeringen bygger på, inte placeringen.")
DOWNLOAD = _l("Hämta:")
CSV = "CSV"
XLSX = "Excel"
PNG = _l("Bild (PNG)")
SVG = _l("Bild (SVG)")
NOTHING_TO_DRAW = _l(
    "Det finns inga värden att rita. Skälet står i tabellen under Siffrorna."
)
NOT_MEASURED_YET = _l(
    "Indikatorn mäts inte ännu. Under ”Så mäts det” står hur den är tänkt att mätas."
)
NOT_BROKEN_DOWN = _l("Inga uppdelade utfall finns för perioden.")

# Names in the definition
NUMERATOR = _l("Täljare")
DENOMINATOR = _l("Nämnare")
WHAT_IS_RANKED = _l("Det som rangordnas")
REGIONS_RANKED = _l("Antal regioner")
UNIT_OF_MEASURE = _l("Anges i")
DIRECTION = _l("Riktning")
FREQUENCY = _l("Mäts")
MINIMUM = _l("Minsta underlag")
TOLERANCE = _l("Nära målet")
RESPONSIBLE = _l("Ansvarig")
PLANS = _l("Plan och avsnitt")
THEMES = _l("Område")
QUESTION = _l("Frågan måttet besvarar")
BREAKS = _l("Brott i serien")
NOTE = _l("Att tänka på")
REVIEW = _l("Definitionen")
REPORTING = _l("Underlag")
INTERVAL = _l("Intervall")
INTERVAL_MEANS = _l(
    "95 %. Alla fall räknas, inte ett urval. Intervallet visar hur mycket slumpen "
    "ensam kan flytta värdet när vården är densamma. Få fall ger ett brett intervall."
)


def title(name: str, unit: str) -> str:
    """Return the heading of the page for a unit."""
    return f"{name}, {unit}"


def shown_for(unit: str) -> str:
    """Return the words of a link to another unit's page."""
    return _("Visa för {unit}").format(unit=unit)


def no_outcomes(kinds: list[str]) -> str:
    """Say that a unit does not have the measure, and which kinds of unit do."""
    words = _("Den här enheten har inga utfall för måttet. Måttet gäller: {kinds}.")
    return words.format(kinds=text.listed(kinds))


def source(kpi: str) -> str:
    """Say where the public values come from."""
    return _("Källa: Kolada, {kpi}").format(kpi=kpi)


def picture_source(build: str) -> str:
    """Say where the numbers of a picture come from."""
    return _("Källa: Målbild, bygge {build}").format(build=build)


def compared(shown: int, hidden: int, silent: int = 0) -> str:
    """Say how many units are compared.

    Args:
        shown: Those with a value that says something.
        hidden: Those without a value.
        silent: Those with a value but no code, which says nothing.
    """
    words = _("{shown} enheter med värde.")
    if hidden and silent:
        words = _(
            "{shown} enheter med värde, {silent} som inte registrerar någon kod, "
            "{hidden} utan värde (skälet står i tabellen)."
        )
    elif hidden:
        words = _(
            "{shown} enheter med värde, {hidden} utan värde (skälet står i tabellen)."
        )
    elif silent:
        words = _("{shown} enheter med värde, {silent} som inte registrerar någon kod.")
    return words.format(shown=shown, hidden=hidden, silent=silent)


def from_until(since: Period, until: Period | None) -> str:
    """Say when a target holds."""
    first = text.period_words(since)
    if until is None:
        return _("från {first}").format(first=first)
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
        words = _("t.o.m. kv\xa0{number} {year}")
        return words.format(number=one.number, year=one.year)
    return text.period_words(one)


def minimum(number: int, is_count: bool) -> str:
    """Say how few are too few to show."""
    if not is_count:
        return _("Nämnare under {number} visas inte.").format(number=text.count(number))
    if number == 1:
        return _("Alla antal visas.")
    return text_pages.minimum(number, is_count)


def tolerance(amount: str) -> str:
    """Say how far from the target still counts as near."""
    return _("högst {amount} från målet").format(amount=amount)


def section(number: str) -> str:
    """Name a section of a plan that has no more than a number."""
    return _("avsnitt {number}").format(number=number)


def reviewed(owner: str, reviewed: str, next_review: str) -> str:
    """Say who answers for the definition and when it is looked over."""
    words = _("Förvaltas av {owner}, granskad {reviewed}, granskas igen {next_review}")
    return words.format(owner=owner, reviewed=reviewed, next_review=next_review)


def band() -> str:
    """Say what the band of a trend chart is."""
    return _("Bandet är 95 %-intervall.")


def bars() -> str:
    """Say what the lines through the dots of a comparison are."""
    return _("Strecken är 95 %-intervall.")


def public() -> str:
    """Say what the other lines of a trend chart are."""
    return _("Riket och regionen: årsvärden ur Kolada.")


def in_kolada(region: str) -> str:
    """Name a region's public values apart from the outcomes: `Blekinge i Kolada`."""
    return _("{region} i Kolada").format(region=region)


def axis_from(value: str) -> str:
    """Say that the axis of values does not begin at zero."""
    return _("Axeln börjar vid {value}, inte vid noll.").format(value=value)


def not_comparable(period: str) -> str:
    """Say above the line of a break what it means, in two lines."""
    return _("Inte jämförbart<br>före {period}").format(period=period)


def break_at(period: str, why: str) -> str:
    """Say where values stop being comparable, and why."""
    return _("Brott {period}: {why}").format(period=period, why=why)


def target_label(level: str | None, value: str) -> str:
    """Return what stands at the end of a target's line."""
    if level == "local":
        return _("Lokalt mål {value}").format(value=value)
    if level == "national":
        return _("Nationellt mål {value}").format(value=value)
    return _("Mål {value}").format(value=value)


def outcome_label(value: str) -> str:
    """Return what stands at the end of the outcomes' line."""
    return _("Utfall {value}").format(value=value)


def ongoing() -> str:
    """Say that a period is not over."""
    return _("pågår")
