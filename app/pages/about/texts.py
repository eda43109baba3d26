"""The words of `/om`: method, statuses, sources."""

from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import lazy_pgettext
from app.words.text import in_force

LEAD = _l(
    "Målbild visar mål och utfall i vården per enhet och kvartal. Här står hur "
    "siffrorna räknas, vad orden betyder och varifrån uppgifterna kommer."
)

METHOD = _l("Så räknas siffrorna")
METHODS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        lazy_pgettext("flera", "Utfall"),
        (
            _l(
                "En andel är summan av täljarna delad med summan av nämnarna. För "
                "flera enheter eller kvartal summeras först antalen. Andelar räknas "
                "aldrig om till medelvärden, eftersom en liten enhet då skulle väga "
                "lika tungt som en stor."
            ),
            _l(
                "En händelse räknas hos sin egen enhet och alla enheter över den, så "
                "som organisationen såg ut den dagen. När en enhet har ersatts av en "
                "annan visas dess historik hos efterträdaren."
            ),
            _l(
                "Tal som är ett läge och inte en händelse, till exempel antal invånare "
                "eller vårdplatser, är medelvärdet över periodens månader."
            ),
        ),
    ),
    (
        lazy_pgettext("flera", "Mål"),
        (
            _l(
                "Ett utfall bedöms mot det mål som gällde i periodens sista månad. Ett "
                "nytt mål ändrar inte bedömningen av äldre perioder."
            ),
            _l(
                "Finns både ett lokalt och ett nationellt mål avgör det lokala "
                "statusen. Det nationella visas bredvid. Ett mål för en enhet eller "
                "ett vårdförlopp går före ett som gäller alla."
            ),
            _l(
                "Ett utfall precis på målet når målet. ”Bättre än i fjol” och ”bättre "
                "än plats 20” kräver att utfallet är bättre, lika räcker inte."
            ),
            _l("Nära målet betyder att avvikelsen ryms inom indikatorns tolerans."),
        ),
    ),
    (
        _l("Osäkerhet"),
        (
            _l(
                "Ett utfall har ett 95 %-intervall: så mycket kan slumpen påverka. "
                "Andelar har Wilsons intervall. Antal, och tal per 1 000, har Byars "
                "intervall."
            ),
            _l(
                "Medelpoäng har ett försiktigt intervall: Wilsons metod använd på hela "
                "skalan. Det blir hellre för brett än för smalt, eftersom källan bara "
                "lämnar medelvärde och antal svar."
            ),
            _l(
                "Om målet nås och om skillnaden är större än vad slumpen kan ge är två "
                "frågor. Status svarar på den första. Ligger målet inom intervallet "
                "står det bredvid."
            ),
        ),
    ),
    (
        _l("Små tal"),
        (
            _l(
                "Är det för få fall visas varken täljare, nämnare eller värde för "
                "enheten. Gränsen står i varje indikators definition. Enkätresultat "
                "visas från 30 svar."
            ),
            _l(
                "Summan för enheten ovanför innehåller alla fall. När bara en enhet är "
                "dold kan dess tal därför ibland räknas ut ur de andra."
            ),
            _l(
                "Samma regel gäller sidorna, filerna och API:et. För få, maskerat av "
                "källan, inte rapporterat och noll är fyra olika saker."
            ),
        ),
    ),
    (
        _l("Jämförelse och placering"),
        (
            _l(
                "Jämförelsevärden för Riket och regionerna kommer från Kolada en gång "
                "om året. Placeringen räknas bland regioner med värde samma år, bäst "
                "först. Lika värden delar den bättre platsen."
            ),
            _l(
                "Ett brott visar var värden före och efter inte går att jämföra, till "
                "exempel vid ett byte av journalsystem."
            ),
        ),
    ),
)

STATUSES = _l("Status och symboler")
STATUSES_LEAD = _l("Färgen står aldrig ensam. Varje status har ett ord och en symbol.")
STATUS_COLUMN, MEANING_COLUMN = _l("Status"), _l("Betydelse")

DEFINITIONS = _l("Indikatorer")
DEFINITION_COLUMN, HOW_OFTEN = _l("Indikator"), _l("Hur ofta")
DEFINITIONS_LEAD = _l(
    "Öppna ett område. Länken på varje indikator leder till hela definitionen: "
    "täljare, nämnare, mål, ansvarig och när den ska ses över."
)

GLOSSARY = _l("Ordlista")
WORD_COLUMN = _l("Ord")
OTHER_COLUMN = lazy_pgettext("det andra språket", "På engelska")

SOURCES = _l("Källor och villkor")
SOURCES_LEAD = _l("Filerna bakom siffrorna finns i underlaget.")
TO_SOURCES = _l("Till underlaget")
KOLADA = _l(
    "Jämförelsevärden och placeringar: Källa: Kolada (Rådet för främjande av kommunala "
    "analyser). Öppna data som får användas om källan anges."
)
OWN_DATA = _l(
    "Övriga uppgifter kommer från regionens egna system och från regionens mätningar."
)
DEMO_DATA = _l(
    "Syntetiska demodata: enheternas siffror är påhittade och beskriver inga verkliga "
    "enheter eller patienter."
)
PLANS = _l("Mål och indikatorer kommer från dessa planer:")
NO_PERSON = _l(
    "Målbild innehåller inga personnummer. En fil med något som liknar ett "
    "personnummer avvisas i sin helhet."
)
API = _l("Öppet gränssnitt (API)")
API_LEAD = _l(
    "Samma siffror finns som JSON och CSV. Beskrivningen följer OpenAPI 3.1 och är på "
    "engelska."
)
API_ADDRESSES = (
    (_l("Adresser"), "/api/v1/"),
    (_l("Beskrivning (OpenAPI)"), "/api/v1/openapi.json"),
    (_l("Indikatorer som CSV"), "/api/v1/indicators.csv"),
    (_l("Enheter som CSV"), "/api/v1/units.csv"),
)
VERSION = _l("Version")
BUILD, BUILT_AT, AS_OF = _l("Bygge"), _l("Skapat (UTC)"), _l("Räknat till och med")
PROGRAM, SCHEMA = _l("Program"), _l("Datalagrets version")


def plan(title: str, decided: str, years: str) -> str:
    """Return a plan with when it was decided and for which years."""
    return _("{title}, beslutad {decided}, gäller {years}").format(
        title=title, decided=decided, years=in_force(years)
    )
