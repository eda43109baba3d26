"""Contributions in a sentence: which part a gap or a change comes from the most."""

from collections.abc import Callable

from app.pages.contributions.parts import Contributions, estimate_of
from app.pages.contributions.question import Explanation, way_of
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.counted import Counted
from kpi.evidence import Evidence, Movement, change, evidence
from kpi.model import Direction
from kpi.targets import Rule

Named = Callable[[str], str]
"""From a part's name to what it is called."""
_ALL_FEW = _l("Delarna har för få fall var för sig för att visas.")


def finding(explanation: Explanation, named: Named) -> str:
    """Return which part a gap or a change comes from the most."""
    split = explanation.split
    if split is None:
        return ""
    if split.gap is not None:
        sentences = [_of_gap(explanation, split, named)]
        if explanation.row is not None and not explanation.row.is_whole:
            words = _("Hittills, av det som har kommit in: {sentence}")
            sentences = [words.format(sentence=sentences[0])]
        first = split.parts[0]
        if len(split.parts) > 1 and (first.whole_cases or 0) > 0:
            if evidence_of(explanation, first.now) is Evidence.CANNOT_TELL:
                sentences.append(
                    _("Skillnaden mellan {part} och målet kan bero på slumpen.").format(
                        part=named(first.name)
                    )
                )
        return " ".join(sentences)
    return _of_change(explanation, split, named)


def evidence_of(explanation: Explanation, part: Counted) -> Evidence | None:
    """Return what a part's interval says of the target; None without either."""
    aim = explanation.target_row
    if aim is None or not aim.is_whole:
        return None
    rule: Rule | None = aim.target_rule  # type: ignore[assignment]
    return evidence(estimate_of(explanation.question.indicator, part), aim.target, rule)


def _of_gap(explanation: Explanation, split: Contributions, named: Named) -> str:
    gap = split.gap.whole_cases if split.gap else 0
    first = split.parts[0]
    cases, name = first.whole_cases or 0, named(first.name)
    aim = explanation.target_row
    way = way_of(explanation.question.indicator, aim.target_rule if aim else None)
    is_missing = way is Direction.HIGHER
    if len(split.parts) == 1:
        alone = _gap_alone(gap, is_missing)
        if split.pooled:
            return f"{alone} {_ALL_FEW}"
        return _("Alla fall hör till en del: {part}. {sentence}").format(
            part=name, sentence=alone
        )
    if gap <= 0:
        if cases <= 0:
            return _("Målet nås, och ingen del ligger fel.")
        return ngettext(
            "Målet nås av helheten, men {part} är {cases} fall från det.",
            "Målet nås av helheten, men {part} är {cases} fall från det.",
            cases,
        ).format(part=name, cases=text.number(cases))
    say = _missing_cases if is_missing else _excess_cases
    return say(name, cases, gap)


def _missing_cases(part: str, cases: int, gap: int) -> str:
    """Say how much of what is missing the largest part stands for."""
    if gap == 1 == cases:
        return _("{part} står för det fall som saknas till målet.").format(part=part)
    if cases > gap:
        words = ngettext(
            "{part} saknar {cases} fall. Andra delar har fall till godo, så "
            "tillsammans saknas {gap} fall till målet.",
            "{part} saknar {cases} fall. Andra delar har fall till godo, så "
            "tillsammans saknas {gap} fall till målet.",
            gap,
        )
    else:
        words = ngettext(
            "{part} står för {cases} av det fall som saknas till målet.",
            "{part} står för {cases} av de {gap} fall som saknas till målet.",
            gap,
        )
    return words.format(part=part, cases=text.number(cases), gap=text.number(gap))


def _excess_cases(part: str, cases: int, gap: int) -> str:
    """Say the same where there should be fewer cases."""
    if gap == 1 == cases:
        return _("{part} står för det fall som är för mycket för målet.").format(
            part=part
        )
    if cases > gap:
        words = ngettext(
            "{part} har {cases} fall för många. Andra delar har färre än målet "
            "tillåter, så tillsammans är det {gap} fall för mycket.",
            "{part} har {cases} fall för många. Andra delar har färre än målet "
            "tillåter, så tillsammans är det {gap} fall för många.",
            gap,
        )
    else:
        words = ngettext(
            "{part} står för {cases} av det fall som är för mycket för målet.",
            "{part} står för {cases} av de {gap} fall som är för många för målet.",
            gap,
        )
    return words.format(part=part, cases=text.number(cases), gap=text.number(gap))


def _gap_alone(cases: int, is_missing: bool) -> str:
    """Say how large a gap is, without its parts."""
    if cases <= 0:
        return _("Målet nås.")
    if is_missing:
        words = ngettext(
            "{cases} fall saknas till målet.", "{cases} fall saknas till målet.", cases
        )
    else:
        words = ngettext(
            "{cases} fall är för mycket för målet.",
            "{cases} fall är för många för målet.",
            cases,
        )
    return words.format(cases=text.number(cases))


def _of_change(explanation: Explanation, split: Contributions, named: Named) -> str:
    indicator, whole = explanation.question.indicator, split.change
    now = estimate_of(indicator, split.now)
    then = estimate_of(indicator, split.before) if split.before else None
    if whole is None or now is None or then is None or explanation.before is None:
        return ""
    since = text.period(explanation.before.period)
    value, before = (
        value_words(explanation, now.value),
        value_words(explanation, then.value),
    )
    if value == before:
        sentences = [
            _("Utfallet är detsamma som {since}: {now}.").format(now=value, since=since)
        ]
    else:
        is_up = now.value > then.value
        words = (
            _("Utfallet har stigit från {before} till {now} sedan {since}.")
            if is_up
            else _("Utfallet har sjunkit från {before} till {now} sedan {since}.")
        )
        sentences = [words.format(before=before, now=value, since=since)]
        # Which way is better makes no difference to chance.
        moved = change(now, then, Direction.NEUTRAL).movement
        if moved is Movement.CANNOT_TELL:
            sentences.append(_("Skillnaden mellan perioderna kan bero på slumpen."))
    if len(split.parts) > 1:
        first = split.parts[0]
        if value != before:
            total = text.signed(float(split.cases), 1)
            cases = text.signed(float(first.cases), 1)
            is_within = abs(first.cases) <= abs(split.cases)
            words = (
                _("Mest har {part} bidragit: {cases} av {total} fall.")
                if is_within
                else _(
                    "Mest har {part} bidragit: {cases} fall. Andra delar drar åt andra "
                    "hållet, så tillsammans är det {total}."
                )
            )
            sentences.append(
                words.format(part=named(first.name), cases=cases, total=total)
            )
        rate, mix = (
            float(whole.cases * fraction) for fraction in (whole.rate, whole.mix)
        )
        sentences.append(
            _(
                "Av förändringen beror {rate} fall på utfallet i delarna och {mix} på "
                "att fallen är annorlunda fördelade mellan dem."
            ).format(rate=text.signed(rate, 1), mix=text.signed(mix, 1))
        )
    elif split.pooled:
        sentences.append(str(_ALL_FEW))
    return " ".join(sentences)


def value_words(explanation: Explanation, amount: float) -> str:
    """Return a value of a whole or a part, as exact as its target."""
    aim = explanation.target_row
    targets = (aim.target,) if aim else ()
    return text.value(explanation.question.indicator, amount, targets=targets)
