"""The cases of the cancer pathways: open ones in time, and ended ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dash.development.base_component import Component

from app.address import PATHWAY
from app.design.components import Column, notice, section, table
from app.design.paging import page, pager
from app.outcome.parts import lines
from app.pages.pathway import texts
from app.pages.pathway.find import Asked, Pathway
from app.pages.pathway.words import ended_in_words, open_in_words, params_of
from app.queries.pathway import STEPS
from app.queries.pathway_cases import Group
from app.queries.units import UnitTree
from app.web import html
from app.words import text

_PAGES = {"soon": "page_soon", "passed": "page_passed", "ended": "page"}
"""List -> what its page is called in the address."""
_NOT_COUNTED_YET = 10**8

_OPEN_COLUMNS = (
    Column(texts.CASE, is_heading=True),
    Column(texts.PATHWAY),
    Column(texts.UNIT),
    Column(texts.WAITED, is_number=True),
    Column(texts.LEFT, is_number=True),
    Column(texts.BY_ENDING),
    Column(texts.REACHED),
)

_LEFT, _BY_ENDING = 4, 5
"""Which of them is of days; which is left out where nothing depends on the ending."""


@dataclass(frozen=True, slots=True)
class CasesView:
    """What was found of which cases, with the names to call things by."""

    asked: Asked
    found: Pathway
    units: UnitTree
    pathways: Mapping[str, str]


def pages_asked(params: Mapping[str, str]) -> dict[str, int]:
    """Return which page of each list an address asks for."""
    return {
        one: page(params.get(name), _NOT_COUNTED_YET).number
        for one, name in _PAGES.items()
    }


def within_reach(asked: Asked, found: Pathway) -> Asked:
    """Return the same with the nearest pages that exist."""
    nearest = {
        one: page(str(getattr(asked, one)), count).number
        for one, count in _counts(found).items()
    }
    return replace(asked, **nearest)


def _counts(found: Pathway) -> dict[str, int]:
    return {
        "soon": found.counts[Group.SOON],
        "passed": found.counts[Group.PASSED],
        "ended": found.ended_count,
    }


def _pager(view: CasesView, which: str, title: str) -> Component:
    asked = view.asked
    others = {
        name: str(getattr(asked, one))
        for one, name in _PAGES.items()
        if one != which and getattr(asked, one) > 1
    }
    shown = page(str(getattr(asked, which)), _counts(view.found)[which])
    params = params_of(asked) | others
    return pager(shown, PATHWAY, params, which, _PAGES[which], title)


def open_section(view: CasesView) -> Component:
    """Return the open cases that soon pass a maximum, and those that have."""
    found, days = view.found, view.asked.days
    counts = found.counts
    unknown = counts[Group.UNKNOWN]
    none_soon = texts.none_soon(days)
    return section(
        texts.OPEN,
        html.P(texts.open_told(counts, days), className="chart-title"),
        html.P(texts.counted_until(text.day(found.today))),
        _open_list(view, Group.SOON, texts.soon(days), none_soon),
        _open_list(
            view,
            Group.PASSED,
            texts.PASSED,
            texts.NONE_PASSED,
        ),
        html.P(texts.WHICH_MAXIMUM),
        html.P(texts.unknown_maximum(unknown)) if unknown else None,
        html.P(texts.not_listed(found.minimum)),
        id="open",
    )


def _open_list(view: CasesView, group: Group, title: str, none: str) -> Component:
    found = view.found
    if not found.counts[group]:
        return section(title, html.P(none), level=3)
    said = [
        open_in_words(found, one, view.units, view.pathways)
        for one in found.open[group]
    ]
    cells = [
        [
            one.fall_id,
            one.pathway,
            one.unit,
            one.waited,
            one.left,
            lines(one.by_ending),
            one.reached,
        ]
        for one in said
    ]
    columns = list(_OPEN_COLUMNS)
    if group is Group.PASSED:
        columns[_LEFT] = Column(texts.OVER, is_number=True)
    if not any(one.by_ending for one in said):
        for row in (columns, *cells):
            del row[_BY_ENDING]
    return section(
        title,
        table(title, columns, cells),
        _pager(view, str(group), title),
        level=3,
        id=str(group),
    )


def ended_section(view: CasesView) -> Component:
    """Return the ended cases of the period."""
    found, is_one = view.found, view.asked.svf is not None
    title = texts.ENDED
    if not found.ended_count:
        return section(title, notice(texts.TOO_FEW, texts.TOO_FEW_HELP))
    columns = [
        Column(texts.CASE, is_heading=True),
        Column(texts.LEAD_TIME, is_number=True),
        Column(texts.MAXIMUM_DAYS, is_number=True),
        Column(texts.IS_WITHIN),
        *(Column(texts.STEP_COLUMNS[one], is_number=True) for one in STEPS),
    ]
    said = [ended_in_words(one, is_one) for one in found.ended]
    cells = [
        [one.fall_id, one.days, one.maximum, one.within, *one.steps] for one in said
    ]
    if not is_one:
        del columns[2]
        for row in cells:
            del row[2]
    return section(
        title,
        html.P(texts.ENDED_HELP),
        None if is_one else html.P(texts.MAXIMUM_HELP),
        table(title, columns, cells),
        _pager(view, "ended", title),
        id="ended",
    )
