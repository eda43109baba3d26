"""`python -m etl inspect`: what a file is, a mapping for it, and what it would give."""

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from etl.files.find import SourceFile, SourceFolder, describe
from etl.inspect.draft import Draft, draft_of, pattern_of
from etl.inspect.guess import guesses
from etl.inspect.show import asked, read_of, surveyed
from etl.inspect.survey import survey
from etl.mappings.model import Mapped
from etl.mappings.read import load_mapping
from etl.sources import LAYOUTS
from etl.sources.layout import Layout
from etl.steps import Steps
from etl.store.catalogue import Catalogue
from etl.store.draft import Draft as Run
from etl.store.pipeline import trial
from etl.take.cast import Setting
from etl.take.mapped import unit_names
from etl.take.persons import MACROS
from kpi.errors import DefinitionError, SourceError

_HEAD = """\
# yaml-language-server: $schema=../../docs/mappings.schema.json
# Drafted by `python -m etl inspect`. What has a '?' must be answered before it is used.
files:
"""
Ask = Callable[[str, Sequence[str]], str]
"""Asks a person a question with the answers there are, if that is a list; an empty
answer leaves it where it stands."""


def inspected(
    path: Path,
    catalogue: Catalogue,
    folder: SourceFolder,
    *,
    sources: Path,
    mappings: Path,
    as_of: date,
    dataset: str | None = None,
    ask: Ask | None = None,
) -> Iterator[str]:
    """Give what a file is, line by line, and draft a mapping where there is none.

    Args:
        path: The file.
        catalogue: What its rows are held against.
        folder: What lies among the sources, for the register of units.
        sources: Where they lie.
        mappings: Where mappings are written, one file per producer.
        as_of: Later days are in the future.
        dataset: What its rows are; None to guess it.
        ask: For a terminal; None writes the questions into the draft.

    Raises:
        MalbildError: the file is none that can be read, or a mapping has faults.
    """
    ground = [file for file in folder.files if file.layout.is_ground]
    mapping_file = mappings / f"{_producer(path, sources)}.yaml"
    pattern = pattern_of(path, sources, mapping_file.stem)
    mapped = _mapped(mapping_file, pattern, catalogue)
    if mapped is None:
        layouts = _ground() if ground else []
        with trial(catalogue, ground, as_of, _quiet(), layouts) as run:
            for macro in MACROS:
                run.connection.exec_driver_sql(macro)
            draft = yield from _drafted(run, path, pattern, dataset)
        if ask:
            draft = _asked(draft, ask)
        _write(mapping_file, draft)
        yield f"{mapping_file}: the mapping is drafted"
        if draft.questions:
            yield f"{len(draft.questions)} questions; put answers in place of '?' there"
            yield from asked(draft)
            yield f"then run `python -m etl inspect {path}` again"
            return
        mapped = _mapped(mapping_file, pattern, catalogue)
        assert mapped
    file = _file(path, pattern, mapped)
    if not ground and not file.layout.is_ground:
        yield "give the register of units first, where the units of rows are looked up"
        return
    with trial(catalogue, [*ground, file], as_of, _quiet()) as run:
        yield f"read by {mapped.path} as {file.layout.dataset}"
        yield from read_of(run.connection, file)
    if not path.resolve().is_relative_to(sources.resolve()):
        folder_of_it = sources / Path(mapped.mapping.pattern).parent
        yield f"put it in {folder_of_it} to load it"


def answered_mappings(folder: Path, catalogue: Catalogue) -> list[Mapped]:
    """Return the mappings of a folder, but for those with faults or open questions."""
    mappings: list[Mapped] = []
    for path in sorted(folder.glob("*.y*ml")):
        with suppress(DefinitionError):
            mappings += load_mapping(path, [*catalogue.pathways], catalogue.reported)
    return mappings


def _quiet() -> Steps:
    return Steps(0, is_quiet=True)


def _ground() -> list[Layout]:
    return [layout for layout in LAYOUTS if layout.is_ground]


def _producer(path: Path, sources: Path) -> str:
    """Return the name of a producer: its folder, or for a file elsewhere the file's."""
    if path.resolve().is_relative_to(sources.resolve()):
        name = path.resolve().relative_to(sources.resolve()).parts[0]
        name = name if name != path.name else path.stem
    else:
        name = path.stem
    return (
        re.sub(r"[^a-zåäö0-9]+", "_", name.casefold()).strip("_0123456789") or "filer"
    )


def _mapped(file: Path, pattern: str, catalogue: Catalogue) -> Mapped | None:
    """Return the mapping of a pattern, if there is one."""
    if not file.exists():
        return None
    mappings = load_mapping(file, [*catalogue.pathways], catalogue.reported)
    return next(
        (m for m in mappings if m.mapping.fits(pattern.replace("*", "x"))), None
    )


def _drafted(
    run: Run, path: Path, pattern: str, dataset: str | None
) -> Generator[str, None, Draft]:
    """Give what the file is, and return a mapping for it."""
    connection, catalogue = run.connection, run.catalogue
    names = unit_names(connection, run.build_id)
    setting = Setting(catalogue.pathways, run.as_of)
    of_file = survey(path)
    ranked = guesses(connection, of_file, setting, names)
    yield from surveyed(connection, of_file, ranked)
    if dataset:
        ranked = [guess for guess in ranked if guess.layout.dataset == dataset]
    if not names.ids:
        yield "there is no register of units, so units are not looked up"
    indicators = {
        indicator.id: indicator
        for indicator in catalogue.definitions.indicators
        if indicator.id in catalogue.reported
    }
    return draft_of(ranked[0], of_file, pattern, setting, names, indicators)


def _asked(draft: Draft, ask: Ask) -> Draft:
    for question in draft.questions:
        answer = ask(question.asked, question.answers)
        if not answer:
            continue
        is_flag = question.answers == ("true", "false")
        draft = draft.answered(question, answer == "true" if is_flag else answer)
    return draft


def _write(file: Path, draft: Draft) -> None:
    """Put a draft into the mapping file of its producer.

    Raises:
        SourceError: what stands in the file cannot be added to.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") if file.exists() else _HEAD
    keys = re.findall(r"^(\w+):", before, re.MULTILINE)
    if keys[-1:] != ["files"]:
        raise SourceError(
            f"{file}: expected `files` as the last key, to add to it; move it there"
        )
    file.write_text(f"{before.rstrip()}\n{draft.text()}", encoding="utf-8")


def _file(path: Path, pattern: str, mapped: Mapped) -> SourceFile:
    file = describe(path, pattern.replace("*", ""), mapped.mapping.layout)
    return replace(file, mapped=mapped)
