"""The words of the help in place: what a status asks for, and short answers.

The answers that several pages have are `answers.sv.md` and `answers.en.md`.
"""

from app.words.language import lazy_gettext as _l
from app.words.prose import Section, beside
from kpi.assessment import Status

SEE_UNITS = _l("Öppna indikatorn och se under Jämför enheter vilka enheter det gäller.")
UNIT_ABOVE = _l("Välj enheten ovanför. Där ingår alla fall.")
READ_DEFINITION = _l("Läs under Så mäts det vad som är tänkt och vem som är ansvarig.")

NEXT_STEPS: dict[Status, tuple[str, ...]] = {
    Status.MET: (
        _l("Se under Utveckling över tid om det håller i sig."),
        _l(
            "Se om alla enheter har rapporterat. Annars kan det se bättre ut än det är."
        ),
    ),
    Status.NEAR: (
        _l("Se under Utveckling över tid åt vilket håll det går."),
        _l("Se hur många fall som saknas. Det står under Avvikelse."),
        SEE_UNITS,
    ),
    Status.NOT_MET: (
        _l("Se om intervallet rymmer målet. Då kan skillnaden bero på slumpen."),
        SEE_UNITS,
        _l("Följ Visa underlag till raderna om siffran verkar fel."),
        _l("Se under Handlingsplaner vad som är planerat, och vem som är ansvarig."),
    ),
    Status.NO_TARGET: (
        _l("Jämför med riket och med tidigare perioder."),
        _l("Fråga den som är ansvarig om ett mål är på väg. Målen sätts i planerna."),
    ),
    Status.NOT_JUDGED: (
        _l("Vänta tills perioden är slut, och alla enheter har rapporterat hela."),
        _l("Se de kortare perioder som är hela. Välj periodlängd på indikatorns sida."),
    ),
    Status.PLANNED: (
        _l("Se till att steget blir nått i tid. Anmärkningen säger när."),
        _l("Rapportera det när det är nått, också om det är före tiden."),
    ),
    Status.TOO_FEW: (
        _l("Välj en längre period, till exempel rullande 12 månader."),
        UNIT_ABOVE,
    ),
    Status.MASKED: (
        UNIT_ABOVE,
        _l("Fråga den som lämnar uppgifterna. Här finns inte det dolda värdet."),
    ),
    Status.REJECTED: (
        _l("Se under Underlag, Avvisade rader, vad som är fel i raderna."),
        _l("Be den som lämnar uppgifterna att rätta filen och lämna den igen."),
    ),
    Status.NOT_REPORTED: (
        _l("Se under Underlag, Täckning, om andra enheter har rapporterat."),
        _l("Se under Underlag om en fil har kommit och om rader har avvisats."),
        _l("Fråga den som lämnar uppgifterna när de kommer."),
    ),
    Status.OTHER_PERIODS: (
        _l("Välj den periodlängd som det rapporteras för. Anmärkningen säger vilken."),
    ),
    Status.NOT_MEASURED: (
        _l("Ingenting behöver göras. Se under Så mäts det hur ofta det mäts."),
        _l("Välj en annan period eller periodlängd för att se det senaste utfallet."),
    ),
    Status.UNDER_DEVELOPMENT: (
        READ_DEFINITION,
        _l("Fråga den som är ansvarig när måttet börjar mätas."),
    ),
    Status.PAUSED: (
        READ_DEFINITION,
        _l("Se äldre perioder för de utfall som finns."),
    ),
}
"""What to do about an outcome, in order."""

STATUS_MEANS: dict[Status, str] = {
    Status.MET: _l("Utfallet är på rätt sida om målet, eller precis på det."),
    Status.NEAR: _l("Utfallet når inte målet men ligger inom toleransen."),
    Status.NOT_MET: _l("Utfallet når inte målet och ligger utanför toleransen."),
    Status.NO_TARGET: _l("Det finns ett utfall men inget mål som gäller perioden."),
    Status.NOT_JUDGED: _l(
        "Det finns ett utfall och ett mål, men perioden pågår, eller så saknas delar "
        "av den eller enheter i ett antal."
    ),
    Status.PLANNED: _l("Ett steg som ska nås senare, och som inte är nått än."),
    Status.TOO_FEW: _l("Det är för få fall för att visa utfallet."),
    Status.MASKED: _l("Källan har dolt värdet innan det kom hit."),
    Status.REJECTED: _l("Rader har kommit in, men alla är avvisade på grund av fel."),
    Status.NOT_REPORTED: _l("Ett utfall var väntat, men inget har kommit in."),
    Status.OTHER_PERIODS: _l(
        "Det som rapporteras kan inte räknas om till en period av den här längden."
    ),
    Status.NOT_MEASURED: _l("Indikatorn mäts inte i den här perioden."),
    Status.UNDER_DEVELOPMENT: _l("Måttet finns i en plan men går ännu inte att mäta."),
    Status.PAUSED: _l("Mätningen är pausad."),
}


SCRIPT_WORDS: dict[str, str] = {
    "loading": _l("Hämtar…"),
    "no-answer": _l("Sidan kunde inte hämtas"),
    "no-answer-help": _l(
        "Servern svarar inte, eller så är nätet nere. Det som visas är det som "
        "hämtades senast. Försök igen om en stund."
    ),
    "still-no-answer": _l("Servern svarar fortfarande inte. Vänta en stund till."),
    "fault": _l("Sidan kunde inte skapas"),
    "fault-help": _l(
        "Något gick fel på servern, och felet har skrivits ner där. Försök igen, eller "
        "börja om från översikten."
    ),
    "retry": _l("Försök igen"),
    "start": _l("Till översikten"),
    "file-making": _l("Filen skapas…"),
    "file-made": _l("Filen är klar."),
    "file-failed": _l("Filen kunde inte skapas. Försök igen, eller välj CSV."),
}
"""What `assets/66-progress.js` says, by the names it knows."""


def shared() -> dict[str, Section]:
    """Return the answers that belong on more than one page, by their names."""
    return {part.id: part for part in beside(__file__).sections if part.id}
