"""The words of `/tillganglighet` that depend on what is known; the rest is Markdown."""

from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l

NAME = _l("Tillgänglighet")

PARTLY_MEANS = _l("Delvis förenligt")
PARTLY_MEANS_TEXT = _l(
    "Lagen har tre svar: helt förenligt, delvis förenligt och inte förenligt. Delvis "
    "betyder att det mesta följer kraven och att undantagen är kända och står här."
)

CONTACT_EMAIL = _l("Skriv till {contact}. Brevet är påbörjat: fyll i vad som hände.")
CONTACT_PAGE = _l("Rapportera på {contact}. Ta gärna med uppgifterna nedan.")
NO_CONTACT = _l("Vart rapporten ska skickas är inte inställt.")
NO_CONTACT_HELP = _l(
    "Vänd dig till den som förvaltar Målbild i din organisation, eller till "
    "organisationens support. Ta gärna med uppgifterna nedan. Du som driver Målbild: "
    "ange adressen som rapporter ska till i inställningen MALBILD_CONTACT."
)
FAULT_FROM = _l("Sidan det gäller")
FAULT_BUILD = _l("Bygge")
SUBJECT = _l("Fel i Målbild")

ASSESSED_ON = _l("Bedömningen gjordes")
UPDATED_ON = _l("Redogörelsen uppdaterades")


def letter(page: str, build: str) -> str:
    """Return the letter that is begun for whoever reports a fault."""
    return _(
        "Vad hände?\n\n\nVad väntade du dig?\n\n\nSida: {page}\nBygge: {build}\n\n"
        "Skriv inga uppgifter om patienter eller andra personer."
    ).format(page=page, build=build)
