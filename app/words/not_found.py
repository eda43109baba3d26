"""The words for what an address asks for and there is not."""

from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l

NO_UNIT = _l("Enheten finns inte")
NO_INDICATOR = _l("Indikatorn finns inte")
EVERY_DEFINITION = _l("Alla indikatorer och deras definitioner")
NO_PLAN = _l("Planen finns inte i det här bygget.")
NO_DATASET = _l("Datamängden finns inte. Alla visas.")
NO_INDICATORS = _l("Inga indikatorer gäller den här enheten.")
NO_INDICATORS_HELP = _l("Måtten följs upp på en annan nivå. Se i stället:")


def no_unit_help(unit: str) -> str:
    """Say that a unit is not known."""
    return _(
        "Det finns ingen enhet med id {id} i datalagret. Välj en av dessa:"
    ).format(id=unit)


def no_indicator_help(indicator: str) -> str:
    """Say that an indicator is not known."""
    return _("Det finns ingen indikator med id {id}. Alla finns i översikten:").format(
        id=indicator
    )


def other_unit(shown: str) -> str:
    """Say that another unit is shown than the address names."""
    words = _("Adressen anger en enhet som inte finns. Här visas {unit}.")
    return words.format(unit=shown)


def other_period(wanted: str, shown: str) -> str:
    """Say that another period is shown than was asked for."""
    words = _("Det finns inga utfall för {wanted}. Här visas {shown}.")
    return words.format(wanted=wanted, shown=shown)


def before_data(wanted: str, first: str, last: str) -> str:
    """Say that a period is older than everything there is."""
    words = _(
        "Det finns inga utfall för {period}. Uppgifterna finns från {first} till "
        "{last}."
    )
    return words.format(period=wanted, first=first, last=last)


def show(period: str) -> str:
    """Return the words of a link to another period."""
    return _("Visa {period}").format(period=period)


def not_there(unit: str, period: str) -> str:
    """Say that a unit had ended, or had not begun."""
    return _("{unit} fanns inte {period}.").format(unit=unit, period=period)
