"""What no operation leads to, and what is required and not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..pointers import steps
from .findings import Finding, Rule, Subject, listed


def unused(subject: Subject) -> Iterator[Finding]:
    """Yield components that no operation leads to."""
    for pointer in subject.unread.unused:
        _, section, name = steps(pointer)
        yield Finding(
            pointer,
            f"no operation leads to `{name}` of `components/{section}`",
            "refer to it where it was meant to be used, or remove it",
        )


def undeclared(subject: Subject) -> Iterator[Finding]:
    """Yield schemas that require a name which none of their properties has."""
    for pointer, names in subject.unread.undeclared:
        shown = listed(f"`{name}`" for name in names)
        is_one = len(names) == 1
        yield Finding(
            f"{pointer}/required",
            f"{shown} {'is' if is_one else 'are'} required, and no property declares"
            f" {'it' if is_one else 'them'}",
            "declare what has to be there, or correct the spelling in `required`",
        )


RULES: Iterable[Rule] = (
    Rule(
        "required-undeclared",
        "warning",
        "a name is required and no property declares it",
        "callers can't pass it, and every call without it may be refused",
        "declare the property in an overlay, or correct the name in `required`",
        undeclared,
    ),
    Rule(
        "unused-component",
        "note",
        "no operation leads to a component",
        "it was meant for a place that is untyped now, or it misleads readers",
        "refer to it where it belongs, or remove it",
        unused,
    ),
)
