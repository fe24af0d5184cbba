"""Examples: do they fit their schemas, and does each success have one?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from ..model import ir
from ..model.called import called
from ..model.media import Encoding, encoding_of, success_contents
from ..model.values import Values
from ..pointers import steps
from .findings import Finding, Rule, Subject

_STRUCTURED = (Encoding.JSON, Encoding.FORM, Encoding.MULTIPART)
_Side = Literal["request", "response", ""]


def violating(subject: Subject) -> Iterator[Finding]:
    """Yield the examples that their own schema refuses."""
    schemas = subject.api.schemas
    seen: set[str] = set()
    for what, side, type_, example in _all_examples(subject):
        if example.pointer in seen:
            continue
        seen.add(example.pointer)
        if example.value is None and not side:
            continue  # `example:` without a value says that there is none
        name = "" if side else _name_of(type_)
        problems = Values(schemas, side).problems(type_, example.value, name)
        said = [text for texts in problems.values() for text in texts]
        if said:
            more = f" and {len(said) - 2} more" if len(said) > 2 else ""
            yield Finding(
                example.pointer,
                f"{what} violates its schema: {' '.join(said[:2])}{more}",
                "correct the example or the schema, in an overlay if need be",
            )


def _all_examples(
    subject: Subject,
) -> Iterator[tuple[str, _Side, ir.Type, ir.Example]]:
    for operation in subject.api.operations:
        for where, side, content in _contents(operation):
            if encoding_of(content.media_type) not in _STRUCTURED:
                continue
            for example in content.examples:
                name = f"`{example.name}` " if example.name else ""
                yield f"the example {name}for {where}", side, content.type, example
    for type_, example in subject.unread.examples:
        yield "the example of this schema", "", type_, example


def _contents(operation: ir.Operation) -> Iterator[tuple[str, _Side, ir.Content]]:
    who = called(operation)
    for content in operation.body.content if operation.body else ():
        yield f"the body of {who}", "request", content
    for response in operation.responses:
        for content in response.content:
            yield f"the answer {response.status} of {who}", "response", content


def _name_of(schema: ir.Type) -> str:
    """Return what a schema is called where it stands, for a sentence about it."""
    *_, section, key = ("", *steps(schema.pointer))
    return key if section in ("properties", "schemas") else "value"


def without_success(subject: Subject) -> Iterator[Finding]:
    """Yield operations of which nothing shows what a success looks like."""
    shown = {type_.pointer for type_, _ in subject.unread.examples}
    known: dict[str, bool] = {}
    for operation in subject.api.operations:
        contents = [
            content
            for content in success_contents(operation) or ()
            if encoding_of(content.media_type) is Encoding.JSON
        ]
        if not contents or any(content.examples for content in contents):
            continue
        if any(_is_shown(c.type, subject.api, shown, known) for c in contents):
            continue
        yield Finding(
            contents[0].pointer,
            f"no example shows the success of {called(operation)}",
            "add one in an overlay, from an answer that you have seen",
        )


def _is_shown(
    type_: ir.Type, api: ir.Api, shown: set[str], known: dict[str, bool]
) -> bool:
    """Tell whether examples of the parts make up one of the whole.

    `known` holds the answers for named schemas; one that holds itself does not end.
    """
    if type_.pointer in shown:
        return True
    match type_:
        case ir.RefType():
            target = api.schemas.get(type_.target)
            if type_.target not in known:
                known[type_.target] = False
                known[type_.target] = target is not None and _is_shown(
                    target.type, api, shown, known
                )
            return known[type_.target]
        case ir.NullableType():
            return _is_shown(type_.inner, api, shown, known)
        case ir.ArrayType():
            return _is_shown(type_.items, api, shown, known)
        case ir.MapType():
            return _is_shown(type_.values, api, shown, known)
        case ir.TupleType():
            return all(_is_shown(item, api, shown, known) for item in type_.items)
        case ir.UnionType():
            return any(_is_shown(one, api, shown, known) for one in type_.options)
        case ir.ObjectType():
            parts = [f for f in type_.fields if f.required] or type_.fields
            return bool(parts) and all(
                f.example is not None or _is_shown(f.type, api, shown, known)
                for f in parts
            )
        case ir.EnumType() | ir.BooleanType() | ir.NullType():
            return True
        case _:
            return False


RULES: Iterable[Rule] = (
    Rule(
        "example-violates-schema",
        "warning",
        "an example is refused by its own schema",
        "one of the two is wrong: calls modelled on the example fail, or answers don't"
        " fit their types",
        "correct the example or the schema, in an overlay if need be",
        violating,
    ),
    Rule(
        "no-success-example",
        "note",
        "no example shows the success of an operation",
        "no generated test decodes its answer, and the sandbox has to make one up",
        "add an answer that you have seen as an example, in an overlay",
        without_success,
    ),
)
