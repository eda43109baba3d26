"""`/enhet`: every unit as a tree."""

from dash.development.base_component import Component

from app.address import unit_address
from app.design.components import Content, heading, link, notice
from app.design.visit import Visit
from app.pages.unit.words import ended_on
from app.queries.frame import Frame
from app.queries.units import UnitRow
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _

PATH = "/enhet"
NAME = headings.UNITS


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    frame = visit.frame
    top = [unit for unit in frame.units if frame.units.find(unit.parent_id) is None]
    tree = (
        _branch(frame, top)
        if top
        else notice(_("Det finns inga enheter i datalagret."))
    )
    return html.Div(
        [
            heading(
                NAME,
                _(
                    "Organisationen som den är nu. Upphörda enheter räknas in i den "
                    "enhet som tog över."
                ),
            ),
            tree,
        ]
    )


def _branch(frame: Frame, units: list[UnitRow]) -> Component:
    items = []
    as_of = frame.build.as_of
    for unit in sorted(units, key=lambda member: member.has_ended(as_of)):
        below = frame.units.children(unit.unit_id)
        more = _beside(frame, unit)
        way = link(unit.registered_name, unit_address(unit.unit_id))
        parts: list[Content] = [way]
        if more:
            parts += [" ", more]
        if below:
            parts.append(_branch(frame, below))
        items.append(html.Li(parts))
    return html.Ul(items, className="tree")


def _beside(frame: Frame, unit: UnitRow) -> Component | None:
    """Return what to know of a unit that its name does not say."""
    if unit.has_ended(frame.build.as_of):
        follower = frame.units.find(unit.replaced_by)
        name = follower.name if follower else None
        day = text.day(unit.valid_to)
        before, __, after = ended_on(day, name).partition(day)
        return html.Small([before, html.Span(day, className="nowrap"), after])
    kind = str(text.UNIT_KIND.get(unit.kind, unit.kind))
    is_said = kind.lower() in unit.registered_name.lower()
    return None if is_said else html.Span(kind, className="muted")
