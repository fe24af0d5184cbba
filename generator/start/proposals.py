"""A model to what an overlay might say of it: reads, money and names, each with a reason.

All of it is guessed from names, so none of it may ever be done without a person: a read is
sent again after a failure, and money has another type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import ir
from ..model.amounts import words
from ..model.inner import bare

__all__ = ["Proposal", "propose"]

_READING = frozenset(
    {"check", "count", "describe", "fetch", "find", "get", "is", "list", "query"}
) | frozenset({"read", "search", "show", "view"})
_HISTORY = frozenset({"balance", "balances", "history", "list", "status"})
_KEYS = frozenset(
    {"uniqueid", "externalid", "idempotencykey", "clientorderid", "clientid"}
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that an overlay might say."""

    kind: Literal["read", "money", "name"]
    pointer: str  # #/components/schemas/FlexPlan/properties/minInvestment
    reason: str  # the name ends in `Investment`, and it is text without a format
    key: str  # x-money
    value: str | bool  # True


def propose(
    api: ir.Api, undecided: Sequence[ir.Undecided], methods: Mapping[str, str]
) -> tuple[Proposal, ...]:
    """Return the proposals for a model; `methods` are the names of its operations."""
    return (*_reads(api), *_money(undecided), *_names(api, methods))


def _reads(api: ir.Api) -> Iterator[Proposal]:
    for operation in api.operations:
        if operation.kind == "read" or operation.method not in ("POST", "QUERY"):
            continue  # nobody reads by PUT, PATCH or DELETE
        why = _reads_because(operation)
        if why and not any(_is_key(name) for name in _sent(operation, api)):
            reason = f"{why}, and it sends nothing like the key of an order"
            yield Proposal("read", operation.pointer, reason, "x-kind", "read")


def _reads_because(operation: ir.Operation) -> str:
    named = operation.operation_id
    called = words(named)
    if called and called[0] in _READING:
        return f"`{named}` begins with `{called[0]}`"
    last = words(operation.path.rstrip("/").rpartition("/")[2])
    if not called and last and last[-1] in _HISTORY:
        return f"`{operation.path}` ends in `{last[-1]}`"
    return ""


def _is_key(name: str) -> bool:
    return "".join(words(name)) in _KEYS


def _sent(operation: ir.Operation, api: ir.Api) -> Iterator[str]:
    for parameter in operation.parameters:
        yield parameter.wire_name
    for content in operation.body.content if operation.body else ():
        known = bare(content.type, api.schemas)
        if isinstance(known, ir.ObjectType):
            yield from (field.wire_name for field in known.fields)


def _money(undecided: Sequence[ir.Undecided]) -> Iterator[Proposal]:
    for value in undecided:
        called = words(value.name)
        named = "is called so" if len(called) == 1 else f"ends in `{called[-1]}`"
        what = "a number, which loses digits"
        if value.is_text:
            shown = value.example
            what = f"text like `{shown}`" if shown else "text without an example"
        reason = f"`{value.name}` {named}, and it is {what}"
        yield Proposal("money", value.schema, reason, "x-money", True)


def _names(api: ir.Api, methods: Mapping[str, str]) -> Iterator[Proposal]:
    """Yield names for the operations that are not called as the document calls them."""
    stated = [operation.operation_id for operation in api.operations]
    for operation in api.operations:
        own = operation.operation_id
        if own and stated.count(own) == 1:
            continue
        what = "its `operationId` is that of another one" if own else "no `operationId`"
        reason = (
            f"{operation.method} {operation.path}: {what}; the name is made of both"
        )
        name = methods[operation.pointer]
        yield Proposal("name", operation.pointer, reason, "operationId", name)
