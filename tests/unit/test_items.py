"""Cutting streams into items: the same items however the bytes are cut into chunks."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings, strategies as st

from generator.runtime._items import Events, Lines, Pieces

_PARTS = [
    b"data: a",
    b"data:b",
    b"\r",
    b"\n",
    b"\r\n",
    b": c",
    b"\xef\xbb\xbf",
    b"{}",
    b"",
]
BYTES = st.lists(st.sampled_from(_PARTS), max_size=30).map(b"".join)
# A busy machine makes examples slowly, which says nothing of them.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CUTS = st.lists(st.integers(1, 5), min_size=1, max_size=20)


def items(pieces: Pieces, chunks: list[bytes]) -> list[bytes]:
    found = [item for chunk in chunks for item in pieces.feed(chunk)]
    return [*found, *pieces.end(is_whole=True)]


def cut(text: bytes, lengths: list[int]) -> list[bytes]:
    """Cut a text into pieces of these lengths, again and again."""
    chunks: list[bytes] = []
    while text:
        length = lengths[len(chunks) % len(lengths)]
        chunks.append(text[:length])
        text = text[length:]
    return chunks


def same_however_cut(
    make: Callable[[], Pieces], text: bytes, lengths: list[int]
) -> list[bytes]:
    whole = items(make(), [text])
    assert items(make(), cut(text, lengths)) == whole
    return whole


@PATIENT
@given(BYTES, CUTS)
def test_lines(text: bytes, lengths: list[int]) -> None:
    lines = [line.strip(b" \t\r\x1e") for line in text.split(b"\n")]
    assert same_however_cut(Lines, text, lengths) == [line for line in lines if line]


@PATIENT
@given(BYTES, CUTS)
def test_events(text: bytes, lengths: list[int]) -> None:
    found = same_however_cut(lambda: Events(is_text=True), text, lengths)
    assert b"\n".join(found).count(b"a") == _data_lines(text, b"a")


def _data_lines(text: bytes, value: bytes) -> int:
    lines = (
        text.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    )
    return sum(
        line.partition(b":")[2].count(value)
        for line in lines.split(b"\n")
        if line.startswith(b"data:")
    )


def test_an_item_in_many_chunks_is_put_together_once() -> None:
    lines, events = Lines(), Events(is_text=True)
    for pieces in (lines, events):
        for _ in range(1_000):
            assert pieces.feed(b"data: 1 ") == []
        assert pieces.held == 8_000
    assert lines.feed(b"\n") == [(b"data: 1 " * 1_000).strip()]
    assert events.feed(b"\n") == []
    assert events.held == 7_995
    assert events.feed(b"\n") == [(b"data: 1 " * 1_000)[6:]]
    assert (lines.held, events.held) == (0, 0)
