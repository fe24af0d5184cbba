# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The file through which processes share the nonces of one key.

It holds numbers only, and its name is a hash: neither the key nor anything about a call
is in it. A table remembers which nonces were given in the last eight minutes of the
clock, so that they are left out after the clock was set back. The lock on the file is
taken for each nonce, a few microseconds: a process that first looked for others could
meet one that is looking at the same moment.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

__all__ = ["NonceFile", "State", "StuckError", "folder"]

SLOTS = 2**19  # milliseconds that are remembered: 8.7 minutes
PATIENCE = 2.0  # seconds that another process may hold the lock
PAUSE = 0.000_2  # seconds between two looks at the lock

_STATE = struct.Struct("<8sQQQ")
_SLOT = struct.Struct("<I")
_MAGIC = b"nonces1\n"
_NAME = "openapi-vendor-nonces"


class StuckError(Exception):
    """Another process has held the lock for longer than any call takes."""


class State(NamedTuple):
    """Where a counter stands, in Unix milliseconds."""

    last: int = 0  # the nonce given last
    clock: int = 0  # what the clock showed then
    top: int = 0  # the highest nonce given so far


class NonceFile:
    """The file of one key. Not for threads: `Nonces` has a lock of its own.

    Raises:
        OSError: no folder of this user can be written, or the disk is full
    """

    __slots__ = ("_descriptor",)

    def __init__(self, name: str) -> None:
        path = folder() / name
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        flags |= getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(path, flags, 0o600)

    @contextmanager
    def held(self) -> Generator[None, None, None]:
        """Keep other processes out.

        Raises:
            StuckError: one of them did not let go
        """
        until = monotonic() + PATIENCE
        while not _lock(self._descriptor):
            if monotonic() > until:
                raise StuckError("another process holds the lock of this key")
            sleep(PAUSE)
        try:
            yield
        finally:
            _unlock(self._descriptor)

    def read(self) -> State | None:
        """Read where the counter stands; None for a new file."""
        data = self._read(0, _STATE.size)
        if len(data) < _STATE.size:
            return None
        magic, *numbers = _STATE.unpack(data)
        return State(*numbers) if magic == _MAGIC else None

    def has(self, nonce: int) -> bool:
        """Tell whether a nonce was given."""
        data = self._read(_place(nonce), _SLOT.size)
        return (
            len(data) == _SLOT.size and _SLOT.unpack(data)[0] == nonce // SLOTS % 2**32
        )

    def write(self, nonce: int, state: State) -> None:
        """Note a nonce as given, before it is used."""
        self._write(_place(nonce), _SLOT.pack(nonce // SLOTS % 2**32))
        self._write(0, _STATE.pack(_MAGIC, *state))

    def close(self) -> None:
        """Close the file. A lock held by a parent process stays."""
        os.close(self._descriptor)

    def _read(self, place: int, size: int) -> bytes:
        os.lseek(self._descriptor, place, os.SEEK_SET)
        return os.read(self._descriptor, size)

    def _write(self, place: int, data: bytes) -> None:
        os.lseek(self._descriptor, place, os.SEEK_SET)
        if os.write(self._descriptor, data) != len(data):
            raise OSError("the disk is full")


def folder() -> Path:
    """Give the folder of this user's files, made where it is missing.

    Raises:
        OSError: none can be made that only this user can write
    """
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    cache = Path(home) if home else Path("~/.cache").expanduser()
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    try:
        return _own(cache / _NAME)
    except (OSError, RuntimeError):
        import tempfile  # here, as it takes long

        return _own(Path(tempfile.gettempdir()) / f"{_NAME}-{user}")


def _own(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = path.lstat()
    if hasattr(os, "getuid") and (
        status.st_uid != os.getuid() or path.is_symlink() or status.st_mode & 0o022
    ):
        raise PermissionError(f"{path} can be written by other users")
    if not os.access(path, os.W_OK):
        raise PermissionError(f"{path} can't be written")
    return path


def _place(nonce: int) -> int:
    return _STATE.size + nonce % SLOTS * _SLOT.size


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(
            descriptor, 2**30, os.SEEK_SET
        )  # beyond the data, which stays readable
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 2**30, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
