"""A request that cannot be answered, in words the caller can act on."""

from http import HTTPStatus

from app.words.language import gettext as _


class RequestFault(Exception):
    """One parameter that is wrong.

    Args:
        parameter: Its name.
        found: What was given.
        expected: What could have been given, in the language of the request.
        status: 404 where the thing asked for does not exist, otherwise 400.
    """

    def __init__(
        self,
        parameter: str,
        written: str,
        expected: str,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
    ) -> None:
        message = _("{parameter}: väntade {expected}, fick {found}")
        super().__init__(
            message.format(parameter=parameter, expected=expected, found=repr(written))
        )
        self.parameter = parameter
        self.found = written
        self.expected = expected
        self.status = status

    def content(self) -> dict[str, object]:
        """Return the body of the answer."""
        return {
            "error": {
                "parameter": self.parameter,
                "found": self.found,
                "expected": self.expected,
                "message": str(self),
            }
        }


def unknown_id(name: str, written: str | None) -> RequestFault:
    """Return that an id is not in the list of all such, where they can be seen."""
    expected = _("ett av id:na i {address}").format(address=f"/api/v1/{name}s")
    return RequestFault(name, written or "", expected, HTTPStatus.NOT_FOUND)
