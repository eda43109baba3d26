"""Incident reports in words, and the columns of page, API and Excel."""

from collections.abc import Sequence
from functools import partial

from dash.development.base_component import Component

from app.address import INCIDENTS as PATH
from app.address import address
from app.api.workbook import AS_COUNT, AS_DECIMAL
from app.columns import BUILD, Col, Columns, Field, count, number, of, perhaps
from app.columns import text as field
from app.design.components import link
from app.outcome.parts import stacked, value_link
from app.outcome.ways import OF_INCIDENTS, REPORTS
from app.outcome.words import outcome_words
from app.pages.incidents.find import (
    EVERY,
    Line,
    Lines,
    Measured,
    Overview,
)
from app.queries.frame import Frame
from app.words import headings, language, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.assessment import Status
from kpi.definition_parts import EVERY_CATEGORY
from kpi.model import Text

NAME = headings.INCIDENTS
LEAD = _l(
    "Vilka slag av avvikelser som rapporteras, var, om de handläggs i tid och hur "
    "många som har lett till lex Maria. Fler rapporter kan betyda bättre "
    "säkerhetskultur, så antalet bedöms inte som bra eller dåligt."
)
IN_QUARTER = _l("Slag för slag")
OVER_TIME = _l("Rapporter per kvartal")
BELOW = _l("Enheterna under")
OF_EVERY = _l("Alla slag")
CATEGORY = _l("Slag")
REPORTED = _l("Rapporter")
BEFORE = _l("Samma kvartal året före")
CHANGE = _l("Förändring")
HANDLED = _l("Handlagda i tid")
LED = _l("Lett till lex Maria")
LED_IN_YEAR = _l("Lex Maria, 12 månader")
_WIDE = 30


def title(overview: Overview) -> str:
    """Return the page's heading."""
    quarter = text.period_words(overview.quarter)
    return f"{NAME}, {overview.unit.name}, {quarter}"


def category_words(name: Text | None) -> str:
    """Return what a category is called; None is all of them."""
    return str(OF_EVERY) if name is None else text.capital(language.of(name))


def cell(outcome: Measured | None) -> str | Component:
    """Return an outcome's value, leading to its rows; why there is none; or a dash."""
    if outcome is None:
        return text.NO_VALUE
    words = outcome_words(outcome.indicator, outcome.row)
    if words.value == text.NO_VALUE:
        return words.status_words
    return value_link(words)


def in_time_cell(line: Line) -> str | Component:
    """Return the share handled in time, with its counts below."""
    row = line.in_time.row if line.in_time else None
    if row is None or row.value is None:
        return cell(line.in_time)
    words = _("{number} av {every}").format(
        number=text.count(row.numerator), every=text.count(row.denominator)
    )
    # A value without counts has none to tell.
    return stacked(cell(line.in_time), words if row.denominator is not None else "")


def change_words(line: Line) -> str:
    """Return the change since a year before: `+84 (+7 %)`; a dash if unknown."""
    change, before = line.change, line.before
    if change is None or before is None:
        return text.NO_VALUE
    written = text.signed(change, 0)
    if not before.row.value:
        return written
    share = text.per_cent(abs(100 * change / before.row.value), 0)
    sign = "+" if change > 0 else text.MINUS if change else "±"
    return f"{written} ({sign}{share})"


def summary(overview: Overview) -> list[str]:
    """Return in sentences how many, the most common, in time, and lex Maria."""
    whole, *parts = overview.now.values()
    sentences = [_number(whole), _most_common(parts), _in_time(whole), _led(whole)]
    return [sentence for sentence in sentences if sentence]


def _number(whole: Line) -> str:
    value = whole.reports.row.value if whole.reports else None
    if value is None:
        return ""
    if whole.change is None:
        return _("{number} avvikelser rapporterades.").format(number=text.count(value))
    return _(
        "{number} avvikelser rapporterades: {change} mot samma kvartal året före."
    ).format(number=text.count(value), change=change_words(whole))


def _most_common(parts: Sequence[Line]) -> str:
    shown = [line for line in parts if line.reports and line.reports.row.value]
    if not shown:
        return ""
    common = sorted(shown, key=lambda line: -_value(line.reports))[:3]
    named = [
        f"{language.of(line.name)} ({text.count(_value(line.reports))})"
        for line in common
        if line.name
    ]
    return _("Vanligast: {categories}.").format(categories=text.listed(named))


def _value(outcome: Measured | None) -> float:
    return (outcome.row.value if outcome else None) or 0


def _in_time(whole: Line) -> str:
    if whole.in_time is None or whole.in_time.row.value is None:
        return ""
    value = text.value(whole.in_time.indicator, whole.in_time.row.value)
    return _("{share} handlades i tid.").format(share=value)


def _led(whole: Line) -> str:
    year = whole.lex_maria_year
    if year is None or year.row.value is None:
        return ""
    return _("{number} har lett till lex Maria de senaste tolv månaderna.").format(
        number=text.count(year.row.value)
    )


def notes(overview: Overview) -> list[str]:
    """Return what to know of the numbers: what is missing, and what is not shown."""
    whole = overview.now[EVERY]
    sentences = []
    for outcome in whole.measured[:1]:
        words = outcome_words(outcome.indicator, outcome.row)
        sentences += [words.reason, *words.basis]
    if any(
        outcome.row.status == Status.TOO_FEW
        for line in overview.lines
        for outcome in line.measured
    ):
        sentences.append(
            _(
                "Det som är så få att det kunde peka ut någon visas inte. Där det "
                "annars gick att räkna ut ur en summa döljs ett slag eller en enhet "
                "till."
            )
        )
    return [sentence for sentence in dict.fromkeys(sentences) if sentence]


def how_to_deliver(frame: Frame) -> list[str]:
    """Return which file is missing, and what stands in it."""
    reports = frame.indicator(REPORTS)
    slag = [*(reports.categories if reports else ()), EVERY_CATEGORY]
    return [
        _(
            "Uppgifterna lämnas i en fil i mappen matningar, med en rad för varje "
            "indikator, enhet, period och slag, och kolumnerna indikator, enhet_id, "
            "period, slag, taljare och namnare."
        ),
        _("indikator är {indicators}.").format(indicators=text.listed(OF_INCIDENTS)),
        _(
            "slag är något av {categories}. En region byter dem mot sina egna i "
            "indicators.yaml."
        ).format(categories=", ".join(slag)),
    ]


def _outcome(name: str, about: str, attribute: str) -> tuple[Field, ...]:
    """Return the fields of a count: its value, and its status."""
    return of(
        f"{attribute}.row",
        count(name, about, "value"),
        perhaps(f"{name}_status", "What can be said of it.", Status, "status"),
    )


_OF_UNIT = (
    field("unit", "Id of the unit (HSA-id).", read="unit.unit_id"),
    field("quarter", "The quarter.", read=lambda line: str(line.quarter)),
)
OWN: Columns = (
    Col(
        CATEGORY,
        lambda line: category_words(line.name),
        is_heading=True,
        fields=(
            field("category", "Id of the category; empty for all of them."),
            perhaps("category_name", "What it is called, in Swedish.", read="name.sv"),
            perhaps(
                "category_name_en", "What it is called, in English.", read="name.en"
            ),
        ),
        cell=lambda line: category_words(line.name),
        width=_WIDE,
    ),
    Col(
        REPORTED,
        lambda line: cell(line.reports),
        is_number=True,
        fields=_outcome("reports", "Incident reports.", "reports"),
        cell="reports.row.value",
        form=AS_COUNT,
    ),
    Col(
        BEFORE,
        lambda line: cell(line.before),
        is_number=True,
        fields=_outcome(
            "reports_year_before",
            "Incident reports in the same quarter of the year before.",
            "before",
        ),
        cell="before.row.value",
        form=AS_COUNT,
    ),
    Col(
        CHANGE,
        change_words,
        is_number=True,
        hint=_l(
            "Visas bara där båda kvartalen är hela: inga enheter som saknas och inget "
            "brott mellan dem."
        ),
        fields=count(
            "change", "Reports more than a year before; null if not comparable."
        ),
        cell="change",
        form=AS_COUNT,
    ),
    Col(
        HANDLED,
        in_time_cell,
        is_number=True,
        hint=_l("Vad som är i tid är regionens egen regel."),
        fields=of(
            "in_time.row",
            count(
                "handled_in_time",
                "Incidents handled in time, by the region's own rule.",
                "numerator",
            ),
            count(
                "due",
                "Incidents whose time for handling ran out in the quarter.",
                "denominator",
            ),
            number("in_time", "Per cent of them, 0-100.", "value"),
            number("in_time_lower", "Lower bound of the 95 % interval.", "lower"),
            number("in_time_upper", "Upper bound of the 95 % interval.", "upper"),
            perhaps("in_time_status", "What can be said of it.", Status, "status"),
        ),
        cell="in_time.row.value",
        form=AS_DECIMAL,
    ),
    Col(
        LED,
        lambda line: cell(line.lex_maria),
        is_number=True,
        fields=_outcome(
            "led_to_lex_maria", "Incidents that led to lex Maria.", "lex_maria"
        ),
        cell="lex_maria.row.value",
        form=AS_COUNT,
    ),
    Col(
        LED_IN_YEAR,
        lambda line: cell(line.lex_maria_year),
        is_number=True,
        hint=_l("De tolv månader som slutar med kvartalet."),
        fields=_outcome(
            "led_to_lex_maria_12_months",
            "The same in the twelve months that end with the quarter.",
            "lex_maria_year",
        ),
        cell="lex_maria_year.row.value",
        form=AS_COUNT,
    ),
)
"""Of a unit in a quarter, by category."""

COLUMNS: Columns = (
    *_OF_UNIT,
    Col(
        headings.UNIT,
        fields=field("unit_name", "Its name.", read="unit.name"),
        cell="unit.name",
        width=_WIDE,
    ),
    Col(_l("Kvartal"), cell=lambda line: text.period_words(line.quarter)),
    *OWN,
    BUILD,
)
"""Of every line, in API and Excel."""


def by_quarter(overview: Overview) -> list[Col]:
    """Return the columns of a table whose rows are categories: reports by quarter."""
    return [
        Col(
            CATEGORY,
            lambda category: category_words(overview.names[category]),
            is_heading=True,
        ),
        *(
            Col(
                text.capital(text.period_words(quarter)),
                partial(_reports_of, lines),
                is_number=True,
            )
            for quarter, lines in overview.own.items()
        ),
    ]


def by_category(overview: Overview) -> list[Col]:
    """Return the columns of a table whose rows are units, each with its lines."""
    every, *categories = (
        Col(category_words(name), partial(_reports_of, category=category), True)
        for category, name in overview.names.items()
    )
    return [
        Col(headings.UNIT, _unit, is_heading=True),
        every,
        Col(HANDLED, lambda lines: in_time_cell(lines[EVERY]), is_number=True),
        Col(LED_IN_YEAR, lambda lines: cell(lines[EVERY].lex_maria_year), True),
        *categories,
    ]


def _reports_of(lines: Lines, category: str) -> str | Component:
    line = lines.get(category)
    return cell(line.reports) if line else text.NO_VALUE


def _unit(lines: Lines) -> Component:
    line = lines[EVERY]
    params = {"unit": line.unit.unit_id, "period": str(line.quarter)}
    return link(line.unit.name, address(PATH, params))
