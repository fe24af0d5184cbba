"""A call without its credentials: what is said names what is missing, once."""

from __future__ import annotations

import pytest

from generator.runtime._operation import Operation
from generator.runtime._options import Options
from generator.runtime._prepare import Settings, prepare
from generator.runtime._signing import ApiKey, Basic, Scheme
from generator.runtime._whitebit import WhiteBitSigner
from generator.runtime.errors import ConfigurationError

KEY, SECRET = "SHOP_API_KEY", "SHOP_API_SECRET"


def said(scheme: Scheme | None, prefix: str = "SHOP") -> str:
    operation: Operation[None] = Operation(
        name="buy", method="POST", path="/", returns=None, security=(("own",),)
    )
    schemes = {} if scheme is None else {"own": scheme}
    settings = Settings("https://shop.example", (), schemes, Options(), prefix)
    with pytest.raises(ConfigurationError) as caught:
        prepare(settings, operation)
    assert caught.value.operation == "buy"
    return str(caught.value)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (KEY, SECRET):
        monkeypatch.delenv(name, raising=False)


def test_variables_that_are_not_set() -> None:
    assert said(WhiteBitSigner(api_key=None, api_secret=None)) == (
        "buy needs api_key and api_secret, which the client was not given; "
        f"{KEY} and {SECRET}, which from_env reads, are not set"
    )


def test_one_of_two_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "key")
    for given in (None, "key"):
        text = said(WhiteBitSigner(api_key=given, api_secret=None))
        assert text.endswith(f"; {SECRET}, which from_env reads, is not set")


def test_from_env_is_named_to_whom_has_set_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(KEY, "hidden")
    monkeypatch.setenv(SECRET, "hidden")
    text = said(WhiteBitSigner(api_key=None, api_secret=None))
    assert text.endswith(f"; from_env reads {KEY} and {SECRET}")
    assert "hidden" not in text


def test_a_client_without_variables() -> None:
    text = said(Basic(None, None), prefix="")
    assert text == "buy needs username and password, which the client was not given"
    text = said(ApiKey("token", "header", "X-Token", None))
    assert text.endswith("; SHOP_TOKEN, which from_env reads, is not set")


def test_a_client_without_such_a_scheme() -> None:
    assert said(None) == "buy needs a credential that this client has no place for"
