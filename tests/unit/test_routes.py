"""A request line to its operation: the path that says most wins."""

from __future__ import annotations

import pytest

from generator.compilation import compile_source
from generator.config import Config
from generator.diagnostics import Diagnostics
from generator.document.source import read_source
from generator.sandbox.routes import Routes

SPEC = b"""\
openapi: 3.0.3
info: {title: Bakery, version: '1'}
servers: [{url: https://bakery.example/v1}]
paths:
  /{kind}/{id}: {get: {operationId: one, responses: {'204': {description: One.}}}}
  /{kind}/list: {get: {operationId: list, responses: {'204': {description: All.}}}}
  /breads/{id}: {get: {operationId: bread, responses: {'204': {description: One.}}}}
  /breads/new: {post: {operationId: bake, responses: {'204': {description: Baked.}}}}
  /breads/{id}/eat: {post: {operationId: eat, responses: {'204': {description: Gone.}}}}
"""


@pytest.fixture(scope="module")
def routes() -> Routes:
    diagnostics = Diagnostics()
    source = read_source(SPEC, "spec.yaml", diagnostics)
    return Routes(compile_source(source, Config(), diagnostics).api)


@pytest.mark.parametrize(
    ("method", "path", "operation", "values"),
    [
        ("GET", "/cakes/7", "one", {"kind": "cakes", "id": "7"}),
        ("GET", "/cakes/list", "list", {"kind": "cakes"}),
        ("GET", "/breads/7", "bread", {"id": "7"}),
        ("GET", "/breads/a%2Fb", "bread", {"id": "a/b"}),
        ("GET", "/breads/list", "bread", {"id": "list"}),
        ("POST", "/breads/new", "bake", {}),
        ("POST", "/breads/7/eat", "eat", {"id": "7"}),
        ("POST", "/v1/breads/7/eat", "eat", {"id": "7"}),
    ],
)
def test_the_operation(
    routes: Routes, method: str, path: str, operation: str, values: dict[str, str]
) -> None:
    found = routes.match(method, path)
    assert found.operation is not None
    assert (found.operation.operation_id, found.values) == (operation, values)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", "/breads/new", ("POST",)), ("PUT", "/a/b", ("GET",)), ("GET", "/a", ())],
)
def test_no_operation(
    routes: Routes, method: str, path: str, allowed: tuple[str, ...]
) -> None:
    found = routes.match(method, path)
    assert (found.operation, found.allowed) == (None, allowed)
