import duckdb
from hypothesis import example, given
from hypothesis import strategies as st

from kpi.alphabet import swedish, swedish_sql

IN_ORDER = ["Ek", "el", "Zetterlund", "Åkroken", "åsen", "Ängslyckan", "Österäng"]


NUMBERED = ["Avdelning 2", "avdelning 2b", "Avdelning 10", "Avdelning 100", "Klinik 1"]


def test_numbers_in_names_sort_as_numbers():
    assert sorted(reversed(NUMBERED), key=swedish) == NUMBERED
    assert swedish("Hus 7, plan 12") < swedish("Hus 07, plan 13")


def test_a_ring_and_dots_come_after_z_and_capitals_do_not_matter():
    assert sorted(reversed(IN_ORDER), key=swedish) == IN_ORDER


def test_the_database_sorts_as_we_do():
    found = duckdb.execute(
        "SELECT name FROM (SELECT unnest(?) AS name) ORDER BY " + swedish_sql("name"),
        [[*IN_ORDER[::-1], *NUMBERED[::-1]]],
    )
    names = [name for (name,) in found.fetchall()]
    assert names == sorted([*IN_ORDER, *NUMBERED], key=swedish)


@given(st.lists(st.text("Aa0123456789 åx-", max_size=12), max_size=20))
@example(["1234567890123 b", "0000000000001", "9999999999"])
def test_any_name_is_sorted_by_the_same(names):
    found = duckdb.execute(
        f"SELECT {swedish_sql('name')} FROM (SELECT unnest(?::VARCHAR[]) AS name)",
        [names],
    )
    assert [key for (key,) in found.fetchall()] == [swedish(name) for name in names]
