"""What a chart shows, in a sentence or two; `app.outcome.finding` chooses the words."""

from app.words.language import gettext as _
from kpi.spc.points import Variation


def aim(target: str, level: str | None) -> str:
    """Return the target as a part of a sentence; the level where there are two."""
    if level == "local":
        return _("det lokala målet {target}").format(target=target)
    if level == "national":
        return _("det nationella målet {target}").format(target=target)
    return _("målet {target}").format(target=target)


def met(value: str, period: str, aim: str, is_sure: bool) -> str:
    """Say that the target is met."""
    if is_sure:
        words = _("{value} ({period}): {aim} är nått.")
    else:
        words = _("{value} ({period}): {aim} är nått, men det kan bero på slumpen.")
    return words.format(value=value, period=period, aim=aim)


def missed(
    value: str, period: str, gap: str, aim: str, is_below: bool, is_sure: bool
) -> str:
    """Say how far from the target the outcome is, on the wrong side."""
    if is_below and is_sure:
        words = _("{value} ({period}): {gap} under {aim}.")
    elif is_below:
        words = _(
            "{value} ({period}): {gap} under {aim}, men skillnaden kan bero på slumpen."
        )
    elif is_sure:
        words = _("{value} ({period}): {gap} över {aim}.")
    else:
        words = _(
            "{value} ({period}): {gap} över {aim}, men skillnaden kan bero på slumpen."
        )
    return words.format(value=value, period=period, gap=gap, aim=aim)


def ruled(value: str, period: str, rule: str, is_met: bool, is_sure: bool) -> str:
    """Say whether a target is met that is a rule and not a number."""
    if is_met and is_sure:
        words = _("{value} ({period}): målet, {rule}, är nått.")
    elif is_met:
        words = _(
            "{value} ({period}): målet, {rule}, är nått, men skillnaden kan bero på "
            "slumpen."
        )
    elif is_sure:
        words = _("{value} ({period}): målet, {rule}, är inte nått.")
    else:
        words = _(
            "{value} ({period}): målet, {rule}, är inte nått, men skillnaden kan bero "
            "på slumpen."
        )
    return words.format(value=value, period=period, rule=rule)


def milestone(period: str, is_reached: bool) -> str:
    """Say whether a step is taken."""
    if is_reached:
        return _("Steget är nått ({period}).").format(period=period)
    return _("Steget är inte nått ({period}).").format(period=period)


def higher(before: str) -> str:
    """Say that the outcome is higher than a year earlier."""
    return _("Högre än ett år tidigare ({before}).").format(before=before)


def lower(before: str) -> str:
    """Say that the outcome is lower than a year earlier."""
    return _("Lägre än ett år tidigare ({before}).").format(before=before)


def better_place(before: str) -> str:
    """Say that a rank is better than a year earlier."""
    return _("En bättre placering än ett år tidigare ({before}).").format(before=before)


def worse_place(before: str) -> str:
    """Say that a rank is worse than a year earlier."""
    return _("En sämre placering än ett år tidigare ({before}).").format(before=before)


def unsure(before: str, charted: Variation | None) -> str:
    """Say that a change may be nothing but chance, and that two periods are compared.

    The control chart weighs in every period, and may therefore see a change.
    """
    match charted:
        case Variation.IMPROVING:
            words = _(
                "Bättre enligt styrdiagrammet, men jämfört bara med samma period ett "
                "år tidigare ({before}) kan skillnaden bero på slumpen."
            )
        case Variation.CONCERNING:
            words = _(
                "Sämre enligt styrdiagrammet, men jämfört bara med samma period ett år "
                "tidigare ({before}) kan skillnaden bero på slumpen."
            )
        case _:
            words = _(
                "Jämfört bara med samma period ett år tidigare ({before}) kan "
                "skillnaden bero på slumpen."
            )
    return words.format(before=before)


def after_break(period: str) -> str:
    """Say why the outcome is not compared with the year before."""
    words = _("Jämförs inte med ett år tidigare: brott i serien {period}.")
    return words.format(period=period)


def units_met(met: int, number: int, kinds: str, aim: str) -> str:
    """Say how many units meet a target."""
    if met == 0:
        words = _("Ingen av {number} {kinds} når {aim}.")
    elif met == number:
        words = _("Alla {number} {kinds} når {aim}.")
    else:
        words = _("{met} av {number} {kinds} når {aim}.")
    return words.format(met=met, number=number, kinds=kinds, aim=aim)


def units_unsure(unsure: int) -> str:
    """Say for how many units a missed target may be chance."""
    words = _("För {unsure} av dem som inte når målet kan skillnaden bero på slumpen.")
    return words.format(unsure=unsure)


def units_overlap() -> str:
    """Say that no unit stands out beyond chance."""
    return _("Alla intervall överlappar: skillnaderna kan bero på slumpen.")
