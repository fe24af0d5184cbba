"""What a file on disk is taken for: the generator's own, edited by hand, or foreign."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.output.lock import Lock, digest
from generator.output.plan import State, make_plan

OLD, NEW = b"one\ntwo\n", b"one\nthree\n"


def state(folder: Path, content: bytes) -> State:
    """Return the state of a file that was written as `OLD` and should be `NEW`."""
    (folder / "file").write_bytes(content)
    plan = make_plan(folder, {"file": NEW}, Lock(files={"file": digest(OLD)}))
    return plan.changes[0].state


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (NEW, State.UNCHANGED),
        (OLD, State.STALE),
        (OLD.replace(b"\n", b"\r\n"), State.STALE),  # as git checks it out on Windows
        (NEW.replace(b"\n", b"\r\n"), State.LINE_ENDS),
        (b"one\nmine\n", State.EDITED),
    ],
)
def test_the_state_of_a_file(tmp_path: Path, content: bytes, expected: State) -> None:
    assert state(tmp_path, content) is expected


def test_a_file_that_no_lock_lists_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    (change,) = make_plan(tmp_path, {"file": NEW}, Lock()).changes
    assert change.state is State.FOREIGN


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_a_file_that_is_made_no_more_goes(tmp_path: Path, ends: bytes) -> None:
    (tmp_path / "file").write_bytes(OLD.replace(b"\n", ends))
    (change,) = make_plan(tmp_path, {}, Lock(files={"file": digest(OLD)})).changes
    assert (change.state, change.after) == (State.EXTRA, None)


def test_a_lock_reaches_no_file_outside_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    outside = tmp_path / "file"
    outside.write_bytes(OLD)
    names = ("../file", "inner/../../file", "..\\file", str(outside), f"C:{outside}")
    lock = Lock(files=dict.fromkeys(names, digest(OLD)))
    assert make_plan(folder, {}, lock).changes == ()
