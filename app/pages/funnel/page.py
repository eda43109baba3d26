"""`/analys/jamforelse`: units of one kind compared by size and value."""

from collections.abc import Mapping
from dataclasses import dataclass

from dash.development.base_component import Component

from app.address import (
    FUNNEL,
    address,
    deviations_address,
    indicator_address,
)
from app.columns import Col
from app.design.choices import indicator_choice, quarter_choice
from app.design.components import (
    Choice,
    downloads,
    filter_bar,
    heading,
    link,
    notice,
    section,
    table,
    ways_on,
)
from app.design.paging import PAGE_SIZE, page, pager
from app.design.visit import Visit
from app.outcome import analysis_words
from app.outcome.chart_figure import chart_figure
from app.outcome.parts import value_link
from app.outcome.pictures import picture_buttons
from app.pages.funnel import answer
from app.pages.funnel.caterpillar import caterpillar_shown
from app.pages.funnel.find import Compared, Comparison, compared_in
from app.pages.funnel.words import funnel_shown, places_in_words
from app.queries.builds import Build
from app.queries.frame import Frame
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import lazy_pgettext, of
from kpi.definitions import Indicator
from kpi.period import Period

PATH = FUNNEL
NAME = _l("Jämför enheter")
HELP = "help"
ANSWERS = (answer.FUNNEL,)
FUNNEL_CHART, CATERPILLAR = "funnel", "caterpillar"


@dataclass(frozen=True, slots=True)
class View:
    """What the page was asked for, and what there is to show.

    Attributes:
        build: What was read.
        indicator: What is compared.
        quarter: The quarter asked for.
        found: What there is to compare in it.
        chart: How it is drawn.
    """

    build: Build
    indicator: Indicator
    quarter: Period
    compared: Compared
    chart: str

    def params(self) -> dict[str, str]:
        """Return what the address holds."""
        given = {
            "indicator": self.indicator.id,
            "period": str(self.quarter),
            "unit_kind": self.compared.kind or "",
            "chart": self.chart,
        }
        return {name: value for name, value in given.items() if value}


_COLUMNS = (
    Col(headings.UNIT, lambda place: link(place.unit, place.href), is_heading=True),
    Col(
        _l("Plats"),
        "rank",
        is_number=True,
        hint=_l(
            "Med ungefärligt 95 %-intervall: de platser som enheten mycket väl kan ha. "
            "Där enheterna är nästan lika är det för snävt."
        ),
    ),
    Col(headings.VALUE, lambda place: value_link(place.outcome), is_number=True),
    Col(headings.INTERVAL, "outcome.interval", is_number=True),
    Col(headings.NUMERATOR, "numerator", is_number=True),
    Col(headings.DENOMINATOR, "denominator", is_number=True),
    Col(lazy_pgettext("funnel", "Läge"), "place"),
    Col(_l("95 % ligger inom"), "limits_95", is_number=True),
    Col(_l("99,8 % ligger inom"), "limits_998", is_number=True),
)


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    frame, params, selection = visit.frame, visit.params, visit.selection
    indicator = visit.indicator_named(params.get("indicator"))
    quarter = selection.quarter(frame.build.latest_quarter())
    comparison = compared_in(
        visit.reader, frame, indicator, quarter, selection.unit_kind
    )
    ways = [
        (
            analysis_words.INDICATOR_PAGE,
            indicator_address(indicator.id, None, str(quarter)),
        ),
        (analysis_words.ALL_DEVIATIONS, deviations_address(str(quarter))),
    ]
    view = View(frame.build, indicator, quarter, comparison, _drawn_as(params))
    return html.Div(
        [
            heading(
                _title(indicator, comparison),
                _(
                    "Visar vilka enheter som skiljer sig från helheten mer än deras "
                    "storlek förklarar."
                ),
            ),
            _filters(frame, view),
            _other_period(view),
            *_parts(view, params.get("page")),
            ways_on(ways),
        ]
    )


def _drawn_as(params: Mapping[str, str]) -> str:
    return CATERPILLAR if params.get("chart") == CATERPILLAR else FUNNEL_CHART


def _title(indicator: Indicator, comparison: Compared) -> str:
    name, period = of(indicator.name), text.period(comparison.period)
    if comparison.kind is None:
        return f"{name}, {period}"
    return f"{name}: {_kinds_words(comparison.kind)}, {period}"


def _kinds_words(kind: str) -> str:
    return str(text.UNIT_KINDS.get(kind, kind))


def _filters(frame: Frame, view: View) -> Component:
    comparison = view.compared
    kinds = [(kind, text.capital(_kinds_words(kind))) for kind in comparison.kinds]
    choices = [
        indicator_choice(frame, view.indicator.id),
        quarter_choice(frame, view.quarter),
        Choice("unit_kind", headings.UNIT_KIND_FIELD, kinds, comparison.kind),
    ]
    carried = {"chart": CATERPILLAR} if view.chart == CATERPILLAR else {}
    return filter_bar(PATH, choices[: 3 if kinds else 2], headings.APPLY, carried)


def _other_period(view: View) -> Component | None:
    period, quarter = text.period(view.compared.period), text.period(str(view.quarter))
    if period == quarter or view.compared.comparison is None:
        return None
    return html.P(
        _("För {quarter} visas {period}, den senaste mätningen.").format(
            quarter=quarter, period=period
        ),
        className="muted",
    )


def _parts(view: View, page_number: str | None) -> list[Component]:
    comparison = view.compared
    if comparison.kind and not comparison.has_counts:
        return [
            notice(
                _("Enheterna kan inte jämföras så här"),
                _(
                    "Gränserna räknas ur antal fall. Måttet är inte en andel eller en "
                    "frekvens med hela antal."
                ),
            )
        ]
    if comparison.kind is None or comparison.comparison is None:
        return [notice(_("Inga enheter med värde att jämföra"))]
    return [
        _drawing(view, comparison.comparison, _kinds_words(comparison.kind)),
        _numbers(view, comparison.comparison, page_number),
    ]


def _drawing(view: View, comparison: Comparison, kinds: str) -> Component:
    show = caterpillar_shown if view.chart == CATERPILLAR else funnel_shown
    chart = show(view.indicator, comparison, kinds)
    switch = [
        link(
            words,
            address(PATH, view.params() | {"chart": chart_name}),
            **({"aria-current": "true"} if chart_name == view.chart else {}),
        )
        for chart_name, words in (
            (FUNNEL_CHART, _("Efter storlek (trattdiagram)")),
            (CATERPILLAR, _("Efter värde (larvdiagram)")),
        )
    ]
    name = f"{view.indicator.id}_{view.compared.kind}_{view.compared.period}"
    title = _title(view.indicator, view.compared)
    return section(
        NAME,
        html.P(switch, className="switch"),
        chart_figure(chart, view.chart, "numbers"),
        downloads(*picture_buttons(name, chart, title, view.build)),
    )


def _numbers(view: View, comparison: Comparison, page_number: str | None) -> Component:
    shown = page(page_number, len(comparison.places))
    places = places_in_words(
        view.indicator, comparison.places[shown.first : shown.first + PAGE_SIZE]
    )
    is_long = shown.last_number > 1
    return section(
        analysis_words.NUMBERS,
        table(analysis_words.NUMBERS, _COLUMNS, places),
        pager(shown, PATH, view.params(), "numbers") if is_long else None,
        id="numbers",
    )
