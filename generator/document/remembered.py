"""What was fetched before, so that a host need only say that nothing changed.

A folder of the user's cache that may vanish at any time: then everything is fetched anew.
What lies there counts only if it is whole and of the address that is asked for.
"""

from __future__ import annotations

import hashlib
import json
from email.message import Message
from pathlib import Path

from ..user_cache import cache_path, keep
from .plain import is_mapping

_VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}


class Remembered:
    """Contents by address, with what the host said of each."""

    def __init__(self) -> None:
        self._folder = Path(cache_path("pull"))

    def conditions(self, url: str) -> dict[str, str]:
        """Return the headers that ask for the content only if it changed."""
        known = self._known(url)
        return {
            asked: known[said] for said, asked in _VALIDATORS.items() if said in known
        }

    def content(self, url: str) -> bytes | None:
        """Return what was there the last time, None where that is not known."""
        try:
            content = self._file(url, "content").read_bytes()
        except OSError:
            return None
        whole = hashlib.sha256(content).hexdigest() == self._said(url).get("sha256")
        return content if whole else None

    def keep(self, url: str, content: bytes, headers: Message) -> None:
        """Remember a content, if the host can be asked whether it changed."""
        said = {name: headers[name] for name in _VALIDATORS if headers.get(name)}
        if not said:
            return
        said["sha256"] = hashlib.sha256(content).hexdigest()
        keep(str(self._file(url, "content")), content)
        keep(str(self._file(url, "json")), json.dumps(said).encode())

    def _known(self, url: str) -> dict[str, str]:
        return self._said(url) if self.content(url) is not None else {}

    def _said(self, url: str) -> dict[str, str]:
        try:
            said: object = json.loads(self._file(url, "json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not is_mapping(said):
            return {}
        # A line end would end a header.
        return {
            name: value
            for name, value in said.items()
            if isinstance(value, str) and value.isprintable() and value.isascii()
        }

    def _file(self, url: str, suffix: str) -> Path:
        name = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{name}.{suffix}"
