"""Maximum lead times that the registers lack: on the page, and for programs."""

from typing import NamedTuple

from dash.development.base_component import Component

from app.address import PATHWAY, address
from app.api.answer import Address, Answer, Listed
from app.api.named import chosen_build
from app.api.parameters import OF_LISTS, Given
from app.columns import BUILD, Col, Field, integer, number
from app.columns import text as words_of
from app.design.components import link, section, table
from app.pages.sources.words import MISSING_MAXIMA, PATHWAY_LABEL
from app.queries.definitions import pathway_names
from app.queries.frame import Frame, read_frame
from app.queries.missing_maxima import missing
from app.queries.reader import Reader
from app.web import html
from app.words import headings, text
from app.words.dimensions import VALUES
from app.words.language import gettext as _
from kpi.missing_maxima import MissingMaximum, fewest

PLACE = "ledtider"
_FILE = "svf/ledtider*"


class _Row(NamedTuple):
    """A missing maximum with the months that its cases ended in."""

    maximum: MissingMaximum
    first_month: str
    last_month: str


_FIELDS = (
    words_of("svf", "Id of the pathway.", read="maximum.svf"),
    words_of("ending", "How the pathways ended.", read="maximum.ending"),
    Field(
        "is_extended",
        "boolean",
        "After extended investigation.",
        "maximum.is_extended",
    ),
    integer(
        "cases",
        "Ended pathways without a maximum; null where too few to be told.",
        "maximum.cases",
    ),
    integer(
        "ended",
        "All of the pathway whose ending the lead-time measure is about; null with "
        "`cases`.",
        "maximum.ended",
    ),
    number(
        "share_per_cent",
        "`cases` of `ended`, in per cent; null with them.",
        "maximum.share_per_cent",
    ),
    words_of("first_month", "The first of the twelve months that they ended in."),
    words_of("last_month", "The last of them."),
    BUILD,
)


def missing_of_build(reader: Reader, given: Given) -> Answer:
    """Return the maxima that a build's registers lack, most cases first."""
    reader = chosen_build(reader, given["build"])
    found = missing(reader, fewest(read_frame(reader).definitions.indicators))
    rows = (
        _Row(maximum, _written(found.months.first), _written(found.months.last))
        for maximum in found.maxima
        if found.months
    )
    return Answer(reader.build, {"missing_maxima": rows})


def _written(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


MISSING = Address(
    "missing_maxima",
    "Maximum lead times that the register lacks, by how many pathways that ended in "
    "the last twelve months are left out for want of them.",
    OF_LISTS,
    missing_of_build,
    lists=(Listed("missing_maxima", "MissingMaximum", _FIELDS),),
    has_csv=True,
)


def maxima_section(reader: Reader, frame: Frame) -> Component:
    """Return which maxima are missing, and what to do."""
    minimum = fewest(frame.definitions.indicators)
    found = missing(reader, minimum)
    if found.months is None:
        words = html.P(_("Inga vårdförlopp har avslutats."))
        return section(MISSING_MAXIMA, words, id=PLACE)
    months = {
        "first": text.month(found.months.first),
        "last": text.month(found.months.last),
    }
    if not found.maxima:
        words = html.P(
            _(
                "Alla förlopp som avslutades från {first} till {last}, och som "
                "ledtidsmåttet gäller, har en maximal ledtid i registret."
            ).format(**months)
        )
        return section(MISSING_MAXIMA, words, id=PLACE)
    hides = any(maximum.cases is None for maximum in found.maxima)
    return section(
        MISSING_MAXIMA,
        html.P(
            _(
                "Förlopp som avslutades från {first} till {last} och som ledtidsmåttet "
                "gäller, men som registret saknar en maximal ledtid för. De räknas "
                "inte med i måttet. Det som utelämnar flest står först."
            ).format(**months)
        ),
        html.P(
            [
                _("Skriv in ledtiderna i en fil bland källorna och bygg om:"),
                " ",
                html.Code(_FILE),
                ". ",
                _(
                    "En rad gäller ett förlopp, ett avslut och en utredning. Vad "
                    "regionen skriver går före det register som följer med."
                ),
            ]
        ),
        table(MISSING_MAXIMA, _columns(reader), found.maxima),
        html.P(
            headings.minimum(minimum, is_count=False)
            + " "
            + _(
                "För att det inte ska gå att räkna ut ur förloppets summa visas ibland "
                "inte heller det avslut som har näst minst."
            ),
            className="muted",
        )
        if hides
        else None,
        id=PLACE,
    )


def _columns(reader: Reader) -> tuple[Col, ...]:
    names = pathway_names(reader)

    def pathway(maximum: MissingMaximum) -> Component:
        name = names.get(maximum.svf, maximum.svf)
        return link(name, address(PATHWAY, {"svf": maximum.svf}))

    def ending(maximum: MissingMaximum) -> str:
        return text.dimension_value("ending", maximum.ending, {})

    def investigation(maximum: MissingMaximum) -> str:
        return VALUES["investigation"]["utokad" if maximum.is_extended else "ordinarie"]

    return (
        Col(PATHWAY_LABEL, pathway, is_heading=True),
        Col(_("Avslut"), ending),
        Col(_("Utredning"), investigation),
        Col(
            _("Utan maximal ledtid"),
            lambda maximum: (
                _("för få") if maximum.cases is None else text.count(maximum.cases)
            ),
            is_number=True,
            hint=_("Avslutade förlopp som inte räknas med i ledtidsmåttet."),
        ),
        Col(
            _("Andel av förloppets"),
            lambda maximum: text.per_cent(maximum.share_per_cent, 0),
            is_number=True,
            hint=_(
                "Av alla avslutade inom samma vårdförlopp som ledtidsmåttet gäller."
            ),
        ),
    )
