"""An address to the bytes that are there: one host, no credentials, bounded in every way.

The standard library's client is used bare: it knows no proxies, cookies or `.netrc`, and
follows no redirect by itself.
"""

from __future__ import annotations

import http.client
import random
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from .remembered import Remembered

_WAIT = 30.0  # seconds for a connection, and for each piece of an answer
_LONGEST = 120.0  # seconds for one answer as a whole
_ATTEMPTS = 3
_PAUSE = 0.5  # seconds before the second attempt; twice as long before the third
_LONGEST_PAUSE = 30
_REDIRECTS = 5
PAGE_LIMIT = 16 * 2**20  # bytes of one page or document
TOTAL_LIMIT = 64 * 2**20  # bytes of all pages together
_PIECE = 2**16
_AGAIN = (408, 425, 429)
_MOVED = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}


_USER = re.compile(r"^([^/]*//)[^/]*@")  # up to the last `@` before the path


class FetchError(Exception):
    """Something can't be fetched; the text says why, and `help` what to do."""

    def __init__(
        self, id: str, message: str, help_: str, *, again: bool = False
    ) -> None:
        super().__init__(message)
        self.id = id
        self.help = help_
        self.again = again  # whether another attempt may succeed
        self.pause = 0.0  # what the server asks for


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Message  # of any case
    content: bytes


def shown(url: str) -> str:
    """An address as messages show it: without what may be a secret."""
    return _USER.sub(r"\1", url.partition("?")[0].partition("#")[0])


def parts_of(url: str) -> SplitResult:
    """Take an address apart; raise FetchError for one that is not fetched."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise FetchError(
            "wrong-address", f"this is no address: {error}", _HOW
        ) from None
    if "@" in parts.netloc:
        message = "an address with a user name or a password is not fetched"
        raise FetchError(
            "wrong-address", message, "leave out what stands before the `@`"
        )
    if parts.scheme not in _PORTS or not parts.hostname:
        raise FetchError("wrong-address", "only http and https are fetched", _HOW)
    return parts


_HOW = "give an address such as https://docs.example.com/llms.txt"
_LATER = "try again later: nothing was changed"


class Fetcher:
    """Fetches from the host that one address names, and from no other."""

    def __init__(self, start: str) -> None:
        self._start = parts_of(start)
        self._left = TOTAL_LIMIT
        self._remembered = Remembered()

    def fetch(self, url: str) -> bytes:
        """Return what is at an address, from memory where it has not changed."""
        for _ in range(_REDIRECTS + 1):
            self._check_host(url)
            answer = self._patiently(url)
            if answer.status not in _MOVED:
                return self._content(url, answer)
            url = urljoin(url, answer.headers.get("Location") or "")
        message = f"the address is redirected more than {_REDIRECTS} times"
        raise FetchError("redirect", message, "name the address where the page is")

    def _check_host(self, url: str) -> None:
        parts, start = parts_of(url), self._start
        same = parts.hostname == start.hostname
        if same and parts.scheme == start.scheme and _port(parts) == _port(start):
            return
        if same and (_port(start), _port(parts), parts.scheme) == (80, 443, "https"):
            return
        raise FetchError(
            "other-host",
            f"this leads to {parts.scheme}://{parts.netloc}, and nothing is fetched from"
            f" another host than {start.scheme}://{start.netloc}",
            "if you trust that host, pull from it by its own address",
        )

    def _patiently(self, url: str) -> _Answer:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._once(url)
            except FetchError as error:
                if not error.again or attempt == _ATTEMPTS:
                    raise
                pause = _PAUSE * 2 ** (attempt - 1) * random.uniform(1, 1.5)
                time.sleep(min(max(pause, error.pause), _LONGEST_PAUSE))
        raise AssertionError  # the last attempt returns or raises

    def _once(self, url: str) -> _Answer:
        try:
            with _connected(parts_of(url)) as connection:
                connection.request("GET", _target(url), headers=self._headers(url))
                response = connection.getresponse()
                _check_status(response)
                return _Answer(response.status, response.headers, self._body(response))
        except ssl.SSLCertVerificationError as error:
            message = f"the certificate is not valid: {error.verify_message}"
            raise FetchError(
                "connection", message, "ask whoever runs the host"
            ) from None
        except http.client.IncompleteRead:
            raise _truncated("some of it is") from None
        except UnicodeError as error:
            message = f"this is no address: {error}"
            raise FetchError("wrong-address", message, _HOW) from None
        except (OSError, http.client.HTTPException) as error:
            what = str(error) or type(error).__name__
            message = f"the connection failed: {what}"
            raise FetchError("connection", message, _LATER, again=True) from None

    def _headers(self, url: str) -> dict[str, str]:
        return {
            "Accept": "text/markdown, text/plain, application/yaml, */*;q=0.5",
            "Accept-Encoding": "identity",
            "Connection": "close",
            "User-Agent": "openapi-vendor",
            **self._remembered.conditions(url),
        }

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        """Read an answer piece by piece, so that one without an end costs little."""
        if response.status != 200:
            return b""
        pieces: list[bytes] = []
        limit = min(PAGE_LIMIT, self._left)
        size = response.length or 0  # as announced
        while size <= limit and (piece := response.read(_PIECE)):
            pieces.append(piece)
            size = max(size, sum(map(len, pieces)))
        if size > limit:
            what = "one page" if limit == PAGE_LIMIT else "all pages together"
            allowed = PAGE_LIMIT if limit == PAGE_LIMIT else TOTAL_LIMIT
            raise FetchError(
                "too-large",
                f"this is larger than the {allowed // 2**20} MB that {what} may have",
                "fetch it by other means, if it is what you want, and name the file",
            )
        if response.length:
            raise _truncated(f"{response.length} bytes are")
        return b"".join(pieces)

    def _content(self, url: str, answer: _Answer) -> bytes:
        if answer.status == 304:
            content = self._remembered.content(url)
            if content is None:
                message = (
                    "the host says that nothing changed, and nothing is remembered"
                )
                raise FetchError("odd-status", message, _LATER)
        else:
            content = answer.content
            _check_kind(answer.headers)
            if _says_its_length(answer.headers):
                self._remembered.keep(url, content, answer.headers)
        self._left -= len(content)
        return content


def _truncated(what: str) -> FetchError:
    message = f"the answer was cut off: {what} missing"
    return FetchError("truncated", message, _LATER, again=True)


@contextmanager
def _connected(parts: SplitResult) -> Iterator[http.client.HTTPConnection]:
    """Open a connection; what is not done in time is cut off, however slow it drips."""
    assert parts.hostname is not None
    port = _port(parts)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        trusted = ssl.create_default_context()
        connection = http.client.HTTPSConnection(
            parts.hostname, port, timeout=_WAIT, context=trusted
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname, port, timeout=_WAIT)
    connection.connect()
    is_late = threading.Event()
    watch = threading.Timer(_LONGEST, _cut, (connection.sock, is_late))
    watch.daemon = True
    watch.start()
    try:
        yield connection
    except (OSError, http.client.HTTPException, FetchError):
        if not is_late.is_set():
            raise
    finally:
        watch.cancel()
        connection.close()
    if is_late.is_set():  # what was cut off may look complete
        message = f"the answer took more than {_LONGEST:.0f} seconds"
        raise FetchError("connection", message, _LATER)


def _cut(connected: socket.socket, is_late: threading.Event) -> None:
    is_late.set()
    with suppress(OSError):  # it is closed already
        connected.shutdown(socket.SHUT_RDWR)


def _check_status(response: http.client.HTTPResponse) -> None:
    status = response.status
    if status in (200, 304, *_MOVED):
        return
    what = f"the host answers {status} {response.reason}".rstrip()
    if status in (404, 410):
        help_ = "check the address; is a page that the index lists gone?"
        raise FetchError("not-found", what, help_)
    again = status in _AGAIN or status >= 500
    error = FetchError(
        "odd-status",
        what,
        _LATER if again else "check the address in a browser: no credentials are sent",
        again=again,
    )
    asked = response.headers.get("Retry-After") or ""
    error.pause = float(asked) if re.fullmatch(r"[0-9]{1,4}", asked) else 0.0
    raise error


def _check_kind(headers: Message) -> None:
    kind = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        raise FetchError(
            "web-page",
            "this is a web page (HTML), and Markdown or a document is needed",
            "add `.md` to the address: many hosts of documentation offer pages so",
        )
    coding = (headers.get("Content-Encoding") or "identity").lower()
    if coding != "identity":
        message = f"the answer is encoded as {coding}, and nobody asked for that"
        raise FetchError("odd-encoding", message, _LATER)


def _says_its_length(headers: Message) -> bool:
    """Whether an answer that is cut off would be noticed, so that it may be kept."""
    return "Content-Length" in headers or "Transfer-Encoding" in headers


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]


def _target(url: str) -> str:
    parts = urlsplit(url)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return f"{path}?{query}" if query else path
