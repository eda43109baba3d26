"""What a visitor prefers: language, colours and view, kept in cookies.

`?theme=dark` on a page's address stores the choice and leads on to the same address
without it. The cookies hold nothing but the choices, so they need no consent.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Request, redirect, request
from werkzeug import Response

from app.words import language
from app.words.language import lazy_gettext as _l

_YEAR_SECONDS = 365 * 24 * 3600
_PAGES = {"/", "/<path:path>"}
"""The rules by which Dash answers with its frame."""


@dataclass(frozen=True, slots=True)
class Preference:
    """Something to prefer.

    Attributes:
        name: Of the cookie and of the parameter.
        label: What is chosen.
        options: Values and their words; the first holds unless another is chosen.
    """

    name: str
    label: str
    options: Mapping[str, str]

    @property
    def default(self) -> str:
        """The value that holds for whoever has not chosen."""
        return next(iter(self.options))


LANG = Preference("lang", _l("Språk"), language.LANGUAGES)
THEME = Preference(
    "theme",
    _l("Färger"),
    {
        "system": _l("Som i datorn"),
        "light": _l("Ljust"),
        "dark": _l("Mörkt"),
        "contrast": _l("Hög kontrast"),
    },
)
VIEW = Preference(
    "view",
    _l("Läge"),
    {"normal": _l("Vanligt"), "presentation": _l("Presentation")},
)
ALL = (LANG, THEME, VIEW)

_NOTHING: Mapping[str, str] = MappingProxyType({})
_chosen: ContextVar[Mapping[str, str]] = ContextVar("preferences", default=_NOTHING)


def chosen(preference: Preference) -> str:
    """Return what the visitor prefers."""
    return _chosen.get().get(preference.name, preference.default)


def attributes() -> dict[str, str]:
    """Return the attributes of the page's root that style sheets go by."""
    root = {"lang": language.language()}
    for preference in (THEME, VIEW):
        if chosen(preference) != preference.default:
            root[f"data-{preference.name}"] = chosen(preference)
    return root


def choosing(path: str, search: str, preference: Preference, value: str) -> str:
    """Return an address that stores a choice and comes back to where one is."""
    others = [pair for pair in _pairs(search) if pair[0] != preference.name]
    return f"{path}?{urlencode([*others, (preference.name, value)])}"


def register_preferences(server: Flask) -> None:
    """Have every request answered as its visitor prefers."""
    server.before_request(_read)
    server.after_request(_vary)


def _read() -> Response | None:
    _chosen.set(_valid(request.cookies))
    language.speak(chosen(LANG))
    new = _valid(request.args)
    if not new or not is_page(request):
        return None
    # A path of "//host" would lead to another host.
    path = f"/{request.path.lstrip('/')}"
    others = urlencode([pair for pair in _pairs(_query()) if pair[0] not in new])
    response = redirect(f"{path}?{others}" if others else path, code=303)
    for name, value in new.items():
        response.set_cookie(
            name, value, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True
        )
    return response


def _vary(response: Response) -> Response:
    if is_page(request):
        response.vary.add("Cookie")
    return response


def _valid(given: Mapping[str, str]) -> dict[str, str]:
    return {
        preference.name: given[preference.name]
        for preference in ALL
        if given.get(preference.name) in preference.options
    }


def is_page(a_request: Request) -> bool:
    """Say whether a request is for a page, and not for data or a file."""
    return a_request.url_rule is not None and a_request.url_rule.rule in _PAGES


def _query() -> str:
    return request.query_string.decode("utf-8", "replace")


def _pairs(search: str) -> list[tuple[str, str]]:
    return parse_qsl(search.removeprefix("?"), keep_blank_values=True)
