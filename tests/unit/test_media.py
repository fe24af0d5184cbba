"""Of several media types the one that a client sends."""

from __future__ import annotations

import pytest

from generator.model import ir
from generator.model.media import body_content


@pytest.mark.parametrize(
    ("offered", "sent"),
    [
        (
            "application/octet-stream application/vnd.shop+json",
            "application/vnd.shop+json",
        ),
        ("multipart/form-data text/json", "text/json"),
        ("multipart/form-data text/plain", "multipart/form-data"),
        (
            "multipart/form-data application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded",
        ),
        ("image/png text/plain", "text/plain"),
        ("image/png image/jpeg", "image/png"),
        ("application/x-ndjson */*", "*/*"),
    ],
)
def test_the_content_of_a_body(offered: str, sent: str) -> None:
    contents = [ir.Content("", kind, ir.AnyType("")) for kind in offered.split()]
    chosen = body_content(ir.Body("", True, tuple(contents)))
    assert chosen is not None
    assert chosen.media_type == sent


def test_no_body() -> None:
    assert body_content(None) is None
