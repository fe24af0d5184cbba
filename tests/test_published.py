"""The published main document: every operation called on a server that verifies."""

from __future__ import annotations

import asyncio
import inspect
import json
from pathlib import Path

import pytest

from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve
from generator.sandbox.rules import header_equals
from tests.support.packages import SPECS, load, make_program, success_answers

CONSTRUCT = 'api_key="key", api_secret="secret", jwt_auth="a.b.c", base_url=base_url'
SPEC = SPECS / "main_api_v4.yaml"


def _exchange() -> Exchange:
    jwt = header_equals("Authorization", "a.b.c")
    exchange = Exchange({"key": "secret"}, rules={"/api/card-token": jwt})
    exchange.answers.update(success_answers(SPEC))
    return exchange


def _check(exchange: Exchange, done: list[str]) -> None:
    assert exchange.refused == ()
    assert len(exchange.accepted) == len(done) == len(set(done)) == 65
    signed = [r for r in exchange.accepted if r.request.path != "/api/card-token"]
    assert len(signed) == 64
    for record in signed:
        body = record.request.body
        data = json.loads(body)
        assert body == json.dumps(data, separators=(",", ":")).encode()
        assert data["request"] == record.request.path
        assert data["nonceWindow"] is True
        assert record.request.header("X-TXC-APIKEY") == "key"
    card = next(r for r in exchange.accepted if r.request.path == "/api/card-token")
    assert card.request.header("Authorization") == "a.b.c"
    assert card.request.header("X-TXC-APIKEY") is None


def test_every_operation_is_accepted(published_main: Path) -> None:
    program = load(make_program(published_main, "").parent, "program_published_main")
    package = load(published_main.parent, "published_main")
    done: list[str] = []
    exchange = _exchange()
    with (
        serve(exchange) as server,
        package.Exchange(
            api_key="key", api_secret="secret", jwt_auth="a.b.c", base_url=server.url
        ) as client,
    ):
        program.calls(client, lambda name, _: done.append(name))
    _check(exchange, done)


def test_every_operation_is_accepted_async(published_main: Path) -> None:
    program = load(make_program(published_main, "").parent, "program_published_main")
    package = load(published_main.parent, "published_main")
    done: list[str] = []
    exchange = _exchange()

    async def call_all() -> None:
        async with (
            serve(exchange) as server,
            package.AsyncExchange(
                api_key="key",
                api_secret="secret",
                jwt_auth="a.b.c",
                base_url=server.url,
            ) as client,
        ):
            await program.async_calls(client, lambda name, _: done.append(name))

    asyncio.run(call_all())
    _check(exchange, done)


def test_the_card_token_goes_to_its_own_server(published_main: Path) -> None:
    import httpx2

    package = load(published_main.parent, "published_main")
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(201, json=[])

    options = package.Options(transport=httpx2.MockTransport(answer))
    with package.Exchange(
        api_key="key", api_secret="secret", jwt_auth="a.b.c", options=options
    ) as client:
        client.deposit.issue_card_token(card_number="4111111111111111")
        client.crypto_lending_flex.get_flex_plans()
    card, plans = seen
    assert str(card.url) == "https://fgw.whitebit.com/api/card-token"
    assert card.headers["Authorization"] == "a.b.c"
    assert not [name for name in card.headers if name.lower().startswith("x-txc")]
    assert plans.url.host == "whitebit.com"
    assert "Authorization" not in plans.headers


@pytest.mark.parametrize("flavor", ["", "Async"])
def test_no_signature_shows_what_the_client_fills_in(
    published_main: Path, flavor: str
) -> None:
    package = load(published_main.parent, "published_main")
    hidden = {"request", "nonce", "nonce_window", "payload", "signature", "api_key"}
    client = getattr(package, f"{flavor}Exchange")(base_url="http://127.0.0.1:1")
    shown: set[str] = set()
    for attribute, member in inspect.getmembers(type(client)):
        if isinstance(member, property):
            for name, method in inspect.getmembers(getattr(client, attribute)):
                if not name.startswith("_"):
                    shown |= set(inspect.signature(method).parameters)
    assert len(shown) > 60
    assert not shown & hidden
