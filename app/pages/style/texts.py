"""The words of `/stil`, and the few that the components say themselves."""

from app.words.headings import NATION
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.text import STATUS
from kpi.assessment import Status

NAME = _l("Stil")
TITLE = _l("Byggstenar")
LEAD = _l(
    "Allt som sidorna är byggda av, i alla lägen. Siffrorna är exempel. Byt färger, "
    "språk och läge under Visning för att se hur byggstenarna följer med."
)

COLOURS = _l("Färger")
COLOURS_LEAD = _l(
    "Färg står aldrig ensam: varje status har också en symbol och ett ord."
)
CHART_COLOURS = _l("Färger i diagram")
SPECIMEN = _l("Aa 41,5 %")
SURFACES = {
    "page": _l("Sida"),
    "sunk": _l("Nedsänkt yta"),
    "accent": _l("Sidhuvud"),
    "action": _l("Knapp"),
    "banner": _l("Märkning av demodata"),
    "met": STATUS[Status.MET],
    "near": STATUS[Status.NEAR],
    "not-met": STATUS[Status.NOT_MET],
}
LINES = {
    "chart-value": _l("Utfall och intervall"),
    "chart-local": _l("Lokalt mål"),
    "chart-national": _l("Nationellt mål"),
    "chart-nation": NATION,
    "chart-own": _l("Regionens årsvärde"),
    "chart-muted": _l("Brott och stödlinjer"),
}

TYPE = _l("Text")
HEADING_2 = _l("Rubrik på nivå två")
HEADING_3 = _l("Rubrik på nivå tre")
RUNNING = _l("Brödtext med en {link} och ett {term} som förklaras där det står.")
RUNNING_LINK = _l("länk")
RUNNING_TERM = _l("målvärde")
MUTED = _l("Dämpad text för det som är bra att veta.")
LONG_WORD = _l(
    "Läkemedels\N{SOFT HYPHEN}genomgångs\N{SOFT HYPHEN}dokumentations\N{SOFT HYPHEN}"
    "uppföljning"
)

STATUSES = _l("Status och teckenförklaring")
CHOICES = _l("Val och knappar")
MAIN_BUTTON = _l("Huvudknapp")
BUTTON = _l("Knapp")
RESTING_BUTTON = _l("Knapp som väntar")
CHOSEN = _l("Vald")
NOT_CHOSEN = _l("Inte vald")
PAGE_OF = _l("Rad 51–100 av 171")

OUTCOME = _l("Ett utfall")
EXAMPLE = _l("Ledtid i standardiserade vårdförlopp")
EXAMPLE_UNIT = _l("Kvinnokliniken")
PERIOD = _l("kv 3 2026")
TARGET = _l("≥ 55 % (lokalt)")
NATIONAL = _l("≥ 80 % (nationellt)")
GAP_UNIT = _l("procentenheter")
PLACE = _l("Plats 6 av 11 kliniker")
TILES = _l("Summor")
CARDS = _l("Kort")

TABLES = _l("Tabeller")
FEW_COLUMNS = _l("Tabell med siffror")
SCROLLING = _l("Tabell som går att skjuta i sidled")
EMPTY = _l("Tabell utan rader")
SIGNS = _l("Förändring och om målet klaras")
MAP = _l("Statuskarta")

CHART = _l("Diagram")
CHART_TITLE = _l("41,5 % (kv 3 2026): 13,5 procentenheter under målet 55 %.")
CHART_ABOUT = _l("Bandet är 95 %-intervall.")
CHART_VALUE = _l("Utfall 41,5 %")
CHART_AIM = _l("Lokalt mål 55 %")

NOTICES = _l("Meddelanden")
NOTICE_HELP = _l("Välj en annan period eller en enhet ovanför.")
ALERT = _l("Servern svarar inte")
ALERT_HELP = _l("Vänta en stund och försök igen.")
UNDONE = _l("Filtren är rensade.")
UNDO = _l("Ångra")
MORE = _l("Mer för den som vill veta")
FACTS = _l("Fakta och listor")

HELP = _l("Hjälp och rundtur")
HELP_TEXT = _l("Frågetecknet och det prickade ordet öppnar en ruta.")


def trend(first: str, last: str) -> str:
    """Return what an example's trend line shows."""
    return _("Från {first} till {last}.").format(first=first, last=last)
