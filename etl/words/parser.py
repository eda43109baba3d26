"""A command line that is explained in the language of the terminal."""

import argparse
from collections.abc import Iterable
from typing import NoReturn

from etl.words.spoken import spoken


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(
            usage, actions, groups, spoken("usage: ") if prefix is None else prefix
        )

    def start_section(self, heading: str | None) -> None:
        super().start_section(spoken(heading) if heading else heading)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return spoken(action.help) if action.help else action.help


class Parser(argparse.ArgumentParser):
    """A parser whose help and faults are in the language of the terminal."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"formatter_class": _Formatter, **options})  # type: ignore[arg-type]

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leave, after a message if there is one; `error` comes here too."""
        super().exit(status, f"{spoken(message.rstrip())}\n" if message else message)
