"""A request or an answer that breaks off on its way."""

from __future__ import annotations

import socket
import threading
from time import sleep

import pytest

from generator.runtime.errors import ConnectionLostError, OutcomeUnknownError
from generator.sandbox.faults import LATE

from .support import DEADLINE, FLAVORS, UPLOAD, calling, faulty


@FLAVORS
def test_a_swallowed_write_error(flavor: str) -> None:
    """Proved of the library: it forgets the error and goes on to read an answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

        def answer_and_break() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1024)  # a part of the request: it was not executed
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                sleep(0.05)

        thread = threading.Thread(target=answer_and_break)
        thread.start()
        with (
            calling(flavor, url) as caller,
            pytest.raises(OutcomeUnknownError) as caught,
        ):
            caller.run(caller.client.main_account._call(UPLOAD, body=b"x" * 2**24))
        thread.join()
    assert caught.value.phase == "sent"
    assert "NetworkError" in str(caught.value)


@FLAVORS
def test_half_of_an_answer_is_no_answer(flavor: str) -> None:
    with faulty("truncated") as (server, url), calling(flavor, url) as caller:
        outcome = caller.outcome("read")
    assert isinstance(outcome, ConnectionLostError)
    assert len(server.requests) == 2
    assert DEADLINE < LATE
