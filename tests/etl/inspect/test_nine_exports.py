"""A newcomer's nine exports, from the files as they come to the region's own pages.

Nothing but commands and answers: each file is inspected, what is asked is answered in
the draft, what the region decides is written, and all is built. The numbers are worked
out by hand from the exports.
"""

import json

import pytest

from app.server import wsgi
from etl.__main__ import DONE, main
from etl.rejected import REJECTED
from tests.etl.inspect.exports import (
    ALVESTA,
    LJUNGBY,
    ORTHOPAEDICS,
    REGION,
    SURGERY,
    VAXJO,
    WARD,
    write_exports,
)
from tests.etl.rows import Sources

ANSWERS = {
    "inca": {
        "columns.kva_avslut.values.Operation": "VG950",
        "columns.kva_avslut.values.Läkemedelsbehandling": "VG952",
        "units.Handkirurgen Lund": "-",
    },
    "enkat": {"columns.enkat.constant": "svf"},
    "ppm": {"columns.matning.constant": "trycksar"},
    "synergi": {
        "columns.indikator.constant": "incident_reports",
        "columns.slag.values.Fallolycka": "fall",
        "columns.slag.values.Läkemedelshändelse": "lakemedel",
        "cases.zeros": "true",
    },
    "lexmaria": {"columns.indikator.constant": "lex_maria", "cases.zeros": "true"},
    "hse": {"columns.indikator.constant": "medication_handling_deviations"},
}
MOST_DECISIONS = 12
DECIDED = """
further_indicators:
  [medication_reviews, medication_handling_deviations, prem_svf_overall]
targets:
  bhk_compliance:
    - {rule: ">=", value: 90, stretch: 95, since: 2026, decided: Nämnden 2026-02-10}
"""


def answer(text, answers):
    """Return a draft with its questions answered, as in an editor, line by line."""
    lines, above = [], []
    for line in text.splitlines():
        written = line.strip().removeprefix("- ")
        depth = len(line) - len(line.lstrip(" -"))
        above = [(at, key) for at, key in above if at < depth]
        key = written.partition(":")[0].strip("'")
        above.append((depth, key))
        if "'?'" in line and not line.startswith("#"):
            place = ".".join(key for _, key in above if key not in ("files",))
            given = answers.pop(place)
            if given == "-":
                continue
            line = f"{line.partition(chr(39) + '?')[0]}{given}"
        lines.append(line)
    assert answers == {}
    # A key whose only lines were taken away goes with them.
    return "\n".join(line for line in lines if line.strip() != "units:") + "\n"


@pytest.fixture(scope="module")
def region(tmp_path_factory, request):
    """The region after its first afternoon: its sources, what was printed, a client."""
    folder = tmp_path_factory.mktemp("region")
    sources = Sources(folder)
    exports = write_exports(sources)
    where = ["--sources", f"{sources.folder}", "--mappings", f"{sources.mappings}"]
    commands = 0
    for producer, path in exports.items():
        assert main(["inspect", f"{path}", *where]) == DONE
        commands += 1
        mapping = sources.mappings / f"{producer}.yaml"
        drafted = mapping.read_text(encoding="utf-8")
        if producer in ANSWERS:
            answered = answer(drafted, dict(ANSWERS[producer]))
            mapping.write_text(answered, encoding="utf-8")
            assert main(["inspect", f"{path}", *where]) == DONE
            commands += 1
    sources.region.unlink()
    begun = ["region", "init", "--kolada-id", "0007", "--out", f"{sources.region}"]
    assert main(begun) == DONE
    decided = sources.region.read_text(encoding="utf-8")
    sources.region.write_text(decided + DECIDED, encoding="utf-8")
    built = sources.build(accepted=None)
    return sources, built, commands + 2


def test_the_afternoon_takes_few_commands_and_decisions(region):
    _, _, commands = region
    assert sum(map(len, ANSWERS.values())) <= MOST_DECISIONS
    assert commands <= 17


def test_every_row_is_in_or_rejected_with_its_place_and_reason(region):
    _, built, _ = region
    loads = built.rows(
        "SELECT producer, rows, facts, rejections FROM load"
        " WHERE producer <> 'reference' ORDER BY producer"
    )
    assert loads == [
        ("cosmic", 40, 40, 0),
        ("enkat", 4, 4, 0),
        ("hsa", 9, 9, 0),
        ("hse", 5, 4, 1),
        ("inca", 32, 31, 1),
        ("lexmaria", 3, 3, 0),
        ("ppm", 1, 1, 0),
        ("synergi", 5, 4, 1),
        ("webben", 10, 10, 0),
    ]
    rejected = built.rows(
        f"SELECT row_in_part, heading, value FROM {REJECTED} ORDER BY ALL"
    )
    assert rejected == [
        (3, "sep 2026", "två"),
        (7, "Händelsedatum", "igår"),
        (36, "Utredande enhet", "Handkirurgen Lund"),
    ]


def test_outcomes_are_those_worked_out_by_hand(region):
    _, built, _ = region
    outcomes = {
        # The surgeons' twenty took 30 days of 35 allowed, the others' ten 60.
        ("svf_lead_time", REGION, "2026Q3"): (20, 30),
        ("pressure_ulcers", WARD, "2026Q3"): (2, 25),
        # The first eight of ten did all of it right.
        ("bhk_compliance", WARD, "2026Q3"): (8, 10),
        # Thirty are 75 or older with five medicines or more; twelve of them reviewed.
        ("medication_reviews", ALVESTA, "2026Q3"): (12, 30),
        ("medication_handling_deviations", SURGERY, "2026Q3"): (7, None),
    }
    assert {key: built.counts(*key) for key in outcomes} == outcomes
    # (40 x 90 + 60 x 80) / 100
    score = built.outcome("prem_svf_overall", VAXJO, "2026Q3")["value"]
    assert score == pytest.approx(84)


def test_cases_are_counted_and_a_month_without_one_is_zero(region):
    _, built, _ = region
    counted = built.rows(
        "SELECT indikator, enhet_id, period, taljare FROM matningar"
        " WHERE ar_total AND indikator IN ('incident_reports', 'lex_maria')"
        " AND period >= '2026-07' ORDER BY ALL"
    )
    assert counted == [
        ("incident_reports", SURGERY, "2026-07", 2),
        ("incident_reports", SURGERY, "2026-08", 0),
        ("incident_reports", SURGERY, "2026-09", 1),
        # Nobody knows in which month its case of "igår" was.
        ("incident_reports", ORTHOPAEDICS, "2026-09", 1),
        ("lex_maria", VAXJO, "2026-07", 0),
        ("lex_maria", VAXJO, "2026-08", 1),
        ("lex_maria", VAXJO, "2026-09", 0),
        ("lex_maria", LJUNGBY, "2026-07", 0),
        ("lex_maria", LJUNGBY, "2026-08", 0),
        ("lex_maria", LJUNGBY, "2026-09", 1),
    ]


def test_the_pages_show_the_region_and_where_its_rows_come_from(region):
    sources, _, _ = region
    client = wsgi(sources.warehouse).test_client()
    answered = client.get(
        f"/api/v1/outcomes?unit={WARD}&period=2026Q3&indicator=bhk_compliance"
    )
    [outcome] = json.loads(answered.data)["outcomes"]
    assert outcome["value"] == 80
    assert (outcome["target"], outcome["target_rule"]) == (90, ">=")
    assert outcome["status"] == "not_met"
    rejections = json.loads(client.get("/api/v1/rejections").data)["rejections"]
    places = {(row["file"], row["row"], row["column"]) for row in rejections}
    assert ("hse/lakemedelsavvikelser.csv", 3, "sep 2026") in places
    plans = json.loads(client.get("/api/v1/plans").data)["plans"]
    assert {row["plan"] for row in plans} == {"patient_safety_kronoberg"}
    assert b"Region Kronoberg" in client.get("/").data
