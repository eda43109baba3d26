"""The words for what an address asks for and there is not."""

from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l

NO_PLAN = _l("Planen finns inte i det här bygget.")
NO_INDICATORS = _l("Inga indikatorer gäller den här enheten.")


def other_period(wanted: str, shown: str) -> str:
    """Say that another period is shown than was asked for."""
    words = _("Det finns inga utfall för {wanted}. Här visas {shown}.")
    return words.format(wanted=wanted, shown=shown)


def only_quarters(wanted: str, quarter: str) -> str:
    """Say that a page shows quarters, where another length was asked for."""
    words = _("Sidan visar kvartal. Här visas {quarter}, det sista i {wanted}.")
    return words.format(wanted=wanted, quarter=quarter)


def in_overview(wanted: str) -> str:
    """Return the words of a link to the overview of a period."""
    return _("Visa översikten för {wanted}").format(wanted=wanted)


def before_data(wanted: str, first: str, last: str) -> str:
    """Say that a period is older than everything there is."""
    words = _(
        "Det finns inga utfall för {period}. Uppgifterna finns från {first} till "
        "{last}."
    )
    return words.format(period=wanted, first=first, last=last)
