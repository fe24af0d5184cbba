"""Paths to operations: parameters, body, responses, servers, group and kind of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from ..diagnostics import Diagnostics, quoted
from ..document.node import Node
from ..document.pages import NOTES
from . import ir
from .composition import without_null
from .errors import described_outcomes, error_cases
from .examples import examples_of
from .extensions import misread
from .limits import rate_limit_of
from .look_ups import reconcile_of
from .media import Encoding, encoding_of, read_media_type
from .pagination import pagination_of
from .parameters import ParameterBuilder
from .parts import parts_of, with_fields
from .path_items import items_of, methods_of
from .path_templates import path_of
from .security import SecurityBuilder, credential_places, supplied_fields
from .servers import servers_of
from .types import TypeBuilder

_READ_METHODS = ("get", "head", "options", "trace")
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
        self._parameters = ParameterBuilder(types, diagnostics)
        self._security = security
        self._signers = signers
        self._diagnostics = diagnostics

    def build_all(self, root: Node) -> tuple[ir.Operation, ...]:
        """Return every operation of `paths`, in the document's order."""
        found: list[ir.Operation] = []
        for path, entry in root.entries("paths"):
            if path.startswith("x-"):
                continue
            items = items_of(entry)
            sent = path_of(path, entry, self._diagnostics)
            for method, node in methods_of(entry):
                # Two paths may share one item: the pointer is that of the path.
                pointer = f"{entry.pointer}/{method}"
                found.append(self._operation(sent, method, pointer, node, items))
        return tuple(found)

    def _operation(
        self,
        path: str,
        method: str,
        pointer: str,
        node: Node,
        items: Sequence[Node],
    ) -> ir.Operation:
        owners = (node, *items)
        requirements = self._security.build(node)
        keys = credential_places(requirements, self._security.schemes)
        parameters = self._parameters.build(path, node, items, keys)
        body = self._body(node, supplied_fields(requirements, self._signers))
        responses = tuple(self._responses(node))
        description, notes = node.text("description"), node.text(NOTES)
        stated = node.child(NOTES)
        if stated is not None and not isinstance(stated.value, str):
            misread(stated, "a text", "Text for the docstring.", self._diagnostics)
        if notes:
            description = f"{description.rstrip()}\n\n{notes}".strip()
        return ir.Operation(
            pointer=pointer,
            operation_id=node.text("operationId").strip(),
            method=method.upper(),
            path=path,
            group=_group_of(path, node),
            kind=self._kind(method, node),
            summary=next((o.text("summary") for o in owners if o.text("summary")), ""),
            description=description,
            deprecated=node.flag("deprecated"),
            parameters=parameters,
            body=body,
            responses=responses,
            errors=error_cases(node, responses, self._diagnostics),
            outcomes=described_outcomes(responses),
            security=requirements,
            servers=next((s for s in map(self._servers, owners) if s), ()),
            rate_limit=rate_limit_of(description, node.pointer),
            reconcile=reconcile_of(node, self._diagnostics),
            pagination=pagination_of(
                node,
                parameters,
                self._body_fields(body),
                answer_of(responses),
                self._types.resolve,
                self._diagnostics,
            ),
        )

    def _servers(self, node: Node) -> tuple[ir.Server, ...]:
        return servers_of(node, self._diagnostics)

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
            tuple(self._without_supplied(self._named(c), supplied) for c in content),
            body.text("description"),
        )

    def _named(self, content: ir.Content) -> ir.Content:
        known = without_null(content.type, self._types.resolve)
        return with_fields(content, known, self._diagnostics)

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
        for stated, node in owner.sorted_entries("content"):
            type_ = self._types.build(node.child("schema"), node.pointer)
            yield ir.Content(
                node.pointer,
                self._media_type(stated, node, type_),
                type_,
                tuple(examples_of(node)),
                tuple(parts_of(node, self._diagnostics)),
            )

    def _media_type(self, stated: str, node: Node, type_: ir.Type) -> str:
        """Return a media type without parameters; a file of any kind is bytes."""
        media_type = read_media_type(stated)
        if media_type != stated.partition(";")[0].strip().lower():
            self._diagnostics.warning(
                "odd-media-type",
                f"{quoted(stated)} is no media type: read as `{media_type}`",
                at=node.pointer,
                help="write a type, a slash and a subtype: `image/png`",
            )
        known = without_null(type_, self._types.resolve)
        is_file = isinstance(known, ir.StringType) and known.format == "binary"
        is_any = media_type == "*/*"
        return Encoding.BYTES.default_media_type if is_file and is_any else media_type

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
