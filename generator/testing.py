"""A sandbox for the tests of a program that uses a generated client.

In a `conftest.py`:

    from generator.testing import sandbox_fixture

    sandbox = sandbox_fixture("spec/main_api_v4.yaml", "spec/overlay.yaml")

and in a test:

    def test_it_gives_up_when_there_is_too_little(sandbox):
        sandbox.answer("withdrawFromFlexInvestment", "exceedsInvested")
        assert my_program(base_url=sandbox.url) == "gave up"
        assert sandbox.ledger == ()

Each test gets a sandbox of its own; the document is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from .compilation import Compiled, compile_document
from .config import Config
from .sandbox.app import KEY, SECRET, Sandbox
from .sandbox.http import serve
from .sandbox.journal import Visit, Write

__all__ = ["LocalExchange", "sandbox_fixture"]


class LocalExchange:
    """A sandbox that listens."""

    def __init__(self, sandbox: Sandbox, url: str) -> None:
        self.url = url  # http://127.0.0.1:40123
        self.key = KEY
        self.secret = SECRET
        self._sandbox = sandbox

    @property
    def requests(self) -> tuple[Visit, ...]:
        """The last requests, each with why it was accepted or refused."""
        return self._sandbox.journal.visits

    @property
    def ledger(self) -> tuple[Write, ...]:
        """The accepted writes, each once."""
        return self._sandbox.journal.ledger

    def answer(self, operation: str, example: str) -> None:
        """Let an operation answer with an example from now on; empty: as by default."""
        self._sandbox.prefer(operation, example)

    def fail(self, fault: str, operation: str = "", times: int = 1) -> None:
        """Let the next requests meet a fault: `reset`, `limited-1`, `delay=2`, `503`."""
        self._sandbox.faults.set(fault, operation, times)


@cache
def _compiled(spec: str, overlays: tuple[str, ...], signer: str) -> Compiled:
    config = Config(spec=spec, overlays=overlays, signer=signer)
    return compile_document(config, is_thorough=False)


def sandbox_fixture(
    spec: str, *overlays: str, signer: str = ""
) -> Callable[..., Iterator[LocalExchange]]:
    """Return a fixture that gives each test a `LocalExchange` of a document."""

    @pytest.fixture
    def sandbox() -> Iterator[LocalExchange]:
        """A local exchange."""
        made = _compiled(spec, overlays, signer)
        data = made.document.root.value
        assert isinstance(data, dict)  # else it would not have been compiled
        handler = Sandbox(made.api, data, own=made.own)
        with serve(handler) as server:
            yield LocalExchange(handler, server.url)

    return sandbox
