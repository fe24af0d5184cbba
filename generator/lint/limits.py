"""Rate limits that prose states and no answer declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.called import called
from ..overlay_text import double_quoted, overlay_target
from .findings import Finding, Rule, Subject, listed

_DECLARES = ("429", "4XX", "default")


def undeclared(subject: Subject) -> Iterator[Finding]:
    """Yield one finding a document: one action of an overlay mends all operations."""
    limited = [o for o in subject.api.operations if o.rate_limit is not None]
    lacking = [
        operation
        for operation in limited
        if not any(r.status in _DECLARES for r in operation.responses)
    ]
    if not lacking:
        return
    count = len(lacking)
    stating = f"{count} operations state" if count > 1 else "one operation states"
    declaring = "declare" if count > 1 else "declares"
    # The filter leaves alone what other operations say of their answer 429.
    target = "$.paths[*][?@.responses && !@.responses['429']].responses"
    if count == 1:
        target = f"{overlay_target(lacking[0].pointer)}.responses"
    yield Finding(
        lacking[0].pointer,
        f"{stating} a rate limit and {declaring} no answer 429:"
        f" {listed(map(called, lacking))}",
        f"declare it in an overlay{', wherever there is none' if count > 1 else ''}:"
        f" `{{target: {double_quoted(target)}, update: {{"
        '"429": {description: Too many requests}}}`',
    )


RULES: Iterable[Rule] = (
    Rule(
        "undeclared-429",
        "note",
        "a rate limit is stated in prose, and no answer 429 is declared",
        "nobody can read in the document what a refused call looks like",
        "declare the answer in an overlay; the client recognises it either way",
        undeclared,
    ),
)
