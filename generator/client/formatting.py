"""Black's shape for generated text.

Nearly all of it is arranged without black (`layout`). The few statements that need black
are formatted alone, and remembered by what they were: the cache is a folder that may vanish
at any time, with a file for each, named by the hash of black's version and the text.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from ..errors import GeneratorError
from ..user_cache import cache_path, keep
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
        keep(str(kept), formatted.encode("utf-8", "surrogatepass"))
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


def cache_folder() -> Path:
    """Return where formatted text is kept."""
    return Path(cache_path("formatted"))
