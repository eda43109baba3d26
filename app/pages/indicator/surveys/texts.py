"""The words of a survey's dimensions and of a region's place."""

from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext

TITLE = _l("Frågeområden")
DIMENSION = _l("Frågeområde")
SCORE = _l("Poäng")
ANSWERS = _l("Svar")
NOTHING_PUBLIC = _l("Regionernas värden för året finns inte i uppgifterna.")
NO_SCORE = _l("Inget frågeområde har tillräckligt många svar för att visas.")
BY_CHANCE = _l("Intervallen överlappar: ordningen kan bero på slumpen.")
OWN_SURVEY = _l(
    "Poängen är enhetens egna svar i perioden. Regionernas värden och placeringen är "
    "årsvärden ur Kolada."
)


def ends(low: str, low_score: str, high: str, high_score: str) -> str:
    """Say which dimensions have the lowest and the highest score."""
    words = _("Lägst är {low}, {low_score}, och högst {high}, {high_score}.")
    return words.format(low=low, low_score=low_score, high=high, high_score=high_score)


def place(region: str, rank: str, score: str, year: int) -> str:
    """Say a region's place in a year."""
    words = _("{region} hade {score} år {year}: plats {rank}.")
    return words.format(region=region, score=score, year=year, rank=rank)


def gap_up(gap: str, unit: str, rank: int, regions: list[str]) -> str:
    """Say how far it is to the nearest better place, and who has it."""
    words = _("Det är {gap} {unit} upp till plats {rank} ({regions}).")
    return words.format(gap=gap, unit=unit, rank=rank, regions=text.listed(regions))


def gap_down(gap: str, unit: str, rank: int, regions: list[str]) -> str:
    """Say how far ahead of the next place the first region is."""
    words = _("Det är {gap} {unit} ner till plats {rank} ({regions}).")
    return words.format(gap=gap, unit=unit, rank=rank, regions=text.listed(regions))


def spread(lowest: str, median: str, highest: str, number: int, year: int) -> str:
    """Say how the regions are spread."""
    words = _(
        "Regionerna: lägst {lowest}, median {median} och högst {highest} "
        "({number} regioner, {year})."
    )
    return words.format(
        lowest=lowest,
        median=median,
        highest=highest,
        number=text.count(number),
        year=year,
    )


def only_public(dimension: str) -> str:
    """Say which of the dimensions the regions can be compared by."""
    words = _(
        "Kolada har regionernas värden bara för {dimension}. För de andra "
        "frågeområdena går det inte att säga hur regionen ligger till i landet."
    )
    return words.format(dimension=dimension)


def too_few_regions(number: int) -> str:
    """Say that the data hold too few regions for a spread."""
    return ngettext(
        "Bara {number} region finns i uppgifterna.",
        "Bara {number} regioner finns i uppgifterna.",
        number,
    ).format(number=text.count(number))


def fewest(minimum: int) -> str:
    """Say how few answers are not shown."""
    return _("Färre än {number} svar visas inte.").format(number=text.count(minimum))
