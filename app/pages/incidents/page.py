"""`/avvikelser`: incident reports by category, of a unit and those below it."""

from dash.development.base_component import Component

from app.address import INCIDENTS, address, indicator_address
from app.design.choices import quarter_choice, unit_choice, way_to
from app.design.components import (
    downloads,
    file_link,
    filter_bar,
    heading,
    link,
    notice,
    section,
    table,
    ways_on,
)
from app.design.visit import Visit
from app.pages.incidents import answer, export, words
from app.pages.incidents.find import BY, Overview, overview
from app.queries.frame import Frame
from app.web import html
from app.words import charts, headings, language, text
from app.words.language import gettext as _

PATH = INCIDENTS
NAME = words.NAME
HELP = "help"
ANSWERS = (answer.INCIDENTS,)
DOWNLOADS = (export.INCIDENTS_FILE,)


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    frame, unit, quarter = visit.frame, visit.unit, visit.quarter
    shown = overview(visit.reader, frame, unit, quarter)
    parts = [_nothing(frame, shown)] if shown.is_empty else _parts(shown)
    return html.Div(
        [
            heading(
                words.title(shown),
                words.LEAD,
                over=way_to(frame.units, unit.unit_id, str(quarter)),
            ),
            filter_bar(
                PATH,
                [unit_choice(frame, unit.unit_id), quarter_choice(frame, quarter)],
                headings.APPLY,
            ),
            visit.notice_of_unit(),
            visit.notice_of_quarter(visit.way_from(PATH)),
            *parts,
        ]
    )


def _parts(shown: Overview) -> list[Component | None]:
    quarter = text.period_words(shown.quarter)
    return [
        html.P(" ".join(words.summary(shown)), className="totals"),
        *(html.P(sentence, className="muted") for sentence in words.notes(shown)),
        section(
            f"{words.IN_QUARTER}, {quarter}",
            table(words.IN_QUARTER, words.OWN, shown.now.values()),
        ),
        section(
            words.OVER_TIME,
            table(words.OVER_TIME, words.by_quarter(shown), shown.names),
        ),
        section(
            f"{words.BELOW}, {quarter}",
            table(
                words.BELOW,
                words.by_category(shown),
                shown.below.values(),
                reflows=False,
            ),
        )
        if shown.below
        else None,
        _indicators(shown),
        _downloads(shown),
    ]


def _nothing(frame: Frame, shown: Overview) -> Component:
    """Return that nothing has been delivered, and how it is delivered."""
    if not shown.indicators:
        return notice(
            _("Ingen plan som används här följer upp avvikelserapporter."),
            _(
                "Den som sköter Målbild kan lägga till måtten ändå, i data/region.yaml "
                "under further_indicators."
            ),
            link(_("Till översikten"), "/"),
        )
    kinds = {kind: None for each in shown.indicators for kind in each.unit_kinds}
    if kinds and shown.unit.kind not in kinds:
        return notice(
            _("Avvikelserapporter lämnas inte av {unit}.").format(unit=shown.unit.name),
            _("Välj en högre enhet. De lämnas av: {kinds}.").format(
                kinds=text.listed(text.UNIT_KINDS[kind] for kind in kinds)
            ),
        )
    return notice(
        _("Inga avvikelserapporter är levererade för {unit}.").format(
            unit=shown.unit.name
        ),
        *words.how_to_deliver(frame),
    )


def _indicators(shown: Overview) -> Component:
    """Return the ways to the indicators' own pages, with trend and definition."""
    unit, quarter = shown.unit.unit_id, str(shown.quarter)
    return ways_on(
        (
            language.of(indicator.name),
            indicator_address(indicator.id, unit, quarter, by=BY),
        )
        for indicator in shown.indicators
    )


def _downloads(shown: Overview) -> Component:
    params = {"unit": shown.unit.unit_id, "period": str(shown.quarter)}
    csv, xlsx = answer.INCIDENTS.paths[-1], export.INCIDENTS_FILE.path
    return downloads(
        file_link(charts.CSV, address(csv, params), "incidents.csv"),
        file_link(charts.XLSX, address(xlsx, params), "incidents.xlsx"),
    )
