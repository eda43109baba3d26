"""Fractions add up to the same in every order, and to what the build makes of them."""

from itertools import permutations

import pytest
from sqlalchemy import Double, column, create_engine, select, values

from app.queries.exact import exact_sum

NO_ORDER = (0.1, 0.2, 0.3, 1e9)


@pytest.fixture(scope="module")
def total():
    engine = create_engine("duckdb:///:memory:")

    def of(amounts, where=None):
        rows = values(column("amount", Double), name="rows").data(
            [(amount,) for amount in amounts]
        )
        statement = select(exact_sum(rows.c.amount, where and where(rows.c.amount)))
        with engine.connect() as connection:
            return connection.execute(statement).scalar()

    yield of
    engine.dispose()


def test_floating_point_does_not():
    assert len({sum(order) for order in permutations(NO_ORDER)}) > 1


def test_a_sum_is_the_same_in_every_order(total):
    assert len({total(order) for order in permutations(NO_ORDER)}) == 1


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [((1.0, 2.0, 3.0), 6.0), ((0.5, 0.25), 0.75), ((999_999_999_999_999.0,) * 2, 2e15)],
)
def test_whole_numbers_and_halves_are_as_on_paper(total, amounts, expected):
    assert total(amounts) == pytest.approx(expected, rel=1e-15)


def test_only_the_rows_asked_for(total):
    assert total((1.0, 2.0, 3.0), lambda amount: amount > 1.5) == 5.0


def test_of_no_row_there_is_no_sum(total):
    assert total((1.0,), lambda amount: amount > 1.5) is None
