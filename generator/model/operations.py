"""Paths to operations: parameters, body, responses, servers, group and kind of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from ..diagnostics import Diagnostics
from ..document.node import Node
from ..document.pages import NOTES
from . import ir
from .errors import described_outcomes, error_cases
from .examples import examples_of, first_example
from .fits import check_default
from .limits import rate_limit_of, reconcile_of
from .media import Encoding, encoding_of
from .pagination import pagination_of
from .path_templates import names_in, path_of
from .security import SecurityBuilder, supplied_fields
from .servers import servers_of
from .types import TypeBuilder

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_READ_METHODS = ("get", "head", "options", "trace")
_LOCATIONS = ("path", "query", "header", "cookie")
_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
# Set by the transport; OpenAPI says that such header parameters are ignored.
_OWN_HEADERS = ("accept", "content-type", "authorization")
_VERSION = re.compile(r"v\d+(\.\d+)*", re.IGNORECASE)


class OperationBuilder:
    """Builds the operations of one document."""

    def __init__(
        self,
        types: TypeBuilder,
        security: SecurityBuilder,
        signers: Sequence[ir.Signer],
        diagnostics: Diagnostics,
    ) -> None:
        self._types = types
        self._security = security
        self._signers = signers
        self._diagnostics = diagnostics

    def build_all(self, root: Node) -> tuple[ir.Operation, ...]:
        """Return every operation of `paths`, in the document's order."""
        found: list[ir.Operation] = []
        for path, entry in root.entries("paths"):
            if path.startswith("x-"):
                continue
            item = entry.follow()
            sent = path_of(path, entry, self._diagnostics)
            for method, node in item.entries():
                if method in METHODS and isinstance(node.value, dict):
                    # Two paths may share one item: the pointer is that of the path.
                    pointer = f"{entry.pointer}/{method}"
                    found.append(self._operation(sent, method, pointer, node, item))
        return tuple(found)

    def _operation(
        self, path: str, method: str, pointer: str, node: Node, item: Node
    ) -> ir.Operation:
        requirements = self._security.build(node)
        parameters = self._parameters(path, node, item)
        body = self._body(node, supplied_fields(requirements, self._signers))
        responses = tuple(self._responses(node))
        description, notes = node.text("description"), node.text(NOTES)
        if notes:
            description = f"{description.rstrip()}\n\n{notes}".strip()
        return ir.Operation(
            pointer=pointer,
            operation_id=node.text("operationId").strip(),
            method=method.upper(),
            path=path,
            group=_group_of(path, node),
            kind=self._kind(method, node),
            summary=node.text("summary") or item.text("summary"),
            description=description,
            deprecated=node.flag("deprecated"),
            parameters=parameters,
            body=body,
            responses=responses,
            errors=error_cases(node, responses),
            outcomes=described_outcomes(responses),
            security=requirements,
            servers=servers_of(node) or servers_of(item),
            rate_limit=rate_limit_of(description, node.pointer),
            reconcile=reconcile_of(node),
            pagination=pagination_of(
                node,
                parameters,
                self._body_fields(body),
                answer_of(responses),
                self._types.resolve,
            ),
        )

    def _kind(self, method: str, node: Node) -> Literal["read", "write"]:
        stated = node.child("x-kind")
        if stated is None:
            return "read" if method in _READ_METHODS else "write"
        if stated.value in ("read", "write"):
            return "read" if stated.value == "read" else "write"
        self._diagnostics.error(
            "unknown-kind",
            f"`x-kind` is `read` or `write`, not `{stated.value}`",
            at=stated.pointer,
            help="a read may be sent again after a network failure, a write never",
        )
        return "write"

    def _parameters(
        self, path: str, node: Node, item: Node
    ) -> tuple[ir.Parameter, ...]:
        found: dict[tuple[str, str], ir.Parameter] = {}
        for owner in (item, node):
            own: set[tuple[str, str]] = set()
            for entry in owner.elements("parameters"):
                parameter = self._parameter(entry)
                if parameter is None:
                    continue
                key = (parameter.location, parameter.wire_name)
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
        if location == "header" and name.lower() in _OWN_HEADERS:
            return None
        content = next((c for _, c in node.sorted_entries("content")), None)
        schema = node.child("schema") if content is None else content.child("schema")
        shape = schema.follow() if schema is not None else node
        default = shape.value.get("default") if isinstance(shape.value, dict) else None
        style = node.text("style") or _STYLES[location]
        explode = node.child("explode")
        type_ = self._types.build(schema, node.pointer)
        check_default(shape, type_, self._diagnostics)
        return ir.Parameter(
            pointer=node.pointer,
            wire_name=name,
            location=_location(location),
            type=type_,
            required=node.flag("required") or location == "path",
            description=node.text("description") or shape.text("description"),
            style="json" if content is not None else style,
            explode=explode.value is True if explode else style == "form",
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
                    pointer, name, "path", ir.StringType(pointer), True, style="simple"
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

    def _body(self, node: Node, supplied: frozenset[str]) -> ir.Body | None:
        entry = node.child("requestBody")
        if entry is None:
            return None
        body = entry.follow()
        content = tuple(self._content(body))
        if not content:
            return None
        return ir.Body(
            body.pointer,
            body.flag("required"),
            tuple(self._without_supplied(c, supplied) for c in content),
            body.text("description"),
        )

    def _without_supplied(
        self, content: ir.Content, supplied: frozenset[str]
    ) -> ir.Content:
        """Mark the fields that the signer fills, in the body and in the schema it names."""
        known = self._types.resolve(content.type)
        if not supplied or not isinstance(known, ir.ObjectType):
            return content
        marked = replace(
            known,
            fields=tuple(
                replace(f, supplied=True) if f.wire_name in supplied else f
                for f in known.fields
            ),
        )
        if isinstance(content.type, ir.RefType):
            named = self._types.schemas[content.type.target]
            self._types.schemas[content.type.target] = replace(named, type=marked)
            return content
        return replace(content, type=marked)

    def _responses(self, node: Node) -> Iterator[ir.Response]:
        for status, entry in node.sorted_entries("responses"):
            if status.startswith("x-"):
                continue
            response = entry.follow()
            yield ir.Response(
                response.pointer,
                status.upper() if status != "default" else status,
                response.text("description"),
                tuple(self._content(response)),
            )

    def _content(self, owner: Node) -> Iterator[ir.Content]:
        for media_type, node in owner.sorted_entries("content"):
            yield ir.Content(
                node.pointer,
                media_type.split(";", 1)[0].strip().lower(),
                self._types.build(node.child("schema"), node.pointer),
                tuple(examples_of(node)),
            )

    def _body_fields(self, body: ir.Body | None) -> tuple[ir.Field, ...]:
        known = self._types.resolve(body.content[0].type) if body else None
        return known.fields if isinstance(known, ir.ObjectType) else ()


def answer_of(responses: Sequence[ir.Response]) -> ir.Type | None:
    """Return the type of the first success that has a JSON body, or None."""
    for response in responses:
        if response.status.startswith("2"):
            for content in response.content:
                if encoding_of(content.media_type) is Encoding.JSON:
                    return content.type
    return None


def _group_of(path: str, node: Node) -> str:
    """Return the first tag; without one the first segment of the path that is a word."""
    tag = next((t.value for t in node.elements("tags") if isinstance(t.value, str)), "")
    if tag.strip():
        return tag.strip()
    for segment in path.split("/"):
        if segment and "{" not in segment and not _VERSION.fullmatch(segment):
            return segment
    return "default"


def _location(text: str) -> Literal["path", "query", "header", "cookie"]:
    choices: dict[str, Literal["path", "query", "header", "cookie"]] = {
        "path": "path",
        "query": "query",
        "header": "header",
        "cookie": "cookie",
    }
    return choices[text]
