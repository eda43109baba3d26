"""Declared corrections: openly, with an expectation and an end."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kpi.errors import MalbildError
from tests.etl.rows import AS_OF, CLINIC, Sources, case, cases

LEAD_TIME = "svf_lead_time"


def correction(**changes: Any) -> dict[str, Any]:
    """Set right the code of a pathway that a producer misspells."""
    fine = {
        "id": "misspelt_pathway",
        "file": "svf/svf_fall*.csv",
        "where": {"svf": "Bröstet"},
        "set": {"svf": "brost"},
        "reason": "Exporten skriver förloppets namn i stället för dess kod.",
        "told": "Systemförvaltningen, 2026-10-01",
        "rows": 2,
        "until": AS_OF,
    }
    return fine | changes


def declared(folder: Path, *corrections: dict[str, Any]) -> Sources:
    sources = Sources(folder)
    sources.corrections.write_text(
        yaml.safe_dump({"corrections": list(corrections)}, allow_unicode=True),
        encoding="utf-8",
    )
    sources.write(
        "svf/svf_fall.csv",
        [
            case("a", svf="bröstet"),
            case("b", svf=" Bröstet "),
            case("c", svf="Lungor"),
            *cases(4, 10, "2026-01-20"),
        ],
    )
    return sources


def test_a_correction_is_applied_and_kept_beside_the_row(tmp_path):
    built = declared(tmp_path, correction()).build()
    assert built.load("svf/svf_fall.csv") == (7, 6, 1)
    assert built.counts(LEAD_TIME, CLINIC, "2026Q1") == (6, 6)
    assert built.rows(
        "SELECT row_number, correction_id, column_name, found, corrected, told"
        " FROM correction ORDER BY 1"
    ) == [
        (
            2,
            "misspelt_pathway",
            "svf",
            "bröstet",
            "brost",
            "Systemförvaltningen, 2026-10-01",
        ),
        (
            3,
            "misspelt_pathway",
            "svf",
            " Bröstet ",
            "brost",
            "Systemförvaltningen, 2026-10-01",
        ),
    ]


def test_rows_known_to_be_wrong_can_be_rejected(tmp_path):
    one = correction(id="test_row", where={"fall_id": "a"}, reject=True, rows=1)
    del one["set"]
    built = declared(tmp_path, one).build()
    assert built.load("svf/svf_fall.csv") == (7, 4, 3)
    [rejection] = [r for r in built.rejections("svf/svf_fall.csv") if r[0] == 2]
    assert rejection[3] == "declared_error"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rows": 3}, "expected 3 rows where .* found 2"),
        ({"where": {"svf": "Njure"}}, "expected 2 rows where .* found 0"),
        (
            {"found": {"kva_avslut": "VG999"}},
            "expected kva_avslut='VG999', found 'VG950'",
        ),
        ({"until": "2026-10-31"}, "ended on 2026-10-31"),
        ({"where": {"förlopp": "Bröstet"}}, "has no column 'förlopp'"),
        ({"set": {"max_dagar": 9}}, "has no column 'max_dagar'"),
        ({"reason": "fel"}, "reason"),
        ({"reject": True}, "either `set` or `reject: true`"),
        ({"file": "svf/svf_fal.csv"}, "misspelt_pathway"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_when_the_expectation_no_longer_holds_the_build_stops(tmp_path, changes, said):
    one = correction(**changes)
    if isinstance(one["until"], str):
        one["until"] = AS_OF.replace(month=10, day=31)
    sources = declared(tmp_path, one)
    with pytest.raises(MalbildError, match=said):
        sources.build()
    assert not sources.warehouse.exists()


def test_a_correction_taken_away_is_no_longer_in_force(tmp_path):
    sources = declared(tmp_path, correction())
    first = sources.build()
    sources.corrections.unlink()
    second = sources.build()
    assert second.load("svf/svf_fall.csv") == (7, 4, 3)
    earlier = second.outcome(LEAD_TIME, CLINIC, "2026Q1", build_id=first.build_id)
    assert earlier["denominator"] == 6
