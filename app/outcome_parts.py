"""Parts that show an outcome: what a presenter says, as Dash components."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from app import text, text_pages
from app.components import badge, link
from app.presenters.outcome import OutcomeWords, Trend


def outcome_cell(words: OutcomeWords, period: str) -> Component:
    """Return an outcome's value, leading to its rows, with unit and interval below."""
    below = [words.unit, words.interval and f"({words.interval})", period]
    return stacked(
        value_link(words),
        *(one for one in below if one),
    )


def value_link(words: OutcomeWords) -> Component | str:
    """Return a value that leads to the rows behind it; a dash leads nowhere."""
    if words.value == text.NO_VALUE:
        return words.value
    return link(
        words.value,
        words.rows_href,
        title=text_pages.SHOW_ROWS,
        className="value-link",
    )


def stacked(first: str | Component, *below: str) -> Component:
    """Return a cell with small lines below its first one."""
    parts = [html.Span(first, className="first")]
    parts += [html.Span(one, className="below") for one in below if one]
    return html.Div(parts, className="stacked")


def lines(some: Sequence[str]) -> Component | str:
    """Return a cell of small lines; empty without any."""
    if not some:
        return ""
    return html.Div(
        [html.Span(one, className="below") for one in some], className="stacked"
    )


def trend_image(trend: Trend) -> Component:
    """Return a trend line as a picture with its sentence."""
    return html.Img(src=trend.src, alt=trend.alt, className="trend")


def result(words: OutcomeWords) -> Component:
    """Return one outcome large, with its target and what to know of it."""
    sides = [
        html.Div(
            [
                html.P(words.period, className="muted"),
                html.P(value_link(words), className="big"),
                html.P([words.unit, " ", words.interval], className="muted"),
            ]
        ),
        html.Div(
            [
                html.P(badge(words.status)),
                html.P(words.reason) if words.reason else None,
                html.P(words.target) if words.target else None,
                html.P(words.national, className="muted") if words.national else None,
            ]
        ),
    ]
    if words.gap:
        gap = f"{words.gap} {words.gap_unit}"
        sides.append(
            html.Div(
                [
                    html.P(text_pages.GAP, className="muted"),
                    html.P(gap),
                    html.P(words.cases) if words.cases else None,
                    html.P(words.caution, className="muted") if words.caution else None,
                ]
            )
        )
    rows = link(text_pages.SHOW_ROWS, words.rows_href)
    return html.Div([*sides, html.P(rows)], className="result")
