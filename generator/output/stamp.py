"""What a run was made of, so that the next one can tell that nothing changed since.

A stamp lists every file that had a say, with its times, size and hash. It lies in the cache
of the user, may vanish at any time, and is believed only where it is certain: a file whose
times are too close to those of the stamp, or differ, is read and its hash compared.

Imported before anything else: with the standard library only, and little of it.
"""

from __future__ import annotations

import json
import os
import time
import zlib

from ..user_cache import cache_path, keep

_FORMAT = 1
_MARGIN = 2_000_000_000  # ns: no file system keeps times more coarsely
_MOST_STAMPS = 200
_LIST = "*.py in "  # stands before a folder of which the names count

Entry = tuple[list[int], str]  # times, size and inode; hash, or the names in a folder


class Changed(Exception):  # noqa: N818 - nothing is wrong
    """Something is not as it was."""


def load(key: list[str]) -> dict[str, list[str]]:
    """Return what was stored under a key.

    Raises `Changed` if there is nothing, or if a file is not as it was then.
    """
    try:
        with open(_place(key), encoding="utf-8") as stream:
            stored = json.load(stream)
        if stored["format"] != _FORMAT or stored["key"] != key:
            raise Changed
        made = stored["time"]
        for path, (seen, content) in stored["files"].items():
            _compare(path, seen, content, made)
        for path, is_there in stored["present"].items():
            if os.path.exists(path) != is_there:
                raise Changed
        data: dict[str, list[str]] = stored["data"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Changed from error
    return data


def _compare(path: str, seen: list[int], content: str, made: int) -> None:
    if path.startswith(_LIST):
        if _names(path) != content:
            raise Changed
        return
    if _seen(path) == seen and max(seen[:2]) < made - _MARGIN:
        return
    if not content or _hash(path) != content:
        raise Changed


def store(
    key: list[str],
    data: dict[str, list[str]],
    files: dict[str, bytes | None],
    present: dict[str, bool],
    folders: list[str],
    started: int,
) -> None:
    """Keep what a run found out, if every file is still what the run has read.

    `files` are paths with the content that was used. Where that is None, the file must be
    older than the run. Of those in `present` it counts whether they are there at all, of
    `folders` the names of their Python files.
    """
    made = time.time_ns()
    entries: dict[str, Entry] = {}
    try:
        for path, content in files.items():
            seen = _seen(path)
            with open(path, "rb") as stream:
                now = stream.read()
            if content is None and max(seen[:2]) > started - _MARGIN:
                return
            if content not in (None, now) or _seen(path) != seen:
                return
            entries[os.path.abspath(path)] = (seen, _digest(now))
        for folder in folders:
            name = _LIST + folder
            entries[name] = ([], _names(name))
        _write(
            _place(key),
            {
                "format": _FORMAT,
                "key": key,
                "time": made,
                "files": entries,
                "present": present,
                "data": data,
            },
        )
    except (OSError, ValueError):
        return  # the next run finds nothing, and does its work


def _seen(path: str) -> list[int]:
    status = os.stat(path)
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]


def _hash(path: str) -> str:
    with open(path, "rb") as stream:
        return _digest(stream.read())


def _digest(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def _names(entry: str) -> str:
    names = os.listdir(entry.removeprefix(_LIST))
    return " ".join(sorted(name for name in names if name.endswith(".py")))


def _place(key: list[str]) -> str:
    # Two keys with one name only push each other out: the key itself is compared.
    name = f"{zlib.crc32(json.dumps(key).encode()):08x}.json"
    return cache_path("stamps", name)


def _write(path: str, stored: dict[str, object]) -> None:
    keep(path, json.dumps(stored).encode())
    _make_room(os.path.dirname(path))


def _make_room(folder: str) -> None:
    """Remove the older half of the stamps when there are many."""
    files = [entry for entry in os.scandir(folder) if entry.is_file()]
    if len(files) > _MOST_STAMPS:
        files.sort(key=lambda entry: entry.stat().st_mtime_ns)
        for entry in files[: len(files) // 2]:
            os.unlink(entry.path)
