"""One field is wrong: that field is named, in the exchange's own shape, and no other."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from generator.model import ir
from generator.sandbox.app import Sandbox
from generator.sandbox.messages import Request
from generator.sandbox.samples import sample
from tests.sandbox.mutations import mutations
from tests.sandbox.support import (
    MAIN,
    SHIPPED,
    Draft,
    data_of,
    next_nonce,
    sandbox_of,
    verdict,
)
from tests.support.documents import read
from tests.support.packages import SPECS

# How many mutations each document has, so that none is lost without a word.
TRIED = {
    "shipped": 231,
    "main_api_v4": 1438,
    "http-trade-v4": 1109,
    "address-checker": 77,
}


def _body(sandbox: Sandbox, operation: ir.Operation) -> dict[str, object]:
    assert operation.body is not None
    made = sample(
        operation.body.content[0].type, sandbox.api.schemas, is_request=True, full=True
    )
    assert isinstance(made, dict)
    return made


def _request(operation: ir.Operation, body: dict[str, object]) -> Request:
    if any(requirement.signer for requirement in operation.security):
        return Draft(operation.path, body).request()
    headers = (("Authorization", "test-jwt-auth"), ("Content-Type", "application/json"))
    return Request("POST", operation.path, headers, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("name", "spec"),
    [
        ("shipped", SHIPPED),
        ("main_api_v4", MAIN),
        ("http-trade-v4", SPECS / "http-trade-v4.yaml"),
        ("address-checker", SPECS / "address-checker.yaml"),
    ],
)
def test_the_wrong_field_is_named(name: str, spec: Path) -> None:
    sandbox = sandbox_of(spec)
    document = read(spec)
    kinds: Counter[str] = Counter()
    wrong: list[object] = []
    for operation in sandbox.api.operations:
        if operation.body is None:
            continue
        path = operation.path
        raw = document["paths"][path][operation.method.lower()]["requestBody"]
        schema = raw["content"]["application/json"]["schema"]
        body = _body(sandbox, operation)
        assert verdict(sandbox, _request(operation, body)) == "", (path, body)
        for one in mutations(document, schema, body):
            kinds[one.kind] += 1
            answer = sandbox(_request(operation, one.body))
            data = data_of(answer)
            named = list(data.get("errors", ()))
            if (
                sandbox.journal.visits[-1].reason != "validation"
                or named != [one.field]
                or answer.status not in (400, 422)
                or (data["code"], data["message"]) != (0, "Validation failed")
            ):
                wrong.append((path, one.field, one.kind, answer.status, data))
    assert wrong == []
    assert sum(kinds.values()) == TRIED[name]


def test_the_words_are_the_exchanges() -> None:
    sandbox = sandbox_of(SHIPPED)
    path = "/api/v4/main-account/smart-flex/investments/withdraw"
    answer = sandbox(Draft(path, {"plan": "p"}).request())
    assert answer.status == 400
    assert answer.body == (
        b'{"code":0,"message":"Validation failed",'
        b'"errors":{"amount":["The amount field is required."]}}'
    )


def test_a_refused_body_uses_up_its_nonce() -> None:
    sandbox = sandbox_of(SHIPPED)
    path = "/api/v4/main-account/smart-flex/investments/withdraw"
    nonce = next_nonce()
    right = {"plan": "p", "amount": "1"}
    assert verdict(sandbox, Draft(path, {}).request(nonce=nonce)) == "validation"
    assert verdict(sandbox, Draft(path, right).request(nonce=nonce)) == "nonce-used"
