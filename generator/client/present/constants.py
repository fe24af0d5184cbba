"""What is constant about an operation: the keyword arguments of its `Operation`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ...model import ir
from ...model.media import Encoding, body_content, encoding_of, success_contents
from .. import names
from ..view import RowView
from .annotations import Annotator
from .reasons import reason_members, reason_name


def constant_rows(
    operation: ir.Operation, name: str, returns: str, annotator: Annotator
) -> tuple[RowView, ...]:
    """Return what differs from the defaults of `Operation`, in a fixed order."""
    rows = [
        RowView("name", names.string(name)),
        RowView("method", names.string(operation.method)),
        RowView("path", names.string(operation.path)),
    ]
    if operation.kind == "read":
        rows.append(RowView("kind", '"read"'))
    if operation.security:
        rows.append(RowView("security", _security(operation.security)))
    if operation.servers:
        urls = [names.string(server.url.rstrip("/")) for server in operation.servers]
        rows.append(RowView("servers", names.tuple_of(urls)))
    rows += _body(operation)
    rows.append(RowView("returns", _decoded(returns, annotator)))
    answer = _answer(operation)
    if answer != "json":
        rows.append(RowView("answer", names.string(answer)))
    return (*rows, *_cases(operation, name, annotator))


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
    if content.media_type not in (encoding.default_media_type, "*/*"):
        rows.append(RowView("body_media", names.string(content.media_type)))
    return rows


def _decoded(returns: str, annotator: Annotator) -> str:
    """Return the expression of the type: what a checker reads, the decoder reads too."""
    if returns != "Json":
        return returns
    annotator.imports.add("typing", "Any")
    return "Any"


def _answer(operation: ir.Operation) -> str:
    contents = success_contents(operation.responses)
    if contents is None:
        return "none"
    kinds = {encoding_of(content.media_type) for content in contents}
    if not kinds or Encoding.JSON in kinds:
        return "json"
    return "text" if kinds == {Encoding.TEXT} else "bytes"


def _cases(operation: ir.Operation, name: str, annotator: Annotator) -> list[RowView]:
    if not operation.errors:
        return []
    annotator.imports.add("._operation", "Case")
    enum = reason_name(name)
    members = {m.value: m.name for m in reason_members(operation)}
    cases = [
        f"Case({enum}.{members[names.string(case.name)]}, {case.status},"
        f" {names.string(_compact(case.body))})"
        for case in operation.errors
    ]
    return [RowView("reasons", enum), RowView("cases", names.tuple_of(cases))]


def _compact(body: Any) -> str:
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False)
