"""The words of `/analys`, and what the analysis pages share."""

from app.outcome.deviations import Order, Signals
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.evidence import Evidence
from kpi.period import PeriodKind
from kpi.spc.choice import FEWEST_FOR_RUNS
from kpi.spc.points import Assurance, Variation

ANALYSIS = _l("Analys")
LEAD = _l(
    "Alla avvikelser i ett kvartal: mål som inte nås, och utfall som har blivit sämre "
    "mer än slumpen förklarar."
)
DEVIATIONS = _l("Avvikelser")
CASES = _l("Fall till målet")
CASES_HINT = _l(
    "Så många fall till (+), eller färre (−), hade behövts för att nå målet."
)
EVIDENCE = _l("Är det säkert?")
EVIDENCE_HINT = _l(
    "Om intervallet ligger på en sida av målet, och hur ofta slumpen ensam skulle ge "
    "ett värde så långt från det."
)
VARIATION = _l("Förändring")
VARIATION_HINT = _l("Vad den senaste punkten i styrdiagrammet säger.")
ASSURANCE = _l("Klaras målet stadigt?")
DURATION = _l("Har varat")
DURATION_HINT = _l(
    "Så många mätningar i rad som målet inte har nåtts, vilket mål som än gällde då. "
    "Ett brott i serien bryter inte raden."
)
SHOW_CHART = _l("Visa styrdiagrammet")
TO_CHART = _l("Styrdiagram")
TO_FUNNEL = _l("Jämför enheter")
TO_ROWS = _l("Underlag")
ORDER = _l("Ordning")
NONE_FOUND = _l("Inga avvikelser i urvalet")
NONE_FOUND_HELP = _l(
    "Inget mål missas och inget utfall har blivit sämre än slumpen förklarar."
)
NO_NEW_POINT = _l("Ingen ny mätpunkt")
ALL_DEVIATIONS = _l("Alla avvikelser")
INDICATOR_PAGE = _l("Indikatorns sida")
NUMBERS = _l("Siffrorna")

ORDERS: dict[Order, str] = {
    Order.PATIENTS: _l("Flest fall till målet först"),
    Order.EVIDENCE: _l("Säkrast först"),
    Order.DURATION: _l("Varat längst först"),
}

EVIDENCE_WORDS: dict[Evidence, str] = {
    Evidence.REACHES: _l("når målet"),
    Evidence.DOES_NOT_REACH: _l("når inte målet"),
    Evidence.CANNOT_TELL: _l("kan inte avgöras"),
}

VARIATION_WORDS: dict[Variation, str] = {
    Variation.IMPROVING: _l("Bättre"),
    Variation.CONCERNING: _l("Sämre"),
    Variation.NEUTRAL: _l("Förändrat"),
    Variation.COMMON_CAUSE: _l("Oförändrat"),
}
VARIATION_SYMBOL: dict[Variation, str] = {
    Variation.IMPROVING: "▲",
    Variation.CONCERNING: "▼",
    Variation.NEUTRAL: "◆",
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


def evidence(said: Evidence) -> str:
    """Return what an interval says of the target, as it begins a cell."""
    return text.capital(str(EVIDENCE_WORDS[said]))


def chance(p: float) -> str:
    """Say how often chance alone would bring a value so far from the target."""
    if p < 0.001:
        return _("slumpen: mer sällan än 1 gång på 1\xa0000")
    if p < 0.3:
        times = text.number(round(1 / p))
        return _("slumpen: ungefär 1 gång på {times}").format(times=times)
    times = text.number(round(10 * p))
    return _("slumpen: ungefär {times} gånger av 10").format(times=times)


def in_a_row(number: int, kind: PeriodKind) -> str:
    """Say how many periods in a row the target has not been met; empty for none."""
    if not number:
        return ""
    match kind:
        case PeriodKind.QUARTER:
            words = ngettext("{number} kvartal", "{number} kvartal", number)
        case PeriodKind.TERTIAL:
            words = ngettext("{number} tertial", "{number} tertial", number)
        case PeriodKind.HALF:
            words = ngettext("{number} halvår", "{number} halvår", number)
        case _:
            words = ngettext("{number} år", "{number} år", number)
    return words.format(number=number)


def number_found(number: int, indicators: int) -> str:
    """Say how many deviations there are, and in how many indicators."""
    return _("{deviations} i {indicators}.").format(
        deviations=ngettext("{number} avvikelse", "{number} avvikelser", number).format(
            number=number
        ),
        indicators=headings.indicators(indicators),
    )


def seen_above(number: int) -> str:
    """Say how many deviations are part of another one; empty for none."""
    if not number:
        return ""
    words = ngettext(
        "{number} av dem ingår i en annan på en högre nivå: en kliniks fall räknas "
        "också i sjukhuset och regionen.",
        "{number} av dem ingår i en annan på en högre nivå: en kliniks fall räknas "
        "också i sjukhuset och regionen.",
        number,
    )
    return words.format(number=number)


def signals(found: Signals) -> str:
    """Say how many series signal, and how many would by chance alone."""
    if not found.charts:
        return _("Ingen serie är lång nog för att visa om något har förändrats.")
    words = _(
        "Av {charts} serier som går att bedöma har {changed} ändrats: {worse} har "
        "blivit sämre och {better} bättre. Slumpen ensam skulle ge ungefär {by_chance} "
        "ändringar, åt båda hållen tillsammans."
    )
    return words.format(
        charts=found.charts,
        changed=found.worse + found.better,
        worse=found.worse,
        better=found.better,
        by_chance=about(found.by_chance),
    )


def about(number: float) -> str:
    """Return an expected number, with a decimal only where it is small."""
    return text.number(number, 0 if number >= 2 else 1)


ALIKE = _l("Kan inte bedömas: för många mätpunkter är lika")


def few_points(number: int) -> str:
    """Say why there is no chart."""
    words = ngettext(
        "Kan inte bedömas: {number} mätpunkt av minst {fewest}",
        "Kan inte bedömas: {number} mätpunkter av minst {fewest}",
        number,
    )
    return words.format(number=number, fewest=FEWEST_FOR_RUNS)
