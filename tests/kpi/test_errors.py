import pytest

from kpi.errors import (
    CheckError,
    DefinitionError,
    FetchError,
    MalbildError,
    SourceError,
    WarehouseError,
)


@pytest.mark.parametrize(
    "kind", [DefinitionError, SourceError, CheckError, WarehouseError, FetchError]
)
def test_an_error_carries_every_fault_for_a_person_to_mend(kind):
    error = kind("a.csv:2: one", "a.csv:7: another")
    assert isinstance(error, MalbildError)
    assert error.faults == ("a.csv:2: one", "a.csv:7: another")
    assert str(error) == "a.csv:2: one\na.csv:7: another"
