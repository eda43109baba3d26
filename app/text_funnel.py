"""The words of units compared in a funnel."""

from collections.abc import Sequence

from app import text, text_analysis
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.language import lazy_pgettext, ngettext
from kpi.funnel import Place
from kpi.ranking import Ranked

NAME = _l("Jämför enheter")
LEAD = _l(
    "Visar vilka enheter som skiljer sig från helheten mer än deras storlek förklarar."
)
PLACE = lazy_pgettext("funnel", "Läge")
RANK = _l("Plats")
RANK_HINT = _l("Med 95 % intervall: de platser som enheten mycket väl kan ha.")
NOT_COUNTED = _l("Enheterna kan inte jämföras så här")
NOT_COUNTED_HELP = _l(
    "Gränserna räknas ur antal fall. Måttet är inte en andel eller en frekvens med "
    "hela antal."
)
NO_UNITS = _l("Inga enheter med värde att jämföra")
LIMITS = _l(
    "Av enheter som inte skiljer sig från helheten ligger 95 % innanför de streckade "
    "gränserna och 99,8 % innanför de heldragna. Ju fler fall, desto smalare."
)
EXACT = _l("Gränserna är exakta, efter binomial- eller Poissonfördelningen.")
WIDENED = _l(
    "Enheterna varierar mer än slumpen förklarar. Därför är gränserna vidgade efter "
    "hur mycket enheterna brukar skilja sig."
)
DISPERSED = _l("Enheterna varierar mer än slumpen förklarar.")
CASES_AXIS = _l("Antal fall (nämnare)")
LIMIT_95 = _l("95 %")
LIMIT_998 = _l("99,8 %")
WITHIN_95 = _l("95 % ligger inom")
WITHIN_998 = _l("99,8 % ligger inom")

BY_SIZE = _l("Efter storlek (trattdiagram)")
BY_VALUE = _l("Efter värde (larvdiagram)")
CATERPILLAR_PARTS = _l(
    "Varje punkt är en enhets värde, med sitt 95 % intervall. Romber är enheter vars "
    "intervall inte rymmer helheten."
)
CATERPILLAR_CURVE = _l(
    "Kurvan är enheternas värden i ordning, och strecken deras 95 % intervall. "
    "Blå streck rymmer inte helheten."
)

PLACES: dict[Place, str] = {
    Place.FAR_BELOW: _l("Under 99,8 %-gränsen"),
    Place.BELOW: _l("Under 95 %-gränsen"),
    Place.INSIDE: _l("Innanför gränserna"),
    Place.ABOVE: _l("Över 95 %-gränsen"),
    Place.FAR_ABOVE: _l("Över 99,8 %-gränsen"),
}


def title(name: str, kinds: str, period: str) -> str:
    """Return the heading of a comparison."""
    return f"{name}: {kinds}, {period}"


def whole(value: str) -> str:
    """Return what stands at the line of the whole."""
    return _("Helheten {value}").format(value=value)


def apart(number: int, kinds: str, far: int, beyond: int) -> str:
    """Say how many units lie outside the limits.

    Args:
        number: Units in the funnel.
        kinds: What they are called.
        far: Outside the 99.8 % limits.
        beyond: Outside the 95 % limits but inside the others.
    """
    if not far and not beyond:
        words = _(
            "Ingen av {number} {kinds} skiljer sig från helheten mer än slumpen "
            "förklarar."
        )
    elif not far:
        words = _(
            "Ingen av {number} {kinds} skiljer sig säkert från helheten, men {beyond} "
            "ligger utanför 95 %-gränsen."
        )
    elif not beyond:
        words = ngettext(
            "{far} av {number} {kinds} skiljer sig säkert från helheten.",
            "{far} av {number} {kinds} skiljer sig säkert från helheten.",
            far,
        )
    else:
        words = ngettext(
            "{far} av {number} {kinds} skiljer sig säkert från helheten, och "
            "ytterligare {beyond} ligger utanför 95 %-gränsen.",
            "{far} av {number} {kinds} skiljer sig säkert från helheten, och "
            "ytterligare {beyond} ligger utanför 95 %-gränsen.",
            far,
        )
    return words.format(number=number, kinds=kinds, far=far, beyond=beyond)


def apart_widened(number: int, kinds: str, far: int, beyond: int) -> str:
    """Say the same of units that vary more than chance explains."""
    if not far and not beyond:
        words = _(
            "Ingen av {number} {kinds} sticker ut bland de andra, men de varierar mer "
            "än slumpen förklarar."
        )
    else:
        words = ngettext(
            "{outside} av {number} {kinds} sticker ut bland de andra, även räknat med "
            "att de varierar mer än slumpen förklarar.",
            "{outside} av {number} {kinds} sticker ut bland de andra, även räknat med "
            "att de varierar mer än slumpen förklarar.",
            far + beyond,
        )
    return words.format(number=number, kinds=kinds, outside=far + beyond)


def named(units: Sequence[str]) -> str:
    """Name the units outside the limits."""
    return _("Utanför: {units}.").format(units=text.listed(units))


def expected_outside(number: float) -> str:
    """Say how many units chance alone puts outside the 95 % limits."""
    words = _("Slumpen ensam skulle lägga ungefär {number} utanför 95 %-gränsen.")
    return words.format(number=text_analysis.about(number))


def place_among(rank: int, best: int, worst: int) -> str:
    """Return a rank with its interval: `3 (1–6)`."""
    return f"{rank} ({best}{text.DASH}{worst})"


def place_of(rank: Ranked) -> str:
    """Return a rank with its interval, in words: `plats 3 (1–6)`."""
    place = place_among(rank.rank, rank.best, rank.worst)
    return _("plats {place}").format(place=place)


def better(number: int, kinds: str, whole: str, up: int, down: int) -> str:
    """Say how many units are better and worse than the whole.

    Args:
        number: Units compared.
        kinds: What they are called.
        whole: Its value.
        up: Better, with the whole interval.
        down: Worse, with the whole interval.
    """
    if not up and not down:
        words = _(
            "Ingen av {number} {kinds} är bättre eller sämre än helheten, {whole}, med "
            "hela sitt intervall."
        )
    else:
        words = _(
            "Av {number} {kinds} är {up} bättre och {down} sämre än helheten, {whole}, "
            "med hela sitt intervall. För de andra kan det inte avgöras."
        )
    return words.format(number=number, kinds=kinds, whole=whole, up=up, down=down)


def higher(number: int, kinds: str, whole: str, up: int, down: int) -> str:
    """Say the same of an indicator without a better direction."""
    words = _(
        "Av {number} {kinds} ligger {up} över och {down} under helheten, {whole}, med "
        "hela sitt intervall. För de andra kan det inte avgöras."
    )
    return words.format(number=number, kinds=kinds, whole=whole, up=up, down=down)


def expected_apart(number: float) -> str:
    """Say how many units chance alone sets apart from the whole."""
    words = _("Slumpen ensam skulle skilja ut ungefär {number}.")
    return words.format(number=text_analysis.about(number))


def may_be_first(number: int) -> str:
    """Say how many units may well be the best one."""
    words = ngettext(
        "{number} enhet kan vara den bästa.",
        "{number} enheter kan mycket väl vara den bästa.",
        number,
    )
    return words.format(number=number)


def left_out(number: int) -> str:
    """Say how many units have no value to show."""
    words = ngettext(
        "{number} enhet utan värde att visa är inte med.",
        "{number} enheter utan värde att visa är inte med.",
        number,
    )
    return words.format(number=number)
