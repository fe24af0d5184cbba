"""A plan is carried out as a whole, or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.output.lock import Lock, digest
from generator.output.plan import make_plan
from generator.output.publish import publish
from tests.support.command import tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output folder with a file that stays, one that changes and one that goes."""
    for name in ("stays", "changes", "goes/away"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"old")
    return tmp_path


MADE = {"stays": b"old", "changes": b"new", "inner/deep/comes": b"new"}
LOCK = Lock(files=dict.fromkeys(("stays", "changes", "goes/away"), digest(b"old")))


def test_a_plan_is_carried_out(folder: Path) -> None:
    publish(make_plan(folder, MADE, LOCK))
    assert tree(folder) == MADE
    assert not (folder / "goes").exists()


def refused(folder: Path, files: dict[str, bytes]) -> None:
    """Carry out a plan that fails, and look that everything is as it was."""
    before = tree(folder)
    folders = sorted(path for path in folder.rglob("*") if path.is_dir())
    with pytest.raises(UsageError, match="can't be written") as raised:
        publish(make_plan(folder, files, LOCK))
    assert "nothing was changed" in raised.value.help
    assert tree(folder) == before
    assert sorted(path for path in folder.rglob("*") if path.is_dir()) == folders


def test_what_was_moved_is_put_back(folder: Path) -> None:
    (folder / "last").mkdir()  # in the way of a file
    refused(folder, {**MADE, "last": b"new"})


def test_what_was_removed_is_put_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "zuletzt").write_bytes(b"old")
    unlink = Path.unlink

    def failing(file: Path, missing_ok: bool = False) -> None:
        if file.name == "zuletzt":
            raise OSError(errno.EACCES, "Permission denied")
        unlink(file, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", failing)
    before = tree(folder)
    lock = Lock(files={**LOCK.files, "zuletzt": digest(b"old")})
    with pytest.raises(UsageError):
        publish(make_plan(folder, MADE, lock))
    assert tree(folder) == before


def test_a_full_disk_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(folder, MADE)
