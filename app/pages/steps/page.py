"""`/steg`: what is to be done once, by a day, in the order it is due."""

from collections.abc import Mapping

from dash.development.base_component import Component

from app.address import PLANS, STEPS, address
from app.design.choices import quarter_choice, unit_choice
from app.design.components import (
    downloads,
    file_link,
    filter_bar,
    heading,
    link,
    notice,
    section,
    table,
)
from app.design.visit import Visit
from app.pages.steps import answer, words
from app.pages.steps.find import steps_in
from app.web import html
from app.words import charts, headings, text
from app.words.language import gettext as _

PATH = STEPS
NAME = words.NAME
HELP = "help"
ANSWERS = (answer.STEPS,)


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    unit, quarter = visit.unit, visit.quarter
    steps = steps_in(visit.reader, visit.frame, unit, quarter)
    chosen = {"unit": unit.unit_id, "period": str(quarter)}
    return html.Div(
        [
            heading(f"{NAME}, {unit.name}, {text.period_words(quarter)}", words.LEAD),
            filter_bar(
                PATH,
                [
                    unit_choice(visit.frame, unit.unit_id),
                    quarter_choice(visit.frame, quarter),
                ],
                headings.APPLY,
            ),
            visit.notice_of_unit(),
            visit.notice_of_quarter(visit.way_from(PATH)),
            html.P(words.summary(steps), className="totals") if steps else None,
            *(
                section(title, table(title, words.COLUMNS, some))
                for title, some in words.in_parts(steps)
            ),
            None if steps else _nothing(visit),
            _csv(chosen) if steps else None,
        ]
    )


def _nothing(visit: Visit) -> Component:
    top = visit.frame.units.top()
    is_top = top is not None and top.unit_id == visit.unit.unit_id
    way = link(_("Vad som står i planerna"), PLANS) if is_top else words.NOTHING_HELP
    return notice(words.NOTHING, words.NOTHING_WHY, way)


def _csv(chosen: Mapping[str, str | None]) -> Component:
    href = address(answer.STEPS.paths[-1], chosen)
    return downloads(file_link(charts.CSV, href, "steps.csv"))
