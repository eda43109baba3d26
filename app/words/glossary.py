"""The glossary: each word of the field in both languages, and what it means."""

from app.words.language import lazy_gettext as _l
from app.words.term import Term

TERMS: dict[str, Term] = {
    "action_plan": Term(
        "handlingsplan",
        "action plan",
        _l("Ett beslut om vad vården ska göra, med mål, aktiviteter och ansvariga."),
    ),
    "activity": Term(
        "aktivitet", "activity", _l("Något som en handlingsplan säger ska göras.")
    ),
    "benchmark": Term(
        "jämförelsevärde",
        "benchmark",
        _l("Ett offentligt årsvärde att jämföra med, för riket eller en region."),
    ),
    "break": Term(
        "brott",
        "break",
        _l("En tidpunkt där värden före och efter inte går att jämföra."),
    ),
    "breakdown": Term(
        "uppdelning",
        "breakdown",
        _l("Samma utfall för en del i taget, till exempel per vårdförlopp."),
    ),
    "build": Term(
        "bygge",
        "build",
        _l("Alla utfall, räknade vid ett tillfälle. Tidigare byggen finns kvar."),
    ),
    "cancer_pathway": Term(
        "standardiserat vårdförlopp (SVF)",
        "standardised cancer pathway",
        _l("En utredning av misstänkt cancer som har en längsta tid."),
    ),
    "correction": Term(
        "rättelse",
        "correction",
        _l("Ett känt fel i en källa som har rättats öppet vid inläsningen."),
    ),
    "coverage": Term(
        "täckning",
        "coverage",
        _l("Vilka enheter som har rapporterat, och för vilka kvartal."),
    ),
    "denominator": Term(
        "nämnare", "denominator", _l("Alla som räknas. Täljaren är en del av dem.")
    ),
    "direction": Term(
        "riktning", "direction", _l("Om ett högre eller ett lägre utfall är bättre.")
    ),
    "gap": Term(
        "avvikelse",
        "gap",
        _l("Hur långt utfallet är från målet, i indikatorns egen enhet."),
    ),
    "hsa_id": Term(
        "HSA-id", "HSA-id", _l("En enhets nummer i vårdens nationella katalog.")
    ),
    "hygiene_rules": Term(
        "basala hygienrutiner och klädregler (BHK)",
        "basic hygiene and dress rules",
        _l("Åtta moment som observeras i vården."),
    ),
    "inclusion": Term(
        "inklusion",
        "inclusion",
        _l("Andelen cancerfall som utreds i ett standardiserat vårdförlopp."),
    ),
    "indicator": Term(
        "indikator",
        "indicator",
        _l("Något som handlingsplanerna följer upp, med en definition."),
    ),
    "interval": Term(
        "konfidensintervall (95 %-intervall)",
        "confidence interval (95% interval)",
        _l("Så mycket kan slumpen påverka utfallet. Få fall ger ett brett intervall."),
    ),
    "lead_time": Term(
        "ledtid",
        "lead time",
        _l("Dagar från välgrundad misstanke till start av behandling."),
    ),
    "lineage": Term(
        "underlag", "lineage", _l("Raderna och filerna som ett utfall är räknat av.")
    ),
    "load": Term("inläsning", "load", _l("En fil som har lästs in.")),
    "local_target": Term(
        "lokalt mål",
        "local target",
        _l("Ett mål som regionen själv har satt. Det går före det nationella."),
    ),
    "masked": Term(
        "maskerad",
        "masked",
        _l("Källan har dolt värdet, oftast för att det gäller få personer."),
    ),
    "maximum_lead_time": Term(
        "maximal ledtid",
        "maximum lead time",
        _l("Den längsta tid som vårdförloppet tillåter. Varje förlopp har sin egen."),
    ),
    "medication_review": Term(
        "läkemedelsgenomgång",
        "medication review",
        _l("En genomgång av en patients läkemedel: enkel (XV015), fördjupad (XV016)."),
    ),
    "medicine_report": Term(
        "läkemedelsberättelse",
        "medicine report",
        _l(
            "Det patienten får vid utskrivning: vilka läkemedel som har ändrats, och "
            "varför."
        ),
    ),
    "national_target": Term(
        "nationellt mål",
        "national target",
        _l("Ett mål som gäller i hela landet. Det visas bredvid det lokala."),
    ),
    "near": Term(
        "nära målet",
        "near the target",
        _l("Utfallet når inte målet, men avvikelsen ryms inom toleransen."),
    ),
    "not_measured": Term(
        "mäts inte",
        "not measured",
        _l("Indikatorn mäts inte i perioden, så inget utfall är väntat."),
    ),
    "not_reported": Term(
        "inte rapporterat",
        "not reported",
        _l("Ett utfall var väntat, men inget har kommit in."),
    ),
    "numerator": Term(
        "täljare",
        "numerator",
        _l("De av nämnaren som uppfyller det som mäts, eller det antal som räknas."),
    ),
    "ongoing": Term(
        "pågår",
        "ongoing",
        _l("Perioden är inte slut, så utfallet kan ändras."),
    ),
    "outcome": Term(
        "utfall", "outcome", _l("En indikators värde för en enhet och en period.")
    ),
    "percentage_point": Term(
        "procentenhet",
        "percentage point",
        _l("Skillnaden mellan två andelar: från 50 % till 55 % är 5 procentenheter."),
    ),
    "point_prevalence": Term(
        "punktprevalensmätning (PPM)",
        "point-prevalence measurement",
        _l("En mätning på en avdelning en viss dag."),
    ),
    "prem": Term(
        "patientenkät (PREM)",
        "patient-reported experience measure (PREM)",
        _l("Patienters svar på en enkät om vården, 0–100 poäng."),
    ),
    "quarter": Term(
        "kvartal", "quarter", _l("Tre månader. Kvartal 1 är januari till mars.")
    ),
    "rank": Term(
        "placering",
        "rank",
        _l("Plats bland dem som jämförs, där 1 är bäst. Lika värden delar plats."),
    ),
    "rejection": Term(
        "avvisad rad",
        "rejection",
        _l("En rad i en fil som inte gick att räkna, med skälet."),
    ),
    "reporting_units": Term(
        "rapporterande enheter",
        "reporting units",
        _l("Enheterna som har lämnat uppgifter, av dem som brukar göra det."),
    ),
    "responsible": Term(
        "ansvarig", "responsible", _l("Den roll som svarar för att målet nås.")
    ),
    "rolling": Term(
        "rullande 12 månader",
        "rolling twelve months",
        _l("Ett kvartal och de tre före det, tillsammans."),
    ),
    "status": Term(
        "status",
        "status",
        _l("Om målet nås, eller varför det inte finns något värde."),
    ),
    "successor": Term(
        "efterträdare",
        "successor",
        _l("Enheten som har tagit över efter en annan, och dess historik."),
    ),
    "suspicion": Term(
        "välgrundad misstanke",
        "well-founded suspicion",
        _l("Beslutet som startar ett standardiserat vårdförlopp."),
    ),
    "target": Term(
        "mål, målvärde",
        "target",
        _l("Det man siktar mot, från och med ett visst datum."),
    ),
    "tertial": Term(
        "tertial", "tertial", _l("Fyra månader. Tertial 1 är januari till april.")
    ),
    "tolerance": Term(
        "tolerans",
        "tolerance",
        _l("Hur långt från målet ett utfall får vara och ändå räknas som nära."),
    ),
    "too_few": Term(
        "för få", "too few", _l("Färre fall än vad som får visas utan att peka ut.")
    ),
    "unit": Term(
        "enhet",
        "unit",
        _l("Region, område, sjukhus, klinik, vårdcentral eller avdelning."),
    ),
    "caterpillar_plot": Term(
        "larvdiagram",
        "caterpillar plot",
        _l("Enheter i ordning efter värde, var och en med sitt intervall."),
    ),
    "centre_line": Term(
        "mittlinje",
        "centre line",
        _l("Den nivå som ett styrdiagrams värden varierar kring."),
    ),
    "control_chart": Term(
        "styrdiagram",
        "control chart",
        _l("Ett utfall över tid med gränserna för vad slumpen brukar ge."),
    ),
    "control_limits": Term(
        "styrgränser",
        "control limits",
        _l(
            "Gränserna i ett styrdiagram: tre standardavvikelser från mittlinjen, så "
            "långt som slumpen sällan når."
        ),
    ),
    "false_alarm": Term(
        "falskt larm",
        "false alarm",
        _l("En signal som bara är slump. I en lång lista finns alltid några."),
    ),
    "funnel_plot": Term(
        "trattdiagram",
        "funnel plot",
        _l(
            "Enheter efter storlek och värde, med gränser som är smalare ju fler fall "
            "en enhet har."
        ),
    ),
    "overdispersion": Term(
        "överdispersion",
        "overdispersion",
        _l("Att värden varierar mer än slumpen förklarar. Då vidgas gränserna."),
    ),
    "run_chart": Term(
        "seriediagram",
        "run chart",
        _l(
            "Ett utfall över tid kring sin median, utan gränser. Används när "
            "mätpunkterna är för få för ett styrdiagram."
        ),
    ),
    "signal": Term(
        "signal",
        "signal",
        _l("En punkt, eller flera i rad, som slumpen sällan ger."),
    ),
}
"""`/om` shows them in the order of the language spoken."""
