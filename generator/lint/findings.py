"""What a rule looks at and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..diagnostics import Severity
from ..model import ir


@dataclass(frozen=True, slots=True)
class Subject:
    """A document as rules see it."""

    api: ir.Api
    unread: ir.Unread
    undecided: tuple[ir.Undecided, ...]  # what looks like money


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
    severity: Severity  # note
    summary: str  # a refusal without a name is named after its own words
    why: str  # the name changes when the vendor rewords the text
    help: str  # pin it by `x-reasons` in an overlay
    # None: another stage finds it, and `lint` shows it among the others.
    check: Callable[[Subject], Iterable[Finding]] | None


def listed(names: Iterable[str], most: int = 4) -> str:
    """Return names as a list that stays readable: `a`, `b` and 7 more."""
    distinct = tuple(dict.fromkeys(names))
    shown = ", ".join(distinct[:most])
    rest = len(distinct) - most
    return f"{shown} and {rest} more" if rest > 0 else shown
