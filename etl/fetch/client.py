"""JSON from one server: asked politely, waited for patiently, and from nowhere else.

urllib3's Retry reads the Retry-After header for us but does not drive the loop. It
cuts a long Retry-After short instead of giving up, asks again at once the first time,
does not bound the sum of its waits, and has handed over before the body is read, so
that a connection broken half-way through a page would not be tried again.
"""

import json
from collections.abc import Callable
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from etl.fetch.patience import Patience
from kpi.errors import FetchError

_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_REDIRECTS = 5
_EXCERPT_CHARACTERS = 200
_LATER = "try again later; the pages already fetched are kept"


class JsonServer:
    """One server; an address at another scheme, host or port is refused.

    Args:
        base_url: Where the API begins, without credentials.
        session: Used as it is. Its headers and credentials reach this server only.
        patience: Time-outs, attempts and pace.
        advice: What a person can do when the server cannot be used at all.
        on_wait: Told, in a sentence, of every wait for another attempt.

    Raises:
        FetchError: base_url is not an address that can be asked.
    """

    def __init__(
        self,
        base_url: str,
        session: requests.Session,
        patience: Patience,
        *,
        advice: str,
        on_wait: Callable[[str], None],
    ) -> None:
        self._session = session
        self._patience = patience
        self._advice = advice
        self._on_wait = on_wait
        self._not_before = patience.clock()
        self._base = _split(base_url)
        self.requests = 0
        if _origin(self._base) is None:
            raise FetchError(
                "base_url: expected an http or https address without a user name or "
                f"password, such as https://api.kolada.se/v3, got {base_url!r}"
            )

    def checked(self, address: str, found_at: str) -> str:
        """Return an address that the server names, if it is one of its own.

        Args:
            address: Absolute, or relative to the page it was found at.
            found_at: That page's address.

        Raises:
            FetchError: it leads to another scheme, host or port. Followed, it could
                carry our credentials away or reach a machine inside our own network.
        """
        parts = _split(address, found_at)
        origin, ours = _origin(parts), _origin(self._base)
        # A server behind a proxy that ends TLS calls itself http. Asking over https
        # all the same stays at the agreed place and sends nothing in the clear.
        if ours == ("https", self._base.hostname, 443) and origin is not None:
            origin = ours if origin == ("http", self._base.hostname, 80) else origin
        if origin is None or origin != ours:
            raise FetchError(
                f"{found_at}: points on to {address!r}, expected an address at "
                f"{self._base.scheme}://{self._base.netloc}; not followed. Check that "
                "the base address is the right one and what answers at it"
            )
        return parts._replace(
            scheme=self._base.scheme, netloc=self._base.netloc, fragment=""
        ).geturl()

    def json(self, url: str, subject: str) -> object:
        """Return the JSON at an address of this server.

        Args:
            url: The address.
            subject: What is asked for, in words, for the message that it is not there.

        Raises:
            FetchError: no answer within the patience, an answer that says no, or one
                that is not JSON.
        """
        waited = 0.0
        attempt = 1
        while True:
            try:
                return self._attempt(url, subject)
            except _SetbackError as setback:
                tried = f"{url}: {setback}, attempt {attempt} of {self._patience.tries}"
                if attempt >= self._patience.tries:
                    raise FetchError(
                        f"{tried} after {waited:.0f} s of waiting; {setback.next_step}"
                    ) from setback
                backoff = self._patience.wait_seconds(attempt)
                wait = max(backoff, setback.retry_after_seconds)
                if waited + wait > self._patience.total_wait_seconds:
                    raise FetchError(
                        f"{tried}; the next wait would be {wait:.0f} s, expected at "
                        f"most {self._patience.total_wait_seconds:.0f} s of waiting "
                        f"for one page; {setback.next_step}"
                    ) from setback
                self._on_wait(f"{setback}; trying again in {wait:.0f} s")
            self._patience.sleep(wait)
            waited += wait
            attempt += 1

    def _attempt(self, url: str, subject: str) -> object:
        response = self._response(url)
        status = f"{response.status_code} {response.reason}"
        if response.status_code == 429 or response.status_code >= 500:
            raise _SetbackError(
                f"the server answered {status}",
                next_step=f"{_LATER}. Or {self._advice}",
                retry_after_seconds=_retry_after_seconds(response),
            )
        if response.status_code != 200:
            raise FetchError(
                f"{url}: the server answered {status}, expected 200; it says "
                f"{_excerpt(response)}. Check that these exist: {subject}"
            )
        try:
            return json.loads(response.content, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise FetchError(
                f"{url}: found {_excerpt(response)}, expected JSON. A page from a "
                f"proxy or a firewall looks like this; {self._advice}"
            ) from error

    def _response(self, url: str) -> requests.Response:
        # requests would follow a redirect to any host, so each step is checked here.
        address = url
        for _ in range(_MAX_REDIRECTS + 1):
            response = self._get(address)
            if not response.is_redirect:
                return response
            address = self.checked(response.headers["Location"], address)
        raise FetchError(
            f"{url}: redirected more than {_MAX_REDIRECTS} times, last to "
            f"{address!r}; {self._advice}"
        )

    def _get(self, url: str) -> requests.Response:
        self._keep_pace()
        self.requests += 1
        try:
            return self._session.get(
                url,
                timeout=(self._patience.connect_seconds, self._patience.read_seconds),
                headers={"Accept": "application/json"},
                allow_redirects=False,
            )
        except requests.exceptions.SSLError as error:
            # A ConnectionError too, but a certificate does not mend itself.
            raise FetchError(
                f"{url}: no secure connection ({_cause(error)}). If a proxy reads the "
                "traffic, name its certificate in REQUESTS_CA_BUNDLE; otherwise "
                f"{self._advice}"
            ) from error
        except (
            requests.exceptions.ConnectionError,
            requests.exceptions.Timeout,
            requests.exceptions.ChunkedEncodingError,
        ) as error:
            raise _SetbackError(
                f"no answer ({_cause(error)})", next_step=self._advice
            ) from error
        except (requests.exceptions.RequestException, ValueError) as error:
            # ValueError: requests takes a Location apart even when not following it.
            raise FetchError(
                f"{url}: cannot be asked ({_cause(error)}); {self._advice}"
            ) from error

    def _keep_pace(self) -> None:
        early = self._not_before - self._patience.clock()
        if early > 0:
            self._patience.sleep(early)
        self._not_before = (
            self._patience.clock() + 1 / self._patience.requests_per_second
        )


class _SetbackError(Exception):
    """An attempt that may go better after a wait."""

    def __init__(
        self, what: str, *, next_step: str, retry_after_seconds: float = 0.0
    ) -> None:
        super().__init__(what)
        self.next_step = next_step
        self.retry_after_seconds = retry_after_seconds


def _split(address: str, found_at: str = "") -> SplitResult:
    """Return an address's parts; none at all if it cannot be taken apart."""
    try:
        return urlsplit(urljoin(found_at, address))
    except ValueError:
        return urlsplit("")


def _origin(parts: SplitResult) -> tuple[str, str, int] | None:
    """Return scheme, host and port; None if it is not a plain web address."""
    try:
        port = parts.port or _DEFAULT_PORTS[parts.scheme]
    except (KeyError, ValueError):
        return None
    # `https://api.kolada.se@elsewhere/` leads elsewhere; no address of ours has an @.
    if not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port


def _retry_after_seconds(response: requests.Response) -> float:
    """Return the wait the server asks for; 0 if it asks for none we understand."""
    try:
        return Retry().parse_retry_after(response.headers.get("Retry-After", "0"))
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _excerpt(response: requests.Response) -> str:
    text = response.content[: _EXCERPT_CHARACTERS + 1].decode("utf-8", "replace")
    if len(text) > _EXCERPT_CHARACTERS:
        text = text[:_EXCERPT_CHARACTERS] + "…"
    return repr(text)


def _cause(error: BaseException) -> str:
    """Return the innermost reason, which says more than the layers around it."""
    while inner := (error.__cause__ or error.__context__):
        error = inner
    return f"{type(error).__name__}: {error}"
