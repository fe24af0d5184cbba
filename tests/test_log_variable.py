"""`WHITEBIT_LOG`: events on standard error, where the application has not decided."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve
from tests.support.command import ROOT

KEY, SECRET = "variable-key", "variable-secret"
PATH = "/api/v4/main-account/smart-flex/plans"
PROGRAM = """
import logging
from whitebit import WhiteBIT
{}
for _ in range(2):
    with WhiteBIT.from_env() as client:
        client.crypto_lending_flex.get_flex_plans(ticker="recognisable")
"""


def _said(level: str | None, before: str = "") -> list[str]:
    """Run two calls, and return what stands on standard error."""
    exchange = Exchange({KEY: SECRET})
    exchange.answers["POST", PATH] = (200, [{"id": 1}])  # does not fit: a warning
    with serve(exchange) as server:
        given = {
            "PYTHONPATH": str(ROOT / "generated"),
            "WHITEBIT_API_KEY": KEY,
            "WHITEBIT_API_SECRET": SECRET,
            "WHITEBIT_BASE_URL": server.url,
        }
        if level is not None:
            given["WHITEBIT_LOG"] = level
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(before)],
            env={k: v for k, v in os.environ.items() if k != "WHITEBIT_LOG"} | given,
            capture_output=True,
            text=True,
            check=True,
        )
    assert len(exchange.accepted) == 2
    for record in exchange.accepted:
        payload = record.request.header("X-TXC-PAYLOAD") or "none"
        assert payload not in done.stderr
    for word in (KEY, SECRET, "recognisable", server.url):
        assert word not in done.stderr
    return done.stderr.splitlines()


def test_nothing_but_warnings_is_said_by_itself() -> None:
    lines = _said(None)
    assert lines  # Python's own last resort
    assert all("an answer does not fit its type" in line for line in lines)


@pytest.mark.parametrize("level", ["debug", "DEBUG"])
def test_debug_shows_each_answer_once(level: str) -> None:
    lines = _said(level)
    answered = [line for line in lines if " whitebit DEBUG answered: " in line]
    assert len(answered) == 2
    said = "operation=get_flex_plans status=200 attempt=1 seconds="
    assert all(said in one and " nonce=" in one for one in answered)
    assert any(" whitebit WARNING an answer does not fit" in line for line in lines)


def test_error_shows_less() -> None:
    assert _said("error") == []


def test_the_application_decides() -> None:
    configured = "logging.basicConfig(format='app %(message)s', level='WARNING')"
    lines = _said("debug", configured)
    assert lines
    assert all(line.startswith("app ") for line in lines)


def test_another_word_shows_nothing_and_stops_nothing() -> None:
    lines = _said("loud")
    known = "debug, info, warning, error"
    assert lines[0] == f"WHITEBIT_LOG=loud is none of {known}: nothing is shown"
    assert not any("DEBUG" in line for line in lines)
