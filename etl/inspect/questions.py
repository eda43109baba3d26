"""What is asked in a drafted mapping, each question in a sentence of one line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from etl.folding import folded
from etl.inspect.guess import Guess
from etl.inspect.survey import Survey
from etl.mappings.model import UNANSWERED
from etl.sources.layout import Field, FieldType
from etl.sources.svf import ENDINGS, OUTSIDE
from etl.take.cast import Setting, names_of
from etl.take.mapped import UnitNames
from kpi.definitions import Indicator

Entry = dict[str, Any]
KVA_FIELDS = ("kva_start", "kva_avslut")
_FEW_ANSWERS = 20
"""So many are named in the question."""
_LONGEST = 60
"""Signs of a heading or a text in a question."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person must say.

    Attributes:
        at: Where the answer goes in the entry.
        asked: In a sentence.
        answers: What it may be, if that is a list.
    """

    at: tuple[str | int, ...]
    asked: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What questions are put together from."""

    guess: Guess
    setting: Setting
    names: UnitNames
    indicators: Mapping[str, Indicator]
    words: frozenset[str]


def words_of(survey: Survey) -> frozenset[str]:
    """Return the words that the names of a file and its sheets have."""
    texts = [survey.path.parent.name, survey.path.stem]
    texts += [table.sheet for table in survey.tables]
    words = (word for text in texts for word in folded(text).split("_"))
    return frozenset(word for word in words if len(word) > 2 and not word.isdecimal())


def questions_of(entry: Entry, asking: Asking) -> Iterator[Question]:
    """Give the questions of an entry, in the order in which they are written."""
    layout = asking.guess.layout
    used = headings_of(entry["columns"])
    free = tuple(name for name in asking.guess.table.headings if name not in used)
    for at in _unanswered(entry):
        match at:
            case ("day_first",):
                asked = "is 3/4/2024 the third of April? true or false"
                yield Question(at, asked, ("true", "false"))
            case ("columns", "indikator", "constant"):
                yield _which_indicator(at, asking)
            case ("columns", name, "constant"):
                codes = _codes(layout.column(str(name)), asking)
                yield Question(at, f"what is {name} in every row?{_of(codes)}", codes)
            case ("columns", "indikator", "values", text):
                yield _which_of_indicators(at, str(text), asking)
            case ("columns", name, "values", text):
                codes = _codes(layout.column(str(name)), asking)
                near = _near(str(text), codes)
                asked = f"what is an empty cell?{_of(codes)}{near}"
                if text:
                    asked = f"what is {text!r}?{_of(codes)}{near}"
                yield Question(at, asked, () if name in KVA_FIELDS else codes)
            case ("columns", name, "heading"):
                yield Question(at, f"which heading is {name}?{_of(free)}", free)
            case ("columns", name):
                rivals = asking.guess.rivals.get(str(name), ())
                headings = tuple(column.heading for column in rivals) or free
                asked = f"which heading is {name}?{_of(headings)}"
                if not rivals:
                    asked = (
                        f"which heading is {name}?{_of(headings)}; or in the file "
                        "{constant: ...} if the same in every row"
                    )
                yield Question(at, asked, headings)
            case ("columns", _, "year"):
                yield Question(at, "of which year are the months?")
            case ("each_row", *_):
                yield Question(at, "which month? such as 2026-01")
            case ("cases", "case"):
                asked = (
                    f"which heading tells cases apart?{_of(free)}; no line where each "
                    "row is a case of its own"
                )
                yield Question(at, asked, free)
            case ("cases", "zeros"):
                asked = "had a unit without a case in a month none? true or false"
                yield Question(at, asked, ("true", "false"))
            case ("units", text):
                near = _near_unit(str(text), asking.names)
                asked = "which unit? its id, or no line where its rows are not wanted"
                yield Question(at, f"{asked}{near}")


def _which_indicator(at: tuple[str | int, ...], asking: Asking) -> Question:
    """Ask for an indicator, those first whose names have words of the file."""

    def strangeness(name: str) -> int:
        title = folded(asking.indicators[name].name.sv)
        called = {*name.split("_"), *title.split("_")}
        return -len(called & asking.words)

    ranked = tuple(
        sorted(asking.indicators, key=lambda name: (strangeness(name), name))
    )
    near = f" perhaps {ranked[0]}" if ranked and strangeness(ranked[0]) else ""
    return Question(at, f"which indicator? an id of docs/indicators.md{near}", ranked)


def _which_of_indicators(
    at: tuple[str | int, ...], text: str, asking: Asking
) -> Question:
    """Ask which indicator a text of the file is, those first that it looks like."""
    words = {*folded(text).split("_")}

    def strangeness(name: str) -> float:
        called = {*name.split("_"), *folded(asking.indicators[name].name.sv).split("_")}
        return -len(called & words) / len(words)

    ranked = tuple(
        sorted(asking.indicators, key=lambda name: (strangeness(name), name))
    )
    near = f" perhaps {ranked[0]}" if ranked and strangeness(ranked[0]) else ""
    asked = f"which indicator is {text!r}? an id of docs/indicators.md{near}"
    return Question(at, asked, ranked)


def _of(answers: tuple[str, ...]) -> str:
    return f" {shown(answers)}" if 0 < len(answers) <= _FEW_ANSWERS else ""


def _unanswered(
    entry: Any, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    items: Any = ()
    if isinstance(entry, Mapping):
        items = entry.items()
    elif isinstance(entry, list):
        items = enumerate(entry)
    for key, value in items:
        if value == UNANSWERED:
            yield (*at, key)
        else:
            yield from _unanswered(value, (*at, key))


def _codes(field: Field, asking: Asking) -> tuple[str, ...]:
    match field.type:
        case FieldType.CODE:
            return tuple(dict.fromkeys(names_of(field, asking.setting).values()))
        case FieldType.YES_NO:
            return ("J", "N")
        case FieldType.ITEM:
            return ("1", "0", "NA")
    if field.name == "slag":
        every = (i.categories for i in asking.indicators.values())
        return tuple(dict.fromkeys(code for codes in every for code in codes))
    if field.name == "kva_avslut":
        return tuple(f"..{n} {name}" for n, name in (ENDINGS | OUTSIDE).items())
    return ()


def _near(text: str, names: list[str] | tuple[str, ...]) -> str:
    near = get_close_matches(text, names, n=1)
    return f" perhaps {near[0]}" if near else ""


_SHORT = {
    "vc": "vardcentral",
    "avd": "avdelning",
    "klin": "kliniken",
    "kir": "kirurg",
    "med": "medicin",
    "ort": "ortoped",
    "mott": "mottagning",
}


def _near_unit(text: str, names: UnitNames) -> str:
    """Return the unit that a text is near to, whatever the order of its words."""

    def spelled_out(name: str) -> str:
        words = [_SHORT.get(word, word) for word in folded(name).split("_")]
        return "".join(sorted(words))

    by_name = {spelled_out(name): name for name in names.ids if name != names.ids[name]}
    near = get_close_matches(spelled_out(text), by_name, n=1, cutoff=0.75)
    if not near:
        return ""
    name = by_name[near[0]]
    return f" perhaps {names.ids[name]}, {shown([name])}"


def headings_of(columns: Entry) -> set[str]:
    """Return the headings that columns are found under."""
    return {
        cell["heading"] if isinstance(cell, dict) else cell
        for cell in columns.values()
        if not isinstance(cell, dict) or "heading" in cell
    }


def shown(texts: Sequence[str]) -> str:
    """Return texts of a file in one line, as short as they can be told apart by."""
    return ", ".join(map(_in_one_line, texts))


def _in_one_line(text: str) -> str:
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    line = " ".join(seen.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
