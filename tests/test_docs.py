"""What the documentation says of the program is so; Sphinx is not needed to know."""

import ast
import re
import shlex
import subprocess
import tarfile
from datetime import date
from itertools import chain
from pathlib import Path
from textwrap import dedent
from urllib.parse import urlsplit

import pytest
from PIL import Image

from app.site.routes import route
from docs.pictures import PICTURES, SHOTS
from kpi.vocabulary import Rejection
from tests.app.long_texts import long_texts, texts_in

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
MADE = {"indicators.md", "datasets.md", "plans.md"}  # by `python -m etl docs`
WRITTEN = [path for path in PAGES if path.name not in MADE]
SERVED = "http://127.0.0.1:8050"
FILES = ("/srv/", "/etc/")
REFUSED = ("2026Q5", "/export/outcomes.xlsx")  # no such quarter; all is too much


def name(path):
    return path.relative_to(ROOT).as_posix()


def fences(path, *kinds):
    """Return the blocks of code on a page, of these kinds or of all."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"^( *)```(\S*)\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE)
    return [dedent(code) for _, kind, code in found if not kinds or kind in kinds]


def example_in(page, beginning):
    """Return the only example of YAML on a page that begins so."""
    (example,) = [
        code for code in fences(DOCS / page, "yaml") if code.startswith(beginning)
    ]
    return example


def prose(path):
    text = path.read_text(encoding="utf-8")
    return re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.DOTALL | re.MULTILINE)


def code(path):
    """Return every line of code on a page, in blocks and in sentences."""
    blocks = chain.from_iterable(block.splitlines() for block in fences(path))
    indented = re.findall(r"^ {4}(\S.*)$", prose(path), re.MULTILINE)
    return [*blocks, *indented, *code_spans_in(prose(path))]


def code_spans_in(text):
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", text)]


def every(find):
    """Return (page, what was found) over all pages; at least one."""
    found = [(name(path), one) for path in PAGES for one in find(path)]
    assert found
    return found


def links(path):
    return links_in(prose(path))


def links_in(text):
    return re.findall(r"\]\(([^)\s]+)\)", text)


def anchors(path):
    """Return the anchors of a page's headings, from the top."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return [re.sub(r"\s", "-", heading) for heading in plain]


def leads_somewhere(page, target):
    file, _, anchor = target.partition("#")
    path = (ROOT / page).parent / file if file else ROOT / page
    return path.exists() and (not anchor or anchor in anchors(path))


def test_every_link_and_picture_leads_somewhere():
    found = every(links)
    assert [
        (page, target)
        for page, target in found
        if not re.match("https?:", target) and not leads_somewhere(page, target)
    ] == []


def test_every_page_is_in_the_list_of_contents_once():
    listed = [
        line
        for block in fences(DOCS / "index.md", "{toctree}")
        for line in block.splitlines()
        if line and not line.startswith(":")
    ]
    assert sorted(listed) == sorted(
        path.stem for path in DOCS.glob("*.md") if path.stem != "index"
    )


def test_the_pictures_are_those_of_the_script_and_all_are_shown():
    taken = {f"{shot.name}.png" for shot in SHOTS}
    shown = {Path(target).name for _, target in every(links) if ".png" in target}
    assert taken == shown == {path.name for path in PICTURES.iterdir()}


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_picture_is_as_large_as_asked_for_and_light(shot):
    path = PICTURES / f"{shot.name}.png"
    with Image.open(path) as picture:
        assert picture.size == (shot.width, shot.height)
    assert path.stat().st_size < 150_000


def targets(path):
    lines = (re.sub(r"^.*&& |\s+#.*", "", line) for line in code(path))
    return [line.split()[1:] for line in lines if re.match(r"make \S", line)]


def test_every_make_target_and_variable_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([\w./-]+):", makefile, re.MULTILINE))
    known |= set(re.findall(r"^(\w+) \?=", makefile, re.MULTILINE))
    assert [
        (page, word)
        for page, words in every(targets)
        for word in words
        if word.partition("=")[0] not in known
    ] == []


def commands(path):
    """Return what follows `python -m` in commands, as words."""
    found = (re.search(r"python -m ((?:etl|app)\b[^#]*)", line) for line in code(path))
    return [shlex.split(one[1]) for one in found if one]


def understood(words):
    from app.__main__ import _parser as app_parser
    from etl.__main__ import _parser as etl_parser

    parser = {"etl": etl_parser, "app": app_parser}[words[0]]()
    try:
        parser.parse_args(words[1:])
    except SystemExit as end:
        return end.code == 0  # --help
    return True


def test_every_command_is_understood_by_the_program(capsys):
    assert [one for one in every(commands) if not understood(one[1])] == []


def options(path):
    return [one.split()[0] for one in code(path) if one.startswith("--")]


def test_every_option_is_one_of_the_programs():
    parsers = (ROOT / "etl" / "__main__.py", ROOT / "app" / "__main__.py")
    known = "".join(path.read_text(encoding="utf-8") for path in parsers)
    assert [one for one in every(options) if f'"{one[1]}"' not in known] == []


def settings_in(text):
    return set(re.findall(r"\bMALBILD_[A-Z_]+\b", text))


def test_settings_are_documented_and_documented_settings_exist():
    sources = chain.from_iterable(
        (ROOT / p).rglob("*.py") for p in ("kpi", "etl", "app")
    )
    known = set().union(*(settings_in(p.read_text(encoding="utf-8")) for p in sources))
    said = settings_in((DOCS / "operator.md").read_text(encoding="utf-8"))
    assert said == known != set()


def addresses(path):
    """Return the addresses within the program that a page names."""
    found = re.findall(rf"{SERVED}(/[^\s\"`]*)", path.read_text(encoding="utf-8"))
    found += [one for one in code(path) if re.fullmatch(r"/[\w/.?=&<>-]*", one)]
    return [one for one in found if not one.startswith(FILES)]


def is_for_machines(address):
    return re.match("/(api|export|healthz)", address) is not None


def test_every_page_that_is_named_exists():
    found = [one for one in every(addresses) if not is_for_machines(one[1])]
    assert len(found) > 5
    assert [one for one in found if route(urlsplit(one[1]).path) is None] == []


def test_every_address_of_the_api_answers_as_it_says(demo_warehouse):
    from app.server import wsgi

    client = wsgi(demo_warehouse).test_client()
    build = client.get("/healthz").json["build"]
    found = [one for one in every(addresses) if is_for_machines(one[1])]
    wrong = {}
    for page, address in found:
        expected = 400 if address.endswith(REFUSED) else 200
        answer = client.get(address.replace("<build>", build))
        if answer.status_code != expected:
            wrong[page, address] = answer.status_code
    assert wrong == {}


def words_of_the_program():
    texts = chain.from_iterable(files.values() for files in long_texts().values())
    return set(chain.from_iterable(map(texts_in, texts))) | {
        node.value
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def bold(path):
    return bold_in(prose(path))


def bold_in(text):
    found = re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)
    return [" ".join(words.split()) for words in found]


def test_words_in_bold_stand_on_the_screen():
    known = words_of_the_program()
    found = [(name(path), one) for path in WRITTEN for one in bold(path)]
    assert len(found) > 50
    assert [one for one in found if one[1] not in known] == []


def test_the_example_of_an_indicator_is_one(tmp_path):
    from kpi.definitions import load_definitions

    (example,) = fences(DOCS / "developer.md", "yaml")
    shipped = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    path = tmp_path / "indicators.yaml"
    path.write_text(f"{shipped}\n  {example.replace(chr(10), chr(10) + '  ')}")
    *_, newest = load_definitions(path).indicators
    assert newest.id == "falls_risk_assessed"


def test_the_examples_of_mappings_are_some(tmp_path):
    from etl.mappings.read import load_mapping
    from etl.store.catalogue import load_catalogue

    catalogue = load_catalogue(ROOT / "indicators.yaml", date(2026, 11, 20))
    datasets = []
    for example in fences(DOCS / "operator.md", "yaml"):
        if "files:" in example:
            path = tmp_path / "mapping.yaml"
            path.write_text(example, encoding="utf-8")
            mappings = load_mapping(path, [*catalogue.pathways], catalogue.reported)
            datasets += [mapped.mapping.dataset for mapped in mappings]
    assert datasets == ["svf_fall", "matningar", "matningar", "matningar"]


def test_the_example_of_what_a_region_decides_is_one(tmp_path):
    from etl.store.catalogue import load_catalogue

    example = example_in("operator.md", "kolada_id:")
    path = tmp_path / "region.yaml"
    path.write_text(example, encoding="utf-8")
    written = load_catalogue(ROOT / "indicators.yaml", date(2026, 11, 1), region=path)
    assert written.region.called == "Region Kronoberg"
    assert written.doubts == []
    decided = written.used_by({"0007"})
    assert decided.doubts == []
    assert "comments_answered_in_time" in decided.documents()["indicators"]
    keys = {
        line.partition(":")[0] for line in example.splitlines() if line[:1].islower()
    }
    left_out = {"name", "looked_over", "plans_in_use"}
    assert keys == {*type(written.region).model_fields} - left_out


def test_the_operator_is_told_what_to_do_of_every_rejection():
    _, _, below = prose(DOCS / "operator.md").partition("\n### Rejected rows\n")
    section, _, _ = below.partition("\n### ")
    reasons = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    assert sorted(code_spans_in(", ".join(reasons))) == sorted(Rejection)


def test_the_backup_holds_what_cannot_be_made_again(tmp_path):
    (command,) = [
        line
        for code in fences(DOCS / "operator.md", "sh")
        for line in code.splitlines()
        if line.startswith("tar -czf")
    ]
    there = [
        "data/region.yaml",
        "data/mappings/bhk.yaml",
        "data/sources/svf/svf_fall.csv",
    ]
    for name_of_file in there:
        path = tmp_path / name_of_file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("något")
    # The others are not there, which does no harm.
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True, capture_output=True)
    (archive,) = tmp_path.glob("malbild-*.tar.gz")
    with tarfile.open(archive) as packed:
        files = [member.name for member in packed if member.isfile()]
    assert sorted(files) == sorted(there)


def test_the_example_of_a_correction_is_one(tmp_path):
    from etl.take.corrections import load_corrections

    path = tmp_path / "corrections.yaml"
    path.write_text(example_in("operator.md", "corrections:"), encoding="utf-8")
    (correction,) = load_corrections(path, date(2026, 11, 20))
    assert correction.set == {"enhet_id": "SE2321000081-A01"}


def test_the_example_of_the_limits_is_what_holds_without_it(tmp_path):
    from etl.store.limits import Limits, load_limits

    example = example_in("operator.md", "file_rejected_per_cent:")
    path = tmp_path / "limits.yaml"
    path.write_text(example, encoding="utf-8")
    assert load_limits(path) == Limits()
    named = {line.partition(":")[0] for line in example.splitlines()}
    assert set(Limits.model_fields) == named


def test_examples_in_python_can_be_read():
    examples = [one for path in WRITTEN for one in fences(path, "python")]
    assert len([ast.parse(one) for one in examples]) > 1
