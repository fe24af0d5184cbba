"""The rules of the exchange: what is accepted, and every way to be refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response
from generator.sandbox.rules import (
    REFUSALS,
    Reason,
    Refusal,
    Rule,
    anyone,
    bearer,
    header_equals,
    read_fields,
    sign,
)

KEY, SECRET = "test-api-key", "test-api-secret"
NOW = 1_709_340_000_000
PATH = "/api/v4/main-account/smart-flex/plans"
BODY = f'{{"request":"{PATH}","nonce":{NOW}}}'.encode()
# Made with openssl dgst -sha512 -hmac.
SIGNATURE = (
    "de77e28fadef04fffc541cbd5d48d348d5bac31bf2a36e11af55d4125e4ee949"
    "ec85f14d223b14bb0f50a16b8e7402c9425afec3996070b03c4e65b988316f6b"
)


def fresh() -> Exchange:
    return Exchange({KEY: SECRET}, clock=lambda: NOW)


def signed(body: bytes, *, key: str = KEY, secret: str = SECRET) -> Request:
    payload = base64.b64encode(body)
    signature = hmac.new(secret.encode(), payload, hashlib.sha512).hexdigest()
    headers = (("X-TXC-APIKEY", key), ("X-TXC-PAYLOAD", payload.decode()))
    return Request("POST", PATH, (*headers, ("X-TXC-SIGNATURE", signature)), body)


def call(nonce: object = NOW, /, **fields: object) -> Request:
    body = {"request": PATH, "nonce": nonce, **fields}
    return signed(json.dumps(body, separators=(",", ":")).encode())


def with_header(request: Request, name: str, value: str | None) -> Request:
    others = tuple(pair for pair in request.headers if pair[0] != name)
    changed = () if value is None else ((name, value),)
    return replace(request, headers=others + changed)


def reasons(exchange: Exchange) -> list[Reason | None]:
    return [record.reason for record in exchange.records]


def refusal_of(request: Request) -> Reason | None:
    exchange = fresh()
    exchange(request)
    return exchange.records[0].reason


def test_a_signature_made_elsewhere_is_accepted() -> None:
    assert sign(SECRET, base64.b64encode(BODY).decode()) == SIGNATURE
    exchange = fresh()
    answer = exchange(signed(BODY))
    assert (answer.status, answer.body) == (200, b"{}")
    [record] = exchange.accepted
    assert record.fields == {"request": PATH, "nonce": NOW}
    assert exchange.refused == ()


def test_answers_come_from_the_table() -> None:
    exchange = fresh()
    exchange.answers["POST", PATH] = (201, [{"id": "1"}])
    answer = exchange(call())
    assert (answer.status, answer.body) == (201, b'[{"id":"1"}]')
    assert ("Date", "Sat, 02 Mar 2024 00:40:00 GMT") in answer.headers
    page = Response(502, b"<html>", (("Content-Type", "text/html"),))
    exchange.answers["POST", PATH] = page
    # A query is no part of the path, neither of the table nor of `request`.
    assert exchange(replace(call(NOW + 1), target=f"{PATH}?a=b")) is page


@pytest.mark.parametrize(
    ("text", "spaced"),
    [(b":1", b": 1"), (b",", b", "), (b"}", b"}\n"), (b"{", b"\t{"), (b"{", b"{\r")],
)
def test_spaced_json_is_refused(text: bytes, spaced: bytes) -> None:
    exchange = fresh()
    answer = exchange(signed(BODY.replace(text, spaced)))
    assert answer.status == 400
    assert answer.body == b'{"code":9,"message":"Invalid payload."}'
    assert reasons(exchange) == [Reason.NOT_COMPACT]


INSIDE = ("a b", '\\" b \\"', "\\\\", "\\u0020\\n", "\u041e ", "{ : , }")


@pytest.mark.parametrize("text", INSIDE)
def test_space_inside_text_is_no_space(text: str) -> None:
    body = f'{{"name":"{text}","request":"{PATH}","nonce":{NOW}}}'.encode()
    assert refusal_of(signed(body)) is None


NO_OBJECT = (b"", b"[]", b'"a"', b"{", b"\xff", b"\xef\xbb\xbf{}", b'{"a":NaN}')
AMBIGUOUS = (b'{"nonce":1,"nonce":2}', b'{"a":{"b":1,"b":1}}')
HUGE = (b'{"nonce":' + b"1" * 5000 + b"}", b"[" * 100_000)


@pytest.mark.parametrize(
    "body", NO_OBJECT + AMBIGUOUS + HUGE, ids=lambda body: body[:9]
)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    assert read_fields(body) is Reason.NOT_JSON


TWICE = replace(call(), headers=call().headers + call().headers[-1:])
REFUSED: dict[str, tuple[Request, Reason]] = {
    "no payload": (with_header(call(), "X-TXC-PAYLOAD", None), Reason.NO_PAYLOAD),
    "empty payload": (with_header(call(), "X-TXC-PAYLOAD", ""), Reason.NO_PAYLOAD),
    "no key": (with_header(call(), "X-TXC-APIKEY", None), Reason.NO_KEY),
    "unsigned": (with_header(call(), "X-TXC-SIGNATURE", None), Reason.NO_SIGNATURE),
    "other body": (replace(call(), body=BODY + b" "), Reason.PAYLOAD_DIFFERS),
    "no body": (replace(call(), body=b""), Reason.PAYLOAD_DIFFERS),
    "no object": (signed(b"[1]"), Reason.NOT_JSON),
    "unknown key": (signed(BODY, key="other"), Reason.UNKNOWN_KEY),
    "other secret": (signed(BODY, secret="other"), Reason.WRONG_SIGNATURE),
    "two signatures": (TWICE, Reason.WRONG_SIGNATURE),
    "no request": (signed(b'{"nonce":1}'), Reason.NO_REQUEST),
    "request number": (signed(b'{"request":1,"nonce":1}'), Reason.NO_REQUEST),
    "other path": (replace(call(), target="/api/v4/jwt"), Reason.OTHER_REQUEST),
    "path with query": (call(request=f"{PATH}?a=b"), Reason.OTHER_REQUEST),
    "no nonce": (signed(f'{{"request":"{PATH}"}}'.encode()), Reason.NO_NONCE),
    "null nonce": (call(None), Reason.NO_NONCE),
    "text nonce": (call(str(NOW)), Reason.NONCE_NOT_INTEGER),
    "float nonce": (call(float(NOW)), Reason.NONCE_NOT_INTEGER),
    "true nonce": (call(True), Reason.NONCE_NOT_INTEGER),
    "nonce 0": (call(0), Reason.NONCE_NOT_ABOVE),
    "text window": (call(nonceWindow="true"), Reason.WINDOW_NOT_BOOLEAN),
    "null window": (call(nonceWindow=None), Reason.WINDOW_NOT_BOOLEAN),
    "window 1": (call(nonceWindow=1), Reason.WINDOW_NOT_BOOLEAN),
    "late": (call(NOW - 5001, nonceWindow=True), Reason.NONCE_OUTSIDE_WINDOW),
    "early": (call(NOW + 5001, nonceWindow=True), Reason.NONCE_OUTSIDE_WINDOW),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal(name: str) -> None:
    exchange, (refused, reason) = fresh(), REFUSED[name]
    answer, words = exchange(refused), REFUSALS[reason]
    assert reasons(exchange) == [reason]
    assert answer.status == words.status
    assert json.loads(answer.body) == {"code": words.code, "message": words.message}
    assert exchange(call()).status == 200  # its nonce is still free for the key's owner


def test_without_the_window_a_nonce_must_exceed_the_last() -> None:
    exchange = fresh()
    for nonce in (5, 5, 4, 6):
        exchange(call(nonce))
    low = Reason.NONCE_NOT_ABOVE
    assert reasons(exchange) == [None, low, low, None]
    assert exchange.refusals[low] == Refusal(429, 0, "Too many requests.")


def test_with_the_window_a_nonce_may_come_out_of_order_but_once() -> None:
    exchange = fresh()
    for offset in (0, -5000, 5000, -5000, 0):
        exchange(call(NOW + offset, nonceWindow=True))
    assert reasons(exchange) == [None] * 3 + [Reason.NONCE_USED] * 2


def test_the_two_kinds_of_nonce_know_of_each_other() -> None:
    exchange = fresh()
    for offset, window in ((0, False), (0, True), (2, True), (-1, True), (1, False)):
        exchange(call(NOW + offset, nonceWindow=window))
    used, low = Reason.NONCE_USED, Reason.NONCE_NOT_ABOVE
    assert reasons(exchange) == [None, used, None, None, low]


def test_each_key_has_nonces_of_its_own() -> None:
    exchange = Exchange({"a": "1", "b": "2"}, clock=lambda: NOW)
    exchange(signed(BODY, key="a", secret="1"))
    exchange(signed(BODY, key="b", secret="2"))
    exchange(signed(BODY, key="a", secret="2"))
    assert reasons(exchange) == [None, None, Reason.WRONG_SIGNATURE]


def test_every_reason_has_words_that_can_be_changed() -> None:
    exchange = fresh()
    assert set(exchange.refusals) == set(Reason)
    exchange.refusals[Reason.NONCE_NOT_ABOVE] = Refusal(400, 7, "Nonce too low.")
    answer = exchange(call(0))
    assert answer.status == 400
    assert answer.body == b'{"code":7,"message":"Nonce too low."}'


def flips(text: str) -> list[str]:
    """Change one bit of one character: three changes for each."""
    return [
        text[:index] + chr(ord(text[index]) ^ bit) + text[index + 1 :]
        for index in range(len(text))
        for bit in (1, 2, 16)
    ]


def test_no_altered_request_is_accepted() -> None:
    exchange, request = fresh(), call(amount="100.00", ticker="USDT")
    for text in flips(request.body.decode()):
        altered = replace(request, body=text.encode())
        payload = base64.b64encode(altered.body).decode()
        exchange(altered)
        exchange(with_header(altered, "X-TXC-PAYLOAD", payload))
    for name in ("X-TXC-APIKEY", "X-TXC-PAYLOAD", "X-TXC-SIGNATURE"):
        for value in flips(request.header(name) or ""):
            exchange(with_header(request, name, value))
    for target in flips(PATH):
        exchange(replace(request, target=target))
    assert len(exchange.refused) == len(exchange.records) > 1000
    assert exchange(request).status == 200


def test_no_forged_request_is_accepted() -> None:
    exchange = fresh()
    for secret in ("", SECRET[:-1], f"{SECRET} ", SECRET.upper(), KEY):
        exchange(signed(BODY, secret=secret))
    payload = base64.b64encode(BODY)
    of_body = hmac.new(SECRET.encode(), BODY, hashlib.sha512).hexdigest()
    short = hmac.new(SECRET.encode(), payload, hashlib.sha256).hexdigest()
    for signature in (of_body, short, SIGNATURE.upper(), SIGNATURE[:-1]):
        exchange(with_header(signed(BODY), "X-TXC-SIGNATURE", signature))
    assert set(reasons(exchange)) == {Reason.WRONG_SIGNATURE}


def post(netloc: str, request: Request) -> tuple[int, dict[str, object]]:
    with closing(HTTPConnection(netloc, timeout=5)) as client:
        client.request("POST", request.target, request.body, dict(request.headers))
        response = client.getresponse()
        return response.status, json.loads(response.read())


def test_forged_altered_and_replayed_requests_over_a_socket() -> None:
    exchange, altered = fresh(), BODY.replace(b"plans", b"plons")
    with serve(exchange) as server:
        send = partial(post, urlsplit(server.url).netloc)
        assert send(signed(BODY, secret="guess"))[1]["code"] == 10
        assert send(replace(call(), body=altered))[1]["code"] == 9
        assert send(replace(call(), target=f"{PATH}/x"))[1]["code"] == 10
        assert exchange.accepted == ()
        assert send(call()) == (200, {})
        assert send(call()) == (429, {"code": 0, "message": "Too many requests."})
    assert len(exchange.accepted) == 1


def test_eight_threads_with_the_window_and_then_all_of_it_again() -> None:
    exchange = fresh()
    requests = [call(NOW + number, nonceWindow=True) for number in range(200)]
    with serve(exchange) as server, ThreadPoolExecutor(8) as pool:
        send = partial(post, urlsplit(server.url).netloc)
        assert [status for status, _ in pool.map(send, requests)] == [200] * 200
        assert [status for status, _ in pool.map(send, requests)] == [429] * 200
    assert reasons(exchange) == [None] * 200 + [Reason.NONCE_USED] * 200


JWT, TOKEN = header_equals("Authorization", "a.b.c"), bearer("a.b.c")


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [(JWT, "a.b.c", "Bearer a.b.c"), (TOKEN, "Bearer a.b.c", "a.b.c")],
)
def test_a_path_with_a_rule_of_its_own(rule: Rule, good: str, bad: str) -> None:
    exchange = Exchange({KEY: SECRET}, rules={PATH: rule}, clock=lambda: NOW)
    for header in (good, bad, None):
        exchange(with_header(Request("POST", PATH), "Authorization", header))
    exchange(call())
    wrong = Reason.WRONG_CREDENTIAL
    assert reasons(exchange) == [None, wrong, wrong, wrong]


def test_a_path_that_is_open_opens_no_other() -> None:
    exchange = Exchange({KEY: SECRET}, rules={"/open": anyone})
    exchange(Request("GET", "/open"))
    exchange(Request("GET", "/other"))
    assert reasons(exchange) == [None, Reason.NO_PAYLOAD]
