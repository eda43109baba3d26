"""The words of `/stil`, and the few that the components say themselves."""

from app.words.headings import NATION
from app.words.language import lazy_gettext as _l
from app.words.text import STATUS
from kpi.assessment import Status

LEAD = _l(
    "Allt som sidorna är byggda av, i alla lägen. Siffrorna är exempel. Byt färger, "
    "språk och läge under Visning för att se hur byggstenarna följer med."
)

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


PAGE_OF = _l("Rad 51–100 av 171")

EXAMPLE = _l("Ledtid i standardiserade vårdförlopp")
EXAMPLE_UNIT = _l("Kvinnokliniken")
PERIOD = _l("kv 3 2026")
TARGET = _l("≥ 55 % (lokalt)")
PLACE = _l("Plats 6 av 11 kliniker")

MAP = _l("Statuskarta")


NOTICE_HELP = _l("Välj en annan period eller en enhet ovanför.")

HELP_TEXT = _l("Frågetecknet och det prickade ordet öppnar en ruta.")
