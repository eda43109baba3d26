"""Every sentence in the source that a person may read in a terminal, as a template.

They are found by what they look like, wherever they stand: words with spaces between
them, in a text or an f-string, or quoted within SQL. What looks so and is none is named
here, so that a new sentence cannot be forgotten.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

ELSEWHERE = (
    *("etl/words/", "etl/explaining.py", "etl/inspect/headings.py", "etl/reference.py"),
    *("etl/template/", "etl/region_scaffold.py"),
    *("kpi/datasets.py", "kpi/fact_tables.py", "kpi/schema.py", "kpi/as_csv.py"),
    *("kpi/assessment.py", "kpi/contributions.py", "kpi/evidence.py"),
    *("kpi/forecast.py", "kpi/funnel.py", "kpi/funnel_limits.py", "kpi/intervals.py"),
    *("kpi/counted.py", "kpi/ranking.py", "kpi/spc/", "kpi/waiting.py"),
)
"""Modules whose sentences are for documents, files, SQL or programmers alone."""

ONLY_RAISED = ("etl/demo/",)
"""Modules whose sentences are of what they make, but for what they raise."""

NOT_MESSAGES = {
    "etl/__main__.py": ("python -m etl",),
    "etl/fetch/kolada.py": ("malbild (python-requests)",),
    "etl/fetch/kolada_answer.py": ("{0}: values",),
    "etl/files/answer.py": ("STRUCT(",),
    "etl/files/find.py": ("a folder whose name begins with", "copies; give it"),
    "etl/inspect/command.py": ("# yaml-language-server", "# Drafted by"),
    "etl/inspect/private.py": ("patient ", "fornamn ", "telefonnr "),
    "etl/labels.py": ("the connection is open",),
    "etl/plan_lines.py": (
        *("# The plans", "Everything that", "`{0}` ·", "| section", "## Beside"),
        *("What no plan says", "### Indicators", "The plans do not", "is reported to:"),
    ),
    "etl/sources/layout.py": ("a pseudonym that stays",),
    "etl/take/everyday.py": (
        *("januari ", "februari ", "mars ", "april ", "maj ", "juni ", "juli "),
        *("augusti ", "september ", "oktober ", "november ", "december "),
    ),
    "etl/take/replace.py": (", first_month, last_month",),
    "etl/take/stage.py": ("(sign without width)",),
    "etl/preview.py": ("is new or", "are new or", "is gone", "are gone"),
    "kpi/overlay.py": (
        *(
            "until ",
            "from ",
            "Paused",
            "its own",
            "beslutat i",
            "till och med",
            "Pausad",
        ),
        *("{0}: egna beslut", "{0}: its own decisions"),
    ),
    "kpi/plans_in_use.py": ("National targets",),
    "kpi/period.py": ("a day lies in twelve",),
    "kpi/strict.py": ("Value error,",),
    "kpi/vocabulary.py": ("Region ",),
    "kpi/yaml_lines.py": ("tag:yaml.org",),
}
"""Module -> how texts begin that only look like messages, or are told otherwise."""

_SENTENCE = re.compile(
    r"[a-zåäö`}'),;:]+[ ,:;]+[(`]?[a-zåäö]{2,}|[a-zåäö]{2,}[,:;]? \{"
    r"|\b(a|and|in|of|or|the) [^ ]"
)
_CODE = re.compile(
    r"\b(SELECT|FROM|WHERE|CASE|WHEN|THEN|JOIN|AS|AND|OR|NOT|NULL|IN|BETWEEN|CREATE"
    r"|INSERT|END|ELSE|VARCHAR|INTEGER|UNION|WITH|ORDER BY|GROUP BY|DROP|SET|USE"
    r"|VALUES)\b|\w\(|\|\||<=|>=| [<=>] |\]\*|\)\?|\\\\"
)
_SWEDISH = re.compile("[åäöÅÄÖ]")
_QUOTED = re.compile(r"'([^']*)'")
_GAP = re.compile(r"\{\w*\}")


@dataclass(frozen=True)
class Sentence:
    """A template, and where it stands.

    Attributes:
        words: With `{0}`, `{1}` ... for what is filled in.
        is_piece: Whether it is only put together with others to a sentence.
    """

    words: str
    place: str
    is_piece: bool


@cache
def sentences() -> list[Sentence]:
    """Return every sentence of etl and kpi that may be printed."""
    paths = [*(ROOT / "etl").rglob("*.py"), *(ROOT / "kpi").rglob("*.py")]
    return [sentence for path in sorted(paths) for sentence in sentences_in(path)]


def sentences_in(path: Path) -> Iterator[Sentence]:
    name = path.relative_to(ROOT).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if name.startswith(ELSEWHERE):
        return
    raises = [node for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    raised = {id(node) for root in raises for node in ast.walk(root)}
    others = NOT_MESSAGES.get(name, ())
    for root in raises if name.startswith(ONLY_RAISED) else [tree]:
        for node in spoken_nodes(root):
            template = template_of(node)
            is_code = id(node) not in raised and _CODE.search(template)
            for words, is_piece in quoted(template) if is_code else lines_of(template):
                if not (is_swedish(words) or words.startswith(others)):
                    yield Sentence(words, f"{name}:{node.lineno}", is_piece)


def is_swedish(words: str) -> bool:
    """Say whether a text is Swedish already: for files, the pages, or of the field."""
    return bool(_SWEDISH.search(re.sub("KVÅ|Målbild", "", words)))


def spoken_nodes(root: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Give the texts below a node, but for docstrings, assertions and labels."""
    for child in ast.iter_child_nodes(root):
        match child:
            case ast.Expr(value=ast.Constant()) | ast.Assert():
                continue
            case ast.JoinedStr():
                yield child
                for part in child.values:
                    if isinstance(part, ast.FormattedValue):
                        yield from spoken_nodes(part.value)
                        if isinstance(part.value, ast.Constant | ast.JoinedStr):
                            yield part.value
            case ast.Constant(value=str()):
                yield child
            case ast.FunctionDef():
                defaults = [*child.args.defaults, *child.args.kw_defaults]
                for part in filter(None, [*defaults, *child.body]):
                    if not isinstance(part, ast.Expr) or not is_docstring(part):
                        yield from spoken_nodes(ast.Module([part], []))
            case ast.Call(func=ast.Attribute(attr="compile")):
                continue
            case _:
                yield from spoken_nodes(child)


def is_docstring(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Constant)


def template_of(node: ast.Constant | ast.JoinedStr) -> str:
    """Return a text with `{0}`, `{1}` ... where something is filled in."""
    if isinstance(node, ast.JoinedStr):
        numbered, gaps = "", 0
        for part in node.values:
            if isinstance(part, ast.Constant):
                numbered += str(part.value)
            else:
                numbered += f"{{{gaps}}}"
                gaps += 1
        return numbered
    gaps = iter(range(100))
    return _GAP.sub(lambda __: f"{{{next(gaps)}}}", str(node.value))


def quoted(code: str) -> Iterator[tuple[str, bool]]:
    """Give the sentences that SQL quotes, each a piece of what it puts together."""
    for words in _QUOTED.findall(code):
        if _SENTENCE.search(words):
            yield words, True


def lines_of(template: str) -> Iterator[tuple[str, bool]]:
    """Give the sentences of a text, and whether each is a piece of one."""
    for line in template.split("\n"):
        if _SENTENCE.search(line):
            words = line.strip()
            is_piece = line != line.rstrip() or line[0] in ",;:'" or line[:1] == " "
            yield words, is_piece and not line.startswith("  ")
