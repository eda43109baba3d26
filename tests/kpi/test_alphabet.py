import duckdb

from kpi.alphabet import swedish, swedish_sql

IN_ORDER = ["Ek", "el", "Zetterlund", "Åkroken", "åsen", "Ängslyckan", "Österäng"]


def test_a_ring_and_dots_come_after_z_and_capitals_do_not_matter():
    assert sorted(reversed(IN_ORDER), key=swedish) == IN_ORDER


def test_the_database_sorts_as_we_do():
    found = duckdb.execute(
        "SELECT name FROM (SELECT unnest(?) AS name) ORDER BY " + swedish_sql("name"),
        [IN_ORDER[::-1]],
    )
    assert [name for (name,) in found.fetchall()] == IN_ORDER
