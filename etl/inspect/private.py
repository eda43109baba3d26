"""What must not be repeated of a file: what could be about a person.

A drafted mapping is kept, shared and read by many; a column of codes never has what a
register has of its patients.
"""

import re
from collections.abc import Sequence

from sqlalchemy import Connection

from etl.folding import folded
from etl.inspect.survey import Survey
from etl.take.persons import whose_name_is_of_a_person
from kpi.errors import SourceError

MOST_VALUES = 40
"""Different texts of a column that are listed; more are no list of codes."""
LONGEST = 50
"""Signs of a text that is listed; what is longer was written by somebody."""
_ABOUT = frozenset(
    """
    patient patientnamn patientens personnr personnummer person pnr person_id
    fornamn efternamn anhorig narstaende adress gatuadress postadress telefon mobil
    telefonnr epost mejl e_post anmalare rapportor signatur fodelsedatum fodd fritext
    """.split()
)
_DIGITS = re.compile(
    r"(?<![0-9A-Za-z])([0-9]{2})?[0-9]{6}\W{0,3}[0-9]{4}(?![0-9A-Za-z])"
)
_NAME = re.compile(
    r"[A-ZÅÄÖÉ][a-zåäöéü]+([ -][A-ZÅÄÖÉ][a-zåäöéü]+){1,3}"
    r"|[A-ZÅÄÖÉ][a-zåäöéü-]+, ?[A-ZÅÄÖÉ][a-zåäöéü -]+"
)


def is_about_a_person(heading: str) -> bool:
    """Say whether a column of this heading tells who somebody is, by its words."""
    return not _ABOUT.isdisjoint(folded(heading).split("_"))


def listed(
    texts: Sequence[str],
    most: int = MOST_VALUES,
    *,
    may_look_like_names: bool = False,
) -> list[str]:
    """Return those of some texts that may be listed in a mapping.

    None of them, where they are too many for codes or most look like names of people,
    unless units are called so.
    """
    names = sum(1 for text in texts if _NAME.fullmatch(text))
    looks_so = 2 * names > len(texts) and not may_look_like_names
    if len(texts) > most or looks_so:
        return []
    return [text for text in texts if len(text) <= LONGEST and not _DIGITS.search(text)]


def refuse_names_of_persons(connection: Connection, survey: Survey) -> None:
    """Refuse to repeat names of a file, its sheets and columns if one is a person's.

    Raises:
        SourceError: one looks like a personnummer.
    """
    names = [("the file's", survey.path.stem)]
    names += [("a sheet's", name) for name in survey.unread]
    for table in survey.tables:
        names.append(("a sheet's", table.sheet))
        names += [("a column's", heading) for heading in table.headings]
    if whose := whose_name_is_of_a_person(connection, names):
        raise SourceError(
            f"{whose} name looks like a personnummer (not repeated here); expected "
            "no personal identity; give it another name"
        )
