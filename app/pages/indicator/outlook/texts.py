"""The words for how sure an outcome is, and whether the year's target will be met."""

from collections.abc import Sequence
from math import ceil

from app.pages.indicator.outlook.find import LEAST_CASES, Silence
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.evidence import Evidence
from kpi.forecast import Outlook
from kpi.period import Period

YEAR = _l("Når vi målet i år?")
METHOD = _l("Så är det räknat")
SO_FAR = _l("Hittills i år")
REST = _l("Resten av året")
NEEDED = _l("Det som krävs")
LAST_YEAR = _l("Förra årets vikt")
PROBABILITY = _l("Sannolikhet")
MODEL = _l("Metod")
MODEL_MEANS = _l(
    "Årets fall, ett halvt fall åt vardera hållet (Jeffreys) och förra årets vikt ger "
    "en uppfattning om andelen. Av den följer hur troligt varje utfall är för de fall "
    "som återstår (betabinomialfördelning). Kvartalen får variera kring årets nivå, "
    "som 77–83 % kring 80 %. Det gäller om nivån består och om fallen blir så många "
    "som väntat. Beräkningen vet inget om förändringar som planeras."
)

EVIDENCE_MEANS: dict[Evidence, str] = {
    Evidence.REACHES: _l("Hela intervallet ligger på rätt sida om målet."),
    Evidence.DOES_NOT_REACH: _l("Hela intervallet ligger på fel sida om målet."),
    Evidence.CANNOT_TELL: _l("Intervallet rymmer målet."),
}

SILENCE: dict[Silence, str] = {
    Silence.NOT_A_SUM: _l(
        "Ingen prognos: årets värde är ett genomsnitt över tid och går inte att lägga "
        "ihop av fall."
    ),
    Silence.NO_COUNTS: _l(
        "Ingen prognos: källan lämnar värden utan de antal som behövs för att räkna på "
        "resten av året."
    ),
    Silence.NOT_SHOWN: _l(
        "Ingen prognos: någon del av året visas inte, för att fallen är för få eller "
        "källan har maskerat dem."
    ),
    Silence.NOTHING_YET: _l("Ingen prognos: inget har kommit in för året än."),
    Silence.BREAK: _l(
        "Ingen prognos: ett brott i serien gör att årets värden inte kan jämföras med "
        "varandra eller med förra årets."
    ),
    Silence.LAST_YEAR_UNKNOWN: _l(
        "Ingen prognos: antalet fall under samma del av förra året är inte känt, och "
        "det går därför inte att säga hur många som återstår."
    ),
}


def silence(why: Silence) -> str:
    """Say why nothing is forecast; empty where nobody would ask for it."""
    if why is Silence.FEW_CASES:
        words = _(
            "Ingen prognos: färre än {number} fall hittills i år. Den skulle mest visa "
            "slumpen."
        )
        return words.format(number=LEAST_CASES)
    return str(SILENCE.get(why, ""))


def shows_gap(cases: int, target: str, gap: float) -> str:
    """Say how large a gap so many cases can show."""
    words = _(
        "Med {cases} fall och målet {target} upptäcks en verklig avvikelse på {gap} "
        "procentenheter fyra gånger av fem. Mindre avvikelser missas oftare."
    )
    places = 0 if gap >= 2 else 1
    # Up: a smaller gap than the least that is found would promise too much.
    least = ceil(round(gap * 10**places, 6)) / 10**places
    return words.format(
        cases=text.count(cases), target=target, gap=text.number(least, places)
    )


def whole_year(year: Period) -> str:
    """Ask whether the target of a year that is over was met."""
    return _("Nåddes målet {year}?").format(year=year.year)


def result(outlook: Outlook, target: str, year: Period, value: str) -> str:
    """Say whether a year that is over met its target."""
    if outlook is Outlook.MET:
        words = _("Målet ({target}) nåddes {year}: {value}.")
    else:
        words = _("Målet ({target}) nåddes inte {year}: {value}.")
    return words.format(target=target, year=year.year, value=value)


def share(numerator: int, denominator: int, per_cent: str) -> str:
    """Return counts with their share: `86 av 99 (86,9 %)`."""
    words = _("{numerator} av {denominator} ({share})")
    return words.format(
        numerator=text.count(numerator),
        denominator=text.count(denominator),
        share=per_cent,
    )


def so_far(counts: str, until: Period) -> str:
    """Return this year's counts and how far they reach."""
    words = _("{counts}, till och med {period}")
    return words.format(counts=counts, period=text.period_words(until))


def open_outlook(target: str, year: Period, probability: float) -> str:
    """Say how likely the year's target is to be met."""
    if probability >= 0.8:
        words = _("Målet ({target}) nås troligen {year}: sannolikheten är {chance}.")
    elif probability > 0.2:
        words = _(
            "Det är osäkert om målet ({target}) nås {year}: sannolikheten är {chance}."
        )
    elif probability >= 0.01:
        words = _(
            "Målet ({target}) nås troligen inte {year}: sannolikheten är {chance}."
        )
    else:
        words = _(
            "Målet ({target}) nås nästan säkert inte {year}: sannolikheten är {chance}."
        )
    sentence = chance(probability)
    return words.format(target=target, year=year.year, chance=sentence)


def chance(probability: float) -> str:
    """Return a probability that is neither none nor all."""
    if probability < 0.01:
        return _("mindre än {share}").format(share=text.per_cent(1, 0))
    if probability > 0.99:
        return _("mer än {share}").format(share=text.per_cent(99, 0))
    share = text.per_cent(100 * probability, 0)
    return _("ungefär {share}").format(share=share)


def certain(target: str, year: Period, remaining: int) -> str:
    """Say that the target is met however the rest of the year goes."""
    words = _(
        "Målet ({target}) nås {year} hur resten av året än går, om det inte kommer "
        "betydligt fler fall än de {remaining} som väntas."
    )
    count = text.count(remaining)
    return words.format(target=target, year=year.year, remaining=count)


def impossible(target: str, year: Period, remaining: int, is_final: bool) -> str:
    """Say that the target cannot be met any more.

    Args:
        target: With its rule.
        year: The year.
        remaining: Cases expected.
        is_final: Whether not even more cases than expected could change it.
    """
    if is_final:
        words = _(
            "Målet ({target}) kan inte längre nås {year}: det tillåter inga undantag, "
            "och det finns redan fall som bryter mot det."
        )
    else:
        words = _(
            "Målet ({target}) kan inte längre nås {year}, hur resten av året än går, "
            "om det inte kommer betydligt fler fall än de {remaining} som väntas."
        )
    count = text.count(remaining)
    return words.format(target=target, year=year.year, remaining=count)


def needed(bound: int, is_at_least: bool, remaining: int) -> str:
    """Say what the rest of the year must reach."""
    if is_at_least:
        words = _(
            "Det krävs att minst {bound} av ungefär {remaining} återstående fall "
            "uppfyller kriteriet."
        )
    elif bound == 0:
        words = _(
            "Inget av ungefär {remaining} återstående fall får räknas i täljaren."
        )
    else:
        words = _(
            "Högst {bound} av ungefär {remaining} återstående fall får räknas i "
            "täljaren."
        )
    return words.format(bound=text.count(bound), remaining=text.count(remaining))


def rest(remaining: int, before: Sequence[Period]) -> str:
    """Say how many cases are expected, and how that was reckoned."""
    words = _("{remaining} fall väntas, lika många som {periods}")
    periods = text.listed(_runs(before))
    return words.format(remaining=text.count(remaining), periods=periods)


def _runs(periods: Sequence[Period]) -> list[str]:
    """Return periods in words, those that follow on each other as one."""
    runs: list[list[Period]] = []
    for period in periods:
        if runs and runs[-1][-1].last + 1 == period.first:
            runs[-1].append(period)
        else:
            runs.append([period])
    return [_run(run[0], run[-1]) for run in runs]


def _run(first: Period, last: Period) -> str:
    if first == last:
        return text.period_words(first)
    words = _("{first} till {last}")
    return words.format(first=text.period_words(first), last=text.period_words(last))


def last_year(prior: float, cases: int, year: Period, share: str) -> str:
    """Say how much last year weighs."""
    words = _("{prior} fall av {cases} med andelen {share} från {year}")
    return words.format(
        prior=text.count(prior),
        cases=text.count(cases),
        year=year.year,
        share=share,
    )


def no_last_year() -> str:
    """Say that last year does not weigh."""
    return _("Ingen: förra årets utfall är inte känt eller inte jämförbart.")
