"""Answers that go on, over real sockets: items as they come, and what ends them early."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.support.packages import load, make_package

SPEC = Path(__file__).parent / "cases" / "streams" / "spec.yaml"
HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)
REFUSED = (
    b"HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 29\r\n"
    b'\r\n{"code":4,"message":"Nowhere"}'
)
Script = Callable[["Talk"], None]


class Talk:
    """One connection as the server sees it."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.seen = threading.Event()  # the client got the first item

    def request(self) -> bytes:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.connection.recv(65536)
        return received

    def chunk(self, data: bytes) -> None:
        self.connection.sendall(b"%x\r\n%s\r\n" % (len(data), data))


class Server:
    """Answers each connection by a script; counts requests."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.talks: list[Talk] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.run, daemon=True).start()

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            talk = Talk(connection)
            self.talks.append(talk)
            threading.Thread(target=self.answer, args=(talk,), daemon=True).start()

    def answer(self, talk: Talk) -> None:
        with talk.connection:
            try:
                talk.request()
                self.script(talk)
            except OSError:  # the client went away
                return


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    server = Server(script)
    try:
        yield server
    finally:
        server.listener.close()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("streams")
    make_package(SPEC, folder, "streaming")
    return load(folder, "streaming")


def client(package: ModuleType, server: Server, **options: Any) -> Any:
    given = package.Options(**options)
    return package.Exchange(base_url=server.url, options=given)


def two_readings(talk: Talk) -> None:
    talk.connection.sendall(HEAD)
    talk.chunk(b'{"degrees":1.50}\n{"deg')
    assert talk.seen.wait(10)
    talk.chunk(b'rees":2}\n\n')
    talk.chunk(b"")


def test_items_come_before_the_answer_ends(package: ModuleType) -> None:
    with serving(two_readings) as server, client(package, server) as own:
        items = own.readings.follow_readings()
        first = next(items)
        assert first.degrees == Decimal("1.50")
        server.talks[0].seen.set()
        assert [item.degrees for item in items] == [Decimal(2)]
        assert list(items) == []


def test_the_log_tells_of_the_answer_that_began(
    package: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "streaming")
    with serving(two_readings) as server, client(package, server) as own:
        next(own.readings.follow_readings())
        server.talks[0].seen.set()
    (said,) = caplog.messages
    assert said.startswith("answered: operation=follow_readings status=200 attempt=1 ")


def test_items_come_to_a_task_too(package: ModuleType) -> None:
    async def follow(server: Server) -> list[Decimal]:
        async with package.AsyncExchange(base_url=server.url) as own:
            found: list[Decimal] = []
            async for item in await own.readings.follow_readings():
                found.append(item.degrees)
                server.talks[0].seen.set()
            return found

    with serving(two_readings) as server:
        assert asyncio.run(follow(server)) == [Decimal("1.50"), Decimal(2)]


def events(talk: Talk) -> None:
    talk.connection.sendall(HEAD.replace(b"application/x-ndjson", b"text/event-stream"))
    for piece in (
        b"\xef\xbb\xbf: hello\r",
        b'\nevent: reading\r\ndata: {"degrees":\r',
        b"\ndata:1}\r\n\r\nid: 7\n\n",
        b'data: {"degrees":2}\n\ndata: [DONE]\n\ndata: {"degrees":3}\n\n',
    ):
        talk.chunk(piece)
    talk.chunk(b"")


def test_events(package: ModuleType) -> None:
    with serving(events) as server, client(package, server) as own:
        items = own.readings.watch_readings(place="here")
        assert [item.degrees for item in items] == [1, 2]
        assert list(own.words.hear_words()) == [
            '{"degrees":\n1}',
            '{"degrees":2}',
            "[DONE]",
            '{"degrees":3}',
        ]


def test_a_connection_is_used_again_after_the_end_only(package: ModuleType) -> None:
    def script(talk: Talk) -> None:
        while True:
            talk.connection.sendall(HEAD)
            talk.chunk(b'{"degrees":1}\n{"degrees":2}\n')
            talk.chunk(b"")
            talk.request()

    with (
        serving(script) as server,
        client(package, server, reuse_connections=True) as own,
    ):
        for _ in range(2):
            assert len(list(own.readings.follow_readings())) == 2
        assert len(server.talks) == 1
        with own.readings.follow_readings() as items:
            assert next(items).degrees == 1
        assert list(items) == []
        assert len(list(own.readings.follow_readings())) == 2
        assert len(server.talks) == 2


def cut(talk: Talk) -> None:
    talk.connection.sendall(HEAD)
    talk.chunk(b'{"degrees":1}\n{"degre')


def silent(talk: Talk) -> None:
    cut(talk)
    talk.seen.wait(10)


@pytest.mark.parametrize(
    ("script", "read"), [(cut, "ConnectionLostError"), (silent, "DeadlineError")]
)
def test_what_breaks_off_is_no_end(
    package: ModuleType, script: Script, read: str
) -> None:
    """A read says that the connection broke, a write that its outcome is not known."""
    calls = (("follow_readings", read), ("watch_readings", "OutcomeUnknownError"))
    for name, error in calls:
        with (
            serving(script) as server,
            client(package, server, read_timeout=1) as own,
        ):
            items = getattr(own.readings, name)()
            with pytest.raises(getattr(package.errors, error)):
                found = list(items)
                raise AssertionError(found)
            assert len(server.talks) == 1  # nothing is sent again
            server.talks[0].seen.set()


def test_a_stream_may_outlast_the_deadline_of_a_call(package: ModuleType) -> None:
    def script(talk: Talk) -> None:
        talk.connection.sendall(HEAD)
        for _ in range(4):
            talk.chunk(b'{"degrees":1}\n')
            talk.seen.wait(0.5)
        talk.chunk(b"")

    with (
        serving(script) as server,
        client(package, server, deadline=1.5) as own,
    ):
        assert len(list(own.readings.follow_readings())) == 4


def mute(talk: Talk) -> None:
    talk.seen.wait(10)


def test_the_header_has_to_come_before_the_deadline(package: ModuleType) -> None:
    with (
        serving(mute) as server,
        client(package, server, deadline=3, retries=0) as own,
    ):
        with pytest.raises(package.errors.DeadlineError):
            own.readings.follow_readings()
        server.talks[0].seen.set()


def test_a_refusal_is_raised_by_the_call(package: ModuleType) -> None:
    def script(talk: Talk) -> None:
        talk.connection.sendall(REFUSED.replace(b": 29", b": 30"))

    with serving(script) as server, client(package, server) as own:
        with pytest.raises(package.errors.NotFoundError) as caught:
            own.readings.watch_readings()
        assert caught.value.reason == "nowhere"


def test_an_item_has_a_bound(package: ModuleType) -> None:
    def script(talk: Talk) -> None:
        talk.connection.sendall(HEAD)
        while True:
            talk.chunk(b" " * 1000)

    with (
        serving(script) as server,
        client(package, server, max_answer_bytes=10_000) as own,
        pytest.raises(package.errors.DecodeError, match="max_answer_bytes"),
    ):
        list(own.readings.follow_readings())


def test_an_item_that_is_no_json(package: ModuleType) -> None:
    def script(talk: Talk) -> None:
        talk.connection.sendall(HEAD)
        talk.chunk(b'{"degrees":1}\n{"half\n')
        talk.chunk(b"")

    with serving(script) as server, client(package, server) as own:
        items = own.readings.follow_readings()
        assert next(items).degrees == 1
        with pytest.raises(package.errors.DecodeError):
            next(items)
        assert list(items) == []


def test_raw_gives_status_and_headers_at_once(package: ModuleType) -> None:
    with serving(two_readings) as server, client(package, server) as own:
        answer = own.raw(own.readings.follow_readings)()
        assert answer.headers["content-type"] == "application/x-ndjson"
        server.talks[0].seen.set()
        assert len(list(answer.value)) == 2
