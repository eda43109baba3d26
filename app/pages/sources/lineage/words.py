"""What may be told of the rows behind an outcome, and in which words."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from math import isclose

from app.queries.behind import Question
from app.queries.lineage import FactRow, LoadSums, Sums, UnitSums
from app.queries.outcomes import OutcomeRow
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.assessment import SHOWN, Status
from kpi.definitions import Indicator
from kpi.model import Kind
from kpi.suppression import withheld

_ALWAYS_WITHHELD = (Status.TOO_FEW, Status.MASKED, Status.PAUSED)
_OF_A_PERSON = ("sex", "age_group")
_WITHOUT_SMALL_NUMBERS = (Kind.RANK, Kind.MILESTONE)

# One outcome
OUTCOME = _l("Utfall")
STATUS = _l("Status")
NUMERATOR = _l("Täljare")
DENOMINATOR = _l("Nämnare")
UNITS_BEHIND = _l("Enheter bakom utfallet")
FILES_BEHIND = _l("Filer bakom utfallet")
ROWS_BEHIND = _l("Rader bakom utfallet")
HIDDEN = _l("visas inte")
NO_ROWS = _l("Det finns inga rader bakom utfallet i det här bygget.")
_FORMULA = {
    "proportion": _l(
        "Summan av täljarna delad med summan av nämnarna, i procent. Andelar räknas "
        "aldrig om till medelvärden."
    ),
    "rate": _l("Summan av täljarna delad med summan av nämnarna, gånger {per}."),
    "mean": _l("Summan av alla poäng delad med antalet svar."),
    "count": _l("Summan av alla räknade."),
    "rank": _l(
        "Plats bland regionerna, där 1 är bäst. Lika värden delar den bättre platsen."
    ),
    "milestone": _l("Ja eller nej, som det har rapporterats."),
}


@dataclass(frozen=True, slots=True)
class Behind:
    """What is shown of the rows behind an outcome.

    Attributes:
        withheld: Why nothing but files is shown; empty if more is.
        rows_withheld: Why rows are not shown; empty if they are.
        hidden_units: Units whose numbers, and whose rows' names, are not shown.
    """

    withheld: str
    rows_withheld: str
    hidden_units: frozenset[str]


def is_few(indicator: Indicator, sums: Sums) -> bool:
    """Say whether sums are too small to show, by the rule of the roll-up."""
    if indicator.kind in _WITHOUT_SMALL_NUMBERS:
        return False
    base = _base(sums)
    return base is not None and 0 < base < indicator.minimum_denominator


def _base(sums: Sums) -> float | None:
    return sums.numerator if sums.denominator is None else sums.denominator


def what_is_shown(
    question: Question,
    outcome: OutcomeRow,
    total: Sums,
    units: Sequence[UnitSums],
    outcomes: Iterable[OutcomeRow],
) -> Behind:
    """Decide what to show; the outcome's own rule goes for everything behind it.

    Args:
        question: Which outcome.
        outcome: The outcome itself.
        total: What all its rows add up to.
        units: What each unit's rows add up to.
        outcomes: The same outcome of those units.
    """
    status = Status(outcome.status)
    is_hidden = status in _ALWAYS_WITHHELD or (
        status not in SHOWN and is_few(question.indicator, total)
    )
    why = why_withheld(status) if is_hidden else ""
    about_person = question.by in _OF_A_PERSON
    few = {
        outcome.unit
        for outcome in outcomes
        if outcome.status in (Status.TOO_FEW, Status.MASKED)
    }
    return Behind(
        why,
        why
        or (
            _(
                "Rader visas inte uppdelade efter kön eller ålder, eftersom de då "
                "säger något om en enskild person."
            )
            if about_person
            else ""
        ),
        _hidden_units(
            question.indicator,
            [sums for sums in units if sums.unit != question.unit],
            few,
        ),
    )


def _hidden_units(
    indicator: Indicator, units: Sequence[UnitSums], few: Set[str]
) -> frozenset[str]:
    """Return the units to hide; their sum is shown right beside them."""
    if indicator.kind in _WITHOUT_SMALL_NUMBERS:
        return frozenset(few)
    sizes = [round(_base(sums.sums) or 0) for sums in units]
    counts = [
        min(size, indicator.minimum_denominator - 1) if sums.unit in few else size
        for size, sums in zip(sizes, units, strict=True)
    ]
    hidden = withheld(counts, indicator.minimum_denominator)
    return frozenset(few) | {units[at].unit for at in hidden}


def agreement(indicator: Indicator, outcome: OutcomeRow, total: Sums) -> str:
    """Say how the rows add up to the outcome; empty where that cannot be said."""
    if outcome.numerator is None or total.numerator is None:
        return ""
    if _is_same(outcome.numerator, total.numerator) and _is_same(
        outcome.denominator, total.denominator
    ):
        return _agreement_words(total.numerator, total.denominator)
    if indicator.averaged_over_time:
        return _(
            "Raderna summerar till {numerator} och {denominator}. Utfallet bygger på "
            "genomsnittet över periodens månader."
        ).format(
            numerator=text.count(total.numerator),
            denominator=text.count(total.denominator),
        )
    return ""


def _is_same(amount: float | None, other: float | None) -> bool:
    if amount is None or other is None:
        return amount is other
    return isclose(amount, other, rel_tol=1e-9, abs_tol=1e-9)


def amounts(indicator: Indicator, sums: Sums, is_hidden: bool) -> tuple[str, str]:
    """Return a numerator and a denominator in words."""
    if is_hidden:
        return HIDDEN, HIDDEN
    return text.count(sums.numerator), text.count(sums.denominator)


def load_is_few(indicator: Indicator, load: LoadSums, total: Sums) -> bool:
    """Say whether a file's share of the outcome is too small to show.

    What is left when it is taken away must not be too small either.
    """
    if is_few(indicator, load.sums):
        return True
    base, whole = load.sums.denominator, total.denominator
    if base is None or whole is None:
        base, whole = load.sums.numerator, total.numerator
    if base is None or whole is None:
        return False
    left = Sums(0, 0, 0, whole - base, None)
    return is_few(indicator, left)


def formula(indicator: Indicator) -> str:
    """Return in a sentence how the value comes out of the counts."""
    return _FORMULA[indicator.kind].format(per=text.number(indicator.per))


def row_amount(row: FactRow, amount: float | None, is_case: bool) -> str:
    """Return what a row adds: yes or no for a case, otherwise a number."""
    if row.is_masked:
        return _("maskerad av källan")
    if amount is None:
        return text.NO_VALUE
    if is_case:
        return _("Ja") if amount else _("Nej")
    return text.count(amount)


def why_withheld(status: Status) -> str:
    """Say why units, sums and rows are not shown."""
    if status is Status.MASKED:
        return _(
            "Källan har maskerat uppgifterna. Därför visas bara vilka filer de kommer "
            "från."
        )
    if status is Status.PAUSED:
        return _("Mätningen är pausad. Därför visas bara vilka filer som finns.")
    return _(
        "Det är för få fall för att visa antal och rader utan att peka ut någon. "
        "Därför visas bara vilka filer de kommer från."
    )


def _agreement_words(numerator: float | None, denominator: float | None) -> str:
    """Say that the rows add up to the outcome."""
    if numerator is None:
        return ""
    if denominator is None:
        return _("Raderna summerar till {numerator}, samma som utfallet.").format(
            numerator=text.count(numerator)
        )
    return _(
        "Raderna summerar till {numerator} av {denominator}, samma som utfallet."
    ).format(numerator=text.count(numerator), denominator=text.count(denominator))


def reporting_units(reporting: int | None, expected: int | None) -> str:
    """Say how many units have reported, of those expected."""
    if not reporting:
        return ""
    if expected is None:
        return text.count(reporting)
    return _("{part} av {whole}").format(
        part=text.count(reporting), whole=text.count(expected)
    )
