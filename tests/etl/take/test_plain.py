"""A row taken by the cheap tests is one that judging in full would take, and alike."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from etl.files.raw import FLAGS
from etl.sources.hygiene import BHK, PPM
from etl.sources.layout import FieldType
from etl.sources.medicines import CONTACTS
from etl.sources.svf import CASES
from etl.take.cast import Setting
from etl.take.judge import faults_of, judged
from etl.take.persons import (
    MACROS,
    cell_with_a_person,
    cell_with_nine_digits,
)
from etl.take.plain import Span, plain_rows
from kpi.warehouse import draft_engine
from tests.etl.rows import CLINIC, Sources, case, contact, observation, prevalence
from tests.strategies import near_texts

SETTING = Setting({"brost": ("Bröstcancer",), "lunga": ()}, date(2026, 3, 31))
OPENED, CLOSED = date(2020, 1, 1), date(2026, 1, 31)
SHORT_LIVED = "SE2321000081-T777"
FINE = {
    "kontakter": contact("kontakt-1", kva_kod="XV015 AV034", lakemedelslista="J"),
    "svf_fall": case("fall-1"),
    "bhk": observation("11-11111"),
    "ppm": prevalence("7", "3"),
}
HARD = [
    *("", " ", "-", "UNK", "msk", "MSK", "inv", "NA", "na", "J", "j", "1", "0", "-1"),
    *("007", "+7", "7.0", "7,0", "1 000", "1e3", "126", "1234567890", " 7", "7 "),
    *("2026-02-10", "20260210", "2026-2-10", "2026-02-30", "2026-04-01", "1989-12-31"),
    *("2026/02/10", "2026-02-10 ", "2026-02-10T12:00", "2020-01-01", "2019-12-31"),
    *("2026-01-31", "2026-02-01", "0000-01-01", "infinity", "epoch"),
    *(
        "oppen",
        "Oppen",
        "OPPEN",
        "oppen ",
        "brost",
        "K",
        "k",
        "XV015,XV016",
        "XV015  A",
    ),
    *(
        "xv015",
        " XV015",
        "XV015 ",
        "XV015\u00a0",
        "\ufeffXV015",
        "\u00a0",
        "åäö",
        "ÅÄÖ",
    ),
    *(CLINIC, CLINIC.lower(), f"{CLINIC} ", SHORT_LIVED, "SE2321000081-NOPE"),
    *("191212121212", "id 121212-1212", "x19121212-1212x", "1212121212", "a\rb", "a\n"),
    *("121212\u20131212", "12 12 12 12 12", "p1212121212", "101011237", "a\u200b"),
    *(
        "#N/A",
        "#N/A ",
        "#REF!",
        "NULL",
        "(null)",
        "none",
        "n/a",
        ".",
        "?",
        "XV015|XV016",
    ),
]
TEXTS = st.one_of(
    st.sampled_from(HARD),
    near_texts(
        [r"20[0-9]{2}-[01][0-9]-[0-3][0-9]", r"[0-9]{1,4}", r"(19)?[0-9]{6}-?[0-9]{4}"],
        "0123456789-+,. JNxK\u00a0\t",
    ),
)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    path = tmp_path_factory.mktemp("plain") / "plain.duckdb"
    engine = draft_engine(path, memory_limit="1GB", threads=1)
    with engine.connect() as connection:
        for statement in (
            *MACROS,
            "CREATE TEMP TABLE register_unit (known_unit VARCHAR)",
            "CREATE TEMP TABLE register_span "
            "(path_unit VARCHAR, path_from DATE, path_to DATE)",
            "CREATE TEMP TABLE register_heir "
            "(heir_of VARCHAR, heir_from DATE, heir_to DATE, heir_unit VARCHAR)",
            "CREATE TEMP TABLE lead_time_in_force (in_pathway VARCHAR, in_ending "
            "VARCHAR, in_extended BOOLEAN, in_force_from DATE, in_force_to DATE, "
            "max_dagar INTEGER)",
        ):
            connection.exec_driver_sql(statement)
        for unit, first, last in (
            (CLINIC, date(1, 1, 1), date(9999, 12, 31)),
            (SHORT_LIVED, OPENED, CLOSED),
        ):
            connection.exec_driver_sql("INSERT INTO register_unit VALUES (?)", (unit,))
            connection.exec_driver_sql(
                "INSERT INTO register_span VALUES (?, ?, ?)", (unit, first, last)
            )
        yield connection
    engine.dispose()


SPANS = [
    Span(CLINIC, date(1, 1, 1), date(9999, 12, 31)),
    Span(SHORT_LIVED, OPENED, CLOSED),
]


def raw_relation(connection, layout, rows):
    """Put texts where a reader would, and return the relation a reader would give."""
    names = [one.name for one in layout.fields]
    columns = ", ".join(f"raw_{name} VARCHAR" for name in names)
    connection.exec_driver_sql(
        f"CREATE OR REPLACE TEMP TABLE read (row_number INTEGER, {columns})"
    )
    places = ", ".join(f":{name}" for name in names)
    connection.execute(
        text(f"INSERT INTO read VALUES (:row_number, {places})"),
        [{"row_number": n, **row} for n, row in enumerate(rows)],
    )
    flags = ", ".join(f"{usual} AS {name}" for name, usual in FLAGS.items())
    return (
        f"SELECT *, '' AS raw_other_cells, {flags}, "
        "false AS is_corrected, false AS is_declared_wrong FROM read"
    )


LAYOUTS = pytest.mark.parametrize(
    "layout", [CONTACTS, CASES, BHK, PPM], ids=lambda one: one.dataset
)


@LAYOUTS
def test_what_is_plain_is_right_and_read_the_same(register, layout):
    fine = fine_row(layout)
    hard = [fine | {name: cell} for name in fine for cell in HARD]
    plain = plain_and_right(register, layout, [fine, *hard])
    assert 0 in plain
    assert len(plain) < len(hard)


@LAYOUTS
@settings(
    max_examples=15,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(data=st.data())
def test_so_it_is_for_texts_nobody_thought_of(register, layout, data):
    fine = fine_row(layout)
    changes = st.dictionaries(st.sampled_from(list(fine)), TEXTS, max_size=2)
    drawn = data.draw(st.lists(changes, min_size=30, max_size=60))
    plain_and_right(register, layout, [fine | one for one in drawn])


def fine_row(layout):
    return {one.name: FINE[layout.dataset].get(one.name) for one in layout.fields}


def plain_and_right(register, layout, rows):
    """Return which rows are plain, having judged each of them in full as well."""
    raw = raw_relation(register, layout, rows)
    day = layout.derived.get("datum", "datum")
    values = ", ".join(
        f"CAST({one.name} AS {'DOUBLE' if _is_number(one) else 'VARCHAR'})"
        for one in layout.fields
    )
    plain = register.exec_driver_sql(
        f"SELECT row_number, {values} FROM "
        f"({plain_rows(layout, raw, SETTING, SPANS)}) WHERE is_plain"
    ).all()
    full = register.exec_driver_sql(
        f"SELECT row_number, {values}, fault, is_masked, "
        f"{cell_with_a_person(layout)}, {cell_with_nine_digits(layout)} FROM "
        f"({judged(layout, raw, SETTING, faults_of(layout, SETTING), day)})"
    )
    by_row = {one[0]: one[1:] for one in full}
    for number, *read in plain:
        assert by_row[number] == (*read, None, False, None, None), rows[number]
    return {one[0] for one in plain}


def _is_number(field):
    return field.type in (FieldType.INTEGER, FieldType.NUMBER)


def test_every_row_of_a_long_file_keeps_its_number(tmp_path):
    sources = Sources(tmp_path)
    cells = list(contact("").values())[1:]
    wrong = [*cells[:3], "gammal", *cells[4:]]
    compact = [cells[0], "20260210", *cells[2:]]
    lines = [";".join(contact(""))]
    for row in range(2, 400_002):
        own = wrong if row % 1000 == 0 else compact if row % 7 == 0 else cells
        lines.append(";".join((f"k{row}", *own)))
    sources.write("lakemedel/kontakter.csv", "\n".join(lines))
    built = sources.build()
    assert built.load("lakemedel/kontakter.csv") == (400_000, 399_600, 400)
    assert built.rows(
        "SELECT count(*) FILTER (kontakt_id = 'k' || row_number), "
        "count(*) FILTER (datum = DATE '2026-02-10') FROM kontakter"
    ) == [(399_600, 399_600)]
    assert built.rows("SELECT count(*) FROM rejection WHERE row_number % 1000 = 0") == [
        (400,)
    ]


@LAYOUTS
def test_no_join_does_away_with_the_order_of_the_file(register, layout):
    # A row's number is its place among those taken, and a long IN is made a join.
    raw = raw_relation(register, layout, [fine_row(layout)])
    rows = plain_rows(layout, raw, SETTING, SPANS)
    plan = register.exec_driver_sql(f"EXPLAIN {rows}").all()
    assert "JOIN" not in "".join(drawn for _, drawn in plan)
