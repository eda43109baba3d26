"""The words of units compared in a funnel."""

from app.outcome import analysis_texts
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import lazy_pgettext, ngettext
from kpi.funnel import Place
from kpi.model import Direction
from kpi.ranking import Ranked

NAME = _l("Jämför enheter")
LEAD = _l(
    "Visar vilka enheter som skiljer sig från helheten mer än deras storlek förklarar."
)
PLACE = lazy_pgettext("funnel", "Läge")
RANK = _l("Plats")
RANK_HINT = _l(
    "Med ungefärligt 95 %-intervall: de platser som enheten mycket väl kan ha. Där "
    "enheterna är nästan lika är det för snävt."
)
NOT_COUNTED = _l("Enheterna kan inte jämföras så här")
NOT_COUNTED_HELP = _l(
    "Gränserna räknas ur antal fall. Måttet är inte en andel eller en frekvens med "
    "hela antal."
)
NO_UNITS = _l("Inga enheter med värde att jämföra")
EXACT = _l(
    "Av enheter som inte skiljer sig från helheten ligger minst 95 % innanför de "
    "streckade gränserna och minst 99,8 % innanför de heldragna. Gränserna är exakta, "
    "efter binomial- eller Poissonfördelningen."
)
WIDENED = _l(
    "Gränserna är vidgade efter hur mycket enheterna brukar skilja sig. Av enheter "
    "som inte skiljer sig mer än så ligger ungefär 95 % innanför de streckade "
    "gränserna och ungefär 99 % innanför de heldragna."
)
LIMITS = _l(
    "Ju fler fall, desto smalare. Romber är enheter utanför den streckade gränsen."
)
DISPERSED = _l("Enheterna varierar mer än slumpen förklarar.")
FEW_UNITS = _l(
    "Med färre än {fewest} enheter går det inte att säga om de varierar mer än slumpen "
    "förklarar. Gör de det ligger fler utanför gränserna än slumpen ger."
)
CASES_AXIS = _l("Antal fall (nämnare)")
LIMIT_95 = _l("Gräns 95 %")
LIMIT_998 = _l("Gräns 99,8 %")
WITHIN_95 = _l("95 % ligger inom")
WITHIN_998 = _l("99,8 % ligger inom")

BY_SIZE = _l("Efter storlek (trattdiagram)")
BY_VALUE = _l("Efter värde (larvdiagram)")
CATERPILLAR_PARTS = _l(
    "Varje punkt är en enhets värde, med sitt 95 %-intervall. Romber är enheter "
    "utanför 95 %-gränsen i trattdiagrammet."
)
CATERPILLAR_CURVE = _l(
    "Kurvan är enheternas värden i ordning, och strecken deras 95 %-intervall. "
    "Blå streck är enheter utanför 95 %-gränsen i trattdiagrammet."
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


def newest(period: str, quarter: str) -> str:
    """Say that a quarter is told by a longer or an earlier period."""
    words = _("För {quarter} visas {period}, den senaste mätningen.")
    return words.format(quarter=quarter, period=period)


def whole(value: str) -> str:
    """Return what stands at the line of the whole."""
    return _("Helheten {value}").format(value=value)


def side(is_high: bool, direction: Direction) -> str:
    """Return on which side of the whole a unit lies, as its indicator judges it."""
    match direction:
        case Direction.NEUTRAL:
            return _("högre") if is_high else _("lägre")
        case _:
            is_better = is_high is (direction is Direction.HIGHER)
            return _("bättre") if is_better else _("sämre")


def with_side(unit: str, side: str) -> str:
    """Return a unit with its side: `Klinik 1 (bättre)`."""
    return f"{unit} ({side})"


def of_side(number: int, side: str) -> str:
    """Return how many units lie on a side: `3 bättre`."""
    return f"{text.number(number)} {side}"


def stand_out(number: int, kinds: str, whole: str, far: int, units: str) -> str:
    """Say how many units lie outside the 99.8 % limits, and which.

    Args:
        number: Units compared.
        kinds: What they are called.
        whole: The value of them all together.
        far: Outside the limits.
        units: Those, with their sides.
    """
    if far:
        words = ngettext(
            "{far} av {number} {kinds} sticker ut från helheten, {whole}: {units}.",
            "{far} av {number} {kinds} sticker ut från helheten, {whole}: {units}.",
            far,
        )
    else:
        words = _("Ingen av {number} {kinds} sticker ut från helheten, {whole}.")
    return words.format(number=number, kinds=kinds, whole=whole, far=far, units=units)


def may_be_chance(number: int, units: str) -> str:
    """Say which units lie outside the 95 % limits only, and how many chance puts there.

    Args:
        number: Units compared.
        units: Those outside, with their sides.
    """
    words = _(
        "Utanför 95 %-gränsen, vilket kan bero på slumpen (högst ungefär {expected} av "
        "{number} väntas): {units}."
    )
    expected = analysis_texts.about(0.05 * number)
    return words.format(expected=expected, number=number, units=units)


def place_among(rank: int, best: int, worst: int) -> str:
    """Return a rank with its interval: `3 (1–6)`."""
    return f"{rank} ({best}{text.DASH}{worst})"


def place_of(rank: Ranked) -> str:
    """Return a rank with its interval, in words: `plats 3 (1–6)`."""
    place = place_among(rank.rank, rank.best, rank.worst)
    return _("plats {place}").format(place=place)


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
