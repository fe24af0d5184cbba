"""The log holds what is allowed, and nothing else."""

from __future__ import annotations

import asyncio
import logging
import re

import pytest

from .support import FLAVORS, KEY, KINDS, SECRET, WRITE, Caller, calling, faulty

LOGGER = "generator.runtime"


def said(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """Give level and words of each record; what differs between runs is `N`."""
    changing = re.compile(r"(seconds=|nonce=| in )[0-9.]+")
    return [
        (one.levelname, changing.sub(r"\1N", one.getMessage()))
        for one in caplog.records
        if one.name == LOGGER
    ]


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


@FLAVORS
def test_each_attempt_of_a_read_has_a_record(
    flavor: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, LOGGER)
    with faulty("reset", "502", "healthy") as (_, url), calling(flavor, url) as caller:
        caller.call("read")
    known = "operation=get_plans"
    assert said(caplog) == [
        (
            "INFO",
            f"failed, trying again in N s: {known} error=ConnectionLostError "
            "phase=sent attempt=1 seconds=N",
        ),
        ("DEBUG", f"answered: {known} status=502 attempt=2 seconds=N nonce=N"),
        (
            "INFO",
            f"failed, trying again in N s: {known} error=ServerError status=502 "
            "phase=answered attempt=2 seconds=N",
        ),
        ("DEBUG", f"answered: {known} status=200 attempt=3 seconds=N nonce=N"),
    ]


@FLAVORS
@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("reset", "error=OutcomeUnknownError phase=sent"),
        ("502", "error=OutcomeUnknownError status=502 phase=answered"),
    ],
)
def test_an_outcome_that_is_not_known_is_a_warning(
    flavor: str, fault: str, outcome: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, LOGGER)
    with faulty(fault) as (_, url), calling(flavor, url) as caller:
        caller.outcome("write")
    words = f"failed: operation={WRITE.name} {outcome} attempt=1 seconds=N"
    assert said(caplog) == [("WARNING", words)]


@FLAVORS
def test_a_refusal_is_no_warning(flavor: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, LOGGER)
    with faulty("refused-422") as (_, url), calling(flavor, url) as caller:
        caller.outcome("write")
    assert [level for level, _ in said(caplog)] == ["INFO"]


@KINDS
def test_a_write_that_was_cancelled_is_a_warning(
    kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def cancel(caller: Caller) -> None:
        task = asyncio.create_task(getattr(caller.client.main_account, kind)())
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    caplog.set_level(logging.INFO, LOGGER)
    with faulty("late") as (server, url), calling("async", url) as caller:
        caller.run(cancel(caller))
    words = (
        f"broken off, outcome not known: operation={WRITE.name} "
        "error=CancelledError phase=sent attempt=1 seconds=N"
    )
    assert said(caplog) == ([("WARNING", words)] if kind == "write" else [])
