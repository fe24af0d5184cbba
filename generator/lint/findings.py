"""What a rule says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..model import ir


@dataclass(frozen=True, slots=True)
class Finding:
    """One place of a document, what is the matter with it and what to do."""

    pointer: str  # #/paths/~1a/post/responses/422
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; its id is stable across versions."""

    id: str  # reason-from-prose
    summary: str  # a refusal is named after its own words
    check: Callable[[ir.Api], Iterable[Finding]]
