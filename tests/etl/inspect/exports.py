"""Nine made-up exports, as the systems of a region give them: nothing of a contract.

Below titles, with sums, by names instead of ids, a sheet for each quarter, a column for
each month, cases to count, words for codes, days in four forms.
"""

from datetime import date
from pathlib import Path

from tests.etl.rows import Sources

REGION = "SE2321000065-E100"
AREA = "SE2321000065-E110"
VAXJO = "SE2321000065-E120"
LJUNGBY = "SE2321000065-E130"
SURGERY = "SE2321000065-E121"
MEDICINE = "SE2321000065-E122"
ORTHOPAEDICS = "SE2321000065-E131"
WARD = "SE2321000065-E1211"
ALVESTA = "SE2321000065-E140"

REGISTER = [
    ["Organisationsträd ur HSA"],
    [],
    ["HSA-id", "Enhetens namn", "Enhetstyp", "Överordnad enhet", "Kommunkod"],
    [REGION, "Region Kronoberg", "Region", "", "0007"],
    [AREA, "Hälso- och sjukvården", "Förvaltning", "Region Kronoberg", ""],
    [VAXJO, "Centrallasarettet Växjö", "Lasarett", "Hälso- och sjukvården", ""],
    [LJUNGBY, "Lasarettet Ljungby", "Lasarett", "Hälso- och sjukvården", ""],
    [SURGERY, "Kirurgkliniken", "Klinik", "Centrallasarettet Växjö", ""],
    [MEDICINE, "Medicinkliniken", "Klinik", "Centrallasarettet Växjö", ""],
    [ORTHOPAEDICS, "Ortopedkliniken", "Klinik", "Lasarettet Ljungby", ""],
    [WARD, "Avdelning 33", "Vårdavdelning", "Kirurgkliniken", ""],
    [ALVESTA, "Vårdcentralen Alvesta", "Vårdcentral", "Hälso- och sjukvården", ""],
]

# 20 pathways of 30 days at the surgeons', 10 of 60 at the orthopaedists'.
_SVF = "".join(
    f"{n};{'KIRURGKLINIKEN' if n <= 20 else 'Ortopedkliniken'};Bröstcancer;VG910;"
    f"{'2/6/2026' if n <= 20 else '3/5/2026'};2/7/2026;"
    f"{'Operation' if n % 2 else 'Läkemedelsbehandling'};{'Nej' if n % 3 else 'nej'}\n"
    for n in range(1, 31)
)
SVF = f"""\
Uttag SVF-samordningen
Skapad;2026-10-02

Ärendenr;Utredande enhet;Vårdförlopp;Startkod;Välgrundad misstanke;Avslutad;\
Avslutsorsak;Utökad utredning
{_SVF}31;Ortopedkliniken;Bröstcancer;VG910;13/8/2026;;;Nej
32;Handkirurgen Lund;Bröstcancer;VG910;13/8/2026;;;Nej
Summa;32;;;;;;
"""

COSMIC = (
    "Kontakt-id\tEnhet\tBesöksdatum\tVårdform\tÅlder\tAntal läkemedel\tKön\tKVÅ-kod\n"
) + "".join(
    f"{n}\tVårdcentralen Alvesta\t2026-08-{n % 28 + 1:02} 10:15\tÖppenvård\t"
    f"{80 if n <= 30 else 40}\t7\t{'Kvinna' if n % 2 else 'Man'}\t"
    f"{'XV015' if n <= 12 else ''}\n"
    for n in range(1, 41)
)

PREM = {
    quarter: [
        ["Patientenkät cancervård 2026"],
        ["Mottagning", "Frågeområde", "Antal svar", "Poäng"],
        ["Kirurgkliniken", "Helhetsintryck", 40, score],
        ["Medicinkliniken", "Helhetsintryck", 60, 80],
        ["Totalt", "", 100, ""],
    ]
    for quarter, score in (("kv 2", 75), ("kv 3", 90))
}

BHK = (
    "Tidpunkt,Avdelning,Yrkesgrupp,Desinfektion före,Desinfektion efter,Handskar,"
    "Plastförkläde,Arbetsdräkt,Korta naglar,Ringar,Uppsatt hår\n"
) + "".join(
    f'{n}.9.2026 08.30,"Avdelning 33","Sjuksköterska",{"Ja" if n <= 8 else "Nej"},Ja,'
    "Ej aktuellt,Ja,Ja,Ja,Ja,Ja\n"
    for n in range(1, 11)
)

PPM = [
    ["Mätdatum", "Avdelning", "Antal patienter", "Med trycksår"],
    [date(2026, 9, 15), "Avdelning 33", 25, 2],
    ["Källa: PPM", "", "", ""],
]

SYNERGI = """\
Ärendenummer;Händelsedatum;Enhet;Typ av händelse
2026-1;2 juli 2026;Kirurgkliniken;Fallolycka
2026-2;14 juli 2026;Kirurgkliniken;Läkemedelshändelse
2026-2;14 juli 2026;Kirurgkliniken;Läkemedelshändelse
2026-3;1 september 2026;Kirurgkliniken;Fallolycka
2026-4;9 september 2026;Ortopedkliniken;Fallolycka
2026-5;igår;Ortopedkliniken;Fallolycka
"""

LEX_MARIA = [
    ["Ärende", "Anmäld", "Sjukhus"],
    ["LM1", date(2026, 2, 3), "Centrallasarettet Växjö"],
    ["LM2", date(2026, 8, 9), "Centrallasarettet Växjö"],
    ["LM3", date(2026, 9, 1), "Lasarettet Ljungby"],
]

WIDE = """\
Klinik;jul 2026;aug 2026;sep 2026
Kirurgkliniken;3;;4
Ortopedkliniken;0;1;två
"""


def write_exports(sources: Sources) -> dict[str, Path]:
    """Write the nine into the folder of their producers; return them by producer."""
    (sources.folder / "enheter/enheter.csv").unlink()
    return {
        "hsa": sources.write_workbook("hsa/organisation.xlsx", REGISTER),
        "inca": sources.write("inca/SVF uttag 2026-10-02.csv", SVF.encode("cp1252")),
        "cosmic": sources.write("cosmic/kontakter 2026-08.txt", COSMIC),
        "enkat": sources.write_workbook("enkat/prem 2026.xlsx", PREM),
        "webben": sources.write("webben/bhk.csv", BHK.encode("utf-8-sig")),
        "ppm": sources.write_workbook("ppm/matning 2026-09.xlsx", PPM),
        "synergi": sources.write("synergi/avvikelser.csv", SYNERGI),
        "lexmaria": sources.write_workbook("lexmaria/lex maria.xlsx", LEX_MARIA),
        "hse": sources.write("hse/lakemedelsavvikelser.csv", WIDE),
    }
