"""Where an element stands, in the words of somebody who reads the API's pages."""

from __future__ import annotations

from .node import Document

_LABELS = {
    "parameters": "parameter",
    "headers": "header",
    "schemas": "schema",
    "responses": "response",
    "requestBodies": "request body",
    "examples": "example",
    "links": "link",
    "callbacks": "callback",
    "securitySchemes": "security scheme",
    "pathItems": "path item",
}


def describe_place(document: Document, tokens: tuple[str, ...]) -> str:
    """Say "in the 200 answer of getPlans" or "in the schema Plan"; "" if unknown."""
    if len(tokens) > 2 and tokens[0] == "components":
        what = _LABELS.get(tokens[1])
        return f"in the {what} {tokens[2]}" if what else ""
    if len(tokens) < 3 or tokens[0] not in ("paths", "webhooks"):
        return ""
    operation = document.root.at(*tokens[:3])
    if operation is None or not isinstance(operation.value, dict):
        return ""
    name = operation.text("operationId") or f"{tokens[2].upper()} {tokens[1]}"
    rest = tokens[3:]
    if len(rest) > 1 and rest[0] == "responses":
        return f"in the {rest[1] or 'nameless'} answer of {name}"
    if len(rest) > 1 and rest[0] == "requestBody":
        return f"in the request body of {name}"
    if len(rest) > 1 and rest[0] == "parameters":
        return f"in a parameter of {name}"
    return f"in {name}"
