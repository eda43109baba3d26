"""`/api/v1/outcomes`: outcomes as the answers hold them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from app.api.answer import Address, Answer, Listed
from app.api.faults import RequestFault, unknown_id
from app.api.named import chosen_build, named_indicator, named_unit
from app.api.parameters import OF_OUTCOMES, Given, is_asked_for, one_of, periods
from app.api.workbook import AS_COUNT, AS_DECIMAL
from app.columns import (
    BUILD,
    Col,
    Field,
    count,
    in_answer,
    integer,
    number,
    of,
    perhaps,
    text,
    whole,
)
from app.outcome.basis import basis_phrases
from app.queries.definitions import definitions
from app.queries.frame import Frame
from app.queries.listing import OUTCOME_COLUMNS, Choice, outcome_rows
from app.queries.outcomes import OutcomeRow, outcomes_of
from app.queries.reader import Reader
from app.queries.units import UnitRow, unit_tree
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.text import REASON, STATUS
from kpi.assessment import Reason, Status
from kpi.basis import basis_of, codes_of
from kpi.datasets import DIMENSIONS
from kpi.definitions import Indicator
from kpi.model import UnitKind
from kpi.period import Period, PeriodKind
from kpi.targets import RULES
from kpi.vocabulary import Remark

QUARTER = periods("period", "The quarter that holds its end; the latest without it.")
UNIT_KIND = one_of("unit_kind", "Only units of this kind.", UnitKind)
COUNTS = of(
    "row",
    count("numerator", "Null unless the outcome is shown."),
    count("denominator", "Null unless the outcome is shown."),
    number("value", "In the indicator's own unit; shares are 0-100."),
)
"""Of anything that holds an outcome as its `row`."""

_LEVELS = ("local", "national")
NO_INDICATOR = ""


_COLUMN_NAMES = [column.name for column in OUTCOME_COLUMNS]


def _at_its_place(field: Field) -> Field:
    """Return a field read by the place of its column: a list may have a million."""
    if callable(field.read):
        cell = itemgetter(_COLUMN_NAMES.index(field.name))
        return replace(field, read=lambda row: whole(cell(row)))
    at = _COLUMN_NAMES.index(field.read or field.name)
    return replace(field, read=itemgetter(at))


def _column(
    title: str,
    field: Field,
    width: int = 13,
    form: Mapping[str, object] | None = None,
    words: Mapping[Any, str] | None = None,
) -> Col:
    """Return a column that answers, CSV and Excel have, the last perhaps in words."""
    field = _at_its_place(field)
    read = field.reading()
    cell = read if words is None else lambda row: words.get(read(row))
    return Col(title, fields=field, cell=cell, form=form or {}, width=width)


OUTCOME = (
    _column(_l("Indikator"), text("indicator", "Id of the indicator."), 28),
    _column(_l("Enhet"), text("unit", "Id of the unit (HSA-id)."), 26),
    _column(
        _l("Period"),
        text("period", "2026Q1, 2026-03, 2026T1, 2026H1, 2026 or R12-2026Q1."),
    ),
    _column(
        _l("Periodlängd"),
        text("period_kind", "How long the period is.", PeriodKind),
    ),
    _column(
        _l("Uppdelning"),
        text("by", "Dimension the outcome is broken down by; empty for the total."),
    ),
    _column(
        _l("Del"), text("by_value", "Value of that dimension; empty for the total.")
    ),
    _column(
        _l("Täljare"),
        count("numerator", "Whole where it counts; null unless the outcome is shown."),
        form=AS_COUNT,
    ),
    _column(
        _l("Nämnare"),
        count(
            "denominator", "Whole where it counts; null unless shown or without one."
        ),
        form=AS_COUNT,
    ),
    _column(
        _l("Värde"),
        number("value", "In the indicator's own unit, unrounded; shares are 0-100."),
        form=AS_DECIMAL,
    ),
    _column(
        _l("95 %-intervall, nedre"),
        number("lower", "Lower bound of the 95 % interval, in the same unit."),
        form=AS_DECIMAL,
    ),
    _column(
        _l("95 %-intervall, övre"),
        number("upper", "Upper bound of the 95 % interval, in the same unit."),
        form=AS_DECIMAL,
    ),
    _column(
        _l("Mål"),
        number("target", "The outcome is judged by it, in the same unit."),
        form=AS_DECIMAL,
    ),
    _column(
        _l("Villkor"),
        perhaps("target_rule", "How value and target are compared.", RULES),
    ),
    _column(
        _l("Målets nivå"), perhaps("target_level", "Who has set the target.", _LEVELS)
    ),
    _column(
        _l("Status"),
        text("status", "What can be said of the outcome.", Status),
        22,
        words=STATUS,
    ),
    _column(
        _l("Anmärkning"),
        perhaps("reason", "Why it is not shown, or what to know of it.", Reason),
        34,
        words=REASON,
    ),
    _column(
        _l("Nationellt mål"),
        number("national_target", "Where a local target goes before it."),
        form=AS_DECIMAL,
    ),
    _column(
        _l("Nationellt villkor"),
        perhaps("national_rule", "How it is compared.", RULES),
    ),
    _column(
        _l("Status mot nationellt mål"),
        perhaps("national_status", "Judged by the national target.", Status),
        words=STATUS,
    ),
    _column(
        _l("Hel period"),
        Field(
            "is_whole",
            "boolean",
            "Whether the period is over and all of it is in; null without a value.",
            is_nullable=True,
        ),
        words={True: _l("ja"), False: _l("nej")},
    ),
    _column(
        _l("Samma månader i fjol"),
        number(
            "same_months_before",
            "The value a year earlier of the months that are in, where the period is "
            "not whole; null where that cannot be told.",
        ),
        form=AS_DECIMAL,
    ),
    _column(
        _l("Rapporteras som"),
        perhaps("reported_as", "Kind of period that is reported instead.", PeriodKind),
    ),
    _column(
        _l("Rapporterat för"),
        perhaps(
            "reported_in",
            "Earlier period that a step is known from; null where it is its own.",
        ),
    ),
    _column(
        _l("Mål som tog slut"),
        number("ended_target", "The last target, where it ended without being met."),
        form=AS_DECIMAL,
    ),
    _column(
        _l("Villkor för det"),
        perhaps("ended_rule", "How it was compared.", RULES),
    ),
    _column(
        _l("Gällde senast"),
        perhaps("ended_in", "The last period of that target."),
    ),
    _column(
        _l("Rapporterande enheter"),
        integer("units_reporting", "Units with facts in the period."),
        form=AS_COUNT,
    ),
    _column(
        _l("Förväntade enheter"),
        integer("units_expected", "Units with facts within a year."),
        form=AS_COUNT,
    ),
    Col(
        _l("Underlaget"),
        fields=perhaps(
            "basis",
            "What it rests on, where that is not all that was delivered: a word each "
            f"of {', '.join(Remark)}, with =number, or =few where that is not told; "
            "predecessor_rows with :unit, the ended unit that the rows name. Of parts "
            "(`by`) units_missing alone: what is left out is counted for the whole.",
            read=lambda row: codes_of(basis_of(row)) or None,
        ),
        cell=lambda row: basis_phrases(basis_of(row)) or None,
        width=40,
    ),
)
_ABOUT_DIMENSION = "Only with `by` set to this dimension: the same as `by_value`."
_OF_DIMENSIONS = (
    Field(name, "string", _ABOUT_DIMENSION, "by_value", is_optional=True)
    for name in DIMENSIONS
)
LISTED = Listed(
    "outcomes",
    "Outcome",
    (*in_answer(OUTCOME), BUILD, *map(_at_its_place, _OF_DIMENSIONS)),
)


def outcomes(reader: Reader, given: Given) -> Answer:
    """Return the outcomes asked for."""
    reader, choice = choice_in(reader, given)
    rows = outcome_rows(reader, choice)
    added = (choice.by,) if choice.by else ()
    return Answer(
        reader.build, {"outcomes": rows}, added=added, file_name=file_name(choice)
    )


OUTCOMES = Address(
    "outcomes",
    "Outcomes with targets and statuses.",
    OF_OUTCOMES,
    outcomes,
    lists=(LISTED,),
    has_csv=True,
)


def choice_in(reader: Reader, given: Given) -> tuple[Reader, Choice]:
    """Return what to read for a request and from where, once all it names is found.

    Raises:
        RequestFault: there is no such build, indicator or unit, or no time between
            the periods.
    """
    since, until = given["from"], given["to"]
    kinds = _kinds(given["kind"], since, until)
    reader = chosen_build(reader, given["build"])
    indicators = definitions(reader).indicators
    known = {indicator.id for indicator in indicators}
    _refuse_unknown("indicator", given["indicator"], known)
    if given["unit"]:
        units = {unit.unit_id for unit in unit_tree(reader)}
        _refuse_unknown("unit", given["unit"], units)
    return reader, Choice(
        indicators=_chosen(indicators, given),
        units=given["unit"],
        periods=given["period"],
        since=since,
        until=until,
        by=given["by"] or "",
        kinds=kinds,
        limit=given["limit"],
        offset=given["offset"] or 0,
    )


def _chosen(indicators: Sequence[Indicator], given: Given) -> tuple[str, ...]:
    """Return the ids of the indicators asked for; none leaves the choice open."""
    named: tuple[str, ...] = given["indicator"]
    under = [one.id for one in indicators if is_asked_for(one, given)]
    if len(under) == len(indicators):
        return named
    # Nothing under what was asked for is another answer than everything.
    return tuple(one for one in under if not named or one in named) or (NO_INDICATOR,)


def file_name(choice: Choice) -> str:
    """Return what a file of the outcomes is called, without its ending."""
    return choice.indicators[0] if len(choice.indicators) == 1 else "outcomes"


def _kinds(
    chosen: Sequence[str], since: Period | None, until: Period | None
) -> tuple[PeriodKind, ...]:
    if since and until and since.first > until.last:
        expected = _("en period som slutar efter {since}").format(since=since)
        raise RequestFault("to", str(until), expected)
    if chosen:
        return tuple(PeriodKind(kind) for kind in chosen)
    # "from 2025Q1 to 2026Q1" means quarters, not the months in them as well.
    return tuple(dict.fromkeys(end.kind for end in (since, until) if end))


def _refuse_unknown(name: str, written_ids: Iterable[str], known: set[str]) -> None:
    for written in written_ids:
        if written not in known:
            raise unknown_id(name, written)


def totals_of(
    reader: Reader, frame: Frame, given: Given
) -> tuple[Indicator, UnitRow, Sequence[OutcomeRow]]:
    """Return what a request names, with the breaks of its region, and its totals."""
    indicator = named_indicator(frame, given["indicator"])
    unit = named_unit(frame, given["unit"])
    rows = outcomes_of(reader, indicator.id, unit.unit_id)
    return indicator.in_region(frame.units.kolada_id(unit.unit_id)), unit, rows
