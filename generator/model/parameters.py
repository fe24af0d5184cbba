"""Parameters of an operation: where each travels, how it is written, and of what type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from ..diagnostics import Diagnostics, quoted
from ..document.node import Node
from . import ir
from .examples import first_example
from .fits import check_default
from .media import is_json
from .path_templates import names_in
from .security import place_of
from .types import TypeBuilder
from .wire_names import can_travel

_LOCATIONS: dict[str, Literal["path", "query", "header", "cookie"]] = {
    "path": "path",
    "query": "query",
    "header": "header",
    "cookie": "cookie",
}
_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
# Set by the transport, the signer or the body; OpenAPI says that the first three are
# ignored as parameters. A caller who could set the others would break the request.
_OWN_HEADERS = frozenset(
    {
        *("accept", "content-type", "authorization"),
        *("content-length", "host", "connection", "transfer-encoding", "upgrade"),
        *("accept-encoding", "expect", "te", "trailer"),
    }
)


class ParameterBuilder:
    """Builds the parameters of one document."""

    def __init__(self, types: TypeBuilder, diagnostics: Diagnostics) -> None:
        self._types = types
        self._diagnostics = diagnostics

    def build(
        self,
        path: str,
        node: Node,
        items: Sequence[Node],
        keys: Mapping[tuple[str, str], str],
    ) -> tuple[ir.Parameter, ...]:
        """Return the parameters of an operation and of the path items around it.

        `keys` are the places of its credentials: the client fills them itself.
        """
        found: dict[tuple[str, str], ir.Parameter] = {}
        for owner in (*reversed(items), node):
            own: set[tuple[str, str]] = set()
            for entry in owner.elements("parameters"):
                parameter = self._parameter(entry)
                if parameter is None:
                    continue
                key = (parameter.location, parameter.wire_name)
                scheme = keys.get(place_of(*key), "")
                if scheme:
                    self._diagnostics.warning(
                        "credential-parameter",
                        f"the {key[0]} parameter `{key[1]}` is the credential `{scheme}`"
                        " of the client: left out",
                        at=entry.pointer,
                        help="remove the parameter; the client sends the credential",
                    )
                    continue
                if key in own:
                    self._diagnostics.warning(
                        "duplicate-parameter",
                        f"{key[0]} parameter `{key[1]}` is declared twice: the last counts",
                        at=entry.pointer,
                        help="remove one of the two, in an overlay if need be",
                    )
                own.add(key)
                found[key] = parameter
        return tuple(self._checked_path(path, node, found))

    def _parameter(self, entry: Node) -> ir.Parameter | None:
        node = entry.follow()
        location, name = node.text("in"), node.text("name")
        if location not in _LOCATIONS or not name:
            self._diagnostics.warning(
                "odd-parameter",
                "a parameter needs a `name` and one of `in: path, query, header, cookie`:"
                " left out",
                at=entry.pointer,
                help="write both, in an overlay if need be",
            )
            return None
        if not can_travel(location, name):
            self._diagnostics.warning(
                "odd-parameter",
                f"{quoted(name)} can't be the name of a {location}: left out",
                at=entry.pointer,
                help="correct the name, in an overlay if need be",
            )
            return None
        if location == "header" and name.lower() in _OWN_HEADERS:
            self._diagnostics.warning(
                "own-header",
                f"the client sets the header `{name}` itself: left out",
                at=entry.pointer,
                help=(
                    "declare it as a security scheme, and ask for that by `security`"
                    if name.lower() == "authorization"
                    else "remove the parameter: a call has no use for it"
                ),
            )
            return None
        media, content = next(iter(node.sorted_entries("content")), ("", None))
        schema = node.child("schema") if content is None else content.child("schema")
        shape = schema.follow() if schema is not None else node
        default = shape.value.get("default") if isinstance(shape.value, dict) else None
        style = node.text("style") or _STYLES[location]
        as_json = content is not None and is_json(media)
        explode = node.child("explode")
        type_ = self._types.build(schema, node.pointer)
        check_default(shape, type_, self._diagnostics)
        return ir.Parameter(
            pointer=node.pointer,
            wire_name=name,
            location=_LOCATIONS[location],
            type=type_,
            required=node.flag("required") or location == "path",
            description=node.text("description") or shape.text("description"),
            style="json" if as_json else style,
            explode=explode.value is True if explode else style == "form",
            allow_reserved=location == "query" and node.flag("allowReserved"),
            deprecated=node.flag("deprecated"),
            default=default,
            has_default=default is not None,
            example=first_example(node, shape),
        )

    def _checked_path(
        self, path: str, node: Node, found: dict[tuple[str, str], ir.Parameter]
    ) -> Iterator[ir.Parameter]:
        """Yield the parameters, path ones matched against the braces of the path."""
        named = names_in(path)
        for name in named:
            if ("path", name) not in found:
                self._diagnostics.warning(
                    "undeclared-path-parameter",
                    f"`{{{name}}}` of the path is declared by no parameter: a required"
                    " string",
                    at=node.pointer,
                    help=f"declare it: `{{name: {name}, in: path, required: true,"
                    " schema: {type: string}}`, in an overlay if need be",
                )
                pointer = node.pointer
                yield ir.Parameter(
                    pointer=pointer,
                    wire_name=name,
                    location="path",
                    type=ir.StringType(pointer),
                    required=True,
                    style="simple",
                    explode=False,
                )
        for (location, name), parameter in found.items():
            if location == "path" and name not in named:
                self._diagnostics.warning(
                    "extra-path-parameter",
                    f"path parameter `{name}` is not in the path `{path}`: left out",
                    at=parameter.pointer,
                    help=f"write `{{{name}}}` into the path, or remove the parameter",
                )
            else:
                yield parameter
