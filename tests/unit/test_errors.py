"""Errors pickle, compare, print one line, and hold no secret."""

from __future__ import annotations

import copy
import pickle
from enum import StrEnum
from typing import Literal

import pytest
from msgspec.structs import replace

from generator.runtime import errors
from generator.runtime._interpret import interpret
from generator.runtime._nonce import unix_milliseconds
from generator.runtime._operation import Draft, Operation
from generator.runtime._options import Options
from generator.runtime._prepare import Settings
from generator.runtime._refusal import raised_for, refusal, seconds_of
from generator.runtime._signing import ApiKey, Basic, Bearer, Secret
from generator.runtime._whitebit import WhiteBitSigner


class Reason(StrEnum):
    TOO_SMALL = "tooSmall"
    TOO_SMALL_400 = "tooSmall400"


WITHDRAW: Operation[object] = Operation(
    name="withdraw",
    method="POST",
    path="/api/v4/withdraw",
    returns=object,
    body="json",
    reasons=Reason,
    cases=(
        f'["{Reason.TOO_SMALL_400.value}",400,{{"message":"Too small","code":2}}]',
        f'["{Reason.TOO_SMALL.value}",422,{{"code":2,"message":"Too small"}}]',
    ),
)


def refused(
    status: int, body: bytes = b"", *, signed: bool = False, **headers: str
) -> errors.ApiError:
    draft = Draft(WITHDRAW, "https://whitebit.com", WITHDRAW.path)
    if signed:
        draft.schemes = (WhiteBitSigner(api_key="k", api_secret="s"),)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return refusal(draft, status, named, body)


EXAMPLES: list[errors.ClientError] = [
    errors.ClientError("a"),
    errors.ConfigurationError("b", operation="x"),
    errors.NotSentError("c"),
    refused(422, b'{"code":2,"message":"Too small"}'),
    refused(429, b"{}", retry_after="3"),
    refused(302, b"", location="https://elsewhere.example"),
    errors.DecodeError("d", status=200, body=b"<", parsed=None),
    errors.OutcomeUnknownError(
        "e", phase="answered", nonce=1, request={"a": 1}, answer=refused(502)
    ),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_pickle_compare_and_copy(error: errors.ClientError) -> None:
    twin = pickle.loads(pickle.dumps(error))
    assert twin == error
    assert hash(twin) == hash(error)
    assert str(twin) == str(error)
    assert vars(twin) == vars(error)
    assert copy.deepcopy(error) == error
    assert error != errors.ClientError("other")
    assert error != 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, errors.RedirectError),
        (400, errors.BadRequestError),
        (401, errors.UnauthorizedError),
        (403, errors.ForbiddenError),
        (404, errors.NotFoundError),
        (409, errors.ConflictError),
        (412, errors.PreconditionFailedError),
        (418, errors.ApiError),
        (422, errors.UnprocessableEntityError),
        (429, errors.RateLimitError),
        (500, errors.ServerError),
        (524, errors.ServerError),
    ],
)
def test_class_of_a_status(status: int, kind: type[errors.ApiError]) -> None:
    assert type(refused(status)) is kind


@pytest.mark.parametrize("kind", ["read", "write"])
@pytest.mark.parametrize("status", [100, 301, 400, 408, 418, 422, 425, 429, 500, 503])
def test_a_call_raises_what_its_docstring_says(
    status: int, kind: Literal["read", "write"]
) -> None:
    draft = Draft(replace(WITHDRAW, kind=kind), "https://whitebit.com", WITHDRAW.path)
    settings = Settings("https://whitebit.com", (), {}, Options(), "WHITEBIT")
    with pytest.raises(errors.ClientError) as raised:
        interpret(settings, draft, status, {}, b'{"code":2}')
    assert type(raised.value) is raised_for(status, is_read=kind == "read")


def test_a_row_without_a_status_is_a_refusal() -> None:
    assert raised_for(0, is_read=False) is errors.ApiError


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (429, b'{"message":"Too many requests."}', errors.NonceError),
        (429, b'{"message":"Too Many Requests"}', errors.RateLimitError),
        (400, b'{"message":"Too Many Attempts."}', errors.RateLimitError),
        (400, b'{"code":9,"message":"Invalid payload."}', errors.SignatureError),
        (400, b'{"code":8,"message":"Invalid payload."}', errors.BadRequestError),
        (401, b'{"code":10,"message":"Unauthorized request."}', errors.SignatureError),
        (
            401,
            b'{"message":"Your nonce is more than 5 seconds lesser than the current '
            b'nonce"}',
            errors.NonceError,
        ),
        (500, b'{"message":"Too many requests."}', errors.ServerError),
    ],
)
def test_words_about_signature_and_nonce(
    status: int, body: bytes, kind: type[errors.ApiError]
) -> None:
    assert type(refused(status, body, signed=True)) is kind


def test_limiter_sends_retry_after() -> None:
    body = b'{"message":"Too many requests."}'
    error = refused(429, body, signed=True, retry_after="2")
    assert isinstance(error, errors.RateLimitError)
    assert error.retry_after == 2


def test_skew_of_the_clock() -> None:
    body = b'{"message":"Your nonce is more than 5 seconds lesser than the current"}'
    error = refused(401, body, signed=True, date="Thu, 01 Jan 1970 00:00:00 GMT")
    assert isinstance(error, errors.NonceError)
    assert error.skew is not None
    assert abs(error.skew + unix_milliseconds() / 1000) < 60


def test_reason_is_that_of_the_status() -> None:
    assert refused(422, b'{"code":2,"message":"Too small"}').reason is Reason.TOO_SMALL
    error = refused(400, b'{"code":2,"message":"Too small"}')
    assert error.reason is Reason.TOO_SMALL_400
    both = refused(409, b'{"code":2,"message":"Too small"}')
    assert both.reason is None
    assert set(both.reasons) == set(Reason)
    assert refused(422, b'{"code":2,"message":"Too big"}').reason is None


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (
            b'{"code":0,"message":"Failed","errors":{"amount":["a","b"],"x":"c"}}',
            "withdraw: 422, code 0: Failed; amount: a; amount: b; x: c",
        ),
        (b'{"errors":["a"]}', "withdraw: 422: a"),
        (b'{"message":{"amount":["a"]}}', "withdraw: 422: amount: a"),
        (b'{"error":"e","error_description":"d"}', "withdraw: 422: d"),
        (b'"text\\n\\u001b[31m"', "withdraw: 422: text ?[31m"),
        (b"<html>", "withdraw: 422: the answer is a web page"),
        (b"", "withdraw: 422: no message"),
        (b'{"code":true,"errors":{"a":{"b":null}}}', "withdraw: 422: no message"),
    ],
)
def test_one_useful_line(body: bytes, line: str) -> None:
    assert str(refused(422, body)) == line


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("3", 3), ("0.5", 0.5), ("-1", None), ("nan", None), ("inf", None), ("x", None)],
)
def test_retry_after(text: str, seconds: float | None) -> None:
    assert seconds_of(text) == seconds
    assert seconds_of("Thu, 01 Jan 1970 00:00:00 GMT") == 0


def test_secrets_do_not_show() -> None:
    signer = WhiteBitSigner(api_key="the-key", api_secret="the-secret")
    holders = [
        signer,
        Bearer("the-secret"),
        Basic("user", "the-secret"),
        ApiKey("a", "query", "key", "the-secret"),
        Secret("the-secret"),
    ]
    draft = Draft(WITHDRAW, "https://whitebit.com", WITHDRAW.path)
    draft.body = {"amount": "1", "passphrase": "the-secret"}
    signer.apply(draft)
    for holder in [*holders, draft]:
        assert "secret" not in repr(holder)
        assert not hasattr(holder, "__dict__")
        with pytest.raises(TypeError):
            pickle.dumps(holder)
        with pytest.raises(TypeError):
            copy.copy(holder)


@pytest.mark.parametrize("wrong", ["key\n", " key", "k\x00ey"])
def test_credential_with_a_line_break(wrong: str) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        Bearer(wrong)
    assert "key" not in str(caught.value)
