"""A model to the values that look like money and that nobody has decided on.

Nobody has where neither `format: decimal` nor `x-money` is said of the schema. `lint`,
`init` and the last line of `generate` all say what is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..document.node import Document
from ..document.references import Target
from ..pointers import split
from . import ir
from .amounts import company_of, looks_like
from .extensions import MONEY
from .inner import bare, inner_types

_Group = Sequence[ir.Field] | Sequence[ir.Parameter]
_MOST_STEPS = 8  # through lists, maps and references to the value itself


def build_undecided(document: Document, api: ir.Api) -> tuple[ir.Undecided, ...]:
    """Return the values in the document's order, each schema once."""
    found: dict[str, ir.Undecided] = {}
    passed: set[str] = set()
    for operation in api.operations:
        types = [parameter.type for parameter in operation.parameters]
        bodies = operation.body.content if operation.body else ()
        types += [content.type for content in bodies]
        types += [c.type for answer in operation.responses for c in answer.content]
        groups: list[_Group] = [operation.parameters, *_objects(types, api, passed)]
        for group in groups:
            for each in _of(group, operation, api):
                if each.schema not in found and not _is_denied(document, each.schema):
                    found[each.schema] = each
    return tuple(found.values())


def _objects(
    types: Sequence[ir.Type], api: ir.Api, passed: set[str]
) -> Iterator[tuple[ir.Field, ...]]:
    """Yield the fields of each object inside some types, named schemas once a document."""
    todo = list(reversed(types))
    while todo:
        one = todo.pop()
        if isinstance(one, ir.RefType):
            if one.target not in passed:
                passed.add(one.target)
                todo.append(api.schemas[one.target].type)
            continue
        if isinstance(one, ir.ObjectType):
            yield one.fields
        todo += reversed([*inner_types(one)])


def _of(group: _Group, operation: ir.Operation, api: ir.Api) -> Iterator[ir.Undecided]:
    """Yield what looks like money among the fields of one object, or among parameters."""
    company = company_of(
        (each.wire_name, bare(each.type, api.schemas)) for each in group
    )
    for each in group:
        type_ = _one_of(each.type, api)
        example = _first(each.example)
        looks = looks_like(each.wire_name, type_, example, each.description, company)
        if looks:
            yield ir.Undecided(
                pointer=each.pointer,
                schema=type_.pointer,
                name=each.wire_name,
                operation=operation,
                looks=looks,
                is_text=isinstance(type_, ir.StringType),
                example=example,
            )


def _one_of(type_: ir.Type, api: ir.Api) -> ir.Type:
    """Return what a value holds one or several of: amounts come in lists and maps too."""
    for _ in range(_MOST_STEPS):
        type_ = bare(type_, api.schemas)
        match type_:
            case ir.ArrayType(items=inner) | ir.MapType(values=inner):
                type_ = inner
            case _:
                break
    return type_


def _first(example: object) -> object:
    while isinstance(example, list | dict) and example:
        example = next(iter(example.values() if isinstance(example, dict) else example))
    return None if isinstance(example, list | dict) else example


def _is_denied(document: Document, schema: str) -> bool:
    """Tell whether `x-money: false` is said of a schema."""
    node = document.find(Target(*split(schema)))
    stated = node.child(MONEY) if node is not None else None
    return stated is not None and stated.value is False
