"""What a build says of what it does without being asked."""

from tests.etl.rows import Sources, case, cases, maximum, observation

LUNG = {"svf": "lunga", "kva_start": "VC010", "kva_avslut": "VC050"}


def test_the_register_that_ships_is_told_with_how_many_it_leaves_out(tmp_path):
    """Of four that have ended one, of a pathway without a maximum, is not counted."""
    sources = Sources(tmp_path)
    sources.write("bhk/bhk.csv", [observation()])
    assert sources.build(accepted=None).result.remarks == []
    rows = [case("a"), case("b"), case("c"), case("d", **LUNG)]
    rows += [case("e", datum_avslut="", kva_avslut="")]
    sources.write("svf/svf_fall.csv", rows)
    [said, _] = sources.build(accepted=None).result.remarks
    assert said.startswith("svf/ledtider*: there is no register of maximum lead times")
    assert "; 1 of 4 ended pathways have no maximum in it" in said
    sources.write("svf/ledtider.csv", [maximum("lunga", "kirurgi", "44")])
    assert sources.build(accepted=None).result.remarks == []


def test_missing_maxima_are_told_by_how_many_they_leave_out(tmp_path):
    """Of the lung's 34 of twelve months 21 + 6 have none; 9 ended a day too early."""
    sources = Sources(tmp_path)
    sources.write("svf/ledtider.csv", [maximum("lunga", "lakemedel", "40")])
    rows = [
        *cases(21, 30, "2026-09-30", **LUNG),
        *cases(6, 30, "2025-10-01", **LUNG, utokad_utredning="J"),
        *cases(9, 30, "2025-09-30", **LUNG),
        *cases(7, 30, "2026-09-30", **(LUNG | {"kva_avslut": "VC052"})),
        *cases(4, 30, "2026-09-30", **(LUNG | {"svf": "njure"})),
    ]
    sources.write("svf/svf_fall.csv", rows)
    assert sources.build(accepted=None).result.remarks == [
        "lead times: no maximum for lunga, kirurgi: 21 of 34 ended pathways of the "
        "last twelve months; lunga, kirurgi after extended investigation: 6 of 34; "
        "njure, kirurgi: too few to be told; write them in svf/ledtider*, or in "
        "`lead_times` of data/region.yaml"
    ]


def test_five_missing_maxima_are_told_and_how_many_more_there_are(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/ledtider.csv", [maximum("brost", "kirurgi", "28")])
    pathways = ("lunga", "njure", "testikel", "lever", "skoldkortel", "livmoderkropp")
    rows = [
        row
        for at, svf in enumerate(pathways)
        for row in cases(20 - at, 30, "2026-09-30", **(LUNG | {"svf": svf}))
    ]
    sources.write("svf/svf_fall.csv", rows)
    [said] = sources.build(accepted=None).result.remarks
    assert (
        "; skoldkortel, kirurgi: 16 of 16; and 1 more, all of them on /underlag" in said
    )
    assert "livmoderkropp" not in said
