"""The cancer pathways in words: their steps, and their cases one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from app.outcome.ways import WITHOUT
from app.pages.pathway import texts
from app.pages.pathway.find import Asked, Pathway
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


def params_of(asked: Asked) -> dict[str, str]:
    """Return what was asked for, as the page's own address and the API's say it."""
    given = {
        "svf": asked.svf,
        "unit": asked.unit,
        "period": str(asked.period),
        "without": WITHOUT if asked.is_local else None,
        "days": str(asked.days),
    }
    return {name: value for name, value in given.items() if value}


def finding(found: Pathway, asked: Asked) -> str:
    """Return where the days go, by rule from the numbers; empty with too few cases."""
    lost = found.lost
    if lost is None or lost.now.median is None:
        return ""
    period = text.period_words(asked.period)
    steps = (lost.now.step, *lost.also)
    said = [texts.lost(steps, lost.now.median, period)]
    if found.broken and not lost.also:
        said.append(findings.after_break(text.period_words(found.broken)))
    elif lost.before and lost.before.median is not None:
        difference = lost.now.median - lost.before.median
        if difference:
            is_sure = bool(
                lost.change and lost.change.movement is not Movement.CANNOT_TELL
            )
            said.append(texts.than_before(difference, lost.before.median, is_sure))
        else:
            said.append(texts.same_as_before())
    return " ".join(said)


def steps_in_words(found: Pathway) -> list[StepWords]:
    """Return each step, and the whole last."""
    pairs = zip(found.now.steps, found.before.steps, strict=True)
    return [_step(found, now, before) for now, before in pairs]


def _step(found: Pathway, now: StepTime, before: StepTime) -> StepWords:
    few = str(texts.FEW)
    is_few = found.is_few(now.cases)
    return StepWords(
        name=str(texts.STEP_NAMES[now.step]),
        cases=few if is_few else text.number(now.cases),
        median=few if is_few else texts.days_words(now.median),
        p90=few if is_few else texts.days_words(now.p90),
        before=_before(found, before),
        missing=few if is_few else text.number(now.missing),
        backwards=few if is_few else text.number(now.backwards),
    )


def _before(found: Pathway, before: StepTime) -> str:
    if found.broken:  # where the sentence does not compare, nor does the table
        return ""
    is_few = found.is_few(before.cases)
    return str(texts.FEW) if is_few else texts.days_words(before.median)


def in_time(found: Pathway, within: Within) -> str:
    """Return how many ended within their maximum."""
    if found.is_few(within.counted):
        return str(texts.FEW)
    return texts.share(within.within, within.counted)


def maxima_in_words(found: Pathway) -> list[MaximumWords]:
    """Return the maxima of the pathway."""
    days = {(one.ending, one.is_extended): one.days for one in found.maxima}
    endings = dict.fromkeys(one.ending for one in found.maxima)
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
    found: Pathway, one: OpenCase, units: UnitTree, pathways: Mapping[str, str]
) -> OpenWords:
    """Return an open case in words."""
    reached = max(
        (at for at, is_there in enumerate(one.reached, 1) if is_there), default=0
    )
    return OpenWords(
        number=text.number(one.number),
        unit=units.name(one.unit),
        pathway=pathways.get(one.svf, one.svf),
        waited=text.number(one.waited),
        left=text.number(abs(one.left)),
        by_ending=_by_ending(found.maxima_of(one), one.waited),
        reached=str(texts.PLACES[reached]),
    )


def _by_ending(maxima: tuple[Maximum, ...], waited: int) -> tuple[str, ...]:
    """Return what is left to the next maximum and to the last, and of which endings."""
    ways = {
        days - waited: [_ending(one.ending) for one in some]
        for days, some in groupby(maxima, key=lambda one: one.days)
    }
    if len(ways) < 2:
        return ()
    coming = [days for days in ways if days >= 0] or [*ways]
    return tuple(
        texts.left_of(ways[days], days)
        for days in dict.fromkeys((coming[0], coming[-1]))
    )


def ended_in_words(one: EndedCase, tells_maximum: bool) -> EndedWords:
    """Return an ended case in words.

    Args:
        one: The case.
        tells_maximum: Whether all are of one pathway. Among others its maximum would
            tell which one it is of.
    """
    if one.is_within is None:
        within = texts.NO_MAXIMUM
    else:
        within = texts.YES if one.is_within else texts.NO
    return EndedWords(
        text.number(one.number),
        text.number(one.days),
        texts.days_words(one.max_days) if tells_maximum else "",
        str(within),
        tuple(texts.days_words(days) for days in one.steps[: len(STEPS)]),
    )
