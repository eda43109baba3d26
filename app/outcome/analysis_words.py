"""Words on how sure an outcome is and what its chart says, said by several rooms."""

from app.words import text
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.evidence import Evidence
from kpi.period import PeriodKind
from kpi.spc.points import Assurance, Variation

ANALYSIS = _l("Analys")
EVIDENCE = _l("Är det säkert?")
EVIDENCE_HINT = _l(
    "Om intervallet ligger på en sida av målet, och hur ofta slumpen ensam skulle ge "
    "ett värde så långt från det."
)
VARIATION = _l("Förändring")
ASSURANCE = _l("Klaras målet stadigt?")
TO_CHART = _l("Styrdiagram")
TO_FUNNEL = _l("Jämför enheter")
ALL_DEVIATIONS = _l("Alla avvikelser")
INDICATOR_PAGE = _l("Indikatorns sida")
NUMBERS = _l("Siffrorna")

EVIDENCE_WORDS: dict[Evidence, str] = {
    Evidence.REACHES: _l("når målet"),
    Evidence.DOES_NOT_REACH: _l("når inte målet"),
    Evidence.CANNOT_TELL: _l("kan inte avgöras"),
}

VARIATION_WORDS: dict[Variation, str] = {
    Variation.IMPROVING: _l("Bättre"),
    Variation.CONCERNING: _l("Sämre"),
    Variation.NEUTRAL: _l("Förändrat"),
    Variation.FAR_OUT: _l("Enstaka värde långt bort"),
    Variation.COMMON_CAUSE: _l("Oförändrat"),
}
VARIATION_SYMBOL: dict[Variation, str] = {
    Variation.IMPROVING: "▲",
    Variation.CONCERNING: "▼",
    Variation.NEUTRAL: "◆",
    Variation.FAR_OUT: "◇",
    Variation.COMMON_CAUSE: "●",
}
"""One to a variation: up is better, down is worse, whichever way the values go."""

ASSURANCE_WORDS: dict[Assurance, str] = {
    Assurance.PASSING: _l("Klarar målet stadigt"),
    Assurance.HIT_OR_MISS: _l("Målet: slumpen avgör"),
    Assurance.FAILING: _l("Klarar inte målet"),
}
ASSURANCE_SYMBOL: dict[Assurance, str] = {
    Assurance.PASSING: "✓",
    Assurance.HIT_OR_MISS: "~",
    Assurance.FAILING: "✗",
}


EACH_BY_ITSELF: dict[PeriodKind, str] = {
    PeriodKind.MONTH: _l("Bedömt månad för månad."),
    PeriodKind.QUARTER: _l("Bedömt kvartal för kvartal."),
    PeriodKind.TERTIAL: _l("Bedömt tertial för tertial."),
    PeriodKind.HALF: _l("Bedömt halvår för halvår."),
    PeriodKind.YEAR: _l("Bedömt år för år."),
}


def basis(
    kind: PeriodKind | None,
    beside: PeriodKind,
    met: int | None,
    points: int | None,
) -> str:
    """Say what an assurance is of, where the figure beside it may seem to differ.

    Args:
        kind: The length of the chart's periods.
        beside: That of the outcome it stands beside.
        met: How many of the chart's points after its last break met their target, each
            the one in force then.
        points: How many of them had one.
    """
    is_other = kind is not None and kind is not beside
    sentences = (
        [str(EACH_BY_ITSELF[kind])] if is_other and kind in EACH_BY_ITSELF else []
    )
    if points and met == 0:
        words = ngettext(
            "Den enda mätpunkten når inte det mål som gällde då.",
            "Ingen av {points} mätpunkter når det mål som gällde då.",
            points,
        )
        sentences.append(words.format(points=points))
    elif points and met == points:
        words = ngettext(
            "Den enda mätpunkten når det mål som gällde då.",
            "Alla {points} mätpunkter når det mål som gällde då.",
            points,
        )
        sentences.append(words.format(points=points))
    return " ".join(sentences)


def evidence(answer: Evidence) -> str:
    """Return what an interval says of the target, as it begins a cell."""
    return text.capital(str(EVIDENCE_WORDS[answer]))


def about(number: float) -> str:
    """Return an expected number, with a decimal only where it is small."""
    return text.number(number, 0 if number >= 2 else 1)
