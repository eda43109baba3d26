"""The words of `/om` that depend on what is known; the rest is Markdown."""

from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import lazy_pgettext
from app.words.text import in_force

STATUS_COLUMN, MEANING_COLUMN = _l("Status"), _l("Betydelse")
DEFINITION_COLUMN, HOW_OFTEN = _l("Indikator"), _l("Hur ofta")
WORD_COLUMN = _l("Ord")
OTHER_COLUMN = lazy_pgettext("det andra språket", "På engelska")

OWN_DATA = _l(
    "Övriga uppgifter kommer från regionens egna system och från regionens mätningar."
)
DEMO_DATA = _l(
    "Syntetiska demodata: enheternas siffror är påhittade och beskriver inga verkliga "
    "enheter eller patienter."
)

BUILD, BUILT_AT, AS_OF = _l("Bygge"), _l("Skapat (UTC)"), _l("Räknat till och med")
PROGRAM, SCHEMA = _l("Program"), _l("Datalagrets version")


def plan(title: str, decided: str, years: str) -> str:
    """Return a plan with when it was decided and for which years."""
    return _("{title}, beslutad {decided}, gäller {years}").format(
        title=title, decided=decided, years=in_force(years)
    )
