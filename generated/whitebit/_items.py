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

    _marks: tuple[bytes, ...]  # bytes without one of which nothing ends

    def __init__(self) -> None:
        self._rest: list[bytes] = []  # put together once, when its end is there
        self._size = 0
        self.ended = False  # the stream said so itself

    @property
    def held(self) -> int:
        """How many bytes wait for the rest of their item."""
        return self._size

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take in bytes; give the items that they complete."""
        waits = self._rest[-1:] == [b"\r"]
        self._rest.append(chunk)
        self._size += len(chunk)
        if not waits and not any(mark in chunk for mark in self._marks):
            return []
        items, rest = self._cut(b"".join(self._rest))
        self._keep(rest)
        return items

    def end(self, *, is_whole: bool) -> list[bytes]:
        """Give what the last bytes hold; `is_whole` where none can be missing."""
        raise NotImplementedError

    def _cut(self, text: bytes) -> tuple[list[bytes], list[bytes]]:
        """Give the items that end in a text, and what is left behind them."""
        raise NotImplementedError

    def _keep(self, rest: list[bytes]) -> bytes:
        """Hold this from now on; give what was held."""
        held, self._rest = b"".join(self._rest), rest
        self._size = sum(map(len, rest))
        return held


class Lines(Pieces):
    """One item a line (NDJSON, JSON Lines), or after a record separator (RFC 7464)."""

    _marks = (b"\n",)

    def end(self, *, is_whole: bool) -> list[bytes]:
        rest = self._keep([]).strip(b" \t\r\x1e")
        return [rest] if rest else []  # what is cut is no JSON: noticed by the decoder

    def _cut(self, text: bytes) -> tuple[list[bytes], list[bytes]]:
        *lines, rest = text.split(b"\n")
        return [item for line in lines if (item := line.strip(b" \t\r\x1e"))], [rest]


class Events(Pieces):
    """The data of each server-sent event, as the HTML standard reads them."""

    _marks = (b"\n", b"\r")

    def __init__(self, *, is_text: bool) -> None:
        super().__init__()
        self._is_text = is_text
        self._data: list[bytes] = []
        self._data_size = 0
        self._first = True

    @property
    def held(self) -> int:
        return self._size + self._data_size

    def end(self, *, is_whole: bool) -> list[bytes]:
        """Give an event whose empty line is missing only if nothing can be cut off."""
        if not is_whole:
            return []
        items, _ = self._cut(self._keep([]) + b"\n\n")
        return items

    def _cut(self, text: bytes) -> tuple[list[bytes], list[bytes]]:
        if self._first:
            text, self._first = text.removeprefix(b"\xef\xbb\xbf"), False
        # A carriage return at the very end may be the first half of a line end.
        waits = [b"\r"] if text[-1:] == b"\r" else []
        *lines, rest = _LINE_END.split(text[:-1] if waits else text)
        items = [item for line in lines if (item := self._line(line)) is not None]
        return items, [rest, *waits]

    def _line(self, line: bytes) -> bytes | None:
        if line:
            name, _, value = line.partition(b":")
            if name == b"data":
                self._data.append(value.removeprefix(b" "))
                self._data_size += len(value)
            return None
        lines, self._data, self._data_size = self._data, [], 0
        if not lines or self.ended:
            return None
        data = b"\n".join(lines)
        if data.strip() == _DONE and not self._is_text:
            self.ended = True
            return None
        return data
