"""Black's shape for generated text.

Nearly all of it is arranged without black (`layout`). The few statements that need black
are formatted alone, and remembered by what they were: the cache is a folder that may vanish
at any time, with a file for each, named by the hash of black's version and the text.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from importlib import import_module
from pathlib import Path

from ..errors import GeneratorError
from .layout import arrange


def format_python(text: str, folder: Path | None) -> str:
    """Return Python text in black's shape."""
    return arrange(text, lambda statement: _remembered(statement, folder))


def _remembered(text: str, folder: Path | None) -> str:
    kept = folder / _key(text) if folder is not None else None
    if kept is not None:
        try:
            return kept.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            pass  # not there, or damaged: format it anew
    formatted = _black(text)
    if kept is not None:
        write_whole(kept, formatted)
    return formatted


def _key(text: str) -> str:
    content = f"{black_version()}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()


def black_version() -> str:
    """Return the version of black, without importing it."""
    version: str = import_module("_black_version").version
    return version


def _black(text: str) -> str:
    # Imported here: black costs more than all of a run that can do without it.
    from black import format_str
    from black.mode import Mode, TargetVersion
    from black.parsing import InvalidInput

    mode = Mode(target_versions={TargetVersion.PY311}, line_length=88)
    try:
        return format_str(text, mode=mode)
    except InvalidInput as error:
        raise GeneratorError(
            f"the generator wrote text that is no Python: {error}"
        ) from error


def write_whole(file: Path, text: str) -> None:
    """Write a cache entry whole or not at all; a full disk must not stop a run."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).replace(file)
    except OSError:
        return


def cache_folder() -> Path | None:
    """Return where formatted text is kept, None if the user's cache can't be written."""
    from platformdirs import user_cache_path

    try:
        return user_cache_path("openapi-vendor", ensure_exists=True)
    except OSError:
        return None
