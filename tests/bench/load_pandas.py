"""The same work in pandas: read, cast, validate, find repeats, group, write."""

from pathlib import Path

import pandas as pd

from etl.settings import REFERENCE
from tests.bench.load_rows import REGISTER, cases_in, contacts_in

_NO_VALUE = ["", "-", "UNK", "INV", "MSK"]
_PERSON = r"[0-9]{6}[-+]?[0-9]{4}(?:[^0-9]|$)"
_ENDINGS = {"50": "kirurgi", "52": "lakemedel", "54": "stralning"}
_AGES = [-1, 17, 64, 74, 84, 999]


def load_in_pandas(sources: Path, target: Path, as_of: pd.Timestamp) -> None:
    """Do with the files what a build does with them, but for its roll-up."""
    contacts(contacts_in(sources), target, as_of)
    cases(cases_in(sources), target, as_of)


def contacts(path: Path, target: Path, as_of: pd.Timestamp) -> None:
    """Take in care contacts, and count reviews by cell."""
    raw, text = _read(path)
    day, age = _day(text["datum"]), _number(text["alder"])
    medicines = _number(text["antal_lakemedel"])
    good = (
        _is_known(text, "kontakt_id")
        & day.between(pd.Timestamp(1990, 1, 1), as_of)
        & text["vardform"].isin(["oppen", "sluten", "hemsjukvard"])
        & age.between(0, 125)
        & medicines.between(0, 200)
    )
    facts = text[good].assign(
        month=day.dt.to_period("M"),
        group=pd.cut(age, _AGES),
        due=(age >= 75) & (medicines >= 5),
        deep=text["kva_kod"].str.contains("XV016", na=False),
        simple=text["kva_kod"].str.contains("XV015", na=False),
    )
    facts["reviewed"] = facts["due"] & (facts["simple"] | facts["deep"])
    keys = ["enhet_id", "month", "vardform", "kon", "group"]
    cells = facts.groupby(keys, observed=True)[["due", "deep", "reviewed"]].sum()
    _write(target, "contacts", facts, cells, raw[~good])


def cases(path: Path, target: Path, as_of: pd.Timestamp) -> None:
    """Take in pathway cases, and count those within their maximum by cell."""
    raw, text = _read(path)
    start, end = _day(text["datum_valgrundad_misstanke"]), _day(text["datum_avslut"])
    age, ending = _number(text["alder"]), text["kva_avslut"].str[-2:].map(_ENDINGS)
    good = (
        _is_known(text, "fall_id")
        & start.between(pd.Timestamp(1990, 1, 1), as_of)
        & (end.isna() | ((end >= start) & (end <= as_of)))
        & (end.isna() == text["kva_avslut"].isna())
        & age.between(0, 125)
    )
    facts = text[good].assign(
        month=end.fillna(start).dt.to_period("M"),
        days=(end - start).dt.days,
        ending=ending,
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
    _write(target, "cases", facts, cells, raw[~good])


def _read(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    raw = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    text = raw.apply(lambda column: column.str.strip())
    return raw, text.mask(text.isin(_NO_VALUE))


def _day(text: pd.Series) -> pd.Series:
    compact = text.str.replace("-", "")
    return pd.to_datetime(compact, format="%Y%m%d", errors="coerce")


def _number(text: pd.Series) -> pd.Series:
    return pd.to_numeric(text, errors="coerce")


def _is_known(text: pd.DataFrame, key: str) -> pd.Series:
    units = {line.split(";")[0] for line in REGISTER[1:]}
    return (
        text[key].notna()
        & text["enhet_id"].str.upper().isin(units)
        & ~text[key].str.contains(_PERSON)
        & ~text[key].duplicated()
    )


def _write(
    target: Path,
    name: str,
    facts: pd.DataFrame,
    cells: pd.DataFrame,
    rejected: pd.DataFrame,
) -> None:
    facts.to_pickle(target / f"{name}_facts.pickle")
    cells.to_pickle(target / f"{name}_cells.pickle")
    rejected.to_csv(target / f"{name}_rejected.csv")
