"""The words of hygiene items by profession."""

from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l

TITLE = _l("Moment och yrkeskategori")
ITEM = _l("Moment")
EVERY_PROFESSION = _l("Alla yrken")
OTHER_PROFESSIONS = _l("Andra och okända yrken")
HIDDEN = _l("visas inte")
NO_OBSERVATIONS = _l("inga observationer")
NOTHING_SHOWN = _l("För få observationer för att visa något moment.")
COUNTED = _l(
    "Andelen observationer där momentet gjordes rätt, av dem där det var aktuellt. "
    "Under andelen står antal och 95 %-intervall."
)
ALL_AT_ONCE = _l(
    "Utfallet överst räknar en observation som rätt bara om alla moment i tabellen var "
    "rätt. Därför är det ofta lägre än momenten var för sig."
)
ONE_OF_MANY = _l(
    "Den lägsta av många rutor är ofta lägst delvis av en slump. Se om den är det i "
    "fler perioder."
)


def lowest(item: str, profession: str, share: str, counts: str, interval: str) -> str:
    """Say which item is the lowest, and in which profession."""
    words = _(
        "Lägst: {item}, {profession}, {share} ({counts}, 95 %-intervall {interval})."
    )
    return words.format(
        item=item,
        profession=profession,
        share=share,
        counts=counts,
        interval=interval,
    )


def below_whole(whole: str) -> str:
    """Say that an interval lies wholly below the item's share of all professions."""
    words = _("Hela intervallet ligger under momentets {whole} för alla yrken.")
    return words.format(whole=whole)


def holds_whole(whole: str) -> str:
    """Say that an interval holds the item's share of all professions."""
    words = _(
        "Intervallet rymmer momentets {whole} för alla yrken: skillnaden kan bero på "
        "slumpen."
    )
    return words.format(whole=whole)


def all_correct(share: str) -> str:
    """Say that nothing stands out, since the lowest is everything."""
    words = _("Alla moment som visas är {share}.")
    return words.format(share=share)


def counts(correct: int, observed: int) -> str:
    """Return how many of how many."""
    words = _("{correct} av {observed}")
    return words.format(correct=text.count(correct), observed=text.count(observed))


def hidden(minimum: int) -> str:
    """Say what is hidden and how."""
    words = _(
        "En ruta med färre än {minimum} observationer visas inte. För att den inte "
        "ska gå att räkna ut ur radens summa döljs även den minsta rutan bredvid, så "
        "att minst två är dolda och tillsammans har minst {minimum} observationer."
    )
    return words.format(minimum=text.count(minimum))
