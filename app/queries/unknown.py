"""What is asked for and is not there: raised where it is read.

It is put in words in one place: for pages in `app/site/unknown.py`, for the API in
`app/api/named.py`.
"""


class Unknown(Exception):
    """Something that is named and is not in the build.

    Args:
        written: As it was named.
    """

    def __init__(self, written: str) -> None:
        super().__init__(written)
        self.written = written


class UnknownBuild(Unknown):
    """A build that the warehouse does not hold."""


class UnknownUnit(Unknown):
    """A unit that the build does not have."""


class UnknownIndicator(Unknown):
    """An indicator that the build has no definition of."""
