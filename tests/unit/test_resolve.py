"""References: followed where they lead somewhere, reported where they don't."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic, Diagnostics
from generator.document.node import Document, Node
from generator.document.resolve import resolve_refs
from generator.document.source import Source, load

Json = dict[str, Any]


def _document(data: Json) -> Document:
    return Document(Source("a.json", json.dumps(data), data, is_json=True))


def _resolve(document: Document, *, lenient: bool = False) -> list[Diagnostic]:
    found = Diagnostics()
    resolve_refs(document, found, lenient=lenient)
    return list(found)


def _schemas(**schemas: object) -> Json:
    return {"components": {"schemas": schemas}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _node(document: Document, *keys: str | int) -> Node:
    node = document.root.at(*keys)
    assert node is not None
    return node


def test_follow_goes_to_the_end_of_a_chain() -> None:
    document = _document(_schemas(A=_ref("B"), B=_ref("C"), C={"type": "string"}))
    assert not _resolve(document)
    end = _node(document, "components", "schemas", "A").follow()
    assert end.pointer == "#/components/schemas/C"
    assert end.text("type") == "string"


def test_1500_references_in_a_row() -> None:
    chain: Json = {f"S{i}": _ref(f"S{i - 1}") for i in range(1, 1500)}
    document = _document(_schemas(S0={"type": "string"}, **chain))
    assert not _resolve(document)
    end = _node(document, "components", "schemas", "S1499").follow()
    assert end.pointer == "#/components/schemas/S0"


def test_escapes_in_pointers() -> None:
    data: Json = {
        "paths": {"/a/{id}~": {"get": {"responses": {}}}},
        "components": {"pathItems": {"p": {"$ref": "#/paths/~1a~1%7Bid%7D~0"}}},
    }
    document = _document(data)
    assert not _resolve(document)
    end = _node(document, "components", "pathItems", "p").follow()
    assert end.pointer == "#/paths/~1a~1{id}~0"


def test_a_pointer_may_pass_through_a_reference() -> None:
    data = _schemas(
        A=_ref("B"),
        B={"properties": {"x": {"type": "integer"}}},
        C=_ref("A/properties/x"),
    )
    document = _document(data)
    assert not _resolve(document)
    end = _node(document, "components", "schemas", "C").follow()
    assert end.pointer == "#/components/schemas/B/properties/x"


def test_a_dangling_reference_offers_the_nearest_name() -> None:
    data = _schemas(FlexPlan={})
    data["paths"] = {
        "/a": {
            "post": {
                "operationId": "getFlexPlans",
                "responses": {
                    "200": {
                        "content": {"application/json": {"schema": _ref("FlexPlam")}}
                    }
                },
            }
        }
    }
    (found,) = _resolve(_document(data))
    assert found.id == "dangling-reference"
    assert found.severity == "error"
    assert found.message == "nothing is at `#/components/schemas/FlexPlam`"
    assert found.label == "in the 200 answer of getFlexPlans"
    assert found.help == (
        "did you mean `#/components/schemas/FlexPlan`?"
        " or make it untyped with --lenient"
    )
    assert found.pointer.endswith("/application~1json/schema/$ref")


def test_with_lenient_a_dangling_reference_is_untyped() -> None:
    document = _document(_schemas(A=_ref("Nope")))
    (found,) = _resolve(document, lenient=True)
    assert found.severity == "warning"
    assert "lenient" not in found.help
    node = _node(document, "components", "schemas", "A").follow()
    assert node.value == {}
    assert node.pointer == "#/components/schemas/A"


def test_a_circle_is_reported_once_and_ends_following() -> None:
    document = _document(_schemas(X=_ref("B"), B=_ref("C"), C=_ref("B")))
    (found,) = _resolve(document)
    assert found.id == "reference-loop"
    assert found.pointer == "#/components/schemas/B/$ref"
    assert "`#/components/schemas/B` -> `#/components/schemas/C`" in found.message
    assert _node(document, "components", "schemas", "X").follow().value == {}


def test_a_reference_to_itself() -> None:
    (found,) = _resolve(_document(_schemas(A=_ref("A"))))
    assert found.message == "this reference leads to itself"


def test_recursion_through_properties_is_legal() -> None:
    tree = {"properties": {"children": {"type": "array", "items": _ref("Tree")}}}
    assert not _resolve(_document(_schemas(Tree=tree)))


@pytest.mark.parametrize(
    ("reference", "id"),
    [
        ("https://example.com/a.json", "remote-reference"),
        ("//example.com/a.json", "remote-reference"),
        ("file:///etc/passwd", "outside-reference"),
        ("/etc/passwd", "outside-reference"),
        ("../a.yaml#/b", "outside-reference"),
        ("..\\a.yaml", "outside-reference"),
        ("C:\\a.yaml", "outside-reference"),
        ("%2e%2e/a.yaml", "outside-reference"),
        ("b.yaml", "outside-reference"),
    ],
)
def test_what_is_never_opened(reference: str, id: str) -> None:
    (found,) = _resolve(_document(_schemas(A={"$ref": reference})))
    assert found.id == id


def test_a_parameter_must_be_a_parameter() -> None:
    data = _schemas(A={"type": "string"})
    data["paths"] = {
        "/a": {
            "parameters": [_ref("A")],
            "get": {"responses": {"200": _ref("A")}, "parameters": [{"$ref": "#"}]},
        }
    }
    found = _resolve(_document(data))
    assert {each.id for each in found} == {"wrong-reference"}
    assert {each.pointer for each in found} == {
        "#/paths/~1a/parameters/0/$ref",
        "#/paths/~1a/get/parameters/0/$ref",
        "#/paths/~1a/get/responses/200/$ref",
    }


def test_a_parameter_for_a_schema_is_only_a_warning() -> None:
    data = _schemas(A={"$ref": "#/components/parameters/P"})
    data["components"]["parameters"] = {"P": {"name": "p", "in": "query"}}
    (found,) = _resolve(_document(data))
    assert (found.id, found.severity) == ("wrong-reference", "warning")


def test_values_are_no_references_and_names_are_no_keywords() -> None:
    nope = {"$ref": "#/nope"}
    schema = {
        "default": nope,
        "example": nope,
        "examples": [nope],
        "enum": [nope],
        "const": nope,
        "x-extra": nope,
        "properties": {
            "$ref": {"type": "string"},
            "default": dict(nope),
            "example": dict(nope),
            "x-y": dict(nope),
        },
    }
    found = _resolve(_document(_schemas(A=schema)))
    assert [each.pointer for each in found] == [
        f"#/components/schemas/A/properties/{name}/$ref"
        for name in ("default", "example", "x-y")
    ]


def test_anchors_and_ids() -> None:
    data = _schemas(
        A={"$anchor": "here", "type": "string"},
        B={"$ref": "#here"},
        C={"$id": "https://example.com/c", "type": "number"},
        D={"$ref": "https://example.com/c"},
    )
    document = _document(data)
    assert not _resolve(document)
    schemas = _node(document, "components", "schemas")
    assert _node(document, "components", "schemas", "B").follow().pointer.endswith("/A")
    assert [each.follow().text("type") for _, each in schemas.entries()] == [
        "string",
        "string",
        "number",
        "number",
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "spec"
    (inner / "models").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("Secret: {type: string}\n")
    (inner / "models" / "pet.yaml").write_text(
        "Pet:\n"
        "  properties:\n"
        "    tag: {$ref: '#/Tag'}\n"
        "    owner: {$ref: 'owner.yaml'}\n"
        "    back: {$ref: '../api.yaml#/components/schemas/Own'}\n"
        "    gone: {$ref: '#/Gone'}\n"
        "Tag: {type: string}\n"
    )
    (inner / "models" / "owner.yaml").write_text("{type: object}\n")
    (inner / "models" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    return inner


def _load(folder: Path, schema: str) -> Document:
    (folder / "api.yaml").write_text(
        f"components:\n  schemas:\n    Own: {{type: number}}\n    A: {schema}\n"
    )
    source = load(folder / "api.yaml", Diagnostics())
    assert source is not None
    return Document(source)


def test_files_beside_the_document(folder: Path) -> None:
    document = _load(folder, "{$ref: 'models/pet.yaml#/Pet'}")
    (found,) = _resolve(document)
    assert found.pointer == "models/pet.yaml#/Pet/properties/gone/$ref"
    position = document.locate(found.pointer)
    assert position is not None
    assert position.file == str(folder / "models" / "pet.yaml")
    assert position.line == 6
    pet = _node(document, "components", "schemas", "A").follow()
    assert pet.pointer == "models/pet.yaml#/Pet"
    kinds = {
        name: each.follow().pointer
        for name, each in pet.entries("properties")
        if name != "gone"
    }
    assert kinds == {
        "tag": "models/pet.yaml#/Tag",
        "owner": "models/owner.yaml#",
        "back": "#/components/schemas/Own",
    }


def test_a_symbolic_link_may_not_lead_outside(folder: Path) -> None:
    (found,) = _resolve(_load(folder, "{$ref: 'models/link.yaml#/Secret'}"))
    assert found.id == "outside-reference"


def test_a_missing_file_and_a_broken_one(folder: Path) -> None:
    (found,) = _resolve(_load(folder, "{$ref: 'models/no.yaml'}"))
    assert found.id == "dangling-reference"
    assert "no.yaml" in found.message
    (folder / "models" / "owner.yaml").write_text("a: b: c\n")
    (found,) = _resolve(_load(folder, "{$ref: 'models/owner.yaml'}"))
    assert found.id == "yaml-syntax"
    assert found.position is not None
    assert found.position.file.endswith("owner.yaml")


def test_node_reads_what_is_there() -> None:
    data: Json = {"a": {"t": "x", "n": 1, "yes": True, "list": [1, {"k": None}]}}
    node = _node(_document(data), "a")
    assert node.text("t") == "x"
    assert node.text("n", "none") == "none"
    assert node.flag("yes")
    assert not node.flag("t")
    assert [name for name, _ in node.entries()] == ["t", "n", "yes", "list"]
    assert [each.pointer for each in node.elements("list")] == [
        "#/a/list/0",
        "#/a/list/1",
    ]
    assert list(node.entries("t")) == []
    assert list(node.elements("missing")) == []
    assert node.child("missing") is None
    assert node.at("list", 1, "k", "deeper") is None
    assert node.at("list", "1", "k") is not None
    assert node.child("list").child(-1) is None  # type: ignore[union-attr]
