"""The same work in pandas: read, cast, validate, find repeats, group, write.

Every column is cast and every rule of a row is asked, as a build does; what a rejected
row is told is only its first fault, and there are no outcomes.
"""

from pathlib import Path

import pandas as pd

from etl.settings import REFERENCE
from etl.sources.svf import ENDINGS, OUTSIDE
from tests.bench.load_rows import REGISTER, cases_in, contacts_in

_NO_VALUE = ["", "-", "UNK", "INV", "MSK"]
_PERSON = (
    r"(?:^|[^0-9A-Za-z])(?:19|20)?[0-9]{2}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])[-+]?[0-9]{4}(?:$|[^0-9A-Za-z])"
)
_AGES = [-1, 17, 64, 74, 84, 999]
_YES_NO = {"J": True, "N": False}
_OLDEST = pd.Timestamp(1990, 1, 1)


def load_in_pandas(sources: Path, target: Path, as_of: pd.Timestamp) -> None:
    """Do with the files what a build does with them, but for its roll-up."""
    contacts(contacts_in(sources), target, as_of)
    cases(cases_in(sources), target, as_of)


def contacts(path: Path, target: Path, as_of: pd.Timestamp) -> None:
    """Take in care contacts, and count reviews by cell."""
    raw, text = _read(path)
    day, age = _day(text["datum"]), _number(text["alder"])
    medicines = _number(text["antal_lakemedel"])
    codes = text["kva_kod"].str.upper().str.replace(r"[ ,;]+", " ", regex=True)
    report, listed = (
        text[name].map(_YES_NO) for name in ("lakemedelsberattelse", "lakemedelslista")
    )
    faults = {
        **_of_key(text, "kontakt_id", ("kontakt_id", "kva_kod")),
        "datum": ~day.between(_OLDEST, as_of),
        "vardform": ~text["vardform"].isin(["oppen", "sluten", "hemsjukvard"]),
        "alder": ~age.between(0, 125),
        "antal_lakemedel": ~medicines.between(0, 200),
        "kon": text["kon"].notna() & ~text["kon"].isin(["K", "M"]),
        "lakemedelsberattelse": text["lakemedelsberattelse"].notna() & report.isna(),
        "lakemedelslista": text["lakemedelslista"].notna() & listed.isna(),
    }
    good = ~_any(faults)
    facts = text[good].assign(
        datum=day,
        alder=age,
        antal_lakemedel=medicines,
        kva_kod=codes,
        lakemedelsberattelse=report,
        lakemedelslista=listed,
        month=day.dt.to_period("M"),
        group=pd.cut(age, _AGES),
        due=(age >= 75) & (medicines >= 5),
        deep=codes.str.contains("XV016", na=False),
        simple=codes.str.contains("XV015", na=False),
        discharged=text["vardform"] == "sluten",
    )
    facts["reviewed"] = facts["due"] & (facts["simple"] | facts["deep"])
    keys = ["enhet_id", "month", "vardform", "kon", "group"]
    counted = ["due", "deep", "reviewed", "discharged"]
    cells = facts.groupby(keys, observed=True)[counted].sum()
    _write(target, "contacts", facts, cells, raw, faults)


def cases(path: Path, target: Path, as_of: pd.Timestamp) -> None:
    """Take in pathway cases, and count those within their maximum by cell."""
    raw, text = _read(path)
    start, end = _day(text["datum_valgrundad_misstanke"]), _day(text["datum_avslut"])
    age, code = _number(text["alder"]), text["kva_avslut"].str.upper()
    is_extended = text["utokad_utredning"].map(_YES_NO)
    pathways = pd.read_csv(REFERENCE / "svf.csv", sep=";")["slug"]
    opens = text["kva_start"].str.upper().str.fullmatch(r"[A-Z0-9]*10", na=False)
    ends = code.str.fullmatch(r"[A-Z0-9]*[0-9]{2}", na=False)
    faults = {
        **_of_key(text, "fall_id", ("fall_id", "kva_start", "kva_avslut")),
        "svf": ~text["svf"].isin(pathways),
        "kva_start": ~opens,
        "datum_valgrundad_misstanke": ~start.between(_OLDEST, as_of),
        "datum_avslut": text["datum_avslut"].notna() & ~end.between(_OLDEST, as_of),
        "negative_lead_time": end < start,
        "kva_avslut": code.notna() & ~(ends & code.str[-2:].isin([*ENDINGS, *OUTSIDE])),
        "missing_value": text["datum_avslut"].isna() != code.isna(),
        "utokad_utredning": text["utokad_utredning"].notna() & is_extended.isna(),
        "kon": text["kon"].notna() & ~text["kon"].isin(["K", "M"]),
        "alder": text["alder"].notna() & ~age.between(0, 125),
    }
    good = ~_any(faults)
    facts = text[good].assign(
        datum_valgrundad_misstanke=start,
        datum_avslut=end,
        alder=age,
        kva_avslut=code,
        month=end.fillna(start).dt.to_period("M"),
        days=(end - start).dt.days,
        ending=code.str[-2:].map({**ENDINGS, **OUTSIDE}),
        group=pd.cut(age, _AGES),
    )
    maxima = pd.read_csv(REFERENCE / "ledtider.csv", sep=None, engine="python")
    maxima = maxima.drop_duplicates(["svf", "avslut", "utokad_utredning"])
    facts = facts.merge(
        maxima[["svf", "avslut", "utokad_utredning", "max_dagar"]],
        how="left",
        left_on=["svf", "ending", "utokad_utredning"],
        right_on=["svf", "avslut", "utokad_utredning"],
    )
    facts["within"] = facts["days"] <= facts["max_dagar"]
    facts["counted"] = facts["max_dagar"].notna()
    keys = ["enhet_id", "month", "svf", "ending", "utokad_utredning", "kon", "group"]
    cells = facts.groupby(keys, observed=True)[["within", "counted"]].sum()
    _write(target, "cases", facts, cells, raw, faults)


def _read(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    raw = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    text = raw.apply(lambda column: column.str.strip())
    return raw, text.mask(text.isin(_NO_VALUE))


def _day(text: pd.Series) -> pd.Series:
    compact = text.str.replace("-", "")
    return pd.to_datetime(compact, format="%Y%m%d", errors="coerce")


def _number(text: pd.Series) -> pd.Series:
    return pd.to_numeric(text, errors="coerce")


def _of_key(
    text: pd.DataFrame, key: str, free: tuple[str, ...]
) -> dict[str, pd.Series]:
    """Return the faults of a row's id and unit, and of what could name a person."""
    units = {line.split(";")[0] for line in REGISTER[1:]}
    named = {name: text[name].str.contains(_PERSON, na=False) for name in free}
    return {
        "person": _any(named),
        key: text[key].isna(),
        "enhet_id": ~text["enhet_id"].str.upper().isin(units),
        "duplicate": text[key].duplicated(),
    }


def _any(faults: dict[str, pd.Series]) -> pd.Series:
    return pd.concat(faults, axis=1).any(axis=1)


def _write(
    target: Path,
    name: str,
    facts: pd.DataFrame,
    cells: pd.DataFrame,
    raw: pd.DataFrame,
    faults: dict[str, pd.Series],
) -> None:
    found = pd.concat(faults, axis=1)
    wrong = found[found.any(axis=1)]
    facts.to_pickle(target / f"{name}_facts.pickle")
    cells.to_pickle(target / f"{name}_cells.pickle")
    raw.loc[wrong.index].assign(fault=wrong.idxmax(axis=1)).to_csv(
        target / f"{name}_rejected.csv"
    )
