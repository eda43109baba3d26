"""The words of the pages that show outcomes: headings, columns, sentences."""

from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext

APP = "Målbild"
DEMO = _l("Syntetiska demodata")
APPLY = _l("Visa")
EVERY = _l("Alla")

OVERVIEW = _l("Översikt")
HEATMAP = _l("Karta")
UNITS = _l("Enheter")
PLANS = _l("Handlingsplaner")
SOURCES = _l("Underlag")
ABOUT = _l("Om")
UNIT = _l("Enhet")

# Choices
UNIT_FIELD = _l("Enhet")
QUARTER_FIELD = _l("Kvartal")
STATUS_FIELD = _l("Status")
PLAN_FIELD = _l("Plan")
RESPONSIBLE_FIELD = _l("Ansvarig")
AREA_FIELD = _l("Område")
KIND_FIELD = _l("Periodlängd")
UNIT_KIND_FIELD = _l("Enhetstyp")
BY_FIELD = _l("Dela upp efter")

# Columns
NAME = _l("Indikator")
OUTCOME = _l("Utfall")
TARGET = _l("Mål")
GAP = _l("Avvikelse")
STATUS = _l("Status")
WAYS_ON = _l("Gå vidare")
TREND = _l("Utveckling")
PERIOD = _l("Period")
NUMERATOR = _l("Täljare")
DENOMINATOR = _l("Nämnare")
VALUE = _l("Värde")
INTERVAL = _l("95 %-intervall")
ROWS_BEHIND = _l("Underlag")
SHOW_ROWS = _l("Visa underlag")

LEVEL_WORDS = {"national": _l("nationellt"), "local": _l("lokalt")}
NATION = _l("Riket")

CHANGES = _l("Vad har ändrats sedan förra kvartalet")
UNDECIDED = _l("Intervallet rymmer målet: skillnaden kan bero på slumpen.")


NO_PAGE = _l("Sidan finns inte")
NO_DATA = _l("Inga utfall att visa")
ON_THIS_PAGE = _l("På den här sidan")
PAGES = _l("Sidor")
WAY_HERE = _l("Vägen hit")
NO_ROWS = _l("Inga rader att visa.")
CONTRIBUTIONS = _l("Vilka delar bidrar?")
PATHWAY_STEPS = _l("Vårdförlopp steg för steg")
INCIDENTS = _l("Avvikelserapporter")
INCIDENTS_BY_CATEGORY = _l("Avvikelser slag för slag")


def data_through(month: int | None) -> str:
    """Say how far the data reach."""
    if month is None:
        return _("Inga data ännu")
    return _("Data till och med {month}").format(month=text.month(month))


def indicators(number: int) -> str:
    """Say how many indicators are shown."""
    return ngettext("{number} indikator", "{number} indikatorer", number).format(
        number=text.count(number)
    )


def map_size(units: int, number: int) -> str:
    """Say how large the map is, since all of it may not be seen at once."""
    columns = ngettext("{number} enhet", "{number} enheter", units)
    words = _("{units} och {indicators}. Syns inte alla går det att rulla i tabellen.")
    return words.format(
        units=columns.format(number=text.count(units)), indicators=indicators(number)
    )


def waiting(number: int) -> str:
    """Say how many indicators of a group are not measured yet."""
    return ngettext(
        "{number} mått under utveckling eller pausat",
        "{number} mått under utveckling eller pausade",
        number,
    ).format(number=number)


def cases(more: int) -> str:
    """Say how many would have met the target, of what is counted; empty for none."""
    if not more:
        return ""
    number = abs(more)
    words = ngettext("{number} till hade behövts", "{number} till hade behövts", number)
    if more < 0:
        words = ngettext(
            "{number} färre hade behövts",
            "{number} färre hade behövts",
            number,
        )
    return words.format(number=text.count(number))


def rule(rule: str, target: str) -> str:
    """Return a target with its rule: `≥ 55 %`; equal to it is the number alone."""
    if rule == "=":
        return target
    signs = {">=": "≥", "<=": "≤"}
    if rule in signs:
        return f"{signs[rule]}{text.NO_BREAK}{target}"
    if rule == "better_rank_than":
        return _("bättre än {place}").format(place=target)
    return _("bättre än samma period i fjol")


def beside(level: str, target: str) -> str:
    """Return a target with who has set it."""
    return f"{target} ({LEVEL_WORDS[level]})"


def trend_alt(name: str, values: list[tuple[str, str]], target: str | None) -> str:
    """Return in a sentence what a trend line shows."""
    if not values:
        return _("{name}: inga värden att rita.").format(name=name)
    (first_period, first), (last_period, last) = values[0], values[-1]
    words = _("{name}: från {first} ({first_period}) till {last} ({last_period}).")
    if len(values) == 1:
        words = _("{name}: ett värde, {last} ({last_period}).")
    sentence = words.format(
        name=name,
        first=first,
        first_period=first_period,
        last=last,
        last_period=last_period,
    )
    if not target:
        return sentence
    aim = _("Mål: {target}.").format(target=target)
    return f"{sentence} {aim}"


def benchmark(region: str, value: str, year: int) -> str:
    """Return a value to compare with: `Riket 47,0 % (2025)`."""
    return f"{region} {value} ({year})"


def rank(rank: int, regions: int | None) -> str:
    """Return a place among the regions: `20 av 21`."""
    if not regions:
        return str(rank)
    return _("{rank} av {regions}").format(rank=rank, regions=regions)


def minimum(number: int, is_count: bool) -> str:
    """Say how few are too few; none at all is no secret where cases are counted."""
    if is_count and number > 1:
        words = _("Antal från 1 till {most} visas inte. Noll visas.")
        return words.format(most=text.count(number - 1))
    return _("Färre än {number} visas inte.").format(number=text.count(number))


def no_counts(kind: str) -> str:
    """Say that a value without counts is reported, and for which periods."""
    return _(
        "Källan lämnar värdet utan antal, {kind}. Det kan inte läggas ihop till den "
        "här perioden."
    ).format(kind=kind)


def not_nested(kind: str) -> str:
    """Say for which periods there are reports, which this one is not made of."""
    return _("Rapporteras {kind}. Sådana perioder ryms inte hela i den här.").format(
        kind=kind
    )


def units_missing(reporting: int | None, expected: int | None) -> str:
    """Say how many units are behind the outcome."""
    if reporting is None or expected is None:
        return _("Alla enheter har inte rapporterat.")
    return ngettext(
        "{reporting} av {expected} enhet har rapporterat.",
        "{reporting} av {expected} enheter har rapporterat.",
        expected,
    ).format(reporting=text.count(reporting), expected=text.count(expected))


def page_of(first: int, last: int, count: int) -> str:
    """Say which rows of how many are shown."""
    shown = text.count(first)
    if last > first:
        shown = f"{shown}{text.DASH}{text.count(last)}"
    return _("Rad {shown} av {count}").format(shown=shown, count=text.count(count))


def indicator_title(name: str, unit: str) -> str:
    """Return the heading of the page for a unit."""
    return f"{name}, {unit}"
