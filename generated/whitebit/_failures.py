# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""An exception of the transport to the error that says what it means for the call.

How far the request got decides, not the class of the exception: that holds for classes
that are unknown here, too.
"""

from __future__ import annotations

from ._interpret import unknown
from ._operation import Draft
from ._options import Options
from ._watch import Phase, Watch
from .errors import (
    ClientError,
    ConnectionLostError,
    DeadlineError,
    NotSentError,
)

__all__ = ["detached", "failure"]


# How OpenSSL names bytes that are no TLS: the answer of a server that speaks plain HTTP.
_NO_TLS = frozenset(
    {"RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL", "WRONG_VERSION_NUMBER"}
)
_PORTS = {"http": 80, "https": 443}


def failure(
    draft: Draft, error: Exception, options: Options, watch: Watch, status: int | None
) -> ClientError:
    """Say what a failure of the transport means for the call."""
    import httpcore2
    import httpx2

    name = draft.operation.name
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    if status is None and watch.phase is Phase.SENT and _is_before(error):
        watch.phase = Phase.NOT_SENT
    if watch.phase is Phase.NOT_SENT:
        hopeless = _hopeless(error)
        not_sent = NotSentError(
            f"{name} was not sent to {_address(draft.host, options)} ({what}): "
            f"{hopeless or 'safe to call again'}",
            operation=name,
        )
        not_sent.is_final = bool(hopeless)
        return not_sent
    if not draft.operation.is_read:
        return unknown(
            draft,
            f"{name} was sent, and its outcome is not known ({what}): look it up "
            "before you call again",
            status,
        )
    late = (httpx2.TimeoutException, httpcore2.TimeoutException, TimeoutError)
    kind = DeadlineError if isinstance(error, late) else ConnectionLostError
    return kind(f"{name}: no answer ({what}): safe to call again", operation=name)


def _is_before(error: Exception) -> bool:
    """Whether a caller's own transport says that nothing was sent."""
    import httpx2

    return isinstance(
        error,
        (
            httpx2.ConnectError,
            httpx2.ConnectTimeout,
            httpx2.PoolTimeout,
            httpx2.ProxyError,
            httpx2.UnsupportedProtocol,
        ),
    )


def _hopeless(error: Exception) -> str:
    """Say why trying again cannot help, "" where it may."""
    import ssl

    one: BaseException | None = error
    while one is not None:
        if isinstance(one, ssl.SSLCertVerificationError):
            return "calling again can't help, its certificate is not one to trust"
        if isinstance(one, ssl.SSLError) and getattr(one, "reason", None) in _NO_TLS:
            return (
                "calling again can't help, the other side speaks no TLS: is it an "
                "http:// address, or another port?"
            )
        one = one.__cause__ or one.__context__
    return ""


def _address(host: str, options: Options) -> str:
    """Say where a request goes, and through what: host and port, and nothing else."""
    if options.proxy is None or options.transport is not None:
        return _host_and_port(host)
    return f"{_host_and_port(host)} through the proxy {_host_and_port(options.proxy)}"


def _host_and_port(url: str) -> str:
    """Leave out what a URL holds besides: a proxy's has a password."""
    import httpx2

    parsed = httpx2.URL(url)
    named = parsed.netloc.decode("ascii")  # without a port that is the usual one
    return named if parsed.port else f"{named}:{_PORTS[parsed.scheme]}"


def detached(error: Exception, options: Options) -> Exception:
    """Take off an error what holds the signature: its request, and its frames.

    The frames of the HTTP library hold the bytes that were being sent, and crash
    reporters print the variables of frames. Those of a caller's own transport stay.
    """
    import httpx2

    if isinstance(error, httpx2.RequestError):
        error._request = None  # pyright: ignore[reportPrivateUsage]
    elif options.transport is not None:
        return error
    chain: list[BaseException | None] = [error]
    seen: set[int] = set()
    while chain:
        one = chain.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            one.__traceback__ = None
            chain += [one.__cause__, one.__context__]
            chain += getattr(one, "exceptions", ())  # of a group
    return error
