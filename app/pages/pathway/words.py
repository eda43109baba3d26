"""The cancer pathways in words: their steps, and their cases one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from app.outcome import finding_words
from app.outcome.ways import WITHOUT
from app.pages.pathway.find import Pathway, Question
from app.queries.pathway import STEPS, Step, StepTime, Within
from app.queries.pathway_cases import EndedCase, Group, OpenCase
from app.queries.pathway_register import Maximum
from app.queries.units import UnitTree
from app.words import text
from app.words.dimensions import ENDINGS
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.evidence import Movement

PATHWAY_LABEL = _l("Vårdförlopp")
TOO_FEW = _l("För få fall för att visas")
TOO_FEW_HELP = _l("Välj en längre period, fler vårdförlopp eller en enhet ovanför.")
_FEW = _l("för få")
STEPS_HEADING = _l("Stegen")
CURVE = _l("Väntetid")
_STEP_NAMES: dict[Step, str] = {
    Step.FIRST_VISIT: _l("Välgrundad misstanke till första besök"),
    Step.CONFERENCE: _l("Första besök till multidisciplinär konferens"),
    Step.DECISION: _l("Multidisciplinär konferens till behandlingsbeslut"),
    Step.START: _l("Behandlingsbeslut till start av behandling"),
    Step.WHOLE: _l("Hela förloppet"),
}
_STEP_PHRASES: dict[Step, str] = {
    Step.FIRST_VISIT: _l("från välgrundad misstanke till första besök"),
    Step.CONFERENCE: _l("från första besök till multidisciplinär konferens"),
    Step.DECISION: _l("från multidisciplinär konferens till behandlingsbeslut"),
    Step.START: _l("från behandlingsbeslut till start av behandling"),
}
STEP_COLUMNS: dict[Step, str] = {
    Step.FIRST_VISIT: _l("Till första besök"),
    Step.CONFERENCE: _l("Till konferens"),
    Step.DECISION: _l("Till beslut"),
    Step.START: _l("Till start"),
}
CASE = _l("Nr i listan")
_PLACES = (
    _l("Välgrundad misstanke"),
    _l("Första besök"),
    _l("Multidisciplinär konferens"),
    _l("Behandlingsbeslut"),
)
"""How far an open case has come."""


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
    sentences = [_lost(steps, lost.now.median, period)]
    if pathway.broken and not lost.also:
        sentences.append(finding_words.after_break(text.period_words(pathway.broken)))
    elif lost.before and lost.before.median is not None:
        difference = lost.now.median - lost.before.median
        if difference:
            is_sure = bool(
                lost.change and lost.change.movement is not Movement.CANNOT_TELL
            )
            sentences.append(_than_before(difference, lost.before.median, is_sure))
        else:
            sentences.append(_("Det är lika länge som ett år tidigare."))
    return " ".join(sentences)


def steps_in_words(pathway: Pathway) -> list[StepWords]:
    """Return each step, and the whole last."""
    pairs = zip(pathway.now.steps, pathway.before.steps, strict=True)
    return [_step(pathway, now, before) for now, before in pairs]


def _step(pathway: Pathway, now: StepTime, before: StepTime) -> StepWords:
    few = str(_FEW)
    is_few = pathway.is_few(now.cases)
    return StepWords(
        name=str(_STEP_NAMES[now.step]),
        cases=few if is_few else text.number(now.cases),
        median=few if is_few else _days_words(now.median),
        p90=few if is_few else _days_words(now.p90),
        before=_before(pathway, before),
        missing=few if is_few else text.number(now.missing),
        backwards=few if is_few else text.number(now.backwards),
    )


def _before(pathway: Pathway, before: StepTime) -> str:
    if pathway.broken:  # where the sentence does not compare, nor does the table
        return ""
    is_few = pathway.is_few(before.cases)
    return str(_FEW) if is_few else _days_words(before.median)


def in_time(pathway: Pathway, within: Within) -> str:
    """Return how many ended within their maximum."""
    if pathway.is_few(within.counted):
        return str(_FEW)
    return _("{share} ({within} av {counted})").format(
        share=text.per_cent(100 * within.within / within.counted),
        within=text.number(within.within),
        counted=text.number(within.counted),
    )


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
            _days_words(days.get((ending, False))),
            _days_words(days.get((ending, True))),
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
        reached=str(_PLACES[reached]),
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
        f"{text.capital(text.listed(ways[days]))}: {_left(days)}"
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
        within = _("ingen känd")
    else:
        within = _("ja") if case.is_within else _("nej")
    return EndedWords(
        text.number(case.number),
        text.number(case.days),
        _days_words(case.max_days) if tells_maximum else "",
        str(within),
        tuple(_days_words(days) for days in case.steps[: len(STEPS)]),
    )


def some_days(days: float) -> str:
    """Return a number of days with its unit: `1 dag`, `2,5 dagar`."""
    words = ngettext("{days} dag", "{days} dagar", 1 if days == 1 else 2)
    return words.format(days=_days_words(days))


def _days_words(days: float | None) -> str:
    """Return a number of days, with a decimal only where there is one to tell."""
    if days is None:
        return text.NO_VALUE
    rounded = round(days, 1)
    return text.number(rounded, 0 if rounded == int(rounded) else 1)


def _lost(steps: Sequence[Step], median: float, period: str) -> str:
    """Say in which step most days go, or in which ones alike."""
    words = (
        _("Mest tid går {step}: i median {days} ({period}).")
        if len(steps) == 1
        else _("Mest tid går {step}: i median {days} vardera ({period}).")
    )
    step = text.listed(_STEP_PHRASES[lost_step] for lost_step in steps)
    return words.format(step=step, days=some_days(median), period=period)


def _than_before(difference: float, before: float, is_sure: bool) -> str:
    """Say how much longer or shorter a step takes than a year earlier."""
    if difference > 0 and is_sure:
        words = _("Det är {days} längre än ett år tidigare ({before}).")
    elif difference > 0:
        words = _(
            "Det är {days} längre än ett år tidigare ({before}), men skillnaden kan "
            "bero på slumpen."
        )
    elif is_sure:
        words = _("Det är {days} kortare än ett år tidigare ({before}).")
    else:
        words = _(
            "Det är {days} kortare än ett år tidigare ({before}), men skillnaden kan "
            "bero på slumpen."
        )
    return words.format(days=some_days(abs(difference)), before=some_days(before))


def half_answered(days: float, lower: float | None, upper: float | None) -> str:
    """Say after how long half of the cases no longer wait."""
    if lower is None or upper is None:
        words = _(
            "Hälften har börjat behandlas eller fått ett annat besked inom {days}."
        )
        return words.format(days=some_days(days))
    words = _(
        "Hälften har börjat behandlas eller fått ett annat besked inom {days} (95 "
        "%-intervall {low}–{high})."
    )
    return words.format(
        days=some_days(days), low=_days_words(lower), high=_days_words(upper)
    )


def waits_longer(share: float, days: int, which: str) -> str:
    """Say how many still wait after a maximum.

    Args:
        share: 0-1.
        days: The maximum.
        which: `only`, `shortest` or `longest` of the pathway's maxima.
    """
    match which:
        case "only":
            words = _("{share} väntar fortfarande efter {days}, den maximala ledtiden.")
        case "shortest":
            words = _(
                "{share} väntar fortfarande efter {days}, den kortaste maximala "
                "ledtiden."
            )
        case _:
            words = _(
                "{share} väntar fortfarande efter {days}, den längsta maximala "
                "ledtiden."
            )
    return words.format(days=some_days(days), share=text.per_cent(100 * share, 0))


def open_told(counts: Mapping[Group, int], days: int) -> str:
    """Say how the open cases stand."""
    number = sum(counts.values())
    if not number:
        return _("Inga öppna fall att visa.")
    words = _(
        "Av {number} öppna fall passerar {soon} en maximal ledtid inom {days} dagar, "
        "och {passed} har redan passerat sin sista."
    )
    return words.format(
        number=number,
        soon=counts[Group.SOON],
        days=days,
        passed=counts[Group.PASSED],
    )


def _left(days: int) -> str:
    """Return how many days are left, or since when there are none."""
    if days < 0:
        words = ngettext(
            "passerad för {days} dag sedan", "passerad för {days} dagar sedan", -days
        )
        return words.format(days=-days)
    return ngettext("{days} dag kvar", "{days} dagar kvar", days).format(days=days)
