"""Units of one name are told apart by the units above them, and only they are."""

from datetime import date

from app.pages.funnel import page as funnel_page
from app.queries.reader import open_reader
from app.queries.units import UnitRow, UnitTree, unit_tree
from tests import builders as make
from tests.app.reading import words
from tests.app.visiting import page_of


def unit(unit_id, name, parent=None, since=date.min, until=date.max):
    return UnitRow(
        unit_id, name, "klinik", parent, since, until, None, None, None, None
    )


def names(*units):
    return {one.unit_id: one.name for one in UnitTree(units)}


TOP = unit("R", "Region")
NORTH, SOUTH = unit("N", "Norra", "R"), unit("S", "Södra", "R")


def test_a_name_that_is_not_unique_is_followed_by_the_unit_above():
    found = names(
        *(TOP, NORTH, SOUTH),
        *(unit("NM", "Medicin", "N"), unit("SM", "Medicin", "S")),
        unit("NK", "Kirurgi", "N"),
    )
    assert found["NM"] == "Medicin (Norra)"
    assert found["SM"] == "Medicin (Södra)"
    assert (found["NK"], found["N"]) == ("Kirurgi", "Norra")


def test_as_many_units_above_are_named_as_it_takes():
    found = names(
        *(TOP, NORTH, SOUTH),
        *(unit("NM", "Medicin", "N"), unit("SM", "Medicin", "S")),
        *(unit("NM1", "Avdelning 1", "NM"), unit("SM1", "Avdelning 1", "SM")),
    )
    assert found["NM1"] == "Avdelning 1 (Medicin, Norra)"
    assert found["SM1"] == "Avdelning 1 (Medicin, Södra)"


def test_names_that_sound_the_same_are_one_name():
    found = names(TOP, NORTH, SOUTH, unit("A", "Ögon", "N"), unit("B", "ögon", "S"))
    assert (found["A"], found["B"]) == ("Ögon (Norra)", "ögon (Södra)")


def test_two_of_one_name_in_one_unit_have_their_ids():
    found = names(TOP, NORTH, unit("A", "Medicin", "N"), unit("B", "Medicin", "N"))
    assert (found["A"], found["B"]) == ("Medicin (A)", "Medicin (B)")


def test_a_unit_that_ended_before_the_other_began_is_no_twin():
    old = unit("A", "Medicin", "N", until=date(2024, 12, 31))
    new = unit("B", "Medicin", "S", since=date(2025, 1, 1))
    assert names(TOP, NORTH, SOUTH, old, new)["B"] == "Medicin"
    overlapping = unit("C", "Medicin", "S", since=date(2024, 12, 31))
    assert names(TOP, NORTH, SOUTH, old, overlapping)["C"] == "Medicin (Södra)"


def test_the_register_keeps_its_own_name():
    tree = UnitTree(
        [TOP, NORTH, SOUTH, unit("NM", "Medicin", "N"), unit("SM", "Medicin", "S")]
    )
    assert [one.registered_name for one in tree][-2:] == ["Medicin", "Medicin"]


def test_pages_name_both(tmp_path):
    """Two clinics of one name, in two hospitals, beside each other in the funnel."""
    hospitals = [
        make.unit(
            "H1",
            "Norra sjukhuset",
            "sjukhus",
            parent_id=make.REGION,
            tree_order=1,
            depth=1,
        ),
        make.unit(
            "H2",
            "Södra sjukhuset",
            "sjukhus",
            parent_id=make.REGION,
            tree_order=2,
            depth=1,
        ),
    ]
    clinics = [
        make.unit(
            "K1", "Medicinkliniken", "klinik", parent_id="H1", tree_order=3, depth=2
        ),
        make.unit(
            "K2", "Medicinkliniken", "klinik", parent_id="H2", tree_order=4, depth=2
        ),
    ]
    rows = [
        make.outcome(unit=one["unit_id"], numerator=part, value=part)
        for one, part in zip(clinics, (90.0, 40.0), strict=True)
    ]
    made = make.warehouse(
        tmp_path, rows, [make.indicator()], units=[make.UNITS[0], *hospitals, *clinics]
    )
    with open_reader(made) as reader:
        assert unit_tree(reader).name("K2") == "Medicinkliniken (Södra sjukhuset)"
    said = words(
        page_of(
            funnel_page, made, {"indicator": "svf_lead_time", "unit_kind": "klinik"}
        )
    )
    assert "Medicinkliniken (Norra sjukhuset) (bättre)" in said
    assert "Medicinkliniken (Södra sjukhuset) (sämre)" in said
