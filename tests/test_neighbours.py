"""What the neighbours of the main document bring, each looked at on the wire.

A signed call without a body, forms, a token, redirects, parameters of a path, no security.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qs, urlencode

import pytest

from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response
from tests.support.packages import load
from tests.support.six import (
    AGREED,
    KEYS,
    OAUTH,
    PUBLIC_V1,
    PUBLIC_V4,
    TRADE,
    UUID,
    Published,
)


def _package(folder: Path, one: Published) -> ModuleType:
    return load(folder, one.package)


@pytest.mark.parametrize("arguments", [{}, {"market": "BTC_USDT"}], ids=str)
def test_an_operation_without_a_body_is_signed_too(
    six: Path, arguments: dict[str, str]
) -> None:
    exchange = Exchange({"key": "secret"})
    with (
        serve(exchange) as server,
        _package(six, TRADE).Exchange(**KEYS, base_url=server.url) as client,
    ):
        client.market_fee.get_market_fee(**arguments)
    (record,) = exchange.records
    assert record.reason is None
    assert record.request.path == "/api/v4/market/fee"
    assert record.request.query == urlencode(arguments)
    assert set(record.fields) == {"request", "nonce", "nonceWindow"}
    assert record.fields["request"] == "/api/v4/market/fee"


def _record_all(
    requests: list[Request], answer: Response
) -> Callable[[Request], Response]:
    def handle(request: Request) -> Response:
        requests.append(request)
        return answer

    return handle


def test_forms_are_urlencoded_exactly(six: Path) -> None:
    seen: list[Request] = []
    package = _package(six, OAUTH)
    data = {"access_token": "new", "expires_in": 300}
    with (
        serve(_record_all(seen, Response.json(200, {"data": data}))) as server,
        package.Exchange(bearer_auth="token", base_url=server.url) as client,
    ):
        token = client.authentication.get_access_token(
            client_id="id", client_secret="a&b=c d/ü+%", code=""
        )
        client.authentication.refresh_token(client_id="", client_secret="s", token="t")
    first, second = seen
    assert first.body == b"client_id=id&client_secret=a%26b%3Dc+d%2F%C3%BC%2B%25&code="
    assert second.body == b"client_id=&client_secret=s&token=t"
    for request in seen:
        assert request.header("Content-Type") == "application/x-www-form-urlencoded"
        # The token is no business of an operation that declares no security.
        assert request.header("Authorization") is None
    assert (token.data.access_token, token.data.expires_in) == ("new", 300)


@pytest.mark.parametrize("location", [AGREED, "{other}/agree?x=1", "next"])
def test_a_redirect_is_returned_and_not_followed(six: Path, location: str) -> None:
    seen: list[Request] = []
    elsewhere: list[Request] = []
    package = _package(six, OAUTH)
    with serve(_record_all(elsewhere, Response())) as other:
        target = location.format(other=other.url)
        answer = Response(302, b"", (("Location", target),))
        with (
            serve(_record_all(seen, answer)) as server,
            package.Exchange(bearer_auth="token", base_url=server.url) as client,
        ):
            url = client.authentication.get_authorization_url(
                client_id="my app", state="a&b"
            )
            with pytest.raises(package.errors.RedirectError) as caught:
                client.oauth_api_keys.get_api_key_info()
    whole = {AGREED: server.url + AGREED, "next": f"{server.url}/auth/next"}
    assert url == whole.get(location, target)
    assert caught.value.location == target
    assert [request.path for request in seen] == ["/auth/login", "/oauth2/api-key/info"]
    assert parse_qs(seen[0].query) == {"clientId": ["my app"], "state": ["a&b"]}
    assert [request.header("Authorization") for request in seen] == [
        None,
        "Bearer token",
    ]
    assert elsewhere == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Response(302), "RedirectError"),
        (Response(302, b"", (("Location", "http://[x/"),)), "RedirectError"),
        (Response(200, b"<html>", (("Content-Type", "text/html"),)), "DecodeError"),
        (Response.json(404, {"message": "no"}), "NotFoundError"),
    ],
    ids=["no address", "broken address", "a page", "refused"],
)
def test_a_redirect_that_names_no_address_is_an_error(
    six: Path, answer: Response, error: str
) -> None:
    package = _package(six, OAUTH)
    with (
        serve(_record_all([], answer)) as server,
        package.Exchange(bearer_auth="token", base_url=server.url) as client,
        pytest.raises(getattr(package.errors, error)),
    ):
        client.authentication.get_authorization_url(client_id="id")


def test_a_key_is_deleted(six: Path) -> None:
    seen: list[Request] = []
    with (
        serve(_record_all(seen, Response.json(200, {"data": []}))) as server,
        _package(six, OAUTH).Exchange(
            bearer_auth="token", base_url=server.url
        ) as client,
    ):
        deleted = client.oauth_api_keys.delete_api_key(external_id=UUID)
    (request,) = seen
    assert (request.method, request.target) == ("DELETE", f"/oauth2/api-key/{UUID}")
    assert (request.body, request.header("Authorization")) == (b"", "Bearer token")
    assert deleted.data == []


def test_a_token_that_is_missing_is_named_before_anything_is_sent(six: Path) -> None:
    seen: list[Request] = []
    package = _package(six, OAUTH)
    with (
        serve(_record_all(seen, Response())) as server,
        package.Exchange(base_url=server.url) as client,
        pytest.raises(package.errors.ConfigurationError, match="bearer_auth"),
    ):
        client.oauth_api_keys.get_api_key_info()
    assert seen == []


def test_path_parameters_are_percent_encoded(six: Path) -> None:
    seen: list[Request] = []
    with (
        serve(_record_all(seen, Response.json(200, {}))) as server,
        _package(six, PUBLIC_V4).Exchange(base_url=server.url) as client,
    ):
        client.public_api_v4.get_orderbook(market="BTC/USDT ü?#%2F", limit=5)
    assert [request.target for request in seen] == [
        "/api/v4/public/orderbook/BTC%2FUSDT%20%C3%BC%3F%23%252F?limit=5"
    ]


@pytest.mark.parametrize("one", [PUBLIC_V1, PUBLIC_V4], ids=lambda one: one.name)
def test_public_documents_have_no_place_for_a_key(
    one: Published, six: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("API_KEY", "API_SECRET"):
        monkeypatch.setenv(f"{one.package.upper()}_{part}", "secret-of-another")
    client = _package(six, one).Exchange.from_env(base_url="http://127.0.0.1:1")
    with pytest.raises(TypeError, match="api_key"):
        type(client)(api_key="key")
    sources = "".join(f.read_text() for f in (six / one.package).glob("[a-z]*.py"))
    assert "X-TXC" not in sources
    assert not list((six / one.package).glob("_whitebit.py"))
    assert "secret-of-another" not in repr(client)
