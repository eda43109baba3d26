import pytest
from sqlalchemy import Column, create_engine, insert
from sqlalchemy.exc import DBAPIError

from kpi import schema
from kpi.assessment import Reason, Status
from kpi.datasets import DATASETS, DIMENSIONS, ColumnType
from tests import builders as make

OF_BUILD = ("definition", "unit", "unit_path", "outcome", "benchmark", "coverage")


@pytest.fixture(scope="module")
def connection():
    engine = create_engine("duckdb:///:memory:")
    with engine.connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        schema.create_tables(connection)
        yield connection
    engine.dispose()


def test_every_table_says_what_a_row_is(connection):
    for table in schema.metadata.sorted_tables:
        assert table.comment, table.name
        assert table.comment.endswith("."), table.name


def test_every_table_can_be_made(connection):
    names = connection.exec_driver_sql("SELECT table_name FROM duckdb_tables()")
    assert set(names.scalars()) == set(schema.metadata.tables)


def test_the_database_holds_what_is_said_of_tables_and_columns(connection):
    tables = schema.metadata.sorted_tables
    stored = connection.exec_driver_sql(
        "SELECT table_name, comment FROM duckdb_tables()"
    )
    assert dict(stored.all()) == {table.name: table.comment for table in tables}
    stored = connection.exec_driver_sql(
        "SELECT table_name, column_name, comment FROM duckdb_columns() "
        "WHERE NOT internal"
    )
    assert set(stored.all()) == {
        (table.name, column.name, column.comment)
        for table in tables
        for column in table.c
    }


def test_tables_that_are_there_stay_as_they_are(connection):
    connection.exec_driver_sql("DROP TABLE loss")
    connection.exec_driver_sql("INSERT INTO definition VALUES ('b0001', 'x', '{}')")
    schema.create_tables(connection)
    names = connection.exec_driver_sql("SELECT table_name FROM duckdb_tables()")
    assert set(names.scalars()) == set(schema.metadata.tables)
    stored = connection.exec_driver_sql("SELECT name FROM definition")
    assert stored.scalars().all() == ["x"]
    connection.exec_driver_sql("DELETE FROM definition")


@pytest.mark.parametrize("name", OF_BUILD)
def test_what_is_shown_belongs_to_a_build(name):
    assert not schema.metadata.tables[name].c.build_id.nullable


@pytest.mark.parametrize("dataset", sorted({*DATASETS} - {"bhk_moment"}))
def test_a_fact_knows_its_load_and_row_and_every_column_of_its_dataset(dataset):
    columns = schema.FACTS[dataset].c
    assert not columns.load_id.nullable
    assert not columns.row_number.nullable
    assert {*DATASETS[dataset].columns} <= {*columns.keys()}
    assert {*DATASETS[dataset].dimensions.values()} <= {*columns.keys()}


def test_the_items_of_bhk_are_columns_that_may_be_empty():
    assert all(schema.FACTS["bhk"].c[item].nullable for item in schema.BHK_ITEMS)
    assert "bhk_moment" not in schema.FACTS


def test_a_fact_of_a_unit_is_nothing_without_unit_and_time(connection):
    facts = schema.FACTS["kontakter"]
    with pytest.raises(DBAPIError, match="NOT NULL"):
        connection.execute(insert(facts), {"load_id": "l", "row_number": 2})


def test_a_build_stands_once(connection):
    connection.execute(insert(schema.build), make.build())
    with pytest.raises(DBAPIError, match=r"[Dd]uplicate key"):
        connection.execute(insert(schema.build), make.build())


def test_reported_periods_and_days_are_kept_as_they_came():
    def names(dataset):
        return {*schema.FACTS[dataset].c.keys()}

    assert "period" in names("matningar")
    assert "period" not in names("svf_fall")
    assert "year" in names("kolada")
    assert "enhet_id" not in names("kolada")
    assert "ar_total" in names("svf_inklusion")
    assert "ar_maskerad" not in names("svf_fall")


def test_every_dimension_is_a_column_of_text():
    for dataset in DATASETS.values():
        for column in dataset.dimensions.values():
            assert dataset.columns[column].type is ColumnType.TEXT
    assert {"svf", "sex", "age_group", "profession", "item", "dimension"} <= {
        *DIMENSIONS
    }


def test_words_for_status_and_reason_fit_their_columns():
    assert isinstance(schema.outcome.c.status, Column)
    assert not schema.outcome.c.status.nullable
    assert schema.outcome.c.reason.nullable
    assert all(one == one.lower() for one in (*Status, *Reason))
