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

    def keeps(self, one: Activity) -> bool:
        responsible = one.responsible.sv if one.responsible else None
        return (
            self.plan in (None, one.plan)
            and self.status in (None, one.status)
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
    followed = {name for one in every for name in one.followed_up_by}
    defined = visit.frame.definitions.indicators
    indicators = [one for one in defined if one.id in followed]
    spans = quarter_spans(indicators, quarter)
    rows = outcomes_within(reader, spans, [unit.unit_id])
    by_indicator: dict[str, list[OutcomeRow]] = defaultdict(list)
    for row in rows:
        by_indicator[row.indicator].append(row)
    shown = {one.id: shown_in(one, quarter, by_indicator[one.id]) for one in indicators}
    outcomes = {name: row for name, row in shown.items() if row}
    by_id = {one.id: one for one in every}
    view = _View(visit.frame, unit.unit_id, quarter, outcomes, by_id)
    status = params.get("status")
    known = status if status in tuple(ActivityStatus) else None
    choice = _Choice(
        identifier(params.get("plan")), known, params.get("responsible") or None
    )
    kept = [one for one in every if choice.keeps(one)]
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
    found = {one.status for one in every}
    statuses = [(one, texts.STATUS[one]) for one in ActivityStatus if one in found]
    roles = {
        one.responsible.sv: language.of(one.responsible)
        for one in every
        if one.responsible
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
        if choice.plan and choice.plan not in {one.plan for one in view.every.values()}:
            return [notice(not_found.NO_PLAN, way)]
        return [notice(texts.NOTHING_LEFT, texts.NOTHING_LEFT_HELP, way)]
    parts = []
    for plan in view.frame.definitions.plans:
        own = [one for one in kept if one.plan == plan.id]
        if own:
            parts.append(_plan(view, plan, own))
    return parts


def _plan(view: _View, plan: Plan, own: Sequence[Activity]) -> Component:
    sections: dict[str, list[Activity]] = {}
    ended_title = str(texts.ENDED)
    for one in own:
        is_ended = one.kind is ActivityKind.ENDED_GOAL
        title = ended_title if is_ended else language.of(one.section)
        sections.setdefault(title, []).append(one)
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
    followed = {name for one in own for name in one.followed_up_by}
    found = [view.outcomes[name] for name in followed if name in view.outcomes]
    return len(followed), Counter(Status(one.status) for one in found)


def _columns(view: _View) -> tuple[Col, ...]:
    return (
        Col(texts.GOAL, partial(_goal, view), is_heading=True),
        Col(texts.RESPONSIBLE, _responsible),
        Col(texts.TIMELINE, _timeline),
        Col(texts.STATUS_COLUMN, lambda one: activity_badge(one.status)),
        Col(texts.FOLLOWED_BY, partial(_followed_by, view)),
    )


def _responsible(one: Activity) -> str:
    return _said(one.responsible) or texts.NOT_STATED


def _timeline(one: Activity) -> Component | str:
    # As the plan writes it, in Swedish.
    return html.Span(one.timeline, lang="sv") if one.timeline else texts.NOT_STATED


def _goal(view: _View, one: Activity) -> Component:
    replaced = view.every.get(one.replaced_by or "")
    way = None
    if replaced:
        words = texts.number(replaced.kind, replaced.number)
        way = link(words, f"#{replaced.id}")
    more = facts(
        [
            (
                texts.PLANNED,
                _listed([language.of(each) for each in one.activities]),
            ),
            (texts.MEASURE, _said(one.measure)),
            (texts.SUPPORT, _said(one.support)),
            (texts.FOLLOW_UP, _said(one.follow_up)),
            (texts.STATUS_NOTE, _said(one.status_note)),
            (texts.REPLACED_BY, way),
        ]
    )
    has_more = bool(more.children)
    return html.Div(
        [
            html.Span(texts.number(one.kind, one.number), className="muted"),
            html.Div(language.of(one.goal)),
            html.Details([html.Summary(texts.MORE), more]) if has_more else None,
        ],
        id=one.id,
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


def _followed_by(view: _View, one: Activity) -> Component:
    if one.no_indicator:
        words = f"{texts.NO_INDICATOR} {language.of(one.no_indicator)}"
        return html.Span(words, className="muted")
    return html.Ul([html.Li(_indicator(view, name)) for name in one.followed_up_by])


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
    told = texts.beside(words.unit, words.period if is_other else "")
    beside = [value_link(words), f" {told} ", badge(words.status, words.period)]
    return [name, html.Div(beside)]
