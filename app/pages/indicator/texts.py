"""The words of an indicator's page."""

from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.period import Period

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
REGIONS_NEAR = _l("Riket, bäst, och regionerna närmast i rang")
ALL_REGIONS = _l("Alla regioner i Kolada")
RANKED_VALUES = _l("Värdet är det index som placeringen bygger på, inte placeringen.")
NOT_MEASURED_YET = _l(
    "Indikatorn mäts inte ännu. Under ”Så mäts det” står hur den är tänkt att mätas."
)
NOT_BROKEN_DOWN = _l("Inga uppdelade utfall finns för perioden.")

SHOW_REJECTED = _l("Visa avvisade rader")

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
INTERVAL = _l("Intervall")
INTERVAL_MEANS = _l(
    "95 %. Alla fall räknas, inte ett urval. Intervallet visar hur mycket slumpen "
    "ensam kan flytta värdet när vården är densamma. Få fall ger ett brett intervall."
)


def see_kind(kinds: str) -> str:
    """Return the words of a link to periods that are reported: `månader`."""
    return _("Visa {kinds}, som rapporteras").format(kinds=kinds)


def of_length(target: str, kind: str) -> str:
    """Return a target with the periods that it is for: `≥ 1 per år`."""
    return _("{target} {kind}").format(target=target, kind=kind)


def shown_for(unit: str) -> str:
    """Return the words of a link to another unit's page."""
    return _("Visa för {unit}").format(unit=unit)


def no_outcomes(kinds: list[str]) -> str:
    """Say that a unit does not have the measure, and which kinds of unit do."""
    words = _("Den här enheten har inga utfall för måttet. Måttet gäller: {kinds}.")
    return words.format(kinds=text.listed(kinds))


def unplaced(number: int) -> str:
    """Say how many rejected rows may belong to any outcome, or none."""
    return ngettext(
        "{number} avvisad rad i källan kan inte hänföras till en enhet och period.",
        "{number} avvisade rader i källan kan inte hänföras till en enhet och period.",
        number,
    ).format(number=text.count(number))


def source(kpi: str) -> str:
    """Say where the public values come from."""
    return _("Källa: Kolada, {kpi}").format(kpi=kpi)


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


def minimum(number: int, is_count: bool) -> str:
    """Say how few are too few to show."""
    if not is_count:
        return _("Nämnare under {number} visas inte.").format(number=text.count(number))
    if number == 1:
        return _("Alla antal visas.")
    return headings.minimum(number, is_count)


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


def public() -> str:
    """Say what the other lines of a trend chart are."""
    return _("Riket och regionen: årsvärden ur Kolada.")


def in_kolada(region: str) -> str:
    """Name a region's public values apart from the outcomes: `Blekinge i Kolada`."""
    return _("{region} i Kolada").format(region=region)


def ongoing() -> str:
    """Say that a period is not over."""
    return _("pågår")
