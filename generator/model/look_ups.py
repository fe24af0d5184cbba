"""What an overlay says of looking a call up, held against both operations.

`x-reconcile: {operation: getHistory, by: uniqueId}` stands on a write and names the read
that finds what became of it. What can't work is reported and left out: nobody should
learn it when the outcome of a call is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..diagnostics import Diagnostics, quoted
from ..document.node import Node
from . import ir
from .extensions import misread
from .media import body_content

_KEY = "x-reconcile"
_MEMBERS = ("operation", "by")


def reconcile_of(node: Node, diagnostics: Diagnostics) -> ir.Reconcile | None:
    """Return where the outcome of an operation can be looked up, or None."""
    stated = node.child(_KEY)
    if stated is None:
        return None
    operation, by = (stated.text(member) for member in _MEMBERS)
    others = {name for name, _ in stated.entries()} - set(_MEMBERS)
    if operation and by and not others:
        return ir.Reconcile(stated.pointer, operation, by)
    example = "{operation: getHistory, by: uniqueId}"
    misread(stated, "two names, `operation` and `by`", example, diagnostics)
    return None


class LookUps:
    """Holds what is said of the look-ups of a document against its operations."""

    def __init__(
        self,
        operations: Sequence[ir.Operation],
        resolve: Callable[[ir.Type], ir.Type],
        diagnostics: Diagnostics,
    ) -> None:
        self._operations = operations
        self._known = {operation.operation_id: operation for operation in operations}
        self._resolve = resolve
        self._diagnostics = diagnostics

    def settled(self) -> tuple[ir.Operation, ...]:
        """Return the operations, each with a history that can be asked or with none."""
        return tuple(
            (
                replace(one, reconcile=self._settled(one, one.reconcile))
                if one.reconcile is not None
                else one
            )
            for one in self._operations
        )

    def _settled(
        self, operation: ir.Operation, wanted: ir.Reconcile
    ) -> ir.Reconcile | None:
        """Return a look-up that can be made; else report the first reason why not."""
        for member, message, help_text in self._complaints(operation, wanted):
            self._diagnostics.warning(
                "unmatched-reconcile",
                f"{message}: `{_KEY}` is left out",
                at=f"{wanted.pointer}/{member}",
                help=help_text,
            )
            return None
        taken = self._taken(self._known[wanted.operation_id])
        return replace(wanted, asked_by=_alike(wanted.by, taken))

    def _complaints(
        self, operation: ir.Operation, wanted: ir.Reconcile
    ) -> Iterator[tuple[str, str, str]]:
        """Yield member, message and help of what can't be so."""
        named, by = quoted(wanted.operation_id), quoted(wanted.by)
        history = self._known.get(wanted.operation_id)
        if history is None:
            yield (
                "operation",
                f"there is no operation {named}",
                "give the operationId of the history that finds the call",
            )
            return
        if history.kind != "read":
            yield (
                "operation",
                f"{named} is a write, and looking a call up must change nothing",
                f"say `x-kind: read` on {named} if it only reads, or name another one",
            )
        if not self._may_send(operation, wanted.by):
            yield (
                "by",
                f"the body of this call has no field {by}",
                f"name the field by which {named} finds the call",
            )
        taken = self._taken(history)
        asked_by = _alike(wanted.by, taken)
        if not asked_by:
            yield (
                "by",
                f"{named} has no argument {by}",
                "name a field that is an argument of both, or another operation",
            )
        others = [name for name, needed in taken.items() if needed and name != asked_by]
        if others:
            yield (
                "operation",
                f"{named} needs {', '.join(map(quoted, others))} beside {by}",
                "name an operation that needs nothing else",
            )

    def _taken(self, history: ir.Operation) -> Mapping[str, bool]:
        """Return the arguments of an operation, and whether it needs them."""
        body = self._body(history)
        fields = body.fields if isinstance(body, ir.ObjectType) else ()
        return {p.wire_name: p.required for p in history.parameters} | {
            f.wire_name: f.required
            for f in fields
            if not f.supplied and not f.read_only
        }

    def _may_send(self, operation: ir.Operation, name: str) -> bool:
        body = self._body(operation)
        if not isinstance(body, ir.ObjectType):
            return body is not None  # a map: it may have any field
        known = any(f.wire_name == name and not f.supplied for f in body.fields)
        return known or body.extra is not None

    def _body(self, operation: ir.Operation) -> ir.Type | None:
        content = body_content(operation.body)
        known = self._resolve(content.type) if content is not None else None
        if isinstance(known, ir.NullableType):
            known = self._resolve(known.inner)
        return known


def _alike(by: str, taken: Iterable[str]) -> str:
    """Return the name that is spelled the same, or with other capitals and signs."""
    found = [name for name in taken if _letters(name) == _letters(by)]
    return by if by in found else found[0] if len(found) == 1 else ""


def _letters(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())
