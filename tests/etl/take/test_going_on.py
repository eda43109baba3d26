"""A build that goes on from the last one is one that is made from nothing."""

import random

import pytest

from tests.etl.rows import (
    CLINIC,
    SECOND_CLINIC,
    Sources,
    cases,
    contacts,
    everything,
    indicator,
    prem,
    prevalence,
)

REJECTED = """
    SELECT file, row_number, column_name, value, reason, message
    FROM rejection JOIN load USING (load_id) JOIN build_load USING (load_id)
    WHERE build_id = :build ORDER BY ALL"""


def change(sources: Sources, dice: random.Random, number: int) -> None:
    """Add a file, change one, take one away, or change the definitions."""
    days = [f"2026-0{dice.randint(1, 3)}-{dice.randint(10, 28)}" for _ in range(3)]
    units = [CLINIC, dice.choice([CLINIC, SECOND_CLINIC]), "SE2321000081-NOWHERE"]
    count = dice.randint(1, 9)
    rows = {
        "svf/svf_fall": lambda day, unit: cases(count, 40, day, enhet_id=unit),
        "lakemedel/kontakter": lambda day, unit: contacts(
            count, datum=day, enhet_id=unit
        ),
        "prem/prem": lambda day, unit: [
            prem(day[:7], f"{30 + count}", f"7{number},{count}", enhet_id=unit)
        ],
        "ppm/ppm": lambda day, unit: [
            prevalence(f"{20 + number}", f"{count}", datum=day, enhet_id=unit)
        ],
    }
    old = [path for name in rows for path in sources.folder.glob(f"{name}*")]
    match dice.choice(["add", "add", "change", "take away", "define"]):
        case "add":
            name = f"{dice.choice(list(rows))}_{number}.csv"
        case "change":
            name = str(dice.choice(old).relative_to(sources.folder))
        case "take away":
            dice.choice(old).unlink()
            return
        case _:
            sources.define(indicator(f"made_{number}"))
            return
    kind = next(one for one in rows if name.startswith(one))
    where = zip(days, units, strict=True)
    sources.write(name, [row for at in where for row in rows[kind](*at)])


@pytest.mark.parametrize("seed", [1, 4, 7])
def test_a_build_that_goes_on_from_the_last_is_one_made_from_nothing(tmp_path, seed):
    dice, sources = random.Random(seed), everything(tmp_path)
    sources.build()
    for number in range(4):
        change(sources, dice, number)
        gone_on = sources.build()
        in_place, sources.warehouse = sources.warehouse, tmp_path / f"{number}.duckdb"
        anew = sources.build()
        sources.warehouse = in_place
        assert gone_on.exported() == anew.exported()
        rejected = [one.rows(REJECTED, build=one.build_id) for one in (gone_on, anew)]
        assert rejected[0] == rejected[1]
        assert str(gone_on.result.loads) == str(anew.result.loads)
        assert gone_on.result.new_files <= anew.result.new_files
