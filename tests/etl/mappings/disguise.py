"""A contract file in the dress of some system, and the mapping that takes it off."""

import csv
import io
from datetime import date
from random import Random
from typing import Any

from etl.mappings.model import FileMapping
from etl.sources.layout import FieldType, Layout
from tests.etl.rows import Row

_TITLES = ("Uttag ur systemet", "", "Skapad 2026-10-02 av samordningen")
_FOOTERS = ("Summa", "Källa: systemet", "Totalt antal rader")
_MONTHS = "jan feb mars april maj juni juli aug sept okt nov dec".split()


def disguised(
    rows: list[Row], layout: Layout, names: dict[str, str], pattern: str, random: Random
) -> tuple[dict[str, list[list[str]]], dict[str, Any]]:
    """Return the sheets of a file (one, without a name, for a CSV) and its mapping.

    Args:
        rows: In the layout's own form.
        layout: Of them.
        names: Id of a unit -> what it is called.
        pattern: Of the file.
        random: What it is made of.
    """
    columns: dict[str, Any] = {}
    texts: dict[str, list[str]] = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        if name not in {field.name for field in layout.fields}:
            continue
        if len(set(values)) == 1 and values[0] and random.random() < 0.3:
            columns[name] = {"constant": values[0]}
            continue
        heading = f"{random.choice(('Kol', 'Uppgift', 'Fält'))} {len(columns)} {name}"
        cell: dict[str, Any] = {"heading": heading.replace("_", random.choice("_ -"))}
        texts[name] = _written(values, name, layout, names, cell, random)
        columns[name] = cell if len(cell) > 1 else cell["heading"]
    order = list(texts)
    random.shuffle(order)
    headings = [
        columns[name]["heading"] if isinstance(columns[name], dict) else columns[name]
        for name in order
    ]
    table = [
        [texts[name][number] for name in order] + ["" if random.random() < 0.5 else "x"]
        for number in range(len(rows))
    ]
    mapping: dict[str, Any] = {"pattern": pattern, "dataset": str(layout.dataset)}
    titles = [[title] for title in _TITLES[: random.randrange(4)]]
    if random.random() < 0.5:
        mapping["ignore"] = ["Summa", "Källa", "Totalt"]
        table += [[], *([footer] for footer in random.sample(_FOOTERS, 2))]
    whole = [*titles, [*headings, "Övrigt"], *table]
    mapping["columns"] = columns
    FileMapping.model_validate(mapping)
    return {"": whole}, mapping


def _written(
    values: list[str],
    name: str,
    layout: Layout,
    names: dict[str, str],
    cell: dict[str, Any],
    random: Random,
) -> list[str]:
    """Return values as a system writes them, and say in the cell how to read them."""
    field = layout.column(name)
    match field.type:
        case FieldType.UNIT if random.random() < 0.7:
            return [random.choice((str, str.upper))(names[value]) for value in values]
        case FieldType.DATE:
            write = random.choice((_dotted, _with_clock, str))
            return [write(value) if value else "" for value in values]
        case FieldType.CODE | FieldType.ITEM | FieldType.YES_NO:
            if random.random() < 0.5:
                return values
            words = {value: f"Värde {n}" for n, value in enumerate(sorted({*values}))}
            cell["values"] = {word: value for value, word in words.items() if value}
            return [words[value] if value else "" for value in values]
        case FieldType.PERIOD if all("Q" in value for value in values):
            return [f"kv {value[-1]} {value[:4]}" for value in values]
        case FieldType.NUMBER if random.random() < 0.5:
            cell["within"] = "ca *"
            return [f"ca {value}" if value else "" for value in values]
    return values


def _dotted(value: str) -> str:
    day = date.fromisoformat(value)
    return f"{day.day}.{day.month}.{day.year}"


def _with_clock(value: str) -> str:
    day = date.fromisoformat(value)
    return f"{day.day:02}.{day.month:02}.{day.year} 07.45"


def as_csv(rows: list[list[str]], random: Random) -> bytes:
    """Return rows as some program writes CSV."""
    written = io.StringIO()
    writer = csv.writer(
        written,
        delimiter=random.choice(";\t,"),
        lineterminator=random.choice(("\n", "\r\n")),
        quoting=random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    )
    writer.writerows(rows)
    return written.getvalue().encode(random.choice(("utf-8", "utf-8-sig", "cp1252")))
