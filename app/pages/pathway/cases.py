"""The cases of the cancer pathways: open ones in time, and ended ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dash.development.base_component import Component

from app.address import PATHWAY
from app.columns import Col, Read
from app.design.components import filled, notice, section, table
from app.design.paging import page, pager
from app.outcome.parts import lines
from app.pages.pathway import texts
from app.pages.pathway.find import Pathway, Question
from app.pages.pathway.words import ended_in_words, open_in_words, params_of
from app.queries.pathway import STEPS
from app.queries.pathway_cases import Group
from app.queries.units import UnitTree
from app.web import html
from app.words import text

_PAGES = {"soon": "page_soon", "passed": "page_passed", "ended": "page"}
"""List -> what its page is called in the address."""
_NOT_COUNTED_YET = 10**8

_TIME = {Group.SOON: texts.LEFT, Group.PASSED: texts.OVER}


@dataclass(frozen=True, slots=True)
class CasesView:
    """What was found of which cases, with the names to call things by."""

    asked: Question
    found: Pathway
    units: UnitTree
    pathways: Mapping[str, str]


def pages_asked(params: Mapping[str, str]) -> dict[str, int]:
    """Return which page of each list an address asks for."""
    return {
        one: page(params.get(name), _NOT_COUNTED_YET).number
        for one, name in _PAGES.items()
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
    question = view.asked
    others = {
        name: str(getattr(question, one))
        for one, name in _PAGES.items()
        if one != which and getattr(question, one) > 1
    }
    shown = page(str(getattr(question, which)), _counts(view.found)[which])
    params = params_of(question) | others
    return pager(shown, PATHWAY, params, which, _PAGES[which], title)


def open_section(view: CasesView) -> Component:
    """Return the open cases that soon pass a maximum, and those that have."""
    pathway, days = view.found, view.asked.days
    counts = pathway.counts
    unknown = counts[Group.UNKNOWN]
    none_soon = texts.none_soon(days)
    return section(
        texts.OPEN,
        html.P(texts.open_told(counts, days), className="chart-title"),
        html.P(texts.counted_until(text.day(pathway.today))),
        _open_list(view, Group.SOON, texts.soon(days), none_soon),
        _open_list(
            view,
            Group.PASSED,
            texts.PASSED,
            texts.NONE_PASSED,
        ),
        html.P(texts.WHICH_MAXIMUM),
        html.P(texts.unknown_maximum(unknown)) if unknown else None,
        html.P(texts.not_listed(pathway.minimum)),
        id="open",
    )


def _open_list(view: CasesView, group: Group, title: str, none: str) -> Component:
    pathway = view.found
    if not pathway.counts[group]:
        return section(title, html.P(none), level=3)
    open_words = [
        open_in_words(pathway, case, view.units, view.pathways)
        for case in pathway.open[group]
    ]
    by_ending = Col(texts.BY_ENDING, lambda one: lines(one.by_ending))
    columns = (
        Col(texts.CASE, "number", is_heading=True),
        Col(texts.PATHWAY, "pathway"),
        Col(texts.UNIT, "unit"),
        Col(texts.WAITED, "waited", is_number=True),
        Col(_TIME[group], "left", is_number=True),
        # Often nothing depends on how the case ends.
        *filled([by_ending], open_words),
        Col(texts.REACHED, "reached"),
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
    pathway, is_one = view.found, view.asked.svf is not None
    title = texts.ENDED
    if not pathway.ended_count:
        return section(title, notice(texts.TOO_FEW, texts.TOO_FEW_HELP))
    maximum = Col(texts.MAXIMUM_DAYS, "maximum", is_number=True)
    columns = (
        Col(texts.CASE, "number", is_heading=True),
        Col(texts.LEAD_TIME, "days", is_number=True),
        *([maximum] if is_one else []),
        Col(texts.IS_WITHIN, "within"),
        *(
            Col(texts.STEP_COLUMNS[step], _step_days(at), is_number=True)
            for at, step in enumerate(STEPS)
        ),
    )
    ended_words = [ended_in_words(case, is_one) for case in pathway.ended]
    return section(
        title,
        html.P(texts.ENDED_HELP),
        None if is_one else html.P(texts.MAXIMUM_HELP),
        table(title, columns, ended_words),
        _pager(view, "ended", title),
        id="ended",
    )


def _step_days(at: int) -> Read:
    return lambda case: case.steps[at]
