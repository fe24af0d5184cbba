"""Operations of two documents: which is which, and what became of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import ir
from ..model.called import called
from .answers import Answers
from .bodies import Bodies
from .errors import error_changes
from .findings import Change
from .prose import said
from .renames import Named, pair_renamed
from .security import security_changes
from .servers import operation_servers
from .types import Types

_BRACES = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Pair:
    """One operation in both documents; None where it is not there."""

    old: ir.Operation | None
    new: ir.Operation | None
    confidence: float | None = None  # where neither place nor name says it


def operation_changes(pairs: Sequence[Pair], types: Types) -> Iterator[Change]:
    """Yield what became of every operation, in the order of the new document."""
    bodies, answers = Bodies(types), Answers(types)
    for pair in pairs:
        for change in _changes(pair, types, bodies, answers):
            yield labelled(change, pair)


def pair_operations(old: ir.Api, new: ir.Api, types: Types) -> list[Pair]:
    """Pair operations: by method and path, by operationId, then by likeness."""
    gone, come = list(old.operations), list(new.operations)
    pairs: list[Pair] = []

    def take(one: ir.Operation, other: ir.Operation, sure: float | None = None) -> None:
        gone.remove(one)
        come.remove(other)
        pairs.append(Pair(one, other, sure))

    for key in (
        lambda o: (o.method, o.path),
        lambda o: (o.method, _BRACES.sub("{}", o.path)),
        lambda o: o.operation_id or o.pointer,
    ):
        known = {key(o): o for o in come}
        for one in tuple(gone):
            other = known.get(key(one))
            if other is not None and other in come:
                take(one, other)
    for one, other, sure in pair_renamed(
        gone,
        come,
        lambda o: Named(o.operation_id or o.path, o.description, o.summary or None),
        lambda a, b: a.method == b.method and _same_shape(a, b, types),
    ):
        take(one, other, sure)
    order = {o.pointer: index for index, o in enumerate(new.operations)}
    pairs += [Pair(None, other) for other in come]
    pairs.sort(key=lambda p: order[p.new.pointer] if p.new else 0)
    return [*(Pair(one, None) for one in gone), *pairs]


def _same_shape(old: ir.Operation, new: ir.Operation, types: Types) -> bool:
    if (old.body is None) != (new.body is None):
        return False
    if old.body and new.body:
        one, other = old.body.content[0].type, new.body.content[0].type
        if not types.same(one, other, "request"):
            return False
    first = [(r.status, len(r.content)) for r in old.responses]
    return first == [(r.status, len(r.content)) for r in new.responses]


def http(operation: ir.Operation) -> str:
    """Return method and path, as the view of a method has them."""
    return f"{operation.method} {operation.path}"


def _changes(
    pair: Pair, types: Types, bodies: Bodies, answers: Answers
) -> Iterator[Change]:
    old, new = pair.old, pair.new
    if old is None or new is None:
        rule = "operation-added" if old is None else "operation-removed"
        known = new or old
        if known is not None:
            yield Change(
                rule,
                "operation",
                old.pointer if old else "",
                new.pointer if new else "",
                called(known),
                old_path=() if old else None,
                new_path=() if new else None,
            )
        return
    yield from _own(pair, old, new)
    yield from bodies.changes(old, new)
    answered = list(answers.changes(old, new))
    yield from answered
    # A refusal that has another status brings its reasons along: that is said already.
    moved = {(c.before, c.after) for c in answered if c.rule == "error-status-changed"}
    for change in error_changes(old, new):
        if change.rule != "reason-moved" or (change.before, change.after) not in moved:
            yield change
    yield from operation_servers(old, new, types.old.api, types.new.api)
    yield from security_changes(old, new)


def _own(pair: Pair, old: ir.Operation, new: ir.Operation) -> Iterator[Change]:
    """Yield what an operation says of itself."""

    def change(rule: str, before: str = "", after: str = "") -> Change:
        return Change(
            rule, "operation", old.pointer, new.pointer, called(new), before, after
        )

    if old.operation_id != new.operation_id:
        found = change("operation-renamed", called(old), called(new))
        yield replace(found, confidence=pair.confidence or 1.0)
    if _BRACES.sub("{}", http(old)) != _BRACES.sub("{}", http(new)):
        found = change("operation-moved", http(old), http(new))
        yield replace(found, confidence=pair.confidence)
    if old.group != new.group:
        yield change("operation-grouped", old.group, new.group)
    if old.kind != new.kind and old.method == new.method:
        yield change("operation-kind", old.kind, new.kind)
    if old.deprecated != new.deprecated:
        yield change(
            "operation-deprecated" if new.deprecated else "operation-not-deprecated"
        )
    if old.rate_limit != new.rate_limit:
        before, after = _limit(old.rate_limit), _limit(new.rate_limit)
        if before != after:
            yield change("rate-limit", before, after)
    if _paged(old) != _paged(new):
        yield change("operation-paged")
    told = list(said(old.description, new.description))
    if not told and old.summary != new.summary:
        yield change("operation-described")
    for what, before, after in told:
        yield change(f"operation-{what}", before, after)


def _limit(limit: ir.RateLimit | None) -> str:
    if limit is None:
        return "no stated rate"
    return f"{limit.calls} calls in {limit.seconds:g} s"


def _paged(operation: ir.Operation) -> tuple[str, ...]:
    paged = operation.pagination
    if paged is None:
        return ()
    return (paged.items, paged.location, paged.total)


def labelled(change: Change, pair: Pair) -> Change:
    """Return a change that knows which operation it belongs to."""
    known: Sequence[ir.Operation] = [o for o in (pair.new, pair.old) if o is not None]
    return replace(
        change,
        old_http=http(pair.old) if pair.old else "",
        new_http=http(pair.new) if pair.new else "",
        operation=called(known[0]),
    )
