"""Which language the words of an answer are in."""

from collections.abc import Callable

from flask import Blueprint, Request, request

from app.words import language

DEFAULT = "en"
"""Of the API: what reads its errors is more often a program than a visitor."""


def asked_for(asked: Request) -> str | None:
    """Return the language named by the parameter `lang`; None without a known one."""
    code = asked.args.get("lang", "").strip()
    return code if code in language.LANGUAGES else None


def of_api(asked: Request) -> str:
    """Return the language of the API's words.

    The parameter goes first, then the best language that Accept-Language names;
    `*` names none.
    """
    if code := asked_for(asked):
        return code
    accepted = (
        (tag.partition("-")[0], accept_language)
        for tag, accept_language in asked.accept_languages
    )
    known = (code for code, one in accepted if one and code in language.LANGUAGES)
    return next(known, DEFAULT)


def of_visitor(asked: Request) -> str:
    """Return the language of a file: the parameter's, or what the visitor reads."""
    return asked_for(asked) or language.language()


def answer_in(blueprint: Blueprint, choose: Callable[[Request], str]) -> None:
    """Have a blueprint speak a language from the beginning of a request to its end."""

    @blueprint.before_request
    def begin() -> None:
        language.speak(choose(request))

    @blueprint.teardown_request
    def end(_: BaseException | None) -> None:
        language.speak(language.SOURCE)
