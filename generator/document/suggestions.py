"""What a reference to nothing was probably meant to lead to."""

from __future__ import annotations

from ..diagnostics import quoted
from ..pointers import join
from ..spelling import near
from .grammar import SECTIONS, Kind
from .node import Document
from .references import Target


def suggestion(document: Document, target: Target, kind: Kind) -> str:
    """Offer the name that was probably meant, in the place where it was looked for."""
    root = document.root_of(target.file)
    tokens = target.tokens
    if root is None or not tokens:
        return ""
    for length in range(len(tokens) - 1, -1, -1):
        around = document.find(Target(target.file, tokens[:length]))
        if around is not None:
            names = [name for name, _ in around.follow().entries()]
            meant = near(tokens[length], names)
            if meant:
                rest = (*tokens[:length], meant, *tokens[length + 1 :])
                if document.find(Target(target.file, rest)) is not None:
                    return f"did you mean {quoted(join(rest, target.file))}?"
            break
    name = tokens[-1]
    for section, each in SECTIONS.items():
        elsewhere = ("components", section, name)
        if each == kind and document.find(Target(target.file, elsewhere)) is not None:
            return f"did you mean {quoted(join(elsewhere, target.file))}?"
    return ""
