"""The words of the views of `/analys`: the matrix of signs, ready-made ones, files."""

from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l

LIST = _l("Avvikelser, rad för rad")
MATRIX = _l("Styrdiagrammens tecken")
SIGNS_LEAD = _l(
    "Vad styrdiagrammen säger om varje indikator i varje enhet: om den har förändrats "
    "mer än slumpen förklarar, och om målet klaras."
)
MATRIX_LEAD = _l(
    "Varje indikator är en rad och varje enhet en kolumn. Först står förändringen, "
    "sedan om målet klaras. Välj en ruta för att se diagrammet."
)
NOTHING_CHARTED = _l("Ingen serie i urvalet är lång nog för ett styrdiagram")
NOTHING_CHARTED_HELP = _l("Välj en högre enhet eller ett annat område.")
LEGEND = _l("Teckenförklaring")
FIRST_SIGN = _l("Första tecknet: har något förändrats?")
SECOND_SIGN = _l("Andra tecknet, där det finns ett fast mål: klaras det stadigt?")
NO_SIGN = _l("Utan tecken")
NO_CHART = _l("kan inte bedömas")
NOT_MEASURED = _l("tom ruta: mäts inte i enheten")
READY_MADE = _l("Färdiga vyer")
COPY = _l("Kopiera adressen")
COPIED = _l("Adressen är kopierad.")
NOT_COPIED = _l("Kopiera adressen ur webbläsarens adressfält.")

ONLY_CANCER = _l("Bara cancervård")
ONLY_MEDICINES = _l("Bara läkemedel")
ONLY_SAFETY = _l("Bara patientsäkerhet")
ONLY_WARDS = _l("Bara avdelningar")
ONLY_HEALTH_CENTRES = _l("Bara vårdcentraler")
SUREST = _l("Säkra avvikelser först")
LONGEST = _l("De som har varat längst först")

SHEET = _l("Avvikelser")
MATRIX_SHEET = _l("Tecken")
AREA_COLUMN = _l("Område")
CHOSEN_UNIT = _l("Enhet och allt under den")
CHOSEN_QUARTER = _l("Kvartal")
CHOSEN_ORDER = _l("Ordning")
JUDGED = _l("Serier som bedöms")
ADDRESS = _l("Adress till samma vy")
MEASURED_IN = _l("Anges i")
LOWER = _l("95 %-intervall, nedre")
UPPER = _l("95 %-intervall, övre")
NATIONAL = _l("Nationellt mål")


def too_many_rows(most: int) -> str:
    """Say what to do where a workbook would be too large."""
    return _(
        "högst {number} rader i en arbetsbok: välj en lägre enhet, ett område eller en "
        "enhetstyp, eller hämta CSV"
    ).format(number=most)
