"""A documentation page to the OpenAPI fragment that it shows, and the notes around it.

A fragment stands in a fence: four backticks, `yaml`, a file, a method and a path. What is
read is the page with everything outside the fence blanked, so every element keeps the
line and the column that it has in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from .faults import Fault, UnreadableError
from .grammar import METHODS
from .plain import is_mapping

NOTES = "x-notes"  # the key under which an operation keeps the notes of its page
INDEX = "llms.txt"
SUFFIXES = (".md", ".mdx", ".markdown", ".txt")
_DOCUMENTS = (".yaml", ".yml", ".json")

_FENCE = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[ \t]*(?:ya?ml|json)\b([^\r\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
_CALL = re.compile(rf"(?:^|\s)({'|'.join(METHODS)})[ \t]+(/\S*)\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"\s*(?:openapi\s*:|\{\s*\"openapi\")")
_DOCUMENT = re.compile(r"^(?:openapi|swagger|overlay)\s*:|\A\s*\{", re.MULTILINE)
_OTHER = re.compile(r"[^\r\n]")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Fence:
    """Where a fragment stands: the line that opens it, and the one that closes it."""

    start: int  # of the opening line
    inside: int  # where the fragment begins
    end: int  # of the fragment; -1 if nothing closes the fence
    behind: int  # where the page goes on
    method: str  # post; "" where the fence names no call
    path: str  # /api/v4/main-account/codes


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows."""

    body: str  # the page, blanked outside its fragment
    method: str  # post; "" where the fence names no call
    path: str
    notes: str  # Markdown; "" where the page says nothing else
    fence: tuple[int, int]  # the stretch of the opening line

    def add_notes(self, data: object) -> bool:
        """Give the notes to the operations; False if the one named is not there."""
        found = False
        paths = data.get("paths") if is_mapping(data) else None
        for path, item in (paths if is_mapping(paths) else {}).items():
            for method, operation in (item if is_mapping(item) else {}).items():
                named = not self.method or (method, path) == (self.method, self.path)
                if method in METHODS and named and is_mapping(operation):
                    found = True
                    if self.notes:
                        operation.setdefault(NOTES, self.notes)
        return found or not self.method


def is_page(name: str, text: str) -> bool:
    """Tell a page from a document: by its name, and by what comes first in it."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _DOCUMENTS:
        return False
    fence = next(_fences(text), None)
    document = _DOCUMENT.search(text)
    if fence is not None:
        return document is None or fence.start < document.start()
    return suffix in SUFFIXES and document is None


def read_page(text: str) -> Page:
    """Find the fragment of a page; raise UnreadableError if there isn't exactly one."""
    fences = list(_fences(text))
    if not fences:
        raise UnreadableError(_NONE)
    first = fences[0]
    opening = first.start, first.inside
    if first.end < 0:
        message = "the fence that opens here is never closed"
        help_ = "was the page cut off? fetch it again, or add the closing backticks"
        raise UnreadableError(Fault("open-fence", message, *opening, help_))
    if len(fences) > 1:
        line = text.count("\n", 0, first.start) + 1
        message = f"a second fragment in one page: the first one is in line {line}"
        help_ = "split the page: one page shows one fragment"
        second = fences[1]
        raise UnreadableError(
            Fault("two-fragments", message, second.start, second.inside, help_)
        )
    fragment = text[first.inside : first.end]
    if not fragment.strip():
        message = "the fragment in this fence is empty"
        help_ = "was the page downloaded completely? fetch it again"
        raise UnreadableError(Fault("empty-fragment", message, *opening, help_))
    return Page(
        _OTHER.sub(" ", text[: first.inside]) + fragment,
        first.method,
        first.path,
        _notes(text[: first.start], text[first.behind :]),
        opening,
    )


_NONE = Fault(
    "no-fragment",
    "this page shows no OpenAPI fragment",
    -1,
    -1,
    "name the page of an endpoint, where a fence of backticks begins with"
    " `yaml FILE METHOD /path`; or a folder of such pages, or an llms.txt",
)


def _fences(text: str) -> Iterator[_Fence]:
    """Yield the fences that hold a fragment.

    Other fences are passed over without being paired: one that a writer forgot to close
    must not swallow an operation.
    """
    openings = [
        (found, call)
        for found in _FENCE.finditer(text)
        if (call := _CALL.search(found[2])) or _BEGINS.match(text, found.end())
    ]
    for index, (found, call) in enumerate(openings):
        mark = found[1]
        closing = re.compile(
            rf"^ {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*\r?$", re.MULTILINE
        )
        stop = openings[index + 1][0].start() if index + 1 < len(openings) else None
        inside = found.end()
        closed = closing.search(text, inside, len(text) if stop is None else stop)
        yield _Fence(
            found.start(),
            inside,
            closed.start() if closed else -1,
            closed.end() if closed else -1,
            call[1].lower() if call else "",
            call[2] if call else "",
        )


def _notes(before: str, behind: str) -> str:
    """What a page says beside title, summary and fragment."""
    lines = _FRONT_MATTER.sub("", _unix(before)).split("\n")
    title = next((i for i, line in enumerate(lines) if line.startswith("# ")), -1)
    lines = _stripped(lines[title + 1 :])
    while lines and lines[0].startswith(">"):  # the summary, or a line about the index
        lines.pop(0)
    lines = _stripped(lines)
    if lines and lines[-1].startswith("#"):  # the heading of the fragment itself
        lines.pop()
    parts = ("\n".join(_stripped(lines)), _unix(behind).strip())
    return "\n\n".join(part for part in parts if part)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")


def _stripped(lines: list[str]) -> list[str]:
    """Leave out the blank lines at both ends."""
    said = [index for index, line in enumerate(lines) if line.strip()]
    return lines[said[0] : said[-1] + 1] if said else []
