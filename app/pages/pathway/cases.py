"""The cases of the cancer pathways: open ones in time, and ended ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dash.development.base_component import Component

from app.address import PATHWAY
from app.columns import Col, Read
from app.design.components import filled, notice, section, table
from app.design.paging import page, pager
from app.outcome.parts import lines
from app.pages.pathway.find import Pathway, Question
from app.pages.pathway.words import (
    CASE,
    PATHWAY_LABEL,
    STEP_COLUMNS,
    TOO_FEW,
    TOO_FEW_HELP,
    ended_in_words,
    open_in_words,
    open_told,
    params_of,
)
from app.queries.pathway import STEPS
from app.queries.pathway_cases import Group
from app.queries.units import UnitTree
from app.web import html
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext

_PAGES = {"soon": "page_soon", "passed": "page_passed", "ended": "page"}
"""List -> what its page is called in the address."""
_NOT_COUNTED_YET = 10**8

_TIME = {Group.SOON: _l("Dagar kvar"), Group.PASSED: _l("Dagar över")}


@dataclass(frozen=True, slots=True)
class CasesView:
    """What was found of which cases, with the names to call things by."""

    question: Question
    pathway: Pathway
    units: UnitTree
    pathways: Mapping[str, str]


def pages_asked(params: Mapping[str, str]) -> dict[str, int]:
    """Return which page of each list an address asks for."""
    return {
        field: page(params.get(name), _NOT_COUNTED_YET).number
        for field, name in _PAGES.items()
    }


def within_reach(question: Question, pathway: Pathway) -> Question:
    """Return the same with the nearest pages that exist."""
    nearest = {
        name: page(str(getattr(question, name)), count).number
        for name, count in _counts(pathway).items()
    }
    return replace(
        question,
        soon=nearest["soon"],
        passed=nearest["passed"],
        ended=nearest["ended"],
    )


def _counts(pathway: Pathway) -> dict[str, int]:
    return {
        "soon": pathway.counts[Group.SOON],
        "passed": pathway.counts[Group.PASSED],
        "ended": pathway.ended_count,
    }


def _pager(view: CasesView, which: str, title: str) -> Component:
    question = view.question
    others = {
        name: str(getattr(question, field))
        for field, name in _PAGES.items()
        if field != which and getattr(question, field) > 1
    }
    shown = page(str(getattr(question, which)), _counts(view.pathway)[which])
    params = params_of(question) | others
    return pager(shown, PATHWAY, params, which, _PAGES[which], title)


def open_section(view: CasesView) -> Component:
    """Return the open cases that soon pass a maximum, and those that have."""
    pathway, days = view.pathway, view.question.days
    counts = pathway.counts
    unknown = counts[Group.UNKNOWN]
    none_soon = _(
        "Inget fall att visa passerar en maximal ledtid inom {days} dagar."
    ).format(days=days)
    return section(
        _("Öppna fall"),
        html.P(open_told(counts, days), className="chart-title"),
        html.P(
            _(
                "Räknat till och med {day}, den sista dag som filerna berättar om. Ett "
                "fall kan ha avslutats sedan dess."
            ).format(day=text.day(pathway.today))
        ),
        _open_list(
            view,
            Group.SOON,
            _("Passerar en maximal ledtid inom {days} dagar").format(days=days),
            none_soon,
        ),
        _open_list(
            view,
            Group.PASSED,
            _("Har passerat sin sista maximala ledtid"),
            _("Inget fall att visa har passerat sin sista maximala ledtid."),
        ),
        html.P(
            _(
                "Den maximala ledtiden beror på hur förloppet slutar, och det vet "
                "ingen förrän det är slut. Dagar kvar räknas till nästa maximala "
                "ledtid i registret för fallets vårdförlopp, och dagar över från den "
                "sista, med eller utan utökad utredning så som det är registrerat nu."
            )
        ),
        html.P(
            ngettext(
                "{number} öppet fall saknar maximal ledtid i registret och visas inte.",
                "{number} öppna fall saknar maximal ledtid i registret och visas inte.",
                unknown,
            ).format(number=unknown)
        )
        if unknown
        else None,
        html.P(
            _(
                "Fall visas inte om enheten har haft färre än {minimum} fall i "
                "vårdförloppet under tolv månader."
            ).format(minimum=pathway.minimum)
        ),
        id="open",
    )


def _open_list(view: CasesView, group: Group, title: str, none: str) -> Component:
    pathway = view.pathway
    if not pathway.counts[group]:
        return section(title, html.P(none), level=3)
    open_words = [
        open_in_words(pathway, case, view.units, view.pathways)
        for case in pathway.open[group]
    ]
    by_ending = Col(_("Beroende på avslut"), lambda case: lines(case.by_ending))
    columns = (
        Col(CASE, "number", is_heading=True),
        Col(PATHWAY_LABEL, "pathway"),
        Col(_("Enhet"), "unit"),
        Col(_("Väntat, dagar"), "waited", is_number=True),
        Col(_TIME[group], "left", is_number=True),
        # Often nothing depends on how the case ends.
        *filled([by_ending], open_words),
        Col(_("Har nått"), "reached"),
    )
    return section(
        title,
        table(title, columns, open_words),
        _pager(view, str(group), title),
        level=3,
        id=str(group),
    )


def ended_section(view: CasesView) -> Component:
    """Return the ended cases of the period."""
    pathway, is_one = view.pathway, view.question.svf is not None
    title = _("Avslutade fall")
    if not pathway.ended_count:
        return section(title, notice(TOO_FEW, TOO_FEW_HELP))
    maximum = Col(_("Högst, dagar"), "maximum", is_number=True)
    columns = (
        Col(CASE, "number", is_heading=True),
        Col(_("Ledtid, dagar"), "days", is_number=True),
        *([maximum] if is_one else []),
        Col(_("Inom maximal ledtid"), "within"),
        *(
            Col(STEP_COLUMNS[step], _step_days(at), is_number=True)
            for at, step in enumerate(STEPS)
        ),
    )
    ended_words = [ended_in_words(case, is_one) for case in pathway.ended]
    return section(
        title,
        html.P(
            _(
                "Fall som avslutades i perioden med start av behandling, eller på "
                "annat sätt som ledtiden mäts till. Längst först, dagar för varje "
                "steg."
            )
        ),
        None
        if is_one
        else html.P(
            _(
                "Välj ett vårdförlopp för att se fallens maximala ledtid. Bland flera "
                "skulle den visa vilket vårdförlopp fallet hör till."
            )
        ),
        table(title, columns, ended_words),
        _pager(view, "ended", title),
        id="ended",
    )


def _step_days(at: int) -> Read:
    return lambda case: case.steps[at]
