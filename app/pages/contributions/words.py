"""Contributions in words: the chart, the rows and the way here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.address import CONTRIBUTIONS, address
from app.design.figures.axis import value_axis
from app.outcome import analysis_words
from app.outcome.chart import Chart, plain
from app.pages.contributions.figure import Bar, contributions_figure
from app.pages.contributions.finding import evidence_of, finding, value_words
from app.pages.contributions.parts import FEW, Part, estimate_of
from app.pages.contributions.question import Explanation, PartsQuestion, Why, way_of
from app.queries.cells import OWN, UNIT
from app.queries.units import UnitTree
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.counted import Counted
from kpi.model import Direction

_MOST_BARS = 15

WHY: dict[Why, str] = {
    Why.NOT_COUNTED: _l("Indikatorn kan inte delas upp så här"),
    Why.NO_OUTCOME: _l("Inget utfall att dela upp"),
    Why.TOO_FEW: _l("För få fall"),
    Why.NO_CASES: _l("Inga fall i urvalet"),
    Why.NOTHING_TO_COMPARE: _l("Inget att jämföra med"),
}
WHY_HELP: dict[Why, str] = {
    Why.NOT_COUNTED: _l(
        "Bidrag räknas ur täljare och nämnare. Måttet är inte en andel eller en "
        "frekvens med antal i datalagret."
    ),
    Why.NO_OUTCOME: _l("Välj en annan period eller en annan enhet."),
    Why.TOO_FEW: _l(
        "Urvalet har så få fall att det kunde peka ut en person. Backa ett steg eller "
        "välj en längre period."
    ),
    Why.NO_CASES: _l("Backa ett steg eller välj en annan period."),
    Why.NOTHING_TO_COMPARE: _l(
        "Indikatorn har varken ett målvärde i talform eller en tidigare hel period att "
        "jämföra en hel period med."
    ),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What parts are called."""

    units: UnitTree
    names: text.ValueNames

    def way(self, by: str) -> str:
        """Return what is told apart: `vårdförlopp`."""
        is_unit = by == UNIT
        return str(_("enhet") if is_unit else text.DIMENSION[by])

    def value(self, by: str, name: str) -> str:
        """Return what a value of a dimension is called."""
        return text.dimension_value(by, name, self.names)

    def part(self, question: PartsQuestion, name: str, pooled: int) -> str:
        """Return what a part is called."""
        if name == FEW:
            return ngettext(
                "Övriga ({number} del)", "Övriga ({number} delar)", pooled
            ).format(number=pooled)
        if question.by == UNIT:
            is_own = name in (OWN, question.unit.unit_id)
            own_rows = _("{unit}, egna rader").format(unit=question.unit.name)
            return own_rows if is_own else self.units.name(name)
        return self.value(question.by or "", name) if name else _("Uppgift saknas")


class CountWords(NamedTuple):
    """What a part has in a period."""

    value: str = ""
    interval: str = ""
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class PartWords:
    """A part as a row of the table; empty text where there is nothing to say.

    Attributes:
        name: What it is called.
        href: The same page within the part; empty where there is nothing more.
        cases: What it adds, with its sign.
        cumulative: Of it and those above it.
        now: What it is counted from.
        before: The same in the earlier period; empty texts of a gap.
        rate: Of a change.
        mix: Of a change.
        evidence: What the interval says of the target.
    """

    name: str
    href: str
    cases: str
    cumulative: str
    now: CountWords
    before: CountWords
    rate: str
    mix: str
    evidence: str


def query_of(question: PartsQuestion, **changes: object) -> dict[str, str | None]:
    """Return what is asked for, but for the changes, as parameters of an address."""
    given = {
        "indicator": question.indicator.id,
        "unit": question.unit.unit_id,
        "period": str(question.period),
        "by": question.by,
        "since": str(question.since) if question.since else None,
        **question.where,
    }
    return given | changes  # type: ignore[return-value]


def address_of(
    question: PartsQuestion,
    where: Mapping[str, str] | None = None,
    steps: Sequence[str] | None = None,
    **changes: str | None,
) -> str:
    """Return the address of what is asked for, but for the changes."""
    question = replace(
        question,
        where=question.where if where is None else where,
        steps=question.steps if steps is None else tuple(steps),
    )
    way = ",".join(question.steps) if len(question.steps) > 1 else None
    return address(CONTRIBUTIONS, query_of(question, **changes) | {"steps": way})


def into(question: PartsQuestion, name: str) -> str:
    """Return the address within a part; empty where there is no way in."""
    if name in (FEW, OWN):
        return ""
    if question.by == UNIT:
        if name == question.unit.unit_id:
            return ""
        return address_of(question, unit=name, by=None, steps=(*question.steps, name))
    where = {**question.where, str(question.by): name}
    steps = (*question.steps, str(question.by))
    return address_of(question, where=where, by=None, steps=steps)


def way_here(question: PartsQuestion, names: Names) -> list[tuple[str, str]]:
    """Return the steps (words, address) that led here, the first one first.

    Each leads back to what was seen there: told apart by what the next step chose.
    """
    way = []
    unit = question.unit.unit_id
    where: dict[str, str] = {}
    for at, step in enumerate(question.steps):
        if step in question.where:
            where = {**where, step: question.where[step]}
            words = names.value(step, question.where[step])
        else:
            unit, words = step, names.units.name(step)
        following = question.steps[at + 1 : at + 2]
        by = next(
            (step if step in question.where else UNIT for step in following),
            question.by,
        )
        steps = question.steps[: at + 1]
        href = address_of(question, unit=unit, where=where, by=by, steps=steps)
        way.append((words, href))
    return way


def shown(explanation: Explanation, names: Names) -> Chart:
    """Return the bars under what they show."""
    question, split = explanation.question, explanation.split
    if split is None:
        return Chart(None, "", "")
    sentence = finding(
        explanation, lambda name: names.part(question, name, split.pooled)
    )
    drawn = split.parts[:_MOST_BARS]
    way = -1 if split.change and split.change.change < 0 else 1
    bars = [_bar(explanation, names, part, way) for part in drawn]
    axis = value_axis([0.0, *(bar.cases for bar in bars)], is_whole=True)
    ticks = [text.number(tick) for tick in axis.ticks]
    about = [_("Störst bidrag först.")]
    if len(drawn) < len(split.parts):
        about = [
            _("De {number} första visas. Alla står i tabellen.").format(
                number=len(drawn)
            )
        ]
    is_gap = split.gap is not None
    about.append(
        _("Varje del är mätt mot helhetens mål.")
        if is_gap
        else _("Fallen är av den senare periodens alla fall.")
    )
    return Chart(contributions_figure(bars, axis, ticks), sentence, " ".join(about))


def _bar(explanation: Explanation, names: Names, part: Part, way: int) -> Bar:
    words = part_words(explanation, names, part)
    name = plain(words.name)
    value, interval, *counts = words.now
    lines = [f"<b>{name}</b>", words.cases, value, interval, "/".join(counts)]
    cases = float(part.cases) if part.whole_cases is None else part.whole_cases
    return Bar(
        name,
        words.cases,
        "<br>".join(line for line in lines if line),
        cases,
        way * cases > 0,
        words.href,
    )


def part_words(explanation: Explanation, names: Names, part: Part) -> PartWords:
    """Return a part in words."""
    question, split = explanation.question, explanation.split
    is_gap = part.whole_cases is not None
    return PartWords(
        name=names.part(question, part.name, split.pooled if split else 0),
        href=into(question, part.name),
        cases=cases_words(part),
        cumulative=text.per_cent(100 * part.cumulative_share, 0),
        now=counts_words(explanation, part.now),
        before=counts_words(explanation, part.before),
        rate="" if part.rate is None else text.signed(float(part.rate), 1),
        mix="" if part.mix is None else text.signed(float(part.mix), 1),
        evidence=_evidence(explanation, part.now) if is_gap else "",
    )


def together(explanation: Explanation) -> PartWords:
    """Return all parts together, as the last row of the table."""
    split = explanation.split
    if split is None:
        raise ValueError("nothing is told apart")
    gap, change = split.gap, split.change
    rate, mix = (
        [
            text.signed(float(change.cases * fraction), 1)
            for fraction in (change.rate, change.mix)
        ]
        if change
        else ("", "")
    )
    return PartWords(
        name=_("Alla delar"),
        href="",
        cases=text.number(gap.whole_cases)
        if gap
        else text.signed(float(split.cases), 1),
        cumulative="",
        now=counts_words(explanation, split.now),
        before=counts_words(explanation, split.before),
        rate=rate,
        mix=mix,
        evidence=_evidence(explanation, split.now) if gap else "",
    )


def cases_words(part: Part) -> str:
    """Return what a part adds: to a gap in whole cases, else with a decimal."""
    if part.whole_cases is None:
        return text.signed(float(part.cases), 1)
    return text.number(part.whole_cases)


def counts_words(explanation: Explanation, part: Counted | None) -> CountWords:
    """Return what a part is counted from; empty texts if it is not."""
    if part is None:
        return CountWords()
    indicator = explanation.question.indicator
    counts = text.count(part.numerator), text.count(part.denominator)
    estimate = estimate_of(indicator, part)
    if estimate is None:
        return CountWords(text.NO_VALUE, "", *counts)
    interval = text.interval(indicator, estimate.lower, estimate.upper)
    return CountWords(value_words(explanation, estimate.value), interval, *counts)


def _evidence(explanation: Explanation, part: Counted) -> str:
    answer = evidence_of(explanation, part)
    return analysis_words.evidence(answer) if answer else ""


def is_missing(explanation: Explanation) -> bool:
    """Say whether a gap is of too few cases rather than too many."""
    aim = explanation.target_row
    rule = aim.target_rule if aim else None
    return way_of(explanation.question.indicator, rule) is Direction.HIGHER


def pooled_parts(number: int) -> str:
    """Say how many parts are told as one."""
    words = ngettext(
        "{number} del ingår i raden ”{few}”.",
        "{number} delar är sammanlagda i raden ”{few}”, så att ingen person går att "
        "peka ut.",
        number,
    )
    return words.format(number=number, few=_("Övriga"))
