"""Bodies that are one text or one row of bytes: sent as they stand, or refused."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

import pytest

from generator.runtime._operation import Operation
from generator.runtime._options import Options
from generator.runtime._prepare import Settings, prepare
from generator.runtime.errors import ConfigurationError

SETTINGS = Settings("https://exchange.example", (), {}, Options(), "EXCHANGE")


class Size(StrEnum):
    """A value that is a text."""

    SMALL = "s"


def sent(kind: Literal["text", "bytes"], body: Any) -> bytes | None:
    operation = Operation[None](
        name="put", method="PUT", path="/x", body=kind, returns=None
    )
    return prepare(SETTINGS, operation, body=body).content


@pytest.mark.parametrize(
    ("kind", "body", "content"),
    [
        ("text", "é", "é".encode()),
        ("text", Size.SMALL, b"s"),
        ("text", Decimal("1E+2"), b"100"),
        ("text", True, b"true"),
        ("bytes", b"\x00", b"\x00"),
        ("bytes", bytearray(b"x"), b"x"),
        ("bytes", memoryview(b"x"), b"x"),
    ],
)
def test_sent(kind: Literal["text", "bytes"], body: object, content: bytes) -> None:
    assert sent(kind, body) == content


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("text", b"x", "the body is text, not bytes"),
        ("bytes", "own.py", "the body is bytes, not str"),
        ("bytes", 3, "the body is bytes, not int"),
        ("bytes", [1, 2], "the body is bytes, not list"),
    ],
)
def test_refused(kind: Literal["text", "bytes"], body: object, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        sent(kind, body)
