"""All named values of a model, each once: fields of bodies and answers, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ..model import ir
from ..model.called import called
from ..model.inner import bare, inner_types

# Names that any two things may have in common, and that lists of anything ask for.
_COMMON = frozenset(
    (
        *("attributes", "code", "count", "created_at", "createdAt", "data", "date"),
        *("description", "id", "limit", "links", "message", "meta", "name", "offset"),
        *("order", "page", "request", "search", "size", "sort", "start", "status"),
        *("title", "total", "type", "updated_at", "updatedAt", "url"),
    )
)
Side = Literal["request", "answer", "refusal"]


@dataclass(frozen=True, slots=True)
class Named:
    """A named value, and where it is met first."""

    side: Side
    name: str  # minInvestment
    pointer: str
    type: ir.Type  # without references and `nullable`
    description: str
    supplied: bool  # the signer fills it
    beside: frozenset[str]  # other values of the same object, but for common names
    operation: str  # createCode


def named_values(api: ir.Api) -> Iterator[Named]:
    """Yield what operations send and answer, in the document's order."""
    seen: set[tuple[Side, str]] = set()
    # A named schema is walked once a side: another walk would meet the same places.
    passed: dict[Side, set[str]] = {"request": set(), "answer": set(), "refusal": set()}
    for operation in api.operations:
        for value in _of_operation(operation, api, passed):
            if (value.side, value.pointer) not in seen:
                seen.add((value.side, value.pointer))
                yield value


def is_twin(a: Named, b: Named) -> bool:
    """Tell whether two values stand in the same company: half of it, two at least."""
    shared = len(a.beside & b.beside)
    return shared >= 2 and 2 * shared >= len(a.beside | b.beside)


def _of_operation(
    operation: ir.Operation, api: ir.Api, passed: Mapping[Side, set[str]]
) -> Iterator[Named]:
    who = called(operation)
    names = frozenset(p.wire_name for p in operation.parameters) - _COMMON
    for parameter in operation.parameters:
        yield Named(
            side="request",
            name=parameter.wire_name,
            pointer=parameter.pointer,
            type=bare(parameter.type, api.schemas),
            description=parameter.description,
            supplied=False,
            beside=names - {parameter.wire_name},
            operation=who,
        )
    for side, content in _contents(operation):
        for owner in _objects(content.type, api, passed[side]):
            names = frozenset(f.wire_name for f in owner.fields if not f.supplied)
            names -= _COMMON
            for field in owner.fields:
                yield Named(
                    side=side,
                    name=field.wire_name,
                    pointer=field.pointer,
                    type=bare(field.type, api.schemas),
                    description=field.description,
                    supplied=field.supplied,
                    beside=names - {field.wire_name},
                    operation=who,
                )


def _contents(operation: ir.Operation) -> Iterator[tuple[Side, ir.Content]]:
    for content in operation.body.content if operation.body else ():
        yield "request", content
    for response in operation.responses:
        refuses = response.status[:1] in ("4", "5")
        for content in response.content:
            yield "refusal" if refuses else "answer", content


def _objects(type_: ir.Type, api: ir.Api, passed: set[str]) -> Iterator[ir.ObjectType]:
    """Yield the objects of a type, its own first, through references."""
    todo = [type_]
    while todo:
        one = todo.pop(0)
        if isinstance(one, ir.RefType):
            if one.target not in passed and one.target in api.schemas:
                passed.add(one.target)
                todo.append(api.schemas[one.target].type)
            continue
        if isinstance(one, ir.ObjectType):
            yield one
        todo += inner_types(one)
