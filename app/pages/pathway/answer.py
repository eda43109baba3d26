"""`/api/v1/pathway`: the cancer pathways step by step, as they are on the page.

Aggregates only: the cases one by one are on the page alone.
"""

from dataclasses import replace
from http import HTTPStatus
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple

from app.address import IDENTIFIER
from app.api.answer import Address, Answer, Listed
from app.api.faults import RequestFault
from app.api.named import named_unit
from app.api.parameters import (
    LANG,
    PERIOD,
    QUARTER_PATTERN,
    THE_UNIT_AND_BELOW,
    Given,
    Parameter,
    matching,
    one_of,
)
from app.columns import Field, Read, integer, number, of, perhaps, text, written
from app.outcome.ways import WITHOUT
from app.pages.pathway.curve_words import curve_points
from app.pages.pathway.find import DAYS_AHEAD, Pathway, Question, pathway
from app.queries.definitions import pathway_names
from app.queries.frame import read_frame
from app.queries.pathway import Step, StepTime
from app.queries.pathway_cases import Group
from app.queries.reader import Reader
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.period import Period, PeriodKind

_LENGTHS = (PeriodKind.QUARTER, PeriodKind.ROLLING)


def _period(written: str) -> Period:
    period = Period.parse(written)
    if period.kind not in _LENGTHS:
        raise ValueError(written)
    return period


OF_PATHWAY = (
    Parameter(
        "svf",
        "Only this pathway; all without it.",
        _l("id för ett vårdförlopp"),
        matching(IDENTIFIER),
        {
            "type": "string",
            "pattern": f"^{IDENTIFIER.pattern}$",
            "examples": ["brost"],
        },
    ),
    THE_UNIT_AND_BELOW,
    replace(
        PERIOD,
        about="A quarter or rolling twelve months; the latest quarter without it.",
        takes=_l(
            "ett kvartal eller tolv månader, till exempel 2026Q1 eller R12-2026Q1"
        ),
        read=_period,
        schema={
            "type": "string",
            "pattern": QUARTER_PATTERN,
            "examples": ["2026Q1", "R12-2026Q1"],
        },
        is_list=False,
    ),
    one_of(
        "without",
        "Leave out cases that waited by their own choice or for medical reasons. "
        "A local view: the national measure leaves out none.",
        (WITHOUT,),
    ),
    one_of(
        "days",
        f"How many days ahead to look; {DAYS_AHEAD[0]} without it.",
        (str(days) for days in DAYS_AHEAD),
    ),
    LANG,
)


class _Whole(NamedTuple):
    question: Question
    pathway: Pathway
    suspected: int | None
    median: float | None
    median_lower: float | None
    median_upper: float | None


class _StepRow(NamedTuple):
    pathway: Pathway
    now: StepTime
    before: StepTime


def _shown(whole: Pathway, number: int, among: int | None = None) -> int | None:
    """Return a number unless it, or what it is counted among, is too small."""
    base = number if among is None else among
    return None if 0 < base < whole.minimum else number


def _count(name: str, about: str, read: str | Read = "") -> Field:
    return integer(name, f"{about} Null if too few.", read)


def _told(name: str, about: str, path: str, among: str = "") -> Field:
    number, base = attrgetter(path), attrgetter(among or path)

    def shown(row: _Whole) -> int | None:
        return _shown(row.pathway, number(row.pathway), base(row.pathway))

    return _count(name, about, shown)


def _open(group: Group, about: str) -> Field:
    return _count(
        f"open_{group}",
        about,
        lambda row: _shown(row.pathway, row.pathway.counts[group]),
    )


_ALIKE = "The same, without those that waited otherwise."
_PATHWAY = (
    perhaps("svf", "Id of the pathway; null for all.", read="question.svf"),
    text("unit", "Id of the unit (HSA-id).", read="question.unit"),
    written("period", "The period that cases ended or began in.", "question.period"),
    Field(
        "is_local",
        "boolean",
        "Without cases that waited by choice or for medicine.",
        "question.is_local",
    ),
    written("today", "The last day that the files tell of.", "pathway.today"),
    Field(
        "minimum",
        "integer",
        "Fewest cases that anything is told of.",
        "pathway.minimum",
    ),
    _told(
        "ended",
        "Cases that ended in the period in a way that is measured.",
        "now.cases",
    ),
    _told(
        "within",
        "Ended within their maximum, of all that the measure counts.",
        "now.national.within",
        "now.national.counted",
    ),
    _told("counted", "All that the measure counts.", "now.national.counted"),
    _told("within_local", _ALIKE, "now.local.within", "now.local.counted"),
    _told("counted_local", _ALIKE, "now.local.counted"),
    _count("suspected", "Cases suspected in the period."),
    number("median", "Days until half no longer wait, open ones considered."),
    number("median_lower", "Lower bound of its 95 % interval."),
    number("median_upper", "Upper bound of its 95 % interval."),
    Field("days", "integer", "How many days ahead is looked.", "question.days"),
    _open(Group.SOON, "Open cases that pass a maximum within so many days."),
    _open(Group.PASSED, "Open cases that have passed their last maximum."),
    _open(Group.LATER, "Open cases that have longer."),
    _open(Group.UNKNOWN, "Open cases without a maximum in the register."),
)


def _unless_few(name: str, time: str = "now") -> Read:
    def read(row: _StepRow) -> float | None:
        step = getattr(row, time)
        return None if row.pathway.is_few(step.cases) else getattr(step, name)

    return read


_STEP = (
    text("step", "Which step, or the whole.", Step, "now.step"),
    _count(
        "cases",
        "Cases with both dates, in order.",
        lambda row: _shown(row.pathway, row.now.cases),
    ),
    number("median", "Days.", _unless_few("median")),
    number("p90", "Days within which nine in ten took it.", _unless_few("p90")),
    _count("missing", "Cases without one of the dates.", _unless_few("missing")),
    _count(
        "backwards",
        "Cases whose second date is before the first.",
        _unless_few("backwards"),
    ),
    number(
        "median_before", "The median a year earlier.", _unless_few("median", "before")
    ),
)


def _per_cent(fraction: float) -> float:
    return 100 * fraction


_POINT = (
    Field("days", "integer", "Since the suspicion; week by week."),
    Field(
        "waiting",
        "number",
        "Share that still waits, 0-100.",
        lambda point: _per_cent(point.waiting),
    ),
    *of("lower", number("lower", "Lower bound of its 95 % interval.", _per_cent)),
    *of("upper", number("upper", "Upper bound of its 95 % interval.", _per_cent)),
    Field("at_risk", "integer", "Cases that had waited so long."),
)
_MAXIMUM = (
    text("ending", "How the pathway ends."),
    Field("is_extended", "boolean", "After extended investigation."),
    Field("days", "integer", "Its maximum at the end of the period."),
)


def answer_pathway(reader: Reader, given: Given) -> Answer:
    """Return the pathways step by step."""
    frame = read_frame(reader)
    unit = named_unit(frame, given["unit"])
    svf = given["svf"]
    known = pathway_names(reader)
    if svf and svf not in known:
        expected = _("någon av {limits}").format(limits=", ".join(sorted(known)))
        raise RequestFault("svf", svf, expected, HTTPStatus.NOT_FOUND)
    question = Question(
        unit.unit_id,
        given["period"] or frame.build.latest_quarter(),
        svf,
        given["without"] is not None,
        int(given["days"] or DAYS_AHEAD[0]),
    )
    whole = pathway(reader, question)
    rows = {
        "steps": map(_StepRow, repeat(whole), whole.now.steps, whole.before.steps),
        "curve": curve_points(whole),
        "maxima": whole.maxima,
    }
    suspected = whole.curve.waited[0] if whole.curve else None
    median = whole.days_until(0.5), *whole.median_interval()
    return Answer(frame.build, rows, _Whole(question, whole, suspected, *median))


PATHWAY = Address(
    "pathway",
    "The cancer pathways step by step: days, waiting curve, open cases in time.",
    OF_PATHWAY,
    answer_pathway,
    _PATHWAY,
    (
        Listed("steps", "Step", _STEP),
        Listed("curve", "Waiting", _POINT),
        Listed("maxima", "Maximum", _MAXIMUM),
    ),
)
