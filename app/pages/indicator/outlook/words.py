"""How sure an outcome is, and whether the year's target will be met, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from app.outcome import analysis_words
from app.outcome.deviations import detectable_gap_of, evidence_of
from app.outcome.words import reason_words, target_number, target_words, value_words
from app.pages.indicator.outlook.find import LEAST_CASES, Basis, Silence, YearOutlook
from app.queries.outcomes import OutcomeRow
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.assessment import Reason
from kpi.definitions import Indicator
from kpi.evidence import Evidence
from kpi.forecast import Outlook, Tally
from kpi.period import Period

_INCOMPLETE = (Reason.UNITS_MISSING, Reason.PARTLY_MASKED)

_YEAR = _l("Når vi målet i år?")
_EVIDENCE_MEANS: dict[Evidence, str] = {
    Evidence.REACHES: _l("Hela intervallet ligger på rätt sida om målet."),
    Evidence.DOES_NOT_REACH: _l("Hela intervallet ligger på fel sida om målet."),
    Evidence.CANNOT_TELL: _l("Intervallet rymmer målet."),
}
_SILENCE: dict[Silence, str] = {
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
    Silence.PARTS_MISSING: _l(
        "Ingen prognos: alla delar av året hittills har inte rapporterats."
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


@dataclass(frozen=True, slots=True)
class EvidenceWords:
    """Whether an outcome is on one side of its target for sure.

    Attributes:
        word: Reaches, does not reach, or cannot tell.
        more: What that means, and how large a gap the cases could have shown.
    """

    word: str
    more: tuple[str, ...]


def evidence_words(indicator: Indicator, row: OutcomeRow) -> EvidenceWords | None:
    """Return how sure an outcome is; None without an interval and a fixed target."""
    answer = evidence_of(row)
    if answer is None:
        return None
    more = [str(_EVIDENCE_MEANS[answer])]
    gap = detectable_gap_of(indicator, row)
    if gap is not None:
        target = target_number(indicator, row.target or 0.0)
        cases = round(row.denominator or 0)
        more.append(_shows_gap(cases, target, gap))
    return EvidenceWords(analysis_words.evidence(answer), tuple(more))


@dataclass(frozen=True, slots=True)
class OutlookWords:
    """Whether the year's target will be met.

    Attributes:
        title: What is asked.
        answer: In a sentence.
        more: What the rest must reach, and what to know of the numbers.
        method: The numbers used, by name; empty where nothing was reckoned.
    """

    title: str
    answer: str
    more: tuple[str, ...] = ()
    method: tuple[tuple[str, str], ...] = ()


def outlook_words(
    indicator: Indicator, year_outlook: YearOutlook
) -> OutlookWords | None:
    """Return how the year stands, in words; None where nobody would ask."""
    row = year_outlook.row
    if row is None:
        return None
    if year_outlook.silence:
        sentence = _silence(year_outlook.silence)
        return OutlookWords(str(_YEAR), sentence) if sentence else None
    target = target_words(indicator, row.target, row.target_rule)
    if year_outlook.basis is None:
        outlook = year_outlook.outlook or Outlook.OPEN
        value = _outcome(indicator, row)
        sentence = _result(outlook, target, year_outlook.year, value)
        title = _("Nåddes målet {year}?").format(year=year_outlook.year.year)
        return OutlookWords(title, sentence, _cautions(indicator, row))
    basis = year_outlook.basis
    return OutlookWords(
        str(_YEAR),
        _answer(target, year_outlook.year, row, basis),
        (*_needed(basis), *_cautions(indicator, row)),
        _method(indicator, target, year_outlook.year, basis),
    )


def _outcome(indicator: Indicator, row: OutcomeRow) -> str:
    if row.numerator is None or not row.denominator:
        return value_words(indicator, row)
    return _share(indicator, Tally(round(row.numerator), round(row.denominator)))


def _cautions(indicator: Indicator, row: OutcomeRow) -> tuple[str, ...]:
    return (reason_words(indicator, row),) if row.reason in _INCOMPLETE else ()


def _answer(target: str, year: Period, row: OutcomeRow, basis: Basis) -> str:
    forecast = basis.forecast
    match forecast.outlook:
        case Outlook.CERTAIN:
            return _certain(target, year, forecast.remaining)
        case Outlook.IMPOSSIBLE:
            # Nothing goes beyond all or none, however many cases are still to come.
            is_final = row.target == (100 if forecast.is_at_least else 0)
            return _impossible(target, year, forecast.remaining, is_final)
        case _:
            return open_outlook(target, year, forecast.probability)


def _needed(basis: Basis) -> Sequence[str]:
    forecast = basis.forecast
    if forecast.outlook is not Outlook.OPEN:
        return ()
    return (_what_is_needed(forecast.bound, forecast.is_at_least, forecast.remaining),)


def _method(
    indicator: Indicator, target: str, year: Period, basis: Basis
) -> tuple[tuple[str, str], ...]:
    forecast, last = basis.forecast, basis.last_year
    before = [period.year_before() for period in basis.waiting]
    counts = _share(indicator, basis.so_far)
    pairs = [
        (headings.TARGET, target),
        (
            _("Hittills i år"),
            _("{counts}, till och med {period}").format(
                counts=counts, period=text.period_words(basis.until)
            ),
        ),
        (_("Resten av året"), _rest(forecast.remaining, before)),
    ]
    if forecast.outlook is Outlook.OPEN:
        weight = (
            _("{prior} fall av {cases} med andelen {share} från {year}").format(
                prior=text.count(forecast.prior_cases),
                cases=text.count(last.denominator),
                year=year.year_before().year,
                share=_per_cent(indicator, last),
            )
            if last
            else _("Ingen: förra årets utfall är inte känt eller inte jämförbart.")
        )
        needed = Tally(forecast.bound, forecast.remaining)
        pairs += [
            (_("Det som krävs"), _share(indicator, needed)),
            (_("Förra årets vikt"), weight),
            (
                _("Sannolikhet"),
                text.capital(_chance(forecast.probability)),
            ),
            (
                _("Metod"),
                _(
                    "Årets fall, ett halvt fall åt vardera hållet (Jeffreys) och förra "
                    "årets vikt ger en uppfattning om andelen. Av den följer hur "
                    "troligt varje utfall är för de fall som återstår "
                    "(betabinomialfördelning). Kvartalen får variera kring årets nivå, "
                    "som 77–83 % kring 80 %. Det gäller om nivån består och om fallen "
                    "blir så många som väntat. Beräkningen vet inget om förändringar "
                    "som planeras."
                ),
            ),
        ]
    return tuple((str(name), str(sentence)) for name, sentence in pairs)


def _share(indicator: Indicator, counts: Tally) -> str:
    per_cent = _per_cent(indicator, counts)
    return _("{numerator} av {denominator} ({share})").format(
        numerator=text.count(counts.numerator),
        denominator=text.count(counts.denominator),
        share=per_cent,
    )


def _per_cent(indicator: Indicator, counts: Tally) -> str:
    share = 100 * counts.numerator / counts.denominator
    return text.value(indicator, share)


def _silence(why: Silence) -> str:
    """Say why nothing is forecast; empty where nobody would ask for it."""
    if why is Silence.FEW_CASES:
        words = _(
            "Ingen prognos: färre än {number} fall hittills i år. Den skulle mest visa "
            "slumpen."
        )
        return words.format(number=LEAST_CASES)
    return str(_SILENCE.get(why, ""))


def _shows_gap(cases: int, target: str, gap: float) -> str:
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


def _result(outlook: Outlook, target: str, year: Period, value: str) -> str:
    """Say whether a year that is over met its target."""
    if outlook is Outlook.MET:
        words = _("Målet ({target}) nåddes {year}: {value}.")
    else:
        words = _("Målet ({target}) nåddes inte {year}: {value}.")
    return words.format(target=target, year=year.year, value=value)


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
    sentence = _chance(probability)
    return words.format(target=target, year=year.year, chance=sentence)


def _chance(probability: float) -> str:
    """Return a probability that is neither none nor all."""
    if probability < 0.01:
        return _("mindre än {share}").format(share=text.per_cent(1, 0))
    if probability > 0.99:
        return _("mer än {share}").format(share=text.per_cent(99, 0))
    share = text.per_cent(100 * probability, 0)
    return _("ungefär {share}").format(share=share)


def _certain(target: str, year: Period, remaining: int) -> str:
    """Say that the target is met however the rest of the year goes."""
    words = _(
        "Målet ({target}) nås {year} hur resten av året än går, om det inte kommer "
        "betydligt fler fall än de {remaining} som väntas."
    )
    count = text.count(remaining)
    return words.format(target=target, year=year.year, remaining=count)


def _impossible(target: str, year: Period, remaining: int, is_final: bool) -> str:
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


def _what_is_needed(bound: int, is_at_least: bool, remaining: int) -> str:
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


def _rest(remaining: int, before: Sequence[Period]) -> str:
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
