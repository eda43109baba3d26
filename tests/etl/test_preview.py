"""What an edited definition would change, before anything is published."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.__main__ import main
from etl.preview import Preview, preview
from etl.preview_words import preview_told
from etl.sources import layouts_of
from kpi.definitions import Indicator
from kpi.errors import DefinitionError
from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    PLAN,
    REGION,
    SECOND_CLINIC,
    Sources,
    csv_text,
    indicator,
    observation,
    prevalence,
    reported,
    target,
)

BHK = {
    "measure": {
        "dataset": "bhk",
        "numerator": {"where": {"alla_ratt": True}},
        "denominator": {},
    }
}
HYGIENE = {"measure": BHK["measure"] | {"numerator": {"where": {"hygien_ratt": True}}}}
COUNTED = indicator("counted", targets=[target(50, "2025")])
OBSERVED = indicator("observed", breakdowns=[{"by": "profession"}], **BHK)
SEEN_LATER = indicator(
    "seen_later",
    measure={
        "dataset": "ppm",
        "numerator": {"sum": "antal_uppfyller"},
        "denominator": {"sum": "antal_observerade"},
    },
)

# Of the region 18 of 30 in the first quarter, 20 of 36 in the second.
ROWS = [
    reported("counted", "2026Q1", taljare="12", namnare="20"),
    reported("counted", "2026Q2", taljare="8", namnare="20"),
    reported("counted", "2026Q1", taljare="6", namnare="10", enhet_id=SECOND_CLINIC),
    reported("counted", "2026Q2", taljare="9", namnare="10", enhet_id=SECOND_CLINIC),
    reported("counted", "2026Q2", taljare="3", namnare="6", enhet_id=OTHER_CLINIC),
]
# Four all right, one with a fault of dress, one with a fault of hygiene.
SEEN = [*[observation()] * 4, observation("11110111"), observation("01111111")]


@pytest.fixture
def published(tmp_path: Path) -> Sources:
    sources = Sources(tmp_path)
    sources.define_alone(COUNTED, OBSERVED, SEEN_LATER)
    sources.write("matningar/m.csv", ROWS)
    sources.write("bhk/bhk.csv", SEEN)
    # Nothing else reaches as far.
    sources.write("ppm/ppm.csv", [prevalence("20", "5", matdatum="2026-09-10")])
    sources.build()
    return sources


def edited(sources: Sources, *indicators: dict[str, Any]) -> Path:
    path = sources.folder.parent / "edited.yaml"
    content = {"plans": [PLAN], "indicators": list(indicators)}
    path.write_text(yaml.safe_dump(content, allow_unicode=True))
    return path


def previewed(sources: Sources, id: str, *indicators: dict[str, Any]) -> Preview:
    return preview(
        id,
        edited(sources, *indicators),
        sources=sources.folder,
        warehouse=sources.warehouse,
    )


def values(made: Preview, unit: str, period: str) -> tuple[Any, Any]:
    return tuple(outcome and outcome.value for outcome in made.pair(unit, period))


def lines(made: Preview) -> list[str]:
    """Return what is told, with single spaces."""
    return [" ".join(line.split()) for line in preview_told(made).splitlines()]


@pytest.mark.parametrize("id", ["counted", "observed", "seen_later"])
def test_where_nothing_is_edited_nothing_differs(published: Sources, id: str) -> None:
    made = previewed(published, id, COUNTED, OBSERVED, SEEN_LATER)
    assert made.changed == []
    assert made.edited == made.published
    assert len(made.edited) > 40
    told = lines(made)
    assert "the definition is the published one" in told
    assert (
        f"nothing differs: all {len(made.edited)} outcomes, of every unit, period and "
        "part, are as published" in told
    )
    assert told[-1] == "nothing was published"


def test_a_target_moves_the_status_and_no_value(published: Sources) -> None:
    made = previewed(published, "counted", COUNTED | {"targets": [target(58, "2025")]})
    assert made.changed == ["targets"]
    told = lines(made)
    assert "the definition differs in targets" in told
    # By hand: 60.0 and 55.6 per cent, of at least 50, then 58.
    assert "2026Q1 18 30 60.0 >= 50 -> >= 58 met" in told
    assert "2026Q2 20 36 55.6 >= 50 -> >= 58 met -> not met" in told
    fields = {name for names in made.differences.values() for name in names}
    assert fields == {"target", "status"}
    assert any(line.startswith("status met -> not met: ") for line in told)


def test_a_higher_minimum_hides_what_was_shown(published: Sources) -> None:
    made = previewed(published, "counted", COUNTED | {"minimum_denominator": 11})
    told = lines(made)
    assert "2026Q2 9 -> - 10 -> - 90.0 -> - >= 50 met -> too few" in told
    assert values(made, REGION, "2026Q2") == (
        pytest.approx(55.56, abs=0.01),
        pytest.approx(55.56, abs=0.01),
    )


def test_other_conditions_count_other_rows(published: Sources) -> None:
    made = previewed(published, "observed", OBSERVED | HYGIENE)
    assert made.changed == ["measure"]
    # By hand: 4 of 6, then 5 of 6.
    assert "2026Q1 4 -> 5 6 66.7 -> 83.3 - no target" in lines(made)
    assert "numerator in " in preview_told(made)


def test_what_is_reported_is_read_anew(published: Sources) -> None:
    changes = {"kind": "rate", "per": 1000, "targets": []}
    made = previewed(published, "counted", COUNTED | changes)
    assert values(made, REGION, "2026Q1") == (pytest.approx(60), pytest.approx(600))


def test_parts_that_come_and_go_are_told(published: Sources) -> None:
    without = previewed(published, "observed", OBSERVED | {"breakdowns": []})
    gone = len(without.published) - len(without.edited)
    assert gone > 0
    told = lines(without)
    assert f"{gone} outcomes are gone: parts or periods that would not be there" in told
    assert any("that are in both are as published" in line for line in told)
    both = [{"by": "profession"}, {"by": "item", "measure": ITEMS}]
    more = previewed(published, "observed", OBSERVED | {"breakdowns": both})
    new = len(more.edited) - len(more.published)
    told = lines(more)
    assert f"{new} outcomes are new: parts or periods that were not there" in told


ITEMS = {
    "dataset": "bhk_moment",
    "numerator": {"where": {"ratt": True}},
    "denominator": {},
}


def test_an_indicator_that_is_not_published_is_shown_alone(published: Sources) -> None:
    made = previewed(published, "new", indicator("new", **HYGIENE))
    assert made.changed is None
    told = lines(made)
    assert "the definition is new: the published build does not have it" in told
    assert "2026Q1 5 6 83.3 - no target" in told
    assert f"{len(made.edited)} outcomes are new" in preview_told(made)


def test_an_indicator_that_would_not_be_built_is_refused(published: Sources) -> None:
    with pytest.raises(DefinitionError, match="no indicator has the id 'countd'; is"):
        previewed(published, "countd", COUNTED)
    off = COUNTED | {"lifecycle": "switched_off"}
    with pytest.raises(DefinitionError, match="counted is switched off, so a build"):
        previewed(published, "counted", off)


def test_faults_of_the_edited_file_are_told_with_their_lines(
    published: Sources, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited(published, COUNTED | {"decimals": 9})
    assert command(published, "counted", path) == 1
    told = capsys.readouterr().err
    assert f"{path}:3: indicators.counted.decimals: " in told


def command(sources: Sources, id: str, definitions: Path) -> int:
    return main(
        [
            *("preview", id, "--definitions", str(definitions)),
            *("--sources", str(sources.folder)),
            *("--warehouse", str(sources.warehouse)),
        ]
    )


def test_nothing_is_published(
    published: Sources, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited(published, COUNTED | {"minimum_denominator": 11})
    warehouse = published.warehouse.read_bytes()
    folder = published.folder.parent
    before = sorted(folder.rglob("*"))
    assert command(published, "counted", path) == 0
    assert "counted: " in capsys.readouterr().out
    assert published.warehouse.read_bytes() == warehouse
    assert sorted(folder.rglob("*")) == before


def test_without_a_build_there_is_nothing_to_compare_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = Sources(tmp_path)
    assert command(sources, "counted", edited(sources, COUNTED)) == 1
    assert "does not exist; run `python -m etl build`" in capsys.readouterr().err


def test_only_the_files_that_are_needed_are_read(published: Sources) -> None:
    published.write("svf/svf_fall.csv", "no;columns\n1;2\n")
    made = previewed(published, "counted", COUNTED)
    assert made.edited == made.published
    assert made.remarks == []


@pytest.mark.parametrize(
    ("measure", "datasets"),
    [
        ({"dataset": "matningar"}, ["enheter", "matningar"]),
        (BHK["measure"], ["enheter", "bhk"]),
        (ITEMS, ["enheter", "bhk"]),
        (
            BHK["measure"]
            | {"dataset": "svf_fall", "numerator": {"where": {"inom_max": True}}},
            ["enheter", "ledtider", "svf_fall"],
        ),
    ],
)
def test_an_indicator_needs_its_datasets_and_their_registers(
    measure: dict[str, Any], datasets: list[str]
) -> None:
    definition = Indicator.model_validate(indicator("x", measure=measure), strict=False)
    assert [layout.dataset for layout in layouts_of([definition])] == datasets


def test_files_that_are_not_those_of_the_build_are_told(published: Sources) -> None:
    more = reported("counted", "2026Q3", taljare="5", namnare="5")
    (published.folder / "matningar/m.csv").unlink()
    published.write("matningar/n.csv", csv_text([*ROWS, more]))
    published.write("prem/prem.csv", "not;needed\n1;2\n")
    made = previewed(published, "counted", COUNTED)
    [remark] = made.remarks
    assert remark.startswith(
        "since that build matningar/n.csv is new or changed, and matningar/m.csv is "
        "gone: what differs may come of the files"
    )
    assert f"to be known: {remark}" in preview_told(made)
    assert made.differences


def test_the_day_is_that_of_the_build(published: Sources) -> None:
    published.warehouse.unlink()
    published.build(as_of=date(2026, 6, 1))
    # What was seen in September had not been seen then.
    made = previewed(published, "seen_later", COUNTED, OBSERVED, SEEN_LATER)
    assert made.as_of == date(2026, 6, 1)
    assert all(outcome.value is None for outcome in made.published.values())
    assert made.edited == made.published


def test_the_region_is_shown_with_the_largest_units_below(published: Sources) -> None:
    made = previewed(published, "counted", COUNTED)
    # Hospitals only hold what their clinics do.
    assert [unit for unit, _ in made.units] == [
        *(REGION, CLINIC, SECOND_CLINIC),
        OTHER_CLINIC,
    ]


def test_units_with_a_target_of_their_own_are_shown_instead(
    published: Sources,
) -> None:
    aims = [target(50, "2025"), target(70, "2025", unit=HOSPITAL)]
    made = previewed(published, "counted", COUNTED | {"targets": aims})
    assert [unit for unit, _ in made.units] == [REGION, HOSPITAL]


def test_periods_are_of_the_indicators_own_length(published: Sources) -> None:
    assert previewed(published, "counted", COUNTED).periods == [
        *("2026Q1", "2026Q2", "2026Q3"),
    ]
    yearly = COUNTED | {"frequency": "yearly"}
    assert previewed(published, "counted", yearly).periods == ["2026"]
    halves = COUNTED | {"frequency": "half_yearly"}
    assert previewed(published, "counted", halves).periods == ["2026H1", "2026H2"]


def test_a_difference_that_rounding_hides_is_shown(published: Sources) -> None:
    made = previewed(published, "counted", COUNTED)
    key = (REGION, "quarter", "2026Q1", "", "")
    moved = replace(made.edited[key], value=made.edited[key].value + 0.004)
    made = replace(made, edited={**made.edited, key: moved})
    assert "2026Q1 18 30 60 -> 60.004 >= 50 met" in lines(made)
    # What only the order of a sum makes is none.
    same = replace(moved, value=made.published[key].value + 1e-12)
    assert not replace(made, edited={**made.edited, key: same}).differences
