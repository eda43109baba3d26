"""What the answer about cancer pathways holds, and what can be asked of it."""

from dataclasses import replace

from app.analysis.pathway import DAYS_AHEAD
from app.api.fields import Field
from app.api.parameters import LANG, PERIOD, UNIT, Parameter
from app.language import lazy_gettext as _l
from app.presenters.pathway import WITHOUT
from app.queries.pathway import Step
from app.selection import IDENTIFIER
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


def _word(words: tuple[str, ...]) -> Parameter:
    def read(written: str) -> str:
        if written not in words:
            raise ValueError(written)
        return written

    schema: dict[str, object] = {"type": "string", "enum": list(words)}
    takes, limits = _l("någon av {limits}"), ", ".join(words)
    return Parameter("", "", takes, read, schema, limits=limits)


OF_PATHWAY = (
    Parameter(
        "svf",
        "Only this pathway; all without it.",
        _l("id för ett vårdförlopp"),
        _slug,
        {"type": "string", "examples": ["brost"]},
    ),
    replace(
        UNIT, about="This unit and all below it; the region without it.", is_list=False
    ),
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
    replace(
        _word((WITHOUT,)),
        name="without",
        about="Leave out cases that waited by their own choice or for medical reasons. "
        "A local view: the national measure leaves out none.",
    ),
    replace(
        _word(tuple(str(one) for one in DAYS_AHEAD)),
        name="days",
        about=f"How many days ahead to look; {DAYS_AHEAD[0]} without it.",
    ),
    LANG,
)


def _count(name: str, about: str) -> Field:
    return Field(name, "integer", f"{about} Null if too few.", is_nullable=True)


def _number(name: str, about: str) -> Field:
    return Field(name, "number", about, is_nullable=True)


_WITHIN = (
    _count("within", "Ended within their maximum, of all that the measure counts."),
    _count("counted", "All that the measure counts."),
)
PATHWAY = (
    Field("svf", "string", "Id of the pathway; null for all.", is_nullable=True),
    Field("unit", "string", "Id of the unit (HSA-id)."),
    Field("period", "string", "The period that cases ended or began in."),
    Field(
        "is_local", "boolean", "Without cases that waited by choice or for medicine."
    ),
    Field("today", "string", "The last day that the files tell of."),
    Field("minimum", "integer", "Fewest cases that anything is told of."),
    _count("ended", "Cases that ended in the period in a way that is measured."),
    *_WITHIN,
    _count("within_local", "The same, without those that waited otherwise."),
    _count("counted_local", "The same, without those that waited otherwise."),
    _count("suspected", "Cases suspected in the period."),
    _number("median", "Days until half have reached the end, open ones considered."),
    _number("median_lower", "Lower bound of its 95 % interval."),
    _number("median_upper", "Upper bound of its 95 % interval."),
    Field("days", "integer", "How many days ahead is looked."),
    _count("open_soon", "Open cases that pass a maximum within so many days."),
    _count("open_passed", "Open cases that have passed their last maximum."),
    _count("open_later", "Open cases that have longer."),
    _count("open_unknown", "Open cases without a maximum in the register."),
)
"""Beside `steps`, `curve` and `maxima`."""

STEPS = (
    Field("step", "string", "Which step, or the whole.", words=tuple(Step)),
    _count("cases", "Cases with both dates, in order."),
    _number("median", "Days."),
    _number("p90", "Days within which nine in ten took it."),
    _count("missing", "Cases without one of the dates."),
    _count("backwards", "Cases whose second date is before the first."),
    _number("median_before", "The median a year earlier."),
)
CURVE = (
    Field("days", "integer", "Since the suspicion; week by week."),
    Field("waiting", "number", "Share that still waits, 0-100."),
    _number("lower", "Lower bound of its 95 % interval."),
    _number("upper", "Upper bound of its 95 % interval."),
    Field("at_risk", "integer", "Cases that had waited so long."),
)
MAXIMA = (
    Field("ending", "string", "How the pathway ends."),
    Field("is_extended", "boolean", "After extended investigation."),
    Field("days", "integer", "Its maximum at the end of the period."),
)
