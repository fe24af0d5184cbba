"""Signatures of WhiteBIT, byte for byte."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from generator.runtime._operation import UNSET, Draft, Operation
from generator.runtime._whitebit import WhiteBitSigner
from generator.runtime.errors import ConfigurationError

VECTORS = Path(__file__).parents[3] / "shared" / "whitebit" / "vectors.json"
KEY, SECRET = "test-key", "test-secret"
_next_key = iter(range(10**6))


def sign(
    path: str,
    fields: Any,
    nonce: int,
    *,
    window: bool = False,
    key: str = "",
    secret: str = SECRET,
) -> Draft:
    operation: Operation[Any] = Operation(
        name="x", method="POST", path=path, returns=Any, body="json"
    )
    draft = Draft(operation, "https://whitebit.com", path)
    draft.body = fields
    draft.clock = lambda: nonce
    # A key of its own each time, because nonces of one key never repeat.
    key = key or f"{KEY}-{next(_next_key)}"
    WhiteBitSigner(api_key=key, api_secret=secret, nonce_window=window).apply(draft)
    return draft


def vectors() -> list[Any]:
    if not VECTORS.is_file():
        pytest.skip(f"{VECTORS.name} is not beside this repository")
    return list(json.loads(VECTORS.read_text("utf-8"))["vectors"])


def test_shape_of_a_signed_request() -> None:
    draft = sign("/api/v4/x", {"ticker": "\u20ac", "amount": "1.00"}, 5, window=True)
    assert draft.content == (
        b'{"ticker":"\\u20ac","amount":"1.00","request":"/api/v4/x","nonce":5,'
        b'"nonceWindow":true}'
    )
    payload = base64.b64encode(draft.content)
    assert draft.headers["X-TXC-PAYLOAD"] == payload.decode()
    expected = hmac.new(SECRET.encode(), payload, hashlib.sha512).hexdigest()
    assert draft.headers["X-TXC-SIGNATURE"] == expected
    assert draft.headers["X-TXC-APIKEY"].startswith(KEY)
    assert draft.headers["Content-Type"] == "application/json"
    assert draft.nonce == 5


def test_a_call_without_fields_has_a_signed_body() -> None:
    assert sign("/a", UNSET, 7).content == b'{"request":"/a","nonce":7}'


def test_signature_written_down() -> None:
    draft = sign("/api/v4/x", {"a": 1}, 1_700_000_000_000)
    assert draft.content == b'{"a":1,"request":"/api/v4/x","nonce":1700000000000}'
    assert draft.headers["X-TXC-SIGNATURE"].startswith(
        "475853c4303525d749b56f51b9d316c1"
    )


@pytest.mark.parametrize("name", WhiteBitSigner.fills)
def test_fields_of_the_signer_are_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        sign("/a", {name: 1}, 1)


def test_a_signed_body_is_an_object() -> None:
    with pytest.raises(ConfigurationError, match="object"):
        sign("/a", [1], 1)


def test_missing_credentials_are_named() -> None:
    assert WhiteBitSigner(api_key=None, api_secret=None).missing() == (
        "api_key",
        "api_secret",
    )
    assert WhiteBitSigner(api_key="k", api_secret="").missing() == ("api_secret",)


def test_vectors_payload_and_signature_from_the_body() -> None:
    checked = 0
    for vector in vectors():
        body = vector["body"].encode()
        payload = base64.b64encode(body)
        key = vector["api_secret"].encode()
        headers = vector["headers"]
        assert hashlib.sha256(body).hexdigest() == vector["body_sha256"]
        if vector["serialization"].startswith("compact"):
            assert headers["X-TXC-PAYLOAD"] == payload.decode()
            assert (
                headers["X-TXC-SIGNATURE"] == hmac.digest(key, payload, "sha512").hex()
            )
            checked += 1
    assert checked == 6


def test_vectors_from_the_parameters() -> None:
    reproduced: list[int] = []
    for number, vector in enumerate(vectors(), start=1):
        draft = sign(
            vector["path"],
            vector["params"],
            int(vector["nonce"]),
            secret=vector["api_secret"],
        )
        assert draft.content is not None
        if draft.content == vector["body"].encode():
            headers = vector["headers"]
            for name in ("Content-Type", "X-TXC-PAYLOAD", "X-TXC-SIGNATURE"):
                assert draft.headers[name] == headers[name]
            reproduced.append(number)
        else:
            assert json.loads(draft.content) != vector["body"]
    # 3 has another order of keys, 6 leaves non-ASCII as it is, 7 and 8 have spaces.
    assert reproduced == [1, 2, 4, 5]
