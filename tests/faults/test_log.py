"""The log holds what is allowed, and nothing else."""

from __future__ import annotations

import logging

import pytest

from .support import FLAVORS, KEY, KINDS, SECRET, calling, faulty


@KINDS
@FLAVORS
def test_the_log_holds_what_is_allowed(
    flavor: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with faulty("reset", "healthy") as (_, url), calling(flavor, url) as caller:
        caller.outcome(kind)
        caller.outcome(kind)
    text = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "asyncio"
    )
    assert ("operation=" in text and "ConnectionLostError" in text) or kind == "write"
    for word in (KEY, SECRET, "u-1", "1.50", "hush", "tx_1", url, "X-TXC"):
        assert word not in text


def test_only_listed_values_are_logged() -> None:
    from generator.runtime._log import say

    with pytest.raises(ValueError, match="not to be logged"):
        say(logging.DEBUG, "sent", body="secret")
