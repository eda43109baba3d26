"""A mapping drafted from a guess, with a question where nobody but a person knows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from etl.folding import folded
from etl.inspect.guess import Guess
from etl.inspect.survey import Column, Survey, Table
from etl.mappings.model import COUNTED, UNANSWERED
from etl.sources.layout import Field, FieldType
from etl.sources.svf import ENDINGS, OUTSIDE
from etl.take.cast import Setting, names_of
from etl.take.everyday import MONTH_WORD
from etl.take.mapped import UnitNames
from kpi.definitions import Indicator
from kpi.period import Period
from kpi.vocabulary import DatasetName

Entry = dict[str, Any]
_MOST_VALUES = 40
"""Texts without a code that are asked about; more are no list of codes."""
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_MONTH = re.compile(
    rf"({MONTH_WORD})[.]?([ -]*(20[0-9]{{2}}|[0-9]{{2}}))?", re.IGNORECASE
)
_QUARTER = re.compile(r"(kv|kvartal|q|k) ?[1-4]([ -]*20[0-9]{2})?", re.IGNORECASE)
_KVA = re.compile("[A-Z]{2}[0-9]{3}", re.IGNORECASE)
_KVA_FIELDS = ("kva_start", "kva_avslut")
_FEW_ANSWERS = 20
"""So many are named in the question."""


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
class Draft:
    """An entry of a mapping file, and what is asked in it.

    Attributes:
        entry: As it goes below `files`.
        questions: In the order in which they stand there.
    """

    entry: Entry
    questions: tuple[Question, ...]

    def answered(self, question: Question, answer: str | bool) -> "Draft":
        """Return the draft with an answer in the place of its question.

        `-` takes the line away, such as of a unit whose rows are not wanted.
        """
        entry = _with(self.entry, question.at, answer)
        left = tuple(asked for asked in self.questions if asked != question)
        return Draft(entry, left)

    def text(self) -> str:
        """Return it as YAML, an item of `files`, each question with its comment."""
        written = yaml.safe_dump(
            [self.entry], allow_unicode=True, sort_keys=False, width=1000
        )
        asked = iter(self.questions)
        lines = []
        for line in written.splitlines():
            # A list of several questions on one line is asked about once.
            if f"'{UNANSWERED}'" in line:
                question = next(asked, None)
                line += f"  # {question.asked}" if question else ""
            lines.append(f"  {line}")
        return "\n".join(lines) + "\n"


def _with(entry: Any, at: tuple[str | int, ...], answer: str | bool) -> Any:
    if not at:
        return answer
    first, *rest = at
    if isinstance(entry, list):
        return [
            _with(item, tuple(rest), answer) if n == first else item
            for n, item in enumerate(entry)
        ]
    if not rest and answer == "-":
        return {key: value for key, value in entry.items() if key != first}
    return entry | {first: _with(entry.get(first), tuple(rest), answer)}


def draft_of(
    guess: Guess,
    survey: Survey,
    pattern: str,
    setting: Setting,
    names: UnitNames,
    indicators: Mapping[str, Indicator],
) -> Draft:
    """Return the mapping of a file as far as it can be guessed.

    Args:
        guess: What the file is taken for.
        survey: What it is.
        pattern: Of its path under the sources folder.
        setting: What rows are judged against.
        names: Of the units in the register.
        indicators: Id -> every indicator that producers have counted.
    """
    entry: Entry = {"pattern": pattern, "dataset": str(guess.layout.dataset)}
    table = guess.table
    if len(survey.tables) > len(guess.tables):
        entry["sheets"] = [sheet.sheet for sheet in guess.tables]
    ignored = dict.fromkeys(text for table in guess.tables for text in table.ignored)
    if ignored:
        entry["ignore"] = list(ignored)
    if guess.is_day_first is None:
        entry["day_first"] = UNANSWERED
    columns: Entry = {}
    units: dict[str, str] = {}
    for field in guess.layout.fields:
        column = guess.columns.get(field.name)
        if column is None:
            continue
        columns[field.name] = column.heading
        unread = [text for text in column.texts if text not in guess.read[field.name]]
        if field.type is FieldType.UNIT:
            units |= dict.fromkeys(unread[: 10 * _MOST_VALUES], UNANSWERED)
        elif values := _asked_values(field, unread, column):
            columns[field.name] = {"heading": column.heading, "values": values}
    entry["columns"] = columns
    wide = _periods_in_headings(guess, columns)
    if wide:
        entry["each_row"] = _each_period(wide, survey, table)
    elif "period" not in columns and _are_periods([t.sheet for t in guess.tables]):
        columns["period"] = {"sheet": True} | _year_of(
            [table.sheet for table in guess.tables], survey
        )
    if guess.layout.dataset == DatasetName.REPORTED and not wide:
        _count_cases(guess, entry)
    for field in guess.layout.fields:
        is_given = field.name in columns or (wide and field.name == "period")
        if field.is_required and not is_given:
            columns[field.name] = _missing(field)
    if units:
        entry["units"] = units
    entry["columns"] = {
        field.name: columns[field.name]
        for field in guess.layout.fields
        if field.name in columns
    }
    asking = _Asking(guess, setting, names, indicators, _words_of(survey))
    return Draft(entry, tuple(_questions(entry, asking)))


def _asked_values(field: Field, unread: list[str], column: Column) -> dict[str, str]:
    """Return the texts of a column of codes that no code is known for."""
    if field.name in _KVA_FIELDS:
        unread = [text for text in column.texts if not _KVA.fullmatch(text)]
    elif field.type not in (FieldType.CODE, FieldType.YES_NO, FieldType.ITEM):
        return {}
    return dict.fromkeys(unread, UNANSWERED) if len(unread) <= _MOST_VALUES else {}


def _missing(field: Field) -> object:
    """Return the question where a column is found that no heading looks like."""
    is_same_everywhere = field.type is FieldType.CODE or field.name in (
        *("indikator", "kva_start"),
    )
    return {"constant": UNANSWERED} if is_same_everywhere else UNANSWERED


# Periods in headings and sheets


def _is_period(text: str) -> bool:
    if _MONTH.fullmatch(text.strip()) or _QUARTER.fullmatch(text.strip()):
        return True
    try:
        Period.parse(text.strip())
    except ValueError:
        return False
    return True


def _are_periods(names: list[str]) -> bool:
    return bool(names) and all(map(_is_period, names))


def _periods_in_headings(guess: Guess, columns: Entry) -> list[str]:
    """Return the headings that are periods, in a table with a column for each."""
    if guess.layout.dataset != DatasetName.REPORTED:
        return []
    headings = [name for name in guess.table.headings if _is_period(name)]
    if len(headings) < 2:
        return []
    for name in [name for name, heading in columns.items() if heading in headings]:
        del columns[name]
    return headings


def _each_period(headings: list[str], survey: Survey, table: Table) -> list[Entry]:
    year = _year_of(headings, survey)
    rows = []
    for heading in headings:
        period = heading if not year else f"{heading} {year['year']}"
        rows.append({"period": {"constant": period}, COUNTED: heading})
    return rows


def _year_of(periods: list[str], survey: Survey) -> Entry:
    """Return `year` where periods do not have it: of the file's name, or a question."""
    if all(
        _YEAR.search(period) or re.search("[0-9]{2}$", period) for period in periods
    ):
        return {}
    years = _YEAR.findall(survey.path.stem)
    return {"year": int(years[0]) if len(set(years)) == 1 else UNANSWERED}


# Cases


def _count_cases(guess: Guess, entry: Entry) -> None:
    """Take each row for a case where no column holds a count or a value."""
    columns: Entry = entry["columns"]
    if {COUNTED, "namnare", "varde"} & set(columns):
        return
    days = [
        column.heading
        for column in guess.of_days
        if column.heading not in _headings_of(columns)
    ]
    if "period" in columns:
        heading = columns["period"]
        columns["period"] = {"heading": heading, "per": "month"}
    elif days:
        heading = days[0] if len(days) == 1 else UNANSWERED
        columns["period"] = {"heading": heading, "per": "month"}
    if slag := guess.columns.get("slag"):
        values = dict.fromkeys(slag.texts, UNANSWERED)
        columns["slag"] = {"heading": slag.heading, "values": values}
    entry["cases"] = {}
    cases = [
        column.heading
        for column in guess.table.columns
        if column.rows
        and len(column.texts) >= 0.5 * column.rows
        and re.search(
            r"(^|_)(nr|id|nummer|arende|arendenr|arendenummer)($|_)",
            folded(column.heading),
        )
    ]
    if cases:
        entry["cases"]["case"] = cases[0]
    entry["cases"]["zeros"] = UNANSWERED


def _headings_of(columns: Entry) -> set[str]:
    return {
        cell["heading"] if isinstance(cell, dict) else cell
        for cell in columns.values()
        if not isinstance(cell, dict) or "heading" in cell
    }


# Questions


@dataclass(frozen=True, slots=True)
class _Asking:
    """What questions are put together from."""

    guess: Guess
    setting: Setting
    names: UnitNames
    indicators: Mapping[str, Indicator]
    words: frozenset[str]


def _words_of(survey: Survey) -> frozenset[str]:
    """Return the words that the names of a file and its sheets have."""
    texts = [survey.path.parent.name, survey.path.stem]
    texts += [table.sheet for table in survey.tables]
    words = (word for text in texts for word in folded(text).split("_"))
    return frozenset(word for word in words if len(word) > 2 and not word.isdecimal())


def _questions(entry: Entry, asking: _Asking) -> Iterator[Question]:
    """Give the questions of an entry, in the order in which they are written."""
    layout = asking.guess.layout
    used = _headings_of(entry["columns"])
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
            case ("columns", name, "values", text):
                codes = _codes(layout.column(str(name)), asking)
                near = _near(str(text), codes)
                asked = f"what is {text!r}?{_of(codes)}{near}"
                yield Question(at, asked, () if name in _KVA_FIELDS else codes)
            case ("columns", name, "heading") | ("columns", name):
                yield Question(at, f"which heading is {name}?{_of(free)}", free)
            case ("columns", _, "year"):
                yield Question(at, "of which year are the months?")
            case ("each_row", *_):
                yield Question(at, "which month? such as 2026-01")
            case ("cases", "zeros"):
                asked = "had a unit without a case in a month none? true or false"
                yield Question(at, asked, ("true", "false"))
            case ("units", text):
                near = _near(str(text), [*asking.names.ids])
                asked = "which unit? its id, or no line where its rows are not wanted"
                yield Question(at, f"{asked}{near}")


def _which_indicator(at: tuple[str | int, ...], asking: _Asking) -> Question:
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


def _of(answers: tuple[str, ...]) -> str:
    return f" {', '.join(answers)}" if 0 < len(answers) <= _FEW_ANSWERS else ""


def _unanswered(
    entry: Any, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    items: Any = ()
    if isinstance(entry, Mapping):
        items = entry.items()
    elif isinstance(entry, list):
        items = enumerate(entry)
    for key, value in items:
        if isinstance(value, str) and UNANSWERED in value and len(value) <= 12:
            yield (*at, key)
        else:
            yield from _unanswered(value, (*at, key))


def _codes(field: Field, asking: _Asking) -> tuple[str, ...]:
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


def pattern_of(path: Path, sources: Path, producer: str) -> str:
    """Return the pattern of a file's path: digits, which change, as `*`."""
    stem = re.sub(r"[0-9][0-9_.-]*", "*", path.stem)
    if path.resolve().is_relative_to(sources.resolve()):
        folder = path.resolve().relative_to(sources.resolve()).parent.as_posix()
        return f"{folder}/{stem}{path.suffix}"
    return f"{producer}/{stem}{path.suffix}"
