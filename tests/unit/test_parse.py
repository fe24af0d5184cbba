"""The shape of a document: what is an error, what a warning, and what is nothing."""

from __future__ import annotations

from typing import Any

import pytest

from generator.diagnostics import Diagnostic, Diagnostics
from generator.document.node import Document
from generator.document.parse import check_shape
from generator.document.source import Source

from .support import Json, document_of

OK: Json = {"200": {"description": "ok"}}


def _check(data: object) -> list[Diagnostic]:
    found = Diagnostics()
    check_shape(document_of(data), found)
    return list(found)


def _api(version: str = "3.0.3", /, **more: Any) -> Json:
    info = {"title": "x", "version": "1"}
    return {"openapi": version, "info": info, "paths": {}, **more}


def _operation(**more: Any) -> Json:
    return _api(paths={"/a": {"get": {"responses": OK, **more}}})


def _schema(schema: object, version: str = "3.0.3") -> Json:
    return _api(version, components={"schemas": {"A": schema}})


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ([], "#"),
        (None, "#"),
        ("text", "#"),
        ({}, "#"),
        ({"swagger": "2.0"}, "#/swagger"),
        ({"openapi": "4.0.0"}, "#/openapi"),
        ({"openapi": "3.2.0"}, "#/openapi"),
        ({"openapi": "2.0"}, "#/openapi"),
        ({"openapi": {"major": 3}}, "#/openapi"),
        ({"openapi": None}, "#/openapi"),
    ],
)
def test_what_is_no_openapi(data: object, pointer: str) -> None:
    (found,) = _check(data)
    assert (found.id, found.severity) == ("not-openapi", "error")
    assert found.pointer == pointer
    assert found.help


@pytest.mark.parametrize("version", ["3.0.0", "3.0.9", "3.1.0", "3.1", 3.1, 3.0])
def test_versions_that_are_read(version: object) -> None:
    assert not _check({**_api(), "openapi": version})


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        (_api(paths=[]), "#/paths"),
        (_api(paths={"/a": "x"}), "#/paths/~1a"),
        (_api(paths={"/a": {"get": "x"}}), "#/paths/~1a/get"),
        (_api(paths={"/a": {"get": None}}), "#/paths/~1a/get"),
        (_api(paths={"/a": {"parameters": {}}}), "#/paths/~1a/parameters"),
        (_operation(parameters={}), "#/paths/~1a/get/parameters"),
        (_operation(parameters=[None]), "#/paths/~1a/get/parameters/0"),
        (_operation(requestBody=[]), "#/paths/~1a/get/requestBody"),
        (
            _operation(requestBody={"content": 5}),
            "#/paths/~1a/get/requestBody/content",
        ),
        (_operation(responses=[]), "#/paths/~1a/get/responses"),
        (_operation(responses={"200": "x"}), "#/paths/~1a/get/responses/200"),
        (_api(components="none"), "#/components"),
        (_api(components={"schemas": []}), "#/components/schemas"),
        (_api(components={"parameters": {"P": 1}}), "#/components/parameters/P"),
        (_api("3.1.0", webhooks=[]), "#/webhooks"),
    ],
)
def test_wrong_containers_are_errors(data: Json, pointer: str) -> None:
    (found,) = _check(data)
    assert (found.id, found.severity) == ("wrong-shape", "error")
    assert found.pointer == pointer


@pytest.mark.parametrize("key", ["GET", "Post", "gett", "fetch"])
def test_an_operation_is_never_lost_in_a_misspelt_method(key: str) -> None:
    (found,) = _check(_api(paths={"/a": {key: {"responses": OK}}}))
    assert (found.id, found.severity) == ("unknown-method", "error")
    assert found.pointer == f"#/paths/~1a/{key}"


@pytest.mark.parametrize(
    ("data", "pointer", "message"),
    [
        (
            _operation(responses={"200": {}}),
            "#/paths/~1a/get/responses/200",
            "`200` has no `description`",
        ),
        (
            _api(paths={"/a": {"get": {}}}),
            "#/paths/~1a/get",
            "`get` has no `responses`",
        ),
        (
            _operation(summary=12),
            "#/paths/~1a/get/summary",
            "`summary` must be a text, and is a number",
        ),
        (
            _operation(tags=["a", 5]),
            "#/paths/~1a/get/tags/1",
            "item 2 of `tags` must be a text, and is a number",
        ),
        (
            _operation(parameters=[{"name": "a", "in": "body"}]),
            "#/paths/~1a/get/parameters/0/in",
            "`in` can't be `body`: it is one of `query`, `header`, `path`, `cookie`",
        ),
        (
            _schema({"properties": {"a": {"required": True}}}),
            "#/components/schemas/A/properties/a/required",
            "`required` must be a list, and is true",
        ),
        (
            _schema({"discriminator": "kind"}),
            "#/components/schemas/A/discriminator",
            "`discriminator` must be a mapping, and is a text",
        ),
        (
            _schema({"enum": []}),
            "#/components/schemas/A/enum",
            "`enum` may not be empty",
        ),
        (
            _schema({"multipleOf": 0}),
            "#/components/schemas/A/multipleOf",
            "`multipleOf` must be greater than 0",
        ),
        (
            _api(servers=None),
            "#/servers",
            "`servers` has no value: a list belongs here",
        ),
        (
            _schema({"type": ["string", "null"]}),
            "#/components/schemas/A/type",
            "this `type` is one of OpenAPI 3.1, and the document says 3.0",
        ),
        ({"openapi": "3.1.0", "paths": {}}, "#", "the document has no `info`"),
    ],
)
def test_the_rest_is_one_warning_each(data: Json, pointer: str, message: str) -> None:
    (found,) = _check(data)
    assert (found.id, found.severity) == ("invalid-openapi", "warning")
    assert (found.pointer, found.message) == (pointer, message)


def test_an_unknown_type_is_untyped() -> None:
    (found,) = _check(_schema({"properties": {"p": {"type": "strin"}}}))
    assert (found.id, found.severity) == ("unknown-type", "warning")
    assert found.pointer == "#/components/schemas/A/properties/p/type"
    assert found.help == "did you mean `string`?"
    (found,) = _check(_schema({"type": "int"}, "3.1.0"))
    assert found.help == "did you mean `integer`?"
    (found,) = _check(_schema({"type": ["string", "city"]}, "3.1.0"))
    assert found.id == "unknown-type"
    assert found.pointer == "#/components/schemas/A/type/1"


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_misspelt_key_is_said_once(version: str) -> None:
    (found,) = _check(_api(version, paths={"/a": {"get": {"Respones": OK}}}))
    assert (found.id, found.severity) == ("invalid-openapi", "warning")
    assert found.pointer == "#/paths/~1a/get/Respones"
    assert found.help == "did you mean `responses`?"


def test_a_key_like_one_that_is_there_is_not_proposed() -> None:
    swagger = {"name": "a", "in": "query", "schema": {}, "type": "string"}
    assert not _check(_operation(parameters=[swagger], response={}))


@pytest.mark.parametrize("code", ["99", "600", "ok", "20X", "", "4xx"])
def test_odd_response_keys(code: str) -> None:
    (found,) = _check(_operation(responses={code: {"description": ""}}))
    assert (found.id, found.severity) == ("odd-response-key", "warning")


@pytest.mark.parametrize(
    "data",
    [
        _operation(
            responses={"200": OK["200"], "4XX": OK["200"], "default": OK["200"]}
        ),
        _api(paths={"x-note": "text", "/a": {"x-b": 1, "get": {"responses": OK}}}),
        _operation(responses={**OK, "x-note": "text"}),
        _operation(callbacks={"c": {"$ref": "#/components/callbacks/c"}}),
        _schema({"maximum": 10**400}),
        _schema({"required": []}),
        _schema({"properties": {"$ref": {"type": "string"}, "Schema": {}}}),
        _schema({"type": "file", "x-type": 1} | {"type": "string"}),
        _schema({"items": False, "properties": {"a": True}}, "3.1.0"),
        _api("3.1.0", components={"schemas": {"A": True}}),
    ],
)
def test_what_the_library_objects_to_without_reason(data: Json) -> None:
    assert not _check(data)


def test_nothing_is_said_twice() -> None:
    deep: Json = {"type": "strin"}
    for _ in range(20):
        deep = {"type": "object", "properties": {"a": deep}}
    data = _operation(
        responses={
            "200": {"description": "", "content": {"a/b": {"schema": deep}}},
        }
    )
    assert [each.id for each in _check(data)] == ["unknown-type"]


def test_any_depth_ends_in_findings() -> None:
    deep: Json = {"type": "strin"}
    for _ in range(5000):
        deep = {"items": deep}
    document = Document(Source("a.yaml", "a: 1", _schema(deep)))
    check_shape(document, Diagnostics())
