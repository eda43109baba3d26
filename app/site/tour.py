"""A tour over the real pages: `?tur=2` shows the second step beside what it is about.

The steps choose what to show from the newest build, so a step never points at something
that is not there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from dash.development.base_component import Component

from app.address import address, indicator_address, lineage_address, unit_address
from app.design.components import link
from app.outcome.latest import by_indicator, quarter_spans, shown_in
from app.outcome.words import OutcomeWords, outcome_words, relative_shortfall
from app.queries.frame import Frame, read_frame
from app.queries.outcomes import OutcomeRow, outcomes_in, outcomes_within
from app.queries.reader import Reader
from app.queries.units import UnitRow
from app.web import html
from app.words import language, text, tour
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.assessment import Status
from kpi.definitions import Indicator
from kpi.period import Period

PARAMETER = "tur"

TOUR = _l("Rundtur, tre minuter")


@dataclass(frozen=True, slots=True)
class Step:
    """A place on the tour.

    Attributes:
        title: The panel's heading.
        words: What to see.
        href: The page where it is to be seen, without the step's number.
    """

    title: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class _Example:
    """An indicator to look at: its outcome in the top unit and in one below."""

    indicator: Indicator
    row: OutcomeRow
    unit: UnitRow
    unit_row: OutcomeRow


def start_href() -> str:
    """Return the address where the tour begins."""
    return _numbered("/", 1)


def steps(reader: Reader) -> list[Step]:
    """Return the places to go, in order; fewer where there is little to show."""
    frame = read_frame(reader)
    top, quarter = frame.units.top(), frame.build.latest_quarter()
    if top is None:
        return [_sharing()]
    missed = _missed(reader, frame, top.unit_id, quarter)
    example = _example(reader, frame, missed)
    words = _(
        "Varje rad är en indikator i {unit}, {period}. Rutorna överst räknar dem: "
        "{count} når inte målet. Symbol och ord säger samma sak som färgen."
    ).format(unit=top.name, period=text.period_words(quarter), count=len(missed))
    href = address("/", {"period": str(quarter)})
    first = Step(str(tour.OVERVIEW), words, href)
    return [first, *(_about(example, quarter) if example else []), _sharing()]


def _missed(
    reader: Reader, frame: Frame, unit: str, quarter: Period
) -> list[tuple[Indicator, OutcomeRow]]:
    """Return what does not meet its target in a unit, furthest from it first."""
    indicators = frame.definitions.indicators
    spans = quarter_spans(indicators, quarter)
    read = by_indicator(outcomes_within(reader, spans, [unit]))
    measured = [
        (indicator, row)
        for indicator in indicators
        if (row := shown_in(indicator, quarter, read.get(indicator.id, [])))
        and row.status == Status.NOT_MET
    ]
    return sorted(measured, key=lambda pair: -_shortfall(*pair))


def _shortfall(indicator: Indicator, row: OutcomeRow) -> float:
    return relative_shortfall(indicator, row) or 0.0


def _example(
    reader: Reader,
    frame: Frame,
    missed: Sequence[tuple[Indicator, OutcomeRow]],
) -> _Example | None:
    """Return the indicator furthest from its target that a unit below misses, too."""
    build = frame.build
    for indicator, row in missed:
        beside = outcomes_in(reader, indicator.id, row.period)
        below = [
            (unit, outcome)
            for outcome in beside
            if outcome.unit != row.unit
            and outcome.status == Status.NOT_MET
            and (unit := frame.units.find(outcome.unit))
            and not unit.has_ended(build.as_of)
        ]
        if below:
            worst = max(below, key=lambda pair: _shortfall(indicator, pair[1]))
            return _Example(indicator, row, *worst)
    return None


def _about(example: _Example, quarter: Period) -> list[Step]:
    indicator, row, unit = example.indicator, example.row, example.unit
    words = outcome_words(indicator, row)
    place = indicator.id, row.unit, row.period
    return [
        Step(
            _("En indikator långt från målet"),
            _(
                "{name} når inte målet: utfallet är {value} och målet {target}. Här "
                "finns utvecklingen, målen och hur det mäts. Rymmer intervallet målet "
                "kan skillnaden bero på slumpen."
            ).format(
                name=language.of(indicator.name),
                value=_with_unit(words),
                target=words.target,
            ),
            indicator_address(*place),
        ),
        Step(
            _("Vilka enheter är det?"),
            _(
                "Rulla ner till Jämför enheter. Längst från målet ligger {name} med "
                "{value}. Enheter vars intervall överlappar går inte säkert att "
                "rangordna."
            ).format(
                name=unit.name,
                value=_with_unit(outcome_words(indicator, example.unit_row)),
            ),
            indicator_address(*place, unit_kind=unit.kind),
        ),
        Step(
            _("En enhets egen sida"),
            _(
                "{name} har en egen sida: ett kort per indikator med status, "
                "utveckling och plats bland liknande enheter."
            ).format(name=unit.name),
            unit_address(unit.unit_id, str(quarter)),
        ),
        Step(
            _("Raderna bakom siffran"),
            tour.rows(words.value, row.numerator, row.denominator),
            lineage_address(*place),
        ),
    ]


def _with_unit(words: OutcomeWords) -> str:
    return f"{words.value} {words.unit}".strip()


def _sharing() -> Step:
    return Step(
        _("Visa, skriva ut och dela"),
        _(
            "Under Visning överst finns presentationsläge, färger och hög kontrast. "
            "Språket byter du bredvid. Skriv ut med webbläsaren: filter och menyer "
            "följer inte med. Adressen innehåller alla val, så en länk visar samma sak "
            "för den som får den."
        ),
        "/",
    )


def panel(reader: Reader, pathname: str, params: Mapping[str, str]) -> Component | None:
    """Return the step that an address asks for; None if it asks for none.

    Args:
        reader: Of what the tour goes through.
        pathname: The page shown.
        params: The query of its address.
    """
    stop = params.get(PARAMETER, "")
    if not stop.isascii() or not stop.isdigit():
        return None
    every = steps(reader)
    number = int(stop)
    if not 1 <= number <= len(every):
        return None
    step = every[number - 1]
    is_here = _is_at(step, pathname, params)
    others = {name: value for name, value in params.items() if name != PARAMETER}
    ways = [
        (tour.PREVIOUS, _step_href(every, number - 1), "previous"),
        (tour.NEXT, _step_href(every, number + 1), "next"),
        (tour.END, address(pathname, others), "end"),
    ]
    return html.Section(
        [
            html.P(tour.progress(number, len(every)), className="tour-progress"),
            html.H2(step.title, id="tour-title"),
            html.P(
                step.words
                if is_here
                else _(
                    "Du har lämnat rundturen. Nästa eller Föregående tar dig tillbaka."
                )
            ),
            html.P(
                [
                    link(words, href, className=f"tour-{name}")
                    for words, href, name in ways
                    if href
                ],
                className="tour-ways",
            ),
        ],
        className="tour",
        **{"aria-labelledby": "tour-title"},
    )


def _is_at(step: Step, pathname: str, params: Mapping[str, str]) -> bool:
    parts = urlsplit(step.href)
    wanted = dict(parse_qsl(parts.query))
    return parts.path == pathname and all(
        params.get(name, value) == value for name, value in wanted.items()
    )


def _step_href(every: Sequence[Step], number: int) -> str:
    if not 1 <= number <= len(every):
        return ""
    return _numbered(every[number - 1].href, number)


def _numbered(href: str, number: int) -> str:
    parts = urlsplit(href)
    return address(parts.path, dict(parse_qsl(parts.query)) | {PARAMETER: str(number)})
