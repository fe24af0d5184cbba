"""Forged, replayed and altered requests over a socket: none accepted, each explained.

Every alteration of a right request is tried on every operation of the main document,
also on the 30 whose schemas don't mention `request` and `nonce`.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path

import pytest

from generator.model import ir
from generator.sandbox.app import Sandbox
from generator.sandbox.http import serve
from generator.sandbox.messages import Request
from generator.sandbox.samples import sample
from generator.sandbox.words import masked
from tests.sandbox.support import (
    KEY,
    MAIN,
    SECRET,
    SHIPPED,
    Draft,
    next_nonce,
    sandbox_of,
    verdict,
    with_headers,
)

Alteration = Callable[[Draft], Request]


def _payload(request: Request, text: bytes) -> Request:
    return with_headers(request, X_TXC_PAYLOAD=base64.b64encode(text).decode())


def _spaced(draft: Draft) -> Request:
    fields = {**draft.fields, "request": draft.path, "nonce": next_nonce()}
    return draft.of(json.dumps(fields).encode())


def _twice(draft: Draft) -> Request:
    body = draft.request().body[:-1] + b',"nonce":1}'
    return draft.of(body)


def _flipped(draft: Draft) -> Request:
    request = draft.request()
    signature = request.header("X-TXC-SIGNATURE") or ""
    other = "0" if signature[0] != "0" else "1"
    return with_headers(request, X_TXC_SIGNATURE=other + signature[1:])


def _upper(draft: Draft) -> Request:
    request = draft.request()
    signature = (request.header("X-TXC-SIGNATURE") or "").upper()
    return with_headers(request, X_TXC_SIGNATURE=signature)


def _altered(draft: Draft) -> Request:
    request = draft.request()
    return replace(request, body=request.body.replace(b"true", b"false"))


def _altered_both(draft: Draft) -> Request:
    request = _altered(draft)
    return _payload(request, request.body)


ALTERATIONS: dict[str, tuple[str, Alteration]] = {
    "no payload": ("no-payload", lambda d: with_headers(d.request(), X_TXC_PAYLOAD="")),
    "no key": ("no-key", lambda d: with_headers(d.request(), X_TXC_APIKEY=None)),
    "no signature": (
        "no-signature",
        lambda d: with_headers(d.request(), X_TXC_SIGNATURE=None),
    ),
    "body altered": ("payload-differs", _altered),
    "payload of other": ("payload-differs", lambda d: _payload(d.request(), b"{}")),
    "body and payload altered": ("wrong-signature", _altered_both),
    "spaces": ("not-compact", _spaced),
    "a key twice": ("not-json", _twice),
    "no JSON": ("not-json", lambda d: d.of(b"request=1")),
    "a list": ("not-json", lambda d: d.of(b"[]")),
    "NaN": ("not-json", lambda d: d.of(b'{"nonce":NaN}')),
    "an unknown key": ("unknown-key", lambda d: replace(d, key="else").request()),
    "another secret": (
        "wrong-signature",
        lambda d: replace(d, secret="else").request(),
    ),
    "a character of the signature": ("wrong-signature", _flipped),
    "signature in capitals": ("wrong-signature", _upper),
    "signed for another path": (
        "other-request",
        lambda d: d.request(request="/api/v4/else"),
    ),
    "no request": ("no-request", lambda d: d.request(request=...)),
    "no nonce": ("no-nonce", lambda d: d.request(nonce=...)),
    "nonce is text": (
        "nonce-not-integer",
        lambda d: d.request(nonce=str(next_nonce())),
    ),
    "nonce is true": ("nonce-not-integer", lambda d: d.request(nonce=True)),
    "window is text": (
        "window-not-boolean",
        lambda d: d.request(nonceWindow="true"),
    ),
    "nonce of yesterday": (
        "nonce-outside-window",
        lambda d: d.request(nonce=next_nonce() - 86_400_000),
    ),
    "nonce of tomorrow": (
        "nonce-outside-window",
        lambda d: d.request(nonce=next_nonce() + 86_400_000),
    ),
    "a lower nonce": (
        "nonce-not-above",
        lambda d: d.request(nonce=1, nonceWindow=...),
    ),
    "a disabled key": (
        "key-disabled",
        lambda d: replace(d, key=f"{KEY}-disabled").request(),
    ),
}


class Line:
    """A connection to a sandbox, kept open."""

    def __init__(self, url: str) -> None:
        self._connection = HTTPConnection(url.removeprefix("http://"), timeout=10)

    def send(self, request: Request) -> tuple[int, dict[str, object]]:
        self._connection.request(
            request.method, request.target, request.body, dict(request.headers)
        )
        answer = self._connection.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")

    def close(self) -> None:
        self._connection.close()


def _signed(sandbox: Sandbox) -> Iterator[tuple[ir.Operation, Draft]]:
    for operation in sandbox.api.operations:
        if any(requirement.signer for requirement in operation.security):
            body: object = {}
            if operation.body:
                type_ = operation.body.content[0].type
                body = sample(type_, sandbox.api.schemas, is_request=True)
            assert isinstance(body, dict)
            yield operation, Draft(operation.path, body)


@pytest.mark.parametrize("spec", [SHIPPED, MAIN], ids=["shipped", "published"])
def test_no_forged_request_is_accepted(spec: Path) -> None:
    sandbox = sandbox_of(spec)
    drafts = dict(enumerate(_signed(sandbox)))
    told: Counter[str] = Counter()
    wrong: list[object] = []
    with serve(sandbox) as server, closing(Line(server.url)) as line:
        for operation, draft in drafts.values():
            request = draft.request()
            assert line.send(request)[0] < 300, operation.operation_id
            tries = [("replayed", "nonce-used", request)]
            tries += [
                (name, reason, alter(draft))
                for name, (reason, alter) in ALTERATIONS.items()
            ]
            for name, reason, altered in tries:
                status, data = line.send(altered)
                visit = sandbox.journal.visits[-1]
                told[visit.reason] += 1
                if visit.reason != reason or status < 400 or "message" not in data:
                    wrong.append((operation.operation_id, name, visit.reason, status))
                assert visit.expected and visit.received, (name, visit)
                assert SECRET not in visit.expected + visit.received
    assert wrong == []
    count = {SHIPPED: 14, MAIN: 64}[spec]
    assert len(drafts) == count
    assert sum(told.values()) == count * (len(ALTERATIONS) + 1)
    assert sandbox.journal.accepted == count


def test_the_one_operation_with_another_scheme_has_its_own_rule() -> None:
    sandbox = sandbox_of(MAIN)
    headers = (("Content-Type", "application/json"), ("Authorization", "test-jwt-auth"))
    body = b'{"cardNumber":"4111111111111111"}'
    right = Request("POST", "/api/card-token", headers, body)
    assert verdict(sandbox, with_headers(right, Authorization=None)) == "no-credential"
    for wrong in ("Bearer test-jwt-auth", "else", "test-jwt-auth "):
        forged = with_headers(right, Authorization=wrong)
        assert verdict(sandbox, forged) == "wrong-credential"
    signed = Draft("/api/card-token", {"cardNumber": "4111111111111111"}).request()
    assert verdict(sandbox, signed) == "no-credential"
    assert not sandbox.journal.ledger
    assert sandbox(right).status == 201
    written = [one.as_json()["fields"] for one in sandbox.journal.ledger]
    assert written == [{"cardNumber": masked("4111111111111111")}]


def test_a_read_only_key_may_only_read() -> None:
    sandbox = sandbox_of(SHIPPED)
    key = f"{KEY}-read-only"
    plans = Draft("/api/v4/main-account/smart-flex/plans", {}, key=key)
    assert verdict(sandbox, plans.request()) == ""
    path = "/api/v4/main-account/smart-flex/investments/invest"
    invest = Draft(path, {"plan": "p", "amount": "1"}, key=key)
    answer = sandbox(invest.request())
    assert answer.status == 403
    assert sandbox.journal.visits[-1].reason == "not-permitted"
    assert not sandbox.journal.ledger


def test_nonces_without_the_window_only_rise() -> None:
    sandbox = sandbox_of(SHIPPED)
    draft = Draft("/api/v4/main-account/smart-flex/plans", {})
    said = [
        verdict(sandbox, draft.request(nonce=nonce, nonceWindow=...))
        for nonce in (5, 7, 6, 7, 8)
    ]
    assert said == ["", "", "nonce-not-above", "nonce-not-above", ""]


def test_unknown_paths_and_methods() -> None:
    sandbox = sandbox_of(SHIPPED)
    path = "/api/v4/main-account/balance"
    lost = sandbox(Draft("/api/v4/nowhere", {}).request())
    assert (lost.status, json.loads(lost.body)["message"]) == (404, "Not found")
    wrong = sandbox(Request("GET", path))
    assert (wrong.status, dict(wrong.headers)["Allow"]) == (405, "POST")
    assert sandbox.journal.visits[-1].reason == "wrong-method"
