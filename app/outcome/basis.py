"""What an outcome rests on, in words: what is left out, rejected, or carried over.

Few people are told as "some"; see `kpi.basis`.
"""

from collections.abc import Callable, Sequence

from app.queries.outcomes import OutcomeRow
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.basis import BasisPart
from kpi.definitions import Indicator
from kpi.vocabulary import DatasetName, Remark

INCOMPLETE = _l("Ofullständigt underlag")
_CASES = {DatasetName.CASES: _l("förlopp"), DatasetName.CONTACTS: _l("kontakter")}
_LEFT_OUT = (Remark.NO_MAXIMUM, Remark.EXCEPTED, Remark.NO_ANSWER)
_MOST_NAMED = 3


def basis_words(
    indicator: Indicator, row: OutcomeRow, named: Callable[[str], str] = str
) -> list[str]:
    """Return a sentence for each thing to know; none where there is nothing.

    That units are missing is told by the outcome's reason.

    Args:
        indicator: What is measured.
        row: The outcome.
        named: Gives the name of a unit by its id.
    """
    parts = row.rests_on()
    left_out = [part for part in parts if part.kind in _LEFT_OUT]
    rejected = [part for part in parts if part.kind == Remark.REJECTED_ROWS]
    carried = [part for part in parts if part.kind == Remark.PREDECESSOR_ROWS]
    return [
        *([_left_out_words(indicator, row, left_out)] if left_out else []),
        *(_rejected_words(part) for part in rejected),
        *([_carried_words(carried, named)] if carried else []),
    ]


def basis_phrases(parts: Sequence[BasisPart]) -> str:
    """Return the same of parts that stand by themselves, as in a cell of a file."""
    return " ".join(_phrase(part) for part in parts)


def _phrase(part: BasisPart) -> str:
    match part.kind:
        case Remark.REJECTED_ROWS:
            return _rejected_words(part)
        case Remark.PREDECESSOR_ROWS:
            return _carried_words([part], str)
        case Remark.UNITS_MISSING:
            return ngettext(
                "{number} enhet saknas.", "{number} enheter saknas.", part.number or 0
            ).format(number=_number(part))
    return f"{text.capital(_why(part))}."


def is_incomplete(row: OutcomeRow) -> bool:
    """Say whether rows that were delivered are not in the outcome."""
    return any(
        part.kind in (*_LEFT_OUT, Remark.REJECTED_ROWS) for part in row.rests_on()
    )


def _left_out_words(
    indicator: Indicator, row: OutcomeRow, parts: Sequence[BasisPart]
) -> str:
    """Say how many are counted, of how many, and why the others are not."""
    dataset = indicator.measure.dataset if indicator.measure else ""
    cases = str(_CASES.get(DatasetName(dataset), _("rader")))
    why = "; ".join(_why(part) for part in parts)
    numbers = [part.number for part in parts if part.number is not None]
    if row.denominator is None or len(numbers) < len(parts):
        words = _("Alla {cases} räknas inte: {why}.")
        return words.format(cases=cases, why=why)
    words = _("{counted} av {every} {cases} räknas; {why}.")
    return words.format(
        counted=text.count(row.denominator),
        every=text.count(row.denominator + sum(numbers)),
        cases=cases,
        why=why,
    )


def _why(part: BasisPart) -> str:
    number = _number(part)
    match part.kind:
        case Remark.NO_MAXIMUM:
            words = _("{number} saknar maximal ledtid")
        case Remark.EXCEPTED:
            words = _("{number} är undantagna enligt regeln")
        case _:
            words = _("{number} saknar uppgift")
    return words.format(number=number)


def _rejected_words(part: BasisPart) -> str:
    if part.number is None:
        return _("Några levererade rader är avvisade.")
    return ngettext(
        "{number} levererad rad är avvisad.",
        "{number} levererade rader är avvisade.",
        part.number,
    ).format(number=text.count(part.number))


def _carried_words(parts: Sequence[BasisPart], named: Callable[[str], str]) -> str:
    """Say how many rows stand under the ids of units that have ended."""
    names = [named(part.unit or "") for part in parts]
    under = text.listed(names)
    if len(names) > _MOST_NAMED:
        under = _("{number} enheter").format(number=text.count(len(names)))
    numbers = [part.number for part in parts if part.number is not None]
    if len(numbers) < len(parts):
        words = _(
            "Några rader under {under}, som har upphört, räknas för efterträdaren."
        )
        return words.format(under=under)
    number = sum(numbers)
    return ngettext(
        "{number} rad under {under}, som har upphört, räknas för efterträdaren.",
        "{number} rader under {under}, som har upphört, räknas för efterträdaren.",
        number,
    ).format(number=text.count(number), under=under)


def _number(part: BasisPart) -> str:
    return _("några") if part.number is None else text.count(part.number)
