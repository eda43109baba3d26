"""What the commands do, callable from tests as from the command line."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from etl import settings
from etl.files.find import SourceFolder, describe, find_files
from etl.inspect.command import Ask, answered_mappings, inspected
from etl.labels import Way
from etl.sources.svf import LEAD_TIMES
from etl.sources.units import UNITS
from etl.steps import Steps
from etl.store.catalogue import Catalogue, load_catalogue
from etl.store.decided import lead_time_file, region_file
from etl.store.leaning import LEANING, Leaning
from etl.store.pipeline import build, explain, try_files
from etl.store.result import Result, Tried
from etl.take.load import Load
from etl.words.spoken import spoken
from kpi.measures import KoladaMeasure
from kpi.vocabulary import SHIPPED
from kpi.warehouse import newest_definition


def build_warehouse(
    sources: Path,
    warehouse: Path,
    definitions: Path = settings.DEFINITIONS,
    *,
    as_of: date,
    corrections: Path = settings.CORRECTIONS,
    limits: Path = settings.LIMITS,
    mappings: Path = settings.MAPPINGS,
    region: Path | None = None,
    accepted: str | None = None,
    is_quiet: bool = True,
) -> tuple[Result, dict[str, float]]:
    """Build and publish, and return what was done and the seconds of each step.

    Args:
        sources: The folder of files.
        warehouse: What is replaced.
        definitions: The indicators.
        as_of: Later days are in the future.
        corrections: Known errors of the files.
        limits: How much may be lost.
        mappings: For files that are not in the form of their dataset.
        region: What the region decides; None for what lies beside the files, or in
            `data`.
        accepted: Why losses beyond the limits are published.
        is_quiet: Whether no progress is shown.

    Raises:
        LossError: it would lose more than the limits allow, and `accepted` says not
            why it should be published all the same.
        MalbildError: something was refused; the warehouse is as it was.
    """
    region = region or region_file(sources)
    catalogue = load_catalogue(
        definitions,
        as_of,
        corrections=corrections,
        limits=limits,
        mappings=mappings,
        region=region,
        leaned_on=_leaned_on(warehouse),
    )
    with source_folder(sources, catalogue, region) as folder:
        steps = Steps(sum(file.size for file in folder.files), is_quiet=is_quiet)
        try:
            result = build(catalogue, folder, warehouse, as_of, steps, accepted)
        finally:
            steps.close()
    return result, steps.seconds


def check_definitions(
    definitions: Path,
    sources: Path | None,
    warehouse: Path = settings.WAREHOUSE,
    *,
    as_of: date,
) -> tuple[Catalogue, bool]:
    """Return what the definitions say, and whether their units were looked up.

    Args:
        definitions: The indicators.
        sources: Where the register of units lies; None if that is not known.
        warehouse: The last build, whose definitions the region's decisions leaned on.
        as_of: Later days are in the future.

    Raises:
        MalbildError: something is wrong with what is written, or with the register.
    """
    catalogue = load_catalogue(
        definitions,
        as_of,
        region=region_file(sources),
        leaned_on=_leaned_on(warehouse),
    )
    folder = SourceFolder()
    if sources:
        folder = find_files(sources, catalogue.mappings)
    has_register = any(file.layout.dataset == UNITS.dataset for file in folder.files)
    if folder.faults or has_register:
        steps = Steps(0, is_quiet=True)
        catalogue, _ = try_files(catalogue, folder, as_of, steps, [UNITS])
    return catalogue, has_register


def check_sources(
    definitions: Path,
    sources: Path,
    warehouse: Path = settings.WAREHOUSE,
    *,
    as_of: date,
    rejected: Path | None = None,
    mappings: Path = settings.MAPPINGS,
    is_quiet: bool = True,
) -> tuple[Catalogue, Tried]:
    """Read all files of a folder as a build would, and return what came of them.

    Nothing is counted, and nothing is written.

    Args:
        definitions: What the rows are held against.
        sources: The folder.
        warehouse: The last build, whose definitions the region's decisions leaned on.
        as_of: Later days are in the future.
        rejected: A CSV file to write every rejected row to, if one is wanted.
        mappings: For files that are not in the form of their dataset.
        is_quiet: Whether no progress is shown.

    Raises:
        MalbildError: something is wrong with what is written, or with a whole file.
    """
    region = region_file(sources)
    catalogue = load_catalogue(
        definitions,
        as_of,
        mappings=mappings,
        region=region,
        leaned_on=_leaned_on(warehouse),
    )
    with source_folder(sources, catalogue, region) as folder:
        steps = Steps(sum(file.size for file in folder.files), is_quiet=is_quiet)
        try:
            return try_files(catalogue, folder, as_of, steps, rejected=rejected)
        finally:
            steps.close()


def inspect_file(
    path: Path,
    *,
    sources: Path,
    mappings: Path,
    definitions: Path = settings.DEFINITIONS,
    as_of: date,
    dataset: str | None = None,
    ask: Ask | None = None,
) -> Iterator[str]:
    """Give what a file is, line by line; draft a mapping for it where there is none.

    Args:
        path: The file.
        sources: Where the register of units lies, if there is one.
        mappings: Where the mapping is written.
        definitions: What the rows are held against.
        as_of: Later days are in the future.
        dataset: What its rows are; None to guess it.
        ask: Asks a person in a terminal; None writes questions into the draft.

    Raises:
        MalbildError: something cannot be read, or a mapping has faults.
    """
    catalogue = load_catalogue(
        definitions, as_of, mappings=mappings / "none", region=region_file(sources)
    )
    folder = SourceFolder()
    if sources.is_dir():
        folder = find_files(sources, answered_mappings(mappings, catalogue))
    yield from inspected(
        path,
        catalogue,
        folder,
        sources=sources,
        mappings=mappings,
        as_of=as_of,
        dataset=dataset,
        ask=ask,
    )


def explain_build(
    sources: Path,
    warehouse: Path,
    definitions: Path = settings.DEFINITIONS,
    *,
    as_of: date,
    corrections: Path = settings.CORRECTIONS,
    mappings: Path = settings.MAPPINGS,
    is_quiet: bool = True,
) -> Way:
    """Return the steps of a build from these sources; the warehouse stays as it was.

    Raises:
        MalbildError: something was refused.
    """
    region = region_file(sources)
    catalogue = load_catalogue(
        definitions,
        as_of,
        corrections=corrections,
        mappings=mappings,
        region=region,
    )
    with source_folder(sources, catalogue, region) as folder:
        steps = Steps(sum(file.size for file in folder.files), is_quiet=is_quiet)
        try:
            return explain(catalogue, folder, warehouse, as_of, steps)
        finally:
            steps.close()


def _leaned_on(warehouse: Path) -> Leaning:
    """Return what the region's decisions leaned on in the last build."""
    return Leaning.read(newest_definition(warehouse, LEANING))


@contextmanager
def source_folder(
    sources: Path, catalogue: Catalogue, region: Path
) -> Iterator[SourceFolder]:
    """Give what lies in a folder, with what ships and what the region decides.

    Raises:
        SourceError: the folder does not exist.
    """
    folder = find_files(sources, catalogue.mappings)
    shipped = settings.REFERENCE / "ledtider.csv"
    folder.files.append(describe(shipped, f"{SHIPPED}/ledtider.csv", LEAD_TIMES))
    with TemporaryDirectory() as scratch:
        decided = lead_time_file(catalogue.region, region, Path(scratch))
        if decided:
            folder.files.append(decided)
        yield folder


def summary(result: Result, seconds: dict[str, float], total: float) -> str:
    """Return the table that closes a build; one line if nothing has changed."""
    if result.is_unchanged:
        sentence = f"build {result.build_id}: nothing has changed; it stays in force"
        return "\n".join([*map(str, result.unread), sentence])
    lines = _table(result.loads)
    if result.rejections:
        lines += ["", "rejected rows by reason"]
        lines += [f"  {n:>8}  {reason}" for reason, n in result.rejections.items()]
    lines += _of_files(result)
    if result.losses:
        lines += ["", "compared with the build before"]
        lines += [f"  {line}" for line in result.losses]
    if result.remarks:
        lines += ["", "to be known", *(f"  {line}" for line in result.remarks)]
    lines += ["", f"plans in use: {', '.join(result.plans) or 'none'}"]
    outcomes, shown = result.outcomes
    lines += ["", f"outcomes: {outcomes}, of them {shown} with a value"]
    spent = [*seconds.items(), ("in all", total)]
    lines += [
        "",
        "seconds",
        *(f"  {took:>8.1f}  {step}" for step, took in spent if took >= 0.05),
        "",
        f"build {result.build_id}: published ({result.new_files} new files)",
    ]
    return "\n".join(lines)


def tried_summary(tried: Tried) -> str:
    """Return what came of files that were read and not built from."""
    lines = _table(tried.loads)
    if tried.rejected:
        lines += ["", "rejected rows by file and reason, the first of each"]
        lines += [f"  {line}" for line in tried.rejected]
    if tried.notes or tried.unread:
        lines += ["", *(f"note: {line}" for line in tried.notes)]
        lines += map(str, tried.unread)
    return "\n".join([*lines, "", "nothing was stored"])


def _table(loads: Sequence[Load]) -> list[str]:
    """Return the lines of a table of files: rows, facts, rejected."""
    # Put in words here, since a table is as wide as its words.
    heads = ("file", "rows", "facts", "rejected")
    rows: list[tuple[str, ...]] = [tuple(map(spoken, heads))]
    rows += [
        (load.file.name, f"{load.rows}", f"{load.facts}", f"{load.rejections}")
        for load in loads
    ]
    sums = [
        sum(getattr(load, name) for load in loads)
        for name in ("rows", "facts", "rejections")
    ]
    rows.append((spoken(f"{len(loads)} files"), *(f"{number}" for number in sums)))
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    lines = [
        row[0].ljust(widths[0])
        + "".join(f"  {row[n].rjust(widths[n])}" for n in (1, 2, 3))
        for row in rows
    ]
    lines.insert(1, "-" * len(lines[0]))
    lines.insert(-1, lines[1])
    return lines


def remarks(result: Result) -> list[str]:
    """Return what a person should be told of a build even if all went well."""
    if result.is_unchanged:
        return [str(unread) for unread in result.unread]
    return [*_of_files(result), *result.losses, *result.remarks]


def _of_files(result: Result) -> list[str]:
    """Return a line for each thing to be known of the files of a build."""
    return [
        *(
            f"{file}: {rows} rows under {unit}, which has ended, count for {successor}"
            for file, unit, successor, rows in result.carried
        ),
        *(f"note: {line}" for line in result.notes),
        *(str(unread) for unread in result.unread),
    ]


def fetch_public(
    definitions: Path,
    *,
    out: Path,
    cache: Path,
    base_url: str | None,
    first_year: int,
    refresh: bool,
) -> Sequence[str]:
    """Fetch the Kolada values that the definitions name; return lines for a person.

    Raises:
        FetchError: the address did not answer as agreed.
    """
    from etl.fetch.kolada import DEFAULT_BASE_URL, fetch_kolada

    kpis: set[str] = set()
    today = datetime.now(UTC).astimezone().date()
    for indicator in load_catalogue(definitions, today).definitions.indicators:
        if indicator.benchmark:
            kpis.add(indicator.benchmark.kpi)
        if isinstance(indicator.measure, KoladaMeasure):
            kpis.add(indicator.measure.kpi)
    report = fetch_kolada(
        sorted(kpis),
        None,
        range(first_year, today.year + 1),
        out=out,
        cache=cache,
        base_url=base_url or DEFAULT_BASE_URL,
        refresh=refresh,
    )
    return report.lines()
