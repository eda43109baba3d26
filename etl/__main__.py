"""Source files -> published warehouse, and what belongs to it."""

import argparse
import shlex
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from etl import settings
from etl.stopping import stoppable
from etl.words.parser import Parser
from etl.words.spoken import spoken, spoken_lines
from kpi.errors import LossError, MalbildError, SettingError, WarehouseError
from kpi.period import Period, PeriodKind
from kpi.vocabulary import REGION_NAMES

DONE, REFUSED, WRONG_CALL = 0, 1, 2
MOST_YEARS = 50
"""Of a demo."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 refused, 2 wrong call; 130 and 143 if it was interrupted or told to stop.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    chosen = _parser().parse_args(arguments)
    with stoppable() as stop:
        try:
            return int(chosen.run(chosen))
        except (Exception, KeyboardInterrupt) as error:
            from etl.machine import refused

            if stop.signal is not None:
                print(spoken(stop.words), file=sys.stderr)
                return stop.code
            faults = error.faults if isinstance(error, MalbildError) else ()
            # What is wrong with a warehouse is told with its name already.
            if isinstance(error, Exception) and not isinstance(error, WarehouseError):
                if sentence := refused(error):
                    faults = (sentence,)
            if not faults:
                raise  # our own fault, so with its traceback
            _print_faults(faults)
            if isinstance(error, LossError):
                print(spoken_lines(_how_to_accept(arguments)), file=sys.stderr)
            return REFUSED


def _print_faults(faults: Sequence[str]) -> None:
    for fault in faults:
        print(spoken(fault), file=sys.stderr)
    count = len(faults)
    refused = f"refused: {count} fault{'s' if count > 1 else ''}"
    print(spoken(refused), file=sys.stderr)


def _how_to_accept(arguments: Sequence[str]) -> str:
    return (
        "nothing was published: it would lose more than data/limits.yaml allows; mend "
        "the files, or publish all the same and say why:\n"
        f'python -m etl {shlex.join(arguments)} --accept "REASON"'
    )


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m etl", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    build = commands.add_parser("build", help="source files -> published warehouse")
    build.add_argument("--sources", type=Path, default=settings.SOURCES)
    build.add_argument("--warehouse", type=Path, default=settings.WAREHOUSE)
    build.add_argument("--definitions", type=Path, default=settings.DEFINITIONS)
    build.add_argument(
        "--as-of",
        type=date.fromisoformat,
        default=datetime.now(UTC).astimezone().date(),
        help="later days are in the future (default: today)",
    )
    build.add_argument(
        "--accept",
        type=_reason,
        metavar="REASON",
        help="publish what loses more than the limits allow; the reason is shown",
    )
    build.add_argument(
        "--quiet",
        action="store_true",
        help="no progress, no summary; what was not read is told all the same",
    )
    build.add_argument(
        "--explain",
        action="store_true",
        help="print each step, what it reads and writes, and its SQL; publish nothing",
    )
    build.set_defaults(run=_build)

    check = commands.add_parser(
        "check", help="definitions, activities, corrections; a folder of source files"
    )
    check.add_argument("--definitions", type=Path, default=settings.DEFINITIONS)
    check.add_argument(
        "--warehouse",
        type=Path,
        default=settings.WAREHOUSE,
        help="the last build: tells what has changed since beneath region.yaml",
    )
    check.add_argument(
        "--sources",
        type=Path,
        help="read all files of a folder as a build would, and store nothing (without "
        f"it the register alone, in {settings.SOURCES} if it is there)",
    )
    check.add_argument(
        "--rejected",
        type=Path,
        metavar="FILE",
        help="with --sources: write every rejected row to this CSV file",
    )
    check.set_defaults(run=_check)

    inspect = commands.add_parser(
        "inspect", help="what a file is; draft a mapping for it, and show what it gives"
    )
    inspect.add_argument("file", type=Path)
    inspect.add_argument(
        "--dataset",
        help="what its rows are, a name of docs/datasets.md (default: a guess)",
    )
    inspect.add_argument("--sources", type=Path, default=settings.SOURCES)
    inspect.add_argument("--mappings", type=Path, default=settings.MAPPINGS)
    inspect.add_argument("--definitions", type=Path, default=settings.DEFINITIONS)
    inspect.set_defaults(run=_inspect)

    region = commands.add_parser("region", help="what the region decides")
    region.add_argument("action", choices=["init"], help="write a file to begin with")
    region.add_argument("--kolada-id", type=_region, help="which region, such as 0007")
    region.add_argument("--out", type=Path, default=settings.REGION)
    region.add_argument("--definitions", type=Path, default=settings.DEFINITIONS)
    region.set_defaults(run=_write_region)

    preview = commands.add_parser(
        "preview", help="what an edited definition would change; publishes nothing"
    )
    preview.add_argument("indicator", metavar="INDICATOR")
    preview.add_argument(
        "--definitions",
        type=Path,
        default=settings.DEFINITIONS,
        help=f"the edited file (default: {settings.DEFINITIONS})",
    )
    preview.add_argument("--sources", type=Path, default=settings.SOURCES)
    preview.add_argument("--warehouse", type=Path, default=settings.WAREHOUSE)
    preview.set_defaults(run=_preview)

    demo = commands.add_parser("demo", help="write synthetic source files")
    demo.add_argument(
        "--region",
        choices=["blekinge", "kronoberg"],
        help="of this region and its own plans (default: Blekinge's shape, every plan)",
    )
    demo.add_argument("--units", type=_units, help="default: the region's own number")
    demo.add_argument("--years", type=_years, default=5)
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--last", type=_quarter, default=_quarter("2026Q3"))
    demo.add_argument(
        "--out",
        type=Path,
        help=f"default: {settings.DEMO}; with --region {settings.DEMO}-REGION",
    )
    demo.add_argument("--definitions", type=Path, default=settings.DEFINITIONS)
    demo.set_defaults(run=_demo)

    template = commands.add_parser(
        "template", help="write a workbook to fill in by hand"
    )
    which = template.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "dataset", nargs="?", choices=_datasets(), metavar="DATASET", default=None
    )
    which.add_argument(
        "--all",
        type=Path,
        metavar="DIR",
        help="one for every dataset, in the folders that sources have",
    )
    template.add_argument(
        "--out", type=Path, metavar="FILE", help="default: DATASET_mall.xlsx"
    )
    template.add_argument("--definitions", type=Path, default=settings.DEFINITIONS)
    template.add_argument(
        "--warehouse",
        type=Path,
        default=settings.WAREHOUSE,
        help="whose units are listed, if it is there",
    )
    template.add_argument(
        "--sources",
        type=Path,
        default=settings.SOURCES,
        help="where the register of units is, if there is no warehouse",
    )
    template.set_defaults(run=_template)

    fetch = commands.add_parser("fetch", help="fetch public values")
    fetch.add_argument("source", choices=["kolada"])
    fetch.add_argument("--base-url", help="default: the public address of the API, v3")
    fetch.add_argument("--out", type=Path, default=settings.SOURCES / "kolada")
    fetch.add_argument("--cache", type=Path, default=settings.CACHE / "kolada")
    fetch.add_argument("--refresh", action="store_true", help="ask for all anew")
    fetch.add_argument("--first-year", type=_whole, default=2016)
    fetch.add_argument("--definitions", type=Path, default=settings.DEFINITIONS)
    fetch.set_defaults(run=_fetch)

    docs = commands.add_parser("docs", help="write the pages made from definitions")
    docs.add_argument("--check", action="store_true", help="say whether any is stale")
    docs.add_argument("--definitions", type=Path, default=settings.DEFINITIONS)
    docs.set_defaults(run=_docs)
    return parser


def _whole(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, got {text}")
    return number


def _region(text: str) -> str:
    if text not in REGION_NAMES:
        known = ", ".join(f"{key} {name}" for key, name in REGION_NAMES.items())
        raise argparse.ArgumentTypeError(f"expected one of {known}; got {text!r}")
    return text


def _units(text: str) -> int:
    from etl.demo.units import SMALLEST

    number = _whole(text)
    if number < SMALLEST:
        raise argparse.ArgumentTypeError(f"expected {SMALLEST} or more, got {text}")
    return number


def _years(text: str) -> int:
    number = _whole(text)
    if number > MOST_YEARS:
        raise argparse.ArgumentTypeError(f"expected {MOST_YEARS} or fewer, got {text}")
    return number


def _datasets() -> list[str]:
    """Return the datasets that have a layout."""
    from etl.sources import FACT_TABLES

    return [str(dataset) for dataset in FACT_TABLES]


def _quarter(text: str) -> Period:
    period = Period.parse(text)
    if period.kind is not PeriodKind.QUARTER:
        raise argparse.ArgumentTypeError(
            f"expected a quarter such as 2026Q3, got {text!r}"
        )
    return period


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if len(reason) < 10:
        raise argparse.ArgumentTypeError(
            f"expected a reason, at least 10 letters, that others read; got {text!r}"
        )
    return reason


def _build(chosen: argparse.Namespace) -> int:
    from etl.commands import build_warehouse, explain_build, remarks, summary
    from etl.explaining import explained

    if chosen.explain:
        way = explain_build(
            chosen.sources,
            chosen.warehouse,
            chosen.definitions,
            as_of=chosen.as_of,
            is_quiet=chosen.quiet,
        )
        print(explained(way))
        return DONE
    started = time.perf_counter()
    result, seconds = build_warehouse(
        chosen.sources,
        chosen.warehouse,
        chosen.definitions,
        as_of=chosen.as_of,
        accepted=chosen.accept,
        is_quiet=chosen.quiet,
    )
    if chosen.quiet:
        for line in remarks(result):
            print(spoken(line), file=sys.stderr)
    else:
        spent = time.perf_counter() - started
        print(spoken_lines(summary(result, seconds, spent)))
    return DONE


def _check(chosen: argparse.Namespace) -> int:
    from etl.commands import check_definitions, check_sources, tried_summary

    today = datetime.now(UTC).astimezone().date()
    if chosen.sources:
        catalogue, tried = check_sources(
            chosen.definitions,
            chosen.sources,
            chosen.warehouse,
            as_of=today,
            rejected=chosen.rejected,
            is_quiet=False,
        )
        has_register = tried.has_register
        print(spoken_lines(tried_summary(tried)))
    else:
        ours = settings.SOURCES if settings.SOURCES.is_dir() else None
        catalogue, has_register = check_definitions(
            chosen.definitions, ours, chosen.warehouse, as_of=today
        )
    no_faults = (
        f"{chosen.definitions}: {len(catalogue.definitions.indicators)} indicators, "
        f"{len(catalogue.activities.activities)} activities, "
        f"{len(catalogue.corrections)} corrections: no faults"
    )
    print(spoken(no_faults))
    print(spoken(f"plans in use: {', '.join(catalogue.plans) or 'none'}"))
    doubts = [*catalogue.doubts, catalogue.unreviewed]
    if not has_register:
        doubts.append(catalogue.units_not_looked_up)
    for line in filter(None, doubts):
        print(spoken(f"to be known: {line}"))
    return DONE


def _inspect(chosen: argparse.Namespace) -> int:
    from etl.commands import inspect_file

    lines = inspect_file(
        chosen.file,
        sources=chosen.sources,
        mappings=chosen.mappings,
        definitions=chosen.definitions,
        dataset=chosen.dataset,
        as_of=datetime.now(UTC).astimezone().date(),
        ask=_asked if sys.stdin.isatty() else None,
    )
    for line in lines:
        print(spoken_lines(line))
    return DONE


def _asked(question: str, answers: Sequence[str]) -> str:
    """Ask a person; return one of the answers, or what was written; "" for nothing."""
    print(f"? {spoken(question)}")
    for number, answer in enumerate(answers, 1):
        print(f"  {number}. {answer}")
    written = input(f"{spoken_lines('  (enter leaves it open) >')} ").strip()
    if written.isdecimal() and 0 < int(written) <= len(answers):
        return answers[int(written) - 1]
    return written


def _write_region(chosen: argparse.Namespace) -> int:
    from etl.region_scaffold import write_scaffold
    from kpi.definitions import load_definitions

    definitions = load_definitions(chosen.definitions)
    write_scaffold(chosen.out, definitions, chosen.kolada_id)
    print(spoken(f"{chosen.out}: written; edit it, then run `python -m etl check`"))
    return DONE


def _preview(chosen: argparse.Namespace) -> int:
    from etl.preview import preview
    from etl.preview_words import preview_told

    made = preview(
        chosen.indicator,
        chosen.definitions,
        sources=chosen.sources,
        warehouse=chosen.warehouse,
    )
    print(spoken_lines(preview_told(made)))
    return DONE


def _demo(chosen: argparse.Namespace) -> int:
    from etl.demo import write_demo
    from etl.demo.regions import BLEKINGE, REGIONS
    from kpi.definitions import load_definitions

    region, usual = BLEKINGE, settings.DEMO
    if chosen.region:
        region = replace(REGIONS[chosen.region], is_of_own_plans=True)
        usual = Path(f"{settings.DEMO}-{chosen.region}")
    out = chosen.out or usual
    written = write_demo(
        out,
        load_definitions(chosen.definitions),
        region=region,
        units=chosen.units,
        years=chosen.years,
        seed=chosen.seed,
        last=chosen.last,
    )
    rows = sum(written.values())
    print(spoken(f"{out}: {len(written)} files, {rows} synthetic rows"))
    return DONE


def _template(chosen: argparse.Namespace) -> int:
    from etl.templates import write_template, write_templates

    where = {
        "warehouse": chosen.warehouse,
        "sources": chosen.sources,
        "as_of": datetime.now(UTC).astimezone().date(),
    }
    if chosen.all is not None:
        if chosen.out is not None:
            raise SettingError(
                "--out names one file, and --all writes many; leave one of them out"
            )
        paths = write_templates(chosen.all, chosen.definitions, **where)
    else:
        paths = [
            write_template(chosen.dataset, chosen.out, chosen.definitions, **where)
        ]
    for path in paths:
        print(path)
    return DONE


def _fetch(chosen: argparse.Namespace) -> int:
    from etl.commands import fetch_public

    for line in fetch_public(
        chosen.definitions,
        out=chosen.out,
        cache=chosen.cache,
        base_url=chosen.base_url,
        first_year=chosen.first_year,
        refresh=chosen.refresh,
    ):
        print(spoken(line))
    return DONE


def _docs(chosen: argparse.Namespace) -> int:
    from etl.reference import stale_pages, write_pages

    if not chosen.check:
        for path in write_pages(chosen.definitions):
            print(path)
        return DONE
    stale = stale_pages(chosen.definitions)
    for path in stale:
        stale_page = f"{path} is stale; run `python -m etl docs`"
        print(spoken(stale_page), file=sys.stderr)
    return REFUSED if stale else DONE


if __name__ == "__main__":
    sys.exit(main())
