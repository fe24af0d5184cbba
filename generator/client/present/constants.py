"""What is constant about an operation: the keyword arguments of its `Operation`."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import ir
from ...model.media import (
    answer_kind,
    body_content,
    encoding_of,
    is_empty_unsaid,
    is_range,
)
from .. import names
from ..view import RowView
from .annotations import Annotator
from .look_ups import LookUp
from .reasons import reason_rows
from .styles import USUAL, part_style, style_of


def constant_rows(
    operation: ir.Operation,
    name: str,
    returns: str,
    look_up: LookUp | None,
    reasons: str,
    annotator: Annotator,
) -> tuple[RowView, ...]:
    """Return what differs from the defaults of `Operation`, in a fixed order.

    `reasons` is what its enum of reasons is called.
    """
    rows = [
        RowView("name", names.string(name)),
        RowView("method", names.string(operation.method)),
        RowView("path", names.string(_prefix(operation) + sent_path(operation))),
    ]
    if operation.kind == "read":
        rows.append(RowView("kind", '"read"'))
    if operation.security:
        rows.append(RowView("security", _security(operation.security)))
    urls = [
        names.string(s.url.rstrip("/")) for s in operation.servers if "://" in s.url
    ]
    if urls:
        rows.append(RowView("servers", names.tuple_of(urls)))
    rows += _styles(operation)
    rows += _body(operation)
    rows.append(RowView("returns", returns))
    answer = answer_kind(operation)
    if answer != "json":
        rows.append(RowView("answer", names.string(answer)))
    elif is_empty_unsaid(operation):
        rows.append(RowView("may_be_empty", "True"))
    if operation.rate_limit is not None:
        limit = operation.rate_limit
        rows.append(RowView("rate_limit", f"({limit.calls}, {limit.seconds})"))
    if look_up is not None:
        found = names.tuple_of([names.string(each) for each in look_up])
        rows.append(RowView("reconcile", found))
    return (*rows, *reason_rows(operation, reasons, annotator.imports))


def sent_path(operation: ir.Operation) -> str:
    """Return the path without a fragment: it tells operations apart, and never travels."""
    return operation.path.partition("#")[0]


def _prefix(operation: ir.Operation) -> str:
    """Return what a server of its own that is relative puts before the path."""
    if not operation.servers or "://" in operation.servers[0].url:
        return ""
    url = operation.servers[0].url.strip("/")
    return f"/{url}" if url else ""


def _styles(operation: ir.Operation) -> list[RowView]:
    """Return how values are written where it is not the usual way of their place."""
    found: list[tuple[str, str, str]] = [
        (p.location, p.wire_name, style)
        for p in operation.parameters
        if (style := style_of(p)) != USUAL[p.location]
    ]
    content = body_content(operation.body)
    if content is not None:
        found += [
            ("body", part.wire_name, style)
            for part in content.parts
            if (style := part_style(part, encoding_of(content.media_type)))
        ]
    rows = [names.tuple_of([names.string(word) for word in one]) for one in found]
    return [RowView("styles", names.tuple_of(rows))] if rows else []


def _security(requirements: Sequence[ir.Requirement]) -> str:
    """Return alternatives as nested tuples: any of them, all of the schemes in one."""
    alternatives: list[str] = []
    for requirement in requirements:
        schemes = [requirement.signer] if requirement.signer else requirement.schemes
        alternatives.append(names.tuple_of([names.string(s) for s in schemes]))
    return names.tuple_of(alternatives)


def _body(operation: ir.Operation) -> list[RowView]:
    content = body_content(operation.body)
    if content is None:
        return []
    encoding = encoding_of(content.media_type)
    rows = [RowView("body", names.string(encoding.value))]
    media_type = content.media_type
    if media_type != encoding.default_media_type and not is_range(media_type):
        rows.append(RowView("body_media", names.string(media_type)))
    return rows
