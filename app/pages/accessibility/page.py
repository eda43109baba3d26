"""`/tillganglighet`: the accessibility statement, and where faults are reported.

The statement is `page.sv.md` and `page.en.md`. Its parts are those of the model in
Commission Implementing Decision (EU) 2018/1523, as DIGG asks for them. Whoever mends a
fault listed there takes it away there, too.
"""

from datetime import date

from dash.development.base_component import Component
from flask import has_request_context, request

from app.address import address
from app.design import prose
from app.design.components import facts, link, notice
from app.design.help import help_button, term
from app.design.visit import Visit
from app.pages.accessibility.contact import contact
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.prose import beside

PATH = "/tillganglighet"
NAME = _l("Tillgänglighet")
FROM = "fran"
"""The parameter that tells which page the visitor came from."""

ASSESSED = date(2026, 11, 22)
UPDATED = date(2026, 11, 22)

_LONGEST_FROM = 500


def href(pathname: str, search: str = "") -> str:
    """Return the statement's address for whoever comes from a page."""
    return address(PATH, {FROM: f"{pathname}{search}"})


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    frame = visit.frame
    top = frame.units.top()
    build = frame.build.build_id
    came_from = _came_from(visit.params.get(FROM, ""))
    return prose.page(
        beside(__file__),
        {
            "actor": top.name if top else headings.APP,
            "partly": help_button(
                _("Delvis förenligt"),
                _(
                    "Lagen har tre svar: helt förenligt, delvis förenligt och inte "
                    "förenligt. Delvis betyder att det mesta följer kraven och att "
                    "undantagen är kända och står här."
                ),
            ),
            "way": _way(came_from, build),
            "circumstances": facts(
                [
                    (
                        _("Sidan det gäller"),
                        html.Code(came_from) if came_from else None,
                    ),
                    (term("build", _("Bygge")), html.Code(build)),
                ]
            ),
            "dates": facts(
                [
                    (_("Bedömningen gjordes"), text.day(ASSESSED)),
                    (_("Redogörelsen uppdaterades"), text.day(UPDATED)),
                ]
            ),
        },
    )


def _came_from(written: str) -> str:
    """Return the page a fault is about, if that is an address of this program."""
    is_ours = written.startswith("/") and not written.startswith(("//", "/\\"))
    is_ours = is_ours and written.isprintable() and len(written) <= _LONGEST_FROM
    if not is_ours:
        return ""
    host = request.host_url.rstrip("/") if has_request_context() else ""
    return f"{host}{written}"


def _way(page: str, build: str) -> Component:
    """Return the way to whoever mends what a page has of faults."""
    reported_to = contact()
    if not reported_to:
        return notice(
            _("Vart rapporten ska skickas är inte inställt."),
            _(
                "Vänd dig till den som förvaltar Målbild i din organisation, eller "
                "till organisationens support. Ta gärna med uppgifterna nedan. Du som "
                "driver Målbild: ange adressen som rapporter ska till i inställningen "
                "MALBILD_CONTACT."
            ),
        )
    target = reported_to.about(
        _("Fel i Målbild"),
        _(
            "Vad hände?\n\n\nVad väntade du dig?\n\n\nSida: {page}\nBygge: "
            "{build}\n\nSkriv inga uppgifter om patienter eller andra personer."
        ).format(page=page, build=build),
    )
    sentence = (
        _("Skriv till {contact}. Brevet är påbörjat: fyll i vad som hände.")
        if reported_to.is_email
        else _("Rapportera på {contact}. Ta gärna med uppgifterna nedan.")
    )
    before, after = str(sentence).split("{contact}")
    return html.P([before, link(reported_to.words, target), after])
