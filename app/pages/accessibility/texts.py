"""The words of `/tillganglighet`: how accessible the program is, and what is not.

Its parts are those of the model in Commission Implementing Decision (EU) 2018/1523, as
DIGG asks for them. Whoever mends a fault listed here takes it away here, too.
"""

from dataclasses import dataclass
from datetime import date

from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l

NAME = _l("Tillgänglighet")
TITLE = _l("Tillgänglighet i Målbild")

ASSESSED = date(2026, 11, 22)
UPDATED = date(2026, 11, 22)

COMPLIANCE = _l("Hur tillgänglig är Målbild?")
PARTLY = _l("Målbild är delvis förenligt med lagen.")
PARTLY_MEANS = _l("Delvis förenligt")
PARTLY_MEANS_TEXT = _l(
    "Lagen har tre svar: helt förenligt, delvis förenligt och inte förenligt. Delvis "
    "betyder att det mesta följer kraven och att undantagen är kända och står här."
)
PARTLY_WHY = _l(
    "Målbild följer WCAG 2.1 på nivå AA, så som standarden EN 301 549 kräver, utom på "
    "punkterna under ”Det här fungerar inte”."
)

FAULTS = _l("Det här fungerar inte")
FAULTS_LEAD = _l("Det här är de brister vi känner till.")
FAULT_COLUMN = _l("Brist")
CONCERNS_COLUMN = _l("Vem den berör")
CRITERION_COLUMN = _l("Kriterium i WCAG")
INSTEAD_COLUMN = _l("Gör så här i stället")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not accessible.

    Attributes:
        what: What is wrong.
        concerns: Who is hindered.
        criteria: Numbers and names in WCAG.
        instead: What to do until it is mended.
    """

    what: str
    concerns: str
    criteria: str
    instead: str


KNOWN_FAULTS: tuple[Fault, ...] = (
    Fault(
        _l(
            "Kartan är en stor tabell där varje ruta är en länk. Med tangentbord är "
            "det många steg mellan rutorna."
        ),
        _l("Den som använder tangentbord, reglage eller förstoring."),
        _l("2.4.3 Fokusordning"),
        _l("Välj område och enhetstyp, eller läs enhetens egen sida."),
    ),
    Fault(
        _l(
            "De små bilderna av utvecklingen beskrivs med bara det första och det "
            "sista värdet."
        ),
        _l("Den som inte ser bilderna."),
        _l("1.1.1 Icke-textuellt innehåll"),
        _l("Öppna indikatorn: alla värden står i tabellen ”Siffrorna”."),
    ),
    Fault(
        _l(
            "Excel-filerna är inte granskade för tillgänglighet, och bilden av ett "
            "diagram (PNG) har ingen beskrivning i filen."
        ),
        _l("Den som använder skärmläsare."),
        _l("1.1.1 Icke-textuellt innehåll, 1.3.1 Information och relationer"),
        _l("Hämta CSV, eller läs tabellen på sidan."),
    ),
)

NOT_TESTED = _l("Det här har vi inte prövat")
NOT_TESTED_TEXT = _l(
    "Målbild har inte prövats av personer som använder skärmläsare, taligenkänning "
    "eller andra hjälpmedel till vardags. Det kan därför finnas brister som vi inte "
    "känner till."
)

EXEMPTIONS = _l("Undantag")
NO_EXEMPTIONS = _l(
    "Vi åberopar inte oskäligt betungande anpassning (12 § i lagen), och inget "
    "innehåll undantas från lagens krav (9 §)."
)

CONTACT = _l("Rapportera en brist")
CONTACT_LEAD = _l(
    "Hittar du något som inte fungerar, eller behöver du något i ett annat format? "
    "Vi vill gärna veta även det som kan verka litet."
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
NO_PERSONAL = _l("Skriv inga uppgifter om patienter eller andra personer.")
SUBJECT = _l("Fel i Målbild")

SUPERVISION = _l("Tillsyn")
SUPERVISION_TEXT = _l(
    "Myndigheten för digital förvaltning (DIGG) har tillsyn över lagen. Är du inte "
    "nöjd med hur vi tar hand om din synpunkt kan du anmäla det till DIGG:"
)
DIGG = "https://www.digg.se/tdosanmalan"
DIGG_LINK = _l("Anmäl till DIGG: https://www.digg.se/tdosanmalan")

TESTED = _l("Så har vi prövat")
TESTED_LEAD = _l("Vi har själva granskat Målbild. Ingen utomstående har gjort det.")
TESTS: tuple[str, ...] = (
    _l(
        "axe-core på varje sida, i ljust, mörkt och hög kontrast och på båda språken: "
        "inga fel på nivå A och AA i WCAG 2.2."
    ),
    _l("Tangentbord: alla länkar, fält och knappar går att nå och använda."),
    _l("Chromiums tillgänglighetsträd: namn, roller och rubriker."),
    _l("Bredden 320 bildpunkter, som motsvarar 400 % förstoring på en vanlig skärm."),
)

DATES = _l("Datum")
ASSESSED_ON = _l("Bedömningen gjordes")
UPDATED_ON = _l("Redogörelsen uppdaterades")


def lead(actor: str) -> str:
    """Say who answers for the program and what the page is."""
    return _(
        "{actor} svarar för Målbild. Här står hur Målbild uppfyller lagen (2018:1937) "
        "om tillgänglighet till digital offentlig service, vilka brister som är kända "
        "och hur du rapporterar fler."
    ).format(actor=actor)


def letter(page: str, build: str) -> str:
    """Return the letter that is begun for whoever reports a fault."""
    return _(
        "Vad hände?\n\n\nVad väntade du dig?\n\n\nSida: {page}\nBygge: {build}\n\n"
        "Skriv inga uppgifter om patienter eller andra personer."
    ).format(page=page, build=build)
