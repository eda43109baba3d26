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
from app.pages.plans.words import (
    LOOK,
    NOT_STATED,
    STATUS,
    SYMBOL,
    counted,
    in_brackets,
    numbered,
)
from app.queries.activities import activities
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow, outcomes_within
from app.queries.units import UnitRow
from app.web import html
from app.words import headings, language, not_found, text, totals
from app.words.language import gettext as _
from app.words.language import ngettext, pgettext
from app.words.text import in_force
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
    chosen = [activity for activity in every if choice.keeps(activity)]
    return html.Div(
        [
            heading(
                NAME,
                _(
                    "Målen och aktiviteterna i planerna, hur långt de har kommit och "
                    "de indikatorer som följer upp dem."
                ),
            ),
            _filters(view, choice, every),
            visit.notice_of_unit(),
            visit.notice_of_quarter(visit.way_from(PATH)),
            html.P(counted(len(chosen), len(every)), className="totals"),
            _shown_for(view, unit),
            *_plans(view, chosen, choice),
        ]
    )


def _shown_for(view: _View, unit: UnitRow) -> Component | None:
    if missing.precedes_data(view.frame, view.quarter):
        return None
    words = _("Indikatorernas status gäller {unit}, {quarter}.").format(
        unit=unit.name, quarter=text.period_words(view.quarter)
    )
    return html.P(words, className="muted")


def _filters(view: _View, choice: _Choice, every: Sequence[Activity]) -> Component:
    plans = [
        (plan.id, language.of(plan.title)) for plan in view.frame.definitions.plans
    ]
    present = {activity.status for activity in every}
    statuses = [
        (status, STATUS[status]) for status in ActivityStatus if status in present
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


def _plans(view: _View, chosen: Sequence[Activity], choice: _Choice) -> list[Component]:
    if not view.every:
        return [notice(_("Det finns inga aktiviteter i det här bygget."))]
    if not chosen:
        params = {"unit": view.unit, "period": str(view.quarter)}
        way = link(_("Visa alla aktiviteter"), address(PATH, params))
        if choice.plan and choice.plan not in {
            activity.plan for activity in view.every.values()
        }:
            return [notice(not_found.NO_PLAN, way)]
        return [
            notice(
                _("Inga aktiviteter passar urvalet"),
                _("Välj ”Alla” i något av filtren, eller börja om:"),
                way,
            )
        ]
    parts = []
    for plan in view.frame.definitions.plans:
        activities_of_plan = [
            activity for activity in chosen if activity.plan == plan.id
        ]
        if activities_of_plan:
            parts.append(_plan(view, plan, activities_of_plan))
    return parts


def _plan(view: _View, plan: Plan, activities: Sequence[Activity]) -> Component:
    sections: dict[str, list[Activity]] = {}
    ended_title = _("Avslutade mål")
    for activity in activities:
        is_ended = activity.kind is ActivityKind.ENDED_GOAL
        title = ended_title if is_ended else language.of(activity.section)
        sections.setdefault(title, []).append(activity)
    # Ended goals last, wherever the plan has them; they call for nothing.
    titles = sorted(sections, key=lambda title: title == ended_title)
    units, unit = view.frame.units, view.unit
    is_other = plan.region != units.kolada_id(unit)
    return section(
        language.of(plan.title),
        html.P(
            _("Beslutad {decided}. Gäller {years}.").format(
                decided=plan.decided, years=in_force(plan.valid)
            ),
            className="muted",
        ),
        html.P(
            _("En annan regions plan. Statusen är ändå den som gäller {unit}.").format(
                unit=units.name(unit)
            )
        )
        if is_other
        else None,
        html.P(totals.totals_line(*_tally(view, activities))),
        *(
            _part(view, title, sections[title], len(activities) <= _FEW)
            for title in titles
        ),
        id=plan.id,
    )


def _part(
    view: _View, title: str, activities: Sequence[Activity], is_open: bool
) -> Component:
    about = [
        html.Span(
            ngettext("{number} punkt", "{number} punkter", len(activities)).format(
                number=len(activities)
            ),
            className="muted",
        )
    ]
    status = Status.NOT_MET
    missed = _tally(view, activities)[1][status]
    if missed and activities[0].kind is not ActivityKind.ENDED_GOAL:
        words = ngettext(
            "{number} indikator når inte målet",
            "{number} indikatorer når inte målet",
            missed,
        ).format(number=missed)
        about.append(mark(f"badge-{status}", text.SYMBOL[status], words))
    whole = table(title, _columns(view), activities)
    return fold(title, about, whole, is_open=is_open)


def _tally(view: _View, activities: Sequence[Activity]) -> tuple[int, Counter[Status]]:
    """Return how many indicators follow activities, and the statuses they have."""
    followed = {name for activity in activities for name in activity.followed_up_by}
    outcomes = [view.outcomes[name] for name in followed if name in view.outcomes]
    return len(followed), Counter(Status(outcome.status) for outcome in outcomes)


def _columns(view: _View) -> tuple[Col, ...]:
    return (
        Col(
            pgettext("handlingsplan", "Målbild"), partial(_goal, view), is_heading=True
        ),
        Col(_("Ansvarig"), _responsible),
        Col(_("Tidplan"), _timeline),
        Col(_("Status"), lambda activity: activity_badge(activity.status)),
        Col(_("Följs upp av"), partial(_followed_by, view)),
    )


def _responsible(activity: Activity) -> str:
    return _said(activity.responsible) or NOT_STATED


def _timeline(activity: Activity) -> Component | str:
    # As the plan writes it, in Swedish.
    return html.Span(activity.timeline, lang="sv") if activity.timeline else NOT_STATED


def _goal(view: _View, activity: Activity) -> Component:
    replaced = view.every.get(activity.replaced_by or "")
    way = None
    if replaced:
        words = numbered(replaced.kind, replaced.number)
        way = link(words, f"#{replaced.id}")
    more = facts(
        [
            (
                _("Planerade aktiviteter"),
                _listed([language.of(each) for each in activity.activities]),
            ),
            (_("Mått enligt planen"), _said(activity.measure)),
            (_("Stöd"), _said(activity.support)),
            (_("Uppföljning enligt planen"), _said(activity.follow_up)),
            (_("Planen skriver"), _said(activity.status_note)),
            (_("Ersatt av"), way),
        ]
    )
    has_more = bool(more.children)
    return html.Div(
        [
            html.Span(numbered(activity.kind, activity.number), className="muted"),
            html.Div(language.of(activity.goal)),
            html.Details([html.Summary(_("Mer om aktiviteten")), more])
            if has_more
            else None,
        ],
        id=activity.id,
        className="activity",
    )


def _said(words: Text | None) -> str | None:
    return language.of(words) if words else None


def _listed(words: Sequence[str]) -> Component | None:
    return html.Ul([html.Li(sentence) for sentence in words]) if words else None


def activity_badge(status: ActivityStatus) -> Component:
    """Return how far an activity has come as symbol, word and colour."""
    look = f"badge-{LOOK[status]}"
    return mark(look, SYMBOL[status], STATUS[status])


def _followed_by(view: _View, activity: Activity) -> Component:
    if activity.no_indicator:
        none = _("Ingen indikator:")
        words = f"{none} {language.of(activity.no_indicator)}"
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
    sentence = in_brackets(words.unit, words.period if is_other else "")
    beside = [value_link(words), f" {sentence} ", badge(words.status, words.period)]
    return [name, html.Div(beside)]
