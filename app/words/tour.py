"""The words of the tour: six places on the real pages, and what to see there."""

from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l

PREVIOUS = _l("Föregående")
NEXT = _l("Nästa")
END = _l("Avsluta rundturen")
NOT_HERE = _l("Du har lämnat rundturen. Nästa eller Föregående tar dig tillbaka.")

OVERVIEW = _l("Här börjar det: översikten")
INDICATOR = _l("En indikator långt från målet")
COMPARISON = _l("Vilka enheter är det?")
UNIT = _l("En enhets egen sida")
ROWS = _l("Raderna bakom siffran")
SHARING = _l("Visa, skriva ut och dela")

SHARING_TEXT = _l(
    "Under Visning överst finns presentationsläge, färger och hög kontrast. Språket "
    "byter du bredvid. Skriv ut med webbläsaren: filter och menyer följer inte med. "
    "Adressen innehåller alla val, så en länk visar samma sak för den som får den."
)


def progress(number: int, steps: int) -> str:
    """Say how far the tour has come."""
    return _("Steg {number} av {steps}").format(number=number, steps=steps)


def overview(unit: str, period: str, not_met: int) -> str:
    """Say what to see on the overview."""
    return _(
        "Varje rad är en indikator i {unit}, {period}. Rutorna överst räknar dem: "
        "{count} når inte målet. Symbol och ord säger samma sak som färgen."
    ).format(unit=unit, period=period, count=not_met)


def indicator(name: str, value: str, target: str) -> str:
    """Say what to see on the page of an indicator that misses its target."""
    return _(
        "{name} når inte målet: utfallet är {value} och målet {target}. Här finns "
        "utvecklingen, målen och hur det mäts. Rymmer intervallet målet kan skillnaden "
        "bero på slumpen."
    ).format(name=name, value=value, target=target)


def comparison(name: str, value: str) -> str:
    """Say what to see where the units are compared."""
    return _(
        "Rulla ner till Jämför enheter. Längst från målet ligger {name} med {value}. "
        "Enheter vars intervall överlappar går inte säkert att rangordna."
    ).format(name=name, value=value)


def unit(name: str) -> str:
    """Say what to see on a unit's page."""
    return _(
        "{name} har en egen sida: ett kort per indikator med status, utveckling och "
        "plats bland liknande enheter."
    ).format(name=name)


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
