"""The loopback server, seen by clients on real sockets: requests and answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse

import pytest

from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response, Sender, Wire
from tests.support.sockets import GET, connect, never, ok, talk


def ask(connection: HTTPConnection, method: str, path: str) -> HTTPResponse:
    connection.request(method, path)
    response = connection.getresponse()
    response.read()
    return response


def answer_with(send: Sender) -> Callable[[Request], Response]:
    return lambda request: Response(200, b"0123456789", (), send)


def test_the_handler_gets_the_whole_request() -> None:
    seen: list[Request] = []

    def handler(request: Request) -> Response:
        seen.append(request)
        return Response.json(201, {"id": "1"}, (("X-Extra", "yes"),))

    with serve(handler) as server, connect(server) as client:
        client.request("PUT", "/a%2Fb?c=d?e", b"body", {"X-Key": "\u00fc"})
        response = client.getresponse()
        assert (response.status, response.reason) == (201, "Created")
        assert response.read() == b'{"id":"1"}'
        assert response.getheader("X-Extra") == "yes"
        assert response.getheader("Content-Type") == "application/json"
        assert response.getheader("Date")
    [request] = seen
    assert (request.method, request.body) == ("PUT", b"body")
    assert (request.path, request.query) == ("/a%2Fb", "c=d?e")
    assert request.header("x-KEY") == "\u00fc"
    assert request.header("absent") is None


def test_a_repeated_header_is_joined() -> None:
    request = Request("GET", "/", (("X-A", "1"), ("x-a", "2")))
    assert request.header("X-A") == "1, 2"


def test_a_chunked_body_arrives_whole() -> None:
    with (
        serve(lambda request: Response(200, request.body)) as server,
        connect(server) as client,
    ):
        client.request("POST", "/", iter([b"ab", b"cd"]), encode_chunked=True)
        assert client.getresponse().read() == b"abcd"


def test_one_connection_serves_many_requests() -> None:
    seen: list[int] = []

    def handler(request: Request) -> Response:
        seen.append(request.connection)
        return Response()

    with serve(handler) as server, connect(server) as first, connect(server) as second:
        for client in (first, first, second, first):
            assert ask(client, "GET", "/").status == 200
        assert server.connections == 2
    assert seen == [1, 1, 2, 1]


def test_pipelined_requests_are_answered_in_order() -> None:
    close = GET.replace(b"Host", b"Connection: close\r\nHost").replace(b"/ ", b"/2 ")
    with serve(lambda request: Response(200, request.path.encode())) as server:
        received = talk(server, GET.replace(b"/ ", b"/1 ") + close)
    assert received.count(b"HTTP/1.1 200") == 2
    assert received.index(b"/1") < received.index(b"\r\n\r\n/2")


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204)])
def test_an_answer_without_a_body_keeps_the_connection(
    method: str, status: int
) -> None:
    with (
        serve(lambda request: Response(status, b"unwanted")) as server,
        connect(server) as client,
    ):
        assert ask(client, method, "/").status == status
        assert ask(client, method, "/").status == status
        assert server.connections == 1


def test_an_unknown_status_has_no_phrase() -> None:
    with serve(lambda request: Response(520)) as server, connect(server) as client:
        response = ask(client, "GET", "/")
        assert (response.status, response.reason) == (520, "")


POST = b"POST / HTTP/1.1\r\nHost: x\r\n"
CHUNK = b"33\r\n" + b"a" * 51 + b"\r\n"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (POST + b"X-Long: " + b"a" * 2000, b"431"),
        (POST + b"Content-Length: 101\r\n\r\n" + b"a" * 101, b"413"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNK + CHUNK, b"413"),
        (POST + b"Content-Length: 9\r\n\r\n" + b"cut", b"400"),
        (b"no http at all\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
    ],
    ids=["header", "body", "chunks", "cut", "garbage", "no-host"],
)
def test_a_bad_request_does_not_reach_the_handler(data: bytes, status: bytes) -> None:
    with serve(never, max_header=1000, max_body=100) as server:
        received = talk(server, data, half_close=True)
    assert received.startswith(b"HTTP/1.1 " + status)
    assert b"connection: close" in received.lower()


def test_a_refusal_arrives_although_the_body_is_still_being_sent() -> None:
    with serve(ok, max_body=100) as server, connect(server) as client:
        client.request("POST", "/", b"a" * 20_000_000)
        assert client.getresponse().status == 413


def test_a_body_of_the_allowed_length_passes() -> None:
    with serve(ok, max_body=100) as server, connect(server) as client:
        client.request("POST", "/", b"a" * 100)
        assert client.getresponse().status == 200


async def half(wire: Wire, data: bytes) -> None:
    await wire.write(data[:-5])
    wire.close()


async def whole(wire: Wire, data: bytes) -> None:
    await wire.write(data)
    wire.close()


async def drip(wire: Wire, data: bytes) -> None:
    for byte in data + b"surplus":
        await wire.write(bytes([byte]))
        await asyncio.sleep(0.0001)
    wire.close()


@pytest.mark.parametrize(
    ("send", "body"),
    [(half, b"01234"), (whole, b"0123456789"), (drip, b"0123456789surplus")],
)
def test_a_response_decides_how_its_bytes_go_out(send: Sender, body: bytes) -> None:
    with serve(answer_with(send)) as server:
        assert talk(server, GET).endswith(b"\r\n\r\n" + body)


def test_a_reset_instead_of_an_answer() -> None:
    async def reset(wire: Wire, data: bytes) -> None:
        wire.reset()

    with serve(answer_with(reset)) as server, pytest.raises(ConnectionResetError):
        talk(server, GET)
