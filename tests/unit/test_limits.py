"""Rate limits in prose: how many calls in how many seconds."""

from __future__ import annotations

import pytest

from generator.model import ir
from generator.model.limits import rate_limit_of


@pytest.mark.parametrize(
    ("text", "calls", "seconds"),
    [
        ("1000 requests/10 sec.", 1000, 10),
        ("At most 200 requests / 10 seconds.", 200, 10),
        ("1 request per second", 1, 1),
        ("60 Requests per minute", 60, 60),
        ("30 requests / 5 min", 30, 300),
        ("100 requests per hour", 100, 3600),
        ("10 requests/2 hours, later 20 requests/minute", 10, 7200),
    ],
)
def test_a_stated_limit(text: str, calls: int, seconds: float) -> None:
    assert rate_limit_of(text, "#/a") == ir.RateLimit("#/a", calls, seconds)


@pytest.mark.parametrize(
    "text",
    ["", "10 requests", "10 requests per day", "10 requests/0 sec", "per second"],
)
def test_no_limit(text: str) -> None:
    assert rate_limit_of(text, "") is None
