"""A new catalogue beneath what a region has decided, which stands: changes are told."""

import duckdb
import pytest

from etl.__main__ import main
from kpi import schema
from kpi.errors import DefinitionError
from tests.etl.rows import CLINIC, PLAN, Sources, indicator, reported, target

DECIDED = """\
kolada_id: "0010"
targets:
  trial:
    - {rule: ">=", value: 60, since: 2026}
names: {trial: Vårt eget namn, second: Ett till}
"""


def region_with(folder, written: str = DECIDED) -> Sources:
    sources = Sources(folder)
    rows = [reported("trial", "2026Q1", taljare="11", namnare="20")]
    sources.write("matningar/m.csv", rows)
    sources.decide(written)
    return sources


def catalogue_a(sources: Sources) -> None:
    shipped = [target(55, "2025", plan=PLAN["id"])]
    sources.define_alone(trial(targets=shipped), trial("second"), trial("third"))


def catalogue_b(sources: Sources) -> None:
    """Another target, another unit, and another name for one that is not named."""
    shipped = [target(50, "2025", plan=PLAN["id"])]
    words = {"sv": "procent", "en": "per cent"}
    sources.define_alone(
        trial(targets=shipped, unit=words),
        trial("second"),
        trial("third", direction="lower"),
    )


def trial(id: str = "trial", **changes) -> dict:
    places = [{"plan": PLAN["id"], "section": "Mål 5", "quotation": "ledtidsmål"}]
    return indicator(id, plans=places, **changes)


def test_what_is_decided_stands_and_what_changed_beneath_is_told(tmp_path):
    """11 of 20 are 55 per cent: met by both catalogues' targets, and not by 60."""
    sources = region_with(tmp_path)
    catalogue_a(sources)
    before = sources.build()
    assert before.result.remarks == []
    catalogue_b(sources)
    after = sources.build()
    for built in (before, after):
        outcome = built.outcome("trial", CLINIC, "2026Q1")
        assert (outcome["target"], outcome["status"]) == (60, "not_met")
        [(stored,)] = built.rows(
            "SELECT content FROM definition WHERE name = 'indicators' "
            "AND build_id = :build",
            build=built.build_id,
        )
        assert "Vårt eget namn" in stored
    assert after.result.remarks == [
        f"{sources.region}:3: targets.trial: has changed in the catalogue since this "
        "was decided: its unit: % before, procent now; its shipped targets: local >= "
        "55 2025– before, local >= 50 2025– now; what was decided stands: see whether "
        "it still should, and write the day in `looked_over`"
    ]


def test_it_is_told_again_until_somebody_has_looked_it_over(tmp_path):
    sources = region_with(tmp_path)
    catalogue_a(sources)
    sources.build()
    catalogue_b(sources)
    [told] = sources.build().result.remarks
    rows = [reported("trial", "2026Q2", taljare="11", namnare="20")]
    sources.write("matningar/m2.csv", rows)
    assert sources.build().result.remarks == [told]
    sources.decide(DECIDED + "looked_over: 2026-11-01\n")
    # Told a last time, since the build before it was made with the old catalogue.
    assert len(sources.build().result.remarks) == 1
    sources.write("matningar/m3.csv", [rows[0] | {"period": "2026Q3"}])
    assert sources.build().result.remarks == []


def test_a_check_tells_it_before_the_build(tmp_path, capsys):
    sources = region_with(tmp_path)
    catalogue_a(sources)
    sources.build()
    catalogue_b(sources)
    call = ["check", "--sources", str(sources.folder)]
    call += ["--definitions", str(sources.definitions)]
    assert main([*call, "--warehouse", str(sources.warehouse)]) == 0
    assert "targets.trial: has changed in the catalogue" in capsys.readouterr().out
    assert main([*call, "--warehouse", str(tmp_path / "none.duckdb")]) == 0
    assert "has changed" not in capsys.readouterr().out


def test_an_indicator_that_has_gone_is_a_fault_that_says_so(tmp_path):
    sources = region_with(tmp_path)
    catalogue_a(sources)
    sources.build()
    sources.define_alone(trial("second"))
    with pytest.raises(DefinitionError) as refused:
        sources.build()
    gone = (
        "the indicator 'trial' was in the catalogue of the last build and has gone "
        "with this release; remove what is decided of it, or define it yourself in "
        "`own_indicators`"
    )
    assert refused.value.faults == (
        f"{sources.region}:5: names.trial: {gone}",
        f"{sources.region}:3: targets.trial: {gone}",
    )


def test_a_warehouse_of_an_earlier_release_still_tells(tmp_path):
    sources = region_with(tmp_path)
    catalogue_a(sources)
    sources.build()
    with duckdb.connect(str(sources.warehouse)) as connection:
        earlier = schema.VERSION - 1
        connection.execute("UPDATE build SET schema_version = ?", [earlier])
    catalogue_b(sources)
    anew, changed = sources.build().result.remarks
    assert "built anew" in anew
    assert "trial: has changed in the catalogue" in changed


def test_who_has_decided_nothing_is_told_nothing(tmp_path):
    sources = region_with(tmp_path, "plans_in_use: all")
    catalogue_a(sources)
    sources.build()
    catalogue_b(sources)
    assert sources.build().result.remarks == []
