# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""An answer as it arrives: bounded in size and time, and whole at its end."""

from __future__ import annotations

from time import monotonic
from typing import NamedTuple

from ._interpret import damaged
from ._operation import Draft
from ._options import Options
from ._watch import Phase, Watch

__all__ = ["Reading", "Received"]

_ENDS = (b"}", b"]", b'"', b">")  # how JSON and a web page end


class Received(NamedTuple):
    """A whole answer."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


class Reading:
    """An answer as it arrives, checked on the way."""

    __slots__ = ("chunks", "draft", "headers", "options", "size", "status", "watch")

    def __init__(self, draft: Draft, options: Options, watch: Watch) -> None:
        self.draft = draft
        self.options = options
        self.watch = watch
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.chunks: list[bytes] = []
        self.size = 0

    def begin(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self.status = status
        self.watch.phase = Phase.ANSWERED
        self.watch.began = self.watch.has_header = True
        for raw_name, raw_value in headers:
            name, value = raw_name.decode("latin-1").lower(), _text(raw_value)
            known = self.headers.get(name)
            self.headers[name] = value if known is None else f"{known}, {value}"
        if self.headers.get("content-encoding", "identity").lower() != "identity":
            self._damaged("compressed, though that was ruled out")

    def add(self, chunk: bytes) -> None:
        self.chunks.append(chunk)
        self.size += len(chunk)
        if self.size > self.options.max_answer_bytes:
            self._damaged("larger than max_answer_bytes")
        if monotonic() > self.watch.until:
            raise TimeoutError(f"no whole answer within {self.options.deadline} s")

    def received(self) -> Received:
        body = b"".join(self.chunks)
        if self.options.transport is None and not self._shows_its_end(body):
            self._damaged("without a length, and may be cut short")
        self.watch.is_whole = True
        return Received(self.status or 0, self.headers, body)

    def _shows_its_end(self, body: bytes) -> bool:
        """Whether a body that was cut short would be noticed."""
        if "content-length" in self.headers or "transfer-encoding" in self.headers:
            return True
        if self.status == 204 or self.draft.operation.method == "HEAD":
            return True
        if (self.status or 0) >= 300:  # a refusal: its status says enough
            return True
        # Only the end of the connection ends it: what it holds has to show the rest.
        return body.rstrip()[-1:] in _ENDS and self.draft.operation.answer == "json"

    def _damaged(self, what: str) -> None:
        self.watch.spoiled = True
        damaged(self.draft, self.status or 0, b"", what)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
