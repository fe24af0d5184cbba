"""The documents that lie about where one would look for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

__all__ = ["candidates_here"]

_LIKELY = (".", "spec", "specs", "api", "docs", "openapi")
_VERSION = re.compile(rb"""^[{\s]*(["']?)openapi\1\s*:""", re.MULTILINE)


def candidates_here() -> Iterator[str]:
    """Yield the documents and the indexes of pages in the likely folders."""
    for folder in _LIKELY:
        for file in sorted(Path(folder).glob("*")):
            if file.is_file() and (file.name == "llms.txt" or _is_document(file)):
                yield file.as_posix()


def _is_document(file: Path) -> bool:
    if file.suffix not in (".yaml", ".yml", ".json"):
        return False
    try:
        with file.open("rb") as opened:
            return _VERSION.search(opened.read(2_000)) is not None
    except OSError:
        return False  # it can't be the document
