"""The words of the map that no other page needs."""

from app.words import text
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext

NOT_CERTAINTY = _l(
    "Rutan säger om målet nås, inte hur säkert det är. Det står på indikatorns sida."
)


def left_out(number: int) -> str:
    """Say how many indicators the map leaves out, since no unit has a status there."""
    return ngettext(
        "{number} indikator till har inget att visa här.",
        "{number} indikatorer till har inget att visa här.",
        number,
    ).format(number=text.count(number))
