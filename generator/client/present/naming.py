"""Groups and operations to the names of modules and methods.

Where the document's own name does not do, another one is made of its own words, and a
warning says which and how to choose a better one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...diagnostics import Diagnostics, quoted
from ...model import ir
from ...overlay_text import overlay_action
from .. import names
from .catalog import MODELS
from .own_names import OwnNames

# Attributes of every client, and builtins that its body uses: a tag of that name takes
# an underscore.
_CLIENT_ATTRIBUTES = frozenset(
    {"raw", "close", "aclose", "from_env", "with_options", "with_credentials"}
) | frozenset({"classmethod", "dict", "property", "str", "super", "tuple"})
# Modules of every package: a tag of that name takes an underscore.
_MODULES = frozenset({MODELS, "client", "errors", "py"})


def group_names(api: ir.Api, own: OwnNames, diagnostics: Diagnostics) -> dict[str, str]:
    """Return the attribute, and module, of each group.

    Tags that differ in case or punctuation only are one group: no caller could tell the
    attributes apart.
    """
    taken = _CLIENT_ATTRIBUTES | _MODULES
    found: dict[str, str] = {}
    for group in api.groups:
        name = own.of(group.pointer) or names.snake(group.name)
        if not name:
            name = f"group_{names.digest(group.name)}"
            first = next(o for o in api.operations if o.group == group.name)
            diagnostics.warning(
                "wordless-tag",
                f"the tag {quoted(group.name)} has no word to be named after:"
                f" the client calls it `{name}`",
                at=f"{first.pointer}/tags/0",
                help=f"pin another one: {_overlay(first, 'tags: [Name]')}",
            )
        found[group.name] = f"{name}_" if name in taken else name
        own.check(group.pointer, found[group.name])
    return found


def class_names(modules: Iterable[str], client: str) -> dict[str, str]:
    """Return the classes of the modules.

    One that is called like the client gives way, and one like another's async twin.
    """
    candidates = {module: f"{names.camel(module)}Api" for module in modules}
    taken = {client, *(f"Async{name}" for name in (client, *candidates.values()))}
    return names.assign(
        {m: [f"{n}_" if n in taken else n] for m, n in candidates.items()}
    )


def method_names(
    api: ir.Api, given: OwnNames, diagnostics: Diagnostics
) -> dict[str, str]:
    """Return method names by pointer, unique in the whole document.

    Unique in the document and not only in its tag, because types are named after their
    operation and an operation may move to another tag.
    """
    own = {o.pointer: names.snake(o.operation_id) for o in api.operations}
    chosen = names.assign(
        {
            o.pointer: (
                [given.of(o.pointer)]
                if given.of(o.pointer)
                else [own[o.pointer], names.snake(f"{o.method.lower()} {o.path}")]
            )
            for o in api.operations
        }
    )
    shared = Counter(own.values())
    for operation in api.operations:
        name = chosen[operation.pointer]
        if given.of(operation.pointer):
            given.check(operation.pointer, name)
        elif name != own[operation.pointer] or shared[name] > 1:
            _report(operation, name, diagnostics)
    return chosen


def default_methods(api: ir.Api) -> dict[str, str]:
    """Return the method names by pointer; what there is to say about them is not said."""
    nothing = Diagnostics()
    return method_names(api, OwnNames(api.own_names, nothing), nothing)


def _report(operation: ir.Operation, name: str, diagnostics: Diagnostics) -> None:
    """Say that an operation is not called as the document calls it."""
    stated, where = operation.operation_id, f"{operation.pointer}/operationId"
    if not stated:
        id_, message, where = (
            "missing-operation-id",
            f"{operation.method} {quoted(operation.path)} has no `operationId`",
            operation.pointer,
        )
    elif not names.snake(stated):
        id_ = "wordless-operation-id"
        message = f"the operationId {quoted(stated)} has no word to be named after"
    else:
        id_ = "duplicate-operation-id"
        message = f"another operation is called {quoted(stated)} too"
    diagnostics.warning(
        id_,
        f"{message}: its method is `{name}`",
        at=where,
        help=f"pin another one: {_overlay(operation, 'operationId: name')}",
    )


def _overlay(operation: ir.Operation, update: str) -> str:
    """Return the action of an overlay that changes an operation."""
    return f"`{overlay_action(operation.pointer, update)}` in an overlay"
