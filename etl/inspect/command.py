"""`python -m etl inspect`: what a file is, a mapping for it, and what it would give."""

import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml

from etl.files.find import SourceFolder, describe
from etl.folding import folded
from etl.inspect.draft import Draft, draft_of
from etl.inspect.guess import LEAST_FIT, Guess, guesses
from etl.inspect.private import refuse_names_of_persons
from etl.inspect.questions import Question, shown
from etl.inspect.show import asked, read_of, surveyed
from etl.inspect.survey import Survey, survey
from etl.mappings.model import MAPPABLE, Mapped
from etl.mappings.read import load_mapping
from etl.sources import LAYOUTS
from etl.sources.layout import Layout
from etl.steps import Steps
from etl.store.catalogue import Catalogue
from etl.store.draft import Draft as Run
from etl.store.pipeline import trial
from etl.take.cast import Setting
from etl.take.everyday import ANSWERS
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
    if dataset is not None and dataset not in MAPPABLE:
        raise SourceError(
            f"--dataset: there is no dataset {shown([dataset])!r}; expected one of "
            f"{', '.join(MAPPABLE)}"
        )
    mapping_file = mappings / f"{_producer(path, sources)}.yaml"
    name = _name(path, sources, mapping_file.stem)
    mapped = _mapped(mapping_file, name, catalogue)
    if mapped and dataset not in (None, mapped.mapping.dataset):
        raise SourceError(
            f"{mapping_file}: there is a mapping of the file already, as "
            f"{mapped.mapping.dataset}; take it out there to draft another"
        )
    ground = [file for file in folder.files if file.layout.is_ground]
    if mapped is None:
        layouts = _ground() if ground else []
        with trial(catalogue, ground, as_of, _quiet(), layouts) as run:
            for macro in MACROS:
                run.connection.exec_driver_sql(macro)
            draft = yield from _drafted(run, path, name, dataset)
        if ask:
            draft = _asked(draft, ask)
        _write(mapping_file, draft)
        yield f"{mapping_file}: the mapping is drafted"
        yield from draft.remarks
        if draft.questions:
            yield f"{len(draft.questions)} questions; put answers in place of '?' there"
            yield from asked(draft)
            yield f"then run `python -m etl inspect {path}` again"
            return
        mapped = _mapped(mapping_file, name, catalogue)
        assert mapped
    file = replace(describe(path, name, mapped.mapping.layout), mapped=mapped)
    if not ground and not file.layout.is_ground:
        yield "give the register of units first, where the units of rows are looked up"
        return
    # The register itself lies among the sources as soon as it is answered.
    others = [other for other in ground if other.sha256 != file.sha256]
    with trial(catalogue, [*others, file], as_of, _quiet()) as run:
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


def _name(path: Path, sources: Path, producer: str) -> str:
    """Return the path of a file under the sources folder, where it is or would be."""
    if path.resolve().is_relative_to(sources.resolve()):
        return path.resolve().relative_to(sources.resolve()).as_posix()
    return f"{producer}/{path.name}"


def _mapped(file: Path, name: str, catalogue: Catalogue) -> Mapped | None:
    """Return the mapping of the file of a name, if there is one."""
    if not file.exists():
        return None
    mappings = load_mapping(file, [*catalogue.pathways], catalogue.reported)
    return next((mapped for mapped in mappings if mapped.mapping.fits(name)), None)


def _drafted(
    run: Run, path: Path, name: str, dataset: str | None
) -> Generator[str, None, Draft]:
    """Give what the file is, and return a mapping for it."""
    connection, catalogue = run.connection, run.catalogue
    names = unit_names(connection, run.build_id)
    setting = Setting(catalogue.pathways, run.as_of)
    of_file = survey(path)
    refuse_names_of_persons(connection, of_file)
    ranked = guesses(connection, of_file, setting, names)
    yield from surveyed(connection, of_file, ranked)
    if dataset:
        ranked = [guess for guess in ranked if guess.layout.dataset == dataset]
    _refuse_unlikely(ranked[0], of_file, is_told=dataset is not None)
    if not names.ids:
        yield "there is no register of units, so units are not looked up"
    indicators = {
        indicator.id: indicator
        for indicator in catalogue.definitions.indicators
        if indicator.id in catalogue.reported
    }
    return draft_of(ranked[0], of_file, name, setting, names, indicators)


def _refuse_unlikely(guess: Guess, of_file: Survey, *, is_told: bool) -> None:
    """Refuse to draft what would be a guess at random.

    Raises:
        SourceError: columns cannot be told apart, or nothing fits and nobody has told
            what the rows are.
    """
    columns = Counter(folded(heading) for heading in guess.table.headings)
    twice = [h for h in guess.table.headings if columns[folded(h)] > 1]
    faults = []
    if twice:
        faults.append(
            f"{of_file.path}: the headings {shown(list(dict.fromkeys(twice)))} stand "
            "several times, as where headings are in two rows; a mapping tells columns "
            "by their headings; write each in one cell, such as 'Antal jan-26'"
        )
    if guess.fit < LEAST_FIT and not is_told:
        faults.append(
            f"{of_file.path}: it looks like no dataset (nearest is "
            f"{guess.layout.dataset}, {100 * guess.fit:.0f} of 100), so no mapping is "
            "drafted; see whether the headings are in one row, or say with --dataset "
            f"what the rows are: {', '.join(MAPPABLE)}"
        )
    if faults:
        raise SourceError(*faults)


def _asked(draft: Draft, ask: Ask) -> Draft:
    for question in draft.questions:
        answer = _understood(ask(question.asked, question.answers), question)
        if answer is not None:
            draft = draft.answered(question, answer)
    return draft


def _understood(answer: str, question: Question) -> object:
    """Return what a person has answered; None where it leaves the question open."""
    if question.answers == ("true", "false"):
        words = {"true": "J", "false": "N"} | {w.lower(): a for w, a in ANSWERS.items()}
        return {"J": True, "N": False}.get(words.get(answer.casefold(), ""))
    if answer.startswith("{"):
        # As it may be written in the file: {sheet: true}.
        with suppress(yaml.YAMLError):
            return yaml.safe_load(answer)
    return answer or None


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
