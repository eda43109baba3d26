"""What a preview of an edited definition says: tables of units, and sentences."""

from collections import Counter
from collections.abc import Iterator

from etl.preview import FIELDS, Outcome, Preview

_HEADINGS = ("period", *FIELDS)
_NONE = "-"


def preview_told(made: Preview) -> str:
    """Return a table for each unit shown, and what differs in sentences."""
    lines = [
        f"{made.definition.id}: {made.source} beside the published build "
        f"{made.build_id} (as of {made.as_of})",
        _definition_told(made),
    ]
    for unit, name in made.units:
        lines += ["", f"{name} ({unit})", *_table(made, unit)]
    lines += ["", *_differences_told(made)]
    lines += [f"to be known: {remark}" for remark in made.remarks]
    return "\n".join([*lines, "nothing was published"])


def _definition_told(made: Preview) -> str:
    if made.changed is None:
        return "the definition is new: the published build does not have it"
    if not made.changed:
        return "the definition is the published one"
    return f"the definition differs in {', '.join(made.changed)}"


def _table(made: Preview, unit: str) -> list[str]:
    """Return the lines of a unit's table; `a -> b` where an outcome differs."""
    rows: list[tuple[str, ...]] = [_HEADINGS]
    for period in made.periods:
        before, after = made.pair(unit, period)
        if before is None and after is None:
            continue
        cells = (_cell(name, before, after, made) for name in FIELDS)
        rows.append((period, *cells))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  "
        + "  ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _cell(
    name: str, before: Outcome | None, after: Outcome | None, made: Preview
) -> str:
    if before is None or after is None:
        lone = before or after
        assert lone is not None, "one of them is there"
        text = _text(name, lone, made)
        if made.changed is None:
            return text
        return f"{text} -> (gone)" if before else f"(new) -> {text}"
    old, new = _text(name, before, made), _text(name, after, made)
    if name not in before.differs(after):
        return new
    if old == new:  # the difference is in decimals that are not shown
        return f"{getattr(before, name):.9g} -> {getattr(after, name):.9g}"
    return f"{old} -> {new}"


def _text(name: str, outcome: Outcome, made: Preview) -> str:
    value = getattr(outcome, name)
    if value is None or value == "":
        return _NONE
    if name == "value":
        return f"{value:.{made.definition.decimals}f}"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    return str(value).replace("_", " ") if name == "status" else str(value)


def _differences_told(made: Preview) -> Iterator[str]:
    """Yield what differs in all outcomes of the indicator, also those not shown."""
    if made.changed is None:
        yield f"{len(made.edited)} outcomes are new; there is nothing to compare with"
        return
    both = made.published.keys() & made.edited.keys()
    differences = made.differences
    new = len(made.edited.keys() - both)
    gone = len(made.published.keys() - both)
    if not differences and not new and not gone:
        yield (
            f"nothing differs: all {len(both)} outcomes, of every unit, period and "
            "part, are as published"
        )
        return
    if differences:
        fields = Counter(name for names in differences.values() for name in names)
        parts = [f"{name} in {fields[name]}" for name in FIELDS if fields[name]]
        yield f"{len(differences)} of {len(both)} outcomes differ: {', '.join(parts)}"
    else:
        yield f"the {len(both)} outcomes that are in both are as published"
    moves = Counter(
        (made.published[key].status, made.edited[key].status)
        for key, names in differences.items()
        if "status" in names
    )
    for (before, after), times in moves.most_common():
        words = f"{before} -> {after}".replace("_", " ")
        yield f"  status {words}: {'once' if times == 1 else f'{times} times'}"
    if new:
        yield f"{new} outcomes are new: parts or periods that were not there"
    if gone:
        yield f"{gone} outcomes are gone: parts or periods that would not be there"
