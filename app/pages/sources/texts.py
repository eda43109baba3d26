"""The words of the pages on what the figures rest on: `/underlag` and below it."""

from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.assessment import Status

LEAD = _l(
    "Varje siffra kommer från rader i filer. Här ser du vilka filer som har lästs in, "
    "vad som har avvisats och var det saknas data."
)

BUILD = _l("Bygge")
BUILDS = _l("Tidigare byggen")
BUILDS_LEAD = _l(
    "Ett bygge är alla utfall räknade vid ett tillfälle. Tidigare byggen finns kvar, "
    "så att det som har visats går att följa upp."
)
NEWEST = _l("senaste")
BUILT_AT = _l("Skapat (UTC)")
AS_OF = _l("Räknat till och med")
DATA_THROUGH = _l("Data till och med")
SHOWN_NOW = _l("visas nu")
SHOW = _l("Visa")
DATASET_FIELD = _l("Datamängd")

FRESHNESS = _l("Hur färska är uppgifterna?")
AS_NEW = _l("Så ny som väntat?")
AS_NEW_HINT = _l(
    "Om uppgifterna når den senaste period som är slut, av den kortaste längd som "
    "något mått ur datamängden mäts med."
)
AS_EXPECTED = _l("Som väntat")
OLDER = _l("Äldre än väntat")
NOT_DATED = _l("bedöms inte")
DATASET_COLUMN = _l("Datamängd")
FILES = _l("Filer")
ROWS = _l("Rader")
FACTS = _l("Godkända")
REJECTED = _l("Avvisade")
RECEIVED = _l("Mottagen (UTC)")
NEWEST_FILE = _l("Senaste fil (UTC)")
FIRST_DAY = _l("Från")
LAST_DAY = _l("Till")

LOADS = _l("Inlästa filer")
LOADS_LEAD = _l("Godkända och avvisade rader är tillsammans alla rader i filen.")
FILE = _l("Fil")
PRODUCER = _l("Källa")
IGNORED = _l("Kolumner som inte används")
REPLACED = _l("Ersatta")
REPLACED_LEAD = _l("Ersatta rader finns också i en nyare fil och räknas därifrån.")
NO_LOADS = _l("Inga filer har lästs in.")

REJECTIONS = _l("Avvisade rader")
REJECTIONS_LEAD = _l(
    "En rad som inte går att räkna avvisas med ett skäl. Ingen rad tappas."
)
NO_REJECTIONS = _l("Inga rader har avvisats.")
REASON = _l("Skäl")
ALL_REJECTIONS = _l("Visa alla avvisade rader")
ROW = _l("Rad")
COLUMN = _l("Kolumn")
VALUE = _l("Värde")
PERSONAL = _l("Visas inte: uppgiften gäller en person.")
EMPTY = _l("tomt")
WHOLE_ROW = _l("hela raden")

CORRECTIONS = _l("Rättelser")
CORRECTIONS_LEAD = _l("Kända fel i källan som har rättats vid inläsningen.")
NO_CORRECTIONS = _l("Inga rättelser har gjorts.")
CORRECTION = _l("Rättelse")
FOUND = _l("Stod")
CORRECTED = _l("Rättat till")
TOLD = _l("Meddelat")

COVERAGE = _l("Täckning")
COVERAGE_LEAD = _l(
    "Antal rader per enhet och kvartal. Ett uppehåll har data både före och efter."
)
NO_COVERAGE = _l("Inga enheter har rapporterat till datamängden.")
UNIT = _l("Enhet")
GAP_SYMBOL = "✗"
GAP = _l("saknas")
NOT_YET_SYMBOL = "·"
NOT_YET = _l("ej rapporterat")

CARRIED = _l("Rader som räknas för en efterträdare")
CARRIED_LEAD = _l(
    "Raderna är daterade efter det att enheten har upphört. De räknas för den enhet "
    "som enligt enhetsregistret har tagit över."
)
UNDER = _l("Enhet i filen")
COUNTS_FOR = _l("Räknas för")
SOME = _l("några")


def as_new(older: int, judged: int) -> str:
    """Say how many datasets are older than expected."""
    if not older:
        words = ngettext(
            "Den datamängd som bedöms är så ny som väntat.",
            "Alla {judged} datamängder som bedöms är så nya som väntat.",
            judged,
        )
    else:
        words = ngettext(
            "{older} av {judged} datamängder som bedöms är äldre än väntat.",
            "{older} av {judged} datamängder som bedöms är äldre än väntat.",
            older,
        )
    return words.format(older=older, judged=judged)


def taken_in(rejected: int, rows: int, files: int) -> str:
    """Say how many rows of the files were rejected."""
    words = ngettext(
        "{rejected} av {rows} rader i {files} fil är avvisade.",
        "{rejected} av {rows} rader i {files} filer är avvisade.",
        files,
    )
    return words.format(
        rejected=text.number(rejected), rows=text.number(rows), files=files
    )


def coverage_key() -> str:
    """Say what the two signs in a table of coverage mean."""
    return _(
        "{gap} saknas: uppehåll mellan två kvartal med data. {not_yet} ej rapporterat: "
        "före den första eller efter den senaste rapporten."
    ).format(gap=GAP_SYMBOL, not_yet=NOT_YET_SYMBOL)


FINDINGS = _l("Vad kontrollerna har sett")
FINDINGS_LEAD = _l(
    "Sådant som är värt att känna till, men som inte hindrar publicering."
)
NO_FINDINGS = _l("Kontrollerna har inget att anmärka på.")
CHECK = _l("Kontroll")
INDICATOR = _l("Indikator")
COUNT = _l("Antal")

LOSSES = _l("Jämfört med förra bygget")
LOSSES_LEAD = _l(
    "Här står vad som har blivit mindre eller ändrats sedan bygget före. Ett bygge som "
    "tappar mer än gränserna tillåter publiceras bara om någon anger varför."
)
NO_LOSSES = _l("Inget har gått förlorat sedan bygget före.")
LOSS = _l("Vad")
WHERE = _l("Var")
BEFORE = _l("Före")
AFTER = _l("Efter")
ACCEPTED = _l("Publicerat ändå, för att")
WITHIN_LIMITS = _l("inom gränserna")

# One outcome
LINEAGE = _l("Underlag för ett utfall")
THE_OUTCOME = _l("Utfallet")
OUTCOME = _l("Utfall")
TARGET = _l("Mål")
STATUS = _l("Status")
NOTE = _l("Anmärkning")
NUMERATOR = _l("Täljare")
DENOMINATOR = _l("Nämnare")
INTERVAL = _l("95 %-intervall")
REPORTING = _l("Rapporterande enheter")
HOW = _l("Så här räknas det")
HOW_SUM = _l("Beräkning")
FROM_DATASET = _l("Datamängd")
SHOWN_FROM = _l("Visas från")
FULL_DEFINITION = _l("Hela definitionen")
UNITS_BEHIND = _l("Enheter bakom utfallet")
FILES_BEHIND = _l("Filer bakom utfallet")
ROWS_BEHIND = _l("Rader bakom utfallet")
TO_ROWS = _l("Till raderna")
DAY_OR_PERIOD = _l("Dag eller period")
IN_NUMERATOR = _l("I täljaren")
IN_DENOMINATOR = _l("I nämnaren")
YES, NO = _l("Ja"), _l("Nej")
MASKED_ROW = _l("maskerad av källan")
HIDDEN = _l("visas inte")
HIDDEN_UNIT = _l("Enhet som inte visas")
NO_ROWS = _l("Det finns inga rader bakom utfallet i det här bygget.")
REGION = _l("Region")
PERIOD = _l("Period")
REGIONS = _l("Antal regioner")
ONLY_COUNTED = _l("Bara räknade rader")
EVERY_ROW = _l("Alla rader som prövats")
SHOWING = _l("Visar")
NO_OUTCOME = _l("Utfallet finns inte")
NO_OUTCOME_HELP = _l(
    "Det finns inget utfall för det som står i adressen. Välj ett utfall här:"
)
TO_OVERVIEW = _l("Till översikten")
NO_BUILD = _l("Bygget finns inte")
NO_BUILD_HELP = _l("Välj ett av byggena i listan:")
OF_EVERY_REGION = _l("Placeringen räknas på alla regioners värden i Kolada samma år.")
WITHHELD_PERSON = _l(
    "Rader visas inte uppdelade efter kön eller ålder, eftersom de då säger något om "
    "en enskild person."
)

FORMULA = {
    "proportion": _l(
        "Summan av täljarna delad med summan av nämnarna, i procent. Andelar "
        "räknas aldrig om till medelvärden."
    ),
    "rate": _l("Summan av täljarna delad med summan av nämnarna, gånger {per}."),
    "mean": _l("Summan av alla poäng delad med antalet svar."),
    "count": _l("Summan av alla räknade."),
    "rank": _l(
        "Plats bland regionerna, där 1 är bäst. Lika värden delar den bättre platsen."
    ),
    "milestone": _l("Ja eller nej, som det har rapporterats."),
}


def withheld(status: Status) -> str:
    """Say why units, sums and rows are not shown."""
    if status is Status.MASKED:
        return _(
            "Källan har maskerat uppgifterna. Därför visas bara vilka filer de kommer "
            "från."
        )
    if status is Status.PAUSED:
        return _("Mätningen är pausad. Därför visas bara vilka filer som finns.")
    return _(
        "Det är för få fall för att visa antal och rader utan att peka ut någon. "
        "Därför visas bara vilka filer de kommer från."
    )


def hidden(minimum: int) -> str:
    """Say which units are hidden and how."""
    words = _(
        "En enhet med färre än {minimum} fall visas inte. För att den inte ska gå att "
        "räkna ut ur summan döljs även den minsta enheten bredvid, så att minst två är "
        "dolda och tillsammans har minst {minimum} fall."
    )
    return words.format(minimum=text.count(minimum))


def agreement(numerator: float | None, denominator: float | None) -> str:
    """Say that the rows add up to the outcome."""
    if numerator is None:
        return ""
    if denominator is None:
        return _("Raderna summerar till {numerator}, samma som utfallet.").format(
            numerator=text.count(numerator)
        )
    return _(
        "Raderna summerar till {numerator} av {denominator}, samma som utfallet."
    ).format(numerator=text.count(numerator), denominator=text.count(denominator))


def averaged(numerator: float | None, denominator: float | None) -> str:
    """Say what the rows add up to where the outcome is an average over time."""
    return _(
        "Raderna summerar till {numerator} och {denominator}. Utfallet bygger på "
        "genomsnittet över periodens månader."
    ).format(numerator=text.count(numerator), denominator=text.count(denominator))


def minimum(count: int) -> str:
    """Say from how many cases an outcome is shown; more than one."""
    return _("{count} fall").format(count=text.count(count))


def units(reporting: int | None, expected: int | None) -> str:
    """Say how many units have reported, of those expected."""
    if not reporting:
        return ""
    if expected is None:
        return text.count(reporting)
    return _("{part} av {whole}").format(
        part=text.count(reporting), whole=text.count(expected)
    )


def build_name(build_id: str, built_at: str, is_newest: bool) -> str:
    """Return a build as it is chosen in a list: when it was made, then its id."""
    newest = f" ({NEWEST})" if is_newest else ""
    return f"{built_at}{newest}, {build_id}"


SIZE, ENCODING, SHA256, NONE = (
    _l("Storlek"),
    _l("Teckenkodning"),
    _l("Kontrollsumma"),
    _l("Inga"),
)


def bytes_words(size: int) -> str:
    """Return a size in kilobytes, rounded up."""
    return f"{text.count(-(-size // 1000))}{text.NO_BREAK}kB"


def coverage_of(dataset: str) -> str:
    """Say what a table of coverage shows."""
    return _("Antal rader per enhet och kvartal: {dataset}").format(dataset=dataset)


def expected_from(month: str) -> str:
    """Say from which month on the newest facts were expected."""
    return _("väntat: {month} eller senare").format(month=month)


def unplaced(dataset: str, number: int) -> str:
    """Say how many rejected rows cannot be told of beside any outcome."""
    return ngettext(
        "{dataset}: {number} avvisad rad kan inte hänföras till en enhet, period och "
        "mätning.",
        "{dataset}: {number} avvisade rader kan inte hänföras till en enhet, period "
        "och mätning.",
        number,
    ).format(dataset=dataset, number=text.count(number))


def under(unit: str) -> str:
    """Say which id a row has in its file, where it counts for another unit."""
    return _("i filen: {unit}").format(unit=unit)
