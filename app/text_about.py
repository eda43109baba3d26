"""The words of `/om`: method, glossary, sources."""

from kpi.assessment import Status

LEAD = (
    "Målbild visar mål och utfall i vården per enhet och kvartal. Här står hur "
    "siffrorna räknas, vad orden betyder och varifrån uppgifterna kommer."
)

METHOD = "Så räknas siffrorna"
METHODS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Utfall",
        (
            "En andel är summan av täljarna delad med summan av nämnarna. För flera "
            "enheter eller kvartal summeras först antalen. Andelar räknas aldrig om "
            "till medelvärden, eftersom en liten enhet då skulle väga lika tungt som "
            "en stor.",
            "En händelse räknas hos sin egen enhet och alla enheter över den, så som "
            "organisationen såg ut den dagen. När en enhet har ersatts av en annan "
            "visas dess historik hos efterträdaren.",
            "Tal som är ett läge och inte en händelse, till exempel antal invånare "
            "eller vårdplatser, är medelvärdet över periodens månader.",
        ),
    ),
    (
        "Mål",
        (
            "Ett utfall bedöms mot det mål som gällde i periodens sista månad. Ett "
            "nytt mål ändrar inte bedömningen av äldre perioder.",
            "Finns både ett lokalt och ett nationellt mål avgör det lokala statusen. "
            "Det nationella visas bredvid. Ett mål för en enhet eller ett vårdförlopp "
            "går före ett som gäller alla.",
            "Ett utfall precis på målet når målet. ”Bättre än i fjol” och ”bättre än "
            "plats 20” kräver att utfallet är bättre, lika räcker inte.",
            "Nära målet betyder att avvikelsen ryms inom indikatorns tolerans.",
        ),
    ),
    (
        "Osäkerhet",
        (
            "Ett utfall har ett 95 % intervall: så mycket kan slumpen påverka. Andelar "
            "har Wilsons intervall. Antal, och tal per 1 000, har Byars intervall.",
            "Medelpoäng har ett försiktigt intervall: Wilsons metod använd på hela "
            "skalan. Det blir hellre för brett än för smalt, eftersom källan bara "
            "lämnar medelvärde och antal svar.",
            "Om målet nås och om skillnaden är större än slumpen är två frågor. Status "
            "svarar på den första. Ligger målet inom intervallet står det bredvid.",
        ),
    ),
    (
        "Små tal",
        (
            "Är det för få fall visas varken täljare, nämnare eller värde för "
            "enheten. Gränsen står i varje indikators definition. Enkätresultat "
            "visas från 30 svar.",
            "Summan för enheten ovanför innehåller alla fall. När bara en enhet är "
            "dold kan dess tal därför ibland räknas ut ur de andra.",
            "Samma regel gäller sidorna, filerna och API:et. För få, maskerat av "
            "källan, inte rapporterat och noll är fyra olika saker.",
        ),
    ),
    (
        "Jämförelse och placering",
        (
            "Jämförelsevärden för Riket och regionerna kommer från Kolada en gång om "
            "året. Placeringen räknas bland regioner med värde samma år, bäst först. "
            "Lika värden delar den bättre platsen.",
            "En brytpunkt visar var värden före och efter inte går att jämföra, till "
            "exempel vid ett byte av journalsystem.",
        ),
    ),
)

STATUSES = "Status och symboler"
STATUSES_LEAD = "Färgen står aldrig ensam. Varje status har ett ord och en symbol."
STATUS_COLUMN, MEANING_COLUMN = "Status", "Betydelse"
STATUS_MEANS: dict[Status, str] = {
    Status.MET: "Utfallet är på rätt sida om målet, eller precis på det.",
    Status.NEAR: "Utfallet når inte målet men ligger inom toleransen.",
    Status.NOT_MET: "Utfallet når inte målet.",
    Status.NO_TARGET: "Det finns ett utfall men inget mål som gäller perioden.",
    Status.TOO_FEW: "Det är för få fall för att visa utfallet.",
    Status.MASKED: "Källan har dolt värdet innan det kom hit.",
    Status.NOT_REPORTED: "Ett utfall var väntat, men inget har kommit in.",
    Status.NOT_MEASURED: "Indikatorn mäts inte i den här perioden.",
    Status.UNDER_DEVELOPMENT: "Måttet finns i en plan men går ännu inte att mäta.",
    Status.PAUSED: "Mätningen är pausad.",
}

DEFINITIONS = "Indikatorer"
DEFINITION_COLUMN, AREA_COLUMN, HOW_OFTEN = "Indikator", "Område", "Hur ofta"
DEFINITIONS_LEAD = (
    "Länken leder till hela definitionen: täljare, nämnare, mål, ansvarig och när den "
    "ska ses över."
)

GLOSSARY = "Ordlista"
WORD_COLUMN, ENGLISH_COLUMN = "Ord", "På engelska"
WORDS: tuple[tuple[str, str, str], ...] = (
    ("avvisad rad", "rejection", "en rad i en fil som inte gick att räkna, med skälet"),
    (
        "basala hygienrutiner och klädregler (BHK)",
        "basic hygiene and dress rules",
        "åtta moment som observeras i vården",
    ),
    (
        "brytpunkt",
        "break",
        "en tidpunkt där värden före och efter inte går att jämföra",
    ),
    ("bygge", "build", "alla utfall, räknade vid ett tillfälle"),
    ("enhet", "unit", "region, område, sjukhus, klinik, vårdcentral eller avdelning"),
    ("för få", "too few", "färre fall än vad som får visas"),
    ("gap, avvikelse", "gap", "hur långt utfallet är från målet"),
    ("indikator", "indicator", "något som planerna följer upp, med en definition"),
    ("inklusion", "inclusion", "andelen cancerfall som utreds i ett vårdförlopp"),
    ("inläsning", "load", "en fil som har lästs in"),
    ("jämförelsevärde", "benchmark", "ett offentligt årsvärde att jämföra med"),
    (
        "ledtid",
        "lead time",
        "dagar från välgrundad misstanke till start av behandling",
    ),
    (
        "läkemedelsgenomgång",
        "medication review",
        "en genomgång av en patients läkemedel: enkel (XV015) eller fördjupad (XV016)",
    ),
    ("maskerad", "masked", "dold av källan"),
    ("mål, målvärde", "target", "det man siktar mot, från och med ett visst datum"),
    (
        "PREM",
        "patient-reported experience measure",
        "patienters svar på en enkät, 0–100 poäng",
    ),
    (
        "punktprevalensmätning (PPM)",
        "point-prevalence measurement",
        "en mätning på en avdelning en viss dag",
    ),
    ("rättelse", "correction", "ett känt fel i en källa som har rättats öppet"),
    (
        "standardiserat vårdförlopp (SVF)",
        "standardised cancer pathway",
        "en utredning av misstänkt cancer med en längsta tid",
    ),
    ("status", "status", "om målet nås, eller varför det inte finns något värde"),
    ("täljare, nämnare", "numerator, denominator", "antalen som ett utfall räknas av"),
    ("underlag", "lineage", "raderna och filerna bakom ett utfall"),
    ("utfall", "outcome", "en indikators värde för en enhet och en period"),
)

SOURCES = "Källor och villkor"
SOURCES_LEAD = "Filerna bakom siffrorna finns i underlaget."
TO_SOURCES = "Till underlaget"
KOLADA = (
    "Jämförelsevärden och placeringar: Källa: Kolada (Rådet för främjande av kommunala "
    "analyser). Öppna data som får användas om källan anges."
)
OWN_DATA = (
    "Övriga uppgifter kommer från regionens egna system och från regionens mätningar."
)
DEMO_DATA = (
    "Syntetiska demodata: enheternas siffror är påhittade och beskriver inga verkliga "
    "enheter eller patienter."
)
PLANS = "Mål och indikatorer kommer från dessa planer:"
NO_PERSON = (
    "Målbild innehåller inga personnummer. En fil med något som liknar ett "
    "personnummer avvisas i sin helhet."
)
API = "Öppet gränssnitt (API)"
API_LEAD = (
    "Samma siffror finns som JSON och CSV. Beskrivningen följer OpenAPI 3.1 och är på "
    "engelska."
)
API_ADDRESSES = (
    ("Adresser", "/api/v1/"),
    ("Beskrivning (OpenAPI)", "/api/v1/openapi.json"),
    ("Indikatorer som CSV", "/api/v1/indicators.csv"),
    ("Enheter som CSV", "/api/v1/units.csv"),
)
VERSION = "Version"
BUILD, BUILT_AT, AS_OF = "Bygge", "Skapat (UTC)", "Räknat till och med"
PROGRAM, SCHEMA = "Program", "Datalagrets version"


def plan(title: str, decided: str, years: str) -> str:
    """Return a plan with when it was decided and for which years."""
    return f"{title}, beslutad {decided}, gäller {years}"
