"""What goes into the catalog: the types of every schema, argument and answer."""

from __future__ import annotations

from collections.abc import Mapping

from ...model import ir
from ...model.media import Encoding, body_content, encoding_of, success_contents
from .catalog import Catalog


def make_catalog(
    api: ir.Api, groups: Mapping[str, str], methods: Mapping[str, str]
) -> Catalog:
    """Return the catalog of a model, every type named."""
    catalog = Catalog(api.schemas)
    catalog.add_schemas()
    for operation in api.operations:
        module = groups[operation.group]
        name = methods[operation.pointer]
        for parameter in operation.parameters:
            owner = _parameter_owner(parameter, name)
            catalog.add(module, parameter.type, (owner, parameter.wire_name))
        content = body_content(operation.body)
        if (
            content is not None
            and encoding_of(content.media_type) is not Encoding.BYTES
        ):
            _add_body(catalog, module, content, name)
        for answer in success_contents(operation.responses) or ():
            owner = _component_words(answer.pointer) or name
            catalog.add(module, answer.type, (owner, "response"))
    catalog.settle()
    return catalog


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
