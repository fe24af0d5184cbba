"""Whatever happens to a call: nothing shows the key, the secret, payload or signature."""

from __future__ import annotations

import asyncio
import logging
import pickle
import re
import socket
import struct
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve
from generator.sandbox.messages import Response, Wire
from tests.support.command import ROOT
from tests.support.exposure import Records, all_loggers, parts, shown
from tests.support.packages import load

KEY = "recognisable-api-key-0123456789"
SECRET = "recognisable-api-secret-9876543210"
# Payload and signature have shapes of their own; a test below proves that they fit.
PAYLOAD = r"eyJ[0-9A-Za-z+/]{40,}|nonceWindow\\?\\?\"\s*:\s*true"
SIGNATURE = r"[0-9a-f]{128}"
TELLING = re.compile(
    "|".join([KEY, SECRET, b64encode(SECRET.encode()).decode(), PAYLOAD, SIGNATURE])
)
FLEX = "/api/v4/main-account/smart-flex"
PATHS = (f"{FLEX}/plans", f"{FLEX}/investments/invest")
JSON = (("Content-Type", "application/json"),)


async def _reset(wire: Wire, data: bytes) -> None:
    wire.reset()


async def _cut(wire: Wire, data: bytes) -> None:
    await wire.write(data[:-1])
    wire.close()


async def _late(wire: Wire, data: bytes) -> None:
    await asyncio.sleep(30)


# What the server does, and what a read and a write then raise.
FAILURES: dict[str, tuple[Response, str, str]] = {
    "400": (Response.json(400, {"message": "No"}), "BadRequestError", "="),
    "401": (Response.json(401, {"code": 10}), "UnauthorizedError", "="),
    "422": (
        Response.json(422, {"errors": {"a": ["b"]}}),
        "UnprocessableEntityError",
        "=",
    ),
    "429": (Response.json(429, {}, (("Retry-After", "1"),)), "RateLimitError", "="),
    "500": (Response.json(500, {"code": 1}), "ServerError", "OutcomeUnknownError"),
    "503": (Response(503, b"<html>"), "ServerError", "OutcomeUnknownError"),
    "redirect": (
        Response(302, headers=(("Location", "https://elsewhere.example/"),)),
        *("RedirectError", "="),
    ),
    "broken JSON": (Response(200, b"{", JSON), "DecodeError", "OutcomeUnknownError"),
    "wrong type": (Response(200, b'"text"', JSON), "DecodeError", "="),
    "reset": (Response(send=_reset), "ConnectionLostError", "OutcomeUnknownError"),
    "cut": (
        Response(200, b"{}", send=_cut),
        "ConnectionLostError",
        "OutcomeUnknownError",
    ),
    "late": (Response(send=_late), "DeadlineError", "OutcomeUnknownError"),
}
FLAVORS = pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])


@pytest.fixture
def records() -> Iterator[Records]:
    """Log everything at DEBUG, those loggers included that say otherwise."""
    load(ROOT / "generated", "whitebit")
    handler, before = Records(), {one: one.level for one in all_loggers()}
    for logger in before:
        logger.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    for logger, level in before.items():
        logger.setLevel(level)


def _call(url: str, is_async: bool, plan: str = "plan") -> Iterator[Any]:
    """Call a read and a write; yield their errors, and then the client itself."""
    whitebit = load(ROOT / "generated", "whitebit")
    options = whitebit.Options(read_timeout=0.2, retries=0)
    name = "AsyncWhiteBIT" if is_async else "WhiteBIT"
    client = getattr(whitebit, name)(
        api_key=KEY, api_secret=SECRET, base_url=url, options=options
    )
    errors: list[BaseException] = []

    async def call_async() -> None:
        flex = client.crypto_lending_flex
        for made in (
            flex.get_flex_plans(ticker=plan),
            flex.create_flex_investment(plan=plan, amount=1),
        ):
            try:
                await made
            except whitebit.errors.ClientError as error:
                errors.append(error)
        await client.aclose()

    def call() -> None:
        flex = client.crypto_lending_flex
        try:
            flex.get_flex_plans(ticker=plan)
        except whitebit.errors.ClientError as error:
            errors.append(error)
        try:
            flex.create_flex_investment(plan=plan, amount=1)
        except whitebit.errors.ClientError as error:
            errors.append(error)

    if is_async:
        asyncio.run(call_async())
    else:
        call()
    yield from errors
    yield client
    if not is_async:
        client.close()


def _check(url: str, is_async: bool, records: Records, plan: str = "plan") -> list[str]:
    """Call, look everywhere, and return the names of what was raised."""
    raised: list[str] = []
    for one in _call(url, is_async, plan):
        if isinstance(one, BaseException):
            raised.append(type(one).__name__)
            for way, text in shown(one):
                found = TELLING.search(text)
                assert found is None, f"{raised[-1]}, {way}: {_around(text, found)}"
        else:
            for text in (repr(one), str(one), *parts(one)):
                found = TELLING.search(text)
                assert found is None, f"the client: {_around(text, found)}"
            with pytest.raises(TypeError):
                pickle.dumps(one)
    for text in records.texts:
        found = TELLING.search(text)
        assert found is None, f"the log: {_around(text, found)}"
    return raised


def _around(text: str, found: re.Match[str] | None) -> str:
    return text[max(0, found.start() - 80) : found.end()][:200] if found else ""


@FLAVORS
@pytest.mark.parametrize("name", FAILURES)
def test_a_call_that_fails(name: str, is_async: bool, records: Records) -> None:
    response, read, write = FAILURES[name]
    exchange = Exchange({KEY: SECRET})
    exchange.answers.update({("POST", path): response for path in PATHS})
    with serve(exchange) as server:
        raised = _check(server.url, is_async, records)
    assert raised == [read, read if write == "=" else write]
    assert len(exchange.accepted) == 2
    for record in exchange.accepted:  # what was looked for is what was sent
        for header in ("X-TXC-APIKEY", "X-TXC-PAYLOAD", "X-TXC-SIGNATURE"):
            assert TELLING.fullmatch((record.request.header(header) or "").rstrip("="))
        assert TELLING.search(record.request.body.decode())
    assert "whitebit" in records.names
    assert "httpcore2" not in records.names  # silenced: it would log headers


@FLAVORS
def test_a_call_that_succeeds(is_async: bool, records: Records) -> None:
    exchange = Exchange({KEY: SECRET})
    exchange.answers["POST", PATHS[0]] = (200, [])
    exchange.answers["POST", PATHS[1]] = (200, {"data": {"transaction_id": 5}})
    with serve(exchange) as server:
        assert _check(server.url, is_async, records) == []
    assert len(exchange.accepted) == 2
    assert any("transaction_id" in text for text in records.texts)  # a mismatch


@FLAVORS
def test_a_refused_connection(is_async: bool, records: Records) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    assert _check(url, is_async, records) == ["NotSentError", "NotSentError"]


@contextmanager
def _listener(treat: Callable[[socket.socket], object]) -> Iterator[str]:
    """Accept connections, and leave the rest to `treat`."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept: list[socket.socket] = []

    def accept() -> None:
        while True:
            connection, _ = listener.accept()
            if closing.is_set():
                connection.close()
                return
            kept.append(connection)
            treat(connection)

    closing = threading.Event()
    thread = threading.Thread(target=accept)
    thread.start()
    port = listener.getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        closing.set()
        socket.create_connection(("127.0.0.1", port)).close()
        thread.join()
        for connection in (*kept, listener):
            connection.close()


def _break_off(connection: socket.socket) -> None:
    connection.settimeout(5)
    assert connection.recv(1)
    option = struct.pack("ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, option)
    connection.close()


@FLAVORS
@pytest.mark.parametrize(
    ("treat", "read"),
    [(_break_off, "ConnectionLostError"), (id, "DeadlineError")],
    ids=["reset", "stalled"],
)
def test_a_request_that_is_stopped_half_way(
    treat: Callable[[socket.socket], object],
    read: str,
    is_async: bool,
    records: Records,
) -> None:
    # More than the sockets hold: the bytes with the signature are still being written.
    with _listener(treat) as url:
        raised = _check(url, is_async, records, "x" * 6_000_000)
    assert raised == [read, "OutcomeUnknownError"]


def test_a_key_that_no_header_can_hold() -> None:
    whitebit = load(ROOT / "generated", "whitebit")
    client = whitebit.WhiteBIT(api_key="clé", api_secret=SECRET)
    with pytest.raises(whitebit.errors.ConfigurationError) as caught:
        client.main_account.get_main_balance()
    assert not [way for way, text in shown(caught.value) if TELLING.search(text)]
