"""The words of the pages on what the figures rest on: `/underlag` and below it."""

from app.words.language import lazy_gettext as _l
from app.words.language import ngettext

BUILD = _l("Bygge")
BUILDS = _l("Tidigare byggen")
SHOW = _l("Visa")

FRESHNESS = _l("Hur färska är uppgifterna?")
ROWS_LABEL = _l("Rader")
RECEIVED = _l("Mottagen (UTC)")

LOADS = _l("Inlästa filer")
FILE = _l("Fil")
PRODUCER = _l("Källa")

REJECTIONS = _l("Avvisade rader")
NO_REJECTIONS = _l("Inga rader har avvisats.")
REASON = _l("Skäl")
ROW = _l("Rad")
COLUMN = _l("Kolumn")
VALUE = _l("Värde")

CORRECTIONS = _l("Rättelser")

HANDING_IN = _l("Så lämnar ni era uppgifter")

COVERAGE = _l("Täckning")
UNIT = _l("Enhet")
GAP_SYMBOL = "✗"
NOT_YET_SYMBOL = "·"


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


MISSING_MAXIMA = _l("Maximala ledtider som saknas")
PATHWAY_LABEL = _l("Vårdförlopp")

FINDINGS = _l("Vad kontrollerna har sett")

LOSSES = _l("Jämfört med förra bygget")
PERIOD = _l("Period")
