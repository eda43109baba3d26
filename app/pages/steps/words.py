"""Steps in words, and the columns of page, API and Excel."""

from collections.abc import Callable, Sequence

from dash.development.base_component import Component

from app.address import indicator_address
from app.columns import BUILD, Col, Columns, Field, number, of, perhaps
from app.columns import text as field
from app.design.components import link
from app.outcome.parts import outcome_badge, stacked
from app.outcome.words import outcome_words, value_words
from app.pages.steps.find import Step
from app.words import headings, language, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.assessment import Status
from kpi.period import Period
from kpi.targets import RULES, Target

NAME = _l("Steg i planerna")
LEAD = _l(
    "Det som ska göras en gång, senast ett visst datum. Det som senast har "
    "rapporterats gäller tills något nytt rapporteras."
)
PASSED = _l("Datumet har passerat")
AHEAD = _l("Kommande")
UNDATED = _l("Utan datum")
NOTHING = _l("Det finns inga steg för enheten.")
NOTHING_WHY = _l(
    "Ett steg är det som en plan i den egna regionen säger ska göras en gång."
)
NOTHING_HELP = _l("De flesta steg är regionens. Välj regionen i filtret.")
NO_DAY = _l("inget datum")
DAY = _l("Senast")
STEP = _l("Steg")
KNOWN = _l("Senast känt")
REACHED = _l("Nått")
PLAN = _l("Plan och avsnitt")
UNKNOWN = _l("inget rapporterat")


def in_parts(steps: Sequence[Step]) -> list[tuple[str, list[Step]]]:
    """Return the steps under what their dates make of them; those passed come first."""
    parts: dict[str, Callable[[Step], bool]] = {
        str(PASSED): lambda step: step.is_passed,
        str(AHEAD): lambda step: step.due is not None and not step.is_passed,
        str(UNDATED): lambda step: step.due is None,
    }
    within = {title: [*filter(holds, steps)] for title, holds in parts.items()}
    return [(title, some) for title, some in within.items() if some]


def summary(steps: Sequence[Step]) -> str:
    """Return how many steps there are, and how many should have been reached."""
    missed = sum(step.is_missed for step in steps)
    words = ngettext("{number} steg.", "{number} steg.", len(steps))
    sentences = [words.format(number=len(steps))]
    if missed:
        words = ngettext(
            "{number} skulle ha varit nått och är inte det.",
            "{number} skulle ha varit nådda och är inte det.",
            missed,
        )
        sentences.append(words.format(number=missed))
    reached = sum(step.status is Status.MET for step in steps)
    if reached:
        words = ngettext("{number} är nått.", "{number} är nådda.", reached)
        sentences.append(words.format(number=reached))
    return " ".join(sentences)


def day_words(step: Step) -> str:
    """Return by when a step is to be reached."""
    return text.period(str(step.due)) if step.due else str(NO_DAY)


def reached_words(step: Step) -> str:
    """Return when a step was reached, and whether that was in time; empty if not."""
    if step.reached_in is None:
        return ""
    when = text.period(step.reached_in)
    first, day = Period.parse(step.reached_in), step.due
    if day is None:
        return when
    if first.last > day.last:
        return _("{period}, efter tiden").format(period=when)
    if step.target and first.last < step.target.since.first:
        return _("{period}, i förväg").format(period=when)
    return _("{period}, i tid").format(period=when)


def known_words(step: Step) -> str:
    """Return what was last reported, and for when."""
    if step.known_in is None:
        return str(UNKNOWN)
    value = value_words(step.indicator, step.outcome)
    return f"{value} ({text.period(step.known_in)})"


def _since(target: Target) -> str:
    return str(target.since)


def _name(step: Step) -> Component:
    href = indicator_address(step.indicator.id, step.outcome.unit, step.outcome.period)
    return link(language.of(step.indicator.name), href)


def _plan(step: Step) -> str | Component:
    if step.plan is None or step.target is None:
        return ""
    return stacked(language.of(step.plan.title), step.target.section)


def _status(step: Step) -> Component:
    return outcome_badge(outcome_words(step.indicator, step.outcome))


COLUMNS: Columns = (
    Col(
        DAY,
        day_words,
        is_heading=True,
        fields=(
            perhaps(
                "due",
                "The period by whose end it is to be reached; null without a target.",
                read=lambda step: str(step.due) if step.due else None,
            ),
            Field("is_passed", "boolean", "Whether that period is over."),
        ),
    ),
    Col(
        STEP,
        _name,
        fields=(
            field("indicator", "Id of the indicator.", read="indicator.id"),
            field("unit", "Id of the unit (HSA-id).", read="outcome.unit"),
            field("quarter", "What is known at its end.", read="outcome.period"),
        ),
    ),
    Col(
        headings.STATUS,
        _status,
        fields=field("status", "How far it has come.", Status, read="outcome.status"),
    ),
    Col(
        KNOWN,
        known_words,
        fields=(
            number("value", "What was last reported.", read="outcome.value"),
            perhaps("known_in", "The period that was reported for."),
        ),
    ),
    Col(
        REACHED,
        reached_words,
        fields=perhaps("reached_in", "The period it was first reported reached for."),
    ),
    Col(
        PLAN,
        _plan,
        fields=of(
            "target",
            number("target", "To be reached.", read="value"),
            perhaps("target_rule", "How they are compared.", RULES, "rule"),
            perhaps("since", "The first period of the target.", read=_since),
            perhaps("plan", "Id of the plan that sets the target."),
            perhaps("section", "Where in the plan."),
        ),
    ),
    BUILD,
)
