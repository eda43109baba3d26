"""`/tillganglighet`: the accessibility statement, and where faults are reported."""

from dash.development.base_component import Component
from flask import has_request_context, request

from app.address import address
from app.design.components import (
    Column,
    Content,
    facts,
    heading,
    link,
    notice,
    section,
    table,
)
from app.design.help import help_button, term
from app.design.visit import Visit
from app.pages.accessibility import texts as words
from app.pages.accessibility.contact import Contact, contact
from app.queries.frame import Frame
from app.web import html
from app.words import headings, text

PATH = "/tillganglighet"
NAME = words.NAME
FROM = "fran"
"""The parameter that tells which page the visitor came from."""

_LONGEST_FROM = 500


def href(pathname: str, search: str = "") -> str:
    """Return the statement's address for whoever comes from a page."""
    return address(PATH, {FROM: f"{pathname}{search}"})


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    frame = visit.frame
    top = frame.units.top()
    return html.Div(
        [
            heading(words.TITLE, words.lead(top.name if top else headings.APP)),
            _compliance(),
            _report(frame, _came_from(visit.params.get(FROM, ""))),
            _supervision(),
            _faults(),
            section(words.NOT_TESTED, html.P(words.NOT_TESTED_TEXT)),
            section(words.EXEMPTIONS, html.P(words.NO_EXEMPTIONS)),
            section(
                words.TESTED,
                html.P(words.TESTED_LEAD),
                html.Ul([html.Li(one) for one in words.TESTS]),
            ),
            section(
                words.DATES,
                facts(
                    [
                        (words.ASSESSED_ON, text.day(words.ASSESSED)),
                        (words.UPDATED_ON, text.day(words.UPDATED)),
                    ]
                ),
            ),
        ]
    )


def _compliance() -> Component:
    meaning = help_button(words.PARTLY_MEANS, words.PARTLY_MEANS_TEXT)
    return section(
        words.COMPLIANCE,
        html.Div([html.Strong(words.PARTLY), " ", meaning]),
        html.P(words.PARTLY_WHY),
    )


def _came_from(written: str) -> str:
    """Return the page a fault is about, if that is an address of this program."""
    is_ours = written.startswith("/") and not written.startswith(("//", "/\\"))
    is_ours = is_ours and written.isprintable() and len(written) <= _LONGEST_FROM
    if not is_ours:
        return ""
    host = request.host_url.rstrip("/") if has_request_context() else ""
    return f"{host}{written}"


def _report(frame: Frame, page: str) -> Component:
    found, build = contact(), frame.build.build_id
    return section(
        words.CONTACT,
        html.P(words.CONTACT_LEAD),
        _way(found, page, build)
        if found
        else notice(words.NO_CONTACT, words.NO_CONTACT_HELP),
        facts(
            [
                (words.FAULT_FROM, html.Code(page) if page else None),
                (term("build", words.FAULT_BUILD), html.Code(build)),
            ]
        ),
        html.P(words.NO_PERSONAL),
        id="rapportera",
    )


def _way(found: Contact, page: str, build: str) -> Component:
    target = found.about(str(words.SUBJECT), words.letter(page, build))
    sentence = words.CONTACT_EMAIL if found.is_email else words.CONTACT_PAGE
    before, after = str(sentence).split("{contact}")
    return html.P([before, link(found.words, target), after])


def _supervision() -> Component:
    return section(
        words.SUPERVISION,
        html.P(words.SUPERVISION_TEXT),
        html.P(link(words.DIGG_LINK, words.DIGG)),
    )


def _faults() -> Component:
    columns = [
        Column(words.FAULT_COLUMN, is_heading=True),
        Column(words.CONCERNS_COLUMN),
        Column(words.CRITERION_COLUMN),
        Column(words.INSTEAD_COLUMN),
    ]
    rows: list[list[Content]] = [
        [one.what, one.concerns, one.criteria, one.instead]
        for one in words.KNOWN_FAULTS
    ]
    return section(
        words.FAULTS, html.P(words.FAULTS_LEAD), table(words.FAULTS, columns, rows)
    )
