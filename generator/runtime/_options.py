# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Settings of a client, and what makes a base URL acceptable."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from ._decode import Mismatch
from ._hooks import RequestEvent, ResponseEvent
from ._operation import check_header
from .errors import ConfigurationError

if TYPE_CHECKING:
    import httpx2

__all__ = ["Options", "check_base_url"]

_URL = re.compile(
    r"(https?)://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?(/[A-Za-z0-9._~/%-]*)?"
)
_LOOPBACK = re.compile(r"localhost|127(?:\.[0-9]{1,3}){3}|\[::1\]")
# What may be a password or a token, and is never shown.
_USER = re.compile(r"(?s)^([A-Za-z]*://)?.*@")
_QUERY = re.compile(r"(?s)([?#]).+")
_RESERVED = {"host", "content-length", "transfer-encoding", "accept-encoding"}
_TIMES = ("connect_timeout", "read_timeout", "deadline")
_COUNTS = {"retries": 0, "max_connections": 1, "max_answer_bytes": 1}  # at least


class Options(Struct, frozen=True, kw_only=True):
    """Settings of a client. Times are in seconds."""

    connect_timeout: float = 5.0
    """For a connection, and for a free place in the pool."""
    read_timeout: float = 30.0
    """Between two pieces of an answer, and for writing one of a request."""
    deadline: float = 60.0
    """For a whole call."""
    retries: int = 2
    """Further attempts where repeating is safe: nothing sent, or a read."""
    retry_limited_writes: bool = False
    """After 429 write again, too: the exchange says that it did not execute the call."""
    rate_limit: bool = False
    """Wait before calls, so that the limits that the document states are kept."""
    reuse_connections: bool = False
    """Let calls follow each other on one connection. It saves the handshake. Bytes that
    a faulty server or proxy sends unasked, just after the next request was written, are
    then taken for the answer to it, which is why each call has its own by default."""
    max_connections: int = 20
    max_answer_bytes: int = 32 * 2**20
    headers: Mapping[str, str] = {}
    """Sent with each request."""
    proxy: str | None = None
    """http(s) proxy. The environment's proxies are not used."""
    ca_bundle: str | None = None
    """File with the certificates to trust instead of the usual ones."""
    on_mismatch: Callable[[Mismatch], object] | None = None
    """Is told what of an answer does not fit its documented type."""
    on_request: Callable[[RequestEvent], None] | None = None
    """Is told of each attempt before it is sent. A plain function, in async clients too:
    it must not wait."""
    on_response: Callable[[ResponseEvent], None] | None = None
    """Is told how each attempt ended."""
    clock: Callable[[], int] | None = None
    """Unix milliseconds, for nonces; the system's clock by default. With a clock of
    your own, other processes are not seen: one process a key."""
    jitter: Callable[[], float] | None = None
    """0 to 1, which share of a wait between attempts is added; random by default."""
    transport: httpx2.BaseTransport | httpx2.AsyncBaseTransport | None = None
    """Sends the requests instead of the network: for tests."""

    def __post_init__(self) -> None:
        for name in _TIMES:
            value = getattr(self, name)
            if not _is_a((int, float), value) or not value > 0:  # nan is not, either
                raise ConfigurationError(
                    f"{name} has to be a number of seconds, more than 0, not {value!r}"
                )
        for name, least in _COUNTS.items():
            value = getattr(self, name)
            if not _is_a(int, value) or value < least:
                raise ConfigurationError(
                    f"{name} has to be a whole number, {least} or more, not {value!r}"
                )
        for name, value in self.headers.items():
            check_header(name, value)
            if name.lower() in _RESERVED:
                raise ConfigurationError(f"the header {name} is set by the client")

    def __repr__(self) -> str:
        return f"<Options read_timeout={self.read_timeout} deadline={self.deadline}>"


def _is_a(kind: type | tuple[type, ...], value: object) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


@lru_cache(maxsize=256)
def check_base_url(url: str) -> str:
    """Give a base URL without a slash at its end.

    Raises:
        ConfigurationError: no URL of a host, or plain http to another machine
    """
    match = _URL.fullmatch(url)
    if match is None:
        shown = _QUERY.sub(r"\1…", _USER.sub(r"\1…@", url))
        raise ConfigurationError(
            f"base_url can't be {shown!r}; it looks like https://api.example.com or "
            "https://host:8443/prefix, without user, query or fragment"
        )
    if match[1] == "http" and not _LOOPBACK.fullmatch(match[2]):
        raise ConfigurationError(
            f"{url} would send the key in the open; use https (plain http is for "
            "localhost and 127.0.0.1 only)"
        )
    return str(url).rstrip("/")
