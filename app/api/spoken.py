"""Which language the words of an answer are in."""

from collections.abc import Callable

from flask import Blueprint, Request, request

from app.words import language

DEFAULT = "en"
"""Of the API: what reads its errors is more often a program than a visitor."""


def asked_for(request: Request) -> str | None:
    """Return the language named by the parameter `lang`; None without a known one."""
    code = request.args.get("lang", "").strip()
    return code if code in language.LANGUAGES else None


def of_api(request: Request) -> str:
    """Return the language of the API's words.

    The parameter goes first, then the best language that Accept-Language names;
    `*` names none.
    """
    if code := asked_for(request):
        return code
    accepted = (
        (tag.partition("-")[0], quality) for tag, quality in request.accept_languages
    )
    known = (
        code for code, quality in accepted if quality and code in language.LANGUAGES
    )
    return next(known, DEFAULT)


def of_visitor(request: Request) -> str:
    """Return the language of a file: the parameter's, or what the visitor reads."""
    return asked_for(request) or language.language()


def answer_in(blueprint: Blueprint, choose: Callable[[Request], str]) -> None:
    """Have a blueprint speak a language from the beginning of a request to its end."""

    @blueprint.before_request
    def begin() -> None:
        language.speak(choose(request))

    @blueprint.teardown_request
    def end(_: BaseException | None) -> None:
        language.speak(language.SOURCE)
