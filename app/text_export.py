"""The words of the files that are downloaded."""

SHEET = "Utfall"
ABOUT_SHEET = "Om"

COLUMNS: dict[str, str] = {
    "indicator": "Indikator",
    "unit": "Enhet",
    "period": "Period",
    "period_kind": "Periodlängd",
    "by": "Uppdelning",
    "by_value": "Del",
    "numerator": "Täljare",
    "denominator": "Nämnare",
    "value": "Värde",
    "lower": "95 % intervall, nedre",
    "upper": "95 % intervall, övre",
    "target": "Mål",
    "target_rule": "Villkor",
    "target_level": "Målets nivå",
    "status": "Status",
    "reason": "Anmärkning",
    "national_target": "Nationellt mål",
    "national_rule": "Nationellt villkor",
    "national_status": "Status mot nationellt mål",
    "units_reporting": "Rapporterande enheter",
    "units_expected": "Förväntade enheter",
    "build": "Bygge",
}
"""What the API calls a column, and what it is called in a workbook."""

NAME_COLUMNS = ("Indikatorns namn", "Enhetens namn")

DEMO = "Syntetiska demodata: siffrorna är påhittade."
TITLE = "Målbild: mål och utfall"
BUILD = "Bygge"
BUILT_AT = "Bygget skapat (UTC)"
WRITTEN_AT = "Filen skapad (UTC)"
CHOSEN_INDICATORS = "Indikatorer"
CHOSEN_UNITS = "Enheter"
CHOSEN_PERIODS = "Perioder"
CHOSEN_BY = "Uppdelning"
ROWS = "Rader"
ALL = "Alla"
TOTALS = "Ingen, bara totaler"
EXPLANATION = "Så läser du filen"
EXPLANATIONS = (
    "Värde, intervall och mål står i indikatorns egen enhet. Andelar står i procent, "
    "0–100.",
    "En tom cell betyder att värdet inte visas. Status och anmärkning säger varför. "
    "Tomt är aldrig noll.",
    "Utfall för flera enheter räknas ur summerade täljare och nämnare. Ta därför inte "
    "medelvärdet av andelar.",
    "Placeringar och andra värden som hämtats från Kolada: Källa: Kolada.",
)
COLUMN_WORDS = "Kolumner och deras namn i API:et"


def since_until(since: str, until: str) -> str:
    """Say which span of time was chosen."""
    if since and until:
        return f"från {since} till {until}"
    return f"från {since}" if since else f"till {until}"
