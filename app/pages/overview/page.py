"""`/`: all indicators of one unit in one period, mostly a quarter."""

from collections.abc import Callable, Sequence

from dash.development.base_component import Component

from app.address import YES, Selection, overview_address, unit_address
from app.columns import Col
from app.design import missing
from app.design.choices import (
    of_indicators,
    optional,
    period_choice,
    unit_choice,
    way_to,
)
from app.design.components import (
    Choice,
    Content,
    badge,
    filled,
    filter_bar,
    heading,
    link,
    links,
    notice,
    section,
    table,
)
from app.design.visit import Visit
from app.outcome import latest
from app.outcome.basis import INCOMPLETE
from app.outcome.latest import trend_spans
from app.outcome.parts import (
    lines,
    outcome_badge,
    outcome_cell,
    stacked,
    target_cell,
    tile_without_value,
    trend_and_signs,
)
from app.outcome.question import judged_of
from app.outcome.words import OutcomeWords
from app.pages.overview import words as present
from app.pages.overview.words import Change, Group, Line
from app.queries.activities import roles_answering
from app.queries.benchmarks import newest_benchmarks
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow, outcomes_within
from app.web import html
from app.words import headings, not_found, text, totals
from app.words.language import gettext as _
from app.words.language import of
from kpi.alphabet import swedish
from kpi.assessment import Status
from kpi.period import Period, PeriodKind
from kpi.vocabulary import NATION, REGION_NAMES

PATH = "/"
NAME = headings.OVERVIEW
HELP = "help"


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    reader, frame = visit.reader, visit.frame
    unit, period = visit.unit, visit.period
    asked_for = visit.selection.but(unit=unit.unit_id)

    def way(written: str) -> str:
        return overview_address(asked_for.but(period=written))

    region = frame.units.kolada_id(unit.unit_id)
    indicators = [
        indicator.in_region(region) for indicator in frame.definitions.indicators
    ]
    regions = (NATION, region or NATION)
    spans = trend_spans(indicators, period)
    rows = outcomes_within(reader, spans, [unit.unit_id])
    public = newest_benchmarks(reader, regions, period.year)
    # Charts are judged for quarters; a year or tertial is an outcome alone.
    is_quarter = period.kind is PeriodKind.QUARTER
    judged = judged_of(reader, frame, period, unit) if is_quarter else {}
    outcomes = latest.by_indicator(rows)
    every = present.lines(
        indicators,
        unit.unit_id,
        period,
        outcomes,
        public,
        judged,
        roles_answering(reader, region),
        frame.build,
    )
    selection = asked_for.but(period=str(period))
    parts = (
        _shown(frame, selection, period, every, outcomes)
        if every
        else [missing.no_outcomes(frame, unit, period, way)]
    )
    return html.Div(
        [
            heading(
                unit.name,
                f"{headings.OVERVIEW}, {text.period_words(period)}",
                over=way_to(frame.units, unit.unit_id, str(period)),
            ),
            _filters(frame, selection, period, every),
            visit.notice_of_unit(),
            visit.notice_of_quarter(way) if period == visit.quarter else None,
            _other_plan(frame, selection),
            *parts,
        ]
    )


def _shown(
    frame: Frame,
    selection: Selection,
    period: Period,
    every: Sequence[Line],
    outcomes: dict[str, list[OutcomeRow]],
) -> list[Component]:
    chosen = present.chosen(every, selection)
    if not chosen:
        return [_nothing_left(frame, selection)]
    indicators = [line.indicator for line in chosen]
    changes = present.changes(indicators, selection.unit or "", period, outcomes)
    return [
        _summary(frame, chosen, every, selection),
        html.Div(
            [_furthest(present.furthest(chosen)), _changes(changes, period)],
            className="columns",
        ),
        *(_group(group, period) for group in present.grouped(chosen, selection)),
    ]


def _filters(
    frame: Frame, selection: Selection, period: Period, every: Sequence[Line]
) -> Component:
    # The address says it in Swedish in every language, so that it can be sent on.
    roles = {role.sv: of(role) for line in every for role in line.responsible}
    if selection.responsible:
        # A choice that leaves nothing is still shown as chosen.
        roles.setdefault(selection.responsible, selection.responsible)
    responsible = sorted(roles.items(), key=lambda role: swedish(role[1]))
    region = frame.units.kolada_id(selection.unit or "")
    plans = [
        (plan.id, text.plan_name(plan, region))
        for plan in sorted(frame.plans, key=lambda plan: plan.region != region)
    ]
    counter = present.totals(every)
    statuses = [
        (status, text.STATUS[status])
        for status in Status
        if status in {*counter, selection.status}
    ]
    return filter_bar(
        PATH,
        [
            unit_choice(frame, selection.unit or ""),
            period_choice(frame, period),
            optional("status", headings.STATUS_FIELD, statuses, selection.status),
            optional("plan", headings.PLAN_FIELD, plans, selection.plan),
            # Not every plan names anybody who answers for a measure.
            optional(
                "responsible",
                headings.RESPONSIBLE_FIELD,
                responsible,
                selection.responsible,
            )
            if responsible
            else None,
            *_divisions(frame, selection),
            Choice(
                "sort",
                _("Ordning"),
                [("", _("Efter område")), ("gap", _("Störst avvikelse först"))],
                selection.sort,
            ),
        ],
        headings.APPLY,
    )


def _divisions(frame: Frame, selection: Selection) -> list[Choice | None]:
    """Return the choices of what some plans divide their indicators by."""
    indicators = frame.definitions.indicators
    return [
        of_indicators(
            "theme",
            _("Förutsättning, fokusområde"),
            text.THEME.items(),
            {theme for indicator in indicators for theme in indicator.themes},
            selection.theme,
        ),
        of_indicators(
            "question",
            _("Fråga"),
            text.QUESTION.items(),
            {asked for indicator in indicators for asked in indicator.questions},
            selection.question,
        ),
        of_indicators(
            "internal_control",
            _("Internkontroll"),
            [(YES, _("Följs upp där"))],
            {YES for indicator in indicators if indicator.internal_control},
            selection.internal_control,
        ),
    ]


def _nothing_left(frame: Frame, selection: Selection) -> Component:
    clean = Selection(unit=selection.unit, period=selection.period)
    every = link(_("Visa alla indikatorer"), overview_address(clean))
    if selection.plan and frame.plan(selection.plan) is None:
        return notice(not_found.NO_PLAN, every)
    return notice(
        _("Inga indikatorer passar urvalet"),
        html.Span([_("Välj ”Alla” i något av filtren, eller börja om:") + " ", every]),
    )


def _region_of_other_plan(frame: Frame, selection: Selection) -> str | None:
    """Return whose plan is chosen, if it is not the unit's own region's."""
    own_region = frame.units.kolada_id(selection.unit or "")
    plan = frame.plan(selection.plan or "")
    region = plan.region if plan else None
    return region if own_region and region != own_region else None


def _other_plan(frame: Frame, selection: Selection) -> Component | None:
    region = _region_of_other_plan(frame, selection)
    if region is None:
        return None
    words = _(
        "Planen är {region}s. Dess mål gäller inte här: utfallen nedan bedöms efter "
        "den egna regionens mål, och räknas inte ihop till ett svar om planen."
    )
    return notice(words.format(region=REGION_NAMES[region]))


def _summary(
    frame: Frame, chosen: Sequence[Line], every: Sequence[Line], selection: Selection
) -> Component:
    own_page = unit_address(selection.unit or "", selection.period)
    number = headings.indicators(len(chosen))
    if _region_of_other_plan(frame, selection):
        # What another region's plan aims at says nothing of these outcomes together.
        return html.P(f"{number}.", className="totals")
    # A tile leads to another status, so it counts what is to be found there.
    counter = present.totals(present.chosen(every, selection.but(status=None)))
    tiles = [
        _tile(status, counter.pop(status, 0), selection)
        for status in totals.TOTALLED
        # Seldom there is any: a period that goes on is not the one shown first.
        if status not in (Status.NOT_JUDGED, Status.PLANNED) or status in counter
    ]
    if counter:
        tiles.append(tile_without_value(counter.total()))
    return html.Div(
        [
            html.P(
                [
                    f"{number}. ",
                    present.beside_the_plan(chosen, selection),
                    link(_("Enhetens sida"), own_page),
                ],
                className="totals",
            ),
            html.Ul([html.Li(part) for part in tiles], className="tiles"),
        ]
    )


def _tile(status: Status, number: int, selection: Selection) -> Component:
    is_chosen = selection.status == status
    return link(
        [html.Span(str(number), className="tile-number"), badge(status)],
        overview_address(selection.but(status=status)),
        **({"aria-current": "true"} if is_chosen else {}),
    )


def _furthest(some_lines: Sequence[Line]) -> Component | None:
    """Return what to look at first; None where everything meets its target."""
    if not some_lines:
        return None
    items = [
        html.Li(
            [
                link(of(line.indicator.name), line.href),
                html.Span(f" {_against(line)}", className="muted"),
            ]
        )
        for line in some_lines
    ]
    return section(
        _("Längst från målet"),
        html.P(
            _("Störst avvikelse i förhållande till målet först."), className="muted"
        ),
        html.Ol(items, className="changes"),
    )


def _against(line: Line) -> str:
    words = line.words
    if words is None:
        return ""
    sentence = _("{value} mot målet {target}").format(
        value=words.value, target=words.target
    )
    return f"{sentence}, {words.cases}" if words.cases else sentence


def _changes(changes: Sequence[Change] | None, period: Period) -> Component | None:
    """Return what has changed; None where nothing could be compared."""
    if changes is None:
        return None
    if not changes:
        return section(
            _changed_since(period),
            html.P(_("Ingen indikator har bytt status.")),
        )
    items = [
        html.Li(
            [
                link(change.name, change.href),
                html.Span(f" {change.value} ({change.period}) ", className="muted"),
                html.Span(
                    [
                        badge(change.before, words=change.before_words),
                        " → ",
                        badge(change.after, words=change.after_words),
                    ]
                ),
            ]
        )
        for change in changes
    ]
    return section(_changed_since(period), html.Ul(items, className="changes"))


def _changed_since(period: Period) -> str:
    if period.kind is PeriodKind.QUARTER:
        return str(headings.CHANGES)
    before = text.period_words(period.shifted(-1))
    return _("Vad har ändrats sedan {period}").format(period=before)


def _group(group: Group, period: Period) -> Component:
    parts: list[Component] = []
    if group.lines:
        parts.append(_table(group.title, group.lines, period))
    if group.untargeted:
        summary = html.Summary(
            _("Utan målvärde ({number})").format(number=len(group.untargeted))
        )
        caption = _("{group}, utan målvärde").format(group=group.title)
        folded = _table(caption, group.untargeted, period)
        parts.append(html.Details([summary, folded], className="fold"))
    if group.waiting:
        names = [(of(line.indicator.name), line.href) for line in group.waiting]
        summary = html.Summary(headings.waiting(len(names)))
        parts.append(html.Details([summary, links(names)]))
    return section(group.title, *parts)


def _table(caption: str, some_lines: Sequence[Line], period: Period) -> Component:
    now = text.period_words(period)

    def outcome(words: OutcomeWords) -> Component:
        return outcome_cell(words, words.period if words.period != now else "")

    columns = (
        Col(headings.NAME, _name, is_heading=True),
        Col(headings.OUTCOME, _told(outcome, text.NO_VALUE), is_number=True),
        Col(headings.TARGET, _told(target_cell), is_number=True),
        Col(headings.GAP, _told(_gap), is_number=True),
        Col(headings.STATUS, _told(_status, badge(Status.NOT_REPORTED))),
        Col(
            headings.TREND,
            _trend,
            hint=_(
                "Linjen visar utvecklingen. Symbolerna säger om den senaste mätningen "
                "är en förändring utöver slumpen, och om målet kan väntas bli nått som "
                "det går nu."
            ),
        ),
        Col(_("Jämförelse"), _comparison, is_number=True),
    )
    if any(line.words and line.words.target for line in some_lines):
        return html.Div(table(caption, columns, some_lines), className="overview")
    # Without a target there is nothing to hold against it, and often nobody else.
    shown = table(caption, filled(columns, some_lines, ("",)), some_lines)
    return html.Div(shown, className="overview untargeted")


def _comparison(line: Line) -> Content:
    if not line.caveat:
        return lines(line.benchmarks)
    return html.Div([lines(line.benchmarks), html.P(line.caveat, className="caveat")])


def _name(line: Line) -> Component:
    return link(of(line.indicator.name), line.href)


def _told(
    show: Callable[[OutcomeWords], Content], otherwise: Content = ""
) -> Callable[[Line], Content]:
    """Return what shows the outcome of a line, or that there is none at all."""
    return lambda line: show(line.words) if line.words else otherwise


def _gap(words: OutcomeWords) -> Content:
    return stacked(words.gap, words.gap_unit, words.cases) if words.gap else ""


def _status(words: OutcomeWords) -> Content:
    incomplete = f"! {INCOMPLETE}" if words.is_incomplete else ""
    return stacked(outcome_badge(words), words.reason, words.caution, incomplete)


def _trend(line: Line) -> Content:
    return trend_and_signs(line.trend, line.signs) if line.words else ""
