"""The words around every page: header, footer, preferences, messages in between."""

from app.words.language import lazy_gettext as _l

PREFERENCES = _l("Visning")
LEAVE_PRESENTATION = _l("Avsluta presentation")
NO_SCRIPT = _l(
    "Diagrammen behöver JavaScript, som är avstängt i din webbläsare. Slå på det och "
    "ladda om sidan. Siffrorna på sidan går att läsa ändå."
)
FOOTER = _l("Om sidan och siffrorna")
ACCESSIBILITY = _l("Tillgänglighet")
TOUR = _l("Rundtur, tre minuter")
UPDATED = _l("Sidan är uppdaterad.")
