"""What stands in the plans as an Excel file, the same rows as the API's."""

from functools import partial

from app.api.answer import Book, Download
from app.api.parameters import Given
from app.api.workbook import AS_COUNT, build_facts, workbook
from app.columns import Col
from app.pages.plans.answer import OF_PLANS, found_in
from app.pages.plans.find import Statement
from app.pages.plans.words import (
    SUPPORTING,
    called,
    followed_words,
    heading_of,
    joined,
    timing_words,
)
from app.queries.definitions import pathway_names
from app.queries.frame import Frame, read_frame
from app.queries.reader import Reader
from app.words import downloads, headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.model import Text

_WIDE = 40


def plans_workbook(reader: Reader, given: Given) -> Book:
    """Return the statements asked for as a file.

    Raises:
        RequestFault: the request names something that is not known.
    """
    frame = read_frame(reader)
    shown = found_in(reader, frame, given)
    unit = frame.unit_or_top(given["unit"])
    about = [
        (headings.UNIT_FIELD, unit.name if unit else ""),
        (downloads.ROWS, str(len(shown))),
        (
            _("Så läser du filen"),
            _(
                "Planens egna ord återges som de står i dokumentet. Kolumnerna "
                "Förslag från Målbild och Målbilds anmärkning är Målbilds."
            ),
        ),
        *build_facts(frame.build),
    ]
    columns = _columns(frame, pathway_names(reader))
    title = str(headings.PLANS)
    return workbook(frame.build, "plans", title, columns, shown, about)


PLANS_FILE = Download(
    "plans",
    "What stands in the plans, and what follows it up, as an Excel file.",
    OF_PLANS,
    plans_workbook,
)


def _columns(frame: Frame, pathways: dict[str, str]) -> tuple[Col, ...]:
    names = {
        plan.id: text.plan_name(plan, region=None) for plan in frame.definitions.plans
    }

    def in_words(statement: Statement, name: str) -> str | None:
        parts = getattr(statement, name)
        said = (followed_words(part, pathways, frame.build) for part in parts)
        return "\n".join(said) or None

    return (
        Col(headings.PLAN_FIELD, cell=lambda one: names[one.activity.plan]),
        Col(
            _l("Avsnitt"),
            cell=lambda one: " – ".join(heading_of(part) for part in one.place),
            width=_WIDE,
        ),
        Col(_l("Ordning"), cell="position", form=AS_COUNT, width=9),
        Col(_l("Slag"), cell=lambda one: called(one.activity), width=20),
        _quoted(_l("Planen skriver"), "quote", 70),
        _quoted(_l("Planerade aktiviteter"), "activities"),
        _quoted(_l("Mål/mått"), "measures"),
        _quoted(headings.RESPONSIBLE_FIELD, "responsible", 24),
        _quoted(SUPPORTING, "support", 24),
        _quoted(_l("Rapporteras till"), "recipients", 24),
        _quoted(_l("Tidplan"), "timeline"),
        Col(
            _l("Tidplanens läge"), cell=lambda one: timing_words(one) or None, width=24
        ),
        _quoted(headings.STATUS_FIELD, "status_quote", 24),
        _quoted(_l("Uppföljning enligt planen"), "follow_up"),
        _quoted(_l("Svar på rekommendationen"), "answer"),
        Col(_l("Följs upp av"), cell=partial(in_words, name="by_plan"), width=60),
        Col(
            _l("Förslag från Målbild"),
            cell=partial(in_words, name="proposed"),
            width=60,
        ),
        _quoted(_l("Målbilds anmärkning"), "remark"),
    )


def _quoted(title: str, name: str, width: int = _WIDE) -> Col:
    """Return a column of words of the plan; several stand on a line each."""

    def words(statement: Statement) -> str | None:
        quotes = getattr(statement.activity, name)
        every = [quotes] if isinstance(quotes, Text) else quotes or []
        return joined(every, "\n") or None

    return Col(title, cell=words, width=width)
