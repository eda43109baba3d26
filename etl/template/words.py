"""What is said of each column to whoever fills in a template, in Swedish.

The columns of every layout are here, and a test holds that none is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.vocabulary import DatasetName


@dataclass(frozen=True, slots=True)
class Told:
    """What a column means.

    Attributes:
        meaning: In a sentence or two.
        example: A cell that is fine.
    """

    meaning: str
    example: str


_UNIT = Told(
    "Enhetens id (HSA-id). Id och namn för regionens enheter står på bladet Enheter.",
    "SE2321000081-DEMO005",
)
_SEX = Told("Patientens juridiska kön.", "K")
_AGE = Told("Patientens ålder i hela år.", "71")
_PERIOD = Told("Den tid som siffrorna gäller.", "2026Q3")
_PATHWAY_OR_ALL = Told(
    "Vårdförloppet. Skriv alla, eller lämna tomt, för alla vårdförlopp tillsammans.",
    "Bröstcancer",
)
_PSEUDONYM = (
    "Ett eget löpnummer eller en annan pseudonym som alltid är densamma för samma "
    "{what}. Aldrig ett personnummer. Visas inte för någon."
)
_FROM = Told("Första dagen som raden gäller. Tomt: sedan länge.", "2026-01-01")
_UNTIL = Told("Sista dagen som raden gäller. Tomt: tills vidare.", "2026-12-31")
_HYGIENE = {
    "h1": "Händerna desinficeras före patientnära arbete",
    "h2": "Händerna desinficeras efter patientnära arbete",
    "h3": "Handskar används rätt (NA: inte aktuellt)",
    "h4": "Plastförkläde eller skyddsrock används rätt (NA: inte aktuellt)",
    "k1": "Korrekt arbetsdräkt",
    "k2": "Kort ärm",
    "k3": "Fri från ringar, klockor och armband",
    "k4": "Kort eller uppsatt hår",
}

TITLES: Mapping[str, str] = {
    DatasetName.UNITS: "Enhetsregister",
    DatasetName.LEAD_TIMES: "Register över maximala ledtider",
    DatasetName.CASES: "Vårdförlopp, fall",
    DatasetName.INCLUSION: "Vårdförlopp, inklusion",
    DatasetName.CONTACTS: "Läkemedelskontakter",
    DatasetName.PREM: "Patientenkät (PREM)",
    DatasetName.BHK: "Basala hygienrutiner och klädregler",
    DatasetName.PPM: "Punktprevalensmätningar",
    DatasetName.REPORTED: "Mätningar som enheterna har räknat",
    DatasetName.KOLADA: "Kolada",
}

ROW_IS: Mapping[str, str] = {
    DatasetName.UNITS: "en enhet, eller en tid då enheten hade samma namn och plats",
    DatasetName.LEAD_TIMES: "den längsta ledtiden för ett vårdförlopp och ett avslut",
    DatasetName.CASES: "ett vårdförlopp för en patient",
    DatasetName.INCLUSION: "en enhet, ett vårdförlopp och en period",
    DatasetName.CONTACTS: "en vårdkontakt",
    DatasetName.PREM: "en enhet, en enkät, ett frågeområde och en period",
    DatasetName.BHK: "en person som har observerats vid ett tillfälle",
    DatasetName.PPM: "en enhet, en mätning och en mätdag",
    DatasetName.REPORTED: "en indikator, en enhet och en period (och ett slag)",
    DatasetName.KOLADA: "ett nyckeltal, en region och ett år",
}

COLUMNS: Mapping[str, Mapping[str, Told]] = {
    DatasetName.UNITS: {
        "enhet_id": Told("Enhetens id (HSA-id).", "SE2321000081-DEMO005"),
        "namn": Told("Enhetens namn, som det ska visas.", "Kirurgkliniken"),
        "typ": Told("Vad för slags enhet det är.", "klinik"),
        "overordnad": Told(
            "Id för den enhet som den hör till. Tomt bara för regionen.",
            "SE2321000081-DEMO004",
        ),
        "giltig_fran": _FROM,
        "giltig_till": _UNTIL,
        "ersatt_av": Told(
            "Id för den enhet som har tagit över, om enheten har upphört.",
            "SE2321000081-DEMO007",
        ),
        "kolada_id": Told("Regionens id i Kolada. Bara på regionens rad.", "0010"),
    },
    DatasetName.LEAD_TIMES: {
        "svf": Told("Vårdförloppet.", "Bröstcancer"),
        "avslut": Told("Hur vårdförloppet slutar.", "kirurgi"),
        "utokad_utredning": Told("Om utredningen är utökad.", "Nej"),
        "max_dagar": Told(
            "Högsta antal kalenderdagar från välgrundad misstanke. Tomt: inte känt.",
            "28",
        ),
        "giltig_fran": Told(
            "Första dagen som den gäller. Måste finnas om max_dagar finns.",
            "2026-01-01",
        ),
        "giltig_till": _UNTIL,
        "kalla": Told("Var det står.", "Vårdförlopp bröstcancer 2025"),
    },
    DatasetName.CASES: {
        "fall_id": Told(_PSEUDONYM.format(what="vårdförlopp"), "F-000123"),
        "enhet_id": _UNIT,
        "svf": Told("Vårdförloppet.", "Bröstcancer"),
        "kva_start": Told(
            "KVÅ-koden som inledde vårdförloppet; den slutar på 10.", "VG910"
        ),
        "datum_valgrundad_misstanke": Told(
            "Dagen för beslutet om välgrundad misstanke.", "2026-03-02"
        ),
        "datum_forsta_besok": Told(
            "Dagen för första besöket i specialiserad vård.", "2026-03-09"
        ),
        "datum_mdk": Told("Dagen för multidisciplinär konferens.", "2026-03-18"),
        "datum_behandlingsbeslut": Told(
            "Dagen för beslutet om behandling.", "2026-03-20"
        ),
        "datum_avslut": Told(
            "Dagen då vårdförloppet slutade. Tomt: det pågår.", "2026-03-30"
        ),
        "kva_avslut": Told(
            "KVÅ-koden som avslutade vårdförloppet. Måste finnas om datum_avslut "
            "finns.",
            "VG950",
        ),
        "utokad_utredning": Told("Om utredningen är utökad. Tomt: nej.", "Nej"),
        "avvikelse": Told(
            "Patientvald (PvV), medicinskt orsakad (MoV) eller verksamhetsorsakad "
            "(VoV) väntan. Tomt: ingen.",
            "PvV",
        ),
        "kon": _SEX,
        "alder": _AGE,
        "lan": Told("Länskoden för patientens bostadsort, två siffror.", "10"),
    },
    DatasetName.INCLUSION: {
        "period": _PERIOD,
        "enhet_id": _UNIT,
        "svf": _PATHWAY_OR_ALL,
        "antal_svf_behandling": Told(
            "Antal vårdförlopp som ledde till start av behandling.", "12"
        ),
        "beraknat_antal_cancerfall": Told(
            "Det antal cancerfall som är att vänta under perioden.", "15,5"
        ),
    },
    DatasetName.CONTACTS: {
        "kontakt_id": Told(_PSEUDONYM.format(what="vårdkontakt"), "K-0000123"),
        "enhet_id": _UNIT,
        "datum": Told("Dagen för kontakten.", "2026-03-18"),
        "vardform": Told("Formen av vård.", "oppen"),
        "alder": _AGE,
        "antal_lakemedel": Told("Antal läkemedel som patienten har.", "7"),
        "kon": _SEX,
        "kva_kod": Told(
            "KVÅ-koder för kontakten, med mellanslag mellan. Tomt: ingen.",
            "XV015",
        ),
        "lakemedelsberattelse": Told(
            "Om patienten fick en läkemedelsberättelse.", "Ja"
        ),
        "lakemedelslista": Told("Om patienten fick en läkemedelslista.", "Ja"),
    },
    DatasetName.PREM: {
        "period": _PERIOD,
        "enhet_id": _UNIT,
        "enkat": Told("Vilken enkät.", "svf"),
        "dimension": Told("Frågeområdet.", "helhetsintryck"),
        "svf": _PATHWAY_OR_ALL,
        "antal_svar": Told("Antal svar.", "34"),
        "poang": Told(
            "Svarens medelpoäng, 0–100. Måste finnas om det finns svar.", "81,5"
        ),
    },
    DatasetName.BHK: {
        "matdatum": Told("Dagen för observationen.", "2026-03-18"),
        "enhet_id": _UNIT,
        "yrkeskategori": Told("Den observerades yrke.", "sjukskoterska"),
        "observations_id": Told(
            "Ett eget löpnummer för observationen. Behövs bara i filer som lägger "
            "till (tillagg i namnet).",
            "B-00123",
        ),
        **{
            name: Told(f"{words}: 1 om det var rätt, 0 om det var fel.", "1")
            for name, words in _HYGIENE.items()
        },
    },
    DatasetName.PPM: {
        "matdatum": Told("Dagen för mätningen.", "2026-03-18"),
        "enhet_id": _UNIT,
        "matning": Told("Vad som har mätts.", "trycksar"),
        "antal_observerade": Told("Antal som har observerats.", "23"),
        "antal_uppfyller": Told(
            "Hur många av dem som räknas: som har trycksår, eller vars infart eller "
            "kateter sköts enligt rutinen. Högst antal_observerade.",
            "2",
        ),
    },
    DatasetName.REPORTED: {
        "indikator": Told(
            "Indikatorns id. Id och namn står på bladet Indikatorer.",
            "incidents_handled_in_time",
        ),
        "enhet_id": _UNIT,
        "period": _PERIOD,
        "slag": Told(
            "Ett av indikatorns slag, på bladet Indikatorer. Tomt, eller alla: "
            "enhetens summa.",
            "alla",
        ),
        "taljare": Told("Täljaren, eller antalet om indikatorn är ett antal.", "18"),
        "namnare": Told(
            "Nämnaren. Måste finnas med täljaren om indikatorn har en nämnare.", "24"
        ),
        "varde": Told(
            "Värdet, i indikatorns enhet. Bara om täljare och nämnare inte är kända: "
            "värden kan inte läggas ihop.",
            "75,0",
        ),
        "kommentar": Told(
            "Fri text. Visas inte. Skriv aldrig något om en person.",
            "Räknat för hand",
        ),
    },
    DatasetName.KOLADA: {
        "kpi": Told("Nyckeltalets id i Kolada.", "N79198"),
        "kolada_region_id": Told("Regionens id i Kolada; 0000 är Riket.", "0010"),
        "region": Told("Regionens namn.", "Region Blekinge"),
        "year": Told("Året.", "2025"),
        "value": Told("Värdet.", "81,2"),
    },
}
