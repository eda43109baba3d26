"""The cancer pathways in words: their steps, and their cases one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from app.outcome.ways import WITHOUT
from app.pages.pathway import texts
from app.pages.pathway.find import Pathway, Question
from app.queries.pathway import STEPS, StepTime, Within
from app.queries.pathway_cases import EndedCase, OpenCase
from app.queries.pathway_register import Maximum
from app.queries.units import UnitTree
from app.words import findings, text
from app.words.dimensions import ENDINGS
from kpi.evidence import Movement


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step as a row of the table."""

    name: str
    cases: str
    median: str
    p90: str
    before: str
    missing: str
    backwards: str


class MaximumWords(NamedTuple):
    """The maxima of one ending, the latter after extended investigation."""

    ending: str
    ordinary: str
    extended: str


@dataclass(frozen=True, slots=True)
class OpenWords:
    """An open case as a row of the table.

    `left` is days over for one past its last maximum; `by_ending` is empty where all
    are alike.
    """

    number: str
    unit: str
    pathway: str
    waited: str
    left: str
    by_ending: tuple[str, ...]
    reached: str


@dataclass(frozen=True, slots=True)
class EndedWords:
    """An ended case as a row of the table."""

    number: str
    days: str
    maximum: str
    within: str
    steps: tuple[str, ...]


def params_of(question: Question) -> dict[str, str]:
    """Return what was asked for, as the page's own address and the API's say it."""
    given = {
        "svf": question.svf,
        "unit": question.unit,
        "period": str(question.period),
        "without": WITHOUT if question.is_local else None,
        "days": str(question.days),
    }
    return {name: value for name, value in given.items() if value}


def finding(pathway: Pathway, question: Question) -> str:
    """Return where the days go, by rule from the numbers; empty with too few cases."""
    lost = pathway.lost
    if lost is None or lost.now.median is None:
        return ""
    period = text.period_words(question.period)
    steps = (lost.now.step, *lost.also)
    sentences = [texts.lost(steps, lost.now.median, period)]
    if pathway.broken and not lost.also:
        sentences.append(findings.after_break(text.period_words(pathway.broken)))
    elif lost.before and lost.before.median is not None:
        difference = lost.now.median - lost.before.median
        if difference:
            is_sure = bool(
                lost.change and lost.change.movement is not Movement.CANNOT_TELL
            )
            sentences.append(texts.than_before(difference, lost.before.median, is_sure))
        else:
            sentences.append(texts.same_as_before())
    return " ".join(sentences)


def steps_in_words(pathway: Pathway) -> list[StepWords]:
    """Return each step, and the whole last."""
    pairs = zip(pathway.now.steps, pathway.before.steps, strict=True)
    return [_step(pathway, now, before) for now, before in pairs]


def _step(pathway: Pathway, now: StepTime, before: StepTime) -> StepWords:
    few = str(texts.FEW)
    is_few = pathway.is_few(now.cases)
    return StepWords(
        name=str(texts.STEP_NAMES[now.step]),
        cases=few if is_few else text.number(now.cases),
        median=few if is_few else texts.days_words(now.median),
        p90=few if is_few else texts.days_words(now.p90),
        before=_before(pathway, before),
        missing=few if is_few else text.number(now.missing),
        backwards=few if is_few else text.number(now.backwards),
    )


def _before(pathway: Pathway, before: StepTime) -> str:
    if pathway.broken:  # where the sentence does not compare, nor does the table
        return ""
    is_few = pathway.is_few(before.cases)
    return str(texts.FEW) if is_few else texts.days_words(before.median)


def in_time(pathway: Pathway, within: Within) -> str:
    """Return how many ended within their maximum."""
    if pathway.is_few(within.counted):
        return str(texts.FEW)
    return texts.share(within.within, within.counted)


def maxima_in_words(pathway: Pathway) -> list[MaximumWords]:
    """Return the maxima of the pathway."""
    days = {
        (maximum.ending, maximum.is_extended): maximum.days
        for maximum in pathway.maxima
    }
    endings = dict.fromkeys(maximum.ending for maximum in pathway.maxima)
    return [
        MaximumWords(
            text.capital(_ending(ending)),
            texts.days_words(days.get((ending, False))),
            texts.days_words(days.get((ending, True))),
        )
        for ending in endings
    ]


def _ending(ending: str) -> str:
    return str(ENDINGS.get(ending, ending))


def open_in_words(
    pathway: Pathway, case: OpenCase, units: UnitTree, pathways: Mapping[str, str]
) -> OpenWords:
    """Return an open case in words."""
    reached = max(
        (at for at, is_there in enumerate(case.reached, 1) if is_there), default=0
    )
    return OpenWords(
        number=text.number(case.number),
        unit=units.name(case.unit),
        pathway=pathways.get(case.svf, case.svf),
        waited=text.number(case.waited),
        left=text.number(abs(case.left)),
        by_ending=_by_ending(pathway.maxima_of(case), case.waited),
        reached=str(texts.PLACES[reached]),
    )


def _by_ending(maxima: tuple[Maximum, ...], waited: int) -> tuple[str, ...]:
    """Return what is left to the next maximum and to the last, and of which endings."""
    ways = {
        days - waited: [_ending(maximum.ending) for maximum in some]
        for days, some in groupby(maxima, key=lambda maximum: maximum.days)
    }
    if len(ways) < 2:
        return ()
    coming = [days for days in ways if days >= 0] or [*ways]
    return tuple(
        texts.left_of(ways[days], days)
        for days in dict.fromkeys((coming[0], coming[-1]))
    )


def ended_in_words(case: EndedCase, tells_maximum: bool) -> EndedWords:
    """Return an ended case in words.

    Args:
        case: The case.
        tells_maximum: Whether all are of one pathway. Among others its maximum would
            tell which one it is of.
    """
    if case.is_within is None:
        within = texts.NO_MAXIMUM
    else:
        within = texts.YES if case.is_within else texts.NO
    return EndedWords(
        text.number(case.number),
        text.number(case.days),
        texts.days_words(case.max_days) if tells_maximum else "",
        str(within),
        tuple(texts.days_words(days) for days in case.steps[: len(STEPS)]),
    )
