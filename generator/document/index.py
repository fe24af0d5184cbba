"""An `llms.txt` to the pages that it lists, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ..diagnostics import Position
from .pages import INDEX, SUFFIXES
from .positions import Lines

_LINK = re.compile(r"\]\(\s*<?([^)>\s]+)")


@dataclass(frozen=True, slots=True)
class Link:
    """One page that an index lists."""

    target: str  # https://docs.example.com/api-reference/getfees.md, as it stands
    position: Position


def is_index(name: str) -> bool:
    """Tell the index of a documentation by the name of its file."""
    return PurePosixPath(name).name.lower() == INDEX


def read_index(name: str, text: str) -> Iterator[Link]:
    """Yield the links to pages, each once; other links lead to no fragment."""
    lines = Lines(name, text)
    seen: set[str] = set()
    for found in _LINK.finditer(text):
        target = found[1].partition("#")[0]
        suffix = PurePosixPath(_path(target)).suffix.lower()
        if suffix in SUFFIXES and target not in seen and not is_index(_path(target)):
            seen.add(target)
            yield Link(target, lines.position(*found.span(1)))


def places_of(link: Link) -> Iterator[PurePosixPath]:
    """Yield where the page may lie below the folder of its index, longest path first."""
    parts = [part for part in _path(link.target).split("/") if part not in _NO_NAMES]
    for start in range(len(parts)):
        yield PurePosixPath(*parts[start:])


_NO_NAMES = ("", ".", "..")


def _path(target: str) -> str:
    try:
        return unquote(urlsplit(target).path).replace("\\", "/").replace("\0", "")
    except ValueError:  # no address at all
        return ""
