"""A survey by dimension in words: scores, and the region's place where it is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.outcome.words import OutcomeWords, outcome_words, value_words
from app.pages.indicator.surveys.find import Place, dimension_of, of_year, place, spread
from app.queries.benchmarks import BenchmarkRow
from app.queries.outcomes import OutcomeRow
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import ngettext
from kpi.definitions import Indicator
from kpi.vocabulary import NATION


@dataclass(frozen=True, slots=True)
class DimensionWords:
    """A dimension as a row of the table.

    Attributes:
        answers: How many; a dash where they are too few to show.
    """

    name: str
    outcome: OutcomeWords
    answers: str


@dataclass(frozen=True, slots=True)
class SurveyWords:
    """What the section says.

    Attributes:
        finding: Of the scores.
        place: Of the region's place; empty if not known.
        regions: Of the spread of all regions, or why there is none; empty without
            public values.
        public: What can be compared with the regions.
        rows: The dimensions, the lowest score first.
    """

    finding: str
    place: str
    regions: str
    public: str
    rows: tuple[DimensionWords, ...]


def survey_words(
    indicator: Indicator,
    rows: Sequence[OutcomeRow],
    benchmarks: Sequence[BenchmarkRow],
    region: str | None,
    year: int,
) -> SurveyWords:
    """Return a survey's dimensions in words, the lowest score first.

    Args:
        indicator: One of a dimension, to which the benchmarks belong.
        rows: Its outcomes by dimension, of one unit and period.
        benchmarks: Public values, of any year.
        region: The region that the unit lies in.
        year: Of the period.
    """
    public = of_year(benchmarks, year)
    ordered = sorted(rows, key=lambda row: (row.value is None, row.value or 0))
    own_place = place(public, region)
    return SurveyWords(
        _finding(indicator, [row for row in ordered if row.value is not None]),
        place_words(indicator, own_place) if own_place else "",
        _regions(indicator, public) if public else "",
        _public(indicator, public),
        tuple(_row(indicator, row) for row in ordered),
    )


def _name(row: OutcomeRow) -> str:
    return text.dimension_value("dimension", row.by_value, {})


def _public(indicator: Indicator, public: Sequence[BenchmarkRow]) -> str:
    if not public:
        return _("Regionernas värden för året finns inte i uppgifterna.")
    own_dimension = dimension_of(indicator) or ""
    return _(
        "Kolada har regionernas värden bara för {dimension}. För de andra "
        "frågeområdena går det inte att säga hur regionen ligger till i landet."
    ).format(dimension=text.dimension_value("dimension", own_dimension, {}))


def _finding(indicator: Indicator, shown: Sequence[OutcomeRow]) -> str:
    if len(shown) < 2:
        return (
            ""
            if shown
            else _("Inget frågeområde har tillräckligt många svar för att visas.")
        )
    low, high = shown[0], shown[-1]
    sentence = _("Lägst är {low}, {low_score}, och högst {high}, {high_score}.").format(
        low=_name(low),
        low_score=value_words(indicator, low),
        high=_name(high),
        high_score=value_words(indicator, high),
    )
    overlaps = (
        low.upper is not None and high.lower is not None and low.upper >= high.lower
    )
    if not overlaps:
        return sentence
    return sentence + " " + _("Intervallen överlappar: ordningen kan bero på slumpen.")


def place_words(indicator: Indicator, region_place: Place) -> str:
    """Say a region's place, and how far it is to the next."""
    benchmark = region_place.ranked
    score = text.bare(indicator, benchmark.value)
    sentence = _("{region} hade {score} år {year}: plats {rank}.").format(
        region=benchmark.region, score=score, year=benchmark.year, rank=_rank(benchmark)
    )
    if not region_place.next:
        return sentence
    nearest = region_place.next[0].rank or 0
    words = (
        _("Det är {gap} {unit} upp till plats {rank} ({regions}).")
        if nearest < (benchmark.rank or 0)
        else _("Det är {gap} {unit} ner till plats {rank} ({regions}).")
    )
    distance = words.format(
        gap=_gap(indicator, region_place),
        unit=text.difference_unit(indicator, region_place.gap),
        rank=nearest,
        regions=text.listed(row.region for row in region_place.next),
    )
    return f"{sentence} {distance}"


def _rank(row: BenchmarkRow) -> str:
    return headings.rank(row.rank or 0, row.regions)


def _gap(indicator: Indicator, region_place: Place) -> str:
    return text.number(region_place.gap, indicator.decimals)


def _row(indicator: Indicator, row: OutcomeRow) -> DimensionWords:
    words = outcome_words(indicator, row)
    return DimensionWords(_name(row), words, text.count(row.denominator))


def _regions(indicator: Indicator, public: Sequence[BenchmarkRow]) -> str:
    regions_spread = spread(public)
    if regions_spread is None:
        number = sum(row.kolada_region_id != NATION for row in public)
        return ngettext(
            "Bara {number} region finns i uppgifterna.",
            "Bara {number} regioner finns i uppgifterna.",
            number,
        ).format(number=text.count(number))
    levels = (regions_spread.lowest, regions_spread.median, regions_spread.highest)
    lowest, median, highest = (text.bare(indicator, level) for level in levels)
    return _(
        "Regionerna: lägst {lowest}, median {median} och högst {highest} ({number} "
        "regioner, {year})."
    ).format(
        lowest=lowest,
        median=median,
        highest=highest,
        number=text.count(regions_spread.regions),
        year=regions_spread.year,
    )
