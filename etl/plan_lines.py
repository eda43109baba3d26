"""`docs/plans.md`: every line of the plans, and where in the program it stands.

`data/reference/plan_lines.csv` is the list that was looked over, line by line: what the
plans hold must stay in `activities.yaml`, or say here why it is left out.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kpi.activities import Activities, Activity, FollowUp, PlanDocument
from kpi.definitions import Definitions
from kpi.errors import DefinitionError
from kpi.targets import Target

PAGE = "/handlingsplaner"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the list.

    Attributes:
        plan: Whose line it is; empty for what stands in no plan.
        activity: Its id in `activities.yaml`; empty where it is left out.
        quotation: The first words of it, or what stands in no plan.
        at: Other places where it is met: addresses of pages, of the API and of files.
        note: What of it the program deliberately does not do, or why it is here.
    """

    plan: str
    activity: str
    quotation: str
    at: str
    note: str


def load_plan_lines(path: Path, activities: Activities) -> list[PlanLine]:
    """Read the list and hold it against the activities.

    Raises:
        DefinitionError: a line is lost, or an activity is not in the list.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        lines = [PlanLine(**row) for row in csv.DictReader(stream, delimiter=";")]
    faults = [f"{path}:{at}: {words}" for at, words in _faults(lines, activities)]
    if faults:
        raise DefinitionError(*faults)
    return lines


def _faults(
    lines: Sequence[PlanLine], activities: Activities
) -> Iterator[tuple[int, str]]:
    by_id = {activity.id: activity for activity in activities.activities}
    for at, line in enumerate(lines, start=2):  # below the names of the columns
        if not line.activity:
            if not line.note:
                yield at, f"{line.quotation!r} has neither `activity` nor `note`"
            continue
        activity = by_id.get(line.activity)
        if activity is None or activity.plan != line.plan:
            yield (
                at,
                f"{line.plan} has lost {line.activity!r} ({line.quotation!r}); put it "
                "back in activities.yaml, or say in `note` why it is left out",
            )
        elif not activity.quote.sv.startswith(line.quotation):
            yield (
                at,
                f"expected {line.activity!r} to begin with {line.quotation!r}, got "
                f"{activity.quote.sv[:60]!r}",
            )
    listed = {line.activity for line in lines}
    for missing in sorted(by_id.keys() - listed):
        words = f"{missing!r} is not in the list; add it, with its first words"
        yield len(lines) + 1, words


def plans_page(
    lines: Iterable[PlanLine], activities: Activities, definitions: Definitions
) -> list[str]:
    """Return the page, line by line, without its first comment."""
    by_id = {line.activity: line for line in lines if line.activity}
    page = [
        "# The plans, line by line",
        "",
        "Everything that stands in the plans, in their order, and where in the program "
        f"it stands: on `{PAGE}`, in `/api/v1/plans` and in `/export/plans.xlsx` under "
        "its id, and what follows it up. Quotations are in Swedish, as they stand in "
        "the documents.",
    ]
    for document in activities.documents:
        statements = activities.of_plan(document.plan)
        page += [
            "",
            f"## {document.title.sv}",
            "",
            f"`{document.plan}` · {document.region} · {len(statements)} statements",
            "",
            "| section | quotation | who | stands as | followed up by | to be known |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        page += [
            _row(
                _place(document, activity),
                _quoted(activity),
                _who(activity),
                _stands(activity, by_id[activity.id]),
                _followed(activity, definitions),
                _known(activity, by_id[activity.id]),
            )
            for activity in statements
        ]
    left_out = [line for line in lines if not line.activity]
    return [
        *page,
        "",
        "## Beside the plans",
        "",
        "What no plan says and stands in the program all the same, or is left out. The "
        "measures that no plan has, and what is chosen within those of a plan, stand "
        "in [Indicators](indicators.md).",
        "",
        "| what | where | why |",
        "| --- | --- | --- |",
        *(_row(line.quotation, _addresses(line), line.note) for line in left_out),
        "",
        "### Indicators that Målbild proposes",
        "",
        "The plans do not name them where they stand. On the page they are "
        "**Förslag från Målbild**.",
        "",
        "| statement | indicator | why |",
        "| --- | --- | --- |",
        *(
            _row(f"`{activity.id}`", f"`{link.indicator}`", link.why.en)
            for activity in activities.activities
            for link in activity.proposed
        ),
    ]


def _row(*cells: str) -> str:
    written = (" ".join(cell.replace("|", "\\|").split()) for cell in cells)
    return f"| {' | '.join(written)} |"


def _place(document: PlanDocument, activity: Activity) -> str:
    section = document.section(activity.section)
    heading = f"{section.number or ''} {section.name.sv}".strip()
    return f"{heading}, {activity.number}" if activity.number else heading


def _quoted(activity: Activity) -> str:
    also = (activity.follow_up, activity.answer)
    quotes = [
        *(activity.quote, *activity.activities, *activity.measures),
        *(quote for quote in also if quote is not None),
    ]
    return "<br>".join(quote.sv for quote in quotes)


def _who(activity: Activity) -> str:
    """Return whom it names, as what where they are not responsible."""
    named = (
        ("", activity.responsible),
        ("supports: ", activity.support),
        ("is reported to: ", activity.recipients),
    )
    return "<br>".join(
        f"{part}{'; '.join(quote.sv for quote in quotes)}"
        for part, quotes in named
        if quotes
    )


def _stands(activity: Activity, line: PlanLine) -> str:
    return " ".join(part for part in (f"`{activity.id}`", _addresses(line)) if part)


def _addresses(line: PlanLine) -> str:
    return " ".join(f"`{address}`" for address in line.at.split())


def _followed(activity: Activity, definitions: Definitions) -> str:
    return "<br>".join(
        _link(link, activity.plan, definitions.indicator(link.indicator).targets)
        for link in activity.followed_up_by
    )


def _link(link: FollowUp, plan: str, targets: Iterable[Target]) -> str:
    of = [part for part in (link.svf, link.period and str(link.period)) if part]
    words = f"`{link.indicator}`{' ' * bool(of)}{', '.join(of)}"
    aims = [
        _aim(target)
        for target in targets
        if target.plan == plan
        and link.svf == target.svf
        and (link.period is None or target.is_in_force(link.period))
    ]
    return f"{words}: {', '.join(aims)}" if aims else words


def _aim(target: Target) -> str:
    value = "" if target.value is None else f" {target.value:g}"
    pathway = f" ({target.svf})" if target.svf else ""
    return f"{target.rule}{value}{pathway} {target.held}"


def _known(activity: Activity, line: PlanLine) -> str:
    remark = activity.remark.en if activity.remark else ""
    return " ".join(part for part in (remark, line.note) if part)
