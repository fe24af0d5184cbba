"""What `init` proposes to be a read: never a call that takes the key of an order."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.compilation import compile_source
from generator.config import Config
from generator.diagnostics import Diagnostics
from generator.document.source import read_source
from generator.start import propose

ORDER = {"type": "object", "properties": {"unique_id": {"type": "string"}}}
NAMED = {"$ref": "#/components/schemas/Order"}


def reads(name: str, schema: Any, *, path: str = "/a", method: str = "post") -> int:
    """Return how many reads are proposed for a document of one operation."""
    body = {"content": {"application/json": {"schema": schema}}}
    answers = {"204": {"description": "Done."}}
    operation = {"requestBody": body, "responses": answers}
    operation |= {"operationId": name} if name else {}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Bakery", "version": "1"},
        "paths": {path: {method: operation}},
        "components": {"schemas": {"Order": ORDER}},
    }
    diagnostics = Diagnostics()
    source = read_source(json.dumps(document).encode(), "a.json", diagnostics)
    api = compile_source(source, Config(), diagnostics).api
    methods = {each.pointer: "name" for each in api.operations}
    return sum(proposal.kind == "read" for proposal in propose(api, (), methods))


@pytest.mark.parametrize("name", ["getOrders", "list_orders", "searchOrders"])
def test_a_call_that_is_named_like_a_read(name: str) -> None:
    assert reads(name, {"type": "object"}) == 1


def test_a_call_without_a_name_at_a_place_that_is_read() -> None:
    assert reads("", {"type": "object"}, path="/orders/history") == 1


@pytest.mark.parametrize(
    "schema",
    [ORDER, NAMED, ORDER | {"type": ["object", "null"]}, {"allOf": [NAMED]}],
)
def test_a_call_that_takes_a_key_is_no_read(schema: Any) -> None:
    assert reads("getOrders", schema) == 0


def test_neither_is_another_name_or_method() -> None:
    assert reads("createOrder", {"type": "object"}) == 0
    assert reads("getOrders", {"type": "object"}, method="delete") == 0
