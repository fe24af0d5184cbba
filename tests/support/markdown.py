"""A page of documentation to its blocks of code, and to its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(
    r"^(?:<!-- not run: (?P<reason>[^\n]+?) -->\n+)?"
    r"```(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_ANY_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*([^)\s]+)\s*\)|\b(?:src|srcset)=\"([^\"]+)\"")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block."""

    language: str  # console
    text: str
    title: str  # bakery.yaml: the block is that file; empty elsewhere
    line: int  # where it stands
    start: int  # where its text begins in the page
    not_run: str  # why it can't be run here; empty: it is
    follows: bool  # nothing but empty lines is between it and the block before


def blocks(page: str) -> Iterator[Block]:
    """Yield the blocks of a page in order."""
    end = 0
    for match in _FENCE.finditer(page):
        yield Block(
            match["language"],
            match["text"],
            match["title"] or "",
            page.count("\n", 0, match.start("language")) + 1,
            match.start("text"),
            match["reason"] or "",
            not page[end : match.start()].strip(),
        )
        end = match.end()


def commands(block: Block) -> list[str]:
    """Return the commands of a console block, without what they print."""
    return re.findall(r"^\$ (.*)$", block.text, re.MULTILINE)


def links(file: Path) -> Iterator[str]:
    """Yield what a page links to, the code in it left out."""
    for match in _LINK.finditer(_ANY_FENCE.sub("", file.read_text(encoding="utf-8"))):
        yield match[1] or match[2]


def anchors(file: Path) -> set[str]:
    """Return the anchors that the headings of a page make."""
    text = _ANY_FENCE.sub("", file.read_text(encoding="utf-8"))
    words = (re.sub(r"[^\w\s-]", "", m[1]) for m in _HEADING.finditer(text))
    return {re.sub(r"[-\s]+", "-", heading.strip().lower()) for heading in words}
