"""What the answer about cancer pathways holds, and what can be asked of it."""

from dataclasses import replace

from app.address import IDENTIFIER
from app.api.fields import Field, integer, number, perhaps, text
from app.api.parameters import (
    LANG,
    PERIOD,
    THE_UNIT_AND_BELOW,
    Parameter,
    one_of,
)
from app.outcome.ways import WITHOUT
from app.pages.pathway.find import DAYS_AHEAD
from app.queries.pathway import Step
from app.words.language import lazy_gettext as _l
from kpi.period import Period, PeriodKind

_LENGTHS = (PeriodKind.QUARTER, PeriodKind.ROLLING)


def _period(written: str) -> Period:
    period = Period.parse(written)
    if period.kind not in _LENGTHS:
        raise ValueError(written)
    return period


def _slug(written: str) -> str:
    if not IDENTIFIER.fullmatch(written):
        raise ValueError(written)
    return written


OF_PATHWAY = (
    Parameter(
        "svf",
        "Only this pathway; all without it.",
        _l("id för ett vårdförlopp"),
        _slug,
        {"type": "string", "examples": ["brost"]},
    ),
    THE_UNIT_AND_BELOW,
    replace(
        PERIOD,
        about="A quarter or rolling twelve months; the latest quarter without it.",
        takes=_l(
            "ett kvartal eller tolv månader, till exempel 2026Q1 eller R12-2026Q1"
        ),
        read=_period,
        schema={"type": "string", "examples": ["2026Q1", "R12-2026Q1"]},
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
        (str(one) for one in DAYS_AHEAD),
    ),
    LANG,
)


def _count(name: str, about: str) -> Field:
    return integer(name, f"{about} Null if too few.")


_WITHIN = (
    _count("within", "Ended within their maximum, of all that the measure counts."),
    _count("counted", "All that the measure counts."),
)
PATHWAY = (
    perhaps("svf", "Id of the pathway; null for all."),
    text("unit", "Id of the unit (HSA-id)."),
    text("period", "The period that cases ended or began in."),
    Field(
        "is_local", "boolean", "Without cases that waited by choice or for medicine."
    ),
    text("today", "The last day that the files tell of."),
    Field("minimum", "integer", "Fewest cases that anything is told of."),
    _count("ended", "Cases that ended in the period in a way that is measured."),
    *_WITHIN,
    _count("within_local", "The same, without those that waited otherwise."),
    _count("counted_local", "The same, without those that waited otherwise."),
    _count("suspected", "Cases suspected in the period."),
    number("median", "Days until half no longer wait, open ones considered."),
    number("median_lower", "Lower bound of its 95 % interval."),
    number("median_upper", "Upper bound of its 95 % interval."),
    Field("days", "integer", "How many days ahead is looked."),
    _count("open_soon", "Open cases that pass a maximum within so many days."),
    _count("open_passed", "Open cases that have passed their last maximum."),
    _count("open_later", "Open cases that have longer."),
    _count("open_unknown", "Open cases without a maximum in the register."),
)
"""Beside `steps`, `curve` and `maxima`."""

STEPS = (
    text("step", "Which step, or the whole.", words=tuple(Step)),
    _count("cases", "Cases with both dates, in order."),
    number("median", "Days."),
    number("p90", "Days within which nine in ten took it."),
    _count("missing", "Cases without one of the dates."),
    _count("backwards", "Cases whose second date is before the first."),
    number("median_before", "The median a year earlier."),
)
CURVE = (
    Field("days", "integer", "Since the suspicion; week by week."),
    Field("waiting", "number", "Share that still waits, 0-100."),
    number("lower", "Lower bound of its 95 % interval."),
    number("upper", "Upper bound of its 95 % interval."),
    Field("at_risk", "integer", "Cases that had waited so long."),
)
MAXIMA = (
    text("ending", "How the pathway ends."),
    Field("is_extended", "boolean", "After extended investigation."),
    Field("days", "integer", "Its maximum at the end of the period."),
)
