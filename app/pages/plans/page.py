"""`/handlingsplaner`: what the plans mean to do, and the indicators that follow it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from dash.development.base_component import Component

from app.address import address, identifier, indicator_address
from app.columns import Col
from app.design import missing
from app.design.choices import optional, quarter_choice, unit_choice
from app.design.components import (
    badge,
    facts,
    filter_bar,
    fold,
    heading,
    link,
    mark,
    notice,
    section,
    table,
)
from app.design.visit import Visit
from app.outcome.latest import quarter_spans, shown_in
from app.outcome.parts import value_link
from app.outcome.words import outcome_words
from app.pages.plans import texts
from app.queries.activities import activities
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow, outcomes_within
from app.queries.units import UnitRow
from app.web import html
from app.words import headings, language, not_found, text, totals
from kpi.activities import Activity, ActivityKind, ActivityStatus
from kpi.alphabet import swedish
from kpi.assessment import Status
from kpi.definitions import Plan
from kpi.model import Text
from kpi.period import Period

PATH = "/handlingsplaner"
NAME = headings.PLANS
HELP = "help"

_FEW = 12
"""Activities of a plan, up to which none of its parts is folded."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """What the visitor chose; None for all."""

    plan: str | None
    status: str | None
    responsible: str | None

    def keeps(self, activity: Activity) -> bool:
        responsible = activity.responsible.sv if activity.responsible else None
        return (
            self.plan in (None, activity.plan)
            and self.status in (None, activity.status)
            and self.responsible in (None, responsible)
        )


@dataclass(frozen=True, slots=True)
class _View:
    """What activities are shown with: one outcome per indicator, of one unit."""

    frame: Frame
    unit: str
    quarter: Period
    outcomes: Mapping[str, OutcomeRow]
    every: Mapping[str, Activity]


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    reader, params = visit.reader, visit.params
    unit, quarter = visit.unit, visit.quarter
    every = activities(reader).activities
    followed = {name for activity in every for name in activity.followed_up_by}
    defined = visit.frame.definitions.indicators
    indicators = [indicator for indicator in defined if indicator.id in followed]
    spans = quarter_spans(indicators, quarter)
    rows = outcomes_within(reader, spans, [unit.unit_id])
    by_indicator: dict[str, list[OutcomeRow]] = defaultdict(list)
    for row in rows:
        by_indicator[row.indicator].append(row)
    shown = {
        indicator.id: shown_in(indicator, quarter, by_indicator[indicator.id])
        for indicator in indicators
    }
    outcomes = {name: row for name, row in shown.items() if row}
    by_id = {activity.id: activity for activity in every}
    view = _View(visit.frame, unit.unit_id, quarter, outcomes, by_id)
    status = params.get("status")
    known = status if status in tuple(ActivityStatus) else None
    choice = _Choice(
        identifier(params.get("plan")), known, params.get("responsible") or None
    )
    kept = [activity for activity in every if choice.keeps(activity)]
    return html.Div(
        [
            heading(NAME, texts.LEAD),
            _filters(view, choice, every),
            visit.notice_of_unit(),
            visit.notice_of_quarter(visit.way_from(PATH)),
            html.P(texts.counted(len(kept), len(every)), className="totals"),
            _shown_for(view, unit),
            *_plans(view, kept, choice),
        ]
    )


def _shown_for(view: _View, unit: UnitRow) -> Component | None:
    if missing.precedes_data(view.frame, view.quarter):
        return None
    words = texts.shown_for(unit.name, text.period_words(view.quarter))
    return html.P(words, className="muted")


def _filters(view: _View, choice: _Choice, every: Sequence[Activity]) -> Component:
    plans = [
        (plan.id, language.of(plan.title)) for plan in view.frame.definitions.plans
    ]
    activity_status = {activity.status for activity in every}
    statuses = [
        (ActivityStatu, texts.STATUS[ActivityStatu])
        for ActivityStatu in ActivityStatus
        if ActivityStatu in activity_status
    ]
    roles = {
        activity.responsible.sv: language.of(activity.responsible)
        for activity in every
        if activity.responsible
    }
    return filter_bar(
        PATH,
        [
            optional("plan", headings.PLAN_FIELD, plans, choice.plan),
            optional("status", headings.STATUS_FIELD, statuses, choice.status),
            optional(
                "responsible",
                headings.RESPONSIBLE_FIELD,
                sorted(roles.items(), key=lambda role: swedish(role[1])),
                choice.responsible,
            ),
            unit_choice(view.frame, view.unit),
            quarter_choice(view.frame, view.quarter),
        ],
        headings.APPLY,
    )


def _plans(view: _View, kept: Sequence[Activity], choice: _Choice) -> list[Component]:
    if not view.every:
        return [notice(texts.NO_ACTIVITIES)]
    if not kept:
        params = {"unit": view.unit, "period": str(view.quarter)}
        way = link(texts.ALL, address(PATH, params))
        if choice.plan and choice.plan not in {
            activity.plan for activity in view.every.values()
        }:
            return [notice(not_found.NO_PLAN, way)]
        return [notice(texts.NOTHING_LEFT, texts.NOTHING_LEFT_HELP, way)]
    parts = []
    for plan in view.frame.definitions.plans:
        own = [activity for activity in kept if activity.plan == plan.id]
        if own:
            parts.append(_plan(view, plan, own))
    return parts


def _plan(view: _View, plan: Plan, own: Sequence[Activity]) -> Component:
    sections: dict[str, list[Activity]] = {}
    ended_title = str(texts.ENDED)
    for activity in own:
        is_ended = activity.kind is ActivityKind.ENDED_GOAL
        title = ended_title if is_ended else language.of(activity.section)
        sections.setdefault(title, []).append(activity)
    # Ended goals last, wherever the plan has them; they call for nothing.
    titles = sorted(sections, key=lambda title: title == ended_title)
    units, unit = view.frame.units, view.unit
    is_other = plan.region != units.kolada_id(unit)
    return section(
        language.of(plan.title),
        html.P(texts.valid(plan.decided, plan.valid), className="muted"),
        html.P(texts.of_other_region(units.name(unit))) if is_other else None,
        html.P(totals.totals_line(*_tally(view, own))),
        *(_part(view, title, sections[title], len(own) <= _FEW) for title in titles),
        id=plan.id,
    )


def _part(view: _View, title: str, own: Sequence[Activity], is_open: bool) -> Component:
    about = [html.Span(texts.items(len(own)), className="muted")]
    status = Status.NOT_MET
    missed = _tally(view, own)[1][status]
    if missed and own[0].kind is not ActivityKind.ENDED_GOAL:
        words = texts.missed(missed)
        about.append(mark(f"badge-{status}", text.SYMBOL[status], words))
    whole = table(title, _columns(view), own)
    return fold(title, about, whole, is_open=is_open)


def _tally(view: _View, own: Sequence[Activity]) -> tuple[int, Counter[Status]]:
    """Return how many indicators follow activities, and the statuses they have."""
    followed = {name for activity in own for name in activity.followed_up_by}
    outcomes = [view.outcomes[name] for name in followed if name in view.outcomes]
    return len(followed), Counter(Status(outcome.status) for outcome in outcomes)


def _columns(view: _View) -> tuple[Col, ...]:
    return (
        Col(texts.GOAL, partial(_goal, view), is_heading=True),
        Col(texts.RESPONSIBLE, _responsible),
        Col(texts.TIMELINE, _timeline),
        Col(texts.STATUS_COLUMN, lambda one: activity_badge(one.status)),
        Col(texts.FOLLOWED_BY, partial(_followed_by, view)),
    )


def _responsible(activity: Activity) -> str:
    return _said(activity.responsible) or texts.NOT_STATED


def _timeline(activity: Activity) -> Component | str:
    # As the plan writes it, in Swedish.
    return (
        html.Span(activity.timeline, lang="sv")
        if activity.timeline
        else texts.NOT_STATED
    )


def _goal(view: _View, activity: Activity) -> Component:
    replaced = view.every.get(activity.replaced_by or "")
    way = None
    if replaced:
        words = texts.number(replaced.kind, replaced.number)
        way = link(words, f"#{replaced.id}")
    more = facts(
        [
            (
                texts.PLANNED,
                _listed([language.of(each) for each in activity.activities]),
            ),
            (texts.MEASURE, _said(activity.measure)),
            (texts.SUPPORT, _said(activity.support)),
            (texts.FOLLOW_UP, _said(activity.follow_up)),
            (texts.STATUS_NOTE, _said(activity.status_note)),
            (texts.REPLACED_BY, way),
        ]
    )
    has_more = bool(more.children)
    return html.Div(
        [
            html.Span(texts.number(activity.kind, activity.number), className="muted"),
            html.Div(language.of(activity.goal)),
            html.Details([html.Summary(texts.MORE), more]) if has_more else None,
        ],
        id=activity.id,
        className="activity",
    )


def _said(words: Text | None) -> str | None:
    return language.of(words) if words else None


def _listed(words: Sequence[str]) -> Component | None:
    return html.Ul([html.Li(one) for one in words]) if words else None


def activity_badge(status: ActivityStatus) -> Component:
    """Return how far an activity has come as symbol, word and colour."""
    look = f"badge-{texts.LOOK[status]}"
    return mark(look, texts.SYMBOL[status], texts.STATUS[status])


def _followed_by(view: _View, activity: Activity) -> Component:
    if activity.no_indicator:
        words = f"{texts.NO_INDICATOR} {language.of(activity.no_indicator)}"
        return html.Span(words, className="muted")
    return html.Ul(
        [html.Li(_indicator(view, name)) for name in activity.followed_up_by]
    )


def _indicator(view: _View, id: str) -> list[str | Component]:
    indicator = view.frame.indicator(id)
    if indicator is None:
        return [id]
    row = view.outcomes.get(id)
    href = indicator_address(id, view.unit, str(view.quarter))
    name = link(language.of(indicator.name), href)
    if row is None:
        return [name]
    words = outcome_words(indicator, row, view.frame.build)
    is_other = words.period != text.period_words(view.quarter)
    sentence = texts.beside(words.unit, words.period if is_other else "")
    beside = [value_link(words), f" {sentence} ", badge(words.status, words.period)]
    return [name, html.Div(beside)]
