"""A person's number, in any column, cell or name, refuses the whole file."""

import pytest

from kpi.errors import SourceError
from tests.etl.rows import (
    CLINIC,
    Sources,
    case,
    contact,
    csv_text,
    observation,
    reported,
    tree,
    unit,
)

PERSONS = (
    "198112189876",
    "19811218-9876",
    "8112189876",
    "811218-9876",
    "811218+9876",
    "701063-2391",  # samordningsnummer: day 63
    "197010632391",
    "patient 19811218-9876",
    "(811218-9876)",
    "pnr:8112189876",
    "811218\u20139876",  # a dash as Word makes it
    "811218\u22129876",
    "19811218 9876",
    "81 12 18 98 76",
    "811218.9876",
    "811218\u200b9876",
    "19811218 - 9876",
    "patient8112189876",
    "a8112189876b",
    "811218\u20139876, tredje gången 2026",
)


@pytest.fixture(scope="module")
def persons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One build with a file for each way to write it and each column: its refusals."""
    sources = Sources(tmp_path_factory.mktemp("persons"))
    for column in ("fall_id", "lan", "fri_text"):
        for place, written in enumerate(PERSONS):
            rows = [case("a") | {column: ""}, case("b") | {column: written}]
            sources.write(f"{column}{place}/svf/svf_fall.csv", rows)
    with pytest.raises(SourceError) as caught:
        sources.build()
    assert not sources.warehouse.exists()
    return {fault.partition(":")[0]: fault for fault in caught.value.faults}


@pytest.mark.parametrize("written", PERSONS)
@pytest.mark.parametrize("column", ["fall_id", "lan", "fri_text"])
def test_a_persons_number_refuses_the_whole_file(persons, written, column):
    message = persons[f"{column}{PERSONS.index(written)}/svf/svf_fall.csv"]
    assert "looks like a personnummer" in message
    assert f"(row 3, column {column}; not repeated here)" in message
    for digits in ("9876", "2391", "811218", "701063"):
        assert digits not in message


@pytest.mark.parametrize("layout", ["xlsx", "too_many_cells", "units", "comment"])
def test_a_persons_number_is_found_wherever_it_hides(tmp_path, layout):
    sources = Sources(tmp_path)
    if layout == "xlsx":
        # typed as a number
        rows = [
            list(contact("x")),
            list((contact("x") | {"kontakt_id": 198112189876}).values()),
        ]
        sources.write_workbook("lakemedel/kontakter.xlsx", rows)
    elif layout == "too_many_cells":
        content = csv_text([case("a")]).rstrip("\n") + ";198112189876\n"
        sources.write("svf/svf_fall.csv", content)
    elif layout == "units":
        sources.write(
            "enheter/enheter.csv", [*tree(), unit("x", "klinik", namn="8112189876")]
        )
    else:
        sources.write(
            "matningar/m.csv",
            [
                reported(
                    "lex_maria", "2026Q1", varde="9", kommentar="gäller 811218-9876."
                )
            ],
        )
    with pytest.raises(SourceError, match="looks like a personnummer"):
        sources.build()


def test_a_person_born_after_2000_is_found_in_columns_of_any_type(tmp_path):
    # as a number the first of them is less than a thousand millions
    sources = Sources(tmp_path)
    columns = ("alder", "antal_lakemedel", "datum", "kva_kod")
    for column in columns:
        for written in ("0502031230", "200502031230"):
            file = f"{column}{written[:2]}/lakemedel/kontakter.csv"
            sources.write(file, [contact("a") | {column: written}])
    with pytest.raises(SourceError) as caught:
        sources.build()
    named = {fault.partition("/")[0] for fault in caught.value.faults}
    assert named == {f"{column}{start}" for column in columns for start in ("05", "20")}


def test_a_number_that_has_lost_its_first_zero_is_told_by_its_column(tmp_path):
    sources = Sources(tmp_path)
    # 0101011237 and 0502031230, as a spreadsheet keeps them
    lost = [101011237, 502031230]
    header = [*contact("x"), "ref"]
    ids = [[*contact(f"{one}").values(), ""] for one in lost]
    sources.write_workbook("id/lakemedel/kontakter.xlsx", [header, *ids])
    others = [[*contact(f"k{one}").values(), one] for one in lost]
    sources.write_workbook("other/lakemedel/kontakter.xlsx", [header, *others])
    with pytest.raises(SourceError) as caught:
        sources.build()
    assert [fault.partition("; not")[0] for fault in caught.value.faults] == [
        f"{name}/lakemedel/kontakter.xlsx: a value looks like a personnummer (row 2, "
        f"column {column}"
        for name, column in (("id", "kontakt_id"), ("other", "ref"))
    ]


def test_one_serial_number_of_many_may_look_like_a_person_by_chance(tmp_path):
    sources = Sources(tmp_path)
    rows = [contact(f"{101011230 + n}", kva_kod="XV015") for n in range(30)]
    rows = [row | {"ref": f"{101011230 + n}"} for n, row in enumerate(rows)]
    sources.write("lakemedel/kontakter.csv", rows)
    assert sources.build().load("lakemedel/kontakter.csv") == (30, 30, 0)


def test_a_person_in_the_name_of_a_file_or_of_a_column_is_found(tmp_path):
    sources = Sources(tmp_path)
    sources.write("a/bhk/bhk 811218-9876.csv", [observation()])
    sources.write("b/bhk/bhk.csv", [observation() | {"811218-9876": "1"}])
    sources.write("c/bhk/bhk_20260129-0815.csv", [observation()])
    sources.write("c/bhk/bhk_20260129-0816.csv", [observation(k1="0")])
    with pytest.raises(SourceError) as caught:
        sources.build()
    told = " ".join(caught.value.faults)
    assert "9876" not in told
    assert [fault.partition(" looks")[0] for fault in caught.value.faults] == [
        "a/bhk/(bhk): the file's name",
        "b/bhk/(bhk): a column's name",
    ]


def test_a_file_without_a_header_does_not_leak_its_first_row(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", f"198112189876;{CLINIC};brost\n")
    with pytest.raises(SourceError) as caught:
        sources.build()
    assert "9876" not in str(caught.value)


def test_ids_of_organisations_units_and_other_numbers_are_no_person(tmp_path):
    written = [
        "232100-0081",  # an organisation: month 21
        "2321000081",
        "162321000081",
        CLINIC,
        "811218-9875",  # a wrong check digit
        "8113189876",  # month 13
        "811232-9870",  # day 32
        "98112189876543",  # a longer number
        "2026-01-29T08:15:00",
        "2026-01-29 08.15",
        "2026-01-29 08.16",
        "2026-01-29 08.17",
        *(f"2026-01-29 08.{minute}" for minute in range(20, 30)),
        "1 234 567 890",
        "550e8400-e29b-41d4-a716-446655440000",
        "0123456789abcdef8112189876",
    ]
    sources = Sources(tmp_path)
    rows = [case(f"{place}") | {"fri_text": one} for place, one in enumerate(written)]
    sources.write("svf/svf_fall.csv", rows)
    assert sources.build().load("svf/svf_fall.csv") == (len(written), len(written), 0)
