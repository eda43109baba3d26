"""The demo's files: their layout, their level, their stories and their faults."""

import csv
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from etl.demo import write_demo
from etl.demo.incidents import IN_TIME, INCIDENTS, REPORTS
from etl.demo.leadtimes import demo_maxima
from etl.demo.pathways import MEASURED, PATHWAYS, STARTED_TREATMENT, UNSPECIFIC
from etl.demo.regions import BLEKINGE
from etl.demo.reported import reported_indicators
from etl.demo.scope import quarters_until
from etl.demo.stories import STORIES
from kpi.definitions import Definitions, load_definitions
from kpi.model import Kind
from kpi.period import Period

LAST = Period.parse("2026Q3")
UNKNOWN_UNITS = BLEKINGE.unknown_units

# The source layouts: required columns, then optional ones.
LAYOUTS = {
    "enheter/enheter": (
        "enhet_id namn typ overordnad",
        "giltig_fran giltig_till ersatt_av kolada_id",
    ),
    "svf/svf_fall": (
        "fall_id enhet_id svf kva_start datum_valgrundad_misstanke datum_avslut "
        "kva_avslut",
        "datum_forsta_besok datum_mdk datum_behandlingsbeslut utokad_utredning "
        "avvikelse kon alder lan",
    ),
    "svf/svf_inklusion": (
        "period enhet_id svf antal_svf_behandling beraknat_antal_cancerfall",
        "",
    ),
    "svf/ledtider": (
        "svf avslut utokad_utredning max_dagar giltig_fran",
        "giltig_till kalla",
    ),
    "lakemedel/kontakter": (
        "kontakt_id enhet_id datum vardform alder antal_lakemedel kva_kod",
        "kon lakemedelsberattelse lakemedelslista",
    ),
    "prem/prem": ("period enhet_id enkat dimension antal_svar poang", "svf"),
    "bhk/bhk": ("matdatum enhet_id yrkeskategori h1 h2 h3 h4 k1 k2 k3 k4", ""),
    "ppm/ppm": ("matdatum enhet_id matning antal_observerade antal_uppfyller", ""),
    "matningar/": (
        "indikator enhet_id period",
        "slag taljare namnare varde kommentar",
    ),
    "kolada/": ("kpi kolada_region_id region year value", ""),
}
PLANTED_EXTRA_COLUMNS = {"utskick_version"}

CLOSING = {"72": "avslutande_samtal", "78": "avslutande_samtal"}


def read(path: Path) -> pd.DataFrame:
    """Read a file as a person would who looked at it first: all text, ids in caps."""
    if path.suffix == ".xlsx":
        frame = pd.read_excel(path, dtype=str, keep_default_na=False, engine="calamine")
    else:
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252")
        separator = csv.Sniffer().sniff(text.splitlines()[0], ";,\t").delimiter
        rows = list(csv.reader(text.splitlines(), delimiter=separator))
        frame = pd.DataFrame(rows[1:], columns=rows[0], dtype=object)
    frame.columns = [name.lower() for name in frame.columns]
    if "enhet_id" in frame:
        frame["unit"] = frame["enhet_id"].str.upper()
    return frame


class Demo:
    """A demo's files, read once each."""

    def __init__(self, folder: Path, written: dict[str, int]) -> None:
        self.folder = folder
        self.written = written
        self._frames: dict[str, pd.DataFrame] = {}

    def file(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = read(self.folder / name)
        return self._frames[name]

    def all_of(self, beginning: str) -> pd.DataFrame:
        names = [name for name in self.written if name.startswith(beginning)]
        return pd.concat([self.file(name) for name in names], ignore_index=True)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions(Path(__file__).parents[3] / "indicators.yaml")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Demo:
    """The demo of default size."""
    folder = tmp_path_factory.mktemp("demo")
    return Demo(folder, write_demo(folder, definitions))


@pytest.fixture(scope="module")
def unit_ids(demo: Demo) -> dict[str, str]:
    units = demo.all_of("enheter/")
    return dict(zip(units["namn"], units["unit"], strict=True))


def small(folder: Path, definitions: Definitions, **changes: int) -> dict[str, bytes]:
    """A demo of nine units and one year, as file name -> bytes."""
    written = write_demo(folder, definitions, **({"units": 9, "years": 1} | changes))
    return {name: (folder / name).read_bytes() for name in written}


def test_the_same_arguments_give_the_same_bytes(
    tmp_path: Path, definitions: Definitions
) -> None:
    first = small(tmp_path / "first", definitions)
    assert small(tmp_path / "second", definitions) == first
    other = small(tmp_path / "other", definitions, seed=2)
    assert all(other[name] != first[name] for name in first if "fall" in name)


def test_a_new_indicator_leaves_the_other_files_as_they_were(
    tmp_path: Path, definitions: Definitions
) -> None:
    none = Definitions(plans=[], indicators=[])
    without = small(tmp_path / "without", none, units=16)
    with_them = small(tmp_path / "with", definitions, units=16)
    changed = {name for name in without if without[name] != with_them[name]}
    assert changed == {
        "matningar/matningar_demo.csv",
        "matningar/matningar_demo_tandvard.xlsx",
        "matningar/avvikelser_demo.csv",
    }


@pytest.mark.parametrize("units", [8, 15, 41, 130])
def test_a_demo_of_any_size_is_one_tree(
    tmp_path: Path, definitions: Definitions, units: int
) -> None:
    write_demo(tmp_path, definitions, units=units, years=1)
    rows = read(tmp_path / "enheter/enheter_demo.csv")
    ids = set(rows["unit"])
    assert len(ids) == units
    assert set(rows["overordnad"]) <= ids | {""}
    assert rows["unit"][rows["overordnad"] == ""].tolist() == ["SE2321000081-DEMO001"]
    assert rows["unit"].str.fullmatch(r"SE2321000081-DEMO\d{3,5}").all()


def test_too_small_a_demo_is_refused(tmp_path: Path, definitions: Definitions) -> None:
    with pytest.raises(ValueError, match="expected at least 8 units, got 7"):
        write_demo(tmp_path, definitions, units=7)
    with pytest.raises(ValueError, match="expected at least one year, got 0"):
        write_demo(tmp_path, definitions, years=0)
    with pytest.raises(ValueError, match="expected a quarter such as 2026Q3"):
        write_demo(tmp_path, definitions, last=Period.parse("2026"))


def test_five_years_until_an_unfinished_one() -> None:
    quarters = quarters_until(LAST, 5)
    assert (str(quarters[0]), str(quarters[-1]), len(quarters)) == (
        "2022Q1",
        "2026Q3",
        19,
    )


def test_every_file_has_the_columns_of_its_layout(demo: Demo) -> None:
    for name in demo.written:
        required, optional = next(
            columns for start, columns in LAYOUTS.items() if name.startswith(start)
        )
        columns = set(demo.file(name).columns) - {"unit"}
        assert set(required.split()) <= columns, name
        known = set(required.split()) | set(optional.split())
        assert columns - known <= PLANTED_EXTRA_COLUMNS, name


def test_the_returned_counts_are_the_rows_in_the_files(demo: Demo) -> None:
    assert demo.written == {name: len(demo.file(name)) for name in demo.written}
    on_disk = {
        str(path.relative_to(demo.folder))
        for path in demo.folder.rglob("*")
        if path.is_file()
    }
    assert on_disk == {*demo.written, "region.yaml"}


def test_every_unit_is_registered_but_for_the_planted_ones(demo: Demo) -> None:
    known = set(demo.all_of("enheter/")["unit"])
    for name in demo.written:
        frame = demo.file(name)
        if "unit" in frame:
            assert set(frame["unit"]) - known <= set(UNKNOWN_UNITS), name
    contacts = set(demo.all_of("lakemedel/")["unit"])
    assert contacts & set(UNKNOWN_UNITS)


def test_a_merged_unit_has_no_facts_after_its_last_day(demo: Demo) -> None:
    units = demo.all_of("enheter/")
    merged = units[units["ersatt_av"] != ""].iloc[0]
    contacts = demo.all_of("lakemedel/")
    dates = contacts["datum"][contacts["unit"] == merged["unit"]]
    assert dates.str.fullmatch(r"\d{4}-\d{2}-\d{2}").all()
    assert "2025-01-01" < dates.max() <= merged["giltig_till"]


def test_histories_do_not_overlap(demo: Demo) -> None:
    units = demo.all_of("enheter/")
    twice = units[units["unit"].duplicated(keep=False)]
    assert twice["unit"].nunique() == 2
    for _, rows in twice.groupby("unit"):
        before, after = (row for _, row in rows.iterrows())
        assert (before["namn"], before["overordnad"]) != (
            after["namn"],
            after["overordnad"],
        )
        gap = date.fromisoformat(after["giltig_fran"]) - date.fromisoformat(
            before["giltig_till"]
        )
        assert gap.days == 1


def test_every_written_period_and_indicator_can_be_read(
    demo: Demo, definitions: Definitions
) -> None:
    known = {one.id for one in definitions.indicators}
    for start in ("matningar/", "prem/", "svf/svf_inklusion"):
        for period in demo.all_of(start)["period"].unique():
            assert Period.parse(period).last <= LAST.last
    assert set(demo.all_of("matningar/")["indikator"]) <= known


def looks_like_a_person(text: str) -> bool:
    pattern = r"(?<![0-9A-Za-z])(?:\d{2})?(\d{6})[-+]?(\d{4})(?![0-9A-Za-z])"
    for day, rest in re.findall(pattern, text):
        month, number = int(day[2:4]), int(day[4:6])
        is_day = 1 <= month <= 12 and (1 <= number <= 31 or 61 <= number <= 91)
        digits = [int(one) for one in day + rest]
        doubled = [
            sum(divmod(one * (2 - place % 2), 10)) for place, one in enumerate(digits)
        ]
        if is_day and sum(doubled) % 10 == 0:
            return True
    return False


def test_the_person_check_finds_one() -> None:
    # The made-up person that Swedish systems are tried with.
    assert looks_like_a_person("121212-1212")
    assert looks_like_a_person("191212121212")
    assert not looks_like_a_person("121212-1213")


def test_nothing_looks_like_a_person(demo: Demo) -> None:
    for name in demo.written:
        frame = demo.file(name).drop(columns="unit", errors="ignore")
        for column in frame:
            for value in frame[column].unique():
                assert not looks_like_a_person(value), f"{name}: {column}: {value}"


def test_the_demo_stays_small(demo: Demo) -> None:
    size = sum((demo.folder / name).stat().st_size for name in demo.written)
    assert size < 25_000_000
    assert len(demo.all_of("lakemedel/")) < 250_000


@pytest.fixture(scope="module")
def cases(demo: Demo) -> pd.DataFrame:
    """Ended cases that the lead time measures, by the rule of the layouts."""
    cases = demo.all_of("svf/svf_fall")
    cases["start"] = pd.to_datetime(cases["datum_valgrundad_misstanke"])
    cases["end"] = pd.to_datetime(cases["datum_avslut"].replace("", None))
    suffix = cases["kva_avslut"].str[-2:]
    cases["avslut"] = suffix.map(MEASURED).where(
        cases["svf"] != UNSPECIFIC, suffix.map(CLOSING)
    )
    cases["row"] = range(len(cases))
    maxima = demo.all_of("svf/ledtider").replace({"giltig_till": {"": "2099-12-31"}})
    found = cases.merge(maxima, on=["svf", "avslut", "utokad_utredning"])
    found = found[
        (found["end"] >= pd.to_datetime(found["giltig_fran"]))
        & (found["end"] <= pd.to_datetime(found["giltig_till"]))
    ]
    days = (found["end"] - found["start"]).dt.days
    assert found["row"].is_unique
    found["is_within"] = days <= found["max_dagar"].astype(int)
    found["year"] = found["end"].dt.year
    return found[days >= 0]


def test_lead_times_are_at_the_published_level(cases: pd.DataFrame) -> None:
    published = {2022: 28, 2023: 30, 2024: 34, 2025: 40}
    made_up = {2026: 44}
    for year, level in (published | made_up).items():
        share = 100 * cases["is_within"][cases["year"] == year].mean()
        assert share == pytest.approx(level, abs=4), year
    of_2025 = cases[cases["year"] == 2025].groupby("svf")["is_within"].mean()
    assert of_2025["tjock_andtarm"] < 0.40
    assert of_2025["urinblasa_urinvagar"] < 0.20


def test_three_in_ten_cases_start_treatment(demo: Demo) -> None:
    cases = demo.all_of("svf/svf_fall")
    ended = cases["kva_avslut"][cases["kva_avslut"] != ""].str[-2:]
    assert ended.isin(STARTED_TREATMENT).mean() == pytest.approx(0.30, abs=0.02)
    assert (ended == "78").mean() > 0.55
    is_open = cases[cases["datum_avslut"] == ""]
    assert 100 < len(is_open) < 400
    assert (is_open["kva_avslut"] == "").all()


def test_a_case_is_in_the_file_of_the_year_it_ended(demo: Demo) -> None:
    # Newer rows replace older ones of the same unit and month, so no month of a
    # unit may be in two files.
    for year in range(2022, 2027):
        cases = demo.file(f"svf/svf_fall_demo_{year}.csv")
        ended = cases["datum_avslut"][cases["datum_avslut"] != ""]
        planted = (ended == f"{year - 1}-01-15").sum()
        assert (ended.str[:4] != str(year)).sum() == planted <= 1
        assert (len(ended) < len(cases)) == (year == 2026)


def test_the_steps_of_a_case_come_in_order(cases: pd.DataFrame) -> None:
    # Open cases and those the measure leaves out are made by the same lines.
    fine = cases[cases["start"] < "2060"]
    steps = ["datum_valgrundad_misstanke", "datum_forsta_besok", "datum_mdk"]
    steps += ["datum_behandlingsbeslut", "datum_avslut"]
    dates = fine[steps].replace("", None).bfill(axis=1)
    for earlier, later in pairwise(steps):
        assert (dates[earlier] <= dates[later]).all(), later


def test_every_pathway_has_maxima_that_never_overlap() -> None:
    maxima = demo_maxima()
    assert {one.svf for one in maxima} == {one.id for one in PATHWAYS}
    assert len(PATHWAYS) == 31
    by_key: dict[tuple[str, str, str], list] = {}
    for one in maxima:
        by_key.setdefault((one.svf, one.ending, one.extended), []).append(one)
    for (svf, _, _), rows in by_key.items():
        rows.sort(key=lambda one: one.since)
        assert rows[0].since == date(2015, 1, 1), svf
        assert rows[-1].until is None, svf
        for before, after in pairwise(rows):
            assert (after.since - before.until).days == 1, svf
    for pathway in PATHWAYS:
        endings = CLOSING if pathway.id == UNSPECIFIC else MEASURED
        for suffix in pathway.endings:
            assert (pathway.id, endings[suffix], "J") in by_key
            assert (pathway.id, endings[suffix], "N") in by_key


def test_inclusion_is_near_its_level_and_may_exceed_all(demo: Demo) -> None:
    rows = demo.all_of("svf/svf_inklusion")
    treated = rows["antal_svf_behandling"].astype(int)
    expected = rows["beraknat_antal_cancerfall"].str.replace(",", ".").astype(float)
    is_all = rows["svf"] == "alla"
    year = rows["period"].str[:4]
    for each, level in {"2022": 83.9, "2023": 80.5, "2024": 80.5}.items():
        chosen = is_all & (year == each)
        share = 100 * treated[chosen].sum() / expected[chosen].sum()
        assert share == pytest.approx(level, abs=5), each
    assert (treated[~is_all] > expected[~is_all]).any()
    assert treated[is_all].sum() == treated[~is_all].sum()


def test_inclusion_counts_the_cases(demo: Demo) -> None:
    cases = demo.all_of("svf/svf_fall")
    started = cases["kva_avslut"].str[-2:].isin(STARTED_TREATMENT)
    rows = demo.all_of("svf/svf_inklusion")
    reported = rows[(rows["period"] == "2024Q2") & (rows["svf"] == "alla")]
    in_quarter = cases["datum_avslut"].between("2024-04-01", "2024-06-30")
    assert int(reported["antal_svf_behandling"].iloc[0]) == (started & in_quarter).sum()


def test_hygiene_is_near_its_level_and_improves(demo: Demo) -> None:
    observed = demo.all_of("bhk/")
    items = ["h1", "h2", "h3", "h4", "k1", "k2", "k3", "k4"]
    all_right = (observed[items] != "0").all(axis=1)
    by_year = 100 * all_right.groupby(observed["matdatum"].str[:4]).mean()
    for year, level in {"2022": 70.6, "2023": 71.4, "2026": 78.0}.items():
        assert by_year[year] == pytest.approx(level, abs=3), year
    right = {item: (observed[item] == "1").sum() for item in items}
    answered = {item: observed[item].isin(["0", "1"]).sum() for item in items}
    shares = {item: right[item] / answered[item] for item in items}
    assert min(shares, key=lambda item: shares[item]) == "h1"
    # Faults come together: more are all right than if they came independently.
    product = 1.0
    for share in shares.values():
        product *= share
    assert all_right.mean() > product + 0.02


def test_survey_answers_are_near_their_level_and_number(demo: Demo) -> None:
    rows = demo.all_of("prem/")
    rows = rows[(rows["enkat"] == "svf") & (rows["svf"] == "")]
    rows = rows[rows["dimension"] == "helhetsintryck"].drop_duplicates()
    answers = rows["antal_svar"].astype(int)
    score = rows["poang"].str.replace(",", ".").astype(float) * answers
    year = rows["period"].str[:4]
    published = {"2022": 85.8, "2023": 84.2, "2024": 85.4, "2025": 84.7}
    for each, level in published.items():
        mean = score[year == each].sum() / answers[year == each].sum()
        assert mean == pytest.approx(level, abs=1.5), each
        assert answers[year == each].sum() / 4 == pytest.approx(90, abs=15), each


def test_a_pressure_ulcer_acquired_in_hospital_is_a_pressure_ulcer(demo: Demo) -> None:
    rows = demo.all_of("ppm/").drop_duplicates()
    rows = rows.assign(
        number=pd.to_numeric(rows["antal_uppfyller"], errors="coerce"),
        observed=rows["antal_observerade"].astype(int),
    )
    fine = rows[rows["number"] <= rows["observed"]]
    assert len(rows) - len(fine) == 2  # too many, and masked
    wide = fine.pivot_table(
        index=["matdatum", "unit"], columns="matning", values="number"
    )
    both = wide[["trycksar", "trycksar_sjukhusforvarvade"]].dropna()
    assert (both["trycksar_sjukhusforvarvade"] <= both["trycksar"]).all()


def test_every_reported_indicator_has_rows(
    demo: Demo, definitions: Definitions
) -> None:
    reported = {one.id for one in reported_indicators(definitions)}
    assert reported
    assert set(demo.all_of("matningar/matningar")["indikator"]) == reported
    assert set(demo.all_of("matningar/avvikelser")["indikator"]) == set(INCIDENTS)


def test_a_small_demo_reports_every_indicator_too(
    tmp_path: Path, definitions: Definitions
) -> None:
    written = write_demo(tmp_path, definitions, units=8, years=1)
    names = [name for name in written if name.startswith("matningar/")]
    rows = pd.concat([read(tmp_path / name) for name in names])
    reported = {one.id for one in reported_indicators(definitions)}
    assert set(rows["indikator"]) == reported | set(INCIDENTS)


def test_no_unit_reports_beside_one_below_it(demo: Demo) -> None:
    units = demo.all_of("enheter/")
    above = dict(zip(units["unit"], units["overordnad"], strict=True))
    for indicator, rows in demo.all_of("matningar/").groupby("indikator"):
        reporting = set(rows["unit"]) - set(UNKNOWN_UNITS)
        for unit in reporting:
            parent = above[unit]
            while parent:
                assert parent not in reporting, f"{indicator}: {parent} and {unit}"
                parent = above[parent]


def test_reported_counts_fit_their_kind(demo: Demo, definitions: Definitions) -> None:
    rows = demo.all_of("matningar/matningar")
    kinds = {one.id: one.kind for one in definitions.indicators}
    kind = rows["indikator"].map(kinds)
    spaced = rows["namnare"].str.replace("\u00a0", "")
    numerator = pd.to_numeric(rows["taljare"], errors="coerce")
    denominator = pd.to_numeric(spaced, errors="coerce")
    counted = kind.isin([Kind.PROPORTION, Kind.RATE, Kind.MEAN])
    assert (rows["varde"][~counted].str.fullmatch(r"\d+")).all()
    lacking = numerator.isna() & counted
    assert lacking.sum() == 3  # an impossible share, a masked row and an empty one
    assert (rows["varde"][lacking] != "").sum() == 1
    proportions = (kind == Kind.PROPORTION) & ~lacking
    assert (numerator[proportions] <= denominator[proportions]).all()
    assert (denominator[counted & ~lacking] > 0).all()


def test_incidents_are_told_by_every_clinic_quarter_and_category(
    demo: Demo, definitions: Definitions
) -> None:
    rows = demo.all_of("matningar/avvikelser").astype({"taljare": int})
    units = demo.all_of("enheter/").drop_duplicates("unit")
    kinds = ["klinik", "vardcentral", "folktandvard"]
    assert set(rows["unit"]) == set(units["unit"][units["typ"].isin(kinds)])
    reports = rows[rows["indikator"] == REPORTS]
    categories = definitions.indicator(REPORTS).categories
    known = reports[reports["slag"].isin(categories)]
    # One row has a category that is none.
    assert len(rows) - rows["slag"].isin([*categories, "alla"]).sum() == 1
    of_a_quarter = known.groupby(["unit", "period"]).size()
    assert of_a_quarter.min() >= len(categories) - 1
    in_2025 = known["period"].str.startswith("2025")
    assert known["taljare"][in_2025].sum() == pytest.approx(5200, rel=0.1)


def test_what_is_told_of_incidents_holds_together(demo: Demo) -> None:
    rows = demo.all_of("matningar/avvikelser").astype({"taljare": int})
    place = ["unit", "period", "slag"]
    reports, shares, led = (
        rows[rows["indikator"] == indicator].set_index(place) for indicator in INCIDENTS
    )
    due = shares["namnare"].astype(int)
    assert (shares["taljare"] <= due).all()
    both = pd.concat([due, reports["taljare"]], axis=1, join="inner")
    assert (both["namnare"] <= both["taljare"]).all()
    totals = led.xs("alla", level="slag")["taljare"]
    parts = led.drop("alla", level="slag")["taljare"].groupby(["unit", "period"]).sum()
    assert (parts == totals[parts.index]).all()
    assert (totals.drop(parts.index) == 0).all()


def test_injuries_that_could_be_avoided_are_injuries(demo: Demo) -> None:
    rows = demo.all_of("matningar/").drop_duplicates()
    all_, part = (
        rows[rows["indikator"] == f"adverse_events_{what}_somatic"]
        for what in ("injuries", "preventable")
    )
    both = all_.merge(part, on=["unit", "period"])[["taljare_x", "taljare_y"]]
    numbers = both.apply(pd.to_numeric, errors="coerce").dropna()
    assert len(numbers) > 100
    assert (numbers["taljare_y"] <= numbers["taljare_x"]).all()


def test_published_values_give_the_published_rank(demo: Demo) -> None:
    rows = demo.all_of("kolada/")
    score = rows[(rows["kpi"] == "N79178") & (rows["year"] == "2025")]
    regions = score[score["kolada_region_id"] != "0000"].set_index("kolada_region_id")
    values = regions["value"].astype(float)
    assert len(values) == 21
    assert 1 + (values > values["0010"]).sum() == 20
    assert not rows.duplicated(["kpi", "kolada_region_id", "year"]).any()


def test_stories_are_told_in_the_data(
    demo: Demo, unit_ids: dict[str, str], cases: pd.DataFrame
) -> None:
    slow, stops, mix, improves, change, late = STORIES
    quarters = quarters_until(LAST, 5)

    def first_day(quarters_back: int) -> str:
        return str(quarters[-1 - quarters_back].first_day)

    all_cases = demo.all_of("svf/svf_fall")
    at_clinic = all_cases[all_cases["unit"] == unit_ids[slow.subject]]
    visit = pd.to_datetime(at_clinic["datum_forsta_besok"], errors="coerce")
    waited = (visit - pd.to_datetime(at_clinic["datum_valgrundad_misstanke"])).dt.days
    is_after = at_clinic["datum_avslut"] >= first_day(slow.quarters_back)
    assert waited[is_after].median() >= waited[~is_after].median() + 5

    contacts = demo.all_of("lakemedel/")
    day = contacts["datum"].str.replace("-", "").str[:8]
    has_code = contacts["kva_kod"] != ""
    at_centre = contacts["unit"] == unit_ids[stops.subject]
    is_after = day >= first_day(stops.quarters_back).replace("-", "")
    assert not has_code[at_centre & is_after].any()
    assert has_code[at_centre & ~is_after].mean() > 0.2

    of_pathway = cases[cases["svf"] == mix.subject]
    is_after = of_pathway["datum_avslut"] >= first_day(mix.quarters_back)
    extended = of_pathway["utokad_utredning"] == "J"
    assert extended[is_after].mean() > extended[~is_after].mean() + 0.2

    observed = demo.all_of("bhk/")
    on_ward = observed[observed["unit"] == unit_ids[improves.subject]]
    items = ["h1", "h2", "h3", "h4", "k1", "k2", "k3", "k4"]
    right = (on_ward[items] != "0").all(axis=1)
    is_after = on_ward["matdatum"] >= first_day(improves.quarters_back)
    assert right[is_after].mean() > right[~is_after].mean() + 0.2

    quarter = quarters[-1 - change.quarters_back]
    during = day.between(*(str(one).replace("-", "") for one in (
        quarter.first_day, quarter.last_day
    )))  # fmt: skip
    assert has_code[during].mean() < 0.8 * has_code[~during].mean()

    incidents = demo.all_of("matningar/avvikelser")
    shares = incidents[
        (incidents["indikator"] == IN_TIME)
        & (incidents["unit"] == unit_ids[late.subject])
    ]
    counts = shares[["taljare", "namnare"]].astype(int)
    is_after = shares["period"] >= str(quarters[-1 - late.quarters_back])
    after, before = counts[is_after].sum(), counts[~is_after].sum()
    assert after["taljare"] < 0.5 * after["namnare"]
    assert before["taljare"] > 0.65 * before["namnare"]


def test_faults_are_there_to_be_rejected(demo: Demo, unit_ids: dict[str, str]) -> None:
    cases = demo.all_of("svf/svf_fall")
    assert cases["fall_id"].duplicated().sum() == 1
    ended = cases[cases["datum_avslut"] != ""]
    assert (ended["datum_avslut"] < ended["datum_valgrundad_misstanke"]).sum() >= 1
    assert (cases["datum_valgrundad_misstanke"] > "2060").sum() == 1
    assert {"UNK", "MSK"} <= set(cases["kon"])
    assert (cases["enhet_id"] != cases["unit"]).any()

    contacts = demo.all_of("lakemedel/")
    assert {"UNK", "-2", "fem"} <= set(contacts["antal_lakemedel"])
    assert contacts["datum"].str.endswith("-02-30").sum() == 1
    gap = contacts[contacts["unit"] == unit_ids["Vårdcentralen Hamnhöjden"]]
    in_quarter = gap["datum"].between("2025-01-01", "2025-03-31")
    assert not in_quarter.any()

    reported = demo.all_of("matningar/")
    assert (reported["varde"] == "146,1").sum() == 1
    key = ["indikator", "unit", "period"]
    assert reported.duplicated(key).sum() >= 1
    surveys = demo.all_of("prem/")
    assert {"MSK", "UNK", "-", "104,2"} <= set(surveys["poang"])
    observed = demo.all_of("bhk/")
    assert "2" in set(observed["h1"])


def test_files_are_written_in_the_ways_that_exports_are(demo: Demo) -> None:
    units = (demo.folder / "enheter/enheter_demo.csv").read_bytes()
    assert units.startswith(b"\xef\xbb\xbf")
    maxima = (demo.folder / "svf/ledtider_demo.csv").read_bytes()
    assert "Syntetiskt demovärde".encode("cp1252") in maxima
    assert b"\t" in maxima.splitlines()[0]
    ppm = (demo.folder / "ppm/ppm_demo.csv").read_bytes()
    assert b"," in ppm.splitlines()[0]
    dates = demo.file("lakemedel/kontakter_demo_2026.csv")["datum"]
    assert dates.str.fullmatch(r"\d{8}").any()
    assert dates.str.fullmatch(r"\d{8} \d{2}:\d{2}").any()
