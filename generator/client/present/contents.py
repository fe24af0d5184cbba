"""What goes into the catalog: the types of every schema, argument and answer."""

from __future__ import annotations

from collections.abc import Mapping

from ...model import ir
from ...model.inner import bare, inner_types
from ...model.media import Encoding, body_content, decoded_answer, encoding_of
from .catalog import MODELS, Catalog, constant_names
from .own_names import OwnNames
from .reasons import reason_names


def make_catalog(
    api: ir.Api,
    groups: Mapping[str, str],
    methods: Mapping[str, str],
    classes: Mapping[str, str],
    own: OwnNames,
) -> Catalog:
    """Return the catalog of a model, every type named."""
    constants, reasons = constant_names(methods), reason_names(methods)
    catalog = Catalog(api.schemas, own, constants, reasons)
    catalog.add_schemas(_used(api))
    for operation in api.operations:
        module = groups[operation.group]
        name = methods[operation.pointer]
        for parameter in operation.parameters:
            owner = _parameter_owner(parameter, name)
            path = (owner, parameter.wire_name)
            catalog.add(module, parameter.type, path, parameter.description)
        content = body_content(operation.body)
        if (
            content is not None
            and encoding_of(content.media_type) is not Encoding.BYTES
        ):
            _add_body(catalog, module, content, name)
        answer = decoded_answer(operation)
        if answer is not None:
            owner = _component_words(answer.pointer) or name
            catalog.add(module, answer, (owner, "response"))
    for payload in api.payloads:
        caller = (methods[payload.owner],) if payload.owner in methods else ()
        # A webhook of two methods would give both payloads one name.
        method = () if payload.method == "POST" else (payload.method.lower(),)
        words = (*caller, payload.name, *method, "payload")
        catalog.add(MODELS, payload.type, words, payload.description)
    # What modules define besides types, in any module: a type gives way.
    apis = {f"{prefix}{name}" for name in classes.values() for prefix in ("", "Async")}
    catalog.settle(frozenset({*constants.values(), *reasons.values(), *apis}))
    return catalog


def _used(api: ir.Api) -> frozenset[str]:
    """Return the schemas that a caller can meet, in arguments and answers.

    The others have no class: those of errors (an error carries its own fields), those of
    bodies whose fields are arguments, and those that nothing uses.
    """
    waiting: list[ir.Type] = []
    for operation in api.operations:
        waiting += [parameter.type for parameter in operation.parameters]
        answer = decoded_answer(operation)
        waiting += [answer] if answer is not None else []
        content = body_content(operation.body)
        if content is not None:
            known = bare(content.type, api.schemas)
            whole = not isinstance(known, ir.ObjectType)
            waiting += [content.type] if whole else inner_types(known)
    waiting += [payload.type for payload in api.payloads]
    found: set[str] = set()
    while waiting:
        type_ = waiting.pop()
        if isinstance(type_, ir.RefType) and type_.target not in found:
            found.add(type_.target)
            waiting.append(api.schemas[type_.target].type)
        waiting += inner_types(type_)
    return frozenset(found)


def _parameter_owner(parameter: ir.Parameter, method: str) -> str:
    """Return the words that name the types inside a parameter: who declares it."""
    return _component_words(parameter.pointer) or method


def _component_words(pointer: str) -> str:
    """Return the key of the component that a place belongs to, empty for none."""
    _, found, rest = pointer.partition("#/components/")
    parts = rest.split("/") if found else []
    return parts[1] if len(parts) > 1 and parts[0] != "schemas" else ""


def _add_body(catalog: Catalog, module: str, content: ir.Content, name: str) -> None:
    """Enter the types of a body; the fields of an inline one are arguments, no class."""
    owner = _component_words(content.pointer) or name
    type_ = content.type
    if isinstance(type_, ir.NullableType):
        type_ = type_.inner
    if isinstance(type_, ir.ObjectType):
        for field in type_.fields:
            if not field.supplied and not field.read_only:
                catalog.add(
                    module, field.type, (owner, field.wire_name), field.description
                )
    else:
        catalog.add(module, type_, (owner, "body"))
