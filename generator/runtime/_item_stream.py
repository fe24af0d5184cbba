# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Answers that go on: their items, decoded one by one as they come.

The call itself keeps all its rules: it is retried, refused and bounded by the deadline
until the header of its answer is there. From then on each wait is bounded by the read
timeout, an item by `max_answer_bytes`, and nothing is sent again.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager, suppress
from math import inf
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from ._failures import detached, failure
from ._interpret import damaged, item_value
from ._items import Events, Lines, Pieces
from ._operation import Draft
from ._options import Options
from ._prepare import Settings
from ._reading import Reading, Received
from ._transport import AsyncPool, Pool, timeouts
from ._watch import Watch, attempt
from .errors import ClientError

__all__ = ["AsyncItemStream", "ItemStream", "Opened", "open_async", "open_stream"]

T = TypeVar("T")


class Opened:
    """A success whose body is still to come."""

    __slots__ = ("_draft", "_options", "_pieces", "_reading", "response")

    def __init__(
        self, draft: Draft, options: Options, reading: Reading, response: Any
    ) -> None:
        self._draft = draft
        self._options = options
        self._reading = reading
        self.response = response
        is_text = draft.operation.returns is str
        is_lines = draft.operation.answer == "lines"
        self._pieces: Pieces = Lines() if is_lines else Events(is_text=is_text)
        reading.watch.until = inf  # the call is over; from here on it's each wait

    @property
    def status(self) -> int:
        return self._reading.status or 0

    @property
    def headers(self) -> dict[str, str]:
        return self._reading.headers

    @property
    def has_ended(self) -> bool:
        """Whether the stream itself said that nothing follows."""
        return self._pieces.ended

    def take(self, chunk: bytes | None) -> list[bytes]:
        """Give the items that a chunk completes; None is the end of the answer."""
        if chunk is None:
            self._reading.watch.is_whole = True
            framed = self.headers.keys() & {"transfer-encoding", "content-length"}
            return self._pieces.end(is_whole=bool(framed))
        found = self._pieces.feed(chunk)
        if self._pieces.held > self._options.max_answer_bytes:
            self._damaged("with an item larger than max_answer_bytes")
        return found

    def value(self, settings: Settings, item: bytes) -> Any:
        """Decode one item."""
        if self._draft.operation.returns is str:
            return item.decode("utf-8", "replace")
        return item_value(settings, self._draft, self.status, item)

    @contextmanager
    def closing(self) -> Generator[None, None, None]:
        """Close without a word; what was not read to its end is not used again."""
        watch = self._reading.watch
        watch.spoiled = watch.spoiled or not watch.is_whole
        token = attempt.set(watch)
        try:
            with suppress(Exception):
                yield
        finally:
            attempt.reset(token)

    @contextmanager
    def waiting(self) -> Generator[None, None, None]:
        """Wait for a chunk, and say what a failure means for the call."""
        with _attempting(self._draft, self._options, self._reading):
            yield

    def _damaged(self, what: str) -> None:
        self._reading.watch.spoiled = True
        damaged(self._draft, self.status, b"", what)


@contextmanager
def _attempting(
    draft: Draft, options: Options, reading: Reading
) -> Generator[None, None, None]:
    token = attempt.set(reading.watch)
    try:
        yield
    except ClientError:
        raise
    except Exception as error:  # noqa: BLE001
        raised = failure(draft, error, options, reading.watch, reading.status)
        raise raised from detached(error, options)
    except BaseException:
        reading.watch.spoiled = True
        raise
    finally:
        attempt.reset(token)


def _begins(reading: Reading) -> bool:
    """Whether an answer is what it should be: no refusal, and no web page."""
    is_page = "text/html" in reading.headers.get("content-type", "").lower()
    return 200 <= (reading.status or 0) < 300 and not is_page


def open_stream(
    pool: Pool, draft: Draft, options: Options, watch: Watch
) -> Opened | Received:
    """Send once; give a success as soon as its header is there, the rest whole."""
    transport = pool.transport()
    timeout = timeouts(draft, options, watch)
    reading = Reading(draft, options, watch)
    with _attempting(draft, options, reading):
        response = transport.send(draft, timeout)
        try:
            reading.begin(response.status, response.headers)
            if _begins(reading):
                return Opened(draft, options, reading, response)
            for chunk in response.iter_stream():
                reading.add(chunk)
        except BaseException:
            with suppress(Exception):
                response.close()
            raise
        response.close()
        return reading.received()


async def open_async(
    pool: AsyncPool, draft: Draft, options: Options, watch: Watch
) -> Opened | Received:
    """Send once, see `open_stream`."""
    transport = pool.transport()
    timeout = timeouts(draft, options, watch)
    reading = Reading(draft, options, watch)
    with _attempting(draft, options, reading):
        response = await transport.send(draft, timeout)
        try:
            reading.begin(response.status, response.headers)
            if _begins(reading):
                return Opened(draft, options, reading, response)
            async for chunk in response.aiter_stream():
                reading.add(chunk)
        except BaseException:
            with suppress(Exception):
                await response.aclose()
            raise
        await response.aclose()
        return reading.received()


class ItemStream(Generic[T]):
    """The items of an answer, each as it comes: `for item in …`.

    Leave it early inside a `with` statement, or `close` it: that ends the connection.
    """

    def __init__(self, settings: Settings, opened: Opened) -> None:
        self._opened = opened
        self._items = self._walk(settings)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        return next(self._items)

    def close(self) -> None:
        """End the connection; nothing more comes."""
        self._items.close()
        with self._opened.closing():
            self._opened.response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _walk(self, settings: Settings) -> Generator[T, None, None]:
        opened = self._opened
        chunks = iter(opened.response.iter_stream())
        chunk: bytes | None = b""
        try:
            while chunk is not None and not opened.has_ended:
                with opened.waiting():
                    chunk = next(chunks, None)
                for item in opened.take(chunk):
                    yield opened.value(settings, item)
        finally:
            with opened.closing():
                opened.response.close()


class AsyncItemStream(Generic[T]):
    """The items of an answer, each as it comes: `async for item in …`."""

    def __init__(self, settings: Settings, opened: Opened) -> None:
        self._opened = opened
        self._items = self._walk(settings)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        return await anext(self._items)

    async def aclose(self) -> None:
        """End the connection; nothing more comes."""
        await self._items.aclose()
        with self._opened.closing():
            await self._opened.response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def _walk(self, settings: Settings) -> AsyncGenerator[T, None]:
        opened = self._opened
        chunks = aiter(opened.response.aiter_stream())
        chunk: bytes | None = b""
        try:
            while chunk is not None and not opened.has_ended:
                with opened.waiting():
                    chunk = await anext(chunks, None)
                for item in opened.take(chunk):
                    yield opened.value(settings, item)
        finally:
            with opened.closing():
                await opened.response.aclose()
