"""What is said of what an address names and there is not, with the ways on."""

from collections.abc import Iterable

from dash.development.base_component import Component

from app.address import (
    Selection,
    address,
    indicator_address,
    overview_address,
    unit_address,
)
from app.design.components import heading, link, links, notice
from app.design.visit import Visit
from app.pages.sources import page as sources
from app.queries.builds import Build
from app.queries.frame import Frame
from app.queries.lineage import UnknownOutcome
from app.queries.reader import builds
from app.queries.unknown import Unknown, UnknownBuild, UnknownIndicator, UnknownUnit
from app.web import html
from app.words import headings
from app.words.language import gettext as _
from app.words.language import of


def unknown_page(visit: Visit, unknown: Unknown) -> Component:
    """Return what is shown in the place of a page that could not be made.

    Args:
        visit: When it was asked for.
        unknown: What there is not.
    """
    match unknown:
        case UnknownUnit():
            return _unit(visit.frame, unknown.written)
        case UnknownIndicator():
            return _indicator(visit.frame, unknown.written)
        case UnknownBuild():
            return _build(builds(visit.reader))
        case UnknownOutcome():
            return _outcome(unknown)
    raise unknown


def _unit(frame: Frame, written: str) -> Component:
    top = [unit for unit in frame.units if (unit.depth or 0) <= 1]
    return html.Div(
        [
            heading(_("Enheten finns inte")),
            notice(
                _(
                    "Det finns ingen enhet med id {id} i datalagret. Välj en av dessa:"
                ).format(id=written)
            ),
            links((unit.name, unit_address(unit.unit_id)) for unit in top[:20]),
        ]
    )


def _indicator(frame: Frame, written: str) -> Component:
    like = [
        indicator
        for indicator in frame.definitions.indicators
        if written.split("_")[0] in indicator.id
    ]
    return html.Div(
        [
            heading(_("Indikatorn finns inte")),
            notice(
                _(
                    "Det finns ingen indikator med id {id}. Alla finns i översikten:"
                ).format(id=written)
            ),
            links(
                [
                    (headings.OVERVIEW, overview_address(Selection())),
                    (_("Alla indikatorer och deras definitioner"), "/om#definitioner"),
                    *(
                        (of(indicator.name), indicator_address(indicator.id))
                        for indicator in like[:10]
                    ),
                ]
            ),
        ]
    )


def _build(every: Iterable[Build]) -> Component:
    names = [build.build_id for build in every]
    return html.Div(
        [
            heading(_("Bygget finns inte")),
            notice(_("Välj ett av byggena i listan:")),
            links((name, address(sources.PATH, {"build": name})) for name in names),
        ]
    )


def _outcome(unknown: UnknownOutcome) -> Component:
    ways = [(_("Till översikten"), overview_address(Selection()))]
    indicator, unit = unknown.indicator, unknown.unit
    if indicator and unit:
        name = headings.indicator_title(of(indicator.name), unit.name)
        ways.insert(0, (name, indicator_address(indicator.id, unit.unit_id)))
    return html.Div(
        [
            heading(
                _("Utfallet finns inte"), over=[link(headings.SOURCES, sources.PATH)]
            ),
            notice(
                _(
                    "Det finns inget utfall för det som står i adressen. Välj ett "
                    "utfall här:"
                )
            ),
            links(ways),
        ]
    )
