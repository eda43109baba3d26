"""Reported indicators -> the files of `matningar/`, with faults in one of them."""

import pandas as pd

from etl.demo import dirt
from etl.demo.reported import reported_indicators, reported_parts
from etl.demo.scope import Scope
from kpi.definitions import Definitions, Indicator
from kpi.model import Kind, UnitKind

_COLUMNS = (
    "indikator",
    "enhet_id",
    "period",
    "taljare",
    "namnare",
    "varde",
    "kommentar",
)


def reported_tables(
    scope: Scope, definitions: Definitions
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of all indicators: everyone's, and the dental clinics' apart."""
    parts = [pd.DataFrame(columns=_COLUMNS, dtype=object)]
    parts += reported_parts(scope, definitions)
    frame = pd.concat(parts, ignore_index=True)
    dental = {unit.id for unit in scope.of_kind(UnitKind.DENTAL)}
    is_dental = frame["enhet_id"].isin(dental)
    main = frame[~is_dental].reset_index(drop=True)
    if len(main):
        main = _soiled(main, scope, reported_indicators(definitions))
    return main, frame[is_dental].reset_index(drop=True)


def _soiled(
    frame: pd.DataFrame, scope: Scope, indicators: list[Indicator]
) -> pd.DataFrame:
    rng = scope.stream("matningar dirt")
    dirt.put(frame, "kommentar", ["Rättad efter återkoppling", "Preliminär"], rng)
    thousands = frame.index[frame["namnare"].str.fullmatch(r"\d{4}")]
    written = frame.loc[thousands, "namnare"]
    frame.loc[thousands, "namnare"] = written.str[0] + "\u00a0" + written.str[1:]
    quarterly = [
        indicator.id
        for indicator in indicators
        if indicator.kind is Kind.PROPORTION and indicator.frequency == "quarterly"
    ]
    candidates = frame.index[frame["indikator"].isin(quarterly)]
    if len(candidates) > 3:
        impossible, masked, empty = rng.choice(candidates, 3, replace=False)
        frame.loc[impossible, ["taljare", "namnare", "varde"]] = ["", "", "146,1"]
        frame.loc[masked, ["taljare", "namnare"]] = dirt.MASKED
        frame.loc[empty, ["taljare", "namnare"]] = dirt.NO_VALUE
        year = _year_beside_quarters(frame, quarterly[0], scope.last.year - 1)
        frame = pd.concat([frame, year], ignore_index=True)
    dirt.put(frame, "enhet_id", list(scope.region.unknown_units), rng)
    dirt.lower_case(frame, "enhet_id", rng, 0.02)
    return dirt.with_repeated_row(frame, rng)


def _year_beside_quarters(
    frame: pd.DataFrame, indicator: str, year: int
) -> pd.DataFrame:
    """Return a unit's yearly total, which exports hold beside the quarters."""
    of_year = frame["period"].str.fullmatch(rf"{year}Q[1-4]")
    rows: pd.DataFrame = frame[(frame["indikator"] == indicator) & of_year]
    rows = rows[rows["enhet_id"] == rows["enhet_id"].max()]
    counts = rows[["taljare", "namnare"]].apply(pd.to_numeric, errors="coerce").sum()
    total = rows.iloc[:1].copy()
    total["period"] = str(year)
    total["taljare"] = str(int(counts["taljare"]))
    total["namnare"] = str(int(counts["namnare"]))
    return total
