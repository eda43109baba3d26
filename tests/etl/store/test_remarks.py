"""What a build says of what it does without being asked."""

from tests.etl.rows import Sources, case, maximum, observation


def test_the_register_that_ships_is_told_with_how_many_it_leaves_out(tmp_path):
    """Of four that have ended one, of a pathway without a maximum, is not counted."""
    sources = Sources(tmp_path)
    sources.write("bhk/bhk.csv", [observation()])
    assert sources.build(accepted=None).result.remarks == []
    placeholder = {"svf": "melanom", "kva_start": "VG910", "kva_avslut": "VG950"}
    rows = [case("a"), case("b"), case("c"), case("d", **placeholder)]
    rows += [case("e", datum_avslut="", kva_avslut="")]
    sources.write("svf/svf_fall.csv", rows)
    [said] = sources.build(accepted=None).result.remarks
    assert said.startswith("svf/ledtider*: there is no register of maximum lead times")
    assert "; 1 of 4 ended pathways have no maximum in it" in said
    sources.write("svf/ledtider.csv", [maximum("brost", "kirurgi", "28")])
    assert sources.build(accepted=None).result.remarks == []
