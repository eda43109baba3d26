"""Parts that show an outcome: what a presenter says, as Dash components."""

from collections.abc import Sequence

from dash.development.base_component import Component

from app.design.components import Content, badge, link, mark
from app.design.help import answer, status_help
from app.outcome.card import Card
from app.outcome.sign_parts import signs_link
from app.outcome.signs import Signs
from app.outcome.sparkline import HEIGHT, WIDTH
from app.outcome.words import OutcomeWords, Trend
from app.web import html
from app.web.markup import Drawing
from app.words import headings, text
from app.words.language import gettext as _
from kpi.assessment import Status


def outcome_cell(words: OutcomeWords, period: str) -> Component:
    """Return an outcome's value, leading to its rows, with unit and interval below."""
    below = [words.unit, words.interval and f"({words.interval})", period]
    return stacked(
        value_link(words),
        *(content for content in below if content),
    )


def value_link(words: OutcomeWords) -> Component | str:
    """Return a value that leads to the rows behind it; a dash leads nowhere."""
    if words.value == text.NO_VALUE:
        return words.value
    return link(
        words.value,
        words.rows_href,
        title=headings.SHOW_ROWS,
        className="value-link",
    )


def target_cell(words: OutcomeWords) -> Component | str:
    """Return an outcome's target with the national one below; empty without any."""
    return stacked(words.target, words.national) if words.target else ""


def rows_link(words: OutcomeWords) -> Component:
    """Return the way to the rows behind an outcome."""
    return link(headings.SHOW_ROWS, words.rows_href)


def stacked(first: str | Component, *below: str) -> Component:
    """Return a cell with small lines below its first one."""
    parts = [html.Span(first, className="first")]
    parts += [html.Span(line, className="below") for line in below if line]
    return html.Div(parts, className="stacked")


def lines(some: Sequence[Content]) -> Component | str:
    """Return a cell of small lines; empty without any."""
    if not some:
        return ""
    return html.Div(
        [html.Span(line, className="below") for line in some], className="stacked"
    )


def outcome_badge(words: OutcomeWords, title: str | None = None) -> Component:
    """Return an outcome's status as symbol, word and colour."""
    return badge(words.status, title, words.status_words)


def trend_image(trend: Trend) -> Component:
    """Return a trend line as a picture with its sentence."""
    return Drawing(trend.lines, (WIDTH, HEIGHT), str(trend.alt), "trend")


def trend_and_signs(trend: Trend | None, signs: Signs | None) -> Component:
    """Return how it has gone, and whether that is a change; empty without either."""
    picture = trend_image(trend) if trend and trend.lines else None
    return html.Div([picture, signs_link(signs) if signs else None])


def result(words: OutcomeWords) -> Component:
    """Return one outcome large, with its target and what to know of it."""
    unit = html.P(words.unit) if words.unit else None
    sides = [
        [
            html.P(words.period, className="muted"),
            html.P(value_link(words), className="big"),
            unit,
            _if_any(words.interval, f"{headings.INTERVAL}: {words.interval}"),
            html.P(rows_link(words)),
        ],
        [
            html.Div([outcome_badge(words), " ", status_help(words.status)]),
            _if_any(words.reason),
            _if_any(words.caution),
            *(html.P(sentence) for sentence in words.basis),
        ],
    ]
    if words.target:
        sides.append(_labelled(headings.TARGET, words.target, words.national))
    if words.gap:
        gap = f"{words.gap} {words.gap_unit}".strip()
        label = html.Span([headings.GAP, " ", answer("gap")])
        sides.append(_labelled(label, gap, words.cases))
    return html.Div([html.Div(side) for side in sides], className="result")


def _labelled(label: str | Component, fact: str, more: str) -> list[Component | None]:
    # No paragraph: the label may hold help, and help holds paragraphs.
    return [
        html.Div(label, className="muted"),
        html.P(fact, className="result-fact"),
        _if_any(more),
    ]


def _if_any(words: str, sentence: str | None = None) -> Component | None:
    return html.P(sentence or words, className="muted") if words else None


def tile_without_value(number: int) -> Component:
    """Return how many indicators have no value; it leads nowhere.

    They are of several statuses, so there is no one list of them.
    """
    look = f"badge-{Status.NOT_REPORTED}"
    part = mark(look, text.NO_VALUE, _("Inget värde"))
    count = html.Span(str(number), className="tile-number")
    return html.Div([count, part], className="tile")


def card(shown: Card) -> Component:
    """Return one indicator of a unit as a card."""
    words = shown.words
    target = ", ".join(aim for aim in (words.target, words.national) if aim)
    gap = f"{words.gap} {words.gap_unit}".strip()
    apart = ", ".join(distance for distance in (gap, words.cases) if distance)
    value = [html.Span(value_link(words), className="card-value")]
    if words.unit:
        value.append(html.Span(f" {words.unit}", className="muted"))
    if shown.is_older:
        value.append(html.Span(f" ({words.period})", className="muted"))
    more = [
        words.reason,
        *words.basis,
        words.interval and f"{headings.INTERVAL}: {words.interval}",
        target and f"{headings.TARGET}: {target}",
        apart and f"{headings.GAP}: {apart}",
        words.caution,
        shown.place,
        shown.latest,
    ]
    return html.Article(
        [
            html.H3(link(shown.name, shown.href)),
            html.Div([html.Span(value), outcome_badge(words)], className="card-top"),
            trend_and_signs(shown.trend, shown.signs),
            html.Div(
                [html.P(sentence) for sentence in more if sentence],
                className="card-more",
            ),
        ],
        className="card",
    )
