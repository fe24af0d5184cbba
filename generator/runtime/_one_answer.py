# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Whether the bytes that came on a connection are one answer, and nothing beyond it."""

from __future__ import annotations

import re

import h11

__all__ = ["is_one_answer"]

_LENGTH = re.compile(
    rb"\r\ncontent-length:[ \t]*([0-9]+)[ \t]*(?=\r\n|$)", re.IGNORECASE
)


def is_one_answer(method: str, data: bytes) -> bool:
    """Tell whether bytes are one whole answer to a request with this method."""
    head, blank, body = data.partition(b"\r\n\r\n")
    if blank and head.startswith(b"HTTP/1.1 200 ") and method != "HEAD":
        # The usual shape: its length is stated and true.
        is_stated = _LENGTH.findall(head) == [b"%d" % len(body)]
        if is_stated and b"transfer-encoding" not in head.lower():
            return True
    reader = h11.Connection(h11.CLIENT, max_incomplete_event_size=2**20)
    reader.send(h11.Request(method=method, target="/", headers=[("Host", "x")]))
    reader.send(h11.EndOfMessage())
    try:
        reader.receive_data(data)
        while reader.next_event() not in (h11.NEED_DATA, h11.PAUSED):
            pass
    except h11.RemoteProtocolError:
        return False
    return reader.their_state is h11.DONE and not reader.trailing_data[0]
