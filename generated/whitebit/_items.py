# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The bytes of an answer that goes on to its items: lines of JSON, server-sent events.

Nothing here waits or touches the network: chunks go in, whole items come out.
"""

from __future__ import annotations

import re

__all__ = ["Events", "Lines", "Pieces"]

_LINE_END = re.compile(rb"\r\n|\n|\r")
_DONE = b"[DONE]"  # no event: how several services say that nothing follows


class Pieces:
    """Cuts the bytes of a stream into items."""

    def __init__(self) -> None:
        self._rest = b""
        self.ended = False  # the stream said so itself

    @property
    def held(self) -> int:
        """How many bytes wait for the rest of their item."""
        return len(self._rest)

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take in bytes; give the items that they complete."""
        raise NotImplementedError

    def end(self, *, is_whole: bool) -> list[bytes]:
        """Give what the last bytes hold; `is_whole` where none can be missing."""
        raise NotImplementedError


class Lines(Pieces):
    """One item a line (NDJSON, JSON Lines), or after a record separator (RFC 7464)."""

    def feed(self, chunk: bytes) -> list[bytes]:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        return [item for line in lines if (item := line.strip(b" \t\r\x1e"))]

    def end(self, *, is_whole: bool) -> list[bytes]:
        rest, self._rest = self._rest.strip(b" \t\r\x1e"), b""
        return [rest] if rest else []  # what is cut is no JSON: noticed by the decoder


class Events(Pieces):
    """The data of each server-sent event, as the HTML standard reads them."""

    def __init__(self, *, is_text: bool) -> None:
        super().__init__()
        self._is_text = is_text
        self._data: list[bytes] = []
        self._first = True

    @property
    def held(self) -> int:
        return len(self._rest) + sum(map(len, self._data))

    def feed(self, chunk: bytes) -> list[bytes]:
        text = self._rest + chunk
        if self._first and len(text) >= 3:
            text, self._first = text.removeprefix(b"\xef\xbb\xbf"), False
        # A carriage return at the very end may be the first half of a line end.
        kept = text[-1:] == b"\r"
        *lines, rest = _LINE_END.split(text[:-1] if kept else text)
        self._rest = rest + (b"\r" if kept else b"")
        return [item for line in lines if (item := self._line(line)) is not None]

    def end(self, *, is_whole: bool) -> list[bytes]:
        """Give an event whose empty line is missing only if nothing can be cut off."""
        if not is_whole:
            return []
        rest, self._rest = self._rest.removesuffix(b"\r"), b""
        found = [self._line(rest), self._line(b"")]
        return [item for item in found if item is not None]

    def _line(self, line: bytes) -> bytes | None:
        if line:
            name, _, value = line.partition(b":")
            if name == b"data":
                self._data.append(value.removeprefix(b" "))
            return None
        if not self._data or self.ended:
            self._data = []
            return None
        data, self._data = b"\n".join(self._data), []
        if data.strip() == _DONE and not self._is_text:
            self.ended = True
            return None
        return data
