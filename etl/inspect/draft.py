"""A mapping drafted from a guess, with a question where nobody but a person knows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from etl.folding import folded
from etl.inspect.guess import Guess
from etl.inspect.private import MOST_VALUES, is_about_a_person, listed
from etl.inspect.questions import (
    KVA_FIELDS,
    Asking,
    Question,
    headings_of,
    questions_of,
    shown,
    words_of,
)
from etl.inspect.survey import Column, Survey
from etl.inspect.times import (
    are_periods,
    have_years,
    pattern_of,
    periods_among,
    with_periods,
    year_in,
)
from etl.mappings.model import COUNTED, UNANSWERED
from etl.sources.layout import Field, FieldType
from etl.take.cast import Setting
from etl.take.mapped import UnitNames
from kpi.definitions import Indicator
from kpi.vocabulary import DatasetName

Entry = dict[str, Any]
_KVA = re.compile("[A-Z]{2}[0-9]{3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry of a mapping file, and what is asked in it.

    Attributes:
        entry: As it goes below `files`.
        questions: In the order in which they stand there.
        remarks: What is to be known of it, in sentences.
    """

    entry: Entry
    questions: tuple[Question, ...]
    remarks: tuple[str, ...] = ()

    def answered(self, question: Question, answer: object) -> "Draft":
        """Return the draft with an answer in the place of its question.

        `-` takes the line away, such as of a unit whose rows are not wanted.
        """
        entry = _with(self.entry, question.at, answer)
        left = tuple(asked for asked in self.questions if asked != question)
        return replace(self, entry=entry, questions=left)

    def text(self) -> str:
        """Return it as YAML, an item of `files`, each question with its comment."""
        written = yaml.safe_dump(
            [self.entry], allow_unicode=True, sort_keys=False, width=1000
        )
        # An empty text as a key is written over two lines, which nobody would know.
        written = re.sub(r"^( *)\? ''\n\1: ", r"\1'': ", written, flags=re.MULTILINE)
        asked = iter(self.questions)
        lines = []
        for line in written.splitlines():
            if line.endswith(f" '{UNANSWERED}'"):
                question = next(asked, None)
                line += f"  # {question.asked}" if question else ""
            lines.append(f"  {line}")
        return "\n".join(lines) + "\n"


def _with(entry: Any, at: tuple[str | int, ...], answer: object) -> Any:
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
    name: str,
    setting: Setting,
    names: UnitNames,
    indicators: Mapping[str, Indicator],
) -> Draft:
    """Return the mapping of a file as far as it can be guessed.

    Args:
        guess: What the file is taken for.
        survey: What it is.
        name: Its path under the sources folder.
        setting: What rows are judged against.
        names: Of the units in the register.
        indicators: Id -> every indicator that producers have counted.
    """
    entry: Entry = {"pattern": "", "dataset": str(guess.layout.dataset)}
    remarks: list[str] = []
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
        if field.name in guess.rivals:
            columns[field.name] = UNANSWERED
            continue
        unknown = _unknown(field, guess, indicators)
        most = _MOST_UNITS if field.type is FieldType.UNIT else MOST_VALUES
        # Units are called after places and people; one that is known tells them apart.
        is_of_units = field.type is FieldType.UNIT and bool(guess.read[field.name])
        texts = listed(unknown, most, may_look_like_names=is_of_units)
        if len(texts) < len(unknown):
            remarks.append(_not_listed(column, len(unknown) - len(texts)))
        if field.type is FieldType.UNIT:
            units |= dict.fromkeys(texts, UNANSWERED)
        elif texts:
            if _is_marked(field, column):
                texts.append("")
            values = dict.fromkeys(texts, UNANSWERED)
            columns[field.name] = {"heading": column.heading, "values": values}
    entry["columns"] = columns
    sheets = [sheet.sheet for sheet in guess.tables]
    fields = {field.name for field in guess.layout.fields}
    wide = _periods_in_headings(guess, columns)
    year: Entry = {}
    if wide:
        year = _year_of(wide, survey)
        entry["each_row"] = _each_period(wide, year)
    elif "period" in fields and "period" not in columns and are_periods(sheets):
        year = _year_of(sheets, survey)
        columns["period"] = {"sheet": True} | year
    called = {folded(name) for name in names.ids}
    of_units = all(folded(sheet) in called for sheet in sheets)
    if guess.layout.is_of_unit and "enhet_id" not in columns and of_units:
        columns["enhet_id"] = {"sheet": True}
    counted = with_periods(guess.table.headings)
    is_reported = guess.layout.dataset == DatasetName.REPORTED
    if is_reported and not wide and counted and "period" not in columns:
        for count in (COUNTED, "namnare", "varde"):
            columns.pop(count, None)
        remarks.append(
            f"{shown(counted)} tell of several periods: write what each gives under "
            "`each_row`, with its `period: {constant: ...}`, instead of `period`"
        )
    elif is_reported and not wide:
        _count_cases(guess, entry, indicators)
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
    is_of_one_time = bool(year) or UNANSWERED in map(columns.get, _TIMES)
    entry["pattern"] = pattern_of(name, is_of_one_time)
    if is_of_one_time:
        remarks.append(
            "the pattern is of this file alone, as the time of its rows may be in its "
            "name; where each file tells its own time, put * for what changes there"
        )
    remarks += _unused(guess, entry)
    asking = Asking(guess, setting, names, indicators, words_of(survey))
    return Draft(entry, tuple(questions_of(entry, asking)), tuple(remarks))


_TIMES = ("period", "datum", "matdatum")
_MOST_UNITS = 400


def _unknown(
    field: Field, guess: Guess, indicators: Mapping[str, Indicator]
) -> list[str]:
    """Return the texts of a column that nothing is known of, and are asked about."""
    texts = guess.columns[field.name].texts
    if field.name == "indikator":
        return [text for text in texts if text not in indicators]
    if field.name in KVA_FIELDS:
        return [text for text in texts if not _KVA.fullmatch(text)]
    if field.type in (FieldType.YES_NO, FieldType.ITEM) and _is_marked(
        field, guess.columns[field.name]
    ):
        return [*texts]
    asked = (FieldType.UNIT, FieldType.CODE, FieldType.YES_NO, FieldType.ITEM)
    if field.type not in asked:
        return []
    return [text for text in texts if text not in guess.read[field.name]]


def _is_marked(field: Field, column: Column) -> bool:
    """Say whether a column has a mark or nothing, where only a person knows which."""
    is_asked = field.type in (FieldType.YES_NO, FieldType.ITEM)
    return is_asked and {text.casefold() for text in column.texts} == {"x"}


def _not_listed(column: Column, number: int) -> str:
    return (
        f"{number} texts under {column.heading!r} are not listed, as they are long or "
        "many, or could be about people; see whether it is the right column, and write "
        "what is wanted by hand"
    )


def _unused(guess: Guess, entry: Entry) -> Iterator[str]:
    """Give what the file has that is not read, and what the dataset has without it."""
    cells = [entry["columns"], *entry.get("each_row", ())]
    used = {heading for group in cells for heading in headings_of(group)}
    used.add(entry.get("cases", {}).get("case", ""))
    rest = [heading for heading in guess.table.headings if heading not in used]
    if rest:
        yield f"not read: {shown(rest)}"
    given = {name for group in cells for name in group}
    empty = [f.name for f in guess.layout.fields if f.name not in given]
    if empty and "cases" not in entry:
        yield f"without a column: {', '.join(empty)}"


def _missing(field: Field) -> object:
    """Return the question where a column is found that no heading looks like."""
    is_same_everywhere = field.type is FieldType.CODE or field.name in (
        *("indikator", "kva_start"),
    )
    return {"constant": UNANSWERED} if is_same_everywhere else UNANSWERED


# Periods in headings and sheets


def _periods_in_headings(guess: Guess, columns: Entry) -> list[str]:
    """Return the headings that are periods, in a table with a column for each."""
    if guess.layout.dataset != DatasetName.REPORTED:
        return []
    headings = periods_among(guess.table.headings)
    for name in [name for name, heading in columns.items() if heading in headings]:
        del columns[name]
    return headings


def _each_period(headings: list[str], of_year: Entry) -> list[Entry]:
    year = of_year.get("year", "")
    periods = {
        heading: UNANSWERED if year == UNANSWERED else f"{heading} {year}".strip()
        for heading in headings
    }
    return [
        {"period": {"constant": period}, COUNTED: heading}
        for heading, period in periods.items()
    ]


def _year_of(periods: list[str], survey: Survey) -> Entry:
    """Return `year` where periods do not have it: of the file's name, or a question."""
    if have_years(periods):
        return {}
    return {"year": year_in(survey.path.stem) or UNANSWERED}


# Cases


def _count_cases(
    guess: Guess, entry: Entry, indicators: Mapping[str, Indicator]
) -> None:
    """Take each row for a case where no column holds a count or a value."""
    columns: Entry = entry["columns"]
    if {COUNTED, "namnare", "varde"} & set(columns):
        return
    days = [
        column.heading
        for column in guess.of_days
        if column.heading not in headings_of(columns)
    ]
    if "period" in columns:
        heading = columns["period"]
        columns["period"] = {"heading": heading, "per": "month"}
    elif days:
        heading = days[0] if len(days) == 1 else UNANSWERED
        columns["period"] = {"heading": heading, "per": "month"}
    if slag := guess.columns.get("slag"):
        known = {code for of_it in indicators.values() for code in of_it.categories}
        values = {
            text: folded(text) if folded(text) in known else UNANSWERED
            for text in listed([*slag.texts])
        }
        columns["slag"] = {"heading": slag.heading, "values": values}
    entry["cases"] = {}
    cases = [
        column.heading
        for column in guess.table.columns
        if column.rows
        and not is_about_a_person(column.heading)
        and len(column.texts) >= 0.5 * column.rows
        and re.search(
            r"(nr|id|nummer|(^|_)arende)$",
            folded(column.heading),
        )
    ]
    # Rows that are no cases of their own would be counted as many.
    entry["cases"]["case"] = cases[0] if len(cases) == 1 else UNANSWERED
    entry["cases"]["zeros"] = UNANSWERED
