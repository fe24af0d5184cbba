"""Named faults: what networks, proxies and exchanges do to an answer.

`FAULTS[name]` is a handler that reads the whole request and then does what its name
says; `FAULTS["healthy"]` does nothing.

Times are seconds; `DRIP` is the pause between two pieces, `LATE` is longer than any
client of the tests waits.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Callable, Mapping
from email.utils import formatdate
from time import time

from .messages import Response, Sender, Wire

__all__ = ["FAULTS", "SURPLUS", "Fault", "answer"]

DRIP = 0.05
LATE = 20.0
BIG = 64 * 1024  # bytes of an answer that is over the limit of the tests

Fault = Callable[[Response], Response]

JSON = (("Content-Type", "application/json"),)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
PAGE = b"<html><body><h1>Bad gateway</h1></body></html>"
# A whole answer that nobody asked for: what the next call would take for its own.
SURPLUS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n"
    b'{"stolen":"true"}'
)


def _sending(send: Sender) -> Fault:
    def fault(healthy: Response) -> Response:
        return Response(healthy.status, healthy.body, healthy.headers, send)

    return fault


def answer(status: int, data: object, *headers: tuple[str, str]) -> Fault:
    """Answer with JSON, whatever was asked."""
    return lambda _: Response.json(status, data, headers)


def _page(status: int) -> Fault:
    return lambda _: Response(status, PAGE, HTML)


def _body(body: bytes) -> Fault:
    return lambda healthy: Response(healthy.status, body, JSON)


def _head(data: bytes) -> int:
    return data.index(b"\r\n\r\n") + 4


async def _reset(wire: Wire, data: bytes) -> None:
    wire.reset()


async def _close(wire: Wire, data: bytes) -> None:
    wire.close()


async def _late(wire: Wire, data: bytes) -> None:
    await asyncio.sleep(LATE)
    await wire.write(data)


async def _delay(wire: Wire, data: bytes) -> None:
    await asyncio.sleep(DRIP)
    await wire.write(data)


async def _half_header(wire: Wire, data: bytes) -> None:
    await wire.write(data[: _head(data) // 2])
    wire.close()


async def _header_without_end(wire: Wire, data: bytes) -> None:
    await wire.write(data[: _head(data) - 2])
    wire.close()


async def _truncated(wire: Wire, data: bytes) -> None:
    await wire.write(data[:-1])
    wire.close()


async def _truncated_by_reset(wire: Wire, data: bytes) -> None:
    await wire.write(data[:-1])
    await asyncio.sleep(DRIP)
    wire.reset()


async def _drip(wire: Wire, data: bytes, start: int) -> None:
    await wire.write(data[:start])
    for number in range(start, len(data)):
        await asyncio.sleep(DRIP)
        await wire.write(data[number : number + 1])


async def _dripped_header(wire: Wire, data: bytes) -> None:
    await _drip(wire, data, 0)


async def _dripped_body(wire: Wire, data: bytes) -> None:
    await wire.write(data[: _head(data)])
    while not wire.closed:  # a body that never ends, though its length is stated
        await asyncio.sleep(DRIP)
        await wire.write(b" ")


async def _slow_body(wire: Wire, data: bytes) -> None:
    await wire.write(data[: _head(data)])
    await asyncio.sleep(LATE)


async def _surplus(wire: Wire, data: bytes) -> None:
    await wire.write(data + SURPLUS)


async def _surplus_later(wire: Wire, data: bytes) -> None:
    await wire.write(data)
    await asyncio.sleep(DRIP)
    await wire.write(SURPLUS)


async def _surplus_behind_next(wire: Wire, data: bytes) -> None:
    await wire.write(data)
    if await wire.read():  # the next request has been written
        await wire.write(SURPLUS)
    wire.close()


async def _garbage(wire: Wire, data: bytes) -> None:
    await wire.write(b"\x00\x01\x02 no HTTP at all\r\n\r\n")
    wire.close()


async def _two_lengths(wire: Wire, data: bytes) -> None:
    head = _head(data) - 2
    await wire.write(data[:head] + b"Content-Length: 1\r\n" + data[head:])


async def _chunks_cut(wire: Wire, data: bytes) -> None:
    body = data[_head(data) :]
    await wire.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n" % (len(body), body)
    )
    wire.close()


async def _without_length(wire: Wire, data: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    await wire.write(head + b"Connection: close\r\n\r\n12")  # of 125
    wire.close()


async def _endless_header(wire: Wire, data: bytes) -> None:
    await wire.write(b"HTTP/1.1 200 OK\r\n")
    while not wire.closed:
        await wire.write(b"X-More: " + b"x" * 8_000 + b"\r\n")


async def _informational(wire: Wire, data: bytes) -> None:
    while not wire.closed:
        await asyncio.sleep(DRIP)
        await wire.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")


def _gzip(cut: int) -> Fault:
    def fault(healthy: Response) -> Response:
        packed = gzip.compress(healthy.body or b"{}")
        body = packed[: len(packed) - cut]
        return Response(200, body, (*JSON, ("Content-Encoding", "gzip")))

    return fault


def _redirect(status: int) -> Fault:
    # The target is filled in by tests that have a second server to point at.
    return lambda _: Response(status, b"", (("Location", "http://127.0.0.1:9/else"),))


def _limited(*headers: tuple[str, str]) -> Fault:
    return answer(429, {"code": 0, "message": "Too Many Requests"}, *headers)


def _limited_until(seconds: float) -> Fault:
    def fault(healthy: Response) -> Response:
        date = formatdate(time() + seconds, usegmt=True)
        return _limited(("Retry-After", date))(healthy)

    return fault


def _oversize(healthy: Response) -> Response:
    body = json.dumps({"filler": "x" * BIG}).encode()
    return Response(200, body, JSON)


def _skewed(healthy: Response) -> Response:
    date = formatdate(time() + 60, usegmt=True)
    words = {"code": 0, "message": "Your nonce is more than 5 seconds lesser."}
    return Response.json(400, words, (("Date", date),))


FAULTS: Mapping[str, Fault] = {
    "healthy": lambda healthy: healthy,
    # the connection
    "reset": _sending(_reset),
    "closed": _sending(_close),
    "garbage": _sending(_garbage),
    "half-header": _sending(_half_header),
    "header-without-end": _sending(_header_without_end),
    "endless-header": _sending(_endless_header),
    "endless-informational": _sending(_informational),
    "two-lengths": _sending(_two_lengths),
    "truncated": _sending(_truncated),
    "truncated-by-reset": _sending(_truncated_by_reset),
    "chunks-cut": _sending(_chunks_cut),
    "without-length": _sending(_without_length),
    "surplus": _sending(_surplus),
    "surplus-later": _sending(_surplus_later),
    "surplus-behind-next": _sending(_surplus_behind_next),
    # time
    "delay": _sending(_delay),
    "late": _sending(_late),
    "dripped-header": _sending(_dripped_header),
    "dripped-body": _sending(_dripped_body),
    "slow-body": _sending(_slow_body),
    # bodies
    "gzip": _gzip(0),
    "gzip-cut": _gzip(8),
    "oversize": _oversize,
    "html": _page(200),
    "empty": _body(b""),
    "broken-json": _body(b'{"a":'),
    "wrong-kind": _body(b'"text"'),
    "list-for-object": _body(b"[]"),
    # statuses
    "unknown-2xx": lambda h: Response(299, h.body, h.headers),
    **{f"redirect-{status}": _redirect(status) for status in (301, 302, 303, 307, 308)},
    **{
        f"refused-{status}": answer(status, {"code": 1, "message": "No"})
        for status in (400, 401, 403, 404, 409, 412, 422)
    },
    "too-many-attempts": answer(400, {"code": 0, "message": "Too Many Attempts."}),
    "nonce-low": answer(429, {"code": 0, "message": "Too many requests."}),
    "nonce-skewed": _skewed,
    "limited": _limited(),
    "limited-0": _limited(("Retry-After", "0")),
    "limited-1": _limited(("Retry-After", "1")),
    "limited-date": _limited_until(2),
    "limited-past": _limited_until(-3600),
    "limited-hour": _limited(("Retry-After", "3600")),
    "limited-absurd": _limited(("Retry-After", "1e300")),
    "limited-nonsense": _limited(("Retry-After", "soon; -1")),
    **{f"{status}": answer(status, {"message": "No"}) for status in (408, 425, 500)},
    **{f"{status}": _page(status) for status in (502, 503, 504, *range(520, 525))},
}
