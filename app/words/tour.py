"""The words of the tour: six places on the real pages, and what to see there."""

from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l

PREVIOUS = _l("Föregående")
NEXT = _l("Nästa")
END = _l("Avsluta rundturen")

OVERVIEW = _l("Här börjar det: översikten")


def progress(number: int, steps: int) -> str:
    """Say how far the tour has come."""
    return _("Steg {number} av {steps}").format(number=number, steps=steps)


def rows(value: str, numerator: float | None, denominator: float | None) -> str:
    """Say what to see where the rows are."""
    if numerator is None or denominator is None:
        return _(
            "Varje siffra går att följa. Här står hur {value} har räknats, och längre "
            "ner filerna och raderna bakom utfallet."
        ).format(value=value)
    return _(
        "Varje siffra går att följa. {value} är räknat av täljaren {numerator} och "
        "nämnaren {denominator}. Längre ner står enheterna, filerna och raderna bakom."
    ).format(
        value=value,
        numerator=text.count(numerator),
        denominator=text.count(denominator),
    )
