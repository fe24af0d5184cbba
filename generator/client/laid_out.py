"""Files as they were written the last time, where their text is still the same.

Of each file of an output folder two hashes are remembered: of the text that the templates
made, and of the file that became of it. Where neither the text nor the file changed since,
the file is taken as it is, and not laid out again. The memory lies in the cache of the user
and may vanish at any time; it is believed only where the hashes agree.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

from ..user_cache import keep
from .formatting import black_version, format_python

_HERE = Path(__file__).parent
# What is laid out depends on these, and on black.
_SOURCES = ("breaking", "formatting", "laid_out", "layout", "pieces", "wrapping")
_PLACES = 64  # output folders beyond that push each other out

_Hashes = tuple[str, str]  # of the text, and of the file


class LaidOut:
    """Texts to files in black's shape, for one output folder."""

    def __init__(self, output: Path, cache: Path | None) -> None:
        """Read what is remembered of the folder; `cache` is None where there is none."""
        self._output = output.absolute()
        self._cache = cache
        self._key = [str(self._output), _version()]
        self._known = self._read()
        self._made: dict[str, _Hashes] = {}

    def file(self, path: str, text: str) -> bytes:
        """Return what a file of the output folder has to hold."""
        raw = _digest(text.encode("utf-8", "surrogatepass"))
        known, whole = self._known.get(path, ("", ""))
        content = self._written(path) if known == raw else b""
        if known != raw or _digest(content) != whole:
            content = encode(format_python(text, self._cache))
            whole = _digest(content)
        self._made[path] = (raw, whole)
        return content

    def keep(self) -> None:
        """Remember the files that were asked for."""
        if self._cache is not None and self._made != self._known:
            stored = {"key": self._key, "files": self._made}
            keep(str(self._place(self._cache)), json.dumps(stored).encode())

    def _written(self, path: str) -> bytes:
        try:
            return (self._output / path).read_bytes()
        except OSError:
            return b""

    def _read(self) -> dict[str, _Hashes]:
        if self._cache is None:
            return {}
        try:
            stored = json.loads(self._place(self._cache).read_text(encoding="utf-8"))
            if stored["key"] != self._key:
                return {}
            return {
                str(path): (str(raw), str(whole))
                for path, (raw, whole) in stored["files"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}  # not there, or damaged: everything is laid out anew

    def _place(self, cache: Path) -> Path:
        number = zlib.crc32(self._key[0].encode("utf-8", "surrogateescape"))
        return cache / "laid-out" / f"{number % _PLACES}.json"


def encode(text: str) -> bytes:
    """Return the bytes of a generated file; a lone surrogate is written as an escape."""
    return text.encode("utf-8", "backslashreplace")


def _version() -> str:
    own = b"".join((_HERE / f"{name}.py").read_bytes() for name in _SOURCES)
    return f"{black_version()} {_digest(own)}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
