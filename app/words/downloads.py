"""The words of the files that are downloaded."""

from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l

TITLE = _l("Målbild: mål och utfall")
BUILD = _l("Bygge")
ROWS = _l("Rader")
ALL = _l("Alla")
EXPLANATIONS = (
    _l(
        "Värde, intervall och mål står i indikatorns egen enhet. Andelar står i "
        "procent, 0–100."
    ),
    _l(
        "En tom cell betyder att värdet inte visas. Status och anmärkning säger "
        "varför. Tomt är aldrig noll."
    ),
    _l(
        "Utfall för flera enheter räknas ur summerade täljare och nämnare. Ta därför "
        "inte medelvärdet av andelar."
    ),
    _l("Placeringar och andra värden som hämtats från Kolada: Källa: Kolada."),
)


def since_until(since: str, until: str) -> str:
    """Say which span of time was chosen."""
    if since and until:
        return _("från {since} till {until}").format(since=since, until=until)
    if since:
        return _("från {since}").format(since=since)
    return _("till {until}").format(until=until)
