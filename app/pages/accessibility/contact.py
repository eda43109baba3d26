"""Whom to tell of faults: what the operator has set, and letters with what we know."""

import logging
import os
import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlsplit

SETTING = "MALBILD_CONTACT"
"""An e-mail address, or an https address of a page where faults are reported."""

_EMAIL = re.compile(r"[\w.!#$%'*+/=^`{|}~-]+@(?:[\w-]+\.)+[\w-]{2,}")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Contact:
    """Where faults are reported.

    Attributes:
        words: The address as it is read.
        is_email: Whether it is an e-mail address; otherwise a page.
    """

    words: str
    is_email: bool

    @property
    def href(self) -> str:
        """The address of a link to it."""
        return f"mailto:{quote(self.words, safe='@')}" if self.is_email else self.words

    def about(self, subject: str, body: str) -> str:
        """Return a link to it, with a letter begun if it is an e-mail address."""
        if not self.is_email:
            return self.href
        lines = body.replace("\n", "\r\n")
        return f"{self.href}?subject={quote(subject)}&body={quote(lines)}"


def contact() -> Contact | None:
    """Return where faults are reported; None if nothing sensible is set."""
    return _read(os.environ.get(SETTING, "").strip())


@cache
def _read(written: str) -> Contact | None:
    if _EMAIL.fullmatch(written):
        return Contact(written, is_email=True)
    if _is_https(written):
        return Contact(written, is_email=False)
    if written:
        log.warning(
            "%s is %r: expected an e-mail address or an https address, so no contact "
            "is shown",
            SETTING,
            written,
        )
    return None


def _is_https(written: str) -> bool:
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and not re.search(r"[\s<>\"]", written)
    )
