"""A tree of files against a folder: what is new, stale, gone or edited by hand."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ..errors import unreadable
from .lock import NAME, Lock, digest


class State(Enum):
    """How a file on disk stands to the file that should be there."""

    UNCHANGED = "unchanged"
    MISSING = "missing"
    STALE = "stale"
    EXTRA = "extra"  # the lock lists it, this run does not make it
    EDITED = "edited by hand"
    FOREIGN = "not generated"  # it stands where a generated file belongs
    EDITED_EXTRA = "edited by hand, and no longer generated"
    LINE_ENDS = "other line ends"


# What a run may overwrite or delete only when it is told to.
BLOCKING = frozenset({State.EDITED, State.FOREIGN, State.EDITED_EXTRA})


@dataclass(frozen=True, slots=True)
class Change:
    """One file and its state."""

    path: str  # whitebit/codes.py
    state: State
    before: bytes | None
    after: bytes | None

    def diff(self) -> Iterator[str]:
        """Yield the lines of a unified diff from what is there to what should be."""
        yield from difflib.unified_diff(
            _lines(self.before),
            _lines(self.after),
            f"a/{self.path}" if self.before is not None else "/dev/null",
            f"b/{self.path}" if self.after is not None else "/dev/null",
            lineterm="",
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """All files of a run, each with its state."""

    folder: Path
    changes: tuple[Change, ...]

    def of(self, *states: State) -> tuple[Change, ...]:
        """Return the changes in some states."""
        return tuple(change for change in self.changes if change.state in states)

    @property
    def blocked(self) -> tuple[Change, ...]:
        """Files that a run would overwrite or delete although they hold other work."""
        return tuple(change for change in self.changes if change.state in BLOCKING)

    @property
    def is_current(self) -> bool:
        """Whether nothing has to be written or deleted."""
        return all(change.state is State.UNCHANGED for change in self.changes)


def make_plan(
    folder: Path,
    tree: Mapping[str, bytes],
    lock: Lock | None,
    once: Mapping[str, bytes] | None = None,
) -> Plan:
    """Compare a tree (paths with `/`, relative to the folder) with what is on disk.

    Files of `once` are made where they are missing, and are never looked at again.
    """
    known = lock.files if lock is not None else {}
    changes = [
        Change(path, State.MISSING, None, content)
        for path, content in (once or {}).items()
        if not (folder / path).exists()
    ]
    for path, after in sorted(tree.items()):
        before = _read(folder / path)
        changes.append(Change(path, _state(path, before, after, known), before, after))
    for path, written in sorted(known.items()):
        if path in tree or not is_inside(path):
            continue
        before = _read(folder / path)
        if before is not None:
            state = State.EXTRA if _same(before, written) else State.EDITED_EXTRA
            changes.append(Change(path, state, before, None))
    return Plan(folder, tuple(changes))


def is_inside(path: str) -> bool:
    """Tell whether a path of a lock stays below the folder: a lock may be hostile too."""
    parts = path.replace("\\", "/").split("/")
    return (
        not path.startswith(("/", "\\")) and ".." not in parts and ":" not in parts[0]
    )


def _state(
    path: str, before: bytes | None, after: bytes, known: Mapping[str, str]
) -> State:
    if before is None:
        return State.MISSING
    if before == after:
        return State.UNCHANGED
    if path == NAME:
        return State.STALE
    if _unix(before) == after:
        return State.LINE_ENDS
    if path not in known:
        return State.FOREIGN
    return State.STALE if _same(before, known[path]) else State.EDITED


def _same(content: bytes, written: str) -> bool:
    return written in (digest(content), digest(_unix(content)))


def _unix(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None  # a folder in its place is found out when the file is written
    except OSError as error:
        raise unreadable(file, error) from error


def _lines(content: bytes | None) -> list[str]:
    return [] if content is None else content.decode("utf-8", "replace").splitlines()
