"""How sure an outcome is, and whether the year's target will be met, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.outcome import analysis_texts
from app.outcome.deviations import detectable_gap_of, evidence_of
from app.outcome.words import reason_words, target_number, target_words, value_words
from app.pages.indicator.outlook import texts
from app.pages.indicator.outlook.find import Basis, YearOutlook
from app.queries.outcomes import OutcomeRow
from app.words import headings, text
from kpi.assessment import Reason
from kpi.definitions import Indicator
from kpi.forecast import Outlook, Tally
from kpi.period import Period

_INCOMPLETE = (Reason.UNITS_MISSING, Reason.PARTLY_MASKED)


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
    said = evidence_of(row)
    if said is None:
        return None
    more = [str(texts.EVIDENCE_MEANS[said])]
    gap = detectable_gap_of(indicator, row)
    if gap is not None:
        target = target_number(indicator, row.target or 0.0)
        cases = round(row.denominator or 0)
        more.append(texts.shows_gap(cases, target, gap))
    return EvidenceWords(analysis_texts.evidence(said), tuple(more))


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


def outlook_words(indicator: Indicator, found: YearOutlook) -> OutlookWords | None:
    """Return how the year stands, in words; None where nobody would ask."""
    row = found.row
    if row is None:
        return None
    if found.silence:
        sentence = texts.silence(found.silence)
        return OutlookWords(str(texts.YEAR), sentence) if sentence else None
    target = target_words(indicator, row.target, row.target_rule)
    if found.basis is None:
        outlook = found.outlook or Outlook.OPEN
        value = _outcome(indicator, row)
        sentence = texts.result(outlook, target, found.year, value)
        title = texts.whole_year(found.year)
        return OutlookWords(title, sentence, _cautions(indicator, row))
    basis = found.basis
    return OutlookWords(
        str(texts.YEAR),
        _answer(target, found.year, row, basis),
        (*_needed(basis), *_cautions(indicator, row)),
        _method(indicator, target, found.year, basis),
    )


def _outcome(indicator: Indicator, row: OutcomeRow) -> str:
    if row.numerator is None or not row.denominator:
        return value_words(indicator, row)
    return _share(indicator, Tally(round(row.numerator), round(row.denominator)))


def _cautions(indicator: Indicator, row: OutcomeRow) -> tuple[str, ...]:
    return (reason_words(indicator, row),) if row.reason in _INCOMPLETE else ()


def _answer(target: str, year: Period, row: OutcomeRow, basis: Basis) -> str:
    forecast = basis.found
    match forecast.outlook:
        case Outlook.CERTAIN:
            return texts.certain(target, year, forecast.remaining)
        case Outlook.IMPOSSIBLE:
            # Nothing goes beyond all or none, however many cases are still to come.
            is_final = row.target == (100 if forecast.is_at_least else 0)
            return texts.impossible(target, year, forecast.remaining, is_final)
        case _:
            return texts.open_outlook(target, year, forecast.probability)


def _needed(basis: Basis) -> Sequence[str]:
    forecast = basis.found
    if forecast.outlook is not Outlook.OPEN:
        return ()
    return (texts.needed(forecast.bound, forecast.is_at_least, forecast.remaining),)


def _method(
    indicator: Indicator, target: str, year: Period, basis: Basis
) -> tuple[tuple[str, str], ...]:
    forecast, last = basis.found, basis.last_year
    before = [period.year_before() for period in basis.waiting]
    counts = _share(indicator, basis.so_far)
    pairs = [
        (headings.TARGET, target),
        (texts.SO_FAR, texts.so_far(counts, basis.until)),
        (texts.REST, texts.rest(forecast.remaining, before)),
    ]
    if forecast.outlook is Outlook.OPEN:
        weight = (
            texts.last_year(
                forecast.prior_cases,
                last.denominator,
                year.year_before(),
                _per_cent(indicator, last),
            )
            if last
            else texts.no_last_year()
        )
        needed = Tally(forecast.bound, forecast.remaining)
        pairs += [
            (texts.NEEDED, _share(indicator, needed)),
            (texts.LAST_YEAR, weight),
            (
                texts.PROBABILITY,
                text.capital(texts.chance(forecast.probability)),
            ),
            (texts.MODEL, texts.MODEL_MEANS),
        ]
    return tuple((str(name), str(sentence)) for name, sentence in pairs)


def _share(indicator: Indicator, counts: Tally) -> str:
    per_cent = _per_cent(indicator, counts)
    return texts.share(counts.numerator, counts.denominator, per_cent)


def _per_cent(indicator: Indicator, counts: Tally) -> str:
    share = 100 * counts.numerator / counts.denominator
    return text.value(indicator, share)
