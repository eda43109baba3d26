"""The parts of `/stil` that show outcomes: large, on cards, in tables, drawn."""

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from math import ceil

from dash.development.base_component import Component

from app.columns import Col
from app.design.components import badge, link, section, table
from app.design.figures.axis import value_axis
from app.design.figures.ends import End
from app.design.figures.trend import TrendMark, trend_figure
from app.outcome.analysis_words import VARIATION_SYMBOL
from app.outcome.by_unit import map_frame
from app.outcome.card import Card
from app.outcome.chart import Chart
from app.outcome.chart_figure import chart_figure
from app.outcome.parts import card, result, stacked, target_cell, trend_and_signs
from app.outcome.sign_parts import signs_link
from app.outcome.signs import Signs
from app.outcome.sparkline import TrendPoint, sparkline
from app.outcome.words import OutcomeWords, Trend
from app.pages.style.words import EXAMPLE, EXAMPLE_UNIT, MAP, PERIOD, PLACE, TARGET
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _
from kpi.assessment import JUDGED, SHOWN, Status
from kpi.intervals import share_interval
from kpi.spc.points import Assurance, Variation

_HERE = "/stil"
_VALUES = (24.4, 27.3, 30.7, 28.1, 38.9, 40.2, 39.7, 45.2, 41.5)
_TILES = {Status.NOT_MET: 3, Status.NEAR: 2, Status.MET: 7, Status.NO_TARGET: 90}
_SIGNS = [Signs(*pair, _HERE) for pair in zip_longest(Variation, Assurance)]
_AIM = 55.0
_LAST = {Status.NEAR: 53.1, Status.MET: 63.4}
"""The example's value where a status asks for another than `_VALUES` end with."""
_SAID = {
    Status.NOT_MET: Signs(Variation.IMPROVING, Assurance.FAILING, _HERE),
    Status.NEAR: Signs(Variation.COMMON_CAUSE, Assurance.HIT_OR_MISS, _HERE),
    Status.MET: Signs(Variation.COMMON_CAUSE, Assurance.PASSING, _HERE),
    Status.NO_TARGET: Signs(Variation.IMPROVING, None, _HERE),
}
_OF = 179


def _words(status: Status) -> OutcomeWords:
    """Return the example outcome as it would be told with a status."""
    is_judged = status in JUDGED
    is_shown = status in SHOWN
    value = _LAST.get(status, _VALUES[-1])
    lower, upper = (100 * end for end in share_interval(round(value * _OF / 100), _OF))
    short = _AIM - value
    return OutcomeWords(
        value=text.per_cent(value) if is_shown else text.NO_VALUE,
        unit="",
        interval=f"{text.number(lower, 1)}–{text.per_cent(upper)}" if is_shown else "",
        target=str(TARGET) if is_judged else "",
        national=_("≥ 80 % (nationellt)") if is_judged else "",
        gap=text.signed(-short, 1) if is_judged else "",
        gap_unit=_("procentenheter") if is_judged else "",
        cases=headings.cases(ceil(short * _OF / 100))
        if is_judged and short > 0
        else "",
        status=status,
        status_words=str(text.STATUS[status]),
        reason=headings.minimum(5, is_count=False) if status is Status.TOO_FEW else "",
        caution=str(headings.UNDECIDED) if status is Status.NEAR else "",
        basis=(),
        is_incomplete=False,
        period=str(PERIOD),
        rank_of_gap=None,
        href=_HERE,
        rows_href=_HERE,
    )


def _trend(status: Status) -> Trend:
    target = _AIM if status in JUDGED else None
    values: list[float | None] = list(_VALUES)
    if status in _LAST:
        values = [_LAST[status] + (value - _VALUES[-1]) / 6 for value in _VALUES]
    sentences = [text.per_cent(value) for value in values if value is not None]
    if status not in SHOWN:
        values[-1], sentences = None, sentences[:-1]
    points = [TrendPoint(month, value, target) for month, value in enumerate(values, 1)]
    return Trend(
        sparkline(points),
        _("Från {first} till {last}.").format(first=sentences[0], last=sentences[-1]),
    )


def _quarter(place: int) -> str:
    """Return one quarter of a series in words."""
    return text.period(f"{2022 + place // 4}Q{place % 4 + 1}")


def outcome() -> Component:
    """Return one outcome large, and totals."""
    return section(
        _("Ett utfall"),
        result(_words(Status.NOT_MET)),
        section(_("Summor"), html.Ul(_tiles(), className="tiles"), level=3),
    )


def _tiles() -> list[Component]:
    return [
        html.Li(
            link(
                [html.Span(str(number), className="tile-number"), badge(status)],
                _HERE,
                **({"aria-current": "true"} if status is Status.NEAR else {}),
            )
        )
        for status, number in _TILES.items()
    ]


def cards() -> Component:
    """Return a unit's cards, one for each kind of status."""
    name = str(EXAMPLE)
    place = str(PLACE)
    shown = [
        card(
            Card(
                name,
                _HERE,
                _words(status),
                _trend(status),
                _SAID.get(status),
                place if status in SHOWN else "",
                "",
            )
        )
        for status in (*_TILES, Status.TOO_FEW)
    ]
    return section(_("Kort"), html.Div(shown, className="cards"))


def tables() -> Component:
    """Return tables with numbers, with many columns and without rows."""
    columns = (
        Col(headings.NAME, lambda status: link(EXAMPLE, _HERE), is_heading=True),
        Col(headings.OUTCOME, _outcome, is_number=True),
        Col(
            headings.TARGET, lambda status: target_cell(_words(status)), is_number=True
        ),
        Col(headings.STATUS, _status),
        Col(
            headings.TREND,
            lambda status: trend_and_signs(_trend(status), _SAID[status]),
        ),
    )
    wide = [
        Col(headings.UNIT_FIELD, lambda first: EXAMPLE_UNIT, is_heading=True),
        *(Col(_quarter(at), partial(_count, at), is_number=True) for at in range(16)),
    ]
    return section(
        _("Tabeller"),
        table(_("Tabell med siffror"), columns, _TILES, shows_caption=True),
        table(
            _("Tabell som går att skjuta i sidled"),
            wide,
            [1204],
            shows_caption=True,
            reflows=False,
        ),
        table(_("Tabell utan rader"), columns, [], shows_caption=True),
    )


def _outcome(status: Status) -> Component:
    words = _words(status)
    return stacked(words.value, words.interval)


def _status(status: Status) -> Component:
    return stacked(badge(status), _words(status).caution)


def _count(at: int, first: int) -> str:
    return text.count(first + at)


def signs() -> Component:
    """Return what control charts say, in every state."""
    return section(
        _("Förändring och om målet klaras"),
        html.Ul([html.Li(signs_link(sign)) for sign in _SIGNS], className="legend"),
    )


def status_map() -> Component:
    """Return a row of the map with every status."""
    cells = [
        html.Td(
            html.A(
                [
                    text.SYMBOL[status],
                    html.Span(VARIATION_SYMBOL[signal], className="signal")
                    if signal
                    else "",
                ],
                href=_HERE,
                title=text.STATUS[status],
                **{"aria-label": text.STATUS[status]},
            ),
            className=f"map-{status}",
        )
        for status, signal in zip_longest(Status, Variation)
    ]
    row = html.Tr([html.Th(link(EXAMPLE, _HERE), scope="row"), *cells])
    return section(MAP, map_frame(MAP, [html.Tbody(row)]))


def _marks() -> Sequence[TrendMark]:
    return [
        TrendMark(
            first=24267 + 3 * place,
            last=24269 + 3 * place,
            label=_quarter(place),
            words=text.per_cent(value),
            value=value,
            lower=value - 7,
            upper=value + 7,
            local=50.0 if place < 6 else 55.0,
            national=None,
        )
        for place, value in enumerate(_VALUES)
    ]


def chart() -> Component:
    """Return a chart with all its parts."""
    ends = [
        End("value", 41.5, _("Utfall 41,5 %")),
        End("local", 55.0, _("Lokalt mål 55 %")),
    ]
    axis = value_axis([0.0, 60.0], 100.0)
    ticks = [text.per_cent(tick, 0) for tick in axis.ticks]
    drawn = Chart(
        trend_figure(_marks(), axis, ticks, ends),
        _("41,5 % (kv 3 2026): 13,5 procentenheter under målet 55 %."),
        _("Bandet är 95 %-intervall."),
        ends,
    )
    return section(_("Diagram"), chart_figure(drawn, "example", "tables"), id="tables")
