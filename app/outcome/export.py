"""Outcomes as an Excel file: the same parameters and numbers as the API."""

from collections.abc import Sequence

from app.api.answer import Book, Download
from app.api.faults import RequestFault
from app.api.parameters import OF_OUTCOMES, Given
from app.api.workbook import (
    MOST_ROWS,
    build_facts,
    workbook,
)
from app.columns import BUILD, Col, in_answer
from app.outcome.answer import OUTCOME, OUTCOMES, choice_in, file_name, outcomes
from app.queries.builds import Build
from app.queries.definitions import definitions
from app.queries.listing import Choice, outcome_count
from app.queries.reader import Reader
from app.queries.units import unit_tree
from app.words import downloads, language, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import pgettext
from kpi.definitions import Indicator
from kpi.vocabulary import REGION_NAMES


def outcomes_workbook(reader: Reader, given: Given) -> Book:
    """Return the outcomes asked for as a file.

    Raises:
        RequestFault: it names something unknown, or the rows are too many.
    """
    reader, choice = choice_in(reader, given)
    every = outcome_count(reader, choice)
    count = min(max(every - choice.offset, 0), choice.limit or every)
    if count > MOST_ROWS:
        expected = _(
            "högst {number} utfall i en arbetsbok: välj färre indikatorer, enheter "
            "eller perioder, eller hämta CSV"
        ).format(number=MOST_ROWS)
        raise RequestFault("limit", str(count), expected)
    defined = definitions(reader).indicators
    names = {indicator.id: language.of(indicator.name) for indicator in defined}
    units = {unit.unit_id: unit.name for unit in unit_tree(reader)}
    answer = outcomes(reader, given)
    build_id = reader.build_id
    columns = (
        *OUTCOME,
        Col(downloads.BUILD, fields=BUILD, cell=lambda row: build_id, width=24),
        Col(
            _l("Indikatorns namn"),
            cell=lambda row: names.get(row.indicator, ""),
            width=40,
        ),
        Col(
            _l("Enhetens namn"),
            cell=lambda row: units.get(row.unit, row.unit),
            width=40,
        ),
    )
    (rows,) = answer.rows.values()
    lines = [
        *_facts(reader.build, choice, names, units, count),
        *_breaks(choice, defined),
        (_("Så läser du filen"), downloads.EXPLANATIONS[0]),
        *(("", explanation) for explanation in downloads.EXPLANATIONS[1:]),
        (_("Kolumner och deras namn i API:et"), ""),
        *(
            (column.title, field.name)
            for column in columns
            for field in in_answer([column])
        ),
    ]
    name = file_name(choice)
    return workbook(
        reader.build, name, pgettext("flera", "Utfall"), columns, rows, lines, frozen=3
    )


OUTCOMES_FILE = Download(
    "outcomes",
    "Outcomes as an Excel file, with a sheet on where they come from.",
    OF_OUTCOMES,
    outcomes_workbook,
)
ANSWERS, DOWNLOADS = (OUTCOMES,), (OUTCOMES_FILE,)


def _facts(
    build: Build,
    choice: Choice,
    names: dict[str, str],
    units: dict[str, str],
    count: int,
) -> list[tuple[str, str]]:
    return [
        (_("Indikatorer"), _listed(choice.indicators, names)),
        (_("Enheter"), _listed(choice.units, units)),
        (_("Perioder"), _periods(choice)),
        (_("Uppdelning"), choice.by or _("Ingen, bara totaler")),
        (downloads.ROWS, str(count)),
        *build_facts(build),
    ]


def _breaks(choice: Choice, defined: Sequence[Indicator]) -> list[tuple[str, str]]:
    """Return where values before and after are not comparable, a line for each."""
    return [
        (
            _("Brott i serien"),
            f"{language.of(indicator.name)}, {text.period_words(break_.since)}: "
            f"{language.of(break_.text)}"
            + (f" ({REGION_NAMES[break_.region]})" if break_.region else ""),
        )
        for indicator in defined
        if not choice.indicators or indicator.id in choice.indicators
        for break_ in indicator.breaks
    ]


def _listed(ids: Sequence[str], names: dict[str, str]) -> str:
    named = [f"{names.get(name, name)} ({name})" for name in ids]
    return "; ".join(named) or downloads.ALL


def _periods(choice: Choice) -> str:
    parts = [str(period) for period in choice.periods]
    if choice.since or choice.until:
        since = str(choice.since or "")
        parts.append(downloads.since_until(since, str(choice.until or "")))
    parts += [str(text.PERIOD_KINDS[kind]) for kind in choice.kinds]
    return "; ".join(parts) or downloads.ALL
