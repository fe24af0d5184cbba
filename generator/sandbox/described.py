"""The document as the sandbox serves it: the exchange's, and what the sandbox adds.

The exchange documents neither how it refuses credentials nor what it answers above its
limits. Here those answers stand beside the documented ones.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from ..model import ir
from ..pointers import steps
from .rules import REFUSALS

__all__ = ["described"]

_REFUSAL: dict[str, Any] = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {
        "code": {"type": "integer"},
        "message": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
_WORDS = {
    "400": "Refused: payload, nonce or body, or an example that is not there.",
    "401": "Refused: the credentials.",
    "403": "Refused: the key may not do this.",
    "415": "Refused: a body of another media type.",
    "422": "Refused: the body.",
    "429": "Refused: a nonce that is too low, or too many requests.",
}


def described(document: Mapping[str, object], api: ir.Api) -> dict[str, Any]:
    """Return the document with the sandbox for its server."""
    data: dict[str, Any] = copy.deepcopy(dict(document))
    own = frozenset(signer.name for signer in api.signers if signer.is_own)
    data["servers"] = [{"url": "/", "description": "This sandbox"}]
    for operation in api.operations:
        node = _found(data, operation.pointer)
        if isinstance(node, dict):
            node.pop("servers", None)
            _complete(data, node, operation, own)
    for item in data.get("paths", {}).values():
        if isinstance(item, dict):
            item.pop("servers", None)
    return data


def _complete(
    data: dict[str, Any],
    node: dict[str, Any],
    operation: ir.Operation,
    own: frozenset[str],
) -> None:
    declared: dict[str, Any] = {
        str(status): response for status, response in node["responses"].items()
    }
    for status in _added(operation, own):
        stated = declared.get(status)
        if isinstance(stated, dict) and "$ref" in stated:
            stated = _found(data, stated["$ref"])
        completed = copy.deepcopy(stated) if isinstance(stated, dict) else {}
        completed.setdefault("description", _WORDS[status])
        if status == "429":
            seconds = {"description": "Seconds to wait.", "schema": {"type": "string"}}
            completed.setdefault("headers", {})["Retry-After"] = seconds
        content = completed.setdefault("content", {})
        known = content.setdefault("application/json", {})
        schema = known.get("schema")
        known["schema"] = {"anyOf": [schema, _REFUSAL]} if schema else _REFUSAL
        declared[status] = completed
    node["responses"] = declared


def _added(operation: ir.Operation, own: frozenset[str]) -> list[str]:
    """Return the statuses of what an operation is refused with beside the documented."""
    statuses = {"400", "429"}
    declared = {response.status for response in operation.responses}
    if "422" in declared and "400" not in declared:
        statuses.add("422")
    if operation.body is not None:
        statuses.add("415")
    for requirement in operation.security:
        if requirement.signer and requirement.signer not in own:
            statuses |= {str(refusal.status) for refusal in REFUSALS.values()}
        elif requirement.schemes:
            statuses.add("401")
    return sorted(statuses)


def _found(data: Any, pointer: str) -> Any:
    for name in steps(pointer):
        if isinstance(data, list):
            data = data[int(name)]
        elif isinstance(data, dict):
            data = next((v for k, v in data.items() if str(k) == name), None)
    return data
