"""Row 4: a server that does not read or answer in time, and a deadline for all attempts."""

from __future__ import annotations

from time import monotonic
from typing import Any

import pytest

from generator.runtime.errors import DeadlineError, OutcomeUnknownError

from .support import FLAVORS, READ_TIMEOUT, UPLOAD, calling, faulty
from .trap import Trap


@FLAVORS
def test_row_04_a_server_that_does_not_read(flavor: str) -> None:
    with Trap("deaf") as server, calling(flavor, server.url, deadline=1.0) as caller:
        upload = b"x" * 2**25
        start = monotonic()
        with pytest.raises(OutcomeUnknownError):
            made = caller.client.main_account._call(UPLOAD, body=upload)
            caller.run(made)
        assert monotonic() - start < 1.5
        assert server.connections == 1


@FLAVORS
def test_row_04_the_deadline_is_for_all_attempts(flavor: str) -> None:
    with faulty("late") as (server, url):
        changed: Any = {"read_timeout": 10.0, "deadline": 1.0}
        with calling(flavor, url, **changed) as caller:
            start = monotonic()
            assert isinstance(caller.outcome("read"), DeadlineError)
            assert 0.9 < monotonic() - start < 1.5
    assert len(server.requests) == 1


@FLAVORS
def test_dripped_header_is_bounded_by_the_read_timeout(flavor: str) -> None:
    """Proved of the library: 5.9 s under a read timeout of 0.5 s."""
    with (
        faulty("dripped-header") as (server, url),
        calling(flavor, url, read_timeout=READ_TIMEOUT, deadline=60.0) as caller,
    ):
        start = monotonic()
        assert isinstance(caller.outcome("write"), OutcomeUnknownError)
        assert monotonic() - start < READ_TIMEOUT + 0.5
    assert len(server.requests) == 1
