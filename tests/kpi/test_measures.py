import pytest
from pydantic import TypeAdapter, ValidationError

from kpi.measures import Condition, KoladaMeasure, Measure, ReportedMeasure, RowsMeasure

MEASURE = TypeAdapter(Measure)


def measure(**changes):
    fine = {
        "dataset": "svf_fall",
        "numerator": {"where": {"inom_max": True}},
        "denominator": {"where": {"ingar_i_ledtid": True}},
    }
    return MEASURE.validate_python(fine | changes)


def fault(**changes):
    with pytest.raises(ValidationError) as caught:
        measure(**changes)
    return str(caught.value)


def test_the_dataset_says_which_kind_of_measure_it_is():
    assert isinstance(measure(), RowsMeasure)
    assert MEASURE.validate_python({"dataset": "matningar"}) == ReportedMeasure(
        dataset="matningar"
    )
    kolada = {"dataset": "kolada", "kpi": "N79178", "statistic": "rank"}
    assert isinstance(MEASURE.validate_python(kolada), KoladaMeasure)
    assert "does not match any of the expected tags" in fault(dataset="synergi")


@pytest.mark.parametrize(
    "condition",
    [
        {"in": ["brost"]},
        {"not_in": ["brost"]},
        {"present": True},
        {"present": False},
    ],
)
def test_a_condition_on_text_takes_words(condition):
    assert measure(where={"svf": condition}).where["svf"] == Condition.model_validate(
        condition
    )


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"svff": "brost"}, "svf_fall has no column 'svff' to use; it has svf, kva"),
        ({"svf": 5}, "svf holds text, got 5"),
        ({"svf": True}, "svf holds text, got True"),
        ({"svf": {"in": ["brost", 7]}}, "svf holds text, got 7"),
        ({"svf": {"not_in": [False]}}, "svf holds text, got False"),
        ({"inom_max": "J"}, "inom_max holds flag, got 'J'"),
        ({"inom_max": 1}, "inom_max holds flag, got 1"),
        ({"alder": "75"}, "alder holds number, got '75'"),
        ({"alder": True}, "alder holds number, got True"),
        ({"datum_mdk": "2026-01-01"}, "datum_mdk holds date, got '2026-01-01'"),
        ({"svf": {"at_least": 5}}, "at_least and at_most are for numbers; svf is text"),
        ({"inom_max": {"at_most": 5}}, "are for numbers; inom_max is flag"),
        ({"svf": {"has_any": ["x"]}}, "has_any is for columns of several codes; svf"),
        ({"svf": {}}, "expected exactly one condition, got none"),
        (
            {"alder": {"at_least": 5, "at_most": 9}},
            "expected exactly one condition, got ['at_least', 'at_most']",
        ),
        ({"svf": {"in": []}}, "at least 1 item"),
        ({"svf": {"inn": ["brost"]}}, "Extra inputs are not permitted"),
    ],
)
def test_a_condition_that_does_not_fit_its_column_is_refused(where, message):
    assert message in fault(where=where)


def test_conditions_are_checked_wherever_they_stand():
    assert "has no column 'x'" in fault(numerator={"where": {"x": True}})
    assert "has no column 'y'" in fault(denominator={"where": {"y": True}})


def test_every_fault_of_a_measure_is_named_at_once():
    said = fault(where={"x": 1}, numerator={"sum": "y", "where": {"z": 1}})
    assert all(f"no column '{name}'" in said for name in "xyz")


@pytest.mark.parametrize("where", [{"alder": 75}, {"alder": 75.5}, {"lan": "10"}])
def test_a_plain_value_means_equal(where):
    assert measure(where=where).where == where


def test_several_codes_in_one_text_take_has_any_or_present():
    for condition in ({"has_any": ["XV015"]}, {"present": True}):
        where = {"kva_kod": condition}
        assert measure(
            dataset="kontakter", where=where, numerator={}, denominator={}
        ).where
    said = fault(dataset="kontakter", where={"kva_kod": {"in": ["XV015"]}})
    assert "has_any is for columns of several codes; kva_kod is words" in said
    said = fault(dataset="kontakter", where={"kva_kod": "XV015"})
    assert "kva_kod holds words, got 'XV015'" in said


@pytest.mark.parametrize("column", ["svf", "inom_max", "datum_mdk", "antal"])
def test_only_a_number_can_be_summed(column):
    said = fault(numerator={"sum": column})
    assert f"svf_fall has no column {column!r} to sum; it has alder, ledtid" in said


def test_a_number_is_summed():
    assert measure(numerator={"sum": "ledtid_dagar"}).numerator.sum == "ledtid_dagar"


@pytest.mark.parametrize(
    "changes", [{"kpi": "79178"}, {"kpi": "X79178"}, {"statistic": "median"}]
)
def test_a_public_value_is_a_known_statistic_of_a_kolada_id(changes):
    fine = {"dataset": "kolada", "kpi": "N79178", "statistic": "rank"}
    with pytest.raises(ValidationError):
        MEASURE.validate_python(fine | changes)


def test_a_measure_reads_back_what_it_writes():
    one = measure(where={"svf": {"in": ["brost"]}, "alder": {"at_least": 75}})
    written = MEASURE.dump_json(one, by_alias=True)
    assert MEASURE.validate_json(written) == one
