"""Which dataset a table looks like, and which of its columns is which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from etl.folding import folded
from etl.inspect.headings import is_about, likeness
from etl.inspect.private import is_about_a_person
from etl.inspect.survey import Column, Survey, Table
from etl.inspect.times import periods_among
from etl.sources import LAYOUTS
from etl.sources.layout import NOT_APPLICABLE, Field, FieldType, Layout
from etl.take.cast import Setting, day_in, months_of, value_of
from etl.take.everyday import may_be_either, settled_day_first
from etl.take.mapped import UnitNames
from kpi.vocabulary import DatasetName

_LEAST = 0.45
"""Of a column, to be taken for a field."""
_RIVALS = {FieldType.UNIT: 0.6, FieldType.DATE: 0.8, FieldType.PERIOD: 0.8}
"""Share of the best score from which another column may be meant as well."""
_OF_PERIODS = 0.8
"""What headings that are periods count for, in the place of a column of periods."""
LEAST_FIT = 0.42
"""What fits less is drafted only if a person says what it is."""
_MOSTLY = 0.8
"""Share of its texts that are days, in a column of days."""
_MOST_TEXTS = 200
"""Different texts of a column that are tried; the commonest tell enough."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a table is taken for.

    Attributes:
        layout: Of the rows.
        tables: The sheets that it was guessed of, alike in their headings.
        fit: How well it fits, 0-1.
        columns: Field -> the column taken for it.
        rivals: Field of where or when a row counts -> columns that may be it as well
            as the chosen one, that one first.
        read: Field -> the texts of its column that can be read as they stand.
        of_days: The columns that hold days, in their order.
        is_day_first: Whether 3/4/2024 is the third of April in the file; None where
            such days stand there and nothing settles it.
    """

    layout: Layout
    tables: tuple[Table, ...]
    fit: float
    columns: Mapping[str, Column]
    read: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rivals: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    of_days: tuple[Column, ...] = ()
    is_day_first: bool | None = True

    @property
    def table(self) -> Table:
        """The first of its tables."""
        return self.tables[0]


def guesses(
    connection: Connection, survey: Survey, setting: Setting, names: UnitNames
) -> list[Guess]:
    """Return what a file may be, the likeliest first: a guess for every dataset.

    Args:
        connection: For trying how texts are read.
        survey: What the file is.
        setting: What rows are judged against.
        names: Of the units in the register.
    """
    groups: dict[tuple[str, ...], list[Table]] = {}
    for table in survey.tables:
        key = tuple(map(folded, table.headings))
        groups.setdefault(key, []).append(table)
    # Of a workbook the largest set of sheets that are alike is meant.
    tables = max(groups.values(), key=lambda alike: sum(t.rows for t in alike))
    about = " ".join((survey.path.parent.name, survey.path.stem, tables[0].sheet))
    columns = [c for c in _joined(tables) if not is_about_a_person(c.heading)]
    texts = [text for column in columns for text in column.texts]
    is_day_first = _day_first(connection, texts)
    # To know a day by its form, either order will do.
    setting = replace(setting, is_day_first=is_day_first is not False)
    of_days = tuple(c for c in columns if _is_of_days(connection, c, setting))
    ranked = [
        replace(
            _guess(connection, layout, columns, setting, names, about),
            tables=tuple(tables),
            of_days=of_days,
            is_day_first=is_day_first,
        )
        for layout in LAYOUTS
        if layout.dataset != DatasetName.KOLADA
    ]
    return sorted(ranked, key=lambda guess: guess.fit, reverse=True)


def _day_first(connection: Connection, texts: Sequence[str]) -> bool | None:
    """Return whether the day comes first; True where no day could be read two ways."""
    listed = "SELECT unnest(CAST(? AS VARCHAR[])) AS text"
    connection.exec_driver_sql(
        f"CREATE OR REPLACE TEMP TABLE text_of_file AS {listed}", (texts,)
    )
    rows = "SELECT text FROM text_of_file"
    either = connection.exec_driver_sql(
        f"SELECT count(*) FROM ({rows}) WHERE {may_be_either('text')}"
    ).scalar()
    return settled_day_first(connection, ["text"], rows) if either else True


def _is_of_days(connection: Connection, column: Column, setting: Setting) -> bool:
    texts = list(column.texts)[:_MOST_TEXTS]
    share = connection.exec_driver_sql(
        f"SELECT avg(CASE WHEN {day_in('text', setting.is_day_first)} IS NOT NULL "
        "THEN 1 ELSE 0 END) FROM (SELECT unnest(CAST(? AS VARCHAR[])) AS text)",
        (texts,),
    ).scalar()
    return bool(share and share >= _MOSTLY)


def _guess(
    connection: Connection,
    layout: Layout,
    columns: Sequence[Column],
    setting: Setting,
    names: UnitNames,
    about: str,
) -> Guess:
    read = {
        column.heading: read_texts(connection, column.texts, layout, setting, names)
        for column in columns
    }
    scores = {}
    for of_layout in layout.fields:
        for column in columns:
            share = _share(column, read[column.heading][of_layout.name])
            like = likeness(column.heading, of_layout.name, layout.dataset)
            scores[of_layout.name, column.heading] = _score(of_layout, like, share)
    chosen: dict[str, Column] = {}
    taken: set[str] = set()
    by_heading = {column.heading: column for column in columns}
    for (name, heading), score in sorted(scores.items(), key=lambda item: -item[1]):
        if score >= _LEAST and name not in chosen and heading not in taken:
            chosen[name] = by_heading[heading]
            taken.add(heading)
    _take_single_days(layout, columns, read, chosen, taken)
    rivals = {}
    for of_layout in layout.fields:
        least = _RIVALS.get(of_layout.type)
        if least is None or of_layout.name not in chosen:
            continue
        best = scores[of_layout.name, chosen[of_layout.name].heading]
        # Where the register has what stands in a column, others have other names.
        texts = read[chosen[of_layout.name].heading][of_layout.name]
        is_known = _share(chosen[of_layout.name], texts) >= _MOSTLY
        rest = [
            column
            for column in columns
            if column.heading not in taken
            and column.filled
            and not (
                of_layout.type is FieldType.UNIT
                and is_known
                and not _share(column, read[column.heading][of_layout.name])
            )
            and scores[of_layout.name, column.heading] >= max(least * best, _LEAST)
        ]
        if rest:
            rivals[of_layout.name] = (chosen[of_layout.name], *rest)
    required = [name for name in layout.required if name != "indikator"]
    sure = sum(
        max(scores[name, chosen[name].heading], _LEAST)
        for name in required
        if name in chosen
    )
    is_wide = layout.dataset == DatasetName.REPORTED and "period" not in chosen
    if is_wide and periods_among([column.heading for column in columns]):
        sure += _OF_PERIODS
    fit = sure / len(required) + 0.02 * (len(chosen) - len(set(chosen) & {*required}))
    fit += 0.25 * is_about(layout.dataset, about)
    return Guess(
        layout,
        (),
        fit,
        chosen,
        {name: read[column.heading][name] for name, column in chosen.items()},
        rivals,
    )


def _take_single_days(
    layout: Layout,
    columns: Sequence[Column],
    read: Mapping[str, Mapping[str, frozenset[str]]],
    chosen: dict[str, Column],
    taken: set[str],
) -> None:
    """Take the one column of days that is left for the one field of days that is."""
    fields = [
        of_layout.name
        for of_layout in layout.fields
        if of_layout.type is FieldType.DATE
        and of_layout.is_required
        and of_layout.name not in chosen
    ]
    days = [
        column
        for column in columns
        if fields
        and column.heading not in taken
        and _share(column, read[column.heading][fields[0]]) >= _MOSTLY
    ]
    if len(fields) == len(days) == 1:
        chosen[fields[0]] = days[0]
        taken.add(days[0].heading)


def _joined(tables: Sequence[Table]) -> list[Column]:
    """Return the columns of sheets that are alike, as if one stood below the other."""
    columns: list[Column] = []
    for same in zip(*(table.columns for table in tables), strict=True):
        texts = same[0].texts.copy()
        for column in same[1:]:
            texts.update(column.texts)
        rows = sum(column.rows for column in same)
        columns.append(Column(same[0].heading, texts, rows))
    return columns


def read_texts(
    connection: Connection,
    texts: Iterable[str],
    layout: Layout,
    setting: Setting,
    names: UnitNames,
) -> dict[str, frozenset[str]]:
    """Return for every field of a layout which of some texts it can be.

    The engine says so by the same rules as in a build; a field of units by their names
    as well.
    """
    tried = list(texts)[:_MOST_TEXTS]
    cast = {
        of_layout.name: value_of(of_layout, setting)
        or months_of(f"text_{of_layout.name}")[0].removesuffix(" AS first_month")
        for of_layout in layout.fields
    }
    columns = ", ".join(f"text AS text_{name}" for name in cast)
    values = ", ".join(f"({value}) IS NOT NULL" for value in cast.values())
    rows = connection.exec_driver_sql(
        f"SELECT text, [{values}] FROM (SELECT text, {columns} "
        "FROM (SELECT unnest(CAST(? AS VARCHAR[])) AS text))",
        (tried,),
    ).all()
    read = {
        name: frozenset(text for text, are_read in rows if are_read[n])
        for n, name in enumerate(cast)
    }
    called = {folded(name) for name in names.ids}
    of_units = frozenset(text for text in tried if folded(text) in called)
    for of_layout in layout.fields:
        if of_layout.type is FieldType.UNIT:
            read[of_layout.name] |= of_units
        if of_layout.type in (FieldType.ITEM, FieldType.YES_NO):
            # A mark is an answer, of which the draft asks what it says.
            read[of_layout.name] |= {text for text in tried if text in ("X", "x")}
        if of_layout.type is FieldType.ITEM:
            of_nobody = {text for text in tried if text.upper() in NOT_APPLICABLE}
            read[of_layout.name] |= of_nobody
    return read


def _share(column: Column, read: frozenset[str]) -> float:
    tried = column.texts.most_common(_MOST_TEXTS)
    every = sum(count for _, count in tried)
    return sum(count for text, count in tried if text in read) / every if every else 0.0


def _score(of_layout: Field, like: float, share: float) -> float:
    """Return how surely a column is a field, 0-1, by its heading and what it holds."""
    if of_layout.type is FieldType.TEXT:
        return like
    tells = of_layout.type in (FieldType.UNIT, FieldType.CODE, FieldType.WORDS)
    if like == 0:
        # What a column holds tells alone only where little else looks so.
        return 0.6 * share if tells and share >= 0.8 else 0.0
    if share < 0.1 and not tells:
        return 0.3 * like
    return 0.65 * like + 0.35 * share
