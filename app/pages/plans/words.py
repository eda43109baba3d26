"""The words of `/handlingsplaner`, and of its files."""

from collections.abc import Iterable, Sequence

from app.outcome.words import OutcomeWords, outcome_words, target_words
from app.pages.plans.find import Followed, FollowedBy, Statement
from app.queries.builds import Build
from app.words import headings, language, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import lazy_pgettext, ngettext
from app.words.text import in_force
from kpi.activities import (
    Activity,
    ActivityKind,
    ActivityStatus,
    DateKind,
    PlanDocument,
    Section,
    Timing,
)
from kpi.model import Text

KIND: dict[ActivityKind, str] = {
    ActivityKind.VISION: _l("Vision"),
    ActivityKind.OVERALL_GOAL: _l("Övergripande mål"),
    ActivityKind.PURPOSE: _l("Syfte"),
    ActivityKind.PRINCIPLE: _l("Utgångspunkt"),
    ActivityKind.FOCUS_AREA: _l("Prioriterat område"),
    ActivityKind.GOAL: lazy_pgettext("handlingsplan", "Mål"),
    ActivityKind.ENDED_GOAL: _l("Avslutat mål"),
    ActivityKind.ACTION: _l("Insats"),
    ActivityKind.PRIORITISED_ACTIVITY: _l("Prioriterad aktivitet"),
    ActivityKind.RECOMMENDATION: _l("Rekommendation"),
    ActivityKind.ASSIGNMENT: _l("Uppdrag"),
    ActivityKind.RESPONSIBILITY: lazy_pgettext("handlingsplan", "Ansvar"),
    ActivityKind.MEASURE: _l("Mätetal"),
    ActivityKind.FOLLOW_UP: lazy_pgettext("handlingsplan", "Uppföljning"),
}
STATUS: dict[ActivityStatus, str] = {
    ActivityStatus.ONGOING: _l("Pågår"),
    ActivityStatus.WAITING: _l("Avvaktar"),
    ActivityStatus.COMPLETED: _l("Klar"),
    ActivityStatus.NOT_MET: _l("Inte uppfyllt"),
    ActivityStatus.REPLACED: _l("Ersatt"),
}
FOLLOWED_BY: dict[FollowedBy, str] = {
    FollowedBy.INDICATOR: _l("Har mått eller mätetal"),
    FollowedBy.TARGET: _l("Har målvärde"),
    FollowedBy.NOTHING: _l("Utan mått"),
}

SUPPORTING = _l("Deltagare från stödfunktion")

_STATES_MORE = {
    ActivityKind.GOAL,
    ActivityKind.ACTION,
    ActivityKind.PRIORITISED_ACTIVITY,
    ActivityKind.RECOMMENDATION,
}
"""Of what a plan may be expected to say who, when and how far."""


def counted(shown: int, every: int) -> str:
    """Say how many statements are shown."""
    if shown == every:
        return ngettext(
            "{number} punkt ur planerna.", "{number} punkter ur planerna.", every
        ).format(number=every)
    return _("{shown} av {every} punkter ur planerna.").format(shown=shown, every=every)


def in_brackets(unit: str, period: str) -> str:
    """Return what stands beside a value, in one pair of brackets at most."""
    if not unit or not period:
        return unit or (period and f"({period})")
    return f"{unit[:-1]}, {period})" if unit.endswith(")") else f"{unit} ({period})"


def called(activity: Activity) -> str:
    """Return what the plan calls a statement: `Mål 5`; without a number, `Insats`."""
    return f"{KIND[activity.kind]} {activity.number or ''}".strip()


def heading_of(section: Section) -> str:
    """Return a heading as it stands in the document, with its number if it has one."""
    return f"{section.number or ''} {language.of(section.name)}".strip()


def document_facts(document: PlanDocument, valid: str | None) -> str:
    """Say whose a plan is, what its date is the date of, and when it holds.

    Args:
        document: What it says of itself.
        valid: The years it is for; None where it gives none.
    """
    date = {
        DateKind.DECISION: _("Beslutad {date}"),
        DateKind.REVISION: _("Reviderad {date}"),
        DateKind.DOCUMENT: _("Dokumentets datum {date}"),
    }[document.date_kind].format(date=document.date)
    if document.decided_by:
        who = language.of(document.decided_by)
        date = _("{date}, beslut av: {who}").format(date=date, who=who)
    parts = [
        document.region,
        language.of(document.subtitle) if document.subtitle else "",
        date,
        _("Gäller {years}").format(years=in_force(valid)) if valid else "",
        _("Dokumentnummer {number}").format(number=document.number)
        if document.number
        else "",
        _("Diarienummer {number}").format(number=document.diary_number)
        if document.diary_number
        else "",
        document.revision or "",
        _("Dokumentansvarig {who}").format(who=language.of(document.responsible))
        if document.responsible
        else "",
        _("Nästa revidering {year}").format(year=document.next_revision)
        if document.next_revision
        else "",
    ]
    return " · ".join(part for part in parts if part)


def timing_words(statement: Statement) -> str:
    """Say where the quarter lies, seen from the plan's time; empty without an end.

    Of a goal that has ended there is no more to say.
    """
    activity = statement.activity
    if activity.kind is ActivityKind.ENDED_GOAL or statement.timing is None:
        return ""
    since, until = activity.since, activity.until
    if statement.timing is Timing.PLANNED and since:
        return _("tiden börjar {period}").format(period=text.period_words(since))
    if statement.timing is Timing.PASSED and until:
        return _("tiden gick ut {period}").format(period=text.period_words(until))
    if until:
        return _("tiden går ut {period}").format(period=text.period_words(until))
    return ""


def not_stated(activities: Sequence[Activity]) -> str:
    """Say, once for all under a heading, what the plan states of none of it.

    Empty where nothing stands that a plan may be expected to state it of.
    """
    if not any(activity.kind in _STATES_MORE for activity in activities):
        return ""
    is_stated = {
        _("ansvarig"): any(activity.responsible for activity in activities),
        _("tidplan"): any(activity.timeline for activity in activities),
        _("status"): any(activity.status_quote for activity in activities),
        _("mått"): any(
            activity.measures
            or activity.followed_up_by
            or activity.kind is ActivityKind.MEASURE
            for activity in activities
        ),
    }
    missing = [words for words, there in is_stated.items() if not there]
    return _("Anges inte i planen: {facts}.").format(facts=", ".join(missing)) * bool(
        missing
    )


def joined(quotes: Iterable[Text], between: str = "; ") -> str:
    """Return quotations after each other, in the language now spoken."""
    return between.join(language.of(quote) for quote in quotes)


def indicator_name(followed: Followed, pathways: dict[str, str]) -> str:
    """Return the name of an indicator, and of the pathway it is looked at for."""
    if followed.indicator is None:
        return followed.link.indicator
    name = language.of(followed.indicator.name)
    pathway = followed.link.svf
    return f"{name}: {pathways.get(pathway, pathway)}" if pathway else name


def followed_words(followed: Followed, pathways: dict[str, str], build: Build) -> str:
    """Return how it goes, in one line: the name, the value, its target and status."""
    name = indicator_name(followed, pathways)
    if followed.indicator is None or followed.row is None:
        return f"{name}: {no_outcome(followed)}"
    words = outcome_words(followed.indicator, followed.row, build)
    parts = [
        f"{words.value} {in_brackets(words.unit, words.period)}",
        aims(words),
        words.status_words,
        coming(followed),
    ]
    return f"{name}: {', '.join(part for part in parts if part)}"


def aims(words: OutcomeWords) -> str:
    """Return the target, and the national one that a local one goes before."""
    both = ", ".join(target for target in (words.target, words.national) if target)
    return f"{headings.TARGET} {both}" if both else ""


def coming(followed: Followed) -> str:
    """Say which target holds later; empty where one holds now, or none will."""
    if followed.indicator is None or followed.coming is None:
        return ""
    target = followed.coming
    return _("målet från {since}: {target}").format(
        since=text.period_words(target.since),
        target=target_words(followed.indicator, target.value, target.rule),
    )


def no_outcome(followed: Followed) -> str:
    """Say that there is no outcome, and of which period if one is named."""
    period = followed.link.period
    if period is None:
        return _("inget utfall")
    return _("inget utfall för {period}").format(period=text.period_words(period))
