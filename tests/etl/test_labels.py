"""The labels of a build's steps say what its statements read and write.

One build of a file of every kind, twice, is taken step by step; the engine's own parser
says which tables and functions each statement names.
"""

import json
import re
from importlib import import_module
from pathlib import Path

import duckdb
import pytest

from etl.commands import explain_build
from etl.explaining import explained
from etl.labels import Label, Run, Way, labelled
from etl.sources import FACT_TABLES
from kpi import schema
from kpi.warehouse import draft_engine
from tests.etl.files.test_workbooks import Tab, table, workbook
from tests.etl.rows import (
    AS_OF,
    CLINIC,
    HOSPITAL,
    SHIPPED,
    Sources,
    case,
    contact,
    csv_text,
    inclusion,
    kolada,
    maximum,
    observation,
    prem,
    prevalence,
    reported,
    tree,
    unit,
)

ETL = Path(__file__).parents[2] / "etl"
# Of a unit that has been replaced, so that each kind of row is carried over as well.
GONE = {"enhet_id": "SE2321000081-TEST13"}
EVERY_FILE = {
    "enheter/enheter": [
        *tree(),
        unit(
            *(GONE["enhet_id"], "klinik", HOSPITAL),
            giltig_till="2025-12-31",
            ersatt_av=CLINIC,
        ),
    ],
    "svf/ledtider": [maximum("brost", "kirurgi", "28")],
    "svf/svf_fall": [
        case("a"),
        case("b", datum_avslut="", kva_avslut=""),
        case("c", **GONE),
    ],
    "svf/svf_inklusion": [
        inclusion("2025", "80", "100"),
        inclusion("2026Q1", "8", "10", **GONE),
    ],
    "lakemedel/kontakter": [
        contact("a", kva_kod="QV012"),
        contact("b", **GONE),
    ],
    "prem/prem": [prem("2026K1", "10", "80"), prem("2026K1", "10", "80", **GONE)],
    "bhk/bhk": [observation("11111111"), observation("11111111", **GONE)],
    "ppm/ppm": [prevalence("20", "18"), prevalence("20", "18", **GONE)],
    "matningar/avdelningen": [
        reported("patient_injuries", "2026Q1", taljare="3"),
        reported("lex_maria", "2026", taljare="3", **GONE),
    ],
    "kolada/varden": [kolada("N79198", "0010", "2024", "81")],
}
SELDOM = {
    "tell which units were rejected",
    "note what was not read",
    "see whether numbers of nine digits are of persons",
}
"""Steps that only an unusual file makes the build take."""
PARSER = duckdb.connect()
CORRECTION = """
corrections:
  - id: too_old
    file: lakemedel/kontakter.csv
    where: {kontakt_id: a}
    set: {alder: 81}
    reason: Åldern är ett år för låg i hela filen.
    told: Kliniken, 2026-10-01
    rows: 1
    until: 2027-12-31
"""

SYNERGI = "Inträffade;Enhet\n2026-01-03;Enhet 11\nSumma;1\n"
SYNERGI_MAPPING = """
    files:
      - pattern: synergi/*
        dataset: matningar
        ignore: Summa
        columns:
          indikator: {constant: incident_reports}
          enhet_id: Enhet
          period: {heading: Inträffade, per: month}
        cases: {zeros: true}
    """


@pytest.fixture(scope="module")
def way(tmp_path_factory):
    """The way of a build with two files of every kind, a workbook, a correction."""
    sources = Sources(tmp_path_factory.mktemp("way"))
    for name, rows in EVERY_FILE.items():
        sources.write(f"{name}.csv", rows)
        # The same with an empty row: another content, and newer.
        header, *cells = (
            [*row] if n == 0 else [*row.values()]
            for n, row in enumerate([rows[0], *rows])
        )
        sources.write_workbook(f"{name}_2.xlsx", [header, *cells])
        # And again from another producer.
        sources.write(f"norr/{name}.csv", csv_text(rows) + "\n")
    # A workbook of two sheets, and a file of which there is something to tell.
    ward = table(EVERY_FILE["ppm/ppm"])
    sources.write("ppm/ppm_4.xlsx", workbook(Tab("Januari", ward), Tab("Mars", ward)))
    sources.write("prem/prem_3.csv", csv_text([prem("2026K1", "10", "80")])[:-20])
    # And one in its producer's form, of cases to count.
    sources.write("synergi/export.csv", SYNERGI)
    sources.write_mapping("synergi", SYNERGI_MAPPING)
    sources.corrections.write_text(CORRECTION, encoding="utf-8")
    return explain_build(
        sources.folder,
        sources.warehouse,
        SHIPPED,
        as_of=AS_OF,
        corrections=sources.corrections,
        mappings=sources.mappings,
    )


def parsed(query):
    """Return the engine's own syntax tree of a query."""
    [(written,)] = (
        PARSER.cursor().execute("SELECT json_serialize_sql(?)", [query]).fetchall()
    )
    tree = json.loads(written)
    assert not tree["error"], (tree["error_message"], query)
    return tree


def named_in(node, names):
    """Return the tables and functions a syntax tree names, but for its own."""
    if isinstance(node, list):
        return set().union(*(named_in(child, names) for child in node))
    if not isinstance(node, dict):
        return set()
    named = set().union(*(named_in(child, names) for child in node.values()))
    if node.get("type") == "BASE_TABLE" and not node["schema_name"]:
        named.add(node["table_name"])
    if node.get("type") == "FUNCTION" and node["function_name"] in names:
        named.add(node["function_name"])
    if "cte_map" in node:
        named -= {entry["key"] for entry in node["cte_map"]["map"]}
    return named


MADE = re.compile(
    r"\s*CREATE (?:OR REPLACE )?TEMP(?:ORARY)? (?P<kind>TABLE|VIEW|MACRO) (?P<name>\w+)"
    r"(?:\s*\((?P<columns>[^()]*(?:\([^()]*\)[^()]*)*)\))?(?:\s+AS\s+(?P<query>.*))?",
    re.DOTALL,
)
FILLED = re.compile(
    r"\s*INSERT INTO (?P<name>\w+)(?: BY NAME)?(?:\s*\((?P<columns>[\w\", ]+)\))?"
    r"\s+(?P<query>.*)",
    re.DOTALL,
)
CHANGED = re.compile(
    r"\s*UPDATE (?P<name>\w+) SET (?:(?!\bFROM\b).)*(?P<query>\bFROM\b.*)?", re.DOTALL
)


def touched(statement, names):
    """Return what a statement reads and what it writes.

    To delete a build's own rows, to make an empty table of the warehouse and to set the
    engine is neither.
    """
    statement = statement.rstrip("; \n")
    words = statement.split()
    if words[:2] in (["CREATE", "TABLE"], ["COMMENT", "ON"], ["DROP", "TABLE"]):
        return set(), set()
    if words[0] in ("DELETE", "SET"):
        return set(), set()
    if words[:2] == ["ALTER", "TABLE"]:
        return set(), {words[2]}
    for pattern in (MADE, FILLED, CHANGED):
        if match := pattern.fullmatch(statement):
            query = match["query"] or ""
            if pattern is CHANGED and query:
                query = f"SELECT * {query}"
            if pattern is MADE and match["kind"] == "MACRO":
                query = f"SELECT ({query})"
            reads = named_in(parsed(query), names) if query else set()
            return reads, {match["name"]}
    return named_in(parsed(statement), names), set()


def names_in(labels):
    return {name for label in labels for name in (*label.reads, *label.writes)}


def touched_by(run, names):
    """Return what a run asked for that was there when it began, and what it wrote."""
    reads, writes = set(), set(run.lent)
    for statement in run.statements:
        read, written = touched(statement, names)
        reads |= read - writes
        writes |= written
    return reads, writes


def faults_in(runs):
    """Return where labels and statements differ, and what is read too early."""
    labels = dict.fromkeys(run.label for run in runs)
    names = names_in(labels)
    reads = {label: set() for label in labels}
    writes = {label: set() for label in labels}
    there, early = set(), set()
    for run in runs:
        read, written = touched_by(run, names)
        reads[run.label] |= read
        writes[run.label] |= written
        early |= {
            f"{run.label.name}: reads {name} before any step has written it"
            for name in read - there - run.label.writes
        }
        there |= written | run.label.writes
    differing = [
        f"{label.name}: {what} {name}, {where}"
        for label in labels
        for what, declared, seen in (
            ("reads", label.reads, reads[label]),
            ("writes", label.writes, writes[label]),
        )
        for where, others in (
            ("which its label does not say", seen - declared),
            ("which its statements do not", declared - seen),
        )
        for name in sorted(others)
    ]
    return differing + sorted(early)


def test_every_step_reads_and_writes_what_its_label_says(way):
    assert faults_in(way.runs) == []


def test_every_statement_belongs_to_a_step(way):
    assert [
        statement
        for statement in way.unlabelled
        if not re.match(
            r"\s*(SET|CHECKPOINT|SELECT (database_name|path)|USE|DETACH|ATTACH)\b",
            statement,
        )
    ] == []


def test_every_label_was_seen_in_the_build(way):
    modules = (
        import_module(".".join(path.relative_to(ETL.parent).with_suffix("").parts))
        for path in ETL.rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py")
    )
    steps = {
        value.label.name
        for module in modules
        for value in vars(module).values()
        if isinstance(getattr(value, "label", None), Label)
    }
    assert steps - {run.label.name for run in way.runs} == SELDOM


def test_every_name_is_made_by_one_step_or_stays_in_the_warehouse(way):
    """What several steps write is what they write into, not what each makes anew."""
    makers = {}
    for label in dict.fromkeys(run.label for run in way.runs):
        for name in label.writes - set(schema.metadata.tables):
            makers.setdefault(name, []).append(label.name)
    several = {name: steps for name, steps in makers.items() if len(steps) > 1}
    assert set(several) == {"part"}


# Seen to fail: a label that is wrong in each way it can be.


def taken(*steps):
    """Return the runs of steps, each a label with a statement."""
    return [
        Run(Label(f"step {n}", frozenset(reads), frozenset(writes)), "", [statement])
        for n, (reads, writes, statement) in enumerate(steps)
    ]


MAKE = ((), ("a",), "CREATE OR REPLACE TEMP TABLE a AS SELECT 1 AS x")


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (
            ((), ("b",), "CREATE TEMP VIEW b AS FROM a"),
            "step 1: reads a, which its label does not say",
        ),
        (
            (("a",), (), "INSERT INTO b SELECT x FROM a"),
            "step 1: writes b, which its label does not say",
        ),
        (
            (("a", "c"), (), "SELECT x FROM a"),
            "step 1: reads c, which its statements do not",
        ),
        (
            (("a",), ("c",), "SELECT x FROM a"),
            "step 1: writes c, which its statements do not",
        ),
        (
            (("z",), (), "SELECT 1 WHERE 1 IN (SELECT x FROM z)"),
            "step 1: reads z before any step has written it",
        ),
        (
            (("m",), (), "SELECT m(1)"),
            "step 1: reads m before any step has written it",
        ),
    ],
)
def test_a_wrong_label_is_found(step, fault):
    assert faults_in(taken(MAKE, step)) == [fault]


def test_right_labels_have_no_faults():
    assert (
        faults_in(
            taken(
                MAKE,
                ((), ("m",), "CREATE OR REPLACE TEMP MACRO m(x) AS x + 1"),
                (
                    ("a", "m"),
                    ("b",),
                    "CREATE TEMP TABLE b AS WITH c AS (FROM a) SELECT m(x) AS y FROM c",
                ),
                (
                    ("a", "b"),
                    ("b",),
                    "UPDATE b SET y = a.x FROM (SELECT x FROM a) AS a "
                    "WHERE EXISTS (SELECT 1 FROM b)",
                ),
            )
        )
        == []
    )


def test_what_a_step_ran_is_noted_under_its_label(tmp_path):
    @labelled("count", reads=("a",))
    def count(connection, most):
        return connection.exec_driver_sql(f"SELECT least(1, {most})").scalar()

    engine = draft_engine(tmp_path / "x.duckdb", memory_limit="1GB", threads=1)
    with engine.connect() as connection:
        way = Way(connection)
        assert count(connection, 5) == 1
        connection.exec_driver_sql("SELECT 2")
    engine.dispose()
    [run] = way.runs
    assert (run.label.name, run.statements) == ("count", ["SELECT least(1, 5)"])
    assert way.unlabelled[-1] == "SELECT 2"


# What `python -m etl build --explain` prints.


def test_the_way_is_printed_in_order_with_what_each_step_touches(way):
    text = explained(way)
    steps = re.findall(r"^ *([0-9]+)  (.+)$", text, re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))
    names = [name for _, name in steps]
    assert names.index("find repeats") < names.index("sum up the unit tree")
    assert re.search(r"find repeats\n +reads +keyed, staged\n +writes repeated\n", text)


def test_every_statement_of_the_whole_build_is_printed(way):
    text = " ".join(explained(way).split())
    rows = re.compile(r"(VALUES \(\?(?:, \?)*\)), \(\?.*")
    for run in way.runs:
        if not run.about:
            for statement in run.statements:
                begun = rows.sub(r"\1", " ".join(statement.split()))
                assert begun in text


def test_the_statements_of_a_file_are_printed_once_for_each_dataset(way):
    text = explained(way)
    for dataset in FACT_TABLES:
        [number] = re.findall(rf"^-- ([0-9]+) find repeats \({dataset}\)$", text, re.M)
        assert int(number) > 0


def test_explaining_publishes_nothing(tmp_path):
    sources = Sources(tmp_path)
    explain_build(sources.folder, sources.warehouse, SHIPPED, as_of=AS_OF)
    assert [path.name for path in sources.warehouse.parent.glob("warehouse*")] == [
        "warehouse.duckdb.lock"
    ]
