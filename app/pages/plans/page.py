"""`/handlingsplaner`: what stands in the plans, and the indicators that follow it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dash.development.base_component import Component

from app.address import PLANS as PATH
from app.address import STEPS, address, identifier
from app.design import missing
from app.design.choices import optional, quarter_choice, unit_choice
from app.design.components import (
    Choice,
    downloads,
    file_link,
    filter_bar,
    fold,
    heading,
    link,
    mark,
    notice,
    section,
)
from app.design.visit import Visit
from app.pages.plans.answer import PLANS, wanted_in
from app.pages.plans.export import PLANS_FILE
from app.pages.plans.find import (
    FollowedBy,
    Statement,
    Wanted,
    is_of_own_region,
    own_region_first,
    statements,
)
from app.pages.plans.statement import View, listed, to_overview
from app.pages.plans.words import (
    FOLLOWED_BY,
    KIND,
    STATUS,
    counted,
    document_facts,
    heading_of,
    not_stated,
)
from app.queries.activities import activities
from app.queries.definitions import pathway_names
from app.queries.kept import kept
from app.queries.reader import Reader
from app.web import html
from app.words import charts, headings, language, not_found, text, totals
from app.words.language import gettext as _
from app.words.language import ngettext
from kpi.activities import (
    ActivityKind,
    ActivityStatus,
    PlanDocument,
    Section,
)
from kpi.alphabet import swedish
from kpi.assessment import Status
from kpi.steps import is_step

NAME = headings.PLANS
HELP = "help"
ANSWERS, DOWNLOADS = (PLANS,), (PLANS_FILE,)

_FEW = 12
"""Statements of a plan, up to which none of its parts is folded."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading with its statements and the headings under it."""

    section: Section
    statements: list[Statement]
    parts: "list[_Part]"

    @property
    def every(self) -> list[Statement]:
        """Those of the headings under it too."""
        below = (statement for part in self.parts for statement in part.every)
        return [*self.statements, *below]


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    wanted = _wanted(visit.params)
    unit, quarter = visit.unit, visit.quarter
    stored = activities(visit.reader)
    shown = statements(visit.reader, visit.frame, unit, quarter, wanted)
    pathways = pathway_names(visit.reader)
    view = View(
        visit.reader, visit.frame, unit, quarter, visit.period, pathways, stored
    )
    return html.Div(
        [
            heading(
                NAME,
                _(
                    "Vad som står i planerna, med planernas egna ord, och "
                    "indikatorerna som följer upp det."
                ),
            ),
            _filters(view, wanted),
            visit.notice_of_unit(),
            visit.notice_of_quarter(visit.way_from(PATH)),
            html.P(counted(len(shown), len(stored.activities)), className="totals"),
            _shown_for(view),
            _to_steps(view),
            _downloads(view, wanted) if shown else None,
            *_plans(view, shown, wanted),
        ],
        className="plans",
    )


def _wanted(params: Mapping[str, str]) -> Wanted:
    """Return what the address asks for; what it has wrong is no choice."""
    words: dict[str, Collection[str]] = {
        "kind": tuple(ActivityKind),
        "status": tuple(ActivityStatus),
        "followed_by": tuple(FollowedBy),
        "support": ("included",),
    }
    ids = ("plan", "section", "role", "indicator")
    given = {name: identifier(params.get(name)) for name in ids}
    for name, known in words.items():
        written = params.get(name)
        given[name] = written if written in known else None
    return wanted_in(given)


def _params(view: View, wanted: Wanted) -> dict[str, str]:
    given = {
        "plan": wanted.plan,
        "section": wanted.section,
        "kind": wanted.kind,
        "role": wanted.role,
        "support": "included" if wanted.with_support else None,
        "status": wanted.status,
        "followed_by": wanted.followed_by,
        "indicator": wanted.indicator,
        "unit": view.unit.unit_id,
        "period": str(view.quarter),
    }
    return {name: str(value) for name, value in given.items() if value}


def _shown_for(view: View) -> Component | None:
    if missing.precedes_data(view.frame, view.quarter):
        return None
    words = _("Indikatorernas utfall och tidplanernas läge gäller {unit}, {quarter}.")
    return html.P(
        words.format(unit=view.unit.name, quarter=text.period_words(view.quarter)),
        className="muted",
    )


def _to_steps(view: View) -> Component | None:
    if not any(map(is_step, view.frame.definitions.indicators)):
        return None
    params = {"unit": view.unit.unit_id, "period": str(view.quarter)}
    way = link(_("Stegen i planerna, i den ordning de ska nås"), address(STEPS, params))
    return html.P(way)


def _filters(view: View, wanted: Wanted) -> Component:
    stored = view.stored
    documents = own_region_first(view.frame, view.unit, stored)
    region = view.frame.units.kolada_id(view.unit.unit_id)
    plans = [
        (plan.id, text.plan_name(plan, region))
        for document in documents
        if (plan := view.frame.plan(document.plan))
    ]
    sections = [
        (one.id, "\N{NO-BREAK SPACE}" * 3 * bool(one.part_of) + heading_of(one))
        for document in documents
        if wanted.plan in (None, document.plan)
        for one in document.sections
        if len(document.way_to(one.id)) < 3
    ]
    every = stored.of_plan(wanted.plan) if wanted.plan else stored.activities
    named = {role for activity in every for role in activity.every_role}
    roles = [
        (role.id, language.of(role.name))
        for role in stored.roles
        if role.id in {*named, wanted.role}
    ]
    statuses = _present(STATUS, {wanted.status, *(one.status for one in every)})
    return filter_bar(
        PATH,
        [
            optional("plan", headings.PLAN_FIELD, plans, wanted.plan),
            optional("section", _("Avsnitt"), sections, wanted.section),
            optional(
                "role",
                headings.RESPONSIBLE_FIELD,
                sorted(roles, key=lambda role: swedish(role[1])),
                wanted.role,
            ),
            Choice(
                "support",
                _("Stöd, mottagare"),
                [("", _("Bara ansvariga")), ("included", _("Även stöd och mottagare"))],
                "included" if wanted.with_support else None,
            ),
            optional(
                "kind",
                _("Slag"),
                _present(KIND, {wanted.kind, *(one.kind for one in every)}),
                wanted.kind,
            ),
            # Not every plan says how far it has come.
            optional("status", headings.STATUS_FIELD, statuses, wanted.status)
            if statuses
            else None,
            optional(
                "followed_by",
                _("Uppföljning"),
                [(str(word), words) for word, words in FOLLOWED_BY.items()],
                wanted.followed_by,
            ),
            *_indicator_choice(view, wanted),
            unit_choice(view.frame, view.unit.unit_id),
            quarter_choice(view.frame, view.quarter),
        ],
        headings.APPLY,
    )


def _indicator_choice(view: View, wanted: Wanted) -> list[Choice]:
    """Return the choice of an indicator, once one is chosen: its page leads here."""
    if wanted.indicator is None:
        return []
    indicator = view.frame.indicator(wanted.indicator)
    name = language.of(indicator.name) if indicator else wanted.indicator
    options = [(wanted.indicator, name)]
    return [optional("indicator", _("Indikator"), options, wanted.indicator)]


def _present(
    words: Mapping[Any, str], present: Collection[object]
) -> list[tuple[str, str]]:
    return [(str(word), said) for word, said in words.items() if word in present]


def _downloads(view: View, wanted: Wanted) -> Component:
    params = _params(view, wanted)
    return downloads(
        file_link(charts.CSV, address(f"{PLANS.path}.csv", params), "plans.csv"),
        file_link(charts.XLSX, address(PLANS_FILE.path, params), "plans.xlsx"),
    )


def _plans(view: View, shown: Sequence[Statement], wanted: Wanted) -> list[Component]:
    if not view.stored.activities:
        return [
            notice(
                _("Det finns inga planer i det här bygget."),
                _(
                    "Regionens egna planer används om inget annat är valt. Den som "
                    "sköter Målbild väljer planer, eller skriver in regionens egna, i "
                    "data/region.yaml."
                ),
            )
        ]
    documents = own_region_first(view.frame, view.unit, view.stored)
    if shown:
        by_plan = [
            (document, [one for one in shown if one.document.plan == document.plan])
            for document in documents
        ]
        return [
            _plan(view, document, own, wanted.section is not None)
            for document, own in by_plan
            if own
        ]
    params = {"unit": view.unit.unit_id, "period": str(view.quarter)}
    way = link(_("Visa allt som står i planerna"), address(PATH, params))
    if wanted.plan and wanted.plan not in {document.plan for document in documents}:
        return [notice(not_found.NO_PLAN, way)]
    return [
        notice(
            _("Inget i planerna passar urvalet"),
            *_also_named(view, wanted),
            _("Välj ”Alla” i något av filtren, eller börja om:"),
            way,
        )
    ]


def _also_named(view: View, wanted: Wanted) -> list[Component]:
    """Return the way to what else a role may be named for, if that was not chosen."""
    if wanted.role is None or wanted.with_support:
        return []
    more = address(PATH, _params(view, replace(wanted, with_support=True)))
    words = _("Visa det som rollen stödjer eller som rapporteras till den")
    return [link(words, more)]


def _plan(
    view: View, document: PlanDocument, shown: list[Statement], is_chosen: bool
) -> Component:
    valid = {plan.id: plan.valid for plan in view.frame.definitions.plans}
    is_own = is_of_own_region(view.frame, view.unit, document.plan)
    other = _("En plan i {region}. Utfallen gäller {unit}, mot de mål som gäller där.")
    number, counts = _tally(shown)
    # Whoever has chosen a heading wants to read what stands under it.
    is_open = is_chosen or len(shown) <= _FEW
    is_whole = len(shown) == len(view.stored.of_plan(document.plan))
    return section(
        language.of(document.title),
        html.P(document_facts(document, valid[document.plan]), className="muted"),
        None
        if is_own
        else html.P(other.format(region=document.region, unit=view.unit.name)),
        html.P(totals.totals_line(number, counts)) if is_own and number else None,
        to_overview(view, plan=document.plan)
        if is_own and is_whole and number
        else None,
        *(_top(view, part, is_open, is_own) for part in _parts(shown)),
        id=document.plan,
    )


def _parts(shown: Sequence[Statement], depth: int = 0) -> list[_Part]:
    """Return statements under their headings, in the order of the document."""
    under: dict[str, list[Statement]] = {}
    for statement in shown:
        under.setdefault(statement.place[depth].id, []).append(statement)
    return [
        _Part(
            group[0].place[depth],
            [one for one in group if len(one.place) == depth + 1],
            _parts([one for one in group if len(one.place) > depth + 1], depth + 1),
        )
        for group in under.values()
    ]


def _top(view: View, part: _Part, is_open: bool, is_own: bool) -> Component:
    if not part.parts:
        return _folded(view, part, 3, is_open, is_own)
    return html.Div(
        [
            html.H3(heading_of(part.section)),
            _unsaid(view, part, is_whole=False) if part.statements else None,
            *_intro(part.section),
            listed(view, part.statements),
            *(_folded(view, below, 4, is_open, is_own) for below in part.parts),
        ],
        className="plan-part",
    )


def _folded(
    view: View, part: _Part, level: int, is_open: bool, is_own: bool
) -> Component:
    every = part.every
    number = ngettext("{number} punkt", "{number} punkter", len(every))
    about = [html.Span(number.format(number=len(every)), className="muted")]
    missed = _tally(every)[1][Status.NOT_MET]
    if missed and is_own:
        words = ngettext(
            "{number} indikator når inte målet",
            "{number} indikatorer når inte målet",
            missed,
        ).format(number=missed)
        look = f"badge-{Status.NOT_MET}"
        about.append(mark(look, text.SYMBOL[Status.NOT_MET], words))
    return fold(
        heading_of(part.section),
        about,
        _unsaid(view, part, is_whole=True),
        to_overview(view, theme=part.section.theme) if part.section.theme else None,
        *_below(view, part, level + 1),
        is_open=is_open,
        level=level,
    )


def _unsaid(view: View, part: _Part, is_whole: bool) -> Component | None:
    """Say what the plan does not state of a part, or of what its heading itself has."""
    # Of all that stands there, whatever the filters leave of it.
    plan, heading = part.every[0].activity.plan, part.section.id
    words = _not_stated(view.reader, plan, heading, is_whole, language.language())
    return html.P(words, className="muted") if words else None


@kept
def _not_stated(
    reader: Reader, plan: str, heading: str, is_whole: bool, _language: str
) -> str:
    every = activities(reader).under(plan, heading)
    return not_stated([one for one in every if is_whole or one.section == heading])


def _below(view: View, part: _Part, level: int) -> list[Component | None]:
    tag = html.H4 if level == 4 else html.H5
    content: list[Component | None] = [*_intro(part.section)]
    content.append(listed(view, part.statements))
    for below in part.parts:
        content.append(tag(heading_of(below.section)))
        content += _below(view, below, level + 1)
    return content


def _intro(section: Section) -> list[Component]:
    return [html.P(language.of(quote), className="intro") for quote in section.intro]


def _tally(shown: Sequence[Statement]) -> tuple[int, Counter[Status]]:
    """Return how many indicators the plan names of what is in force, and how they are.

    Those that Målbild proposes, and those of goals that have ended, are not counted.
    """
    followed = {
        part.link.indicator: part.row
        for statement in shown
        if statement.activity.kind is not ActivityKind.ENDED_GOAL
        for part in statement.by_plan
    }
    rows = [row for row in followed.values() if row is not None]
    return len(followed), Counter(Status(row.status) for row in rows)
