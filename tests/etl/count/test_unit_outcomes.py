"""The totals stand twice: among all outcomes, and once more unit by unit."""

from sqlalchemy import except_all, select

from kpi import schema
from kpi.tables import unit_key
from kpi.warehouse import Warehouse

OUTCOME, OF_UNIT = schema.outcome, schema.unit_outcome


def test_a_units_outcomes_are_its_totals(demo_warehouse):
    totals = select(OUTCOME).where(OUTCOME.c.by == "")
    of_units = select(*(OF_UNIT.c[column.name] for column in OUTCOME.c))
    with Warehouse(demo_warehouse).connect() as connection:
        assert connection.execute(of_units.limit(1)).first()
        assert connection.execute(except_all(totals, of_units)).all() == []
        assert connection.execute(except_all(of_units, totals)).all() == []


def test_rows_are_found_by_the_key_of_their_unit(demo_warehouse):
    keys = select(OF_UNIT.c.unit, OF_UNIT.c.unit_key).distinct()
    with Warehouse(demo_warehouse).connect() as connection:
        found = {unit: key for unit, key in connection.execute(keys)}
    assert len(found) > 30
    assert found == {unit: unit_key(unit) for unit in found}
    # Swedish letters have the same key in the engine and here.
    with Warehouse(demo_warehouse).connect() as connection:
        said = connection.exec_driver_sql("SELECT left(sha256('Åsö 1'), 8)").scalar()
    assert said == unit_key("Åsö 1")
