"""Cases -> the text of `svf/svf_fall*.csv` and `svf/svf_inklusion*.csv`."""

import numpy as np
import pandas as pd

from etl.demo import dirt
from etl.demo.pathways import PATHWAYS, STARTED_TREATMENT, UNSPECIFIC
from etl.demo.scope import Scope
from etl.demo.writing import date_text, decimal_text, serial_text

_DATES = {
    "datum_valgrundad_misstanke": "start",
    "datum_forsta_besok": "visit",
    "datum_mdk": "conference",
    "datum_behandlingsbeslut": "decision",
    "datum_avslut": "end",
}


def case_rows(cases: pd.DataFrame, scope: Scope, year: int) -> pd.DataFrame:
    """Return the rows of one year's file: the cases that ended in it.

    The last file holds the open ones as well. A case is dated by its end, and files
    that share a unit and a month would replace each other.
    """
    filed = cases["end"].dt.year.fillna(scope.last.year)
    chosen = cases[filed == year]
    ended = chosen["suffix"] != ""
    rows = {
        "fall_id": serial_text(f"D-{year}-", 1, len(chosen), 6),
        "enhet_id": chosen["unit"],
        "svf": chosen["svf"],
        "kva_start": chosen["prefix"] + "10",
    }
    for column, step in _DATES.items():
        rows[column] = date_text(chosen[step].to_numpy().astype("datetime64[D]"))
    rows |= {
        "kva_avslut": (chosen["prefix"] + chosen["suffix"]).where(ended, ""),
        "utokad_utredning": chosen["extended"],
        "avvikelse": chosen["deviation"],
        "kon": chosen["sex"],
        "alder": chosen["age"].astype(str),
        "lan": chosen["county"],
    }
    frame = pd.DataFrame({key: np.asarray(value) for key, value in rows.items()})
    return _soiled(frame.astype(object), scope, year)


def _soiled(frame: pd.DataFrame, scope: Scope, year: int) -> pd.DataFrame:
    rng = scope.stream(f"svf_fall dirt {year}")
    if year == scope.last.year - 1:
        dirt.lower_case(frame, "enhet_id", rng, 0.05)
        dirt.put(frame, "kon", ["UNK", "MSK"], rng)
        dirt.put(frame, "lan", ["-", "UNK"], rng)
        dirt.put(frame, "enhet_id", list(scope.region.unknown_units), rng)
        ended = frame.index[frame["datum_avslut"] != ""]
        negative = int(rng.choice(ended))
        frame.loc[negative, ["datum_forsta_besok", "datum_mdk"]] = ""
        frame.loc[negative, "datum_behandlingsbeslut"] = ""
        frame.loc[negative, "datum_avslut"] = f"{year - 1}-01-15"
        return dirt.with_repeated_row(frame, rng)
    if year == scope.last.year:
        dirt.put(frame, "datum_valgrundad_misstanke", [dirt.FUTURE_DATE], rng)
    return frame


def inclusion_rows(cases: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the region's rows per quarter: every pathway, and all of them.

    The numerator is the number of cases that ended with a start of treatment. The
    pathway for unspecific symptoms has no expected cancers and no row.
    """
    treated = cases[cases["suffix"].isin(STARTED_TREATMENT)]
    ends = treated["end"].dt
    quarter = (
        ends.year.astype(int).astype(str) + "Q" + ends.quarter.astype(int).astype(str)
    )
    counts = treated.groupby([quarter, treated["svf"]]).size()
    rows = []
    for period in scope.quarters:
        growth = 1.005 ** (period.year - scope.years.start)
        parts = [
            (
                pathway.id,
                int(counts.get((str(period), pathway.id), 0)),
                max(round(pathway.expected_a_quarter * scope.size * growth, 1), 0.1),
            )
            for pathway in PATHWAYS
            if pathway.id != UNSPECIFIC
        ]
        total = ("alla", sum(n for _, n, _ in parts), sum(d for _, _, d in parts))
        rows += [(str(period), *part) for part in (total, *parts)]
    region = scope.units[0].id
    periods, pathways, treated_counts, expected = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "period": periods,
            "enhet_id": region,
            "svf": pathways,
            "antal_svf_behandling": [str(count) for count in treated_counts],
            "beraknat_antal_cancerfall": decimal_text(np.array(expected), 1, True),
        },
        dtype=object,
    )
