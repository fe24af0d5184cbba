"""What the generated tests talk to. Written once: from now on this file is yours.

The tests beside it are regenerated with the client; your own belong into `custom/`.
They run in this process, or against a sandbox: see `client_harness/stage.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from client_harness import Calls, Stage

# The harness lies in this folder, and the client beside it.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

PACKAGE = "whitebit"  # "acme.vendor.whitebit", once the client stands there


@pytest.fixture
def stage() -> Stage:
    """Where requests go, and what is answered."""
    from client_harness import Stage

    return Stage(PACKAGE)


@pytest.fixture
def client(stage: Stage) -> Iterator[Any]:
    """The client under test."""
    with stage.client() as client:
        yield client


@pytest.fixture
def async_client(stage: Stage) -> Any:
    """Its async twin; each call has an event loop of its own."""
    return stage.async_client()


@pytest.fixture
def calls(stage: Stage, client: Any, async_client: Any) -> Calls:
    """What the generated tests use: each call on both clients."""
    from client_harness import Calls

    return Calls(stage, client, async_client)
