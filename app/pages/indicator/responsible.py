"""Who answers for an indicator, in the words of the plans."""

from collections.abc import Iterable, Sequence

from kpi.activities import Activity
from kpi.definitions import Indicator
from kpi.model import Text


def responsible_for(indicator: Indicator, statements: Iterable[Activity]) -> list[Text]:
    """Return who answers for an indicator; empty if nobody is named.

    Args:
        indicator: What is answered for.
        statements: Those of the plans that say who answers for it.
    """
    words = [quote for statement in statements for quote in statement.responsible]
    return indicator.answered_by(list(dict.fromkeys(words)))


def joined(words: Sequence[Text]) -> Text | None:
    """Return several as one; None for none."""
    if not words:
        return None
    return Text(
        sv="; ".join(one.sv for one in words), en="; ".join(one.en for one in words)
    )
