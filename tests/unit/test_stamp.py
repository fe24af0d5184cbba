"""When the quick answer believes what it remembers of a file, and when it looks."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator.output import stamp

KEY = ["generate"]
SAID = {"generate": ["said", ""]}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "file"
    file.write_bytes(b"old")
    return file


def remember(file: Path, monkeypatch: pytest.MonkeyPatch, age: int) -> None:
    """Store a stamp of a file whose times, from now on, are always as old as that."""
    seen = [time.time_ns() - age * 1_000_000_000] * 2 + [3, 1]

    def same(path: str) -> list[int]:
        return seen

    monkeypatch.setattr(stamp, "_seen", same)
    stamp.store(KEY, SAID, {str(file): b"old"}, {}, [], time.time_ns())
    assert stamp.load(KEY) == SAID


def test_times_that_are_long_past_are_believed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(file, monkeypatch, age=60)
    file.unlink()
    assert stamp.load(KEY) == SAID


def test_a_file_that_is_as_new_as_its_stamp_is_read(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(file, monkeypatch, age=0)
    file.write_bytes(b"new")  # within the same tick of a coarse clock
    with pytest.raises(stamp.Changed):
        stamp.load(KEY)
