from datetime import date

import duckdb
import pytest
from duckdb_sqlalchemy import Dialect
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select

from kpi import schema
from kpi.counting import counting, facts_of, meets
from kpi.measures import RowsMeasure
from kpi.schema import BHK_ITEMS, FACTS
from tests import reference as ref


@pytest.fixture(scope="module")
def connection():
    engine = create_engine("duckdb:///:memory:")
    with engine.connect() as connection:
        schema.create_tables(connection)
        yield connection
    engine.dispose()


PLACE = {
    "load_id": "l",
    "enhet_id": "SE2321000081-T001",
    "first_month": 24312,
    "last_month": 24312,
    "datum": date(2026, 1, 31),
    "period": "2026-01",
    "kontakt_id": "k",
    "fall_id": "f",
}


def fill(connection, dataset, rows):
    table = FACTS[dataset]
    connection.execute(table.delete())
    names = set(table.c.keys())
    whole = [
        {name: None for name in names} | PLACE | row | {"row_number": n}
        for n, row in enumerate(rows, 2)
    ]
    written = [{k: v for k, v in row.items() if k in names} for row in whole]
    connection.execute(insert(table), written)


def measure(dataset, where=None, **parts):
    return RowsMeasure.model_validate(
        {"dataset": dataset, "where": where or {}, "numerator": {}} | parts
    )


def met(connection, dataset, where):
    facts = FACTS[dataset]
    conditions = measure(dataset, where).where
    query = select(meets(conditions, facts)).select_from(facts)
    ordered = query.order_by(facts.c.row_number)
    return [one for (one,) in connection.execute(ordered)]


ROWS = [
    {"vardform": "oppen", "alder": 75, "kva_kod": "XV015", "lakemedelslista": True},
    {"vardform": "sluten", "alder": 74, "kva_kod": "AV043 XV016"},
    {"vardform": None, "alder": None, "kva_kod": None, "lakemedelslista": None},
    {"vardform": "oppen", "alder": 76, "kva_kod": "XV0155", "lakemedelslista": False},
]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, [True, True, True, True]),
        ({"vardform": "oppen"}, [True, False, False, True]),
        ({"vardform": {"in": ["oppen", "sluten"]}}, [True, True, False, True]),
        # no value is none of the values named
        ({"vardform": {"not_in": ["oppen"]}}, [False, True, True, False]),
        ({"vardform": {"present": True}}, [True, True, False, True]),
        ({"vardform": {"present": False}}, [False, False, True, False]),
        ({"alder": {"at_least": 75}}, [True, False, False, True]),
        ({"alder": {"at_most": 75}}, [True, True, False, False]),
        ({"alder": 75}, [True, False, False, False]),
        ({"alder": {"in": [74, 76]}}, [False, True, False, True]),
        ({"alder": {"not_in": [75]}}, [False, True, True, True]),
        # whole codes only: XV0155 is not XV015
        ({"kva_kod": {"has_any": ["XV015"]}}, [True, False, False, False]),
        ({"kva_kod": {"has_any": ["XV015", "XV016"]}}, [True, True, False, False]),
        ({"kva_kod": {"has_any": ["V043"]}}, [False, False, False, False]),
        ({"kva_kod": {"has_any": ["XV01_"]}}, [False, False, False, False]),
        ({"kva_kod": {"has_any": ["XV%"]}}, [False, False, False, False]),
        ({"kva_kod": {"present": False}}, [False, False, True, False]),
        ({"lakemedelslista": True}, [True, False, False, False]),
        ({"lakemedelslista": False}, [False, False, False, True]),
        (
            {"alder": {"at_least": 75}, "vardform": {"not_in": ["sluten"]}},
            [True, False, False, True],
        ),
    ],
)
def test_a_condition_is_met_or_not_and_never_unknown(connection, where, expected):
    fill(connection, "kontakter", ROWS)
    assert met(connection, "kontakter", where) == expected


CODES = st.sampled_from(["XV015", "XV016", "XV0155", "AV043", "V015"])
CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "vardform": st.one_of(
            st.sampled_from(["oppen", "sluten"]),
            st.just({"not_in": ["oppen", "sluten"]}),
            st.just({"in": ["sluten", "hemsjukvard"]}),
            st.booleans().map(lambda one: {"present": one}),
        ),
        "alder": st.one_of(
            st.integers(73, 76).map(lambda n: {"at_least": n}),
            st.integers(73, 76).map(lambda n: {"at_most": n}),
            st.integers(73, 76),
        ),
        "kva_kod": st.lists(CODES, min_size=1).map(lambda some: {"has_any": some}),
        "lakemedelslista": st.booleans(),
    },
)
CONTACTS = st.fixed_dictionaries(
    {
        "vardform": st.sampled_from(["oppen", "sluten", "hemsjukvard", None]),
        "alder": st.sampled_from([73, 74, 75, 76, None]),
        "kva_kod": st.lists(CODES, max_size=3).map(lambda some: " ".join(some) or None),
        "lakemedelslista": st.sampled_from([True, False, None]),
    }
)


@settings(suppress_health_check=list(HealthCheck), max_examples=40)
@given(st.lists(CONTACTS, min_size=1, max_size=20), CONDITIONS)
def test_conditions_in_sql_are_conditions_in_python(connection, rows, where):
    fill(connection, "kontakter", rows)
    conditions = measure("kontakter", where).where
    expected = [ref._meets(conditions, row) for row in rows]
    assert met(connection, "kontakter", where) == expected


def counted(connection, own):
    facts = own.facts
    columns = [own.is_about, own.is_counted, own.is_masked, own.numerator]
    columns.append(own.numerator if own.denominator is None else own.denominator)
    query = select(*columns).select_from(facts).order_by(facts.c.row_number)
    return [tuple(row) for row in connection.execute(query)]


def test_the_numerator_counts_among_those_of_the_denominator(connection):
    cases = [
        {"ingar_i_ledtid": True, "inom_max": True},
        {"ingar_i_ledtid": True, "inom_max": False},
        {"ingar_i_ledtid": False, "inom_max": True},
        {"ingar_i_ledtid": None, "inom_max": None},
    ]
    fill(connection, "svf_fall", cases)
    own = counting(
        measure(
            "svf_fall",
            numerator={"where": {"inom_max": True}},
            denominator={"where": {"ingar_i_ledtid": True}},
        )
    )
    assert counted(connection, own) == [
        (True, True, False, 1, 1),
        (True, True, False, 0, 1),
        (True, False, False, 0, 0),
        (True, False, False, 0, 0),
    ]


def test_a_measure_without_a_denominator_counts_its_numerator(connection):
    fill(connection, "svf_fall", [{"ar_oppen": True}, {"ar_oppen": False}])
    own = counting(measure("svf_fall", numerator={"where": {"ar_oppen": True}}))
    assert own.denominator is None
    assert [row[1:4] for row in counted(connection, own)] == [
        (True, False, 1),
        (False, False, 0),
    ]


def test_a_breakdown_lifts_the_condition_on_its_own_column(connection):
    fill(connection, "svf_fall", [{"svf": "brost"}, {"svf": "lunga"}, {"svf": None}])
    one = measure("svf_fall", {"svf": "brost"}, denominator={})
    about = {by: counted(connection, counting(one, by)) for by in ("", "svf", "sex")}
    assert [row[0] for row in about[""]] == [True, False, False]
    assert [row[0] for row in about["svf"]] == [True, True, False]
    # nobody's sex is known, so nobody is in a breakdown by sex
    assert [row[0] for row in about["sex"]] == [False, False, False]


def test_masked_rows_are_about_the_measure_but_add_nothing(connection):
    rows = [
        {"ar_maskerad": False, "antal_observerade": 10, "antal_uppfyller": 4},
        {"ar_maskerad": True, "antal_observerade": 10, "antal_uppfyller": None},
    ]
    fill(connection, "ppm", [row | {"matning": "trycksar"} for row in rows])
    own = counting(
        measure(
            "ppm",
            {"matning": "trycksar"},
            numerator={"sum": "antal_uppfyller"},
            denominator={"sum": "antal_observerade"},
        )
    )
    assert counted(connection, own) == [
        (True, True, False, 4, 10),
        (True, False, True, 0, 0),
    ]


def test_a_producers_own_total_goes_before_the_parts_but_for_their_breakdown(
    connection,
):
    rows = [
        {"svf": None, "ar_total": True},
        {"svf": "brost", "ar_total": False},
    ]
    numbers = {
        "ar_maskerad": False,
        "antal_svf_behandling": 7,
        "beraknat_antal_cancerfall": 10,
    }
    fill(connection, "svf_inklusion", [row | numbers for row in rows])
    one = measure(
        "svf_inklusion",
        numerator={"sum": "antal_svf_behandling"},
        denominator={"sum": "beraknat_antal_cancerfall"},
    )
    assert [row[3] for row in counted(connection, counting(one))] == [7, 0]
    assert [row[3] for row in counted(connection, counting(one, "svf"))] == [0, 7]


def test_the_items_of_an_observation_are_rows_of_their_own(connection):
    items = dict.fromkeys(BHK_ITEMS, True) | {"h3": None, "k2": False}
    fill(connection, "bhk", [items | {"yrkeskategori": "lakare"}])
    facts = facts_of("bhk_moment")
    rows = connection.execute(
        select(facts.c.moment, facts.c.ratt, facts.c.yrkeskategori)
    ).all()
    expected = {(one, one != "k2", "lakare") for one in BHK_ITEMS if one != "h3"}
    assert {tuple(row) for row in rows} == expected


def test_a_query_may_bring_its_own_facts():
    facts = FACTS["kontakter"].alias("own")
    own = counting(measure("kontakter", {"vardform": "oppen"}), facts=facts)
    assert own.facts is facts
    assert "own.vardform" in str(own.is_about.compile(dialect=Dialect()))


def test_duckdb_is_what_the_facts_are_kept_in(connection):
    found = connection.exec_driver_sql("SELECT version()").scalar()
    assert found == f"v{duckdb.__version__}"
