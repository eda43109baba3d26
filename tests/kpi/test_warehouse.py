import os

import duckdb
import pytest
from sqlalchemy import insert, select, update

from kpi import schema
from kpi.errors import OldWarehouseError, WarehouseError
from kpi.warehouse import Warehouse, draft_engine, write_for_pages
from tests import builders as make


def write(path, build_id="first", version=schema.VERSION):
    engine = draft_engine(path, memory_limit="1GB", threads=1)
    with engine.begin() as connection:
        schema.create_tables(connection)
        row = make.build(build_id=build_id, schema_version=version)
        connection.execute(insert(schema.build), row)
    engine.dispose()
    return path


def build_ids(connection):
    return list(connection.execute(select(schema.build.c.build_id)).scalars())


def refusal(path):
    with pytest.raises(WarehouseError) as caught, Warehouse(path).connect():
        pass
    return str(caught.value)


def test_a_published_file_is_read(tmp_path):
    warehouse = Warehouse(write(tmp_path / "w.duckdb"))
    with warehouse.connect() as connection:
        assert build_ids(connection) == ["first"]


def test_a_path_with_a_quote_in_it_is_read(tmp_path):
    folder = tmp_path / "regionens' filer"
    folder.mkdir()
    with Warehouse(write(folder / "w.duckdb")).connect() as connection:
        assert build_ids(connection) == ["first"]


def test_a_path_that_the_engine_would_take_apart_is_refused(tmp_path):
    with pytest.raises(WarehouseError, match=r"cannot write to a path with `[?]`"):
        write(tmp_path / "x?y" / "w.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_a_draft_writes_no_log_beside_itself(tmp_path):
    engine = draft_engine(tmp_path / "draft.duckdb", memory_limit="1GB", threads=1)
    with engine.begin() as connection:
        schema.create_tables(connection)
        connection.execute(insert(schema.build), make.build())
    written = [path.name for path in tmp_path.iterdir()]
    engine.dispose()
    assert written == ["draft.duckdb"]


def test_a_reader_cannot_write(tmp_path):
    warehouse = Warehouse(write(tmp_path / "w.duckdb"))
    with warehouse.connect() as connection, pytest.raises(Exception, match="read-only"):
        connection.execute(update(schema.build).values(build_id="other"))


def test_a_missing_file_says_what_to_run(tmp_path):
    path = tmp_path / "gone.duckdb"
    assert refusal(path) == f"{path} does not exist; run `python -m etl build`"


def test_a_file_of_another_type_is_no_warehouse(tmp_path):
    path = tmp_path / "w.duckdb"
    path.write_text("enhet_id;namn\n" * 1000)
    assert refusal(path) == (
        f"{path} cannot be read as a warehouse: it is no file of DuckDB; name another "
        "file with --warehouse, or move this one away and run `python -m etl build`"
    )


def test_an_empty_file_is_no_warehouse(tmp_path):
    path = tmp_path / "w.duckdb"
    path.touch()
    assert "it is no file of DuckDB" in refusal(path)


def test_a_folder_is_no_warehouse(tmp_path):
    assert refusal(tmp_path).startswith(
        f"{tmp_path} cannot be read as a warehouse: Is a directory; expected a file"
    )


def test_a_path_below_a_file_is_no_warehouse(tmp_path):
    path = write(tmp_path / "w.duckdb") / "x.duckdb"
    assert f"{path} cannot be read as a warehouse: Not a directory" in refusal(path)


@pytest.mark.parametrize("lost", [1, 20_000, 300_000])
def test_a_warehouse_that_lost_its_end_is_not_taken_for_whole(tmp_path, lost):
    path = write(tmp_path / "w.duckdb")
    content = path.read_bytes()
    path.write_bytes(content[:-lost])
    said = refusal(path)
    left, whole = len(content) - lost, len(content)
    assert f"warehouse: it was cut off after {left} bytes of {whole}; " in said
    assert "put a copy from the backup in its place" in said


def test_a_pipe_is_no_warehouse_and_is_not_waited_for(tmp_path):
    path = tmp_path / "w.duckdb"
    os.mkfifo(path)
    assert "it is a pipe, a socket or a device; name another file" in refusal(path)


def test_a_part_of_a_warehouse_says_what_to_do(tmp_path):
    path = write(tmp_path / "w.duckdb")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 10])
    said = refusal(path)
    assert said.startswith(f"{path} cannot be read as a warehouse: IO Error: ")
    assert "it is damaged: put a copy from the backup in its place" in said


@pytest.mark.parametrize("folder", ["x%20y", "x#y", "x y", "å"])
def test_a_folder_with_a_sign_that_has_a_meaning_in_addresses(tmp_path, folder):
    (tmp_path / folder).mkdir()
    path = write(tmp_path / folder / "w.duckdb")
    assert [one.name for one in tmp_path.iterdir()] == [folder]
    with Warehouse(path).connect() as connection:
        assert build_ids(connection) == ["first"]


def test_another_duckdb_file_is_no_warehouse(tmp_path):
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE other (n INTEGER)")
    assert "cannot be read as a warehouse: it has other tables" in refusal(path)


def test_tables_of_an_earlier_version_are_to_be_built_anew(tmp_path):
    path = write(tmp_path / "w.duckdb", version=schema.VERSION - 1)
    with pytest.raises(OldWarehouseError), Warehouse(path).connect():
        pass
    assert refusal(path) == (
        f"{path} has tables of version {schema.VERSION - 1}, expected "
        f"{schema.VERSION}; run `python -m etl build`"
    )


def test_tables_of_a_later_version_belong_to_a_newer_release(tmp_path):
    path = write(tmp_path / "w.duckdb", version=schema.VERSION + 1)
    assert refusal(path).startswith(
        f"{path} has tables of version {schema.VERSION + 1}, expected "
        f"{schema.VERSION}: a newer release made it; "
    )


def test_a_warehouse_without_a_build_is_refused(tmp_path):
    path = tmp_path / "w.duckdb"
    engine = draft_engine(path, memory_limit="1GB", threads=None)
    with engine.begin() as connection:
        schema.create_tables(connection)
    engine.dispose()
    assert "cannot be read as a warehouse: it holds no build" in refusal(path)


def test_a_replaced_file_is_seen_at_once_while_an_old_reader_goes_on(tmp_path):
    path = write(tmp_path / "w.duckdb", "first")
    warehouse = Warehouse(path)
    with warehouse.connect() as old:
        assert build_ids(old) == ["first"]
        os.replace(write(tmp_path / "draft.duckdb", "second"), path)
        with warehouse.connect() as new:
            assert build_ids(new) == ["second"]
            assert build_ids(old) == ["first"]
    with warehouse.connect() as later:
        assert build_ids(later) == ["second"]


def test_a_file_replaced_by_something_else_is_refused_until_mended(tmp_path):
    path = write(tmp_path / "w.duckdb", "first")
    warehouse = Warehouse(path)
    with warehouse.connect():
        pass
    (tmp_path / "other").write_text("not a warehouse " * 1000)
    os.replace(tmp_path / "other", path)
    with pytest.raises(WarehouseError), warehouse.connect():
        pass
    os.replace(write(tmp_path / "draft.duckdb", "second"), path)
    with warehouse.connect() as connection:
        assert build_ids(connection) == ["second"]


def test_many_read_at_once(tmp_path):
    warehouse = Warehouse(write(tmp_path / "w.duckdb"))
    with warehouse.connect() as one, warehouse.connect() as other:
        assert build_ids(one) == build_ids(other) == ["first"]


def test_what_is_written_for_pages_lies_in_small_groups_beside_what_was_there(tmp_path):
    path = tmp_path / "it's a draft.duckdb"
    engine = draft_engine(path, memory_limit="1GB", threads=1)
    with engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        rows = "SELECT range AS n FROM range(40_000)"
        connection.exec_driver_sql(f"CREATE TABLE facts AS {rows}")
        connection.exec_driver_sql(f"CREATE TEMP TABLE kept AS {rows}")
        write_for_pages(connection)
        connection.exec_driver_sql(
            "CREATE TABLE shown AS SELECT * FROM kept JOIN facts USING (n)"
        )
        connection.exec_driver_sql("CHECKPOINT")
    engine.dispose()
    with duckdb.connect(str(path), read_only=True) as file:
        for table, groups in (("facts", 1), ("shown", 3)):
            assert file.execute(
                "SELECT count(DISTINCT row_group_id) "
                f"FROM pragma_storage_info('{table}')"
            ).fetchall() == [(groups,)]
            assert file.execute(f"SELECT count(*), sum(n) FROM {table}").fetchall() == [
                (40_000, 799_980_000)
            ]
