"""Statements of a plan as `/handlingsplaner` shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dash.development.base_component import Component

from app.address import Selection, indicator_address, overview_address
from app.design.components import facts, link
from app.outcome.parts import outcome_badge, value_link
from app.outcome.ways import incidents_address
from app.outcome.words import outcome_words
from app.pages.plans.find import Followed, Key, Statement
from app.pages.plans.words import (
    SUPPORTING,
    aims,
    called,
    coming,
    in_brackets,
    indicator_name,
    joined,
    no_outcome,
    timing_words,
)
from app.queries.frame import Frame
from app.queries.kept import FEW, keeping
from app.queries.reader import Reader
from app.queries.units import UnitRow
from app.web import html
from app.web.markup import written
from app.words import headings, language, text
from app.words.language import gettext as _
from kpi.activities import Activities, Activity, ActivityKind, Timing
from kpi.model import Text
from kpi.period import Period


@dataclass(frozen=True, slots=True)
class View:
    """What statements are shown with.

    Attributes:
        quarter: The one that outcomes are of.
        period: The one asked for, for the overview, which has others than quarters.
        outcomes: How it goes, by what is followed: several statements name the same.
    """

    reader: Reader
    frame: Frame
    unit: UnitRow
    quarter: Period
    period: Period
    pathways: dict[str, str]
    stored: Activities
    outcomes: dict[Key, Component] = field(default_factory=dict)


def listed(view: View, shown: Sequence[Statement]) -> Component | None:
    """Return statements as a list; those under another one as a list within it."""
    if not shown:
        return None
    ids = {statement.activity.id for statement in shown}
    tops = [one for one in shown if one.activity.part_of not in ids]
    is_mixed = len({statement.activity.kind for statement in shown}) > 1
    under: dict[str, list[Statement]] = {}
    for statement in shown:
        under.setdefault(statement.activity.part_of or "", []).append(statement)

    statements = _statements(view.reader, language.language())

    def item(statement: Statement) -> Component:
        below = under.get(statement.activity.id, [])
        return html.Li(
            [
                html.Div(
                    [
                        _statement(statements, statement, is_mixed),
                        to_overview(view, question=statement.activity.question)
                        if statement.activity.question
                        else None,
                        _follow_up(view, statement),
                    ],
                    className="statement",
                ),
                html.Ul([item(one) for one in below], className="statements")
                if below
                else None,
            ],
            id=statement.activity.id,
        )

    return html.Ul([item(statement) for statement in tops], className="statements")


def to_overview(view: View, **choice: str | None) -> Component:
    """Return the way to the indicators of a plan, a part of it or a question."""
    here = Selection(unit=view.unit.unit_id, period=str(view.period))
    way = overview_address(here.but(**choice))
    return html.P(link(_("Indikatorerna i översikten"), way))


_Statements = dict[tuple[str, Timing | None, bool], Component]


@keeping(FEW)
def _statements(reader: Reader, _language: str) -> _Statements:
    """Return where statements of a build are kept as they are read in a language.

    They are the same for everybody: at most three of each, by where the quarter lies,
    and twice that, by whether their kind is told.
    """
    return {}


def _statement(
    statements: _Statements, statement: Statement, is_mixed: bool
) -> Component:
    key = (statement.activity.id, statement.timing, is_mixed)
    if key not in statements:
        statements[key] = written(_in_words(statement, is_mixed))
    return statements[key]


def _in_words(statement: Statement, is_mixed: bool) -> Component:
    activity = statement.activity
    replaced = statement.replaced_by
    says_what = activity.number or (is_mixed and activity.part_of is None)
    when = timing_words(statement)
    time = [joined([activity.timeline])] if activity.timeline else []
    about = facts(
        [
            (_("Planerade aktiviteter"), _quotes(activity.activities)),
            (_("Mål/mått"), _quotes(activity.measures)),
            (headings.RESPONSIBLE_FIELD, joined(activity.responsible)),
            (_supporting(activity), joined(activity.support)),
            (_("Rapporteras till"), joined(activity.recipients)),
            (_("Tidplan"), " – ".join([*time, *([when] if when else ())])),
            (headings.STATUS_FIELD, _said(activity.status_quote)),
            (_("Uppföljning enligt planen"), _said(activity.follow_up)),
            (_("Svar på rekommendationen"), _said(activity.answer)),
            (
                _("Ersatt av"),
                link(called(replaced), f"#{replaced.id}") if replaced else None,
            ),
        ]
    )
    remark = activity.remark
    return html.Div(
        [
            html.Span(called(activity), className="muted") if says_what else None,
            html.P(language.of(activity.quote), className="quote"),
            about if about.children else None,
            html.P(
                [html.Strong(_("Målbilds anmärkning:")), f" {language.of(remark)}"],
                className="remark",
            )
            if remark
            else None,
            _original(activity.quotes)
            if language.language() != language.SOURCE
            else None,
        ]
    )


def _supporting(activity: Activity) -> str:
    """Return what the plan calls those who support: in its tables, or in its text."""
    if activity.kind is ActivityKind.RESPONSIBILITY:
        return _("Stöd")
    return str(SUPPORTING)


def _original(quotes: Sequence[Text]) -> Component | None:
    """Return what is translated as it stands in the plan; nothing in Swedish."""
    if language.language() == language.SOURCE:
        return None
    words = [html.P(quote.sv, lang="sv") for quote in quotes]
    return html.Details([html.Summary(_("Planens egna ord på svenska")), *words])


def _said(words: Text | None) -> str | None:
    return language.of(words) if words else None


def _quotes(quotes: Sequence[Text]) -> Component | str | None:
    if len(quotes) > 1:
        return html.Ul([html.Li(language.of(quote)) for quote in quotes])
    return joined(quotes)


def _follow_up(view: View, statement: Statement) -> Component | None:
    if not statement.followed:
        return None
    groups = [
        (_("Följs upp av"), statement.by_plan),
        (_("Förslag från Målbild"), statement.proposed),
    ]
    parts: list[Component] = []
    for title, followed in groups:
        if followed:
            parts.append(html.P(title, className="follow-up-title"))
            parts.append(
                html.Ul([html.Li(_indicator(view, part)) for part in followed])
            )
    place = (view.unit.unit_id, str(view.quarter))
    every = statement.followed
    incidents = (incidents_address(part.link.indicator, *place) for part in every)
    if href := next(filter(None, incidents), ""):
        parts.append(html.P(link(headings.INCIDENTS_BY_CATEGORY, href)))
    return html.Div(parts, className="follow-up")


def _indicator(view: View, followed: Followed) -> list[Component]:
    outcome = view.outcomes.get(followed.key)
    if outcome is None:
        outcome = view.outcomes[followed.key] = written(_followed(view, followed))
    why = followed.why
    return [
        outcome,
        *([html.Div(language.of(why), className="muted")] if why else ()),
    ]


def _followed(view: View, followed: Followed) -> list[str | Component]:
    indicator, row = followed.indicator, followed.row
    name: str | Component = indicator_name(followed, view.pathways)
    if indicator is not None:
        period = row.period if row and followed.link.period else str(view.quarter)
        href = indicator_address(indicator.id, view.unit.unit_id, period)
        name = link(name, href)
    return [name, html.Div(_outcome(view, followed))]


def _outcome(view: View, followed: Followed) -> list[str | Component] | Component:
    if followed.indicator is None or followed.row is None:
        return html.Span(no_outcome(followed), className="muted")
    words = outcome_words(followed.indicator, followed.row, view.frame.build)
    is_other = words.period != text.period_words(view.quarter)
    beside = in_brackets(words.unit, words.period if is_other else "")
    status = outcome_badge(words, words.period)
    parts = [value_link(words), beside, aims(words), status, coming(followed)]
    # Whether there is a component is not for Dash to count.
    return [part for each in parts if each != "" for part in (each, " ")][:-1]
