"""When the bytes on a connection are one answer, and when there is something beyond."""

from __future__ import annotations

import h11
import httpx2
import pytest
from hypothesis import given, strategies as st

from generator.runtime._network import _PLAIN, _request
from generator.runtime._one_answer import is_one_answer
from generator.runtime._operation import Draft, Operation
from generator.sandbox.faults import SURPLUS

OK = b"HTTP/1.1 200 OK\r\n"
FIVE = OK + b"Content-Length: 5\r\n\r\n12345"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n"
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"


@pytest.mark.parametrize(
    "data",
    [
        FIVE,
        FIVE.replace(b"Content-Length: ", b"content-LENGTH:\t"),
        OK + b"Content-Length: 0\r\n\r\n",
        CHUNKED,
        EARLY + FIVE,
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\n12345",
    ],
)
def test_one_answer_and_the_same_with_more(data: bytes) -> None:
    assert is_one_answer("POST", data)
    for more in (b"0", b"\n", b"\r\n", SURPLUS, FIVE):
        assert not is_one_answer("POST", data + more)
    for cut in range(len(data)):
        assert not is_one_answer("POST", data[:cut])


def test_an_answer_without_the_body_that_it_states() -> None:
    head = FIVE[:-5]
    assert is_one_answer("HEAD", head)
    assert not is_one_answer("HEAD", FIVE)
    nothing = b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"
    assert is_one_answer("POST", nothing)
    assert not is_one_answer("POST", nothing + b"12345")


@pytest.mark.parametrize(
    "data",
    [
        b"no HTTP at all\r\n\r\n",
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
        OK + b"X: Content-Length: 5\r\n\r\n12345",  # ends with the connection
        OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n12345",
        OK + b"Content-Length: 5\r\nConnection: close\r\n\r\n12345" + SURPLUS,
    ],
)
def test_what_no_second_answer_may_follow(data: bytes) -> None:
    assert not is_one_answer("POST", data)


BYTES = st.sampled_from(
    [b"1", b"\r\n", b": 5", b"Content-Length: ", b"HTTP/1.1 ", b" "]
)


@given(st.lists(BYTES, max_size=12).map(b"".join))
def test_the_short_way_never_says_more_than_h11(noise: bytes) -> None:
    data = OK + noise
    reader = h11.Connection(h11.CLIENT)
    reader.send(h11.Request(method="POST", target="/", headers=[("Host", "x")]))
    reader.send(h11.EndOfMessage())
    try:
        reader.receive_data(data)
        while reader.next_event() not in (h11.NEED_DATA, h11.PAUSED):
            pass
        whole = reader.their_state is h11.DONE and not reader.trailing_data[0]
    except h11.RemoteProtocolError:
        whole = False
    assert not is_one_answer("POST", data) or whole


def _sent(target: str) -> bytes:
    path, _, _ = target.partition("?")
    draft = Draft(
        Operation(name="a", method="POST", path=path, returns=None),
        "https://host.example",
        path,
    )
    draft.target = target
    return _request(draft, {}).url.target


@given(st.from_regex(_PLAIN, fullmatch=True))
def test_a_plain_target_is_what_a_library_would_send(target: str) -> None:
    assert _sent(target) == httpx2.URL(f"https://host.example{target}").raw_path


@pytest.mark.parametrize(
    ("target", "sent"),
    [
        ("/a b", b"/a%20b"),
        ("/é", b"/%C3%A9"),
        ("/orders/17?ids=1%2C2&from=a+b", b"/orders/17?ids=1%2C2&from=a+b"),
    ],
)
def test_other_targets_are_encoded(target: str, sent: bytes) -> None:
    assert _sent(target) == sent
