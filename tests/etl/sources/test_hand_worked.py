"""Every specification of a source holds, in a build for each of its chapters."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    OTHER_HOSPITAL,
    REGION,
    SECOND_CLINIC,
    Built,
    Row,
    Sources,
    byar,
    cases,
    contacts,
    inclusion,
    maximum,
    mid_p,
    observation,
    prem,
    prevalence,
    wilson,
)
from tests.etl.sources.specification import FOLDER, Chapter, chapters

UNITS = {
    "region": REGION,
    "hospital": HOSPITAL,
    "other hospital": OTHER_HOSPITAL,
    "clinic": CLINIC,
    "second clinic": SECOND_CLINIC,
    "other clinic": OTHER_CLINIC,
}
EMPTY = "(empty)"
CHAPTERS = [
    (file.stem, chapter)
    for file in sorted(FOLDER.glob("*.md"))
    for chapter in chapters(file)
]
SECTIONS = [
    pytest.param(chapter, section, id=f"{subject}: {section.name}")
    for subject, chapter in CHAPTERS
    for section in chapter.sections
]
OUTCOMES = [
    pytest.param(outcome, id=f"{subject}: {' '.join(list(outcome.values())[:3])}")
    for subject, chapter in CHAPTERS
    for section in chapter.sections
    for table in section.expected
    for outcome in table
    if outcome.get("upper", "-") != "-"
]


def some(row: Callable[..., Row]) -> Callable[..., list[Row]]:
    """Return what makes some rows alike."""
    return lambda number, **changes: [row(**changes)] * number


def svf(number: int, days: str, ended: str, **changes: str) -> list[Row]:
    return cases(number, int(days), ended, **changes)


ROWS: dict[str, Callable[..., list[Row]]] = {
    "bhk": some(observation),
    "kontakter": contacts,
    "ledtider": some(lambda **row: maximum("", "", "") | row),
    "ppm": some(lambda **row: prevalence("", "") | row),
    "prem": some(lambda **row: prem("", "", "") | row),
    "svf_fall": svf,
    "svf_inklusion": some(lambda **row: inclusion("", "", "") | row),
}


def rows_of(name: str, table: list[dict[str, str]]) -> list[Row]:
    """Return a file's rows: what a cell does not say is as the builder has it."""
    layout = next(made for made in ROWS if name.rpartition("/")[2].startswith(made))
    rows: list[Row] = []
    for written in table:
        row = {name: cell for name, cell in written.items() if cell}
        number = int(row.pop("number", "1"))
        if "unit" in row:
            row["enhet_id"] = UNITS[row.pop("unit")]
        changes = {name: "" if cell == EMPTY else cell for name, cell in row.items()}
        rows += ROWS[layout](number, **changes)
    columns = dict.fromkeys(name for row in rows for name in row)
    return [dict.fromkeys(columns, "") | row for row in rows]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Chapter], Built]:
    """What builds a chapter, once for all of its sections."""

    @cache
    def build(chapter: Chapter) -> Built:
        sources = Sources(tmp_path_factory.mktemp("specification"))
        for name, table in chapter.files.items():
            sources.write(name, rows_of(name, table))
        return sources.build()

    return build


@pytest.mark.parametrize(("chapter", "section"), SECTIONS)
def test_a_specification_holds(build, chapter, section):
    built = build(chapter)
    assert section.expected
    for table in section.expected:
        match next(iter(table[0])):
            case "file":
                assert [load_as_written(built, row) for row in table] == table
            case "check":
                assert noticed(built, table[0]["check"]) == table
            case _:
                assert [outcome_as_written(built, row) for row in table] == table


def load_as_written(built, row):
    counts = zip(("rows", "facts", "rejections"), built.load(row["file"]), strict=True)
    return {"file": row["file"]} | {name: str(count) for name, count in counts}


def noticed(built, check):
    """Return what a check noticed: of what, and how many."""
    findings = built.rows(
        'SELECT message, count FROM finding WHERE "check" = :check ORDER BY message',
        check=check,
    )
    return [
        {"check": check, "of": message.partition(":")[0], "count": str(count)}
        for message, count in findings
    ]


def outcome_as_written(built, row):
    """Return an outcome as a row of the specification: the columns that it names."""
    place = {
        name: row[name]
        for name in ("indicator", "unit", "period", "by", "by_value")
        if name in row
    }
    by = (row.get("by", ""), row.get("by_value", ""))
    try:
        outcome = built.outcome(
            row["indicator"], UNITS[row["unit"]], row["period"], *by
        )
    except KeyError:
        outcome = dict.fromkeys(row)
    cells = {name: written(outcome[name]) for name in row if name not in place}
    return place | cells


def written(cell):
    if cell is None:
        return "-"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_interval_is_what_its_author_defines(outcome):
    """A second opinion on the bounds that the specifications hold."""
    numerator, cases = float(outcome["numerator"]), outcome["denominator"]
    if outcome["indicator"] == "svf_inclusion":
        # A count of treated over what is expected: the interval is that of the count.
        bounds = tuple(100 * bound / float(cases) for bound in byar(numerator))
    elif outcome["indicator"].startswith("prem"):
        # The widest spread that scores of 0-100 with this mean can have.
        bounds = wilson(float(outcome["value"]), float(cases))
    elif cases == "-":
        bounds = byar(numerator)
    else:
        bounds = mid_p(int(numerator), int(cases))
    assert (outcome["lower"], outcome["upper"]) == tuple(map(written, bounds))
