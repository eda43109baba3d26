"""`/api/v1/plans`: what stands in the plans, and what follows it up."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from http import HTTPStatus
from operator import attrgetter
from typing import Any

from app.api.answer import Address, Answer, Listed, Record
from app.api.faults import RequestFault
from app.api.named import named_indicator, named_unit, quarter_of
from app.api.parameters import INDICATOR, LANG, THE_UNIT, Given, one_of
from app.columns import BUILD, Field, integer, perhaps, text
from app.outcome.answer import QUARTER
from app.pages.plans.find import Followed, FollowedBy, Statement, Wanted, statements
from app.queries.activities import activities
from app.queries.frame import Frame, read_frame
from app.queries.reader import Reader
from app.words.language import lazy_gettext as _l
from kpi.activities import ActivityKind, ActivityStatus, DateKind, Timing
from kpi.assessment import Status
from kpi.definitions import QUESTIONS, THEMES
from kpi.model import Text

_AN_ID = _l("ett id ur svaret utan parametern")
_ID = replace(INDICATOR, takes=_AN_ID, is_list=False)
OF_PLANS = (
    replace(_ID, name="plan", about="Only of this plan."),
    replace(_ID, name="section", about="Only under this heading."),
    replace(_ID, name="role", about="Only what this role is responsible for."),
    one_of(
        "support",
        "With `role`: what it supports or is reported too; only what it is responsible "
        "for without.",
        ("included",),
    ),
    one_of("kind", "Only statements of this kind.", ActivityKind),
    one_of("status", "Only those that the plan gives this status.", ActivityStatus),
    one_of(
        "followed_by",
        "indicator: only what the plan has measures for; target: only those with a "
        "target of the plan; nothing: only those with neither.",
        FollowedBy,
    ),
    replace(
        INDICATOR,
        about="Only what this indicator follows up, or is proposed for.",
        is_list=False,
    ),
    THE_UNIT,
    QUARTER,
    LANG,
)


def _quoted(name: str, about: str) -> tuple[Field, Field]:
    """Return a quotation, or several on a line each, and its translation."""
    read = attrgetter(f"activity.{name}")

    def in_language(code: str) -> Callable[[Statement], str | None]:
        def words(statement: Statement) -> str | None:
            quotes: Text | list[Text] | None = read(statement)
            every = quotes if isinstance(quotes, list) else [quotes] if quotes else []
            return "\n".join(getattr(quote, code) for quote in every) or None

        return words

    return (
        perhaps(name, f"{about}, as it stands in the plan.", read=in_language("sv")),
        perhaps(f"{name}_en", f"{about}, translated.", read=in_language("en")),
    )


def _ids(name: str, about: str) -> Field:
    read = attrgetter(f"activity.{name}")
    return perhaps(
        name, about, read=lambda statement: " ".join(read(statement)) or None
    )


def _named(followed: Iterable[Followed]) -> str | None:
    # Of four pathways or two years an indicator is still one.
    return " ".join(dict.fromkeys(part.link.indicator for part in followed)) or None


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def _follow_up(followed: Followed) -> Record:
    link, row, why = followed.link, followed.row, followed.why
    return {
        "indicator": link.indicator,
        "by": "plan" if why is None else "proposal",
        "why": why and why.sv,
        "why_en": why and why.en,
        "svf": link.svf,
        "period": row.period if row else _as_text(link.period),
        "value": row and row.value,
        "target": row and row.target,
        "target_rule": row and row.target_rule,
        "national_target": row and row.national_target,
        "national_rule": row and row.national_rule,
        "status": row and row.status,
    }


_STATEMENT = (
    text("id", "Id of the statement; never changes.", read="activity.id"),
    text("plan", "Id of the plan.", read="activity.plan"),
    text("region", "Whose plan it is.", read="document.region"),
    text("document", "Title of the document.", read="document.title.sv"),
    perhaps("subtitle", "What else stands on top of it.", read="document.subtitle.sv"),
    perhaps("document_number", "Of the document.", read="document.number"),
    perhaps("diary_number", "Of the document.", read="document.diary_number"),
    perhaps("revision", "Of the document, as it writes it.", read="document.revision"),
    text("document_date", "As exact as the document has it.", read="document.date"),
    text("date_kind", "What that date is.", DateKind, "document.date_kind"),
    perhaps("decided_by", "Who decided it.", read="document.decided_by.sv"),
    perhaps(
        "document_responsible",
        "Who answers for the document.",
        read="document.responsible.sv",
    ),
    perhaps(
        "next_revision", "When it is to be revised.", read="document.next_revision"
    ),
    integer("position", "Order in the document; not a number of the document's."),
    text("section", "Id of the heading it stands under.", read="section.id"),
    perhaps("section_number", "Where the document has one.", read="section.number"),
    text("section_name", "The heading, in Swedish.", read="section.name.sv"),
    text("section_name_en", "The heading, translated.", read="section.name.en"),
    Field(
        "place",
        "array",
        "Ids of the headings it stands under, the outermost first.",
        lambda statement: [section.id for section in statement.place],
    ),
    perhaps(
        "theme",
        "Prerequisite or focus area that its heading is about.",
        THEMES,
        lambda statement: next(
            (one.theme for one in statement.place if one.theme is not None), None
        ),
    ),
    perhaps(
        "question",
        "Question of the follow-up that it is.",
        QUESTIONS,
        "activity.question",
    ),
    text("kind", "What the plan calls it.", ActivityKind, "activity.kind"),
    perhaps("number", "Where the document has one.", read="activity.number"),
    perhaps("part_of", "Statement it stands under.", read="activity.part_of"),
    *_quoted("quote", "The statement"),
    *_quoted("activities", "What is planned for it"),
    *_quoted("measures", "Measures and targets"),
    *_quoted("responsible", "Who is responsible"),
    _ids("roles", "Ids of the roles responsible, with spaces between."),
    *_quoted("support", "Who supports"),
    _ids("support_roles", "Ids of the roles that support, with spaces between."),
    *_quoted("recipients", "Who is reported to"),
    _ids("recipient_roles", "Ids of the roles reported to, with spaces between."),
    *_quoted("timeline", "When"),
    perhaps(
        "since",
        "First period of that, where it is clear.",
        read=lambda statement: _as_text(statement.activity.since),
    ),
    perhaps(
        "until",
        "Last period of that, where it is clear.",
        read=lambda statement: _as_text(statement.activity.until),
    ),
    perhaps("timing", "Where the quarter lies in it.", Timing),
    *_quoted("status_quote", "The status"),
    perhaps("status", "The status as a word.", ActivityStatus, "activity.status"),
    *_quoted("follow_up", "How it is followed up"),
    *_quoted("answer", "What was answered"),
    perhaps("replaced_by", "Id of what took over.", read="activity.replaced_by"),
    perhaps("remark", "Målbild's own, in Swedish.", read="activity.remark.sv"),
    perhaps("remark_en", "Målbild's own, in English.", read="activity.remark.en"),
    perhaps(
        "indicators",
        "Ids of indicators of what the plan itself says, with spaces between.",
        read=lambda statement: _named(statement.by_plan),
    ),
    perhaps(
        "proposed_indicators",
        "Ids of indicators that Målbild proposes, with spaces between.",
        read=lambda statement: _named(statement.proposed),
    ),
    Field(
        "followed_up_by",
        "array",
        "Each indicator with `by` (plan or proposal), `why` it is proposed, the `svf` "
        "it is of if not the total, and its `period`, `value`, `target`, "
        "`target_rule`, the `national_target` and `national_rule` that a local one "
        f"goes before, and `status` ({', '.join(Status)}) in the unit; null "
        "without an outcome.",
        lambda statement: [_follow_up(part) for part in statement.followed],
    ),
    BUILD,
)


def plans(reader: Reader, given: Given) -> Answer:
    """Return the statements asked for."""
    frame = read_frame(reader)
    return Answer(frame.build, {"plans": found_in(reader, frame, given)})


PLANS = Address(
    "plans",
    "What stands in the plans, in their own words, and what follows it up.",
    OF_PLANS,
    plans,
    lists=(Listed("plans", "Statement", _STATEMENT),),
    has_csv=True,
)


def found_in(reader: Reader, frame: Frame, given: Given) -> list[Statement]:
    """Return the statements that a request asks for.

    Raises:
        RequestFault: it names a plan, a heading, a role or a unit that is not known.
    """
    stored = activities(reader)
    known = {
        "plan": [document.plan for document in stored.documents],
        "section": [
            one.id for document in stored.documents for one in document.sections
        ],
        "role": [role.id for role in stored.roles],
    }
    for name, ids in known.items():
        if given[name] is not None and given[name] not in ids:
            raise RequestFault(name, given[name], str(_AN_ID), HTTPStatus.NOT_FOUND)
    if given["indicator"] is not None:
        named_indicator(frame, given["indicator"])
    return statements(
        reader,
        frame,
        named_unit(frame, given["unit"]),
        quarter_of(frame, given),
        wanted_in(given),
    )


def wanted_in(given: Any) -> Wanted:
    """Return which statements the parameters of a request, or of the page, ask for."""
    kind, status, followed_by = (
        given[name] for name in ("kind", "status", "followed_by")
    )
    return Wanted(
        given["plan"],
        given["section"],
        kind and ActivityKind(kind),
        given["role"],
        given["support"] == "included",
        status and ActivityStatus(status),
        followed_by and FollowedBy(followed_by),
        given["indicator"],
    )
