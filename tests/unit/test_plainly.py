"""What is passed without asking openapi-pydantic is what it passes: no more than that."""

from __future__ import annotations

import enum
import subprocess
import sys
import types
from collections.abc import Iterator
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from annotated_types import Ge, Gt, MinLen
from openapi_pydantic.v3.v3_0 import OpenAPI as OpenApi30
from openapi_pydantic.v3.v3_1 import OpenAPI as OpenApi31
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from generator.document.legal_shapes import SHAPES_30, SHAPES_31, WORDS
from generator.document.plainly import checks, is_plainly_legal
from tests.support.command import ROOT

Model = type[BaseModel]
VERSIONS = pytest.mark.parametrize("is_31", [False, True], ids=["3.0", "3.1"])
KINDS = {
    "OpenAPI": "document",
    "OAuthFlows": "oauth flows",
    "OAuthFlow": "oauth flow",
    "ExternalDocumentation": "external documentation",
    "XML": "xml",
}
ODD: tuple[object, ...] = (
    *(None, True, False, 0, 1, -1, 3, 2**53, 2**64, 10**400, -(2**70)),
    *(0.0, 1.5, -1.5, 1.0, float("inf"), float("-inf"), float("nan")),
    *("", "a", "1", "true", "string", "null", "query", "3.0.3", "3.1.0", "\ud800", "ü"),
    *([], [None], ["a"], [1], ["a", "\udfff"], [["a"]], [{}], [True]),
    *({}, {"$ref": "#/a"}, {"$ref": 1}, {"$ref": None}, {"a": "b"}, {"a": ["b"]}),
    *({"a": {}}, {"\ud800": "a"}, {"\ud800": {"$ref": "#/a"}}, {"x-a": 1}),
    *({"type": "string"}, {"type": "nothing"}, {"ref": "a"}, {"a": {"$ref": "#/a"}}),
    *([{"$ref": "#/a"}], [{"name": "a", "in": "query"}], [{"type": "string"}]),
    {"a": {"responses": {}}},
    {"a": {"/b": {"get": {"responses": {}}}}},
    {"$ref": "#/a", "summary": 1},
    {"description": "a", "content": {"a": {"schema": {"items": {"type": 1}}}}},
)


def _models(is_31: bool) -> dict[str, Model]:
    """Return the models of the library by our name for what they describe."""
    found: dict[str, Model] = {}
    todo: list[Any] = [OpenApi31 if is_31 else OpenApi30]
    while todo:
        each = todo.pop()
        if not (isinstance(each, type) and issubclass(each, BaseModel)):
            todo += get_args(each)
        elif _kind(each) not in found:
            found[_kind(each)] = each
            todo += [field.annotation for field in each.model_fields.values()]
    return found


def _kind(model: Model) -> str:
    name = model.__name__
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return KINDS.get(name, words)


def _of_library(annotation: Any, metadata: list[Any], is_31: bool) -> object:
    """Return an annotation as a tree: alternatives are a set."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation is type(None):
        return None
    if origin in (Union, types.UnionType):
        return frozenset(_of_library(each, metadata, is_31) for each in inner)
    if origin is Literal:
        assert set(inner) == WORDS["version 3.1" if is_31 else "version 3.0"]
        return "version"
    if origin is list:
        if metadata:
            assert metadata == [MinLen(1)]
            return {str: "names", Any: "values"}[inner[0]]
        return ("list", _of_library(inner[0], [], is_31))
    if origin is dict:
        assert inner[0] is str
        return ("map", _of_library(inner[1], [], is_31))
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        names = {"ParameterLocation": "location", "DataType": "type 3."}
        name = names[annotation.__name__]
        name += str(int(is_31)) if name == "type 3." else ""
        assert {member.value for member in annotation} == WORDS[name]
        return name
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _kind(annotation)
    if metadata:
        assert metadata == [{int: Ge(0), float: Gt(0)}[annotation]]
        return {int: "count", float: "positive"}[annotation]
    words: dict[object, str] = {
        str: "text",
        bool: "flag",
        float: "number",
        Any: "anything",
    }
    return words[annotation]


def _of_table(spec: str) -> object:
    """Return a value of the tables in the same way."""
    if spec.endswith("?"):
        given = _of_table(spec[:-1])
        parts = given if isinstance(given, frozenset) else frozenset({given})
        return parts | {None}
    if spec[0] in "[{":
        return ("list" if spec[0] == "[" else "map", _of_table(spec[1:-1]))
    if " or " in spec:
        one, other = map(_of_table, spec.split(" or ", 1))
        rest = other if isinstance(other, frozenset) else frozenset({other})
        return rest | {one}
    return spec


def _wanted(field: FieldInfo, is_31: bool) -> object:
    found = _of_library(field.annotation, field.metadata, is_31)
    # Whatever it is, it may be empty.
    return "anything" if found == frozenset({"anything", None}) else found


@VERSIONS
def test_the_tables_are_those_of_the_library(is_31: bool) -> None:
    shapes, models = (SHAPES_31 if is_31 else SHAPES_30), _models(is_31)
    assert shapes.keys() == models.keys()
    for kind, model in models.items():
        fields = {field.alias or n: field for n, field in model.model_fields.items()}
        ours = {key.removesuffix("!"): spec for key, spec in shapes[kind].items()}
        assert ours.keys() == fields.keys(), kind
        for key, spec in ours.items():
            assert _of_table(spec) == _wanted(fields[key], is_31), (kind, key)
            assert (f"{key}!" in shapes[kind]) == fields[key].is_required(), (kind, key)
        assert model.model_config.get("extra") == "allow"


@VERSIONS
def test_what_is_passed_the_library_passes(is_31: bool) -> None:
    """Every key of every kind with every odd value; also without a key, and with others."""
    passed = refused = 0
    for kind, model in _models(is_31).items():
        check = checks(is_31)[kind]
        for data in _variants((SHAPES_31 if is_31 else SHAPES_30)[kind], model):
            if not check(data, 0):
                refused += 1
                continue
            passed += 1
            try:
                model.model_validate(data)
            except ValidationError as error:
                pytest.fail(f"{kind} {data!r}: {error}")
    assert passed > 500
    assert refused > 2_000


def _variants(fields: dict[str, str], model: Model) -> Iterator[dict[str, object]]:
    plain: dict[str, object] = {
        key[:-1]: _plain(key, spec) for key, spec in fields.items() if key[-1] == "!"
    }
    yield plain
    for key in plain:
        yield {name: value for name, value in plain.items() if name != key}
    keys = [key.removesuffix("!") for key in fields]
    for key in (*keys, *model.model_fields, "x-a", "other", "\ud800", "ü", "$ref"):
        for value in ODD:
            yield {**plain, key: value}


def _plain(key: str, spec: str) -> object:
    if spec == "text":
        return "a"
    return {"info": {"title": "a", "version": "1"}, "location": "query"}.get(spec, {})


@VERSIONS
def test_a_key_that_the_library_knows_by_two_names_is_not_passed(is_31: bool) -> None:
    for kind, model in _models(is_31).items():
        for name, field in model.model_fields.items():
            if field.alias not in (None, name):
                assert not checks(is_31)[kind]({name: None}, 0), (kind, name)


@pytest.mark.parametrize(("levels", "expected"), [(20, True), (300, False)])
def test_deep_documents_are_left_to_the_library(levels: int, expected: bool) -> None:
    schema: dict[str, object] = {"type": "object"}
    for _ in range(levels):
        schema = {"properties": {"a": schema}}
    info = {"title": "a", "version": "1"}
    data = {"openapi": "3.0.3", "info": info, "paths": {}}
    whole = {**data, "components": {"schemas": {"A": schema}}}
    assert is_plainly_legal(whole, is_31=False) is expected


def test_a_whole_document_is_passed_without_the_library() -> None:
    program = (
        "import sys; from generator.__main__ import main; sys.argv[1:] ="
        " ['dump', '--quiet', '--spec', 'spec/main_api_v4.yaml'];\n"
        "try: main()\nexcept SystemExit as end: assert not end.code\n"
        "assert 'openapi_pydantic' not in sys.modules\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout
