"""What the parts of a gap or a change show, in a sentence or two made by rule."""

from collections.abc import Callable

from app.pages.contributions import texts
from app.pages.contributions.found import Found, way_of
from app.pages.contributions.parts import Contributions, estimate_of
from app.words import text
from kpi.counted import Counted
from kpi.evidence import Evidence, Movement, change, evidence
from kpi.model import Direction
from kpi.targets import Rule

Named = Callable[[str], str]
"""From a part's name to what it is called."""


def finding(found: Found, named: Named) -> str:
    """Return which part a gap or a change comes from the most."""
    split = found.split
    if split is None:
        return ""
    if split.gap is not None:
        said = [_of_gap(found, split, named)]
        first = split.parts[0]
        if len(split.parts) > 1 and (first.whole_cases or 0) > 0:
            if evidence_of(found, first.now) is Evidence.CANNOT_TELL:
                said.append(texts.part_may_be_chance(named(first.name)))
        return " ".join(said)
    return _of_change(found, split, named)


def evidence_of(found: Found, part: Counted) -> Evidence | None:
    """Return what a part's interval says of the target; None without either."""
    aim = found.target_row
    if aim is None:
        return None
    rule: Rule | None = aim.target_rule  # type: ignore[assignment]
    return evidence(estimate_of(found.asked.indicator, part), aim.target, rule)


def _of_gap(found: Found, split: Contributions, named: Named) -> str:
    gap = split.gap.whole_cases if split.gap else 0
    first = split.parts[0]
    cases, name = first.whole_cases or 0, named(first.name)
    aim = found.target_row
    way = way_of(found.asked.indicator, aim.target_rule if aim else None)
    is_missing = way is Direction.HIGHER
    if len(split.parts) == 1:
        alone = texts.gap_alone(gap, is_missing)
        if split.pooled:
            return f"{alone} {texts.ALL_FEW}"
        return texts.only_part(name, alone)
    if gap <= 0:
        if cases <= 0:
            return str(texts.MET_EVERYWHERE)
        return texts.met_but(name, cases)
    say = texts.excess_cases
    if is_missing:
        say = texts.missing_cases
    return say(name, cases, gap)


def _of_change(found: Found, split: Contributions, named: Named) -> str:
    indicator, whole = found.asked.indicator, split.change
    now = estimate_of(indicator, split.now)
    then = estimate_of(indicator, split.before) if split.before else None
    if whole is None or now is None or then is None or found.before is None:
        return ""
    since = text.period(found.before.period)
    value, before = text.value(indicator, now.value), text.value(indicator, then.value)
    if value == before:
        said = [texts.unchanged(value, since)]
    else:
        is_up = now.value > then.value
        say = texts.risen if is_up else texts.fallen
        said = [say(before, value, since)]
        # Which way is better makes no difference to chance.
        moved = change(now, then, Direction.NEUTRAL).movement
        if moved is Movement.CANNOT_TELL:
            said.append(str(texts.MAY_BE_CHANCE))
    if len(split.parts) > 1:
        first = split.parts[0]
        if value != before:
            total = text.signed(float(split.cases), 1)
            own = text.signed(float(first.cases), 1)
            is_within = abs(first.cases) <= abs(split.cases)
            say = texts.mostly
            if not is_within:
                say = texts.against_others
            said.append(say(named(first.name), own, total))
        rate, mix = (float(whole.cases * one) for one in (whole.rate, whole.mix))
        words = text.signed(rate, 1), text.signed(mix, 1)
        said.append(texts.rate_and_mix(*words))
    elif split.pooled:
        said.append(str(texts.ALL_FEW))
    return " ".join(said)
