"""`/api/v1/contributions`: what the page of contributions shows."""

from collections.abc import Iterator
from typing import NamedTuple

from app.api.answer import Address, Answer, Listed
from app.api.faults import RequestFault
from app.api.named import named_indicator, named_unit
from app.api.parameters import (
    LANG,
    THE_INDICATOR,
    THE_UNIT,
    Given,
    Parameter,
    one_of,
    periods,
)
from app.columns import (
    BUILD,
    Field,
    count,
    integer,
    number,
    of,
    perhaps,
    text,
)
from app.outcome.ways import can_be_split
from app.pages.contributions.find import contributions_in
from app.pages.contributions.finding import evidence_of
from app.pages.contributions.parts import FEW, Part, estimate_of
from app.pages.contributions.question import Explanation, PartsQuestion, Why, ways_of
from app.pages.contributions.words import Names
from app.queries.cells import OWN, UNIT, UNKNOWN
from app.queries.definitions import value_names
from app.queries.frame import Frame, read_frame
from app.queries.outcomes import OutcomeRow
from app.queries.reader import Reader
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.counted import Counted
from kpi.datasets import DIMENSIONS
from kpi.evidence import Estimate, Evidence

_WAYS = ("unit", *DIMENSIONS)
_PART_KINDS = ("part", "own", "unknown", "few")


def _value(written: str) -> str:
    if len(written) > 80:
        raise ValueError(written)
    return written


_PERIOD = periods(
    "period",
    "A quarter stands for the latest period measured by then; the latest without it.",
)
_SINCE = periods(
    "since",
    "Contributions to the change since this earlier period, instead of to the gap to "
    "the target.",
)
_BY = one_of(
    "by", "What the parts are; without it the first way that tells any apart.", _WAYS
)
_WHERE = tuple(
    Parameter(
        name,
        f"Only facts with this value of the dimension {name}.",
        _l("ett värde ur källan"),
        _value,
        {"type": "string", "maxLength": 80},
    )
    for name in DIMENSIONS
)


class _Counts(NamedTuple):
    part: Counted
    estimate: Estimate | None


class _Whole(NamedTuple):
    explanation: Explanation
    period: str
    aim: OutcomeRow | None
    now: _Counts | None
    before: _Counts | None


class _PartRow(NamedTuple):
    part: Part
    kind: str
    name: str
    now: _Counts | None
    before: _Counts | None
    evidence: Evidence | None


_CASES = "What it adds to the gap or the change, in cases, unrounded."
_WHOLE_CASES = "To a gap, in whole cases."
_RATE = "Of a change: because parts' own shares or rates changed."
_MIX = "Of a change: because the cases are spread otherwise on the parts."
_COUNTS = (
    *of(
        "now.part",
        count("numerator", "In the period."),
        count("denominator", "In the period."),
    ),
    *of(
        "now.estimate",
        number("value", "In the indicator's own unit; shares are 0-100."),
        number("lower", "Lower bound of the 95 % interval."),
        number("upper", "Upper bound of the 95 % interval."),
    ),
    *of(
        "before.part",
        count("numerator_before", "In the earlier period; null of a gap.", "numerator"),
        count(
            "denominator_before", "In the earlier period; null of a gap.", "denominator"
        ),
    ),
    number(
        "value_before",
        "In the earlier period; null of a gap or without cases.",
        "before.estimate.value",
    ),
)
_PART = (
    text(
        "part",
        "Id of the unit or value of the dimension; empty unless a part.",
        read=lambda row: row.part.name if row.kind == "part" else "",
    ),
    text(
        "part_kind",
        "own: the unit's own facts; unknown: the facts do not say; few: parts with too "
        "few cases, together.",
        _PART_KINDS,
        "kind",
    ),
    text("name", "What the part is called, in the language of the answer."),
    *of("part.cases", number("cases", _CASES, float)),
    integer("whole_cases", _WHOLE_CASES, "part.whole_cases"),
    *of("part.rate", number("rate", _RATE, float)),
    *of("part.mix", number("mix", _MIX, float)),
    number(
        "cumulative_share",
        "Of what goes the same way as the whole, 0-1.",
        "part.cumulative_share",
    ),
    *_COUNTS,
    perhaps("evidence", "What the interval says of the target.", Evidence),
    BUILD,
)
_WHOLE = (
    text("indicator", "Id of the indicator.", read="explanation.question.indicator.id"),
    text("unit", "Id of the unit (HSA-id).", read="explanation.question.unit.unit_id"),
    text("period", "The period told apart; the one asked for if there is none."),
    perhaps(
        "since", "The earlier period; null of a gap.", read="explanation.before.period"
    ),
    perhaps("by", "What the parts are.", _WAYS, "explanation.question.by"),
    Field(
        "where",
        "object",
        "Values of the dimensions restricted.",
        lambda row: dict(row.explanation.question.where),
    ),
    *of(
        "explanation.row",
        Field(
            "is_whole",
            "boolean",
            "Whether the period is over and all of it is in; null without an outcome.",
            is_nullable=True,
        ),
    ),
    perhaps("why", "Why there are no parts.", Why, "explanation.why"),
    *of(
        "aim",
        number("target", "What the parts of a gap are measured with."),
        perhaps("target_rule", "How value and target are compared."),
    ),
    *of("explanation.split.cases", number("cases", _CASES, float)),
    integer("whole_cases", _WHOLE_CASES, "explanation.split.gap.whole_cases"),
    *of(
        "explanation.split.change",
        number("rate", _RATE, lambda change: float(change.cases * change.rate)),
        number("mix", _MIX, lambda change: float(change.cases * change.mix)),
    ),
    *_COUNTS,
    integer("pooled", "How many parts are told as one.", "explanation.split.pooled"),
    Field(
        "not_reported",
        "array",
        "Units below that should have reported and have not.",
        lambda row: [unit.unit_id for unit in row.explanation.silent],
    ),
)


def answer_contributions(reader: Reader, given: Given) -> Answer:
    """Return the parts that a gap or a change comes from."""
    frame = read_frame(reader)
    explanation = _found(reader, frame, given)
    names = Names(frame.units, value_names(reader))
    split, row = explanation.split, explanation.row
    whole = _Whole(
        explanation,
        row.period if row else str(explanation.question.period),
        explanation.target_row if split and split.gap else None,
        _counts(explanation, split.now) if split else None,
        _counts(explanation, split.before) if split else None,
    )
    return Answer(frame.build, {"parts": _parts(explanation, names)}, whole)


CONTRIBUTIONS = Address(
    "contributions",
    "Which parts a gap to a target, or a change, comes from, in cases.",
    (THE_INDICATOR, THE_UNIT, _PERIOD, _SINCE, _BY, *_WHERE, LANG),
    answer_contributions,
    _WHOLE,
    (Listed("parts", "Part", _PART),),
    has_csv=True,
)


def _found(reader: Reader, frame: Frame, given: Given) -> Explanation:
    indicator = named_indicator(frame, given["indicator"])
    unit = named_unit(frame, given["unit"])
    where = {name: given[name] for name in DIMENSIONS if given[name]}
    ways = ways_of(indicator) if can_be_split(indicator) else ()
    for name, way in [
        *((dimension, dimension) for dimension in where),
        ("by", given["by"]),
    ]:
        if ways and way and way not in ways:
            expected = _("någon av {limits}").format(limits=", ".join(ways))
            raise RequestFault(name, way, expected)
    explanation = contributions_in(
        reader,
        frame,
        PartsQuestion(
            indicator.in_region(frame.units.kolada_id(unit.unit_id)),
            unit,
            given["period"] or frame.build.latest_quarter(),
            given["since"],
            given["by"],
            where,
        ),
    )
    if given["since"] and explanation.row and not explanation.is_since_asked:
        expected = _("en tidigare period med utfall, av samma längd")
        raise RequestFault("since", str(given["since"]), expected)
    return explanation


def _parts(explanation: Explanation, names: Names) -> Iterator[_PartRow]:
    split = explanation.split
    if split is None:
        return
    for part in split.parts:
        yield _PartRow(
            part,
            _kind(explanation, part),
            str(names.part(explanation.question, part.name, split.pooled)),
            _counts(explanation, part.now),
            _counts(explanation, part.before),
            evidence_of(explanation, part.now) if split.gap else None,
        )


def _kind(explanation: Explanation, part: Part) -> str:
    if part.name == FEW:
        return "few"
    if explanation.question.by == UNIT:
        return (
            "own" if part.name in (OWN, explanation.question.unit.unit_id) else "part"
        )
    return "unknown" if part.name == UNKNOWN else "part"


def _counts(explanation: Explanation, part: Counted | None) -> _Counts | None:
    if part is None:
        return None
    return _Counts(part, estimate_of(explanation.question.indicator, part))
